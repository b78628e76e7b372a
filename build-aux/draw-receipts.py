#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints sample receipts of the demo stores: draw-receipts.py OUT_DIR, or one of them with another date:
draw-receipts.py --dated YYYY-MM-DD OUT.png.

Twelve PNG as a camera or scanner sees them, and truth.jsonl with what stands on them (one object a line; `receipts` is
the list of receipts in the picture, amounts are strings). Needs Pillow, numpy, libqrencode and the DejaVu and Noto CJK
fonts. The pictures are the same with each run.
"""
import base64
import ctypes
import ctypes.util
import hashlib
import json
import os
import sys
import unicodedata

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

MONO = '/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf'
BOLD = '/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf'
CJK = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'
CJK_KOREAN = 1
COLUMNS = 40
INK, MOST_BYTES = 38, 120_000


# --- the printer -----------------------------------------------------------------------------

class QrCode(ctypes.Structure):
    _fields_ = [('version', ctypes.c_int), ('width', ctypes.c_int), ('data', ctypes.POINTER(ctypes.c_ubyte))]


def qr_picture(text, module):
    """A QR code of level M with its quiet zone."""
    library = ctypes.CDLL(ctypes.util.find_library('qrencode'))
    library.QRcode_encodeString.restype = ctypes.POINTER(QrCode)
    code = library.QRcode_encodeString(text.encode(), 0, 1, 2, 1).contents
    n = code.width
    dots = np.frombuffer(ctypes.string_at(code.data, n * n), np.uint8).reshape(n, n) & 1
    dots = np.pad(1 - dots, 4, constant_values=1) * 255
    return Image.fromarray(dots.astype(np.uint8)).resize(((n + 8) * module,) * 2, Image.NEAREST)


def cells(text):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in text)


class Printer:
    """A thermal printer of 40 columns; `size` is the height of its letters in pixels."""

    def __init__(self, size):
        self.size, self.cell, self.row = size, size * .602, round(size * 1.30)
        self.margin = round(size * 1.5)
        self.width = round(COLUMNS * self.cell) + 2 * self.margin
        self.strips = []

    def fonts(self, big, bold):
        size = round(self.size * big)
        return ImageFont.truetype(BOLD if bold else MONO, size), ImageFont.truetype(CJK, size, index=CJK_KOREAN)

    def text(self, text, x, big=1.0, bold=False):
        strip = Image.new('L', (self.width, round(self.row * big)), 255)
        draw, (latin, wide) = ImageDraw.Draw(strip), self.fonts(big, bold)
        at = self.margin + x * self.cell
        for c in text:
            n = cells(c)
            font = wide if n == 2 else latin
            draw.text((at + (n * self.cell * big) / 2, strip.height * .80), c, fill=INK, font=font, anchor='ms')
            at += n * self.cell * big
        return strip

    def centre(self, text, big=1.0, bold=False):
        self.strips.append(self.text(text, (COLUMNS - cells(text) * big) / 2, big, bold))

    def pair(self, left, right, bold=False):
        strip = self.text(left, 0, 1, bold)
        self.strips.append(ImageChops.darker(strip, self.text(right, COLUMNS - cells(right), 1, bold)))

    def left(self, text):
        self.strips.append(self.text(text, 0))

    def rule(self, mark='-'):
        self.left(mark * COLUMNS)

    def gap(self, rows=.6):
        self.strips.append(Image.new('L', (self.width, round(self.row * rows)), 255))

    def qr(self, text, module):
        picture = qr_picture(text, module)
        strip = Image.new('L', (self.width, picture.height), 255)
        strip.paste(picture, ((self.width - picture.width) // 2, 0))
        self.strips.append(strip)

    def paper(self, seed):
        """The finished strip of paper: what was printed, worn as thermal paper is, and a toothed edge as mask."""
        top = bottom = round(self.row * 1.2)
        height = top + bottom + sum(s.height for s in self.strips)
        paper, y = Image.new('L', (self.width, height), 255), top
        for strip in self.strips:
            paper.paste(strip, (0, y))
            y += strip.height
        grid = np.asarray(paper, np.float32)
        rnd = np.random.default_rng(seed)
        fade = 1 - .16 * np.abs(np.sin(np.linspace(0, 3.1 + rnd.random(), height)))[:, None]
        heads = 1 - .10 * rnd.random(self.width)[None, :]
        ink = (255 - grid) * fade * heads
        curl = 6 * np.sin(np.linspace(.3, 2.9, self.width))[None, :]
        paper = Image.fromarray(np.clip(244 + curl - ink, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(self.size / 45))
        mask = Image.new('L', paper.size, 255)
        draw = ImageDraw.Draw(mask)
        tooth = self.size * .5
        for k in range(int(self.width / tooth) + 1):
            for edge, into in ((height, -1), (-1, 1)):
                draw.polygon([(k * tooth, edge), ((k + .5) * tooth, edge + into * tooth * .6), ((k + 1) * tooth, edge)], fill=0)
        return paper, mask


# --- the camera ------------------------------------------------------------------------------

def table(size, seed, tone=96):
    """A wooden table under a lamp at the upper left."""
    w, h = size
    rnd = np.random.default_rng(seed)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    grain = sum(a * np.sin(y / p + 2 * np.sin(x / q) + rnd.random() * 6) for a, p, q in ((5, 9, 190), (3, 23, 310), (4, 51, 260)))
    lamp = 26 - 46 * np.hypot(x / w - .3, y / h - .2)
    return Image.fromarray(np.clip(tone + grain + lamp, 0, 255).astype(np.uint8))


def perspective(source, target):
    """The eight numbers that Pillow wants to carry `source` corners to `target` corners."""
    rows = []
    for (sx, sy), (tx, ty) in zip(source, target):
        rows.append([tx, ty, 1, 0, 0, 0, -sx * tx, -sx * ty])
        rows.append([0, 0, 0, tx, ty, 1, -sy * tx, -sy * ty])
    return np.linalg.solve(np.array(rows, float), np.array(source, float).reshape(8))


def lay(ground, paper, mask, centre, turn=0.0, scale=1.0, tilt=0.0):
    """Lays the paper on the ground: turned by degrees, its far edge made shorter by `tilt`."""
    w, h = paper.size
    a = np.radians(turn)
    corners = []
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        narrow = 1 - tilt if sy < 0 else 1 + tilt
        px, py = sx * w / 2 * scale * narrow, sy * h / 2 * scale * (1 - tilt)
        corners.append((centre[0] + px * np.cos(a) - py * np.sin(a), centre[1] + px * np.sin(a) + py * np.cos(a)))
    numbers = perspective([(0, 0), (w, 0), (w, h), (0, h)], corners)
    move = lambda picture: picture.transform(ground.size, Image.PERSPECTIVE, numbers, Image.BICUBIC)
    place = move(mask)
    shadow = ImageChops.offset(place.filter(ImageFilter.GaussianBlur(14)), 12, 16).point(lambda v: v * 5 // 10)
    ground = Image.composite(Image.new('L', ground.size, 24), ground, shadow)
    return Image.composite(move(paper), ground, place)


def fold(paper, at):
    """A crease across the paper: light on one side, shade on the other."""
    grid = np.asarray(paper, np.float32)
    y = np.arange(grid.shape[0])[:, None] - grid.shape[0] * at
    return Image.fromarray(np.clip(grid + 8 * np.exp(-np.abs(y + 7) / 9) - 24 * np.exp(-np.abs(y) / 7), 0, 255).astype(np.uint8))


def save(folder, name, picture):
    path = os.path.join(folder, name)
    picture.quantize(16, dither=Image.Dither.NONE).save(path, optimize=True, bits=4)
    size = os.path.getsize(path)
    assert size < MOST_BYTES, f'{name} has {size} bytes'


# --- what the tills print ----------------------------------------------------------------------

def truth(merchant, country, currency, date, time, total, vat_number, vat, items, document, **more):
    return dict(merchant=merchant, country=country, currency=currency, date=date, time=time, total=total, vat_number=vat_number,
                vat=[dict(zip(('rate', 'gross', 'tax'), row)) for row in vat],
                items=[dict(zip(('text', 'total'), row)) for row in items], document=document, **more)


def comma(amount):
    return amount.replace('.', ',')


def italian(p, name, legal, address, vat_number, rows, vat, total, date, time, number, device):
    """A documento commerciale of an RT till. rows: (text, quantity, unit, rate, total)."""
    p.centre(name, 1.6, True)
    for line in (legal, *address, 'P.IVA ' + vat_number):
        p.centre(line)
    p.gap()
    p.centre('DOCUMENTO COMMERCIALE', 1, True)
    p.centre('di vendita o prestazione')
    p.gap()
    p.pair('DESCRIZIONE', 'IVA%   Prezzo(€)')
    for text, quantity, unit, rate, amount in rows:
        if quantity > 1:
            p.left(f'  {quantity} x {comma(unit)}')
        p.pair(text, f'{rate}%{comma(amount):>10}')
    p.rule()
    p.pair('TOTALE COMPLESSIVO', comma(total), True)
    for rate, gross, tax in vat:
        p.pair(f'di cui IVA {rate}% su {comma(gross)}', comma(tax))
    p.pair('Pagamento elettronico', comma(total))
    p.pair('Importo pagato', comma(total))
    p.gap()
    day = '-'.join(reversed(date.split('-')))
    p.pair(f'{day} {time}', f'DOC. N. {number}')
    p.centre('RT ' + device)
    p.gap(.3)
    p.centre('Grazie e buon viaggio!')
    return truth(name.title() if name.isupper() else name, 'IT', 'EUR', date, time, total, vat_number,
                 [(r, g, t) for r, g, t in vat], [(r[0], r[4]) for r in rows], number)


def lume(p, date='2026-05-14'):
    return italian(p, 'BOTTEGA LUME', 'Bottega Lume di Marin Zanetto S.r.l.', ('Calle dei Lumi 2184', '30125 Venezia VE'), '04199830276',
                   [('Caraffa dipinta a mano', 2, '63.00', '22', '126.00')], [('22', '126.00', '22.72')], '126.00',
                   date, '16:42', '0731-0018', '96MKR004217')


def orso(p):
    return italian(p, "SANT'ORSO", "Dispensa Sant'Orso Soc. Coop.", ('Via delle Nocciole 9', '10123 Torino TO'), '08872040012',
                   [('Olio extravergine 500ml', 1, '18.50', '4', '18.50'), ('Gianduiotti 12 pz', 1, '10.90', '10', '10.90')],
                   [('4', '18.50', '0.71'), ('10', '10.90', '0.99')], '29.40', '2026-05-16', '11:05', '0412-0007', '72IVE118830')


def moka(p):
    return italian(p, "SANT'ORSO", "Dispensa Sant'Orso Soc. Coop.", ('Via delle Nocciole 9', '10123 Torino TO'), '08872040012',
                   [('Caffettiera moka 3 tazze', 1, '34.00', '22', '34.00')], [('22', '34.00', '6.13')], '34.00',
                   '2026-05-17', '18:20', '0413-0031', '72IVE118830')


def satchel(p):
    return italian(p, 'CUOIO ARNOLFI', 'Cuoio Arnolfi S.n.c.', ('Via dei Conciatori Vecchi 17', '50122 Firenze FI'), '05630710480',
                   [('Cartella cognac', 1, '285.00', '22', '285.00')], [('22', '285.00', '51.39')], '285.00',
                   '2026-05-19', '15:37', '0088-0004', '53SNS302115')


def wallet(p):
    return italian(p, 'CUOIO ARNOLFI', 'Cuoio Arnolfi S.n.c.', ('Via dei Conciatori Vecchi 17', '50122 Firenze FI'), '05630710480',
                   [('Portacarte piegato', 1, '72.00', '22', '72.00')], [('22', '72.00', '12.98')], '72.00',
                   '2026-05-19', '15:52', '0088-0006', '53SNS302115')


def aubrelle(p):
    p.centre('MAISON AUBRELLE', 1.5, True)
    for line in ('14 rue des Trois-Sources', '75003 Paris', 'SIRET 83917046100017', 'TVA FR70839170461'):
        p.centre(line)
    p.gap()
    p.pair('Ticket 26-004417', '18/05/2026 14:23')
    p.rule()
    p.pair('Nuit de Figuier EDP 50 ml', '118,00 €')
    p.left('  2 x 9,50 €')
    p.pair('Savon cube olive laurier', '19,00 €')
    p.rule()
    p.pair('TOTAL TTC', '137,00 €', True)
    p.gap(.4)
    p.pair('TVA    HT        TVA', 'TTC')
    p.pair('20 %   114,17    22,83', '137,00')
    p.gap(.4)
    p.pair('CB sans contact', '137,00 €')
    p.gap()
    p.centre('Détaxe possible dès 100,01 €')
    p.centre('Merci de votre visite')
    return truth('Maison Aubrelle', 'FR', 'EUR', '2026-05-18', '14:23', '137.00', 'FR70839170461', [('20', '137.00', '22.83')],
                 [('Nuit de Figuier EDP 50 ml', '118.00'), ('Savon cube olive laurier', '19.00')], '26-004417')


def kesselhof(p):
    # Signature and key are of the right length and mean nothing.
    key = lambda text, n: base64.b64encode((hashlib.sha512(text.encode()).digest() * 2)[:n]).decode()
    code = ('V0;KH-SOL-0042;Kassenbeleg-V1;Beleg^238.00_0.00_0.00_0.00_0.00^238.00:Unbar;2317;4711;2026-05-20T09:12:31.000Z;'
            f'2026-05-20T09:12:34.000Z;ecdsa-plain-SHA256;unixTime;{key("signature", 64)};{key("key", 65)}')
    p.centre('KESSELHOF', 1.6, True)
    for line in ('Kesselhof Werkstätten GmbH', 'Schleiferweg 31', '42651 Solingen', 'USt-IdNr. DE817263547'):
        p.centre(line)
    p.gap()
    p.pair('Kochmesser 20 cm          A', '149,00')
    p.pair('Kolbenfüller schwarz M    A', '89,00')
    p.rule('=')
    p.pair('SUMME EUR', '238,00', True)
    p.pair('Kartenzahlung EUR', '238,00')
    p.gap(.4)
    p.pair('Steuer %    Netto     MwSt', 'Brutto')
    p.pair('A 19,0     200,00    38,00', '238,00')
    p.gap(.4)
    p.pair('20.05.2026 11:12', 'Bon 2317')
    p.left('TSE-Transaktion 2317  Signatur 4711')
    p.qr(code, 4)
    p.centre('Vielen Dank!')
    return truth('Kesselhof', 'DE', 'EUR', '2026-05-20', '11:12', '238.00', 'DE817263547', [('19', '238.00', '38.00')],
                 [('Kochmesser 20 cm', '149.00'), ('Kolbenfüller schwarz M', '89.00')], '2317', code=code)


def brisa(p):
    code = ('https://www2.agenciatributaria.gob.es/wlpl/TIKE-CONT/ValidarQR?nif=B96371505&numserie=T26-00418'
            '&fecha=22-05-2026&importe=189.00')
    p.centre('TALLER BRISA', 1.5, True)
    for line in ('Taller Brisa S.L.   NIF B96371505', 'Carrer de les Veles 22', '46011 València'):
        p.centre(line)
    p.gap()
    p.centre('FACTURA SIMPLIFICADA')
    p.pair('N.º T26-00418', '22/05/2026 12:48')
    p.rule()
    p.pair('1 Zapatillas blancas 40', '79,00')
    p.pair('1 Gafas redondas miel', '110,00')
    p.rule()
    p.pair('TOTAL EUR', '189,00', True)
    p.pair('Base 21 %', '156,20')
    p.pair('IVA 21 %', '32,80')
    p.pair('Tarjeta', '189,00')
    p.gap(.4)
    p.centre('QR tributario:')
    p.qr(code, 5)
    p.centre('VERI*FACTU')
    return truth('Taller Brisa', 'ES', 'EUR', '2026-05-22', '12:48', '189.00', 'B96371505', [('21', '189.00', '32.80')],
                 [('Zapatillas blancas 40', '79.00'), ('Gafas redondas miel', '110.00')], 'T26-00418', code=code)


def klomp(p):
    p.centre('KLOMP & KADE', 1.5, True)
    for line in ('Brouwersdwarskade 61', '1013 AZ Amsterdam', 'BTW NL857319462B01'):
        p.centre(line)
    p.gap()
    p.pair('Bon 100238', '23-05-2026 17:09')
    p.rule()
    p.pair('1x Tuinklompen maat 40', '€ 39,00')
    p.pair('1x Kaasplank eiken', '€ 46,00')
    p.rule()
    p.pair('Totaal', '€ 85,00', True)
    p.pair('PIN', '€ 85,00')
    p.gap(.4)
    p.pair('BTW      Over       BTW-bedrag', 'Totaal')
    p.pair('21%      70,25      14,75', '85,00')
    p.gap()
    p.centre('Bedankt en tot ziens')
    return truth('Klomp & Kade', 'NL', 'EUR', '2026-05-23', '17:09', '85.00', 'NL857319462B01', [('21', '85.00', '14.75')],
                 [('Tuinklompen maat 40', '39.00'), ('Kaasplank eiken', '46.00')], '100238')


def ansermoz(p):
    p.centre('ATELIER ANSERMOZ', 1.4, True)
    for line in ('Rue du Balancier 5', '2000 Neuchâtel', 'CHE-204.719.350 TVA'):
        p.centre(line)
    p.gap()
    p.pair('Quittance 5521', '26.05.2026 10:31')
    p.rule()
    p.pair('Montre Lac automatique  1', "640.00")
    p.left('  No de série AL38-00719')
    p.pair('Truffes boîte de 9      2', '24.50')
    p.rule()
    p.pair('TOTAL CHF', '664.50', True)
    p.pair('Carte', 'CHF 664.50')
    p.gap(.4)
    p.pair('TVA 1  8.1%  sur 640.00', '47.96')
    p.pair('TVA 2  2.6%  sur  24.50', '0.62')
    p.gap()
    p.centre('Garantie 5 ans')
    return truth('Atelier Ansermoz', 'CH', 'CHF', '2026-05-26', '10:31', '664.50', 'CHE-204.719.350', [('8.1', '640.00', '47.96'), ('2.6', '24.50', '0.62')],
                 [('Montre Lac automatique', '640.00'), ('Truffes boîte de 9', '24.50')], '5521')


def haneul(p):
    p.centre('하늘담', 1.7, True)
    for line in ('서울특별시 종로구 북촌로11나길 27', '사업자번호 110-81-73420', '대표 한소담   TEL 02-000-0417'):
        p.centre(line)
    p.gap()
    p.pair('[영수증]', '2026-05-28 15:20:41')
    p.rule()
    p.pair('상품명            수량', '금액')
    p.pair('쑥 나이트 크림       1', '39,000')
    p.pair('옹기 항아리 3L       1', '62,000')
    p.rule()
    p.pair('합계', '101,000', True)
    p.pair('공급가액', '91,818')
    p.pair('부가세', '9,182')
    p.pair('신용카드', '101,000')
    p.gap()
    p.pair('승인번호 30418852', 'NO. 0528-0147')
    p.centre('Tax Refund 가능 매장')
    return truth('하늘담', 'KR', 'KRW', '2026-05-28', '15:20', '101000', '110-81-73420', [('10', '101000', '9182')],
                 [('쑥 나이트 크림', '39000'), ('옹기 항아리 3L', '62000')], '0528-0147')


def thornby(p):
    p.centre('THORNBY & LISLE', 1.4, True)
    for line in ('8 Candlemaker Close', 'Edinburgh EH1 2QE', 'VAT No. GB384720635'):
        p.centre(line)
    p.gap()
    p.pair('Sale 77104', '30/05/2026 13:14')
    p.rule()
    p.pair('Lambswool scarf heather', '£85.00')
    p.pair('Walking umbrella ash', '£95.00')
    p.rule()
    p.pair('TOTAL', '£180.00', True)
    p.pair('Contactless Visa', '£180.00')
    p.gap(.4)
    p.pair('VAT 20% included', '£30.00')
    p.pair('Net', '£150.00')
    p.gap()
    p.centre('Mind the rain. Thank you!')
    return truth('Thornby & Lisle', 'GB', 'GBP', '2026-05-30', '13:14', '180.00', 'GB384720635', [('20', '180.00', '30.00')],
                 [('Lambswool scarf heather', '85.00'), ('Walking umbrella ash', '95.00')], '77104')


# --- the pictures ------------------------------------------------------------------------------

def printed(till, size, seed):
    printer = Printer(size)
    said = till(printer)
    return (*printer.paper(seed), said)


def seen(till, size, seed, turn=0.0, tilt=0.0, crease=None, margin=70, landscape=False, tone=96):
    """One receipt on a table, as a camera sees it."""
    paper, mask, said = printed(till, size, seed)
    if crease:
        paper = fold(paper, crease)
    w, h = paper.width + 2 * margin, paper.height + 2 * margin
    if landscape:
        w = max(w, h * 4 // 3)
    return lay(table((w, h), seed, tone), paper, mask, (w / 2, h / 2), turn, .97, tilt), [said]


def scanned(till, size, seed):
    """One receipt on a flatbed: white around it, nothing bent."""
    paper, mask, said = printed(till, size, seed)
    page = Image.new('L', (paper.width + 80, paper.height + 80), 252)
    page.paste(paper, (40, 40))
    return page, [said]


def two():
    one, mask_one, said_one = printed(satchel, 24, 31)
    other, mask_other, said_other = printed(moka, 24, 32)
    size = (one.width + other.width + 210, max(one.height, other.height) + 190)
    ground = lay(table(size, 33, 88), one, mask_one, (one.width / 2 + 66, size[1] / 2 - 16), -3.5)
    return lay(ground, other, mask_other, (size[0] - other.width / 2 - 66, size[1] / 2 + 20), 4), [said_one, said_other]


def sideways():
    picture, said = seen(wallet, 26, 41, 1.5, .01)
    return picture.transpose(Image.Transpose.ROTATE_90), said


def harbour():
    """No receipt at all: hills, water and a sail, with rows of windows that are no rows of text."""
    w, h = 1000, 750
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    grid = 214 - 70 * y / h + 30 * np.exp(-((x - 700) ** 2 + (y - 190) ** 2) / 9000)
    for k, (base, tone) in enumerate(((330, 150), (380, 118), (430, 86))):
        ridge = base - 46 * np.sin(x / (150 - 25 * k) + k * 2) - 22 * np.sin(x / 47 + k)
        grid = np.where(y > ridge, tone + 10 * np.sin(x / 31 + y / 17), grid)
    water = 120 + 26 * np.sin(y / 5 + 3 * np.sin(x / 60)) * (y - 470) / 280
    grid = np.where(y > 470, water, grid)
    picture = Image.fromarray(np.clip(grid, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for k in range(7):
        left, top = 40 + k * 74, 390 - (k * 37) % 60
        draw.rectangle((left, top, left + 62, 474), fill=170 + (k * 29) % 60)
        for row in range(3):
            for column in range(3):
                draw.rectangle((left + 8 + column * 18, top + 10 + row * 22, left + 16 + column * 18, top + 22 + row * 22), fill=70)
    draw.polygon([(690, 250), (690, 560), (590, 540)], fill=236)
    draw.polygon([(700, 220), (704, 560), (850, 548)], fill=200)
    draw.polygon([(560, 572), (880, 562), (830, 640), (610, 644)], fill=52)
    return picture.filter(ImageFilter.GaussianBlur(1.2)), []


PICTURES = {
    'it-bottega-lume.png': lambda: seen(lume, 30, 1, 2.0, .008, landscape=True),
    'it-santorso-small.png': lambda: seen(orso, 26, 2, -4.0, .012, .52),
    'fr-maison-aubrelle.png': lambda: seen(aubrelle, 26, 3, 3.0, .0, .40),
    'de-kesselhof-qr.png': lambda: seen(kesselhof, 24, 4, -1.5, .006),
    'es-taller-brisa-qr.png': lambda: scanned(brisa, 24, 5),
    'nl-klomp-kade.png': lambda: seen(klomp, 26, 6, 5.5, .01, tone=70),
    'ch-atelier-ansermoz.png': lambda: seen(ansermoz, 26, 7, -2.5, .015, .6),
    'kr-haneul-dam.png': lambda: seen(haneul, 28, 8, 1.5, .006),
    'gb-thornby-lisle.png': lambda: scanned(thornby, 26, 9),
    'it-two-receipts.png': two,
    'it-cuoio-arnolfi-sideways.png': sideways,
    'no-receipt.png': harbour,
}


def main():
    if sys.argv[1] == '--dated':
        date, out = sys.argv[2:]
        picture, _ = seen(lambda printer: lume(printer, date), 30, 1, 2.0, .008, landscape=True)
        save(os.path.dirname(out), os.path.basename(out), picture)
        return
    folder = sys.argv[1]
    with open(os.path.join(folder, 'truth.jsonl'), 'w', encoding='utf-8') as file:
        for name, take in PICTURES.items():
            picture, receipts = take()
            save(folder, name, picture)
            file.write(json.dumps({'file': name, 'receipts': receipts}, ensure_ascii=False) + '\n')


main()
