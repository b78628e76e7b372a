/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-viewfinder.h"

#include <glib/gi18n.h>

#include "app/mil-wait.h"
#include "app/widgets/mil-pressable.h"
#include "app/widgets/mil-scene.h"

struct _MilViewfinder
{
  AdwBin parent_instance;

  GtkStack            *stack;
  MilScene            *failed;
  GtkButton           *file;
  MilCameraView       *view;
  GtkLabel            *advice;
  AdwBin              *head;
  AdwBin              *place;
  GtkPopover          *options;
  AdwPreferencesGroup *option_rows;
  AdwComboRow         *device_row;
  AdwSwitchRow        *mirror_row;

  MilCamera     *camera;      /* (owned) (nullable) */
  GSettings     *settings;    /* (owned) */
  DexFuture     *starting;    /* (owned) (nullable) */
  GtkMenuButton *menu_button; /* (owned) (nullable) */
  gboolean       documents;
  gboolean       wanted; /* between start and stop */
};

G_DEFINE_FINAL_TYPE (MilViewfinder, mil_viewfinder, ADW_TYPE_BIN)

typedef enum
{
  PROP_FILE_ACTION = 1,
  PROP_HEAD,
  PROP_CONTROLS,
  PROP_MENU_BUTTON,
  N_PROPS,
} MilViewfinderProperty;

static GParamSpec *props[N_PROPS];

enum
{
  LIVE,
  DETECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_failure (MilViewfinder *self, const GError *error)
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
detection_cb (MilViewfinder *self)
{
  g_assert (MIL_IS_VIEWFINDER (self));

  mil_camera_view_set_detection (self->view, mil_camera_get_detection (self->camera));
  g_signal_emit (self, signals[DETECTED], 0);
}

static void
state_cb (MilViewfinder *self)
{
  g_assert (MIL_IS_VIEWFINDER (self));

  switch (mil_camera_get_state (self->camera))
    {
    case MIL_CAMERA_LIVE:
      gtk_stack_set_visible_child_name (self->stack, "live");
      g_signal_emit (self, signals[LIVE], 0);
      break;
    case MIL_CAMERA_LOST:
      mil_viewfinder_set_advice (self, _ ("The camera is gone. Plug it in again; nothing is lost."));
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
  if (error != NULL)
    show_failure (object, error);
}

static void
use (MilViewfinder *self, MilCameraDevice *device)
{
  dex_clear (&self->starting);
  self->starting = mil_wait (self, mil_camera_start (self->camera, device), started_cb, NULL);
}

static MilCameraDevice *
remembered_device (MilViewfinder *self)
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
set_up_camera (MilViewfinder *self)
{
  GstElement *sink = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;

  gst_init (NULL, NULL);
  sink = gst_element_factory_make ("gtk4paintablesink", NULL);
  if (sink == NULL)
    {
      g_autoptr (GError) error = mil_error_new (
          MIL_ERROR_UNSUPPORTED,
          _ ("A part that shows the camera is missing (gtk4paintablesink). You can still choose a file."));

      show_failure (self, error);
      return;
    }
  g_object_get (sink, "paintable", &paintable, NULL);
  mil_camera_view_set_paintable (self->view, paintable);
  self->camera = mil_camera_new ();
  mil_camera_set_sink (self->camera, sink);
  mil_camera_set_detecting (self->camera, TRUE);
  mil_camera_set_documents (self->camera, self->documents);
  g_signal_connect_object (self->camera, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera, "notify::detection", G_CALLBACK (detection_cb), self, G_CONNECT_SWAPPED);
  adw_combo_row_set_model (self->device_row, mil_camera_get_devices (self->camera));
}

static void
retry_cb (MilViewfinder *self)
{
  g_assert (MIL_IS_VIEWFINDER (self));

  if (self->camera == NULL)
    set_up_camera (self);
  if (self->camera != NULL)
    use (self, NULL);
}

static void
device_selected_cb (MilViewfinder *self)
{
  MilCameraDevice *device = NULL;

  if (!self->wanted || !mil_viewfinder_is_live (self))
    return;
  device = adw_combo_row_get_selected_item (self->device_row);
  if (device == NULL || device == mil_camera_get_device (self->camera))
    return;
  g_settings_set_string (self->settings, "camera", mil_camera_device_get_id (device));
  use (self, device);
}

static void
mirror_cb (MilViewfinder *self)
{
  mil_camera_view_set_mirrored (self->view, adw_switch_row_get_active (self->mirror_row));
}

static void
set_menu_button (MilViewfinder *self, GtkMenuButton *button)
{
  if (!g_set_object (&self->menu_button, button))
    return;
  if (button != NULL)
    gtk_menu_button_set_popover (button, GTK_WIDGET (self->options));
}

static void
mil_viewfinder_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilViewfinder *self = MIL_VIEWFINDER (object);

  switch ((MilViewfinderProperty) prop_id)
    {
    case PROP_FILE_ACTION:
      g_value_set_string (value, gtk_actionable_get_action_name (GTK_ACTIONABLE (self->file)));
      break;
    case PROP_HEAD:
      g_value_set_object (value, adw_bin_get_child (self->head));
      break;
    case PROP_CONTROLS:
      g_value_set_object (value, adw_bin_get_child (self->place));
      break;
    case PROP_MENU_BUTTON:
      g_value_set_object (value, self->menu_button);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_viewfinder_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MilViewfinder *self = MIL_VIEWFINDER (object);

  switch ((MilViewfinderProperty) prop_id)
    {
    case PROP_FILE_ACTION:
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->file), g_value_get_string (value));
      break;
    case PROP_HEAD:
      adw_bin_set_child (self->head, g_value_get_object (value));
      break;
    case PROP_CONTROLS:
      adw_bin_set_child (self->place, g_value_get_object (value));
      break;
    case PROP_MENU_BUTTON:
      set_menu_button (self, g_value_get_object (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_viewfinder_dispose (GObject *object)
{
  MilViewfinder *self = MIL_VIEWFINDER (object);

  mil_viewfinder_stop (self);
  /* The popover is of this template, and goes with it. */
  if (self->menu_button != NULL)
    gtk_menu_button_set_popover (self->menu_button, NULL);
  g_clear_object (&self->menu_button);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_VIEWFINDER);
  g_clear_object (&self->camera);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (mil_viewfinder_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, MilViewfinder, stack);
  gtk_widget_class_bind_template_child (klass, MilViewfinder, failed);
  gtk_widget_class_bind_template_child (klass, MilViewfinder, file);
  gtk_widget_class_bind_template_child (klass, MilViewfinder, view);
  gtk_widget_class_bind_template_child (klass, MilViewfinder, advice);
  gtk_widget_class_bind_template_child (klass, MilViewfinder, head);
  gtk_widget_class_bind_template_child (klass, MilViewfinder, place);
  gtk_widget_class_bind_template_child (klass, MilViewfinder, options);
  gtk_widget_class_bind_template_child (klass, MilViewfinder, option_rows);
  gtk_widget_class_bind_template_child (klass, MilViewfinder, device_row);
  gtk_widget_class_bind_template_child (klass, MilViewfinder, mirror_row);
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  props[PROP_FILE_ACTION] = g_param_spec_string ("file-action", NULL, NULL, NULL, flags);
  props[PROP_HEAD] = g_param_spec_object ("head", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_CONTROLS] = g_param_spec_object ("controls", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_MENU_BUTTON] = g_param_spec_object ("menu-button", NULL, NULL, GTK_TYPE_MENU_BUTTON, flags);
  g_object_class_install_properties (klass, N_PROPS, props);
}

static void
mil_viewfinder_class_init (MilViewfinderClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mil_viewfinder_dispose;
  object_class->get_property = mil_viewfinder_get_property;
  object_class->set_property = mil_viewfinder_set_property;
  install_properties (object_class);

  /**
   * MilViewfinder::live:
   * @self: the viewfinder
   *
   * The picture comes, for the first time or again.
   */
  signals[LIVE] = g_signal_new ("live", MIL_TYPE_VIEWFINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MilViewfinder::detected:
   * @self: the viewfinder
   *
   * The camera's detection is another one.
   */
  signals[DETECTED] = g_signal_new ("detected", MIL_TYPE_VIEWFINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MIL_TYPE_CAMERA_VIEW);
  g_type_ensure (MIL_TYPE_SCENE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/scanner/viewfinder.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, device_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, mirror_cb);
}

static void
mil_viewfinder_init (MilViewfinder *self)
{
  g_autoptr (GtkExpression) name = gtk_property_expression_new (MIL_TYPE_CAMERA_DEVICE, NULL, "name");

  self->settings = g_settings_new (MIL_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  mil_pressable_make (GTK_WIDGET (self->device_row));
  adw_combo_row_set_expression (self->device_row, name);
  g_settings_bind (self->settings, "mirror", self->mirror_row, "active", G_SETTINGS_BIND_DEFAULT);
  mirror_cb (self);
}

/**
 * mil_viewfinder_start:
 * @self: a viewfinder
 *
 * Turns the camera on, the one that was used last where it is there.
 */
void
mil_viewfinder_start (MilViewfinder *self)
{
  g_autoptr (MilCameraDevice) device = NULL;

  g_return_if_fail (MIL_IS_VIEWFINDER (self));

  self->wanted = TRUE;
  if (self->camera == NULL)
    set_up_camera (self);
  if (self->camera == NULL)
    return;
  device = remembered_device (self);
  use (self, device);
}

/**
 * mil_viewfinder_stop:
 * @self: a viewfinder
 *
 * Turns the camera off.
 */
void
mil_viewfinder_stop (MilViewfinder *self)
{
  g_return_if_fail (MIL_IS_VIEWFINDER (self));

  self->wanted = FALSE;
  dex_clear (&self->starting);
  if (self->camera != NULL)
    mil_camera_stop (self->camera);
}

/**
 * mil_viewfinder_is_live:
 * @self: a viewfinder
 *
 * Returns: whether a picture comes
 */
gboolean
mil_viewfinder_is_live (MilViewfinder *self)
{
  g_return_val_if_fail (MIL_IS_VIEWFINDER (self), FALSE);

  return self->camera != NULL && mil_camera_get_state (self->camera) == MIL_CAMERA_LIVE;
}

/**
 * mil_viewfinder_get_camera:
 * @self: a viewfinder
 *
 * Returns: (transfer none) (nullable): its camera, once it was started
 */
MilCamera *
mil_viewfinder_get_camera (MilViewfinder *self)
{
  g_return_val_if_fail (MIL_IS_VIEWFINDER (self), NULL);

  return self->camera;
}

/**
 * mil_viewfinder_get_view:
 * @self: a viewfinder
 *
 * Returns: (transfer none): what shows the picture
 */
MilCameraView *
mil_viewfinder_get_view (MilViewfinder *self)
{
  g_return_val_if_fail (MIL_IS_VIEWFINDER (self), NULL);

  return self->view;
}

/**
 * mil_viewfinder_set_documents:
 * @self: a viewfinder
 * @documents: whether the two lines of a travel document are looked for as well
 */
void
mil_viewfinder_set_documents (MilViewfinder *self, gboolean documents)
{
  g_return_if_fail (MIL_IS_VIEWFINDER (self));

  self->documents = documents;
  if (self->camera != NULL)
    mil_camera_set_documents (self->camera, documents);
}

/**
 * mil_viewfinder_set_advice:
 * @self: a viewfinder
 * @text: a line of advice, which is shown over the picture and spoken
 */
void
mil_viewfinder_set_advice (MilViewfinder *self, const char *text)
{
  g_return_if_fail (MIL_IS_VIEWFINDER (self));
  g_return_if_fail (text != NULL);

  if (g_strcmp0 (gtk_label_get_label (self->advice), text) == 0)
    return;
  gtk_label_set_label (self->advice, text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

/**
 * mil_viewfinder_add_option:
 * @self: a viewfinder
 * @row: something else to choose in the popover of the camera
 */
void
mil_viewfinder_add_option (MilViewfinder *self, GtkWidget *row)
{
  g_return_if_fail (MIL_IS_VIEWFINDER (self));
  g_return_if_fail (GTK_IS_WIDGET (row));

  adw_preferences_group_add (self->option_rows, row);
}
