/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service-client.h"

G_BEGIN_DECLS

/**
 * Basket:
 * @wallet: a new demo wallet
 * @checkouts: one at an Italian store, one at a Japanese one
 * @group: their payment group, authorised
 * @tokens: its credentials, in the order of the checkouts
 *
 * A basket of two stores and two currencies, ready to be completed.
 */
typedef struct
{
  char *wallet;
  char *checkouts[2];
  char *group;
  char *tokens[2];
} Basket;

#define SHOPS ((const char *const[]) { "bottega-lume", "asagiri" })

char   *shop_find (Client *client, const char *store);
Answer *shop_checkout (Client *client, const char *store);
char   *shop_wallet (Client *client);
gint64  shop_balance (Client *client, const char *wallet, const char *currency, const char *which);
Basket *basket_new (Client *client);
Basket *basket_new_with (Client *client, const char *more);
Answer *basket_complete (Basket *self, Client *client, guint index, const char *token);
void    basket_free (Basket *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Basket, basket_free)

G_END_DECLS
