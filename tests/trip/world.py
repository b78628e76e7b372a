"""A whole machine for one test: display, session bus, keyring, camera, and the app driven as a
person with a screen reader would drive it, through the accessibility bus.

Everything is real: Xvfb, dbus-daemon, gnome-keyring, PipeWire, milione and milione-service. Homes lie
on a real disk, runtime folders (sockets) in a short path.
"""
import datetime
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zoneinfo

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(os.path.dirname(HERE))


class Failure(AssertionError):
    """What the test expected to see did not come."""


def wait_until(what, probe, timeout=20.0, step=0.1):
    """Calls PROBE until it answers something true; its answer, or Failure naming WHAT."""
    end = time.monotonic() + timeout
    last = None
    while time.monotonic() < end:
        try:
            answer = probe()
            if answer:
                return answer
        except Failure as error:
            last = error
        time.sleep(step)
    raise Failure(f'{what} did not come within {timeout:.0f} s' + (f' ({last})' if last else ''))


def zone_of_another_day():
    """A zone whose day is not that of Greenwich, and does not end within the next hours: "today" of the wrong clock shows at any hour."""
    return 'Pacific/Kiritimati' if time.gmtime().tm_hour >= 10 else 'Etc/GMT+12'


class World:
    """One machine. `programs` is a folder with milione, milione-service and milione-cli."""

    def __init__(self, programs, data_dirs=(), size=(1280, 800), locale='C.UTF-8', language=None, extra=None):
        disk = os.environ.get('MILIONE_CACHE') or os.path.expanduser('~/.cache/milione')
        os.makedirs(os.path.join(disk, 'tmp'), exist_ok=True)
        self.home = tempfile.mkdtemp(prefix='trip-', dir=os.path.join(disk, 'tmp'))
        self.run = tempfile.mkdtemp(prefix='mil-', dir='/tmp')
        os.chmod(self.run, 0o700)
        self.size = size
        self.children = []
        self.app = None
        self.app_log = os.path.join(self.home, 'app.log')
        self.env = {
            'PATH': programs + ':' + os.environ['PATH'],
            'HOME': self.home,
            'XDG_RUNTIME_DIR': self.run,
            'XDG_DATA_DIRS': ':'.join([*data_dirs, '/usr/local/share', '/usr/share']),
            'XDG_CURRENT_DESKTOP': 'GNOME',
            'LANG': locale,
            'LC_ALL': locale,
            'DBUS_SESSION_BUS_ADDRESS': f'unix:path={self.run}/bus',
            'GSETTINGS_BACKEND': 'keyfile',
            'GSK_RENDERER': 'cairo',
            'GDK_BACKEND': 'x11',
            'GTK_A11Y': 'atspi',
            'LIBGL_ALWAYS_SOFTWARE': '1',
            'OMP_THREAD_LIMIT': '1',
            'NO_AT_BRIDGE': '0',
            'TZ': os.environ.get('MIL_ZONE') or zone_of_another_day(),
        }
        if language:
            self.env['LANGUAGE'] = language
        for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS', 'MILIONE_DATA_DIR', 'MILIONE_SERVICE', 'MILIONE_CACHE'):
            if name in os.environ:
                self.env[name] = os.environ[name]
        self.env.update(extra or {})

    # --- the machine ---------------------------------------------------------------------

    def spawn(self, command, **options):
        options.setdefault('stdout', subprocess.DEVNULL)
        options.setdefault('stderr', subprocess.DEVNULL)
        options.setdefault('stdin', subprocess.DEVNULL)
        child = subprocess.Popen(command, env=self.env, cwd=self.home, start_new_session=True, **options)
        self.children.append(child)
        return child

    def start(self, keyring=True, locked=False):
        read, write = os.pipe()
        self.spawn(['Xvfb', '-displayfd', str(write), '-screen', '0', f'{self.size[0]}x{self.size[1]}x24', '-nolisten', 'tcp',
                    '-noreset'], pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as pipe:
            self.env['DISPLAY'] = ':' + pipe.readline().strip()
        self.spawn(['dbus-daemon', '--session', f'--address=unix:path={self.run}/bus', '--nofork', '--nopidfile'])
        wait_until('the session bus', lambda: os.path.exists(f'{self.run}/bus'), 60)
        self.call('org.a11y.Bus', '/org/a11y/bus', 'org.freedesktop.DBus.Properties.Set', 'org.a11y.Status', 'IsEnabled', '<true>')
        if keyring:
            self.start_keyring(locked)
        # A window manager gives the window focus and its asked-for size.
        self.spawn(['openbox', '--sm-disable'])
        return self

    def call(self, name, path, method, *arguments):
        return subprocess.run(['gdbus', 'call', '--session', '--dest', name, '--object-path', path, '--method', method, *arguments],
                              env=self.env, check=False, capture_output=True, text=True, timeout=60)

    def start_keyring(self, locked=False):
        if locked:
            # A first run makes the login keyring with a password; the second one is not given it.
            self.start_keyring()
            first = self.children[-1]
            first.terminate()
            first.wait(60)
        daemon = self.spawn(['gnome-keyring-daemon', '--foreground', '--components=secrets'] + ([] if locked else ['--unlock']),
                            stdin=subprocess.PIPE)
        if not locked:
            daemon.stdin.write(b'travel')
        daemon.stdin.close()
        wait_until('the keyring', lambda: 'secrets' in self.call(
            'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.ListNames').stdout, 60)

    def start_notifications(self):
        """A desktop's notification server; each line that it prints is what it shows."""
        self.desktop = self.spawn([sys.executable, os.path.join(HERE, 'notification-server.py')], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, text=True)
        if self.desktop.stdout.readline() != 'ready\n':
            raise Failure('the notification server did not start')

    def next_notification(self):
        """Waits for one: what it says, and its number."""
        ready, _, _ = select.select([self.desktop.stdout], [], [], 60)
        if not ready:
            raise Failure('no notification came')
        return json.loads(self.desktop.stdout.readline())

    def press_notification(self, number):
        self.desktop.stdin.write(f'press {number}\n')
        self.desktop.stdin.flush()

    def stop(self):
        if self.app:
            self.quit_app(kill=True)
        for child in reversed(self.children):
            if child.poll() is None:
                try:
                    os.killpg(child.pid, signal.SIGTERM)
                except ProcessLookupError:
                    pass
        for child in self.children:
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
        shutil.rmtree(self.run, ignore_errors=True)
        if not os.environ.get('MIL_KEEP'):
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    # --- the app -------------------------------------------------------------------------

    def start_app(self, *arguments, **extra):
        env = dict(self.env, **extra)
        log = open(self.app_log, 'ab')
        self.app = subprocess.Popen(['milione', *arguments], env=env, cwd=self.home, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        os.environ['DBUS_SESSION_BUS_ADDRESS'] = self.env['DBUS_SESSION_BUS_ADDRESS']
        os.environ['DISPLAY'] = self.env['DISPLAY']
        os.environ['XDG_RUNTIME_DIR'] = self.run
        desktop = Desktop(self)
        # At the corner of the screen, places in the window are places on the screen.
        self.resize(*self.size)
        return desktop

    def quit_app(self, kill=False):
        """Ends the app: as a person does (SIGTERM closes the window), or as a power cut does."""
        if not self.app:
            return None
        if self.app.poll() is None:
            self.app.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
        status = self.app.wait(120)
        self.app = None
        return status

    def tool(self, *command, check=True):
        """A program beside the app, in the same world."""
        done = subprocess.run(command, env=self.env, cwd=self.home, capture_output=True, text=True, timeout=60)
        if check and done.returncode:
            raise Failure(f'{" ".join(command)} ended with {done.returncode}: {done.stderr.strip()}')
        return done

    def today(self):
        """The day it is in this world, wherever the test runs."""
        return datetime.datetime.now(zoneinfo.ZoneInfo(self.env['TZ'])).date()

    def log(self):
        try:
            with open(self.app_log, encoding='utf-8', errors='replace') as log:
                return log.read()
        except FileNotFoundError:
            return ''

    def screenshot(self, path):
        subprocess.run(['import', '-window', 'root', path], env=self.env, check=True, timeout=30)

    def key(self, *names):
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *names], env=self.env, check=True, timeout=60)

    def click(self, x, y):
        subprocess.run(['xdotool', 'mousemove', '--sync', str(x), str(y), 'click', '1'], env=self.env, check=True, timeout=60)

    def drag(self, start, end, held=None, steps=8):
        """Pulls what lies at START to END with the mouse; HELD is called before the button is let go."""
        self.tool('xdotool', 'mousemove', str(start[0]), str(start[1]), 'mousedown', '1')
        for i in range(1, steps + 1):
            x, y = (a + (b - a) * i // steps for a, b in zip(start, end))
            # As fast as a hand.
            self.tool('xdotool', 'mousemove', str(x), str(y), 'sleep', '0.05')
        try:
            return held() if held else None
        finally:
            self.tool('xdotool', 'mouseup', '1')

    def scroll_down(self):
        """The wheel of the mouse, over the middle of the window, as far as it goes."""
        self.tool('xdotool', 'mousemove', str(self.size[0] // 2), str(self.size[1] // 2), 'click', '--repeat', '40', '--delay', '5', '5')

    def type(self, text):
        subprocess.run(['xdotool', 'type', '--delay', '5', text], env=self.env, check=True, timeout=60)

    def resize(self, width, height):
        """The app may be on the accessibility bus before its window is on the screen."""
        find = ['xdotool', 'search', '--onlyvisible', '--class', 'milione']
        windows = wait_until('the window on the screen', lambda: self.tool(*find, check=False).stdout.split(), 60)
        for window in windows:
            subprocess.run(['xdotool', 'windowsize', window, str(width), str(height), 'windowmove', window, '0', '0'], env=self.env, check=False)


class Node:
    """One accessible object, as it was when the app was asked."""

    def __init__(self, desktop, item):
        (_, self.path), _, _, _, _, self.interfaces, self.name, role, self.description, self.states = item
        self.desktop = desktop
        self.role = desktop.role_name(role)
        self.children = []

    def is_shown(self):
        return self.has(Desktop.SHOWING) or self.has(Desktop.VISIBLE)

    def has(self, state):
        return bool(self.states[state // 32] & 1 << state % 32)

    def offers(self, interface):
        return 'org.a11y.atspi.' + interface in self.interfaces

    def call(self, interface, method, arguments=None):
        return self.desktop.call(self.path, 'org.a11y.atspi.' + interface, method, arguments)

    def n_actions(self):
        return len(self.call('Action', 'GetActions')[0]) if self.offers('Action') else 0

    def text(self):
        return self.call('Text', 'GetText', ('(ii)', (0, -1)))[0] if self.offers('Text') else ''

    def extents(self):
        """x, y, width and height in the window."""
        return self.call('Component', 'GetExtents', ('(u)', (1,)))[0]

    def middle(self):
        x, y, width, height = self.extents()
        return x + width // 2, y + height // 2


class Desktop:
    """The app as the accessibility bus shows it.

    The app is asked for many nodes at a time: to wait for each property of each node takes a second a page.
    """

    CHECKED, FOCUSABLE, FOCUSED, SENSITIVE, SHOWING, VISIBLE = 4, 11, 12, 24, 25, 30
    DBUS = 'org.freedesktop.DBus'
    ROOT = '/org/a11y/atspi/accessible/root'

    def __init__(self, world):
        import gi
        gi.require_version('Atspi', '2.0')
        gi.require_version('Json', '1.0')
        from gi.repository import Atspi, Gio, GLib, Json
        self.atspi, self.gio, self.glib, self.json, self.world = Atspi, Gio, GLib, Json, world
        self.roles = {}
        answer = wait_until('the accessibility bus', lambda: re.search(
            "'(unix:[^']*)'", world.call('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus.GetAddress').stdout), 20)
        flags = Gio.DBusConnectionFlags
        self.bus = Gio.DBusConnection.new_for_address_sync(
            answer.group(1), flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self.bus.set_exit_on_close(False)
        self.name = None
        self.said = []
        self.bus.signal_subscribe(None, 'org.a11y.atspi.Event.Object', 'Announcement', None, None, Gio.DBusSignalFlags.NONE,
                                  lambda *signal: self.said.append(signal[5].unpack()[3]))
        wait_until('the window on the accessibility bus', self._connect, 60)

    def role_name(self, role):
        if role not in self.roles:
            self.roles[role] = self.atspi.role_get_name(self.atspi.Role(role))
        return self.roles[role]

    def _read_many(self, variant):
        """As GLib.Variant.unpack(), which takes a second for a thousand nodes, and most of a tour's time."""
        return json.loads(self.json.gvariant_serialize_data(variant)[0])

    def _call(self, name, path, interface, method, arguments=None, read=None):
        variant = self.glib.Variant(*arguments) if arguments else None
        reply = self.bus.call_sync(name, path, interface, method, variant, None, self.gio.DBusCallFlags.NONE, 20000, None)
        return read(reply) if read else reply.unpack()

    def call(self, path, interface, method, arguments=None, read=None):
        try:
            return self._call(self.name, path, interface, method, arguments, read)
        except self.glib.Error as error:
            raise Failure(f'{method} of {path}: {error.message}') from None

    def _pid(self, name):
        try:
            return self._call(self.DBUS, '/org/freedesktop/DBus', self.DBUS, 'GetConnectionUnixProcessID', ('(s)', (name,)))[0]
        except self.glib.Error:
            return None

    def _connect(self):
        if self.world.app.poll() is not None:
            raise Failure('the app ended: ' + self.world.log()[-3000:])
        for name in self._call(self.DBUS, '/org/freedesktop/DBus', self.DBUS, 'ListNames')[0]:
            if name.startswith(':') and self._pid(name) == self.world.app.pid:
                self.name = name
                return self.tree().children
        return None

    def _items(self):
        """What GTK has made known so far: all nodes that were reached before."""
        items = self.call('/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems', read=self._read_many)[0]
        return {item[0][1]: item for item in items}

    def _children(self, nodes):
        """The paths of the children of each node, all asked for at once."""
        answers, context = {}, self.glib.MainContext.default()

        def answered(bus, result, path):
            try:
                answers[path] = [child for _, child in bus.call_finish(result).unpack()[0]]
            except self.glib.Error:
                answers[path] = []

        for node in nodes:
            self.bus.call(self.name, node.path, 'org.a11y.atspi.Accessible', 'GetChildren', None, None,
                          self.gio.DBusCallFlags.NONE, 20000, None, answered, node.path)
        while len(answers) < len(nodes):
            context.iteration(True)
        return answers

    def tree(self):
        """The root of all that is on the screen now."""
        items = self._items()
        if self.ROOT not in items:
            raise Failure('the app is not on the accessibility bus yet')
        root = Node(self, items[self.ROOT])
        level = [root]
        while level:
            paths = self._children(level)
            if any(path not in items for node in level for path in paths[node.path]):
                items = self._items()
            for node in level:
                children = [Node(self, items[path]) for path in paths[node.path] if path in items]
                node.children = [child for child in children if node is root or child.is_shown()]
            level = [child for node in level for child in node.children]
        return root

    def walk(self, node=None, depth=0):
        """All nodes that are on the screen, parents first."""
        node = node or self.tree()
        yield node, depth
        for child in node.children:
            yield from self.walk(child, depth + 1)

    def nodes(self, role=None, name=None):
        """Nodes whose role is ROLE (words, or a set of them) and whose name matches the regular expression NAME."""
        roles = {role} if isinstance(role, str) else role
        for node, _ in self.walk():
            if (not roles or node.role in roles) and (name is None or re.search(name, node.name)):
                yield node

    def find(self, role=None, name=None, timeout=20.0):
        return wait_until(f'{role or "anything"} named "{name}"', lambda: next(iter(self.nodes(role, name)), None), timeout, 0.15)

    def gone(self, role=None, name=None, timeout=20.0):
        wait_until(f'the end of {role or "anything"} named "{name}"', lambda: next(iter(self.nodes(role, name)), None) is None, timeout)

    def press(self, role=None, name=None, timeout=20.0):
        """Does the first action of the node found (of itself or of what is in it)."""
        def pressed():
            node = next(iter(self.nodes(role, name)), None)
            return node and self.activate(node)
        return wait_until(f'{role or "anything"} named "{name}"', pressed, timeout, 0.15)

    def activate(self, node):
        for candidate, _ in self.walk(node):
            if candidate.n_actions():
                candidate.call('Action', 'DoAction', ('(i)', (0,)))
                return candidate
        raise Failure(f'{node.role} "{node.name}" has no action')

    def click(self, node):
        """A press of the mouse in the middle of NODE, for what has no action of its own on the bus."""
        self.world.click(*node.middle())

    def still(self, find):
        """The middle of the node that FIND answers, once it does not move any more: pages slide, lists scroll."""
        places = [None]

        def stands():
            places.append(find().middle())
            return places[-1] == places[-2] and places[-1]
        return wait_until('the end of a motion', stands, 30)

    def reveal(self, node):
        """Scrolls to NODE, as the keyboard does that goes to it; what takes no focus stays where it is."""
        try:
            node.call('Component', 'GrabFocus')
        except Failure:
            pass

    def enter(self, name, text, role=None, timeout=20.0):
        """Types TEXT in the entry that is called NAME."""
        def probe():
            for node in self.nodes(role, name):
                for candidate, _ in self.walk(node):
                    if candidate.offers('EditableText'):
                        return candidate
            return None
        node = wait_until(f'an entry named "{name}"', probe, timeout)
        node.call('EditableText', 'SetTextContents', ('(s)', (text,)))
        return node

    def text_of(self, node):
        return node.text()

    def texts(self):
        """Everything that can be read on the screen."""
        out = []
        for node, _ in self.walk():
            if node.name:
                out.append(node.name)
            # The words of a label are its name; only what is typed has to be asked for.
            if node.offers('EditableText') or node.offers('Text') and not node.name:
                text = node.text()
                if text and text != node.name:
                    out.append(text)
        return out

    def see(self, pattern, timeout=20.0):
        """Waits until some text on the screen matches PATTERN; the match."""
        def probe():
            for text in self.texts():
                match = re.search(pattern, text)
                if match:
                    return match
            return None
        return wait_until(f'the words "{pattern}" on the screen', probe, timeout, 0.2)

    def hear(self, pattern, timeout=20.0):
        """Waits until a screen reader was asked to say what matches PATTERN, since it was last heard."""
        def heard():
            while self.glib.MainContext.default().iteration(False):
                pass
            return any(re.search(pattern, words) for words in self.said)
        wait_until(f'the words "{pattern}" for a screen reader', heard, timeout)
        self.said.clear()

    def unnamed(self):
        """What a screen reader has no name for: what the keyboard reaches, and pictures that are not just decoration."""
        def look(node):
            if (node.role == 'image' or node.has(self.FOCUSABLE) and node.role not in self.NAMELESS) and not node.name:
                yield node
            # What a combo box shows of its choice is no control of its own.
            for child in [] if node.role == 'combo box' else node.children:
                yield from look(child)
        return list(look(self.tree()))

    # Boxes around what has a name, and what is read by its own text.
    NAMELESS = {'application', 'frame', 'window', 'list', 'list box', 'table', 'scroll pane', 'panel', 'filler', 'text', 'dialog', 'viewport'}

    def dump(self, file=sys.stderr):
        for node, depth in self.walk():
            print('  ' * depth + f'{node.role}: {node.name!r}', file=file)


class Reporter:
    """Says how each step went, as TAP."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def step(self, title, run, on_failure=None):
        self.count += 1
        started = time.monotonic()
        try:
            answer = run()
            print(f'ok {self.count} {title} # {time.monotonic() - started:.1f} s', flush=True)
            return answer
        except Exception as error:
            self.failed += 1
            print(f'not ok {self.count} {title}', flush=True)
            for line in str(error).splitlines()[-40:]:
                print(f'# {type(error).__name__}: {line}', flush=True)
            if on_failure:
                on_failure()
            raise

    def done(self):
        print(f'1..{self.count}', flush=True)


def tell_failure(world, desktop, name, folder=None):
    """What was on the screen when a step failed: a picture, its widgets, and the end of the log."""
    try:
        world.screenshot(os.path.join(folder or os.environ.get('MIL_TRIP_SHOTS', '/tmp'), f'{name}-failed.png'))
        print('# what was on the screen:', file=sys.stderr)
        desktop.dump()
        print(world.log()[-4000:], file=sys.stderr)
    except Exception as error:
        print(f'# no picture: {error}', file=sys.stderr)


def programs_from(build):
    """The folder with the built programs, and the data folders they need, of a meson build folder."""
    bin_dir = tempfile.mkdtemp(prefix='mil-bin-', dir='/tmp')
    for room, name in (('app', 'milione'), ('service', 'milione-service'), ('cli', 'milione-cli')):
        built = os.path.join(build, 'src', room, name)
        if os.path.exists(built):
            os.symlink(built, os.path.join(bin_dir, name))
    return bin_dir
