"""The steps of the trip, as a traveller does them: shared by the trip test and the screenshots."""
import importlib.util
import os
import re
import subprocess
import sys

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

    def text(self, label):
        """A label of the app in the language it runs in."""
        return self.pseudo(label) if self.pseudo else label

    def word(self, label):
        """A pattern for a label of the app; %s in it is anything."""
        return '^' + re.escape(self.text(label)).replace('%s', '.*') + '$'

    def restart(self, kill=False, **extra):
        self.world.quit_app(kill=kill)
        self.app = self.world.start_app(**extra)

    # --- with the keyboard alone -----------------------------------------------------------

    def focus(self):
        """What has the keyboard: of nodes in each other the inner one; None where it is lost."""
        held = [node for node, _ in self.app.walk() if node.has(self.app.FOCUSED)]
        return held[-1] if held else None

    def holds(self, name, timeout=20):
        """Waits until the keyboard is at what is called NAME."""
        def held():
            node = self.focus()
            return node and re.search(name, node.name) and node
        return wait_until(f'the keyboard at "{name}"', held, timeout)

    def tab_to(self, name, key='Tab', limit=30):
        """Goes there by the Tab key, or by another one."""
        for _ in range(limit + 1):
            before = self.focus()
            if before and re.search(name, before.name):
                return before
            self.world.key(key)
            wait_until('the keyboard elsewhere', lambda: (now := self.focus()) and (not before or now.path != before.path))
        raise Failure(f'the Tab key does not come to {name}')

    # --- first run -----------------------------------------------------------------------

    def first_run(self):
        self.app.press('button', self.word('Start'))
        self.app.gone('button', self.word('Start'))

    # --- shop ----------------------------------------------------------------------------

    def go(self, place):
        self.world.key({'shop': 'alt+1', 'refunds': 'alt+2', 'wallet': 'alt+3'}[place])
        self.app.find('panel', self.word(place.capitalize()))

    def search(self, text):
        self.world.key('ctrl+f')
        wait_until('the caret in the search entry', self._searching)
        self.world.key('ctrl+a')
        self.world.type(text)

    def _searching(self):
        """Whether an entry has the caret."""
        return any(node.has(self.app.FOCUSED) and node.offers('EditableText') for node, _ in self.app.walk())

    def clear_search(self):
        self.world.key('Escape')
        wait_until('the end of the search', lambda: not self._searching())

    def open_product(self, title):
        """Finds it by its name first: the list is long, and only what is seen can be pressed."""
        self.go('shop')
        self.search(title)
        self.app.press('button', '^' + re.escape(title))
        self.app.find('button', self.word('Add to Basket'))

    def add_to_basket(self, title):
        self.open_product(title)
        self.app.press('button', self.word('Add to Basket'))
        self.app.see(self.word('It is in your basket'))

    def undo(self, said):
        """Takes back what a sentence in passing says was done. Both are found in one look: it does not stay for long."""
        def pressed():
            nodes = [node for node, _ in self.app.walk()]
            buttons = [node for node in nodes if node.role == 'button' and node.name == self.text('Undo')]
            return buttons and any(re.search(said, node.name) for node in nodes) and self.app.activate(buttons[0])
        wait_until(f'"{said}" with its Undo', pressed)

    def back(self):
        """Out of the page; it is left when what was on it is gone."""
        before = self.page()
        self.app.press('button', '^Back$')
        wait_until('the page before', lambda: self.page() != before)

    def home(self):
        """Back to the first page of Refunds, however many pages lie between."""
        def there():
            if next(iter(self.app.nodes('button', self.word('Your Trip'))), None):
                return True
            self.world.key('alt+Left')
            return False
        wait_until('the first page of Refunds', there, 30, 1)

    def page(self):
        """The names of the pages that are on the screen."""
        return [node.name for node in self.app.nodes({'panel', 'grouping', 'dialog'}, '.')]

    # --- basket --------------------------------------------------------------------------

    def open_basket(self):
        self.world.key('ctrl+b')
        self.app.find('button', self.word('Checkout'))

    def checkout(self):
        self.app.press('button', self.word('Checkout'))
        self.app.find('button', self.word('Pay %s'), 30)

    def press_pay(self):
        self.app.press('button', self.word('Pay %s'), 30)
        self.app.see(self.word('You sign exactly this, and it is paid from “%s”. All stores are paid, or none.'))

    def confirm_pay(self):
        def confirm():
            buttons = list(self.app.nodes('button', self.word('Pay %s')))
            return len(buttons) > 1 and buttons
        buttons = wait_until('the confirming button', confirm)
        self.app.activate(buttons[-1])
        self.app.see(self.word('All paid'), 40)

    def keep_shopping(self):
        self.app.press('button', self.word('Keep Shopping'))
        self.app.gone('button', self.word('Keep Shopping'))

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
            return any(node.name == name for node, _ in self.app.walk(combo))
        wait_until(f'{name} as the choice', chosen, 30)

    def press_row(self, pattern, timeout=60):
        self.app.press('list item', pattern, timeout)

    def open_trip_dialog(self):
        self.go('refunds')
        self.app.press(None, self.word('Trip: %s'))
        self.app.press('button', self.word('Plan a Trip'))
        self.app.see(self.word('Where and when'))

    def fill_trip(self):
        self.choose_country('^' + re.escape(self.text('Country')), 'Italy')
        self.add_traveller()
        self.app.enter(self.word('Airport, port or border crossing'), 'FCO')
        self.app.press('button', self.word('Save'))
        self.app.gone('button', self.word('Save'), 40)

    def add_traveller(self):
        self.app.press('button', self.word('Add a Traveller'))
        self.app.enter(self.word('Surname'), 'Lovelace')
        self.app.enter(self.word('Given names'), 'Ada')
        self.app.press('button', self.word('Done'))
        self.app.gone('button', self.word('Done'))
        self.app.see('Ada Lovelace')

    def press_add_receipt(self):
        self.app.press('button', self.word('Add Receipt'))

    def scan_receipt(self):
        self.press_add_receipt()
        self.wait_for_receipt()

    def wait_for_receipt(self, timeout=90):
        """What was taken lies in the tray, whatever the scanner says meanwhile."""
        self.app.find('list item', 'LUME|' + re.escape(self.text('New receipt')), timeout)

    def open_receipt(self):
        self.go('refunds')
        self.press_row('LUME|New receipt')

    def type_receipt(self, shop, total):
        self.home()
        self.app.press(None, self.word('More ways to add a receipt'))
        # Items of a menu have no names on the bus; their letters work.
        self.app.find('menu item')
        self.world.key('t')
        self.app.see(self.word('What the receipt says'))
        self.app.enter('^' + re.escape(self.text('Shop')), shop)
        self.app.enter('^' + re.escape(self.text('Date')), self.world.today().isoformat())
        self.app.enter('^' + re.escape(self.text('Total')), total)

    def check_reading(self):
        if not list(self.app.nodes(None, self.word('What the receipt says'))):
            self.press_row('LUME')
        self.app.see('(?i)bottega lume', 60)
        self.app.see(r'126[.,]00', 30)

    def claim(self):
        self.app.press('button', self.word('Claim the tax back'))
        self.app.see(self.word('Show this at the customs desk'), 30)

    def validate(self, claim='latest'):
        return self.world.tool('milione-service', 'customs', 'validate', claim)


def draw_receipt(world):
    """A receipt of today, so that its deadlines lie ahead whenever this runs."""
    path = os.path.join(world.home, 'receipt.png')
    subprocess.run([sys.executable, os.path.join(PROJECT, 'build-aux', 'draw-receipts.py'), '--dated',
                    world.today().isoformat(), path], check=True)
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
