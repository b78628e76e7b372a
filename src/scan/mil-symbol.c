/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-symbol.h"

#include <math.h>
#include <string.h>

#include <ZXing/ZXingC.h>
#include <zbar.h>

#include "scan/mil-luma.h"

#define MAX_SYMBOLS 255
/* Linear codes without a check digit are seen in stripes of any kind, and so are others in what has been
 * sharpened; one must be read on several rows. */
#define MIN_LINES 3
#define WEAK                                                                                                 \
  (ZXing_BarcodeFormat_ITF | ZXing_BarcodeFormat_Codabar | ZXing_BarcodeFormat_Code39                        \
   | ZXing_BarcodeFormat_UPCE | ZXing_BarcodeFormat_EAN8 | ZXing_BarcodeFormat_Code93                        \
   | ZXing_BarcodeFormat_DataBar | ZXing_BarcodeFormat_DataBarLimited | ZXing_BarcodeFormat_DataBarExpanded)
#define LINEAR (ZXing_BarcodeFormat_EAN13 | ZXing_BarcodeFormat_UPCA | ZXing_BarcodeFormat_Code128)
/* Side lengths that a still is looked at again in when it is larger than them. */
static const int second_sizes[] = { 1600, 900 };
/* Pictures up to this are looked at again at double size, for modules of few pixels. */
#define SMALL_SIDE 1100
/* Larger ones are not sharpened: that would take longer than all else. */
#define MOST_SHARPENED 2500000

/* Side length at which black is told from white by the surroundings: how far they reach, as a share of it,
 * and how much darker than they are black is. */
#define THRESHOLD_SIDE 1200
static const struct
{
  int share;
  int percent;
} surroundings[] = { { 12, 85 }, { 30, 90 } };

G_DEFINE_BOXED_TYPE (MilSymbol, mil_symbol, mil_symbol_copy, mil_symbol_free)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZXing_ImageView, ZXing_ImageView_delete)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZXing_ReaderOptions, ZXing_ReaderOptions_delete)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZXing_Barcodes, ZXing_Barcodes_delete)

/**
 * mil_symbol_copy:
 * @self: a symbol
 *
 * Returns: (transfer full): a copy
 */
MilSymbol *
mil_symbol_copy (const MilSymbol *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  MilSymbol *copy = g_new0 (MilSymbol, 1);
  copy->format = g_strdup (self->format);
  copy->text = g_strdup (self->text);
  copy->bytes = self->bytes ? g_bytes_ref (self->bytes) : NULL;
  copy->quad = self->quad;
  return copy;
}

/**
 * mil_symbol_free:
 * @self: (transfer full): a symbol
 *
 * Frees it.
 */
void
mil_symbol_free (MilSymbol *self)
{
  g_free (self->format);
  g_free (self->text);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static char *
take_zxing_string (char *text)
{
  char *copy = text ? g_utf8_make_valid (text, -1) : g_strdup ("");
  if (text)
    ZXing_free (text);
  return copy;
}

/* A text with nothing hidden behind a zero: each shows as "␀". */
static char *
text_with_zeros (const guint8 *bytes, gsize n)
{
  g_autoptr (GString) text = g_string_sized_new (n);
  gsize length = 0;
  for (const guint8 *p = bytes; (gsize) (p - bytes) <= n; p += length + 1)
    {
      length = strnlen ((const char *) p, n - (p - bytes));
      g_autofree char *latin = g_utf8_validate_len ((const char *) p, length, NULL)
                                   ? g_strndup ((const char *) p, length)
                                   : g_convert ((const char *) p, length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
      g_string_append_printf (text, "%s%s", p > bytes ? "␀" : "", latin != NULL ? latin : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether bytes are Chinese as GB 2312 and GB 18030 write it, and hardly anything else: nothing but ASCII and pairs,
 * nearly all of them the common letters (rows B0 to D7), and not all of those where Korean has its own (B0 to C8). */
static gboolean
looks_like_gb (const guint8 *bytes, gsize n)
{
  guint letters = 0, common = 0, beyond = 0;
  for (gsize i = 0; i < n; i++)
    {
      if (bytes[i] < 0x80)
        continue;
      gboolean sign = bytes[i] >= 0xa1 && bytes[i] <= 0xa3, letter = bytes[i] >= 0xb0 && bytes[i] <= 0xf7;
      if ((!sign && !letter) || i + 1 >= n || bytes[i + 1] < 0xa1 || bytes[i + 1] == 0xff)
        return FALSE;
      letters += letter;
      common += letter && bytes[i] <= 0xd7;
      beyond += letter && bytes[i] > 0xc8;
      i++;
    }
  return letters >= 3 && beyond > 0 && common * 10 >= letters * 8;
}

/* What was not said to be in another charset, and was taken for Latin 1, may be Chinese. */
static char *
mend_charset (char *text, const guint8 *bytes, gsize n)
{
  if (!looks_like_gb (bytes, n))
    return text;
  g_autofree char *latin = g_convert ((const char *) bytes, n, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
  if (g_strcmp0 (latin, text) != 0)
    return text;
  char *chinese = g_convert ((const char *) bytes, n, "UTF-8", "GB18030", NULL, NULL, NULL);
  if (chinese == NULL)
    return text;
  g_free (text);
  return chinese;
}

static char *
text_of (const ZXing_Barcode *code, const guint8 *bytes, int n)
{
  char *text = take_zxing_string (ZXing_Barcode_text (code));
  if (bytes == NULL || n <= 0 || ZXing_Barcode_hasECI (code))
    return text;
  if (memchr (bytes, 0, n) == NULL)
    return mend_charset (text, bytes, n);
  g_free (text);
  return text_with_zeros (bytes, n);
}

static MilSymbol *
symbol_from_zxing (const ZXing_Barcode *code)
{
  MilSymbol *self = g_new0 (MilSymbol, 1);
  self->format = take_zxing_string (ZXing_BarcodeFormatToString (ZXing_Barcode_format (code)));

  int      length = 0;
  uint8_t *bytes = ZXing_Barcode_bytes (code, &length);
  self->text = text_of (code, bytes, length);
  if (bytes != NULL)
    {
      self->bytes = g_bytes_new (bytes, MAX (0, length));
      ZXing_free (bytes);
    }

  ZXing_Position at = ZXing_Barcode_position (code);
  self->quad = (MilQuad) { { { at.topLeft.x, at.topLeft.y },
                             { at.topRight.x, at.topRight.y },
                             { at.bottomRight.x, at.bottomRight.y },
                             { at.bottomLeft.x, at.bottomLeft.y } } };
  return self;
}

static gboolean
is_believable (const ZXing_Barcode *code, ZXing_BarcodeFormats weak)
{
  return ZXing_Barcode_isValid (code)
         && (!(ZXing_Barcode_format (code) & weak) || ZXing_Barcode_lineCount (code) >= MIN_LINES);
}

static ZXing_ReaderOptions *
make_options (MilSymbolPass pass)
{
  ZXing_ReaderOptions *options = ZXing_ReaderOptions_new ();
  gboolean             full = pass == MIL_SYMBOL_PASS_FULL;

  ZXing_ReaderOptions_setTryHarder (options, full);
  ZXing_ReaderOptions_setTryRotate (options, full);
  ZXing_ReaderOptions_setTryInvert (options, full);
  ZXing_ReaderOptions_setTryDownscale (options, full);
  ZXing_ReaderOptions_setReturnErrors (options, false);
  ZXing_ReaderOptions_setTextMode (options, ZXing_TextMode_Plain);
  ZXing_ReaderOptions_setMaxNumberOfSymbols (options, MAX_SYMBOLS);
  /* Film edge codes are not found on paper, and stripes are taken for them. */
  ZXing_ReaderOptions_setFormats (options, full ? ZXing_BarcodeFormat_Any & ~ZXing_BarcodeFormat_DXFilmEdge : ZXing_BarcodeFormat_QRCode);
  return options;
}

static GPtrArray *
read_with_zxing (const guint8 *luma, int width, int height, int stride, const ZXing_ReaderOptions *options, ZXing_BarcodeFormats weak)
{
  GPtrArray *symbols = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_symbol_free);
  g_autoptr (ZXing_ImageView) view = ZXing_ImageView_new (luma, width, height, ZXing_ImageFormat_Lum, stride, 1);
  g_autoptr (ZXing_Barcodes) codes = view ? ZXing_ReadBarcodes (view, options) : NULL;

  for (int i = 0; codes != NULL && i < ZXing_Barcodes_size (codes); i++)
    if (is_believable (ZXing_Barcodes_at (codes, i), weak))
      g_ptr_array_add (symbols, symbol_from_zxing (ZXing_Barcodes_at (codes, i)));
  return symbols;
}

/**
 * mil_symbols_read:
 * @luma: brightness, one byte a pixel
 * @width: in pixels
 * @height: in pixels
 * @stride: bytes from one row to the next
 * @pass: how hard to look
 *
 * Looks for codes. Blocking: about 1.5 ms a megapixel for the fast pass, 15 ms for the full one.
 *
 * Returns: (transfer full) (element-type MilSymbol): the codes, maybe none
 */
GPtrArray *
mil_symbols_read (const guint8 *luma, int width, int height, int stride, MilSymbolPass pass)
{
  g_return_val_if_fail (luma != NULL && width > 0 && height > 0 && stride >= width, NULL);

  g_autoptr (ZXing_ReaderOptions) options = make_options (pass);
  return read_with_zxing (luma, width, height, stride, options, WEAK);
}

/* The same code seen again lies where the first one lay. */
static gboolean
is_known (GPtrArray *symbols, const MilSymbol *symbol)
{
  for (guint i = 0; i < symbols->len; i++)
    {
      const MilSymbol *other = g_ptr_array_index (symbols, i);
      MilBox           a = mil_quad_bounds (&symbol->quad), b = mil_quad_bounds (&other->quad);
      int              dx = ABS ((a.x + a.width / 2) - (b.x + b.width / 2));
      int              dy = ABS ((a.y + a.height / 2) - (b.y + b.height / 2));
      int              near = MAX (MAX (b.width, b.height), 8) / 2;
      if (dx <= near && dy <= near)
        return TRUE;
    }
  return FALSE;
}

static void
merge (GPtrArray *symbols, GPtrArray *more, double scale)
{
  while (more->len > 0)
    {
      g_autoptr (MilSymbol) symbol = g_ptr_array_steal_index (more, 0);
      for (guint i = 0; i < 4; i++)
        {
          symbol->quad.corners[i].x = (int) lround (symbol->quad.corners[i].x * scale);
          symbol->quad.corners[i].y = (int) lround (symbol->quad.corners[i].y * scale);
        }
      if (!is_known (symbols, symbol))
        g_ptr_array_add (symbols, g_steal_pointer (&symbol));
    }
}

static MilQuad
quad_from_zbar (const zbar_symbol_t *symbol)
{
  guint n = zbar_symbol_get_loc_size (symbol);
  int   left = G_MAXINT, top = G_MAXINT, right = 0, bottom = 0;
  for (guint i = 0; i < n; i++)
    {
      int x = zbar_symbol_get_loc_x (symbol, i), y = zbar_symbol_get_loc_y (symbol, i);
      left = MIN (left, x), right = MAX (right, x);
      top = MIN (top, y), bottom = MAX (bottom, y);
    }
  return n > 0 ? mil_quad_of_box ((MilBox) { left, top, right - left, bottom - top }) : (MilQuad) { 0 };
}

/* ZBar guesses charsets badly, so only what is plain ASCII is taken from it; QR codes alone, because
 * its linear readers see codes in anything striped. */
static GPtrArray *
read_with_zbar (const guint8 *luma, int width, int height)
{
  GPtrArray            *symbols = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_symbol_free);
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);

  zbar_image_t *image = zbar_image_create ();
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, luma, (gsize) width * height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *s = zbar_image_first_symbol (image); s != NULL; s = zbar_symbol_next (s))
    {
      const char *text = zbar_symbol_get_data (s);
      if (zbar_symbol_get_type (s) != ZBAR_QRCODE || strlen (text) != zbar_symbol_get_data_length (s)
          || !g_str_is_ascii (text))
        continue;
      MilSymbol *symbol = g_new0 (MilSymbol, 1);
      symbol->format = g_strdup ("QRCode");
      symbol->text = g_strdup (text);
      symbol->bytes = g_bytes_new (text, strlen (text));
      symbol->quad = quad_from_zbar (s);
      g_ptr_array_add (symbols, symbol);
    }
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return symbols;
}

/* QR codes, which carry enough check data that none is made up, and with @linear those of articles and forms
 * while nothing else has been found: @global takes one level of black for the whole picture. */
static void
read_again (GPtrArray *symbols, const MilLuma *luma, gboolean global, gboolean linear, double scale)
{
  g_autoptr (ZXing_ReaderOptions) options = make_options (MIL_SYMBOL_PASS_FULL);
  ZXing_ReaderOptions_setFormats (options, ZXing_BarcodeFormat_QRCode | (linear && symbols->len == 0 ? LINEAR : 0));
  if (global)
    ZXing_ReaderOptions_setBinarizer (options, ZXing_Binarizer_GlobalHistogram);
  g_autoptr (GPtrArray) more = read_with_zxing (luma->pixels, luma->width, luma->height, luma->width, options, WEAK | LINEAR);
  merge (symbols, more, scale);
}

/* What is small, soft or unevenly lit. */
static void
read_prepared (GPtrArray *symbols, const guint8 *luma, int width, int height)
{
  if (MAX (width, height) <= SMALL_SIDE)
    {
      g_autoptr (MilLuma) doubled = mil_luma_double (luma, width, height);
      read_again (symbols, doubled, FALSE, FALSE, 0.5);
      if (symbols->len == 0)
        read_again (symbols, doubled, TRUE, FALSE, 0.5);
    }
  if (symbols->len == 0 && (gint64) width * height <= MOST_SHARPENED)
    {
      g_autoptr (MilLuma) sharp = mil_luma_sharpen (luma, width, height);
      read_again (symbols, sharp, FALSE, TRUE, 1);
    }
}

/* Codes that lie half in the sun or under a lamp: black is what is darker than its surroundings, near and far. */
static void
read_against_surroundings (GPtrArray *symbols, const guint8 *luma, int width, int height)
{
  double scale = MIN (1, THRESHOLD_SIDE / (double) MAX (width, height));
  g_autoptr (MilLuma) small
      = mil_luma_shrink (luma, width, height, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
  int side = MAX (small->width, small->height);

  for (guint i = 0; i < G_N_ELEMENTS (surroundings); i++)
    {
      g_autoptr (MilLuma) flat = mil_luma_threshold (small,
                                                     MAX (3, side / surroundings[i].share),
                                                     surroundings[i].percent);
      read_again (symbols, flat, FALSE, TRUE, 1 / scale);
    }
}

/**
 * mil_symbols_read_picture:
 * @picture: a picture
 * @cancellable: (nullable): to give up; what was found so far is returned
 *
 * Looks for codes as well as it can: at full size, again at smaller sizes (which blurs sensor noise
 * and halftone away), small ones at double size, sharpened, with black told from white by the surroundings,
 * and with a second engine where the first finds none. Blocking: for worker threads.
 *
 * Returns: (transfer full) (element-type MilSymbol): the codes, maybe none
 */
GPtrArray *
mil_symbols_read_picture (MilPicture *picture, GCancellable *cancellable)
{
  g_return_val_if_fail (MIL_IS_PICTURE (picture), NULL);

  int width = mil_picture_get_width (picture), height = mil_picture_get_height (picture);
  g_autoptr (GBytes) bytes = mil_picture_dup_luma (picture);
  const guint8 *luma = g_bytes_get_data (bytes, NULL);
  GPtrArray    *symbols = mil_symbols_read (luma, width, height, width, MIL_SYMBOL_PASS_FULL);

  for (guint i = 0; i < G_N_ELEMENTS (second_sizes) && !g_cancellable_is_cancelled (cancellable); i++)
    {
      double scale = second_sizes[i] / (double) MAX (width, height);
      if (scale > 0.8)
        continue;
      g_autoptr (MilLuma) small
          = mil_luma_shrink (luma, width, height, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
      g_autoptr (GPtrArray) more = mil_symbols_read (small->pixels, small->width, small->height, small->width, MIL_SYMBOL_PASS_FULL);
      merge (symbols, more, 1 / scale);
    }
  if (!g_cancellable_is_cancelled (cancellable))
    read_prepared (symbols, luma, width, height);
  if (!g_cancellable_is_cancelled (cancellable))
    read_against_surroundings (symbols, luma, width, height);
  if (symbols->len == 0 && !g_cancellable_is_cancelled (cancellable))
    {
      g_autoptr (GPtrArray) more = read_with_zbar (luma, width, height);
      merge (symbols, more, 1);
    }
  return symbols;
}
