#!/usr/bin/env python3
"""Prints tax-free forms and requests to shops with the real milione-cli and reads them back. test-form.py PROGRAM SOURCE_DIR"""
import copy
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import jsonschema

PROGRAM, SOURCE = sys.argv[1:3]
ENV = dict(os.environ, MILIONE_DATA_DIR=os.path.join(SOURCE, 'data'))
# Cairo gives strndup() text that ends at its length and not at a NUL, as it may.
ENV['ASAN_OPTIONS'] = ENV.get('ASAN_OPTIONS', '').replace('strict_string_checks=1', 'strict_string_checks=0')
FORMS = os.path.join(SOURCE, 'tests', 'unit', 'refund', 'forms')
AT = '2026-05-22T12:00:00Z'
LANGUAGES = 'de en es fr it ja ko nl pl zh'.split()
SECRET = 'AB1234567'
count = failed = 0


def load(*parts):
    with open(os.path.join(*parts), encoding='utf-8') as file:
        return json.load(file)


def check(name, work):
    global count, failed
    count += 1
    note = ''
    try:
        good = work() in (None, True)
    except (AssertionError, KeyError, IndexError, ValueError, jsonschema.ValidationError, subprocess.SubprocessError) as error:
        good, note = False, f'{type(error).__name__}: {error}'
    failed += not good
    if note:
        print('# ' + note.replace('\n', '\n# '))
    print(f"{'ok' if good else 'not ok'} {count} {name}", flush=True)


def run(*args, stdin=b''):
    done = subprocess.run([PROGRAM, *args], input=stdin, capture_output=True, env=ENV, timeout=120, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def tool(*args):
    """A program of poppler, which must find nothing to complain about."""
    done = subprocess.run(args, capture_output=True, timeout=120, check=True)
    assert done.stderr == b'', done.stderr.decode()
    return done.stdout


def write(command, form, *args):
    text = form if isinstance(form, bytes) else json.dumps(form, ensure_ascii=False).encode()
    path = os.path.join(FOLDER, f'{len(os.listdir(FOLDER))}.pdf')
    status, out, err = run(command, '--out', path, '--date', AT, *args, stdin=text)
    assert (status, out) == (0, ''), err
    return path


def attached(path):
    assert tool('pdfdetach', '-list', path).split() == b'1 embedded files 1: claim.json'.split()
    target = path + '.json'
    tool('pdfdetach', '-save', '1', '-o', target, path)
    with open(target, 'rb') as file:
        return file.read()


def info(path):
    return dict(re.findall(r'^([^:]+): +(.*)$', tool('pdfinfo', path).decode(), re.M))


def words(path):
    return re.sub(r'\s+', ' ', tool('pdftotext', '-raw', path, '-').decode())


def flat(text):
    """Without what may be lost where a line is broken."""
    return text.replace(' ', '').replace('-', '')


def codes(path, page=1):
    """What ZXing reads from the printed page."""
    tool('pdftoppm', '-r', '200', '-png', '-f', str(page), '-l', str(page), '-singlefile', path, path)
    status, out, err = run('scan', '--json', '--kind=code', path + '.png')
    assert status == 0, err
    return {(code['format'], code['text']) for code in json.loads(out)['codes']}


def leaves(value):
    """What stands on paper; enumerations and codes of countries are written out there."""
    skip = {'country', 'nationality', 'residence', 'type', 'paid_by', 'method', 'decision', 'physical_check', 'symbol', 'id',
            'currency', 'payout_currency', 'codes'}
    if isinstance(value, dict):
        return [leaf for key, member in value.items() if key not in skip for leaf in leaves(member)]
    if isinstance(value, list):
        return [leaf for member in value for leaf in leaves(member)]
    return str(value).split('\n')


def big():
    form = copy.deepcopy(FULL)
    form['codes'] = []
    form['traveller'].update(surname='Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh', given_name='محمد عبد الرحمن')
    form['seller']['name'] = '株式会社マルコポーロ百貨店 銀座本店免税カウンター'
    line = {'description': '絹のスカーフ', 'quantity': 1, 'unit_price': '12.30', 'vat_rate': '20', 'total': '12.30'}
    form['purchases'] = [{'invoice': f'F-{n}', 'date': '2026-05-22', 'total': '500.00',
                          'lines': [dict(line, serial=f'SN-{n}-{m}') for m in range(40 if n == 0 else 3)]} for n in range(12)]
    return form


def schema_and_program_agree():
    for form in (FULL, SMALL, big()):
        SCHEMA.validate(form)
        assert run('form', '--out', os.path.join(FOLDER, 'x.pdf'), stdin=json.dumps(form).encode())[0] == 0
    for change in (lambda f: f.pop('number'), lambda f: f.update(numbr='1'), lambda f: f['traveller'].pop('surname'),
                   lambda f: f.update(purchases=[]), lambda f: f['customs'].update(decision='maybe'),
                   lambda f: f['purchases'][0].update(total='-1.00'), lambda f: f.update(number='數')):
        wrong = copy.deepcopy(FULL)
        change(wrong)
        assert not SCHEMA.is_valid(wrong), wrong
        status, _, err = run('form', '--out', os.path.join(FOLDER, 'y.pdf'), stdin=json.dumps(wrong).encode())
        assert status == 1 and err.startswith('milione-cli: '), (status, err)
        assert not os.path.exists(os.path.join(FOLDER, 'y.pdf'))


def all_is_printed(paper):
    text = words(write('form', FULL, '--paper', paper))
    missing = [leaf for leaf in leaves(FULL) if flat(leaf) not in flat(text)]
    assert not missing, missing


def same_bytes():
    def read():
        with open(write('form', FULL), 'rb') as file:
            return file.read()
    assert read() == read()


def big_form(paper):
    path = write('form', big(), '--paper', paper, '--also', 'zh')
    pages = int(info(path)['Pages'])
    text = words(path)
    assert (pages > 2) == (paper == 'a4'), pages
    assert all(flat(f'SN-{n}-{m}') in flat(text) for n in range(12) for m in range(40 if n == 0 else 3))
    assert '株式会社マルコポーロ百貨店' in flat(text)
    assert paper == 'roll' or f'Page {pages} sur {pages}' in text
    assert json.loads(attached(path)) == big()


def about_itself():
    path = write('form', FULL)
    about = info(path)
    assert about['Tagged'] == 'yes' and about['Title'] == 'Formulaire de détaxe 123456789012', about
    assert about['Page size'].endswith('(A4)') and about['Author'] == 'Maison Garance', about
    assert '2026' in about['CreationDate'], about
    fonts = tool('pdffonts', path).decode().splitlines()[2:]
    assert fonts and all(line.split()[-5:-2] == ['yes', 'yes', 'yes'] for line in fonts), fonts
    assert b'Document' in tool('pdfinfo', '-struct', path)


def wrong_use():
    assert run('form')[0] == 2
    assert run('form', '--out', 'x', '--paper', 'a5')[0] == 2
    assert run('form', '--out', 'x', 'more')[0] == 2
    assert run('form', '--out', os.path.join(FOLDER, 'no', 'x.pdf'), stdin=FULL_BYTES)[0] == 1
    assert run('form', '--out', os.path.join(FOLDER, 'z.pdf'), '--language', 'xx', stdin=FULL_BYTES)[0] == 1
    assert run('form', '--out', os.path.join(FOLDER, 'z.pdf'), stdin=b'{')[0] == 1
    assert run('form', '--help')[0] == 0 and run('request', '--help')[0] == 0


def request(language):
    pack = PACKS[language]
    path = write('request', FULL, '--language', language, '--picture', PICTURE, '--picture', PICTURE)
    text = flat(words(path))
    for sentence in (pack['letter']['greeting'], pack['systems']['PABLO']['first'], pack['letter']['document_withheld'],
                     pack['labels']['residence'], 'ana@example.org', 'SN 99-1204', '2026-08-31'):
        assert flat(sentence) in text, sentence
    assert '{' not in text, re.findall(r'.{20}\{.{20}', text)
    images = tool('pdfimages', '-list', path).decode().splitlines()[2:]
    assert len(images) == 2 and all(' jpeg ' in line for line in images), images


def secret_kept():
    path = write('request', FULL)
    assert SECRET not in words(path) and SECRET not in attached(path).decode()
    told = write('request', FULL, '--tell-document')
    assert SECRET in words(told) and json.loads(attached(told)) == FULL
    assert PACKS['fr']['letter']['document_told'][:30] in words(told)


def systems():
    for country, system in (('ES', 'DIVA'), ('IT', 'OTELLO'), ('FR', 'PABLO'), ('PL', 'PUESC'), ('NL', 'NL'), ('JP', 'NTA'), ('DE', 'OTHER')):
        form = dict(SMALL, country=country)
        language = {'ES': 'es', 'IT': 'it', 'FR': 'fr', 'PL': 'pl', 'NL': 'nl', 'JP': 'ja', 'DE': 'de'}[country]
        assert flat(PACKS[language]['systems'][system]['second']) in flat(words(write('request', form))), country


def marks(value, path=''):
    if isinstance(value, dict):
        return {key: mark for name, member in value.items() for key, mark in marks(member, f'{path}.{name}').items()}
    return {path: sorted(re.findall(r'\{\w+\}', value))}


def packs():
    assert sorted(PACKS) == LANGUAGES
    for name, pack in PACKS.items():
        PACK_SCHEMA.validate(pack)
        assert marks(pack) == marks(PACKS['en']), name
        if name != 'en':
            same = [key for key in pack['letter'] if pack['letter'][key] == PACKS['en']['letter'][key]]
            same += [key for s in pack['systems'] for key in ('first', 'second', 'third')
                     if pack['systems'][s][key] == PACKS['en']['systems'][s][key]]
            assert not same, (name, same)


def terms():
    """The names that the offices themselves use."""
    for language, system, term in (('es', 'DIVA', 'documento electrónico de reembolso'), ('it', 'OTELLO', 'codice richiesta'),
                                   ('fr', 'PABLO', 'bordereau de vente à l’exportation'), ('pl', 'PUESC', 'dokument TAX FREE'),
                                   ('nl', 'NL', 'Mijn Douane'), ('ja', 'NTA', '購入記録情報')):
        assert term in json.dumps(PACKS[language]['systems'][system], ensure_ascii=False), term


SCHEMA = jsonschema.Draft202012Validator(load(SOURCE, 'data', 'openapi', 'tax-free-form.schema.json'))
PACK_SCHEMA = jsonschema.Draft202012Validator(load(SOURCE, 'data', 'packs', 'pack.schema.json'))
PACKS = {os.path.basename(path)[:-5]: load(path) for path in glob.glob(os.path.join(SOURCE, 'data', 'packs', '??.json'))}
FULL, SMALL = load(FORMS, 'full.json'), load(FORMS, 'small.json')
PICTURE = os.path.join(SOURCE, 'tests', 'samples', 'receipts', 'it-bottega-lume.png')
with open(os.path.join(FORMS, 'full.json'), 'rb') as whole:
    FULL_BYTES = whole.read()

with tempfile.TemporaryDirectory() as FOLDER:
    check('schema and program agree', schema_and_program_agree)
    check('wrong use', wrong_use)
    check('the words are there in all languages', packs)
    check('the words are the offices’ own', terms)
    check('the form tells about itself, is tagged, embeds its fonts', about_itself)
    check('the same form is the same file', same_bytes)
    check('what is embedded is what was read', lambda: attached(write('form', FULL_BYTES)) == FULL_BYTES)
    for size in ('a4', 'roll'):
        check(f'every field is on paper: {size}', lambda: all_is_printed(size))
        check(f'twelve receipts, long names, three scripts: {size}', lambda: big_form(size))
        check(f'the codes say the number: {size}', lambda: codes(write('form', FULL, '--paper', size)) == {
            ('Code128', '91123456789012'), ('QRCode', '123456789012'), ('QRCode', 'https://example.org/bve/123456789012')})
    check('letters in the number', lambda: codes(write('form', dict(SMALL, number='AVG-7/2026.00871B'))) == {
        ('Code128', '91AVG-7/2026.00871B'), ('QRCode', 'AVG-7/2026.00871B')})
    for code in LANGUAGES:
        check(f'request in {code}', lambda: request(code))
    check('the number of the document is told only when it may be', secret_kept)
    check('each country’s system', systems)
print(f'1..{count}')
sys.exit(failed > 0)
