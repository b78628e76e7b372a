/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-country.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  char        code[3];
  char        alpha_3[4];
  const char *currency;
  gboolean    in_eu;
  const char *name;
  const char *common_name; /* NULL where the name is what people say */
} Country;

static const Country countries[] = {
#include "base/mil-countries.inc"
};

static int
compare_code (const void *key, const void *item)
{
  return strcmp (key, ((const Country *) item)->code);
}

static const Country *
find (const char *code)
{
  if (code == NULL)
    return NULL;
  return bsearch (code, countries, G_N_ELEMENTS (countries), sizeof (Country), compare_code);
}

/**
 * mil_country_is_known:
 * @code: (nullable): an alpha-2 code in upper case
 *
 * Returns: whether ISO 3166-1 lists it
 */
gboolean
mil_country_is_known (const char *code)
{
  return find (code) != NULL;
}

/**
 * mil_country_from_alpha_3:
 * @code: (nullable): an alpha-3 code in upper case
 *
 * Returns: (transfer none) (nullable): the alpha-2 code of the same country; %NULL where ISO 3166-1 does not list it
 */
const char *
mil_country_from_alpha_3 (const char *code)
{
  for (gsize i = 0; code != NULL && i < G_N_ELEMENTS (countries); i++)
    if (strcmp (countries[i].alpha_3, code) == 0)
      return countries[i].code;
  return NULL;
}

static const char *
translate (const char *name)
{
  static gsize bound = 0;

  if (g_once_init_enter (&bound))
    {
      bindtextdomain ("iso_3166-1", MIL_ISO_CODES_LOCALEDIR);
      bind_textdomain_codeset ("iso_3166-1", "UTF-8");
      g_once_init_leave (&bound, 1);
    }
  return dgettext ("iso_3166-1", name);
}

/**
 * mil_country_name:
 * @code: (nullable): an alpha-2 code
 *
 * What people call the country, in the person's language, from the catalogs of iso-codes; in English
 * where those have no word.
 *
 * Returns: (transfer none) (nullable): UTF-8
 */
const char *
mil_country_name (const char *code)
{
  const Country *country = find (code);
  const char    *common, *full;

  if (country == NULL)
    return NULL;
  full = translate (country->name);
  if (country->common_name == NULL)
    return full;
  common = translate (country->common_name);
  /* A catalog that lacks the common name may have the other one. */
  return common == country->common_name && full != country->name ? full : common;
}

/**
 * mil_country_english_name:
 * @code: (nullable): an alpha-2 code
 *
 * What people call the country in English, whatever the person's language: for papers that others read.
 *
 * Returns: (transfer none) (nullable): UTF-8
 */
const char *
mil_country_english_name (const char *code)
{
  const Country *country = find (code);

  if (country == NULL)
    return NULL;
  return country->common_name != NULL ? country->common_name : country->name;
}

/**
 * mil_country_currency:
 * @code: (nullable): an alpha-2 code
 *
 * Returns: (transfer none) (nullable): ISO 4217 code of what is paid with there
 */
const char *
mil_country_currency (const char *code)
{
  const Country *country = find (code);

  return country != NULL ? country->currency : NULL;
}

/**
 * mil_country_flag:
 * @code: (nullable): an alpha-2 code
 *
 * Returns: (transfer full): two regional indicators, which fonts show as the flag; empty for what is not known
 */
char *
mil_country_flag (const char *code)
{
  GString *flag = g_string_new (NULL);

  if (find (code) != NULL)
    for (const char *p = code; *p != '\0'; p++)
      g_string_append_unichar (flag, 0x1f1e6 + (*p - 'A'));
  return g_string_free_and_steal (flag);
}

/**
 * mil_country_list:
 *
 * Returns: (transfer none) (array zero-terminated=1): all codes, in alphabetic order
 */
const char *const *
mil_country_list (void)
{
  static const char *codes[G_N_ELEMENTS (countries) + 1];
  static gsize       filled = 0;

  if (g_once_init_enter (&filled))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
        codes[i] = countries[i].code;
      g_once_init_leave (&filled, 1);
    }
  return codes;
}

/**
 * mil_country_from_locale:
 *
 * Where the person probably lives, by the process locale: the country of LC_ADDRESS, or the one in the
 * name of LC_MESSAGES.
 *
 * Returns: (transfer none) (nullable): alpha-2 code
 */
const char *
mil_country_from_locale (void)
{
  const Country   *country = find (nl_langinfo (_NL_ADDRESS_COUNTRY_AB2));
  const char      *locale = setlocale (LC_MESSAGES, NULL);
  const char      *territory = locale != NULL ? strchr (locale, '_') : NULL;
  g_autofree char *code = NULL;

  if (country == NULL && territory != NULL)
    {
      code = g_strndup (territory + 1, 2);
      country = find (code);
    }
  return country != NULL ? country->code : NULL;
}

/**
 * mil_country_in_eu:
 * @code: (nullable): an alpha-2 code
 *
 * Returns: whether it is a member state of the European Union today
 */
gboolean
mil_country_in_eu (const char *code)
{
  const Country *country = find (code);

  return country != NULL && country->in_eu;
}
