#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""with-postgres.py CMD…: runs CMD beside a PostgreSQL server of its own.

The server lives in a fresh folder on a real disk and listens on a Unix socket there only; CMD finds it
in MIL_TEST_STORAGE. Exit status 77 ("skipped") when there is no server to start.
"""
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import time


def main():
    folders = sorted(glob.glob('/usr/lib/postgresql/*/bin')) or [os.path.dirname(shutil.which('initdb') or '')]
    tools = folders[-1]
    if not os.path.exists(os.path.join(tools, 'initdb')) or os.getuid() == 0:
        print('1..0 # SKIP PostgreSQL is not there, or this is root, which it refuses to serve')
        sys.exit(77)
    parent = os.path.join(os.environ.get('MILIONE_CACHE') or os.path.expanduser('~/.cache/milione'), 'tmp')
    os.makedirs(parent, exist_ok=True)
    home = tempfile.mkdtemp(prefix='pg-', dir=parent)
    server = None
    try:
        log = open(os.path.join(home, 'log'), 'w+', encoding='utf-8')
        subprocess.run([os.path.join(tools, 'initdb'), '-D', home + '/data', '-U', 'milione', '--auth=trust', '--no-sync',
                        '--encoding=UTF8', '--locale=C.UTF-8'], check=True, stdout=log, stderr=log)
        server = subprocess.Popen([os.path.join(tools, 'postgres'), '-D', home + '/data', '-c', 'listen_addresses=',
                                   '-c', 'unix_socket_directories=' + home, '-c', 'max_connections=200',
                                   '-c', 'shared_buffers=64MB'], stdout=log, stderr=log)
        # However long a busy machine takes: it is ready, or it has ended.
        while not os.path.exists(home + '/.s.PGSQL.5432') or subprocess.run(
                [os.path.join(tools, 'pg_isready'), '-q', '-h', home]).returncode != 0:
            if server.poll() is not None:
                log.seek(0)
                sys.exit('PostgreSQL did not start:\n' + log.read())
            time.sleep(0.05)
        os.environ['MIL_TEST_STORAGE'] = f'postgres:host={home} user=milione dbname=postgres'
        status = subprocess.run(sys.argv[1:]).returncode
        if status not in (0, 77):
            log.seek(0)
            sys.stderr.write(log.read()[-6000:])
        sys.exit(status if status >= 0 else 128 - status)
    finally:
        if server is not None and server.poll() is None:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(home, ignore_errors=True)


main()
