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
/* The magnifier: its size, how much it enlarges what is on the screen, and how far it stays from the finger. */
#define LENS 120
#define LENS_SCALE 2.5f
#define LENS_GAP 40

struct _MilCorners
{
  GtkWidget parent_instance;

  GtkWidget       *handles[4];
  GdkTexture      *texture; /* (owned) (nullable) */
  int              width;   /* of the picture that the corners count in */
  int              height;
  MilQuad          quad;
  MilQuad          grasped; /* when the drag began */
  graphene_point_t pressed;
  int              lens_on; /* the corner that is looked at closely, or -1 */
};

G_DEFINE_FINAL_TYPE (MilCorners, mil_corners, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const GdkRGBA edge = { 0.91f, 0.64f, 0.09f, 1 };

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
show_lens (MilCorners *self, int corner)
{
  self->lens_on = corner;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_begin_cb (MilCorners *self, double x, double y, GtkGesture *drag)
{
  GtkWidget *handle = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drag));

  self->grasped = self->quad;
  if (!gtk_widget_compute_point (handle, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &self->pressed))
    return;
  gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (handle);
  show_lens (self, (int) corner_of (self, handle));
}

/* The corner keeps its distance to the pointer: it must not jump when it is grasped beside its middle. The
 * handle moves with the pointer, so the way is measured in the widget, not in the handle. */
static void
drag_update_cb (MilCorners *self, double dx, double dy, GtkGesture *drag)
{
  GtkWidget       *handle = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drag));
  guint            corner = corner_of (self, handle);
  MilPoint         from = self->grasped.corners[corner];
  graphene_rect_t  rect = picture_rect (self);
  graphene_point_t at = { 0 };
  double           x = 0;
  double           y = 0;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (drag), &x, &y);
  if (!gtk_widget_compute_point (handle, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) (x + dx), (float) (y + dy)), &at))
    return;
  move_to (self,
           corner,
           from.x + (at.x - self->pressed.x) / rect.size.width * self->width,
           from.y + (at.y - self->pressed.y) / rect.size.height * self->height);
}

static void
drag_cancel_cb (MilCorners *self)
{
  MilQuad before = self->grasped;

  mil_corners_set_quad (self, &before);
}

static void
drag_end_cb (MilCorners *self)
{
  show_lens (self, -1);
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
  show_lens (self, (int) corner);
  if (move_to (self, corner, point.x + dx * step, point.y + dy * step))
    g_signal_emit (self, signals[CHANGED], 0);
  return GDK_EVENT_STOP;
}

static void
leave_cb (MilCorners *self)
{
  g_assert (MIL_IS_CORNERS (self));

  show_lens (self, -1);
}

static GtkWidget *
new_handle (MilCorners *self, guint corner)
{
  GtkWidget          *handle = gtk_button_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  const char         *name = g_dpgettext2 (NULL, "corner of the paper", corner_names[corner]);

  gtk_widget_add_css_class (handle, "corner-handle");
  gtk_widget_add_css_class (handle, "circular");
  gtk_widget_set_cursor_from_name (handle, "move");
  gtk_accessible_update_property (GTK_ACCESSIBLE (handle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (handle, keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (handle, focus);
  gtk_widget_set_parent (handle, GTK_WIDGET (self));
  return handle;
}

static GskPath *
paper_path (MilCorners *self, const graphene_rect_t *rect)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();

  for (guint i = 0; i < 4; i++)
    {
      graphene_point_t point = place (self, rect, i);

      if (i == 0)
        gsk_path_builder_move_to (builder, point.x, point.y);
      else
        gsk_path_builder_line_to (builder, point.x, point.y);
    }
  gsk_path_builder_close (builder);
  return gsk_path_builder_free_to_path (g_steal_pointer (&builder));
}

static void
append_outside (GtkSnapshot *snapshot, GskPath *paper, const graphene_rect_t *rect, float darkness)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) outside = NULL;

  gsk_path_builder_add_rect (builder, rect);
  gsk_path_builder_add_path (builder, paper);
  outside = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_fill (snapshot, outside, GSK_FILL_RULE_EVEN_ODD, &(GdkRGBA) { 0, 0, 0, darkness });
}

/* Above the finger; where there is no room, beside it, towards the middle. */
static graphene_rect_t
lens_rect (MilCorners *self, const graphene_point_t *corner)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  float x = corner->x;
  float y = corner->y - LENS_GAP - LENS / 2.0f;

  if (y < LENS / 2.0f + 2)
    {
      x += (x < width / 2 ? 1 : -1) * (LENS_GAP + LENS / 2.0f);
      y = corner->y;
    }
  x = CLAMP (x, LENS / 2.0f + 2, MAX (LENS / 2.0f + 2, width - LENS / 2.0f - 2));
  y = CLAMP (y, LENS / 2.0f + 2, MAX (LENS / 2.0f + 2, height - LENS / 2.0f - 2));
  return GRAPHENE_RECT_INIT (x - LENS / 2.0f, y - LENS / 2.0f, LENS, LENS);
}

/* What the finger hides: the paper's edges as thin lines, with nothing over the corner itself. */
static void
append_lens (MilCorners *self, GtkSnapshot *snapshot, const graphene_rect_t *rect)
{
  static const GdkRGBA surround = { 0, 0, 0, 1 }, rim = { 1, 1, 1, 1 };
  graphene_point_t     corner = place (self, rect, (guint) self->lens_on);
  graphene_rect_t      lens = lens_rect (self, &corner);
  graphene_rect_t      large = GRAPHENE_RECT_INIT (LENS / 2.0f - (corner.x - rect->origin.x) * LENS_SCALE,
                                              LENS / 2.0f - (corner.y - rect->origin.y) * LENS_SCALE,
                                              rect->size.width * LENS_SCALE,
                                              rect->size.height * LENS_SCALE);
  g_autoptr (GskPath) paper = paper_path (self, &large);
  g_autoptr (GskStroke) stroke = gsk_stroke_new (1.5f);
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &GRAPHENE_RECT_INIT (0, 0, LENS, LENS), LENS / 2.0f);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &lens.origin);
  gtk_snapshot_append_outset_shadow (snapshot, &round, &(GdkRGBA) { 0, 0, 0, 0.5f }, 0, 1, 1, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &surround, &GRAPHENE_RECT_INIT (0, 0, LENS, LENS));
  gtk_snapshot_append_scaled_texture (snapshot, self->texture, GSK_SCALING_FILTER_LINEAR, &large);
  append_outside (snapshot, paper, &large, 0.25f);
  gtk_snapshot_append_stroke (snapshot, paper, stroke, &edge);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &round, (float[4]) { 3, 3, 3, 3 }, (GdkRGBA[4]) { rim, rim, rim, rim });
  gtk_snapshot_restore (snapshot);
}

static void
mil_corners_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MilCorners     *self = MIL_CORNERS (widget);
  graphene_rect_t rect = picture_rect (self);
  g_autoptr (GskPath) paper = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (2);

  if (self->texture == NULL)
    return;
  gtk_snapshot_append_texture (snapshot, self->texture, &rect);
  paper = paper_path (self, &rect);
  append_outside (snapshot, paper, &rect, 0.55f);
  gtk_snapshot_append_stroke (snapshot, paper, stroke, &edge);
  for (guint i = 0; i < 4; i++)
    gtk_widget_snapshot_child (widget, self->handles[i], snapshot);
  if (self->lens_on >= 0)
    append_lens (self, snapshot, &rect);
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
  self->lens_on = -1;
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
