/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-photo.h"

#include <adwaita.h>

#include "app/mil-wait.h"

#define FADE_MILLISECONDS 200

struct _MilPhoto
{
  GtkWidget parent_instance;

  MilPictureCache *cache;
  char            *address;
  DexFuture       *fetching;
  GdkTexture      *texture;
  AdwAnimation    *fade;
  double           opacity;
  double           ratio;         /* width by height; 0 takes any height */
  int              decoded_width; /* device pixels that were asked for */
  gboolean         failed;
};

G_DEFINE_FINAL_TYPE (MilPhoto, mil_photo, GTK_TYPE_WIDGET)

enum
{
  PROP_RATIO = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* Few sizes, so that the cache is asked for the same one by all cells. */
static const int widths[] = { 128, 256, 384, 512, 768, 1024, 1536, 2048 };

static int
step_width (int width)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    if (width <= widths[i])
      return widths[i];
  return widths[G_N_ELEMENTS (widths) - 1];
}

static void
fade_cb (double value, gpointer data)
{
  MilPhoto *self = MIL_PHOTO (data);

  self->opacity = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
show_pixels (MilPhoto *self, const MilPixels *pixels, gboolean fade)
{
  g_clear_object (&self->texture);
  self->texture
      = gdk_memory_texture_new (pixels->width, pixels->height, GDK_MEMORY_R8G8B8A8, pixels->bytes, pixels->stride);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "waiting");
  if (fade)
    {
      self->opacity = 0;
      adw_animation_play (self->fade);
    }
  else
    {
      adw_animation_pause (self->fade);
      self->opacity = 1;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
fetched_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilPhoto *self = MIL_PHOTO (object);

  dex_clear (&self->fetching);
  if (value != NULL && G_VALUE_HOLDS (value, MIL_TYPE_PIXELS))
    {
      show_pixels (self, g_value_get_boxed (value), self->texture == NULL);
      return;
    }
  self->failed = TRUE;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "waiting");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
fetch (MilPhoto *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int width = step_width (gtk_widget_get_width (GTK_WIDGET (self)) * scale);
  int height = self->ratio > 0 ? (int) (width / self->ratio) : width;
  g_autoptr (MilPixels) known = NULL;

  if (self->cache == NULL || self->address == NULL || gtk_widget_get_width (GTK_WIDGET (self)) <= 1)
    return;
  if (self->decoded_width >= width)
    return;
  self->decoded_width = width;
  known = mil_picture_cache_peek (self->cache, self->address, width, height);
  if (known != NULL)
    {
      dex_clear (&self->fetching);
      show_pixels (self, known, FALSE);
      return;
    }
  if (self->texture == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "waiting");
  dex_clear (&self->fetching);
  self->fetching = mil_wait (self, mil_picture_cache_fetch (self->cache, self->address, width, height), fetched_cb, NULL);
}

static void
append_covering (GtkSnapshot *snapshot, GdkTexture *texture, float width, float height)
{
  float           texture_width = (float) gdk_texture_get_width (texture);
  float           texture_height = (float) gdk_texture_get_height (texture);
  float           scale = MAX (width / texture_width, height / texture_height);
  graphene_rect_t place = GRAPHENE_RECT_INIT ((width - texture_width * scale) / 2,
                                              (height - texture_height * scale) / 2,
                                              texture_width * scale,
                                              texture_height * scale);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_append_scaled_texture (snapshot, texture, GSK_SCALING_FILTER_TRILINEAR, &place);
  gtk_snapshot_pop (snapshot);
}

static void
mil_photo_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MilPhoto *self = MIL_PHOTO (widget);

  if (self->texture == NULL)
    return;
  gtk_snapshot_push_opacity (snapshot, self->opacity);
  append_covering (snapshot, self->texture, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));
  gtk_snapshot_pop (snapshot);
}

static GtkSizeRequestMode
mil_photo_get_request_mode (GtkWidget *widget)
{
  return MIL_PHOTO (widget)->ratio > 0 ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
mil_photo_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  MilPhoto *self = MIL_PHOTO (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size > 0 && self->ratio > 0)
    *minimum = *natural = (int) (for_size / self->ratio);
}

static void
mil_photo_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  fetch (MIL_PHOTO (widget));
}

static void
mil_photo_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_RATIO:
      g_value_set_double (value, MIL_PHOTO (object)->ratio);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_photo_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_RATIO:
      MIL_PHOTO (object)->ratio = g_value_get_double (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_photo_dispose (GObject *object)
{
  MilPhoto *self = MIL_PHOTO (object);

  dex_clear (&self->fetching);
  g_clear_object (&self->fade);
  g_clear_object (&self->cache);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->address, g_free);
  G_OBJECT_CLASS (mil_photo_parent_class)->dispose (object);
}

static void
mil_photo_class_init (MilPhotoClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mil_photo_dispose;
  object_class->get_property = mil_photo_get_property;
  object_class->set_property = mil_photo_set_property;
  widget_class->snapshot = mil_photo_snapshot;
  widget_class->measure = mil_photo_measure;
  widget_class->get_request_mode = mil_photo_get_request_mode;
  widget_class->size_allocate = mil_photo_size_allocate;

  /**
   * MilPhoto:ratio:
   *
   * Width divided by height; 0 takes whatever height there is.
   */
  props[PROP_RATIO] = g_param_spec_double ("ratio", NULL, NULL, 0, 10, 4.0 / 3.0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "photo");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mil_photo_init (MilPhoto *self)
{
  self->ratio = 4.0 / 3.0;
  self->opacity = 1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->fade = adw_timed_animation_new (
      GTK_WIDGET (self), 0, 1, FADE_MILLISECONDS, adw_callback_animation_target_new (fade_cb, self, NULL));
}

/**
 * mil_photo_new:
 *
 * Returns: (transfer floating): an empty place for a picture
 */
GtkWidget *
mil_photo_new (void)
{
  return g_object_new (MIL_TYPE_PHOTO, NULL);
}

/**
 * mil_photo_set:
 * @self: a photo
 * @cache: (nullable): where pictures come from
 * @address: (nullable): which one, as #MilPictureCache names them
 *
 * Shows another picture. What was asked for before is dropped.
 */
void
mil_photo_set (MilPhoto *self, MilPictureCache *cache, const char *address)
{
  g_return_if_fail (MIL_IS_PHOTO (self));
  g_return_if_fail (cache == NULL || MIL_IS_PICTURE_CACHE (cache));

  if (self->cache == cache && g_strcmp0 (self->address, address) == 0 && !self->failed)
    return;
  dex_clear (&self->fetching);
  g_set_object (&self->cache, cache);
  g_set_str (&self->address, address);
  g_clear_object (&self->texture);
  self->decoded_width = 0;
  self->failed = FALSE;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "waiting");
  fetch (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * mil_photo_set_alt:
 * @self: a photo
 * @alt: (nullable): what the picture shows, for those who cannot see it
 *
 * Sets the accessible label.
 */
void
mil_photo_set_alt (MilPhoto *self, const char *alt)
{
  g_return_if_fail (MIL_IS_PHOTO (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, alt != NULL ? alt : "", -1);
}

/**
 * mil_photo_is_loaded:
 * @self: a photo
 *
 * Returns: whether the picture is there, or nothing more will come
 */
gboolean
mil_photo_is_loaded (MilPhoto *self)
{
  g_return_val_if_fail (MIL_IS_PHOTO (self), FALSE);

  return self->texture != NULL || self->failed || self->address == NULL;
}

/**
 * mil_photo_get_paintable:
 * @self: a photo
 *
 * Returns: (transfer none) (nullable): the picture, when it is there
 */
GdkPaintable *
mil_photo_get_paintable (MilPhoto *self)
{
  g_return_val_if_fail (MIL_IS_PHOTO (self), NULL);

  return self->texture != NULL ? GDK_PAINTABLE (self->texture) : NULL;
}
