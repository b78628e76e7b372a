#!/usr/bin/env python3
"""Draws pictures of travel documents of nobody, with a machine readable zone each.

draw-mrz.py --fonts DIR --out DIR [--seed N] [--count N] [--samples] [--format png|ppm]

DIR of --fonts has OCRB.otf (Debian's fonts-ocr-b, public domain). The pictures are of every layout, turned,
leaning, seen at an angle, small or large, soft, noisy, with letters and waves printed over them; FILE.txt
beside each says what its lines are. With --samples the few are drawn that tests/samples/mrz has.
"""
import argparse
import io
import json
import math
import os

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

LAYOUTS = {'TD1': (30, 3, 1.586), 'TD2': (36, 2, 1.42), 'TD3': (44, 2, 1.42), 'MRV-A': (44, 2, 1.5), 'MRV-B': (36, 2, 1.42)}
STATES = ['UTO', 'DEU', 'FRA', 'KOR', 'JPN', 'CHN', 'GBR', 'ITA', 'ESP', 'USA', 'BRA', 'POL', 'IND', 'D<<', 'CHE', 'TUR', 'NGA', 'AUS']
FAMILY = ['ERIKSSON', 'MUSTERMANN', 'KIM', 'GARCIA<LOPEZ', 'OCONNOR', 'VAN<DER<BERG', 'NGUYEN', 'ROSSI', 'WU', 'SMITH<JONES', 'OEZTUERK', 'QUISPE']
GIVEN = ['ANNA<MARIA', 'ERIKA', 'MIN<SEO', 'JUAN<CARLOS', 'SIOBHAN', 'WILLEM', 'THI<HOA', 'LUCA', 'XIAOMING', 'ZOE', 'KEMAL', 'INTI<JOSE<FELIX']
WORDS = ['PASSPORT', 'Type/Type', 'Code', 'Surname/Nom', 'Given names/Prénoms', 'Nationality', 'Date of birth', '12 AUG 74', 'Sex', 'F', 'ZENITH',
         'Authority', 'Passport No.', 'Date of expiry', '15 APR 2032', 'UTOPIA', 'Place of birth', 'PERSONAL NO', 'Holder']


def check(text):
    values = [0 if c == '<' else int(c, 36) for c in text]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)


def pick(rng, things):
    return things[rng.integers(len(things))]


def random_lines(rng, layout, names=None):
    width, _, _ = LAYOUTS[layout]
    issuer = pick(rng, STATES)
    nationality = issuer if rng.random() < 0.85 else pick(rng, STATES)
    symbols = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789' if rng.random() < 0.5 else '0123456789'
    number = ''.join(pick(rng, symbols) for _ in range(9))
    number = number[:rng.integers(7, 10)].ljust(9, '<')
    birth = f'{rng.integers(40, 100) % 100:02d}{rng.integers(1, 13):02d}{rng.integers(1, 29):02d}'
    expiry = f'{rng.integers(26, 36):02d}{rng.integers(1, 13):02d}{rng.integers(1, 29):02d}'
    sex = pick(rng, ['M', 'F', '<'])
    names = names or pick(rng, FAMILY) + '<<' + pick(rng, GIVEN)
    optional = '' if rng.random() < 0.5 else ''.join(pick(rng, symbols) for _ in range(rng.integers(4, 8)))
    kind = {'TD1': pick(rng, ['I<', 'ID', 'AC']), 'TD2': 'I<', 'TD3': pick(rng, ['P<', 'P<', 'PO'])}.get(layout, 'V<')
    number, birth, expiry = number + check(number), birth + check(birth), expiry + check(expiry)
    if layout == 'TD1':
        first, second = optional.ljust(15, '<'), '<' * 11
        composite = check(number + first + birth + expiry + second)
        return [kind + issuer + number + first, birth + sex + expiry + nationality + second + composite, names[:30].ljust(30, '<')]
    top = (kind + issuer + names)[:width].ljust(width, '<')
    second = number + nationality + birth + sex + expiry
    if layout == 'TD3':
        optional = optional.ljust(14, '<')
        optional += pick(rng, ['<', '0']) if not optional.strip('<') else check(optional)
        return [top, second + optional + check(number + birth + expiry + optional)]
    if layout == 'TD2':
        optional = optional[:7].ljust(7, '<')
        return [top, second + optional + check(number + birth + expiry + optional)]
    return [top, second + optional.ljust(width - 28, '<')]


def waves(rng, height, width, strength):
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    paper = np.zeros((height, width), np.float32)
    for _ in range(rng.integers(1, 4)):
        angle, period = rng.uniform(0, math.pi), rng.uniform(8, 40)
        paper += np.sin((x * math.cos(angle) + y * math.sin(angle)) / period * 6.28 + 3 * np.sin(x / rng.uniform(40, 200)))
    return paper * strength


def write_words(rng, pen, width, height, bottom):
    for _ in range(rng.integers(12, 26)):
        size = int(height * rng.uniform(0.022, 0.05))
        font = ImageFont.truetype('DejaVuSans.ttf', size)
        pen.text((rng.uniform(0.33, 0.75) * width, rng.uniform(0.04, bottom - 0.08) * height), pick(rng, WORDS), font=font, fill=int(rng.uniform(20, 110)))


def draw_marked(image, x, y, pitch, font, ink):
    """An N made lower, so that its tilde stands within the line, as some issuers print it."""
    cell = Image.new('L', (round(2 * pitch), round(2 * pitch)), 0)
    ImageDraw.Draw(cell).text((pitch / 2, 1.5 * pitch), 'N', font=font, fill=255, anchor='ls')
    low = round(cell.height * 0.76)
    cell = cell.resize((cell.width, low))
    pen = ImageDraw.Draw(cell)
    left, top, right, _ = cell.getbbox()
    thick = max(2, round(pitch * 0.09))
    pen.line([(left, top - 1.5 * thick), (left + (right - left) * 0.35, top - 2.3 * thick),
              (left + (right - left) * 0.65, top - 1.5 * thick), (right, top - 2.3 * thick)], fill=255, width=thick)
    image.paste(ink, (round(x - pitch / 2), round(y - 1.5 * pitch * 0.76)), cell)


def draw_document(rng, layout, fonts, names=None):
    """A document, 1400 pixels wide, grey."""
    cells, n, ratio = LAYOUTS[layout]
    width = 1400
    height = int(width / ratio)
    pitch = width * rng.uniform(0.9, 0.96) / cells if cells > 30 else width * rng.uniform(0.82, 0.93) / cells
    lines = random_lines(rng, layout, names)
    paper = 235 + waves(rng, height, width, rng.uniform(0, 7))
    image = Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(os.path.join(fonts, 'OCRB.otf'), 100)
    font = ImageFont.truetype(os.path.join(fonts, 'OCRB.otf'), round(100 * pitch / font.getlength('0')))
    distance = pitch * rng.uniform(1.65, 2.3)
    base = height - pitch * rng.uniform(1.0, 2.0)
    write_words(rng, pen, width, height, 1 - (n + 1) * distance / height)
    pen.rectangle([0.04 * width, 0.15 * height, 0.28 * width, 0.62 * height], fill=150)
    pen.ellipse([0.1 * width, 0.22 * height, 0.22 * width, 0.45 * height], fill=205)
    left = (width - pitch * cells) / 2 + rng.normal(0, 0.1) * pitch
    ink = int(rng.uniform(10, 70))
    for row, line in enumerate(lines):
        y = base - (n - 1 - row) * distance
        for i, c in enumerate(line):
            x = left + i * pitch + rng.normal(0, 0.012) * pitch
            if c == 'Ñ':
                draw_marked(image, x, y, pitch, font, ink)
            else:
                pen.text((x, y), c, font=font, fill=ink, anchor='ls')
    if rng.random() < 0.35:
        over = Image.new('L', image.size, 0)
        big = ImageFont.truetype('DejaVuSans-Bold.ttf', int(height * 0.16))
        ImageDraw.Draw(over).text((width * 0.2, height * rng.uniform(0.4, 0.75)), 'SPECIMEN', font=big, fill=int(rng.uniform(20, 70)))
        image = Image.fromarray(np.clip(np.asarray(image, np.int16) - np.asarray(over.rotate(rng.uniform(-20, 20)), np.int16), 0, 255).astype(np.uint8))
    return image, [line.replace('Ñ', 'N') for line in lines]


def perspective(source, target):
    rows = []
    for (x, y), (u, v) in zip(target, source):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return np.linalg.solve(np.array(rows, float), np.array(source, float).ravel())


def photograph(rng, document, mild):
    """On a table, from above or nearly, whichever way up."""
    width, height = document.size
    fill = rng.uniform(0.55, 1.0)
    quarter = 0 if mild and rng.random() < 0.5 else rng.integers(4)
    lean = 0 if rng.random() < 0.3 else rng.uniform(-13, 13)
    document = document.convert('RGB')
    corners = np.array([[-width, -height], [width, -height], [width, height], [-width, height]]) / 2
    angle = math.radians(90 * quarter + lean)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    placed = corners @ turn.T
    if rng.random() < 0.5:
        depth = rng.uniform(-0.12, 0.12, 2) / (width / 2)
        placed = placed / (1 + placed @ depth)[:, None]
    extent = np.abs(placed).max(0) * 2 / fill
    size = np.ceil(extent).astype(int)
    placed = placed + size / 2 + rng.uniform(-0.5, 0.5, 2) * (1 - fill) * extent * 0.5
    table = np.full((size[1], size[0]), rng.uniform(20, 210), np.float32) + waves(rng, size[1], size[0], rng.uniform(0, 12))
    scene = Image.fromarray(np.clip(table, 0, 255).astype(np.uint8)).convert('RGB')
    data = perspective([(0, 0), (width, 0), (width, height), (0, height)], placed)
    warped = document.transform(scene.size, Image.PERSPECTIVE, tuple(data), Image.BICUBIC)
    mask = Image.new('L', document.size, 255).transform(scene.size, Image.PERSPECTIVE, tuple(data), Image.BILINEAR)
    scene.paste(warped, (0, 0), mask)
    return scene


def finish(rng, scene, cells, pitch):
    """At a size where a cell is about @pitch pixels wide; shadow, blur, noise, JPEG."""
    factor = pitch / (1400 * 0.93 / cells)
    scene = scene.resize((max(40, int(scene.width * factor)), max(40, int(scene.height * factor))), Image.LANCZOS)
    pixels = np.asarray(scene, np.float32)
    if rng.random() < 0.4:
        y, x = np.mgrid[0:scene.height, 0:scene.width]
        side = (x - rng.uniform(0, scene.width)) * rng.normal() + (y - rng.uniform(0, scene.height)) * rng.normal()
        pixels = pixels * (1 - rng.uniform(0.1, 0.5) / (1 + np.exp(np.clip(-side / (pitch * rng.uniform(1, 20)), -50, 50))))[..., None]
    pixels = pixels * rng.uniform(0.6, 1.0) + rng.uniform(0, 25)
    scene = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(pitch * abs(rng.normal(0, 0.04))))
    pixels = np.asarray(scene, np.float32) + rng.normal(0, abs(rng.normal(0, 4)), (scene.height, scene.width, 1))
    scene = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    file = io.BytesIO()
    scene.save(file, 'JPEG', quality=int(rng.integers(45, 95)))
    return Image.open(file).convert('RGB')


def make(seed, layout, fonts, pitch=None, mild=False, names=None):
    rng = np.random.default_rng(seed)
    document, lines = draw_document(rng, layout, fonts, names)
    pitch = pitch or math.exp(rng.uniform(math.log(6.5), math.log(45)))
    return finish(rng, photograph(rng, document, mild), LAYOUTS[layout][0], pitch), lines


# Seed, layout, pitch, whether it lies straight, names: what tests/samples/mrz has.
SAMPLES = [(3, 'TD3', 8, True, None), (5, 'TD1', 10, False, None), (8, 'TD2', 9, False, None), (50, 'TD3', 18, True, None),
           (1, 'TD1', 8, True, 'PEÑA<IBAÑEZ<<BEGOÑA')]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--fonts', default='.')
    parser.add_argument('--out', required=True)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=50)
    parser.add_argument('--samples', action='store_true')
    parser.add_argument('--format', default='png')
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    if args.samples:
        with open(os.path.join(args.out, 'truth.jsonl'), 'w', encoding='utf-8') as truth:
            for seed, layout, pitch, mild, names in SAMPLES:
                image, lines = make(seed, layout, args.fonts, pitch, mild, names)
                name = f'{layout.lower()}-{seed}.jpg'
                image.convert('L').save(os.path.join(args.out, name), quality=80)
                truth.write(json.dumps({'file': name, 'format': layout, 'lines': lines}) + '\n')
        return
    for seed in range(args.seed, args.seed + args.count):
        layout = list(LAYOUTS)[seed % len(LAYOUTS)]
        image, lines = make(seed, layout, args.fonts)
        path = os.path.join(args.out, f'{seed:04d}-{layout.lower()}.{args.format}')
        image.save(path)
        with open(path + '.txt', 'w', encoding='utf-8') as file:
            file.write('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main()
