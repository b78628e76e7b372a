#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the pictures of the demo stores: draw-media.py OUT_DIR [NAME…].

Writes one SVG a picture; the build turns them into PNG. Run it after a change in build-aux/draw/ and commit what it wrote.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import importlib


def main():
    out, *names = sys.argv[1:]
    for room in ('kitchen', 'fashion', 'shelf', 'room'):
        module = importlib.import_module('draw.' + room)
        for name, draw in module.PICTURES.items():
            save(out, name, names, lambda: draw().svg())
        for name, (draw, zoom) in module.DETAILS.items():
            save(out, name, names, lambda: draw().svg(zoom))


def save(out, name, names, svg):
    if names and name not in names:
        return
    with open(os.path.join(out, name + '.svg'), 'w', encoding='utf-8') as file:
        file.write(svg())


main()
