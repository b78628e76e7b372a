#!/usr/bin/env python3
"""What goes wrong is said in its own sentence, with a way on: the service, the keyring, the camera.

test-faults.py INSTALL_PREFIX. Prints TAP. Faults of files and disks are tested where they arise, in tests/unit.
"""
import http.server
import os
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from trip import Trip, draw_receipt, start_camera  # noqa: E402
from world import Failure, Reporter, World  # noqa: E402

KEYFILE = '[io/github/milione/Milione]\nfirst-run-done=true\nhome-country=\'US\'\nhome-currency=\'USD\'\nauto-capture=false\n'
HTML = b'<!DOCTYPE html><title>Sign in to this Wi-Fi</title>'
CUT_OFF = b'{"stores": [{"id": "bottega-lume", "name": "Bott'


class Wrong(http.server.BaseHTTPRequestHandler):
    """A service that answers each request as badly as it is told to."""

    protocol_version = 'HTTP/1.1'
    mode = '500'
    ended = threading.Event()

    def answer(self):
        self.rfile.read(int(self.headers.get('Content-Length') or 0))
        if self.mode == 'slow':
            self.ended.wait(60)
            return
        status, kind, body = {
            '500': (500, 'text/html', b'<h1>Oops</h1>'),
            'html': (200, 'text/html', HTML),
            'cut off': (200, 'application/json', CUT_OFF),
        }[self.mode]
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_):
        pass


def settle_in(world):
    path = os.path.join(world.home, '.config', 'glib-2.0', 'settings', 'keyfile')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(KEYFILE)


def hold_port():
    """A server that has its port for itself and does not listen yet: whoever asks there is refused."""
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Wrong, bind_and_activate=False)
    server.daemon_threads = True
    server.server_bind()
    return server


def service(world, say):
    """One after the other, in one window: what each fault is called, and that asking again is offered."""
    settle_in(world)
    server = hold_port()
    trip = Trip(world, say.step('the window opens without a service', lambda: world.start_app(
        MILIONE_SERVICE_ADDRESS=f'http://127.0.0.1:{server.server_port}')))
    heard = set()

    def said(pattern):
        words = trip.app.see(pattern, 60).string
        trip.app.find('button', trip.word('Try Again'))
        if words in heard:
            raise Failure(f'two faults have the same words: {words}')
        heard.add(words)

    say.step('out of reach', lambda: said('could not be reached'))
    server.server_activate()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for mode, pattern in (('500', 'a problem of its own'), ('html', 'A web page came instead of an answer'),
                          ('cut off', 'not valid JSON'), ('slow', 'did not answer in time')):
        def ask_again():
            Wrong.mode = mode
            trip.app.press('button', trip.word('Try Again'))
            said(pattern)
        say.step(f'answers that are wrong: {mode}', ask_again)
    Wrong.ended.set()
    server.shutdown()
    world.quit_app()


def camera(world, say):
    device = say.step('a camera that is not plugged in', lambda: start_camera(world, draw_receipt(world)))

    def command(word):
        device.stdin.write(word + '\n')
        device.stdin.flush()
        device.stdout.readline()

    command('unplug')
    trip = Trip(world, say.step('the window opens', world.start_app))
    trip.go('refunds')

    def none_there():
        trip.press_add_receipt()
        trip.app.see(trip.word('There is no camera'), 60)
        trip.app.find('button', trip.word('Choose a File …'))

    def live():
        trip.app.find('button', trip.word('Take the Picture'), 60)

    say.step('no camera: a file can be chosen', none_there)
    say.step('plugged in: its picture comes by itself', lambda: (command('plug'), live()))
    say.step('unplugged: it is said, and what was taken is safe',
             lambda: (command('unplug'), trip.app.see('The camera is gone|There is no camera', 60)))
    say.step('plugged in again: it goes on', lambda: (command('plug'), live()))
    world.quit_app()


def keyring(world, say):
    settle_in(world)
    trip = Trip(world, say.step('the window opens with a locked keyring', world.start_app))
    say.step('it waits, and can be told not to', lambda: (trip.app.see('Waiting for your keyring', 90),
                                                         trip.app.press('button', trip.word('Cancel'))))
    say.step('everything else goes on', lambda: (trip.app.see('Your keyring is not open', 60),
                                                trip.app.find('button', trip.word('Try Again')),
                                                trip.app.find('button', trip.ITALIAN, 60)))
    world.quit_app()


def main():
    prefix = os.path.abspath(sys.argv[1])
    say = Reporter()
    for part in service, camera, keyring:
        world = World(os.path.join(prefix, 'bin'), [os.path.join(prefix, 'share')], locale='en_US.UTF-8')
        try:
            world.start(locked=part is keyring)
            if part is camera:
                settle_in(world)
            part(world, say)
        except Failure:
            try:
                world.screenshot(os.path.join(os.environ.get('MIL_TRIP_SHOTS', '/tmp'), f'faults-{part.__name__}.png'))
                print(world.log()[-3000:], file=sys.stderr)
            except Exception as error:
                print(f'# no picture: {error}', file=sys.stderr)
        finally:
            world.stop()
    say.done()
    sys.exit(1 if say.failed else 0)


main()
