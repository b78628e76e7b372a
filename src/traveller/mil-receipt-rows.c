/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-rows.h"

#include "base/mil-currency.h"
#include "traveller/mil-receipt-line-item.h"
#include "traveller/mil-receipt-vat-item.h"
#include "traveller/mil-record.h"

#define MAX_ROWS 1000

static MilMoney
decimal_money (MilDecimal amount, const char *currency)
{
  MilMoney         money = { 0 };
  g_autofree char *text = mil_decimal_to_string (amount);

  if (*currency != '\0' && mil_currency_is_known (currency))
    mil_money_parse (text, currency, &money, NULL);
  return money;
}

/**
 * mil_receipt_rows_read_lines:
 * @list: (element-type MilReceiptLineItem): to be filled anew
 * @reading: what was read from a receipt
 *
 * Takes over the goods that it lists.
 */
void
mil_receipt_rows_read_lines (GListStore *list, const MilReceipt *reading)
{
  g_return_if_fail (G_IS_LIST_STORE (list));
  g_return_if_fail (reading != NULL);

  g_list_store_remove_all (list);
  for (guint i = 0; i < reading->lines->len; i++)
    {
      const MilReceiptLine *from = reading->lines->pdata[i];
      g_autofree char      *id = g_strdup_printf ("%u", i);
      g_autofree char *quantity = from->quantity.digits != 0 ? mil_decimal_to_string (from->quantity) : NULL;
      MilReceiptLineItemInfo info = {
        .id = id,
        .title = from->description,
        .quantity = quantity,
        .amount = decimal_money (from->amount, reading->currency),
        .vat_class = from->vat_class,
        .x = from->box.x,
        .y = from->box.y,
        .width = from->box.width,
        .height = from->box.height,
      };
      g_autoptr (MilReceiptLineItem) item = mil_receipt_line_item_new (&info);
      g_list_store_append (list, item);
    }
}

/**
 * mil_receipt_rows_read_vat:
 * @list: (element-type MilReceiptVatItem): to be filled anew
 * @reading: what was read from a receipt
 *
 * Takes over its table of VAT.
 *
 * Returns: the VAT of all rows together; unset where there are none
 */
MilMoney
mil_receipt_rows_read_vat (GListStore *list, const MilReceipt *reading)
{
  MilMoney sum = { 0 };

  g_return_val_if_fail (G_IS_LIST_STORE (list), sum);
  g_return_val_if_fail (reading != NULL, sum);

  g_list_store_remove_all (list);
  for (guint i = 0; i < reading->vat->len; i++)
    {
      const MilReceiptVat  *from = reading->vat->pdata[i];
      g_autofree char      *id = g_strdup_printf ("%u", i);
      g_autofree char      *rate = mil_decimal_to_string (from->rate);
      MilReceiptVatItemInfo info = {
        .id = id,
        .vat_class = from->vat_class,
        .rate = rate,
        .net = decimal_money (from->net, reading->currency),
        .vat = decimal_money (from->vat, reading->currency),
        .gross = decimal_money (from->gross, reading->currency),
        .x = from->box.x,
        .y = from->box.y,
        .width = from->box.width,
        .height = from->box.height,
      };
      g_autoptr (MilReceiptVatItem) item = mil_receipt_vat_item_new (&info);
      g_list_store_append (list, item);
      if (!mil_money_is_set (sum))
        sum = info.vat;
      else
        mil_money_add (sum, info.vat, &sum, NULL);
    }
  return sum;
}

/**
 * mil_receipt_rows_to_json:
 * @list: (element-type MilRecord): rows of one kind
 * @builder: within an object
 * @member: name of the member to be written
 *
 * Writes the rows.
 */
void
mil_receipt_rows_to_json (GListStore *list, JsonBuilder *builder, const char *member)
{
  g_return_if_fail (G_IS_LIST_STORE (list));
  g_return_if_fail (JSON_IS_BUILDER (builder) && member != NULL);

  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (MilRecord) record = g_list_model_get_item (G_LIST_MODEL (list), i);
      json_builder_add_value (builder, mil_record_to_json (record));
    }
  json_builder_end_array (builder);
}

/**
 * mil_receipt_rows_from_json:
 * @list: its type is that of the rows
 * @reader: within the object that has the member
 * @member: what mil_receipt_rows_to_json() wrote
 * @error: where to say what is wrong with it
 *
 * Returns: whether all rows could be read
 */
gboolean
mil_receipt_rows_from_json (GListStore *list, MilJson *reader, const char *member, GError **error)
{
  GType    type = G_TYPE_INVALID;
  guint    n = 0;
  gboolean good = TRUE;

  g_return_val_if_fail (G_IS_LIST_STORE (list), FALSE);
  g_return_val_if_fail (reader != NULL && member != NULL, FALSE);

  type = g_list_model_get_item_type (G_LIST_MODEL (list));
  n = mil_json_enter_array_optional (reader, member, MAX_ROWS);
  for (guint i = 0; i < n && good; i++)
    {
      g_autoptr (MilRecord) record = NULL;
      mil_json_enter_item (reader, i);
      record = mil_record_new_from_json (type, mil_json_node (reader), error);
      good = record != NULL;
      if (good)
        g_list_store_append (list, record);
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  return good;
}
