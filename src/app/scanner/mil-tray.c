/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-tray.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/mil-toast.h"
#include "app/mil-wait.h"
#include "app/refunds/mil-receipt-row.h"
#include "app/scanner/mil-sheet-change.h"
#include "app/scanner/mil-thumb.h"

struct _MilTray
{
  AdwBin parent_instance;

  GtkRevealer   *revealer;
  GtkWidget     *papers;
  GtkLabel      *papers_words;
  GtkButton     *keep_one;
  GtkListBox    *last;
  GtkBox        *strip;
  GtkAdjustment *across;
  GtkLabel      *long_words;
  GtkButton     *join;
  GtkButton     *next;

  MilSession *session; /* (owned) (nullable) */
  GPtrArray *taken; /* (owned) (element-type MilReceiptRecord): also those that were deleted, which may come back */
  MilReceiptRecord *growing;  /* (owned) (nullable): the long receipt that what is taken next belongs to */
  MilReceiptRecord *joined;   /* (owned) (nullable): what was joined last, to be taken back */
  MilReceiptRecord *shown;    /* (owned) (nullable): whose row is shown */
  MilReceiptRecord *focus_on; /* (owned) (nullable): what is to have the focus when the strip is made again */
  guint             focus_index;
  guint             n_thumbs;
  gboolean          to_end;  /* the last picture is new, and to be seen */
  GPtrArray        *earlier; /* (owned) (nullable): what lay in it when it was opened */
  GPtrArray        *kept;    /* (owned) (nullable): what the session was told last */
  DexFuture        *working; /* (owned) (nullable) */
  guint             rebuild; /* idle source */
};

G_DEFINE_FINAL_TYPE (MilTray, mil_tray, ADW_TYPE_BIN)

enum
{
  SHEET_ACTIVATED,
  RECEIPT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void queue_rebuild (MilTray *self);

/* --- what is in it --------------------------------------------------------------------------------- */

static gboolean
is_there (MilTray *self, MilReceiptRecord *receipt)
{
  return mil_session_find_receipt (self->session, mil_receipt_record_get_id (receipt)) == receipt;
}

static GPtrArray *
list_there (MilTray *self)
{
  GPtrArray *there = g_ptr_array_new ();

  for (guint i = 0; i < self->taken->len; i++)
    if (is_there (self, self->taken->pdata[i]))
      g_ptr_array_add (there, self->taken->pdata[i]);
  return there;
}

static void
insert (MilTray *self, int position, MilReceiptRecord *receipt)
{
  if (g_ptr_array_find (self->taken, receipt, NULL))
    return;
  g_signal_connect_object (receipt, "notify::picture", G_CALLBACK (queue_rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (receipt, "notify::n-papers", G_CALLBACK (queue_rebuild), self, G_CONNECT_SWAPPED);
  g_ptr_array_insert (self->taken, position, g_object_ref (receipt));
}

/* The single pictures since the last long receipt, or since the tray was opened. */
static GPtrArray *
list_joinable (MilTray *self)
{
  g_autoptr (GPtrArray) there = list_there (self);
  GPtrArray *run = g_ptr_array_new ();

  for (guint i = there->len; i > 0; i--)
    {
      MilReceiptRecord *receipt = there->pdata[i - 1];
      if (mil_receipt_record_get_n_sheets (receipt) != 1 || mil_receipt_record_get_claim_id (receipt) != NULL
          || (self->earlier != NULL && g_ptr_array_find (self->earlier, receipt, NULL)))
        break;
      g_ptr_array_insert (run, 0, receipt);
    }
  return run;
}

/* --- changing it ----------------------------------------------------------------------------------- */

/* What came of one receipt stands where it stood. */
static void
parted_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilTray   *self = object;
  GPtrArray *receipts = value != NULL ? g_value_get_boxed (value) : NULL;
  guint      at = 0;

  dex_clear (&self->working);
  if (error != NULL)
    mil_toast (GTK_WIDGET (self), error->message);
  if (receipts == NULL || !g_ptr_array_find (self->taken, receipts->pdata[0], &at))
    return;
  for (guint i = 1; i < receipts->len; i++)
    insert (self, (int) (at + i), receipts->pdata[i]);
  queue_rebuild (self);
}

static void
work (MilTray *self, DexFuture *future, MilWaitFunc func)
{
  /* What was begun must not be lost with the page. */
  dex_clear (&self->working);
  self->working = mil_wait (self, future, func, NULL);
  dex_future_disown (dex_ref (self->working));
}

static void
undo_join_cb (gpointer object)
{
  MilTray *self = object;

  if (self->joined == NULL || self->session == NULL || !is_there (self, self->joined))
    return;
  if (self->growing == self->joined)
    g_clear_object (&self->growing);
  work (self, mil_session_part_receipt (self->session, self->joined), parted_cb);
}

static void
joined_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilTray *self = object;

  dex_clear (&self->working);
  if (error != NULL)
    {
      mil_toast (GTK_WIDGET (self), error->message);
      return;
    }
  g_set_object (&self->growing, g_value_get_object (value));
  g_set_object (&self->joined, self->growing);
  queue_rebuild (self);
  mil_toast_undo (GTK_WIDGET (self), _ ("The pictures are one receipt now"), undo_join_cb, G_OBJECT (self));
}

static void
join_cb (MilTray *self)
{
  g_autoptr (GPtrArray) run = list_joinable (self);

  g_assert (MIL_IS_TRAY (self));

  if (run->len == 0 || (self->working != NULL && dex_future_is_pending (self->working)))
    return;
  if (run->len == 1)
    {
      g_set_object (&self->growing, run->pdata[0]);
      queue_rebuild (self);
      return;
    }
  work (self, mil_session_join_receipts (self->session, run), joined_cb);
}

static void
next_cb (MilTray *self)
{
  g_assert (MIL_IS_TRAY (self));

  g_clear_object (&self->growing);
  queue_rebuild (self);
}

static MilReceiptRecord *
find_with_papers (MilTray *self)
{
  g_autoptr (GPtrArray) there = list_there (self);

  for (guint i = there->len; i > 0; i--)
    if (mil_receipt_record_get_n_papers (there->pdata[i - 1]) > 1)
      return there->pdata[i - 1];
  return NULL;
}

static void
split_done_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilTray *self = object;

  parted_cb (object, value, error, data);
  if (value != NULL)
    mil_sheet_tell_parted (GTK_WIDGET (self), self->session, g_value_get_boxed (value));
}

static void
split_cb (MilTray *self)
{
  MilReceiptRecord *receipt = find_with_papers (self);

  g_assert (MIL_IS_TRAY (self));

  if (receipt != NULL && (self->working == NULL || !dex_future_is_pending (self->working)))
    work (self, mil_session_split_papers (self->session, receipt), split_done_cb);
}

static void
keep_one_cb (MilTray *self)
{
  MilReceiptRecord *receipt = find_with_papers (self);

  g_assert (MIL_IS_TRAY (self));

  if (receipt != NULL)
    mil_session_keep_one_paper (self->session, receipt);
}

static void
move_receipt (MilTray *self, MilReceiptRecord *receipt, MilReceiptRecord *before_or_after)
{
  guint from = 0;
  guint to = 0;

  if (!g_ptr_array_find (self->taken, receipt, &from) || !g_ptr_array_find (self->taken, before_or_after, &to))
    return;
  g_ptr_array_insert (self->taken, (int) to, g_ptr_array_steal_index (self->taken, from));
  queue_rebuild (self);
}

static void
focus_on (MilTray *self, MilReceiptRecord *receipt, guint index)
{
  g_set_object (&self->focus_on, receipt);
  self->focus_index = index;
}

/* A section moves within its receipt, a receipt within the tray. */
static void
moved_cb (MilTray *self, int by, MilThumb *thumb)
{
  MilReceiptRecord *receipt = mil_thumb_get_receipt (thumb);
  int               n = (int) mil_receipt_record_get_n_sheets (receipt);
  int               to = (int) mil_thumb_get_index (thumb) + by;
  g_autoptr (GPtrArray) there = list_there (self);
  guint at = 0;

  g_assert (MIL_IS_TRAY (self));

  if (n > 1 && to >= 0 && to < n)
    {
      focus_on (self, receipt, (guint) to);
      mil_sheet_move (GTK_WIDGET (self), self->session, receipt, mil_thumb_get_index (thumb), (guint) to);
      return;
    }
  if (!g_ptr_array_find (there, receipt, &at) || (int) at + by < 0 || (int) at + by >= (int) there->len)
    return;
  focus_on (self, receipt, mil_thumb_get_index (thumb));
  move_receipt (self, receipt, there->pdata[(int) at + by]);
}

static void
dropped_cb (MilTray *self, MilThumb *dropped, MilThumb *on)
{
  MilReceiptRecord *receipt = mil_thumb_get_receipt (dropped);

  g_assert (MIL_IS_TRAY (self));

  if (receipt == mil_thumb_get_receipt (on))
    mil_sheet_move (GTK_WIDGET (self), self->session, receipt, mil_thumb_get_index (dropped), mil_thumb_get_index (on));
  else
    move_receipt (self, receipt, mil_thumb_get_receipt (on));
}

static void
removed_cb (MilTray *self, MilThumb *thumb)
{
  g_assert (MIL_IS_TRAY (self));

  mil_sheet_delete (GTK_WIDGET (self), self->session, mil_thumb_get_receipt (thumb), mil_thumb_get_index (thumb));
}

static void
clicked_cb (MilTray *self, MilThumb *thumb)
{
  g_assert (MIL_IS_TRAY (self));

  g_signal_emit (self, signals[SHEET_ACTIVATED], 0, mil_thumb_get_receipt (thumb), mil_thumb_get_index (thumb));
}

static void
row_cb (MilTray *self, GtkListBoxRow *row)
{
  g_assert (MIL_IS_TRAY (self));

  g_signal_emit (self, signals[RECEIPT_ACTIVATED], 0, mil_receipt_row_get_receipt (MIL_RECEIPT_ROW (row)));
}

/* --- showing it ------------------------------------------------------------------------------------ */

static guint
add_group (MilTray *self, MilReceiptRecord *receipt, guint place, guint of)
{
  guint      n = mil_receipt_record_get_n_sheets (receipt);
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (group, "thumb-group");
  if (n > 1 || receipt == self->growing)
    gtk_widget_add_css_class (group, "long");
  gtk_box_append (self->strip, group);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *thumb = mil_thumb_new (self->session, receipt, i);

      mil_thumb_set_place (MIL_THUMB (thumb), place + i, of);
      g_signal_connect_object (thumb, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (thumb, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (thumb, "dropped", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (thumb, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (group), thumb);
      if (receipt == self->focus_on && i == self->focus_index)
        gtk_widget_grab_focus (thumb);
    }
  return n;
}

/* The strip is made again when something is read; the focus must not be lost then. */
static void
remember_focus (MilTray *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->focus_on == NULL && focus != NULL && MIL_IS_THUMB (focus)
      && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->strip)))
    focus_on (self, mil_thumb_get_receipt (MIL_THUMB (focus)), mil_thumb_get_index (MIL_THUMB (focus)));
}

static void
fill_strip (MilTray *self, GPtrArray *there)
{
  GtkWidget *child = NULL;
  guint      n = 0;
  guint      place = 1;

  remember_focus (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->strip))) != NULL)
    gtk_box_remove (self->strip, child);
  for (guint i = 0; i < there->len; i++)
    n += mil_receipt_record_get_n_sheets (there->pdata[i]);
  for (guint i = 0; i < there->len; i++)
    place += add_group (self, there->pdata[i], place, n);
  g_clear_object (&self->focus_on);
  self->to_end = n > self->n_thumbs;
  self->n_thumbs = n;
}

/* Once there is room for it: what was taken last is at the end, which is the left one in a right-to-left language. */
static void
across_changed_cb (MilTray *self)
{
  double end = gtk_adjustment_get_lower (self->across);

  g_assert (MIL_IS_TRAY (self));

  if (!self->to_end)
    return;
  self->to_end = FALSE;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL)
    end = gtk_adjustment_get_upper (self->across) - gtk_adjustment_get_page_size (self->across);
  gtk_adjustment_set_value (self->across, end);
}

static void
fill_last (MilTray *self, GPtrArray *there)
{
  MilReceiptRecord *last = self->growing != NULL && is_there (self, self->growing) ? self->growing
                           : there->len > 0 ? there->pdata[there->len - 1]
                                            : NULL;

  if (last == self->shown)
    return;
  g_set_object (&self->shown, last);
  gtk_list_box_remove_all (self->last);
  if (last != NULL)
    gtk_list_box_append (self->last, mil_receipt_row_new (self->session, last));
}

static void
fill_choices (MilTray *self)
{
  g_autoptr (GPtrArray) run = list_joinable (self);
  MilReceiptRecord *several = find_with_papers (self);
  g_autofree char  *papers = NULL;
  g_autofree char  *sections = NULL;

  if (several != NULL)
    {
      papers = mil_sheet_doubt_text (several);
      gtk_button_set_label (self->keep_one, mil_sheet_one_text (several));
    }
  gtk_label_set_label (self->papers_words, papers != NULL ? papers : "");
  gtk_widget_set_visible (self->papers, several != NULL);
  if (self->growing != NULL)
    {
      guint n = mil_receipt_record_get_n_sheets (self->growing);

      sections = g_strdup_printf (
          ngettext ("One long receipt, %u section. Go on below it, with a little of it still seen.",
                    "One long receipt, %u sections. Go on below it, with a little of it still seen.",
                    n),
          n);
    }
  gtk_label_set_label (self->long_words, sections != NULL ? sections : "");
  gtk_widget_set_visible (GTK_WIDGET (self->long_words), sections != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->next), self->growing != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->join), self->growing == NULL && run->len > 0);
}

static gboolean
same_receipts (GPtrArray *a, GPtrArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->pdata, b->pdata, a->len * sizeof (gpointer)) == 0);
}

/* The order is the person's: it is there again when the page is opened again. */
static void
keep_order (MilTray *self, GPtrArray *there)
{
  if (self->kept != NULL ? same_receipts (self->kept, there) : there->len == 0)
    return;
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < there->len; i++)
    g_ptr_array_add (self->kept, g_object_ref (there->pdata[i]));
  mil_session_keep_tray (self->session, there);
}

static gboolean
rebuild_cb (gpointer data)
{
  MilTray *self = data;
  g_autoptr (GPtrArray) there = list_there (self);

  self->rebuild = 0;
  if (self->growing != NULL && !is_there (self, self->growing))
    g_clear_object (&self->growing);
  fill_strip (self, there);
  fill_last (self, there);
  fill_choices (self);
  keep_order (self, there);
  gtk_revealer_set_reveal_child (self->revealer, there->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), there->len > 0);
  return G_SOURCE_REMOVE;
}

static void
queue_rebuild (MilTray *self)
{
  if (self->rebuild == 0 && self->session != NULL)
    self->rebuild = g_idle_add_full (G_PRIORITY_HIGH_IDLE, rebuild_cb, self, NULL);
}

/* What was taken a short while ago lies there again, before what has been taken since. */
static void
take_up (MilTray *self)
{
  if (self->earlier != NULL || !mil_session_is_loaded (self->session))
    return;
  self->earlier = mil_session_list_tray (self->session);
  for (guint i = 0; i < self->earlier->len; i++)
    insert (self, (int) i, self->earlier->pdata[i]);
  self->kept = g_ptr_array_ref (self->earlier);
  queue_rebuild (self);
}

static void
mil_tray_dispose (GObject *object)
{
  MilTray *self = MIL_TRAY (object);

  g_clear_handle_id (&self->rebuild, g_source_remove);
  dex_clear (&self->working);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_TRAY);
  g_clear_pointer (&self->taken, g_ptr_array_unref);
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_object (&self->growing);
  g_clear_object (&self->joined);
  g_clear_object (&self->shown);
  g_clear_object (&self->focus_on);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_tray_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MilTray, revealer);
  gtk_widget_class_bind_template_child (widget_class, MilTray, papers);
  gtk_widget_class_bind_template_child (widget_class, MilTray, papers_words);
  gtk_widget_class_bind_template_child (widget_class, MilTray, keep_one);
  gtk_widget_class_bind_template_child (widget_class, MilTray, last);
  gtk_widget_class_bind_template_child (widget_class, MilTray, strip);
  gtk_widget_class_bind_template_child (widget_class, MilTray, across);
  gtk_widget_class_bind_template_callback (widget_class, across_changed_cb);
  gtk_widget_class_bind_template_child (widget_class, MilTray, long_words);
  gtk_widget_class_bind_template_child (widget_class, MilTray, join);
  gtk_widget_class_bind_template_child (widget_class, MilTray, next);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, split_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_one_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_cb);
}

static void
mil_tray_class_init (MilTrayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_tray_dispose;

  /**
   * MilTray::sheet-activated:
   * @self: the tray
   * @receipt: a receipt
   * @index: which of its pictures
   *
   * The person wants to turn, cut or take again a picture.
   */
  signals[SHEET_ACTIVATED] = g_signal_new (
      "sheet-activated", MIL_TYPE_TRAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, MIL_TYPE_RECEIPT_RECORD, G_TYPE_UINT);

  /**
   * MilTray::receipt-activated:
   * @self: the tray
   * @receipt: a receipt
   *
   * The person wants to see what was read.
   */
  signals[RECEIPT_ACTIVATED] = g_signal_new (
      "receipt-activated", MIL_TYPE_TRAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MIL_TYPE_RECEIPT_RECORD);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/scanner/tray.ui");
  bind_children (widget_class);
}

static void
mil_tray_init (MilTray *self)
{
  self->taken = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_tray_set_session:
 * @self: a tray
 * @session: the session that keeps what is in it; to be set once
 *
 * Gives the tray its session, and takes up what lay in it in the same sitting.
 */
void
mil_tray_set_session (MilTray *self, MilSession *session)
{
  g_return_if_fail (MIL_IS_TRAY (self));
  g_return_if_fail (MIL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (mil_session_get_receipts (session), "items-changed", G_CALLBACK (queue_rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::loaded", G_CALLBACK (take_up), self, G_CONNECT_SWAPPED);
  take_up (self);
}

/**
 * mil_tray_add:
 * @self: a tray
 * @receipt: what was taken
 *
 * Puts it at the end.
 */
void
mil_tray_add (MilTray *self, MilReceiptRecord *receipt)
{
  g_return_if_fail (MIL_IS_TRAY (self));
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (receipt));

  insert (self, -1, receipt);
  queue_rebuild (self);
}

/**
 * mil_tray_get_growing:
 * @self: a tray
 *
 * Returns: (transfer none) (nullable): the long receipt that what is taken next is a section of
 */
MilReceiptRecord *
mil_tray_get_growing (MilTray *self)
{
  g_return_val_if_fail (MIL_IS_TRAY (self), NULL);

  return self->growing;
}

/**
 * mil_tray_get_n_items:
 * @self: a tray
 *
 * Returns: how many receipts are in it
 */
guint
mil_tray_get_n_items (MilTray *self)
{
  g_autoptr (GPtrArray) there = NULL;

  g_return_val_if_fail (MIL_IS_TRAY (self), 0);

  there = self->session != NULL ? list_there (self) : NULL;
  return there != NULL ? there->len : 0;
}
