/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-focus-keeper.h"

#include "app/mil-focus.h"

/* Whoever knows what comes next gives it the keyboard within three of these. */
#define LOOK_MS 100
#define PATIENCE 3

struct _MilFocusKeeper
{
  GObject parent_instance;

  GtkWindow *window; /* (unowned): owns this */
  GtkWidget *last;   /* (unowned, weak) (nullable): what has or had the keyboard */
  gboolean   had;
  guint      looking;
  guint      n_looks;

  float    place; /* of what has the keyboard, in what is scrolled */
  double   room;  /* how much of that is seen at a time */
  gboolean placed;
  gboolean seen;
  gboolean keep; /* unless the person has scrolled away from it */
};

G_DEFINE_FINAL_TYPE (MilFocusKeeper, mil_focus_keeper, G_TYPE_OBJECT)

enum
{
  LOST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- that something has the keyboard ------------------------------------------------------------ */

static gboolean
is_busy (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && !gtk_widget_is_sensitive (widget);
}

static gboolean
take_back (GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_mapped (widget) && gtk_widget_grab_focus (widget);
}

/* Nothing behind a dialog gets it while that is open. */
static GtkWidget *
find_last (MilFocusKeeper *self, GtkWidget *focus)
{
  if (self->last == NULL || (ADW_IS_DIALOG (focus) && !gtk_widget_is_ancestor (self->last, focus)))
    return NULL;
  return self->last;
}

static gboolean
look_cb (gpointer data)
{
  MilFocusKeeper *self = data;
  GtkWidget      *focus = gtk_window_get_focus (self->window);
  GtkWidget      *last = find_last (self, focus);

  if (mil_focus_is_lost (GTK_ROOT (self->window)))
    {
      if (last != NULL && is_busy (last))
        return G_SOURCE_CONTINUE;
      if (!take_back (last) && ++self->n_looks < PATIENCE)
        return G_SOURCE_CONTINUE;
    }
  if (mil_focus_is_lost (GTK_ROOT (self->window)))
    {
      /* What is hidden must not be where the way to the next one starts. */
      if (!ADW_IS_DIALOG (focus))
        gtk_window_set_focus (self->window, NULL);
      g_signal_emit (self, signals[LOST], 0);
    }
  self->looking = 0;
  return G_SOURCE_REMOVE;
}

static void
start_looking (MilFocusKeeper *self)
{
  if (self->looking != 0 || !self->had)
    return;
  self->n_looks = 0;
  self->looking = g_timeout_add (LOOK_MS, look_cb, self);
}

static void
focus_changed_cb (MilFocusKeeper *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  g_assert (MIL_IS_FOCUS_KEEPER (self));

  self->placed = FALSE;
  self->seen = FALSE;
  self->keep = TRUE;
  if (focus != NULL && !ADW_IS_DIALOG (focus))
    {
      g_clear_handle_id (&self->looking, g_source_remove);
      g_set_weak_pointer (&self->last, focus);
      self->had = TRUE;
    }
  else
    {
      start_looking (self);
    }
}

/* --- that it is seen ---------------------------------------------------------------------------- */

static GtkWidget *
find_viewport (GtkWidget *widget, GtkAdjustment **adjustment)
{
  GtkWidget *viewport = widget;

  while ((viewport = gtk_widget_get_parent (viewport)) != NULL)
    {
      if (!GTK_IS_VIEWPORT (viewport))
        continue;
      *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
      if (gtk_adjustment_get_upper (*adjustment) > gtk_adjustment_get_page_size (*adjustment))
        return viewport;
    }
  return NULL;
}

static gboolean
is_seen (const graphene_rect_t *bounds, double room)
{
  double top = MAX (0, bounds->origin.y);
  double bottom = MIN (room, bounds->origin.y + bounds->size.height);

  return bottom - top >= MIN (bounds->size.height, room) - 1;
}

/* It has the keyboard while there is nothing in it that takes it, as before a page is loaded. */
static void
enter_scrolled (GtkScrolledWindow *scrolled)
{
  GtkWidget *child = gtk_scrolled_window_get_child (scrolled);

  if (child != NULL)
    gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

static void
after_paint_cb (MilFocusKeeper *self)
{
  GtkWidget      *focus = gtk_window_get_focus (self->window);
  GtkAdjustment  *adjustment = NULL;
  GtkWidget      *viewport = focus != NULL ? find_viewport (focus, &adjustment) : NULL;
  graphene_rect_t bounds;
  float           place = 0;
  double          room = 0;
  gboolean        seen = FALSE;
  gboolean        moved = FALSE;

  g_assert (MIL_IS_FOCUS_KEEPER (self));

  if (focus != NULL && !gtk_widget_get_mapped (focus))
    start_looking (self);
  else if (GTK_IS_SCROLLED_WINDOW (focus))
    enter_scrolled (GTK_SCROLLED_WINDOW (focus));
  if (viewport == NULL || !gtk_widget_compute_bounds (focus, viewport, &bounds))
    return;
  room = gtk_adjustment_get_page_size (adjustment);
  place = bounds.origin.y + (float) gtk_adjustment_get_value (adjustment);
  seen = is_seen (&bounds, room);
  moved = !self->placed || ABS (place - self->place) > 1 || ABS (room - self->room) > 1;
  if (seen)
    self->keep = TRUE;
  else if (self->keep && moved)
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), focus, NULL);
  else if (self->seen)
    self->keep = FALSE;
  self->placed = TRUE;
  self->place = place;
  self->room = room;
  self->seen = seen;
}

static void
realize_cb (MilFocusKeeper *self)
{
  g_assert (MIL_IS_FOCUS_KEEPER (self));

  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)),
                           "after-paint",
                           G_CALLBACK (after_paint_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
mil_focus_keeper_dispose (GObject *object)
{
  MilFocusKeeper *self = MIL_FOCUS_KEEPER (object);

  g_clear_handle_id (&self->looking, g_source_remove);
  g_clear_weak_pointer (&self->last);
  G_OBJECT_CLASS (mil_focus_keeper_parent_class)->dispose (object);
}

static void
mil_focus_keeper_class_init (MilFocusKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_focus_keeper_dispose;

  /**
   * MilFocusKeeper::lost:
   * @self: the keeper
   *
   * What had the keyboard is gone, and nobody has given it to anything else.
   */
  signals[LOST] = g_signal_new ("lost", MIL_TYPE_FOCUS_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_focus_keeper_init (MilFocusKeeper *self)
{
}

/**
 * mil_focus_keeper_new:
 * @window: a window that is not realized yet and outlives the keeper
 *
 * Sees to it that somebody without a mouse knows where they are: what loses the keyboard while its work is
 * done gets it back, what has it stays on the screen when something comes in above it, and `lost` is emitted
 * where neither is possible.
 *
 * Returns: (transfer full): what watches over @window
 */
MilFocusKeeper *
mil_focus_keeper_new (GtkWindow *window)
{
  MilFocusKeeper *self = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (!gtk_widget_get_realized (GTK_WIDGET (window)), NULL);

  self = g_object_new (MIL_TYPE_FOCUS_KEEPER, NULL);
  self->window = window;
  g_signal_connect_object (window, "notify::focus-widget", G_CALLBACK (focus_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "realize", G_CALLBACK (realize_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}
