/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-currency.h"

#include <langinfo.h>
#include <libintl.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  char        code[4];
  char        numeric[4];
  int         exponent;
  const char *own_symbol;
  const char *abroad_symbol;
  const char *name;
} Currency;

static const Currency currencies[] = {
#include "base/mil-currencies.inc"
};

static int
compare_code (const void *key, const void *item)
{
  return strcmp (key, ((const Currency *) item)->code);
}

static const Currency *
find (const char *code)
{
  if (code == NULL)
    return NULL;
  return bsearch (code, currencies, G_N_ELEMENTS (currencies), sizeof (Currency), compare_code);
}

/**
 * mil_currency_is_known:
 * @code: (nullable): an alphabetic code in upper case
 *
 * Returns: whether ISO 4217 lists @code as money in use
 */
gboolean
mil_currency_is_known (const char *code)
{
  return find (code) != NULL;
}

/**
 * mil_currency_exponent:
 * @code: (nullable): an alphabetic code
 *
 * How many decimal digits the minor unit stands for: 2 for EUR, 0 for JPY, 3 for KWD.
 *
 * Returns: 0 to 4, or -1 for a currency that is not known
 */
int
mil_currency_exponent (const char *code)
{
  const Currency *currency = find (code);

  return currency != NULL ? currency->exponent : -1;
}

/**
 * mil_currency_numeric:
 * @code: (nullable): an alphabetic code
 *
 * Returns: (transfer none) (nullable): the numeric code, three ASCII digits
 */
const char *
mil_currency_numeric (const char *code)
{
  const Currency *currency = find (code);

  return currency != NULL ? currency->numeric : NULL;
}

/**
 * mil_currency_from_numeric:
 * @numeric: (nullable): three ASCII digits
 *
 * Returns: (transfer none) (nullable): the alphabetic code
 */
const char *
mil_currency_from_numeric (const char *numeric)
{
  for (gsize i = 0; numeric != NULL && i < G_N_ELEMENTS (currencies); i++)
    if (g_str_equal (currencies[i].numeric, numeric))
      return currencies[i].code;
  return NULL;
}

/**
 * mil_currency_name:
 * @code: (nullable): an alphabetic code
 *
 * The currency's name in the person's language, from the catalogs of iso-codes; in English where
 * those have none.
 *
 * Returns: (transfer none) (nullable): UTF-8
 */
const char *
mil_currency_name (const char *code)
{
  static gsize    bound = 0;
  const Currency *currency = find (code);

  if (currency == NULL)
    return NULL;
  if (g_once_init_enter (&bound))
    {
      bindtextdomain ("iso_4217", MIL_ISO_CODES_LOCALEDIR);
      bind_textdomain_codeset ("iso_4217", "UTF-8");
      g_once_init_leave (&bound, 1);
    }
  return dgettext ("iso_4217", currency->name);
}

/**
 * mil_currency_symbol:
 * @code: (nullable): an alphabetic code
 *
 * The sign as CLDR's readers know it: the currency of the process locale gets its short one ("$" in
 * the United States, "¥" in China), others the one that cannot be mistaken ("US$", "CN¥"). A
 * currency without a sign of its own is written with its code.
 *
 * Returns: (transfer none) (nullable): UTF-8
 */
const char *
mil_currency_symbol (const char *code)
{
  const Currency *currency = find (code);

  if (currency == NULL)
    return code;
  /* POSIX: three letters of ISO 4217 and the character that parts them from the amount. */
  if (strncmp (nl_langinfo (__INT_CURR_SYMBOL), currency->code, 3) == 0)
    return currency->own_symbol;
  return currency->abroad_symbol;
}

/**
 * mil_currency_list:
 *
 * Returns: (transfer none) (array zero-terminated=1): all known codes, in alphabetic order
 */
const char *const *
mil_currency_list (void)
{
  static const char *codes[G_N_ELEMENTS (currencies) + 1];
  static gsize       filled = 0;

  if (g_once_init_enter (&filled))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++)
        codes[i] = currencies[i].code;
      g_once_init_leave (&filled, 1);
    }
  return codes;
}
