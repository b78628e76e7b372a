/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-digit-vote.h"

#include <string.h>

#include <allheaders.h>

#include "scan/mil-digit-reader.h"
#include "scan/mil-page-zoom.h"

/* Digits are looked at so high, in pixels. */
#define LETTER 24
#define MAX_LENGTH 16
/* How likely the least likely digit has to be for a vote, and for each further one. */
#define LEAST_SURE 0.4
#define RATHER_SURE 0.75
#define VERY_SURE 0.92

static gboolean
is_digit_like (char c)
{
  return g_ascii_isdigit (c) || (c != '\0' && strchr ("OoQDlI|ZSB", c) != NULL);
}

/* "25/06/2018" is "dd/dd/dddd"; FALSE where there are letters. */
static gboolean
make_pattern (const char *text, gsize length, char *pattern)
{
  guint n_digits = 0;
  for (gsize i = 0; i < length; i++)
    {
      pattern[i] = is_digit_like (text[i]) ? 'd' : text[i];
      n_digits += pattern[i] == 'd';
      if (pattern[i] != 'd' && (pattern[i] == '\0' || strchr ("/-.,:' ", pattern[i]) == NULL))
        return FALSE;
    }
  pattern[length] = '\0';
  return n_digits >= 3 && pattern[0] == 'd' && pattern[length - 1] == 'd';
}

static guint
word_at (const MilRow *row, gsize offset)
{
  guint word = 0;
  while (word + 1 < row->words->len && g_array_index (row->starts, guint, word + 1) <= offset)
    word++;
  return word;
}

/* Where a byte of the text starts, by its share of its word. */
static double
place_of (const MilRow *row, gsize offset)
{
  guint          i = word_at (row, offset);
  const MilWord *word = g_ptr_array_index (row->words, i);
  gsize          length = MAX (1, strlen (word->text)), at = offset - g_array_index (row->starts, guint, i);
  return word->box.x + word->box.width * MIN (at, length) / (double) length;
}

/* The reading with other digits. */
static MilRow *
with_digits (const MilRow *reading, gsize start, const char *digits, double sure)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_word_free);
  gsize      length = strlen (digits);
  for (guint i = 0; i < reading->words->len; i++)
    {
      MilWord *word = mil_word_copy (g_ptr_array_index (reading->words, i));
      gsize    from = g_array_index (reading->starts, guint, i);
      for (gsize k = 0; word->text[k] != '\0'; k++)
        if (from + k >= start && from + k < start + length)
          {
            word->text[k] = digits[from + k - start];
            word->confidence = (int) (100 * sure);
          }
      g_ptr_array_add (words, word);
    }
  return mil_row_of_words (words);
}

/**
 * mil_digit_vote:
 * @glyphs: the classifier for digits
 * @page: what was read
 * @picture: what @page was found in
 * @row: a row; gets one more reading
 * @reading: @row or another reading of it, where the digits were found
 * @start: offset of the first in its text, in bytes
 * @end: offset after the last
 *
 * Reads digits once more with the classifier for small ones, from the picture itself. What it says is one more
 * reading of @row, which counts up to three times as much as one of the engine where all digits are clear.
 */
void
mil_digit_vote (const MilMrzGlyphs *glyphs, MilPage *page, MilPicture *picture, MilRow *row, const MilRow *reading, gsize start, gsize end)
{
  g_return_if_fail (glyphs != NULL && page != NULL && MIL_IS_PICTURE (picture) && row != NULL && reading != NULL);

  char     pattern[MAX_LENGTH + 1], digits[MAX_LENGTH + 1];
  MilStrip strip;
  if (end <= start || end - start > MAX_LENGTH || end > strlen (reading->text)
      || !make_pattern (reading->text + start, end - start, pattern)
      || !mil_strip_of_words (reading, word_at (reading, start), word_at (reading, end - 1) + 1, &strip))
    return;
  double scale = LETTER / MAX (4.0, strip.letter), across = scale * strip.stretch;
  PIX   *pix = mil_page_zoom (page, picture, &strip, scale, MIL_LOOK_PLAIN);
  if (pix == NULL)
    return;
  double         left = place_of (reading, start), right = place_of (reading, end - 1);
  const MilWord *last = g_ptr_array_index (reading->words, word_at (reading, end - 1));
  right += last->box.width / (double) MAX (1, strlen (last->text));
  MilDigitStrip where = { pix, (left - strip.x) * across, (right - left) * across, pixGetHeight (pix) / 2.0, strip.letter * scale };
  double sure = mil_digits_read (glyphs, &where, pattern, digits);
  pixDestroy (&pix);
  if (sure < LEAST_SURE)
    return;
  MilRow *other = with_digits (reading, start, digits, sure);
  other->votes = 1 + (sure >= RATHER_SURE) + (sure >= VERY_SURE);
  if (row->others == NULL)
    row->others = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_row_free);
  g_ptr_array_add (row->others, other);
}

static gsize
skip_digits (const char *text, gsize at, gsize most)
{
  gsize n = 0;
  while (n < most && is_digit_like (text[at + n]))
    n++;
  return n;
}

/**
 * mil_digit_vote_find_shape:
 * @text: a row's text
 * @start: (out): where it starts, in bytes
 * @end: (out): offset after it
 *
 * Finds what has the shape of a date, as "07-94-2017" has, though no calendar has that day.
 *
 * Returns: whether there is one
 */
gboolean
mil_digit_vote_find_shape (const char *text, gsize *start, gsize *end)
{
  g_return_val_if_fail (text != NULL && start != NULL && end != NULL, FALSE);

  for (gsize at = 0; text[at] != '\0'; at++)
    {
      if (at > 0 && (g_ascii_isalnum (text[at - 1]) || strchr ("/-.", text[at - 1]) != NULL))
        continue;
      gsize day = skip_digits (text, at, 2), month, year, second;
      char  sign = text[at + day];
      if (day == 0 || sign == '\0' || strchr ("/-.", sign) == NULL)
        continue;
      month = skip_digits (text, at + day + 1, 2);
      second = at + day + 1 + month;
      if (month == 0 || text[second] != sign)
        continue;
      year = skip_digits (text, second + 1, 4);
      if ((year != 2 && year != 4) || g_ascii_isalnum (text[second + 1 + year]))
        continue;
      *start = at;
      *end = second + 1 + year;
      return TRUE;
    }
  return FALSE;
}
