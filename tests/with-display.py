#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program with a display and a session bus of its own: with-display.py COMMAND [ARG…].

Exits with the program's status, or with 77 (skipped) where there is no Xvfb.
"""
import os
import shutil
import subprocess
import sys
import tempfile


def start_display():
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ['Xvfb', '-displayfd', str(writer), '-screen', '0', '1280x1024x24', '-nolisten', 'tcp', '-noreset'],
        pass_fds=[writer], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    if not number:
        server.wait()
        sys.exit('with-display: Xvfb did not start')
    return server, f':{number}'


def start_bus():
    bus = subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--nopidfile', '--print-address=1'],
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return bus, bus.stdout.readline().strip()


def main():
    if not shutil.which('Xvfb') or not shutil.which('dbus-daemon'):
        print('1..0 # SKIP no Xvfb or no dbus-daemon')
        sys.exit(77)
    started = []
    with tempfile.TemporaryDirectory(prefix='mil-widgets-') as home:
        runtime = os.path.join(home, 'run')
        os.mkdir(runtime, 0o700)
        try:
            server, display = start_display()
            started.append(server)
            bus, address = start_bus()
            started.append(bus)
            env = dict(os.environ, DISPLAY=display, DBUS_SESSION_BUS_ADDRESS=address, GDK_BACKEND='x11', HOME=home,
                       XDG_RUNTIME_DIR=runtime, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home, XDG_DATA_HOME=home,
                       GSK_RENDERER='cairo', GDK_DISABLE='gl,vulkan', ADW_DISABLE_PORTAL='1')
            env.setdefault('GTK_A11Y', 'test')
            status = subprocess.run(sys.argv[1:], env=env).returncode
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait()
    # A program that a signal ended must not look like one that ended well.
    sys.exit(status if status >= 0 else 128 - status)


main()
