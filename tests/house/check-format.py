"""Blueprint files stand as blueprint-compiler format writes them, C sources as clang-format does (headers keep their columns)."""
import os
import subprocess
import sys

top = sys.argv[1]


def files(folders, endings):
    for folder in folders:
        for root, _, names in os.walk(os.path.join(top, folder)):
            for name in sorted(names):
                if name.endswith(endings):
                    yield os.path.join(root, name)


bad = 0
blueprints = list(files(['ui'], '.blp'))
if blueprints:
    done = subprocess.run(['blueprint-compiler', 'format', *blueprints], capture_output=True, text=True)
    if done.returncode:
        bad += 1
        print('# ' + '\n# '.join(done.stdout.splitlines()[:40]))
print(('not ok' if bad else 'ok') + ' 1 blueprint files')
sources = list(files(['src', 'tests'], '.c'))
wrong = []
for start in range(0, len(sources), 60):
    done = subprocess.run(['clang-format', '--dry-run', '-Werror', '--ferror-limit=1', *sources[start:start + 60]], capture_output=True, text=True)
    wrong += sorted({line.split(':')[0] for line in done.stderr.splitlines() if ': error:' in line})
for path in wrong:
    print('# not as ./dev format writes it: ' + os.path.relpath(path, top))
print(('not ok' if wrong else 'ok') + ' 2 C files\n1..2')
