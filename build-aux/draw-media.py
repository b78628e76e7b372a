#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws what Milione shows: draw-media.py [NAME…], from anywhere.

Writes SVG into data/demo (products, logos, banners) and ui/illustrations; the build turns them into PNG. Run it after a
change in build-aux/draw/ and commit what it wrote. With names it draws only those.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from draw import fashion, kitchen, marks, room, shelf

TOP = os.path.dirname(HERE)


def save(folder, name, svg):
    if len(sys.argv) > 1 and name not in sys.argv[1:]:
        return
    with open(os.path.join(TOP, folder, name + '.svg'), 'w', encoding='utf-8') as file:
        file.write(svg())


def main():
    for module in (kitchen, fashion, shelf, room):
        for name, draw in module.PICTURES.items():
            save('data/demo/media', name, lambda: draw().svg())
        for name, (draw, zoom) in module.DETAILS.items():
            save('data/demo/media', name, lambda: draw().svg(zoom))
    for folder, drawings in (('data/demo/logos', marks.LOGOS), ('data/demo/banners', marks.BANNERS),
                             ('ui/illustrations', marks.SCENES), ('ui/illustrations', marks.KIOSK)):
        for name, draw in drawings.items():
            save(folder, name, lambda: draw().svg())


main()
