/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-scanner-page.h"

#include <glib/gi18n.h>

#include "app/mil-wait.h"
#include "app/mil-toast.h"
#include "app/refunds/mil-receipt-row.h"
#include "app/scanner/mil-camera-view.h"
#include "app/widgets/mil-scene.h"
#include "scan/mil-camera.h"

/* A page held still this long is taken. */
#define STEADY_MS 900
/* Without a page for this long, the scanner says why. */
#define PATIENCE_US (4 * G_USEC_PER_SEC)
/* After a picture the page must move this far (in parts of the frame) before the next one. */
#define MOVED_PART 0.08

struct _MilScannerPage
{
  AdwNavigationPage parent_instance;

  GtkStack      *stack;
  MilScene      *failed;
  MilCameraView *view;
  GtkLabel      *advice;
  GtkWidget     *shutter;
  GtkRevealer   *tray_revealer;
  GtkListBox    *tray;
  AdwComboRow   *device_row;
  AdwSwitchRow  *auto_row;
  AdwSwitchRow  *mirror_row;

  MilSession *session;  /* (owned) */
  MilCamera  *camera;   /* (owned) (nullable) */
  GSettings  *settings; /* (owned) */
  DexFuture  *starting; /* (owned) (nullable) */
  MilQuad     taken;    /* where the page was that was taken last */
  gboolean    capturing;
  gboolean    shown;
  gint64      seen_at; /* when a page was seen last */
};

G_DEFINE_FINAL_TYPE (MilScannerPage, mil_scanner_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  RECEIPT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
hint_text (MilDetectionHint hint)
{
  switch (hint)
    {
    case MIL_HINT_DARK:
      return _ ("Too dark. Is there a lamp?");
    case MIL_HINT_BLURRED:
      return _ ("Hold it still, a little further away.");
    case MIL_HINT_CLOSER:
      return _ ("A little closer");
    case MIL_HINT_BACK:
      return _ ("A little further away: all four corners must be seen.");
    case MIL_HINT_LOW_CONTRAST:
      return _ ("Put it on something darker.");
    case MIL_HINT_NO_PAGE:
    case MIL_HINT_NONE:
    default:
      return _ ("Show the receipt to the camera, all of it.");
    }
}

static void
set_advice (MilScannerPage *self, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (self->advice), text) == 0)
    return;
  gtk_label_set_label (self->advice, text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
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
  gtk_list_box_prepend (self->tray, mil_receipt_row_new (self->session, g_value_get_object (value)));
  gtk_revealer_set_reveal_child (self->tray_revealer, TRUE);
  set_advice (self, _ ("Got it. Next one?"));
}

/* The picture goes to the disk even when the page is left meanwhile. */
static DexFuture *
keep (DexFuture *captured, gpointer session)
{
  const GValue *value = dex_future_get_value (captured, NULL);

  return mil_session_add_receipt_picture (session, g_value_get_object (value), NULL);
}

static void
take (MilScannerPage *self)
{
  MilDetection *detection = mil_camera_get_detection (self->camera);

  if (self->capturing || mil_camera_get_state (self->camera) != MIL_CAMERA_LIVE)
    return;
  self->capturing = TRUE;
  self->taken = detection != NULL && detection->has_page ? detection->page : (MilQuad) { 0 };
  mil_camera_view_set_ring (self->view, 0);
  mil_camera_view_flash (self->view);
  dex_future_disown (mil_wait (self,
                               dex_future_then (mil_camera_capture (self->camera), keep, g_object_ref (self->session), g_object_unref),
                               kept_cb,
                               NULL));
}

static gboolean
was_taken (MilScannerPage *self, const MilDetection *detection)
{
  return mil_quad_is_set (&self->taken)
         && mil_quad_distance (&self->taken, &detection->page) < MOVED_PART * detection->width;
}

static void
look_for_page (MilScannerPage *self, MilDetection *detection)
{
  gboolean automatic = adw_switch_row_get_active (self->auto_row);
  double   ring = 0;

  self->seen_at = g_get_monotonic_time ();
  if (was_taken (self, detection))
    return;
  self->taken = (MilQuad) { 0 };
  if (automatic && detection->ready && !self->capturing)
    ring = CLAMP ((double) detection->steady_ms / STEADY_MS, 0, 1);
  mil_camera_view_set_ring (self->view, ring);
  if (ring >= 1)
    take (self);
  else
    set_advice (self, detection->ready ? _ ("Hold it still …") : hint_text (detection->hint));
}

static void
detection_cb (MilScannerPage *self)
{
  MilDetection *detection = mil_camera_get_detection (self->camera);

  g_assert (MIL_IS_SCANNER_PAGE (self));

  mil_camera_view_set_detection (self->view, detection);
  if (detection == NULL)
    return;
  if (detection->has_page)
    {
      look_for_page (self, detection);
      return;
    }
  mil_camera_view_set_ring (self->view, 0);
  self->taken = (MilQuad) { 0 };
  if (g_get_monotonic_time () - self->seen_at > PATIENCE_US)
    set_advice (self, hint_text (detection->hint));
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
      self->seen_at = g_get_monotonic_time ();
      set_advice (self, hint_text (MIL_HINT_NONE));
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
  mil_camera_view_set_mirrored (self->view, adw_switch_row_get_active (self->mirror_row));
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
  MilScannerPage *self = MIL_SCANNER_PAGE (widget);

  if (self->camera != NULL)
    take (self);
}

static void
tray_activated_cb (MilScannerPage *self, GtkListBoxRow *row)
{
  g_assert (MIL_IS_SCANNER_PAGE (self));

  g_signal_emit (self, signals[RECEIPT_ACTIVATED], 0, mil_receipt_row_get_receipt (MIL_RECEIPT_ROW (row)));
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
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_scanner_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, MilScannerPage, stack);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, failed);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, view);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, advice);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, shutter);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, tray_revealer);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, tray);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, device_row);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, auto_row);
  gtk_widget_class_bind_template_child (klass, MilScannerPage, mirror_row);
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
  g_type_ensure (MIL_TYPE_SCENE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/scanner/scanner-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, showing_cb);
  gtk_widget_class_bind_template_callback (widget_class, hidden_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, device_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, mirror_cb);
  gtk_widget_class_bind_template_callback (widget_class, shutter_cb);
  gtk_widget_class_bind_template_callback (widget_class, tray_activated_cb);
  gtk_widget_class_install_action (widget_class, "scanner.take", NULL, take_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "scanner.take", NULL);
}

static void
mil_scanner_page_init (MilScannerPage *self)
{
  self->settings = g_settings_new (MIL_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_expression (self->device_row, gtk_property_expression_new (MIL_TYPE_CAMERA_DEVICE, NULL, "name"));
  g_settings_bind (self->settings, "auto-capture", self->auto_row, "active", G_SETTINGS_BIND_DEFAULT);
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
  return self;
}
