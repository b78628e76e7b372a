/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-refund.h"

#include "refund/mil-form.h"

#include <glib/gi18n.h>

static const MilTraveller *
buyer_of (GPtrArray *travellers, const MilPurchase *purchase)
{
  for (guint i = 0; i < travellers->len && purchase->traveller != NULL; i++)
    {
      const MilTraveller *traveller = travellers->pdata[i];

      if (g_strcmp0 (traveller->id, purchase->traveller) == 0)
        return traveller;
    }
  return purchase->traveller == NULL && travellers->len > 0 ? travellers->pdata[0] : NULL;
}

static gboolean
is_clear (const MilItem *item)
{
  return item->heaviest < MIL_REASON_MISSING && item->parts->len > 0;
}

static gboolean
belong_together (const MilItem *a, const MilItem *b)
{
  return a->traveller == b->traveller && a->rule == b->rule && a->rates == b->rates;
}

static void
add_alone (GPtrArray *forms, MilItem *item)
{
  GPtrArray *form = g_ptr_array_new ();

  g_ptr_array_add (form, item);
  g_ptr_array_add (forms, form);
}

/* Receipts of one person under one rule; to be put on forms. */
static void
group_clear (GPtrArray *forms, GPtrArray *clear)
{
  g_autofree gboolean *done = g_new0 (gboolean, clear->len + 1);

  for (guint i = 0; i < clear->len; i++)
    {
      g_autoptr (GPtrArray) same = g_ptr_array_new (), groups = NULL;

      if (done[i])
        continue;
      for (guint j = i; j < clear->len; j++)
        {
          if (done[j] || !belong_together (clear->pdata[i], clear->pdata[j]))
            continue;
          done[j] = TRUE;
          g_ptr_array_add (same, clear->pdata[j]);
        }
      groups = mil_form_group (same);
      for (guint g = 0; g < groups->len; g++)
        g_ptr_array_add (forms, g_ptr_array_ref (groups->pdata[g]));
    }
}

static int
compare_forms (gconstpointer a, gconstpointer b)
{
  const GPtrArray *x = *(GPtrArray *const *) a;
  const GPtrArray *y = *(GPtrArray *const *) b;
  const MilItem   *first_x = x->pdata[0], *first_y = y->pdata[0];

  return first_x->index < first_y->index ? -1 : first_x->index > first_y->index;
}

static GPtrArray *
make_forms (GPtrArray *items)
{
  g_autoptr (GPtrArray) clear = g_ptr_array_new ();
  GPtrArray *forms = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < items->len; i++)
    {
      if (is_clear (items->pdata[i]))
        g_ptr_array_add (clear, items->pdata[i]);
      else
        add_alone (forms, items->pdata[i]);
    }
  group_clear (forms, clear);
  g_ptr_array_sort (forms, compare_forms);
  return forms;
}

/* A receipt that was entered twice would be paid twice; the first of them counts. */
static void
check_names (GPtrArray *items)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    {
      MilItem    *item = items->pdata[i];
      const char *id = item->purchase->id;
      MilReason  *reason;

      if (id == NULL || g_hash_table_add (seen, (gpointer) id))
        continue;
      reason = mil_item_take_reason (
          item,
          "duplicate-id",
          MIL_REASON_MISSING,
          /* Translators: %s is what a receipt is called in a request, such as "r1". */
          g_strdup_printf (_ ("Another receipt is called “%s” already. Leave out the one that was "
                              "entered twice, or give each a name of its own."),
                           id),
          NULL);
      mil_reason_add_value (reason, "id", id);
    }
}

/**
 * mil_refund_assess:
 * @book: the rules
 * @travellers: (element-type MilTraveller): the people of the trip; the first one bought what names nobody
 * @itinerary: (nullable): how the trip goes
 * @purchases: (element-type MilPurchase): the receipts
 * @today: the day it is; a receipt of a later day is a mistake. Unset to take any day
 *
 * Puts the receipts on the tax-free forms that pay most and says of each form whether it can be had, why,
 * what is likely to arrive, by when and how. Each receipt is on exactly one form of the answer; forms come in
 * the order of their first receipts. Pure: the same input has the same answer.
 *
 * Returns: (transfer full) (element-type MilVerdict): the forms
 */
GPtrArray *
mil_refund_assess (MilSchemeBook *book, GPtrArray *travellers, const MilItinerary *itinerary, GPtrArray *purchases, MilDate today)
{
  MilContext context = { book, itinerary, today };
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_item_free);
  g_autoptr (GPtrArray) forms = NULL;
  GPtrArray *verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_verdict_free);

  g_return_val_if_fail (book != NULL, verdicts);
  g_return_val_if_fail (travellers != NULL, verdicts);
  g_return_val_if_fail (purchases != NULL, verdicts);

  for (guint i = 0; i < purchases->len; i++)
    g_ptr_array_add (items, mil_item_new (&context, purchases->pdata[i], buyer_of (travellers, purchases->pdata[i]), i));
  check_names (items);
  forms = make_forms (items);
  for (guint i = 0; i < forms->len; i++)
    g_ptr_array_add (verdicts, mil_form_verdict (forms->pdata[i], &context));
  if (travellers->len > 1)
    mil_companion_hints (forms, verdicts, travellers, &context);
  return verdicts;
}

/**
 * mil_refund_preview:
 * @book: the rules
 * @traveller: who would buy
 * @itinerary: (nullable): how the trip goes
 * @purchase: what would be bought
 * @today: the day it is
 *
 * The verdict before buying, for a product page: its headline is one line to show, and where only the minimum
 * is in the way, its hint "spend-more" says what is missing.
 *
 * Returns: (transfer full): the answer
 */
MilVerdict *
mil_refund_preview (MilSchemeBook *book, const MilTraveller *traveller, const MilItinerary *itinerary, const MilPurchase *purchase, MilDate today)
{
  MilContext context = { book, itinerary, today };
  g_autoptr (MilPurchase) planned = NULL;
  g_autoptr (MilItem) item = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  g_return_val_if_fail (book != NULL, NULL);
  g_return_val_if_fail (purchase != NULL, NULL);

  planned = mil_purchase_copy (purchase);
  planned->planned = TRUE;
  if (!mil_date_is_set (planned->date))
    planned->date = today;
  item = mil_item_new (&context, planned, traveller, 0);
  g_ptr_array_add (items, item);
  return mil_form_verdict (items, &context);
}
