# SPDX-License-Identifier: GPL-3.0-or-later
"""The studio that every product picture is drawn in: one ground, one lamp at the upper left, soft shadows.

A Picture collects SVG in drawing order. Shapes are path strings; `form` gives one body (gradient, dark at the lower
right, light at the upper left), `turned` one that was made on a wheel or lathe, `drop` and `stand` its shadow.
"""
import math
from html import escape

WIDTH, HEIGHT = 960, 720
GROUND = {'home': '#d9e2d0', 'kitchen': '#cfe4e3', 'fashion': '#f0dcc9', 'food': '#f3e2b4', 'beauty': '#f0d3d3',
          'stationery': '#ddd5ea', 'tech': '#d3deeb'}


def rgb(c):
    c = c.lstrip('#')
    return [int(c[i:i + 2], 16) for i in (0, 2, 4)]


def mix(a, b, t):
    return '#' + ''.join('%02x' % round(x + (y - x) * t) for x, y in zip(rgb(a), rgb(b)))


def light(c, t):
    return mix(c, '#fffaf0', t)


def dark(c, t):
    """Darker without greying: towards a cool, deep version of the same hue."""
    r, g, b = rgb(c)
    deep = '#%02x%02x%02x' % (round(r * .22), round(g * .22), round(b * .30))
    return mix(c, deep, t)


def num(v):
    text = f'{v:.1f}'
    return text[:-2] if text.endswith('.0') else text


def point(x, y):
    return f'{num(x)} {num(y)}'


def poly(pts):
    return 'M' + 'L'.join(point(*p) for p in pts) + 'Z'


def ell(cx, cy, rx, ry):
    return f'M{point(cx - rx, cy)}a{num(rx)} {num(ry)} 0 1 0 {num(2 * rx)} 0a{num(rx)} {num(ry)} 0 1 0 {num(-2 * rx)} 0Z'


def rrect(x, y, w, h, r):
    return (f'M{point(x + r, y)}h{num(w - 2 * r)}a{r} {r} 0 0 1 {r} {r}v{num(h - 2 * r)}a{r} {r} 0 0 1 {-r} {r}'
            f'h{num(2 * r - w)}a{r} {r} 0 0 1 {-r} {-r}v{num(2 * r - h)}a{r} {r} 0 0 1 {r} {-r}Z')


def handles(p0, p1, p2, p3):
    """The two control points of the smooth piece from p1 to p2; never longer than 0.4 of it, so that nothing loops."""
    most = .4 * math.dist(p1[:2], p2[:2])
    out = []
    for at, a, b, way in ((p1, p0, p2, 1), (p2, p1, p3, -1)):
        dx, dy = (b[0] - a[0]) / 6, (b[1] - a[1]) / 6
        short = min(1, most / (math.hypot(dx, dy) or 1))
        out.append((at[0] + way * dx * short, at[1] + way * dy * short))
    return out


def curve(pts, closed=False, start=True):
    """A smooth line through points; a point (x, y, 1) is a corner."""
    n = len(pts)
    out = 'M' + point(*pts[0][:2]) if start else ''
    sharp = lambda p: len(p) > 2
    for i in range(n if closed else n - 1):
        p1, p2 = pts[i % n], pts[(i + 1) % n]
        p0 = pts[(i - 1) % n] if closed or i > 0 else p1
        p3 = pts[(i + 2) % n] if closed or i + 2 < n else p2
        if sharp(p1):
            p0 = p1
        if sharp(p2):
            p3 = p2
        c1, c2 = handles(p0, p1, p2, p3)
        out += f'C{point(*c1)} {point(*c2)} {point(*p2[:2])}'
    return out + ('Z' if closed else '')


class Lathe:
    """A turned body: a profile of (y, radius) from top to bottom around x = cx; `tilt` is how round its circles look."""

    def __init__(self, cx, profile, tilt=.16):
        self.cx, self.tilt = cx, tilt
        self.profile = profile
        self.top, self.bottom = profile[0][0], profile[-1][0]
        self.table = self._sample()

    def _sample(self):
        p, table = self.profile, []
        for i in range(len(p) - 1):
            p1, p2 = p[i], p[i + 1]
            p0 = p1 if i == 0 or len(p1) > 2 else p[i - 1]
            p3 = p2 if i + 2 >= len(p) or len(p2) > 2 else p[i + 2]
            c1, c2 = handles(p0, p1, p2, p3)
            for k in range(25):
                t = k / 24
                table.append([(1 - t) ** 3 * p1[a] + 3 * (1 - t) ** 2 * t * c1[a] + 3 * (1 - t) * t * t * c2[a] + t ** 3 * p2[a]
                              for a in (0, 1)])
        return table

    def radius(self, y):
        best = min(range(len(self.table)), key=lambda i: abs(self.table[i][0] - y))
        return self.table[best][1]

    def body(self, y0=None, y1=None):
        """The outline between two heights, round at both ends."""
        whole = y0 is None and y1 is None
        y0 = self.top if y0 is None else y0
        y1 = self.bottom if y1 is None else y1
        if whole:
            pts = [(r, y) + tuple(s) for y, r, *s in self.profile]
        else:
            inside = [(r, y) for y, r in self.table[::6] if y0 + 2 < y < y1 - 2]
            pts = [(self.radius(y0), y0)] + inside + [(self.radius(y1), y1)]
        left = [(self.cx - r, y) + tuple(s) for r, y, *s in pts]
        right = [(self.cx + r, y) + tuple(s) for r, y, *s in pts]
        r0, r1 = pts[0][0], pts[-1][0]
        sweep = f'A{num(r1)} {num(r1 * self.tilt)} 0 0 0 {point(*right[-1][:2])}'
        back = curve(right[::-1], start=False)
        top = f'A{num(r0)} {num(max(r0 * self.tilt, .1))} 0 0 1 {point(*left[0][:2])}'
        return curve(left) + sweep + back + top + 'Z'

    def rim(self, y=None, inset=0):
        y = self.top if y is None else y
        r = self.radius(y) - inset
        return ell(self.cx, y, r, r * self.tilt)

    def around(self, y, a):
        """The point of the surface at height y that stands at angle a (0 faces us, -90 left)."""
        r, a = self.radius(y), math.radians(a)
        return self.cx + r * math.sin(a), y + r * self.tilt * math.cos(a)


class Picture:
    width, height = WIDTH, HEIGHT

    def __init__(self, category, title):
        self.category, self.title = category, title
        self.ground = GROUND[category]
        self.defs, self.out, self.known = [], [], {}

    # --- what lies in <defs> ---
    def define(self, kind, text):
        key = (kind, text)
        if key not in self.known:
            self.known[key] = f'{kind}{len(self.known)}'
            self.defs.append(text.replace('@', self.known[key]))
        return self.known[key]

    def path(self, d):
        return self.define('p', f'<path id="@" d="{d}"/>')

    def clip(self, d):
        return self.define('c', f'<clipPath id="@"><use href="#{self.path(d)}"/></clipPath>')

    def blur(self, s):
        return self.define('b', '<filter id="@" filterUnits="userSpaceOnUse" x="-240" y="-240" '
                           f'width="{self.width + 480}" height="{self.height + 480}"><feGaussianBlur stdDeviation="{num(s)}"/></filter>')

    def stops(self, stops):
        rows = []
        for at, color, *alpha in stops:
            extra = f' stop-opacity="{alpha[0]}"' if alpha else ''
            rows.append(f'<stop offset="{at}" stop-color="{color}"{extra}/>')
        return ''.join(rows)

    def linear(self, stops, x1=0, y1=0, x2=0, y2=1, absolute=False):
        units = ' gradientUnits="userSpaceOnUse"' if absolute else ''
        at = ' '.join(f'{k}="{num(v) if absolute else v}"' for k, v in zip(('x1', 'y1', 'x2', 'y2'), (x1, y1, x2, y2)))
        text = f'<linearGradient id="@" {at}{units}>{self.stops(stops)}</linearGradient>'
        return f'url(#{self.define("g", text)})'

    def radial(self, stops, cx=.35, cy=.3, r=.8):
        text = f'<radialGradient id="@" cx="{cx}" cy="{cy}" r="{r}">{self.stops(stops)}</radialGradient>'
        return f'url(#{self.define("r", text)})'

    # --- drawing ---
    def add(self, text):
        self.out.append(text)

    def fill(self, d, paint, opacity=1, extra=''):
        op = f' opacity="{opacity}"' if opacity != 1 else ''
        self.add(f'<path d="{d}" fill="{paint}"{op}{" " + extra if extra else ""}/>')

    def line(self, d, paint, width, opacity=1, blur=0, dash=None, cap='round'):
        extra = f' opacity="{opacity}"' if opacity != 1 else ''
        extra += f' filter="url(#{self.blur(blur)})"' if blur else ''
        extra += f' stroke-dasharray="{dash}"' if dash else ''
        self.add(f'<path d="{d}" fill="none" stroke="{paint}" stroke-width="{num(width)}" stroke-linecap="{cap}" stroke-linejoin="round"{extra}/>')

    def soft(self, d, paint, blur, opacity=1):
        self.add(f'<path d="{d}" fill="{paint}" opacity="{opacity}" filter="url(#{self.blur(blur)})"/>')

    def inside(self, d):
        """What is drawn until `end` shows only inside d."""
        self.add(f'<g clip-path="url(#{self.clip(d)})">')

    def group(self, transform):
        self.add(f'<g transform="{transform}">')

    def end(self):
        self.add('</g>')

    def stand(self, cx, y, rx, ry=None, strength=1, glow=None):
        """The shadow of something that stands on the ground: dark where it touches, long and faint to the right."""
        ry = ry or rx * .17
        s = dark(self.ground, .78)
        self.soft(ell(cx + rx * .42, y + ry * .45, rx * 1.22, ry * 1.25), s, 30, round(.36 * strength, 3))
        self.soft(ell(cx + rx * .12, y + ry * .25, rx * 1.04, ry * 1.05), s, 12, round(.46 * strength, 3))
        if glow:
            self.soft(ell(cx + rx * .55, y + ry * .5, rx * .5, ry * .5), glow, 14, .75)
        self.soft(ell(cx, y + ry * .12, rx * .94, ry * .9), dark(s, .5), 5, round(.62 * strength, 3))

    def drop(self, d, far=1):
        """The shadow of something that lies on the ground, seen from above."""
        s = dark(self.ground, .8)
        for dx, dy, b, op in ((26, 34, 26, .26), (12, 16, 11, .30), (3, 5, 3, .35)):
            self.add(f'<path d="{d}" fill="{s}" opacity="{op}" transform="translate({num(dx * far)} {num(dy * far)})" filter="url(#{self.blur(b * far)})"/>')

    def shade(self, d, color, k=18, lo=.5, hi=.55):
        """Roundness for any outline: its lower right edge falls into shadow, its upper left one catches the lamp."""
        use = self.path(d)
        self.add(f'<g clip-path="url(#{self.clip(d)})" fill="none">'
                 f'<use href="#{use}" stroke="{dark(color, .75)}" stroke-width="{num(2 * k)}" opacity="{lo}" transform="translate({num(-k * .8)} {num(-k * .8)})" filter="url(#{self.blur(k * .75)})"/>'
                 f'<use href="#{use}" stroke="{light(color, .85)}" stroke-width="{num(k * .9)}" opacity="{hi}" transform="translate({num(k * .5)} {num(k * .5)})" filter="url(#{self.blur(k * .4)})"/></g>')

    def form(self, d, color, k=18, lo=.5, hi=.55, spread=.28):
        g = self.linear([(0, light(color, spread)), (.5, color), (1, dark(color, spread))], 0, 0, 1, 1)
        self.fill(d, g)
        self.shade(d, color, k, lo, hi)

    def cylinder(self, color, gloss=.5):
        return self.linear([(0, dark(color, .30)), (.10, dark(color, .05)), (.27, light(color, gloss)), (.42, light(color, gloss * .25)),
                            (.60, color), (.88, dark(color, .48)), (1, dark(color, .36))], 0, 0, 1, 0)

    def turned(self, lathe, color, gloss=.5, y0=None, y1=None, streak=0):
        d = lathe.body(y0, y1)
        self.fill(d, self.cylinder(color, gloss))
        y0 = lathe.top if y0 is None else y0
        y1 = lathe.bottom if y1 is None else y1
        self.inside(d)
        shadow = self.linear([(0, '#ffffff', .10), (.45, '#ffffff', 0), (.6, '#000000', 0), (1, dark(color, .8), .38)])
        self.fill(f'M0 {num(y0 - 60)}H960V{num(y1 + 80)}H0Z', shadow)
        self.end()
        if streak:
            self.streak(lathe, streak, y0, y1)

    def streak(self, lathe, opacity, y0=None, y1=None, at=.62, width=9, blur=3):
        """The lamp mirrored in something glossy."""
        y0 = lathe.top if y0 is None else y0
        y1 = lathe.bottom if y1 is None else y1
        a, b = y0 + (y1 - y0) * .10, y0 + (y1 - y0) * .82
        pts = [(lathe.cx - lathe.radius(y) * at, y + lathe.radius(y) * lathe.tilt * .6) for y in [a + (b - a) * i / 12 for i in range(13)]]
        self.line(curve(pts), '#ffffff', width, opacity, blur)

    def mouth(self, lathe, color, inset=8, depth=.7, inner=None):
        """The rim and the dark inside of something open at the top."""
        self.fill(lathe.rim(), self.linear([(0, light(color, .6)), (1, light(color, .1))], 0, 0, 1, 0))
        inner = inner or dark(color, depth)
        self.fill(lathe.rim(inset=inset), self.linear([(0, dark(inner, .5)), (1, light(inner, .18))], 0, 0, 1, .4))

    def svg(self, zoom=None):
        g = self.ground
        back = self.linear([(0, light(g, .55)), (.55, light(g, .12)), (.72, g), (1, light(g, .18))])
        lamp = self.radial([(0, '#ffffff', .7), (.5, '#ffffff', .2), (1, '#ffffff', 0)], .22, .12, .75)
        fall = self.radial([(0, dark(g, .5), 0), (.62, dark(g, .5), 0), (1, dark(g, .6), .26)], .4, .36, .85)
        whole = f'M0 0H{WIDTH}V{HEIGHT}H0Z'
        paper = ''.join(f'<path d="{whole}" fill="{p}"/>' for p in (back, lamp, fall))
        body = '\n'.join(self.out)
        if zoom:
            x, y, s = zoom
            body = f'<g transform="translate({num(WIDTH / 2 - x * s)} {num(HEIGHT / 2 - y * s)}) scale({s})">\n{body}\n</g>'
        defs = '\n'.join(self.defs)
        return ('<?xml version="1.0" encoding="UTF-8"?>\n<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n'
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">\n'
                f'<title>{escape(self.title)}</title>\n<defs>\n{defs}\n</defs>\n{paper}\n{body}\n</svg>\n')
