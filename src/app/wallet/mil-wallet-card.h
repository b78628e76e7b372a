/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/widgets/mil-contours.h"
#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_WALLET_CARD (mil_wallet_card_get_type ())

/**
 * MilWalletCard:
 *
 * A wallet as a card: chart, name, what it holds, last four. Signal `clicked`.
 */
G_DECLARE_FINAL_TYPE (MilWalletCard, mil_wallet_card, MIL, WALLET_CARD, AdwBin)

GtkWidget *mil_wallet_card_new (void);
void       mil_wallet_card_set_wallet (MilWalletCard *self, MilWallet *wallet);
MilWallet *mil_wallet_card_get_wallet (MilWalletCard *self);
void       mil_wallet_card_set_style (MilWalletCard *self, MilContourStyle style);

G_END_DECLS
