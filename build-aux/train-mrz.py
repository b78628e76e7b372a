#!/usr/bin/env python3
"""Trains the classifier for the letters of machine readable zones.

train-mrz.py --fonts DIR [--samples N] [--epochs N] [--data FILE.npz] [--out src/scan/mil-mrz-weights.c]
train-mrz.py --fonts DIR --sheet tests/samples/mrz/letters.png

Draws the alphabet of ICAO 9303 (A-Z, 0-9, <) in OCR-B and in the monospaced typefaces that documents are
printed with instead, spoils the lines as cameras, printers and JPEG do, cuts the cells out, and trains a
small convolutional network on them with NumPy. DIR has the typefaces that are not installed: OCRB.otf and
OCRBS.otf of Debian's fonts-ocr-b (public domain), and FreeMono and Liberation Mono where they are to help.
The weights are written as signed bytes, one scale an output channel. Everything is seeded.
"""
import argparse
import glob
import io
import math
import multiprocessing
import os
import re

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<'
NONE = len(ALPHABET)
CLASSES = NONE + 1
# What else is printed on documents, and what does not look the same upside down.
SMALL = 'abdeghnrt'
TURNS = set('ABCDEFGJKLPQRTUVY347<')
# The window that the network looks at: rows and columns, and its size in heights of a capital and in cells.
ROWS, COLUMNS = 22, 16
WINDOW_HEIGHT, WINDOW_WIDTH = 1.5, 1.3
# Capitals are drawn so high.
CAP = 48
CELLS = 18
SHEET_ROWS = 12

OCR_B = ['OCRB.otf', 'OCRBS.otf']
OTHERS = ['DejaVuSansMono.ttf', 'DejaVuSansMono-Bold.ttf', 'NotoMono-Regular.ttf', 'NotoSansMono-Regular.ttf',
          'LiberationMono-Regular.ttf', 'LiberationMono-Bold.ttf', 'FreeMonoBold.ttf', 'DejaVuSans.ttf']
PLACES = ['/usr/share/fonts/truetype/dejavu', '/usr/share/fonts/truetype/noto', '/usr/share/fonts/truetype/liberation',
          '/usr/share/fonts/truetype/freefont', '/usr/share/fonts/opentype/ocr-b']


class Face:
    """Glyphs of a typeface, all centred in cells of one size, black (255) on nothing (0)."""

    def __init__(self, path):
        size = 64
        height = self.cap_height(ImageFont.truetype(path, size))
        self.font = ImageFont.truetype(path, round(size * CAP / height))
        self.cap = self.cap_height(self.font)
        self.advance = max(self.font.getlength(c) for c in 'ABH0')
        self.cell = (int(self.advance * 1.5), CAP * 3)
        self.glyphs = {c: self.draw(c) for c in ALPHABET + 'Ñ' + SMALL}

    @staticmethod
    def cap_height(font):
        mask = font.getmask('H')
        return mask.getbbox()[3] - mask.getbbox()[1]

    def draw(self, text):
        image = Image.new('L', self.cell, 0)
        x = (self.cell[0] - self.font.getlength(text)) / 2
        ImageDraw.Draw(image).text((x, self.cell[1] / 2 + self.cap / 2), text, font=self.font, fill=255, anchor='ls')
        return image


def find_faces(folder, names):
    paths = [p for n in names for place in [folder, *PLACES] for p in glob.glob(os.path.join(place, n))[:1]]
    return [Face(p) for p in paths]


def random_text(rng):
    out = []
    while len(out) < CELLS:
        kind = rng.random()
        if kind < 0.25:
            out += ['<'] * rng.integers(1, 7)
        elif kind < 0.5:
            out += [str(d) for d in rng.integers(0, 10, rng.integers(1, 7))]
        else:
            out += [ALPHABET[i] for i in rng.integers(0, 36, rng.integers(1, 6))]
    return out[:CELLS]


def smooth_field(rng, height, width, coarse):
    small = rng.normal(0, 1, (max(2, height // coarse + 2), max(2, width // coarse + 2))).astype(np.float32)
    image = Image.fromarray(small, 'F').resize((width, height), Image.BICUBIC)
    return np.asarray(image)


def draw_ink(rng, face, text, pitch, other):
    """A line of text at full size; `pitch` is the distance of cells."""
    width = int(pitch * (CELLS + 4))
    ink = Image.new('L', (width, CAP * 5), 0)
    centres = [(i + 2.5) * pitch for i in range(CELLS)]
    for row, line in other:
        for i, c in enumerate(line):
            glyph = face.glyphs[c]
            x, y = round(centres[i] - glyph.width / 2), round(ink.height / 2 - glyph.height / 2 + row)
            ink.paste(255, (x, y), glyph)
    for c, at in zip(text, centres):
        glyph = face.glyphs['Ñ' if c == 'N' and rng.random() < 0.15 else c]
        x = round(at - glyph.width / 2 + rng.normal(0, 0.012) * pitch)
        ink.paste(255, (x, round(ink.height / 2 - glyph.height / 2 + rng.normal(0, 0.012) * CAP)), glyph)
    weight = rng.integers(-2, 5)
    if weight > 0:
        ink = ink.filter(ImageFilter.MaxFilter(1 + 2 * int((weight + 1) // 2)))
    elif weight < 0:
        ink = ink.filter(ImageFilter.MinFilter(3))
    return ink, centres


def paint_background(rng, height, width, pitch):
    """Paper: light and shade, guilloche, letters and lines printed over it; 0 to 1."""
    paper = np.ones((height, width), np.float32)
    paper += 0.10 * rng.random() * smooth_field(rng, height, width, int(pitch * rng.uniform(2, 8)) + 2)
    if rng.random() < 0.5:
        paper += 0.05 * rng.random() * smooth_field(rng, height, width, max(1, int(pitch * rng.uniform(0.1, 0.4))))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    for _ in range(rng.integers(0, 3)):
        angle, period = rng.uniform(0, math.pi), pitch * rng.uniform(0.2, 1.5)
        wave = np.sin((x * math.cos(angle) + y * math.sin(angle)) * 2 * math.pi / period + rng.uniform(0, 6) + np.sin(x / pitch / 3) * rng.uniform(0, 2))
        paper -= rng.uniform(0, 0.09) * (wave if rng.random() < 0.5 else (wave > 0.6))
    if rng.random() < 0.3:
        angle, at = rng.normal(0, 0.5), rng.uniform(0, width)
        side = (x - at) * math.cos(angle) + (y - height / 2) * math.sin(angle)
        paper -= rng.uniform(0, 0.35) / (1 + np.exp(np.clip(-side / (pitch * rng.uniform(0.05, 1.5)), -50, 50)))
    return paper


def overprint(rng, paper, pitch):
    height, width = paper.shape
    over = Image.new('L', (width, height), 0)
    pen = ImageDraw.Draw(over)
    for _ in range(rng.integers(1, 4)):
        a, b = (rng.uniform(0, width), rng.uniform(0, height)), (rng.uniform(0, width), rng.uniform(0, height))
        thick = max(1, int(pitch * rng.uniform(0.05, 0.6)))
        if rng.random() < 0.5:
            pen.line([a, b], fill=255, width=thick)
        else:
            r = pitch * rng.uniform(0.5, 5)
            pen.ellipse([a[0] - r, a[1] - r, a[0] + r, a[1] + r], outline=255, width=thick)
    return paper - rng.uniform(0.03, 0.3) * np.asarray(over, np.float32) / 255


def photograph(rng, ink, cap, pitch, centres, mild):
    """The line as a picture has it: brightness, the cells' centres, and the affine map of cells."""
    scale = math.exp(rng.uniform(math.log(9.0 if mild else 5.0), math.log(20))) / pitch
    sx, sy = scale * rng.uniform(0.92, 1.08), scale * rng.uniform(0.92, 1.08)
    turn, lean = math.radians(rng.normal(0, 2.0)), rng.normal(0, 0.07)
    a = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]]) @ np.array([[sx, lean * sx], [0, sy]])
    width, height = int(ink.width * sx) + 4, int(ink.height * sy) + 4
    middle = np.array([ink.width / 2, ink.height / 2])
    shift = np.array([width / 2, height / 2]) + rng.uniform(-0.5, 0.5, 2) - a @ middle
    back = np.linalg.inv(a)
    offset = -back @ shift
    soft = ink.filter(ImageFilter.BoxBlur(max(0, 0.5 / scale - 0.5)))
    flat = soft.transform((width, height), Image.AFFINE,
                          (back[0, 0], back[0, 1], offset[0], back[1, 0], back[1, 1], offset[1]), Image.BILINEAR)
    dark = np.asarray(flat, np.float32) / 255
    p = pitch * sx
    if not mild and rng.random() < 0.25:
        dark = dark * np.clip(1 - rng.uniform(0, 0.8) * (smooth_field(rng, height, width, max(1, int(p * rng.uniform(0.08, 0.6)))) > 0.5), 0, 1)
    paper = paint_background(rng, height, width, p)
    if not mild and rng.random() < 0.3:
        paper = overprint(rng, paper, p)
    white, black = rng.uniform(0.45, 1.0), rng.uniform(0.0, 0.35)
    if not mild and rng.random() < 0.3:
        black = white - rng.uniform(0.15, 0.5)
    picture = white * paper * (1 - dark) + max(0, black) * dark
    middles = [a @ np.array([c, ink.height / 2]) + shift for c in centres]
    spoilt = spoil(rng, np.clip(picture, 0, 1) * 255, p * (0.5 if mild else 1))
    return spoilt, middles, a @ np.array([pitch, 0]), a @ np.array([0, cap])


def spoil(rng, picture, pitch):
    blur = rng.random()
    image = Image.fromarray(picture.astype(np.float32), 'F')
    if blur < 0.6:
        image = Image.fromarray(picture.astype(np.uint8)).filter(ImageFilter.GaussianBlur(pitch * abs(rng.normal(0, 0.055))))
    elif blur < 0.7:
        n = max(1, int(pitch * rng.uniform(0, 0.25)))
        picture = sum(np.roll(picture, i, axis=rng.integers(0, 2)) for i in range(n)) / n
        image = Image.fromarray(picture.astype(np.uint8))
    image = image.convert('L')
    if rng.random() < 0.2:
        factor = rng.uniform(1.1, 2.0) if pitch > 8 else rng.uniform(1.0, 1.3)
        kind = Image.BILINEAR if rng.random() < 0.7 else Image.NEAREST
        image = image.resize((max(8, int(image.width / factor)), max(8, int(image.height / factor))), kind).resize(image.size, kind)
    if rng.random() < 0.2:
        image = image.filter(ImageFilter.UnsharpMask(1, int(rng.uniform(50, 200)), 0))
    pixels = np.asarray(image, np.float32) + rng.normal(0, abs(rng.normal(0, 5)), (image.height, image.width))
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if rng.random() < 0.7:
        file = io.BytesIO()
        image.save(file, 'JPEG', quality=int(rng.integers(25, 96)))
        image = Image.open(file)
    return np.asarray(image, np.float32)


def cut(picture, centre, right, down):
    v = ((np.arange(ROWS) + 0.5) / ROWS - 0.5) * WINDOW_HEIGHT
    u = ((np.arange(COLUMNS) + 0.5) / COLUMNS - 0.5) * WINDOW_WIDTH
    x = centre[0] + u[None, :] * right[0] + v[:, None] * down[0] - 0.5
    y = centre[1] + u[None, :] * right[1] + v[:, None] * down[1] - 0.5
    height, width = picture.shape
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    i, j = x.astype(np.int32), y.astype(np.int32)
    fx, fy = x - i, y - j
    window = ((picture[j, i] * (1 - fx) + picture[j, i + 1] * fx) * (1 - fy)
              + (picture[j + 1, i] * (1 - fx) + picture[j + 1, i + 1] * fx) * fy)
    window = (window - window.mean()) / (window.std() + 4)
    return np.clip(window * 32, -127, 127).astype(np.int8)


def cells_of_line(rng, faces, mild=False):
    ocr_b, others = faces
    face = others[rng.integers(len(others))] if others and rng.random() < 0.22 else ocr_b[rng.integers(len(ocr_b))]
    pitch = face.advance * (rng.uniform(0.97, 1.03) if face in ocr_b else rng.uniform(1.0, 1.3))
    if face.font.getlength('W') > face.font.getlength('H') * 1.2:
        pitch = face.font.getlength('W') * rng.uniform(0.9, 1.0)
    small = rng.random() < 0.06
    text = random_text(rng)
    if small:
        text = [SMALL[rng.integers(len(SMALL))] for c in text]
    other = []
    for row in (-1, 1):
        if rng.random() < 0.6:
            other.append((row * CAP * rng.uniform(1.55, 2.6), random_text(rng)))
    ink, centres = draw_ink(rng, face, text, pitch, other)
    picture, middles, right, down = photograph(rng, ink, face.cap, pitch, centres, mild)
    windows, labels = [], []
    for c, middle in zip(text, middles):
        turn = math.radians(rng.normal(0, 1.5))
        r = right * (1 + np.clip(rng.normal(0, 0.03), -0.08, 0.08)) + down * math.sin(turn)
        d = down * (1 + np.clip(rng.normal(0, 0.06), -0.15, 0.15)) - right * (math.sin(turn) + rng.normal(0, 0.03))
        shift = right * np.clip(rng.normal(0, 0.06), -0.16, 0.16) + down * np.clip(rng.normal(0, 0.05), -0.13, 0.13)
        label = ALPHABET.index(c) if c in ALPHABET else NONE
        kind = rng.random()
        if kind < 0.05:
            shift, label = right * rng.uniform(0.36, 0.64) * rng.choice([-1, 1]), NONE
        elif kind < 0.09:
            shift, label = shift + down * rng.uniform(0.42, 0.9) * rng.choice([-1, 1]), NONE
        elif kind < 0.11:
            factor = rng.choice([0.55, 1.7])
            r, d, label = r * factor, d * factor, NONE
        elif kind < 0.16 and c in TURNS:
            r, d, label = -r, -d, NONE
        windows.append(cut(picture, middle + shift, r, d))
        labels.append(label)
    for at, sign in ((middles[0], -1), (middles[-1], 1)):
        windows.append(cut(picture, at + right * sign * rng.uniform(0.9, 1.6), right, down))
        labels.append(NONE)
    return windows, labels


def make_part(job):
    seed, n, folder = job
    rng = np.random.default_rng(seed)
    faces = find_faces(folder, OCR_B), find_faces(folder, OTHERS)
    if not faces[0]:
        raise SystemExit('OCRB.otf is not there; see --help.')
    windows, labels = [], []
    while len(windows) < n:
        w, l = cells_of_line(rng, faces)
        windows += w
        labels += l
    return np.array(windows[:n], np.int8), np.array(labels[:n], np.uint8)


def make_samples(n, folder, seed):
    part = 10000
    jobs = [(seed + i, part, folder) for i in range(max(1, n // part))]
    with multiprocessing.Pool(2) as pool:
        parts = pool.map(make_part, jobs, 1)
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


def draw_sheet(folder, path):
    rng = np.random.default_rng(77)
    faces = find_faces(folder, OCR_B), []
    wanted = {label: [] for label in range(NONE)}
    while min(len(w) for w in wanted.values()) < SHEET_ROWS:
        for window, label in zip(*cells_of_line(rng, faces, mild=True)):
            if label != NONE and len(wanted[label]) < SHEET_ROWS:
                wanted[label].append(np.clip(window.astype(np.int16) + 128, 0, 255).astype(np.uint8))
    columns = [np.concatenate(wanted[label]) for label in range(NONE)]
    Image.fromarray(np.concatenate(columns, axis=1)).save(path, optimize=True)


# --- the network ---------------------------------------------------------------------------------

def windows_of(x, k):
    """Patches of k by k, as rows: (batch, height, width, channels) to (batch, h, w, k*k*channels)."""
    b, h, w, c = x.shape
    s = x.strides
    view = np.lib.stride_tricks.as_strided(x, (b, h - k + 1, w - k + 1, k, k, c), (s[0], s[1], s[2], s[1], s[2], s[3]))
    return view.reshape(b, h - k + 1, w - k + 1, k * k * c)


class Network:
    """5x5 convolution, halved by maxima, 3x3 convolution, two dense layers."""
    C1, C2, HIDDEN = 8, 16, 64

    def __init__(self, rng):
        def he(fan_in, shape):
            return rng.normal(0, math.sqrt(2 / fan_in), shape).astype(np.float32)
        flat = 7 * 4 * self.C2
        self.p = {'w1': he(25, (25, self.C1)), 'b1': np.zeros(self.C1, np.float32),
                  'w2': he(9 * self.C1, (9 * self.C1, self.C2)), 'b2': np.zeros(self.C2, np.float32),
                  'w3': he(flat, (flat, self.HIDDEN)), 'b3': np.zeros(self.HIDDEN, np.float32),
                  'w4': he(self.HIDDEN, (self.HIDDEN, CLASSES)), 'b4': np.zeros(CLASSES, np.float32)}
        self.m = {k: np.zeros_like(v) for k, v in self.p.items()}
        self.v = {k: np.zeros_like(v) for k, v in self.p.items()}
        self.t = 0

    def forward(self, x):
        p, s = self.p, {}
        b = len(x)
        s['c1'] = windows_of(x[..., None], 5)
        a1 = np.maximum(s['c1'] @ p['w1'] + p['b1'], 0)
        blocks = a1.reshape(b, 9, 2, 6, 2, self.C1).transpose(0, 1, 3, 5, 2, 4).reshape(b, 9, 6, self.C1, 4)
        s['arg'] = blocks.argmax(-1)
        s['p1'] = np.take_along_axis(blocks, s['arg'][..., None], -1)[..., 0]
        s['c2'] = windows_of(np.ascontiguousarray(s['p1']), 3)
        s['a2'] = np.maximum(s['c2'] @ p['w2'] + p['b2'], 0).reshape(b, -1)
        s['a3'] = np.maximum(s['a2'] @ p['w3'] + p['b3'], 0)
        return s['a3'] @ p['w4'] + p['b4'], s

    def step(self, x, labels, rate, smooth=0.03):
        b, p = len(x), self.p
        z, s = self.forward(x)
        z -= z.max(1, keepdims=True)
        e = np.exp(z)
        prob = e / e.sum(1, keepdims=True)
        target = np.full((b, CLASSES), smooth / CLASSES, np.float32)
        target[np.arange(b), labels] += 1 - smooth
        dz = (prob - target) / b
        g = {'w4': s['a3'].T @ dz, 'b4': dz.sum(0)}
        d3 = (dz @ p['w4'].T) * (s['a3'] > 0)
        g['w3'], g['b3'] = s['a2'].T @ d3, d3.sum(0)
        d2 = ((d3 @ p['w3'].T) * (s['a2'] > 0)).reshape(b, 7, 4, self.C2)
        flat2 = d2.reshape(-1, self.C2)
        g['w2'], g['b2'] = s['c2'].reshape(-1, 9 * self.C1).T @ flat2, flat2.sum(0)
        patches = (flat2 @ p['w2'].T).reshape(b, 7, 4, 3, 3, self.C1)
        dp = np.zeros_like(s['p1'])
        for i in range(3):
            for j in range(3):
                dp[:, i:i + 7, j:j + 4] += patches[:, :, :, i, j]
        dp *= s['p1'] > 0
        blocks = np.zeros((*dp.shape, 4), np.float32)
        np.put_along_axis(blocks, s['arg'][..., None], dp[..., None], -1)
        d1 = blocks.reshape(b, 9, 6, self.C1, 2, 2).transpose(0, 1, 4, 2, 5, 3).reshape(-1, self.C1)
        g['w1'], g['b1'] = s['c1'].reshape(-1, 25).T @ d1, d1.sum(0)
        self.update(g, rate)
        return float(-np.log(prob[np.arange(b), labels] + 1e-9).mean())

    def update(self, g, rate):
        self.t += 1
        for k, v in g.items():
            if k.startswith('w'):
                v = v + 1e-5 * self.p[k]
            self.m[k] += 0.1 * (v - self.m[k])
            self.v[k] += 0.001 * (v * v - self.v[k])
            m, s = self.m[k] / (1 - 0.9 ** self.t), self.v[k] / (1 - 0.999 ** self.t)
            self.p[k] -= rate * m / (np.sqrt(s) + 1e-8)

    def accuracy(self, x, labels):
        right = glyph_right = glyphs = 0
        confusions = {}
        for i in range(0, len(x), 1000):
            z, _ = self.forward(x[i:i + 1000].astype(np.float32) / 32)
            wanted = labels[i:i + 1000]
            right += (z.argmax(1) == wanted).sum()
            is_glyph = wanted != NONE
            best = z[:, :NONE].argmax(1)
            glyphs += is_glyph.sum()
            glyph_right += ((best == wanted) & is_glyph).sum()
            for a, b in zip(wanted[is_glyph], best[is_glyph]):
                if a != b:
                    pair = ALPHABET[a] + ALPHABET[b]
                    confusions[pair] = confusions.get(pair, 0) + 1
        worst = sorted(confusions.items(), key=lambda kv: -kv[1])[:16]
        return right / len(x), glyph_right / glyphs, worst

    def quantise(self):
        """Rounds the weights to signed bytes; returns them with a scale an output channel."""
        out = {}
        for layer in '1234':
            w = self.p['w' + layer]
            scale = np.maximum(np.abs(w).max(0), 1e-8) / 127
            q = np.clip(np.round(w / scale), -127, 127).astype(np.int8)
            out[layer] = (q, scale.astype(np.float32), self.p['b' + layer])
            self.p['w' + layer] = q * scale.astype(np.float32)
        return out


def read_c(path, network):
    """Takes the weights that write_c() wrote."""
    with open(path, encoding='utf-8') as file:
        text = file.read()
    for layer in '1234':
        def numbers(name):
            found = re.search(rf'mil_mrz_{name}_{layer}\[\] = {{([^}}]*)}}', text)
            return np.array([float(v.strip().rstrip('f')) for v in found.group(1).split(',')], np.float32)
        shape = network.p['w' + layer].shape
        network.p['w' + layer] = numbers('weights').reshape(shape) * numbers('scales')
        network.p['b' + layer] = numbers('biases')


def train(x, labels, held, epochs, rng, start=None):
    network = Network(rng)
    if start:
        read_c(start, network)
    highest = 5e-4 if start else 2e-3
    batch, n = 256, len(x)
    steps = epochs * (n // batch)
    done = 0
    for epoch in range(epochs):
        order, losses = rng.permutation(n), []
        for i in range(0, n - batch + 1, batch):
            chosen = order[i:i + batch]
            part = x[chosen].astype(np.float32) / 32
            part *= rng.uniform(0.8, 1.2, (batch, 1, 1)).astype(np.float32)
            part += rng.normal(0, 0.05, part.shape).astype(np.float32)
            rate = highest * 0.5 * (1 + math.cos(math.pi * done / steps)) + 1e-5
            losses.append(network.step(part, labels[chosen], rate))
            done += 1
        print(f'epoch {epoch + 1}: loss {np.mean(losses):.4f}, held out {network.accuracy(*held)}', flush=True)
    return network


def write_c(path, layers, name='mrz', script='train-mrz.py'):
    def numbers(values, form, a_line):
        texts = [form % v for v in values]
        return ',\n'.join('  ' + ', '.join(texts[i:i + a_line]) for i in range(0, len(texts), a_line))
    with open(path, 'w', encoding='utf-8') as file:
        file.write('/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n/* Made by build-aux/' + script + '; do not edit. */\n\n'
                   '#include "scan/mil-mrz-weights.h"\n\n/* clang-format off */\n')
        for layer, (w, scale, bias) in layers.items():
            file.write(f'const gint8 mil_{name}_weights_{layer}[] = {{\n{numbers(w.ravel(), "%d", 32)}\n}};\n')
            file.write(f'const float mil_{name}_scales_{layer}[] = {{\n{numbers(scale, "%.8ef", 8)}\n}};\n')
            file.write(f'const float mil_{name}_biases_{layer}[] = {{\n{numbers(bias, "%.8ef", 8)}\n}};\n')
        file.write('/* clang-format on */\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--fonts', default='.')
    parser.add_argument('--samples', type=int, default=400000)
    parser.add_argument('--epochs', type=int, default=10)
    parser.add_argument('--data', help='keep the samples here, or take them from here')
    parser.add_argument('--sheet', help='write a PNG with samples that are not too bad, a letter a column, and stop')
    parser.add_argument('--start', help='go on from the weights in this file')
    parser.add_argument('--out', default='src/scan/mil-mrz-weights.c')
    args = parser.parse_args()
    if args.sheet:
        draw_sheet(args.fonts, args.sheet)
        return
    if args.data and os.path.exists(args.data):
        kept = np.load(args.data)
        x, labels, held = kept['x'], kept['labels'], (kept['held_x'], kept['held_labels'])
    else:
        x, labels = make_samples(args.samples, args.fonts, 1000)
        held = make_samples(20000, args.fonts, 900000)
        if args.data:
            np.savez(args.data, x=x, labels=labels, held_x=held[0], held_labels=held[1])
    print(len(x), 'samples', flush=True)
    network = train(x, labels, held, args.epochs, np.random.default_rng(1), args.start)
    layers = network.quantise()
    print('as bytes:', network.accuracy(*held))
    write_c(args.out, layers)


if __name__ == '__main__':
    main()
