/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-scene.h"

#include "app/widgets/mil-boat.h"

struct _MilScene
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkWidget         *boat;
  GtkPicture        *picture;
  GtkWidget         *button;

  char *illustration;
  char *title;
  char *description;
  char *button_label;
};

G_DEFINE_FINAL_TYPE (MilScene, mil_scene, ADW_TYPE_BIN)

enum
{
  PROP_TITLE = 1,
  PROP_DESCRIPTION,
  PROP_BUTTON_LABEL,
  PROP_SAILING,
  PROP_ILLUSTRATION,
  PROP_BUTTON_ACTION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  PRESSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
has_text_cb (MilScene *self, const char *text)
{
  return text != NULL && text[0] != '\0';
}

/* What only scrolls is a stop of the Tab key where there is something to scroll. */
static void
update_stop (MilScene *self)
{
  GtkAdjustment *room = gtk_scrolled_window_get_vadjustment (self->scroller);

  g_assert (MIL_IS_SCENE (self));

  gtk_widget_set_can_focus (GTK_WIDGET (self->scroller),
                            has_text_cb (self, self->button_label)
                                || gtk_adjustment_get_upper (room) > gtk_adjustment_get_page_size (room));
}

static void
button_clicked_cb (MilScene *self)
{
  g_assert (MIL_IS_SCENE (self));

  g_signal_emit (self, signals[PRESSED], 0);
}

static void
set_text (MilScene *self, guint prop, char **field, const char *text)
{
  if (g_set_str (field, text))
    g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
load_illustration (MilScene *self)
{
  g_autofree char *path = NULL;

  if (self->illustration == NULL)
    return;
  path = g_strdup_printf ("/io/github/milione/Milione/illustrations/%s.png", self->illustration);
  gtk_picture_set_resource (self->picture, path);
}

/* Pages that are never seen decode no pictures. */
static void
mil_scene_map (GtkWidget *widget)
{
  MilScene *self = MIL_SCENE (widget);

  if (gtk_picture_get_paintable (self->picture) == NULL)
    load_illustration (self);
  GTK_WIDGET_CLASS (mil_scene_parent_class)->map (widget);
}

static void
mil_scene_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_SCENE);
  G_OBJECT_CLASS (mil_scene_parent_class)->dispose (object);
}

static void
mil_scene_finalize (GObject *object)
{
  MilScene *self = MIL_SCENE (object);

  g_free (self->illustration);
  g_free (self->title);
  g_free (self->description);
  g_free (self->button_label);
  G_OBJECT_CLASS (mil_scene_parent_class)->finalize (object);
}

static void
mil_scene_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilScene *self = MIL_SCENE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, self->button_label);
      break;
    case PROP_SAILING:
      g_object_get_property (G_OBJECT (self->boat), "sailing", value);
      break;
    case PROP_ILLUSTRATION:
      g_value_set_string (value, self->illustration);
      break;
    case PROP_BUTTON_ACTION:
      g_value_set_string (value, gtk_actionable_get_action_name (GTK_ACTIONABLE (self->button)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_scene_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MilScene *self = MIL_SCENE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      set_text (self, prop_id, &self->title, g_value_get_string (value));
      break;
    case PROP_DESCRIPTION:
      set_text (self, prop_id, &self->description, g_value_get_string (value));
      break;
    case PROP_BUTTON_LABEL:
      set_text (self, prop_id, &self->button_label, g_value_get_string (value));
      update_stop (self);
      break;
    case PROP_SAILING:
      g_object_set_property (G_OBJECT (self->boat), "sailing", value);
      break;
    case PROP_ILLUSTRATION:
      g_set_str (&self->illustration, g_value_get_string (value));
      gtk_widget_set_visible (self->boat, self->illustration == NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->picture), self->illustration != NULL);
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        load_illustration (self);
      break;
    case PROP_BUTTON_ACTION:
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_scene_class_init (MilSceneClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mil_scene_dispose;
  object_class->finalize = mil_scene_finalize;
  object_class->get_property = mil_scene_get_property;
  object_class->set_property = mil_scene_set_property;
  widget_class->map = mil_scene_map;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_BUTTON_LABEL] = g_param_spec_string (
      "button-label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_SAILING] = g_param_spec_boolean ("sailing", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * MilScene:illustration:
   *
   * Name of one of the pictures in ui/illustrations that stands in the boat's place.
   */
  props[PROP_ILLUSTRATION] = g_param_spec_string ("illustration", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * MilScene:button-action:
   *
   * Name of an action that the button does, without a parameter.
   */
  props[PROP_BUTTON_ACTION] = g_param_spec_string ("button-action", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[PRESSED] = g_signal_new ("pressed", MIL_TYPE_SCENE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MIL_TYPE_BOAT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/widgets/scene.ui");
  gtk_widget_class_bind_template_child (widget_class, MilScene, scroller);
  gtk_widget_class_bind_template_child (widget_class, MilScene, boat);
  gtk_widget_class_bind_template_child (widget_class, MilScene, picture);
  gtk_widget_class_bind_template_child (widget_class, MilScene, button);
  gtk_widget_class_bind_template_callback (widget_class, has_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_stop);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
}

static void
mil_scene_init (MilScene *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_stop (self);
}

/**
 * mil_scene_new:
 *
 * Returns: (transfer floating): a scene without words
 */
GtkWidget *
mil_scene_new (void)
{
  return g_object_new (MIL_TYPE_SCENE, NULL);
}

/**
 * mil_scene_set:
 * @self: a scene
 * @title: a few words
 * @description: (nullable): one sentence
 * @button: (nullable): what the button says; without it there is no button
 *
 * Sets all words of the scene at once.
 */
void
mil_scene_set (MilScene *self, const char *title, const char *description, const char *button)
{
  g_return_if_fail (MIL_IS_SCENE (self));

  g_object_set (self, "title", title, "description", description, "button-label", button, NULL);
}
