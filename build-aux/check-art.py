#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every icon and illustration the windows name is there: check-art.py PROJECT.

An icon is ours (ui/icons) or Adwaita's; where Adwaita's theme is not installed, only ours are checked.
"""
import glob
import os
import re
import sys

top = sys.argv[1]
theme = '/usr/share/icons/Adwaita/symbolic'
names = lambda pattern: {os.path.splitext(os.path.basename(p))[0] for p in glob.glob(pattern)}
icons = names(os.path.join(top, 'ui/icons/scalable/actions/*.svg')) | names(os.path.join(top, 'data/icons/hicolor/symbolic/apps/*.svg'))
adwaita = names(theme + '/*/*.svg')
scenes = names(os.path.join(top, 'ui/illustrations/*.svg'))
bad = []
for folder in ('src/app', 'ui'):
    for root, _, files in os.walk(os.path.join(top, folder)):
        for name in (f for f in files if f.endswith(('.c', '.blp'))):
            path = os.path.join(root, name)
            with open(path, encoding='utf-8') as file:
                text = file.read()
            where = os.path.relpath(path, top)
            for icon in re.findall(r'"([a-z0-9.-]+-symbolic)"', text):
                if icon not in icons and icon not in adwaita and (adwaita or icon.startswith('milione-')):
                    bad.append(f'{where}: there is no icon {icon}')
            for scene in re.findall(r'illustration(?:: |", )"([a-z-]+)"', text):
                if scene not in scenes:
                    bad.append(f'{where}: there is no illustration {scene}')
print('\n'.join('# ' + line for line in bad) + ('\nnot ok' if bad else 'ok') + ' 1 icons and illustrations\n1..1')
