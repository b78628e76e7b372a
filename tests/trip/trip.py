"""The steps of the trip, as a traveller does them: shared by the trip test and the screenshots."""
import datetime
import importlib.util
import os
import re
import subprocess
import sys
import time

from world import Failure, wait_until

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(os.path.dirname(HERE))


def pseudo_module():
    spec = importlib.util.spec_from_file_location('pseudo', os.path.join(PROJECT, 'build-aux', 'pseudo-catalog.py'))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Trip:
    """Drives one app in one world. Each method is one thing that a person wants."""

    ITALIAN = 'Hand-painted'
    JAPANESE = 'Folding fan'

    def __init__(self, world, desktop, pseudo=False):
        self.world = world
        self.app = desktop
        self.pseudo = pseudo_module().pseudo if pseudo else None

    def word(self, label):
        """A pattern for a label of the app, in the language it runs in."""
        return '^' + re.escape(self.pseudo(label) if self.pseudo else label) + '$'

    def begins(self, label):
        if not self.pseudo:
            return '^' + re.escape(label)
        return '^' + re.escape(self.pseudo(label).rstrip('⟧').rstrip('·'))

    def restart(self, kill=False, **extra):
        self.world.quit_app(kill=kill)
        self.app = self.world.start_app(**extra)

    # --- first run -----------------------------------------------------------------------

    def first_run(self):
        self.app.press('button', self.word('Start'))
        self.app.gone('button', self.word('Start'))

    # --- shop ----------------------------------------------------------------------------

    def go(self, place):
        self.world.key({'shop': 'alt+1', 'refunds': 'alt+2', 'wallet': 'alt+3'}[place])
        time.sleep(0.6)

    def search(self, text):
        self.world.key('ctrl+f')
        time.sleep(0.6)
        self.world.key('ctrl+a')
        self.world.type(text)
        time.sleep(0.6)

    def clear_search(self):
        self.world.key('Escape')
        time.sleep(0.5)

    def open_product(self, title):
        """Finds it by its name first: the list is long, and only what is seen can be pressed."""
        self.go('shop')
        self.search(title)
        self.app.press('button', '^' + re.escape(title))
        self.app.find('button', self.word('Add to Basket'))

    def add_to_basket(self, title):
        self.open_product(title)
        self.app.press('button', self.word('Add to Basket'))
        self.app.see('It is in your basket|Basket, [1-9]')

    def back(self):
        self.world.key('alt+Left')
        time.sleep(0.7)

    # --- basket --------------------------------------------------------------------------

    def open_basket(self):
        self.world.key('ctrl+b')
        self.app.find('button', self.word('Checkout'))

    def checkout(self):
        self.app.press('button', self.word('Checkout'))
        self.app.find('button', self.begins('Pay ') if not self.pseudo else 'Þ|Ṗ|P.*\\d', 30)

    def press_pay(self):
        self.app.press('button', r'^Pay .*\d', 30)
        self.app.see('You sign exactly this')

    def confirm_pay(self):
        def confirm():
            buttons = list(self.app.nodes('button', r'^Pay .*\d'))
            return len(buttons) > 1 and buttons
        buttons = wait_until('the confirming button', confirm)
        self.app.activate(buttons[-1])
        self.app.see('All paid', 40)

    def keep_shopping(self):
        self.app.press('button', '^Keep Shopping$')

    # --- refunds -------------------------------------------------------------------------

    def choose_country(self, row, name):
        """In a row that lists countries: opens it, types the name, takes the first match."""
        self.app.click(self.app.find('combo box', row))
        self.app.see('^Afghanistan$', 40)
        self.world.type(name)
        # The list is narrowed down to what was typed.
        wait_until('the shorter list', lambda: 'Afghanistan' not in self.app.texts(), 30)
        self.world.key('Down', 'Return')

        def chosen():
            combo = self.app.find('combo box', row)
            return any(node.get_name() == name for node, _ in self.app.walk(combo))
        wait_until(f'{name} as the choice', chosen, 30)

    def press_row(self, pattern, timeout=60):
        """A row of a list has no action on the bus: it is clicked, as a mouse does it."""
        self.app.click(self.app.find('list item', pattern, timeout))

    def open_trip_dialog(self):
        self.go('refunds')
        self.app.press(None, '^Trip:' if not self.pseudo else '⟦Ţŕîþ|⟦Ţŕî')
        self.app.press('button', self.word('Plan a Trip'))
        self.app.see(self.word('Where and when'))

    def fill_trip(self):
        self.choose_country('^Country', 'Italy')
        self.app.enter('Name as in the passport', 'Ada Lovelace')
        self.app.enter('Airport, port', 'FCO')
        self.app.press('button', '^Save$')
        self.app.gone('button', '^Save$', 40)

    def press_add_receipt(self):
        self.app.press('button', self.word('Add Receipt'))

    def scan_receipt(self):
        self.press_add_receipt()
        self.app.see('Got it', 90)

    def open_receipt(self):
        self.go('refunds')
        self.press_row('(?i)lume|New receipt')

    def check_reading(self):
        if not list(self.app.nodes(None, 'What the receipt says')):
            self.press_row('(?i)lume')
        self.app.see('(?i)bottega lume', 60)
        self.app.see(r'126[.,]00', 30)

    def claim(self):
        self.app.press('button', '^Claim the tax back$')
        self.app.see('Show this at the customs desk', 30)

    def validate(self, claim='latest'):
        return self.world.tool('milione-service', 'customs', 'validate', claim)


def draw_receipt(world):
    """A receipt of today, so that its deadlines lie ahead whenever this runs."""
    path = os.path.join(world.home, 'receipt.png')
    subprocess.run([sys.executable, os.path.join(PROJECT, 'build-aux', 'draw-receipts.py'), '--dated',
                    datetime.date.today().isoformat(), path], check=True)
    return path


def start_camera(world, picture):
    """A PipeWire webcam that shows PICTURE; the process that plays it."""
    script = os.path.join(HERE, 'virtual-camera.py')
    camera = world.spawn([sys.executable, script, os.path.abspath(picture)], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=None, text=True)
    line = camera.stdout.readline()
    if 'ready' not in line:
        raise Failure(f'the virtual camera did not start: {line!r}')
    return camera
