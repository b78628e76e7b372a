#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what each country's tax-free form says of the buyer as C: gen-form-needs.py FOLDER OUTPUT DEPFILE.

FOLDER is data/schemes; the names are those of scheme.schema.json. DEPFILE tells the build which files were read.
"""
import glob
import json
import os
import sys

NAMES = {
    'surname': 'SURNAME', 'given-names': 'GIVEN_NAMES', 'residence': 'RESIDENCE', 'document-number': 'NUMBER',
    'document-issuer': 'ISSUER', 'document-expiry': 'EXPIRY', 'born': 'BORN', 'nationality': 'NATIONALITY',
    'address': 'ADDRESS',
}


def main():
    folder, target, depfile = sys.argv[1:]
    paths = sorted(glob.glob(os.path.join(folder, '[A-Z][A-Z].json')))
    with open(target, 'w', encoding='utf-8') as out:
        out.write('/* Generated from data/schemes; do not edit. */\n')
        for path in paths:
            with open(path, encoding='utf-8') as file:
                scheme = json.load(file)
            needs = ' | '.join('MIL_FORM_NEEDS_' + NAMES[name] for name in scheme['form']['needs'])
            out.write(f'{{ "{scheme["country"]}", {needs} }},\n')
    with open(depfile, 'w', encoding='utf-8') as out:
        out.write(target + ': ' + ' '.join(path.replace(' ', '\\ ') for path in paths) + '\n')


main()
