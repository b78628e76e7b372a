# SPDX-License-Identifier: GPL-3.0-or-later
"""Glass, clay, coffee, tea and knives."""
import math
import random

from .studio import Lathe, Picture, curve, dark, ell, light, mix, num, point, poly, rrect

LAGOON, SAFFRON = '#1c98a0', '#e8a317'


def glass_body(p, lathe, tint='#cfe6e4', body=.42):
    """See-through glass: the far wall, then the light and dark that its edges gather."""
    d = lathe.body()
    p.fill(d, p.linear([(0, dark(tint, .35), body + .2), (.08, tint, body), (.25, '#ffffff', body * .9), (.5, tint, body * .5),
                        (.85, dark(tint, .25), body * .9), (1, dark(tint, .5), body + .3)], 0, 0, 1, 0))
    return d


def glass_front(p, lathe, d, tint='#cfe6e4'):
    p.shade(d, dark(tint, .25), 12, .55, .7)
    p.streak(lathe, .85, at=.74, width=8, blur=2)
    p.streak(lathe, .35, at=-.80, width=5, blur=2)
    rim = lathe.rim()
    p.line(rim, p.linear([(0, '#ffffff', .95), (.5, dark(tint, .3), .7), (1, '#ffffff', .8)], 0, 0, 1, 0), 4)


def reed(p, x, y, h, lean, color):
    tip = (x + lean * h, y - h)
    mid = (x + lean * h * .3, y - h * .55)
    p.line(curve([(x, y), mid, tip]), color, 4)
    ang = math.degrees(math.atan2(h, lean * h)) - 90
    p.add(f'<ellipse cx="{num(tip[0])}" cy="{num(tip[1] - 16)}" rx="6" ry="21" fill="{dark(color, .3)}" transform="rotate({num(-ang)} {point(*tip)})"/>')


def carafe():
    p = Picture('kitchen', 'Hand-painted glass carafe')
    v = Lathe(480, [(92, 66), (112, 54), (170, 44), (235, 46), (300, 82), (390, 140), (480, 164), (560, 156), (622, 122)], .17)
    p.stand(480, 620, 126, 24, .75, glow='#ffffff')
    glass_body(p, v)
    d = v.body()
    water = v.body(336, 612)
    p.fill(water, p.linear([(0, '#7cc6c6', .75), (.3, '#b9e4e0', .55), (.6, '#8fd0d0', .6), (1, '#3a8f95', .85)], 0, 0, 1, 0))
    p.fill(v.rim(338), p.linear([(0, '#d9f2ef', .95), (1, '#7fc5c6', .9)], 0, 0, 1, 0))
    p.soft(ell(520, 590, 70, 16), '#e6fffb', 10, .8)
    p.inside(d)
    for x, h, lean, c in ((400, 190, -.10, '#2f7d5b'), (436, 250, .05, '#3d946a'), (470, 170, .12, '#256b4e'),
                          (520, 235, -.06, '#3d946a'), (556, 200, .10, '#2f7d5b'), (590, 130, .16, '#57a77c')):
        reed(p, x, 600, h, lean, c)
    for x, y, s in ((420, 462, 1), (540, 520, -.7)):
        p.group(f'translate({x} {y}) scale({s} {abs(s)})')
        p.fill('M-30 0C-14 -24 20 -22 38 -2C20 18 -14 22 -30 0Z', p.linear([(0, '#f6c34e'), (1, '#d9861a')]))
        p.fill('M-24 0C-36 -20 -50 -22 -58 -18C-52 -6 -52 6 -58 18C-50 22 -36 18 -24 0Z', SAFFRON, .9)
        p.fill(ell(24, -5, 2.6, 2.6), '#3a2408')
        p.end()
    for x, h, lean in ((412, 120, -.5), (452, 150, .35), (500, 130, -.4), (536, 150, .42), (572, 110, .3)):
        tip = (x + lean * h, 600 - h)
        p.fill(f'M{x - 5} 600Q{point(x - 4 + lean * h * .1, 600 - h * .6)} {point(*tip)}Q{point(x + 8 + lean * h * .2, 600 - h * .5)} {x + 5} 600Z', '#4f9d70', .85)
    p.end()
    glass_front(p, v, d)
    return p


def tumbler(p, cx, base, r, h, colors, seed):
    rnd = random.Random(seed)
    t = Lathe(cx, [(base - h, r), (base - h * .5, r * .97), (base - h * .12, r * .88), (base, r * .74)], .2)
    p.stand(cx, base - 4, r * .78, r * .16, .7, glow=light(colors[0], .4))
    d = glass_body(p, t, colors[0], .62)
    p.inside(d)
    n = 15
    for i in range(n):
        a0 = -90 + 180 * (i + .1) / n
        a1 = a0 + 180 / n * .8
        w = 7 * math.sin(seed + i * .8)
        ys = [base - h - 20 + (h + 40) * k / 8 for k in range(9)]
        edge = lambda a: [(cx + t.radius(y) * math.sin(math.radians(a + w * math.sin(k * .9))), y + r * .2 * math.cos(math.radians(a))) for k, y in enumerate(ys)]
        p.fill(poly(edge(a0) + edge(a1)[::-1]), rnd.choice(colors), .62)
    p.fill(t.body(base - h * .14, base), dark(colors[0], .35), .45)
    p.soft(ell(cx + r * .25, base - h * .12, r * .45, 16), '#ffffff', 8, .6)
    p.end()
    p.fill(t.rim(inset=3), p.linear([(0, dark(colors[0], .3), .45), (1, '#ffffff', .45)], 0, 0, 0, 1))
    glass_front(p, t, d, colors[0])


def tumblers():
    p = Picture('kitchen', 'Two Venetian tumblers')
    tumbler(p, 610, 560, 150, 400, ['#46b3b0', '#8fd6cf', '#1f858c', '#e9f7f1'], 3)
    tumbler(p, 350, 640, 164, 436, ['#e7a43a', '#f6cf7e', '#c9762a', '#fff3d8'], 5)
    return p


def bowl():
    p = Picture('kitchen', 'Stoneware serving bowl')
    b = Lathe(480, [(300, 352), (360, 338), (450, 272), (540, 176), (575, 138), (600, 134)], .27)
    p.stand(480, 596, 150, 36)
    p.stand(490, 598, 230, 40, .45)
    p.turned(b, '#d9bf98', .45)
    d = b.body()
    p.inside(d)
    p.soft(b.body(300, 372), '#2a8088', 5, .9)
    for k, x in enumerate(range(150, 830, 62)):
        p.soft(ell(x, 396, 10, 26 + 14 * (k % 3)), '#2a8088', 5, .8)
    rnd = random.Random(7)
    for _ in range(150):
        p.fill(ell(rnd.uniform(200, 760), rnd.uniform(400, 600), 1.6, 1.3), '#8a6f4a', .45)
    p.end()
    p.fill(b.rim(), p.linear([(0, '#d8f1ec'), (.5, '#5fb3b3'), (1, '#2d7f86')], 0, 0, 1, .2))
    inner = b.rim(inset=13)
    p.fill(inner, p.radial([(0, '#0d5159'), (.5, '#12707a'), (.8, '#27969b'), (1, '#48b0b0')], .45, .3, .75))
    p.inside(inner)
    p.soft(ell(600, 400, 250, 60), '#8edad2', 28, .55)
    p.soft(ell(230, 270, 150, 60), '#052f36', 30, .55)
    for k in range(26):
        a = math.radians(k * 360 / 26)
        x, y = 480 + 250 * math.cos(a), 318 + 56 * math.sin(a)
        p.line(f'M{point(x, y)}Q{point(480 + 290 * math.cos(a + .05), 308 + 72 * math.sin(a + .05))} {point(480 + 318 * math.cos(a + .02), 302 + 82 * math.sin(a + .02))}', '#e9f3dc', 3.5, .55)
    p.line(ell(480, 320, 250, 56), '#e9f3dc', 2.5, .4)
    p.end()
    p.line(f'M170 268C260 222 420 208 520 210', '#ffffff', 6, .6, 3)
    return p


MOKA = '#b9bec2'


def facets(p, cx, y0, y1, w0, w1, color, bulge=0):
    """An eight-sided body seen from the front: five faces that take the light differently."""
    edges = [-1, -.72, -.24, .30, .76, 1]
    tone = [dark(color, .12), light(color, .55), light(color, .15), dark(color, .22), dark(color, .48)]
    for i in range(5):
        a, b = edges[i], edges[i + 1]
        sag = lambda e: bulge * (1 - e * e)
        d = poly([(cx + a * w0, y0 + sag(a)), (cx + b * w0, y0 + sag(b)), (cx + b * w1, y1 + sag(b)), (cx + a * w1, y1 + sag(a))])
        p.fill(d, p.linear([(0, light(tone[i], .22)), (.5, tone[i]), (1, dark(tone[i], .16))], 0, 0, .3, 1))
        p.line(f'M{point(cx + a * w0, y0 + sag(a))}L{point(cx + a * w1, y1 + sag(a))}', '#ffffff', 1.6, .5)


def moka():
    p = Picture('kitchen', 'Moka pot')
    p.stand(450, 626, 150, 28)
    wood = '#a9743f'
    handle = 'M548 205C640 190 700 214 704 262C706 320 676 392 640 420C626 430 606 424 606 408C606 396 618 384 630 362C646 330 652 296 640 276C628 258 590 262 552 272Z'
    p.form(handle, wood, 14)
    p.inside(handle)
    for k in range(7):
        p.line(f'M{540 + k * 4} {214 + k * 8}C{640} {200 + k * 9} {700 - k * 6} {250 + k * 4} {690 - k * 8} {290}S{640 - k} 400 {606 + k * 3} 424', dark(wood, .5), 2, .35)
    p.end()
    facets(p, 450, 420, 620, 128, 172, MOKA, 14)
    facets(p, 450, 394, 422, 136, 130, dark(MOKA, .25), 12)
    spout = 'M330 176L262 150C270 190 290 230 322 262Z'
    p.form(spout, MOKA, 10)
    facets(p, 450, 176, 396, 150, 112, MOKA, 14)
    facets(p, 450, 158, 180, 154, 152, light(MOKA, .25), 10)
    lid = 'M298 164C350 138 410 118 450 112C490 118 552 138 604 164C560 182 340 182 298 164Z'
    p.form(lid, light(MOKA, .1), 12)
    p.fill('M450 113L410 176L470 180Z', '#ffffff', .35)
    knob = Lathe(450, [(66, 20), (76, 26), (92, 22), (104, 12), (118, 18)], .25)
    p.turned(knob, wood, .5)
    p.fill(knob.rim(70), light(wood, .3))
    p.soft('M330 200L352 380L372 382L356 200Z', '#ffffff', 6, .75)
    p.soft('M316 440L300 600L318 606L340 440Z', '#ffffff', 6, .7)
    valve = ell(520, 520, 15, 15)
    p.form(valve, '#c9a24a', 5)
    return p


def steel(p, d, angle=(0, 0, 1, 0)):
    p.fill(d, p.linear([(0, '#eef1f3'), (.3, '#c9d0d5'), (.55, '#f6f8f9'), (.8, '#aab3ba'), (1, '#d5dade')], *angle))


def knife():
    p = Picture('kitchen', 'Chef’s knife')
    p.group('rotate(-24 480 360)')
    blade = 'M92 352C160 338 300 318 560 316L582 316L582 398L566 440C420 452 210 430 92 352Z'
    handle = 'M582 318C620 310 700 316 760 320C810 322 852 322 872 338C884 352 880 380 868 392C846 404 800 388 752 388C700 388 640 396 582 392Z'
    p.drop(blade, .8)
    p.drop(handle, .8)
    p.fill(blade, p.linear([(0, '#9da7ae'), (.32, '#d7dde1'), (.5, '#f7f9fa'), (.62, '#c3cbd1'), (1, '#8d979f')], 0, 0, .12, 1))
    edge = 'M92 352C210 430 420 452 566 440L569 430C420 440 230 416 92 352Z'
    p.fill(edge, p.linear([(0, '#ffffff'), (1, '#dfe5e8')], 0, 0, 1, 0))
    p.inside(blade)
    for k in range(5):
        p.line(curve([(120, 360 + k * 2), (240, 372 + k * 7), (330, 366 + k * 9), (430, 386 + k * 8), (580, 372 + k * 9)]), '#ffffff', 2, .35)
        p.line(curve([(120, 363 + k * 2), (240, 376 + k * 7), (330, 370 + k * 9), (430, 390 + k * 8), (580, 376 + k * 9)]), '#6d7880', 1.5, .3)
    p.soft('M300 318L420 316L330 440L230 430Z', '#ffffff', 10, .55)
    p.end()
    steel(p, 'M574 314H606V396H586L574 430Z', (0, 0, 0, 1))
    oak = '#4a3a30'
    p.form(handle, oak, 16)
    p.inside(handle)
    rnd = random.Random(3)
    for k in range(16):
        y = 318 + k * 5
        p.line(curve([(600, y), (680, y + rnd.uniform(-5, 5)), (760, y + rnd.uniform(-5, 5)), (880, y + rnd.uniform(-3, 3))]), light(oak, .35), 1.4, .4)
    p.soft('M600 322C700 316 800 326 866 342L860 350C800 336 700 328 600 334Z', '#ffffff', 4, .5)
    p.end()
    for x in (640, 722, 804):
        p.form(ell(x, 355, 11, 11), '#d6b25c', 4)
    p.end()
    return p


CLAY = '#8d4a35'


def cup(p, cx, base, r, h):
    c = Lathe(cx, [(base - h, r), (base - h * .6, r * .98), (base - h * .2, r * .78), (base - h * .06, r * .56), (base, r * .54)], .26)
    p.stand(cx, base - 2, r * .58, r * .14, .9)
    p.turned(c, CLAY, .4)
    p.mouth(c, '#c98f6c', 7, inner='#e9dcc2')
    p.inside(c.rim(inset=9))
    p.fill(c.rim(base - h + 18), p.radial([(0, '#c9cf6a'), (1, '#8f9b3a')], .4, .3, .8))
    p.end()


def tea_set():
    p = Picture('kitchen', 'Teapot with two cups')
    p.stand(400, 566, 170, 34)
    side = 'M520 420C590 420 680 380 738 344C752 336 768 352 760 366C720 420 640 480 548 492Z'
    p.form(side, CLAY, 16)
    p.form(ell(752, 354, 17, 22), dark(CLAY, .2), 8)
    spout = 'M262 404C222 392 196 356 178 318L214 300C232 336 262 350 300 356Z'
    p.form(spout, CLAY, 14)
    p.fill('M176 320Q190 300 216 299Q206 316 176 320Z', dark(CLAY, .6))
    pot = Lathe(400, [(306, 92), (322, 128), (370, 186), (440, 212), (510, 196), (556, 154), (576, 140)], .26)
    p.turned(pot, CLAY, .42)
    p.inside(pot.body())
    rnd = random.Random(4)
    for k in range(6):
        y = 350 + k * 34
        r = pot.radius(y)
        p.line(f'M{point(400 - r, y)}A{num(r)} {num(r * .26)} 0 0 0 {point(400 + r, y)}', dark(CLAY, .5), 2, .28)
    p.soft(ell(330, 380, 60, 36), '#f0b99a', 22, .55)
    for _ in range(90):
        p.fill(ell(rnd.uniform(200, 600), rnd.uniform(330, 590), 1.5, 1.2), '#e2b08a', .4)
    p.end()
    lid = Lathe(400, [(268, 30), (276, 62), (300, 104), (312, 108)], .27)
    p.soft(ell(402, 322, 116, 32), dark(CLAY, .8), 6, .7)
    p.turned(lid, CLAY, .45)
    p.fill(lid.rim(), light(CLAY, .12))
    knob = Lathe(400, [(224, 22), (234, 31), (250, 24), (272, 16)], .35)
    p.turned(knob, CLAY, .5)
    p.fill(knob.rim(227), light(CLAY, .25))
    cup(p, 610, 632, 92, 116)
    cup(p, 800, 580, 86, 108)
    return p


def onggi():
    p = Picture('kitchen', 'Onggi jar')
    brown = '#6e4028'
    j = Lathe(480, [(196, 128), (214, 142), (250, 152), (330, 214), (420, 236), (510, 212), (590, 160), (634, 138)], .19)
    p.stand(480, 630, 142, 28)
    p.turned(j, brown, .45, streak=.5)
    d = j.body()
    p.inside(d)
    for y in (268, 280, 292):
        r = j.radius(y)
        p.line(f'M{point(480 - r, y)}A{num(r)} {num(r * .19)} 0 0 0 {point(480 + r, y)}', light(brown, .4), 3, .5)
    rnd = random.Random(11)
    for k in range(13):
        x = 270 + k * 35 + rnd.uniform(-8, 8)
        n = rnd.uniform(60, 170)
        drip = curve([(x - 15, 300, 1), (x - 9, 330 + n * .4), (x - 8, 330 + n), (x, 344 + n), (x + 8, 330 + n), (x + 9, 330 + n * .4), (x + 15, 300, 1)], True)
        p.soft(drip, '#c08a4c', 3, .34)
    p.line(curve([(300, 452), (350, 420), (400, 462), (452, 424), (500, 470), (556, 430), (610, 464), (664, 436)]), '#d9a566', 9, .55, 1.4)
    p.line(curve([(300, 476), (350, 444), (400, 486), (452, 448), (500, 494), (556, 454), (610, 488), (664, 460)]), '#d9a566', 5, .4, 1.4)
    p.soft(ell(392, 380, 34, 66), '#ffe8c8', 18, .6)
    p.soft(ell(640, 480, 40, 120), '#d89a63', 18, .25)
    p.end()
    lid = Lathe(480, [(138, 60), (150, 118), (176, 172), (198, 178), (206, 172)], .2)
    p.soft(ell(484, 232, 160, 26), '#2a1208', 8, .6)
    p.turned(lid, brown, .5)
    p.fill(lid.rim(), p.linear([(0, light(brown, .35)), (1, dark(brown, .1))], 0, 0, 1, 0))
    knob = Lathe(480, [(92, 36), (102, 44), (118, 34), (142, 26)], .3)
    p.turned(knob, brown, .55)
    p.fill(knob.rim(94), light(brown, .3))
    return p


def cheese_board():
    p = Picture('kitchen', 'Oak cheese board')
    oak = '#b98a55'
    top = 'M96 470L560 330C574 326 588 326 600 332L868 428C884 434 884 446 868 452L420 604C404 610 388 610 374 604L98 490C84 484 84 474 96 470Z'
    p.group('translate(0 -8)')
    p.soft('M96 510L560 360L880 470L400 660L90 530Z', dark(p.ground, .8), 24, .45)
    p.fill('M88 478L88 510Q88 516 98 522L374 640Q396 648 420 640L868 486Q880 480 880 472V440L400 600Z', p.linear([(0, dark(oak, .25)), (.4, dark(oak, .35)), (1, dark(oak, .6))], 0, 0, 1, 0))
    p.fill(top, p.linear([(0, light(oak, .45)), (.5, oak), (1, dark(oak, .22))], 0, 0, 1, .5))
    p.inside(top)
    rnd = random.Random(9)
    for k in range(34):
        o = k * 15 - 60
        p.line(f'M{80 + o * .9} {480 + o * .36}C{240 + o * .9} {430 + o * .34 + rnd.uniform(-8, 8)} {420 + o * .9} {380 + o * .34 + rnd.uniform(-8, 8)} {590 + o * .9} {322 + o * .34}', dark(oak, .5), rnd.uniform(1, 2.6), .3)
    p.soft('M300 560L720 420L800 470L420 600Z', dark(oak, .8), 22, .5)
    p.end()
    cheese = '#f2c14d'
    # A wedge: its cut face to us, the rind behind, the top in the lamp.
    p.fill('M262 330C330 232 480 168 620 166C676 200 706 252 716 318Z', p.linear([(0, light(cheese, .55)), (1, cheese)], 0, 0, 1, .6))
    p.fill('M262 330L716 318L716 512L262 556Z', p.linear([(0, light(cheese, .28)), (.55, cheese), (1, dark(cheese, .2))], 0, 0, 1, .5))
    p.inside('M262 330L716 318L716 512L262 556Z')
    for x, y, a, b in ((340, 420, 26, 20), (420, 488, 16, 12), (470, 390, 20, 16), (560, 440, 34, 26), (640, 374, 18, 14), (520, 520, 20, 10), (664, 486, 22, 16), (390, 362, 11, 8)):
        p.fill(ell(x, y, a, b), p.linear([(0, dark(cheese, .5)), (.6, dark(cheese, .22)), (1, light(cheese, .3))], 0, 0, .5, 1))
    p.soft('M640 300L740 300V540H640Z', dark(cheese, .6), 24, .45)
    p.end()
    p.fill('M620 166C676 200 706 252 716 318L716 512C726 500 730 480 730 460L730 316C722 244 690 186 640 160Z', p.linear([(0, '#c9502f'), (1, '#8c2f1c')], 0, 0, 0, 1))
    p.line('M262 330L716 318', '#fff3cf', 3, .9)
    p.end()
    # The wire cutter.
    p.line('M806 300L846 440', '#6d767c', 5)
    p.line('M805 300L845 440', '#f1f4f5', 2)
    p.form(ell(846, 440, 9, 7), '#c9a24a', 3)
    p.group('rotate(14 806 290)')
    p.fill(rrect(728, 262, 156, 44, 21), p.linear([(0, light(oak, .5)), (.4, oak), (1, dark(oak, .5))]))
    p.end()
    return p


def tea_caddy():
    p = Picture('kitchen', 'Celadon tea caddy')
    c = '#9cbfa6'
    j = Lathe(470, [(236, 84), (252, 96), (270, 150), (320, 182), (420, 190), (520, 172), (596, 134), (622, 122)], .19)
    p.stand(470, 620, 126, 26)
    p.turned(j, c, .62, streak=.75)
    d = j.body()
    p.inside(d)
    # Carved lotus petals under the glaze.
    for k in range(-3, 4):
        x = 470 + 150 * math.sin(math.radians(k * 27))
        w = 44 * math.cos(math.radians(k * 27)) + 8
        p.line(curve([(x - w, 610), (x - w * .9, 480), (x, 372, 1), (x + w * .9, 480), (x + w, 610)]), dark(c, .45), 4, .5, 1)
        p.line(curve([(x - w + 5, 610), (x - w * .9 + 5, 484), (x + 1, 382, 1), (x + w * .9 + 4, 484)]), '#f4fff2', 3, .5, 1)
        p.line(f'M{num(x)} 420V600', dark(c, .4), 2.5, .3, 1)
    p.soft(ell(400, 330, 30, 40), '#ffffff', 12, .8)
    p.end()
    brass = '#c8a04e'
    lid = Lathe(470, [(158, 78), (168, 94), (212, 98), (240, 98)], .2)
    p.soft(ell(472, 252, 100, 22), dark(c, .8), 5, .6)
    p.turned(lid, brass, .7)
    p.fill(lid.rim(), p.linear([(0, light(brass, .7)), (.6, brass), (1, dark(brass, .2))], 0, 0, 1, .3))
    p.line(lid.rim(inset=12), dark(brass, .4), 2, .5)
    knob = Lathe(470, [(122, 14), (130, 22), (142, 16), (158, 12)], .3)
    p.turned(knob, brass, .7)
    rnd = random.Random(2)
    for k in range(34):
        x, y = rnd.gauss(716, 56), rnd.gauss(628, 15)
        a = rnd.uniform(0, 180)
        leaf = curve([(-17, 0, 1), (-4, -5), (17, 1, 1), (-2, 5)], True)
        p.add(f'<path d="{leaf}" transform="translate({num(x + 5)} {num(y + 6)}) rotate({num(a)})" fill="{dark(p.ground, .8)}" opacity=".3"/>')
        p.add(f'<path d="{leaf}" transform="translate({point(x, y)}) rotate({num(a)})" fill="{mix("#3f5a32", "#7f9a4e", rnd.random())}"/>')
    return p


PICTURES = {'carafe': carafe, 'tumblers': tumblers, 'bowl': bowl, 'moka': moka, 'knife': knife, 'tea-set': tea_set,
            'onggi': onggi, 'cheese-board': cheese_board, 'tea-caddy': tea_caddy}
DETAILS = {'carafe-detail': (carafe, (480, 440, 1.9)), 'moka-detail': (moka, (500, 230, 2)), 'knife-detail': (knife, (640, 300, 2.1)),
           'tea-set-detail': (tea_set, (360, 340, 1.8))}
