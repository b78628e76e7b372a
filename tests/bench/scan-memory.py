#!/usr/bin/env python3
"""Measures how much memory a scan takes: the most that `milione-cli scan` ever holds (its maximum resident set),
over what it holds when there is nothing to read. The most that the program which draws a PDF document ever holds is added,
as if both were at the same time.

scan-memory.py PROGRAM SOURCE_DIR [--many N] [--limit MIB]

Prints a line of JSON for each kind of file; with --limit, a test (TAP) that none takes more.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading

# A program starts with the most that its parent ever held, so pictures are made by another one.
MAKER = r'''
import os, sys
from PIL import Image, ImageChops
samples, folder = sys.argv[1:3]
names = ['de-kesselhof-qr.png', 'it-bottega-lume.png', 'gb-thornby-lisle.png', 'fr-maison-aubrelle.png']

def photo(name, width, height):
    """The paper on a table, a little turned, with the grain of a sensor."""
    with Image.open(os.path.join(samples, name)) as sample:
        paper = sample.convert('L')
    scale = min(width * 0.85 / paper.width, height * 0.85 / paper.height)
    paper = paper.resize((int(paper.width * scale), int(paper.height * scale)), Image.BICUBIC)
    table = Image.new('L', (width, height), 95)
    mask = Image.new('L', paper.size, 255).rotate(2, expand=True)
    table.paste(paper.rotate(2, expand=True), ((width - mask.width) // 2, (height - mask.height) // 2), mask)
    grain = Image.effect_noise((width // 4, height // 4), 5).resize((width, height))
    return ImageChops.add(table, grain, 1, -128).convert('RGB')

photo(names[0], 1920, 1080).save(os.path.join(folder, '1080p.jpg'), quality=90)
photo(names[1], 4000, 3000).save(os.path.join(folder, '12-megapixels.jpg'), quality=90)
photo(names[1], 4000, 3000).save(os.path.join(folder, '12-megapixels.png'), compress_level=1)
photo(names[1], 4000, 3000).save(os.path.join(folder, '12-progressive.jpg'), quality=90, progressive=True)
photo(names[2], 12000, 9000).save(os.path.join(folder, '108-megapixels.jpg'), quality=85)
photo(names[3], 2480, 3508).save(os.path.join(folder, 'page.pdf'), resolution=300)
for i in range(int(sys.argv[3])):
    photo(names[i % 4], *((1920, 1080), (3000, 2000), (1280, 1700))[i % 3]).save(os.path.join(folder, 'many-%02d.jpg' % i), quality=85)
'''


class Helper(threading.Thread):
    """Looks at the child of a program, time and again, as long as the program lives: the most that a child ever held, in KiB."""

    def __init__(self, pid):
        super().__init__()
        self.pid, self.most, self.done = pid, 0, threading.Event()

    def look(self):
        for task in os.listdir(f'/proc/{self.pid}/task'):
            with open(f'/proc/{self.pid}/task/{task}/children', encoding='utf-8') as file:
                for child in file.read().split():
                    with open(f'/proc/{child}/status', encoding='utf-8') as status:
                        self.most = max([self.most, *(int(line.split()[1]) for line in status if line.startswith('VmHWM:'))])

    def run(self):
        while not self.done.wait(0.003):
            try:
                self.look()
            except OSError:
                pass


def peak_mib(program, kind, files):
    """The most that it ever held, and whether every file had its line."""
    # What is freed is to be free at once, where the sanitizers are built in.
    options = ':'.join(o for o in (os.environ.get('ASAN_OPTIONS'), 'quarantine_size_mb=1', 'thread_local_quarantine_size_kb=64') if o)
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([program, 'scan', '--json', '--today', '2026-11-22', '--kind', kind, *files],
                                 stdout=out, stderr=subprocess.DEVNULL, env=dict(os.environ, ASAN_OPTIONS=options))
        helper = Helper(child.pid)
        helper.start()
        _, status, usage = os.wait4(child.pid, 0)
        helper.done.set()
        helper.join()
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        rows = [json.loads(line) for line in out.read().decode().splitlines()]
    if len(rows) != len(files):
        raise SystemExit(f'{len(rows)} lines for {len(files)} files, status {child.returncode}')
    return (usage.ru_maxrss + helper.most) / 1024, rows


def measure(program, folder, many):
    idle = peak_mib(program, 'code', [os.path.join(folder, 'nothing.jpg')])[0]
    yield 'idle', idle, None
    cases = [(name, 'auto', [os.path.join(folder, name)]) for name in sorted(os.listdir(folder)) if not name.startswith('many')]
    cases.append((f'{many} files', 'receipt', sorted(os.path.join(folder, f) for f in os.listdir(folder) if f.startswith('many'))))
    for name, kind, files in cases:
        peak, rows = peak_mib(program, kind, files)
        yield name, peak - idle, sum(row['receipt'] is not None for row in rows) / len(rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('source')
    parser.add_argument('--many', type=int, default=50)
    parser.add_argument('--limit', type=int)
    options = parser.parse_args()
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        samples = os.path.join(options.source, 'tests', 'samples', 'receipts')
        subprocess.run([sys.executable, '-c', MAKER, samples, folder, str(options.many)], check=True)
        for name, mib, read in measure(options.program, folder, options.many):
            if options.limit is None:
                note = 'most held with nothing to read' if read is None else 'most held, over idle; wanted ≤ 200'
                print(json.dumps({'name': f'memory of a scan: {name}', 'value': mib, 'unit': 'MiB', 'note': note}), flush=True)
            elif read is not None:
                count += 1
                good = mib <= options.limit and read >= 0.9
                failed += not good
                print(f"{'ok' if good else 'not ok'} {count} {name}: {mib:.0f} MiB over idle, {read:.0%} read", flush=True)
    if options.limit is not None:
        print(f'1..{count}')
    sys.exit(failed > 0)


main()
