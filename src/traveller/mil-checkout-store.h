/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilCheckoutStoreInfo:
 * @id: store id
 * @checkout_id: the store's checkout
 * @name: its name
 * @payee: legal name that is signed
 * @country: ISO 3166 code
 * @subtotal: goods
 * @delivery: bringing them
 * @tax: as the store states it, contained in the prices or added
 * @total: what the store gets
 * @rate: exchange rate as decimal text, pay currency for one of the store's
 * @pay: what the wallet pays for it
 *
 * One store of a checkout: what will be signed for it.
 */
typedef struct
{
  char     *id;
  char     *checkout_id;
  char     *name;
  char     *payee;
  char     *country;
  MilMoney  subtotal;
  MilMoney  delivery;
  MilMoney  tax;
  MilMoney  total;
  char     *rate;
  MilMoney  pay;
} MilCheckoutStoreInfo;

#define MIL_TYPE_CHECKOUT_STORE (mil_checkout_store_get_type ())

G_DECLARE_FINAL_TYPE (MilCheckoutStore, mil_checkout_store, MIL, CHECKOUT_STORE, MilRecord)

MilCheckoutStore *mil_checkout_store_new (const MilCheckoutStoreInfo *info);
const MilCheckoutStoreInfo *mil_checkout_store_get_info (MilCheckoutStore *self);

G_END_DECLS
