/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-wallet-entry.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilWalletEntryInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilWalletEntryInfo, seq, "seq", INT64),
  MIL_RECORD_FIELD (MilWalletEntryInfo, kind, "kind", STRING),
  MIL_RECORD_FIELD (MilWalletEntryInfo, title, "title", STRING),
  MIL_RECORD_FIELD (MilWalletEntryInfo, amount, "amount", MONEY),
  MIL_RECORD_FIELD (MilWalletEntryInfo, counter, "counter", MONEY),
  MIL_RECORD_FIELD (MilWalletEntryInfo, store_id, "store-id", STRING),
  MIL_RECORD_FIELD (MilWalletEntryInfo, order_id, "order-id", STRING),
  MIL_RECORD_FIELD (MilWalletEntryInfo, claim_id, "claim-id", STRING),
  MIL_RECORD_FIELD (MilWalletEntryInfo, at, "at", INT64),
  MIL_RECORD_FIELD (MilWalletEntryInfo, day, "day", DATE),
};

MIL_DEFINE_RECORD (MilWalletEntry, mil_wallet_entry, MilWalletEntryInfo, fields)

/**
 * mil_wallet_entry_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilWalletEntry *
mil_wallet_entry_new (const MilWalletEntryInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_WALLET_ENTRY, info);
}

/**
 * mil_wallet_entry_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilWalletEntryInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilWalletEntryInfo *
mil_wallet_entry_get_info (MilWalletEntry *self)
{
  g_return_val_if_fail (MIL_IS_WALLET_ENTRY (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
