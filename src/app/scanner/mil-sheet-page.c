/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-sheet-page.h"

#include <glib/gi18n.h>

#include "app/mil-wait.h"
#include "app/scanner/mil-corners.h"
#include "app/scanner/mil-sheet-change.h"
#include "app/widgets/mil-header.h"

#define SIDE 1400
/* How long the corners must rest before the paper is cut out and read. */
#define REST_MS 700
/* Where the corners are when nobody knows where the paper is. */
#define INSET 0.06

struct _MilSheetPage
{
  AdwNavigationPage parent_instance;

  MilCorners *corners;
  GtkWidget  *whole;
  GtkWidget  *earlier;
  GtkWidget  *later;
  GtkLabel   *result;

  MilSession       *session; /* (owned) */
  MilReceiptRecord *receipt; /* (owned) */
  guint             index;
  char             *shown;   /* (owned) (nullable): address of the picture that is shown */
  DexFuture        *loading; /* (owned) (nullable) */
  guint             update;  /* idle source */
  guint             resting; /* source */
};

G_DEFINE_FINAL_TYPE (MilSheetPage, mil_sheet_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  RETAKE,
  RECEIPT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const MilReceiptPicture *
sheet_of (MilSheetPage *self)
{
  return mil_receipt_record_get_sheet (self->receipt, self->index);
}

static MilQuad
start_quad (const MilReceiptPicture *sheet, int width, int height)
{
  int x = (int) (width * INSET);
  int y = (int) (height * INSET);

  if (mil_quad_is_set (&sheet->corners))
    return sheet->corners;
  if (mil_quad_is_set (&sheet->found) && sheet->width == width)
    return sheet->found;
  return mil_quad_of_box ((MilBox) { x, y, width - 2 * x, height - 2 * y });
}

static void
loaded_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilSheetPage            *self = object;
  const MilReceiptPicture *sheet = sheet_of (self);
  const MilPixels         *pixels = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autoptr (GdkTexture) texture = NULL;
  MilQuad quad = { 0 };
  int     width = 0;
  int     height = 0;

  if (pixels == NULL || sheet == NULL)
    return;
  width = sheet->whole_width > 0 ? sheet->whole_width : pixels->width;
  height = sheet->whole_height > 0 ? sheet->whole_height : pixels->height;
  texture = gdk_memory_texture_new (pixels->width, pixels->height, GDK_MEMORY_R8G8B8A8, pixels->bytes, pixels->stride);
  quad = start_quad (sheet, width, height);
  mil_corners_set_texture (self->corners, texture, width, height);
  mil_corners_set_quad (self->corners, &quad);
}

static void
fill_picture (MilSheetPage *self)
{
  g_autofree char *address = mil_receipt_record_dup_sheet_address (self->receipt, self->index, FALSE);

  if (address == NULL || g_strcmp0 (address, self->shown) == 0)
    return;
  g_set_str (&self->shown, address);
  dex_clear (&self->loading);
  self->loading = mil_wait (self,
                            mil_picture_cache_fetch (mil_session_get_pictures (self->session), address, SIDE, SIDE),
                            loaded_cb,
                            NULL);
}

static char *
result_text (MilReceiptRecord *receipt)
{
  const char      *merchant = mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_MERCHANT);
  MilMoney         amount = mil_receipt_record_get_amount (receipt);
  g_autofree char *money = mil_money_is_set (amount) ? mil_money_format (amount, MIL_MONEY_PLAIN) : NULL;
  g_autofree char *problem = NULL;

  switch (mil_receipt_record_get_state (receipt))
    {
    case MIL_RECEIPT_STATE_WAITING:
    case MIL_RECEIPT_STATE_READING:
      return g_strdup (_ ("Reading the receipt …"));
    case MIL_RECEIPT_STATE_UNREAD:
      g_object_get (receipt, "problem", &problem, NULL);
      return g_steal_pointer (&problem);
    case MIL_RECEIPT_STATE_READ:
    default:
      break;
    }
  if (merchant != NULL && *merchant != '\0' && money != NULL)
    /* Translators: shop and amount of a receipt. */
    return g_strdup_printf (C_ ("receipt shop and amount", "%s · %s"), merchant, money);
  return g_strdup (merchant != NULL && *merchant != '\0' ? merchant : money);
}

static gboolean
update_cb (gpointer data)
{
  MilSheetPage            *self = data;
  const MilReceiptPicture *sheet = sheet_of (self);
  guint                    n = mil_receipt_record_get_n_sheets (self->receipt);
  g_autofree char         *result = result_text (self->receipt);
  g_autofree char         *title = NULL;

  self->update = 0;
  /* Translators: which picture of a long receipt it is. */
  title = n > 1 ? g_strdup_printf (C_ ("page", "Section %1$u of %2$u"), self->index + 1, n)
                : g_strdup (C_ ("page", "Picture"));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  gtk_label_set_label (self->result, result != NULL ? result : "");
  gtk_widget_set_visible (self->earlier, n > 1);
  gtk_widget_set_visible (self->later, n > 1);
  gtk_widget_set_sensitive (self->earlier, self->index > 0);
  gtk_widget_set_sensitive (self->later, self->index + 1 < n);
  gtk_widget_set_sensitive (self->whole, sheet != NULL && mil_quad_is_set (&sheet->corners));
  fill_picture (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (MilSheetPage *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
keep_corners (MilSheetPage *self)
{
  MilQuad quad = mil_corners_get_quad (self->corners);

  g_clear_handle_id (&self->resting, g_source_remove);
  if (sheet_of (self) != NULL)
    mil_sheet_cut (GTK_WIDGET (self), self->session, self->receipt, self->index, &quad);
}

static gboolean
rested_cb (gpointer data)
{
  MilSheetPage *self = data;

  self->resting = 0;
  keep_corners (self);
  return G_SOURCE_REMOVE;
}

static void
corners_changed_cb (MilSheetPage *self)
{
  g_assert (MIL_IS_SHEET_PAGE (self));

  g_clear_handle_id (&self->resting, g_source_remove);
  self->resting = g_timeout_add (REST_MS, rested_cb, self);
}

static void
hiding_cb (MilSheetPage *self)
{
  if (self->resting != 0)
    keep_corners (self);
}

static void
leave (MilSheetPage *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (view != NULL && adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)) == ADW_NAVIGATION_PAGE (self))
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
}

static void
rotate (MilSheetPage *self, int quarters)
{
  if (self->resting != 0)
    keep_corners (self);
  g_clear_pointer (&self->shown, g_free);
  if (sheet_of (self) != NULL)
    mil_sheet_rotate (GTK_WIDGET (self), self->session, self->receipt, self->index, quarters);
}

static void
left_cb (MilSheetPage *self)
{
  g_assert (MIL_IS_SHEET_PAGE (self));

  rotate (self, -1);
}

static void
right_cb (MilSheetPage *self)
{
  g_assert (MIL_IS_SHEET_PAGE (self));

  rotate (self, 1);
}

static void
whole_cb (MilSheetPage *self)
{
  g_assert (MIL_IS_SHEET_PAGE (self));

  g_clear_handle_id (&self->resting, g_source_remove);
  g_clear_pointer (&self->shown, g_free);
  if (sheet_of (self) != NULL)
    mil_sheet_cut (GTK_WIDGET (self), self->session, self->receipt, self->index, NULL);
}

static void
move (MilSheetPage *self, guint to)
{
  guint from = self->index;

  if (self->resting != 0)
    keep_corners (self);
  self->index = to;
  mil_sheet_move (GTK_WIDGET (self), self->session, self->receipt, from, to);
}

static void
earlier_cb (MilSheetPage *self)
{
  g_assert (MIL_IS_SHEET_PAGE (self));

  if (self->index > 0)
    move (self, self->index - 1);
}

static void
later_cb (MilSheetPage *self)
{
  g_assert (MIL_IS_SHEET_PAGE (self));

  if (self->index + 1 < mil_receipt_record_get_n_sheets (self->receipt))
    move (self, self->index + 1);
}

static void
retake_cb (MilSheetPage *self)
{
  g_assert (MIL_IS_SHEET_PAGE (self));

  g_clear_handle_id (&self->resting, g_source_remove);
  g_signal_emit (self, signals[RETAKE], 0);
  leave (self);
}

static void
delete_cb (MilSheetPage *self)
{
  g_assert (MIL_IS_SHEET_PAGE (self));

  g_clear_handle_id (&self->resting, g_source_remove);
  mil_sheet_delete (GTK_WIDGET (self), self->session, self->receipt, self->index);
  leave (self);
}

static void
receipt_cb (MilSheetPage *self)
{
  g_assert (MIL_IS_SHEET_PAGE (self));

  g_signal_emit (self, signals[RECEIPT_ACTIVATED], 0);
}

static void
mil_sheet_page_dispose (GObject *object)
{
  MilSheetPage *self = MIL_SHEET_PAGE (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_handle_id (&self->resting, g_source_remove);
  dex_clear (&self->loading);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_SHEET_PAGE);
  g_clear_object (&self->receipt);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (mil_sheet_page_parent_class)->dispose (object);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, corners_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, hiding_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
  gtk_widget_class_bind_template_callback (widget_class, right_cb);
  gtk_widget_class_bind_template_callback (widget_class, whole_cb);
  gtk_widget_class_bind_template_callback (widget_class, earlier_cb);
  gtk_widget_class_bind_template_callback (widget_class, later_cb);
  gtk_widget_class_bind_template_callback (widget_class, retake_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
  gtk_widget_class_bind_template_callback (widget_class, receipt_cb);
}

static void
mil_sheet_page_class_init (MilSheetPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_sheet_page_dispose;

  /**
   * MilSheetPage::retake:
   * @self: the page
   *
   * The person wants to take the picture again.
   */
  signals[RETAKE] = g_signal_new ("retake", MIL_TYPE_SHEET_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MilSheetPage::receipt-activated:
   * @self: the page
   *
   * The person wants to see what was read.
   */
  signals[RECEIPT_ACTIVATED] = g_signal_new (
      "receipt-activated", MIL_TYPE_SHEET_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MIL_TYPE_CORNERS);
  g_type_ensure (MIL_TYPE_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/scanner/sheet-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilSheetPage, corners);
  gtk_widget_class_bind_template_child (widget_class, MilSheetPage, whole);
  gtk_widget_class_bind_template_child (widget_class, MilSheetPage, earlier);
  gtk_widget_class_bind_template_child (widget_class, MilSheetPage, later);
  gtk_widget_class_bind_template_child (widget_class, MilSheetPage, result);
  bind_callbacks (widget_class);
}

static void
mil_sheet_page_init (MilSheetPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_sheet_page_new:
 * @session: the session that keeps the receipt
 * @receipt: a receipt
 * @index: which of its pictures, from 0
 *
 * Returns: (transfer floating): a page that shows it
 */
MilSheetPage *
mil_sheet_page_new (MilSession *session, MilReceiptRecord *receipt, guint index)
{
  MilSheetPage *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (receipt), NULL);

  self = g_object_new (MIL_TYPE_SHEET_PAGE, NULL);
  self->session = g_object_ref (session);
  self->receipt = g_object_ref (receipt);
  self->index = index;
  g_signal_connect_object (receipt, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update_cb (self);
  return self;
}

/**
 * mil_sheet_page_get_receipt:
 * @self: a page
 *
 * Returns: (transfer none): whose picture it shows
 */
MilReceiptRecord *
mil_sheet_page_get_receipt (MilSheetPage *self)
{
  g_return_val_if_fail (MIL_IS_SHEET_PAGE (self), NULL);

  return self->receipt;
}

/**
 * mil_sheet_page_get_index:
 * @self: a page
 *
 * Returns: which picture it shows, from 0
 */
guint
mil_sheet_page_get_index (MilSheetPage *self)
{
  g_return_val_if_fail (MIL_IS_SHEET_PAGE (self), 0);

  return self->index;
}
