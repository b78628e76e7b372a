#!/usr/bin/env python3
"""The scanner with a real PipeWire camera: what it says, what it takes, the tray, long receipts, codes, many files.

test-scanner.py INSTALL_PREFIX [FOLDER]. Prints TAP; with FOLDER it saves a picture of each page there, in four looks.
"""
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from PIL import Image, ImageChops, ImageGrab  # noqa: E402
from trip import PROJECT, Trip, draw_receipt, start_camera  # noqa: E402
from world import Failure, Reporter, World, wait_until, tell_failure  # noqa: E402

KEYFILE = ('[io/github/milione/Milione]\nfirst-run-done=true\nhome-country=\'US\'\nhome-currency=\'USD\'\nauto-capture=false\n')
TRANSFER = 'BCD\n002\n1\nSCT\nBPOTBEB1\nRed Cross of Belgium\nBE72000000001616\nEUR1\nCHAR\n\nUrgency fund\n'
LOOKS = {
    'narrow': dict(size=(360, 720), env={}),
    'dark': dict(size=(1280, 800), env={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
    'rtl': dict(size=(1280, 800), env={'LC_ALL': 'he_IL.UTF-8', 'LANG': 'he_IL.UTF-8'}),
}
SHUTTER = 'Take the Picture'


def draw_module():
    spec = importlib.util.spec_from_file_location('draw', os.path.join(PROJECT, 'build-aux', 'draw-receipts.py'))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Scanner(Trip):
    """Somebody with a camera in front of them."""

    def __init__(self, world, desktop, camera, folder=None):
        super().__init__(world, desktop)
        self.camera, self.folder, self.look = camera, folder, 'wide'

    def shot(self, name):
        if self.folder:
            time.sleep(0.9)
            self.world.screenshot(os.path.join(self.folder, f'{self.look}-{name}.png'))

    def command(self, *words):
        self.camera.stdin.write(' '.join(words) + '\n')
        self.camera.stdin.flush()
        self.camera.stdout.readline()

    def show(self, picture):
        """Holds another picture to the camera: it goes away for a moment, and comes back by itself."""
        self.command('show', os.path.abspath(picture))
        self.live()

    def live(self):
        self.app.find('button', '^' + SHUTTER + '$', 60)

    def save(self, name, picture):
        path = os.path.join(self.world.home, name)
        picture.convert('RGB').save(path)
        return path

    def open(self):
        self.go('refunds')
        if not list(self.app.nodes('button', '^' + SHUTTER + '$')):
            self.press_add_receipt()
        self.live()

    def expect(self, true, what):
        if not true:
            raise Failure(what)

    # --- what is in the tray -----------------------------------------------------------------

    def thumbs(self):
        return list(self.app.nodes('button', r'^Picture \d+ of \d+: '))

    def take(self):
        """Space, whatever has the focus."""
        before = len(self.thumbs())
        self.world.key('space')
        wait_until('one picture more in the tray', lambda: len(self.thumbs()) == before + 1, 60)

    def files(self):
        """The files that the receipts on this device refer to."""
        store = os.path.join(self.world.home, '.local', 'share', 'milione', 'milione.db')
        kept = self.world.tool('sqlite3', store, "SELECT json FROM documents WHERE kind = 'receipt'").stdout
        return set(re.findall(r'"file"\s*:\s*"([^"]+)"', kept))

    def read(self, n):
        """All pictures in the tray, which are N or more."""
        def are():
            thumbs = self.thumbs()
            return len(thumbs) >= n and all(', read' in node.name for node in thumbs)
        wait_until('all pictures read', are, 120)

    # --- the steps ---------------------------------------------------------------------------

    def unmirrored(self, receipt):
        """Seen as in a mirror, taken as it is: the text of a mirrored picture cannot be read."""
        left, right = Image.new('RGB', (640, 700), '#c00000'), Image.new('RGB', (640, 700), '#0000c0')
        both = Image.new('RGB', (1280, 700))
        both.paste(left, (0, 0))
        both.paste(right, (640, 0))
        self.show(self.save('sides.png', both))
        wait_until('blue at the left, as in a mirror', lambda: self.side(0.3)[2] > 90 > self.side(0.3)[0], 40)
        self.press_option('Show it as in a mirror')
        wait_until('red at the left, as it is', lambda: self.side(0.3)[0] > 90 > self.side(0.3)[2], 20)
        self.press_option('Show it as in a mirror')
        wait_until('the mirror again', lambda: self.side(0.3)[2] > 90, 20)
        self.show(receipt)
        self.take()
        self.read(1)
        self.app.see('(?i)bottega lume', 60)
        self.app.see(r'126[.,]00', 30)

    def side(self, part):
        """The colour of the live picture at PART of its width."""
        node = self.app.find(None, 'Live picture of the camera')
        x, y, width, height = node.extents()
        return ImageGrab.grab(xdisplay=self.world.env['DISPLAY']).getpixel((x + int(width * part), y + height // 3))

    def press_option(self, name):
        self.app.press('toggle button', '^Camera$')
        row = self.app.find({'switch', 'check box', 'list item'}, name)
        # A pointer that is there already is waited for in vain.
        self.world.tool('xdotool', 'mousemove', '5', '5')
        self.app.click(row)
        time.sleep(0.4)
        self.world.key('Escape')
        self.app.gone(None, '^Take the picture by itself')

    def says_why(self):
        for name, colour, words in (('black', '#050505', 'Too dark'), ('white', '#fcfcfc', 'White on white')):
            frame = Image.new('RGB', (1600, 900), colour)
            self.command('show', self.save(name + '.png', frame))
            self.app.see(words, 60)

    def killed(self):
        """What was taken is there after the program was killed, and is read."""
        self.restart(kill=True)
        self.go('refunds')
        self.app.see('(?i)bottega lume', 120)

    def long_receipt(self, receipt):
        """The upper and the lower half are taken one after the other, and are one receipt."""
        whole = Image.open(receipt).convert('RGB')
        width, height = whole.size
        upper, lower = whole.crop((0, 0, width, int(height * .58))), whole.crop((0, int(height * .42), width, height))
        self.show(self.save('upper.png', upper))
        self.take()
        self.app.press('button', '^This Is One Long Receipt$')
        self.app.see('One long receipt, 1 section')
        self.show(self.save('lower.png', lower))
        self.take()
        self.app.see('One long receipt, 2 sections')
        self.read(2)
        self.app.see(r'126[.,]00', 60)
        self.shot('32-long')
        self.app.press('button', '^Next Receipt$')
        self.app.gone('button', '^Next Receipt$')

    def thumb_picture(self, i):
        """What the middle of a picture in the tray looks like, without its badges."""
        x, y, width, height = self.thumbs()[i].extents()
        box = (x + width // 4, y + height * 2 // 5, x + width * 3 // 4, y + height * 2 // 3)
        return list(ImageGrab.grab(bbox=box, xdisplay=self.world.env['DISPLAY']).convert('L').getdata())

    def reorder(self):
        """The receipt that was taken before is pulled behind the long one by the mouse, and stays there."""
        first, last = self.thumb_picture(0), self.thumb_picture(2)

        def same(picture, place):
            now = self.thumb_picture(place)
            return len(now) == len(picture) and sum(abs(a - b) for a, b in zip(picture, now)) < 3 * len(now)

        def moved():
            return len(self.thumbs()) == 3 and same(first, 2) and same(last, 1)
        self.expect(not moved(), 'the pictures look the same')

        def drop():
            # Both sides of a drag talk to each other through the display; a busy one may miss what is let go too early.
            self.world.drag(self.app.still(lambda: self.thumbs()[0]), self.thumbs()[1].middle(), lambda: time.sleep(0.5))
            self.world.tool('xdotool', 'mousemove', '5', '5')
            try:
                return wait_until('the other order', moved, 6)
            except Failure:
                return False
        wait_until('the other order', drop, 60)
        self.app.press('button', '^Back$')
        self.app.find('button', '^Add Receipt$')
        self.open()
        wait_until('the other order when it is opened again', moved, 30)

    def drag_corner(self):
        """By the mouse; what the pointer hides is seen in the magnifier meanwhile."""
        name, shift = '^Upper left corner$', 60
        before = self.app.find('button', name).description
        x, y = self.app.still(lambda: self.app.find('button', name))
        corners = self.app.find(None, 'the corners of the receipt').extents()
        box = (corners[0], corners[1], corners[0] + corners[2], corners[1] + corners[3])
        grab = lambda: ImageGrab.grab(bbox=box, xdisplay=self.world.env['DISPLAY'])  # noqa: E731

        def held():
            wait_until('the corner at the pointer', lambda: self.at(name, x + shift, y + shift))
            self.shot('37-lens')
            return grab()
        lens = self.world.drag((x, y), (x + shift, y + shift), held)
        self.expect(self.app.find('button', name).description != before, 'the corner says it is where it was')

        def gone():
            box = ImageChops.difference(lens, grab()).getbbox()
            return box and box[2] - box[0] >= 100
        wait_until('a magnifier, and its end', gone)
        wait_until('the cut kept', lambda: self.app.find('button', '^All of the Picture$').has(self.app.SENSITIVE), 30)

    def at(self, name, x, y):
        there = self.app.find('button', name).middle()
        return abs(there[0] - x) <= 3 and abs(there[1] - y) <= 3

    def edit(self):
        """One picture: turned, cut by the keyboard, deleted, and taken back."""
        self.app.activate(self.thumbs()[0])
        self.app.find('button', '^Upper left corner$')
        self.shot('33-sheet')
        self.drag_corner()
        self.focus('^Upper left corner$')
        before = self.app.find('button', '^Upper left corner$').description
        self.world.key('shift+Right', 'shift+Down')
        wait_until('the corner moved', lambda: self.app.find('button', '^Upper left corner$').description != before)
        self.app.press('button', '^Take It Again$')
        self.live()
        self.app.see('takes the place of the old one')
        before = self.files()
        self.world.key('space')
        wait_until('another picture in the place of the old one', lambda: len(self.files() - before) == 1, 60)
        self.expect(len(self.thumbs()) == 3, 'the picture that was taken again is not in the place of the old one')
        self.app.activate(self.thumbs()[0])
        self.app.press('button', '^Delete This Picture$')
        self.app.press('button', '^Undo$')
        self.live()
        wait_until('the picture in its place', lambda: len(self.thumbs()) == 3, 30)

    def focus(self, name):
        """By the Tab key, as a person does who has no mouse."""
        for _ in range(20):
            if self.app.find('button', name).has(self.app.FOCUSED):
                return
            self.world.key('Tab')
            time.sleep(0.1)
        raise Failure(f'the Tab key does not come to {name}')

    def code(self, picture):
        self.show(picture)
        self.app.see('^Payment code$', 60)
        self.app.see('Red Cross of Belgium$')
        self.app.see('Nothing is paid yet')
        self.shot('34-code')
        self.app.press('button', '^Put the Code Away$')
        self.app.gone(None, 'Red Cross of Belgium$')

    def lamp(self):
        self.press_option('The screen is the lamp')
        wait_until('a white frame', lambda: min(self.corner()) > 245, 20)
        self.shot('35-lamp')
        self.press_option('The screen is the lamp')
        wait_until('no frame', lambda: min(self.corner()) < 245, 20)

    def corner(self):
        node = self.app.find(None, 'Live picture of the camera')
        x, y, width, height = node.extents()
        return ImageGrab.grab(xdisplay=self.world.env['DISPLAY']).getpixel((max(12, x - 20), y + height // 2))[:3]


def import_files(scanner, receipt):
    """Files that were copied elsewhere are pasted: the bar, and what could not be read of them."""
    folder = os.path.join(scanner.world.home, 'files')
    os.makedirs(folder, exist_ok=True)
    files = []
    for i in range(6):
        files.append(os.path.join(folder, f'receipt-{i}.png'))
        shutil.copy(receipt, files[-1])
    for name in 'notes-of-the-trip-to-venice-and-back.png', 'broken.pdf':
        files.append(os.path.join(folder, name))
        with open(files[-1], 'w', encoding='utf-8') as file:
            file.write('This is no picture.')
    holder = scanner.world.spawn([sys.executable, os.path.join(HERE, 'copied-files.py'), *files], stdout=subprocess.PIPE, text=True)
    holder.stdout.readline()
    scanner.world.key('ctrl+v')
    scanner.app.see(r'\d of 8 files read', 60)
    scanner.shot('40-import')
    scanner.app.see('2 files could not be read', 300)
    scanner.shot('41-import-summary')
    scanner.world.key('Escape')
    scanner.app.gone(None, '2 files could not be read')
    holder.terminate()


def looks(scanner, receipt, two, code):
    """Each page of the scanner, as pictures."""
    scanner.open()
    scanner.shot('30-live')
    scanner.app.press('toggle button', '^Camera$')
    scanner.shot('31-options')
    scanner.world.key('Escape')
    scanner.long_receipt(receipt)
    scanner.app.activate(scanner.thumbs()[-2])
    scanner.app.find('button', '^Upper left corner$')
    scanner.shot('33-sheet')
    scanner.drag_corner()
    scanner.app.press('button', '^What Was Read$')
    scanner.app.see('What the receipt says')
    scanner.shot('38-receipt')
    scanner.app.press('button', '^Back$')
    scanner.app.find('button', '^Add Receipt$')
    # What lay in the tray lies there again.
    scanner.open()
    scanner.expect(len(scanner.thumbs()) >= 2, 'the tray is empty')
    scanner.show(two)
    scanner.take()
    scanner.app.see('2 receipts are in this picture', 120)
    scanner.shot('36-two')
    scanner.app.press('button', '^Make Each a Receipt$')
    scanner.app.gone('button', '^Make Each a Receipt$', 60)
    scanner.code(code)
    scanner.lamp()
    scanner.app.press('button', '^Back$')
    scanner.app.find('button', '^Add Receipt$')
    import_files(scanner, receipt)


def main():
    prefix = os.path.abspath(sys.argv[1])
    folder = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
    say = Reporter()
    world = World(os.path.join(prefix, 'bin'), [os.path.join(prefix, 'share')], locale='en_US.UTF-8')
    path = os.path.join(world.home, '.config', 'glib-2.0', 'settings', 'keyfile')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(KEYFILE)

    def failed():
        tell_failure(world, scanner.app, 'scanner', folder)

    with world:
        try:
            receipt = draw_receipt(world)
            two = os.path.join(PROJECT, 'tests', 'samples', 'receipts', 'it-two-receipts.png')
            code = os.path.join(world.home, 'code.png')
            draw_module().qr_picture(TRANSFER, 8).convert('RGB').save(code)
            camera = say.step('a camera', lambda: start_camera(world, receipt))
            scanner = Scanner(world, say.step('the window opens', world.start_app), camera, folder)
            step = lambda title, run: say.step(title, run, failed)  # noqa: E731
            if folder:
                scanner.command('show', receipt)
                step('all pages, wide', lambda: looks(scanner, receipt, two, code))
                for scanner.look, look in LOOKS.items():
                    scanner.command('show', receipt)
                    scanner.restart(**look['env'])
                    world.resize(*look['size'])
                    step(f'all pages, {scanner.look}', lambda: looks(scanner, receipt, two, code))
            else:
                step('the camera opens', scanner.open)
                step('seen as in a mirror, taken as it is', lambda: scanner.unmirrored(receipt))
                step('it says why it sees nothing', scanner.says_why)
                step('killed: what was taken is there', scanner.killed)
                step('the camera opens again', scanner.open)
                step('a long receipt is taken in two sections', lambda: scanner.long_receipt(receipt))
                step('the other order, by the mouse', scanner.reorder)
                step('a picture is cut by mouse and keyboard, deleted and taken back', scanner.edit)
                step('a payment code says what it means', lambda: scanner.code(code))
                step('the screen is the lamp, and is not', scanner.lamp)
                step('it quits when told to', world.quit_app)
        except Failure:
            pass
        finally:
            say.done()
    sys.exit(1 if say.failed else 0)


main()
