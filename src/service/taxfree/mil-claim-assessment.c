/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-claim-assessment.h"

#include <glib/gi18n.h>

#include "refund/mil-refund.h"

/* The operator issues against the passport, which says that the traveller is of age. */
#define ADULT 18

/**
 * mil_claim_assessment_free:
 * @self: (transfer full) (nullable): an assessment
 *
 * Frees an assessment.
 */
void
mil_claim_assessment_free (MilClaimAssessment *self)
{
  if (self == NULL)
    return;
  g_free (self->reason);
  g_free (self);
}

static MilPurchase *
read_purchase (const MilWirePurchase *wire)
{
  MilPurchase *purchase = mil_purchase_new (wire->id, wire->country, wire->date, mil_money (wire->total, wire->currency));

  g_set_str (&purchase->shop, wire->shop);
  g_set_str (&purchase->vat_id, wire->vat_id);
  g_set_str (&purchase->time, wire->time);
  for (guint i = 0; i < wire->lines->len; i++)
    {
      const MilWirePurchaseLine *line = wire->lines->pdata[i];
      MilGoods                   goods = MIL_GOODS_GENERAL;
      MilPurchaseLine           *added;

      if (line->category != NULL)
        goods = mil_goods_recognise (line->category);
      added = mil_purchase_add_line (purchase, goods, mil_money (line->total, wire->currency));
      g_set_str (&added->description, line->title);
      added->quantity = (guint) CLAMP (line->quantity, 1, 100000);
      added->has_vat_rate = line->vat_rate.digits != 0;
      added->vat_rate = line->vat_rate;
    }
  return purchase;
}

static MilItinerary *
read_itinerary (const MilWireTrip *trip)
{
  MilItinerary *itinerary = mil_itinerary_new ();
  MilExit *border = mil_itinerary_add_exit (itinerary, trip->exit != NULL ? trip->exit->country : trip->country, trip->leaves_on);

  if (trip->exit != NULL)
    g_set_str (&border->point, trip->exit->point);
  return itinerary;
}

static void
take_reason (MilClaimAssessment *self, const MilVerdict *verdict)
{
  if (self->reason == NULL && verdict->reasons->len > 0)
    self->reason = g_strdup (((MilReason *) verdict->reasons->pdata[0])->text);
}

static gboolean
take_verdict (MilClaimAssessment *self, const MilVerdict *verdict, GError **error)
{
  if (!mil_money_is_set (verdict->refund_low) || !mil_money_is_set (verdict->tax))
    return TRUE;
  if (!self->eligible)
    {
      self->tax = verdict->tax;
      self->refund = verdict->refund_low;
    }
  else if (!mil_money_add (self->tax, verdict->tax, &self->tax, error)
           || !mil_money_add (self->refund, verdict->refund_low, &self->refund, error))
    return FALSE;
  self->eligible = TRUE;
  if (mil_date_is_set (verdict->export_by)
      && (!mil_date_is_set (self->export_by) || mil_date_compare (verdict->export_by, self->export_by) < 0))
    self->export_by = verdict->export_by;
  return TRUE;
}

static GPtrArray *
assess (MilSchemeBook *book, const MilWireClaimRequest *request, const char *const *seen, MilDate today)
{
  g_autoptr (GPtrArray) travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  g_autoptr (GPtrArray) purchases = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);
  g_autoptr (MilItinerary) itinerary = read_itinerary (request->trip);
  MilTraveller *traveller = mil_traveller_new (request->traveller->residence);

  traveller->age = ADULT;
  g_ptr_array_add (travellers, traveller);
  for (guint i = 0; i < request->purchases->len; i++)
    {
      const MilWirePurchase *purchase = request->purchases->pdata[i];

      if (seen == NULL || g_strv_contains (seen, purchase->id))
        g_ptr_array_add (purchases, read_purchase (purchase));
    }
  return mil_refund_assess (book, travellers, itinerary, purchases, today);
}

/**
 * mil_claim_assess:
 * @book: refund schemes
 * @request: what was claimed
 * @seen: (nullable): ids of the purchases that count; %NULL for all
 * @today: the day on which it is looked at
 * @error: return location
 *
 * Works a claim out from the service's own copy of the rules, whatever the client estimated. The
 * refund is the least that is likely: an operator pays no more than it is sure of.
 *
 * Returns: (transfer full): what the rules say, or %NULL with @error set
 */
MilClaimAssessment *
mil_claim_assess (MilSchemeBook *book, const MilWireClaimRequest *request, const char *const *seen, MilDate today, GError **error)
{
  g_autoptr (MilClaimAssessment) self = NULL;
  g_autoptr (GPtrArray) verdicts = NULL;

  g_return_val_if_fail (book != NULL && request != NULL, NULL);

  self = g_new0 (MilClaimAssessment, 1);
  verdicts = assess (book, request, seen, today);
  for (guint i = 0; i < verdicts->len; i++)
    {
      const MilVerdict *verdict = verdicts->pdata[i];

      if (g_strcmp0 (verdict->scheme, request->scheme) != 0 || verdict->kind == MIL_VERDICT_NOT_ELIGIBLE)
        take_reason (self, verdict);
      else if (!take_verdict (self, verdict, error))
        return NULL;
    }
  if (!self->eligible && self->reason == NULL)
    self->reason = g_strdup (_ ("The rules of this country give no refund for these purchases."));
  return g_steal_pointer (&self);
}
