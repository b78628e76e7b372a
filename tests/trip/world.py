"""A whole machine for one test: display, session bus, keyring, camera, and the app driven as a
person with a screen reader would drive it, through the accessibility bus.

Everything is real: Xvfb, dbus-daemon, gnome-keyring, PipeWire, milione and milione-service. Homes lie
on a real disk, runtime folders (sockets) in a short path.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

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
            'TZ': 'Europe/Rome',
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
        wait_until('the session bus', lambda: os.path.exists(f'{self.run}/bus'), 10)
        self.call('org.a11y.Bus', '/org/a11y/bus', 'org.freedesktop.DBus.Properties.Set', 'org.a11y.Status', 'IsEnabled', '<true>')
        if keyring:
            self.start_keyring(locked)
        # A window manager gives the window focus and its asked-for size.
        self.spawn(['openbox', '--sm-disable'])
        return self

    def call(self, name, path, method, *arguments):
        return subprocess.run(['gdbus', 'call', '--session', '--dest', name, '--object-path', path, '--method', method, *arguments],
                              env=self.env, check=False, capture_output=True, text=True, timeout=20)

    def start_keyring(self, locked=False):
        if locked:
            # A first run makes the login keyring with a password; the second one is not given it.
            self.start_keyring()
            subprocess.run(['pkill', '-f', 'gnome-keyring-daemon --foreground'], check=False)
            time.sleep(0.5)
        daemon = self.spawn(['gnome-keyring-daemon', '--foreground', '--components=secrets'] + ([] if locked else ['--unlock']),
                            stdin=subprocess.PIPE)
        if not locked:
            daemon.stdin.write(b'travel')
        daemon.stdin.close()
        wait_until('the keyring', lambda: 'secrets' in self.call(
            'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.ListNames').stdout, 10)

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
        status = self.app.wait(30)
        self.app = None
        return status

    def tool(self, *command, check=True):
        """A program beside the app, in the same world."""
        done = subprocess.run(command, env=self.env, cwd=self.home, capture_output=True, text=True, timeout=60)
        if check and done.returncode:
            raise Failure(f'{" ".join(command)} ended with {done.returncode}: {done.stderr.strip()}')
        return done

    def log(self):
        try:
            with open(self.app_log, encoding='utf-8', errors='replace') as log:
                return log.read()
        except FileNotFoundError:
            return ''

    def screenshot(self, path):
        subprocess.run(['import', '-window', 'root', path], env=self.env, check=True, timeout=30)

    def key(self, *names):
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *names], env=self.env, check=True, timeout=20)

    def click(self, x, y):
        subprocess.run(['xdotool', 'mousemove', '--sync', str(x), str(y), 'click', '1'], env=self.env, check=True, timeout=20)

    def type(self, text):
        subprocess.run(['xdotool', 'type', '--delay', '5', text], env=self.env, check=True, timeout=60)

    def resize(self, width, height):
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'milione'], env=self.env, capture_output=True, text=True)
        for window in found.stdout.split():
            subprocess.run(['xdotool', 'windowsize', window, str(width), str(height), 'windowmove', window, '0', '0'], env=self.env, check=False)


class Desktop:
    """The app as the accessibility bus shows it."""

    def __init__(self, world):
        import gi
        gi.require_version('Atspi', '2.0')
        from gi.repository import Atspi
        self.atspi = Atspi
        self.world = world
        Atspi.init()
        self.root = wait_until('the window on the accessibility bus', self._application, 40)

    def _application(self):
        if self.world.app.poll() is not None:
            raise Failure('the app ended: ' + self.world.log()[-3000:])
        desktop = self.atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            try:
                if child and child.get_process_id() == self.world.app.pid and child.get_child_count() > 0:
                    return child
            except Exception:
                continue
        return None

    def _showing(self, node):
        states = node.get_state_set()
        return states.contains(self.atspi.StateType.SHOWING) or states.contains(self.atspi.StateType.VISIBLE)

    def walk(self, node=None, depth=0):
        """All nodes that are on the screen, parents first."""
        node = node or self.root
        try:
            node.clear_cache_single()
            count = min(node.get_child_count(), 400)
        except Exception:
            return
        yield node, depth
        if depth > 60:
            return
        for i in range(count):
            try:
                child = node.get_child_at_index(i)
                if child is None:
                    continue
                child.clear_cache_single()
                if depth > 1 and not self._showing(child):
                    continue
            except Exception:
                continue
            yield from self.walk(child, depth + 1)

    def nodes(self, role=None, name=None):
        """Nodes whose role is ROLE (words, or a set of them) and whose name matches the regular expression NAME."""
        roles = {role} if isinstance(role, str) else role
        for node, _ in self.walk():
            try:
                if roles and node.get_role_name() not in roles:
                    continue
                if name is not None and not re.search(name, node.get_name() or ''):
                    continue
            except Exception:
                continue
            yield node

    def find(self, role=None, name=None, timeout=20.0):
        return wait_until(f'{role or "anything"} named "{name}"', lambda: next(iter(self.nodes(role, name)), None), timeout, 0.15)

    def gone(self, role=None, name=None, timeout=20.0):
        wait_until(f'the end of {role or "anything"} named "{name}"', lambda: next(iter(self.nodes(role, name)), None) is None, timeout)

    def press(self, role=None, name=None, timeout=20.0):
        """Does the first action of the node found (of itself or of what is in it)."""
        node = self.find(role, name, timeout)
        return self.activate(node)

    def activate(self, node):
        for candidate, _ in self.walk(node):
            action = candidate.get_action_iface()
            if action and action.get_n_actions() > 0:
                action.do_action(0)
                return candidate
        raise Failure(f'{node.get_role_name()} "{node.get_name()}" has no action')

    def click(self, node):
        """A press of the mouse in the middle of NODE, for what has no action of its own on the bus."""
        extents = node.get_component_iface().get_extents(self.atspi.CoordType.WINDOW)
        self.world.click(extents.x + extents.width // 2, extents.y + extents.height // 2)

    def enter(self, name, text, role=None, timeout=20.0):
        """Types TEXT in the entry that is called NAME."""
        def probe():
            for node in self.nodes(role, name):
                for candidate, _ in self.walk(node):
                    editable = candidate.get_editable_text_iface()
                    if editable:
                        return candidate, editable
            return None
        node, editable = wait_until(f'an entry named "{name}"', probe, timeout)
        editable.set_text_contents(text)
        return node

    def text_of(self, node):
        iface = node.get_text_iface()
        return iface.get_text(0, -1) if iface else ''

    def texts(self):
        """Everything that can be read on the screen."""
        out = []
        for node, _ in self.walk():
            try:
                name = node.get_name()
                if name:
                    out.append(name)
                text = self.text_of(node)
                if text and text != name:
                    out.append(text)
            except Exception:
                continue
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

    def dump(self, file=sys.stderr):
        for node, depth in self.walk():
            try:
                print('  ' * depth + f'{node.get_role_name()}: {node.get_name()!r}', file=file)
            except Exception:
                continue


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


def programs_from(build):
    """The folder with the built programs, and the data folders they need, of a meson build folder."""
    bin_dir = tempfile.mkdtemp(prefix='mil-bin-', dir='/tmp')
    for room, name in (('app', 'milione'), ('service', 'milione-service'), ('cli', 'milione-cli')):
        built = os.path.join(build, 'src', room, name)
        if os.path.exists(built):
            os.symlink(built, os.path.join(bin_dir, name))
    return bin_dir
