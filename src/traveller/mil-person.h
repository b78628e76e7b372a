/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-form-needs.h"
#include "refund/mil-traveller.h"
#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilPersonInfo:
 * @id: person id
 * @name: given names and surname together; made by the session where those two are told
 * @surname: family name, as the travel document has it
 * @given_names: (nullable): given names, as the travel document has them
 * @residence: ISO 3166 code of where the person lives
 * @region: (nullable): part of that country where refund schemes tell it apart: "NIR", "Canarias"
 * @nationality: (nullable): ISO 3166 code
 * @born: day of birth, unset where not told
 * @status: (nullable): what else schemes ask of a person, see mil_traveller_flag_name()
 * @abroad_months: how long somebody has lived outside of the country of the passport; 0 where not told
 * @has_address: whether the home address is known; it is in the keyring
 * @document_type: (nullable): "passport" or "id"
 * @document_last4: (nullable): last four characters of the document's number, which itself is in the keyring
 * @document_country: (nullable): ISO 3166 code of who issued it
 * @document_expires: last day of its validity, unset where not told
 *
 * Somebody who travels, without what is in the keyring alone (#MilPersonal).
 */
typedef struct
{
  char    *id;
  char    *name;
  char    *surname;
  char    *given_names;
  char    *residence;
  char    *region;
  char    *nationality;
  MilDate  born;
  GStrv    status;
  int      abroad_months;
  gboolean has_address;
  char    *document_type;
  char    *document_last4;
  char    *document_country;
  MilDate  document_expires;
} MilPersonInfo;

#define MIL_TYPE_PERSON (mil_person_get_type ())

G_DECLARE_FINAL_TYPE (MilPerson, mil_person, MIL, PERSON, MilRecord)

MilPerson *mil_person_new (const MilPersonInfo *info);
const MilPersonInfo *mil_person_get_info (MilPerson *self);
MilTravellerFlags mil_person_flags (const MilPersonInfo *info);
MilFormNeeds mil_person_missing (const MilPersonInfo *info, MilFormNeeds needs);
MilFormNeeds mil_person_told (const MilPersonInfo *info, const char *country);

G_END_DECLS
