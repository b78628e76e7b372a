# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands on a shelf: bottles, jars, boxes, paper."""
import math
import random

from .studio import Lathe, Picture, curve, dark, ell, light, mix, num, point, poly, rrect

GOLD, OAK = '#d9ad4c', '#b98a55'


def wrap_label(p, lathe, y0, y1, angle, color):
    """A paper label around a turned body, from -angle to +angle; what follows until end() is printed on it."""
    edge = lambda y, back: [lathe.around(y, a) for a in (range(angle, -angle - 1, -6) if back else range(-angle, angle + 1, 6))]
    d = poly(edge(y0, False) + edge(y1, True))
    p.fill(d, p.linear([(0, dark(color, .14)), (.28, light(color, .6)), (.6, color), (1, dark(color, .42))], 0, 0, 1, 0))
    p.inside(d)


def sprig(p, x, y, size, leaf, fruit=None, angle=0):
    """A small branch with leaves in pairs, as botanists draw them."""
    p.group(f'translate({point(x, y)}) rotate({angle}) scale({size})')
    p.line('M0 60C4 20 -4 -20 0 -64', dark(leaf, .4), 4)
    for k in range(5):
        yy = 44 - k * 24
        for side in (-1, 1):
            blade = f'M0 {yy}C{side * 12} {yy - 24} {side * 36} {yy - 36} {side * 48} {yy - 34}C{side * 44} {yy - 14} {side * 24} {yy + 2} 0 {yy}Z'
            p.fill(blade, p.linear([(0, light(leaf, .3)), (1, dark(leaf, .25))], 0, 0, 1, 1))
            p.line(f'M0 {yy}C{side * 14} {yy - 14} {side * 30} {yy - 26} {side * 46} {yy - 33}', light(leaf, .6), 1.4, .6)
    if fruit:
        for fx, fy in ((-20, 26), (18, -4)):
            p.form(ell(fx, fy, 11, 14), fruit, 6)
    p.end()


def olive_oil():
    p = Picture('food', 'Bottle of olive oil')
    g = '#3f5527'
    b = Lathe(430, [(112, 30), (128, 32), (210, 33), (262, 50), (310, 104), (360, 118), (560, 118), (610, 114), (628, 98)], .17)
    p.stand(430, 624, 108, 22, 1, glow='#a8b94a')
    p.turned(b, g, .38, streak=.85)
    d = b.body()
    p.inside(d)
    p.soft('M480 300C540 340 540 560 520 640H500C512 540 506 380 470 320Z', '#b5c64a', 12, .4)
    p.soft(ell(440, 612, 90, 14), '#c7d55a', 8, .5)
    p.end()
    wrap_label(p, b, 372, 560, 64, '#f4ead0')
    sprig(p, 430, 462, .78, '#6f8b3d', '#3c4a1e', 18)
    p.line('M344 543Q430 566 516 543', '#b98a2e', 4, .9)
    p.line('M344 392Q430 415 516 392', '#b98a2e', 4, .9)
    p.end()
    p.streak(b, .5, 330, 610, at=.78, width=6, blur=2)
    cap = Lathe(430, [(78, 30), (84, 35), (140, 36), (150, 37)], .2)
    p.turned(cap, '#caa24a', .7)
    p.fill(cap.rim(), light('#caa24a', .5))
    p.line(''.join(f'M{396 + k * 8} 94V144' for k in range(9)), '#7a5a1a', 1.6, .35)
    dish = Lathe(690, [(566, 128), (584, 122), (608, 84), (618, 76)], .24)
    p.stand(690, 616, 92, 20)
    p.turned(dish, '#f1ece0', .5)
    p.fill(dish.rim(), '#ffffff')
    p.fill(dish.rim(inset=8), p.radial([(0, '#f1e27a'), (.5, '#c9b638'), (1, '#8f8424')], .38, .3, .8))
    p.soft(ell(652, 556, 40, 8), '#fffbd0', 5, .85)
    for x, y in ((586, 642), (624, 660), (540, 662)):
        p.soft(ell(x + 8, y + 14, 22, 8), dark(p.ground, .85), 5, .5)
        p.form(ell(x, y, 21, 17), '#5d6b2a', 9, .5, .8)
    sprig(p, 800, 640, .62, '#7d9a4a', None, 72)
    return p


def ingot(p, x, y, w=150, d=58, h=72):
    """A gianduja bar in gold paper: an upturned boat."""
    g = GOLD
    top = poly([(x - w / 2 + 26, y - h), (x + w / 2 - 26, y - h), (x + w / 2 - 4, y - h - d * .38), (x - w / 2 + 50, y - h - d * .38)])
    front = curve([(x - w / 2, y, 1), (x - w / 2 + 10, y - h * .55), (x - w / 2 + 28, y - h, 1), (x + w / 2 - 28, y - h, 1), (x + w / 2 - 10, y - h * .55), (x + w / 2, y, 1)]) + 'Z'
    end = curve([(x + w / 2, y, 1), (x + w / 2 - 10, y - h * .55), (x + w / 2 - 28, y - h, 1), (x + w / 2 - 4, y - h - d * .38, 1), (x + w / 2 + 22, y - h * .6 - d * .3), (x + w / 2 + 34, y - d * .5, 1)]) + 'Z'
    p.fill(end, p.linear([(0, dark(g, .25)), (1, dark(g, .58))], 0, 0, .6, 1))
    p.fill(front, p.linear([(0, light(g, .6)), (.35, g), (.6, light(g, .35)), (1, dark(g, .3))], 0, 0, .5, 1))
    p.fill(top, p.linear([(0, '#fff6d6'), (1, light(g, .3))], 0, 0, 1, 0))
    rnd = random.Random(int(x * 7 + y))
    p.inside(front)
    for _ in range(12):
        cx = rnd.uniform(x - w / 2, x + w / 2)
        p.line(f'M{point(cx, y)}L{point(cx + rnd.uniform(-22, 22), y - h)}', rnd.choice(['#fff4c8', dark(g, .5)]), rnd.uniform(1, 3), .4, .6)
    p.fill(f'M{num(x - w / 2)} {num(y - h * .52)}H{num(x + w / 2)}V{num(y - h * .24)}H{num(x - w / 2)}Z', '#8c2f2a', .9)
    p.line(f'M{num(x - 26)} {num(y - h * .38)}H{num(x + 26)}', '#f6dfa4', 4, .9)
    p.soft(f'M{num(x - w / 2)} {num(y)}H{num(x + w / 2)}V{num(y - 14)}H{num(x - w / 2)}Z', dark(g, .8), 6, .35)
    p.end()


def gianduja():
    p = Picture('food', 'Gianduja bars in gold paper')
    p.stand(480, 612, 330, 40)
    for row, (n, y) in enumerate(((4, 612), (3, 500), (2, 388), (1, 276))):
        for k in range(n):
            ingot(p, 470 + (k - (n - 1) / 2) * 178, y, 164, 62, 100)
    rnd = random.Random(4)
    for x, y in ((770, 640), (826, 620), (800, 664)):
        p.soft(ell(x + 8, y + 12, 26, 9), dark(p.ground, .85), 5, .5)
        p.form(ell(x, y, 24, 21), '#a9672f', 11, .5, .8)
        p.soft(ell(x - 12, y + 10, 9, 7), '#ecd2a0', 2, .8)
    return p


def whisky():
    p = Picture('food', 'Bottle of single malt whisky')
    b = Lathe(410, [(120, 27), (140, 30), (220, 32), (262, 58), (296, 108), (330, 118), (580, 118), (618, 112), (630, 98)], .16)
    p.stand(410, 626, 108, 22, 1, glow='#e8a545')
    amber = '#b5651d'
    d = b.body()
    p.fill(d, p.linear([(0, '#5b2c0a'), (.1, '#a45416'), (.27, '#f0b45c'), (.5, '#c9782a'), (.8, '#8a4310'), (1, '#5f2d0a')], 0, 0, 1, 0))
    p.inside(d)
    p.fill('M280 100H540V252H280Z', '#f4e6c8', .55)
    p.fill(b.rim(252), '#e8a653', .8)
    p.soft(ell(430, 612, 84, 14), '#ffd58a', 8, .7)
    p.soft('M470 290C524 330 520 560 508 630H486C500 540 494 380 456 310Z', '#ffcf80', 12, .55)
    p.end()
    wrap_label(p, b, 366, 556, 66, '#f2e9d8')
    p.line('M300 386Q410 410 520 386M300 538Q410 562 520 538', '#24533f', 5, .9)
    p.fill(poly([(352, 516), (392, 440), (414, 476), (436, 430), (474, 516)]), p.linear([(0, '#7d6a94'), (1, '#3d5a52')], 0, 0, 0, 1))
    p.fill(ell(458, 428, 15, 15), '#e8a317')
    p.line('M352 524Q410 536 474 524', '#8b7a4e', 3, .8)
    p.end()
    p.shade(d, amber, 14, .5, .5)
    p.streak(b, .85, 300, 616, at=.80, width=7, blur=2)
    cork = Lathe(410, [(72, 30), (80, 34), (116, 34), (124, 30)], .2)
    p.turned(cork, '#3a2b22', .45)
    p.fill(cork.rim(), '#6a5344')
    t = Lathe(670, [(430, 84), (480, 96), (540, 98), (586, 70), (604, 40), (618, 60), (632, 74)], .22)
    p.stand(670, 628, 76, 16, .8, glow='#f1b95e')
    dg = t.body()
    p.fill(dg, p.linear([(0, '#c9d2d0', .6), (.2, '#ffffff', .5), (.5, '#eef3f1', .25), (1, '#9fb0ae', .6)], 0, 0, 1, 0))
    liquid = t.body(516, 582)
    p.fill(liquid, p.linear([(0, '#8a4310', .95), (.3, '#f0b45c', .9), (.6, '#cf8030', .92), (1, '#8a4310', .95)], 0, 0, 1, 0))
    p.fill(t.rim(516), p.linear([(0, '#ffdf9e'), (1, '#cf8030')], 0, 0, 1, 0))
    p.shade(dg, '#9fb0ae', 9, .5, .7)
    p.streak(t, .85, 440, 570, at=.76, width=6, blur=1.5)
    p.line(t.rim(), p.linear([(0, '#ffffff'), (.5, '#8fa09e'), (1, '#ffffff')], 0, 0, 1, 0), 3.4)
    return p


def truffles():
    p = Picture('food', 'Box of nine truffles')
    box = rrect(210, 90, 540, 540, 22)
    p.group('rotate(-5 480 360)')
    p.drop(box, 1.1)
    p.form(box, '#24485a', 20)
    inner = rrect(240, 120, 480, 480, 10)
    p.fill(inner, '#f3e6cd')
    p.inside(inner)
    p.soft('M230 110H740V150H270V610H230Z', '#5a3b1c', 12, .6)
    for k in (1, 2):
        p.line(f'M{240 + 160 * k} 120V600M240 {120 + 160 * k}H720', '#d9c49c', 8)
        p.line(f'M{237 + 160 * k} 120V600M240 {117 + 160 * k}H720', '#fffaf0', 3)
    p.end()
    kinds = [('#4a2a1a', 'dust'), ('#7b4a28', 'nut'), ('#e9d3a6', 'line')]
    rnd = random.Random(8)
    for i in range(9):
        c, kind = kinds[(i + i // 3) % 3]
        x, y = 320 + 160 * (i % 3), 200 + 160 * (i // 3)
        p.soft(ell(x + 14, y + 18, 62, 60), '#3a2412', 10, .55)
        p.soft(ell(x + 4, y + 6, 62, 62), '#3a2412', 3, .5)
        ball = ell(x, y, 61, 61)
        p.fill(ball, p.radial([(0, light(c, .55)), (.35, light(c, .12)), (.75, dark(c, .25)), (1, dark(c, .6))], .34, .3, .75))
        p.inside(ball)
        if kind == 'dust':
            for _ in range(150):
                p.fill(ell(x + rnd.uniform(-60, 60), y + rnd.uniform(-60, 60), 1.8, 1.8), rnd.choice(['#8a5a3a', '#2c160b', '#a8754c']), .6)
        elif kind == 'nut':
            for _ in range(36):
                a = rnd.uniform(0, 6.3)
                r = rnd.uniform(0, 54)
                p.add(f'<rect x="-5" y="-3" width="{num(rnd.uniform(7, 12))}" height="7" rx="2" fill="{rnd.choice(["#e5b877", "#c9904e", "#f3d6a0"])}" transform="translate({point(x + r * math.cos(a), y + r * math.sin(a))}) rotate({num(rnd.uniform(0, 180))})"/>')
        else:
            for k in range(-3, 4):
                p.line(f'M{x - 70} {y + k * 20 + 12}Q{x} {y + k * 20 - 22} {x + 70} {y + k * 20 + 4}', '#5a331c', 5, .85)
        p.end()
        p.soft(ell(x - 20, y - 26, 17, 12), '#ffffff', 6, .6)
    p.end()
    return p


def root(p, pts, w0, w1, color):
    """A tapering root: a band along a line, with rings across."""
    left, right, n = [], [], len(pts)
    for i, (x, y) in enumerate(pts):
        a, b = pts[max(i - 1, 0)], pts[min(i + 1, n - 1)]
        dx, dy = b[0] - a[0], b[1] - a[1]
        ln = math.hypot(dx, dy) or 1
        w = (w0 + (w1 - w0) * i / (n - 1)) * (1 + .08 * math.sin(i * 2.4))
        left.append((x - dy / ln * w, y + dx / ln * w))
        right.append((x + dy / ln * w, y - dx / ln * w))
    d = curve(left + right[::-1], True)
    p.add(f'<path d="{d}" fill="#201a08" opacity=".5" transform="translate(7 9)" filter="url(#{p.blur(6)})"/>')
    p.form(d, color, max(6, w0 * .45), .36, .6)
    p.inside(d)
    for i in range(1, n - 1):
        p.line(f'M{point(*left[i])}Q{point(pts[i][0] + 3, pts[i][1] + 6)} {point(*right[i])}', dark(color, .5), 1.8, .45)
    p.end()


def ginseng():
    p = Picture('food', 'Two ginseng roots in a wooden box')
    p.group('rotate(-4 480 360)')
    box = rrect(120, 120, 720, 480, 16)
    p.drop(box, 1.1)
    p.form(box, '#c79a64', 18)
    p.inside(box)
    rnd = random.Random(6)
    for k in range(30):
        p.line(curve([(110, 124 + k * 17), (360, 122 + k * 17 + rnd.uniform(-4, 4)), (620, 126 + k * 17 + rnd.uniform(-4, 4)), (850, 124 + k * 17)]), '#7a5226', 1.6, .28)
    p.end()
    inner = rrect(158, 158, 644, 404, 8)
    p.fill(inner, '#3f5a2c')
    p.inside(inner)
    for _ in range(900):
        x, y = rnd.uniform(150, 810), rnd.uniform(150, 570)
        p.add(f'<path d="M{point(x, y)}q{num(rnd.uniform(-9, 9))} {num(rnd.uniform(-14, -6))} {num(rnd.uniform(-12, 12))} {num(rnd.uniform(-16, -8))}" stroke="{mix("#2c4420", "#93b45c", rnd.random())}" stroke-width="3" stroke-linecap="round" fill="none"/>')
    p.soft('M150 150H810V200H206V570H150Z', '#0e1a06', 16, .65)
    for ox, oy, flip in ((0, 0, 1), (24, 176, -1)):
        c = '#ecc987'
        q = lambda pts: [(x + ox, 275 + oy + (y - 275) * flip) for x, y in pts]
        root(p, q([(520, 284), (580, 292), (640, 306), (696, 300), (744, 314)]), 15, 2, c)
        root(p, q([(470, 300), (540, 330), (600, 344), (660, 336), (730, 350)]), 24, 2, c)
        root(p, q([(400, 270), (470, 256), (540, 246), (610, 250), (670, 236), (748, 240)]), 26, 2, c)
        root(p, q([(540, 246), (590, 222), (640, 214), (690, 196)]), 12, 1.5, c)
        root(p, q([(410, 296), (450, 330), (500, 352), (560, 366)]), 11, 1.5, c)
        root(p, q([(240, 270), (256, 270), (286, 271), (330, 274), (380, 277), (430, 280), (480, 286), (530, 296), (590, 314)]), 40, 6, c)
        root(p, q([(192, 262), (212, 264), (232, 268), (256, 270)]), 11, 24, dark(c, .1))
    p.end()
    p.line('M158 562H802M802 158V562', '#f3d6a4', 3, .6)
    p.end()
    return p


def perfume():
    p = Picture('beauty', 'Bottle of perfume')
    p.stand(480, 632, 178, 24, .9, glow='#f4c58a')
    body = rrect(296, 262, 368, 370, 34)
    p.fill(body, p.linear([(0, '#ffffff', .85), (.1, '#dfe6e2', .6), (.5, '#ffffff', .5), (.9, '#c2ccc8', .7), (1, '#8f9c98', .85)], 0, 0, 1, 0))
    juice = rrect(326, 318, 308, 268, 20)
    p.fill(juice, p.linear([(0, '#f8dcae'), (.35, '#e9b36a'), (.7, '#c9803a'), (1, '#a45f28')], 0, 0, 1, 1))
    p.inside(juice)
    p.soft('M320 312H640V334H320Z', '#fff3d8', 4, .9)
    p.soft(ell(420, 420, 70, 90), '#fff0d0', 34, .6)
    p.soft('M590 330H640V600H560C600 520 600 420 590 330Z', '#7a3c10', 14, .45)
    p.soft(ell(520, 580, 120, 16), '#fff0c8', 10, .6)
    p.end()
    p.line('M472 262V560', '#ffffff', 5, .6)
    p.line('M478 262V560', '#9c6a34', 2, .4)
    p.shade(body, '#b9c4c0', 16, .5, .8)
    label = rrect(396, 400, 168, 122, 4)
    p.soft(rrect(400, 404, 168, 122, 4), '#5a2c0c', 5, .4)
    p.fill(label, p.linear([(0, '#fffaf0'), (1, '#efe2cc')], 0, 0, 1, 1))
    leaf = 'M480 500C476 480 478 468 480 456C452 462 432 452 428 436C444 432 458 436 466 444C460 428 464 416 480 408C496 416 500 428 494 444C502 436 516 432 532 436C528 452 508 462 480 456'
    p.fill(leaf + 'Z', '#4f6b46')
    p.line('M480 412V506', '#33492d', 2.5)
    p.fill(rrect(404, 408, 152, 106, 2), 'none', 1, f'stroke="{GOLD}" stroke-width="2"')
    p.line('M312 300V590', '#ffffff', 8, .9, 2)
    p.line('M340 604H610', '#ffffff', 5, .7, 2)
    collar = Lathe(480, [(226, 66), (232, 70), (256, 70), (266, 72)], .14)
    p.turned(collar, GOLD, .75)
    cap = Lathe(480, [(94, 82), (104, 90), (160, 92), (214, 90), (226, 86)], .17)
    p.turned(cap, '#2e3b34', .5, streak=.7)
    p.fill(cap.rim(), p.linear([(0, '#7d8d84'), (1, '#3d4a43')], 0, 0, 1, 0))
    p.fill(cap.rim(inset=12), p.linear([(0, '#5d6d64'), (1, '#35423b')], 0, 0, 1, 0))
    return p


def soap():
    p = Picture('beauty', 'Cube of olive soap')
    c = '#a9b06a'
    p.soft(poly([(180, 560), (500, 640), (860, 560), (560, 470)]), dark(p.ground, .8), 24, .55)
    p.soft(poly([(226, 552), (470, 640), (760, 556), (500, 480)]), dark(p.ground, .9), 8, .6)
    a, b, o, l, r, bot = (480, 96), (764, 206), (480, 330), (196, 206), (748, 536), (480, 646)
    lb = (212, 536)
    soft = lambda pts: 'M' + 'L'.join(point(*q) for q in pts) + 'Z'
    for face, tone, key in (([l, o, bot, lb], light(c, .12), 'left'), ([o, b, r, bot], dark(c, .30), 'right'), ([a, b, o, l], light(c, .48), 'top')):
        d = soft(face)
        p.fill(d, p.linear([(0, light(tone, .2)), (1, dark(tone, .12))], 0, 0, 1, 1), 1, f'stroke="{tone}" stroke-width="18" stroke-linejoin="round"')
    p.line(f'M{point(*l)}L{point(*o)}L{point(*b)}', '#fbfbe0', 8, .75, 2.5)
    p.line(f'M{point(*o)}L{point(*bot)}', '#f4f5cf', 7, .55, 2.5)
    rnd = random.Random(5)
    for _ in range(60):
        x = rnd.uniform(210, 750)
        p.fill(ell(x, rnd.uniform(300, 560), rnd.uniform(1, 3), rnd.uniform(1, 2)), '#6b7236', .3)

    def stamp(matrix, dk, lt):
        for dx, dy, col, op in ((-2.5, -2.5, dk, .75), (2.5, 2.5, lt, .8), (0, 0, dk, .30)):
            p.group(f'matrix({matrix}) translate({dx} {dy})')
            p.line(ell(0, 0, 92, 92), col, 7, op)
            p.line('M0 66C6 20 -6 -20 0 -62', col, 7, op)
            for k in range(4):
                y = 40 - k * 26
                p.line(f'M0 {y}C20 {y - 10} 36 {y - 20} 46 {y - 34}M0 {y}C-20 {y - 10} -36 {y - 20} -46 {y - 34}', col, 9, op)
            p.end()
    stamp('.87 .40 .03 1 338 428', '#6b7236', '#eef0c4')
    stamp('.87 -.37 -.02 1 622 428', '#4d5424', '#b9c07c')
    stamp('.82 .34 -.80 .36 480 208', '#8a9150', '#fffff0')
    for x, y, r in ((840, 610, 26), (800, 646, 17), (868, 652, 12), (150, 616, 15)):
        p.soft(ell(x + 4, y + r * .8, r, r * .3), dark(p.ground, .8), 5, .4)
        p.fill(ell(x, y, r, r), p.radial([(0, '#ffffff', .2), (.7, '#ffffff', .25), (.92, '#ffffff', .75), (1, '#d9b9c4', .8)], .5, .5, .5))
        p.fill(ell(x - r * .35, y - r * .4, r * .25, r * .18), '#ffffff', .95)
    return p


def candle():
    p = Picture('home', 'Candle in smoked glass')
    g = Lathe(480, [(250, 178), (300, 180), (560, 172), (606, 164), (628, 144)], .19)
    p.stand(480, 622, 154, 30, 1, glow='#f3b765')
    smoke = '#5a4a44'
    d = g.body()
    p.fill(d, p.linear([(0, '#2e2420', .9), (.25, '#8f7a6c', .75), (.5, '#5f4d44', .75), (1, '#241b17', .92)], 0, 0, 1, 0))
    p.inside(d)
    wax = g.body(330, 600)
    p.fill(wax, p.linear([(0, '#7d5c40'), (.3, '#e2b987'), (.55, '#b98c60'), (1, '#5f4430')], 0, 0, 1, 0), .85)
    p.soft(ell(480, 350, 150, 70), '#ffca74', 30, .85)
    p.end()
    p.fill(g.rim(inset=4), p.linear([(0, '#3a2f2a', .85), (1, '#8a766a', .6)], 0, 0, 0, 1))
    p.inside(g.rim(inset=4) + 'M280 250H680V420H280Z')
    p.fill(ell(480, 330, 172, 33), p.radial([(0, '#fff1c4'), (.4, '#f8d596'), (1, '#c9965c')], .5, .45, .6))
    p.end()
    p.soft(ell(480, 332, 60, 12), '#fffbe6', 5, .9)
    p.line('M480 334C482 316 478 300 481 284', '#3a2a20', 6)
    p.soft(ell(480, 210, 120, 140), '#ffd27a', 50, .55)
    flame = 'M480 124C512 180 520 226 508 262C502 284 492 296 481 298C468 296 458 284 453 262C444 226 452 176 480 124Z'
    p.soft(flame, '#ffb13d', 7, .8)
    p.fill(flame, p.linear([(0, '#fff6d0'), (.45, '#ffdc7c'), (.8, '#ff9d2e'), (1, '#d9662a')], 0, 0, 0, 1))
    p.soft('M480 190C494 222 496 250 490 270C486 282 476 282 471 270C465 250 468 220 480 190Z', '#ffffff', 5, .9)
    p.soft(ell(481, 290, 12, 9), '#5b86d6', 3, .8)
    p.shade(d, smoke, 14, .6, .5)
    wrap_label(p, g, 420, 552, 50, '#f2e9da')
    p.line('M300 438Q480 476 660 438M300 528Q480 566 660 528', '#8a5a3a', 3, .8)
    for k in range(7):
        h = 40 + (k * 17) % 24
        p.fill(rrect(418 + k * 18, 530 - h, 14, h, 2), ['#8c3f2e', '#3d5a52', '#c98b3a', '#24485a', '#6d4c74', '#a9743f', '#2f5a46'][k])
    p.end()
    p.line(g.rim(), p.linear([(0, '#ffffff', .9), (.5, '#5a4a44', .8), (1, '#e9d6c0', .9)], 0, 0, 1, 0), 4)
    p.streak(g, .8, 260, 600, at=.84, width=8, blur=2)
    return p


def skincare():
    p = Picture('beauty', 'Night cream in a celadon jar')
    c = '#a5c8b4'
    p.group('translate(-62 -84) scale(1.08)')
    j = Lathe(460, [(390, 196), (420, 206), (500, 206), (580, 194), (622, 164)], .24)
    p.stand(460, 616, 172, 36)
    p.turned(j, c, .6, streak=.8)
    d = j.body()
    p.inside(d)
    p.soft(ell(380, 470, 46, 50), '#ffffff', 18, .7)
    p.group('translate(470 528) scale(1.1)')
    p.line('M0 50C2 20 -2 -10 0 -36', '#4f7560', 4)
    for k in range(3):
        y = 34 - k * 24
        for s in (-1, 1):
            p.fill(f'M0 {y}C{s * 20} {y - 20} {s * 40} {y - 14} {s * 58} {y - 34}C{s * 52} {y - 4} {s * 26} {y + 8} 0 {y}Z', '#5f8a70', .85)
    p.end()
    p.end()
    p.fill(j.rim(), '#e7f0e9')
    p.fill(j.rim(inset=14), p.radial([(0, '#ffffff'), (.6, '#fbf5ea'), (1, '#d9cfc0')], .4, .3, .8))
    swirl = curve([(340, 396), (400, 376), (500, 372), (560, 390), (520, 412), (430, 412), (410, 394), (470, 384), (510, 394)])
    p.line(swirl, '#d9cdbb', 13, .7, 3)
    p.line(swirl, '#ffffff', 9, .95, 1.5)
    lid_c = '#c79a64'
    lid = Lathe(736, [(560, 136), (572, 146), (612, 146), (624, 140)], .26)
    p.stand(736, 622, 142, 34)
    p.turned(lid, lid_c, .5)
    p.fill(lid.rim(), p.linear([(0, light(lid_c, .6)), (.5, light(lid_c, .2)), (1, dark(lid_c, .1))], 0, 0, 1, .4))
    p.inside(lid.rim())
    for k in range(9):
        p.line(ell(706, 556, 20 + k * 18, 5 + k * 4.6), '#7a5226', 1.8, .35)
    p.end()
    p.group('translate(250 640) rotate(-62)')
    leaf = '#7f9b78'
    p.line('M0 70C6 20 -6 -30 0 -90', dark(leaf, .4), 5)
    for k in range(4):
        y = 50 - k * 34
        for s in (-1, 1):
            blade = f'M0 {y}C{s * 14} {y - 26} {s * 30} {y - 18} {s * 38} {y - 44}C{s * 46} {y - 26} {s * 58} {y - 36} {s * 70} {y - 52}C{s * 68} {y - 18} {s * 36} {y + 6} 0 {y}Z'
            p.add(f'<path d="{blade}" fill="{dark(p.ground, .85)}" opacity=".35" transform="translate(-8 10)" filter="url(#{p.blur(4)})"/>')
            p.fill(blade, p.linear([(0, light(leaf, .35)), (1, dark(leaf, .2))], 0, 0, 1, 1))
    p.end()
    p.end()
    return p


def hand_cream():
    p = Picture('beauty', 'Tube of yuja hand cream')
    c = '#f4d25a'
    p.stand(420, 632, 96, 18)
    tube = 'M286 92H554C560 92 562 98 561 104L528 540C526 556 516 560 504 560H336C324 560 314 556 312 540L279 104C278 98 280 92 286 92Z'
    p.fill(tube, p.cylinder(c, .65))
    p.shade(tube, c, 16, .4, .4)
    p.inside(tube)
    p.fill('M270 86H570V126H270Z', light(c, .35), .9)
    p.line(''.join(f'M{282 + k * 9} 92V124' for k in range(32)), dark(c, .45), 1.6, .45)
    p.soft('M270 126H570V136H270Z', dark(c, .6), 4, .5)
    p.soft('M330 140C350 280 356 420 356 556H376C380 420 376 270 366 140Z', '#ffffff', 10, .8)
    p.end()
    p.fill(ell(424, 318, 76, 76), '#fffaf0', .95)
    p.fill(ell(424, 318, 60, 60), '#f2b92e')
    p.fill(ell(424, 318, 52, 52), '#fbe08a')
    for a in range(0, 360, 40):
        r = math.radians(a)
        x, y = 424 + 28 * math.cos(r), 318 + 28 * math.sin(r)
        p.add(f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="19" ry="8" fill="#f4bd34" transform="rotate({a} {point(x, y)})"/>')
    p.line('M372 430H476M392 452H456', '#8a6a1a', 6, .75)
    cap = Lathe(420, [(556, 92), (566, 96), (624, 96), (634, 90)], .17)
    p.turned(cap, '#f6efe2', .6)
    yuja = '#f2b52a'
    p.soft(ell(720, 628, 130, 26), dark(p.ground, .85), 12, .6)
    p.soft(ell(708, 630, 84, 14), dark(p.ground, .95), 5, .7)
    fruit = 'M700 406C780 400 840 450 838 528C836 600 778 640 704 640C630 640 574 598 574 526C574 450 630 410 700 406Z'
    p.fill(fruit, p.radial([(0, '#fff0b0'), (.35, '#f7cc54'), (.75, yuja), (1, '#b97a12')], .34, .28, .78))
    p.inside(fruit)
    rnd = random.Random(10)
    for _ in range(240):
        x, y = rnd.uniform(574, 838), rnd.uniform(406, 640)
        p.fill(ell(x, y, 2.6, 2), '#b9801c', .35)
        p.fill(ell(x - 1.5, y - 1.8, 1.6, 1.1), '#fff5c8', .5)
    p.soft(ell(646, 470, 34, 26), '#ffffff', 12, .7)
    p.end()
    p.fill(ell(706, 414, 13, 6), '#7a8a3a')
    p.form('M708 412C730 366 784 346 838 356C818 402 766 424 708 412Z', '#5f8a3e', 12)
    p.line('M710 411C750 392 790 372 834 358', light('#5f8a3e', .6), 2.4, .8)
    return p


def notebook():
    p = Picture('stationery', 'Notebook bound in marbled paper')
    p.group('rotate(-10 480 360)')
    back = rrect(272, 92, 436, 556, 14)
    p.drop(back, 1.1)
    p.fill(back, '#5f3a22')
    pages = rrect(276, 98, 426, 546, 8)
    p.fill(pages, '#f6eddb')
    p.line(''.join(f'M{698 + k * 2} 104V640' for k in range(3)), '#c9b994', 1, .8)
    cover = rrect(262, 82, 430, 552, 14)
    p.soft(rrect(266, 88, 430, 552, 14), '#2a1a0e', 4, .5)
    p.fill(cover, '#1c7f88')
    p.inside(cover)
    palette = ['#0f5a63', '#1c98a0', '#e8a317', '#f5e6c8', '#b8433a', '#123a4a', '#f0c66a', '#57b5b2']
    rnd = random.Random(21)
    for k in range(64):
        y = 40 + k * 10
        col = palette[k % 8] if k % 3 else rnd.choice(palette)
        pts = []
        for i in range(56):
            x = 240 + i * 9
            arch = abs(math.sin(math.pi * (x - 262) / 62 + .12 * math.sin(k * .7)))
            pts.append((x, y + 60 - 64 * arch ** .6 + 5 * math.sin(i * .6 + k * .9)))
        p.line(curve(pts), col, rnd.uniform(5, 12), .95)
    for _ in range(60):
        p.fill(ell(rnd.uniform(340, 690), rnd.uniform(90, 630), rnd.uniform(2, 5), rnd.uniform(2, 4)), rnd.choice(palette), .85)
    spine = 'M262 82H372V634H262Z'
    leather = '#8a4f2b'
    p.soft('M372 82H386V634H372Z', '#0b1c22', 5, .8)
    p.fill(spine, p.linear([(0, dark(leather, .4)), (.3, light(leather, .3)), (.6, leather), (1, dark(leather, .15))], 0, 0, 1, 0))
    for d in ('M692 82L600 82L692 174Z', 'M692 634L600 634L692 542Z'):
        p.fill(d, p.linear([(0, light(leather, .15)), (1, dark(leather, .25))], 0, 0, 1, 1))
    p.line('M366 84V632M604 84L690 170M604 632L690 546', '#e7c68f', 2, .8)
    p.end()
    p.shade(cover, '#5f3a22', 14, .4, .5)
    p.soft('M400 90L560 90L430 630L330 630Z', '#ffffff', 34, .16)
    p.line('M610 634C612 660 604 680 612 700', '#b8433a', 11)
    p.end()
    return p


PICTURES = {'olive-oil': olive_oil, 'gianduja': gianduja, 'whisky': whisky, 'truffles': truffles, 'ginseng': ginseng,
            'perfume': perfume, 'soap': soap, 'candle': candle, 'skincare': skincare, 'hand-cream': hand_cream, 'notebook': notebook}
DETAILS = {'perfume-detail': (perfume, (480, 430, 1.9))}
