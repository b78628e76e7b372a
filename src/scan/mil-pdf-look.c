/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-pdf-look.h"

#include <string.h>

/* A page of A4 with 600 dots an inch; it is held with four bytes a pixel while it is drawn. */
#define MOST_PIXELS (36 * 1000 * 1000)
/* JPEG 2000 is decoded whole, with four bytes for each sample of each channel: A4, 300 dots, three channels. */
#define MOST_SAMPLES (30 * 1000 * 1000)
/* How often each byte is looked at: once, but in what was made to be looked at for ever. */
#define MOST_LOOKS 8
#define MOST_NAME 32

typedef struct
{
  const guint8 *at;
  const guint8 *end;
} Cursor;

static gboolean
is_space (guint8 c)
{
  return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static gboolean
is_regular (guint8 c)
{
  return !is_space (c) && strchr ("()<>[]{}/%", c) == NULL;
}

static void
skip_space (Cursor *cursor)
{
  while (cursor->at < cursor->end && is_space (*cursor->at))
    cursor->at++;
}

/* A name behind its slash, "#4A" being "J" (ISO 32000-1, 7.3.5); cut off where it is too long to matter. */
static void
read_name (Cursor *cursor, char name[MOST_NAME])
{
  gsize n = 0;
  while (cursor->at < cursor->end && is_regular (*cursor->at))
    {
      guint8 c = *cursor->at++;
      if (c == '#' && cursor->end - cursor->at >= 2 && g_ascii_isxdigit (cursor->at[0])
          && g_ascii_isxdigit (cursor->at[1]))
        {
          c = g_ascii_xdigit_value (cursor->at[0]) * 16 + g_ascii_xdigit_value (cursor->at[1]);
          cursor->at += 2;
        }
      if (n + 1 < MOST_NAME)
        name[n++] = c;
    }
  name[n] = '\0';
}

/* A whole number; very large for one that is kept elsewhere ("12 0 R"), which nobody who means well does. */
static guint64
read_size (Cursor cursor)
{
  guint64 value = 0;
  skip_space (&cursor);
  cursor.at += cursor.at < cursor.end && *cursor.at == '+';
  while (cursor.at < cursor.end && g_ascii_isdigit (*cursor.at) && value < G_MAXINT32)
    value = value * 10 + (*cursor.at++ - '0');
  skip_space (&cursor);
  return cursor.at < cursor.end && g_ascii_isdigit (*cursor.at) ? G_MAXINT32 : value;
}

/* Behind a text in brackets, or a comment. */
static void
skip_text (Cursor *cursor)
{
  int depth = 0;
  if (*cursor->at == '%')
    {
      while (cursor->at < cursor->end && *cursor->at != '\n' && *cursor->at != '\r')
        cursor->at++;
      return;
    }
  do
    {
      guint8 c = *cursor->at++;
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == '\\' && cursor->at < cursor->end)
        cursor->at++;
    }
  while (cursor->at < cursor->end && depth > 0);
}

static gboolean
is_at (const Cursor *cursor, const char *word)
{
  gsize length = strlen (word);
  return (gsize) (cursor->end - cursor->at) >= length && memcmp (cursor->at, word, length) == 0;
}

/* The size that the dictionary of a stream gives for a picture, from behind "obj" on; how far it was looked
 * at is taken from @budget. */
static gboolean
object_fits (Cursor cursor, gint64 *budget)
{
  const guint8 *start = cursor.at;
  guint64       width = 0, height = 0;
  while (cursor.at < cursor.end && !is_at (&cursor, "stream") && !is_at (&cursor, "obj"))
    {
      char name[MOST_NAME];
      if (*cursor.at == '(' || *cursor.at == '%')
        {
          skip_text (&cursor);
          continue;
        }
      if (*cursor.at++ != '/')
        continue;
      read_name (&cursor, name);
      if (g_str_equal (name, "Width") || g_str_equal (name, "W"))
        width = MAX (width, read_size (cursor));
      else if (g_str_equal (name, "Height") || g_str_equal (name, "H"))
        height = MAX (height, read_size (cursor));
    }
  *budget -= cursor.at - start;
  return *budget >= 0 && width * height <= MOST_PIXELS;
}

static guint64
big_endian (const guint8 *p)
{
  return (guint64) p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

/* A codestream of JPEG 2000 begins with the markers SOC and SIZ (ISO 15444-1, A.5.1); what it says counts,
 * not the dictionary. */
static gboolean
codestream_fits (const guint8 *p, gsize size)
{
  if (size < 44 || memcmp (p, "\xff\x4f\xff\x51", 4) != 0)
    return TRUE;
  guint64 right = big_endian (p + 8), bottom = big_endian (p + 12), left = big_endian (p + 16),
          top = big_endian (p + 20);
  guint64 channels = (guint64) p[40] << 8 | p[41];
  /* Four thousand million squared is as much as 64 bits hold. */
  return right <= left || bottom <= top || channels == 0
         || (right - left) * (bottom - top) <= (guint64) MOST_SAMPLES / channels;
}

/* The page of a JBIG2 stream: a segment of type 48 for a page, of 19 bytes (ISO 14492, 7.2 and 7.4.8). */
static gboolean
bitmap_fits (const guint8 *p, gsize size)
{
  gsize page_bytes = size > 0 && p[0] & 0x40 ? 4 : 1;
  if (size < 2 + page_bytes + 12 || (p[0] & 0x3f) != 48 || p[1] != 0 || big_endian (p + 2 + page_bytes) != 19)
    return TRUE;
  const guint8 *info = p + 2 + page_bytes + 4;
  guint64       width = big_endian (info), height = big_endian (info + 4);
  /* A height that is not known before grows by stripes, up to what the dictionary says. */
  return height == G_MAXUINT32 ? width <= MOST_PIXELS / 1000 : width * height <= MOST_PIXELS;
}

/**
 * mil_pdf_look_fits:
 * @data: a PDF document
 * @size: its length
 *
 * Looks at the pictures in a document before any of them is decoded: at the sizes in the dictionaries of its
 * streams, which always stand in plain text (ISO 32000-1, 7.5.7), and at those in JPEG 2000 and JBIG2 data,
 * which a few bytes can make as large as they like. Pictures that are not there to be seen so, in the midst
 * of a page's compressed drawing or encrypted, are not found.
 *
 * Returns: whether all that were found can be drawn in the memory that a scan may take
 */
gboolean
mil_pdf_look_fits (const guint8 *data, gsize size)
{
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  gboolean bitmaps = memmem (data, size, "JBIG2", 5) != NULL || memmem (data, size, "#", 1) != NULL;
  gint64   budget = (gint64) size * MOST_LOOKS;
  for (gsize i = 0; i < size; i++)
    {
      gsize left = size - i;
      switch (data[i])
        {
        case 0xff:
          if (!codestream_fits (data + i, left))
            return FALSE;
          break;
        case 'o':
          if (left >= 3 && memcmp (data + i, "obj", 3) == 0
              && !object_fits ((Cursor) { data + i + 3, data + size }, &budget))
            return FALSE;
          break;
        case 0x30:
        case 0x70:
          if (bitmaps && !bitmap_fits (data + i, left))
            return FALSE;
          break;
        default:
          break;
        }
    }
  return TRUE;
}
