/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-exit-plan.h"

#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>
#include <stdio.h>

G_DEFINE_BOXED_TYPE (MilExitPlan, mil_exit_plan, mil_exit_plan_copy, mil_exit_plan_free)

static void
step_free (gpointer data)
{
  MilExitStep *step = data;

  g_free (step->id);
  g_free (step->text);
  g_free (step->country);
  g_free (step);
}

static void
good_free (gpointer data)
{
  MilExitGood *good = data;

  g_free (good->id);
  g_free (good->text);
  g_free (good->shop);
  g_free (good->country);
  g_free (good->bag);
  g_free (good->note);
  g_free (good->claim_id);
  g_free (good);
}

/**
 * mil_exit_plan_copy:
 * @self: a plan
 *
 * Returns: (transfer full): one that holds the same
 */
MilExitPlan *
mil_exit_plan_copy (const MilExitPlan *self)
{
  MilExitPlan *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (MilExitPlan, 1);
  copy->steps = g_ptr_array_ref (self->steps);
  copy->goods = g_ptr_array_ref (self->goods);
  copy->claims = g_ptr_array_ref (self->claims);
  copy->unclaimed = g_ptr_array_ref (self->unclaimed);
  copy->departs_at = self->departs_at;
  return copy;
}

/**
 * mil_exit_plan_free:
 * @self: (transfer full): a plan
 *
 * Frees it.
 */
void
mil_exit_plan_free (MilExitPlan *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->goods);
  g_ptr_array_unref (self->claims);
  g_ptr_array_unref (self->unclaimed);
  g_free (self);
}

/* Where the steps of a verdict are done; those of the shop are over by then, and are not named. */
static const struct
{
  const char  *code;
  MilExitPlace place;
} places[] = {
  { "print-form", MIL_EXIT_PLACE_BEFORE },     { "sealed-bag", MIL_EXIT_PLACE_BEFORE },
  { "goods-at-hand", MIL_EXIT_PLACE_BEFORE },  { "customs-before-bag-drop", MIL_EXIT_PLACE_CUSTOMS },
  { "scan-barcode", MIL_EXIT_PLACE_CUSTOMS },  { "confirm-in-app", MIL_EXIT_PLACE_CUSTOMS },
  { "scan-passport", MIL_EXIT_PLACE_CUSTOMS }, { "customs-desk", MIL_EXIT_PLACE_CUSTOMS },
  { "operator-desk", MIL_EXIT_PLACE_CUSTOMS }, { "stamp", MIL_EXIT_PLACE_CUSTOMS },
  { "paper-stamp", MIL_EXIT_PLACE_CUSTOMS },   { "show-to-customs", MIL_EXIT_PLACE_CUSTOMS },
  { "customs-only", MIL_EXIT_PLACE_CUSTOMS },  { "show-again-airside", MIL_EXIT_PLACE_AIRSIDE },
  { "leave-soon", MIL_EXIT_PLACE_AIRSIDE },    { "collect-refund", MIL_EXIT_PLACE_AFTER },
  { "keep-proof", MIL_EXIT_PLACE_AFTER },
};

static void
add_step (MilExitPlan *plan, const char *id, MilExitPlace place, const char *text, const char *country)
{
  MilExitStep *step = NULL;

  for (guint i = 0; i < plan->steps->len; i++)
    if (g_str_equal (((MilExitStep *) plan->steps->pdata[i])->text, text))
      return;
  step = g_new0 (MilExitStep, 1);
  step->id = country != NULL ? g_strdup_printf ("step-%s-%s", country, id) : g_strdup_printf ("step-%s", id);
  step->place = place;
  step->text = g_strdup (text);
  step->country = g_strdup (country);
  g_ptr_array_add (plan->steps, step);
}

static gboolean
has_step (const MilVerdict *verdict, const char *code)
{
  for (guint i = 0; i < verdict->steps->len; i++)
    if (g_str_equal (((MilStep *) verdict->steps->pdata[i])->code, code))
      return TRUE;
  return FALSE;
}

static void
add_steps (MilExitPlan *plan, const MilVerdict *verdict)
{
  for (guint i = 0; i < verdict->steps->len; i++)
    {
      const MilStep *step = verdict->steps->pdata[i];

      for (guint p = 0; p < G_N_ELEMENTS (places); p++)
        if (g_str_equal (places[p].code, step->code))
          add_step (plan, step->code, places[p].place, step->text, verdict->scheme);
    }
}

/* By rule, then by plan: what customs has not seen may not be in a bag that is handed in. */
static const char *
bag_of (const MilVerdict *verdict, MilBaggage baggage)
{
  if (has_step (verdict, "show-again-airside"))
    return C_ ("where goods travel", "In your hand luggage: it is shown again behind passport control");
  if (baggage == MIL_BAGGAGE_CARRIED)
    return C_ ("where goods travel", "In your hand luggage");
  if (baggage == MIL_BAGGAGE_CHECKED)
    return C_ ("where goods travel", "On top in the bag that you check in, after customs has seen it");
  return C_ ("where goods travel", "Within reach until customs has seen it");
}

static const char *
note_of (const MilVerdict *verdict)
{
  if (has_step (verdict, "sealed-bag"))
    return C_ ("goods", "Leave it in its sealed bag");
  if (has_step (verdict, "serial-number"))
    return C_ ("goods", "Its serial number must be on the form");
  return has_step (verdict, "show-to-customs") ? C_ ("goods", "The officer has to see this one") : NULL;
}

static void
add_goods (MilExitPlan *plan, MilReceiptRecord *receipt, const MilVerdict *verdict, MilBaggage baggage)
{
  const char *shop = mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_MERCHANT);

  for (guint i = 0; i < verdict->show->len; i++)
    {
      MilExitGood *good = g_new0 (MilExitGood, 1);

      good->id = g_strdup_printf ("goods-%s-%u", mil_receipt_record_get_id (receipt), i);
      good->text = g_strdup (verdict->show->pdata[i]);
      good->shop = g_strdup (shop != NULL && *shop != '\0' ? shop : C_ ("page", "Receipt"));
      good->country = g_strdup (mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_COUNTRY));
      good->bag = g_strdup (bag_of (verdict, baggage));
      good->note = g_strdup (note_of (verdict));
      good->claim_id = g_strdup (mil_receipt_record_get_claim_id (receipt));
      g_ptr_array_add (plan->goods, good);
    }
}

/* A form holds several receipts, and its verdict says everything once. */
static gboolean
is_first_of_form (const MilVerdict *verdict, const char *id)
{
  return verdict->purchases == NULL || verdict->purchases[0] == NULL || g_str_equal (verdict->purchases[0], id);
}

static void
add_receipt (MilExitPlan *plan, MilSession *session, MilReceiptRecord *receipt, MilBaggage baggage)
{
  MilReceiptSection section = mil_receipt_record_get_section (receipt);
  const MilVerdict *verdict = mil_receipt_record_get_verdict (receipt);
  const char       *claim_id = mil_receipt_record_get_claim_id (receipt);
  MilClaim         *claim = mil_session_find_claim (session, claim_id);

  if (section != MIL_SECTION_READY && section != MIL_SECTION_SHOW)
    return;
  if (section == MIL_SECTION_READY)
    g_ptr_array_add (plan->unclaimed, g_object_ref (receipt));
  else if (claim != NULL && !g_ptr_array_find (plan->claims, claim, NULL))
    g_ptr_array_add (plan->claims, g_object_ref (claim));
  if (verdict == NULL || !is_first_of_form (verdict, mil_receipt_record_get_id (receipt)))
    return;
  add_steps (plan, verdict);
  add_goods (plan, receipt, verdict, baggage);
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const MilExitStep *x = *(const MilExitStep *const *) a, *y = *(const MilExitStep *const *) b;

  return (int) x->place - (int) y->place;
}

/* The airport's own steps stand between those of the rules. */
static void
add_way (MilExitPlan *plan, MilBaggage baggage)
{
  if (baggage != MIL_BAGGAGE_CARRIED)
    add_step (plan, "bag-drop", MIL_EXIT_PLACE_BAG_DROP, _ ("Only now hand in your bags."), NULL);
  add_step (plan, "security", MIL_EXIT_PLACE_SECURITY, _ ("Go through security and passport control."), NULL);
}

static gint64
departure (const MilTripInfo *info)
{
  g_autoptr (GDateTime) local = NULL;
  int hour = 0, minute = 0;

  if (!mil_date_is_set (info->to) || info->departs == NULL || sscanf (info->departs, "%2d:%2d", &hour, &minute) != 2)
    return 0;
  local = g_date_time_new_local (info->to.year, info->to.month, info->to.day, hour, minute, 0);
  return local != NULL ? g_date_time_to_unix (local) * G_USEC_PER_SEC : 0;
}

/**
 * mil_exit_plan_new:
 * @session: a session
 * @trip: a trip
 *
 * What is to be done and shown where the trip leaves, from what this device knows. The time of departure is
 * taken in the zone that the device stands in.
 *
 * Returns: (transfer full): the plan
 */
MilExitPlan *
mil_exit_plan_new (MilSession *session, MilTrip *trip)
{
  MilExitPlan *plan = NULL;
  MilBaggage   baggage = MIL_BAGGAGE_UNKNOWN;
  GListModel  *receipts = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_TRIP (trip), NULL);

  plan = g_new0 (MilExitPlan, 1);
  plan->steps = g_ptr_array_new_with_free_func (step_free);
  plan->goods = g_ptr_array_new_with_free_func (good_free);
  plan->claims = g_ptr_array_new_with_free_func (g_object_unref);
  plan->unclaimed = g_ptr_array_new_with_free_func (g_object_unref);
  plan->departs_at = departure (mil_trip_get_info (trip));
  baggage = mil_trip_baggage (mil_trip_get_info (trip)->baggage);
  receipts = mil_session_get_receipts (session);
  for (guint i = 0; i < g_list_model_get_n_items (receipts); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (receipts, i);

      if (mil_session_trip_of (session, receipt) == trip)
        add_receipt (plan, session, receipt, baggage);
    }
  if (plan->steps->len > 0)
    add_way (plan, baggage);
  /* Stable: within one place the rules' own order stays. */
  g_ptr_array_sort (plan->steps, compare_steps);
  return plan;
}

/**
 * mil_exit_good_words:
 * @self: a piece of goods
 * @with_bag: whether to say where it travels
 *
 * What there is to say of it besides its name, a line each.
 *
 * Returns: (transfer full): the lines, "" for none
 */
char *
mil_exit_good_words (const MilExitGood *self, gboolean with_bag)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  /* Where a receipt names no goods, its shop stands for them. */
  if (!g_str_has_prefix (self->text, self->shop))
    g_strv_builder_add (lines, self->shop);
  if (with_bag)
    g_strv_builder_add (lines, self->bag);
  if (self->note != NULL)
    g_strv_builder_add (lines, self->note);
  list = g_strv_builder_end (lines);
  return g_strjoinv ("\n", list);
}
