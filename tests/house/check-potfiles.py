"""Every file with a translatable string is in po/POTFILES.in, and that list is sorted and true.

With --write it writes the list anew.
"""
import os
import re
import sys

top = sys.argv[1]
marked = re.compile(r'(?<![A-Za-z0-9_])(?:_|C_|N_|NC_|ngettext|dngettext|g_dngettext|g_dpgettext2)\s*\(\s*[("]')
found = set()
for folder in ('src', 'ui', 'data'):
    for root, _, names in os.walk(os.path.join(top, folder)):
        for name in names:
            if not name.endswith(('.c', '.blp', '.desktop.in', '.metainfo.xml.in', '.gschema.xml')):
                continue
            path = os.path.relpath(os.path.join(root, name), top)
            with open(os.path.join(top, path), encoding='utf-8') as file:
                if not name.endswith(('.c', '.blp')) or marked.search(file.read()):
                    found.add(path)
if '--write' in sys.argv:
    with open(os.path.join(top, 'po', 'POTFILES.in'), 'w', encoding='utf-8') as file:
        file.write('# Keep this list sorted; ./dev test potfiles checks it, check-potfiles.py . --write makes it.\n')
        file.writelines(p + '\n' for p in sorted(found))
with open(os.path.join(top, 'po', 'POTFILES.in'), encoding='utf-8') as file:
    listed = [line.strip() for line in file if line.strip() and not line.startswith('#')]
bad = [f'{p} has translatable strings and is not in po/POTFILES.in' for p in sorted(found - set(listed))]
bad += [f'po/POTFILES.in names {p}, which has none or is not there' for p in listed if p not in found]
if listed != sorted(listed):
    bad.append('po/POTFILES.in is not sorted')
for line in bad:
    print('# ' + line)
print(('not ok' if bad else 'ok') + ' 1 POTFILES\n1..1')
