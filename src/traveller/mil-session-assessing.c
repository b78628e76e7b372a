/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-claim-state.h"
#include "traveller/mil-receipt-record-private.h"
#include "traveller/mil-session-private.h"

/* Enough to let a word be typed before the rules are asked again. */
#define ASSESS_MS 60

/* --- who travels, and how ----------------------------------------------------------------------- */

static MilTraveller *
traveller_of (MilPerson *person, const MilTripInfo *trip)
{
  const MilPersonInfo *info = mil_person_get_info (person);
  MilTraveller        *traveller = mil_traveller_new (info->residence);

  traveller->id = g_strdup (info->id);
  traveller->nationality = g_strdup (info->nationality);
  traveller->region = g_strdup (info->region);
  traveller->born = info->born;
  traveller->flags = mil_person_flags (info);
  if (info->abroad_months > 0)
    traveller->abroad_months = info->abroad_months;
  if (trip != NULL && mil_date_is_set (trip->from) && mil_date_is_set (trip->to))
    traveller->stay_days = mil_date_days_until (trip->from, trip->to) + 1;
  return traveller;
}

/**
 * mil_session_travellers: (skip)
 * @self: a session
 * @trip: (nullable): a trip
 *
 * Returns: (transfer full) (element-type MilTraveller): who is on it, or somebody who lives where the person does
 */
GPtrArray *
mil_session_travellers (MilSession *self, MilTrip *trip)
{
  GPtrArray         *travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  const MilTripInfo *info = trip != NULL ? mil_trip_get_info (trip) : NULL;

  for (guint i = 0; info != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (info->travellers)); i++)
    {
      g_autoptr (MilPerson) person = g_list_model_get_item (G_LIST_MODEL (info->travellers), i);
      g_ptr_array_add (travellers, traveller_of (person, info));
    }
  if (travellers->len == 0)
    g_ptr_array_add (travellers, mil_traveller_new (self->home_country));
  return travellers;
}

/**
 * mil_session_main_traveller: (skip)
 * @self: a session
 *
 * Returns: (transfer full): the first who is on the current trip, or somebody who lives where the person does
 */
MilTraveller *
mil_session_main_traveller (MilSession *self)
{
  g_autoptr (GPtrArray) travellers = mil_session_travellers (self, self->current_trip);

  return mil_traveller_copy (travellers->pdata[0]);
}

/**
 * mil_trip_baggage: (skip)
 * @word: (nullable): as a trip holds it
 *
 * Returns: where the goods travel
 */
MilBaggage
mil_trip_baggage (const char *word)
{
  if (g_strcmp0 (word, "checked") == 0)
    return MIL_BAGGAGE_CHECKED;
  return g_strcmp0 (word, "carried") == 0 ? MIL_BAGGAGE_CARRIED : MIL_BAGGAGE_UNKNOWN;
}

/**
 * mil_session_itinerary: (skip)
 * @self: a session
 * @trip: (nullable): a trip
 * @fallback_country: country that is left where there is no trip
 *
 * Returns: (transfer full): how the trip goes, as far as the rules ask
 */
MilItinerary *
mil_session_itinerary (MilSession *self, MilTrip *trip, const char *fallback_country)
{
  MilItinerary      *itinerary = mil_itinerary_new ();
  const MilTripInfo *info = trip != NULL ? mil_trip_get_info (trip) : NULL;
  MilExit           *border = NULL;

  if (info == NULL)
    {
      mil_itinerary_add_exit (itinerary, fallback_country, (MilDate) { 0 });
      return itinerary;
    }
  itinerary->arrived = info->from;
  border = mil_itinerary_add_exit (itinerary, info->exit_country != NULL ? info->exit_country : info->country, info->to);
  border->point = g_strdup (info->exit_point);
  border->time = g_strdup (info->departs);
  itinerary->baggage = mil_trip_baggage (info->baggage);
  return itinerary;
}

/* --- the rules ---------------------------------------------------------------------------------- */

/* Receipts that stand on forms together: those of one trip that are not claimed, or those of one claim. */
typedef struct
{
  MilTrip   *trip;     /* (owned) (nullable) */
  GPtrArray *receipts; /* (owned) */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_clear_object (&group->trip);
  g_ptr_array_unref (group->receipts);
  g_free (group);
}

/**
 * mil_session_trip_of: (skip)
 * @self: a session
 * @receipt: a receipt
 *
 * Returns: (transfer none) (nullable): the trip that the receipt belongs to
 */
MilTrip *
mil_session_trip_of (MilSession *self, MilReceiptRecord *receipt)
{
  MilTrip *trip = mil_record_list_find (G_LIST_MODEL (self->trips), mil_receipt_record_get_trip_id (receipt), NULL);

  return trip != NULL ? trip : self->current_trip;
}

static GPtrArray *
make_groups (MilSession *self)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->receipts)); i++)
    {
      MilReceiptRecord *receipt = g_list_model_get_item (G_LIST_MODEL (self->receipts), i);
      MilTrip          *trip = mil_session_trip_of (self, receipt);
      const char       *claim = mil_receipt_record_get_claim_id (receipt);
      g_autofree char  *key = g_strdup_printf ("%s %s",
                                              trip != NULL ? mil_trip_get_info (trip)->id : "",
                                              claim != NULL ? claim : "");
      Group            *group = g_hash_table_lookup (by_key, key);

      if (group == NULL)
        {
          group = g_new0 (Group, 1);
          g_set_object (&group->trip, trip);
          group->receipts = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (by_key, g_steal_pointer (&key), group);
          g_ptr_array_add (groups, group);
        }
      g_ptr_array_add (group->receipts, receipt);
    }
  return groups;
}

static void
take_verdicts (MilSession *self, Group *group, GPtrArray *verdicts)
{
  MilDate today = mil_session_get_today (self);

  for (guint i = 0; i < group->receipts->len; i++)
    {
      MilReceiptRecord *receipt = group->receipts->pdata[i];
      const char       *id = mil_receipt_record_get_id (receipt);
      const MilVerdict *verdict = NULL;
      MilMoney          refund = { 0 };

      for (guint j = 0; verdicts != NULL && verdict == NULL && j < verdicts->len; j++)
        {
          MilVerdict *candidate = verdicts->pdata[j];
          if (candidate->purchases != NULL && g_strv_contains ((const char *const *) candidate->purchases, id))
            verdict = candidate;
        }
      mil_receipt_record_set_verdict (receipt, verdict, today);
      if (verdict != NULL && verdict->kind == MIL_VERDICT_ELIGIBLE)
        refund = mil_session_to_home (self, verdict->refund_low);
      mil_receipt_record_set_home (receipt, mil_session_to_home (self, mil_receipt_record_get_amount (receipt)), refund);
    }
}

static gboolean
assess_group (MilSession *self, Group *group, GError **error)
{
  g_autoptr (GPtrArray) purchases = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);
  g_autoptr (GPtrArray) travellers = mil_session_travellers (self, group->trip);
  g_autoptr (GPtrArray) verdicts = NULL;
  g_autoptr (MilItinerary) itinerary = NULL;

  for (guint i = 0; i < group->receipts->len; i++)
    {
      MilPurchase *purchase = mil_receipt_record_to_purchase (group->receipts->pdata[i]);
      if (purchase != NULL)
        g_ptr_array_add (purchases, purchase);
    }
  if (purchases->len > 0)
    {
      itinerary = mil_session_itinerary (self, group->trip, ((MilPurchase *) purchases->pdata[0])->country);
      verdicts = mil_await_pointer (
          mil_assessor_assess (self->assessor, travellers, itinerary, purchases, mil_session_get_today (self)), error);
      if (verdicts == NULL)
        return FALSE;
    }
  take_verdicts (self, group, verdicts);
  return TRUE;
}

static gboolean
is_open (const char *name)
{
  MilClaimState state;

  return !mil_claim_state_parse (name, &state) || !mil_claim_state_is_over (state);
}

static void
add_home (MilSession *self, MilMoney *sum, MilMoney money)
{
  MilMoney home = mil_session_to_home (self, money);

  if (mil_money_is_set (home) && mil_money_is_set (*sum))
    mil_money_add (*sum, home, sum, NULL);
}

/* A form may hold several receipts and pays once. */
static void
sum_up (MilSession *self)
{
  MilMoney all = self->home_currency != NULL ? mil_money (0, self->home_currency) : (MilMoney) { 0 };
  MilMoney here = all;
  g_autoptr (GHashTable) counted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->claims)); i++)
    {
      g_autoptr (MilClaim) claim = g_list_model_get_item (G_LIST_MODEL (self->claims), i);
      const MilClaimInfo *info = mil_claim_get_info (claim);
      if (is_open (info->state))
        add_home (self, &all, mil_money_is_set (info->refund) ? info->refund : info->estimate_low);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->receipts)); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (G_LIST_MODEL (self->receipts), i);
      const MilVerdict *verdict = mil_receipt_record_get_verdict (receipt);
      MilReceiptSection section = mil_receipt_record_get_section (receipt);
      gboolean          counts = verdict != NULL && verdict->kind == MIL_VERDICT_ELIGIBLE;
      if (!counts || !g_hash_table_add (counted, verdict->purchases[0]))
        continue;
      if (section == MIL_SECTION_READY)
        add_home (self, &all, verdict->refund_low);
      if (self->current_trip != NULL && mil_session_trip_of (self, receipt) == self->current_trip && section < MIL_SECTION_ARRIVED)
        add_home (self, &here, verdict->refund_low);
    }
  mil_session_notify_coming_back (self, all, here);
}

static DexFuture *
assess_fiber (gpointer data)
{
  MilSession *self = MIL_SESSION (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) groups = NULL;

  if (!mil_await (mil_assessor_load (self->assessor), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  groups = make_groups (self);
  for (guint i = 0; i < groups->len; i++)
    if (!assess_group (self, groups->pdata[i], &error))
      return dex_future_new_for_error (g_steal_pointer (&error));
  sum_up (self);
  return dex_future_new_true ();
}

static gboolean
on_assess_cb (gpointer data)
{
  MilSession *self = MIL_SESSION (data);

  self->assess_source = 0;
  dex_clear (&self->assessing);
  self->assessing = mil_spawn (assess_fiber, g_object_ref (self), g_object_unref);
  return G_SOURCE_REMOVE;
}

/**
 * mil_session_queue_assess: (skip)
 * @self: a session
 *
 * Asks the rules about all receipts again, in a moment: something that they hang on has changed.
 */
void
mil_session_queue_assess (MilSession *self)
{
  if (!self->loaded)
    return;
  g_clear_handle_id (&self->assess_source, g_source_remove);
  self->assess_source = g_timeout_add (ASSESS_MS, on_assess_cb, self);
}

/* --- what it brings ----------------------------------------------------------------------------- */

/**
 * mil_session_get_arrived:
 * @self: a session
 * @trip: a trip
 *
 * Returns: what the claims of @trip have paid out, in the home currency; unset while that is not known
 */
MilMoney
mil_session_get_arrived (MilSession *self, MilTrip *trip)
{
  MilMoney sum = { 0 };

  g_return_val_if_fail (MIL_IS_SESSION (self), sum);
  g_return_val_if_fail (MIL_IS_TRIP (trip), sum);

  if (self->home_currency != NULL)
    sum = mil_money (0, self->home_currency);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->claims)); i++)
    {
      g_autoptr (MilClaim) claim = g_list_model_get_item (G_LIST_MODEL (self->claims), i);
      const MilClaimInfo *info = mil_claim_get_info (claim);
      MilReceiptRecord *receipt = info->receipts != NULL ? mil_session_find_receipt (self, info->receipts[0]) : NULL;
      MilClaimState state;

      if (receipt != NULL && mil_claim_state_parse (info->state, &state) && state == MIL_CLAIM_REFUNDED
          && mil_session_trip_of (self, receipt) == trip)
        add_home (self, &sum, mil_money_is_set (info->payout) ? info->payout : info->refund);
    }
  return sum;
}

/**
 * mil_session_get_coming_back:
 * @self: a session
 *
 * Returns: what all receipts that are ready and all claims under way bring, at the least, in the home
 *   currency
 */
MilMoney
mil_session_get_coming_back (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), (MilMoney) { 0 });

  return self->coming_back;
}
