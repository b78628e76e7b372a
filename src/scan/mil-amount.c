/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-amount.h"

#include <string.h>

#define MAX_DIGITS 10

/* What the engine reads for a digit, and the digit. Only ASCII, so offsets stay. */
static char
mended_digit (char c)
{
  switch (c)
    {
    case 'O':
    case 'o':
    case 'D':
    case 'Q':
      return '0';
    case 'l':
    case 'I':
    case '|':
    case 'i':
      return '1';
    case 'Z':
      return '2';
    case 'S':
    case 's':
      return '5';
    case 'B':
      return '8';
    default:
      return c;
    }
}

static gboolean
is_separator (char c)
{
  return c == '.' || c == ',';
}

static gboolean
is_mended_digit (char c)
{
  return g_ascii_isdigit (mended_digit (c));
}

/* How long the code of a currency is that stands at @p before a number: "RM5.00". */
static gsize
currency_length (const char *p)
{
  static const char *const codes[] = { "RM", "RN", "RH", "EUR", "MYR", "SGD", "CHF", "GBP", "USD", "$", NULL };
  for (guint i = 0; codes[i] != NULL; i++)
    if (g_str_has_prefix (p, codes[i]))
      return strlen (codes[i]);
  return 0;
}

/* "RMS. OO" is RM5.00: behind a currency and around a point letters are digits, up to three before it. */
static void
mend_behind_currency (char *text)
{
  for (char *p = text; *p != '\0'; p++)
    {
      gsize skip = p == text || !g_ascii_isalnum (p[-1]) ? currency_length (p) : 0, whole, point, i;
      if (skip == 0)
        continue;
      for (whole = skip; p[whole] == ' '; whole++)
        ;
      for (point = whole; point < whole + 4 && is_mended_digit (p[point]); point++)
        ;
      for (i = point; p[i] == ' '; i++)
        ;
      if (point == whole || !is_separator (p[i]))
        continue;
      for (i++; p[i] == ' '; i++)
        ;
      if (!is_mended_digit (p[i]) || !is_mended_digit (p[i + 1]) || g_ascii_isalnum (p[i + 2]))
        continue;
      for (gsize k = whole; k < i + 2; k++)
        p[k] = mended_digit (p[k]);
    }
}

/* Mends letters inside pieces that are numbers but for them: at least as many digits as letters, a
 * digit at one end, and a decimal separator. */
static char *
mend (const char *text)
{
  char *mended = g_strdup (text);
  for (char *p = mended; *p != '\0';)
    {
      gsize length = strcspn (p, " ");
      guint digits = 0, letters = 0, others = 0, separators = 0;
      for (gsize i = 0; i < length; i++)
        {
          if (g_ascii_isdigit (p[i]))
            digits++;
          else if (p[i] == '.' || p[i] == ',')
            separators++;
          else if (mended_digit (p[i]) != p[i])
            letters++;
          else if (p[i] != '-')
            others++;
        }
      if (letters > 0 && digits >= letters && separators > 0 && others == 0)
        for (gsize i = 0; i < length; i++)
          p[i] = mended_digit (p[i]);
      p += length;
      p += *p == ' ';
    }
  mend_behind_currency (mended);
  return mended;
}

/* Whether what stands before @at makes a number there a part of something longer (a date, an id). */
static gboolean
is_glued_left (const char *text, gsize at)
{
  if (at == 0)
    return FALSE;
  char c = text[at - 1];
  if (g_ascii_isdigit (c))
    return TRUE;
  return at >= 2 && g_ascii_isdigit (text[at - 2]) && (is_separator (c) || c == '/' || c == ':' || c == '-');
}

static gboolean
is_glued_right (const char *text, gsize at)
{
  char c = text[at];
  if (g_ascii_isdigit (c))
    return TRUE;
  return (is_separator (c) || c == '/' || c == ':' || c == '-') && g_ascii_isdigit (text[at + 1]);
}

/* The length of what separates groups of three digits. Without decimals a blank may follow it, and it may be
 * read as the full stop of Chinese and Japanese: "2。 449". */
static gsize
group_separator (const char *text, gsize at, guint exponent)
{
  static const char full_stop[] = "\xe3\x80\x82";
  gsize             n = 0;
  if (is_separator (text[at]) || text[at] == '\'' || text[at] == ' ')
    n = 1;
  else if (exponent == 0 && strncmp (text + at, full_stop, 3) == 0)
    n = 3;
  if (exponent == 0 && n > 0 && text[at] != ' ' && text[at + n] == ' ')
    n++;
  return n;
}

/* Reads the whole part: digits, maybe in groups of three. */
static gsize
read_whole (const char *text, gsize at, guint exponent, gint64 *value, guint *n_digits, gboolean *grouped)
{
  *value = 0;
  *n_digits = 0;
  *grouped = FALSE;
  while (TRUE)
    {
      if (g_ascii_isdigit (text[at]))
        {
          if (++*n_digits > MAX_DIGITS)
            return 0;
          *value = *value * 10 + (text[at++] - '0');
          continue;
        }
      gsize       gap = *n_digits > 0 ? group_separator (text, at, exponent) : 0;
      const char *next = text + at + gap;
      gboolean    group = gap > 0 && g_ascii_isdigit (next[0]) && g_ascii_isdigit (next[1])
                       && g_ascii_isdigit (next[2]) && !g_ascii_isdigit (next[3]);
      /* "2 100.00" is a quantity and a price more often than a number written with a blank. */
      if (group && text[at] == ' ')
        return at;
      if (!group || (!*grouped && *n_digits > 3))
        return at;
      *grouped = TRUE;
      at += gap;
    }
}

/* The decimal part of two digits with its separator; 0 where there is none. */
static gsize
read_decimals (const char *text, gsize at, gint64 *value, gboolean *loose)
{
  gsize start = at;
  if (text[at] == ' ' && is_separator (text[at + 1]))
    at++;
  if (!is_separator (text[at]))
    return 0;
  at++;
  if (text[at] == ' ' && g_ascii_isdigit (text[at + 1]))
    at++;
  if (!g_ascii_isdigit (text[at]) || !g_ascii_isdigit (text[at + 1]) || g_ascii_isdigit (text[at + 2]))
    return 0;
  *value = (text[at] - '0') * 10 + (text[at + 1] - '0');
  *loose = at + 2 - start > 3;
  return at + 2;
}

static gsize
sign_start (const char *text, gsize at, gboolean *negative)
{
  *negative = FALSE;
  gsize start = at;
  if (start > 0 && (text[start - 1] == '-' || text[start - 1] == '('))
    start--;
  else if (start > 2
           && (strncmp (text + start - 3, "\xe2\x80\x93", 3) == 0 || strncmp (text + start - 3, "\xe2\x88\x92", 3) == 0))
    start -= 3;
  else
    return at;
  /* "EUR -12,30" is negative, "A-12,30" is a reference. */
  if (start > 0 && g_ascii_isalnum (text[start - 1]))
    return at;
  *negative = TRUE;
  return start;
}

static gboolean
read_amount (const char *text, gsize at, guint exponent, MilAmount *amount)
{
  gint64   whole = 0, part = 0;
  guint    n_digits = 0;
  gboolean grouped = FALSE, loose = FALSE, negative = FALSE;
  gsize    end = read_whole (text, at, exponent, &whole, &n_digits, &grouped);
  if (end == 0 || n_digits == 0)
    return FALSE;

  if (exponent > 0)
    {
      gsize after = read_decimals (text, end, &part, &loose);
      if (after == 0)
        return FALSE;
      end = after;
      whole = whole * 100 + part;
    }
  else if (!grouped && (n_digits > 8 || (text[at] == '0' && n_digits > 1)))
    return FALSE;
  if (is_glued_right (text, end))
    return FALSE;

  gsize start = sign_start (text, at, &negative);
  if (text[end] == '-' && !g_ascii_isalnum (text[end + 1]))
    {
      negative = TRUE;
      end++;
    }
  if (negative && text[start] == '(')
    {
      negative = text[end] == ')';
      end += negative;
    }
  const char *next = text + end;
  while (*next == ' ')
    next++;
  *amount = (MilAmount) { negative ? -whole : whole, start, end, *next == '%', loose };
  return TRUE;
}

/**
 * mil_amounts_find:
 * @text: a row of a receipt
 * @exponent: 2 for amounts with two decimals, 0 for a currency without any (yen, won)
 *
 * Finds the numbers that can be amounts: "12,30", "1.234,56", "1'234.50", "12. 30", "-1.73", "5,00-",
 * "(1.73)". Numbers that are glued to others (dates, times, ids) are not amounts.
 *
 * Returns: (transfer full) (element-type MilAmount): them, from left to right
 */
GArray *
mil_amounts_find (const char *text, guint exponent)
{
  g_return_val_if_fail (text != NULL, NULL);

  GArray          *amounts = g_array_new (FALSE, FALSE, sizeof (MilAmount));
  g_autofree char *mended = mend (text);
  for (gsize at = 0; mended[at] != '\0'; at++)
    {
      MilAmount amount;
      if (!g_ascii_isdigit (mended[at]) || is_glued_left (mended, at))
        continue;
      if (read_amount (mended, at, exponent, &amount))
        {
          amount.is_loose |= strncmp (mended + amount.start, text + amount.start, amount.end - amount.start) != 0;
          g_array_append_val (amounts, amount);
          at = amount.end - 1;
        }
      else
        while (g_ascii_isdigit (mended[at + 1]))
          at++;
    }
  return amounts;
}
