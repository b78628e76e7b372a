#!/usr/bin/env python3
"""Makes a pseudo-translation of every string, to find text that is not translatable or does not fit.

pseudo-catalog.py PROJECT OUT.mo: letters get accents, each text grows by a third and stands in ⟦ ⟧; what
printf, Pango markup and named entities need stays as it is.
"""
import os
import re
import subprocess
import sys
import tempfile

ACCENTS = str.maketrans('AaCcDEeGgHIiJjKkLlNnOoRrSsTtUuWwYyZz', 'ÅåÇçÐÉéĞğĤÎîĴĵĶķĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž')
KEEP = re.compile(r'(%(?:\d+\$)?[-+ #0\']*\d*(?:\.\d+)?(?:hh|h|ll|l|z|j)?[a-zA-Z%]|<[^>]*>|&[a-z]+;|\\.|\{[^}]*\}|%\w+)')


def pseudo(text):
    if not text.strip():
        return text
    parts = KEEP.split(text)
    plain = sum(len(p) for p in parts[::2])
    grown = ''.join(p if i % 2 else p.translate(ACCENTS) for i, p in enumerate(parts))
    tail = '\\n' if grown.endswith('\\n') else ''
    head = '\\n' if grown.startswith('\\n') else ''
    body = grown[len(head):len(grown) - len(tail)] if tail else grown[len(head):]
    return f'{head}⟦{body}{"·" * max(1, plain // 3) if plain > 3 else ""}⟧{tail}'


def unquote(lines):
    return ''.join(line.strip()[1:-1] for line in lines)


def main():
    top, out = sys.argv[1:]
    with open(os.path.join(top, 'po', 'POTFILES.in'), encoding='utf-8') as file:
        names = [n.strip() for n in file if n.strip() and not n.startswith('#')]
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, 'milione.pot')
        common = ['xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2',
                  '--keyword=g_dpgettext2:2c,3', '--keyword=dngettext:2,3', '--keyword=g_dngettext:2,3', '--directory', top, '-o', pot, '--force-po']
        sources = [n for n in names if n.endswith('.c') or n.endswith('.blp')]
        subprocess.run([*common, '--language=C', *sources], check=True, stderr=subprocess.DEVNULL)
        with open(pot, encoding='utf-8') as file:
            entries = file.read().split('\n\n')
        po = ['msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n']
        for entry in entries[1:]:
            fields, current = {}, None
            for line in entry.splitlines():
                match = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line)
                if match:
                    current = match.group(1)
                    fields[current] = [match.group(2)]
                elif line.startswith('"') and current:
                    fields[current].append(line)
            if 'msgid' not in fields:
                continue
            block = ''
            if 'msgctxt' in fields:
                block += f'msgctxt "{unquote(fields["msgctxt"])}"\n'
            one = unquote(fields['msgid'])
            block += f'msgid "{one}"\n'
            if 'msgid_plural' in fields:
                many = unquote(fields['msgid_plural'])
                block += f'msgid_plural "{many}"\nmsgstr[0] "{pseudo(one)}"\nmsgstr[1] "{pseudo(many)}"\n'
            else:
                block += f'msgstr "{pseudo(one)}"\n'
            po.append(block)
        path = os.path.join(folder, 'pseudo.po')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('\n'.join(po))
        os.makedirs(os.path.dirname(out), exist_ok=True)
        subprocess.run(['msgfmt', '-o', out, path], check=True)


if __name__ == '__main__':
    main()
