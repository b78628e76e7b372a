/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-person-words.h"

#include <glib/gi18n.h>

#include "base/mil-country.h"

typedef struct
{
  MilFormNeeds need;
  const char  *passport;
  const char  *card;
} Word;

/* Translators: these stand in a list after "The tax-free form for Italy still needs:". */
static const Word words[] = {
  { MIL_FORM_NEEDS_SURNAME, NC_ ("form needs", "the surname"), NULL },
  { MIL_FORM_NEEDS_GIVEN_NAMES, NC_ ("form needs", "the given names"), NULL },
  { MIL_FORM_NEEDS_RESIDENCE, NC_ ("form needs", "the country of residence"), NULL },
  { MIL_FORM_NEEDS_NUMBER, NC_ ("form needs", "the passport number"), NC_ ("form needs", "the number of the identity card") },
  { MIL_FORM_NEEDS_ISSUER,
    NC_ ("form needs", "the country that issued the passport"),
    NC_ ("form needs", "the country that issued the identity card") },
  { MIL_FORM_NEEDS_EXPIRY, NC_ ("form needs", "how long the passport is valid"), NC_ ("form needs", "how long the identity card is valid") },
  { MIL_FORM_NEEDS_BORN, NC_ ("form needs", "the day of birth"), NULL },
  { MIL_FORM_NEEDS_NATIONALITY, NC_ ("form needs", "the nationality"), NULL },
  { MIL_FORM_NEEDS_ADDRESS, NC_ ("form needs", "the home address"), NULL },
};

static gboolean
has_card (const MilPersonInfo *info)
{
  return g_strcmp0 (info->document_type, "id") == 0;
}

static char *
list_words (const MilPersonInfo *info, MilFormNeeds needs, guint *n)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (needs & words[i].need)
      g_strv_builder_add (parts,
                          g_dpgettext2 (NULL,
                                        "form needs",
                                        has_card (info) && words[i].card != NULL ? words[i].card : words[i].passport));
  list = g_strv_builder_end (parts);
  *n = g_strv_length (list);
  /* Translators: between the things of a list. */
  return g_strjoinv (C_ ("list", ", "), list);
}

/**
 * mil_person_missing_text:
 * @info: a person
 * @country: (nullable): ISO 3166 code of whose form it is
 *
 * Returns: (transfer full) (nullable): a sentence that says what the form of that country needs of the
 *   person and is not known; %NULL when nothing is missing
 */
char *
mil_person_missing_text (const MilPersonInfo *info, const char *country)
{
  MilFormNeeds     missing = MIL_FORM_NEEDS_NOTHING;
  g_autofree char *text = NULL;
  guint            n = 0;

  g_return_val_if_fail (info != NULL, NULL);

  if (country == NULL || mil_country_name (country) == NULL)
    return NULL;
  missing = mil_person_missing (info, mil_form_needs (country));
  if (missing == MIL_FORM_NEEDS_NOTHING)
    return NULL;
  text = list_words (info, missing, &n);
  if (n == 1)
    /* Translators: a country, and what is missing: "the passport number". */
    return g_strdup_printf (_ ("The tax-free form for %s needs %s."), mil_country_name (country), text);
  /* Translators: a country, and a list of what is missing. */
  return g_strdup_printf (_ ("The tax-free form for %s still needs: %s."), mil_country_name (country), text);
}

/**
 * mil_person_told_text:
 * @info: a person
 * @country: (nullable): ISO 3166 code of whose tax is claimed back
 *
 * Returns: (transfer full): a sentence that says what of the person goes to the operator with a claim
 */
char *
mil_person_told_text (const MilPersonInfo *info, const char *country)
{
  g_autofree char *text = NULL;
  guint            n = 0;

  g_return_val_if_fail (info != NULL, NULL);

  text = list_words (info, mil_person_told (info, country), &n);
  /* Translators: a list of what a claim says of the person: "the surname, the passport number". */
  return g_strdup_printf (_ ("Sent to the operator: %s."), text);
}

/**
 * mil_person_facts_text:
 * @info: a person
 *
 * Returns: (transfer full): what is known of the person, in few words
 */
char *
mil_person_facts_text (const MilPersonInfo *info)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *home = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  home = mil_country_name (info->residence);
  if (home != NULL)
    /* Translators: where a person lives. */
    g_string_append_printf (text, C_ ("person", "Lives in %s"), home);
  if (info->document_last4 != NULL)
    {
      if (text->len > 0)
        g_string_append (text, " · ");
      /* Translators: %s are the last characters of the number. */
      g_string_append_printf (text,
                              has_card (info) ? C_ ("person", "Identity card …%s") : C_ ("person", "Passport …%s"),
                              info->document_last4);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * mil_person_expired_text:
 * @info: a person
 * @day: a day
 *
 * Returns: (transfer full) (nullable): a sentence that says that the travel document is not valid on that
 *   day; %NULL while it is, or where that is not known
 */
char *
mil_person_expired_text (const MilPersonInfo *info, MilDate day)
{
  g_autofree char *expired = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  if (!mil_date_is_set (info->document_expires) || mil_date_compare (info->document_expires, day) >= 0)
    return NULL;
  expired = mil_date_format (info->document_expires);
  if (has_card (info))
    return g_strdup_printf (_ ("This identity card expired on %s. Shops and customs want one that is valid."), expired);
  return g_strdup_printf (_ ("This passport expired on %s. Shops and customs want one that is valid."), expired);
}
