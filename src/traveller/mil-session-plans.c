/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-country.h"
#include "traveller/mil-receipt-record-private.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>

/* --- what is ticked off ------------------------------------------------------------------------- */

static char *
ticks_key (MilTrip *trip)
{
  return g_strdup_printf ("ticks-%s", trip != NULL ? mil_trip_get_info (trip)->id : "none");
}

static JsonObject *
ticks_of (MilSession *self, const char *key)
{
  g_autoptr (JsonNode) node = mil_session_load_draft (self, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_object_ref (json_node_get_object (node))
                                                       : json_object_new ();
}

/**
 * mil_session_is_ticked:
 * @self: a session
 * @trip: (nullable): a trip
 * @what: names a thing to do or to bring
 *
 * Returns: whether it has been ticked off for that trip
 */
gboolean
mil_session_is_ticked (MilSession *self, MilTrip *trip, const char *what)
{
  g_autofree char *key = NULL;
  g_autoptr (JsonObject) ticks = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (self), FALSE);
  g_return_val_if_fail (trip == NULL || MIL_IS_TRIP (trip), FALSE);
  g_return_val_if_fail (what != NULL, FALSE);

  key = ticks_key (trip);
  ticks = ticks_of (self, key);
  return json_object_get_boolean_member_with_default (ticks, what, FALSE);
}

/**
 * mil_session_set_ticked:
 * @self: a session
 * @trip: (nullable): a trip
 * @what: names a thing to do or to bring
 * @ticked: whether it is done
 *
 * Remembers what has been ticked off, also when the program is closed.
 */
void
mil_session_set_ticked (MilSession *self, MilTrip *trip, const char *what, gboolean ticked)
{
  g_autofree char *key = NULL;
  g_autoptr (JsonObject) known = NULL;
  g_autoptr (JsonObject) ticks = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObjectIter iter;
  const char    *name = NULL;
  JsonNode      *value = NULL;

  g_return_if_fail (MIL_IS_SESSION (self));
  g_return_if_fail (trip == NULL || MIL_IS_TRIP (trip));
  g_return_if_fail (what != NULL);

  key = ticks_key (trip);
  known = ticks_of (self, key);
  json_object_iter_init (&iter, known);
  while (json_object_iter_next (&iter, &name, &value))
    if (!g_str_equal (name, what))
      json_object_set_member (ticks, name, json_node_ref (value));
  if (ticked)
    json_object_set_boolean_member (ticks, what, TRUE);
  json_node_set_object (node, ticks);
  mil_session_save_draft (self, key, node);
}

/**
 * mil_session_get_claim_verdict:
 * @self: a session
 * @claim: a claim
 *
 * Returns: (transfer none) (nullable): what the rules say of its receipts; %NULL while that is not known, or
 *   where the receipts are not on this device
 */
const MilVerdict *
mil_session_get_claim_verdict (MilSession *self, MilClaim *claim)
{
  const MilClaimInfo *info = NULL;
  MilReceiptRecord   *receipt = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);
  g_return_val_if_fail (MIL_IS_CLAIM (claim), NULL);

  info = mil_claim_get_info (claim);
  if (info->receipts != NULL && info->receipts[0] != NULL)
    receipt = mil_session_find_receipt (self, info->receipts[0]);
  return receipt != NULL ? mil_receipt_record_get_verdict (receipt) : NULL;
}

/* --- days by which something has to be done ----------------------------------------------------- */

static MilDueDay *
add_due (GPtrArray *days, MilDueKind kind, const char *prefix, const char *of, MilDate day, char *title)
{
  MilDueDay *due = g_new0 (MilDueDay, 1);

  due->id = g_strdup_printf ("%s-%s", prefix, of);
  due->kind = kind;
  due->day = day;
  due->title = title;
  g_ptr_array_add (days, due);
  return due;
}

static gboolean
is_claim_of (MilSession *self, const MilClaimInfo *info, MilTrip *trip)
{
  for (guint i = 0; info->receipts != NULL && info->receipts[i] != NULL; i++)
    {
      MilReceiptRecord *receipt = mil_session_find_receipt (self, info->receipts[i]);

      if (receipt != NULL)
        return mil_session_trip_of (self, receipt) == trip;
    }
  return FALSE;
}

/* The goods have to leave, and to be confirmed, by the earlier of both days. */
static MilDate
customs_day (const MilClaimInfo *info, const MilVerdict *verdict)
{
  MilDate day = info->export_by;

  if (verdict == NULL)
    return day;
  if (!mil_date_is_set (day))
    day = verdict->export_by;
  if (mil_date_is_set (verdict->validate_by)
      && (!mil_date_is_set (day) || mil_date_compare (verdict->validate_by, day) < 0))
    day = verdict->validate_by;
  return day;
}

static void
add_claim_days (MilSession *self, GPtrArray *days, MilClaim *claim)
{
  static const char *const before[] = { "queued", "submitted", "issued", "awaiting-validation", NULL };
  static const char *const after[] = { "validated", "partially-validated", NULL };
  const MilClaimInfo      *info = mil_claim_get_info (claim);
  const MilVerdict        *verdict = mil_session_get_claim_verdict (self, claim);
  const char              *shop = info->shop != NULL ? info->shop : C_ ("page", "Claim");
  MilDate                  day = customs_day (info, verdict);
  MilDueDay               *due = NULL;

  if (g_strv_contains (before, info->state) && mil_date_is_set (day))
    {
      /* Translators: %s is a shop; the goods bought there have to be shown to customs. */
      due = add_due (days, MIL_DUE_CUSTOMS, "customs", info->id, day, g_strdup_printf (_ ("Show the goods from %s to customs"), shop));
      due->text = g_strdup (
          _ ("This is the last day on which the goods may leave. Go to customs before bag drop."));
    }
  else if (g_strv_contains (after, info->state) && verdict != NULL && mil_date_is_set (verdict->refund_by))
    {
      /* Translators: %s is a shop. */
      due = add_due (days,
                     MIL_DUE_REFUND,
                     "refund",
                     info->id,
                     verdict->refund_by,
                     g_strdup_printf (_ ("The form for %s must be with its operator"), shop));
      due->text = g_strdup (
          _ ("After this day the operator need not pay any more. Ask there if the money has not arrived."));
    }
  if (due != NULL)
    due->claim_id = g_strdup (info->id);
}

static void
add_receipt_day (GPtrArray *days, MilReceiptRecord *receipt)
{
  const MilVerdict *verdict = mil_receipt_record_get_verdict (receipt);
  const char       *shop = mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_MERCHANT);
  const char       *id = mil_receipt_record_get_id (receipt);
  MilDueDay        *due = NULL;

  if (mil_receipt_record_get_section (receipt) != MIL_SECTION_READY || verdict == NULL
      || !mil_date_is_set (verdict->export_by))
    return;
  /* A form holds several receipts and ends on one day. */
  if (verdict->purchases != NULL && verdict->purchases[0] != NULL && !g_str_equal (verdict->purchases[0], id))
    return;
  /* Translators: %s is a shop. */
  due = add_due (days,
                 MIL_DUE_CLAIM,
                 "claim",
                 id,
                 verdict->export_by,
                 g_strdup_printf (_ ("Claim the tax back for %s"),
                                  shop != NULL && *shop != '\0' ? shop : C_ ("page", "Receipt")));
  due->text = g_strdup (_ ("It is ready to claim. By this day the goods must have left."));
  due->receipt_id = g_strdup (id);
}

static void
add_trip_day (GPtrArray *days, MilTrip *trip)
{
  const MilTripInfo *info = mil_trip_get_info (trip);
  const char *from = mil_country_name (info->exit_country != NULL ? info->exit_country : info->country);
  MilDueDay  *due = NULL;

  if (!mil_date_is_set (info->to))
    return;
  /* Translators: %s is a country that the traveller leaves on that day. */
  due = add_due (days,
                 MIL_DUE_LEAVE,
                 "leave",
                 info->id,
                 info->to,
                 g_strdup_printf (_ ("You leave from %s"), from != NULL ? from : info->country));
  due->text = g_strdup (_ ("Have goods, receipts and passport at hand, and go to customs before bag drop."));
  due->place = g_strdup (info->exit_point);
  due->trip_id = g_strdup (info->id);
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  const MilDueDay *x = *(const MilDueDay *const *) a, *y = *(const MilDueDay *const *) b;
  int              order = mil_date_compare (x->day, y->day);

  return order != 0 ? order : strcmp (x->id, y->id);
}

/**
 * mil_session_list_due_days:
 * @self: a session
 * @trip: (nullable): only those of this trip; %NULL for all
 *
 * Lists by when what has to be done, nearest first; also what has passed, as long as it is open. The last
 * day of a trip counts where something of it is still open.
 *
 * Returns: (transfer full) (element-type MilDueDay): the days
 */
GPtrArray *
mil_session_list_due_days (MilSession *self, MilTrip *trip)
{
  GPtrArray *days = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_due_day_free);
  g_autoptr (GHashTable) open = g_hash_table_new (NULL, NULL);

  g_return_val_if_fail (MIL_IS_SESSION (self), days);
  g_return_val_if_fail (trip == NULL || MIL_IS_TRIP (trip), days);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->claims)); i++)
    {
      g_autoptr (MilClaim) claim = g_list_model_get_item (G_LIST_MODEL (self->claims), i);

      if (trip == NULL || is_claim_of (self, mil_claim_get_info (claim), trip))
        add_claim_days (self, days, claim);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->receipts)); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (G_LIST_MODEL (self->receipts), i);
      MilTrip *of = mil_session_trip_of (self, receipt);

      if (of != NULL && mil_receipt_record_get_section (receipt) <= MIL_SECTION_SHOW)
        g_hash_table_add (open, of);
      if (trip == NULL || of == trip)
        add_receipt_day (days, receipt);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->trips)); i++)
    {
      g_autoptr (MilTrip) of = g_list_model_get_item (G_LIST_MODEL (self->trips), i);

      if ((trip == NULL || of == trip) && g_hash_table_contains (open, of))
        add_trip_day (days, of);
    }
  g_ptr_array_sort (days, compare_days);
  return days;
}

/* --- what if ------------------------------------------------------------------------------------ */

typedef struct
{
  MilSession   *session;    /* (owned) */
  GPtrArray    *travellers; /* (owned) (element-type MilTraveller) */
  MilItinerary *now;        /* (owned) */
  MilItinerary *then;       /* (owned) */
  GPtrArray    *purchases;  /* (owned) (element-type MilPurchase): as they are */
  GPtrArray    *changed;    /* (owned) (element-type MilPurchase): with the change */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->session);
  g_ptr_array_unref (question->travellers);
  mil_itinerary_free (question->now);
  mil_itinerary_free (question->then);
  g_ptr_array_unref (question->purchases);
  g_ptr_array_unref (question->changed);
  g_free (question);
}

static gboolean
sum_in (GPtrArray *verdicts, const char *currency, MilSession *session, MilMoney *low, MilMoney *high)
{
  *low = *high = mil_money (0, currency);
  for (guint i = 0; i < verdicts->len; i++)
    {
      const MilVerdict *verdict = verdicts->pdata[i];
      MilMoney          least = verdict->refund_low, most = verdict->refund_high;

      if (verdict->kind != MIL_VERDICT_ELIGIBLE || !mil_money_is_set (most))
        continue;
      if (g_strcmp0 (least.currency, currency) != 0)
        least = mil_session_to_home (session, least);
      if (g_strcmp0 (most.currency, currency) != 0)
        most = mil_session_to_home (session, most);
      if (g_strcmp0 (least.currency, currency) != 0 || !mil_money_add (*low, least, low, NULL)
          || !mil_money_add (*high, most, high, NULL))
        return FALSE;
    }
  return TRUE;
}

static const char *
common_currency (GPtrArray *verdicts, const char *currency, gboolean *mixed)
{
  for (guint i = 0; i < verdicts->len; i++)
    {
      const MilVerdict *verdict = verdicts->pdata[i];

      if (!mil_money_is_set (verdict->refund_high))
        continue;
      *mixed |= currency != NULL && !g_str_equal (currency, verdict->refund_high.currency);
      currency = verdict->refund_high.currency;
    }
  return currency;
}

static void
sum_up (MilWhatIfAnswer *answer, MilSession *session)
{
  gboolean    mixed = FALSE;
  const char *currency = common_currency (answer->now, NULL, &mixed);

  currency = common_currency (answer->then, currency, &mixed);
  if (mixed)
    currency = session->home_currency;
  if (currency == NULL)
    return;
  if (!sum_in (answer->now, currency, session, &answer->now_low, &answer->now_high)
      || !sum_in (answer->then, currency, session, &answer->then_low, &answer->then_high))
    answer->now_low = answer->now_high = answer->then_low = answer->then_high = (MilMoney) { 0 };
}

static GPtrArray *
assess (Question *question, const MilItinerary *itinerary, GPtrArray *purchases, GError **error)
{
  MilSession *self = question->session;

  if (purchases->len == 0)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) mil_verdict_free);
  return mil_await_pointer (mil_assessor_assess (self->assessor, question->travellers, itinerary, purchases, mil_session_get_today (self)),
                            error);
}

static DexFuture *
other_exits (Question *question)
{
  MilSession *self = question->session;

  return mil_assessor_other_exits (self->assessor, question->travellers, question->then, question->changed, mil_session_get_today (self));
}

static DexFuture *
what_if_fiber (gpointer data)
{
  Question *question = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) now = NULL;
  g_autoptr (GPtrArray) then = NULL;
  g_autoptr (GPtrArray) exits = NULL;
  MilWhatIfAnswer *answer = NULL;
  GValue           value = G_VALUE_INIT;
  DexFuture       *future = NULL;

  if (!mil_await (mil_assessor_load (question->session->assessor), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  now = assess (question, question->now, question->purchases, &error);
  if (now != NULL)
    then = assess (question, question->then, question->changed, &error);
  if (then != NULL)
    exits = mil_await_pointer (other_exits (question), &error);
  if (exits == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  answer = g_new0 (MilWhatIfAnswer, 1);
  answer->now = g_steal_pointer (&now);
  answer->then = g_steal_pointer (&then);
  answer->exits = g_steal_pointer (&exits);
  sum_up (answer, question->session);
  g_value_init (&value, MIL_TYPE_WHAT_IF_ANSWER);
  g_value_take_boxed (&value, answer);
  future = dex_future_new_for_value (&value);
  g_value_unset (&value);
  return future;
}

/* What is bought besides is bought where a receipt is from, by whom it is from, on the day that is left for it. */
static MilPurchase *
extra_purchase (MilSession *self, MilTrip *trip, const MilWhatIf *change)
{
  MilReceiptRecord *like = change->extra_receipt != NULL ? mil_session_find_receipt (self, change->extra_receipt) : NULL;
  g_autoptr (MilPurchase) from = like != NULL ? mil_receipt_record_to_purchase (like) : NULL;
  const MilTripInfo *info = mil_trip_get_info (trip);
  MilPurchase       *purchase = NULL;

  if (from == NULL)
    {
      purchase = mil_purchase_new (MIL_WHAT_IF_EXTRA, info->country, mil_session_get_today (self), change->extra);
    }
  else
    {
      purchase = mil_purchase_copy (from);
      g_set_str (&purchase->id, MIL_WHAT_IF_EXTRA);
      purchase->total = change->extra;
      purchase->tax = (MilMoney) { 0 };
      g_clear_pointer (&purchase->time, g_free);
      g_ptr_array_set_size (purchase->lines, 0);
    }
  purchase->planned = TRUE;
  return purchase;
}

static void
add_purchases (Question *question, MilTrip *trip, const MilWhatIf *change)
{
  MilSession *self = question->session;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->receipts)); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (G_LIST_MODEL (self->receipts), i);
      MilPurchase *purchase = NULL, *changed = NULL;

      if (mil_session_trip_of (self, receipt) != trip || mil_receipt_record_get_section (receipt) == MIL_SECTION_ARRIVED)
        continue;
      purchase = mil_receipt_record_to_purchase (receipt);
      if (purchase == NULL)
        continue;
      g_ptr_array_add (question->purchases, purchase);
      changed = mil_purchase_copy (purchase);
      if (change->payer != NULL && g_strcmp0 (change->payer_receipt, purchase->id) == 0)
        g_set_str (&changed->traveller, change->payer);
      g_ptr_array_add (question->changed, changed);
    }
  if (mil_money_is_set (change->extra) && change->extra.minor > 0)
    g_ptr_array_add (question->changed, extra_purchase (self, trip, change));
}

static void
change_itinerary (MilItinerary *itinerary, const MilWhatIf *change)
{
  MilExit *border = itinerary->exits->pdata[itinerary->exits->len - 1];

  if (mil_date_is_set (change->leaves_on))
    border->on = change->leaves_on;
  if (change->exit_country != NULL && g_strcmp0 (change->exit_country, border->country) != 0)
    {
      g_set_str (&border->country, change->exit_country);
      g_set_str (&border->point, change->exit_point);
    }
  if (change->baggage != MIL_BAGGAGE_UNKNOWN)
    itinerary->baggage = change->baggage;
}

/**
 * mil_session_what_if:
 * @self: a session
 * @trip: a trip
 * @change: what might be done differently; read before this returns
 *
 * Asks the rules, off the main loop, about all receipts of the trip whose money has not arrived: as it is
 * planned, and with a change. Nothing is saved.
 *
 * Returns: (transfer full): a future #MilWhatIfAnswer
 */
DexFuture *
mil_session_what_if (MilSession *self, MilTrip *trip, const MilWhatIf *change)
{
  Question *question = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_TRIP (trip));
  dex_return_error_if_fail (change != NULL);

  question = g_new0 (Question, 1);
  question->session = g_object_ref (self);
  question->travellers = mil_session_travellers (self, trip);
  question->now = mil_session_itinerary (self, trip, mil_trip_get_info (trip)->country);
  question->then = mil_itinerary_copy (question->now);
  question->purchases = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);
  question->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);
  change_itinerary (question->then, change);
  add_purchases (question, trip, change);
  return mil_spawn (what_if_fiber, question, question_free);
}

/**
 * mil_session_set_payer:
 * @self: a session
 * @receipt: a receipt
 * @person_id: who pays, or paid, for it
 *
 * Says in whose name a receipt is, and asks the rules again.
 */
void
mil_session_set_payer (MilSession *self, MilReceiptRecord *receipt, const char *person_id)
{
  g_return_if_fail (MIL_IS_SESSION (self));
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (receipt));
  g_return_if_fail (person_id != NULL);

  mil_receipt_record_set_trip (receipt, mil_receipt_record_get_trip_id (receipt), person_id);
  mil_session_receipt_changed (self, receipt);
}
