"""The steps of the trip, as a traveller does them: shared by the trip test and the screenshots."""
import os
import re
import shutil
import subprocess
import sys
import time

from world import Failure, wait_until

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(os.path.dirname(HERE))
SAMPLE = os.path.join(PROJECT, 'tests', 'samples', 'receipts')


class Trip:
    """Drives one app in one world. Each method is one thing that a person wants."""

    def __init__(self, world, desktop):
        self.world = world
        self.app = desktop

    def restart(self, kill=False, **extra):
        self.world.quit_app(kill=kill)
        self.app = self.world.start_app(**extra)

    # --- first run -----------------------------------------------------------------------

    def first_run(self):
        self.app.find('button', '^Start$')
        self.app.press('button', '^Start$')
        self.app.gone('button', '^Start$')

    # --- shop ----------------------------------------------------------------------------

    def go(self, place):
        self.world.key({'shop': 'alt+1', 'refunds': 'alt+2', 'wallet': 'alt+3'}[place])
        time.sleep(0.6)

    def search(self, text):
        self.world.key('ctrl+f')
        time.sleep(0.4)
        self.app.enter('[Ss]earch', text)

    def clear_search(self):
        self.world.key('Escape')
        time.sleep(0.5)

    def open_product(self, title):
        self.app.press('button', '^' + re.escape(title))
        self.app.find('button', '^Add to Basket$')

    def add_to_basket(self, title):
        self.open_product(title)
        self.app.press('button', '^Add to Basket$')
        self.app.see('It is in your basket')

    def back(self):
        self.world.key('alt+Left')
        time.sleep(0.7)

    # --- basket --------------------------------------------------------------------------

    def open_basket(self):
        self.world.key('ctrl+b')
        self.app.find('button', '^Checkout$')

    def checkout(self):
        self.app.press('button', '^Checkout$')
        return self.app.see(r'These rates hold for', 30)

    def pay(self):
        # Once on the page, then in the dialog that shows what is signed.
        self.app.press('button', r'^Pay .*\d')
        self.app.see('You sign exactly this')

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
        self.app.press('combo box|push button|button|toggle button|list item', row)
        time.sleep(0.6)
        self.world.type(name)
        time.sleep(0.6)
        self.world.key('Down', 'Return')
        time.sleep(0.4)

    def plan_italy(self):
        self.go('refunds')
        self.app.press(None, '^Trip:')
        self.app.press('button', 'Plan a Trip')
        self.app.see('Where and when')
        self.choose_country('^Country', 'Italy')
        self.app.enter('Name as in the passport', 'Ada Lovelace')
        self.app.enter('Airport, port', 'FCO')
        self.app.press('button', '^Save$')
        self.app.see('Italy')

    def scan_receipt(self):
        self.app.press('button', '^Add Receipt$')
        self.app.see('Got it', 60)

    def open_receipt(self):
        self.go('refunds')
        self.app.press('list item', 'Lume|LUME|New receipt')

    def check_reading(self):
        self.app.press('list item', 'Lume|LUME', 60) if not list(self.app.nodes(None, '^What the receipt says$')) else None
        self.app.see('(?i)bottega lume', 60)
        self.app.see(r'126[.,]00', 30)

    def claim(self):
        self.app.press('button', '^Claim the tax back$')
        self.app.see('Show this at the customs desk', 30)

    def validate(self, claim='latest'):
        return self.world.tool('milione-service', 'customs', 'validate', claim, '--desk', '3')


def start_camera(world, picture):
    """A PipeWire webcam that shows PICTURE; the process that plays it."""
    script = os.path.join(HERE, 'virtual-camera.py')
    camera = world.spawn([sys.executable, script, os.path.abspath(picture)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=None, text=True)
    line = camera.stdout.readline()
    if 'ready' not in line:
        raise Failure(f'the virtual camera did not start: {line!r}')
    return camera
