/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-airport-page.h"

#include <glib/gi18n.h>

#include "app/refunds/mil-code-page.h"
#include "app/refunds/mil-tick-row.h"
#include "app/refunds/mil-time-words.h"
#include "app/refunds/mil-verdict-words.h"
#include "app/widgets/mil-code.h"
#include "app/widgets/mil-header.h"
#include "app/widgets/mil-icon.h"
#include "app/widgets/mil-pressable.h"
#include "app/widgets/mil-scene.h"
#include "traveller/mil-exit-plan.h"

/* Often enough for a minute that is shown never to be an old one. */
#define TICK_SECONDS 5
#define MINUTE G_TIME_SPAN_MINUTE

struct _MilAirportPage
{
  AdwNavigationPage parent_instance;

  GtkStack            *stack;
  GtkWidget           *departure_card;
  GtkLabel            *minutes;
  GtkLabel            *minutes_words;
  GtkLabel            *place;
  AdwEntryRow         *departs;
  AdwPreferencesGroup *steps;
  GtkProgressBar      *progress;
  GtkBox              *codes;
  GtkWidget           *codes_title;
  AdwPreferencesGroup *unclaimed;
  AdwPreferencesGroup *goods;

  MilSession  *session; /* (owned) */
  MilTrip     *trip;    /* (owned) */
  MilExitPlan *plan;    /* (owned) */
  GPtrArray   *rows;    /* (owned) of unowned rows that were added */
  GPtrArray   *ticks;   /* (owned) of unowned MilTickRow: the steps */
  guint        timer;
  guint        update; /* idle source */
  gboolean     filling;
};

G_DEFINE_FINAL_TYPE (MilAirportPage, mil_airport_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- the time that is left ---------------------------------------------------------------------- */

static void
set_urgency (MilAirportPage *self, gint64 left)
{
  gtk_widget_remove_css_class (self->departure_card, "warning");
  gtk_widget_remove_css_class (self->departure_card, "error");
  if (self->plan->departs_at == 0)
    return;
  if (left < 60 * MINUTE)
    gtk_widget_add_css_class (self->departure_card, "error");
  else if (left < 180 * MINUTE)
    gtk_widget_add_css_class (self->departure_card, "warning");
}

static const char *
advice (gint64 left)
{
  if (left <= 0)
    return _ ("The time of departure has passed.");
  if (left < 60 * MINUTE)
    return _ ("until you leave. Bag drop is closing: ask your airline at once.");
  if (left < 180 * MINUTE)
    return _ ("until you leave. Go to customs now, before bag drop.");
  return _ ("until you leave. Bag drop often closes an hour before.");
}

static gboolean
update_minutes (gpointer data)
{
  MilAirportPage    *self = data;
  const MilTripInfo *info = mil_trip_get_info (self->trip);
  gint64             left = self->plan->departs_at - mil_clock_now (mil_session_get_clock (self->session));
  g_autofree char   *text = NULL;
  g_autofree char   *day = NULL;

  if (self->plan->departs_at != 0)
    text = mil_time_left_text (MAX (left, 0));
  else if (mil_date_is_set (info->to))
    text = mil_days_left_text (mil_date_days_until (mil_session_get_today (self->session), info->to));
  set_urgency (self, left);
  gtk_label_set_label (self->minutes, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->minutes), text != NULL);
  gtk_label_set_label (self->minutes_words,
                       self->plan->departs_at != 0 ? advice (left) : _ ("Say when you depart, to see the minutes that are left."));
  return G_SOURCE_CONTINUE;
}

static void
show_place (MilAirportPage *self)
{
  const MilTripInfo *info = mil_trip_get_info (self->trip);
  g_autofree char   *day = mil_date_is_set (info->to) ? mil_date_format (info->to) : NULL;
  g_autofree char   *text = mil_exit_text (info);

  if (day != NULL)
    {
      /* Translators: where one leaves, and on what day. */
      g_autofree char *both = g_strdup_printf (C_ ("way out", "%s · %s"), text, day);

      gtk_label_set_label (self->place, both);
    }
  else
    gtk_label_set_label (self->place, text);
}

static void
departs_applied_cb (MilAirportPage *self)
{
  MilTripInfo      info = *mil_trip_get_info (self->trip);
  const char      *typed = gtk_editable_get_text (GTK_EDITABLE (self->departs));
  g_autofree char *time = mil_time_parse (typed);

  g_assert (MIL_IS_AIRPORT_PAGE (self));

  if (typed[0] != '\0' && time == NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->departs), "error");
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->departs), "error");
  info.departs = time;
  mil_disown (mil_session_save_trip (self->session, &info), "keeping the time of departure");
}

/* --- steps -------------------------------------------------------------------------------------- */

static void
show_progress (MilAirportPage *self)
{
  guint       done = 0;
  MilTickRow *next = NULL;

  for (guint i = 0; i < self->ticks->len; i++)
    {
      MilTickRow *row = self->ticks->pdata[i];

      gtk_widget_remove_css_class (GTK_WIDGET (row), "next");
      if (mil_tick_row_get_ticked (row))
        done++;
      else if (next == NULL)
        next = row;
    }
  if (next != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (next), "next");
  gtk_progress_bar_set_fraction (self->progress, self->ticks->len > 0 ? (double) done / self->ticks->len : 0);
}

static const char *
place_name (MilExitPlace place)
{
  switch (place)
    {
    case MIL_EXIT_PLACE_BEFORE:
      return C_ ("way out", "Before you set out");
    case MIL_EXIT_PLACE_CUSTOMS:
      return C_ ("way out", "At customs, before bag drop");
    case MIL_EXIT_PLACE_BAG_DROP:
      return C_ ("way out", "At bag drop");
    case MIL_EXIT_PLACE_SECURITY:
      return C_ ("way out", "At security");
    case MIL_EXIT_PLACE_AIRSIDE:
      return C_ ("way out", "Behind passport control");
    case MIL_EXIT_PLACE_AFTER:
    default:
      return C_ ("way out", "Then");
    }
}

static void
add_row (MilAirportPage *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
fill_steps (MilAirportPage *self)
{
  g_ptr_array_set_size (self->ticks, 0);
  for (guint i = 0; i < self->plan->steps->len; i++)
    {
      const MilExitStep *step = self->plan->steps->pdata[i];
      GtkWidget *row = mil_tick_row_new (self->session, self->trip, step->id, step->text, place_name (step->place));

      gtk_widget_add_css_class (row, "property-like");
      mil_tick_row_set_number (MIL_TICK_ROW (row), i + 1);
      g_signal_connect_object (row, "ticked", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
      add_row (self, self->steps, row);
      g_ptr_array_add (self->ticks, row);
    }
  show_progress (self);
}

/* --- codes -------------------------------------------------------------------------------------- */

static void
code_clicked_cb (MilAirportPage *self, GtkWidget *button)
{
  MilClaim  *claim = g_object_get_data (G_OBJECT (button), "claim");
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  g_assert (MIL_IS_AIRPORT_PAGE (self));

  if (view != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), mil_code_page_new (claim));
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_LEFT);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_code_card (MilAirportPage *self, MilClaim *claim)
{
  const MilClaimInfo *info = mil_claim_get_info (claim);
  g_autofree char    *amount = mil_refund_range_text (info->estimate_low, info->estimate_high);
  /* Translators: a shop, and the number of the form for what was bought there; for screen readers. */
  g_autofree char *spoken = g_strdup_printf (C_ ("accessible", "Enlarge the code of %s, %s"), info->shop, info->number);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *code = mil_code_new ();
  GtkWidget *shop = new_label (info->shop, "heading");

  gtk_widget_set_hexpand (shop, TRUE);
  gtk_box_append (GTK_BOX (head), shop);
  if (amount != NULL)
    gtk_box_append (GTK_BOX (head), new_label (amount, "numeric"));
  mil_code_set (MIL_CODE (code), MIL_SYMBOL_GS1_128, info->number);
  gtk_widget_set_size_request (code, -1, 74);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), code);
  gtk_box_append (GTK_BOX (box), new_label (info->number, "numeric"));
  gtk_widget_set_halign (gtk_widget_get_last_child (box), GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "code-card");
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (button), "claim", g_object_ref (claim), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (code_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
fill_codes (MilAirportPage *self)
{
  GtkWidget *child = NULL;
  guint      n_codes = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->codes))) != NULL)
    gtk_box_remove (self->codes, child);
  for (guint i = 0; i < self->plan->claims->len; i++)
    if (mil_claim_get_info (self->plan->claims->pdata[i])->number != NULL)
      {
        gtk_box_append (self->codes, new_code_card (self, self->plan->claims->pdata[i]));
        n_codes++;
      }
  gtk_widget_set_visible (self->codes_title, n_codes > 0);
}

static void
receipt_activated_cb (MilAirportPage *self, AdwActionRow *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "id");

  g_assert (MIL_IS_AIRPORT_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "refunds.receipt", "s", id);
}

static void
add_unclaimed (MilAirportPage *self, const char *id, const char *shop, const char *words)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shop);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mil_icon_new ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  mil_pressable_make (row);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (receipt_activated_cb), self, G_CONNECT_SWAPPED);
  add_row (self, self->unclaimed, row);
}

/* What has no number yet cannot be shown: either nobody claimed it, or it waits for the network. */
static void
fill_unclaimed (MilAirportPage *self)
{
  guint n = 0;

  for (guint i = 0; i < self->plan->unclaimed->len; i++, n++)
    {
      MilReceiptRecord *receipt = self->plan->unclaimed->pdata[i];
      const char       *shop = mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_MERCHANT);

      add_unclaimed (self,
                     mil_receipt_record_get_id (receipt),
                     shop != NULL && *shop != '\0' ? shop : C_ ("page", "Receipt"),
                     _ ("Not claimed yet: claim it now"));
    }
  for (guint i = 0; i < self->plan->claims->len; i++)
    {
      const MilClaimInfo *info = mil_claim_get_info (self->plan->claims->pdata[i]);

      if (info->number != NULL || info->receipts == NULL || info->receipts[0] == NULL)
        continue;
      add_unclaimed (self, info->receipts[0], info->shop, _ ("Its form has not come yet: show the receipt itself"));
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->unclaimed), n > 0);
}

static void
fill_goods (MilAirportPage *self)
{
  for (guint i = 0; i < self->plan->goods->len; i++)
    {
      const MilExitGood *good = self->plan->goods->pdata[i];
      g_autofree char   *words = mil_exit_good_words (good, FALSE);

      add_row (self, self->goods, mil_tick_row_new (self->session, self->trip, good->id, good->text, words));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->goods), self->plan->goods->len > 0);
}

static void
clear_rows (MilAirportPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static gboolean
update_cb (gpointer data)
{
  MilAirportPage *self = data;
  const char     *departs = mil_trip_get_info (self->trip)->departs;

  self->update = 0;
  g_clear_pointer (&self->plan, mil_exit_plan_free);
  self->plan = mil_exit_plan_new (self->session, self->trip);
  gtk_stack_set_visible_child_name (self->stack, self->plan->steps->len > 0 ? "plan" : "empty");
  if (!gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->departs)))))
    gtk_editable_set_text (GTK_EDITABLE (self->departs), departs != NULL ? departs : "");
  clear_rows (self);
  show_place (self);
  fill_steps (self);
  fill_codes (self);
  fill_unclaimed (self);
  fill_goods (self);
  update_minutes (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (MilAirportPage *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
mil_airport_page_map (GtkWidget *widget)
{
  MilAirportPage *self = MIL_AIRPORT_PAGE (widget);

  GTK_WIDGET_CLASS (mil_airport_page_parent_class)->map (widget);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (TICK_SECONDS, update_minutes, self);
  update_minutes (self);
}

static void
mil_airport_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&MIL_AIRPORT_PAGE (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (mil_airport_page_parent_class)->unmap (widget);
}

static void
mil_airport_page_dispose (GObject *object)
{
  MilAirportPage *self = MIL_AIRPORT_PAGE (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->ticks, g_ptr_array_unref);
  g_clear_pointer (&self->plan, mil_exit_plan_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_AIRPORT_PAGE);
  g_clear_object (&self->trip);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_airport_page_parent_class)->dispose (object);
}

static void
mil_airport_page_class_init (MilAirportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_airport_page_dispose;
  widget_class->map = mil_airport_page_map;
  widget_class->unmap = mil_airport_page_unmap;

  g_type_ensure (MIL_TYPE_HEADER);
  g_type_ensure (MIL_TYPE_SCENE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/airport-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, departure_card);
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, minutes);
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, minutes_words);
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, place);
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, departs);
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, steps);
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, progress);
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, codes);
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, codes_title);
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, unclaimed);
  gtk_widget_class_bind_template_child (widget_class, MilAirportPage, goods);
  gtk_widget_class_bind_template_callback (widget_class, departs_applied_cb);
}

static void
mil_airport_page_init (MilAirportPage *self)
{
  self->rows = g_ptr_array_new ();
  self->ticks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_airport_page_new:
 * @session: the session that keeps the trip
 * @trip: the trip that is left
 *
 * Returns: (transfer floating): the page for the day of leaving
 */
AdwNavigationPage *
mil_airport_page_new (MilSession *session, MilTrip *trip)
{
  MilAirportPage *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_TRIP (trip), NULL);

  self = g_object_new (MIL_TYPE_AIRPORT_PAGE, NULL);
  self->session = g_object_ref (session);
  self->trip = g_object_ref (trip);
  g_signal_connect_object (trip, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::coming-back", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mil_session_get_receipts (session), "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mil_session_get_claims (session), "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
