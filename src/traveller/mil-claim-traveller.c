/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-claim-traveller.h"

#include <glib/gi18n.h>

#define DOCUMENT (MIL_FORM_NEEDS_NUMBER | MIL_FORM_NEEDS_ISSUER | MIL_FORM_NEEDS_EXPIRY)
#define SECRET (MIL_FORM_NEEDS_NUMBER | MIL_FORM_NEEDS_ADDRESS)

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_date (JsonBuilder *builder, const char *member, MilDate date)
{
  g_autofree char *text = mil_date_is_set (date) ? mil_date_to_string (date) : NULL;

  add_text (builder, member, text);
}

static void
add_document (JsonBuilder *builder, const MilPersonInfo *info, MilFormNeeds told)
{
  json_builder_set_member_name (builder, "document");
  json_builder_begin_object (builder);
  add_text (builder, "type", g_strcmp0 (info->document_type, "id") == 0 ? "id-card" : "passport");
  if (told & MIL_FORM_NEEDS_ISSUER)
    add_text (builder, "country", info->document_country);
  if (told & MIL_FORM_NEEDS_EXPIRY)
    add_date (builder, "expires", info->document_expires);
  json_builder_end_object (builder);
}

/**
 * mil_claim_traveller_write: (skip)
 * @builder: where a value is to be written
 * @info: (nullable): who claims; %NULL for somebody of whom nothing was told
 * @home: (nullable): ISO 3166 code of where the device is at home, for such a person
 * @country: (nullable): ISO 3166 code of whose tax is claimed back
 *
 * Writes the `traveller` of POST /v1/taxfree/claims, without what is in the keyring alone.
 */
void
mil_claim_traveller_write (JsonBuilder *builder, const MilPersonInfo *info, const char *home, const char *country)
{
  MilFormNeeds told;

  g_return_if_fail (JSON_IS_BUILDER (builder));

  told = info != NULL ? mil_person_told (info, country) : MIL_FORM_NEEDS_NOTHING;
  json_builder_begin_object (builder);
  add_text (builder, "name", info != NULL ? info->name : C_ ("traveller without a name", "Traveller"));
  add_text (builder, "residence", info != NULL ? info->residence : home);
  if (told & MIL_FORM_NEEDS_NATIONALITY)
    add_text (builder, "nationality", info->nationality);
  if (told & MIL_FORM_NEEDS_BORN)
    add_date (builder, "birth_date", info->born);
  if (told & DOCUMENT)
    add_document (builder, info, told);
  json_builder_end_object (builder);
}

/**
 * mil_claim_traveller_has_secret: (skip)
 * @info: who claims
 * @country: (nullable): ISO 3166 code of whose tax is claimed back
 *
 * Returns: whether mil_claim_traveller_fill() has something to put in
 */
gboolean
mil_claim_traveller_has_secret (const MilPersonInfo *info, const char *country)
{
  g_return_val_if_fail (info != NULL, FALSE);

  return (mil_person_told (info, country) & SECRET) != 0;
}

/* On lines, as on a letter. */
static char *
address_of (const MilPersonal *personal)
{
  g_autofree char *town = personal->postcode != NULL && *personal->postcode != '\0'
                              ? g_strconcat (personal->postcode, " ", personal->city, NULL)
                              : g_strdup (personal->city);

  return g_strconcat (personal->street, "\n", town, NULL);
}

/**
 * mil_claim_traveller_fill: (skip)
 * @traveller: what mil_claim_traveller_write() wrote
 * @personal: what the keyring has of the person
 * @country: (nullable): ISO 3166 code of whose tax is claimed back
 *
 * Puts in what the form asks for of that. No form asks for mail or telephone.
 */
void
mil_claim_traveller_fill (JsonObject *traveller, const MilPersonal *personal, const char *country)
{
  MilFormNeeds needs = mil_form_needs (country);

  g_return_if_fail (traveller != NULL && personal != NULL);

  if ((needs & MIL_FORM_NEEDS_ADDRESS) && mil_personal_has_address (personal))
    {
      g_autofree char *address = address_of (personal);

      json_object_set_string_member (traveller, "address", address);
    }
  if ((needs & MIL_FORM_NEEDS_NUMBER) && personal->number != NULL && json_object_has_member (traveller, "document"))
    json_object_set_string_member (json_object_get_object_member (traveller, "document"), "number", personal->number);
}
