/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-passport-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/mil-wait.h"
#include "app/scanner/mil-scan-guide.h"
#include "app/scanner/mil-viewfinder.h"
#include "app/widgets/mil-country-row.h"
#include "base/mil-country.h"
#include "scan/mil-scanner.h"

/* Without the two lines for this long, the page says what would help. */
#define PATIENCE_US (4 * G_USEC_PER_SEC)
/* Lines whose check digits are wrong are believed when so many frames say the same. */
#define WRONG_FRAMES 4

struct _MilPassportPage
{
  AdwNavigationPage parent_instance;

  GtkStack            *stack;
  MilViewfinder       *viewfinder;
  GtkWidget           *camera_button;
  AdwBanner           *problem;
  GtkWidget           *verdict;
  GtkImage            *verdict_icon;
  GtkLabel            *verdict_text;
  GtkLabel            *expired;
  GtkLabel            *other;
  AdwActionRow        *name;
  AdwActionRow        *number;
  AdwActionRow        *nationality;
  AdwActionRow        *born;
  AdwActionRow        *expires;
  AdwActionRow        *issuer;
  GtkImage            *number_check;
  GtkImage            *born_check;
  GtkImage            *expires_check;
  AdwPreferencesGroup *question;
  GtkButton           *suggestion;
  MilCountryRow       *residence;
  GtkWidget           *use;

  MilDate     today;
  MilMrz     *mrz;     /* (owned) (nullable): what is shown */
  char       *person;  /* (owned) (nullable): whose it is expected to be */
  char       *surname; /* (owned) (nullable): that person's */
  char       *wrong;   /* (owned) (nullable): the number in lines whose check digits are wrong */
  guint       n_wrong; /* how many frames said so */
  MilScanner *scanner; /* (owned) (nullable) */
  DexFuture  *reading; /* (owned) (nullable) */
  gboolean    ask_residence;
  gboolean    shown;
  gboolean    wants_camera;
  gint64      seen_at; /* when the lines were seen last */
};

G_DEFINE_FINAL_TYPE (MilPassportPage, mil_passport_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- what was read ------------------------------------------------------------------------------ */

static void
set_check (GtkImage *image, gboolean right)
{
  const char *text = right ? C_ ("check digit", "The check digit is right")
                           : C_ ("check digit", "The check digit does not fit");

  gtk_image_set_from_icon_name (image, right ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (image), right ? "warning" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (image), right ? "success" : "warning");
  gtk_widget_set_tooltip_text (GTK_WIDGET (image), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
set_day (AdwActionRow *row, MilDate date)
{
  g_autofree char *text = mil_date_is_set (date) ? mil_date_format (date) : g_strdup (C_ ("passport", "Not told"));

  adw_action_row_set_subtitle (row, text);
}

/* A state that ISO 3166 does not list stands as it does in the document. */
static void
set_country (AdwActionRow *row, const char *code)
{
  const char      *country = mil_mrz_country (code);
  g_autofree char *flag = mil_country_flag (country);
  g_autofree char *text = country != NULL ? g_strdup_printf ("%s  %s", flag, mil_country_name (country))
                                          : g_strdup (code);

  adw_action_row_set_subtitle (row, text);
}

static void
fill_verdict (MilPassportPage *self)
{
  gboolean over = mil_date_is_set (self->mrz->expiry) && mil_date_compare (self->mrz->expiry, self->today) < 0;
  g_autofree char *day = over ? mil_date_format (self->mrz->expiry) : NULL;
  g_autofree char *expired
      = over ? g_strdup_printf (_ ("It expired on %s. Shops and customs want a document that is valid."), day) : NULL;
  const char *text = self->mrz->valid
                         ? _ ("Read, and all check digits are right.")
                         : _ ("A check digit does not fit. Compare every line with the document.");

  gtk_image_set_from_icon_name (self->verdict_icon, self->mrz->valid ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (self->verdict, self->mrz->valid ? "warning" : "success");
  gtk_widget_add_css_class (self->verdict, self->mrz->valid ? "success" : "warning");
  gtk_label_set_label (self->verdict_text, text);
  gtk_label_set_label (self->expired, over ? expired : "");
  gtk_widget_set_visible (GTK_WIDGET (self->expired), over);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* "VAN DER BERG" and "van der Berg" are the same; marks on letters are gone in the lines, and what is written
 * in other letters cannot be compared with them. */
static gboolean
is_same_name (const char *a, const char *b)
{
  g_autofree char *x = g_str_to_ascii (a, "C");
  g_autofree char *y = g_str_to_ascii (b, "C");

  return strchr (x, '?') != NULL || g_ascii_strcasecmp (x, y) == 0;
}

static void
fill_other (MilPassportPage *self)
{
  gboolean         other = self->surname != NULL && !is_same_name (self->surname, self->mrz->surname);
  g_autofree char *text = NULL;

  if (other)
    /* Translators: %s is the name of a person. */
    text = g_strdup_printf (_ ("This is another name than %s: using it makes that person somebody else."), self->person);
  gtk_label_set_label (self->other, other ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->other), other);
}

static void
residence_changed_cb (MilPassportPage *self)
{
  g_assert (MIL_IS_PASSPORT_PAGE (self));

  gtk_widget_set_sensitive (self->use, !self->ask_residence || mil_country_row_get_country (self->residence) != NULL);
}

static void
fill_question (MilPassportPage *self)
{
  const char      *country = mil_mrz_country (self->mrz->nationality);
  g_autofree char *flag = mil_country_flag (country);
  g_autofree char *label = country != NULL ? g_strdup_printf ("%s  %s", flag, mil_country_name (country)) : NULL;
  /* Translators: %s is a country. */
  g_autofree char *spoken = country != NULL
                                ? g_strdup_printf (C_ ("passport", "Lives in %s"), mil_country_name (country))
                                : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->question), self->ask_residence);
  gtk_widget_set_visible (GTK_WIDGET (self->suggestion), country != NULL);
  gtk_button_set_label (self->suggestion, label != NULL ? label : "");
  if (spoken != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->suggestion), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
  mil_country_row_set_country (self->residence, NULL);
  residence_changed_cb (self);
}

static void
suggestion_cb (MilPassportPage *self)
{
  g_assert (MIL_IS_PASSPORT_PAGE (self));

  mil_country_row_set_country (self->residence, mil_mrz_country (self->mrz->nationality));
  residence_changed_cb (self);
  gtk_widget_grab_focus (self->use);
}

static void
use_cb (MilPassportPage *self)
{
  g_assert (MIL_IS_PASSPORT_PAGE (self));

  if (self->mrz != NULL)
    g_signal_emit (self, signals[TAKEN], 0, self->mrz, mil_country_row_get_country (self->residence));
}

static void
again_cb (MilPassportPage *self)
{
  g_assert (MIL_IS_PASSPORT_PAGE (self));

  if (self->wants_camera)
    mil_passport_page_use_camera (self);
  else
    mil_passport_page_choose_file (self);
}

/* --- the camera --------------------------------------------------------------------------------- */

static const char *
hint_text (const MilDetection *detection)
{
  if (detection->hint == MIL_HINT_DARK || detection->hint == MIL_HINT_BLURRED)
    return mil_scan_hint_text (detection->hint);
  return _ ("Closer, flat and without glare: the two lines should fill the frame.");
}

static void
live_cb (MilPassportPage *self)
{
  g_assert (MIL_IS_PASSPORT_PAGE (self));

  self->seen_at = g_get_monotonic_time ();
  mil_viewfinder_set_advice (self->viewfinder, _ ("Hold the two lines at the bottom of the passport into the frame."));
}

/* A specimen, or a worn letter: the same in several frames is what stands there. */
static gboolean
is_believed (MilPassportPage *self, const MilMrz *mrz)
{
  if (mrz->valid)
    return TRUE;
  if (g_set_str (&self->wrong, mrz->number))
    self->n_wrong = 0;
  return ++self->n_wrong >= WRONG_FRAMES;
}

static void
detected_cb (MilPassportPage *self)
{
  MilDetection *detection = mil_camera_get_detection (mil_viewfinder_get_camera (self->viewfinder));

  g_assert (MIL_IS_PASSPORT_PAGE (self));

  if (detection == NULL || !self->shown || !g_str_equal (gtk_stack_get_visible_child_name (self->stack), "camera"))
    return;
  if (detection->mrz != NULL)
    {
      self->seen_at = g_get_monotonic_time ();
      if (is_believed (self, detection->mrz))
        mil_passport_page_show (self, detection->mrz);
      else
        mil_viewfinder_set_advice (self->viewfinder, _ ("Hold it still …"));
    }
  else if (g_get_monotonic_time () - self->seen_at > PATIENCE_US)
    mil_viewfinder_set_advice (self->viewfinder, hint_text (detection));
}

static void
start_camera (MilPassportPage *self)
{
  g_clear_pointer (&self->wrong, g_free);
  self->n_wrong = 0;
  self->seen_at = g_get_monotonic_time ();
  mil_viewfinder_start (self->viewfinder);
}

static void
showing_cb (MilPassportPage *self)
{
  g_assert (MIL_IS_PASSPORT_PAGE (self));

  self->shown = TRUE;
  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "camera"))
    start_camera (self);
}

static void
hidden_cb (MilPassportPage *self)
{
  g_assert (MIL_IS_PASSPORT_PAGE (self));

  self->shown = FALSE;
  mil_viewfinder_stop (self->viewfinder);
}

static void
show_stack_page (MilPassportPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->camera_button, g_str_equal (name, "camera"));
}

/* --- a picture ---------------------------------------------------------------------------------- */

static void
say_problem (MilPassportPage *self, const char *text)
{
  adw_banner_set_title (self->problem, text);
  adw_banner_set_revealed (self->problem, TRUE);
  show_stack_page (self, "file");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
read_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilPassportPage     *self = object;
  const MilScanResult *result = value != NULL ? g_value_get_boxed (value) : NULL;

  if (error != NULL)
    say_problem (self, error->message);
  else
    mil_passport_page_show (self, result->mrz);
}

typedef struct
{
  GFile      *file;    /* (owned) */
  MilScanner *scanner; /* (owned) */
  MilDate     today;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->file);
  g_object_unref (reading->scanner);
  g_free (reading);
}

/* The picture is gone with the fiber. */
static DexFuture *
read_fiber (gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPicture) picture = mil_await_pointer (mil_picture_load_file (reading->file, 0), &error);

  if (picture == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return mil_scan_picture (reading->scanner,
                           picture,
                           &(MilScanOptions) { .kind = MIL_SCAN_PASSPORT, .today = reading->today });
}

static void
opened_cb (GObject *dialog, GAsyncResult *result, gpointer data)
{
  g_autoptr (MilPassportPage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (dialog), result, NULL);

  if (file != NULL && self->stack != NULL)
    mil_passport_page_read_file (self, file);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mil_passport_page_choose_file (MIL_PASSPORT_PAGE (widget));
}

static void
camera_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mil_passport_page_use_camera (MIL_PASSPORT_PAGE (widget));
}

/* --- the object --------------------------------------------------------------------------------- */

static void
mil_passport_page_dispose (GObject *object)
{
  MilPassportPage *self = MIL_PASSPORT_PAGE (object);

  self->shown = FALSE;
  dex_clear (&self->reading);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_PASSPORT_PAGE);
  g_clear_object (&self->scanner);
  g_clear_pointer (&self->mrz, mil_mrz_free);
  g_clear_pointer (&self->wrong, g_free);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->surname, g_free);

  G_OBJECT_CLASS (mil_passport_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, MilPassportPage, stack);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, viewfinder);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, camera_button);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, problem);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, verdict);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, verdict_icon);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, verdict_text);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, expired);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, other);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, name);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, number);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, nationality);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, born);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, expires);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, issuer);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, number_check);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, born_check);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, expires_check);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, question);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, suggestion);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, residence);
  gtk_widget_class_bind_template_child (klass, MilPassportPage, use);
}

static void
mil_passport_page_class_init (MilPassportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_passport_page_dispose;

  /**
   * MilPassportPage::taken:
   * @self: the page
   * @mrz: what the document says
   * @residence: (nullable): ISO 3166 code of where the person lives, where that was asked
   *
   * The person wants this to be used.
   */
  signals[TAKEN] = g_signal_new (
      "taken", MIL_TYPE_PASSPORT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, MIL_TYPE_MRZ | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_STRING);

  g_type_ensure (MIL_TYPE_VIEWFINDER);
  g_type_ensure (MIL_TYPE_COUNTRY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/scanner/passport-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, showing_cb);
  gtk_widget_class_bind_template_callback (widget_class, hidden_cb);
  gtk_widget_class_bind_template_callback (widget_class, live_cb);
  gtk_widget_class_bind_template_callback (widget_class, detected_cb);
  gtk_widget_class_bind_template_callback (widget_class, suggestion_cb);
  gtk_widget_class_bind_template_callback (widget_class, residence_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_install_action (widget_class, "passport.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "passport.camera", NULL, camera_action);
}

static void
mil_passport_page_init (MilPassportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mil_viewfinder_set_documents (self->viewfinder, TRUE);
  mil_camera_view_set_guide (mil_viewfinder_get_view (self->viewfinder), TRUE);
}

/**
 * mil_passport_page_new:
 * @today: the day by which a document is valid or not
 * @ask_residence: whether the person is asked where home is; the document never tells that
 *
 * Returns: (transfer floating): a page that waits to be told what to read
 */
MilPassportPage *
mil_passport_page_new (MilDate today, gboolean ask_residence)
{
  MilPassportPage *self = g_object_new (MIL_TYPE_PASSPORT_PAGE, NULL);

  self->today = today;
  self->ask_residence = ask_residence;
  return self;
}

/**
 * mil_passport_page_expect:
 * @self: the page
 * @name: (nullable): who is known already
 * @surname: (nullable): that person's surname
 *
 * Says whose passport it should be, so that another one is noticed.
 */
void
mil_passport_page_expect (MilPassportPage *self, const char *name, const char *surname)
{
  g_return_if_fail (MIL_IS_PASSPORT_PAGE (self));

  g_set_str (&self->person, name);
  g_set_str (&self->surname, surname);
}

/**
 * mil_passport_page_use_camera:
 * @self: the page
 *
 * Reads what is held before the camera.
 */
void
mil_passport_page_use_camera (MilPassportPage *self)
{
  g_return_if_fail (MIL_IS_PASSPORT_PAGE (self));

  self->wants_camera = TRUE;
  dex_clear (&self->reading);
  adw_banner_set_revealed (self->problem, FALSE);
  show_stack_page (self, "camera");
  if (self->shown)
    start_camera (self);
}

/**
 * mil_passport_page_choose_file:
 * @self: the page
 *
 * Lets the person choose a picture, and reads it.
 */
void
mil_passport_page_choose_file (MilPassportPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  GtkRoot *root = NULL;

  g_return_if_fail (MIL_IS_PASSPORT_PAGE (self));

  self->wants_camera = FALSE;
  root = gtk_widget_get_root (GTK_WIDGET (self));
  mil_viewfinder_stop (self->viewfinder);
  show_stack_page (self, "file");
  gtk_file_filter_set_name (filter, C_ ("file kind", "Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_title (dialog, _ ("Picture of the Passport"));
  gtk_file_dialog_open (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, opened_cb, g_object_ref (self));
}

/**
 * mil_passport_page_read_file:
 * @self: the page
 * @file: a picture of the page of the passport with the two lines; it is read, and nothing of it kept
 *
 * Reads a picture.
 */
void
mil_passport_page_read_file (MilPassportPage *self, GFile *file)
{
  Reading *reading = NULL;

  g_return_if_fail (MIL_IS_PASSPORT_PAGE (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->scanner == NULL)
    self->scanner = mil_scanner_new ();
  adw_banner_set_revealed (self->problem, FALSE);
  show_stack_page (self, "reading");
  reading = g_new0 (Reading, 1);
  reading->file = g_object_ref (file);
  reading->scanner = g_object_ref (self->scanner);
  reading->today = self->today;
  dex_clear (&self->reading);
  self->reading = mil_wait (self, mil_spawn (read_fiber, reading, reading_free), read_cb, NULL);
}

/**
 * mil_passport_page_show:
 * @self: the page
 * @mrz: what was read; copied
 *
 * Shows what was read, before it is used.
 */
void
mil_passport_page_show (MilPassportPage *self, const MilMrz *mrz)
{
  g_autofree char *name = NULL;

  g_return_if_fail (MIL_IS_PASSPORT_PAGE (self));
  g_return_if_fail (mrz != NULL);

  g_clear_pointer (&self->mrz, mil_mrz_free);
  self->mrz = mil_mrz_copy (mrz);
  /* What the camera saw goes with it. */
  mil_viewfinder_stop (self->viewfinder);
  name = g_strstrip (g_strdup_printf (C_ ("name of a person", "%1$s %2$s"), self->mrz->given_names, self->mrz->surname));
  adw_action_row_set_subtitle (self->name, name);
  adw_action_row_set_subtitle (self->number, self->mrz->number);
  set_country (self->nationality, self->mrz->nationality);
  set_country (self->issuer, self->mrz->issuer);
  set_day (self->born, self->mrz->birth);
  set_day (self->expires, self->mrz->expiry);
  set_check (self->number_check, mil_mrz_is_right (self->mrz, MIL_MRZ_PART_NUMBER));
  set_check (self->born_check, mil_mrz_is_right (self->mrz, MIL_MRZ_PART_BIRTH));
  set_check (self->expires_check, mil_mrz_is_right (self->mrz, MIL_MRZ_PART_EXPIRY));
  fill_verdict (self);
  fill_other (self);
  fill_question (self);
  show_stack_page (self, "read");
}
