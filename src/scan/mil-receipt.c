/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-receipt.h"

#include <string.h>

#include "base/mil-currency.h"

G_DEFINE_BOXED_TYPE (MilReceipt, mil_receipt, mil_receipt_copy, mil_receipt_free)

/* How many independent reasons make an amount well supported. */
#define WELL_SUPPORTED 2

static const char *const field_names[MIL_RECEIPT_N_FIELDS] = { "merchant", "address",  "vat_number",
                                                               "date",     "time",     "currency",
                                                               "total",    "subtotal", "paid",
                                                               "change",   "rounding" };

static const char *const agreement_names[] = { "label",       "items",    "vat",
                                               "change",      "rounding", "repeated",
                                               "check-digit", "fiscal",   "second-reading" };

/**
 * mil_receipt_line_copy:
 * @self: a line
 *
 * Returns: (transfer full): a copy
 */
MilReceiptLine *
mil_receipt_line_copy (const MilReceiptLine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  MilReceiptLine *copy = g_memdup2 (self, sizeof *self);
  copy->description = g_strdup (self->description);
  copy->vat_class = g_strdup (self->vat_class);
  return copy;
}

/**
 * mil_receipt_line_free:
 * @self: (transfer full): a line
 *
 * Frees it.
 */
void
mil_receipt_line_free (MilReceiptLine *self)
{
  g_free (self->description);
  g_free (self->vat_class);
  g_free (self);
}

/**
 * mil_receipt_vat_copy:
 * @self: a row of the VAT table
 *
 * Returns: (transfer full): a copy
 */
MilReceiptVat *
mil_receipt_vat_copy (const MilReceiptVat *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  MilReceiptVat *copy = g_memdup2 (self, sizeof *self);
  copy->vat_class = g_strdup (self->vat_class);
  return copy;
}

/**
 * mil_receipt_vat_free:
 * @self: (transfer full): a row of the VAT table
 *
 * Frees it.
 */
void
mil_receipt_vat_free (MilReceiptVat *self)
{
  g_free (self->vat_class);
  g_free (self);
}

/**
 * mil_receipt_new:
 *
 * Returns: (transfer full): a receipt of which nothing is known
 */
MilReceipt *
mil_receipt_new (void)
{
  MilReceipt *self = g_new0 (MilReceipt, 1);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_receipt_line_free);
  self->vat = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_receipt_vat_free);
  return self;
}

static gpointer
copy_line (gconstpointer line, gpointer data)
{
  return mil_receipt_line_copy (line);
}

static gpointer
copy_vat (gconstpointer row, gpointer data)
{
  return mil_receipt_vat_copy (row);
}

/**
 * mil_receipt_copy:
 * @self: a receipt
 *
 * Returns: (transfer full): a copy
 */
MilReceipt *
mil_receipt_copy (const MilReceipt *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  MilReceipt *copy = g_memdup2 (self, sizeof *self);
  copy->merchant = g_strdup (self->merchant);
  copy->address = g_strdup (self->address);
  copy->vat_number = g_strdup (self->vat_number);
  copy->vat_country = g_strdup (self->vat_country);
  copy->country = g_strdup (self->country);
  copy->language = g_strdup (self->language);
  copy->time = g_strdup (self->time);
  copy->lines = g_ptr_array_copy (self->lines, (GCopyFunc) copy_line, NULL);
  copy->vat = g_ptr_array_copy (self->vat, (GCopyFunc) copy_vat, NULL);
  copy->fiscal = self->fiscal ? mil_fiscal_copy (self->fiscal) : NULL;
  copy->text = g_strdup (self->text);
  return copy;
}

/**
 * mil_receipt_free:
 * @self: (transfer full): a receipt
 *
 * Frees it.
 */
void
mil_receipt_free (MilReceipt *self)
{
  g_free (self->merchant);
  g_free (self->address);
  g_free (self->vat_number);
  g_free (self->vat_country);
  g_free (self->country);
  g_free (self->language);
  g_free (self->time);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->vat);
  g_clear_pointer (&self->fiscal, mil_fiscal_free);
  g_free (self->text);
  g_free (self);
}

/**
 * mil_receipt_has:
 * @self: a receipt
 * @field: a field
 *
 * Returns: whether @field is known
 */
gboolean
mil_receipt_has (const MilReceipt *self, MilReceiptField field)
{
  g_return_val_if_fail (self != NULL && field < MIL_RECEIPT_N_FIELDS, FALSE);

  return self->evidence[field].confidence > 0;
}

/**
 * mil_receipt_get_money:
 * @self: a receipt
 * @field: one of the amounts
 * @money: (out): the amount
 *
 * Returns: whether the amount and its currency are known
 */
gboolean
mil_receipt_get_money (const MilReceipt *self, MilReceiptField field, MilMoney *money)
{
  g_return_val_if_fail (self != NULL && field < MIL_RECEIPT_N_FIELDS && money != NULL, FALSE);

  if (!mil_receipt_has (self, field) || !mil_currency_is_known (self->currency))
    return FALSE;
  g_autofree char *decimal = mil_decimal_to_string (self->amounts[field]);
  return mil_money_parse (decimal, self->currency, money, NULL);
}

/**
 * mil_receipt_is_well_supported:
 * @self: a receipt
 * @field: a field
 *
 * Returns: whether two or more independent reasons speak for @field, so that it need not be looked at
 */
gboolean
mil_receipt_is_well_supported (const MilReceipt *self, MilReceiptField field)
{
  g_return_val_if_fail (self != NULL && field < MIL_RECEIPT_N_FIELDS, FALSE);

  return mil_receipt_has (self, field) && __builtin_popcount (self->evidence[field].agreements) >= WELL_SUPPORTED;
}

/**
 * mil_receipt_field_name:
 * @field: a field
 *
 * Returns: its name in JSON: "vat_number"
 */
const char *
mil_receipt_field_name (MilReceiptField field)
{
  g_return_val_if_fail (field < MIL_RECEIPT_N_FIELDS, NULL);

  return field_names[field];
}

/**
 * mil_agreements_to_strv:
 * @agreements: reasons to believe a field
 *
 * Returns: (transfer full): their names in JSON: "check-digit"
 */
GStrv
mil_agreements_to_strv (MilAgreement agreements)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (agreement_names); i++)
    if (agreements & (1u << i))
      g_strv_builder_add (names, agreement_names[i]);
  return g_strv_builder_end (names);
}
