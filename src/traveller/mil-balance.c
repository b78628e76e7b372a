/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-balance.h"

static const MilRecordField fields[] = {
  MIL_RECORD_FIELD (MilBalanceInfo, id, "id", STRING),
  MIL_RECORD_FIELD (MilBalanceInfo, available, "available", MONEY),
  MIL_RECORD_FIELD (MilBalanceInfo, held, "held", MONEY),
};

MIL_DEFINE_RECORD (MilBalance, mil_balance, MilBalanceInfo, fields)

/**
 * mil_balance_new:
 * @info: what it says; copied
 *
 * Returns: (transfer full): a new record
 */
MilBalance *
mil_balance_new (const MilBalanceInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return mil_record_new_for_value (MIL_TYPE_BALANCE, info);
}

/**
 * mil_balance_get_info:
 * @self: a record
 *
 * What it says now. The fields are those of #MilBalanceInfo.
 *
 * Returns: (transfer none): valid until the record changes
 */
const MilBalanceInfo *
mil_balance_get_info (MilBalance *self)
{
  g_return_val_if_fail (MIL_IS_BALANCE (self), NULL);

  return mil_record_get_value (MIL_RECORD (self));
}
