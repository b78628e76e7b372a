#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the table of countries as C: gen-countries.py iso_3166-1.json iso4217.csv OUTPUT.

Codes and names come from iso-codes, what is paid with in each from ISO 4217, which names places its
own way: both names are compared by their words, and ALIASES has the rest.
"""
import csv
import json
import re
import sys
import unicodedata

# ISO 4217's name -> alpha-2
ALIASES = {
    'BOLIVIA (PLURINATIONAL STATE OF)': 'BO',
    'BONAIRE, SINT EUSTATIUS AND SABA': 'BQ',
    'BRITISH INDIAN OCEAN TERRITORY (THE)': 'IO',
    'CABO VERDE': 'CV',
    'CONGO (THE DEMOCRATIC REPUBLIC OF THE)': 'CD',
    'CZECHIA': 'CZ',
    'ESWATINI': 'SZ',
    'HOLY SEE (THE)': 'VA',
    'IRAN (ISLAMIC REPUBLIC OF)': 'IR',
    'KOREA (THE DEMOCRATIC PEOPLE’S REPUBLIC OF)': 'KP',
    'LAO PEOPLE’S DEMOCRATIC REPUBLIC (THE)': 'LA',
    'MACEDONIA (THE FORMER YUGOSLAV REPUBLIC OF)': 'MK',
    'NORTH MACEDONIA': 'MK',
    'MICRONESIA (FEDERATED STATES OF)': 'FM',
    'SAINT MARTIN (FRENCH PART)': 'MF',
    'SINT MAARTEN (DUTCH PART)': 'SX',
    'SWAZILAND': 'SZ',
    'TAIWAN (PROVINCE OF CHINA)': 'TW',
    'TURKEY': 'TR',
    'TÜRKİYE': 'TR',
    'UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND (THE)': 'GB',
    'UNITED STATES MINOR OUTLYING ISLANDS (THE)': 'UM',
    'UNITED STATES OF AMERICA (THE)': 'US',
    'VENEZUELA (BOLIVARIAN REPUBLIC OF)': 'VE',
    'VIRGIN ISLANDS (BRITISH)': 'VG',
    'VIRGIN ISLANDS (U.S.)': 'VI',
}
# Where ISO 4217 lists more than one for a place: what the till there takes.
FIRST = {
    'BO': 'BOB', 'BT': 'BTN', 'CH': 'CHF', 'CL': 'CLP', 'CO': 'COP', 'CU': 'CUP', 'HT': 'HTG', 'LS': 'LSL', 'MX': 'MXN',
    'NA': 'NAD', 'PA': 'PAB', 'SV': 'USD', 'US': 'USD', 'UY': 'UYU', 'VE': 'VES', 'ZW': 'ZWG',
}
# Article 52 of the Treaty on European Union, since 1 February 2020.
EU = set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split())
SMALL = {'THE', 'OF', 'AND'}


def words(name):
    plain = unicodedata.normalize('NFKD', name.upper()).encode('ascii', 'ignore').decode()
    return frozenset(re.findall(r'[A-Z]+', plain)) - SMALL


def read_countries(path):
    with open(path, encoding='utf-8') as file:
        return sorted(json.load(file)['3166-1'], key=lambda row: row['alpha_2'])


def read_currencies(path, countries):
    by_words = {}
    for row in countries:
        for field in ('official_name', 'common_name', 'name'):
            if field in row:
                by_words[words(row[field])] = row['alpha_2']
    found, lost = {}, set()
    with open(path, encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file):
            code, entity = row['AlphabeticCode'].strip(), row['Entity'].strip()
            if row['WithdrawalDate'].strip() or not code or not row['MinorUnit'].strip().isdigit():
                continue
            country = ALIASES.get(entity) or by_words.get(words(entity))
            if country:
                found.setdefault(country, []).append(code)
            else:
                lost.add(entity)
    return found, lost


def choose(country, codes):
    if len(codes) == 1:
        return codes[0]
    if not codes:
        return None
    if country not in FIRST:
        sys.exit(f'{country}: which of {codes}?')
    return FIRST[country]


def main():
    names, currencies, target = sys.argv[1:]
    countries = read_countries(names)
    found, lost = read_currencies(currencies, countries)
    # Currencies of unions, banks and the sea have no country.
    lost = {name for name in lost if not re.search(r'FUND|EUROPEAN UNION|ZZ|SISTEMA|MEMBER COUNTRIES', name)}
    if lost:
        sys.exit('no country is known for: ' + ', '.join(sorted(lost)))
    quote = lambda text: 'NULL' if text is None else '"' + text.replace('"', '\\"') + '"'
    with open(target, 'w', encoding='utf-8') as out:
        out.write('/* Generated from iso-codes and data/iso4217.csv; do not edit. */\n')
        for row in countries:
            code = row['alpha_2']
            currency = choose(code, sorted(set(found.get(code, []))))
            out.write(f'{{ "{code}", "{row["alpha_3"]}", {quote(currency)}, {1 if code in EU else 0}, {quote(row["name"])}, '
                      f'{quote(row.get("common_name"))} }},\n')


main()
