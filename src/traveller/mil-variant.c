/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-variant.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilVariantInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilVariantInfo, title, "title", STRING),
  MIL_RECORD_FIELD (MilVariantInfo, options, "options", STRV),
  MIL_RECORD_FIELD (MilVariantInfo, price, "price", MONEY),
  MIL_RECORD_FIELD (MilVariantInfo, home_price, "home-price", MONEY),
  MIL_RECORD_FIELD (MilVariantInfo, image, "image", STRING),
  MIL_RECORD_FIELD (MilVariantInfo, available, "available", BOOLEAN),
};

MIL_DEFINE_RECORD (MilVariant, mil_variant, MilVariantInfo, fields)

/**
 * mil_variant_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilVariant *
mil_variant_new (const MilVariantInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_VARIANT, info);
}

/**
 * mil_variant_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilVariantInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilVariantInfo *
mil_variant_get_info (MilVariant *self)
{
  g_return_val_if_fail (MIL_IS_VARIANT (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
