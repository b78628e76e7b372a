#!/usr/bin/env python3
"""Looks for text that no translator can reach: test-pseudo.py INSTALL_PREFIX. Prints TAP.

The app runs in the pseudo-locale, right to left, and its main pages are read as a screen reader reads them.
All words have to stand in the marks ⟦ ⟧ of the pseudo-catalog, except data: what stores write about
themselves, names of countries and currencies, amounts, dates, and the toolkit's own words.
"""
import json
import os
import re
import sys
import xml.etree.ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from trip import PROJECT, Trip, draw_receipt, pseudo_module, start_camera  # noqa: E402
from world import Failure, Reporter, World  # noqa: E402

# GTK's and libadwaita's own words, which their catalogs translate; keys are among them.
TOOLKIT = {'Back', 'Cancel', 'Close', 'Close the window', 'Dismiss', 'Maximize', 'Maximize the window', 'Minimize', 'Minimize the window'}
# Names, and words that are the same in all languages.
NAMES = ['Milione', 'PDF', 'JPEG', 'PNG', 'WebP', 'QR', 'ISO', 'GTIN']


def strings_of(node):
    if isinstance(node, dict):
        for value in node.values():
            yield from strings_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings_of(value)
    elif isinstance(node, str):
        yield node


def known_data():
    """All strings that are data, longest first."""
    found = set(NAMES)
    with open(os.path.join(PROJECT, 'data', 'demo', 'stores.json'), encoding='utf-8') as file:
        found.update(strings_of(json.load(file)))
    feeds = os.path.join(PROJECT, 'data', 'demo', 'feeds')
    for name in os.listdir(feeds):
        for element in xml.etree.ElementTree.parse(os.path.join(feeds, name)).iter():
            found.add((element.text or '').strip())
    for part, fields in (('3166-1', ('name', 'common_name')), ('4217', ('name', 'alpha_3'))):
        with open(f'/usr/share/iso-codes/json/iso_{part}.json', encoding='utf-8') as file:
            for row in json.load(file)[part]:
                found.update(row[field] for field in fields if field in row)
    return sorted((text for text in found if len(text) > 1), key=len, reverse=True)


# What stands on the receipt that is scanned, and on the form that is issued for it.
RECEIPT = ['Bottega Lume di Marin Zanetto S.r.l.', 'Caraffa dipinta a mano', 'DESCRIZIONE', 'IVA%', 'Prezzo(€)', 'TOTALE COMPLESSIVO', 'Ada Lovelace', 'FCO', 'IT04199830276']


class Reader:
    def __init__(self):
        self.data = sorted(known_data() + RECEIPT, key=len, reverse=True)

    def left_over(self, text):
        """What of a text is neither marked as translated nor data."""
        rest = re.sub(r'⟦.*⟧', ' ', text, flags=re.S)
        if rest.strip() in TOOLKIT or re.fullmatch(r'(?:(?:Ctrl|Alt|Shift)\+)*(?:\S|F\d+|Left|Escape)', rest.strip()):
            return ''
        for known in self.data:
            if not re.search('[A-Za-z]', rest):
                return ''
            if known.casefold() in rest.casefold():
                rest = re.sub(re.escape(known), ' ', rest, flags=re.I)
        return rest.strip() if re.search('[A-Za-z]{2}', rest) else ''

    def faults(self, desktop):
        """Each text on the screen that is not translated, once."""
        bad, marked = {}, 0
        for node, _ in desktop.walk():
            texts = {node.name, node.description, node.text() if node.offers('EditableText') else ''}
            marked += any('⟦' in text for text in texts)
            for text in texts:
                if text and node.role not in ('application', 'frame') and self.left_over(text):
                    bad[text] = node.role
        if not marked:
            raise Failure('nothing on this page is in the pseudo-locale')
        return bad


def install_pseudo_locale(prefix):
    module = pseudo_module()
    out = os.path.join(prefix, 'share', 'locale', 'en@pseudo', 'LC_MESSAGES', 'milione.mo')
    pot = os.path.join(prefix, 'pseudo.pot')
    module.make_template(PROJECT, pot)
    module.write_pseudo(module.read_entries(pot), out)


def main():
    # What the accessibility bus warns of in this process is no fault of the app.
    os.environ.pop('G_DEBUG', None)
    prefix = os.path.abspath(sys.argv[1])
    install_pseudo_locale(prefix)
    say, reader = Reporter(), Reader()
    world = World(os.path.join(prefix, 'bin'), [os.path.join(prefix, 'share')], locale='he_IL.UTF-8', language='en@pseudo')
    shots = os.environ.get('MIL_TRIP_SHOTS')

    def page(title, *steps):
        """Goes to a page and reads it; one that cannot be reached, or has words of its own, fails alone."""
        def run():
            for step in steps:
                step()
            if shots:
                world.screenshot(os.path.join(shots, 'pseudo-' + re.sub(r'\W+', '-', title) + '.png'))
            bad = [f'{role}: {text!r} is not translated' for text, role in reader.faults(trip.app).items()]
            # What the keyboard reaches, a screen reader must be able to name.
            bad += [f'{node.role} at {node.extents()} has no name' for node in trip.app.unnamed()]
            if bad:
                raise Failure('\n'.join(bad))
        try:
            say.step(title, run)
        except Failure:
            if shots:
                world.screenshot(os.path.join(shots, 'pseudo-failed.png'))

    with world:
        try:
            trip = Trip(world, say.step('the window opens', world.start_app), pseudo=True)
            word = trip.word
            page('first run', lambda: trip.app.find('button', word('Start')))
            say.step('first run is done', trip.first_run)
            page('shop', lambda: trip.app.find('button', '^' + Trip.ITALIAN, 40))
            page('product', lambda: trip.open_product(Trip.ITALIAN))
            page('basket', lambda: trip.app.press('button', word('Add to Basket')), trip.open_basket)
            page('checkout', trip.checkout)
            trip.back()
            page('refunds', lambda: trip.go('refunds'))
            page('wallet', lambda: trip.go('wallet'))
            page('shortcuts', lambda: world.key('ctrl+question'), lambda: trip.app.find(None, word('Keyboard Shortcuts')))
            world.key('Escape')
            page('trip', trip.open_trip_dialog)
            say.step('a trip is planned', trip.fill_trip)
            page('no camera', trip.press_add_receipt, lambda: trip.app.see(word('There is no camera'), 40))
            trip.back()
            say.step('a camera is connected', lambda: start_camera(world, draw_receipt(world)))
            page('scanner', trip.scan_receipt)
            page('receipt', lambda: trip.press_row('LUME'), lambda: trip.app.see('126[.,]00', 60),
                 lambda: trip.app.find('button', word('Claim the tax back'), 60))
            page('claim', trip.claim)
            page('refunded', trip.validate, lambda: trip.app.see(word('is in your wallet.'), 60))
        except Failure as error:
            print(f'# {error}', file=sys.stderr)
        finally:
            say.done()
    sys.exit(1 if say.failed else 0)


main()
