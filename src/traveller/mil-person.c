/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-person.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilPersonInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, name, "name", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, surname, "surname", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, given_names, "given-names", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, residence, "residence", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, region, "region", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, nationality, "nationality", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, born, "born", DATE),
  MIL_RECORD_FIELD (MilPersonInfo, status, "status", STRV),
  MIL_RECORD_FIELD (MilPersonInfo, abroad_months, "abroad-months", INT),
  MIL_RECORD_FIELD (MilPersonInfo, has_address, "has-address", BOOLEAN),
  MIL_RECORD_FIELD (MilPersonInfo, document_type, "document-type", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, document_last4, "document-last4", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, document_country, "document-country", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, document_expires, "document-expires", DATE),
};

MIL_DEFINE_RECORD (MilPerson, mil_person, MilPersonInfo, fields)

/**
 * mil_person_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilPerson *
mil_person_new (const MilPersonInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_PERSON, info);
}

/**
 * mil_person_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilPersonInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilPersonInfo *
mil_person_get_info (MilPerson *self)
{
  g_return_val_if_fail (MIL_IS_PERSON (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}

/**
 * mil_person_flags:
 * @info: a person
 *
 * Returns: what the refund rules know of such a person
 */
MilTravellerFlags
mil_person_flags (const MilPersonInfo *info)
{
  MilTravellerFlags flags = MIL_TRAVELLER_NONE;

  g_return_val_if_fail (info != NULL, flags);

  for (guint i = 0; info->status != NULL && info->status[i] != NULL; i++)
    flags |= mil_traveller_flag_from_name (info->status[i]);
  return flags;
}

static gboolean
is_told (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * mil_person_missing:
 * @info: a person
 * @needs: what a form has to say
 *
 * Returns: what of that is not known
 */
MilFormNeeds
mil_person_missing (const MilPersonInfo *info, MilFormNeeds needs)
{
  MilFormNeeds known = MIL_FORM_NEEDS_NOTHING;

  g_return_val_if_fail (info != NULL, needs);

  known |= is_told (info->surname) ? MIL_FORM_NEEDS_SURNAME : 0;
  known |= is_told (info->given_names) ? MIL_FORM_NEEDS_GIVEN_NAMES : 0;
  known |= is_told (info->residence) ? MIL_FORM_NEEDS_RESIDENCE : 0;
  known |= is_told (info->document_last4) ? MIL_FORM_NEEDS_NUMBER : 0;
  known |= is_told (info->document_country) ? MIL_FORM_NEEDS_ISSUER : 0;
  known |= mil_date_is_set (info->document_expires) ? MIL_FORM_NEEDS_EXPIRY : 0;
  known |= mil_date_is_set (info->born) ? MIL_FORM_NEEDS_BORN : 0;
  known |= is_told (info->nationality) ? MIL_FORM_NEEDS_NATIONALITY : 0;
  known |= info->has_address ? MIL_FORM_NEEDS_ADDRESS : 0;
  return needs & ~known;
}

/**
 * mil_person_told:
 * @info: a person
 * @country: (nullable): ISO 3166 code of whose tax is claimed back
 *
 * What goes to the operator with a claim: who it is and where they live, on which the refund rests, and of
 * the rest what the country's form asks for; nothing else that is known.
 *
 * Returns: what is told
 */
MilFormNeeds
mil_person_told (const MilPersonInfo *info, const char *country)
{
  MilFormNeeds needs = mil_form_needs (country) | MIL_FORM_NEEDS_SURNAME | MIL_FORM_NEEDS_GIVEN_NAMES | MIL_FORM_NEEDS_RESIDENCE;

  g_return_val_if_fail (info != NULL, MIL_FORM_NEEDS_NOTHING);

  return needs & ~mil_person_missing (info, needs);
}
