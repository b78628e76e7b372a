/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-mrz-reader.h"

#include <string.h>

/* A row of an MRZ has so many letters and fillers at least, and no layout more than the most. */
#define LEAST_LETTERS 26
#define MOST_LETTERS 48

static const gsize widths[] = { 44, 36, 30 };

/* Letters of the alphabet alone; blanks are the engine's, small letters and quotes are fillers. */
static char *
clean (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c < 0x80 && (g_ascii_isdigit (c) || g_ascii_isupper (c) || c == '<'))
        g_string_append_c (line, (char) c);
      else if (c == 0xab)
        g_string_append (line, "<<");
      else if (g_unichar_isalpha (c) || c == '(' || c == '{')
        g_string_append_c (line, '<');
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static gboolean
looks_like_mrz (const char *line)
{
  gsize n = strlen (line), fillers = 0;
  for (const char *p = line; *p != '\0'; p++)
    fillers += *p == '<';
  return n >= LEAST_LETTERS && n <= MOST_LETTERS && fillers >= 2;
}

/* Fillers that were read too often or too rarely are the usual mistake, and stand in the last run. */
static char *
fit (const char *line, gsize width)
{
  gsize n = strlen (line);
  g_autoptr (GString) fitted = g_string_new (line);
  const char *run = g_strrstr (line, "<<");
  gsize       at = run ? (gsize) (run - line) : n;
  for (; n < width; n++)
    g_string_insert_c (fitted, (gssize) at, '<');
  for (; n > width && fitted->str[MIN (at, n - 1)] == '<'; n--, at = at > 0 ? at - 1 : 0)
    g_string_erase (fitted, (gssize) MIN (at, n - 1), 1);
  return fitted->len == width ? g_string_free (g_steal_pointer (&fitted), FALSE) : NULL;
}

static MilMrz *
try_lines (GPtrArray *lines, guint first, gsize width, MilDate today)
{
  guint n_lines = width == 30 ? 3 : 2;
  if (first + n_lines > lines->len)
    return NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < n_lines; i++)
    {
      char *line = fit (g_ptr_array_index (lines, first + i), width);
      if (line == NULL)
        return NULL;
      g_strv_builder_take (builder, line);
    }
  g_auto (GStrv) all = g_strv_builder_end (builder);
  g_autoptr (MilMrz) mrz = mil_mrz_parse ((const char *const *) all, today);
  return mrz != NULL && mrz->valid ? g_steal_pointer (&mrz) : NULL;
}

/**
 * mil_mrz_from_rows:
 * @rows: (element-type MilRow): what was read
 * @today: to tell the century of two-digit years
 *
 * Looks for a machine readable zone among the rows. One whose check digits are not all right is
 * none: a wrong document number is worse than one that has to be typed.
 *
 * Returns: (transfer full) (nullable): the zone, or %NULL
 */
MilMrz *
mil_mrz_from_rows (GPtrArray *rows, MilDate today)
{
  g_return_val_if_fail (rows != NULL, NULL);

  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *line = clean (((MilRow *) g_ptr_array_index (rows, i))->text);
      if (looks_like_mrz (line))
        g_ptr_array_add (lines, g_steal_pointer (&line));
    }
  for (guint first = 0; first < lines->len; first++)
    for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
      {
        MilMrz *mrz = try_lines (lines, first, widths[w], today);
        if (mrz != NULL)
          return mrz;
      }
  return NULL;
}
