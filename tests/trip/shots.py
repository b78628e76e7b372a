#!/usr/bin/env python3
"""Drives the trip without a display and saves a PNG of every page: shots.py DIR

Four looks: 1280×800 light, 360×720 light, 1280×800 dark, and right to left with the pseudo-locale.
"""
import importlib.util
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from trip import PROJECT, Trip, draw_receipt, start_camera  # noqa: E402
from world import Failure, World  # noqa: E402

LOOKS = {
    'wide': dict(size=(1280, 800), env={}),
    'narrow': dict(size=(360, 720), env={}),
    'dark': dict(size=(1280, 800), env={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
    'rtl': dict(size=(1280, 800), env={'LC_ALL': 'he_IL.UTF-8', 'LANG': 'he_IL.UTF-8', 'LANGUAGE': 'en@pseudo'}),
}


class Shots:
    def __init__(self, world, folder):
        self.world, self.folder, self.look, self.failed = world, folder, 'wide', []

    def take(self, name, settle=0.8):
        time.sleep(settle)
        path = os.path.join(self.folder, f'{self.look}-{name}.png')
        self.world.screenshot(path)
        print(f'{self.look}-{name}.png', file=sys.stderr)

    def page(self, name, *steps):
        """Goes to a page and takes it; a page that cannot be reached is said and the tour goes on."""
        try:
            for run in steps:
                run()
            self.take(name)
        except Failure as error:
            self.failed.append(f'{self.look}-{name}: {error}')
            print(f'shots: {self.look}-{name}: {error}', file=sys.stderr)
            self.take(name + '-not-reached', 0)


def first_trip(world, shots):
    """The one time that things are really bought, scanned and claimed."""
    trip = Trip(world, world.start_app())
    world.resize(*LOOKS['wide']['size'])
    shots.page('01-first-run', lambda: trip.app.find('button', '^Start$'))
    trip.first_run()
    shots.page('02-shop', lambda: trip.app.find('button', trip.ITALIAN, 40), lambda: time.sleep(2))
    shots.page('03-search', lambda: trip.search('tea'), lambda: time.sleep(1.5))
    trip.clear_search()
    trip.add_to_basket(trip.ITALIAN)
    shots.page('04-product')
    trip.back()
    trip.add_to_basket(trip.JAPANESE)
    trip.back()
    trip.clear_search()
    shots.page('05-basket', trip.open_basket)
    shots.page('06-checkout', trip.checkout)
    shots.page('07-confirm', trip.press_pay)
    trip.confirm_pay()
    shots.page('08-paid')
    trip.keep_shopping()
    shots.page('09-refunds-empty', lambda: trip.go('refunds'))
    camera = start_camera(world, draw_receipt(world))
    shots.page('10-trip-dialog', trip.open_trip_dialog)
    trip.fill_trip()
    shots.page('11-scanner', lambda: trip.app.press('button', '^Add Receipt$'), lambda: time.sleep(1.5))
    shots.page('12-scanned', lambda: trip.app.see('Got it', 60))
    shots.page('13-receipt', lambda: trip.press_row('(?i)lume'), lambda: trip.app.see('126[.,]00', 30))
    trip.claim()
    shots.page('14-claim')
    trip.validate()
    shots.page('15-refunded', lambda: trip.app.see('in your wallet', 30))
    trip.back()
    return camera


def tour(world, shots, look):
    """Every page that can be looked at without buying or claiming again."""
    shots.look = look
    world.quit_app()
    trip = Trip(world, world.start_app(**LOOKS[look]['env']), pseudo=look == 'rtl')
    time.sleep(1)
    world.resize(*LOOKS[look]['size'])
    shots.page('02-shop', lambda: time.sleep(2.5))
    shots.page('04-product', lambda: trip.open_product(trip.ITALIAN))
    shots.page('05-basket', lambda: trip.app.press('button', trip.word('Add to Basket')), trip.open_basket)
    shots.page('06-checkout', trip.checkout)
    trip.back()
    trip.back()
    shots.page('16-wallet', lambda: trip.go('wallet'), lambda: time.sleep(1))
    shots.page('17-order', lambda: trip.press_row('(?i)lume'))
    trip.back()
    shots.page('18-refunds', lambda: trip.go('refunds'))
    shots.page('14-claim', lambda: trip.press_row('(?i)lume'))
    shots.page('13-receipt', lambda: trip.press_row('(?i)lume'))
    trip.back()
    trip.back()
    shots.page('10-trip-dialog', trip.open_trip_dialog)
    world.key('Escape')
    shots.page('11-scanner', trip.press_add_receipt, lambda: time.sleep(2))
    world.key('Escape')


def install_pseudo_locale(prefix):
    out = os.path.join(prefix, 'share', 'locale', 'en@pseudo', 'LC_MESSAGES', 'milione.mo')
    subprocess.run([sys.executable, os.path.join(PROJECT, 'build-aux', 'pseudo-catalog.py'), PROJECT, out], check=True)


def main():
    folder = os.path.abspath(sys.argv[1])
    prefix = os.path.join(PROJECT, 'build', os.environ.get('MILIONE_INSIDE', 'native'), 'run', 'install')
    install_pseudo_locale(prefix)
    world = World(os.path.join(prefix, 'bin'), [os.path.join(prefix, 'share')], locale='en_US.UTF-8')
    shots = Shots(world, folder)
    with world:
        try:
            camera = first_trip(world, shots)
            for look in LOOKS:
                tour(world, shots, look)
            camera.stdin.close()
        except Failure as error:
            shots.failed.append(str(error))
            shots.take('failed', 0)
            print(world.log()[-3000:], file=sys.stderr)
    for line in shots.failed:
        print('shots: not reached: ' + line, file=sys.stderr)
    sys.exit(1 if shots.failed else 0)


main()
