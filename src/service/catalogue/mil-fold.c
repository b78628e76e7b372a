/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/catalogue/mil-fold.h"

/* Letters that people type without their mark although Unicode does not decompose them. */
static const struct
{
  gunichar    letter;
  const char *plain;
} plain_letters[] = {
  { 0x00e6, "ae" }, { 0x00f8, "o" }, { 0x0111, "d" }, { 0x0131, "i" },  { 0x0142, "l" },
  { 0x0153, "oe" }, { 0x2019, "'" }, { 0x00f0, "d" }, { 0x00fe, "th" },
};

static const char *
plain_letter (gunichar letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_letters); i++)
    if (plain_letters[i].letter == letter)
      return plain_letters[i].plain;
  return NULL;
}

/**
 * mil_fold:
 * @text: UTF-8
 *
 * Takes case, accents and compatibility forms away, and turns every run of spaces into one, so that
 * "Caffè  MOKA" and "caffe moka" are the same.
 *
 * Returns: (transfer full): the folded text
 */
char *
mil_fold (const char *text)
{
  g_autofree char *decomposed = NULL;
  g_autofree char *lower = NULL;
  GString         *folded;

  g_return_val_if_fail (text != NULL, NULL);

  decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  if (decomposed == NULL)
    return g_strdup ("");
  lower = g_utf8_casefold (decomposed, -1);
  folded = g_string_new (NULL);
  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar    letter = g_utf8_get_char (p);
      const char *plain = plain_letter (letter);

      if (g_unichar_type (letter) == G_UNICODE_NON_SPACING_MARK)
        continue;
      if (plain != NULL)
        g_string_append (folded, plain);
      else if (!g_unichar_isspace (letter))
        g_string_append_unichar (folded, letter);
      else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
    }
  return g_string_free (folded, FALSE);
}

/**
 * mil_fold_pattern:
 * @folded: folded text
 * @tail: what the pattern ends with ("%", or "%\n%" to look only into the first line)
 *
 * Returns: (transfer full): a pattern for `LIKE … ESCAPE '\'` that finds @folded anywhere
 */
char *
mil_fold_pattern (const char *folded, const char *tail)
{
  GString *pattern;

  g_return_val_if_fail (folded != NULL && tail != NULL, NULL);

  pattern = g_string_new ("%");
  for (const char *p = folded; *p != '\0'; p++)
    {
      if (*p == '%' || *p == '_' || *p == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *p);
    }
  g_string_append (pattern, tail);
  return g_string_free (pattern, FALSE);
}
