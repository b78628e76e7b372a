#!/usr/bin/env python3
"""Runs the real milione-cli and holds what it says against the published shapes. test-cli.py PROGRAM SOURCE_DIR"""
import glob
import json
import os
import subprocess
import sys

import jsonschema

PROGRAM, SOURCE = sys.argv[1:3]
ENV = dict(os.environ, MILIONE_DATA_DIR=os.path.join(SOURCE, 'data'))
COUNTRIES = ('AE AR AT AU BE CH CN CZ DE DK ES FI FR GB GR HU ID IE IL IS IT JP KR MX MY NL NO PL PT SA SE SG SI SK TH '
             'TR TW UY VN ZA').split()
count = failed = 0


def schema(path):
    with open(os.path.join(SOURCE, 'data', path), encoding='utf-8') as file:
        return jsonschema.Draft202012Validator(json.load(file))


REQUEST = schema('openapi/eligible-request.schema.json')
ANSWER = schema('openapi/eligible-answer.schema.json')
SCHEME = schema('schemes/scheme.schema.json')
OPERATOR = schema('operators/operator.schema.json')


def run(*args, stdin=''):
    if not isinstance(stdin, bytes):
        stdin = stdin.encode()
    done = subprocess.run([PROGRAM, *args], input=stdin, capture_output=True, env=ENV, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def check(name, good, note=''):
    global count, failed
    count += 1
    failed += not good
    if not good and note:
        print('# ' + str(note).replace('\n', '\n# '))
    print(f"{'ok' if good else 'not ok'} {count} {name}", flush=True)


def purchase(**members):
    return dict({'id': 'p', 'country': 'FR', 'region': None, 'shop': 'Maison', 'vat_id': 'FR123', 'city': 'Paris',
                 'date': '2026-05-22', 'time': '14:05', 'currency': 'EUR', 'total': '120.00',
                 'lines': [{'category': 'clothing', 'amount': '120.00', 'vat_rate': '20'}]}, **members)


def request(*purchases, **members):
    return dict({'traveller': {'residence': 'CN', 'region': None, 'age': 34},
                 'itinerary': {'leaves': {'country': 'FR', 'on': '2026-05-24'}},
                 'purchases': list(purchases)}, **members)


def ask(question):
    REQUEST.validate(question)
    status, out, err = run('eligible', '--json', stdin=json.dumps(question))
    assert status == 0, err
    answer = json.loads(out)
    ANSWER.validate(answer)
    return answer['forms']


def attempt(name, work):
    try:
        note = work()
        check(name, note in (None, True), note)
    except (AssertionError, jsonschema.ValidationError, json.JSONDecodeError, KeyError, IndexError,
            subprocess.TimeoutExpired) as error:
        check(name, False, f'{type(error).__name__}: {error}')


def verdict(question):
    return ask(question)[0]['verdict']


def codes(form):
    return {reason['code'] for reason in form['reasons']}


def whole_answer():
    form, = ask(request(purchase()))
    assert form['purchases'] == ['p'] and form['scheme'] == 'FR' and form['verdict'] == 'eligible', form
    assert form['rule_valid_from'] == '2021-01-01' and form['export_by'] == '2026-08-31', form
    assert form['tax'] == '20.00' and form['refund']['high'] == '20.00', form
    assert any(r['source'] and r['source'].startswith('http') for r in form['reasons']), form
    assert form['steps'][0]['code'] == 'get-form', form
    # Wevat keeps 22 % of the 20.00.
    assert [(o['operator'], o['low']) for o in form['offers']] == [('Wevat', '15.60')], form


def what_is_missing():
    lines = []
    form, = ask(request(purchase(total='87.60', lines=lines)))
    hint = form['hints'][0]
    assert form['verdict'] == 'not-eligible' and hint['missing'] == '12.41' and hint['until'] == '2026-05-24', form


def grouped():
    forms = ask(request(purchase(id='a', total='60.00', lines=[]), purchase(id='b', total='41.00', lines=[]),
                        purchase(id='c', country='IT', total='80.00', lines=[])))
    assert [f['purchases'] for f in forms] == [['a', 'b'], ['c']], forms


def as_strangers_write():
    lines = [{'category': 'Clothing', 'amount': '120.00', 'vat_rate': 0.2}]
    for country, home, currency in (('France', 'China', 'eur'), ('FRA', 'CHN', 'Eur'), ('fr', 'cn', 'EUR'), ('france', 'south korea', 'EUR')):
        form, = ask(request(purchase(id=7, country=country, currency=currency, lines=lines),
                            traveller={'id': 1, 'residence': home, 'age': 34},
                            itinerary={'leaves': {'country': country, 'on': '2026-05-24'}}))
        assert form['purchases'] == ['7'] and form['traveller'] == '1' and form['scheme'] == 'FR', form
        assert form['verdict'] == 'eligible' and form['tax'] == '20.00', form
    form, = ask(request(purchase(country='Atlantis')))
    assert form['verdict'] == 'needs-more' and codes(form) == {'country-unknown'}, form


def bad_input(text, path):
    def work():
        status, out, err = run('eligible', '--json', stdin=text)
        assert status == 1, (status, out)
        ANSWER.validate(json.loads(out))
        error = json.loads(out)['error']
        assert path in error['message'] and path in err, (error, err)
        assert 'milione-cli:' in err and '**' not in err and 'CRITICAL' not in err, err
    return work


def odd(name, expected, code, **members):
    def work():
        form = ask(request(purchase(**dict({'lines': []}, **members))))[0]
        assert form['verdict'] == expected and code in codes(form), form
    attempt('odd case: ' + name, work)


def odd_person(name, expected, code, person, **members):
    def work():
        question = request(purchase(**dict({'lines': []}, **members)), traveller=person,
                           itinerary={'leaves': {'country': members.get('country', 'FR'), 'on': '2026-05-24', 'mode': 'air'}})
        form = ask(question)[0]
        assert form['verdict'] == expected and (code is None or code in codes(form)), form
    attempt('odd person: ' + name, work)


def schemes():
    attempt('help', lambda: run('--help')[0] == 0 and 'eligible' in run('--help')[1])
    attempt('help of a command', lambda: run('eligible', '--help')[0] == 0)
    attempt('version', lambda: run('--version')[0] == 0 and run('--version')[1].startswith('milione-cli '))
    attempt('no command is wrong use', lambda: run()[0] == 2)
    attempt('unknown command is wrong use', lambda: run('dance')[0] == 2)
    attempt('unknown option is wrong use', lambda: run('eligible', '--dance')[0] == 2 and run('schemes', '--dance')[0] == 2)
    status, out, _ = run('schemes', '--country', 'IT', '--date', '2014-07-01', '--json')
    rules = json.loads(out)['schemes']
    check('Italy in July 2014', status == 0 and len(rules) == 1 and rules[0]['minimum']['amount'] == '154.94'
          and rules[0]['minimum']['operator'] == '>', out)
    words = run('schemes', '--country', 'GR', '--date', '2026-05-22')[1]
    check('both amounts where sources disagree, each with its address',
          '≥ EUR 50.00 or > EUR 50.00' in words and '[disputed]' in words and words.count('https://') == 2)
    check('in words too', '154.94' in run('schemes', '--country', 'it', '--date', '2014-07-01')[1])
    status, out, _ = run('schemes', '--json')
    listed = {rule['country'] for rule in json.loads(out)['schemes']}
    check('every country is there', listed == set(COUNTRIES), listed ^ set(COUNTRIES))
    check('Northern Ireland has a rule of its own',
          any(rule['region'] == 'NIR' and rule['exists'] for rule in json.loads(out)['schemes']))
    check('Monaco is France’s', json.loads(run('schemes', '--country', 'MC', '--json')[1])['schemes'][0]['country'] == 'FR')
    check('no such country is bad input', run('schemes', '--country', 'ZZ')[0] == 1)
    check('no such day is bad input', run('schemes', '--date', '2026-02-30')[0] == 1)


def operators():
    listed = json.loads(run('operators', '--json')[1])['operators']
    names = {os.path.basename(path)[:-5] for path in glob.glob(os.path.join(SOURCE, 'data', 'operators', '*.json'))}
    check('every operator is listed', {one['id'] for one in listed} == names - {'operator.schema'}, listed)
    check('each with its terms', all(one['terms'] and one['countries'] for one in listed), listed)
    status, out, _ = run('operators', '--country', 'IT', '--date', '2026-05-20', '--total', '122.00', '--json')
    answer = json.loads(out)
    best = answer['operators'][0]
    # help.stampit.co: 1.49 kept of purchases of 70 to 150; 22.00 of tax are in 122.00.
    check('Italy compared', status == 0 and answer['tax'] == '22.00' and answer['warning'] is None
          and best['id'] == 'stamp' and best['arrives'] == {'low': '20.51', 'high': '20.51'}
          and best['keeps'] == {'low': '1.49', 'high': '1.49'} and best['model'] == 'vat-off', out)
    check('and those that say nothing after it', [one['id'] for one in answer['operators']][1:] == ['global-blue'], out)
    words = run('operators', '--country', 'it', '--date', '2026-05-20', '--total', '122.00')[1]
    check('in words', words.startswith('Stamp: ') and '20.51' in words, words)
    early = json.loads(run('operators', '--country', 'IT', '--date', '2023-05-20', '--total', '200', '--json')[1])
    check('Stamp not before its terms', 'stamp' not in [one['id'] for one in early['operators']], early)
    small = json.loads(run('operators', '--country', 'IT', '--date', '2026-05-20', '--total', '50', '--json')[1])
    check('too little is said', '70' in (small['warning'] or ''), small)
    taxed = json.loads(run('operators', '--country', 'MC', '--total', '120.00', '--tax', '20.00', '--json')[1])
    # help.wevat.com: keeps 22 % of the tax.
    check('Monaco is France’s, with a tax told', taxed['country'] == 'FR'
          and taxed['operators'][0]['arrives'] == {'low': '15.60', 'high': '15.60'}, taxed)
    check('Malaysia: none', json.loads(run('operators', '--country', 'MY', '--total', '1', '--tax', '0.05', '--json')[1])
          ['operators'] == [])
    check('a total without its country is wrong use', run('operators', '--total', '1')[0] == 2)
    check('no such country is bad input', run('operators', '--country', 'ZZ')[0] == 1)
    check('no such sum is bad input', run('operators', '--country', 'IT', '--total', 'much', '--json')[0] == 1)
    check('nothing spent is bad input', run('operators', '--country', 'IT', '--total', '-5')[0] == 1)
    check('more tax than price is bad input', run('operators', '--country', 'IT', '--total', '5', '--tax', '6')[0] == 1)


def files():
    for path in sorted(glob.glob(os.path.join(SOURCE, 'data', 'schemes', '??.json'))):
        with open(path, encoding='utf-8') as file:
            errors = [f'{e.json_path}: {e.message[:200]}' for e in SCHEME.iter_errors(json.load(file))]
        check('scheme file ' + os.path.basename(path), not errors, '\n'.join(errors))
    for path in sorted(glob.glob(os.path.join(SOURCE, 'data', 'operators', '*.json'))):
        if path.endswith('.schema.json'):
            continue
        with open(path, encoding='utf-8') as file:
            operator = json.load(file)
        errors = [f'{e.json_path}: {e.message[:200]}' for e in OPERATOR.iter_errors(operator)]
        if operator['id'] + '.json' != os.path.basename(path):
            errors.append('the file is not called as the operator is')
        check('operator file ' + os.path.basename(path), not errors, '\n'.join(errors))


def odd_cases():
    odd('wrong currency', 'needs-more', 'currency-mismatch', currency='USD')
    odd('purchase in the future', 'needs-more', 'purchase-in-future', date='2099-01-01')
    odd('negative total', 'not-eligible', 'total-not-positive', total='-120.00')
    twice = ask(request(purchase(), purchase(shop='Other')))
    check('two receipts of one name', [form['verdict'] for form in twice] == ['eligible', 'needs-more']
          and 'duplicate-id' in codes(twice[1]), twice)
    odd('unknown country', 'needs-more', 'country-unknown', country='ZZ')
    odd('country without data', 'uncertain', 'no-scheme-data', country='BR', currency='BRL')
    odd('no date', 'needs-more', 'date-unknown', date=None)
    odd('Livigno', 'not-eligible', 'untaxed-place', country='IT', region='Livigno')
    odd('Canary Islands', 'not-eligible', 'untaxed-place', country='ES', region='Canarias')
    odd('Monaco', 'eligible', 'minimum-reached', country='MC')
    odd('Great Britain today', 'not-eligible', 'no-scheme', country='GB', currency='GBP')
    odd('Northern Ireland today', 'eligible', 'no-minimum', country='GB', region='NIR', currency='GBP')
    odd('Liechtenstein', 'eligible', 'minimum-reached', country='LI', currency='CHF', total='300.00')
    odd('an absurd amount', 'eligible', 'minimum-reached', total='92233720368547758.07')
    odd_person('resident', 'not-eligible', 'resident-inside', {'residence': 'FR', 'age': 30})
    odd_person('of Norway in Finland', 'not-eligible', 'resident-inside', {'residence': 'NO', 'age': 30}, country='FI')
    odd_person('of Monaco in Italy', 'not-eligible', 'resident-inside', {'residence': 'MC', 'age': 30}, country='IT')
    odd_person('of Northern Ireland in Spain', 'not-eligible', 'resident-inside',
               {'residence': 'GB', 'region': 'Northern Ireland', 'age': 30}, country='ES')
    odd_person('with a postcode of Belfast', 'not-eligible', 'resident-inside',
               {'residence': 'GB', 'postcode': 'BT1 5GS', 'age': 30}, country='ES')
    odd_person('with a postcode of Bath', 'eligible', None, {'residence': 'GB', 'postcode': 'BA1 1AA', 'age': 30}, country='ES')
    odd_person('of the Canary Islands in Spain', 'eligible', None,
               {'residence': 'ES', 'region': 'Canary Islands', 'age': 30}, country='ES')
    odd_person('of Livigno in Italy', 'eligible', None, {'residence': 'IT', 'region': 'Livigno', 'age': 30}, country='IT')
    odd_person('of Liechtenstein in Switzerland', 'not-eligible', 'resident-inside', {'residence': 'LI', 'age': 30},
               country='CH', currency='CHF', total='400.00')
    odd_person('crew in Thailand', 'not-eligible', 'crew', {'residence': 'US', 'age': 30, 'crew': True},
               country='TH', currency='THB', total='5000.00')
    odd_person('of 15 in France', 'not-eligible', 'too-young', {'residence': 'CN', 'age': 15})
    odd_person('of 15 in Germany', 'eligible', None, {'residence': 'CN', 'age': 15}, country='DE')
    odd_person('born 16 years ago today', 'eligible', None, {'residence': 'CN', 'born': '2010-05-22'})
    odd_person('nobody knows from where', 'needs-more', 'residence-unknown', {'age': 30})
    odd_person('of a country that is none', 'needs-more', 'residence-unknown', {'residence': 'ZZ', 'age': 30})


def code(text, *args):
    status, out, err = run('code', *args, stdin=text)
    return status, json.loads(out)


def payment_codes():
    epc = 'BCD\n002\n1\nSCT\n\nCaffè Roma\nIT60X0542811101000000123456\nEUR20\n'
    status, asked = code(epc)
    assert status == 0 and asked['kind'] == 'epc' and asked['payee'] == 'Caffè Roma', asked
    assert asked['amount'] == {'amount': 2000, 'currency': 'EUR'}, asked
    status, asked = code('', epc.replace('IT60X', 'IT61X'))
    assert status == 1 and asked['error']['code'] == 'unreadable', asked
    status, asked = code('')
    assert status == 1 and asked['error']['code'] == 'unreadable', asked
    return True


def main():
    attempt('payment codes', payment_codes)
    attempt('an answer has everything', whole_answer)
    attempt('what is missing, where and until when', what_is_missing)
    attempt('receipts are grouped', grouped)
    attempt('a request as strangers write it', as_strangers_write)
    attempt('no itinerary', lambda: verdict(request(purchase(), itinerary=None)) == 'eligible')
    attempt('no purchases', lambda: ask(request()) == [])
    attempt('planned for the future', lambda: verdict(request(purchase(date='2027-01-05', planned=True),
                                                              itinerary=None)) == 'eligible')
    attempt('today can be told', lambda: verdict(request(purchase(), today='2026-05-01')) == 'needs-more')
    attempt('a rate with a fraction', lambda: ask(request(purchase(lines=[{'category': 'food', 'amount': '120.00',
            'vat_rate': 5.5}])))[0]['tax'] == '6.25')
    attempt('in words', lambda: run('eligible', stdin=json.dumps(request(purchase())))[1].startswith('p: eligible'))
    good = json.dumps(request(purchase()))
    attempt('an empty input', bad_input('', ''))
    attempt('no JSON', bad_input('<html>', ''))
    attempt('cut off', bad_input(good[:-20], ''))
    attempt('a list', bad_input('[]', ''))
    attempt('no purchases member', bad_input('{}', 'purchases'))
    attempt('a number for an amount', bad_input(good.replace('"total": "120.00"', '"total": 120.5'), 'purchases[0].total'))
    attempt('too many decimals', bad_input(good.replace('"total": "120.00"', '"total": "120.001"'), 'purchases[0].total'))
    attempt('an amount beyond everything', bad_input(good.replace('"total": "120.00"', '"total": "9e99"'), 'purchases[0].total'))
    attempt('an overflowing amount', bad_input(good.replace('"total": "120.00"', '"total": "' + '9' * 30 + '"'), 'purchases[0].total'))
    attempt('a day that is none', bad_input(good.replace('2026-05-22', '2026-02-30'), 'purchases[0].date'))
    attempt('no currency', bad_input(good.replace('"EUR"', '"QQQ"'), 'purchases[0].currency'))
    attempt('a wrong type deep inside', bad_input(good.replace('"vat_rate": "20"', '"vat_rate": "x"'), 'purchases[0].lines[0].vat_rate'))
    attempt('an age below zero', bad_input(good.replace('"age": 34', '"age": -1'), 'traveller.age'))
    attempt('bytes that are no text', bad_input(b'\xff\xfe\x00{}', ''))
    attempt('too deep', bad_input('[' * 100000, ''))
    attempt('an argument too many', lambda: run('eligible', 'x')[0] == 2)
    odd_cases()
    schemes()
    operators()
    files()
    print(f'1..{count}')
    sys.exit(failed > 0)


main()
