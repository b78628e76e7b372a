#!/usr/bin/env python3
"""Draws an SVG of ours as a PNG with rsvg-convert, or takes it from the build cache if it was drawn before.

rasterise.py IN.svg OUT.png OPTION…: the options are rsvg-convert's (--width=960 …).
"""
import hashlib
import os
import shutil
import subprocess
import sys

source, target, *options = sys.argv[1:]
cache = os.environ.get('MILIONE_CACHE')
kept = None
if cache:
    with open(source, 'rb') as file:
        key = hashlib.sha256(file.read() + '\0'.join(options).encode()).hexdigest()
    kept = os.path.join(cache, 'raster', key + '.png')
if not kept or not os.path.exists(kept):
    subprocess.run(['rsvg-convert', *options, '--output=' + target, source], check=True)
    if kept:
        os.makedirs(os.path.dirname(kept), exist_ok=True)
        # Renamed into place, so that a build beside this one never sees half a picture.
        part = f'{kept}.{os.getpid()}'
        shutil.copyfile(target, part)
        os.rename(part, kept)
else:
    shutil.copyfile(kept, target)
