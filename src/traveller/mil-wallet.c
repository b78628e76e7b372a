/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-wallet.h"

#include "traveller/mil-balance.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilWalletInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilWalletInfo, name, "name", STRING),
  MIL_RECORD_FIELD (MilWalletInfo, kind, "kind", STRING),
  MIL_RECORD_FIELD (MilWalletInfo, last4, "last4", STRING),
  MIL_RECORD_FIELD_LIST (MilWalletInfo, balances, "balances", mil_balance_get_type),
  MIL_RECORD_FIELD (MilWalletInfo, home_total, "home-total", MONEY),
};

MIL_DEFINE_RECORD (MilWallet, mil_wallet, MilWalletInfo, fields)

/**
 * mil_wallet_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilWallet *
mil_wallet_new (const MilWalletInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_WALLET, info);
}

/**
 * mil_wallet_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilWalletInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilWalletInfo *
mil_wallet_get_info (MilWallet *self)
{
  g_return_val_if_fail (MIL_IS_WALLET (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
