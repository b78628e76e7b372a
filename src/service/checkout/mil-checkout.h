/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/checkout/mil-checkout-draft.h"
#include "service/vault/mil-vault.h"

G_BEGIN_DECLS

/**
 * MilCheckout:
 * @id: UUIDv7
 * @store_id: store
 * @state: UCP's status: "incomplete", "ready_for_complete", "completed", "canceled" …
 * @total: what it costs
 * @document: the checkout as UCP shows it; it is stored without who buys, who lies apart, encrypted
 * @expires_at: after it the prices do not hold any more
 *
 * A checkout of one store.
 */
typedef struct
{
  char     *id;
  char     *store_id;
  char     *state;
  MilMoney  total;
  JsonNode *document;
  gint64    expires_at;
} MilCheckout;

MilCheckout *
mil_checkout_create (MilTx *tx, MilVault *vault, const char *owner, const char *store_id, MilCheckoutDraft *draft, GError **error);
MilCheckout *mil_checkout_load (MilTx *tx, MilVault *vault, const char *owner, const char *store_id, const char *id, GError **error);
gboolean mil_checkout_price (MilCheckout *self, MilTx *tx, MilCheckoutDraft *draft, GError **error);
gboolean mil_checkout_save (MilCheckout *self, MilTx *tx, MilVault *vault, GError **error);
void     mil_checkout_set_state (MilCheckout *self, const char *state);
gboolean mil_checkout_is_open (MilCheckout *self, GError **error);
void     mil_checkout_free (MilCheckout *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilCheckout, mil_checkout_free)

G_END_DECLS
