"""Arrows between the rooms go down only, GTK stays in the app, libsecret in traveller."""
import os
import re
import sys

top = sys.argv[1]
below = {
    'base': set(),
    'refund': {'base'},
    'pay': {'base'},
    'scan': {'base'},
    'protocol': {'base'},
    'traveller': {'base', 'refund', 'pay', 'scan', 'protocol'},
    'app': {'base', 'refund', 'pay', 'scan', 'protocol', 'traveller'},
    'cli': {'base', 'refund', 'pay', 'scan'},
    'service': {'base', 'refund', 'pay', 'protocol'},
}
bad = []
for root, _, names in os.walk(os.path.join(top, 'src')):
    for name in names:
        if not name.endswith(('.c', '.h')):
            continue
        path = os.path.relpath(os.path.join(root, name), top)
        room = path.split(os.sep)[1]
        with open(os.path.join(top, path), encoding='utf-8') as file:
            text = file.read()
        if not text.startswith('/* SPDX-License-Identifier: GPL-3.0-or-later */'):
            bad.append(f'{path}: no licence line')
        for include in re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', text, re.M):
            first = include.split('/')[0]
            if first in below and first != room and first not in below[room]:
                bad.append(f'{path}: {room} must not use {first}')
            if first in ('gtk', 'adwaita.h', 'gdk') and room != 'app':
                bad.append(f'{path}: GTK outside the app')
            if first == 'libsecret' and room != 'traveller':
                bad.append(f'{path}: libsecret outside traveller')
        # libdex before 0.11 breaks its queue of fibers when one is cancelled: see mil-flow.c.
        if path != 'src/base/mil-flow.c' and re.search(r'\bdex_(await\w*|scheduler_spawn)\b', text):
            bad.append(f'{path}: waits without mil_await(), or a fiber without mil_spawn()')
        if re.search(r'\bgoto\b', text):
            bad.append(f'{path}: goto')
for line in bad:
    print('# ' + line)
print(('not ok' if bad else 'ok') + ' 1 layers\n1..1')
