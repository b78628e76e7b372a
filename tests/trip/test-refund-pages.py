#!/usr/bin/env python3
"""The pages around a refund, in a real window on real parts: the trip, the airport day, what if, packing.

test-refund-pages.py INSTALL_PREFIX [FOLDER]. Prints TAP; with FOLDER it saves a picture of each page there, in four looks.
"""
import datetime
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from trip import PROJECT, Trip, draw_receipt, start_camera  # noqa: E402
from world import Failure, Reporter, World, wait_until, tell_failure  # noqa: E402

# Drawn by build-aux/draw-mrz.py: a passport of nobody.
PASSPORT = os.path.join(PROJECT, 'tests', 'samples', 'mrz', 'td3-50.jpg')

# The last day of the claim's goods comes as near as three days.
LATER = """UPDATE documents SET json = json_set(json, '$.export_by', date('now', 'localtime', '+3 days')) WHERE kind = 'claim'"""

LOOKS = {
    'narrow': dict(size=(360, 720), env={}),
    'dark': dict(size=(1280, 800), env={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
    'rtl': dict(size=(1280, 800), env={'LC_ALL': 'he_IL.UTF-8', 'LANG': 'he_IL.UTF-8'}),
}


class Pages(Trip):
    """What a traveller does with the pages around a refund."""

    def __init__(self, world, desktop, folder=None):
        super().__init__(world, desktop)
        self.folder, self.look = folder, 'wide'

    def show(self, picture):
        """Holds something else before the camera."""
        self.camera.stdin.write(f'show {os.path.abspath(picture)}\n')
        self.camera.stdin.flush()
        self.camera.stdout.readline()

    def shot(self, name, *keys):
        """A picture of what is on the screen, and of what comes after a press of each of KEYS."""
        if not self.folder:
            return
        for i, key in enumerate([None, *keys]):
            if key:
                self.world.key(key)
            time.sleep(0.9)
            self.world.screenshot(os.path.join(self.folder, f'{self.look}-{name}{i or ""}.png'))

    def plan(self):
        self.open_trip_dialog()
        self.choose_country('^Country', 'Italy')
        self.app.enter('Airport, port', 'FCO')
        self.app.enter('Time of departure', '23:59')
        self.choose_day()
        self.add_traveller()
        self.app.press('button', '^Save$')
        self.app.gone('button', '^Save$', 40)
        self.app.press('button', '^Your Trip$')
        self.app.see('No receipt of this trip yet')
        self.app.see('Ada Lovelace')
        self.app.see('The tax-free form for Italy still needs: the passport number')
        self.shot('20-trip-empty')

    def choose_day(self):
        """In the calendar the arrows move the day, Esc leaves it as it was, and Enter takes it."""
        day = self.world.today()
        words = lambda n: f'^{(day + datetime.timedelta(days=n)).strftime("%-d %B %Y")}$'  # noqa: E731
        for keys, there in (('Down', 'Right'), 'Escape'), (('Down', 'Right', 'Left', 'Up'), 'Return'):
            self.app.press('toggle button', '^First day$')
            self.app.find('button', '^Next month$')
            self.world.key(*keys)
            self.app.see(words(8 if there == 'Escape' else 0))
            self.world.key(there)
            self.app.gone('button', '^Next month$')
            self.app.see(words(0))

    def scan_passport(self):
        """A companion, whose passport is held before the camera: it says who that is, and not where home is."""
        self.camera = start_camera(self.world, PASSPORT)
        self.app.press('button', '^Change$')
        self.app.press('button', '^Add a Traveller$')
        self.app.press('button', '^Scan the Passport$')
        self.app.see('all check digits are right', 60)
        for words in 'JUAN CARLOS KIM', '8822660', '18 December 2032', 'Where is home':
            self.app.see(words)
        self.expect(not self.app.find('button', '^Use This$').has(self.app.SENSITIVE), 'it goes on without a home')
        self.app.press('button', 'India$')
        wait_until('the way on', lambda: self.app.find('button', '^Use This$').has(self.app.SENSITIVE))
        self.app.press('button', '^Use This$')
        self.app.gone('button', '^Use This$')
        self.app.press('button', '^Done$')
        self.app.gone('button', '^Done$')
        self.app.press('button', '^Save$')
        self.app.gone('button', '^Save$', 40)
        self.app.see('JUAN CARLOS KIM')
        self.app.see('Lives in India · Passport …2660')
        self.camera.stdin.close()
        self.expect(not self.is_kept('8822660'), 'the number of the passport is on the disk')

    def is_kept(self, text):
        """Whether TEXT stands in a file of the person's: data, cache, settings, log."""
        return subprocess.run(['grep', '-rlaF', text, self.world.home], capture_output=True).returncode == 0

    def forget(self):
        """Who is forgotten and taken back is on the trip as before, and the claim is whole."""
        number = self.app.see(r'\d{12}').group()
        self.home()
        self.open_tool('Your Trip', 'How it goes')
        self.press_row('^Ada Lovelace')
        self.app.see('As in the passport')
        self.app.press('button', '^Forget This Person$')
        self.undo('^Ada Lovelace is forgotten$')
        self.app.hear('^Ada Lovelace is forgotten$')
        self.app.see('Lives in United States')
        self.app.see('The tax-free form for Italy still needs: the passport number')
        self.app.see('JUAN CARLOS KIM')
        self.home()
        self.press_row('^Bottega Lume')
        self.app.see('Show this at the customs desk')
        self.app.see(number)
        self.app.see('comes back|you receive|You receive')
        self.home()

    def remind(self):
        """As if the days had gone by: a notification is on the desktop, and a press on it leads to the claim."""
        self.world.quit_app(kill=True)
        self.world.tool('sqlite3', os.path.join(self.world.home, '.local', 'share', 'milione', 'milione.db'), LATER)
        self.world.start_notifications()
        self.app = self.world.start_app(MILIONE_SERVICE='/nonexistent/milione-service')
        self.app.find('button', self.word('Your Trip'), 40)
        told = self.world.next_notification()
        self.expect(told['summary'] == 'Show the goods from Bottega Lume to customs', f'the notification is about {told}')
        self.expect(re.match('3 days are left, until .* Go to customs before bag drop', told['body']), f'it says {told}')
        self.expect('Show the Claim' in told['actions'], f'it offers {told}')
        self.world.press_notification(told['id'])
        self.app.see('Show this at the customs desk')

    def open_trip_tool(self, name, words):
        self.home()
        self.open_tool('Your Trip', 'How it goes')
        self.open_tool(name, words)

    def open_tool(self, name, words):
        self.app.press('button', f'^{name}$')
        self.app.see(words)

    def is_ticked(self, name):
        return self.app.find('check box', name).has(self.app.CHECKED)

    def tick(self, name):
        self.app.press('check box', name)
        wait_until(f'{name} ticked off', lambda: self.is_ticked(name))

    def expect(self, true, what):
        if not true:
            raise Failure(what)

    def ask_what_if(self):
        self.open_trip_tool('What If', 'Another day')
        self.app.see('Nothing changes')
        self.app.enter('^Its price', '50')
        self.app.see('20[.,]01 more on the same receipt')
        self.app.enter('^Its price', '100')
        self.app.see('more than as planned')

    def pack(self):
        self.open_trip_tool('Packing List', 'Boarding pass')
        self.tick('^Passport of Ada Lovelace$')
        self.app.see('1 of')

    def go_to_the_airport(self):
        self.open_trip_tool('Airport Day', 'In this order')
        texts = self.app.texts()
        order = [next(i for i, text in enumerate(texts) if re.search(words, text))
                 for words in ('customs desk', 'hand in your bags', 'security and passport control')]
        self.expect(order == sorted(order), f'the steps are not in walking order: {order}')
        self.tick('customs desk')
        self.app.press('button', '^Enlarge the code of Bottega Lume')
        self.app.find('image', r'^Bar code \d{12}$')
        self.app.press('button', '^Close the Code$')
        self.app.see('In this order')

    def without_service(self):
        """Killed, and started where no service can be: the page is as it was."""
        self.restart(kill=True, MILIONE_SERVICE='/nonexistent/milione-service')
        self.go('refunds')
        self.open_tool('Airport Day', 'In this order')
        self.expect(self.is_ticked('customs desk'), 'the step that was ticked off is not ticked any more')
        self.app.press('button', '^Enlarge the code of Bottega Lume')
        self.app.find('image', r'^Bar code \d{12}$')
        self.app.press('button', '^Close the Code$')


def person(trip):
    """Somebody of the trip, and the passport before the camera."""
    trip.world.key('Page_Down', 'Page_Down', 'Page_Down')
    trip.press_row('^Ada Lovelace')
    trip.app.see('As in the passport')
    trip.shot('28-person', 'Page_Down', 'Page_Down')
    trip.app.press('button', '^Scan the Passport$')
    trip.app.see('Closer, flat and without glare', 40)
    trip.shot('29-passport-camera')
    trip.show(PASSPORT)
    trip.app.see('check digit', 60)
    trip.shot('30-passport-read', 'Page_Down')
    # Out of the passport, and out of the person.
    trip.world.key('Escape', 'Escape')
    trip.app.gone('button', '^Done$')
    trip.show(trip.receipt)


def pages(trip):
    """Every page of the trip as it is now, as pictures."""
    trip.go('refunds')
    trip.home()
    trip.shot('21-refunds')
    trip.open_tool('Your Trip', 'How it goes')
    trip.shot('22-trip', 'Page_Down')
    person(trip)
    trip.app.press('button', '^Change$')
    trip.app.see('Add a Traveller')
    trip.shot('31-trip-dialog', 'End')
    trip.world.key('Escape')
    trip.open_tool('Airport Day', 'In this order')
    trip.shot('23-airport', 'Page_Down')
    trip.app.press('button', '^Enlarge the code')
    trip.app.see('Turn the brightness')
    trip.shot('25-code')
    trip.app.press('button', '^Close the Code$')
    trip.open_trip_tool('Packing List', 'Boarding pass')
    trip.shot('24-packing')
    trip.open_trip_tool('What If', 'Another day')
    trip.app.enter('^Its price', '100')
    trip.app.see('more than as planned')
    trip.shot('26-what-if', 'Page_Down')
    trip.open_trip_tool('Reminders', 'Of these days')
    trip.shot('27-reminders')
    trip.world.key('Escape')
    trip.home()


def main():
    prefix, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    say = Reporter()
    world = World(os.path.join(prefix, 'bin'), [os.path.join(prefix, 'share')], locale='en_US.UTF-8')

    def failed():
        tell_failure(world, trip.app, 'pages', folder)

    with world:
        try:
            trip = Pages(world, say.step('the window opens', world.start_app), folder)
            step = lambda title, run: say.step(title, run, failed)  # noqa: E731
            step('first run', trip.first_run)
            step('a trip is planned, and its page says what is missing', trip.plan)
            if not folder:
                step('a passport is read by the camera, and home asked for', trip.scan_passport)
            step('a receipt is typed in, and the verdict is said to who does not see it',
                 lambda: (trip.type_receipt('Bottega Lume', '126.00'), trip.app.hear('^Tax-free: .* back$')))
            step('it is claimed', trip.claim)
            if folder:
                trip.home()
                step('another one is typed in', lambda: trip.type_receipt('Filatura Sarti', '244.00'))
                trip.shot('32-receipt')
                trip.home()
                trip.receipt = draw_receipt(world)
                trip.camera = start_camera(world, trip.receipt)
                step('all pages, wide', lambda: pages(trip))
                for trip.look, look in LOOKS.items():
                    trip.restart(**look['env'])
                    world.resize(*look['size'])
                    step(f'all pages, {trip.look}', lambda: pages(trip))
            else:
                step('somebody is forgotten and taken back: the claim is whole', trip.forget)
                step('what one more item would bring', trip.ask_what_if)
                step('what is packed is ticked off', trip.pack)
                step('the airport day: in walking order, with codes that fill the screen', trip.go_to_the_airport)
                step('killed, and without a service: the airport day is as it was', trip.without_service)
                step('a reminder is on the desktop, and leads to the claim', trip.remind)
                step('it quits when told to', world.quit_app)
        except Failure:
            pass
        finally:
            say.done()
    sys.exit(1 if say.failed else 0)


main()
