#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the demo stores: check-demo.py DATA_DEMO_DIR.

Every feed is read as a merchant's feed is: unique ids, GTIN-13 check digits, prices in the store's currency with the
digits that the currency has, a drawing behind every picture; every store has a VAT number with right check digits.
"""
import json
import os
import re
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal

G = '{http://base.google.com/ns/1.0}'
DIGITS = {'JPY': 0, 'KRW': 0}
problems = []


def expect(truth, text):
    if not truth:
        problems.append(text)


def luhn(digits):
    total = 0
    for i, c in enumerate(reversed(digits)):
        n = int(c) * (1 + i % 2)
        total += n - 9 if n > 9 else n
    return total % 10 == 0


def weighted(digits, weights):
    return sum(int(c) * w for c, w in zip(digits, weights))


def vat_de(n):
    p = 10
    for c in n[2:10]:
        p = 2 * ((int(c) + p) % 10 or 10) % 11
    return (11 - p) % 10 == int(n[10])


def vat_es(n):
    total = 0
    for i, c in enumerate(n[3:10]):
        d = int(c) * (2 if i % 2 == 0 else 1)
        total += d // 10 + d % 10
    return -total % 10 == int(n[10])


def vat_kr(n):
    d = n.replace('-', '')
    return (10 - (weighted(d, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + int(d[8]) * 5 // 10) % 10) % 10 == int(d[9])


def vat_ch(n):
    d = re.sub(r'\D', '', n)
    return (11 - weighted(d, [5, 4, 3, 2, 7, 6, 5, 4]) % 11) % 11 == int(d[8])


def vat_cn(n):
    letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    total = sum(letters.index(c) * pow(3, i, 31) for i, c in enumerate(n[:17]))
    return letters[(31 - total % 31) % 31] == n[17]


# What the country's own tax office publishes about the check digits of its numbers.
VAT = {
    'IT': (r'\d{11}', luhn),
    'FR': (r'FR\d{11}', lambda n: luhn(n[4:]) and (12 + 3 * (int(n[4:]) % 97)) % 97 == int(n[2:4])),
    'DE': (r'DE\d{9}', vat_de),
    'JP': (r'T\d{13}', lambda n: 9 - sum(int(c) * (1 + i % 2) for i, c in enumerate(reversed(n[2:]))) % 9 == int(n[1])),
    'KR': (r'\d{3}-\d{2}-\d{5}', vat_kr),
    'GB': (r'GB\d{9}', lambda n: (weighted(n[2:9], range(8, 1, -1)) + int(n[9:])) % 97 == 0),
    'ES': (r'ESB\d{8}', vat_es),
    'NL': (r'NL\d{9}B\d{2}', lambda n: weighted(n[2:10], range(9, 1, -1)) % 11 == int(n[10])),
    'CH': (r'CHE-\d{3}\.\d{3}\.\d{3} MWST', vat_ch),
    'CN': (r'[0-9A-HJ-NPQRTUWXY]{18}', vat_cn),
}


def has_drawing(top, png):
    return os.path.isfile(os.path.join(top, re.sub(r'\.png$', '.svg', png)))


def check_price(where, text, currency):
    digits = DIGITS.get(currency, 2)
    pattern = r'\d+' + (r'\.\d{%d}' % digits if digits else '') + ' ' + currency
    expect(re.fullmatch(pattern, text or ''), f'{where}: price "{text}"')


def check_item(top, store, item, seen):
    get = lambda name: item.findtext(G + name)
    where = f"{store['id']} {get('id')}"
    for name in ('id', 'gtin'):
        expect(get(name) not in seen, f'{where}: {name} is used twice')
        seen.add(get(name))
    for name in ('title', 'description', 'link', 'image_link', 'brand', 'google_product_category', 'product_type'):
        expect(get(name), f'{where}: no {name}')
    gtin = get('gtin') or ''
    expect(re.fullmatch(r'2\d{12}', gtin) and weighted(gtin, [1, 3] * 6 + [1]) % 10 == 0, f'{where}: GTIN "{gtin}"')
    expect(get('availability') in ('in_stock', 'out_of_stock', 'preorder'), f'{where}: availability')
    check_price(where, get('price'), store['currency'])
    if get('sale_price'):
        check_price(where, get('sale_price'), store['currency'])
        expect(Decimal(get('sale_price').split()[0]) < Decimal(get('price').split()[0]), f'{where}: the sale price is no lower')
    expect(get('product_type').split(' > ')[0] in store['categories'], f'{where}: category of no use to its store')
    for picture in item.findall(G + 'image_link') + item.findall(G + 'additional_image_link'):
        expect(has_drawing(top, picture.text), f'{where}: no drawing for {picture.text}')
    countries = [s.findtext(G + 'country') for s in item.findall(G + 'shipping')]
    expect(store['country'] in countries and len(countries) == len(set(countries)), f'{where}: countries of delivery')
    for shipping in item.findall(G + 'shipping'):
        check_price(where, shipping.findtext(G + 'price'), store['currency'])


def main():
    top = sys.argv[1]
    with open(os.path.join(top, 'stores.json'), encoding='utf-8') as file:
        data = json.load(file)
    seen, items = set(), 0
    for store in data['stores']:
        pattern, check = VAT[store['country']]
        expect(re.fullmatch(pattern, store['vat_number']) and check(store['vat_number']), f"{store['id']}: VAT number")
        expect(has_drawing(top, store['logo']), f"{store['id']}: no logo")
        expect(store['tax_free'] == (store['refund_operator'] is not None), f"{store['id']}: tax-free without an operator")
        for item in ET.parse(os.path.join(top, store['feed'])).iter('item'):
            check_item(top, store, item, seen)
            items += 1
    ids = {s['id'] for s in data['stores']}
    for campaign in data['campaigns']:
        expect(has_drawing(top, campaign['banner']), f"{campaign['id']}: no banner")
        expect(set(campaign['stores']) <= ids, f"{campaign['id']}: unknown store")
    print(f"{len(ids)} stores in {len({s['country'] for s in data['stores']})} countries, {items} items")
    print('\n'.join(problems))
    sys.exit(1 if problems else 0)


main()
