# SPDX-License-Identifier: GPL-3.0-or-later
"""Store logos, campaign banners and the scenes of empty pages: everything where the paper boat may sail by."""
import math
import random
from html import escape

from .studio import Picture, curve, dark, ell, light, mix, num, point, poly, rrect

LAGOON, DEEP, SAFFRON = '#1c98a0', '#0f6b73', '#e8a317'
PAPER = ('#ffffff', '#dfe4e2', '#b9c4c2', '#93a2a0', LAGOON)


class Sheet(Picture):
    """A drawing of any size without the studio's ground."""

    def __init__(self, width, height, title):
        super().__init__('kitchen', title)
        self.width, self.height = width, height

    def svg(self, zoom=None):
        return ('<?xml version="1.0" encoding="UTF-8"?>\n<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n'
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}">\n'
                f'<title>{escape(self.title)}</title>\n<defs>\n' + '\n'.join(self.defs) + '\n</defs>\n' + '\n'.join(self.out) + '\n</svg>\n')


def boat(p, x, y, s, turn=-4, paper=PAPER, printed=True):
    """The boat of the app icon, its keel at (x, y), 94 units long times s."""
    white, shade, lee, ink, total = paper
    p.group(f'translate({point(x, y)}) rotate({turn}) scale({s}) translate(-64 -96)')
    p.fill('M61 20 64 74.5 37.5 67Z', p.linear([(0, white), (1, mix(white, shade, .5))], 0, 0, 1, 0))
    if printed:
        p.line('M55.5 43.5l4.5 1.3M51.5 51.5l8.800 2.5M47.5 59.5l13.200 3.800', ink, 2.6)
    p.fill('M61 20 91 64.5 64 74.5Z', p.linear([(0, lee), (1, shade)], 0, 0, 1, 0))
    p.fill('M17 61 64 74.5l47-17.5-21 39H38Z', p.linear([(0, white), (1, shade)], 0, 0, 1, .35))
    p.fill('M64 74.5 111 57 90 96H70Z', dark(lee, .6), .14)
    if printed:
        p.line('M32 71.5 51 77M57.5 79l2 .6M36 79.5 48 83M55 85l5 1.4', ink, 2.8)
        p.line('M71.5 79.5 84 75M93 71.700l6-2.200', dark(ink, .1), 2.8)
        p.line('M71.5 87.3l10-3.600M90 80.600l6-2.100', total, 3.6)
    p.end()


def waves(x0, x1, y, step, rise, bottom):
    d, n = f'M{point(x0, y)}', math.ceil((x1 - x0) / step)
    d += f'q{num(step / 2)} {num(-rise)} {num(step)} 0' + f't{num(step)} 0' * (n - 1)
    return d + f'V{num(bottom)}H{num(x0)}Z'


# --- logos -----------------------------------------------------------------------------------

def logo(title, ground):
    p = Sheet(128, 128, title)
    p.fill(rrect(0, 0, 128, 128, 30), p.linear([(0, light(ground, .16)), (1, dark(ground, .22))]))
    return p


def bottega_lume():
    p = logo('Bottega Lume', DEEP)
    p.fill('M64 18C86 44 92 60 88 78C84 96 74 104 64 104C54 104 44 96 40 78C36 60 42 44 64 18Z', '#fdf3d9')
    p.fill('M64 50C76 64 78 74 76 84C74 92 69 96 64 96C59 96 54 92 52 84C50 74 52 64 64 50Z', SAFFRON)
    p.line('M44 112H84', '#fdf3d9', 6)
    return p


def cuoio_arnolfi():
    p = logo('Cuoio Arnolfi', '#7b3f1f')
    p.line('M64 26L30 102M64 26L98 102M44 74H84', '#f3d9a8', 13)
    p.line('M64 26L30 102M64 26L98 102M44 74H84', '#7b3f1f', 2.6, dash='7 6')
    return p


def dispensa_orso():
    p = logo('Dispensa Sant’Orso', '#5a6b2c')
    for x in (36, 92):
        p.fill(ell(x, 40, 17, 17), '#f6ecd0')
        p.fill(ell(x, 40, 8, 8), '#b98a55')
    p.fill(ell(64, 68, 42, 40), '#f6ecd0')
    p.fill(ell(64, 84, 20, 16), '#e2c795')
    p.fill(ell(64, 77, 8, 6), '#3a2a18')
    p.line('M64 84V92M64 92Q56 98 50 93M64 92Q72 98 78 93', '#3a2a18', 3.4)
    for x in (48, 80):
        p.fill(ell(x, 62, 4.6, 5.4), '#3a2a18')
    return p


def maison_aubrelle():
    p = logo('Maison Aubrelle', '#2e3b34')
    p.fill('M30 78A34 34 0 0 1 98 78Z', '#e9b36a')
    p.line('M64 30V20M39 40L32 33M89 40L96 33M25 62L16 58M103 62L112 58', '#e9b36a', 5)
    p.line('M20 78H108M32 92H96M46 106H82', '#f6ecd9', 5)
    return p


def kesselhof():
    p = logo('Kesselhof', '#39434b')
    for flip in (1, -1):
        p.group(f'translate(64 64) scale({flip} 1) rotate(45)')
        p.fill('M-7 -50C6 -40 8 -14 7 16H-7Z', '#eef1f3')
        p.fill(rrect(-8, 18, 16, 32, 6), '#c98a4a')
        p.end()
    p.fill(ell(64, 64, 7, 7), SAFFRON)
    return p


def asagiri():
    p = logo('Asagiri-dō', '#344a6b')
    p.fill(ell(64, 50, 26, 26), '#e4572e')
    p.fill('M14 84Q34 52 54 74Q76 42 114 84Z', '#dfe8ef', .95)
    p.line('M18 92H88M46 104H110', '#dfe8ef', 6)
    return p


def haneul_dam():
    p = logo('Haneul Dam', '#4d7f72')
    p.fill('M12 66C34 64 50 50 64 30C78 50 94 64 116 66C112 74 104 76 96 74L64 54L32 74C24 76 16 74 12 66Z', '#f4efe2')
    p.line('M36 84V104M64 66V104M92 84V104M26 104H102', '#f4efe2', 6)
    p.fill(ell(64, 18, 6, 6), '#e8a317')
    return p


def thornby_lisle():
    p = logo('Thornby & Lisle', '#24402f')
    p.fill('M40 58C40 84 52 92 64 92C76 92 88 84 88 58Z', '#8fae7b')
    for k in range(7):
        a = -48 + k * 16
        p.add(f'<path d="M60 60L64 18L68 60Z" fill="{["#b58cc0", "#9a6aa8"][k % 2]}" transform="rotate({a} 64 64)"/>')
    p.line('M44 66H84M47 76H81', '#24402f', 2.6)
    p.line('M64 92V112M64 106C54 104 46 98 42 92M64 106C74 104 82 98 86 92', '#8fae7b', 5)
    return p


def taller_brisa():
    p = logo('Taller Brisa', '#2b7fb8')
    p.line('M18 52H78C94 52 94 30 80 30C72 30 70 38 74 42', '#ffffff', 7)
    p.line('M30 70H98C114 70 114 92 100 92C92 92 90 84 94 80', '#fbe3a6', 7)
    p.line('M18 88H64C78 88 78 106 66 106', '#ffffff', 7)
    return p


def klomp_kade():
    p = logo('Klomp & Kade', '#c2531f')
    p.fill('M36 108V56H44V44H52V32H58V24H70V32H76V44H84V56H92V108Z', '#fbf1de')
    for x, y in ((50, 62), (70, 62), (50, 82), (70, 82)):
        p.fill(rrect(x - 2, y, 12, 14, 2), '#c2531f')
    p.fill(rrect(59, 42, 10, 12, 2), '#c2531f')
    p.line('M20 112q11-7 22 0t22 0 22 0 22 0', '#fbf1de', 5)
    return p


def atelier_ansermoz():
    p = logo('Atelier Ansermoz', '#1d2f47')
    for k in range(12):
        p.add(f'<rect x="58" y="14" width="12" height="20" rx="4" fill="#d9dfe3" transform="rotate({k * 30} 64 64)"/>')
    p.line(ell(64, 64, 33, 33), '#d9dfe3', 11)
    p.line('M64 64V42M64 64L80 72', SAFFRON, 6)
    p.fill(ell(64, 64, 5, 5), SAFFRON)
    return p


def lumen_harbour():
    p = logo('Lumen Harbour', '#20365c')
    p.fill('M70 34L118 14V54Z', '#ffd98a', .9)
    p.fill('M58 34L10 22V46Z', '#ffd98a', .55)
    p.fill('M54 46H74L82 104H46Z', '#f4f6f8')
    p.fill('M52 62H76L78 76H50Z', '#d94f38')
    p.fill(rrect(54, 26, 20, 18, 4), SAFFRON)
    p.fill('M50 26L64 14L78 26Z', '#f4f6f8')
    p.line('M24 110q10-7 20 0t20 0 20 0 20 0', '#7fc0d8', 5)
    return p


LOGOS = {'bottega-lume': bottega_lume, 'cuoio-arnolfi': cuoio_arnolfi, 'dispensa-orso': dispensa_orso, 'maison-aubrelle': maison_aubrelle,
         'kesselhof': kesselhof, 'asagiri': asagiri, 'haneul-dam': haneul_dam, 'thornby-lisle': thornby_lisle, 'taller-brisa': taller_brisa,
         'klomp-kade': klomp_kade, 'atelier-ansermoz': atelier_ansermoz, 'lumen-harbour': lumen_harbour}


# --- banners: the left half stays calm and dark enough for white words ------------------------

def veil(p, color):
    p.fill('M0 0H1600V500H0Z', p.linear([(0, color, .92), (.38, color, .7), (.62, color, 0)], 0, 0, 1, 0))


def dome(p, x, y, s, c):
    """Basin churches of Venice, as a silhouette."""
    p.group(f'translate({x} {y}) scale({s})')
    p.fill('M-120 0V-70H-92V-96C-92 -150 -58 -176 -50 -200C-42 -176 -8 -150 -8 -96V-70H20V-84C20 -112 38 -126 44 -142C50 -126 68 -112 68 -84V-60H120V0Z', c)
    p.line('M-50 -200V-226M44 -142V-158', c, 5)
    p.end()


def marco_polo():
    p = Sheet(1600, 500, 'A paper boat leaves the lagoon at sunset')
    p.fill('M0 0H1600V500H0Z', p.linear([(0, '#0f5a66'), (.45, '#5aa9a4'), (.72, '#f6c76a'), (1, '#f2a93c')]))
    p.fill(ell(1240, 300, 330, 330), p.radial([(0, '#fff3c8', .95), (.3, '#ffdf94', .5), (1, '#ffdf94', 0)], .5, .5, .5))
    p.fill(ell(1240, 306, 78, 78), '#fff6dc')
    for x, y, rx in ((980, 120, 120), (1060, 136, 90), (1440, 90, 130), (1520, 108, 90), (760, 70, 80)):
        p.soft(ell(x, y, rx, 13), '#ffeecb', 7, .5)
    far = '#3f7f83'
    dome(p, 900, 352, .6, far)
    p.fill('M1010 352V170L1026 138L1042 170V352Z', far)
    p.fill(poly([(1060, 352), (1060, 318), (1120, 318), (1120, 304), (1180, 304), (1180, 352)]), far)
    dome(p, 1480, 352, .5, far)
    p.fill('M1340 352V326H1404V312H1440V352ZM1540 352V310H1600V352Z', far)
    p.fill('M700 352V334H760V322H800V352Z', far)
    p.fill('M0 346H1600V500H0Z', p.linear([(0, '#66b0a8'), (.25, '#1c98a0'), (1, '#0b4f57')]))
    p.soft(poly([(1190, 348), (1290, 348), (1360, 500), (1120, 500)]), '#ffe2a0', 14, .65)
    rnd = random.Random(4)
    for k in range(70):
        y = 356 + rnd.random() ** 1.6 * 140
        x, w = rnd.uniform(560, 1600), 20 + (y - 350) * .6
        p.line(f'M{point(x, y)}q{num(w / 2)} -5 {num(w)} 0', '#fff0c4' if 1120 < x < 1360 else '#9fe0da', 2.4, round(rnd.uniform(.2, .6), 2))
    p.soft(ell(1100, 458, 190, 16), '#062f36', 10, .5)
    boat(p, 1090, 460, 3.3, -5)
    p.fill(waves(820, 1420, 462, 60, 14, 500), p.linear([(0, '#128089'), (1, '#0a4750')]), .96)
    p.line('M850 470q30-12 60 0M1330 476q30-12 60 0M940 486q30-12 60 0', '#aee9e2', 3, .6)
    veil(p, '#0b4650')
    return p


def lantern(p, x, y, s, c):
    p.line(f'M{x} -10V{num(y - 70 * s)}', '#5f3304', 3, .7)
    p.fill(ell(x, y, 150 * s, 150 * s), p.radial([(0, '#fff0b8', .75), (1, '#ffd97a', 0)], .5, .5, .5))
    p.group(f'translate({x} {y}) scale({s})')
    p.fill(ell(0, 0, 74, 62), p.radial([(0, '#fff4cc'), (.4, light(c, .35)), (.8, c), (1, dark(c, .35))], .45, .4, .7))
    for k in (-52, -26, 0, 26, 52):
        p.line(f'M{k * .4} -62Q{k * 1.75} 0 {k * .4} 62', dark(c, .45), 2, .4)
    p.fill(rrect(-26, -74, 52, 16, 5), '#7a4a08')
    p.fill(rrect(-26, 58, 52, 16, 5), '#7a4a08')
    p.line('M-8 76V112M0 76V122M8 76V112', '#f6d58a', 4)
    p.end()


def parcel(p, x, y, w, h, c, ribbon):
    p.soft(ell(x + w * .1, y + 4, w * .62, 14), '#3a1c02', 9, .5)
    p.fill(rrect(x - w / 2, y - h, w, h, 10), p.linear([(0, light(c, .3)), (.6, c), (1, dark(c, .3))], 0, 0, 1, .6))
    p.fill(f'M{num(x - w * .09)} {num(y - h)}H{num(x + w * .09)}V{num(y)}H{num(x - w * .09)}Z', p.linear([(0, light(ribbon, .4)), (1, dark(ribbon, .15))], 0, 0, 1, 0))
    for s in (-1, 1):
        p.form(f'M{num(x)} {num(y - h)}C{num(x + s * 20)} {num(y - h - 54)} {num(x + s * 78)} {num(y - h - 50)} {num(x + s * 62)} {num(y - h - 18)}C{num(x + s * 50)} {num(y - h - 2)} {num(x + s * 20)} {num(y - h)} {num(x)} {num(y - h)}Z', ribbon, 8)
    p.form(ell(x, y - h - 6, 13, 12), ribbon, 5)


def november_sale():
    p = Sheet(1600, 500, 'Lanterns and parcels')
    p.fill('M0 0H1600V500H0Z', p.linear([(0, '#8a4a06'), (.5, '#c47a10'), (1, '#f0b63c')], 0, 0, 1, .12))
    p.fill(ell(1240, 240, 520, 420), p.radial([(0, '#ffe9ae', .85), (1, '#ffe0a0', 0)], .5, .5, .5))
    rnd = random.Random(11)
    for _ in range(60):
        p.fill(ell(rnd.uniform(640, 1600), rnd.uniform(0, 420), rnd.uniform(1.5, 5), rnd.uniform(1.5, 5)), '#fff4cf', round(rnd.uniform(.25, .8), 2))
    for x, y, s, c in ((900, 120, .62, '#d9562f'), (1060, 190, .95, '#e0642e'), (1260, 128, .72, '#1c98a0'), (1400, 200, 1.02, '#d9562f'), (1550, 110, .66, '#e0642e')):
        lantern(p, x, y, s, c)
    p.fill('M0 470Q900 424 1600 446V500H0Z', p.linear([(0, '#a8620a'), (1, '#7d4405')]), .9)
    for x, y, w, h, c, r in ((1500, 470, 150, 96, DEEP, '#f2c04e'), (1170, 462, 190, 130, LAGOON, '#f2c04e'), (1340, 476, 150, 160, '#f4ead4', '#c8402f'), (1010, 476, 130, 84, '#c8402f', '#f2c04e')):
        parcel(p, x, y, w, h, c, r)
    boat(p, 1170, 322, 1.15, -6)
    veil(p, '#7d4405')
    return p


def tax_back():
    p = Sheet(1600, 500, 'Eight paper boats come home')
    p.fill('M0 0H1600V500H0Z', p.linear([(0, '#1d6a52'), (.5, '#4fae86'), (1, '#d7f0c9')], 0, 0, .25, 1))
    p.fill(ell(1380, 110, 300, 260), p.radial([(0, '#fffbe0', .95), (1, '#fff6c8', 0)], .5, .5, .5))
    for x, y, r in ((1040, 96, 70), (1110, 84, 90), (1180, 100, 60), (1480, 170, 60), (1540, 160, 80), (780, 150, 50)):
        p.soft(ell(x, y, r, r * .3), '#ffffff', 10, .6)
    p.fill(waves(0, 1680, 236, 140, 16, 500), p.linear([(0, '#58bda0'), (1, '#2a8f80')]))
    tints = ['#ffffff', '#ffe6b8', '#ffd3cf', '#d9ecff', '#e6defa', '#fff3a8', '#d2f3e2', '#ffffff']
    rows = [(236, .78, ((1010, 0), (1240, 1), (1450, 2))), (306, 1.12, ((900, 3), (1150, 4), (1400, 5))), (410, 1.62, ((1030, 6), (1350, 7)))]
    for i, (y, s, spots) in enumerate(rows):
        for x, k in spots:
            c = tints[k]
            boat(p, x, y + 30 * s, s, -5 + (k % 3) * 2, (c, dark(c, .10), dark(c, .26), dark(c, .42), '#2e9e5b'))
        p.fill(waves(-60 + i * 40, 1720, y + 22 * s, 120 + i * 30, 14 + 5 * i, 500), p.linear([(0, ('#3fa890', '#27937f', '#147766')[i]), (1, ('#1f8272', '#136b5c', '#0b5044')[i])]), .97)
    rnd = random.Random(5)
    for _ in range(26):
        x, y = rnd.uniform(620, 1600), rnd.uniform(440, 494)
        p.line(f'M{point(x, y)}q16 -7 32 0', '#bff0dc', 2.6, .5)
    veil(p, '#0e4a3a')
    return p


BANNERS = {'marco-polo': marco_polo, 'november-sale': november_sale, 'tax-back': tax_back}


# --- scenes of empty pages: soft, and at home on light and on dark grounds ---------------------

def scene(title, halo=LAGOON):
    p = Sheet(256, 192, title)
    p.fill(ell(128, 98, 92, 88), p.linear([(0, halo, .30), (1, halo, .12)]))
    return p


def sea(p, y=136, x0=28, x1=228, s=1, colors=('#2fb0b3', DEEP, '#a9ecea')):
    """A dish of water: waves on top, round below."""
    p.inside(ell((x0 + x1) / 2, y - 2 * s, (x1 - x0) / 2, 32 * s))
    p.fill(waves(x0, x1 + 25 * s, y, 25 * s, 6 * s, y + 60 * s), p.linear([(0, colors[0]), (.5, colors[1])]))
    w = 8 * s
    p.line(f'M{num(x0 + 30 * s)} {num(y + 12 * s)}q{num(w)}-{num(w / 2)} {num(2 * w)} 0t{num(2 * w)} 0M{num(x1 - 78 * s)} {num(y + 16 * s)}'
           f'q{num(w)}-{num(w / 2)} {num(2 * w)} 0t{num(2 * w)} 0', colors[2], 2 * s, .6)
    p.end()


def plain_boat():
    p = scene('A paper boat')
    boat(p, 128, 148, 1.25)
    sea(p)
    return p


def first_run():
    p = scene('A paper boat sets out')
    p.fill(ell(184, 66, 21, 21), SAFFRON)
    p.fill(ell(184, 66, 30, 30), SAFFRON, .25)
    p.fill('M42 134V112H50V94L56 84L62 94V112H72V104C72 96 80 92 83 86C86 92 94 96 94 104V134Z', mix(LAGOON, '#6b8f94', .4), .75)
    p.line('M60 46q6-6 12 0q6-6 12 0M96 30q5-5 10 0q5-5 10 0', '#7fa3a6', 2.6)
    boat(p, 134, 150, 1.38, -6)
    sea(p)
    return p


def empty_basket():
    p = scene('A basket with a paper boat in it')
    boat(p, 126, 128, 1.1, -3)
    p.line('M84 106C84 60 104 46 128 46C152 46 172 60 172 106', '#8a5a22', 7)
    p.line('M84 106C84 60 104 46 128 46C152 46 172 60 172 106', '#d9a95c', 4)
    d = 'M62 104H194L182 164Q180 172 172 172H84Q76 172 74 164Z'
    p.fill(d, p.linear([(0, '#e0b063'), (1, '#a9702c')], 0, 0, 1, 1))
    p.inside(d)
    for r in range(6):
        for k in range(12):
            x = 58 + k * 12 + (r % 2) * 6
            p.fill(rrect(x, 112 + r * 11, 10, 7, 3), '#7a4a16', .35)
            p.fill(rrect(x, 111 + r * 11, 10, 3, 1.5), '#fff0c8', .35)
    p.end()
    p.fill(rrect(56, 98, 144, 12, 6), p.linear([(0, '#f0cb88'), (1, '#b27a34')]))
    return p


def receipt(p, x, y, w, h, turn=0, paper='#fbfaf5'):
    teeth = ''.join(f'l{num(-w / 24)} 5l{num(-w / 24)} -5' for _ in range(12))
    d = f'M{x} {y}H{x + w}V{y + h}{teeth}Z'
    p.group(f'rotate({turn} {num(x + w / 2)} {num(y + h / 2)})')
    p.soft(rrect(x + 4, y + 6, w, h, 3), '#0b3338', 5, .3)
    p.fill(d, p.linear([(0, paper), (1, dark(paper, .13))], 0, 0, 1, 1))
    ink = '#93a2a0'
    p.line(f'M{num(x + w * .28)} {y + 13}H{num(x + w * .72)}', '#6b7d7c', 4)
    for k in range(int((h - 42) / 11)):
        yy = y + 28 + k * 11
        p.line(f'M{x + 9} {yy}H{num(x + w * (.5 + .1 * (k % 3 == 0)))}M{num(x + w - 20)} {yy}H{x + w - 9}', ink, 2.6)
    p.line(f'M{x + 9} {y + h - 11}H{x + 26}M{num(x + w - 28)} {y + h - 11}H{x + w - 9}', LAGOON, 4)
    p.end()


def no_receipts():
    p = scene('A receipt that wants to be a boat', SAFFRON)
    receipt(p, 60, 30, 66, 126, -7)
    p.line('M138 70C164 54 186 64 192 86', SAFFRON, 4, dash='1 9')
    p.fill('M185 82L200 82L193 94Z', SAFFRON)
    boat(p, 178, 152, .86, -5)
    p.fill(ell(178, 156, 44, 6), '#0b3338', .16)
    return p


def no_results():
    p = scene('A glass looks for a boat')
    sea(p, 138)
    p.line('M150 122L192 164', '#5b3a1c', 15)
    p.line('M150 122L191 163', '#b5854f', 10)
    p.fill(ell(112, 86, 54, 54), '#e6f6f5', .9)
    p.inside(ell(112, 86, 54, 54))
    p.fill(waves(40, 200, 112, 20, 6, 160), '#7fcfce')
    p.line('M84 116q7-3 14 0t14 0', '#ffffff', 2.4, .8)
    p.line('M100 74C102 62 122 60 124 74C125 84 112 84 112 94M112 101v1', '#1c7f88', 6)
    p.fill('M66 96C60 66 76 46 98 42C80 56 74 74 78 98Z', '#ffffff', .6)
    p.end()
    p.line(ell(112, 86, 54, 54), p.linear([(0, '#f0cf86'), (.5, '#c8963c'), (1, '#8a621c')], 0, 0, 1, 1), 9)
    return p


def offline():
    p = scene('A boat at anchor under a cloud')
    p.fill('M150 60C150 44 166 36 178 42C186 26 212 30 212 50C226 52 226 74 210 74H162C148 74 146 62 150 60Z', p.linear([(0, '#cfdadb'), (1, '#97a9ab')]))
    p.line('M172 84l-5 10M188 84l-5 10M204 84l-5 10', '#7f9ea3', 3.4)
    boat(p, 104, 140, 1.1, 2)
    sea(p, 128)
    p.line('M132 128C146 140 150 148 150 158', '#d7e3e2', 3, dash='5 4')
    p.line('M150 156V176M142 162H158M138 170Q140 179 150 179Q160 179 162 170', '#4f8f95', 4.4)
    return p


def wallet_empty():
    p = scene('A boat in an empty wallet', SAFFRON)
    boat(p, 120, 118, 1.05, -8)
    p.fill(rrect(58, 84, 140, 88, 14), p.linear([(0, '#0c565d'), (1, '#0a444a')]))
    p.fill('M58 104C58 96 62 92 70 92H186C194 92 198 96 198 104V158Q198 172 184 172H72Q58 172 58 158Z', p.linear([(0, '#25a2a9'), (1, DEEP)], 0, 0, 1, 1))
    p.line('M66 104Q66 100 72 100H184Q190 100 190 104M66 156Q66 164 74 164H182Q190 164 190 156', '#bdeeea', 1.8, .7, dash='5 4')
    p.fill(rrect(156, 118, 50, 30, 10), p.linear([(0, '#f3c152'), (1, '#c9860c')]))
    p.fill(ell(172, 133, 5, 5), '#7a4a08')
    p.line('M76 124C96 112 112 136 136 122M78 138C98 126 114 150 138 136', '#7fd4d3', 2, .6)
    return p


def failed():
    p = scene('A boat that turned over', '#c2531f')
    p.inside('M0 0H256V142H0Z')
    p.group('rotate(180 122 118)')
    boat(p, 122, 132, 1.25, 8)
    p.end()
    p.end()
    sea(p, 134)
    p.line(ell(190, 128, 17, 13), '#f7f1e6', 9)
    p.line('M190 115a17 13 0 0 1 14 6M176 135a17 13 0 0 1 -3 -8M203 136a17 13 0 0 1 -9 5', '#d9562f', 9, cap='butt')
    p.line('M64 96C58 86 66 82 62 74M84 84C78 74 86 70 82 62', '#9fb6b8', 3.4)
    return p


SCENES = {'boat': plain_boat, 'first-run': first_run, 'empty-basket': empty_basket, 'no-receipts': no_receipts, 'no-results': no_results,
          'offline': offline, 'wallet-empty': wallet_empty, 'failed': failed}


# --- the three outcomes at the kiosk: 640 x 480, read from two metres away ----------------------

def kiosk(title, halo):
    p = Sheet(640, 480, title)
    p.fill(ell(320, 244, 226, 222), p.linear([(0, halo, .32), (1, halo, .14)]))
    return p


def kiosk_approved():
    green = '#2e9e5b'
    p = kiosk('A green boat under way', green)
    p.line('M70 196H150M40 236H128M86 276H142', green, 11, .6)
    p.line('M298 150V22', '#1c6b3c', 9)
    p.fill('M302 24C344 8 360 42 408 26V88C360 104 344 70 302 86Z', p.linear([(0, '#3cb872'), (1, '#1f7a45')], 0, 0, 1, 1))
    p.line('M332 56L348 72L380 42', '#ffffff', 10)
    boat(p, 326, 372, 3.4, -6, ('#c9f2d6', '#7fd09c', '#4aa872', '#2b7f50', '#ffffff'))
    sea(p, 344, 80, 566, 2.5, ('#3fb579', '#176b3d', '#c8f5d8'))
    return p


def kiosk_officer():
    amber = '#e5a50a'
    p = kiosk('An officer’s cap', amber)
    p.fill(ell(320, 372, 190, 24), '#5a3c02', .22)
    crown = 'M116 214C124 120 230 76 320 74C410 76 516 120 524 214C528 242 500 252 470 254L462 276H178L170 254C140 252 112 242 116 214Z'
    p.form(crown, '#e9b02a', 26, .5, .6)
    p.soft('M140 224C240 262 400 262 500 224L470 262H170Z', '#7a4f02', 10, .5)
    band = 'M170 248C260 276 380 276 470 248L478 318C390 340 250 340 162 318Z'
    p.form(band, '#3a3f4a', 14)
    p.line('M168 268C260 294 380 294 472 268', '#f6d77c', 6, .9)
    visor = 'M160 310C250 336 390 336 480 310C494 330 498 354 482 378C430 348 210 348 158 378C142 354 146 330 160 310Z'
    p.form(visor, '#2a2f39', 7, .5, .6)
    p.soft('M190 332C270 346 370 346 450 332L456 340C370 352 270 352 184 342Z', '#ffffff', 5, .6)
    p.form('M320 146L366 164C366 208 350 232 320 246C290 232 274 208 274 164Z', '#fbeec0', 9)
    p.fill('M320 168L327 186L346 187L331 199L336 218L320 207L304 218L309 199L294 187L313 186Z', '#c8860a')
    for x in (178, 462):
        p.form(ell(x, 306, 9, 9), '#f6d77c', 4)
    return p


def kiosk_void():
    p = kiosk('A folded grey paper', '#77808a')
    p.fill(ell(330, 414, 170, 20), '#1c2126', .22)
    grey = '#d3d8dc'
    p.group('rotate(-5 320 240)')
    p.fill('M198 70L330 52L330 400L198 408Z', p.linear([(0, light(grey, .6)), (1, dark(grey, .1))], 0, 0, 1, .2))
    p.fill('M330 52L442 78L442 416L330 400Z', p.linear([(0, dark(grey, .30)), (1, dark(grey, .08))], 0, 0, 1, .2))
    p.fill('M442 78L392 66L442 140Z', light(grey, .7))
    for k in range(6):
        y = 140 + k * 36
        p.line(f'M224 {y}L{300 - 14 * (k % 2)} {y - 8}', '#8d969e', 11)
        p.line(f'M{360} {y - 4}L{414 - 18 * (k % 3 == 1)} {y + 8}', '#7b848d', 11)
    p.line('M232 96L296 88', '#6d767e', 15)
    p.end()
    p.fill(ell(446, 356, 66, 66), '#5e6770')
    p.line('M420 330L472 382M472 330L420 382', '#ffffff', 17)
    return p


KIOSK = {'kiosk-approved': kiosk_approved, 'kiosk-officer': kiosk_officer, 'kiosk-void': kiosk_void}
