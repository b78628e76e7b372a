"""The Flatpak manifest: parses, pins its sources, brings what the runtime lacks, asks the sandbox for no more than it may."""
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
# What the GNOME runtime and its SDK carry themselves.
RUNTIME = set("""
    glib-2.0 gio-2.0 gio-unix-2.0 libsoup-3.0 json-glib-1.0 sqlite3 gnutls libxml-2.0 libsecret-1 gstreamer-1.0
    gstreamer-app-1.0 gstreamer-video-1.0 liblzma cairo-pdf pangocairo gdk-pixbuf-2.0 gtk4 libadwaita-1 iso-codes
    libjpeg libpng libwebp m
""".split())
# What a module brings, where that has another name.
BROUGHT = {'libdex-1': 'libdex', 'lept': 'leptonica', 'zxing': 'zxing-cpp', 'poppler-glib': 'poppler'}
allowed = {'--share=ipc', '--share=network', '--socket=wayland', '--socket=fallback-x11', '--device=dri'}
for extra in set(manifest['finish-args']) - allowed:
    bad.append(f'finish-args: {extra} is more than Milione needs')
for module in manifest['modules']:
    for source in module['sources']:
        if source['type'] == 'git':
            if not re.fullmatch(r'[0-9a-f]{40}', source.get('commit', '')) or not source.get('tag'):
                bad.append(f"{module['name']}: a git source needs its tag and its full commit")
        elif source['type'] == 'archive':
            if not re.fullmatch(r'[0-9a-f]{64}', source.get('sha256', '')):
                bad.append(f"{module['name']}: an archive needs its SHA-256")
        elif source['type'] != 'dir':
            bad.append(f"{module['name']}: sources are git or archives, not {source['type']}")
with open(os.path.join(top, 'meson.options'), encoding='utf-8') as file:
    known = set(re.findall(r"option\('([\w-]+)'", file.read()))
for option in manifest['modules'][-1]['config-opts']:
    name = option[2:].split('=')[0]
    if name not in known:
        bad.append(f'milione: there is no option {name}')
modules = {module['name'] for module in manifest['modules']}
switched = dict(re.findall(r'-D([\w-]+)=(\w+)', ' '.join(manifest['modules'][-1]['config-opts'])))
for folder, _, names in os.walk(top):
    if 'meson.build' not in names or os.path.relpath(folder, top).split(os.sep)[0] in ('build', 'tests'):
        continue
    with open(os.path.join(folder, 'meson.build'), encoding='utf-8') as file:
        needed = re.findall(r"(?:dependency|find_library)\('([\w.-]+)'(?:[^()]*get_option\('(\w+)'\))?", file.read())
    for name, option in needed:
        if name not in RUNTIME and BROUGHT.get(name, name) not in modules and switched.get(option) not in ('disabled', 'auto'):
            bad.append(f'{name}: neither the runtime nor a module brings it')
if shutil.which('flatpak-builder'):
    shown = subprocess.run(['flatpak-builder', '--show-manifest', path], capture_output=True, text=True)
    if shown.returncode:
        bad.append('flatpak-builder does not read it: ' + shown.stderr.strip())
for line in bad:
    print('# ' + line)
print(('not ok' if bad else 'ok') + ' 1 manifest\n1..1')
