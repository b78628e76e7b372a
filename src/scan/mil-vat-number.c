/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-vat-number.h"

#include <string.h>

#include "scan/mil-label.h"

/* How a country's numbers look: '9' a digit, 'A' a letter, '*' either, others themselves. A number
 * without a prefix of letters counts only on a row that has one of the labels. */
typedef struct
{
  const char *country;
  const char *pattern;
  gsize       skip;
  const char *labels[7];
} Shape;

static const Shape shapes[] = {
  { "DE", "DE999999999", 2, { NULL } },
  { "AT", "ATU99999999", 3, { NULL } },
  { "FR", "FR**999999999", 2, { NULL } },
  { "IT", "IT99999999999", 2, { NULL } },
  { "ES", "ES*9999999*", 2, { NULL } },
  { "NL", "NL999999999B99", 2, { NULL } },
  { "PT", "PT999999999", 2, { NULL } },
  { "BE", "BE9999999999", 2, { NULL } },
  { "LU", "LU99999999", 2, { NULL } },
  { "DK", "DK99999999", 2, { NULL } },
  { "FI", "FI99999999", 2, { NULL } },
  { "PL", "PL9999999999", 2, { NULL } },
  { "SI", "SI99999999", 2, { NULL } },
  { "HR", "HR99999999999", 2, { NULL } },
  { "GR", "EL999999999", 2, { NULL } },
  { "SE", "SE999999999901", 2, { NULL } },
  { "GB", "GB999999999", 2, { NULL } },
  { "CH", "CHE999999999", 3, { NULL } },
  { "JP", "T9999999999999", 1, { NULL } },
  { "IT", "99999999999", 0, { "PIVA", "PARTITAIVA", "PIVACF" } },
  { "FR", "99999999999", 0, { "TVA" } },
  { "ES", "A9999999*", 0, { "NIF", "CIF" } },
  { "ES", "99999999A", 0, { "NIF", "DNI" } },
  { "PT", "999999999", 0, { "NIF", "CONTRIBUINTE", "NIPC" } },
  { "PL", "9999999999", 0, { "NIP" } },
  { "GB", "999999999", 0, { "VATNO", "VATREG", "VATNUMBER", "VATNR" } },
  { "KR", "9999999999", 0, { "사업자", "등록번호" } },
  { "AU", "99999999999", 0, { "ABN" } },
  { "TW", "99999999", 0, { "統編", "統一編號", "賣方" } },
};

static int
weighted_sum (const char *digits, const int *weights, guint n)
{
  int sum = 0;
  for (guint i = 0; i < n; i++)
    sum += (digits[i] - '0') * weights[i];
  return sum;
}

/* ISO 7064, MOD 11,10 (Germany, Croatia). */
static gboolean
check_mod_11_10 (const char *digits, gsize n)
{
  int product = 10;
  for (gsize i = 0; i + 1 < n; i++)
    {
      int sum = (digits[i] - '0' + product) % 10;
      product = 2 * (sum == 0 ? 10 : sum) % 11;
    }
  return (11 - product) % 10 == digits[n - 1] - '0';
}

static gboolean
check_luhn (const char *digits, gsize n)
{
  int sum = 0;
  for (gsize i = 0; i < n; i++)
    {
      int d = digits[n - 1 - i] - '0';
      if (i % 2 == 1)
        d = d * 2 > 9 ? d * 2 - 9 : d * 2;
      sum += d;
    }
  return sum % 10 == 0;
}

static gboolean
check_austria (const char *digits)
{
  int sum = 4;
  for (guint i = 0; i < 7; i++)
    {
      int d = digits[i] - '0';
      sum += i % 2 == 0 ? d : d / 5 + d * 2 % 10;
    }
  return (10 - sum % 10) % 10 == digits[7] - '0';
}

static gboolean
check_france (const char *number)
{
  if (!check_luhn (number + 2, 9))
    return FALSE;
  if (!g_ascii_isdigit (number[0]) || !g_ascii_isdigit (number[1]))
    return TRUE;
  gint64 siren = g_ascii_strtoll (number + 2, NULL, 10);
  return (12 + 3 * (siren % 97)) % 97 == (number[0] - '0') * 10 + number[1] - '0';
}

static gboolean
check_spain (const char *number)
{
  static const char person[] = "TRWAGMYFPDXBNJZSQVHLCKE", company[] = "JABCDEFGHI";
  if (g_ascii_isdigit (number[0]) || strchr ("XYZ", number[0]))
    {
      g_autofree char *copy = g_strdup (number);
      if (!g_ascii_isdigit (copy[0]))
        copy[0] = '0' + (copy[0] - 'X');
      for (guint i = 0; i < 8; i++)
        if (!g_ascii_isdigit (copy[i]))
          return FALSE;
      char letter = copy[8];
      copy[8] = '\0';
      return person[g_ascii_strtoll (copy, NULL, 10) % 23] == letter;
    }

  int sum = 0;
  for (guint i = 1; i < 8; i++)
    {
      int d = number[i] - '0';
      sum += i % 2 == 0 ? d : d * 2 / 10 + d * 2 % 10;
    }
  int check = (10 - sum % 10) % 10;
  return strchr ("ABCDEFGHJNPQRSUVW", number[0]) && (number[8] == '0' + check || number[8] == company[check]);
}

static gboolean
check_weights_11 (const char *digits, const int *weights, guint n)
{
  int rest = weighted_sum (digits, weights, n) % 11;
  return rest < 10 && rest == digits[n] - '0';
}

/* NL: the last nine digits mod 11; for sole traders since 2020 the whole of it mod 97. */
static gboolean
check_netherlands (const char *number)
{
  static const int weights[] = { 9, 8, 7, 6, 5, 4, 3, 2 };
  if (check_weights_11 (number, weights, 8))
    return TRUE;
  int              rest = 0;
  g_autofree char *all = g_strconcat ("NL", number, NULL);
  for (const char *p = all; *p != '\0'; p++)
    {
      int value = g_ascii_isdigit (*p) ? *p - '0' : *p - 'A' + 10;
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
  return rest == 1;
}

static gboolean
check_complement_11 (const char *digits, const int *weights, guint n)
{
  int check = 11 - weighted_sum (digits, weights, n) % 11;
  return (check >= 10 ? 0 : check) == digits[n] - '0';
}

static gboolean
check_britain (const char *digits)
{
  static const int weights[] = { 8, 7, 6, 5, 4, 3, 2 };
  int              sum = weighted_sum (digits, weights, 7), check = (digits[7] - '0') * 10 + digits[8] - '0';
  return (sum + check) % 97 == 0 || (sum + check + 55) % 97 == 0;
}

static gboolean
check_korea (const char *digits)
{
  static const int weights[] = { 1, 3, 7, 1, 3, 7, 1, 3 };
  int              last = (digits[8] - '0') * 5;
  int              sum = weighted_sum (digits, weights, 8) + last / 10 + last % 10;
  return (10 - sum % 10) % 10 == digits[9] - '0';
}

static gboolean
check_japan (const char *digits)
{
  int sum = 0;
  for (guint n = 1; n <= 12; n++)
    sum += (digits[13 - n] - '0') * (n % 2 == 0 ? 2 : 1);
  return 9 - sum % 9 == digits[0] - '0';
}

static gboolean
check_australia (const char *digits)
{
  static const int weights[] = { 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 };
  return (weighted_sum (digits, weights, 11) - 10) % 89 == 0;
}

static gboolean
check_taiwan (const char *digits)
{
  static const int weights[] = { 1, 2, 1, 2, 1, 2, 4, 1 };
  int              sum = 0;
  for (guint i = 0; i < 8; i++)
    {
      int product = (digits[i] - '0') * weights[i];
      sum += product / 10 + product % 10;
    }
  return sum % 5 == 0 || (digits[6] == '7' && (sum + 1) % 5 == 0);
}

static gboolean
check_mod_97 (const char *digits, guint n)
{
  gint64 head = 0;
  for (guint i = 0; i + 2 < n; i++)
    head = head * 10 + (digits[i] - '0');
  return 97 - head % 97 == (digits[n - 2] - '0') * 10 + digits[n - 1] - '0';
}

static gboolean
check_northern (const char *country, const char *number)
{
  static const int denmark[] = { 2, 7, 6, 5, 4, 3, 2, 1 }, finland[] = { 7, 9, 10, 5, 8, 4, 2 };
  static const int poland[] = { 6, 5, 7, 2, 3, 4, 5, 6, 7 };

  if (g_str_equal (country, "DK"))
    return weighted_sum (number, denmark, 8) % 11 == 0;
  if (g_str_equal (country, "FI"))
    {
      int rest = weighted_sum (number, finland, 7) % 11;
      return rest != 1 && (11 - rest) % 11 == number[7] - '0';
    }
  if (g_str_equal (country, "PL"))
    return check_weights_11 (number, poland, 9);
  if (g_str_equal (country, "SE"))
    return check_luhn (number, 10);
  if (g_str_equal (country, "BE"))
    return check_mod_97 (number, 10);
  if (g_str_equal (country, "LU"))
    {
      gint64 head = g_ascii_strtoll (number, NULL, 10);
      return head / 100 % 89 == head % 100;
    }
  return FALSE;
}

static gboolean
check_southern (const char *country, const char *number)
{
  static const int portugal[] = { 9, 8, 7, 6, 5, 4, 3, 2 }, slovenia[] = { 8, 7, 6, 5, 4, 3, 2 };
  static const int greece[] = { 256, 128, 64, 32, 16, 8, 4, 2 };

  if (g_str_equal (country, "IT"))
    return check_luhn (number, 11);
  if (g_str_equal (country, "ES"))
    return check_spain (number);
  if (g_str_equal (country, "PT"))
    return check_complement_11 (number, portugal, 8);
  if (g_str_equal (country, "SI"))
    return check_complement_11 (number, slovenia, 7);
  if (g_str_equal (country, "HR"))
    return check_mod_11_10 (number, 11);
  if (g_str_equal (country, "GR"))
    return weighted_sum (number, greece, 8) % 11 % 10 == number[8] - '0';
  return FALSE;
}

/**
 * mil_vat_number_is_valid:
 * @country: ISO 3166 code
 * @number: the number without blanks, points, and the country's prefix
 *
 * Sources: the check digits that the EU's VIES documentation lists by member state, the Swiss UID
 * register, the Korean National Tax Service, the Japanese corporate number (13 digits), the
 * Australian ABN and the Taiwanese unified business number.
 *
 * Returns: whether the length and the check digit are right
 */
gboolean
mil_vat_number_is_valid (const char *country, const char *number)
{
  g_return_val_if_fail (country != NULL && number != NULL, FALSE);

  static const int swiss[] = { 5, 4, 3, 2, 7, 6, 5, 4 };
  gboolean         fits = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (shapes) && !fits; i++)
    if (g_str_equal (shapes[i].country, country))
      {
        const char *shape = shapes[i].pattern + shapes[i].skip, *p = number;
        for (; *shape != '\0' && *p != '\0'; shape++, p++)
          if (!(*shape == '9'   ? g_ascii_isdigit (*p)
                : *shape == '*' ? g_ascii_isalnum (*p)
                : *shape == 'A' ? g_ascii_isupper (*p)
                                : *p == *shape))
            break;
        fits = *shape == '\0' && *p == '\0';
      }
  if (!fits)
    return FALSE;

  if (g_str_equal (country, "DE"))
    return check_mod_11_10 (number, 9);
  if (g_str_equal (country, "AT"))
    return check_austria (number);
  if (g_str_equal (country, "FR"))
    return check_france (number);
  if (g_str_equal (country, "NL"))
    return check_netherlands (number);
  if (g_str_equal (country, "GB"))
    return check_britain (number);
  if (g_str_equal (country, "CH"))
    return check_complement_11 (number, swiss, 8);
  if (g_str_equal (country, "KR"))
    return check_korea (number);
  if (g_str_equal (country, "JP"))
    return check_japan (number);
  if (g_str_equal (country, "AU"))
    return check_australia (number);
  if (g_str_equal (country, "TW"))
    return check_taiwan (number);
  return check_northern (country, number) || check_southern (country, number);
}

static gboolean
fits (const char *text, const char *pattern)
{
  for (; *pattern != '\0'; text++, pattern++)
    {
      gboolean ok = *pattern == '9'   ? g_ascii_isdigit (*text)
                    : *pattern == 'A' ? g_ascii_isupper (*text)
                    : *pattern == '*' ? g_ascii_isalnum (*text)
                                      : *text == *pattern;
      if (!ok)
        return FALSE;
    }
  return !g_ascii_isdigit (*text);
}

static gboolean
has_label (const char *folded, const Shape *shape)
{
  for (guint i = 0; i < G_N_ELEMENTS (shape->labels) && shape->labels[i] != NULL; i++)
    if (strstr (folded, shape->labels[i]) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * mil_vat_number_find:
 * @text: a row of a receipt
 * @number: (out): the number without blanks, points, and the country's prefix
 * @country: (out): ISO 3166 code
 * @start: (out): where in @text it starts, in bytes
 * @end: (out): offset after its last byte
 *
 * Finds a VAT number whose check digit is right. Blanks, points and dashes inside do not matter.
 *
 * Returns: whether there is one
 */
gboolean
mil_vat_number_find (const char *text, char **number, const char **country, gsize *start, gsize *end)
{
  g_return_val_if_fail (text != NULL && number != NULL && country != NULL && start != NULL && end != NULL, FALSE);

  g_autofree char  *folded = mil_label_fold (text);
  g_autofree char  *compact = g_malloc0 (strlen (text) + 1);
  g_autofree gsize *offsets = g_new0 (gsize, strlen (text) + 1);
  gsize             n = 0;
  for (gsize i = 0; text[i] != '\0'; i++)
    if (g_ascii_isalnum (text[i]))
      {
        offsets[n] = i;
        compact[n++] = g_ascii_toupper (text[i]);
      }

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      const Shape *shape = &shapes[s];
      gsize        length = strlen (shape->pattern);
      if (length > n || (shape->skip == 0 && !has_label (folded, shape)))
        continue;
      for (gsize at = 0; at + length <= n; at++)
        {
          if (!fits (compact + at, shape->pattern) || (at > 0 && shape->skip == 0 && g_ascii_isdigit (compact[at - 1])))
            continue;
          g_autofree char *found = g_strndup (compact + at + shape->skip, length - shape->skip);
          if (!mil_vat_number_is_valid (shape->country, found))
            continue;
          *number = g_steal_pointer (&found);
          *country = shape->country;
          *start = offsets[at];
          *end = offsets[at + length - 1] + 1;
          return TRUE;
        }
    }
  return FALSE;
}
