/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "traveller/mil-wallet.h"

G_BEGIN_DECLS

#define MIL_TYPE_CARD_FAN (mil_card_fan_get_type ())

/**
 * MilCardFan:
 *
 * Wallet cards in a fanned stack; the one that is pressed rises to the front. Signal `selected`.
 */
G_DECLARE_FINAL_TYPE (MilCardFan, mil_card_fan, MIL, CARD_FAN, GtkWidget)

GtkWidget *mil_card_fan_new (void);
void       mil_card_fan_set_wallets (MilCardFan *self, GListModel *wallets);
MilWallet *mil_card_fan_get_wallet (MilCardFan *self);

G_END_DECLS
