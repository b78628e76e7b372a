#!/usr/bin/env python3
"""Drives the trip without a display and saves a PNG of every page: shots.py DIR [LOOK…]

Four looks, one start of the app each: 1280×800 light and dark, 360×720, and right to left with the pseudo-locale.
In the first look things are really bought, scanned and claimed; the others buy again and look at the rest.
"""
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from PIL import ImageChops, ImageGrab  # noqa: E402
from trip import PROJECT, Trip, draw_receipt, start_camera  # noqa: E402
from world import Failure, World  # noqa: E402

WIDE, NARROW = (1280, 800), (360, 720)
LOOKS = {
    'wide': (WIDE, {}),
    'dark': (WIDE, {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
    'narrow': (NARROW, {}),
    'rtl': (WIDE, {'LC_ALL': 'he_IL.UTF-8', 'LANG': 'he_IL.UTF-8', 'LANGUAGE': 'en@pseudo'}),
}
# As on a GNOME desktop, without the frame that a window has where nothing composes it, and without motion.
SETTINGS = '[Settings]\ngtk-font-name=Adwaita Sans 11\ngtk-enable-animations=false\ngtk-decoration-layout=:close\n'
STYLE = 'window.solid-csd { padding: 0; border: none; box-shadow: none; }\n'


class Shots:
    def __init__(self, world, folder):
        self.world, self.folder, self.look, self.size, self.failed = world, folder, '', WIDE, []

    def grab(self):
        return ImageGrab.grab(bbox=(0, 0, *self.size), xdisplay=self.world.env['DISPLAY'])

    def take(self, name, patience=2.0):
        """Saves what is on the screen, once it stands still; what never does is taken as it is."""
        end, last = time.monotonic() + patience, self.grab()
        while time.monotonic() < end:
            time.sleep(0.12)
            now = self.grab()
            still = ImageChops.difference(last, now).getbbox() is None
            last = now
            if still:
                break
        last.save(os.path.join(self.folder, f'{self.look}-{name}.png'))
        print(f'{self.look}-{name}.png', file=sys.stderr)

    def page(self, name, *steps, patience=2.0):
        """Goes to a page and takes it; a page that cannot be reached is said and the tour goes on."""
        try:
            for run in steps:
                run()
            self.take(name, patience)
        except Failure as error:
            self.failed.append(f'{self.look}-{name}: {error}')
            print(f'shots: {self.look}-{name}: {error}', file=sys.stderr)
            self.take(name + '-not-reached', 0)

    def try_to(self, *steps):
        """Steps between the pages; what goes wrong in one shows in the next page."""
        for run in steps:
            try:
                run()
            except Failure as error:
                print(f'shots: {self.look}: {error}', file=sys.stderr)


def configure(world):
    for name, text in (('gtk-4.0/settings.ini', SETTINGS), ('gtk-4.0/gtk.css', STYLE)):
        path = os.path.join(world.home, '.config', name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)


def forget_first_run(world):
    """The next start asks again, and leaves the camera's shutter to the person."""
    path = os.path.join(world.home, '.config', 'glib-2.0', 'settings', 'keyfile')
    with open(path, encoding='utf-8') as file:
        kept = [line for line in file if not line.startswith(('first-run-done', 'auto-capture', 'last-place'))]
    at = kept.index('[io/github/milione/Milione]\n') + 1
    kept[at:at] = ['first-run-done=false\n', 'auto-capture=false\n']
    with open(path, 'w', encoding='utf-8') as file:
        file.writelines(kept)


def start(world, shots, look):
    shots.look, (shots.size, env) = look, LOOKS[look]
    trip = Trip(world, world.start_app(**env), pseudo='LANGUAGE' in env)
    world.resize(*shots.size)
    return trip


def shop(trip, shots, again):
    shots.page('01-first-run', lambda: trip.app.find('button', trip.word('Start')))
    if again:
        # The wallet of the first look is still there.
        shots.try_to(lambda: trip.app.press('check box', trip.word('Fill a demo wallet')))
    shots.try_to(trip.first_run)
    shots.page('02-shop', lambda: trip.app.find('button', trip.ITALIAN, 40), patience=4)
    shots.page('03-search', lambda: trip.search('tea'), lambda: trip.app.gone('button', '^' + trip.ITALIAN))
    shots.try_to(lambda: trip.add_to_basket(trip.ITALIAN))
    shots.page('04-product')
    shots.try_to(trip.back, lambda: trip.add_to_basket(trip.JAPANESE), trip.back, trip.clear_search)
    shots.page('05-basket', trip.open_basket)
    shots.page('06-checkout', trip.checkout)
    shots.page('07-confirm', trip.press_pay)
    shots.page('08-paid', trip.confirm_pay)
    shots.try_to(trip.keep_shopping)
    shots.page('09-basket-empty', lambda: world_key(trip, 'ctrl+b'),
               lambda: trip.app.see(trip.word('Your basket is empty')))
    shots.try_to(lambda: world_key(trip, 'ctrl+b'), lambda: trip.app.gone(None, trip.word('Your basket is empty')))


def world_key(trip, *names):
    trip.world.key(*names)


def wallet(trip, shots):
    shots.page('10-wallet', lambda: trip.go('wallet'), lambda: trip.app.find('button', 'Bottega Lume'))
    shots.page('11-order', lambda: trip.app.press('button', 'Bottega Lume'),
               lambda: trip.app.see(trip.word('Order number')))
    shots.try_to(trip.back)
    shots.page('12-shortcuts', lambda: world_key(trip, 'ctrl+question'),
               lambda: trip.app.find(None, trip.word('Keyboard Shortcuts')))
    shots.try_to(lambda: world_key(trip, 'Escape'))


def claim(trip, shots):
    """Plans, scans, claims and is paid back."""
    shots.page('13-refunds-empty', lambda: trip.go('refunds'))
    shots.page('14-trip-dialog', trip.open_trip_dialog)
    shots.try_to(trip.fill_trip)
    shots.page('15-scanner', trip.press_add_receipt, lambda: trip.app.find('button', trip.word('Take the Picture'), 40))
    shots.page('16-scanned', trip.wait_for_receipt)
    shots.page('17-receipt', lambda: trip.press_row('LUME'), lambda: trip.app.see('126[.,]00', 30))
    shots.page('18-claim', trip.claim)
    shots.page('19-refunded', trip.validate, lambda: trip.app.see('in your wallet', 30))
    operators(trip, shots)
    shots.try_to(lambda: trip.type_receipt('Filatura Sarti', '244.00'), trip.claim)
    shots.page('20-refunds', trip.home)
    around_the_trip(trip, shots)


def operators(trip, shots):
    shots.page('26-operators', lambda: trip.app.press('button', trip.word('Compare Operators')),
               lambda: trip.app.see(trip.word('The one that pays most comes first. The shop decides which operators it '
                                              'works with: ask before you pay.')))
    shots.try_to(trip.back)


def around_the_trip(trip, shots):
    """From the list of receipts: the trip, the day at the airport, what to pack, what if, the days to remember."""
    def tool(name, words):
        return [trip.home, lambda: trip.app.press('button', trip.word('Your Trip')),
                lambda: trip.app.press('button', trip.word(name)), lambda: trip.app.see(trip.word(words))]

    shots.page('21-trip', lambda: trip.app.press('button', trip.word('Your Trip')),
               lambda: trip.app.see(trip.word('How it goes')))
    shots.page('22-airport', *tool('Airport Day', 'In this order'))
    shots.page('23-packing', *tool('Packing List', 'Boarding pass or ticket'))
    shots.page('24-what-if', *tool('What If', 'Another day, another way out'))
    shots.page('25-reminders', *tool('Reminders', 'Of these days'))
    shots.try_to(lambda: world_key(trip, 'Escape'), trip.home)


def replug(camera):
    """Between two starts of the app: a camera whose user has gone may have fallen silent."""
    for word in ('unplug', 'plug'):
        camera.stdin.write(word + '\n')
        camera.stdin.flush()
        camera.stdout.readline()


def look_at_claim(trip, shots, camera):
    shots.page('20-refunds', lambda: trip.go('refunds'))
    around_the_trip(trip, shots)
    shots.page('14-trip-dialog', trip.open_trip_dialog)
    shots.try_to(lambda: world_key(trip, 'Escape'))
    shots.page('18-claim', lambda: trip.press_row('Filatura'))
    operators(trip, shots)
    shots.try_to(trip.home)
    # What has arrived comes last.
    shots.page('19-refunded', lambda: trip.app.activate([*trip.app.nodes('list item', 'LUME')][-1]))
    shots.try_to(trip.home, lambda: replug(camera))
    shots.page('15-scanner', trip.press_add_receipt, lambda: trip.app.find('button', trip.word('Take the Picture'), 40))
    shots.page('16-scanned', lambda: world_key(trip, 'space'), trip.wait_for_receipt)
    shots.page('17-receipt', lambda: trip.press_row('LUME'), lambda: trip.app.see('126[.,]00', 30))


def install_pseudo_locale(prefix):
    out = os.path.join(prefix, 'share', 'locale', 'en@pseudo', 'LC_MESSAGES', 'milione.mo')
    subprocess.run([sys.executable, os.path.join(PROJECT, 'build-aux', 'pseudo-catalog.py'), PROJECT, out], check=True)


def main():
    folder, looks = os.path.abspath(sys.argv[1]), sys.argv[2:] or list(LOOKS)
    prefix = os.path.join(PROJECT, 'build', os.environ.get('MILIONE_INSIDE', 'native'), 'run', 'install')
    install_pseudo_locale(prefix)
    world = World(os.path.join(prefix, 'bin'), [os.path.join(prefix, 'share')], locale='en_US.UTF-8')
    shots = Shots(world, folder)
    configure(world)
    with world:
        camera = start_camera(world, draw_receipt(world))
        try:
            for look in looks:
                trip = start(world, shots, look)
                shop(trip, shots, look != looks[0])
                wallet(trip, shots)
                if look == looks[0]:
                    claim(trip, shots)
                else:
                    look_at_claim(trip, shots, camera)
                world.quit_app()
                forget_first_run(world)
        except Failure as error:
            shots.failed.append(str(error))
            shots.take('failed', 0)
            print(world.log()[-3000:], file=sys.stderr)
    for line in shots.failed:
        print('shots: not reached: ' + line, file=sys.stderr)
    sys.exit(1 if shots.failed else 0)


main()
