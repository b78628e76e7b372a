# SPDX-License-Identifier: GPL-3.0-or-later
"""Leather, cloth, straw, shoes and what is worn."""
import math
import random

from .studio import Lathe, Picture, curve, dark, ell, light, mix, num, point, poly, rrect

BRASS, STEEL = '#cfa64a', '#c3cad0'


def grain(p, d, color, seed, n=260, box=(150, 80, 810, 660)):
    rnd = random.Random(seed)
    p.inside(d)
    dots = ''.join(f'M{point(rnd.uniform(box[0], box[2]), rnd.uniform(box[1], box[3]))}h{num(rnd.uniform(2, 5))}' for _ in range(n))
    p.line(dots, dark(color, .5), 1.4, .28)
    p.end()


def satchel(color, stitch):
    p = Picture('fashion', 'Leather satchel')
    p.stand(480, 630, 262, 28)
    strap = 'M250 330C236 160 300 70 480 66C660 70 724 160 710 330'
    p.line(strap, dark(color, .55), 30)
    p.line(strap, p.linear([(0, light(color, .3)), (.5, color), (1, dark(color, .4))], 0, 0, 1, 0), 24)
    p.line('M254 300C246 166 306 80 480 76', light(color, .7), 4, .5, 2)
    p.line('M250 330C236 160 300 70 480 66C660 70 724 160 710 330', stitch, 2, .7, dash='7 6')
    body = 'M232 300C300 282 660 282 728 300C744 400 752 520 742 606C738 630 724 638 700 640C560 648 400 648 260 640C236 638 222 630 218 606C208 520 216 400 232 300Z'
    p.form(body, dark(color, .1), 26)
    grain(p, body, color, 2)
    p.inside(body)
    p.line('M246 320C236 420 232 520 240 600C244 618 252 622 268 624C400 632 560 632 692 624C708 622 716 618 720 600C728 520 724 420 714 320', stitch, 3, .75, dash='11 8')
    p.soft('M226 290H734V470C640 520 320 520 226 470Z', dark(color, .85), 14, .7)
    p.end()
    flap = 'M226 300C222 284 232 270 250 266C400 250 560 250 710 266C728 270 738 284 734 300C738 360 734 410 722 440C700 476 560 492 480 492C400 492 260 476 238 440C226 410 222 360 226 300Z'
    p.form(flap, color, 22)
    grain(p, flap, color, 5, 200)
    p.inside(flap)
    p.line('M242 310C240 360 242 400 252 430C276 460 400 476 480 476C560 476 684 460 708 430C718 400 720 360 718 310', stitch, 3, .8, dash='11 8')
    p.soft('M240 270C400 256 560 256 720 270V292C560 280 400 280 240 292Z', light(color, .8), 7, .55)
    p.soft(ell(350, 360, 110, 46), light(color, .6), 30, .35)
    p.end()
    for x in (262, 698):
        p.form(rrect(x - 17, 262, 34, 74, 10), color, 7)
        p.form(ell(x, 320, 7, 7), BRASS, 3)
    p.soft(rrect(446, 442, 76, 84, 10), dark(color, .9), 7, .6)
    p.form(rrect(440, 432, 80, 82, 12), BRASS, 9, .55, .8, .4)
    p.form(rrect(462, 470, 36, 24, 7), dark(BRASS, .12), 5)
    p.form(ell(480, 456, 6, 6), dark(BRASS, .4), 2)
    p.soft('M446 438h60l-40 70h-18Z', '#fff6d8', 4, .5)
    return p


def bag_cognac():
    return satchel('#b0652c', '#f3d9a8')


def bag_green():
    return satchel('#2f5a46', '#d9c98f')


def wallet():
    p = Picture('fashion', 'Folded card wallet')
    c = '#8f4a24'
    p.group('rotate(-9 480 360)')
    whole = rrect(210, 190, 540, 380, 30)
    p.drop(whole, 1)
    for k, (col, x) in enumerate((('#1c98a0', 268), ('#f3ead6', 288), ('#e8a317', 308))):
        card = rrect(x, 130 + k * 26, 400, 200, 22)
        p.soft(rrect(x + 4, 136 + k * 26, 400, 200, 22), '#2a1408', 7, .4)
        p.form(card, col, 8, .3, .6, .2)
        p.fill(rrect(x + 40, 152 + k * 26, 56, 12, 6), '#ffffff', .6)
    p.form(whole, c, 26)
    grain(p, whole, c, 8, 260)
    front = 'M210 330C330 300 420 356 480 356C540 356 640 300 750 330V540A30 30 0 0 1 720 570H240A30 30 0 0 1 210 540Z'
    p.soft('M210 318C330 288 420 344 480 344C540 344 640 288 750 318V360H210Z', dark(c, .9), 10, .75)
    p.form(front, light(c, .08), 24)
    grain(p, front, c, 9, 200)
    p.line('M226 344C340 320 420 372 480 372C540 372 640 320 734 344', '#f0cf9c', 3, .85, dash='12 8')
    p.line('M228 540Q230 552 244 553H716Q730 552 732 540', '#f0cf9c', 3, .85, dash='12 8')
    p.soft(ell(370, 430, 130, 50), light(c, .6), 30, .4)
    p.group('translate(480 474)')
    p.line('M-26 6L0 -22L26 6M-40 8L0 22L40 8L26 28H-26Z', dark(c, .7), 4, .7)
    p.line('M-26 8L0 -20L26 8M-40 10L0 24L40 10L26 30H-26Z', light(c, .5), 2, .5)
    p.end()
    p.end()
    return p


def belt():
    p = Picture('fashion', 'Bridle belt')
    c = '#7b3f1f'
    p.group('translate(-10 -130) scale(1.03)')
    p.stand(470, 566, 300, 70)
    coil = Lathe(470, [(420, 300), (560, 300)], .30)
    p.turned(coil, c, .5)
    d = coil.body()
    p.inside(d)
    for y in (434, 546):
        p.line(f'M170 {y}A300 90 0 0 0 770 {y}', '#e7c08a', 3, .8, dash='12 8')
    p.soft(ell(300, 560, 60, 60), light(c, .7), 26, .4)
    p.end()
    p.fill(coil.rim(), p.linear([(0, light(c, .5)), (.5, light(c, .15)), (1, dark(c, .1))], 0, 0, 1, 0))
    for k in range(7):
        r = 288 - k * 34
        p.fill(ell(470 + (k % 2) * 6, 420 + 2, r, r * .30), dark(c, .88))
        p.fill(ell(470 + (k % 2) * 6, 420 + 5, r - 9, r * .30 - 4), p.linear([(0, light(c, .42)), (1, c)], 0, 0, 1, .2))
    p.soft(ell(470, 430, 70, 20), '#1d0c05', 6, .8)
    tail = 'M470 506C560 508 640 496 700 474C750 454 790 430 812 428C832 428 842 452 838 476C834 510 800 540 742 570C660 606 560 628 470 630Z'
    p.soft('M480 520C620 520 760 470 830 460L846 510C770 600 600 650 480 650Z', '#2a1408', 14, .5)
    p.form(tail, light(c, .06), 18)
    p.line('M474 522C560 522 650 508 712 484C750 468 786 446 808 444', '#e7c08a', 3, .85, dash='12 8')
    p.line('M474 614C560 612 660 590 736 556C780 534 814 508 822 482', '#e7c08a', 3, .85, dash='12 8')
    for x, y in ((660, 548), (706, 530), (750, 508)):
        p.fill(ell(x, y, 7, 9), dark(c, .92))
        p.line(f'M{x + 5} {y - 4}q4 6 0 10', light(c, .6), 2, .7)
    frame = 'M420 470L580 470Q604 470 604 494V646Q604 670 580 670H420Q396 670 396 646V494Q396 470 420 470ZM446 506Q436 506 436 518V622Q436 634 446 634H554Q564 634 564 622V518Q564 506 554 506Z'
    p.add(f'<path d="{frame}" fill-rule="evenodd" fill="#2a1408" opacity=".5" transform="translate(8 10)" filter="url(#{p.blur(6)})"/>')
    g = p.linear([(0, light(BRASS, .7)), (.35, BRASS), (.55, light(BRASS, .5)), (1, dark(BRASS, .5))], 0, 0, 1, 1)
    p.add(f'<path d="{frame}" fill-rule="evenodd" fill="{g}"/>')
    p.line('M424 476H578Q596 478 598 494', '#fff7da', 4, .8, 1.5)
    prong = rrect(408, 556, 192, 22, 11)
    p.form(prong, BRASS, 6, .6, .8, .4)
    p.end()
    return p


def hat():
    p = Picture('fashion', 'Straw hat')
    c = '#e2bd78'
    p.soft(ell(510, 560, 380, 70), dark(p.ground, .8), 26, .5)
    p.soft(ell(490, 546, 350, 58), dark(p.ground, .9), 9, .45)
    brim = 'M110 470C120 420 260 392 480 392C700 392 840 420 852 470C858 520 700 566 480 566C260 566 104 520 110 470Z'
    p.form(brim, c, 24, .5, .6)
    p.inside(brim)
    for k in range(22):
        f = 1 - k * .030
        p.line(ell(480, 474 - k * 1.2, 372 * f, 92 * f), dark(c, .5), 2, .34)
        p.line(ell(480, 471.5 - k * 1.2, 372 * f, 92 * f), '#fff4d0', 1.5, .5)
    p.soft('M250 420C240 500 440 540 720 500C800 490 800 460 720 430Z', dark(c, .85), 18, .5)
    p.end()
    crown = 'M262 452C264 330 282 220 330 182C360 156 420 170 480 176C540 170 606 152 636 182C680 226 696 330 698 452C690 492 590 508 480 508C370 508 270 492 262 452Z'
    p.form(crown, c, 40, .55, .55)
    p.inside(crown)
    for k in range(30):
        y = 186 + k * 11
        p.line(f'M240 {y}C340 {y + 52} 620 {y + 52} 720 {y}', dark(c, .5), 2, .3)
        p.line(f'M240 {y - 3}C340 {y + 49} 620 {y + 49} 720 {y - 3}', '#fff4d0', 1.6, .45)
    for k in range(46):
        x = 250 + k * 10
        p.line(f'M{x} 170Q{x + (x - 480) * .08} 330 {x + (x - 480) * .04} 510', dark(c, .5), 1, .14)
    p.soft('M380 170C420 196 540 196 590 168L570 230C520 250 430 250 400 232Z', dark(c, .7), 16, .45)
    p.soft(ell(350, 300, 40, 90), '#fffaea', 24, .6)
    ribbon = 'M250 376C330 420 630 420 710 376L712 456C640 516 320 516 250 456Z'
    p.fill(ribbon, p.linear([(0, '#0f6b73'), (.22, '#2aa3aa'), (.5, '#12757d'), (1, '#083e44')], 0, 0, 1, 0))
    for k in range(5):
        y = 388 + k * 16
        p.line(f'M250 {y}C330 {y + 44} 630 {y + 44} 710 {y}', '#ffffff', 1.2, .13)
    p.end()
    bow = 'M610 424C650 400 690 404 700 420C706 440 690 462 650 468L612 474Z'
    p.form(bow, '#148089', 10)
    p.form('M606 420L630 418L634 478L606 480Z', '#0f6b73', 7)
    return p


TARTAN = [('#6d4c74', .55), ('#3d5a52', .5), ('#e9dfd0', .7), ('#c98b3a', .75)]


def tartan(p, x, y, w, h, d):
    p.inside(d)
    rows = [(0, 26, 0), (34, 5, 2), (58, 40, 1), (106, 4, 3)]
    for start in range(-20, int(max(w, h)) + 130, 128):
        for off, size, i in rows:
            col, op = TARTAN[i]
            if start + off < w + 30:
                p.add(f'<rect x="{num(x + start + off)}" y="{num(y - 40)}" width="{size}" height="{num(h + 80)}" fill="{col}" opacity="{op}"/>')
            if start + off < h + 60:
                p.add(f'<rect x="{num(x - 20)}" y="{num(y + start + off)}" width="{num(w + 40)}" height="{size}" fill="{col}" opacity="{op * .7:.2f}"/>')
    twill = ''.join(f'M{num(x - 100 + k * 6)} {num(y - 40)}l{num(h * .6 + 60)} {num(h + 90)}' for k in range(int((w + 160) / 6)))
    p.line(twill, '#ffffff', 1, .12)
    p.end()


def fringe(p, x, y, w, length, color, seed):
    rnd = random.Random(seed)
    n = int(w / 13)
    for k in range(n):
        fx = x + 6 + k * 13
        sway = rnd.uniform(-5, 6)
        pts = curve([(fx, y - 6), (fx + sway * .3, y + length * .4), (fx + sway, y + length + rnd.uniform(-6, 4))])
        p.line(pts, dark(color, .8), 8, .25, 3)
        p.line(pts, rnd.choice([color, TARTAN[0][0], TARTAN[1][0], '#cbb9a4']), 7)
        p.line(pts, '#ffffff', 2, .3)


def scarf():
    p = Picture('fashion', 'Lambswool scarf')
    base = '#a58aa5'
    p.group('rotate(7 480 360)')
    back = 'M430 92C520 84 640 88 700 100L724 560C640 566 520 566 452 560Z'
    p.drop(back, 1)
    p.form(back, base, 18)
    tartan(p, 436, 92, 290, 470, back)
    p.shade(back, base, 26, .5, .3)
    fringe(p, 454, 560, 272, 62, base, 4)
    p.end()
    p.group('rotate(-7 480 360)')
    front = 'M246 96C330 70 450 74 540 92C556 240 560 420 552 566C450 576 330 576 238 564C226 420 230 240 246 96Z'
    p.drop(front, .9)
    p.form(front, base, 18)
    tartan(p, 236, 84, 320, 486, front)
    p.shade(front, base, 30, .6, .4)
    p.inside(front)
    p.soft('M236 80C330 60 470 60 552 88L550 140C450 112 340 112 240 136Z', '#ffffff', 12, .45)
    p.soft('M236 150C330 126 460 126 556 154V176C460 150 330 150 236 172Z', '#2c1a30', 12, .35)
    p.soft('M390 180C410 320 402 460 420 570H450C430 460 440 320 416 180Z', '#2c1a30', 14, .22)
    p.soft('M330 180C346 320 336 460 350 570H372C360 460 366 320 352 180Z', '#ffffff', 14, .25)
    p.end()
    fringe(p, 240, 564, 312, 66, base, 6)
    p.end()
    return p


def umbrella():
    p = Picture('fashion', 'Walking umbrella')
    c = '#24533f'
    p.soft(ell(560, 626, 320, 42), dark(p.ground, .8), 26, .5)
    p.soft(ell(360, 634, 120, 14), dark(p.ground, .9), 7, .5)
    p.group('rotate(24 480 330)')
    wood = '#b5854f'
    p.line('M480 110V560C480 640 400 640 400 574', dark(wood, .45), 21)
    p.line('M478 110V560C478 632 402 632 402 574', p.linear([(0, light(wood, .5)), (.5, wood), (1, dark(wood, .3))], 0, 0, 1, 0), 15)
    p.form(rrect(472, 62, 16, 60, 7), BRASS, 5)
    p.form(rrect(388, 566, 27, 22, 6), BRASS, 5)
    ribs = [130, 214, 330, 480, 630, 746, 830]
    low = [368, 392, 404, 408, 404, 392, 368]
    under = 'M130 368L480 150L830 368Q790 392 760 416Q700 404 650 436Q560 414 480 440Q400 414 310 436Q260 404 200 416Q170 392 130 368Z'
    p.fill(under, p.linear([(0, dark(c, .9)), (1, dark(c, .55))], 0, 0, 0, 1))
    p.line('M480 200L310 434M480 200L650 434M480 200L200 414M480 200L760 414', light(c, .3), 2, .5)
    tone = [.26, .42, .18, 0, -.14, -.34]
    for k in range(6):
        col = light(c, tone[k]) if tone[k] >= 0 else dark(c, -tone[k])
        x0, x1, y0, y1 = ribs[k], ribs[k + 1], low[k], low[k + 1]
        mx = (x0 + x1) / 2
        bend = lambda x: (480 + (x - 480) * .86, 170)
        a, b = bend(x0), bend(x1)
        d = f'M480 108C{point(480 + (a[0] - 480) * .5, 112)} {point(*a)} {point(x0, y0)}Q{point(mx, (y0 + y1) / 2 - 34)} {point(x1, y1)}C{point(*b)} {point(480 + (b[0] - 480) * .5, 112)} 480 108Z'
        p.fill(d, p.linear([(0, light(col, .16)), (.6, col), (1, dark(col, .3))], 0, 0, .2, 1))
        p.shade(d, col, 12, .5, .25)
        p.line(f'M{point(x0, y0)}Q{point(mx, (y0 + y1) / 2 - 34)} {point(x1, y1)}', light(col, .45), 3, .6)
    for x, y in zip(ribs, low):
        p.form(ell(x, y + 3, 6, 6), BRASS, 2)
    p.soft('M250 230C300 160 390 124 450 120C380 150 310 200 276 280Z', '#ffffff', 14, .4)
    p.end()
    return p


def sneaker(p, c, accent, sole='#efe4cf'):
    upper = ('M196 470C190 400 196 330 214 268C222 244 246 238 266 250C296 270 330 280 372 274C392 270 404 262 416 268'
             'C470 318 540 370 620 396C700 416 772 430 786 500L786 540H200Z')
    p.form(upper, c, 26, .5, .6)
    grain_lines = ''.join(f'M{196 + k * 9} 230L{160 + k * 9} 560' for k in range(72))
    p.inside(upper)
    p.line(grain_lines, dark(c, .5), 1, .16)
    p.line(''.join(f'M180 {250 + k * 9}H800' for k in range(36)), dark(c, .5), 1, .12)
    toe = 'M660 404C730 414 786 440 790 520H690C690 470 690 440 640 400Z'
    p.fill(toe, p.linear([(0, '#fffdf4'), (1, dark(sole, .18))], 0, 0, .6, 1))
    p.soft('M640 398C690 440 690 470 690 524', dark(c, .7), 4, .3)
    heel = 'M180 240L246 238C236 330 238 440 262 540H180Z'
    p.fill(heel, p.linear([(0, light(accent, .25)), (1, dark(accent, .25))], 0, 0, 1, 0))
    p.line('M252 240C242 330 244 440 268 540', '#ffffff', 2.4, .8, dash='9 6')
    side = 'M330 540C350 460 380 400 420 352L500 408C460 450 440 490 436 540Z'
    p.fill(side, p.linear([(0, light(c, .3)), (1, dark(c, .14))], 0, 0, 1, 1))
    p.line('M336 538C356 460 386 404 424 360M430 538C434 490 456 450 494 410', accent, 2.6, .8, dash='9 6')
    wave = 'M300 480C340 440 372 520 412 480S484 520 524 480S590 500 610 486'
    p.line(wave, accent, 11)
    p.end()
    p.fill('M214 268C222 244 246 238 266 250C296 270 330 280 372 274C392 270 404 262 416 268C370 300 280 306 214 268Z', dark(accent, .55))
    tongue = 'M392 272C390 220 420 190 450 196C470 200 476 216 470 240L640 388C600 404 560 396 530 380C480 350 430 310 392 272Z'
    p.form(tongue, light(c, .12), 14)
    for k in range(5):
        x, y = 430 + k * 42, 300 + k * 25
        lace = f'M{x - 18} {y + 26}C{x} {y - 12} {x + 26} {y - 26} {x + 52} {y - 24}'
        p.line(lace, '#3a2d22', 12, .35, 4)
        p.line(lace, '#fffaf0' if c != '#fffaf0' else '#f4ead6', 11)
        p.line(lace, '#b9a88c', 1.6, .5)
        p.fill(ell(x - 18, y + 28, 5, 5), dark(accent, .3))
    p.line('M470 250C440 236 410 262 436 286M470 250C500 226 520 262 486 274', '#fffaf0', 10)
    p.line('M470 250C440 236 410 262 436 286M470 250C500 226 520 262 486 274', '#b9a88c', 1.6, .5)
    bottom = 'M186 512C300 536 700 536 800 508C812 540 808 572 786 580C600 592 360 592 206 580C182 572 180 540 186 512Z'
    p.form(bottom, sole, 14, .45, .7)
    p.line('M190 534C300 556 700 556 804 530', accent, 5, .9)


def sneakers(c, accent):
    p = Picture('fashion', 'Court sneakers')
    p.soft(ell(560, 606, 330, 34), dark(p.ground, .8), 24, .5)
    p.group('translate(150 18) scale(.84 .70)')
    p.soft(ell(500, 584, 306, 18), dark(p.ground, .9), 9, .5)
    sneaker(p, dark(c, .06), accent)
    p.end()
    p.group('translate(-70 128) scale(1.02 .84)')
    p.soft(ell(500, 582, 310, 20), dark(p.ground, .9), 9, .6)
    sneaker(p, c, accent)
    p.end()
    return p


def sneakers_white():
    return sneakers('#f5efe2', '#1c7f88')


def sneakers_navy():
    return sneakers('#2d4266', '#e8a317')


def sunglasses():
    p = Picture('fashion', 'Round sunglasses')
    c = '#b8691f'
    p.group('translate(-24 -14) scale(1.05)')
    p.soft(ell(510, 560, 340, 40), dark(p.ground, .8), 24, .5)
    for side in (-1, 1):
        arm = f'M{480 + side * 300} 336C{480 + side * 292} 290 {480 + side * 268} 236 {480 + side * 244} 190C{480 + side * 238} 178 {480 + side * 230} 170 {480 + side * 224} 168'
        p.line(arm, '#3a1d08', 22, .3, 7)
        p.line(arm, dark(c, .45), 19)
        p.line(arm, light(c, .3), 6, .6, 1.5)
    for side in (-1, 1):
        cx = 480 + side * 166
        # Light that falls through the lens onto the ground.
        p.soft(ell(cx + 46, 560, 112, 24), '#c9822e', 12, .5)
        ring = ell(cx, 400, 146, 142)
        hole = ell(cx, 402, 116, 112)
        p.add(f'<path d="{ring}" fill="{dark(p.ground, .8)}" opacity=".3" transform="translate(12 16)" filter="url(#{p.blur(10)})"/>')
        p.fill(hole, p.linear([(0, '#5a3214', .95), (.55, '#9a5a22', .86), (1, '#e0a85e', .8)], 0, 0, .3, 1))
        p.inside(hole)
        p.soft(f'M{cx - 110} 380L{cx - 10} 280L{cx + 36} 280L{cx - 110} 440Z', '#ffffff', 5, .5)
        p.soft(f'M{cx - 40} 500L{cx + 100} 350L{cx + 112} 370L{cx - 20} 512Z', '#ffffff', 5, .22)
        p.end()
        both = ring + hole
        g = p.linear([(0, light(c, .55)), (.4, c), (.7, dark(c, .3)), (1, dark(c, .55))], 0, 0, 1, 1)
        p.add(f'<path d="{both}" fill-rule="evenodd" fill="{g}"/>')
        rnd = random.Random(5 + side)
        p.add(f'<g clip-path="url(#{p.clip(ring)})">')
        for _ in range(26):
            a = rnd.uniform(0, 6.28)
            p.soft(ell(cx + 131 * math.cos(a), 400 + 127 * math.sin(a), rnd.uniform(5, 16), rnd.uniform(4, 9)), '#5b2c0a', 3, round(rnd.uniform(.15, .4), 2))
        p.end()
        p.fill(hole, p.linear([(0, '#5a3214', 1), (.55, '#9a5a22', 1), (1, '#dba253', 1)], 0, 0, .3, 1))
        p.inside(hole)
        p.soft(f'M{cx - 110} 380L{cx - 10} 280L{cx + 36} 280L{cx - 110} 440Z', '#ffffff', 5, .5)
        p.soft(f'M{cx - 40} 500L{cx + 100} 350L{cx + 112} 370L{cx - 20} 512Z', '#ffffff', 5, .2)
        p.line(ell(cx, 402, 114, 110), '#2d1403', 5, .45, 3)
        p.end()
        p.line(f'M{cx - 118} 330A140 136 0 0 1 {cx + 30} 264', '#fff0d0', 7, .85, 2)
        p.form(rrect(480 + side * 296 - 17, 320, 34, 30, 8), dark(c, .1), 6)
        p.form(ell(480 + side * 296, 335, 4, 4), BRASS, 2)
    bridge = 'M430 352C450 312 510 312 530 352L520 372C504 344 456 344 440 372Z'
    p.form(bridge, c, 9)
    p.end()
    return p


def clog(p, c):
    body = 'M152 410C150 360 190 330 250 322C330 314 400 330 470 352C560 372 680 372 760 372C800 366 830 340 848 330C866 328 868 348 856 380C836 450 760 520 640 552C500 580 300 586 200 570C160 560 152 500 152 410Z'
    p.form(body, c, 34, .55, .6)
    p.inside(body)
    p.soft(ell(640, 400, 130, 22), '#fff3cc', 16, .75)
    p.soft('M150 520H860V600H150Z', dark(c, .7), 18, .4)
    rnd = random.Random(3)
    for k in range(9):
        y = 440 + k * 14
        p.line(curve([(150, y), (360, y + rnd.uniform(4, 12)), (600, y + rnd.uniform(-16, 0)), (860, y - 60)]), dark(c, .5), 1.6, .18)
    p.line(curve([(500, 392), (560, 420), (640, 430), (720, 416)]), '#c23b22', 7, .9)
    p.group('translate(620 452)')
    for a in range(0, 360, 60):
        p.add(f'<ellipse cx="0" cy="-17" rx="9" ry="15" fill="#c23b22" transform="rotate({a})"/>')
    p.fill(ell(0, 0, 8, 8), '#fff3cc')
    p.end()
    p.fill('M660 446q26 -16 40 0q-20 16 -40 0ZM578 460q-26 -14 -40 2q20 14 40 -2Z', '#2f7d5b')
    p.end()
    hole = 'M186 392C184 356 240 344 300 348C380 354 450 376 462 398C452 424 380 432 300 430C230 428 188 420 186 392Z'
    p.fill(hole, p.linear([(0, '#5f3a12'), (.5, '#a87433'), (1, '#dcb172')], 0, 0, .4, 1))
    p.inside(hole)
    p.soft('M180 340C300 330 440 360 470 400L460 370C420 330 220 320 180 360Z', '#2e1804', 14, .75)
    p.end()
    p.line('M186 392C184 420 230 428 300 430C380 432 452 424 462 398', light(c, .7), 5, .7, 1)
    p.form('M210 556L330 566L324 604L220 596Z', dark(c, .25), 8)
    p.form('M520 564L640 544L650 582L540 598Z', dark(c, .3), 8)


def clogs():
    p = Picture('fashion', 'Garden clogs')
    c = '#eeb32e'
    p.group('translate(96 -104) scale(.9)')
    p.soft(ell(480, 602, 330, 24), dark(p.ground, .9), 14, .5)
    clog(p, dark(c, .08))
    p.end()
    p.group('translate(-44 50)')
    p.soft(ell(520, 602, 350, 34), dark(p.ground, .8), 22, .5)
    p.soft(ell(430, 602, 260, 14), dark(p.ground, .95), 7, .6)
    clog(p, c)
    p.end()
    return p


def watch():
    p = Picture('fashion', 'Automatic watch with a blue dial')
    strap = '#7a4522'
    p.group('rotate(8 480 360)')
    up = 'M408 232L420 40Q424 22 444 20H516Q536 22 540 40L552 232Z'
    down = 'M408 488L416 690Q420 706 440 708H520Q540 706 544 690L552 488Z'
    for d in (up, down):
        p.drop(d, .8)
        p.form(d, strap, 16)
    p.line('M424 226L434 48Q436 36 448 36H512Q524 36 526 48L536 226', '#efd2a2', 3, .8, dash='10 7')
    p.line('M424 494L430 680Q432 692 444 692H516Q528 692 530 680L536 494', '#efd2a2', 3, .8, dash='10 7')
    for k in range(4):
        p.fill(ell(480, 560 + k * 34, 7, 9), dark(strap, .9))
    case = ell(480, 360, 204, 204)
    for sx in (-1, 1):
        for sy in (-1, 1):
            lug = poly([(480 + sx * 70, 360 + sy * 180), (480 + sx * 96, 360 + sy * 232), (480 + sx * 124, 360 + sy * 226), (480 + sx * 140, 360 + sy * 140)])
            p.form(lug, '#c9ced3', 8)
    p.drop(case, .7)
    crown = rrect(676, 334, 42, 52, 10)
    p.form(crown, '#c9ced3', 8)
    p.line(''.join(f'M682 {342 + k * 7}H716' for k in range(6)), '#6a737a', 2, .6)
    p.fill(case, p.linear([(0, '#ffffff'), (.3, '#d5dade'), (.55, '#8f989f'), (.75, '#dfe3e6'), (1, '#7b848b')], 0, 0, 1, 1))
    p.line(ell(480, 360, 188, 188), p.linear([(0, '#7c858c'), (1, '#ffffff')], 0, 0, 1, 1), 10)
    dial = ell(480, 360, 176, 176)
    p.fill(dial, p.radial([(0, '#5f93bd'), (.45, '#2f658f'), (1, '#143654')], .36, .3, .85))
    p.inside(dial)
    for a in range(0, 360, 6):
        p.add(f'<path d="M480 360L{num(480 + 190 * math.cos(math.radians(a)))} {num(360 + 190 * math.sin(math.radians(a)))}L{num(480 + 190 * math.cos(math.radians(a + 2.4)))} {num(360 + 190 * math.sin(math.radians(a + 2.4)))}Z" fill="#ffffff" opacity=".035"/>')
    p.end()
    for h in range(60):
        a = math.radians(h * 6)
        r0 = 140 if h % 5 == 0 else 160
        q = f'M{point(480 + r0 * math.sin(a), 360 - r0 * math.cos(a))}L{point(480 + 168 * math.sin(a), 360 - 168 * math.cos(a))}'
        p.line(q, '#eef3f6', 8 if h % 5 == 0 else 2, .95 if h % 5 == 0 else .6, cap='butt')
    p.fill(rrect(590, 346, 34, 28, 4), '#f4f6f7')
    p.line('M603 353V367M611 353q6 0 4 6t-5 8h7', '#22323e', 2.4)

    def hand(angle, length, w, color):
        p.add(f'<g transform="rotate({angle} 480 360)"><path d="M{480 - w} 386L{480 - w * 1.2} 340L480 {360 - length}L{480 + w * 1.2} 340L{480 + w} 386Z" fill="#0a1c2c" opacity=".5" transform="translate(5 6)" filter="url(#{p.blur(3)})"/>'
              f'<path d="M{480 - w} 386L{480 - w * 1.2} 340L480 {360 - length}V386Z" fill="{light(color, .5)}"/><path d="M480 {360 - length}L{480 + w * 1.2} 340L{480 + w} 386H480Z" fill="{dark(color, .25)}"/></g>')
    hand(-56, 96, 8, '#d9dfe3')
    hand(58, 146, 6, '#d9dfe3')
    p.add(f'<g transform="rotate(196 480 360)"><path d="M478.500 400L479 200H481L481.500 400Z" fill="#e8a317"/></g>')
    p.form(ell(480, 360, 11, 11), '#d9dfe3', 4)
    p.inside(dial)
    p.soft('M300 420L420 180L500 180L330 470Z', '#ffffff', 8, .22)
    p.end()
    p.line('M300 300A196 196 0 0 1 420 174', '#ffffff', 7, .9, 2)
    p.end()
    return p


def fan():
    p = Picture('fashion', 'Folding fan')
    cx, cy = 480, 610
    sector = lambda r, a0, a1: [(cx + r * math.sin(math.radians(a)), cy - r * math.cos(math.radians(a))) for a in (a0, a1)]
    ribs, a_min, a_max = 25, -72, 72
    p.group('translate(62 62) scale(.87)')
    step = (a_max - a_min) / ribs
    arc = lambda r: [(cx + r * math.sin(math.radians(a_min + k * step)), cy - r * math.cos(math.radians(a_min + k * step))) for k in range(ribs + 1)]
    leaf = poly(arc(490) + arc(210)[::-1])
    p.drop(poly(arc(490) + arc(60)[::-1]), .9)
    for k in range(ribs + 1):
        a = math.radians(a_min + k * step)
        edge = k in (0, ribs)
        x0, y0 = cx - 34 * math.sin(a), cy + 34 * math.cos(a)
        x1, y1 = cx + (480 if edge else 240) * math.sin(a), cy - (480 if edge else 240) * math.cos(a)
        p.line(f'M{point(x0, y0)}L{point(x1, y1)}', '#4a2d17', 15 if edge else 11)
        p.line(f'M{point(x0 - 2, y0)}L{point(x1 - 2, y1)}', '#a9713d', 4, .8)
    p.fill(leaf, p.linear([(0, '#fbf3df'), (1, '#e9cf9d')], 0, 0, 1, .6))
    p.inside(leaf)
    p.soft(ell(690, 300, 96, 96), '#d9562f', 1.2, .9)
    p.soft('M60 560C200 420 420 470 520 430S800 470 940 560L900 640H60Z', '#7aa5a0', 16, .55)
    rnd = random.Random(12)
    for k in range(46):
        a = rnd.uniform(-70, 62)
        r = math.radians(a)
        x, y = cx + 215 * math.sin(r), cy - 215 * math.cos(r)
        h = rnd.uniform(90, 230)
        lean = rnd.uniform(-.1, .35)
        tx, ty = x + h * math.sin(r + lean), y - h * math.cos(r + lean)
        c = mix('#3c6a4c', '#b08a3a', rnd.random())
        p.line(f'M{point(x, y)}Q{point(x + h * .6 * math.sin(r), y - h * .6 * math.cos(r))} {point(tx, ty)}', c, rnd.uniform(2, 4), .85)
        if k % 2:
            for j in range(5):
                p.fill(ell(tx + rnd.uniform(-10, 14), ty + rnd.uniform(-8, 16), 5, 3.4), mix('#b5486a', '#e8a317', rnd.random()), .85)
    p.end()
    for k in range(ribs):
        a0, a1 = a_min + k * step, a_min + (k + 1) * step
        d = poly(sector(490, a0, a1) + sector(210, a0, a1)[::-1])
        if k % 2:
            p.fill(d, '#5b3a12', .17)
        else:
            p.fill(d, '#ffffff', .16)
    top = arc(487)
    p.line('M' + 'L'.join(point(*q) for q in top), '#c79a4a', 5, .9)
    p.form(ell(cx, cy, 13, 13), BRASS, 5)
    tassel = 'M480 626C500 650 540 640 560 660'
    p.line(tassel, '#a8332a', 5)
    p.form('M552 652L580 664L590 700L548 698Z', '#b83a2e', 8)
    p.end()
    return p


PICTURES = {'bag-cognac': bag_cognac, 'bag-green': bag_green, 'wallet': wallet, 'belt': belt, 'hat': hat, 'scarf': scarf,
            'umbrella': umbrella, 'sneakers-white': sneakers_white, 'sneakers-navy': sneakers_navy, 'sunglasses': sunglasses,
            'clogs': clogs, 'watch': watch, 'fan': fan}
DETAILS = {'bag-detail': (bag_cognac, (480, 440, 2)), 'scarf-detail': (scarf, (420, 520, 2)), 'watch-detail': (watch, (500, 350, 1.8))}
