/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-corners.h"

#include <glib/gi18n.h>
#include <math.h>

#include "scan/mil-straighten.h"

/* A handle is as large as a finger, around the corner. */
#define HANDLE 44
/* Around the picture, so that a handle at its edge can be grasped. */
#define MARGIN 24
/* Steps of the arrow keys, in parts of the longer side. */
#define STEP 0.004
#define LARGE_STEP 0.025

struct _MilCorners
{
  GtkWidget parent_instance;

  GtkWidget  *handles[4];
  GdkTexture *texture; /* (owned) (nullable) */
  int         width;   /* of the picture that the corners count in */
  int         height;
  MilQuad     quad;
  MilQuad     grasped; /* when the drag began */
};

G_DEFINE_FINAL_TYPE (MilCorners, mil_corners, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const corner_names[4] = {
  NC_ ("corner of the paper", "Upper left corner"),
  NC_ ("corner of the paper", "Upper right corner"),
  NC_ ("corner of the paper", "Lower right corner"),
  NC_ ("corner of the paper", "Lower left corner"),
};

/* Where the picture is, in the widget. */
static graphene_rect_t
picture_rect (MilCorners *self)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)) - 2 * MARGIN;
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self)) - 2 * MARGIN;
  float scale = self->width > 0 ? MIN (width / (float) self->width, height / (float) self->height) : 0;
  float w = MAX (1, (float) self->width * scale);
  float h = MAX (1, (float) self->height * scale);

  return GRAPHENE_RECT_INIT (MARGIN + (width - w) / 2, MARGIN + (height - h) / 2, w, h);
}

static graphene_point_t
place (MilCorners *self, const graphene_rect_t *rect, guint corner)
{
  MilPoint point = self->quad.corners[corner];

  return GRAPHENE_POINT_INIT (rect->origin.x + rect->size.width * (float) point.x / (float) MAX (1, self->width),
                              rect->origin.y + rect->size.height * (float) point.y / (float) MAX (1, self->height));
}

static void
tell_place (MilCorners *self, guint corner)
{
  MilPoint         point = self->quad.corners[corner];
  g_autofree char *text = NULL;

  /* Translators: where a corner of the paper is in the picture. */
  text = g_strdup_printf (_ ("%d %% from the left, %d %% from the top. The arrow keys move it."),
                          (int) round (100.0 * point.x / MAX (1, self->width)),
                          (int) round (100.0 * point.y / MAX (1, self->height)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->handles[corner]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* A corner stays in the picture, and the four stay a paper. */
static gboolean
move_to (MilCorners *self, guint corner, double x, double y)
{
  MilQuad moved = self->quad;

  moved.corners[corner] = (MilPoint) { (int) round (CLAMP (x, 0, self->width)), (int) round (CLAMP (y, 0, self->height)) };
  if (!mil_quad_is_convex (&moved))
    return FALSE;
  self->quad = moved;
  tell_place (self, corner);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

static guint
corner_of (MilCorners *self, GtkWidget *handle)
{
  for (guint i = 0; i < 4; i++)
    if (self->handles[i] == handle)
      return i;
  return 0;
}

static void
drag_begin_cb (MilCorners *self, double x, double y, GtkGesture *drag)
{
  self->grasped = self->quad;
  gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drag)));
}

/* The handle moves with the pointer, so the way is measured in the widget, not in the handle. */
static void
drag_update_cb (MilCorners *self, double dx, double dy, GtkGesture *drag)
{
  GtkWidget       *handle = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drag));
  guint            corner = corner_of (self, handle);
  graphene_rect_t  rect = picture_rect (self);
  graphene_point_t at = { 0 };
  double           x = 0;
  double           y = 0;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (drag), &x, &y);
  if (!gtk_widget_compute_point (handle, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) (x + dx), (float) (y + dy)), &at))
    return;
  move_to (self,
           corner,
           (at.x - rect.origin.x) / rect.size.width * self->width,
           (at.y - rect.origin.y) / rect.size.height * self->height);
}

static void
drag_end_cb (MilCorners *self)
{
  if (mil_quad_distance (&self->grasped, &self->quad) > 0)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
key_cb (MilCorners *self, guint keyval, guint keycode, GdkModifierType state, GtkEventController *keys)
{
  guint    corner = corner_of (self, gtk_event_controller_get_widget (keys));
  MilPoint point = self->quad.corners[corner];
  double step = MAX (1, MAX (self->width, self->height) * ((state & GDK_SHIFT_MASK) != 0 ? LARGE_STEP : STEP));
  int dx = keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right ? 1
           : keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left ? -1
                                                                 : 0;
  int dy = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down ? 1
           : keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up   ? -1
                                                               : 0;

  g_assert (MIL_IS_CORNERS (self));

  if ((dx == 0 && dy == 0) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (move_to (self, corner, point.x + dx * step, point.y + dy * step))
    g_signal_emit (self, signals[CHANGED], 0);
  return GDK_EVENT_STOP;
}

static GtkWidget *
new_handle (MilCorners *self, guint corner)
{
  GtkWidget          *handle = gtk_button_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  const char         *name = g_dpgettext2 (NULL, "corner of the paper", corner_names[corner]);

  gtk_widget_add_css_class (handle, "corner-handle");
  gtk_widget_add_css_class (handle, "circular");
  gtk_widget_set_cursor_from_name (handle, "move");
  gtk_accessible_update_property (GTK_ACCESSIBLE (handle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (handle, keys);
  gtk_widget_set_parent (handle, GTK_WIDGET (self));
  return handle;
}

static void
append_outside (GtkSnapshot *snapshot, GskPath *paper, const graphene_rect_t *rect)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) outside = NULL;

  gsk_path_builder_add_rect (builder, rect);
  gsk_path_builder_add_path (builder, paper);
  outside = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_fill (snapshot, outside, GSK_FILL_RULE_EVEN_ODD, &(GdkRGBA) { 0, 0, 0, 0.55f });
}

static void
mil_corners_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA edge = { 0.91f, 0.64f, 0.09f, 1 };
  MilCorners          *self = MIL_CORNERS (widget);
  graphene_rect_t      rect = picture_rect (self);
  graphene_point_t     point = { 0 };
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) paper = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (2);

  if (self->texture == NULL)
    return;
  gtk_snapshot_append_texture (snapshot, self->texture, &rect);
  for (guint i = 0; i < 4; i++)
    {
      point = place (self, &rect, i);
      if (i == 0)
        gsk_path_builder_move_to (builder, point.x, point.y);
      else
        gsk_path_builder_line_to (builder, point.x, point.y);
    }
  gsk_path_builder_close (builder);
  paper = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  append_outside (snapshot, paper, &rect);
  gtk_snapshot_append_stroke (snapshot, paper, stroke, &edge);
  for (guint i = 0; i < 4; i++)
    gtk_widget_snapshot_child (widget, self->handles[i], snapshot);
}

static void
mil_corners_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  for (guint i = 0; i < 4; i++)
    gtk_widget_measure (MIL_CORNERS (widget)->handles[i], orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = 200;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : 560;
}

static void
mil_corners_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MilCorners     *self = MIL_CORNERS (widget);
  graphene_rect_t rect = picture_rect (self);

  for (guint i = 0; i < 4; i++)
    {
      graphene_point_t at = place (self, &rect, i);

      gtk_widget_set_child_visible (self->handles[i], self->texture != NULL);
      gtk_widget_allocate (self->handles[i],
                           HANDLE,
                           HANDLE,
                           -1,
                           gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (at.x - HANDLE / 2.0f, at.y - HANDLE / 2.0f)));
    }
}

static void
mil_corners_dispose (GObject *object)
{
  MilCorners *self = MIL_CORNERS (object);

  for (guint i = 0; i < 4; i++)
    g_clear_pointer (&self->handles[i], gtk_widget_unparent);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (mil_corners_parent_class)->dispose (object);
}

static void
mil_corners_class_init (MilCornersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_corners_dispose;
  widget_class->snapshot = mil_corners_snapshot;
  widget_class->measure = mil_corners_measure;
  widget_class->size_allocate = mil_corners_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "corners");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  /**
   * MilCorners::changed:
   * @self: the widget
   *
   * The person has moved a corner and let go of it.
   */
  signals[CHANGED] = g_signal_new ("changed", MIL_TYPE_CORNERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_corners_init (MilCorners *self)
{
  for (guint i = 0; i < 4; i++)
    self->handles[i] = new_handle (self, i);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The picture, and the corners of the receipt on it"),
                                  -1);
}

/**
 * mil_corners_set_texture:
 * @self: the widget
 * @texture: (nullable): the picture, at any size
 * @width: of the picture that corners count in, pixels
 * @height: of that picture
 *
 * Shows a picture. The corners stay where they are; mil_corners_set_quad() moves them.
 */
void
mil_corners_set_texture (MilCorners *self, GdkTexture *texture, int width, int height)
{
  g_return_if_fail (MIL_IS_CORNERS (self));
  g_return_if_fail (texture == NULL || (GDK_IS_TEXTURE (texture) && width > 0 && height > 0));

  g_set_object (&self->texture, texture);
  self->width = width;
  self->height = height;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * mil_corners_set_quad:
 * @self: the widget
 * @quad: four corners, in pixels of the picture
 *
 * Moves the corners.
 */
void
mil_corners_set_quad (MilCorners *self, const MilQuad *quad)
{
  g_return_if_fail (MIL_IS_CORNERS (self));
  g_return_if_fail (quad != NULL);

  self->quad = *quad;
  for (guint i = 0; i < 4; i++)
    tell_place (self, i);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * mil_corners_get_quad:
 * @self: the widget
 *
 * Returns: the corners, in pixels of the picture
 */
MilQuad
mil_corners_get_quad (MilCorners *self)
{
  g_return_val_if_fail (MIL_IS_CORNERS (self), (MilQuad) { 0 });

  return self->quad;
}

/**
 * mil_corners_get_handle:
 * @self: the widget
 * @corner: 0 to 3, as of #MilQuad
 *
 * Returns: (transfer none): what is dragged
 */
GtkWidget *
mil_corners_get_handle (MilCorners *self, guint corner)
{
  g_return_val_if_fail (MIL_IS_CORNERS (self) && corner < 4, NULL);

  return self->handles[corner];
}
