"""The Flatpak manifest: parses, pins its sources, asks the sandbox for no more than it may."""
import json
import os
import re
import shutil
import subprocess
import sys

top = sys.argv[1]
path = os.path.join(top, 'flatpak', 'io.github.milione.Milione.json')
bad = []
with open(path, encoding='utf-8') as file:
    manifest = json.load(file)
allowed = {'--share=ipc', '--share=network', '--socket=wayland', '--socket=fallback-x11', '--device=dri'}
for extra in set(manifest['finish-args']) - allowed:
    bad.append(f'finish-args: {extra} is more than Milione needs')
for module in manifest['modules']:
    for source in module['sources']:
        if source['type'] == 'git':
            if not re.fullmatch(r'[0-9a-f]{40}', source.get('commit', '')) or not source.get('tag'):
                bad.append(f"{module['name']}: a git source needs its tag and its full commit")
        elif source['type'] != 'dir':
            bad.append(f"{module['name']}: only git sources are looked up, not {source['type']}")
with open(os.path.join(top, 'meson.options'), encoding='utf-8') as file:
    known = set(re.findall(r"option\('([\w-]+)'", file.read()))
for option in manifest['modules'][-1]['config-opts']:
    name = option[2:].split('=')[0]
    if name not in known:
        bad.append(f'milione: there is no option {name}')
if shutil.which('flatpak-builder'):
    shown = subprocess.run(['flatpak-builder', '--show-manifest', path], capture_output=True, text=True)
    if shown.returncode:
        bad.append('flatpak-builder does not read it: ' + shown.stderr.strip())
for line in bad:
    print('# ' + line)
print(('not ok' if bad else 'ok') + ' 1 manifest\n1..1')
