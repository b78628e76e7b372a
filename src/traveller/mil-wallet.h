/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilWalletInfo:
 * @id: wallet id
 * @name: as its owner calls it
 * @kind: "demo" or "stored"
 * @last4: last four characters of its number
 * @balances: (element-type MilBalance): a row a currency
 * @home_total: about that much in the home currency in all; unset where a rate is missing
 *
 * A stored wallet.
 */
typedef struct
{
  char       *id;
  char       *name;
  char       *kind;
  char       *last4;
  GListStore *balances;
  MilMoney    home_total;
} MilWalletInfo;

#define MIL_TYPE_WALLET (mil_wallet_get_type ())

G_DECLARE_FINAL_TYPE (MilWallet, mil_wallet, MIL, WALLET, MilRecord)

MilWallet *mil_wallet_new (const MilWalletInfo *info);
const MilWalletInfo *mil_wallet_get_info (MilWallet *self);

G_END_DECLS
