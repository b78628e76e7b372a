/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-person.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilPersonInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, name, "name", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, residence, "residence", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, nationality, "nationality", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, born, "born", DATE),
  MIL_RECORD_FIELD (MilPersonInfo, document_type, "document-type", STRING),
  MIL_RECORD_FIELD (MilPersonInfo, document_last4, "document-last4", STRING),
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
