# SPDX-License-Identifier: GPL-3.0-or-later
"""What furnishes a room or a pocket: lamps, chairs, vases, cameras, sound."""
import math
import random

from .studio import Lathe, Picture, curve, dark, ell, light, mix, num, point, poly, rrect

BRASS, STEEL, OAK = '#cfa64a', '#c9ced3', '#b98a55'


def pen():
    p = Picture('stationery', 'Piston fountain pen')
    c = '#1f3a4a'
    p.group('rotate(-28 480 360)')
    barrel = 'M300 318H640C700 318 736 336 760 352V368C736 384 700 402 640 402H300Z'
    grip = 'M196 334C230 328 262 320 300 318V402C262 400 230 392 196 386Z'
    nib = 'M196 336C150 336 90 350 58 360C90 370 150 384 196 384Z'
    cap = 'M250 500H560C592 500 612 520 616 542C612 564 592 584 560 584H250Z'
    across = lambda col, gloss=.6: p.linear([(0, dark(col, .1)), (.2, light(col, gloss)), (.38, light(col, gloss * .25)), (.6, col), (1, dark(col, .6))])
    p.drop(barrel + grip + nib, .7)
    p.fill(nib, across('#dfb556', .8))
    p.line('M62 360H150', '#6b4c10', 2.4, .9)
    p.fill(ell(154, 360, 7, 7), '#4a3408')
    p.line('M176 344C168 354 168 366 176 376', '#8a6a1e', 2, .7)
    p.soft('M80 354C120 342 160 340 190 340V346C160 346 120 348 90 356Z', '#ffffff', 2, .8)
    p.fill(grip, across(c))
    p.fill(barrel, across(c))
    p.inside(barrel)
    rnd = random.Random(15)
    for _ in range(90):
        x, y = rnd.uniform(300, 760), rnd.uniform(318, 402)
        p.fill(curve([(x, y), (x + rnd.uniform(8, 26), y - rnd.uniform(2, 9)), (x + rnd.uniform(20, 40), y + rnd.uniform(-3, 6)), (x + rnd.uniform(4, 20), y + rnd.uniform(3, 9))], True), rnd.choice(['#3f7f8c', '#6fb0b4', '#0f2630', '#2a5a6a']), .35)
    p.soft('M300 330H700V340H300Z', '#ffffff', 3, .75)
    p.end()
    for x in (292, 640):
        p.fill(rrect(x, 315, 14, 90, 3), across('#dfb556', .8))
    p.fill(rrect(666, 330, 5, 66, 2), across('#dfb556', .8))
    p.drop(cap, .7)
    p.fill(cap, across(c))
    p.inside(cap)
    for _ in range(60):
        x, y = rnd.uniform(250, 616), rnd.uniform(500, 584)
        p.fill(curve([(x, y), (x + rnd.uniform(8, 26), y - rnd.uniform(2, 9)), (x + rnd.uniform(20, 40), y + rnd.uniform(-3, 6)), (x + rnd.uniform(4, 20), y + rnd.uniform(3, 9))], True), rnd.choice(['#3f7f8c', '#6fb0b4', '#0f2630', '#2a5a6a']), .35)
    p.soft('M250 512H590V522H250Z', '#ffffff', 3, .75)
    p.end()
    p.fill(rrect(250, 497, 34, 90, 4), across('#dfb556', .8))
    p.fill(rrect(240, 500, 12, 84, 4), '#0d1a22')
    p.soft(rrect(322, 556, 270, 12, 6), '#000000', 4, .5)
    p.form(rrect(320, 540, 270, 15, 7), '#dfb556', 5, .6, .8, .4)
    p.form(ell(326, 548, 11, 11), '#dfb556', 5)
    p.end()
    ink = 'M96 560C150 520 190 590 240 556S330 540 352 566'
    p.line(ink, '#1f4a6a', 5, .85)
    return p


def lamp():
    p = Picture('home', 'Workshop lamp')
    c = '#c8402f'
    p.soft('M560 300L330 640C480 690 760 690 900 640L790 330Z', '#ffe9a8', 34, .65)
    p.soft(ell(650, 640, 230, 40), '#fff3c4', 20, .9)
    p.stand(330, 630, 168, 30)
    arm1, arm2 = 'M330 592L236 342', 'M236 342L560 176'
    for d in (arm1, arm2):
        p.line(d, dark(STEEL, .6), 21)
        p.line(d, STEEL, 15)
        p.line(d, '#ffffff', 4, .8, 1)
    p.line('M330 592C260 520 200 420 226 352C250 270 420 240 560 190', '#2e2a28', 5, .85)
    base = Lathe(330, [(586, 150), (598, 162), (622, 164), (632, 158)], .2)
    p.turned(base, c, .5)
    p.fill(base.rim(), p.linear([(0, light(c, .5)), (.5, light(c, .1)), (1, dark(c, .2))], 0, 0, 1, .3))
    p.form(rrect(306, 552, 48, 46, 8), STEEL, 8)
    p.form(ell(236, 342, 27, 27), BRASS, 10, .6, .8)
    p.form(ell(236, 342, 11, 11), dark(BRASS, .3), 4)
    p.form(ell(560, 178, 25, 25), BRASS, 10, .6, .8)
    p.group('rotate(-20 620 210)')
    neck = Lathe(620, [(116, 38), (126, 42), (196, 44)], .2)
    shade = Lathe(620, [(186, 46), (206, 68), (256, 118), (312, 176), (344, 198), (356, 202)], .24)
    p.turned(neck, STEEL, .7)
    p.fill(neck.rim(), '#eef1f3')
    p.line(''.join(f'M586 {140 + k * 12}Q620 {150 + k * 12} 656 {140 + k * 12}' for k in range(4)), '#6a737a', 3, .6)
    p.turned(shade, c, .55, streak=.85)
    p.fill(shade.rim(356), light(c, .35))
    p.fill(ell(620, 357, 192, 43), p.radial([(0, '#fffef4'), (.35, '#fff2bd'), (1, '#e9b95a')], .5, .4, .6))
    p.soft(ell(620, 366, 70, 24), '#ffffff', 10, 1)
    p.form(ell(620, 360, 36, 22), '#fffbe6', 6, .15, .9)
    p.end()
    return p


def tulip(p, x, y, bx, by, c, s=1):
    p.line(f'M{point(bx, by)}C{point(bx, by - 40)} {point(x, y + 80)} {point(x, y + 26)}', '#4e7d3f', 8)
    p.line(f'M{point(bx - 2, by)}C{point(bx - 2, by - 40)} {point(x - 2, y + 80)} {point(x - 2, y + 26)}', '#9cc27a', 2.4, .7)
    p.group(f'translate({point(x, y)}) scale({s})')
    p.form('M-34 -30C-14 -56 14 -56 34 -30C38 6 22 36 0 38C-22 36 -38 6 -34 -30Z', dark(c, .2), 10)
    p.form('M-40 -34C-24 -30 -10 -4 -6 34C-30 32 -44 4 -40 -34Z', c, 9)
    p.form('M40 -34C24 -30 10 -4 6 34C30 32 44 4 40 -34Z', dark(c, .1), 9)
    p.form('M0 -48C16 -24 18 12 2 38C-16 16 -16 -22 0 -48Z', light(c, .15), 9)
    p.end()


def tulip_vase():
    p = Picture('home', 'Tulip vase with five spouts')
    c, blue = '#f1f0ea', '#2a4f94'
    p.stand(480, 636, 122, 24)
    spouts = [(300, 330, 390, 470, -30), (388, 262, 432, 430, -14), (572, 262, 528, 430, 14), (660, 330, 570, 470, 30), (480, 232, 480, 420, 0)]
    heads = [(214, 190, '#e2a033'), (342, 118, '#c9433f'), (618, 118, '#d86a8a'), (746, 190, '#c9433f'), (480, 80, '#e9b23f')]
    for (sx, sy, bx, by, a), (hx, hy, hc) in zip(spouts, heads):
        leaf = f'M{point(sx - 6, sy)}C{point(sx - 60 + a, sy - 60)} {point(hx - 44, hy + 110)} {point(hx - 34 + a, hy + 46)}C{point(hx - 10, hy + 120)} {point(sx + 6, sy - 50)} {point(sx + 8, sy)}Z'
        p.form(leaf, '#5f9150', 8)
        tulip(p, hx, hy, sx, sy + 10, hc, 1.05)
    for sx, sy, bx, by, a in spouts:
        r = math.radians(a)
        nx, ny = math.cos(r), math.sin(r)
        d = f'M{point(sx - 30 * nx, sy - 30 * ny)}C{point(sx - 24 * nx - (sx - bx) * .3, sy + 60)} {point(bx - 60, by - 30)} {point(bx - 58, by + 40)}L{point(bx + 58, by + 40)}C{point(bx + 60, by - 30)} {point(sx + 24 * nx - (sx - bx) * .3, sy + 60)} {point(sx + 30 * nx, sy + 30 * ny)}Z'
        p.form(d, c, 14, .5, .6, .2)
        p.inside(d)
        for k in range(3):
            t = .28 + k * .2
            x, y = sx + (bx - sx) * t, sy + (by - sy) * t
            p.line(f'M{point(x - 60, y - a * .4)}Q{point(x, y + 26)} {point(x + 60, y + a * .4)}', blue, 5, .8)
        p.end()
        p.add(f'<g transform="rotate({a} {num(sx)} {num(sy)})"><ellipse cx="{num(sx)}" cy="{num(sy)}" rx="32" ry="11" fill="#ffffff"/><ellipse cx="{num(sx)}" cy="{num(sy)}" rx="25" ry="8" fill="#5b6b6a"/></g>')
        p.line(f'M{point(sx, sy + 4)}V{num(sy - 16)}', '#4e7d3f', 8)
    body = Lathe(480, [(404, 110), (424, 150), (480, 176), (540, 150), (580, 84), (598, 72), (612, 100), (640, 122)], .17)
    p.turned(body, c, .8, streak=.6)
    d = body.body()
    p.inside(d)
    for y in (414, 572, 604):
        r = body.radius(y)
        p.line(f'M{point(480 - r, y)}A{num(r)} {num(r * .17)} 0 0 0 {point(480 + r, y)}', blue, 6, .85)
    p.group('translate(480 506)')
    for s in (-1, 1):
        p.line(f'M{s * 6} 30C{s * 50} 34 {s * 90} 10 {s * 96} -20C{s * 100} -44 {s * 70} -48 {s * 66} -24', blue, 5, .85)
        for x, y, a in ((40, 24, 20), (70, 10, -20), (110, -30, -50)):
            p.add(f'<ellipse cx="{s * x}" cy="{y}" rx="15" ry="7" fill="{blue}" opacity=".8" transform="rotate({s * a} {s * x} {y})"/>')
    p.fill('M-26 -40C-10 -60 10 -60 26 -40C28 -14 16 10 0 12C-16 10 -28 -14 -26 -40Z', blue, .9)
    p.fill('M-8 -34C-2 -44 6 -44 10 -34C10 -20 6 -10 0 -6C-8 -12 -10 -22 -8 -34Z', '#dfe8f5')
    p.line('M0 12V34', blue, 5)
    p.end()
    p.end()
    return p


def camera():
    p = Picture('tech', 'Rangefinder film camera')
    p.stand(480, 588, 330, 26)
    body = rrect(150, 214, 660, 370, 52)
    p.form(body, STEEL, 20, .55, .8, .4)
    skin = 'M150 330H810V508H150Z'
    p.inside(body)
    p.fill(skin, p.linear([(0, '#3a3230'), (.4, '#2b2523'), (1, '#151110')], 0, 0, 1, 1))
    rnd = random.Random(2)
    dots = ''.join(f'M{point(rnd.uniform(150, 810), rnd.uniform(334, 504))}h1' for _ in range(1500))
    p.line(dots, '#6a5c57', 3, .35)
    p.soft('M150 324H810V340H150Z', '#000000', 4, .6)
    p.line('M150 330H810M150 508H810', '#ffffff', 2.5, .7)
    p.soft('M150 214H330L230 584H150Z', '#ffffff', 24, .25)
    p.end()
    for x, w, h in ((206, 96, 40), (640, 84, 46), (742, 40, 26)):
        knob = Lathe(x + w / 2, [(212 - h, w / 2 - 3), (216 - h, w / 2), (214, w / 2)], .13)
        p.turned(knob, STEEL, .8)
        p.fill(knob.rim(), p.linear([(0, '#ffffff'), (1, '#a5adb3')], 0, 0, 1, .3))
        p.line(''.join(f'M{x + 4 + k * 6} {222 - h}V212' for k in range(int(w / 6) - 1)), '#5d666c', 2, .45)
    p.form('M330 214L346 184H600L616 214Z', STEEL, 10, .5, .8, .4)
    window = rrect(372, 236, 90, 56, 8)
    p.form(window, '#20303c', 8)
    p.soft('M378 240H420L390 288H378Z', '#a9d3ee', 4, .8)
    p.form(rrect(500, 246, 44, 36, 6), '#20303c', 6)
    p.soft('M504 250H524L510 278H504Z', '#f5d7a0', 3, .8)
    p.form(rrect(664, 240, 92, 48, 8), '#d9dde0', 6)
    p.line(''.join(f'M{674 + k * 9} 246V282' for k in range(9)), '#8f989f', 3, .7)
    cx, cy = 476, 424
    p.soft(ell(cx + 22, cy + 26, 166, 164), '#000000', 18, .6)
    ring = lambda r, stops: p.fill(ell(cx, cy, r, r), p.linear(stops, 0, 0, 1, 1))
    ring(162, [(0, '#ffffff'), (.4, '#bcc4ca'), (.7, '#7d868d'), (1, '#c9d0d5')])
    ring(146, [(0, '#5a5350'), (1, '#171312')])
    for k in range(72):
        a = math.radians(k * 5)
        p.line(f'M{point(cx + 147 * math.cos(a), cy + 147 * math.sin(a))}L{point(cx + 159 * math.cos(a), cy + 159 * math.sin(a))}', '#5d666c', 2.4, .5)
    ring(128, [(0, '#e8ecef'), (.5, '#8f989f'), (1, '#e3e7ea')])
    for k in range(24):
        a = math.radians(k * 15 - 90)
        p.line(f'M{point(cx + 112 * math.cos(a), cy + 112 * math.sin(a))}L{point(cx + 122 * math.cos(a), cy + 122 * math.sin(a))}', '#2b2523' if k % 4 else '#c8402f', 3.4)
    ring(104, [(0, '#0d0b0b'), (1, '#3f3a38')])
    ring(86, [(0, '#2b3f58'), (.5, '#131c2a'), (1, '#3d2a4a')])
    lens = ell(cx, cy, 80, 80)
    p.fill(lens, p.radial([(0, '#7a5aa8'), (.3, '#2c3f74'), (.7, '#0d1526'), (1, '#05080f')], .42, .38, .65))
    p.inside(lens)
    p.soft(ell(cx - 26, cy - 30, 34, 22), '#d9ecff', 7, .9)
    p.soft(ell(cx + 30, cy + 36, 22, 13), '#c98bd9', 6, .6)
    p.soft(ell(cx + 6, cy + 4, 12, 10), '#7fd0c0', 5, .6)
    p.end()
    for x in (142, 800):
        p.line(f'M{x} 262v34', '#8f989f', 12)
        p.line(f'M{x - 2} 264v30', '#ffffff', 4, .8)
    return p


def chair():
    p = Picture('home', 'Rope chair')
    w = '#b57b44'
    p.soft(poly([(250, 620), (600, 668), (840, 600), (520, 560)]), dark(p.ground, .85), 20, .5)

    def stick(x0, y0, x1, y1, r=13, tone=0):
        c = dark(w, tone) if tone else w
        d = f'M{point(x0, y0)}L{point(x1, y1)}'
        p.line(d, dark(c, .5), r * 2)
        p.line(f'M{point(x0 - 1.5, y0)}L{point(x1 - 1.5, y1)}', c, r * 2 - 5)
        p.line(f'M{point(x0 - r * .4, y0)}L{point(x1 - r * .4, y1)}', light(c, .6), r * .45, .8, 1.4)
    for x, y in ((268, 636), (606, 664), (716, 600)):
        p.soft(ell(x + 6, y, 26, 8), dark(p.ground, .95), 4, .7)
    stick(716, 404, 722, 596, 12, .25)
    stick(380, 392, 352, 560, 12, .3)
    stick(300, 520, 352, 500, 9, .3)
    # The back: a bent frame with ropes across.
    frame = 'M366 420C344 300 350 150 386 106C420 70 680 70 716 108C748 150 742 300 722 420'
    ropes = []
    for k in range(19):
        y = 128 + k * 15
        ropes.append((f'M{num(372 - 8 * math.sin(k / 18 * 3.1))} {y}Q546 {y + 26} {num(728 + 8 * math.sin(k / 18 * 3.1))} {y}', '#efe4cb' if k % 5 else '#1c98a0'))
    for d, c in ropes:
        p.add(f'<path d="{d}" fill="none" stroke="#3a2c18" stroke-width="12" opacity=".22" transform="translate(6 10)" filter="url(#{p.blur(4)})"/>')
        p.line(d, dark(c, .4), 12.5)
        p.line(d, c, 9.5)
        p.line(d, '#ffffff', 2.6, .6, dash='5 6')
    p.line(frame, dark(w, .5), 27)
    p.line(frame, p.linear([(0, light(w, .35)), (.5, w), (1, dark(w, .25))], 0, 0, 1, 0), 22)
    p.line('M362 400C344 290 350 160 384 112C414 78 560 74 640 84', light(w, .75), 5, .7, 1.6)
    # The seat.
    seat = 'M262 436C300 410 340 400 380 396L716 402C700 430 664 470 628 492L300 470C280 464 266 452 262 436Z'
    p.soft('M262 470L628 520L716 440V470L628 560L270 510Z', '#3a2c18', 14, .35)
    p.form(seat, '#d9c8a2', 10)
    p.inside(seat)
    for k in range(21):
        x = 262 + k * 24
        d = f'M{x + 90} 390L{x - 50} 500'
        p.line(d, '#8d7a4e', 14, .6)
        p.line(d, '#efe4cb' if k % 6 else '#1c98a0', 11)
        p.line(d, '#ffffff', 2.6, .6, dash='5 6')
    p.soft('M360 390H730V418H360Z', '#3a2c18', 10, .4)
    p.end()
    stick(262, 438, 626, 494, 14)
    stick(626, 494, 720, 404, 13, .15)
    stick(268, 440, 262, 632, 14)
    stick(626, 496, 608, 660, 14, .05)
    stick(266, 560, 612, 604, 9, .1)
    stick(614, 600, 718, 530, 9, .25)
    # Arms.
    for d, t in (('M354 300C300 310 262 330 256 356L264 440', 0), ('M734 300C700 330 646 356 630 390L626 492', .12)):
        c = dark(w, t) if t else w
        p.line(d, dark(c, .5), 25)
        p.line(d, c, 20)
        p.line(d, light(c, .65), 5, .7, 1.6)
    return p


def pocket_knife():
    p = Picture('tech', 'Pocket knife with walnut scales')
    p.group('translate(70 96) rotate(-16 480 380) scale(.86)')
    walnut = '#6b4126'
    blade = 'M262 352C220 300 150 210 96 150C170 150 250 180 312 250C330 276 340 310 336 344Z'
    p.drop(blade, .6)
    p.fill(blade, p.linear([(0, '#ffffff'), (.35, '#aeb7bd'), (.6, '#eef1f3'), (1, '#8f989f')], .2, 0, .8, 1))
    p.line('M100 152C172 160 246 196 300 262', '#ffffff', 4, .9, 1)
    p.line('M150 176C190 188 224 208 252 236', '#5d666c', 6, .7)
    screw = 'M690 350C740 300 760 250 764 196L788 198C790 262 770 320 726 372Z'
    p.drop(screw, .5)
    p.fill(screw, p.linear([(0, '#eef1f3'), (.5, '#aeb7bd'), (1, '#7d868d')], 0, 0, 1, 0))
    spiral = curve([(776, 200), (760, 184), (792, 172), (762, 154), (792, 142), (764, 124), (790, 112), (768, 98), (784, 86), (780, 70)])
    p.line(spiral, '#5d666c', 11)
    p.line(spiral, '#e3e7ea', 7)
    body = 'M240 332C232 312 250 296 280 298C420 308 560 308 700 296C752 292 790 322 790 372C790 424 752 452 700 450C560 440 420 442 290 458C240 462 212 430 214 392C215 368 236 350 240 332Z'
    p.drop(body, 1)
    p.fill(body, p.linear([(0, '#eef1f3'), (.5, '#aeb7bd'), (1, '#6d767c')], 0, 0, 0, 1))
    scale = 'M252 338C248 322 262 312 284 313C420 322 560 322 698 311C742 308 775 334 775 373C775 412 742 436 698 434C560 425 420 427 292 442C254 446 229 422 231 392C233 370 254 356 252 338Z'
    p.form(scale, walnut, 20)
    p.inside(scale)
    rnd = random.Random(19)
    for k in range(26):
        y = 308 + k * 5.4
        p.line(curve([(220, y + 8), (360, y + rnd.uniform(-3, 9)), (500, y - 6 + rnd.uniform(-7, 7)), (640, y + rnd.uniform(-6, 6)), (790, y)]), rnd.choice([dark(walnut, .6), light(walnut, .35)]), rnd.uniform(1.2, 2.8), .4)
    p.soft('M250 324C420 334 560 334 740 322L744 338C560 348 420 348 256 340Z', '#ffffff', 6, .5)
    p.end()
    for x, y in ((286, 380), (480, 376), (716, 372)):
        p.form(ell(x, y, 14, 14), BRASS, 5, .6, .8)
    shield = 'M566 350H614V374C614 394 602 402 590 408C578 402 566 394 566 374Z'
    p.form(shield, BRASS, 6)
    p.line('M578 384L602 384M582 378L590 362L598 378Z', '#6b4c10', 3, .9)
    ring = ell(812, 384, 26, 26)
    p.line(ring, '#5d666c', 10)
    p.line(ring, '#e9edf0', 5)
    p.end()
    return p


def headphones(c, pad):
    p = Picture('tech', 'Closed headphones')
    p.stand(300, 622, 96, 22)
    p.stand(660, 622, 96, 22)
    band = 'M262 420C232 220 330 76 480 74C630 76 728 220 698 420L664 420C690 250 610 122 480 120C350 122 270 250 296 420Z'
    inner = 'M286 400C270 240 350 116 480 114C610 116 690 240 674 400L652 400C664 260 590 152 480 150C370 152 296 260 308 400Z'
    p.form(inner, pad, 10)
    p.form(band, c, 16, .55, .7)
    p.inside(band)
    p.line('M276 330C282 180 370 98 480 96C590 98 678 180 684 330', light(c, .6), 2.4, .8, dash='11 8')
    p.soft('M270 300C280 170 360 92 460 88L462 100C370 104 300 180 290 310Z', '#ffffff', 6, .6)
    p.end()
    for s in (-1, 1):
        x = 480 + s * 202
        p.form(rrect(x - 12, 372, 24, 86, 10), STEEL, 7, .6, .8, .4)
    for s in (-1, 1):
        cx = 480 + s * 186
        pad_d = f'M{cx - s * 10} 400C{cx - s * 64} 396 {cx - s * 84} 450 {cx - s * 84} 518C{cx - s * 84} 586 {cx - s * 62} 636 {cx - s * 10} 632C{cx + s * 14} 620 {cx + s * 14} 410 {cx - s * 10} 400Z'
        p.form(pad_d, pad, 18)
        p.inside(pad_d)
        rnd = random.Random(4)
        p.line(''.join(f'M{point(cx + rnd.uniform(-90, 30), rnd.uniform(396, 640))}l{num(rnd.uniform(-5, 5))} {num(rnd.uniform(-5, 5))}' for _ in range(260)), light(pad, .4), 2, .35)
        p.end()
        cup = f'M{cx - s * 20} 388C{cx + s * 50} 384 {cx + s * 86} 440 {cx + s * 86} 516C{cx + s * 86} 594 {cx + s * 50} 650 {cx - s * 20} 646C{cx + s * 4} 600 {cx + s * 4} 436 {cx - s * 20} 388Z'
        p.form(cup, c, 26, .55, .65)
        disc = f'M{cx + s * 40} 440C{cx + s * 66} 446 {cx + s * 76} 480 {cx + s * 76} 516C{cx + s * 76} 554 {cx + s * 66} 590 {cx + s * 40} 596C{cx + s * 52} 560 {cx + s * 52} 476 {cx + s * 40} 440Z'
        p.form(disc, light(c, .15) if s < 0 else dark(c, .15), 10, .5, .7)
        p.form(ell(cx + s * 64, 516, 5, 9), BRASS, 3)
    return p


def headphones_sand():
    return headphones('#d8c3a2', '#8f7d66')


def headphones_graphite():
    return headphones('#4a4f57', '#2b2e33')


def speaker():
    p = Picture('tech', 'Shelf speaker with a large dial')
    b = '#c9a063'
    p.stand(486, 606, 316, 26)
    p.fill('M778 176L838 148V560L778 604Z', p.linear([(0, dark(b, .35)), (1, dark(b, .62))], 0, 0, 1, 1))
    p.fill('M168 176L236 148H838L778 176Z', p.linear([(0, light(b, .65)), (1, light(b, .25))], 0, 0, 1, 0))
    front = rrect(164, 172, 618, 436, 26)
    p.form(front, b, 18, .45, .7)
    p.inside(front)
    rnd = random.Random(7)
    for k in range(40):
        y = 176 + k * 11
        p.line(f'M160 {y}H790', rnd.choice([dark(b, .4), light(b, .4)]), rnd.uniform(1, 2.4), .3)
    p.end()
    cloth = rrect(194, 202, 372, 376, 18)
    p.fill(cloth, '#3f5f63')
    p.inside(cloth)
    for k in range(62):
        p.line(f'M{194 + k * 6.4:.1f} 200V580', '#86a9a8', 2.2, .5)
        p.line(f'M190 {202 + k * 6.4:.1f}H570', '#203438', 2, .5)
    p.soft(ell(380, 390, 150, 150), '#0f1f22', 24, .55)
    p.soft(ell(310, 290, 100, 70), '#cfe6e2', 36, .4)
    p.soft('M190 196H570V222H214V584H190Z', '#0a1618', 8, .75)
    p.end()
    cx, cy = 672, 330
    p.soft(ell(cx + 14, cy + 18, 84, 84), '#3a2408', 10, .6)
    p.fill(ell(cx, cy, 84, 84), p.linear([(0, '#ffffff'), (.35, '#d9cfae'), (.65, '#9a8348'), (1, '#e9dcae')], 0, 0, 1, 1))
    p.fill(ell(cx, cy, 72, 72), p.linear([(0, '#f7efd6'), (.5, '#cfa64a'), (1, '#f0dca0')], 0, 0, 1, 1))
    for k in range(60):
        a = math.radians(k * 6)
        p.line(f'M{cx} {cy}L{point(cx + 70 * math.cos(a), cy + 70 * math.sin(a))}', '#ffffff' if k % 15 < 5 else '#7a5a1a', 1.4, .16)
    p.form(rrect(cx - 4, cy - 66, 8, 30, 4), '#7a2f1c', 3)
    for k in range(13):
        a = math.radians(-220 + k * 21.6)
        p.fill(ell(cx + 96 * math.cos(a), cy + 96 * math.sin(a), 3.4, 3.4), '#5b3a12', .8)
    for x in (622, 672, 722):
        p.soft(ell(x + 4, 496, 17, 17), '#3a2408', 4, .5)
        p.form(ell(x, 492, 17, 17), '#f1ead8', 6, .5, .8)
    p.fill(ell(672, 546, 5, 5), '#7ff0b0')
    p.soft(ell(672, 546, 9, 9), '#7ff0b0', 5, .8)
    for x in (220, 724):
        p.fill(rrect(x, 604, 50, 16, 6), '#3a2c1c')
    return p


PICTURES = {'pen': pen, 'lamp': lamp, 'tulip-vase': tulip_vase, 'camera': camera, 'chair': chair, 'pocket-knife': pocket_knife,
            'headphones-sand': headphones_sand, 'headphones-graphite': headphones_graphite, 'speaker': speaker}
DETAILS = {'tulip-vase-detail': (tulip_vase, (480, 480, 1.9))}
