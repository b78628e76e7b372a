#!/usr/bin/env python3
"""Trains the classifier for the digits of receipts.

train-digits.py [--samples N] [--epochs N] [--data FILE.npz] [--out src/scan/mil-digit-weights.c]
train-digits.py --sheet FILE.png

Draws digits as the printers of receipts do: strokes of many shapes (thermal printers), pins on a coarse
grid (needle printers), and the typefaces that are installed; spoils the lines as paper, scanners and JPEG do,
cuts the cells out, and trains the network of train-mrz.py on them. Everything is seeded.
"""
import argparse
import glob
import importlib.util
import math
import multiprocessing
import os

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

spec = importlib.util.spec_from_file_location('mrz', os.path.join(os.path.dirname(os.path.abspath(__file__)), 'train-mrz.py'))
mrz = importlib.util.module_from_spec(spec)
spec.loader.exec_module(mrz)

NONE = 10
mrz.ALPHABET, mrz.NONE, mrz.CLASSES = '0123456789', NONE, NONE + 1
# Digits are drawn so high, in a cell of this size.
CAP, CELL = 48, (96, 96)
CELLS = 12
BESIDE = '/-.:,'
PLACES = ['/usr/share/fonts/truetype/*', '/usr/share/fonts/opentype/*', '/usr/share/fonts/type1/*', '/usr/share/fonts/X11/Type1']
FACES = ['DejaVuSansMono.ttf', 'DejaVuSansMono-Bold.ttf', 'NotoSansMono-Regular.ttf', 'NotoSansMono-Bold.ttf',
         'NimbusMonoPS-Regular.t1', 'NimbusMonoPS-Bold.t1', 'NimbusSans-Regular.t1', 'NimbusSans-Bold.t1',
         'NimbusSansNarrow-Regular.t1', 'NimbusSansNarrow-Bold.t1', 'DejaVuSans.ttf', 'DejaVuSans-Bold.ttf',
         'NotoSans-Regular.ttf', 'NotoSans-Bold.ttf', 'Inter-Regular.otf', 'Inter-Medium.otf',
         'NotoSansCJK-Regular.ttc', 'NimbusRoman-Regular.t1', 'NotoSerif-Regular.ttf']

# The pins of a 5 by 7 needle printer, a row a string of bits.
PINS = {
    '0': ['01110 10001 10011 10101 11001 10001 01110', '01110 10001 10001 10001 10001 10001 01110'],
    '1': ['00100 01100 00100 00100 00100 00100 01110', '00100 01100 00100 00100 00100 00100 00100'],
    '2': ['01110 10001 00001 00010 00100 01000 11111', '01110 10001 00001 01110 10000 10000 11111'],
    '3': ['11111 00010 00100 00010 00001 10001 01110', '01110 10001 00001 00110 00001 10001 01110'],
    '4': ['00010 00110 01010 10010 11111 00010 00010', '10001 10001 10001 11111 00001 00001 00001'],
    '5': ['11111 10000 11110 00001 00001 10001 01110', '11111 10000 10000 11110 00001 00001 11110'],
    '6': ['00110 01000 10000 11110 10001 10001 01110', '01110 10001 10000 11110 10001 10001 01110'],
    '7': ['11111 00001 00010 00100 01000 01000 01000', '11111 10001 00001 00010 00100 00100 00100'],
    '8': ['01110 10001 10001 01110 10001 10001 01110'],
    '9': ['01110 10001 10001 01111 00001 00010 01100', '01110 10001 10001 01111 00001 10001 01110'],
    '/': ['00001 00001 00010 00100 01000 10000 10000'],
    '-': ['00000 00000 00000 11111 00000 00000 00000'],
    '.': ['00000 00000 00000 00000 00000 01100 01100'],
    ',': ['00000 00000 00000 00000 01100 00100 01000'],
    ':': ['00000 01100 01100 00000 01100 01100 00000'],
}


def arc(cx, cy, rx, ry, start, end, n=14):
    """Points of an ellipse; degrees from the right, downwards."""
    return [(cx + rx * math.cos(math.radians(a)), cy + ry * math.sin(math.radians(a))) for a in np.linspace(start, end, n)]


def strokes_of(rng, c):
    """The lines that a digit is drawn with, in a box of 1 by 1 from the top left."""
    u, half = rng.uniform, rng.random() < 0.5
    waist = u(0.42, 0.54)
    if c == '0':
        lines = [arc(0.5, 0.5, 0.5, 0.5, 0, 360, 28)]
        if rng.random() < 0.35:
            lines.append([(u(0.15, 0.3), u(0.75, 0.9)), (u(0.7, 0.85), u(0.1, 0.25))] if half else [(0.5, 0.45), (0.5, 0.55)])
        return lines
    if c == '1':
        x = u(0.4, 0.65)
        lines = [[(x, 0), (x, 1)], [(x, 0), (x - u(0.15, 0.38), u(0.1, 0.3))]]
        return lines + ([[(x - u(0.2, 0.4), 1), (x + u(0.2, 0.4), 1)]] if half else [])
    if c == '2':
        r = u(0.24, 0.32)
        return [arc(0.5, r, u(0.42, 0.5), r, u(180, 200), 380 + u(0, 30)) + [(0, 1), (1, 1)]]
    if c == '3':
        if rng.random() < 0.15:
            return [[(0, 0), (1, 0), (u(0.35, 0.5), waist - 0.05)] + arc(0.45, (waist + 1) / 2 - 0.02, 0.5, (1 - waist) / 2, -90, 160)]
        top = waist / 2
        return [arc(0.5, top, u(0.4, 0.46), top, 205, 450, 16), arc(0.48, (1 + waist) / 2, 0.5, (1 - waist) / 2, -90, 160, 16)]
    if c == '4':
        if rng.random() < 0.2:
            return [[(0.05, 0), (0, u(0.5, 0.65)), (1, u(0.5, 0.65))], [(u(0.75, 1), 0), (u(0.75, 1), 1)]]
        x, y = u(0.65, 0.85), u(0.6, 0.76)
        return [[(x, 1), (x, 0), (0, y), (1, y)]]
    if c == '5':
        x, y = u(0, 0.16), u(0.38, 0.5)
        return [[(u(0.85, 1), 0), (x + 0.05, 0), (x, y)] + arc(0.46, (y + 1) / 2 - 0.02, 0.52, (1 - y) / 2 + 0.02, u(-130, -100), u(130, 165), 18)]
    if c in '69':
        r = u(0.26, 0.34)
        bowl = arc(0.5, 1 - r, 0.5, r, 180, 540, 24)
        tail = [(0, 1 - r)] + (arc(0.5, 0.45, 0.5, 0.45, 180, u(285, 335), 14) if rng.random() < 0.7 else [(u(0.1, 0.25), 0.35), (u(0.5, 0.8), 0)])
        lines = [bowl, tail]
        return lines if c == '6' else [[(1 - x, 1 - y) for x, y in line] for line in lines]
    if c == '7':
        x = u(0.2, 0.5)
        lines = [[(0, 0), (1, 0), (x, 1)] if half else [(0, 0), (1, 0), (x + 0.1, u(0.4, 0.6)), (x, 1)]]
        if rng.random() < 0.15:
            lines.append([(0, 0), (0, 0.15)])
        return lines
    if c == '8':
        w = u(0.38, 0.48)
        return [arc(0.5, waist / 2, w, waist / 2, 0, 360, 24), arc(0.5, (1 + waist) / 2, 0.5, (1 - waist) / 2, 0, 360, 24)]
    if c == '/':
        return [[(u(0, 0.25), 1), (u(0.75, 1), 0)]]
    if c == '-':
        return [[(u(0, 0.2), 0.55), (u(0.8, 1), 0.55)]]
    dot = [[(0.5, 0.97), (0.5, 1)]]
    return dot + ([[(0.5, 0.4), (0.5, 0.43)]] if c == ':' else [[(0.5, 1), (0.35, 1.15)]] if c == ',' else [])


class Strokes:
    """A thermal printer's font, made up: all its digits are drawn with one pen."""

    def __init__(self, rng):
        self.width = CAP * rng.uniform(0.4, 0.82)
        self.advance = self.width * rng.uniform(1.15, 1.6)
        pen = rng.uniform(0.08, 0.2) * CAP
        grid = rng.choice([0, 0, 12, 16, 20, 24])
        square = rng.random() < 0.3
        self.glyphs = {}
        for c in '0123456789' + BESIDE:
            image = Image.new('L', CELL, 0)
            draw = ImageDraw.Draw(image)
            left, top = (CELL[0] - self.width) / 2, (CELL[1] - CAP) / 2
            for line in strokes_of(rng, c):
                points = [(left + pen / 2 + np.clip(x, -0.2, 1.2) * (self.width - pen), top + pen / 2 + np.clip(y, -0.2, 1.3) * (CAP - pen))
                          for x, y in line]
                if square:
                    points = [(round(x / 4) * 4, round(y / 4) * 4) for x, y in points]
                draw.line(points, fill=255, width=max(1, round(pen)), joint='curve')
                for x, y in (points[0], points[-1]):
                    draw.ellipse([x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2], fill=255)
            if grid:
                n = max(8, round(CELL[1] * grid / CAP))
                small = image.resize((n, n), Image.BOX).point(lambda v: 255 if v > 110 else 0)
                image = small.resize(CELL, Image.NEAREST)
            self.glyphs[c] = image


class Pins:
    """A needle printer: round dots on a grid of 5 by 7."""

    def __init__(self, rng):
        self.width = CAP * rng.uniform(0.5, 0.8)
        self.advance = self.width * rng.uniform(1.15, 1.5)
        dx, dy = self.width / 5, CAP / 7
        r = rng.uniform(0.5, 0.85)
        self.glyphs = {}
        for c in '0123456789' + BESIDE:
            image = Image.new('L', CELL, 0)
            draw = ImageDraw.Draw(image)
            left, top = (CELL[0] - self.width) / 2, (CELL[1] - CAP) / 2
            for j, bits in enumerate(PINS[c][rng.integers(len(PINS[c]))].split()):
                for i, bit in enumerate(bits):
                    x, y = left + (i + 0.5) * dx, top + (j + 0.5) * dy
                    if bit == '1':
                        draw.ellipse([x - dx * r, y - dy * r, x + dx * r, y + dy * r], fill=255)
            self.glyphs[c] = image


class Face:
    """An installed typeface, maybe made wider or narrower."""

    def __init__(self, path, rng):
        font = ImageFont.truetype(path, 64)
        box = font.getmask('8').getbbox()
        font = ImageFont.truetype(path, round(64 * CAP / (box[3] - box[1])))
        stretch = rng.uniform(0.75, 1.25)
        self.advance = font.getlength('8') * stretch * rng.uniform(0.97, 1.1)
        self.glyphs = {}
        for c in '0123456789' + BESIDE:
            image = Image.new('L', (CELL[0] * 2, CELL[1]), 0)
            x = CELL[0] - font.getlength(c) / 2
            ImageDraw.Draw(image).text((x, CELL[1] / 2 + CAP / 2), c, font=font, fill=255, anchor='ls')
            width = round(image.width * stretch)
            image = image.resize((width, CELL[1]), Image.BILINEAR)
            left = (width - CELL[0]) // 2
            self.glyphs[c] = image.crop((left, 0, left + CELL[0], CELL[1]))


def find_faces():
    return [p for name in FACES for place in PLACES for p in glob.glob(os.path.join(place, name))[:1]]


def random_text(rng):
    """Digits in groups, as dates and amounts have them."""
    out = []
    while len(out) < CELLS:
        out += [str(d) for d in rng.integers(0, 10, rng.integers(1, 5))]
        if rng.random() < 0.8:
            out.append(BESIDE[rng.integers(len(BESIDE))])
    return out[:CELLS]


def draw_ink(rng, face, text):
    """A line at full size, and where the middle of each cell is; narrow signs may stand close."""
    close = isinstance(face, Face) and rng.random() < 0.6
    ink = Image.new('L', (int(face.advance * (CELLS + 4)), CAP * 3), 0)
    centres, at = [], face.advance * 2
    for c in text:
        step = face.advance * (0.55 if close and c in BESIDE else 1)
        centres.append(at + step / 2)
        at += step
        glyph = face.glyphs[c]
        x, y = round(centres[-1] - CELL[0] / 2), round(ink.height / 2 - CELL[1] / 2 + rng.normal(0, 0.01) * CAP)
        ink.paste(255, (x, y), glyph)
    weight = rng.integers(-3, 6)
    if weight > 1:
        ink = ink.filter(ImageFilter.MaxFilter(1 + 2 * int(weight // 2)))
    elif weight < 0:
        ink = ink.filter(ImageFilter.MinFilter(3))
    return ink, centres


def wear(rng, dark, height):
    """What printers leave out: specks, whole lines of pins, faint places."""
    rows, columns = dark.shape
    if rng.random() < 0.4:
        field = mrz.smooth_field(rng, rows, columns, max(1, int(height * rng.uniform(0.05, 0.5))))
        dark = dark * np.clip(1 - rng.uniform(0, 0.9) * (field > rng.uniform(0.2, 1)), 0, 1)
    if rng.random() < 0.2:
        for _ in range(rng.integers(1, 4)):
            at, thick = rng.integers(0, rows), max(1, int(height * rng.uniform(0.02, 0.1)))
            dark[at:at + thick] *= rng.uniform(0, 0.6)
    if rng.random() < 0.3:
        dark = dark * rng.uniform(0.4, 1)
    return dark


def photograph(rng, ink, centres, advance):
    """The line as a picture has it, with letters of 7 to 40 pixels."""
    scale = math.exp(rng.uniform(math.log(8), math.log(32))) / CAP
    sx, sy = scale * rng.uniform(0.9, 1.1), scale * rng.uniform(0.9, 1.1)
    turn, lean = math.radians(rng.normal(0, 1.2)), rng.normal(0, 0.05)
    a = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]]) @ np.array([[sx, lean * sx], [0, sy]])
    width, height = int(ink.width * sx) + 4, int(ink.height * sy) + 4
    shift = np.array([width / 2, height / 2]) + rng.uniform(-0.5, 0.5, 2) - a @ np.array([ink.width / 2, ink.height / 2])
    back = np.linalg.inv(a)
    offset = -back @ shift
    soft = ink.filter(ImageFilter.BoxBlur(max(0, 0.5 / scale - 0.5)))
    flat = soft.transform((width, height), Image.AFFINE,
                          (back[0, 0], back[0, 1], offset[0], back[1, 0], back[1, 1], offset[1]), Image.BILINEAR)
    cap = CAP * sy
    dark = wear(rng, np.asarray(flat, np.float32) / 255, cap)
    paper = np.ones(dark.shape, np.float32) + 0.08 * rng.random() * mrz.smooth_field(rng, *dark.shape, int(cap * rng.uniform(1, 6)) + 2)
    white, black = rng.uniform(0.6, 1.0), rng.uniform(0.0, 0.5)
    picture = np.clip(white * paper * (1 - dark) + black * dark, 0, 1) * 255
    if rng.random() < 0.15:
        picture = np.where(picture > np.mean([white, black]) * 255 + rng.normal(0, 15), 255.0, 0.0)
    return mrz.spoil(rng, picture, cap * 0.8), [a @ np.array([c, ink.height / 2]) + shift for c in centres], a @ np.array([advance, 0]), a @ np.array([0, CAP])


def choose_face(rng, paths):
    kind = rng.random()
    return Strokes(rng) if kind < 0.55 else Pins(rng) if kind < 0.68 else Face(paths[rng.integers(len(paths))], rng)


def cells_of_line(rng, face):
    text = random_text(rng)
    ink, centres = draw_ink(rng, face, text)
    picture, middles, right, down = photograph(rng, ink, centres, face.advance)
    windows, labels = [], []
    for c, middle in zip(text, middles):
        r = right * (1 + np.clip(rng.normal(0, 0.06), -0.15, 0.15))
        d = down * (1 + np.clip(rng.normal(0, 0.06), -0.15, 0.15))
        shift = right * np.clip(rng.normal(0, 0.06), -0.16, 0.16) + down * np.clip(rng.normal(0, 0.05), -0.13, 0.13)
        label = int(c) if c.isdigit() else NONE
        if rng.random() < 0.12:
            shift, label = right * rng.uniform(0.38, 0.62) * rng.choice([-1, 1]), NONE
        elif label == NONE and rng.random() < 0.4:
            continue
        windows.append(mrz.cut(picture, middle + shift, r, d))
        labels.append(label)
    return windows, labels


def make_part(job):
    seed, n = job
    rng = np.random.default_rng(seed)
    paths = find_faces()
    windows, labels = [], []
    while len(windows) < n:
        face = choose_face(rng, paths)
        for _ in range(3):
            w, l = cells_of_line(rng, face)
            windows += w
            labels += l
    return np.array(windows[:n], np.int8), np.array(labels[:n], np.uint8)


def make_samples(n, seed):
    part = 5000
    with multiprocessing.Pool(2) as pool:
        parts = pool.map(make_part, [(seed + i, part) for i in range(max(1, n // part))], 1)
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--samples', type=int, default=160000)
    parser.add_argument('--epochs', type=int, default=7)
    parser.add_argument('--data', help='keep the samples here, or take them from here')
    parser.add_argument('--sheet', help='write a PNG with samples and stop')
    parser.add_argument('--out', default='src/scan/mil-digit-weights.c')
    args = parser.parse_args()
    if args.sheet:
        x, labels = make_part((7, 600))
        rows = [np.concatenate(list(x[labels == k][:24]), axis=1) for k in range(11)]
        Image.fromarray(np.clip(np.concatenate(rows).astype(np.int16) + 128, 0, 255).astype(np.uint8)).save(args.sheet)
        return
    if args.data and os.path.exists(args.data):
        kept = np.load(args.data)
        x, labels, held = kept['x'], kept['labels'], (kept['held_x'], kept['held_labels'])
    else:
        x, labels = make_samples(args.samples, 1000)
        held = make_samples(10000, 900000)
        if args.data:
            np.savez(args.data, x=x, labels=labels, held_x=held[0], held_labels=held[1])
    print(len(x), 'samples', flush=True)
    network = mrz.train(x, labels, held, args.epochs, np.random.default_rng(1))
    layers = network.quantise()
    print('as bytes:', network.accuracy(*held))
    mrz.write_c(args.out, layers, 'digit', 'train-digits.py')


if __name__ == '__main__':
    main()
