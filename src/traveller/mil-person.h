/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilPersonInfo:
 * @id: person id
 * @name: as the travel document has it
 * @residence: ISO 3166 code of where the person lives
 * @nationality: (nullable): ISO 3166 code
 * @born: day of birth, unset where not told
 * @document_type: (nullable): "passport" or "id"
 * @document_last4: (nullable): last four characters of the document's number, which itself is in the keyring
 * @document_expires: last day of its validity, unset where not told
 *
 * Somebody who travels.
 */
typedef struct
{
  char    *id;
  char    *name;
  char    *residence;
  char    *nationality;
  MilDate  born;
  char    *document_type;
  char    *document_last4;
  MilDate  document_expires;
} MilPersonInfo;

#define MIL_TYPE_PERSON (mil_person_get_type ())

G_DECLARE_FINAL_TYPE (MilPerson, mil_person, MIL, PERSON, MilRecord)

MilPerson *mil_person_new (const MilPersonInfo *info);
const MilPersonInfo *mil_person_get_info (MilPerson *self);

G_END_DECLS
