/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-row.h"

#include <string.h>

/* Letters of one word are nearer than this part of their height. */
#define NEAR_PERCENT 60
/* Pieces of text are words on a grid of these sizes when there is no picture. */
#define GRID_WIDTH 15
#define GRID_HEIGHT 20
#define GRID_STEP 30

/**
 * mil_row_free:
 * @self: (transfer full): a row
 *
 * Frees it, its words and its other readings.
 */
void
mil_row_free (MilRow *self)
{
  g_ptr_array_unref (self->words);
  g_array_unref (self->starts);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_free (self->text);
  g_free (self);
}

static MilRow *
row_new (void)
{
  MilRow *self = g_new0 (MilRow, 1);
  self->words = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_word_free);
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

static int
compare_left (gconstpointer a, gconstpointer b)
{
  const MilWord *x = *(const MilWord *const *) a, *y = *(const MilWord *const *) b;
  return x->box.x != y->box.x ? x->box.x - y->box.x : x->box.y - y->box.y;
}

static int
compare_top (gconstpointer a, gconstpointer b)
{
  const MilRow *x = *(const MilRow *const *) a, *y = *(const MilRow *const *) b;
  return (2 * x->box.y + x->box.height) - (2 * y->box.y + y->box.height);
}

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

static int
usual_height (GPtrArray *words)
{
  if (words->len == 0)
    return 0;
  g_autofree int *heights = g_new (int, words->len);
  for (guint i = 0; i < words->len; i++)
    heights[i] = ((MilWord *) g_ptr_array_index (words, i))->box.height;
  qsort (heights, words->len, sizeof (int), compare_ints);
  return heights[words->len / 2];
}

/* Specks are read as punctuation, rules and edges as very flat or very high letters. */
static gboolean
is_noise (const MilWord *word, int usual)
{
  if (word->box.height > 5 * usual)
    return TRUE;
  gboolean has_letter = FALSE;
  for (const char *p = word->text; *p != '\0'; p = g_utf8_next_char (p))
    has_letter |= g_unichar_isalnum (g_utf8_get_char (p));
  return !has_letter && (word->confidence < 40 || word->box.height * 4 < usual);
}

/* How much of the lower one of two words stands beside the other, in per cent. */
static int
overlap (const MilWord *a, const MilWord *b)
{
  int shared = MIN (a->box.y + a->box.height, b->box.y + b->box.height) - MAX (a->box.y, b->box.y);
  return 100 * shared / MAX (1, MIN (a->box.height, b->box.height));
}

/* The row whose last word stands most beside @word; paper bends, so it is the nearest word that counts. */
static MilRow *
find_row (GPtrArray *rows, const MilWord *word)
{
  MilRow *best = NULL;
  int     most = 45;
  for (guint i = 0; i < rows->len; i++)
    {
      MilRow        *row = g_ptr_array_index (rows, i);
      const MilWord *last = g_ptr_array_index (row->words, row->words->len - 1);
      int            shared = overlap (last, word);
      if (last->box.x + last->box.width > word->box.x + word->box.width / 2)
        shared -= 40;
      if (shared > most)
        {
          most = shared;
          best = row;
        }
    }
  return best;
}

/* Chinese and Japanese have no blanks between words; those that stand apart do anyway. */
static gboolean
is_unspaced (gunichar c)
{
  return (c >= 0x3000 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff)
         || (c >= 0xff00 && c <= 0xffef);
}

static gboolean
goes_on (const MilWord *before, const MilWord *word)
{
  const char *last = g_utf8_find_prev_char (before->text, before->text + strlen (before->text));
  int         gap = word->box.x - before->box.x - before->box.width;
  return last != NULL && is_unspaced (g_utf8_get_char (last)) && is_unspaced (g_utf8_get_char (word->text))
         && gap * 100 < NEAR_PERCENT * MAX (before->box.height, word->box.height);
}

static void
finish (MilRow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize weight = 0, sum = 0;
  for (guint i = 0; i < self->words->len; i++)
    {
      const MilWord *word = g_ptr_array_index (self->words, i);
      if (i > 0 && !goes_on (g_ptr_array_index (self->words, i - 1), word))
        g_string_append_c (text, ' ');
      guint start = text->len;
      g_array_append_val (self->starts, start);
      g_string_append (text, word->text);
      self->box = mil_box_union (self->box, word->box);
      weight += strlen (word->text);
      sum += strlen (word->text) * word->confidence;
    }
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
  self->confidence = weight > 0 ? sum / weight : 0;
}

/**
 * mil_rows_build:
 * @words: (transfer full) (element-type MilWord): words in any order, on straightened paper
 *
 * Puts words that stand at the same height into one row, however far apart they are: the engine
 * takes a column of prices for lines of their own.
 *
 * Returns: (transfer full) (element-type MilRow): the rows from top to bottom
 */
GPtrArray *
mil_rows_build (GPtrArray *words)
{
  g_return_val_if_fail (words != NULL, NULL);

  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_row_free);
  int        usual = usual_height (words);
  g_ptr_array_sort (words, compare_left);
  while (words->len > 0)
    {
      g_autoptr (MilWord) word = g_ptr_array_steal_index (words, 0);
      if (is_noise (word, usual))
        continue;
      MilRow *row = find_row (rows, word);
      if (row == NULL)
        {
          row = row_new ();
          g_ptr_array_add (rows, row);
        }
      g_ptr_array_add (row->words, g_steal_pointer (&word));
    }
  g_ptr_array_unref (words);
  for (guint i = 0; i < rows->len; i++)
    finish (g_ptr_array_index (rows, i));
  g_ptr_array_sort (rows, compare_top);
  return rows;
}

/**
 * mil_row_of_words:
 * @words: (transfer full) (element-type MilWord): words of one line, in any order
 *
 * Returns: (transfer full) (nullable): the row; %NULL when there are no words
 */
MilRow *
mil_row_of_words (GPtrArray *words)
{
  g_return_val_if_fail (words != NULL, NULL);

  g_autoptr (MilRow) row = row_new ();
  g_ptr_array_sort (words, compare_left);
  while (words->len > 0)
    g_ptr_array_add (row->words, g_ptr_array_steal_index (words, 0));
  g_ptr_array_unref (words);
  if (row->words->len == 0)
    return NULL;
  finish (row);
  return g_steal_pointer (&row);
}

/**
 * mil_rows_from_text:
 * @text: lines of UTF-8
 *
 * Makes rows of text that came without a picture (of a PDF, in a test).
 *
 * Returns: (transfer full) (element-type MilRow): a row for each line that is not blank
 */
GPtrArray *
mil_rows_from_text (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_row_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint y = 0; lines[y] != NULL; y++)
    {
      g_autoptr (MilRow) row = row_new ();
      g_auto (GStrv) pieces = g_strsplit_set (lines[y], " \t\r", -1);
      for (guint i = 0, x = 0; pieces[i] != NULL; i++)
        {
          int width = GRID_WIDTH * g_utf8_strlen (pieces[i], -1);
          if (*pieces[i] != '\0')
            {
              MilWord *word = g_new0 (MilWord, 1);
              word->text = g_strdup (pieces[i]);
              word->confidence = 100;
              word->box = (MilBox) { x, y * GRID_STEP, width, GRID_HEIGHT };
              g_ptr_array_add (row->words, word);
            }
          x += width + GRID_WIDTH;
        }
      if (row->words->len == 0)
        continue;
      finish (row);
      g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  return rows;
}

/**
 * mil_rows_to_text:
 * @rows: (element-type MilRow): rows
 *
 * Returns: (transfer full): their texts, a line each
 */
char *
mil_rows_to_text (GPtrArray *rows)
{
  g_return_val_if_fail (rows != NULL, NULL);

  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s\n", ((MilRow *) g_ptr_array_index (rows, i))->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
word_is_in (const MilRow *self, guint i, gsize start, gsize end)
{
  const MilWord *word = g_ptr_array_index (self->words, i);
  gsize          from = g_array_index (self->starts, guint, i);
  return from < end && from + strlen (word->text) > start;
}

/**
 * mil_row_box_of:
 * @self: a row
 * @start: offset in its text, in bytes
 * @end: offset after the last byte
 *
 * Returns: the box around the words of that part of the text
 */
MilBox
mil_row_box_of (const MilRow *self, gsize start, gsize end)
{
  g_return_val_if_fail (self != NULL, ((MilBox) { 0 }));

  MilBox box = { 0 };
  for (guint i = 0; i < self->words->len; i++)
    if (word_is_in (self, i, start, end))
      box = mil_box_union (box, ((MilWord *) g_ptr_array_index (self->words, i))->box);
  return box;
}

/**
 * mil_row_confidence_of:
 * @self: a row
 * @start: offset in its text, in bytes
 * @end: offset after the last byte
 *
 * Returns: the least confidence of the words of that part of the text
 */
int
mil_row_confidence_of (const MilRow *self, gsize start, gsize end)
{
  g_return_val_if_fail (self != NULL, 0);

  int least = 100;
  for (guint i = 0; i < self->words->len; i++)
    if (word_is_in (self, i, start, end))
      least = MIN (least, ((MilWord *) g_ptr_array_index (self->words, i))->confidence);
  return least;
}
