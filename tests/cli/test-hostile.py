#!/usr/bin/env python3
"""Gives `milione-cli scan --json` files of every kind that a camera, a scanner or a malicious sender makes.
test-hostile.py PROGRAM SOURCE_DIR

Each gives a right reading or a clear sentence, and the others of the same call still come. All of them are made
here, from a sample receipt with a QR code.
"""
import hashlib
import json
import os
import resource
import struct
import subprocess
import sys
import tempfile
import zlib

from PIL import Image, ImageChops

PROGRAM, SOURCE = sys.argv[1:3]
SAMPLE = os.path.join(SOURCE, 'tests', 'samples', 'receipts', 'de-kesselhof-qr.png')
ENV = dict(os.environ, MILIONE_DATA_DIR=os.path.join(SOURCE, 'data'), LC_ALL='C.UTF-8')
count = failed = 0


def scan(*args, **environment):
    done = subprocess.run([PROGRAM, 'scan', '--json', '--today', '2026-11-22', *args], capture_output=True, env=ENV | environment, timeout=280, check=False)
    # The sanitizer has a word to say about fibers, and the reader of TIFF one about a file that is cut off.
    said = [line for line in done.stderr.decode().splitlines() if 'WARNING: ASan' not in line and 'amount too big' not in line]
    assert done.returncode in (0, 1) and said == [], (done.returncode, said[:5])
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def check(name, work):
    global count, failed
    count += 1
    note = ''
    try:
        work()
    except (AssertionError, OSError, ValueError, KeyError, IndexError, TypeError, subprocess.TimeoutExpired) as error:
        note = f'{type(error).__name__}: {error}'
        failed += 1
    if note:
        print('# ' + note.replace('\n', '\n# '))
    print(f"{'not ok' if note else 'ok'} {count} {name}", flush=True)


class Files:
    """Makes files, and knows what is to be said of each: `code` for a right reading, else a word of the sentence."""

    def __init__(self, folder):
        self.folder = folder
        self.wanted = {}
        with Image.open(SAMPLE) as picture:
            self.sample = picture.convert('RGB')

    def path(self, name, wanted):
        path = os.path.join(self.folder, name)
        self.wanted[path] = wanted
        return path

    def write(self, name, content, wanted):
        with open(self.path(name, wanted), 'wb') as file:
            file.write(content)

    def save(self, name, picture, wanted='code', **options):
        picture.save(self.path(name, wanted), **options)

    def bytes_of(self, name):
        with open(os.path.join(self.folder, name), 'rb') as file:
            return file.read()


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(width, height, depth, colour, rows):
    """ROWS: the raw rows with their filter bytes, compressed here."""
    head = struct.pack('>IIBBBBB', width, height, depth, colour, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(rows, 9)) + chunk(b'IEND', b'')


def interlaced(content):
    return content[:28] + b'\x01' + struct.pack('>I', zlib.crc32(content[12:28] + b'\x01')) + content[33:]


def kinds_of_pixels(files):
    sample = files.sample
    rgba = sample.convert('RGBA')
    files.save('palette.png', sample.quantize(16), transparency=200)
    files.save('alpha.png', rgba)
    # All that is dark is see-through, and all that is white is not: on white it is as it was.
    clear = Image.new('RGBA', sample.size, (0, 0, 0, 0))
    clear.putalpha(ImageChops.invert(sample.convert('L')))
    files.save('ink-alone.png', clear)
    gray = sample.convert('L')
    deep = b''.join(b'\0' + bytes(v for p in gray.crop((0, y, gray.width, y + 1)).tobytes() for v in (p, p))
                    for y in range(gray.height))
    files.write('16-bit.png', png(gray.width, gray.height, 16, 0, deep), 'code')
    files.save('1-bit.png', gray.point(lambda p: 255 * (p > 128)).convert('1'))
    files.save('gray.jpg', gray, quality=90)
    files.save('progressive.jpg', sample, quality=90, progressive=True)
    files.save('cmyk.jpg', sample.convert('CMYK'), quality=95)
    ycck(files)
    files.save('1-bit.tif', gray.point(lambda p: 255 * (p > 128)).convert('1'), compression='group4')
    files.save('colour.tif', sample, compression='tiff_lzw')
    files.save('lossless.webp', rgba, lossless=True)
    files.save('page.pdf', sample, resolution=150)
    # The code may be on any page.
    files.save('pages.pdf', Image.new('RGB', sample.size, 'white'), save_all=True, append_images=[sample], resolution=150)


def ycck(files):
    """As image editors save for print: the coloured inks as luma and colour, and black beside them."""
    cyan, magenta, yellow, black = files.sample.convert('CMYK').split()
    # Pillow turns all planes over when it saves them, as Adobe does; these three are not wanted so.
    planes = [ImageChops.invert(plane) for plane in Image.merge('RGB', (cyan, magenta, yellow)).convert('YCbCr').split()]
    files.save('ycck.jpg', Image.merge('CMYK', (*planes, black)), quality=95)
    content = bytearray(files.bytes_of('ycck.jpg'))
    at = content.index(b'Adobe')
    assert content[at + 11] == 0
    content[at + 11] = 2
    files.write('ycck.jpg', bytes(content), 'code')


def animations(files):
    sample, other = files.sample, Image.new('RGB', files.sample.size, 'white')
    files.save('film.gif', sample, 'GIF', save_all=True, append_images=[other])
    files.save('still.gif', sample, 'GIF')
    files.save('film.webp', sample, 'animation', save_all=True, append_images=[other], duration=100)
    files.save('film.png', sample, save_all=True, append_images=[other], duration=100)


def sizes(files):
    files.write('1-pixel.png', png(1, 1, 8, 2, b'\0\xff\xff\xff'), 'nothing')
    files.save('1-pixel.jpg', Image.new('RGB', (1, 1)), 'nothing')
    files.save('1-pixel.webp', Image.new('RGB', (1, 1)), 'nothing')
    files.save('1-pixel.tif', Image.new('RGB', (1, 1)), 'nothing')
    files.write('thread.png', png(1, 60000, 8, 0, b'\0\xff' * 60000), 'nothing')
    files.write('needle.png', png(60000, 1, 8, 0, b'\0' + b'\xff' * 60000), 'nothing')
    files.write('bomb.png', png(20000, 20000, 1, 0, b'\0' * 2501 * 20000), 'megapixels')
    files.write('lies.png', png(4000, 4000, 8, 2, b'\0' * 100), 'damaged')
    # White, and the code as large as fits.
    side = files.sample.height
    tall = files.sample.resize((files.sample.width * 9000 // side, 9000), Image.NEAREST).convert('L')
    large = Image.new('L', (12000, 9000), 255)
    large.paste(tall, (1000, 0))
    files.save('108-megapixels.jpg', large, quality=80)
    files.save('108-megapixels.png', large.convert('1'))
    files.save('108-megapixels.tif', large.convert('1'), compression='group4')
    files.save('108-progressive.jpg', large.convert('RGB'), 'memory', quality=50, progressive=True)
    files.write('108-interlaced.png', interlaced(files.bytes_of('108-megapixels.png')), 'memory')
    files.save('48-megapixels.webp', Image.new('RGB', (8000, 6000), 'white'), 'memory', lossless=True, method=0)
    files.save('48-megapixels.tif', Image.new('RGB', (8000, 6000), 'white'), 'memory', compression='tiff_deflate')


def no_pictures(files):
    files.write('empty.png', b'', 'empty')
    files.write('letter.jpg', b'Dear Sir or Madam', 'no picture')
    files.write('program.png', b'\x7fELF' + b'\0' * 4000, 'no picture')
    files.write('drawing.svg', b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 'SVG')
    files.write('photo.heic', b'\0\0\0\x18ftypheic' + b'\0' * 100, 'cut off')
    for name in ('gray.jpg', 'colour.tif', 'lossless.webp', 'alpha.png', 'page.pdf'):
        content = files.bytes_of(name)
        files.write('cut-' + name, content[:len(content) // 3], 'cut off' if name != 'page.pdf' else 'PDF')
    files.wanted[os.path.join(files.folder, 'cut-colour.tif')] = 'damaged'
    files.write('receipt.txt', files.bytes_of('alpha.png'), 'code')
    files.write('receipt.pdf', files.bytes_of('gray.jpg'), 'code')
    os.mkdir(files.path('folder.png', 'folder'))
    # Nobody writes into it.
    os.mkfifo(files.path('pipe.png', 'device or a pipe'))
    files.wanted['/dev/zero'] = 'device or a pipe'
    files.wanted[os.path.join(files.folder, 'not there.png')] = 'not'
    if os.geteuid() != 0:
        files.save('secret.png', files.sample, 'permitted')
        os.chmod(os.path.join(files.folder, 'secret.png'), 0)


def pdf(objects, trailer=b''):
    out, places = b'%PDF-1.4\n', []
    for i, content in enumerate(objects):
        places.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (i + 1, content)
    table = b''.join(b'%010d 00000 n \n' % place for place in places)
    return (out + b'xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1) + table
            + b'trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n' % (len(objects) + 1, trailer, len(out)))


def stream(text):
    return b'<</Length %d>>stream\n%s\nendstream' % (len(text), text)


def receipt_pages(n):
    """A receipt over N pages: its head on the first, its total on the second, and rows without amounts on the others."""
    texts = [b'BT /F 11 Tf 12 180 Td 16 TL (Bottega Canaletto SRL) Tj T* (P.IVA 00743110157) Tj T* (Data 14/03/2026) Tj T* '
             b'(Vetro soffiato 48,00) Tj T* (Merletto 27,50) Tj ET',
             b'BT /F 11 Tf 12 180 Td 16 TL (TOTALE EURO 75,50) Tj T* (Contanti 100,00) Tj T* (Resto 24,50) Tj T* '
             b'(Grazie della visita) Tj ET']
    rest = b'BT /F 11 Tf 12 180 Td 16 TL (Condizioni di vendita di questa bottega) Tj T* (Si prega di leggere) Tj ET'
    objects = [b'<</Type/Catalog/Pages 2 0 R>>', None, b'<</Type/Font/Subtype/Type1/BaseFont/Courier>>',
               stream(texts[0]), stream(texts[1]), stream(rest)]
    kids = []
    for i in range(n):
        objects.append(b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 220 220]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>' % (4 + min(i, 2)))
        kids.append(b'%d 0 R' % len(objects))
    objects[1] = b'<</Type/Pages/Kids[%s]/Count %d>>' % (b' '.join(kids), n)
    return objects


def page_with_picture(dictionary, data):
    draw = b'q 200 0 0 200 10 10 cm /I Do Q'
    picture = b'<</Type/XObject/Subtype/Image%s/Length %d>>stream\n%s\nendstream' % (dictionary, len(data), data)
    return pdf([b'<</Type/Catalog/Pages 2 0 R>>', b'<</Type/Pages/Kids[3 0 R]/Count 1>>',
                b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 220 220]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>',
                stream(draw), picture])


def jpeg_2000(side):
    """A picture of three channels in 150 bytes: all that it says is how large it is."""
    size = struct.pack('>HIIIIIIIIH', 0, side, side, 0, 0, side, side, 0, 0, 3) + b'\7\1\1' * 3
    style = bytes((0, 0, 0, 1, 0, 0, 4, 4, 0, 0))
    packet = b'\xff\x93' + bytes(8)
    return (b'\xff\x4f\xff\x51' + struct.pack('>H', len(size) + 2) + size + b'\xff\x52' + struct.pack('>H', len(style) + 2) + style
            + b'\xff\x5c\0\4\x40\x40' + b'\xff\x90' + struct.pack('>HHIBB', 10, 0, 12 + len(packet), 0, 1) + packet + b'\xff\xd9')


def jbig2(side):
    def segment(number, kind, data):
        return struct.pack('>IBBBI', number, kind, 0, 1, len(data)) + data
    return segment(0, 48, struct.pack('>IIIIBH', side, side, 0, 0, 0, 0)) + segment(1, 49, b'')


def vast_pictures(files):
    """A few hundred bytes that would take gigabytes and a minute to draw, and a small one of each kind."""
    for name, kind, data in (('jpeg-2000', b'JPXDecode', jpeg_2000), ('jbig2', b'JBIG2Decode', jbig2)):
        for side in (200, 12000):
            # The dictionary may lie about it.
            dictionary = b'/Width 200/Height 200/ColorSpace/Device%s/BitsPerComponent %d/Filter/%s' % (
                (b'RGB', 8, kind) if name == 'jpeg-2000' else (b'Gray', 1, kind))
            files.write(f'{name}-{side}.pdf', page_with_picture(dictionary, data(side)), 'memory' if side > 200 else 'nothing')
    black = zlib.compress(bytes(12000 * 12000 // 8), 9)
    dictionary = b'/Width 12000/Height 12000/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode'
    files.write('bomb.pdf', page_with_picture(dictionary, black), 'memory')
    # In the midst of what is compressed, where nobody sees its size before it is drawn.
    inline = zlib.compress(b'q 200 0 0 200 10 10 cm BI /W 30000 /H 30000 /BPC 8 /CS /RGB ID ' + bytes(90000) + b' EI Q', 9)
    files.write('inline.pdf', pdf([b'<</Type/Catalog/Pages 2 0 R>>', b'<</Type/Pages/Kids[3 0 R]/Count 1>>',
                                   b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 220 220]/Contents 4 0 R>>',
                                   b'<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream' % (len(inline), inline)]), 'too much memory to draw')


def bounded(work):
    """None of the programs that ran until now held more than this: 2.3 GB would be needed for the least of those."""
    def run():
        work()
        held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        assert held < 900, f'{held:.0f} MiB'
    return run


def documents(files):
    files.write('no-pages.pdf', pdf(receipt_pages(0)), 'PDF')
    lock = b'/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -44>>/ID[<00><00>]' % ((hashlib.sha256(b'owner').hexdigest().encode(),) * 2)
    files.write('locked.pdf', pdf(receipt_pages(1), lock), 'password')
    vast = receipt_pages(1)
    vast[-1] = vast[-1].replace(b'220 220', b'900000 900000')
    files.write('vast.pdf', pdf(vast), 'nothing')


def readings(files, *args):
    """One call for all files between two that are known to read."""
    paths = [path for path in files.wanted if files.wanted[path] is not None]
    good = os.path.join(files.folder, 'good.png')
    files.sample.save(good)
    asked = [good, *paths, good]
    rows = scan(*args, *asked)
    assert [row['file'] for row in rows] == asked, [row['file'] for row in rows]
    code = rows[0]['codes'][0]['text']
    assert rows[0]['error'] is None and rows[-1]['codes'][0]['text'] == code, rows[-1]
    wrong = []
    for path, row in zip(paths, rows[1:]):
        wanted, texts = files.wanted[path], [c['text'] for c in row['codes']]
        if wanted == 'code':
            right = row['error'] is None and texts == [code]
        elif wanted == 'nothing':
            right = row['error'] is None and texts == []
        else:
            right = row['error'] is not None and wanted in row['error'] and row['receipt'] is None and texts == []
        if not right:
            wrong.append((os.path.basename(path), 'wanted ' + wanted, row['error'], texts))
    assert not wrong, wrong


def make_and_read(*makers):
    def work():
        with tempfile.TemporaryDirectory() as folder:
            files = Files(folder)
            for maker in makers:
                maker(files)
            if no_pictures in makers:
                for path in files.wanted:
                    if os.path.basename(path) in ('gray.jpg', 'colour.tif', 'lossless.webp', 'alpha.png', 'page.pdf'):
                        files.wanted[path] = None
            readings(files, '--kind', 'code')
    return work


def long_document():
    """The first pages are read as one receipt, however many there are, and one process draws all of them."""
    with tempfile.TemporaryDirectory() as folder:
        path, started, counting = (os.path.join(folder, name) for name in ('long.pdf', 'started', 'counting'))
        with open(path, 'wb') as file:
            file.write(pdf(receipt_pages(500)))
        with open(counting, 'w', encoding='utf-8') as file:
            file.write(f'#!/bin/sh\necho once >>{started}\nexec {ENV["MILIONE_PDF"]} "$@"\n')
        os.chmod(counting, 0o700)
        row, = scan('--kind', 'receipt', path, MILIONE_PDF=counting)
        with open(started, encoding='utf-8') as file:
            assert file.read() == 'once\n'
        assert row['error'] is None, row['error']
        assert (row['receipt']['total'], row['receipt']['date'], row['receipt']['currency']) == ('75.50', '2026-03-14', 'EUR'), row['receipt']


def nothing_to_read():
    """What can be opened but shows no receipt says so, in one line each."""
    with tempfile.TemporaryDirectory() as folder:
        files = Files(folder)
        files.write('1-pixel.png', png(1, 1, 8, 2, b'\0\xff\xff\xff'), None)
        files.write('thread.png', png(1, 60000, 8, 0, b'\0\xff' * 60000), None)
        files.save('black.jpg', Image.new('RGB', (3000, 2000)), None)
        files.save('noise.png', Image.effect_noise((400, 300), 90).convert('RGB'), None)
        for kind, word in (('receipt', 'receipt'), ('passport', 'document')):
            for row in scan('--kind', kind, *files.wanted):
                assert row['error'] and word in row['error'] and row['receipt'] is None and row['mrz'] is None, row
        for row in scan(*files.wanted):
            assert row['error'] is None and row['kind'] is None and row['receipt'] is None and row['mrz'] is None, row


def main():
    # First, as the most that was ever held is looked at.
    check('vast pictures in documents', bounded(make_and_read(vast_pictures)))
    check('kinds of pixels', make_and_read(kinds_of_pixels))
    check('animations', make_and_read(animations))
    check('one pixel and a hundred million', make_and_read(sizes))
    check('what is no picture, or not all of one', make_and_read(kinds_of_pixels, no_pictures))
    check('documents', make_and_read(documents))
    check('a document of 500 pages', long_document)
    check('nothing to read', nothing_to_read)
    print(f'1..{count}')
    sys.exit(failed > 0)


main()
