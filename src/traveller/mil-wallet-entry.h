/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilWalletEntryInfo:
 * @id: entry id
 * @seq: place in the wallet's history
 * @kind: "payment", "refund", "top-up", "hold", "release" or "exchange"
 * @title: shop, or what it was
 * @amount: signed, in the wallet's currency
 * @counter: the amount on the other side, in the store's currency; unset where it is the same
 * @store_id: (nullable): which store
 * @order_id: (nullable): which order
 * @claim_id: (nullable): which claim
 * @at: when, microseconds since 1970 UTC
 * @day: the day of @at, in local time
 *
 * A row of a wallet's history.
 */
typedef struct
{
  char     *id;
  gint64    seq;
  char     *kind;
  char     *title;
  MilMoney  amount;
  MilMoney  counter;
  char     *store_id;
  char     *order_id;
  char     *claim_id;
  gint64    at;
  MilDate   day;
} MilWalletEntryInfo;

#define MIL_TYPE_WALLET_ENTRY (mil_wallet_entry_get_type ())

G_DECLARE_FINAL_TYPE (MilWalletEntry, mil_wallet_entry, MIL, WALLET_ENTRY, MilRecord)

MilWalletEntry *mil_wallet_entry_new (const MilWalletEntryInfo *info);
const MilWalletEntryInfo *mil_wallet_entry_get_info (MilWalletEntry *self);

G_END_DECLS
