#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the table of currencies in use as C: gen-currencies.py iso4217.csv OUTPUT.

A row is in use when it has no withdrawal date. Codes without a minor unit ("-": gold, test codes,
funds) are no money that anybody pays with and are left out.
"""
import csv
import sys

# The sign that its own country writes; ISO 4217 has none, these are CLDR's "narrow" forms.
SYMBOLS = {
    'AED': 'AED', 'ARS': '$', 'AUD': '$', 'BRL': 'R$', 'CAD': '$', 'CHF': 'CHF', 'CLP': '$', 'CNY': '¥', 'COP': '$',
    'CRC': '₡', 'CZK': 'Kč', 'DKK': 'kr', 'EGP': 'E£', 'EUR': '€', 'GBP': '£', 'GEL': '₾', 'HKD': '$', 'HUF': 'Ft',
    'IDR': 'Rp', 'ILS': '₪', 'INR': '₹', 'ISK': 'kr', 'JPY': '¥', 'KHR': '៛', 'KRW': '₩', 'KZT': '₸', 'LAK': '₭',
    'MNT': '₮', 'MOP': 'MOP$', 'MXN': '$', 'MYR': 'RM', 'NGN': '₦', 'NOK': 'kr', 'NPR': 'Rs', 'NZD': '$', 'PHP': '₱',
    'PKR': 'Rs', 'PLN': 'zł', 'PYG': '₲', 'RON': 'lei', 'RUB': '₽', 'SEK': 'kr', 'SGD': '$', 'THB': '฿', 'TRY': '₺',
    'TWD': 'NT$', 'UAH': '₴', 'USD': '$', 'UYU': '$', 'VND': '₫', 'ZAR': 'R',
}
# What a reader elsewhere sees, where the sign above says too little.
ABROAD = {
    'AUD': 'A$', 'CAD': 'CA$', 'CNY': 'CN¥', 'HKD': 'HK$', 'JPY': 'JP¥', 'MXN': 'MX$', 'NZD': 'NZ$', 'SGD': 'S$',
    'USD': 'US$', 'EUR': '€', 'GBP': '£', 'BRL': 'R$', 'ILS': '₪', 'INR': '₹', 'KRW': '₩', 'PHP': '₱', 'TWD': 'NT$',
    'VND': '₫', 'JMD': 'JA$', 'THB': '฿', 'TRY': '₺',
}


def main():
    source, target = sys.argv[1:]
    rows = {}
    with open(source, encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file):
            code, exponent = row['AlphabeticCode'].strip(), row['MinorUnit'].strip()
            if row['WithdrawalDate'].strip() or not code or not exponent.isdigit():
                continue
            numeric = int(row['NumericCode'])
            rows[code] = (f'{numeric:03d}', int(exponent), row['Currency'].strip())
    with open(target, 'w', encoding='utf-8') as out:
        out.write('/* Generated from data/iso4217.csv; do not edit. */\n')
        for code, (numeric, exponent, name) in sorted(rows.items()):
            name = name.replace('"', '\\"')
            own, abroad = SYMBOLS.get(code, code), ABROAD.get(code, code)
            out.write(f'{{ "{code}", "{numeric}", {exponent}, "{own}", "{abroad}", "{name}" }},\n')


main()
