/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-trip-dialog.h"

#include <glib/gi18n.h>

#include "app/refunds/mil-person-dialog.h"
#include "app/refunds/mil-person-row.h"
#include "app/refunds/mil-time-words.h"
#include "app/widgets/mil-country-row.h"
#include "app/widgets/mil-date-row.h"
#include "app/widgets/mil-pressable.h"

/* What a new trip takes unless told otherwise. */
#define USUAL_DAYS 10

struct _MilTripDialog
{
  AdwDialog parent_instance;

  AdwBanner           *problem;
  GtkWidget           *save;
  MilCountryRow       *country;
  MilDateRow          *from;
  MilDateRow          *to;
  MilCountryRow       *exit_country;
  AdwEntryRow         *exit_point;
  AdwComboRow         *baggage;
  AdwEntryRow         *departs;
  AdwPreferencesGroup *people;
  AdwPreferencesGroup *others;

  MilSession *session; /* (owned) */
  MilTrip    *trip;    /* (owned) (nullable): the one that is changed */
  GPtrArray  *rows;    /* (owned) of unowned MilPersonRow: who is on the trip */
  GPtrArray  *known;   /* (owned) of unowned MilPersonRow: who is not */
  char       *time;    /* (owned) (nullable): of departure, as it is kept */
  gboolean    filling;
};

G_DEFINE_FINAL_TYPE (MilTripDialog, mil_trip_dialog, ADW_TYPE_DIALOG)

static void save_draft (MilTripDialog *self);

/* --- who travels -------------------------------------------------------------------------------- */

static const char *
id_of (MilPersonRow *row)
{
  return mil_person_get_info (mil_person_row_get_person (row))->id;
}

static gboolean
is_on_the_trip (MilTripDialog *self, MilPerson *person)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (id_of (self->rows->pdata[i]), mil_person_get_info (person)->id) == 0)
      return TRUE;
  return FALSE;
}

static void
remove_row (AdwPreferencesGroup *group, GPtrArray *rows, MilPersonRow *row)
{
  g_ptr_array_remove (rows, row);
  adw_preferences_group_remove (group, GTK_WIDGET (row));
}

/* The keyboard follows somebody from one list to the other. */
static void
follow (GPtrArray *rows, MilPerson *person)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (id_of (rows->pdata[i]), mil_person_get_info (person)->id) == 0)
      mil_person_row_focus_button (rows->pdata[i]);
}

static void fill_others (MilTripDialog *self);

static void
taken_off_cb (MilTripDialog *self, MilPersonRow *row)
{
  g_autoptr (MilPerson) person = g_object_ref (mil_person_row_get_person (row));

  g_assert (MIL_IS_TRIP_DIALOG (self));

  remove_row (self->people, self->rows, row);
  fill_others (self);
  follow (self->known, person);
  save_draft (self);
}

static void
add_person (MilTripDialog *self, MilPerson *person)
{
  GtkWidget *row = NULL;

  if (is_on_the_trip (self, person))
    return;
  row = mil_person_row_new (self->session, person, MIL_PERSON_BUTTON_REMOVE);
  mil_person_row_set_country (MIL_PERSON_ROW (row), mil_country_row_get_country (self->country));
  g_signal_connect_object (row, "pressed", G_CALLBACK (taken_off_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->people, row);
  g_ptr_array_add (self->rows, row);
}

static void
put_on_cb (MilTripDialog *self, MilPersonRow *row)
{
  g_autoptr (MilPerson) person = g_object_ref (mil_person_row_get_person (row));

  g_assert (MIL_IS_TRIP_DIALOG (self));

  add_person (self, person);
  fill_others (self);
  follow (self->rows, person);
  save_draft (self);
}

/* Who is known and not on the trip. */
static void
fill_others (MilTripDialog *self)
{
  GListModel *people = mil_session_get_people (self->session);

  while (self->known->len > 0)
    remove_row (self->others, self->known, self->known->pdata[0]);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (MilPerson) person = g_list_model_get_item (people, i);
      GtkWidget *row = NULL;

      if (is_on_the_trip (self, person))
        continue;
      row = mil_person_row_new (self->session, person, MIL_PERSON_BUTTON_ADD);
      g_signal_connect_object (row, "pressed", G_CALLBACK (put_on_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->others, row);
      g_ptr_array_add (self->known, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->others), self->known->len > 0);
}

/* Somebody who was forgotten meanwhile goes off the trip that is being planned too, and comes back when taken back. */
static void
people_changed_cb (MilTripDialog *self)
{
  GListModel *people = mil_session_get_people (self->session);

  g_assert (MIL_IS_TRIP_DIALOG (self));

  for (guint i = self->rows->len; i > 0; i--)
    if (mil_record_list_find (people, id_of (self->rows->pdata[i - 1]), NULL) == NULL)
      remove_row (self->people, self->rows, self->rows->pdata[i - 1]);
  fill_others (self);
  save_draft (self);
}

/* As the choices stand in the list. */
static const char *const baggage_words[] = { NULL, "checked", "carried" };

static const char *
typed_departure (MilTripDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->departs));
}

static MilTripInfo
form_info (MilTripDialog *self)
{
  MilTripInfo info = { 0 };

  info.id = self->trip != NULL ? mil_trip_get_info (self->trip)->id : NULL;
  info.country = (char *) mil_country_row_get_country (self->country);
  info.from = mil_date_row_get_date (self->from);
  info.to = mil_date_row_get_date (self->to);
  info.exit_country = (char *) mil_country_row_get_country (self->exit_country);
  info.exit_point = (char *) gtk_editable_get_text (GTK_EDITABLE (self->exit_point));
  info.baggage = (char *) baggage_words[MIN (adw_combo_row_get_selected (self->baggage), G_N_ELEMENTS (baggage_words) - 1)];
  g_free (self->time);
  info.departs = self->time = mil_time_parse (typed_departure (self));
  info.travellers = g_list_store_new (MIL_TYPE_PERSON);
  for (guint i = 0; i < self->rows->len; i++)
    g_list_store_append (info.travellers, mil_person_row_get_person (self->rows->pdata[i]));
  return info;
}

static void
save_draft (MilTripDialog *self)
{
  g_autoptr (GListStore) travellers = NULL;
  g_autoptr (MilTrip) trip = NULL;
  g_autoptr (JsonNode) json = NULL;
  MilTripInfo info = { 0 };

  if (self->filling || self->trip != NULL)
    return;
  info = form_info (self);
  travellers = info.travellers;
  trip = mil_trip_new (&info);
  json = mil_record_to_json (MIL_RECORD (trip));
  mil_session_save_draft (self->session, MIL_DRAFT_TRIP, json);
}

static void
fill (MilTripDialog *self, const MilTripInfo *info)
{
  GListModel *travellers = G_LIST_MODEL (info->travellers);

  self->filling = TRUE;
  mil_country_row_set_country (self->country, info->country);
  mil_date_row_set_date (self->from, info->from);
  mil_date_row_set_date (self->to, info->to);
  mil_country_row_set_country (self->exit_country, info->exit_country);
  gtk_editable_set_text (GTK_EDITABLE (self->exit_point), info->exit_point != NULL ? info->exit_point : "");
  gtk_editable_set_text (GTK_EDITABLE (self->departs), info->departs != NULL ? info->departs : "");
  for (guint i = 0; i < G_N_ELEMENTS (baggage_words); i++)
    if (g_strcmp0 (baggage_words[i], info->baggage) == 0)
      adw_combo_row_set_selected (self->baggage, i);
  for (guint i = 0; travellers != NULL && i < g_list_model_get_n_items (travellers); i++)
    {
      g_autoptr (MilPerson) person = g_list_model_get_item (travellers, i);
      MilPerson *known = mil_record_list_find (mil_session_get_people (self->session),
                                               mil_person_get_info (person)->id,
                                               NULL);

      if (known != NULL)
        add_person (self, known);
    }
  self->filling = FALSE;
}

static void
fill_new (MilTripDialog *self)
{
  g_autoptr (JsonNode) draft = mil_session_load_draft (self->session, MIL_DRAFT_TRIP);
  g_autoptr (MilRecord) record = draft != NULL ? mil_record_new_from_json (MIL_TYPE_TRIP, draft, NULL) : NULL;
  GListModel *people = mil_session_get_people (self->session);
  MilDate     today = mil_session_get_today (self->session);

  if (record != NULL)
    {
      fill (self, mil_trip_get_info (MIL_TRIP (record)));
      return;
    }
  mil_date_row_set_date (self->from, today);
  mil_date_row_set_date (self->to, mil_date_add_days (today, USUAL_DAYS));
  if (g_list_model_get_n_items (people) > 0)
    {
      g_autoptr (MilPerson) person = g_list_model_get_item (people, 0);

      add_person (self, person);
    }
}

static void
changed_cb (MilTripDialog *self)
{
  g_assert (MIL_IS_TRIP_DIALOG (self));

  adw_banner_set_revealed (self->problem, FALSE);
  save_draft (self);
}

static void
country_changed_cb (MilTripDialog *self)
{
  g_assert (MIL_IS_TRIP_DIALOG (self));

  if (!self->filling && mil_country_row_get_country (self->exit_country) == NULL)
    mil_country_row_set_country (self->exit_country, mil_country_row_get_country (self->country));
  for (guint i = 0; i < self->rows->len; i++)
    mil_person_row_set_country (self->rows->pdata[i], mil_country_row_get_country (self->country));
  changed_cb (self);
}

static void
new_person_cb (MilTripDialog *self, MilPerson *person)
{
  add_person (self, person);
  fill_others (self);
  changed_cb (self);
}

static void
add_person_cb (MilTripDialog *self)
{
  MilPersonDialog *dialog = NULL;

  g_assert (MIL_IS_TRIP_DIALOG (self));

  dialog = mil_person_dialog_present (self->session, NULL, mil_country_row_get_country (self->country), GTK_WIDGET (self->people));
  g_signal_connect_object (dialog, "saved", G_CALLBACK (new_person_cb), self, G_CONNECT_SWAPPED);
}

static void
say_problem (MilTripDialog *self, const char *text)
{
  adw_banner_set_title (self->problem, text);
  adw_banner_set_revealed (self->problem, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static const char *
find_problem (MilTripDialog *self, const MilTripInfo *info)
{
  if (info->country == NULL)
    return _ ("Say which country the trip goes to.");
  if (!mil_date_is_set (info->from) || !mil_date_is_set (info->to))
    return _ ("Choose the first and the last day.");
  if (mil_date_compare (info->to, info->from) < 0)
    return _ ("The last day is before the first one.");
  if (info->exit_country == NULL)
    return _ ("Say from which country you leave.");
  if (typed_departure (self)[0] != '\0' && info->departs == NULL)
    return _ ("Write the time of departure with hours and minutes, such as 14:20.");
  return self->rows->len == 0 ? _ ("Add at least one traveller.") : NULL;
}

static DexFuture *
save_fiber (gpointer data)
{
  MilTripDialog *self = data;
  MilTripInfo    info = form_info (self);
  g_autoptr (GListStore) travellers = info.travellers;
  g_autoptr (GError) error = NULL;
  g_autoptr (MilTrip) trip = mil_await_pointer (mil_session_save_trip (self->session, &info), &error);

  if (trip != NULL)
    mil_await (mil_session_set_current_trip (self->session, trip), &error);
  gtk_widget_set_sensitive (self->save, TRUE);
  if (error != NULL)
    {
      say_problem (self, error->message);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  mil_session_save_draft (self->session, MIL_DRAFT_TRIP, NULL);
  adw_dialog_close (ADW_DIALOG (self));
  return dex_future_new_for_boolean (TRUE);
}

static void
save_cb (MilTripDialog *self)
{
  MilTripInfo info = form_info (self);
  g_autoptr (GListStore) travellers = info.travellers;
  const char *problem = find_problem (self, &info);

  g_assert (MIL_IS_TRIP_DIALOG (self));

  if (problem != NULL)
    {
      say_problem (self, problem);
      return;
    }
  gtk_widget_set_sensitive (self->save, FALSE);
  mil_disown (mil_spawn (save_fiber, g_object_ref (self), g_object_unref), "saving a trip");
}

static void
cancel_cb (MilTripDialog *self)
{
  g_assert (MIL_IS_TRIP_DIALOG (self));

  if (self->trip == NULL)
    mil_session_save_draft (self->session, MIL_DRAFT_TRIP, NULL);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
mil_trip_dialog_dispose (GObject *object)
{
  MilTripDialog *self = MIL_TRIP_DIALOG (object);

  self->filling = TRUE;
  while (self->rows != NULL && self->rows->len > 0)
    remove_row (self->people, self->rows, self->rows->pdata[0]);
  while (self->known != NULL && self->known->len > 0)
    remove_row (self->others, self->known, self->known->pdata[0]);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_TRIP_DIALOG);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_ptr_array_unref);
  g_clear_pointer (&self->time, g_free);
  g_clear_object (&self->trip);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_trip_dialog_parent_class)->dispose (object);
}

static void
mil_trip_dialog_class_init (MilTripDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_trip_dialog_dispose;

  g_type_ensure (MIL_TYPE_COUNTRY_ROW);
  g_type_ensure (MIL_TYPE_DATE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/trip-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MilTripDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, MilTripDialog, save);
  gtk_widget_class_bind_template_child (widget_class, MilTripDialog, country);
  gtk_widget_class_bind_template_child (widget_class, MilTripDialog, from);
  gtk_widget_class_bind_template_child (widget_class, MilTripDialog, to);
  gtk_widget_class_bind_template_child (widget_class, MilTripDialog, exit_country);
  gtk_widget_class_bind_template_child (widget_class, MilTripDialog, exit_point);
  gtk_widget_class_bind_template_child (widget_class, MilTripDialog, baggage);
  gtk_widget_class_bind_template_child (widget_class, MilTripDialog, departs);
  gtk_widget_class_bind_template_child (widget_class, MilTripDialog, people);
  gtk_widget_class_bind_template_child (widget_class, MilTripDialog, others);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, country_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_person_cb);
}

static void
mil_trip_dialog_init (MilTripDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->known = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  mil_pressable_make (GTK_WIDGET (self->baggage));
  self->filling = FALSE;
}

/**
 * mil_trip_dialog_new:
 * @session: the session that keeps trips
 * @trip: (nullable): the trip to change, or %NULL to plan one
 *
 * Returns: (transfer floating): a dialog, not presented yet
 */
MilTripDialog *
mil_trip_dialog_new (MilSession *session, MilTrip *trip)
{
  MilTripDialog *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (trip == NULL || MIL_IS_TRIP (trip), NULL);

  self = g_object_new (MIL_TYPE_TRIP_DIALOG, NULL);
  self->session = g_object_ref (session);
  g_set_object (&self->trip, trip);
  if (trip != NULL)
    fill (self, mil_trip_get_info (trip));
  else
    fill_new (self);
  fill_others (self);
  g_signal_connect_object (mil_session_get_people (session), "items-changed", G_CALLBACK (people_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
