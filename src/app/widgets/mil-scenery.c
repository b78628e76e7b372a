/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-scenery.h"

#include <adwaita.h>

#include "app/mil-wait.h"
#include "base/mil-future.h"

#define FADE_MILLISECONDS 250
/* The first frame and the first products come before it. */
#define PATIENCE_MILLISECONDS 900
/* What is cut off, in parts, lies above the picture; the rest below. */
#define CUT_ABOVE 0.8f

struct _MilScenery
{
  GtkWidget parent_instance;

  char         *path;
  GdkTexture   *texture; /* (owned) (nullable) */
  DexFuture    *loading; /* (owned) (nullable) */
  AdwAnimation *fade;    /* (owned) */
  double        opacity;
  guint         patience;
};

G_DEFINE_FINAL_TYPE (MilScenery, mil_scenery, GTK_TYPE_WIDGET)

static gpointer
decode (gpointer path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return bytes != NULL ? gdk_texture_new_from_bytes (bytes, error) : NULL;
}

static void
loaded_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilScenery *self = MIL_SCENERY (object);

  dex_clear (&self->loading);
  if (error != NULL)
    {
      g_warning ("%s could not be decoded: %s", self->path, error->message);
      return;
    }
  g_set_object (&self->texture, g_value_get_object (value));
  adw_animation_play (self->fade);
}

static gboolean
load_cb (gpointer data)
{
  MilScenery *self = MIL_SCENERY (data);

  self->patience = 0;
  self->loading = mil_wait (self, mil_thread (decode, g_strdup (self->path), g_free, GDK_TYPE_TEXTURE), loaded_cb, NULL);
  return G_SOURCE_REMOVE;
}

static void
fade_cb (double value, MilScenery *self)
{
  self->opacity = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
mil_scenery_map (GtkWidget *widget)
{
  MilScenery *self = MIL_SCENERY (widget);

  GTK_WIDGET_CLASS (mil_scenery_parent_class)->map (widget);
  if (self->path != NULL && self->texture == NULL && self->loading == NULL && self->patience == 0)
    self->patience = g_timeout_add_full (G_PRIORITY_LOW, PATIENCE_MILLISECONDS, load_cb, self, NULL);
}

static void
mil_scenery_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MilScenery *self = MIL_SCENERY (widget);
  float       width = (float) gtk_widget_get_width (widget);
  float       height = (float) gtk_widget_get_height (widget);
  float       full_width = 0;
  float       full_height = 0;
  float       scale = 0;

  if (self->texture == NULL || width <= 0 || height <= 0)
    return;
  scale = MAX (width / (float) gdk_texture_get_width (self->texture),
               height / (float) gdk_texture_get_height (self->texture));
  full_width = scale * (float) gdk_texture_get_width (self->texture);
  full_height = scale * (float) gdk_texture_get_height (self->texture);
  gtk_snapshot_push_opacity (snapshot, self->opacity);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width, 0));
      gtk_snapshot_scale (snapshot, -1, 1);
    }
  gtk_snapshot_append_texture (snapshot,
                               self->texture,
                               &GRAPHENE_RECT_INIT (width - full_width, (height - full_height) * CUT_ABOVE, full_width, full_height));
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
mil_scenery_dispose (GObject *object)
{
  MilScenery *self = MIL_SCENERY (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  dex_clear (&self->loading);
  g_clear_object (&self->fade);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (mil_scenery_parent_class)->dispose (object);
}

static void
mil_scenery_class_init (MilSceneryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_scenery_dispose;
  widget_class->map = mil_scenery_map;
  widget_class->snapshot = mil_scenery_snapshot;
  gtk_widget_class_set_css_name (widget_class, "scenery");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mil_scenery_init (MilScenery *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new ((AdwAnimationTargetFunc) fade_cb, self, NULL);

  self->fade = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, FADE_MILLISECONDS, target);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * mil_scenery_new:
 *
 * Returns: (transfer floating): a place without a drawing
 */
GtkWidget *
mil_scenery_new (void)
{
  return g_object_new (MIL_TYPE_SCENERY, NULL);
}

/**
 * mil_scenery_set_resource:
 * @self: a scenery that is not shown yet
 * @path: which of the program's resources to show
 *
 * To be called once.
 */
void
mil_scenery_set_resource (MilScenery *self, const char *path)
{
  g_return_if_fail (MIL_IS_SCENERY (self));
  g_return_if_fail (path != NULL && self->path == NULL);

  self->path = g_strdup (path);
}
