#!/usr/bin/env python3
"""Runs the tests of a build folder and closes with one line, `N passed, N failed`.

run-tests.py BUILD_DIR [-v] [NAME…]: all tests, or those whose name contains one of the names.
"""
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time


def all_tests(build):
    """Names of the tours, which have a screen and a camera to themselves, and of all other tests."""
    out = subprocess.run(['meson', 'introspect', '--tests', build], check=True, capture_output=True, text=True)
    tours, others = [], []
    for test in json.loads(out.stdout):
        (tours if any(suite.endswith(':trip') or suite == 'trip' for suite in test['suite']) else others).append(test['name'])
    return tours, others


def count(build, logbase, returncode):
    """Cases passed, failed and skipped of the last run."""
    passed = failed = skipped = 0
    # A test program that speaks TAP counts with each of its cases, any other one with itself.
    with open(os.path.join(build, 'meson-logs', logbase + '.json'), encoding='utf-8') as log:
        for line in log:
            row = json.loads(line)
            cases = re.findall(r'^(not ok|ok)\b(.*)$', row.get('stdout') or '', re.M)
            bad = sum(1 for word, tail in cases if word == 'not ok' and 'TODO' not in tail)
            dropped = sum(1 for word, tail in cases if word == 'ok' and '# SKIP' in tail)
            good = len(cases) - bad - dropped
            if row['result'] in ('OK', 'EXPECTEDFAIL'):
                passed += good or (0 if dropped else 1)
                skipped += dropped
            elif row['result'] == 'SKIP':
                skipped += max(1, dropped)
            else:
                failed += max(bad, 1)
                print(f"failed: {row['name']} ({row['result']})")
    if returncode and not failed:
        failed += 1
    return passed, failed, skipped


def start(build, logbase, jobs, names, verbose, output=None, niceness=0):
    command = ['meson', 'test', '-C', build, '--no-rebuild', '--num-processes', str(jobs), '--print-errorlogs', '--max-lines=60',
               '--logbase', logbase]
    return subprocess.Popen(command + (['-v'] if verbose else []) + names, stdout=output, stderr=output,
                            preexec_fn=lambda: os.nice(niceness))


def main():
    build, *rest = sys.argv[1:]
    verbose = '-v' in rest
    wanted = [r for r in rest if r != '-v']
    tours, others = ([n for n in names if not wanted or any(w in n for w in wanted)] for names in all_tests(build))
    if not tours + others:
        print('No test has such a name.', file=sys.stderr)
        sys.exit(2)
    # What drives whole programs runs them as they are installed.
    subprocess.run(['meson', 'install', '-C', build, '--no-rebuild', '--quiet'], check=True, stdout=sys.stderr)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    started, before = time.monotonic(), usage.ru_utime + usage.ru_stime
    runs = {}
    # The tours mostly wait for what they see; so they go one after the other, beside the other tests.
    with tempfile.TemporaryFile('w+') as told:
        if tours:
            runs['tours'] = start(build, 'tours', 1, tours, verbose, told if others else None)
        if others:
            runs['testlog'] = start(build, 'testlog', max(2, os.cpu_count() or 2), others, verbose,
                                    niceness=10 if tours else 0)
        sums = [count(build, logbase, run.wait()) for logbase, run in reversed(runs.items())]
        told.seek(0)
        print(told.read(), end='')
    passed, failed, skipped = (sum(column) for column in zip(*sums))
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f'{len(tours) + len(others)} test programs in {time.monotonic() - started:.0f} s, '
          f'{usage.ru_utime + usage.ru_stime - before:.0f} s of processor time')
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    sys.exit(1 if failed else 0)


main()
