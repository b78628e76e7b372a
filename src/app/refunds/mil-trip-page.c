/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-trip-page.h"

#include <glib/gi18n.h>

#include "app/mil-focus.h"
#include "app/refunds/mil-person-row.h"
#include "app/refunds/mil-receipt-row.h"
#include "app/refunds/mil-time-words.h"
#include "app/refunds/mil-trip-dialog.h"
#include "app/refunds/mil-verdict-words.h"
#include "app/widgets/mil-chip.h"
#include "app/widgets/mil-header.h"
#include "app/widgets/mil-pressable.h"
#include "base/mil-country.h"

/* From then on a deadline is near. */
#define SOON_DAYS 3
/* More of them would push the trip itself out of sight. */
#define MAX_DUE_ROWS 6

struct _MilTripPage
{
  AdwNavigationPage parent_instance;

  GtkLabel            *amount;
  GtkLabel            *amount_words;
  MilChip             *countdown;
  GtkLabel            *countdown_words;
  AdwActionRow        *dates;
  AdwActionRow        *country;
  AdwActionRow        *way_out;
  AdwActionRow        *bags;
  AdwPreferencesGroup *people;
  AdwPreferencesGroup *due;
  AdwPreferencesGroup *receipts;
  GtkWidget           *no_receipts;

  MilSession *session; /* (owned) */
  MilTrip    *trip;    /* (owned) */
  GPtrArray  *rows;    /* (owned) of unowned rows that were added */
  guint       update;  /* idle source */
};

G_DEFINE_FINAL_TYPE (MilTripPage, mil_trip_page, ADW_TYPE_NAVIGATION_PAGE)

static void
add_row (MilTripPage *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (MilTripPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/* --- the head ----------------------------------------------------------------------------------- */

static void
fill_head (MilTripPage *self)
{
  gboolean is_current = mil_session_get_current_trip (self->session) == self->trip;
  g_autoptr (MilMoney) coming = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *words = NULL;

  g_object_get (self->session, "coming-back-trip", &coming, NULL);
  words = mil_amount_back_text (is_current && coming != NULL ? *coming : (MilMoney) { 0 },
                                mil_session_get_arrived (self->session, self->trip),
                                &amount);
  gtk_label_set_label (self->amount, amount != NULL ? amount : "");
  gtk_widget_set_visible (GTK_WIDGET (self->amount), amount != NULL);
  gtk_label_set_label (self->amount_words, words != NULL ? words : _ ("Nothing comes back from this trip yet."));
}

static void
set_countdown (MilChip *chip, int days)
{
  g_autofree char *text = mil_days_left_text (days);

  mil_chip_set (chip,
                days < 0            ? MIL_TONE_BAD
                : days <= SOON_DAYS ? MIL_TONE_SOON
                                    : MIL_TONE_PLAIN,
                days < 0 ? "window-close-symbolic" : "milione-clock-symbolic",
                text);
}

static void
fill_countdown (MilTripPage *self, GPtrArray *days)
{
  MilDate          today = mil_session_get_today (self->session);
  const MilDueDay *next = NULL;

  for (guint i = 0; i < days->len && next == NULL; i++)
    if (mil_date_days_until (today, ((MilDueDay *) days->pdata[i])->day) >= 0)
      next = days->pdata[i];
  gtk_widget_set_visible (GTK_WIDGET (self->countdown), next != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->countdown_words), next != NULL);
  if (next == NULL)
    return;
  set_countdown (self->countdown, mil_date_days_until (today, next->day));
  gtk_label_set_label (self->countdown_words, next->title);
}

/* --- how it goes -------------------------------------------------------------------------------- */

static char *
days_text (const MilTripInfo *info)
{
  g_autofree char *from = mil_date_is_set (info->from) ? mil_date_format_short (info->from) : NULL;
  g_autofree char *to = mil_date_is_set (info->to) ? mil_date_format (info->to) : NULL;

  if (from != NULL && to != NULL)
    /* Translators: first and last day of a trip. */
    return g_strdup_printf (C_ ("range of days", "%s – %s"), from, to);
  return g_strdup (to != NULL ? to : from != NULL ? from : C_ ("trip", "Not told yet"));
}

static char *
countries_text (MilTripPage *self, const MilTripInfo *info)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *flag = mil_country_flag (info->country);
  g_autoptr (GString) text = g_string_new (NULL);
  GListModel *receipts = mil_session_get_receipts (self->session);

  g_string_append_printf (text, "%s  %s", flag, mil_country_name (info->country));
  g_hash_table_add (known, info->country);
  for (guint i = 0; i < g_list_model_get_n_items (receipts); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (receipts, i);
      const char      *country = mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_COUNTRY);
      g_autofree char *other = NULL;

      if (g_strcmp0 (mil_receipt_record_get_trip_id (receipt), info->id) != 0 || country == NULL
          || mil_country_name (country) == NULL || !g_hash_table_add (known, (gpointer) country))
        continue;
      other = mil_country_flag (country);
      g_string_append_printf (text, "   %s  %s", other, mil_country_name (country));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
way_out_text (const MilTripInfo *info)
{
  g_autofree char *exit = mil_exit_text (info);

  if (info->departs == NULL)
    return g_steal_pointer (&exit);
  /* Translators: where one leaves, and the time of day. */
  return g_strdup_printf (C_ ("way out", "%s, at %s"), exit, info->departs);
}

static const char *
bags_text (const char *baggage)
{
  if (g_strcmp0 (baggage, "checked") == 0)
    return C_ ("where goods travel", "In a bag that is checked in: customs comes before bag drop");
  if (g_strcmp0 (baggage, "carried") == 0)
    return C_ ("where goods travel", "In your hand luggage");
  return C_ ("where goods travel", "Not told yet: keep them out of the bag that you check in");
}

static void
fill_facts (MilTripPage *self, const MilTripInfo *info)
{
  g_autofree char *days = days_text (info);
  g_autofree char *countries = countries_text (self, info);
  g_autofree char *way_out = way_out_text (info);

  adw_action_row_set_subtitle (self->dates, days);
  adw_action_row_set_subtitle (self->country, countries);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->way_out),
                                 mil_country_in_eu (info->exit_country != NULL ? info->exit_country : info->country)
                                     ? C_ ("trip", "Where you leave the European Union")
                                     : C_ ("trip", "Where you leave"));
  adw_action_row_set_subtitle (self->way_out, way_out);
  adw_action_row_set_subtitle (self->bags, bags_text (info->baggage));
}

static void
fill_people (MilTripPage *self, const MilTripInfo *info)
{
  GListModel *people = G_LIST_MODEL (info->travellers);
  guint       n = people != NULL ? g_list_model_get_n_items (people) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MilPerson) person = g_list_model_get_item (people, i);
      GtkWidget *row = mil_person_row_new (self->session, person, MIL_PERSON_BUTTON_NONE);

      mil_person_row_set_country (MIL_PERSON_ROW (row), info->country);
      add_row (self, self->people, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->people), n > 0);
}

/* --- what is due -------------------------------------------------------------------------------- */

static void
due_activated_cb (MilTripPage *self, AdwActionRow *row)
{
  const MilDueDay *due = g_object_get_data (G_OBJECT (row), "due");

  g_assert (MIL_IS_TRIP_PAGE (self));

  if (due->claim_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.claim", "s", due->claim_id);
  else if (due->receipt_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "refunds.receipt", "s", due->receipt_id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "refunds.airport", NULL);
}

static void
add_due (MilTripPage *self, const MilDueDay *due)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *chip = mil_chip_new ();
  g_autofree char *day = mil_date_format (due->day);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), due->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), day);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  set_countdown (MIL_CHIP (chip), mil_date_days_until (mil_session_get_today (self->session), due->day));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), chip);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  mil_pressable_make (row);
  g_object_set_data_full (G_OBJECT (row), "due", mil_due_day_copy (due), (GDestroyNotify) mil_due_day_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (due_activated_cb), self, G_CONNECT_SWAPPED);
  add_row (self, self->due, row);
}

/* --- receipts ----------------------------------------------------------------------------------- */

static void
receipt_activated_cb (MilTripPage *self, MilReceiptRow *row)
{
  MilReceiptRecord *receipt = mil_receipt_row_get_receipt (row);
  const char       *claim_id = mil_receipt_record_get_claim_id (receipt);

  g_assert (MIL_IS_TRIP_PAGE (self));

  if (claim_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.claim", "s", claim_id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "refunds.receipt", "s", mil_receipt_record_get_id (receipt));
}

static void
fill_receipts (MilTripPage *self, const MilTripInfo *info)
{
  GListModel *receipts = mil_session_get_receipts (self->session);
  guint       n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (receipts); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (receipts, i);
      GtkWidget *row = NULL;

      if (g_strcmp0 (mil_receipt_record_get_trip_id (receipt), info->id) != 0)
        continue;
      row = mil_receipt_row_new (self->session, receipt);
      g_signal_connect_object (row, "activated", G_CALLBACK (receipt_activated_cb), self, G_CONNECT_SWAPPED);
      add_row (self, self->receipts, row);
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->receipts), n > 0);
  gtk_widget_set_visible (self->no_receipts, n == 0);
}

static gboolean
update_cb (gpointer data)
{
  MilTripPage       *self = data;
  const MilTripInfo *info = mil_trip_get_info (self->trip);
  g_autoptr (GPtrArray) days = mil_session_list_due_days (self->session, self->trip);

  self->update = 0;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), info->title);
  clear_rows (self);
  fill_head (self);
  fill_countdown (self, days);
  fill_facts (self, info);
  fill_people (self, info);
  for (guint i = 0; i < MIN (days->len, MAX_DUE_ROWS); i++)
    add_due (self, days->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->due), days->len > 0);
  fill_receipts (self, info);
  return G_SOURCE_REMOVE;
}

static void
queue_update (MilTripPage *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
edit_cb (MilTripPage *self)
{
  g_assert (MIL_IS_TRIP_PAGE (self));

  mil_focus_present (ADW_DIALOG (mil_trip_dialog_new (self->session, self->trip)), GTK_WIDGET (self));
}

static void
mil_trip_page_dispose (GObject *object)
{
  MilTripPage *self = MIL_TRIP_PAGE (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_TRIP_PAGE);
  g_clear_object (&self->trip);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_trip_page_parent_class)->dispose (object);
}

static void
mil_trip_page_class_init (MilTripPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_trip_page_dispose;

  g_type_ensure (MIL_TYPE_CHIP);
  g_type_ensure (MIL_TYPE_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/trip-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, amount);
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, amount_words);
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, countdown);
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, countdown_words);
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, dates);
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, country);
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, way_out);
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, bags);
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, people);
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, due);
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, receipts);
  gtk_widget_class_bind_template_child (widget_class, MilTripPage, no_receipts);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
}

static void
mil_trip_page_init (MilTripPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_trip_page_new:
 * @session: the session that keeps the trip
 * @trip: the trip
 *
 * Returns: (transfer floating): a page that shows it
 */
AdwNavigationPage *
mil_trip_page_new (MilSession *session, MilTrip *trip)
{
  MilTripPage *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_TRIP (trip), NULL);

  self = g_object_new (MIL_TYPE_TRIP_PAGE, NULL);
  self->session = g_object_ref (session);
  self->trip = g_object_ref (trip);
  g_signal_connect_object (trip, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mil_trip_get_info (trip)->travellers, "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::coming-back", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::coming-back-trip", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mil_session_get_receipts (session), "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mil_session_get_claims (session), "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
