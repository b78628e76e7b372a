/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-scanner-page.h"

#include <glib/gi18n.h>

#include "app/mil-toast.h"
#include "app/mil-wait.h"
#include "app/scanner/mil-camera-view.h"
#include "app/scanner/mil-code-card.h"
#include "app/scanner/mil-scan-guide.h"
#include "app/scanner/mil-sheet-page.h"
#include "app/scanner/mil-tray.h"
#include "app/widgets/mil-scene.h"
#include "scan/mil-camera.h"

struct _MilScannerPage
{
  AdwNavigationPage parent_instance;

  AdwToolbarView *frame;
  GtkStack       *stack;
  MilScene       *failed;
  MilCameraView  *view;
  MilCodeCard    *code;
  GtkLabel       *advice;
  GtkWidget      *shutter;
  AdwBanner      *again;
  MilTray        *tray;
  AdwComboRow    *device_row;
  AdwSwitchRow   *auto_row;
  AdwSwitchRow   *mirror_row;
  AdwSwitchRow   *lamp_row;

  MilSession       *session;  /* (owned) */
  MilCamera        *camera;   /* (owned) (nullable) */
  GSettings        *settings; /* (owned) */
  DexFuture        *starting; /* (owned) (nullable) */
  MilReceiptRecord *retaken;  /* (owned) (nullable): whose picture is taken again */
  guint             retaken_index;
  MilScanGuide      guide;
  gboolean          capturing;
  gboolean          shown;
};

G_DEFINE_FINAL_TYPE (MilScannerPage, mil_scanner_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  RECEIPT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_advice (MilScannerPage *self, const char *text)
{
  if (text == NULL || g_strcmp0 (gtk_label_get_label (self->advice), text) == 0)
    return;
  gtk_label_set_label (self->advice, text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

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
  set_advice (self, mil_tray_get_growing (self->tray) != NULL ? _ ("Got it. Next section?") : _ ("Got it. Next one?"));
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
  if (self->camera == NULL || self->capturing || mil_camera_get_state (self->camera) != MIL_CAMERA_LIVE)
    return;
  self->capturing = TRUE;
  mil_scan_guide_settle (&self->guide, mil_camera_get_detection (self->camera));
  mil_camera_view_set_ring (self->view, 0);
  mil_camera_view_flash (self->view);
  dex_future_disown (
      mil_wait (self, dex_future_then (mil_camera_capture (self->camera), keep, where_to (self), keeping_free), kept_cb, NULL));
}

static void
detection_cb (MilScannerPage *self)
{
  MilDetection *detection = mil_camera_get_detection (self->camera);
  MilScanAdvice advice = { 0 };
  gint64        now = g_get_monotonic_time ();

  g_assert (MIL_IS_SCANNER_PAGE (self));

  mil_camera_view_set_detection (self->view, detection);
  mil_code_card_see (self->code, detection != NULL ? detection->symbols : NULL, now);
  if (detection == NULL)
    return;
  advice = mil_scan_guide_see (&self->guide, detection, now, self->capturing);
  mil_camera_view_set_ring (self->view, self->guide.ring);
  set_advice (self, advice.text);
  if (advice.shoot)
    take (self);
}

static void
show_failure (MilScannerPage *self, const GError *error)
{
  const char *title = _ ("The camera does not work");

  if (g_error_matches (error, MIL_ERROR, MIL_ERROR_CAMERA_MISSING))
    title = _ ("There is no camera");
  else if (g_error_matches (error, MIL_ERROR, MIL_ERROR_CAMERA_DENIED))
    title = _ ("The camera may not be used");
  mil_scene_set (self->failed, title, error != NULL ? error->message : NULL, C_ ("error", "Try Again"));
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
state_cb (MilScannerPage *self)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  switch (mil_camera_get_state (self->camera))
    {
    case MIL_CAMERA_LIVE:
      mil_scan_guide_begin (&self->guide, g_get_monotonic_time ());
      set_advice (self, mil_scan_hint_text (MIL_HINT_NONE));
      gtk_stack_set_visible_child_name (self->stack, "live");
      break;
    case MIL_CAMERA_LOST:
      set_advice (self, _ ("The camera is gone. Plug it in again; nothing is lost."));
      break;
    case MIL_CAMERA_FAILED:
      show_failure (self, mil_camera_get_error (self->camera));
      break;
    case MIL_CAMERA_STARTING:
      gtk_stack_set_visible_child_name (self->stack, "waiting");
      break;
    case MIL_CAMERA_STOPPED:
    default:
      break;
    }
}

static void
started_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilScannerPage *self = object;

  if (error != NULL)
    show_failure (self, error);
}

static void
start (MilScannerPage *self, MilCameraDevice *device)
{
  dex_clear (&self->starting);
  self->starting = mil_wait (self, mil_camera_start (self->camera, device), started_cb, NULL);
}

static MilCameraDevice *
remembered_device (MilScannerPage *self)
{
  g_autofree char *id = g_settings_get_string (self->settings, "camera");
  GListModel      *devices = mil_camera_get_devices (self->camera);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (MilCameraDevice) device = g_list_model_get_item (devices, i);

      if (g_strcmp0 (mil_camera_device_get_id (device), id) == 0)
        return g_steal_pointer (&device);
    }
  return NULL;
}

static void
set_up_camera (MilScannerPage *self)
{
  GstElement *sink = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;

  gst_init (NULL, NULL);
  sink = gst_element_factory_make ("gtk4paintablesink", NULL);
  if (sink == NULL)
    {
      g_autoptr (GError) error = mil_error_new (MIL_ERROR_UNSUPPORTED, _ ("A part that shows the camera is missing (gtk4paintablesink). You can still add receipts from files."));

      show_failure (self, error);
      return;
    }
  g_object_get (sink, "paintable", &paintable, NULL);
  mil_camera_view_set_paintable (self->view, paintable);
  self->camera = mil_camera_new ();
  mil_camera_set_sink (self->camera, sink);
  mil_camera_set_detecting (self->camera, TRUE);
  g_signal_connect_object (self->camera, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera, "notify::detection", G_CALLBACK (detection_cb), self, G_CONNECT_SWAPPED);
  adw_combo_row_set_model (self->device_row, mil_camera_get_devices (self->camera));
}

static void
showing_cb (MilScannerPage *self)
{
  g_autoptr (MilCameraDevice) device = NULL;

  g_assert (MIL_IS_SCANNER_PAGE (self));

  self->shown = TRUE;
  if (self->camera == NULL)
    set_up_camera (self);
  if (self->camera == NULL)
    return;
  device = remembered_device (self);
  start (self, device);
}

static void
hidden_cb (MilScannerPage *self)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  self->shown = FALSE;
  dex_clear (&self->starting);
  if (self->camera != NULL)
    mil_camera_stop (self->camera);
}

static void
retry_cb (MilScannerPage *self)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  if (self->camera == NULL)
    set_up_camera (self);
  if (self->camera != NULL)
    start (self, NULL);
}

static void
device_selected_cb (MilScannerPage *self)
{
  MilCameraDevice *device = adw_combo_row_get_selected_item (self->device_row);

  if (!self->shown || device == NULL || self->camera == NULL || device == mil_camera_get_device (self->camera)
      || mil_camera_get_state (self->camera) != MIL_CAMERA_LIVE)
    return;
  g_settings_set_string (self->settings, "camera", mil_camera_device_get_id (device));
  start (self, device);
}

static void
mirror_cb (MilScannerPage *self)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  mil_camera_view_set_mirrored (self->view, adw_switch_row_get_active (self->mirror_row));
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

/* Whether what has the focus wants Space for itself: a menu that is open, or an entry. */
static gboolean
wants_space (MilScannerPage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (GTK_IS_EDITABLE (focus) || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL);
}

/* Before a button that has the focus sees the key: Space always takes the picture, Esc first stops the ring. */
static gboolean
key_cb (MilScannerPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0 || self->camera == NULL || wants_space (self))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space)
    {
      take (self);
      return GDK_EVENT_STOP;
    }
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  if (mil_scan_guide_cancel (&self->guide, mil_camera_get_detection (self->camera)))
    {
      mil_camera_view_set_ring (self->view, 0);
      set_advice (self, _ ("Not taken. Press Space when you want it."));
      return GDK_EVENT_STOP;
    }
  if (self->retaken == NULL)
    return GDK_EVENT_PROPAGATE;
  set_retaken (self, NULL, 0);
  return GDK_EVENT_STOP;
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

  dex_clear (&self->starting);
  if (self->camera != NULL)
    mil_camera_stop (self->camera);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_SCANNER_PAGE);
  g_clear_object (&self->camera);
  g_clear_object (&self->retaken);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_scanner_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, MilScannerPage, frame);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, stack);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, failed);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, view);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, advice);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, shutter);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, code);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, again);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, tray);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, device_row);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, auto_row);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, mirror_row);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, lamp_row);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, showing_cb);
  gtk_widget_class_bind_template_callback (widget_class, hidden_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, device_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, auto_cb);
  gtk_widget_class_bind_template_callback (widget_class, mirror_cb);
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

  g_type_ensure (MIL_TYPE_CAMERA_VIEW);
  g_type_ensure (MIL_TYPE_CODE_CARD);
  g_type_ensure (MIL_TYPE_SCENE);
  g_type_ensure (MIL_TYPE_TRAY);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/scanner/scanner-page.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "scanner.take", NULL, take_action);
}

static void
mil_scanner_page_init (MilScannerPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->settings = g_settings_new (MIL_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_expression (self->device_row, gtk_property_expression_new (MIL_TYPE_CAMERA_DEVICE, NULL, "name"));
  g_settings_bind (self->settings, "auto-capture", self->auto_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "mirror", self->mirror_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "lamp", self->lamp_row, "active", G_SETTINGS_BIND_DEFAULT);
  auto_cb (self);
  mirror_cb (self);
  lamp_cb (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
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
