/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-store.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilStoreInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilStoreInfo, name, "name", STRING),
  MIL_RECORD_FIELD (MilStoreInfo, country, "country", STRING),
  MIL_RECORD_FIELD (MilStoreInfo, city, "city", STRING),
  MIL_RECORD_FIELD (MilStoreInfo, address, "address", STRING),
  MIL_RECORD_FIELD (MilStoreInfo, vat_id, "vat-id", STRING),
  MIL_RECORD_FIELD (MilStoreInfo, currency, "currency", STRING),
  MIL_RECORD_FIELD (MilStoreInfo, categories, "categories", STRV),
  MIL_RECORD_FIELD (MilStoreInfo, story, "story", STRING),
  MIL_RECORD_FIELD (MilStoreInfo, logo, "logo", STRING),
  MIL_RECORD_FIELD (MilStoreInfo, programme, "programme", STRING),
  MIL_RECORD_FIELD (MilStoreInfo, tax_free, "tax-free", STRING),
  MIL_RECORD_FIELD (MilStoreInfo, endpoint, "endpoint", STRING),
};

MIL_DEFINE_RECORD (MilStore, mil_store, MilStoreInfo, fields)

/**
 * mil_store_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilStore *
mil_store_new (const MilStoreInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_STORE, info);
}

/**
 * mil_store_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilStoreInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilStoreInfo *
mil_store_get_info (MilStore *self)
{
  g_return_val_if_fail (MIL_IS_STORE (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
