/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilBalanceInfo:
 * @id: ISO 4217 code of the currency
 * @available: what can be spent
 * @held: what is reserved by payments under way
 *
 * What a wallet holds in one currency.
 */
typedef struct
{
  char     *id;
  MilMoney  available;
  MilMoney  held;
} MilBalanceInfo;

#define MIL_TYPE_BALANCE (mil_balance_get_type ())

G_DECLARE_FINAL_TYPE (MilBalance, mil_balance, MIL, BALANCE, MilRecord)

MilBalance *mil_balance_new (const MilBalanceInfo *info);
const MilBalanceInfo *mil_balance_get_info (MilBalance *self);

G_END_DECLS
