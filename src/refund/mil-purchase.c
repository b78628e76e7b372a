/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-purchase.h"

G_DEFINE_BOXED_TYPE (MilPurchase, mil_purchase, mil_purchase_copy, mil_purchase_free)
G_DEFINE_BOXED_TYPE (MilPurchaseLine, mil_purchase_line, mil_purchase_line_copy, mil_purchase_line_free)

/**
 * mil_purchase_line_copy:
 * @self: (nullable): a line
 *
 * Returns: (transfer full) (nullable): the same again
 */
MilPurchaseLine *
mil_purchase_line_copy (const MilPurchaseLine *self)
{
  MilPurchaseLine *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->description = g_strdup (self->description);
  return copy;
}

/**
 * mil_purchase_line_free:
 * @self: (nullable) (transfer full): a line
 */
void
mil_purchase_line_free (MilPurchaseLine *self)
{
  if (self == NULL)
    return;
  g_free (self->description);
  g_free (self);
}

/**
 * mil_purchase_new:
 * @id: (nullable): names the purchase
 * @country: (nullable): where it was bought, ISO 3166-1 alpha-2
 * @date: local date on the receipt
 * @total: what was paid, including tax
 *
 * Returns: (transfer full): a receipt without lines
 */
MilPurchase *
mil_purchase_new (const char *id, const char *country, MilDate date, MilMoney total)
{
  MilPurchase *self = g_new0 (MilPurchase, 1);

  self->id = g_strdup (id);
  self->country = g_strdup (country);
  self->date = date;
  self->total = total;
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_line_free);
  return self;
}

/**
 * mil_purchase_copy:
 * @self: (nullable): a receipt
 *
 * Returns: (transfer full) (nullable): the same again, with all its lines
 */
MilPurchase *
mil_purchase_copy (const MilPurchase *self)
{
  MilPurchase *copy;

  if (self == NULL)
    return NULL;
  copy = mil_purchase_new (self->id, self->country, self->date, self->total);
  copy->traveller = g_strdup (self->traveller);
  copy->region = g_strdup (self->region);
  copy->city = g_strdup (self->city);
  copy->shop = g_strdup (self->shop);
  copy->vat_id = g_strdup (self->vat_id);
  copy->mall = g_strdup (self->mall);
  copy->time = g_strdup (self->time);
  copy->tax = self->tax;
  copy->planned = self->planned;
  for (guint i = 0; i < self->lines->len; i++)
    g_ptr_array_add (copy->lines, mil_purchase_line_copy (self->lines->pdata[i]));
  return copy;
}

/**
 * mil_purchase_free:
 * @self: (nullable) (transfer full): a receipt
 */
void
mil_purchase_free (MilPurchase *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->traveller);
  g_free (self->country);
  g_free (self->region);
  g_free (self->city);
  g_free (self->shop);
  g_free (self->vat_id);
  g_free (self->mall);
  g_free (self->time);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/**
 * mil_purchase_add_line:
 * @self: a receipt
 * @category: what kind of goods
 * @amount: price of the line including tax
 *
 * Returns: (transfer none): the new line, to be filled further
 */
MilPurchaseLine *
mil_purchase_add_line (MilPurchase *self, MilGoods category, MilMoney amount)
{
  MilPurchaseLine *line;

  g_return_val_if_fail (self != NULL, NULL);

  line = g_new0 (MilPurchaseLine, 1);
  line->category = category;
  line->amount = amount;
  line->quantity = 1;
  g_ptr_array_add (self->lines, line);
  return line;
}
