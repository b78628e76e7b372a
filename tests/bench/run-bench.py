#!/usr/bin/env python3
"""Measures Milione. run-bench.py BUILD_DIR [NAME…]

Runs every bench program of the build folder and the start-up bench, and prints a Markdown table: median,
spread (least to most) and how many runs. A ratio is always against a reference of the same run.
"""
import glob
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'trip'))


def row(name, values, unit, note=''):
    middle = statistics.median(values)
    digits = 0 if middle >= 100 else 2
    spread = f'{min(values):.{digits}f} – {max(values):.{digits}f}' if len(values) > 1 else ''
    print(f'| {name} | {middle:.{digits}f} {unit} | {spread} | {len(values)} | {note} |', flush=True)
    return middle


def resident_kib(pid):
    with open(f'/proc/{pid}/smaps_rollup', encoding='utf-8') as file:
        return int(re.search(r'^Pss:\s+(\d+)', file.read(), re.M).group(1))


def one_start(world, command, marks, settle):
    """Starts COMMAND, waits for its MARKS on standard error; milliseconds to each, and its memory (PSS, KiB) after SETTLE seconds."""
    began = time.monotonic()
    child = subprocess.Popen(command, env=dict(world.env, MIL_TRACE='1'), cwd=world.home, stderr=subprocess.PIPE,
                             stdout=subprocess.DEVNULL, text=True, start_new_session=True)
    seen = {}
    deadline = began + 30
    while time.monotonic() < deadline and not all(m in seen for m in marks):
        line = child.stderr.readline()
        if not line:
            break
        match = re.match(r'milione: ([\w-]+) (\d+)', line)
        if match and match.group(1) not in seen:
            seen[match.group(1)] = int(match.group(2)) / 1000 - began * 1000
    time.sleep(settle)
    memory = resident_kib(child.pid) if child.poll() is None else 0
    try:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(10)
    except (ProcessLookupError, subprocess.TimeoutExpired):
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    child.stderr.close()
    if not all(m in seen for m in marks):
        raise SystemExit(f'{command[0]} did not show {marks}; it showed {seen}')
    return seen, memory


def bench_start(build, rounds=9):
    from world import World
    install = os.path.join(build, 'install')
    world = World(os.path.join(install, 'bin'), [os.path.join(install, 'share')])
    with world:
        empty = [os.path.join(build, 'tests', 'bench', 'empty-window')]
        app = ['milione']
        one_start(world, empty, ['first-frame'], 0.5)
        # The first starts fill the service's database and the client's cache.
        world.env['MIL_BENCH_FIRST_RUN'] = '1'
        for _ in range(2):
            one_start(world, app, ['first-frame'], 6)
        times = {'empty': [], 'first': [], 'grid': []}
        memory = {'empty': [], 'app': []}
        ratios = {'first': [], 'grid': [], 'memory': []}
        for _ in range(rounds):
            seen, used = one_start(world, empty, ['first-frame'], 1.0)
            times['empty'].append(seen['first-frame'])
            memory['empty'].append(used / 1024)
            seen, used = one_start(world, app, ['first-frame', 'grid-painted'], 1.0)
            times['first'].append(seen['first-frame'])
            times['grid'].append(seen['grid-painted'])
            memory['app'].append(used / 1024)
            ratios['first'].append(times['first'][-1] / times['empty'][-1])
            ratios['grid'].append(times['grid'][-1] / times['empty'][-1])
            ratios['memory'].append(memory['app'][-1] / memory['empty'][-1])
        row('empty libadwaita window, first frame', times['empty'], 'ms')
        row('milione, first frame (warm cache)', times['first'], 'ms')
        row('milione, product grid painted (warm cache)', times['grid'], 'ms')
        row('first frame against the empty window', ratios['first'], '×', 'wanted ≤ 1.6')
        row('product grid against the empty window', ratios['grid'], '×', 'wanted ≤ 3')
        row('empty libadwaita window, memory', memory['empty'], 'MiB', 'PSS one second after')
        row('milione, memory', memory['app'], 'MiB', 'PSS one second after')
        row('memory against the empty window', ratios['memory'], '×', 'wanted ≤ 1.5')


def bench_program(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        raise SystemExit(f'{os.path.basename(command[0])} failed')
    rows = {}
    for line in done.stdout.splitlines():
        if line.startswith('{'):
            figure = json.loads(line)
            rows.setdefault((figure['name'], figure.get('unit', ''), figure.get('note', '')), []).append(float(figure['value']))
    for (name, unit, note), values in rows.items():
        row(name, values, unit, note)


def bench_accuracy(build):
    """How much of the pictures with truth is read, where they are there."""
    install = os.path.join(build, 'install')
    done = subprocess.run([sys.executable, os.path.join(HERE, 'score-scan.py'), '--cli', os.path.join(install, 'bin', 'milione-cli')],
                          stdout=subprocess.PIPE, text=True, check=True)
    print(f'\n```\n{done.stdout}```\n')


def main():
    build, *wanted = sys.argv[1:]
    subprocess.run(['meson', 'install', '-C', build, '--no-rebuild', '--quiet'], check=True, stdout=sys.stderr)
    benches = {'start': lambda: bench_start(build)}
    for path in sorted(glob.glob(os.path.join(build, 'tests', 'bench', 'bench-*'))):
        name = os.path.basename(path)[len('bench-'):]
        if os.path.isfile(path) and os.access(path, os.X_OK):
            # The codes are a part of a scan: `bench scan` measures both.
            benches['scan-codes' if name == 'codes' else name] = lambda path=path: bench_program(path)
    source = os.path.dirname(os.path.dirname(HERE))
    cli = os.path.join(build, 'install', 'bin', 'milione-cli')
    benches['scan-memory'] = lambda: bench_program(sys.executable, os.path.join(HERE, 'scan-memory.py'), cli, source)
    benches['scan-accuracy'] = lambda: bench_accuracy(build)
    chosen = [n for n in benches if not wanted or any(w in n for w in wanted)]
    if not chosen:
        raise SystemExit(f'There is no such bench; there are: {", ".join(benches)}')
    print(f'Measured on {time.strftime("%Y-%m-%d")}, {os.cpu_count()} cores.\n')
    print('| what | median | spread | runs | |\n|---|---|---|---|---|')
    for name in chosen:
        benches[name]()


main()
