/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-thumb.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/mil-wait.h"
#include "app/widgets/mil-icon.h"

#define WIDTH 54
#define HEIGHT 72

struct _MilThumb
{
  GtkButton parent_instance;

  GtkPicture *picture;
  GtkLabel   *number;
  GtkStack   *state;

  MilSession       *session; /* (owned) */
  MilReceiptRecord *receipt; /* (owned) */
  guint             index;
  guint             place;
  guint             of;
  char             *shown;   /* (owned) (nullable): address of the picture that is shown */
  DexFuture        *loading; /* (owned) (nullable) */
  guint             update;  /* idle source */
};

G_DEFINE_FINAL_TYPE (MilThumb, mil_thumb, GTK_TYPE_BUTTON)

enum
{
  MOVED,
  DROPPED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
loaded_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilThumb        *self = object;
  const MilPixels *pixels = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (pixels == NULL)
    return;
  texture = gdk_memory_texture_new (pixels->width, pixels->height, GDK_MEMORY_R8G8B8A8, pixels->bytes, pixels->stride);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
}

static void
fill_picture (MilThumb *self)
{
  g_autofree char *address = mil_receipt_record_dup_sheet_address (self->receipt, self->index, TRUE);

  if (address == NULL || g_strcmp0 (address, self->shown) == 0)
    return;
  g_set_str (&self->shown, address);
  dex_clear (&self->loading);
  self->loading = mil_wait (self,
                            mil_picture_cache_fetch (mil_session_get_pictures (self->session), address, 2 * WIDTH, 2 * HEIGHT),
                            loaded_cb,
                            NULL);
}

static const char *
state_text (MilReceiptState state)
{
  switch (state)
    {
    case MIL_RECEIPT_STATE_READ:
      return C_ ("receipt state", "read");
    case MIL_RECEIPT_STATE_UNREAD:
      return C_ ("receipt state", "could not be read");
    case MIL_RECEIPT_STATE_WAITING:
    case MIL_RECEIPT_STATE_READING:
    default:
      return C_ ("receipt state", "being read");
    }
}

static const char *
state_page (MilReceiptState state)
{
  switch (state)
    {
    case MIL_RECEIPT_STATE_READ:
      return "read";
    case MIL_RECEIPT_STATE_UNREAD:
      return "unread";
    case MIL_RECEIPT_STATE_WAITING:
    case MIL_RECEIPT_STATE_READING:
    default:
      return "reading";
    }
}

static gboolean
update_cb (gpointer data)
{
  MilThumb        *self = data;
  MilReceiptState  state = mil_receipt_record_get_state (self->receipt);
  const char      *merchant = mil_receipt_record_get_text (self->receipt, MIL_RECEIPT_PART_MERCHANT);
  g_autofree char *number = g_strdup_printf ("%u", self->place);
  g_autofree char *label = NULL;

  self->update = 0;
  fill_picture (self);
  gtk_label_set_label (self->number, number);
  gtk_stack_set_visible_child_name (self->state, state_page (state));
  /* Translators: a picture that was taken: its number, how many there are, the shop, and whether it was read. */
  label = g_strdup_printf (C_ ("scanner", "Picture %1$u of %2$u: %3$s, %4$s"),
                           self->place,
                           self->of,
                           merchant != NULL && *merchant != '\0' ? merchant : C_ ("receipt", "New receipt"),
                           state_text (state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
  return G_SOURCE_REMOVE;
}

static void
queue_update (MilThumb *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, MilThumb *self)
{
  /* What is dragged is not pressed as well. */
  gtk_gesture_set_state (GTK_GESTURE (source), GTK_EVENT_SEQUENCE_CLAIMED);
  return gdk_content_provider_new_typed (MIL_TYPE_THUMB, self);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, MilThumb *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, paintable, WIDTH / 2, HEIGHT / 2);
}

static gboolean
drop_cb (MilThumb *self, const GValue *value)
{
  MilThumb *dropped = g_value_get_object (value);

  g_assert (MIL_IS_THUMB (self));

  if (dropped == NULL || dropped == self)
    return FALSE;
  g_signal_emit (self, signals[DROPPED], 0, dropped);
  return TRUE;
}

static void
add_dragging (MilThumb *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (MIL_TYPE_THUMB, GDK_ACTION_MOVE);

  /* Before the button, which would keep the press for itself. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* The arrow keys follow what is seen, so in a right-to-left language the left one goes on. */
static gboolean
key_cb (MilThumb *self, guint keyval, guint keycode, GdkModifierType state)
{
  int right = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;

  g_assert (MIL_IS_THUMB (self));

  if (keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete)
    g_signal_emit (self, signals[REMOVED], 0);
  else if ((state & GDK_ALT_MASK) != 0 && (keyval == GDK_KEY_Left || keyval == GDK_KEY_Right))
    g_signal_emit (self, signals[MOVED], 0, keyval == GDK_KEY_Right ? right : -right);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
mil_thumb_dispose (GObject *object)
{
  MilThumb *self = MIL_THUMB (object);

  g_clear_handle_id (&self->update, g_source_remove);
  dex_clear (&self->loading);
  g_clear_object (&self->receipt);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (mil_thumb_parent_class)->dispose (object);
}

static void
mil_thumb_class_init (MilThumbClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_thumb_dispose;

  /**
   * MilThumb::moved:
   * @self: the picture
   * @by: how many places, in reading order
   *
   * The person moves it by keys.
   */
  signals[MOVED] = g_signal_new ("moved", MIL_TYPE_THUMB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  /**
   * MilThumb::dropped:
   * @self: the picture
   * @other: what was dropped on it
   *
   * The person wants @other in its place.
   */
  signals[DROPPED] = g_signal_new ("dropped", MIL_TYPE_THUMB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MIL_TYPE_THUMB);

  /**
   * MilThumb::removed:
   * @self: the picture
   *
   * The person wants it gone.
   */
  signals[REMOVED] = g_signal_new ("removed", MIL_TYPE_THUMB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_state (MilThumb *self)
{
  GtkWidget *read = mil_icon_new ("object-select-symbolic");
  GtkWidget *unread = mil_icon_new ("dialog-warning-symbolic");

  self->state = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->state, adw_spinner_new (), "reading");
  gtk_stack_add_named (self->state, read, "read");
  gtk_stack_add_named (self->state, unread, "unread");
  gtk_widget_set_halign (GTK_WIDGET (self->state), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self->state), GTK_ALIGN_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "thumb-badge");
}

static void
mil_thumb_init (MilThumb *self)
{
  GtkWidget          *overlay = gtk_overlay_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->picture = g_object_new (GTK_TYPE_PICTURE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_picture_set_content_fit (self->picture, GTK_CONTENT_FIT_COVER);
  gtk_picture_set_can_shrink (self->picture, TRUE);
  gtk_widget_set_size_request (overlay, WIDTH, HEIGHT);
  gtk_widget_set_overflow (overlay, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (overlay, "thumb-picture");
  self->number = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_halign (GTK_WIDGET (self->number), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self->number), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "thumb-badge");
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "numeric");
  add_state (self);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->picture));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->number));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->state));
  gtk_button_set_child (GTK_BUTTON (self), overlay);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "thumb");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("Opens it, to turn, cut or take it again. Alt and the arrow keys change "
                                     "the order; Delete removes it."),
                                  GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS,
                                  "Alt+Left Alt+Right Delete",
                                  -1);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  add_dragging (self);
}

/**
 * mil_thumb_new:
 * @session: the session that keeps the receipt
 * @receipt: a receipt
 * @index: which of its pictures, from 0
 *
 * Returns: (transfer floating): a button that shows it
 */
GtkWidget *
mil_thumb_new (MilSession *session, MilReceiptRecord *receipt, guint index)
{
  MilThumb *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (receipt), NULL);

  self = g_object_new (MIL_TYPE_THUMB, NULL);
  self->session = g_object_ref (session);
  self->receipt = g_object_ref (receipt);
  self->index = index;
  g_signal_connect_object (receipt, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update_cb (self);
  return GTK_WIDGET (self);
}

/**
 * mil_thumb_set_place:
 * @self: a picture
 * @place: which one of the tray it is, from 1
 * @of: how many there are
 *
 * Says where it stands.
 */
void
mil_thumb_set_place (MilThumb *self, guint place, guint of)
{
  g_return_if_fail (MIL_IS_THUMB (self));

  self->place = place;
  self->of = of;
  queue_update (self);
}

/**
 * mil_thumb_get_receipt:
 * @self: a picture
 *
 * Returns: (transfer none): the receipt it belongs to
 */
MilReceiptRecord *
mil_thumb_get_receipt (MilThumb *self)
{
  g_return_val_if_fail (MIL_IS_THUMB (self), NULL);

  return self->receipt;
}

/**
 * mil_thumb_get_index:
 * @self: a picture
 *
 * Returns: which picture of the receipt it is, from 0
 */
guint
mil_thumb_get_index (MilThumb *self)
{
  g_return_val_if_fail (MIL_IS_THUMB (self), 0);

  return self->index;
}
