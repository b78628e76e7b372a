/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_WALLET_PAGE (mil_wallet_page_get_type ())

/**
 * MilWalletPage:
 *
 * The Wallet: cards, balances, history, and the orders that are pushed over them.
 */
G_DECLARE_FINAL_TYPE (MilWalletPage, mil_wallet_page, MIL, WALLET_PAGE, AdwBin)

GtkWidget *mil_wallet_page_new (void);
void       mil_wallet_page_set_session (MilWalletPage *self, MilSession *session);
void       mil_wallet_page_show_order (MilWalletPage *self, const char *order_id);

G_END_DECLS
