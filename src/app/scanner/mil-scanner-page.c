/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-scanner-page.h"

#include <glib/gi18n.h>

#include "app/mil-toast.h"
#include "app/mil-wait.h"
#include "app/scanner/mil-code-card.h"
#include "app/scanner/mil-scan-guide.h"
#include "app/scanner/mil-sheet-page.h"
#include "app/scanner/mil-tray.h"
#include "app/scanner/mil-viewfinder.h"

struct _MilScannerPage
{
  AdwNavigationPage parent_instance;

  AdwToolbarView *frame;
  MilViewfinder  *viewfinder;
  MilCodeCard    *code;
  GtkWidget      *shutter;
  AdwBanner      *again;
  MilTray        *tray;
  AdwSwitchRow   *auto_row;
  AdwSwitchRow   *lamp_row;

  MilSession         *session;  /* (owned) */
  GSettings          *settings; /* (owned) */
  MilReceiptRecord   *retaken;  /* (owned) (nullable): whose picture is taken again */
  guint               retaken_index;
  GtkEventController *keys; /* (owned) (nullable): of the window, while the page is shown */
  MilScanGuide        guide;
  gboolean            capturing;
};

G_DEFINE_FINAL_TYPE (MilScannerPage, mil_scanner_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  RECEIPT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_retaken (MilScannerPage *self, MilReceiptRecord *receipt, guint index)
{
  g_set_object (&self->retaken, receipt);
  self->retaken_index = index;
  adw_banner_set_revealed (self->again, receipt != NULL);
}

static void
kept_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilScannerPage *self = object;

  self->capturing = FALSE;
  if (error != NULL)
    {
      mil_toast (GTK_WIDGET (self), error->message);
      return;
    }
  if (G_VALUE_HOLDS (value, MIL_TYPE_RECEIPT_RECORD))
    mil_tray_add (self->tray, g_value_get_object (value));
  mil_viewfinder_set_advice (self->viewfinder,
                             mil_tray_get_growing (self->tray) != NULL ? _ ("Got it. Next section?")
                                                                       : _ ("Got it. Next one?"));
}

/* Where the picture that is being taken belongs. */
typedef struct
{
  MilSession       *session; /* (owned) */
  MilReceiptRecord *receipt; /* (owned) (nullable): a section of it, or a new one */
  guint             index;
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_object_unref (keeping->session);
  g_clear_object (&keeping->receipt);
  g_free (keeping);
}

/* The picture goes to the disk even when the page is left meanwhile. */
static DexFuture *
keep (DexFuture *captured, gpointer data)
{
  Keeping      *keeping = data;
  const GValue *value = dex_future_get_value (captured, NULL);
  MilPicture   *picture = g_value_get_object (value);

  if (keeping->receipt == NULL)
    return mil_session_add_receipt_picture (keeping->session, picture, NULL);
  return mil_session_put_sheet (keeping->session, keeping->receipt, keeping->index, picture);
}

static Keeping *
where_to (MilScannerPage *self)
{
  Keeping          *keeping = g_new0 (Keeping, 1);
  MilReceiptRecord *growing = mil_tray_get_growing (self->tray);

  keeping->session = g_object_ref (self->session);
  if (self->retaken != NULL)
    {
      g_set_object (&keeping->receipt, self->retaken);
      keeping->index = self->retaken_index;
      set_retaken (self, NULL, 0);
    }
  else if (growing != NULL)
    {
      g_set_object (&keeping->receipt, growing);
      keeping->index = mil_receipt_record_get_n_sheets (growing);
    }
  return keeping;
}

static void
take (MilScannerPage *self)
{
  MilCamera     *camera = mil_viewfinder_get_camera (self->viewfinder);
  MilCameraView *view = mil_viewfinder_get_view (self->viewfinder);

  if (self->capturing || !mil_viewfinder_is_live (self->viewfinder))
    return;
  self->capturing = TRUE;
  mil_scan_guide_settle (&self->guide, mil_camera_get_detection (camera));
  mil_camera_view_set_ring (view, 0);
  mil_camera_view_flash (view);
  dex_future_disown (
      mil_wait (self, dex_future_then (mil_camera_capture (camera), keep, where_to (self), keeping_free), kept_cb, NULL));
}

static void
detected_cb (MilScannerPage *self)
{
  MilDetection *detection = mil_camera_get_detection (mil_viewfinder_get_camera (self->viewfinder));
  MilScanAdvice advice = { 0 };
  gint64        now = g_get_monotonic_time ();

  g_assert (MIL_IS_SCANNER_PAGE (self));

  mil_code_card_see (self->code, detection != NULL ? detection->symbols : NULL, now);
  if (detection == NULL)
    return;
  advice = mil_scan_guide_see (&self->guide, detection, now, self->capturing || mil_code_card_is_payment (self->code));
  mil_camera_view_set_ring (mil_viewfinder_get_view (self->viewfinder), self->guide.ring);
  if (advice.text != NULL)
    mil_viewfinder_set_advice (self->viewfinder, advice.text);
  if (advice.shoot)
    take (self);
}

static void
live_cb (MilScannerPage *self)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  mil_scan_guide_begin (&self->guide, g_get_monotonic_time ());
  mil_viewfinder_set_advice (self->viewfinder, mil_scan_hint_text (MIL_HINT_NONE));
}

/* Whether what has the focus wants keys for itself: an entry, a menu that is open, a dialog, or a button of
 * another part of the window that was gone to by keyboard. */
static gboolean
wants_keys (MilScannerPage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL)
    return FALSE;
  if (GTK_IS_EDITABLE (focus) || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL
      || gtk_widget_get_ancestor (focus, ADW_TYPE_DIALOG) != NULL)
    return TRUE;
  return !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) && GTK_IS_WINDOW (root)
         && gtk_window_get_focus_visible (GTK_WINDOW (root));
}

/* Before a button that has the focus sees the key: Space always takes the picture, Esc first stops the ring. */
static gboolean
key_cb (MilScannerPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0
      || mil_viewfinder_get_camera (self->viewfinder) == NULL || wants_keys (self))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space)
    {
      take (self);
      return GDK_EVENT_STOP;
    }
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  if (mil_scan_guide_cancel (&self->guide, mil_camera_get_detection (mil_viewfinder_get_camera (self->viewfinder))))
    {
      mil_camera_view_set_ring (mil_viewfinder_get_view (self->viewfinder), 0);
      mil_viewfinder_set_advice (self->viewfinder, _ ("Not taken. Press Space when you want it."));
      return GDK_EVENT_STOP;
    }
  if (self->retaken == NULL)
    return GDK_EVENT_PROPAGATE;
  set_retaken (self, NULL, 0);
  return GDK_EVENT_STOP;
}

static void
forget_keys (MilScannerPage *self)
{
  if (self->keys != NULL && gtk_event_controller_get_widget (self->keys) != NULL)
    gtk_widget_remove_controller (gtk_event_controller_get_widget (self->keys), self->keys);
  g_clear_object (&self->keys);
}

/* Of the whole window, as the focus may be anywhere when one comes back to the page. */
static void
watch_keys (MilScannerPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  forget_keys (self);
  if (root == NULL)
    return;
  self->keys = g_object_ref (gtk_event_controller_key_new ());
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (root), self->keys);
}

static void
showing_cb (MilScannerPage *self)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  watch_keys (self);
  mil_viewfinder_start (self->viewfinder);
}

static void
hidden_cb (MilScannerPage *self)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  forget_keys (self);
  mil_viewfinder_stop (self->viewfinder);
}

static void
auto_cb (MilScannerPage *self)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  self->guide.automatic = adw_switch_row_get_active (self->auto_row);
}

static void
lamp_cb (MilScannerPage *self)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  if (adw_switch_row_get_active (self->lamp_row))
    gtk_widget_add_css_class (GTK_WIDGET (self->frame), "lamp");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->frame), "lamp");
}

static void
shutter_cb (MilScannerPage *self)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  take (self);
}

static void
take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  take (MIL_SCANNER_PAGE (widget));
}

static void
keep_old_cb (MilScannerPage *self)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  set_retaken (self, NULL, 0);
}

static void
receipt_cb (MilScannerPage *self, MilReceiptRecord *receipt)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  g_signal_emit (self, signals[RECEIPT_ACTIVATED], 0, receipt);
}

static void
retake_cb (MilScannerPage *self, MilSheetPage *page)
{
  set_retaken (self, mil_sheet_page_get_receipt (page), mil_sheet_page_get_index (page));
}

static void
sheet_receipt_cb (MilScannerPage *self, MilSheetPage *page)
{
  g_signal_emit (self, signals[RECEIPT_ACTIVATED], 0, mil_sheet_page_get_receipt (page));
}

static void
sheet_cb (MilScannerPage *self, MilReceiptRecord *receipt, guint index)
{
  GtkWidget    *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  MilSheetPage *page = NULL;

  g_assert (MIL_IS_SCANNER_PAGE (self));

  if (view == NULL)
    return;
  page = mil_sheet_page_new (self->session, receipt, index);
  g_signal_connect_object (page, "retake", G_CALLBACK (retake_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "receipt-activated", G_CALLBACK (sheet_receipt_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
}

static void
mil_scanner_page_dispose (GObject *object)
{
  MilScannerPage *self = MIL_SCANNER_PAGE (object);

  forget_keys (self);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_SCANNER_PAGE);
  g_clear_object (&self->retaken);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_scanner_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, MilScannerPage, frame);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, viewfinder);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, shutter);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, code);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, again);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, tray);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, auto_row);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, lamp_row);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, showing_cb);
  gtk_widget_class_bind_template_callback (widget_class, hidden_cb);
  gtk_widget_class_bind_template_callback (widget_class, live_cb);
  gtk_widget_class_bind_template_callback (widget_class, detected_cb);
  gtk_widget_class_bind_template_callback (widget_class, auto_cb);
  gtk_widget_class_bind_template_callback (widget_class, lamp_cb);
  gtk_widget_class_bind_template_callback (widget_class, shutter_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_old_cb);
  gtk_widget_class_bind_template_callback (widget_class, receipt_cb);
  gtk_widget_class_bind_template_callback (widget_class, sheet_cb);
}

static void
mil_scanner_page_class_init (MilScannerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_scanner_page_dispose;

  /**
   * MilScannerPage::receipt-activated:
   * @self: the page
   * @receipt: a receipt of the tray
   *
   * The person wants to see what was read.
   */
  signals[RECEIPT_ACTIVATED] = g_signal_new (
      "receipt-activated", MIL_TYPE_SCANNER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MIL_TYPE_RECEIPT_RECORD);

  g_type_ensure (MIL_TYPE_CODE_CARD);
  g_type_ensure (MIL_TYPE_TRAY);
  g_type_ensure (MIL_TYPE_VIEWFINDER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/scanner/scanner-page.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "scanner.take", NULL, take_action);
}

static void
mil_scanner_page_init (MilScannerPage *self)
{
  self->settings = g_settings_new (MIL_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  mil_viewfinder_add_option (self->viewfinder, GTK_WIDGET (self->auto_row));
  mil_viewfinder_add_option (self->viewfinder, GTK_WIDGET (self->lamp_row));
  g_settings_bind (self->settings, "auto-capture", self->auto_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "lamp", self->lamp_row, "active", G_SETTINGS_BIND_DEFAULT);
  auto_cb (self);
  lamp_cb (self);
}

/**
 * mil_scanner_page_new:
 * @session: the session that keeps what is taken
 *
 * Returns: (transfer floating): a page; the camera starts when it is shown
 */
MilScannerPage *
mil_scanner_page_new (MilSession *session)
{
  MilScannerPage *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);

  self = g_object_new (MIL_TYPE_SCANNER_PAGE, NULL);
  self->session = g_object_ref (session);
  mil_code_card_set_session (self->code, session);
  mil_tray_set_session (self->tray, session);
  return self;
}
