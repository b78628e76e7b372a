/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "base/mil-date.h"
#include "base/mil-money.h"
#include "refund/mil-goods.h"

G_BEGIN_DECLS

#define MIL_TYPE_PURCHASE (mil_purchase_get_type ())
#define MIL_TYPE_PURCHASE_LINE (mil_purchase_line_get_type ())

/**
 * MilPurchaseLine:
 * @category: what kind of goods
 * @description: what the receipt calls it, or %NULL
 * @amount: price of the line including tax, in the purchase's currency
 * @has_vat_rate: whether @vat_rate was read from the receipt
 * @vat_rate: tax rate in per cent ("5.5")
 * @quantity: number of pieces, 1 if not known
 */
typedef struct
{
  MilGoods   category;
  char      *description;
  MilMoney   amount;
  gboolean   has_vat_rate;
  MilDecimal vat_rate;
  guint      quantity;
} MilPurchaseLine;

/**
 * MilPurchase:
 * @id: names the purchase in the answer
 * @traveller: the #MilTraveller.id of who bought; %NULL for the first (or only) one
 * @country: where it was bought, ISO 3166-1 alpha-2
 * @region: part of that country where it matters ("NIR", "Canarias", "Livigno", "Madeira"); or %NULL
 * @city: town of the shop, or %NULL
 * @shop: the shop's name, or %NULL
 * @vat_id: the shop's tax number (VAT, GST, ABN), or %NULL
 * @mall: the shopping centre, or %NULL
 * @date: local date on the receipt
 * @time: local time on the receipt, "HH:MM" or "HH:MM:SS", or %NULL
 * @total: what was paid, including tax
 * @tax: the tax printed on the receipt; unset if not printed
 * @lines: (element-type MilPurchaseLine): what was bought; may be empty, then all of @total is general goods
 * @planned: not bought yet: a date in the future is no mistake
 *
 * One receipt, as far as refund schemes ask.
 */
typedef struct
{
  char      *id;
  char      *traveller;
  char      *country;
  char      *region;
  char      *city;
  char      *shop;
  char      *vat_id;
  char      *mall;
  MilDate    date;
  char      *time;
  MilMoney   total;
  MilMoney   tax;
  GPtrArray *lines;
  gboolean   planned;
} MilPurchase;

GType            mil_purchase_get_type (void);
MilPurchase     *mil_purchase_new (const char *id, const char *country, MilDate date, MilMoney total);
MilPurchase     *mil_purchase_copy (const MilPurchase *self);
void             mil_purchase_free (MilPurchase *self);
MilPurchaseLine *mil_purchase_add_line (MilPurchase *self, MilGoods category, MilMoney amount);

GType            mil_purchase_line_get_type (void);
MilPurchaseLine *mil_purchase_line_copy (const MilPurchaseLine *self);
void             mil_purchase_line_free (MilPurchaseLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPurchase, mil_purchase_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPurchaseLine, mil_purchase_line_free)

G_END_DECLS
