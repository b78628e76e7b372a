/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-shelf.h"

struct _MilShelf
{
  GtkWidget parent_instance;

  GtkWidget     *head;
  GtkWidget     *body;
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkAdjustment *body_adjustment; /* (owned): vertical one of the body */
  int            head_height;
  gboolean       arranging; /* our own changes of adjustments are not the person's */
};

G_DEFINE_FINAL_TYPE_WITH_CODE (MilShelf, mil_shelf, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

enum
{
  PROP_HEAD = 1,
  PROP_BODY,
  N_PROPS,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static GParamSpec *props[N_PROPS];

static void
scrolled_cb (MilShelf *self)
{
  g_assert (MIL_IS_SHELF (self));

  if (!self->arranging)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* The body moved by itself: a cell was focused with the keyboard, or scrolled to. */
static void
body_scrolled_cb (MilShelf *self)
{
  double value = gtk_adjustment_get_value (self->body_adjustment);
  double shown = gtk_adjustment_get_value (self->vadjustment);

  g_assert (MIL_IS_SHELF (self));

  if (self->arranging || (value <= 0 && shown <= self->head_height))
    return;
  gtk_adjustment_set_value (self->vadjustment, self->head_height + value);
}

static void
head_focused_cb (MilShelf *self)
{
  g_assert (MIL_IS_SHELF (self));

  if (self->vadjustment != NULL)
    gtk_adjustment_set_value (self->vadjustment, 0);
}

static void
set_adjustment (MilShelf *self, GtkAdjustment **field, GtkAdjustment *adjustment)
{
  if (adjustment != NULL && *field == adjustment)
    return;
  if (*field != NULL)
    g_signal_handlers_disconnect_by_func (*field, scrolled_cb, self);
  g_clear_object (field);
  if (adjustment == NULL)
    return;
  *field = g_object_ref_sink (adjustment);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Returns where the body wants to be: allocating it may scroll it to a cell that was asked for. */
static double
arrange_body (MilShelf *self, int width, int height, double value)
{
  double inner = MAX (0, value - self->head_height);
  int    top = MAX (0, self->head_height - (int) value);
  double settled = 0;

  gtk_adjustment_set_value (self->body_adjustment, inner);
  gtk_widget_allocate (self->body, width, height, -1, gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float) top)));
  settled = gtk_adjustment_get_value (self->body_adjustment);
  return ABS (settled - inner) < 1 ? value : self->head_height + settled;
}

static double
body_extent (MilShelf *self, int width, int height)
{
  double upper = gtk_adjustment_get_upper (self->body_adjustment);
  int    natural = 0;

  if (upper > height)
    return upper;
  gtk_widget_measure (self->body, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return MIN (upper, natural);
}

static void
mil_shelf_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MilShelf *self = MIL_SHELF (widget);
  double    asked = gtk_adjustment_get_value (self->vadjustment);
  double    value = asked;
  double    extent = 0;
  double    settled = 0;

  self->arranging = TRUE;
  self->head_height = 0;
  if (self->head != NULL && gtk_widget_should_layout (self->head))
    gtk_widget_measure (self->head, GTK_ORIENTATION_VERTICAL, width, NULL, &self->head_height, NULL, NULL);
  if (self->body != NULL && gtk_widget_should_layout (self->body))
    {
      value = arrange_body (self, width, height, value);
      extent = body_extent (self, width, height);
    }
  extent = MAX (self->head_height + extent, height);
  settled = CLAMP (value, 0, extent - height);
  gtk_adjustment_configure (self->vadjustment, settled, 0, extent, height * 0.1, height * 0.9, height);
  gtk_adjustment_configure (self->hadjustment, 0, 0, width, width * 0.1, width * 0.9, width);
  if (settled != asked && self->body != NULL)
    arrange_body (self, width, height, settled);
  if (self->head != NULL && gtk_widget_should_layout (self->head))
    gtk_widget_allocate (self->head,
                         width,
                         self->head_height,
                         -1,
                         gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float) -(int) settled)));
  self->arranging = FALSE;
}

static void
mil_shelf_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  MilShelf  *self = MIL_SHELF (widget);
  GtkWidget *parts[] = { self->head, self->body };

  *minimum = *natural = 0;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      int least = 0;
      int wanted = 0;

      if (parts[i] == NULL || !gtk_widget_should_layout (parts[i]))
        continue;
      gtk_widget_measure (parts[i], orientation, for_size, &least, &wanted, NULL, NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        {
          *minimum = MAX (*minimum, least);
          *natural = MAX (*natural, wanted);
        }
      else
        {
          *natural += wanted;
        }
    }
}

static GtkSizeRequestMode
mil_shelf_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mil_shelf_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilShelf *self = MIL_SHELF (object);

  switch (prop_id)
    {
    case PROP_HEAD:
      g_value_set_object (value, self->head);
      break;
    case PROP_BODY:
      g_value_set_object (value, self->body);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, GTK_SCROLL_MINIMUM);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_shelf_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MilShelf *self = MIL_SHELF (object);

  switch (prop_id)
    {
    case PROP_HEAD:
      mil_shelf_set_head (self, g_value_get_object (value));
      break;
    case PROP_BODY:
      mil_shelf_set_body (self, g_value_get_object (value));
      break;
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_shelf_dispose (GObject *object)
{
  MilShelf *self = MIL_SHELF (object);

  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
  if (self->body_adjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->body_adjustment, body_scrolled_cb, self);
  g_clear_object (&self->body_adjustment);
  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  G_OBJECT_CLASS (mil_shelf_parent_class)->dispose (object);
}

static void
mil_shelf_class_init (MilShelfClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mil_shelf_dispose;
  object_class->get_property = mil_shelf_get_property;
  object_class->set_property = mil_shelf_set_property;
  widget_class->measure = mil_shelf_measure;
  widget_class->get_request_mode = mil_shelf_get_request_mode;
  widget_class->size_allocate = mil_shelf_size_allocate;

  props[PROP_HEAD] = g_param_spec_object ("head", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_BODY] = g_param_spec_object ("body", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  gtk_widget_class_set_css_name (widget_class, "shelf");
}

static void
mil_shelf_init (MilShelf *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->body_adjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  set_adjustment (self, &self->hadjustment, gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  set_adjustment (self, &self->vadjustment, gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_swapped (self->body_adjustment, "value-changed", G_CALLBACK (body_scrolled_cb), self);
}

/**
 * mil_shelf_new:
 *
 * Returns: (transfer floating): an empty shelf
 */
GtkWidget *
mil_shelf_new (void)
{
  return g_object_new (MIL_TYPE_SHELF, NULL);
}

/**
 * mil_shelf_set_head:
 * @self: a shelf
 * @head: (nullable): what stands above the list and scrolls away with it
 */
void
mil_shelf_set_head (MilShelf *self, GtkWidget *head)
{
  GtkEventController *focus = NULL;

  g_return_if_fail (MIL_IS_SHELF (self));
  g_return_if_fail (head == NULL || GTK_IS_WIDGET (head));

  g_clear_pointer (&self->head, gtk_widget_unparent);
  if (head == NULL)
    return;
  self->head = head;
  gtk_widget_insert_after (head, GTK_WIDGET (self), NULL);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "enter", G_CALLBACK (head_focused_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (head, focus);
}

/**
 * mil_shelf_set_body:
 * @self: a shelf
 * @body: (nullable): a #GtkScrollable with the list
 */
void
mil_shelf_set_body (MilShelf *self, GtkWidget *body)
{
  g_return_if_fail (MIL_IS_SHELF (self));
  g_return_if_fail (body == NULL || GTK_IS_SCROLLABLE (body));

  g_clear_pointer (&self->body, gtk_widget_unparent);
  if (body == NULL)
    return;
  self->body = body;
  gtk_widget_insert_before (body, GTK_WIDGET (self), NULL);
  gtk_scrollable_set_vadjustment (GTK_SCROLLABLE (body), self->body_adjustment);
}
