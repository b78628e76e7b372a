"""Each catalog of po/LINGUAS is complete and sound, and the pseudo-catalog can be made, for the sources as they are.

With --write it brings the catalogs up to the sources first; what is new in them then waits for its translation.
"""
import gettext
import importlib.util
import os
import re
import subprocess
import sys
import tempfile

top = sys.argv[1]
spec = importlib.util.spec_from_file_location('pseudo', os.path.join(top, 'build-aux', 'pseudo-catalog.py'))
pseudo = importlib.util.module_from_spec(spec)
spec.loader.exec_module(pseudo)

MNEMONIC = re.compile(r'(?<![A-Za-z0-9])_(?=\w)')
MARKUP = re.compile(r'</?[a-z]+\b')


def key(entry):
    return entry.get('msgctxt'), entry['msgid'], entry.get('msgid_plural')


def name(entry):
    context = f'[{entry["msgctxt"]}] ' if 'msgctxt' in entry else ''
    return f'{context}"{entry["msgid"]}"' + (f' ({entry["refs"][0]})' if entry['refs'] else '')


def texts(entry):
    return [text for field, text in entry.items() if field.startswith('msgstr')]


def faults_of(path, wanted):
    """What is wrong with a catalog, for the entries WANTED of the sources."""
    label = os.path.relpath(path, top)
    found = {key(entry): entry for entry in pseudo.read_entries(path)}
    bad = []
    for entry in wanted:
        has = found.get(key(entry))
        if has is None or not all(texts(has)):
            bad.append(f'{label} does not translate {name(entry)}')
        elif 'fuzzy' in has['flags']:
            bad.append(f'{label} has a fuzzy translation of {name(entry)}')
        elif any(len(MNEMONIC.findall(text)) != len(MNEMONIC.findall(entry['msgid'])) for text in texts(has)):
            bad.append(f'{label} loses or adds a mnemonic in {name(entry)}')
        elif any(sorted(MARKUP.findall(text)) != sorted(MARKUP.findall(entry['msgid'])) for text in texts(has)):
            bad.append(f'{label} loses or adds markup in {name(entry)}')
    checked = subprocess.run(['msgfmt', '--check', '-o', os.devnull, path], capture_output=True, text=True)
    if checked.returncode:
        bad += [line.replace(path, label) for line in checked.stderr.splitlines()]
    return bad


def formats(text):
    return sorted(re.findall(pseudo.FORMAT, text))


def plain(text):
    """A string of a catalog as gettext looks it up."""
    return re.sub(r'\\(.)', lambda m: {'n': '\n', 't': '\t', 'r': '\r'}.get(m.group(1), m.group(1)), text)


def faults_of_pseudo(folder, wanted):
    path = os.path.join(folder, 'pseudo.mo')
    try:
        pseudo.write_pseudo(wanted, path)
    except subprocess.CalledProcessError as error:
        return [f'the pseudo-catalog cannot be made: {error}']
    with open(path, 'rb') as file:
        catalog = gettext.GNUTranslations(file)
    bad = []
    for entry in wanted:
        # What holds a number of a fixed width is spelt for the machine in the compiled catalog.
        if '<PRI' in entry['msgid']:
            continue
        context, one, many = (None if text is None else plain(text) for text in key(entry))
        for count, source in ((1, one), (2, many)) if many is not None else ((1, one),):
            if many is not None:
                text = catalog.npgettext(context, one, many, count) if context else catalog.ngettext(one, many, count)
            else:
                text = catalog.pgettext(context, one) if context else catalog.gettext(one)
            if source.strip() and '⟦' not in text:
                bad.append(f'the pseudo-catalog has not got {name(entry)}')
            elif formats(text) != formats(source):
                bad.append(f'the pseudo-catalog breaks the formats of {name(entry)}')
    return bad


def main():
    with open(os.path.join(top, 'po', 'LINGUAS'), encoding='utf-8') as file:
        languages = [word for line in file if not line.startswith('#') for word in line.split()]
    count = failed = 0

    def report(title, bad):
        nonlocal count, failed
        count += 1
        failed += bool(bad)
        for line in bad:
            print('# ' + line)
        print(f'{"not ok" if bad else "ok"} {count} {title}')

    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, 'milione.pot')
        report('the strings of the sources can be gathered', pseudo.make_template(top, pot))
        wanted = pseudo.read_entries(pot)
        cut = [f'{name(entry)} ends in the middle of a format: xgettext does not know the macro after it'
               for entry in wanted if re.search(r'%[-+ #0.\d]*$', entry['msgid']) and not entry['msgid'].endswith('%%')]
        report('no string is cut off at a macro', cut)
        for language in languages:
            path = os.path.join(top, 'po', language + '.po')
            if '--write' in sys.argv:
                merged = os.path.join(folder, 'merged.po')
                subprocess.run(['msgmerge', '--quiet', '--no-fuzzy-matching', '--no-wrap', '--add-location=file',
                                '-o', merged, path, pot], check=True)
                subprocess.run(['msgattrib', '--no-obsolete', '--no-wrap', '--add-location=file', '-o', path, merged], check=True)
            report(f'{language} is complete and sound', faults_of(path, wanted))
        report('the pseudo-catalog has every string with its formats', faults_of_pseudo(folder, wanted))
    print(f'1..{count}')
    sys.exit(1 if failed else 0)


main()
