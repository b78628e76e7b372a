#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""raw-requests.py SERVICE DATA: what no well-behaved HTTP client sends, against the real program. Speaks TAP."""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HEAD = b'Host: milione.localhost\r\nConnection: close\r\n'
CHUNK = b'10000\r\n' + b' ' * 65536 + b'\r\n'
number = 0


def check(name, good, seen=b''):
    global number
    number += 1
    print(f"{'ok' if good else 'not ok'} {number} {name}")
    if not good:
        print(f'# {seen[:300]!r}')


def connect(path):
    link = socket.socket(socket.AF_UNIX)
    link.connect(path)
    link.settimeout(20)
    return link


def talk(path, request):
    """All that comes back until the other side closes."""
    link = connect(path)
    answer = b''
    try:
        link.sendall(request)
    except OSError:
        pass
    try:
        while part := link.recv(65536):
            answer += part
    except OSError:
        pass
    link.close()
    return answer


def status(answer):
    return int(answer.split(b' ', 2)[1]) if answer.startswith(b'HTTP/1.') else 0


def ask(path):
    stores = talk(path, b'HEAD /v1/stores HTTP/1.1\r\n' + HEAD + b'\r\n')
    check('HEAD has no body', status(stores) == 200 and stores.endswith(b'\r\n\r\n'), stores)
    for name, request, wanted in (
            ('bytes that are no HTTP', b'\x00\x01\x02 nonsense\r\n\r\n', (400,)),
            ('no Host', b'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', (400,)),
            ('an address of 100 kB', b'GET /' + b'a' * 100000 + b' HTTP/1.1\r\n' + HEAD + b'\r\n', (404, 414)),
            ('a NUL in the address', b'GET /stores/a%00b/.well-known/ucp HTTP/1.1\r\n' + HEAD + b'\r\n', (400, 404)),
            ('a query that does not decode', b'GET /v1/stores?a=%zz HTTP/1.1\r\n' + HEAD + b'\r\n', (200, 400)),
            ('chunks of 2 MiB', b'POST /v1/wallets HTTP/1.1\r\n' + HEAD + b'Transfer-Encoding: chunked\r\n\r\n' + CHUNK * 32
             + b'0\r\n\r\n', (413,)),
            ('asking before sending too much', b'POST /v1/wallets HTTP/1.1\r\n' + HEAD
             + b'Content-Length: 999999999999\r\nExpect: 100-continue\r\n\r\n', (413,)),
            ('headers of 300 kB', b'GET /healthz HTTP/1.1\r\n' + HEAD + b'X: ' + b'a' * 300000 + b'\r\n\r\n', (0, 400, 431)),
            ('a client that never ends its body', b'POST /v1/wallets HTTP/1.1\r\n' + HEAD
             + b'Transfer-Encoding: chunked\r\n\r\n' + CHUNK * 400 + b'0\r\n\r\n', (0, 413))):
        answer = talk(path, request)
        check(name, status(answer) in wanted, answer)
    waiting = [connect(path) for _ in range(200)]
    for link in waiting:
        link.sendall(b'POST /v1/wallets HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc')
    health = talk(path, b'GET /healthz HTTP/1.1\r\n' + HEAD + b'\r\n')
    check('200 clients that stopped halfway are in nobody\'s way', status(health) == 200, health)
    for link in waiting:
        link.close()
    time.sleep(0.2)


def main():
    program, data = sys.argv[1:]
    parent = os.path.join(os.environ.get('MILIONE_CACHE') or os.path.expanduser('~/.cache/milione'), 'tmp')
    os.makedirs(parent, exist_ok=True)
    home = tempfile.mkdtemp(prefix='raw-', dir=parent)
    path = os.path.join(home, 's.sock')
    with open(os.path.join(home, 'log'), 'w', encoding='utf-8') as log:
        service = subprocess.Popen([program, '--socket', path, '--state', home + '/state', '--data', data],
                                   stdout=subprocess.PIPE, stderr=log)
        try:
            check('it serves', service.stdout.readline().startswith(b'ready '))
            ask(path)
            check('it lives', service.poll() is None)
            service.terminate()
            check('it ends well', service.wait(20) == 0)
        finally:
            if service.poll() is None:
                service.kill()
            shutil.rmtree(home, ignore_errors=True)
    print(f'1..{number}')


main()
