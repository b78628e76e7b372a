/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"
#include "traveller/mil-checkout-store.h"
#include "traveller/mil-wallet.h"

G_BEGIN_DECLS

#define MIL_TYPE_CHECKOUT       (mil_checkout_get_type ())
#define MIL_TYPE_CHECKOUT_STATE (mil_checkout_state_get_type ())

/**
 * MilCheckoutState:
 * @MIL_CHECKOUT_IDLE: nothing asked yet, or the rates ran out
 * @MIL_CHECKOUT_PREPARING: stores and rates are being asked
 * @MIL_CHECKOUT_READY: the traveller may confirm
 * @MIL_CHECKOUT_PAYING: confirmed, on its way
 * @MIL_CHECKOUT_PAID: every store has its order
 * @MIL_CHECKOUT_FAILED: nothing was paid; `problem` says why, and the basket is as it was
 *
 * Where a checkout stands.
 */
typedef enum
{
  MIL_CHECKOUT_IDLE,
  MIL_CHECKOUT_PREPARING,
  MIL_CHECKOUT_READY,
  MIL_CHECKOUT_PAYING,
  MIL_CHECKOUT_PAID,
  MIL_CHECKOUT_FAILED,
} MilCheckoutState;

GType mil_checkout_state_get_type (void);

/**
 * MilCheckout:
 *
 * Paying the basket from one wallet with one confirmation: every store or none.
 *
 * Properties: `state` (#MilCheckoutState), `stores` (#GListModel of #MilCheckoutStore: what will be
 * signed), `wallet` (#MilWallet), `total` (#MilMoney, what the wallet pays), `expires-at` (int64,
 * microseconds since 1970 UTC until which the rates hold; 0 while there are none), `problem`
 * (#GError), `orders` (#GListModel of #MilOrder, once paid).
 */
G_DECLARE_FINAL_TYPE (MilCheckout, mil_checkout, MIL, CHECKOUT, GObject)

MilCheckoutState mil_checkout_get_state      (MilCheckout *self);
GListModel      *mil_checkout_get_stores     (MilCheckout *self);
GListModel      *mil_checkout_get_orders     (MilCheckout *self);
MilWallet       *mil_checkout_get_wallet     (MilCheckout *self);
MilMoney         mil_checkout_get_total      (MilCheckout *self);
gint64           mil_checkout_get_expires_at (MilCheckout *self);
GError          *mil_checkout_get_problem    (MilCheckout *self);
DexFuture       *mil_checkout_prepare        (MilCheckout *self,
                                              MilWallet   *wallet);
DexFuture       *mil_checkout_pay            (MilCheckout *self,
                                              MilWallet   *wallet);

G_END_DECLS
