/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-person-dialog.h"

#include <glib/gi18n.h>

#include "app/mil-focus.h"
#include "app/mil-toast.h"
#include "app/mil-wait.h"
#include "app/refunds/mil-person-words.h"
#include "app/scanner/mil-passport-page.h"
#include "app/widgets/mil-country-row.h"
#include "app/widgets/mil-day-row.h"
#include "app/widgets/mil-pressable.h"
#include "app/widgets/mil-region-row.h"

struct _MilPersonDialog
{
  AdwDialog parent_instance;

  AdwNavigationView *navigation;
  AdwBanner         *problem;
  GtkWidget         *done;
  GtkWidget         *missing;
  GtkLabel          *missing_text;
  AdwEntryRow       *surname;
  AdwEntryRow       *given_names;
  MilDayRow         *born;
  MilCountryRow     *nationality;
  MilCountryRow     *residence;
  MilRegionRow      *region;
  AdwComboRow       *status;
  AdwSwitchRow      *moving;
  AdwSpinRow        *abroad;
  AdwComboRow       *document_type;
  AdwEntryRow       *number;
  MilCountryRow     *issuer;
  MilDayRow         *expires;
  AdwEntryRow       *street;
  AdwEntryRow       *postcode;
  AdwEntryRow       *city;
  AdwEntryRow       *email;
  AdwEntryRow       *phone;
  GtkWidget         *forget;
  GtkWidget         *forget_row;

  MilSession  *session;  /* (owned) */
  MilPerson   *person;   /* (owned) (nullable): %NULL for somebody new */
  MilPersonal *personal; /* (owned) (nullable): what the keyring has; %NULL until it is known */
  char        *country;  /* (owned) (nullable): whose form is to be filled in */
  GtkWidget   *opener;   /* (weak) (nullable) */
  DexFuture   *working;  /* (owned) (nullable) */
  gboolean     filling;
};

G_DEFINE_FINAL_TYPE (MilPersonDialog, mil_person_dialog, ADW_TYPE_DIALOG)

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* As the choices stand in the list; the first is a visitor like most. */
static const MilTravellerFlags statuses[] = { MIL_TRAVELLER_NONE,    MIL_TRAVELLER_CREW,
                                              MIL_TRAVELLER_WORKER,  MIL_TRAVELLER_STUDENT,
                                              MIL_TRAVELLER_PERMIT,  MIL_TRAVELLER_DIPLOMAT,
                                              MIL_TRAVELLER_MILITARY };
static const char *const       document_types[] = { "passport", "id" };

static const char *
text_of (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
set_text (AdwEntryRow *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static char *
stripped (AdwEntryRow *row)
{
  char *text = g_strstrip (g_strdup (text_of (row)));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/* --- what is typed in --------------------------------------------------------------------------- */

/* As it stands in the document: without the blanks that people put in. */
static char *
typed_number (MilPersonDialog *self)
{
  g_autoptr (GString) number = g_string_new (NULL);

  for (const char *p = text_of (self->number); *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (number, g_unichar_toupper (g_utf8_get_char (p)));
  return number->len > 0 ? g_string_free (g_steal_pointer (&number), FALSE) : NULL;
}

static MilPersonal *
typed_personal (MilPersonDialog *self)
{
  MilPersonal *personal = mil_personal_new ();

  personal->number = typed_number (self);
  personal->street = stripped (self->street);
  personal->postcode = stripped (self->postcode);
  personal->city = stripped (self->city);
  personal->email = stripped (self->email);
  personal->phone = stripped (self->phone);
  return personal;
}

static GStrv
typed_status (MilPersonDialog *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint                chosen = MIN (adw_combo_row_get_selected (self->status), G_N_ELEMENTS (statuses) - 1);
  const MilPersonInfo *old = self->person != NULL ? mil_person_get_info (self->person) : NULL;

  if (statuses[chosen] != MIL_TRAVELLER_NONE)
    g_strv_builder_add (names, mil_traveller_flag_name (statuses[chosen]));
  if (adw_switch_row_get_active (self->moving))
    g_strv_builder_add (names, mil_traveller_flag_name (MIL_TRAVELLER_MOVING_OUT));
  if (old != NULL && (mil_person_flags (old) & MIL_TRAVELLER_TRADE))
    g_strv_builder_add (names, mil_traveller_flag_name (MIL_TRAVELLER_TRADE));
  return g_strv_builder_end (names);
}

/* The person as typed in: a record that owns its strings. */
static MilPerson *
typed_person (MilPersonDialog *self)
{
  const MilPersonInfo *old = self->person != NULL ? mil_person_get_info (self->person) : NULL;
  g_autoptr (MilPersonal) personal = typed_personal (self);
  g_autofree char *surname = stripped (self->surname);
  g_autofree char *given_names = stripped (self->given_names);
  g_auto (GStrv) status = typed_status (self);
  gboolean has_document = personal->number != NULL || (old != NULL && old->document_last4 != NULL)
                          || mil_country_row_get_country (self->issuer) != NULL
                          || mil_date_is_set (mil_day_row_get_date (self->expires));
  guint type = MIN (adw_combo_row_get_selected (self->document_type), G_N_ELEMENTS (document_types) - 1);
  MilPersonInfo info = {
    .id = old != NULL ? old->id : NULL,
    .name = surname,
    .surname = surname,
    .given_names = given_names,
    .residence = (char *) mil_country_row_get_country (self->residence),
    .region = (char *) mil_region_row_get_region (self->region),
    .nationality = (char *) mil_country_row_get_country (self->nationality),
    .born = mil_day_row_get_date (self->born),
    .status = status,
    .abroad_months = gtk_widget_get_visible (GTK_WIDGET (self->abroad)) ? (int) adw_spin_row_get_value (self->abroad) * 12 : 0,
    .has_address = self->personal == NULL && old != NULL ? old->has_address : mil_personal_has_address (personal),
    .document_type = has_document ? (char *) document_types[type] : NULL,
    .document_last4 = self->personal == NULL && old != NULL ? old->document_last4 : personal->number,
    .document_country = (char *) mil_country_row_get_country (self->issuer),
    .document_expires = mil_day_row_get_date (self->expires),
  };

  return mil_person_new (&info);
}

static const char *
find_problem (MilPersonDialog *self)
{
  g_autofree char *surname = stripped (self->surname);

  if (surname == NULL)
    return _ ("Write the surname as it stands in the passport.");
  if (mil_country_row_get_country (self->residence) == NULL)
    return _ ("Choose the country where this person lives.");
  if (mil_day_row_is_wrong (self->born))
    return _ ("Write the day of birth as year, month and day, such as 1990-02-28.");
  if (mil_day_row_is_wrong (self->expires))
    return _ ("Write how long the document is valid as year, month and day, such as 2031-08-01.");
  return NULL;
}

/* --- what follows from it ----------------------------------------------------------------------- */

static void
update (MilPersonDialog *self)
{
  g_autoptr (MilPerson) person = typed_person (self);
  const MilPersonInfo *info = mil_person_get_info (person);
  g_autofree char     *expired = mil_person_expired_text (info, mil_session_get_today (self->session));
  g_autofree char     *missing = mil_person_missing_text (info, self->country);
  g_autofree char     *text = expired != NULL && missing != NULL ? g_strjoin ("\n", expired, missing, NULL)
                                                                 : g_strdup (expired != NULL ? expired : missing);
  gboolean abroad = info->nationality != NULL && g_strcmp0 (info->nationality, info->residence) != 0;

  gtk_label_set_label (self->missing_text, text != NULL ? text : "");
  gtk_widget_set_visible (self->missing, text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->abroad), abroad);
}

static void
changed_cb (MilPersonDialog *self)
{
  g_assert (MIL_IS_PERSON_DIALOG (self));

  if (self->filling || self->session == NULL)
    return;
  adw_banner_set_revealed (self->problem, FALSE);
  update (self);
}

static void
residence_changed_cb (MilPersonDialog *self)
{
  g_assert (MIL_IS_PERSON_DIALOG (self));

  if (self->filling || self->session == NULL)
    return;
  mil_region_row_set_country (self->region, mil_country_row_get_country (self->residence));
  changed_cb (self);
}

static void
say_problem (MilPersonDialog *self, const char *text, const char *button)
{
  adw_banner_set_title (self->problem, text);
  adw_banner_set_button_label (self->problem, button);
  adw_banner_set_revealed (self->problem, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* --- filling in --------------------------------------------------------------------------------- */

static void
set_personal_sensitive (MilPersonDialog *self, gboolean sensitive)
{
  AdwEntryRow *rows[] = { self->number, self->street, self->postcode, self->city, self->email, self->phone };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_sensitive (GTK_WIDGET (rows[i]), sensitive);
}

static void
fill_personal (MilPersonDialog *self, const MilPersonal *personal)
{
  self->filling = TRUE;
  set_text (self->number, personal->number);
  set_text (self->street, personal->street);
  set_text (self->postcode, personal->postcode);
  set_text (self->city, personal->city);
  set_text (self->email, personal->email);
  set_text (self->phone, personal->phone);
  self->filling = FALSE;
  update (self);
}

static void
fill (MilPersonDialog *self, const MilPersonInfo *info)
{
  MilTravellerFlags flags = mil_person_flags (info);

  self->filling = TRUE;
  set_text (self->surname, info->surname);
  set_text (self->given_names, info->given_names);
  mil_day_row_set_date (self->born, info->born);
  mil_country_row_set_country (self->nationality, info->nationality);
  mil_country_row_set_country (self->residence, info->residence);
  mil_region_row_set_country (self->region, info->residence);
  mil_region_row_set_region (self->region, info->region);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (flags & statuses[i])
      adw_combo_row_set_selected (self->status, i);
  adw_switch_row_set_active (self->moving, (flags & MIL_TRAVELLER_MOVING_OUT) != 0);
  adw_spin_row_set_value (self->abroad, info->abroad_months / 12);
  adw_combo_row_set_selected (self->document_type, g_strcmp0 (info->document_type, "id") == 0 ? 1 : 0);
  mil_country_row_set_country (self->issuer, info->document_country);
  mil_day_row_set_date (self->expires, info->document_expires);
  self->filling = FALSE;
}

static void
loaded_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilPersonDialog *self = object;

  if (error != NULL)
    {
      say_problem (self, error->message, C_ ("button", "_Try Again"));
      return;
    }
  self->personal = g_value_dup_boxed (value);
  set_personal_sensitive (self, TRUE);
  fill_personal (self, self->personal);
}

/* Nothing that the keyring has can be lost: nothing is written to it before it is known what is there. */
static void
load (MilPersonDialog *self)
{
  dex_clear (&self->working);
  set_personal_sensitive (self, FALSE);
  self->working = mil_wait (self, mil_session_lookup_personal (self->session, self->person), loaded_cb, NULL);
}

static void
retry_cb (MilPersonDialog *self)
{
  g_assert (MIL_IS_PERSON_DIALOG (self));

  adw_banner_set_revealed (self->problem, FALSE);
  load (self);
}

/* --- keeping ------------------------------------------------------------------------------------ */

static gboolean
is_other (const MilPersonal *a, const MilPersonal *b)
{
  g_autofree char *x = mil_personal_to_secret (a);
  g_autofree char *y = mil_personal_to_secret (b);

  return !g_str_equal (x, y);
}

static void
finish (MilPersonDialog *self)
{
  g_signal_emit (self, signals[SAVED], 0, self->person);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
not_kept (MilPersonDialog *self, const GError *error)
{
  gtk_widget_set_sensitive (self->done, TRUE);
  say_problem (self, error->message, NULL);
}

static void
secret_kept_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  if (error != NULL)
    not_kept (object, error);
  else
    finish (object);
}

/* What has room on the disk is kept even where the keyring is locked; pressed again, it is the same person. */
static void
kept_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilPersonDialog *self = object;
  g_autoptr (MilPersonal) personal = NULL;

  if (error != NULL)
    {
      not_kept (self, error);
      return;
    }
  g_set_object (&self->person, g_value_get_object (value));
  personal = typed_personal (self);
  if (self->personal == NULL || !is_other (personal, self->personal))
    {
      finish (self);
      return;
    }
  dex_clear (&self->working);
  self->working = mil_wait (self, mil_session_store_personal (self->session, self->person, personal), secret_kept_cb, NULL);
}

static void
done_cb (MilPersonDialog *self)
{
  const char *problem = find_problem (self);
  g_autoptr (MilPerson) person = NULL;

  g_assert (MIL_IS_PERSON_DIALOG (self));

  if (problem != NULL)
    {
      say_problem (self, problem, NULL);
      return;
    }
  person = typed_person (self);
  gtk_widget_set_sensitive (self->done, FALSE);
  dex_clear (&self->working);
  self->working = mil_wait (self, mil_session_save_person (self->session, mil_person_get_info (person)), kept_cb, NULL);
}

static void
cancel_cb (MilPersonDialog *self)
{
  g_assert (MIL_IS_PERSON_DIALOG (self));

  adw_dialog_close (ADW_DIALOG (self));
}

/* --- forgetting --------------------------------------------------------------------------------- */

#define SESSION_KEY "mil-session"

static void
undo_forget_cb (gpointer object)
{
  mil_disown (mil_session_restore_person (g_object_get_data (object, SESSION_KEY), object), "take somebody back");
}

static void
forgotten_cb (gpointer object)
{
  mil_disown (mil_session_erase_person (g_object_get_data (object, SESSION_KEY), object), "forget somebody");
}

static void
forget_cb (MilPersonDialog *self)
{
  g_autofree char *text = NULL;

  g_assert (MIL_IS_PERSON_DIALOG (self));

  /* Translators: %s is the name of a person. */
  text = g_strdup_printf (_ ("%s is forgotten"), mil_person_get_info (self->person)->name);
  g_object_set_data_full (G_OBJECT (self->person), SESSION_KEY, g_object_ref (self->session), g_object_unref);
  mil_disown (mil_session_delete_person (self->session, self->person), "forget somebody");
  mil_toast_undo_or (self->opener != NULL ? self->opener : GTK_WIDGET (self), text, undo_forget_cb, forgotten_cb, G_OBJECT (self->person));
  adw_dialog_close (ADW_DIALOG (self));
}

/* --- the passport ------------------------------------------------------------------------------- */

static void
taken_cb (MilPersonDialog *self, const MilMrz *mrz, const char *residence)
{
  const char *issuer = mil_mrz_country (mrz->issuer);

  self->filling = TRUE;
  set_text (self->surname, mrz->surname);
  set_text (self->given_names, mrz->given_names);
  set_text (self->number, mrz->number);
  mil_day_row_set_date (self->born, mrz->birth);
  mil_day_row_set_date (self->expires, mrz->expiry);
  mil_country_row_set_country (self->nationality, mil_mrz_country (mrz->nationality));
  mil_country_row_set_country (self->issuer, issuer);
  adw_combo_row_set_selected (self->document_type, mrz->document_code[0] == 'P' ? 0 : 1);
  if (residence != NULL)
    {
      mil_country_row_set_country (self->residence, residence);
      mil_region_row_set_country (self->region, residence);
    }
  self->filling = FALSE;
  adw_navigation_view_pop (self->navigation);
  changed_cb (self);
}

static MilPassportPage *
push_passport_page (MilPersonDialog *self)
{
  MilPassportPage *page = mil_passport_page_new (mil_session_get_today (self->session), self->person == NULL);

  if (self->person != NULL)
    mil_passport_page_expect (page,
                              mil_person_get_info (self->person)->name,
                              mil_person_get_info (self->person)->surname);
  g_signal_connect_object (page, "taken", G_CALLBACK (taken_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
  return page;
}

static void
scan_cb (MilPersonDialog *self)
{
  g_assert (MIL_IS_PERSON_DIALOG (self));

  mil_passport_page_use_camera (push_passport_page (self));
}

static void
open_cb (MilPersonDialog *self)
{
  g_assert (MIL_IS_PERSON_DIALOG (self));

  mil_passport_page_choose_file (push_passport_page (self));
}

/* --- the object --------------------------------------------------------------------------------- */

static void
mil_person_dialog_dispose (GObject *object)
{
  MilPersonDialog *self = MIL_PERSON_DIALOG (object);

  self->filling = TRUE;
  dex_clear (&self->working);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_PERSON_DIALOG);
  g_clear_weak_pointer (&self->opener);
  g_clear_pointer (&self->personal, mil_personal_free);
  g_clear_pointer (&self->country, g_free);
  g_clear_object (&self->person);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_person_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, navigation);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, problem);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, done);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, missing);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, missing_text);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, surname);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, given_names);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, born);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, nationality);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, residence);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, region);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, status);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, moving);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, abroad);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, document_type);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, number);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, issuer);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, expires);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, street);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, postcode);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, city);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, email);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, phone);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, forget);
  gtk_widget_class_bind_template_child (klass, MilPersonDialog, forget_row);
}

static void
mil_person_dialog_class_init (MilPersonDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_person_dialog_dispose;

  /**
   * MilPersonDialog::saved:
   * @self: the dialog
   * @person: who it is, as kept
   *
   * Somebody new, or changed, is kept.
   */
  signals[SAVED] = g_signal_new ("saved", MIL_TYPE_PERSON_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MIL_TYPE_PERSON);

  g_type_ensure (MIL_TYPE_COUNTRY_ROW);
  g_type_ensure (MIL_TYPE_DAY_ROW);
  g_type_ensure (MIL_TYPE_REGION_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/person-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, residence_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
  gtk_widget_class_bind_template_callback (widget_class, scan_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
mil_person_dialog_init (MilPersonDialog *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  mil_pressable_make (self->forget_row);
  mil_pressable_make (GTK_WIDGET (self->status));
  mil_pressable_make (GTK_WIDGET (self->document_type));
  self->filling = FALSE;
}

/* Where the person of the first run lives is where a new traveller most often does. */
static void
fill_new (MilPersonDialog *self)
{
  fill (self, &(MilPersonInfo) { .residence = (char *) mil_session_get_home_country (self->session) });
  self->personal = mil_personal_new ();
  update (self);
}

/**
 * mil_person_dialog_present:
 * @session: the session that keeps the person
 * @person: (nullable): who it is; %NULL for somebody new
 * @country: (nullable): ISO 3166 code of the country whose form is to be filled in: what that needs is said
 * @opener: the widget that the dialog is shown over; says afterwards what was done
 *
 * Shows a person, to be filled in or changed.
 *
 * Returns: (transfer none): the dialog, which lives until it is closed
 */
MilPersonDialog *
mil_person_dialog_present (MilSession *session, MilPerson *person, const char *country, GtkWidget *opener)
{
  MilPersonDialog *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (person == NULL || MIL_IS_PERSON (person), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (opener), NULL);

  self = g_object_new (MIL_TYPE_PERSON_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->country = g_strdup (country);
  g_set_object (&self->person, person);
  g_set_weak_pointer (&self->opener, gtk_widget_get_parent (opener) != NULL ? gtk_widget_get_parent (opener) : opener);
  gtk_widget_set_visible (self->forget, person != NULL);
  if (person == NULL)
    fill_new (self);
  else
    {
      adw_dialog_set_title (ADW_DIALOG (self), mil_person_get_info (person)->name);
      fill (self, mil_person_get_info (person));
      update (self);
      load (self);
    }
  mil_focus_present (ADW_DIALOG (self), opener);
  return self;
}
