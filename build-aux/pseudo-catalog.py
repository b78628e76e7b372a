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
# What a program reads: printf's and strftime's conversions, markup, entities, escapes, placeholders.
FORMAT = r'%(?:\d+\$)?[-+ #0\']*\d*(?:\.\d+)?(?:<PRI\w+>|(?:hh|h|ll|l|z|j)?[a-zA-Z%])'
KEEP = re.compile(r'(' + FORMAT + r'|<[^>]*>|&[a-z]+;|\\.|\{[^}]*\}|%\w+)')
# As meson's preset for GLib has it.
XGETTEXT = [
    'xgettext', '--from-code=UTF-8', '--force-po', '--add-comments=Translators',
    '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=g_dcgettext:2',
    '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3', '--flag=N_:1:pass-c-format',
    '--flag=C_:2:pass-c-format', '--flag=NC_:2:pass-c-format', '--flag=g_dngettext:2:pass-c-format',
    '--flag=g_strdup_printf:1:c-format', '--flag=g_set_error:4:c-format', '--flag=mil_error_set:3:c-format',
]


def pseudo(text):
    if not text.strip():
        return text
    parts = KEEP.split(text)
    # A label grows alike with its mnemonic and without.
    plain = sum(len(p.replace('_', '')) for p in parts[::2])
    grown = ''.join(p if i % 2 else p.translate(ACCENTS) for i, p in enumerate(parts))
    tail = '\\n' if grown.endswith('\\n') else ''
    head = '\\n' if grown.startswith('\\n') else ''
    body = grown[len(head):len(grown) - len(tail)] if tail else grown[len(head):]
    return f'{head}⟦{body}{"·" * max(1, plain // 3) if plain > 3 else ""}⟧{tail}'


def make_template(top, pot):
    """Gathers the strings of the sources into the file POT; what xgettext had to say."""
    command = [*XGETTEXT, '--directory', top, '--files-from', os.path.join(top, 'po', 'POTFILES.in'), '-o', pot]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    # Blueprint's strings are written as those of C; an older gettext has rules of its own for settings.
    expected = ("extension 'blp' is unknown", 'a fallback ITS rule file')
    return [line for line in done.stderr.splitlines() if not any(words in line for words in expected)]


def read_entries(path):
    """The entries of a catalog, as dictionaries of its fields, still escaped, `flags` and `refs`."""
    entries = []
    with open(path, encoding='utf-8') as file:
        blocks = file.read().split('\n\n')
    for block in blocks:
        fields, current = {'flags': '', 'refs': []}, None
        for line in block.splitlines():
            match = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) "(.*)"$', line)
            if match:
                current = match.group(1)
                fields[current] = match.group(2)
            elif line.startswith('"') and current:
                fields[current] += line[1:-1]
            elif line.startswith('#,'):
                fields['flags'] += line[2:]
            elif line.startswith('#:'):
                fields['refs'] += line[2:].split()
        if fields.get('msgid'):
            entries.append(fields)
    return entries


def write_pseudo(entries, out):
    """Writes the pseudo-translation of ENTRIES as the compiled catalog OUT."""
    po = ['msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n']
    for fields in entries:
        block = '#, c-format\n' if re.search(r'\bc-format', fields['flags']) and 'no-c-format' not in fields['flags'] else ''
        if 'msgctxt' in fields:
            block += f'msgctxt "{fields["msgctxt"]}"\n'
        one = fields['msgid']
        block += f'msgid "{one}"\n'
        if 'msgid_plural' in fields:
            many = fields['msgid_plural']
            block += f'msgid_plural "{many}"\nmsgstr[0] "{pseudo(one)}"\nmsgstr[1] "{pseudo(many)}"\n'
        else:
            block += f'msgstr "{pseudo(one)}"\n'
        po.append(block)
    os.makedirs(os.path.dirname(os.path.abspath(out)), exist_ok=True)
    subprocess.run(['msgfmt', '--check-format', '-o', out, '-'], check=True, input='\n'.join(po), text=True)


def main():
    top, out = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, 'milione.pot')
        make_template(top, pot)
        write_pseudo(read_entries(pot), out)


if __name__ == '__main__':
    main()
