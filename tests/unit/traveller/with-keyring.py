#!/usr/bin/env python3
"""Runs a test with a session bus and a real keyring of its own: with-keyring.py PROGRAM [ARG…]

The keyring's default collection is made with the password "milione"; the test is told the folder
(MIL_TEST_KEYRING) and may start and end keyring daemons there by itself.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

folder = tempfile.mkdtemp(prefix='keyring-')
os.chmod(folder, 0o700)
bus = os.path.join(folder, 'bus')
os.environ.update(
    HOME=folder, XDG_RUNTIME_DIR=folder, XDG_DATA_HOME=os.path.join(folder, 'data'), XDG_CONFIG_HOME=os.path.join(folder, 'config'),
    DBUS_SESSION_BUS_ADDRESS='unix:path=' + bus, MIL_TEST_KEYRING=folder)
# Where a service has to be started for a name, it is not: that is how a keyring is missing.
config = os.path.join(folder, 'bus.conf')
with open(config, 'w', encoding='utf-8') as out:
    out.write('<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" '
              '"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd"><busconfig><type>session</type>'
              f'<listen>unix:path={bus}</listen><policy context="default"><allow send_destination="*" eavesdrop="true"/>'
              '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>')
daemon = subprocess.Popen(['dbus-daemon', '--config-file=' + config, '--nofork', '--nopidfile'])
try:
    while not os.path.exists(bus) and daemon.poll() is None:
        time.sleep(0.02)
    status = subprocess.run(sys.argv[1:]).returncode
finally:
    daemon.terminate()
    daemon.wait()
    shutil.rmtree(folder, ignore_errors=True)
sys.exit(status)
