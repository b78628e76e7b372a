#!/usr/bin/env python3
"""Scores the scanner on pictures with truth.

score-scan.py [--cli MILIONE_CLI] [--corpus DIR] [-v] [SET…]

DIR (by default `shared/corpus` beside the project) holds a folder a set, each with `truth.jsonl` (one
object a line; `file` names the picture). Sets: sroie, softmatic_de, qr_zxing, qr_boofcv, qr_negatives,
mrz. Where DIR is not there, there is nothing to score and the status is 0.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(os.path.dirname(HERE))
MONTHS = {m: i + 1 for i, m in enumerate('jan feb mar apr may jun jul aug sep oct nov dec'.split())}


def run(cli, options, folder, rows):
    files = [os.path.join(folder, r['file']) for r in rows]
    out = subprocess.run([cli, 'scan', '--json', *options, *files], stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


def to_iso(text):
    """SROIE writes dates as printed."""
    text = text.strip().lower()
    m = re.fullmatch(r'(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})', text)
    if m:
        return '%s-%02d-%02d' % (m[1], int(m[2]), int(m[3]))
    m = re.search(r'(\d{1,2})[-/. ]*([a-z]{3})[a-z]*[-/., ]*(\d{2,4})', text)
    if m and m[2] in MONTHS:
        return '%04d-%02d-%02d' % (int(m[3]) + (2000 if len(m[3]) == 2 else 0), MONTHS[m[2]], int(m[1]))
    m = re.search(r'([a-z]{3})[a-z]*[-/., ]*(\d{1,2})[-/., ]+(\d{4})', text)
    if m and m[1] in MONTHS:
        return '%s-%02d-%02d' % (m[3], MONTHS[m[1]], int(m[2]))
    m = re.search(r'(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{2,4})', text)
    if m:
        day, month = int(m[1]), int(m[2])
        if month > 12:
            day, month = month, day
        return '%04d-%02d-%02d' % (int(m[3]) + (2000 if len(m[3]) == 2 else 0), month, day)
    m = re.fullmatch(r'(\d{4})(\d{2})(\d{2})', text)
    return '-'.join(m.groups()) if m else text


def cents(text):
    return None if not text else round(float(re.sub(r'[^0-9.\-]', '', text)) * 100)


def letters(text):
    return re.sub(r'[^a-z0-9]', '', (text or '').lower())


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def say(name, good, wrong, n, extra=''):
    print(f'{name:32} {good:4} of {n:4} = {100 * good / n:5.1f} %   wrong {wrong:3} = {100 * wrong / n:4.1f} %  {extra}')


def score_receipts(name, rows, answers, verbose):
    total = date = merchant = total_wrong = date_wrong = merchant_wrong = 0
    for truth, answer in zip(rows, answers):
        receipt = answer['receipt'] or {}
        wanted, got = cents(truth['total']), cents(receipt.get('total'))
        total += got == wanted
        total_wrong += got is not None and got != wanted
        if verbose and got != wanted:
            print(f"  {truth['file']}: total {receipt.get('total')} for {truth['total']}", (receipt.get('evidence') or {}).get('total'))
        day, read = to_iso(truth['date']), receipt.get('date')
        date += read == day
        date_wrong += read is not None and read != day
        if verbose and read != day:
            print(f"  {truth['file']}: date {read} for {truth['date']}")
        company, shop = letters(truth.get('company') or truth.get('merchant')), letters(receipt.get('merchant'))
        if 'company' in truth:
            fits = distance(company, shop) <= 2
        else:
            fits = company in shop
        merchant += fits
        merchant_wrong += bool(shop) and not fits
        if verbose and not fits:
            print(f"  {truth['file']}: merchant {receipt.get('merchant')} for {truth.get('company') or truth.get('merchant')}")
    n = len(rows)
    spent = sorted(sum(a['ms'][k] for k in ('page', 'ocr', 'fields')) for a in answers)
    say(name + ' total', total, total_wrong, n, f'median {statistics.median(spent):.0f} ms, ocr {statistics.median(a["ms"]["ocr"] for a in answers):.0f} ms, codes {statistics.median(a["ms"]["codes"] for a in answers):.0f} ms')
    say(name + ' date', date, date_wrong, n)
    say(name + ' merchant', merchant, merchant_wrong, n)


def score_texts(name, rows, answers, verbose):
    good = wrong = 0
    for truth, answer in zip(rows, answers):
        texts = [c['text'].replace('\r\n', '\n') for c in answer['codes']]
        fits = truth['text'].replace('\r\n', '\n') in texts
        good += fits
        wrong += bool(texts) and not fits
        if verbose and not fits:
            print(f"  {truth['file']}: {texts} for {truth['text']!r}")
    say(name + ' text', good, wrong, len(rows), f'median {statistics.median(a["ms"]["codes"] for a in answers):.0f} ms')
    qr = [(t, a) for t, a in zip(rows, answers) if t['format'] == 'QR_CODE']
    exact = sum(t['text'].replace('\r\n', '\n') in [c['text'].replace('\r\n', '\n') for c in a['codes']] for t, a in qr)
    say(name + ' QR text', exact, 0, len(qr))


def score_counts(name, rows, answers, verbose):
    found = sum(min(t['count'], len(a['codes'])) for t, a in zip(rows, answers))
    more = sum(max(0, len(a['codes']) - t['count']) for t, a in zip(rows, answers))
    say(name + ' codes', found, more, sum(t['count'] for t in rows), f'median {statistics.median(a["ms"]["codes"] for a in answers):.0f} ms')


def score_negatives(name, rows, answers, verbose):
    false = [(t['file'], [c['format'] for c in a['codes']]) for t, a in zip(rows, answers) if a['codes']]
    print(f'{name:32} {len(false)} false of {len(rows)}', false if verbose else '')


def score_mrz(name, rows, answers, verbose):
    good = wrong = 0
    for truth, answer in zip(rows, answers):
        got = (answer['mrz'] or {}).get('lines')
        good += got == truth['lines']
        wrong += got is not None and got != truth['lines']
        if verbose and got != truth['lines']:
            print(f"  {truth['file']}: {got} for {truth['lines']}")
    say(name + ' exact', good, wrong, len(rows))


SETS = {
    'sroie': (score_receipts, ['--kind', 'receipt']),
    'softmatic_de': (score_receipts, ['--kind', 'receipt', '--country', 'DE']),
    'qr_zxing': (score_texts, ['--kind', 'code']),
    'qr_boofcv': (score_counts, ['--kind', 'code']),
    'qr_negatives': (score_negatives, ['--kind', 'code']),
    'mrz': (score_mrz, ['--kind', 'passport']),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--cli', default='milione-cli')
    parser.add_argument('--corpus', default=os.path.join(os.path.dirname(PROJECT), 'shared', 'corpus'))
    parser.add_argument('-v', action='store_true')
    parser.add_argument('sets', nargs='*')
    args = parser.parse_args()
    if not os.path.isdir(args.corpus):
        print('There are no pictures to score on.')
        return
    for name in args.sets or SETS:
        folder = os.path.join(args.corpus, name)
        score, options = SETS[name]
        with open(os.path.join(folder, 'truth.jsonl'), encoding='utf-8') as lines:
            rows = [json.loads(line) for line in lines]
        answers = run(args.cli, options, folder, rows)
        if len(answers) != len(rows):
            print(f'{name}: {len(answers)} answers to {len(rows)} pictures', file=sys.stderr)
            continue
        score(name, rows, answers, args.v)


main()
