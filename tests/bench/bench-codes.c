/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Codes in a frame of 1920 x 1080: the fast pass of every frame and the full pass, and in the same run what
 * libzxing does by itself (its fast QR search and its defaults) and ZBar. Frames without a code are the
 * common case of a camera; there is one of each kind.
 *
 * Time is that of the processor, and each round asks every reader once in order and once in reverse, again
 * and again: whatever slows the machine down or warms it up meets both sides of a ratio alike. */

#include <qrencode.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <ZXing/ZXingC.h>
#include <zbar.h>

#include "scan/mil-symbol.h"

#define WIDTH 1920
#define HEIGHT 1080
#define ROUNDS 25
/* Of both orders, in a round: of those that take milliseconds, and of those that take tens of them. */
#define FAST_SWEEPS 6
#define SLOW_SWEEPS 1

typedef struct
{
  guint8 *luma;
  guint   found;
} Frame;

/* Paper with rows of print on a table with grain, as a webcam sees it. */
static guint8 *
draw_frame (GRand *random, gboolean code)
{
  guint8 *luma = g_malloc (WIDTH * HEIGHT);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        gboolean paper = x > 500 && x < 1300 && y > 60 && y < 1020;
        gboolean ink = paper && x > 560 && x < 1240 && y % 30 < 14 && (x * 7 + y / 30 * 131) % 23 < 9;
        luma[y * WIDTH + x] = (guint8) ((ink ? 60 : paper ? 225 : 90) + g_rand_int_range (random, -8, 9));
      }
  QRcode *qr = code ? QRcode_encodeString ("https://example.org/claim/7f3a92c1", 0, QR_ECLEVEL_M, QR_MODE_8, 1) : NULL;
  for (int y = 0; qr != NULL && y < (qr->width + 8) * 6; y++)
    for (int x = 0; x < (qr->width + 8) * 6; x++)
      {
        int u = x / 6 - 4, v = y / 6 - 4;
        gboolean dark = u >= 0 && v >= 0 && u < qr->width && v < qr->width && (qr->data[v * qr->width + u] & 1);
        luma[(600 + y) * WIDTH + 700 + x] = dark ? 40 : 230;
      }
  g_clear_pointer (&qr, QRcode_free);
  return luma;
}

static void
read_fast (Frame *frame)
{
  g_autoptr (GPtrArray) symbols = mil_symbols_read (frame->luma, WIDTH, HEIGHT, WIDTH, MIL_SYMBOL_PASS_FAST);
  frame->found = symbols->len;
}

static void
read_full (Frame *frame)
{
  g_autoptr (GPtrArray) symbols = mil_symbols_read (frame->luma, WIDTH, HEIGHT, WIDTH, MIL_SYMBOL_PASS_FULL);
  frame->found = symbols->len;
}

static void
read_with_libzxing (Frame *frame, ZXing_ReaderOptions *options)
{
  ZXing_ImageView *view = ZXing_ImageView_new (frame->luma, WIDTH, HEIGHT, ZXing_ImageFormat_Lum, WIDTH, 1);
  ZXing_Barcodes  *codes = ZXing_ReadBarcodes (view, options);
  frame->found = codes ? ZXing_Barcodes_size (codes) : 0;
  if (codes != NULL)
    ZXing_Barcodes_delete (codes);
  ZXing_ImageView_delete (view);
  ZXing_ReaderOptions_delete (options);
}

static void
read_libzxing_fast (Frame *frame)
{
  ZXing_ReaderOptions *options = ZXing_ReaderOptions_new ();
  ZXing_ReaderOptions_setFormats (options, ZXing_BarcodeFormat_QRCode);
  ZXing_ReaderOptions_setTryHarder (options, false);
  ZXing_ReaderOptions_setTryRotate (options, false);
  ZXing_ReaderOptions_setTryInvert (options, false);
  ZXing_ReaderOptions_setTryDownscale (options, false);
  read_with_libzxing (frame, options);
}

static void
read_libzxing_defaults (Frame *frame)
{
  read_with_libzxing (frame, ZXing_ReaderOptions_new ());
}

static void
read_zbar (Frame *frame)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t         *image = zbar_image_create ();
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, WIDTH, HEIGHT);
  zbar_image_set_data (image, frame->luma, WIDTH * HEIGHT, NULL);
  frame->found = (guint) MAX (0, zbar_scan_image (scanner, image));
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
}

typedef struct
{
  const char *name;
  void (*read) (Frame *frame);
  /* What it is compared with, by its place in the list; its own for none. */
  guint reference;
  guint sweeps;
} Reader;

static const Reader readers[] = {
  { "libzxing, fast QR", read_libzxing_fast, 0, FAST_SWEEPS },
  { "milione, fast pass", read_fast, 0, FAST_SWEEPS },
  { "libzxing, defaults", read_libzxing_defaults, 2, SLOW_SWEEPS },
  { "milione, full pass", read_full, 2, SLOW_SWEEPS },
  { "ZBar", read_zbar, 4, SLOW_SWEEPS },
};

static void
print (const char *name, const char *frame, double value, const char *unit, const char *note)
{
  printf ("{\"name\": \"codes: %s, frame %s a code\", \"value\": %.4f, \"unit\": \"%s\", \"note\": \"%s\"}\n",
          name,
          frame,
          value,
          unit,
          note);
}

static double
processor_ms (void)
{
  struct timespec now;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static double
read_once (const Reader *reader, Frame *frame, gboolean code)
{
  double start = processor_ms ();
  reader->read (frame);
  double ms = processor_ms () - start;
  if (code != (frame->found > 0))
    g_error ("%s found %u codes", reader->name, frame->found);
  return ms;
}

/* What a reading takes, the mean of a round. */
static void
sweep (Frame *frame, gboolean code, double *ms)
{
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    ms[i] = 0;
  for (guint k = 0; k < FAST_SWEEPS; k++)
    for (guint i = 0; i < 2 * G_N_ELEMENTS (readers); i++)
      {
        guint which = i < G_N_ELEMENTS (readers) ? i : 2 * G_N_ELEMENTS (readers) - 1 - i;
        if (k < readers[which].sweeps)
          ms[which] += read_once (&readers[which], frame, code) / (2 * readers[which].sweeps);
      }
}

static void
measure (Frame *frame, const char *kind, gboolean code)
{
  for (guint round = 0; round < ROUNDS + 2; round++)
    {
      double ms[G_N_ELEMENTS (readers)];
      sweep (frame, code, ms);
      /* The first ones warm the caches up. */
      for (guint i = 0; i < G_N_ELEMENTS (readers) && round >= 2; i++)
        {
          print (readers[i].name, kind, ms[i], "ms", "1920 x 1080");
          if (readers[i].reference != i)
            print (readers[i].name,
                   kind,
                   ms[i] / ms[readers[i].reference],
                   "×",
                   i == 1 ? "of libzxing in the same round; wanted ≤ 1.3" : "of libzxing in the same round");
        }
    }
}

int
main (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autofree guint8 *with = draw_frame (random, TRUE), *without = draw_frame (random, FALSE);
  Frame              frames[] = { { with, 0 }, { without, 0 } };
  measure (&frames[0], "with", TRUE);
  measure (&frames[1], "without", FALSE);
  return 0;
}
