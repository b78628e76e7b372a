/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-paged-list.h"
#include "traveller/mil-wallet.h"

G_BEGIN_DECLS

#define MIL_TYPE_WALLET_HISTORY (mil_wallet_history_get_type ())

/**
 * MilWalletHistory:
 *
 * The entries of a wallet, newest first: a #GListModel of #MilWalletEntry.
 */
G_DECLARE_FINAL_TYPE (MilWalletHistory, mil_wallet_history, MIL, WALLET_HISTORY, MilPagedList)

MilWallet *mil_wallet_history_get_wallet (MilWalletHistory *self);

G_END_DECLS
