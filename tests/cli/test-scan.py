#!/usr/bin/env python3
"""Runs `milione-cli scan` on the sample receipts and on what is no picture. test-scan.py PROGRAM SOURCE_DIR"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = sys.argv[1:3]
SAMPLES = os.path.join(SOURCE, 'tests', 'samples', 'receipts')
ENV = dict(os.environ, MILIONE_DATA_DIR=os.path.join(SOURCE, 'data'))
# What the samples are held against; two receipts on one picture are one too many for a single object.
READ = ('it-bottega-lume.png', 'fr-maison-aubrelle.png', 'de-kesselhof-qr.png', 'gb-thornby-lisle.png')
count = failed = 0


def sample(name):
    return os.path.join(SAMPLES, name)


def run(*args):
    done = subprocess.run([PROGRAM, 'scan', *args], capture_output=True, env=ENV, timeout=240, check=False)
    # The sanitizer has a word to say about fibers in each run.
    said = [line for line in done.stderr.decode().splitlines(True) if 'WARNING: ASan' not in line]
    return done.returncode, done.stdout.decode(), ''.join(said)


def scan(*args):
    status, out, err = run('--json', *args)
    assert err == '', err
    return status, [json.loads(line) for line in out.splitlines()]


def check(name, work):
    global count, failed
    count += 1
    note = ''
    try:
        good = work() in (None, True)
    except (AssertionError, json.JSONDecodeError, KeyError, IndexError, subprocess.TimeoutExpired) as error:
        good, note = False, f'{type(error).__name__}: {error}'
    failed += not good
    if note:
        print('# ' + note.replace('\n', '\n# '))
    print(f"{'ok' if good else 'not ok'} {count} {name}", flush=True)


def truth():
    with open(sample('truth.jsonl'), encoding='utf-8') as file:
        return {row['file']: row['receipts'] for row in map(json.loads, file)}


def words(text):
    return ''.join(c for c in (text or '').lower() if c.isalnum())


def matches(row, expected):
    read = row['receipt']
    assert row['error'] is None and row['kind'] == 'receipt', (row['file'], row['error'], row['kind'])
    for field in ('date', 'total', 'currency'):
        assert read[field] == expected[field], (row['file'], field, read[field], expected[field])
    assert words(expected['merchant']) in words(read['merchant']), (row['file'], read['merchant'])
    evidence = read['evidence']['total']
    assert evidence['confidence'] > 0 and evidence['box'] and len(evidence['box']) == 4, evidence


def read_samples():
    known = truth()
    status, rows = scan('--today', '2026-11-22', *map(sample, READ))
    assert status == 0, status
    assert [row['file'] for row in rows] == [sample(name) for name in READ], rows
    for name, row in zip(READ, rows):
        matches(row, known[name][0])


def shown(path):
    """What is no UTF-8 in a file's name stands as U+FFFD."""
    return os.fsencode(path).decode(errors='replace')


def one_line_each(folder):
    """Between two files that read stand all the ways in which one may not."""
    good = sample('it-bottega-lume.png')
    bad = {}
    for name, content in (('empty.png', b''), ('text.jpg', b'Dear Sir or Madam'), ('drawing.svg', b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
                          ('cut.png', open(good, 'rb').read()[:3000])):
        bad[name] = os.path.join(folder, name)
        with open(bad[name], 'wb') as file:
            file.write(content)
    bad['missing'] = os.path.join(folder, 'there is no such file.png')
    bad['folder'] = folder
    bad['no UTF-8'] = os.path.join(folder, os.fsdecode(b'caf\xe9.png'))
    asked = [good, *bad.values(), good]
    status, rows = scan('--kind', 'code', *asked)
    assert status == 1, status
    assert [row['file'] for row in rows] == [shown(path) for path in asked], rows
    for row in rows:
        failed_here = row['file'] != good
        assert bool(row['error']) == failed_here, (row['file'], row['error'])
        if failed_here:
            assert row['receipt'] is None and row['codes'] == [] and row['mrz'] is None, row
            assert len(row['error']) > 15, row
    said = {name: next(row['error'] for row in rows if row['file'] == shown(path)) for name, path in bad.items()}
    assert 'empty' in said['empty.png'] and 'SVG' in said['drawing.svg'], said
    assert len(set(said.values())) >= 5, said


def wrong_extension(folder):
    """What a file is stands in its bytes, not in its name."""
    disguised = os.path.join(folder, 'receipt.txt')
    shutil.copyfile(sample('de-kesselhof-qr.png'), disguised)
    status, rows = scan('--kind', 'code', disguised)
    assert status == 0 and rows[0]['error'] is None, rows
    assert len(rows[0]['codes']) == 1 and rows[0]['codes'][0]['text'], rows


def no_receipt():
    status, rows = scan('--kind', 'receipt', sample('no-receipt.png'))
    assert status == 1 and rows[0]['receipt'] is None and 'receipt' in rows[0]['error'], (status, rows)


def in_words(folder):
    empty = os.path.join(folder, 'nothing.png')
    with open(empty, 'wb'):
        pass
    code = sample('de-kesselhof-qr.png')
    status, out, err = run('--kind', 'code', empty, code)
    assert status == 1 and err.startswith(empty + ': ') and out.startswith(code + '\n'), (status, out, err)


def two_papers():
    known = truth()['it-two-receipts.png']
    status, rows = scan('--kind', 'receipt', '--today', '2026-11-22', sample('it-two-receipts.png'))
    assert status == 0, status
    read = [rows[0]['receipt'], *rows[0]['more']]
    assert sorted(r['total'] for r in read) == sorted(t['total'] for t in known), [r['total'] for r in read]
    assert sorted(r['date'] for r in read) == sorted(t['date'] for t in known), [r['date'] for r in read]


def other_script():
    """Nobody says that it is Korean."""
    known = truth()['kr-haneul-dam.png'][0]
    status, rows = scan('--kind', 'receipt', '--today', '2026-11-22', sample('kr-haneul-dam.png'))
    assert status == 0, rows[0]['error']
    read = rows[0]['receipt']
    for field in ('date', 'total', 'currency'):
        assert read[field] == known[field], (field, read[field])
    assert read['language'] == 'kor' and rows[0]['more'] == [], read['language']


def wrong_usage(*args):
    def work():
        status, out, err = run(*args)
        assert status == 2 and out == '' and err.strip(), (status, out, err)
        assert 'CRITICAL' not in err and 'WARNING' not in err, err
    return work


def main():
    picture = sample('it-bottega-lume.png')
    with tempfile.TemporaryDirectory() as folder:
        check('sample receipts are read as they are', read_samples)
        check('an object a file, in order, whatever fails', lambda: one_line_each(folder))
        check('a wrong extension', lambda: wrong_extension(folder))
        check('a picture of something else', no_receipt)
        check('two papers in one picture', two_papers)
        check('another script than Latin', other_script)
        check('in words', lambda: in_words(folder))
    check('no file is wrong use', wrong_usage('--json'))
    check('an unknown kind is wrong use', wrong_usage('--kind', 'dance', picture))
    check('an unknown currency is wrong use', wrong_usage('--currency', 'QQQ', picture))
    check('a day that is none is wrong use', wrong_usage('--today', '2026-02-30', picture))
    check('an unknown option is wrong use', wrong_usage('--dance', picture))
    print(f'1..{count}')
    sys.exit(failed > 0)


main()
