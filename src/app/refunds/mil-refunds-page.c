/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-refunds-page.h"

#include <glib/gi18n.h>

#include "app/mil-focus.h"
#include "app/mil-toast.h"
#include "app/mil-wait.h"
#include "app/refunds/mil-airport-page.h"
#include "app/refunds/mil-claim-page.h"
#include "app/refunds/mil-packing-page.h"
#include "app/refunds/mil-receipt-page.h"
#include "app/refunds/mil-receipt-row.h"
#include "app/refunds/mil-reminders-dialog.h"
#include "app/refunds/mil-trip-dialog.h"
#include "app/refunds/mil-trip-page.h"
#include "app/refunds/mil-what-if-page.h"
#include "app/refunds/mil-verdict-words.h"
#include "app/scanner/mil-import-bar.h"
#include "app/scanner/mil-scanner-page.h"
#include "app/widgets/mil-header.h"
#include "app/widgets/mil-scene.h"
#include "app/widgets/mil-trip-chip.h"

#define N_SECTIONS (MIL_SECTION_NOT_THIS_TIME + 1)

typedef struct
{
  GtkWidget *group;
  GtkFilter *filter; /* (owned) */
} Section;

struct _MilRefundsPage
{
  AdwBin parent_instance;

  AdwNavigationView *navigation;
  MilTripChip       *trip_chip;
  GtkStack          *stack;
  GtkBox            *sections;
  GtkLabel          *amount;
  GtkLabel          *amount_words;
  GtkLabel          *trip_words;
  GtkWidget         *trip_tools;
  GtkRevealer       *drop_hint;
  MilImportBar      *import_bar;

  MilSession *session; /* (owned) (nullable) */
  Section     section[N_SECTIONS];
  guint       refilter; /* idle source */
};

G_DEFINE_FINAL_TYPE (MilRefundsPage, mil_refunds_page, ADW_TYPE_BIN)

static const char *const section_titles[N_SECTIONS] = {
  NC_ ("refunds section", "To check"),
  NC_ ("refunds section", "Ready to claim"),
  NC_ ("refunds section", "Show at the airport"),
  NC_ ("refunds section", "On its way"),
  NC_ ("refunds section", "Arrived"),
  NC_ ("refunds section", "Not this time"),
};

static void show_receipt (MilRefundsPage *self, MilReceiptRecord *receipt);

static void
receipt_activated_cb (MilRefundsPage *self, MilReceiptRecord *receipt)
{
  show_receipt (self, receipt);
}

static void
claimed_cb (MilRefundsPage *self, MilClaim *claim)
{
  mil_refunds_page_show_claim (self, claim);
}

static void
show_receipt (MilRefundsPage *self, MilReceiptRecord *receipt)
{
  MilReceiptPage *page = mil_receipt_page_new (self->session, receipt);

  g_signal_connect_object (page, "claimed", G_CALLBACK (claimed_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

static void
row_activated_cb (MilRefundsPage *self, GtkListBoxRow *row)
{
  MilReceiptRecord *receipt = mil_receipt_row_get_receipt (MIL_RECEIPT_ROW (row));
  const char       *claim_id = mil_receipt_record_get_claim_id (receipt);
  MilClaim         *claim = claim_id != NULL ? mil_session_find_claim (self->session, claim_id) : NULL;

  g_assert (MIL_IS_REFUNDS_PAGE (self));

  if (claim != NULL)
    mil_refunds_page_show_claim (self, claim);
  else
    show_receipt (self, receipt);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  MilRefundsPage *self = data;

  return mil_receipt_row_new (self->session, item);
}

static gboolean
in_section (gpointer item, gpointer data)
{
  return mil_receipt_record_get_section (item) == (MilReceiptSection) GPOINTER_TO_INT (data);
}

static void
section_changed_cb (GtkWidget *group, guint position, guint removed, guint added, GListModel *model)
{
  gtk_widget_set_visible (group, g_list_model_get_n_items (model) > 0);
}

static void
add_section (MilRefundsPage *self, MilReceiptSection which)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (in_section, GINT_TO_POINTER (which), NULL));
  g_autoptr (GtkFilterListModel) model = gtk_filter_list_model_new (g_object_ref (mil_session_get_receipts (self->session)),
                                                                    g_object_ref (filter));

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   g_dpgettext2 (NULL, "refunds section", section_titles[which]));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (model), make_row, self, NULL);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (self->sections, group);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (section_changed_cb), group, G_CONNECT_SWAPPED);
  section_changed_cb (group, 0, 0, 0, G_LIST_MODEL (model));
  self->section[which] = (Section) { group, filter };
}

static gboolean
refilter_cb (gpointer data)
{
  MilRefundsPage *self = data;

  self->refilter = 0;
  for (guint i = 0; i < N_SECTIONS; i++)
    gtk_filter_changed (self->section[i].filter, GTK_FILTER_CHANGE_DIFFERENT);
  return G_SOURCE_REMOVE;
}

static void
queue_refilter (MilRefundsPage *self)
{
  if (self->refilter == 0)
    self->refilter = g_idle_add_full (G_PRIORITY_HIGH_IDLE, refilter_cb, self, NULL);
}

static void
update_head (MilRefundsPage *self)
{
  MilTrip         *trip = mil_session_get_current_trip (self->session);
  g_autofree char *amount = NULL;
  g_autofree char *words = mil_amount_back_text (mil_session_get_coming_back (self->session),
                                                 trip != NULL ? mil_session_get_arrived (self->session, trip)
                                                              : (MilMoney) { 0 },
                                                 &amount);

  gtk_label_set_label (self->amount, amount != NULL ? amount : "");
  gtk_widget_set_visible (GTK_WIDGET (self->amount), amount != NULL);
  gtk_label_set_label (self->amount_words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->amount_words), words != NULL);
  gtk_widget_set_visible (self->trip_tools, trip != NULL);
  gtk_label_set_label (self->trip_words,
                       trip != NULL ? mil_trip_get_info (trip)->title
                                    : _ ("Plan your trip to see by when the goods must leave, and where."));
}

static void
receipts_changed_cb (MilRefundsPage *self, guint position, guint removed, guint added, GListModel *receipts)
{
  gboolean empty = g_list_model_get_n_items (receipts) == 0;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GObject) receipt = g_list_model_get_item (receipts, i);

      if (g_object_get_data (receipt, "mil-refunds-page") == self)
        continue;
      g_object_set_data (receipt, "mil-refunds-page", self);
      g_signal_connect_object (receipt, "notify::section", G_CALLBACK (queue_refilter), self, G_CONNECT_SWAPPED);
    }
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
}

static void
added_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilRefundsPage *self = object;

  if (error != NULL)
    mil_toast (GTK_WIDGET (self), error->message);
  else if (data != NULL && G_VALUE_HOLDS (value, MIL_TYPE_RECEIPT_RECORD))
    show_receipt (self, g_value_get_object (value));
}

/* What is added must not be lost when the page goes away, so the work is not dropped with it. */
static void
add (MilRefundsPage *self, DexFuture *future, gboolean show)
{
  dex_future_disown (mil_wait (self, future, added_cb, GINT_TO_POINTER (show)));
}

/* One is looked at right away; of several it is said how far they are. */
static void
add_files (MilRefundsPage *self, GListModel *files)
{
  g_autoptr (GFile) only = NULL;

  if (g_list_model_get_n_items (files) != 1)
    {
      mil_import_bar_add (self->import_bar, files);
      return;
    }
  only = g_list_model_get_item (files, 0);
  add (self, mil_session_add_receipt_file (self->session, only), TRUE);
}

static void
opened_cb (GObject *dialog, GAsyncResult *result, gpointer data)
{
  g_autoptr (MilRefundsPage) self = data;
  g_autoptr (GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (dialog), result, NULL);

  if (files != NULL)
    add_files (self, files);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MilRefundsPage *self = MIL_REFUNDS_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (filter, C_ ("file kind", "Pictures and PDF"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_title (dialog, _ ("Add Receipts"));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, opened_cb, g_object_ref (self));
}

static gpointer
encode_texture (gpointer data, GCancellable *cancellable, GError **error)
{
  return gdk_texture_save_to_png_bytes (data);
}

static DexFuture *
add_encoded (DexFuture *encoded, gpointer data)
{
  const GValue *value = dex_future_get_value (encoded, NULL);

  return mil_session_add_receipt_bytes (data, g_value_get_boxed (value));
}

static void
add_texture (MilRefundsPage *self, GdkTexture *texture)
{
  DexFuture *encoded = mil_thread (encode_texture, g_object_ref (texture), g_object_unref, G_TYPE_BYTES);

  add (self, dex_future_then (encoded, add_encoded, g_object_ref (self->session), g_object_unref), TRUE);
}

static void
add_file_list (MilRefundsPage *self, GdkFileList *list)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (list);
  g_autoptr (GListStore) store = g_list_store_new (G_TYPE_FILE);

  for (GSList *l = files; l != NULL; l = l->next)
    g_list_store_append (store, l->data);
  add_files (self, G_LIST_MODEL (store));
}

static void
pasted_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (MilRefundsPage) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    add_file_list (self, g_value_get_boxed (value));
  else if (value != NULL && g_value_get_object (value) != NULL)
    add_texture (self, g_value_get_object (value));
  else
    mil_toast (GTK_WIDGET (self), _ ("There is no picture to paste. Copy one first."));
}

/* Files that were copied in a file manager, or a picture. */
static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GType         type = GDK_TYPE_TEXTURE;

  if (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_FILE_LIST)
      || gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), "text/uri-list"))
    type = GDK_TYPE_FILE_LIST;
  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, pasted_cb, g_object_ref (widget));
}

static void
by_hand_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MilRefundsPage *self = MIL_REFUNDS_PAGE (widget);

  add (self, mil_session_add_receipt_by_hand (self->session), TRUE);
}

static void
scan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mil_refunds_page_scan (MIL_REFUNDS_PAGE (widget));
}

static void
edit_trip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MilRefundsPage *self = MIL_REFUNDS_PAGE (widget);

  mil_focus_present (ADW_DIALOG (mil_trip_dialog_new (self->session, mil_session_get_current_trip (self->session))), widget);
}

/* --- the pages of the trip ---------------------------------------------------------------------- */

typedef AdwNavigationPage *(*MakeTripPage) (MilSession *session, MilTrip *trip);

/* Without a trip there is nothing to show but how to plan one. */
static void
show_trip_page (GtkWidget *widget, GType type, MakeTripPage make)
{
  MilRefundsPage    *self = MIL_REFUNDS_PAGE (widget);
  MilTrip           *trip = mil_session_get_current_trip (self->session);
  AdwNavigationPage *shown = adw_navigation_view_get_visible_page (self->navigation);

  if (trip == NULL)
    mil_focus_present (ADW_DIALOG (mil_trip_dialog_new (self->session, NULL)), widget);
  else if (!G_TYPE_CHECK_INSTANCE_TYPE (shown, type))
    adw_navigation_view_push (self->navigation, make (self->session, trip));
}

static void
trip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_trip_page (widget, MIL_TYPE_TRIP_PAGE, mil_trip_page_new);
}

static void
airport_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_trip_page (widget, MIL_TYPE_AIRPORT_PAGE, mil_airport_page_new);
}

static void
packing_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_trip_page (widget, MIL_TYPE_PACKING_PAGE, mil_packing_page_new);
}

static void
what_if_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_trip_page (widget, MIL_TYPE_WHAT_IF_PAGE, mil_what_if_page_new);
}

static void
reminders_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MilRefundsPage *self = MIL_REFUNDS_PAGE (widget);

  adw_dialog_present (mil_reminders_dialog_new (self->session), widget);
}

static void
receipt_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MilRefundsPage *self = MIL_REFUNDS_PAGE (widget);
  MilReceiptRecord *receipt = mil_session_find_receipt (self->session, g_variant_get_string (parameter, NULL));

  if (receipt != NULL)
    show_receipt (self, receipt);
}

static void
scan_cb (MilRefundsPage *self)
{
  mil_refunds_page_scan (self);
}

static void
scanner_receipt_cb (MilRefundsPage *self, MilReceiptRecord *receipt)
{
  adw_navigation_view_pop_to_tag (self->navigation, "refunds");
  show_receipt (self, receipt);
}

static gboolean
drop_cb (MilRefundsPage *self, const GValue *value)
{
  g_assert (MIL_IS_REFUNDS_PAGE (self));

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      add_file_list (self, g_value_get_boxed (value));
      return TRUE;
    }
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      add_texture (self, g_value_get_object (value));
      return TRUE;
    }
  return FALSE;
}

static GdkDragAction
drag_enter_cb (MilRefundsPage *self)
{
  gtk_revealer_set_reveal_child (self->drop_hint, TRUE);
  return GDK_ACTION_COPY;
}

static void
drag_leave_cb (MilRefundsPage *self)
{
  gtk_revealer_set_reveal_child (self->drop_hint, FALSE);
}

static void
accept_drops (MilRefundsPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType          types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  g_signal_connect_swapped (target, "enter", G_CALLBACK (drag_enter_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drag_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
mil_refunds_page_dispose (GObject *object)
{
  MilRefundsPage *self = MIL_REFUNDS_PAGE (object);

  g_clear_handle_id (&self->refilter, g_source_remove);
  for (guint i = 0; i < N_SECTIONS; i++)
    g_clear_object (&self->section[i].filter);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_REFUNDS_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_refunds_page_parent_class)->dispose (object);
}

static void
mil_refunds_page_class_init (MilRefundsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_refunds_page_dispose;

  g_type_ensure (MIL_TYPE_HEADER);
  g_type_ensure (MIL_TYPE_IMPORT_BAR);
  g_type_ensure (MIL_TYPE_SCENE);
  g_type_ensure (MIL_TYPE_TRIP_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/refunds-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, navigation);
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, trip_chip);
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, sections);
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, amount);
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, amount_words);
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, trip_words);
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, trip_tools);
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, MilRefundsPage, import_bar);
  gtk_widget_class_bind_template_callback (widget_class, scan_cb);
  gtk_widget_class_install_action (widget_class, "refunds.scan", NULL, scan_action);
  gtk_widget_class_install_action (widget_class, "refunds.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "refunds.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "refunds.by-hand", NULL, by_hand_action);
  gtk_widget_class_install_action (widget_class, "refunds.edit-trip", NULL, edit_trip_action);
  gtk_widget_class_install_action (widget_class, "refunds.trip", NULL, trip_action);
  gtk_widget_class_install_action (widget_class, "refunds.airport", NULL, airport_action);
  gtk_widget_class_install_action (widget_class, "refunds.packing", NULL, packing_action);
  gtk_widget_class_install_action (widget_class, "refunds.what-if", NULL, what_if_action);
  gtk_widget_class_install_action (widget_class, "refunds.reminders", NULL, reminders_action);
  gtk_widget_class_install_action (widget_class, "refunds.receipt", "s", receipt_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "refunds.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "refunds.paste", NULL);
}

static void
mil_refunds_page_init (MilRefundsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  accept_drops (self);
}

/**
 * mil_refunds_page_set_session:
 * @self: the page
 * @session: whose receipts it shows; to be set once
 *
 * Gives the page its session.
 */
void
mil_refunds_page_set_session (MilRefundsPage *self, MilSession *session)
{
  GListModel *receipts = NULL;

  g_return_if_fail (MIL_IS_REFUNDS_PAGE (self));
  g_return_if_fail (MIL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  mil_trip_chip_set_session (self->trip_chip, session);
  mil_import_bar_set_session (self->import_bar, session);
  for (guint i = 0; i < N_SECTIONS; i++)
    add_section (self, (MilReceiptSection) i);
  receipts = mil_session_get_receipts (session);
  g_signal_connect_object (receipts, "items-changed", G_CALLBACK (receipts_changed_cb), self, G_CONNECT_SWAPPED);
  receipts_changed_cb (self, 0, 0, g_list_model_get_n_items (receipts), receipts);
  g_signal_connect_object (session, "notify::coming-back", G_CALLBACK (update_head), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::current-trip", G_CALLBACK (update_head), self, G_CONNECT_SWAPPED);
  update_head (self);
}

/**
 * mil_refunds_page_scan:
 * @self: the page
 *
 * Opens the camera for the next receipt.
 */
void
mil_refunds_page_scan (MilRefundsPage *self)
{
  MilScannerPage *page = NULL;

  g_return_if_fail (MIL_IS_REFUNDS_PAGE (self));
  g_return_if_fail (self->session != NULL);

  if (MIL_IS_SCANNER_PAGE (adw_navigation_view_get_visible_page (self->navigation)))
    return;
  page = mil_scanner_page_new (self->session);
  g_signal_connect_object (page, "receipt-activated", G_CALLBACK (scanner_receipt_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/**
 * mil_refunds_page_add_files:
 * @self: the page
 * @files: (element-type GFile): pictures and documents
 *
 * Makes receipts of files, as if they were dropped on the page.
 */
void
mil_refunds_page_add_files (MilRefundsPage *self, GListModel *files)
{
  g_return_if_fail (MIL_IS_REFUNDS_PAGE (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  add_files (self, files);
}

/**
 * mil_refunds_page_show_claim:
 * @self: the page
 * @claim: a claim
 *
 * Goes to a claim.
 */
void
mil_refunds_page_show_claim (MilRefundsPage *self, MilClaim *claim)
{
  MilClaimPage *page = NULL;

  g_return_if_fail (MIL_IS_REFUNDS_PAGE (self));
  g_return_if_fail (MIL_IS_CLAIM (claim));

  page = mil_claim_page_new (self->session, claim);
  g_signal_connect_object (page, "receipt-activated", G_CALLBACK (receipt_activated_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}
