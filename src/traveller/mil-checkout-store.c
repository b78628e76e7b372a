/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-checkout-store.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilCheckoutStoreInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilCheckoutStoreInfo, checkout_id, "checkout-id", STRING),
  MIL_RECORD_FIELD (MilCheckoutStoreInfo, name, "name", STRING),
  MIL_RECORD_FIELD (MilCheckoutStoreInfo, payee, "payee", STRING),
  MIL_RECORD_FIELD (MilCheckoutStoreInfo, country, "country", STRING),
  MIL_RECORD_FIELD (MilCheckoutStoreInfo, subtotal, "subtotal", MONEY),
  MIL_RECORD_FIELD (MilCheckoutStoreInfo, delivery, "delivery", MONEY),
  MIL_RECORD_FIELD (MilCheckoutStoreInfo, tax, "tax", MONEY),
  MIL_RECORD_FIELD (MilCheckoutStoreInfo, total, "total", MONEY),
  MIL_RECORD_FIELD (MilCheckoutStoreInfo, rate, "rate", STRING),
  MIL_RECORD_FIELD (MilCheckoutStoreInfo, pay, "pay", MONEY),
};

MIL_DEFINE_RECORD (MilCheckoutStore, mil_checkout_store, MilCheckoutStoreInfo, fields)

/**
 * mil_checkout_store_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilCheckoutStore *
mil_checkout_store_new (const MilCheckoutStoreInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_CHECKOUT_STORE, info);
}

/**
 * mil_checkout_store_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilCheckoutStoreInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilCheckoutStoreInfo *
mil_checkout_store_get_info (MilCheckoutStore *self)
{
  g_return_val_if_fail (MIL_IS_CHECKOUT_STORE (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
