/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-receipt-row.h"

#include <glib/gi18n.h>

#include "app/mil-wait.h"
#include "app/refunds/mil-verdict-words.h"
#include "app/widgets/mil-chip.h"
#include "app/widgets/mil-icon.h"
#include "app/widgets/mil-pressable.h"

#define THUMBNAIL 48

struct _MilReceiptRow
{
  AdwActionRow parent_instance;

  GtkPicture *thumbnail;
  GtkWidget  *no_picture;
  MilChip    *chip;

  MilSession       *session; /* (owned) */
  MilReceiptRecord *receipt; /* (owned) */
  DexFuture        *loading; /* (owned) (nullable) */
  char             *shown;   /* (owned) (nullable) */
  guint             update;  /* idle source */
};

G_DEFINE_FINAL_TYPE (MilReceiptRow, mil_receipt_row, ADW_TYPE_ACTION_ROW)

static void
thumbnail_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilReceiptRow   *self = object;
  const MilPixels *pixels = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (pixels == NULL)
    return;
  texture = gdk_memory_texture_new (pixels->width, pixels->height, GDK_MEMORY_R8G8B8A8, pixels->bytes, pixels->stride);
  gtk_picture_set_paintable (self->thumbnail, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->no_picture, FALSE);
}

static void
fill_thumbnail (MilReceiptRow *self)
{
  const char *picture = mil_receipt_record_get_picture (self->receipt);

  if (picture == NULL || g_strcmp0 (picture, self->shown) == 0)
    return;
  g_set_str (&self->shown, picture);
  dex_clear (&self->loading);
  self->loading = mil_wait (self,
                            mil_picture_cache_fetch (mil_session_get_pictures (self->session), picture, 2 * THUMBNAIL, 2 * THUMBNAIL),
                            thumbnail_cb,
                            NULL);
}

/* Without the year, where it is this one: there is little room beside the chip. */
static char *
day_text (MilDate date, MilDate today)
{
  if (!mil_date_is_set (date))
    return NULL;
  return date.year == today.year ? mil_date_format_short (date) : mil_date_format (date);
}

static char *
subtitle_text (MilReceiptRecord *receipt, MilDate today)
{
  MilDate          date = mil_receipt_record_get_date (receipt);
  MilMoney         amount = mil_receipt_record_get_amount (receipt);
  g_autofree char *day = day_text (date, today);
  g_autofree char *money = mil_money_is_set (amount) ? mil_money_format (amount, MIL_MONEY_PLAIN) : NULL;

  if (day != NULL && money != NULL)
    /* Translators: date and amount of a receipt. */
    return g_strdup_printf (C_ ("receipt", "%s · %s"), day, money);
  if (day != NULL)
    return g_steal_pointer (&day);
  return g_steal_pointer (&money);
}

static void
fill_chip (MilReceiptRow *self)
{
  const char *claim_id = mil_receipt_record_get_claim_id (self->receipt);
  MilClaim   *claim = claim_id != NULL ? mil_session_find_claim (self->session, claim_id) : NULL;

  if (claim != NULL)
    mil_chip_set_claim (self->chip, claim);
  else
    mil_chip_set_receipt (self->chip, self->receipt);
}

static gboolean
update_cb (gpointer data)
{
  MilReceiptRow   *self = data;
  const char      *merchant = mil_receipt_record_get_text (self->receipt, MIL_RECEIPT_PART_MERCHANT);
  g_autofree char *subtitle = subtitle_text (self->receipt, mil_session_get_today (self->session));

  self->update = 0;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 merchant != NULL && merchant[0] != '\0' ? merchant : C_ ("receipt", "New receipt"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle != NULL ? subtitle : "");
  fill_chip (self);
  fill_thumbnail (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (MilReceiptRow *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
mil_receipt_row_dispose (GObject *object)
{
  MilReceiptRow *self = MIL_RECEIPT_ROW (object);

  g_clear_handle_id (&self->update, g_source_remove);
  dex_clear (&self->loading);
  g_clear_object (&self->receipt);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (mil_receipt_row_parent_class)->dispose (object);
}

static void
mil_receipt_row_class_init (MilReceiptRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_receipt_row_dispose;
}

static void
mil_receipt_row_init (MilReceiptRow *self)
{
  GtkWidget *frame = adw_clamp_new ();
  GtkWidget *overlay = gtk_overlay_new ();

  self->no_picture = mil_icon_new ("milione-receipt-symbolic");
  gtk_widget_add_css_class (self->no_picture, "dimmed");
  self->thumbnail = g_object_new (GTK_TYPE_PICTURE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_picture_set_content_fit (self->thumbnail, GTK_CONTENT_FIT_COVER);
  gtk_picture_set_can_shrink (self->thumbnail, TRUE);
  /* A picture wants its own width; the clamp gives it a square. */
  adw_clamp_set_maximum_size (ADW_CLAMP (frame), THUMBNAIL);
  adw_clamp_set_unit (ADW_CLAMP (frame), ADW_LENGTH_UNIT_PX);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->thumbnail));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->no_picture);
  adw_clamp_set_child (ADW_CLAMP (frame), overlay);
  gtk_widget_set_size_request (GTK_WIDGET (self->thumbnail), THUMBNAIL, THUMBNAIL);
  gtk_widget_set_overflow (GTK_WIDGET (self->thumbnail), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_valign (GTK_WIDGET (self->thumbnail), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->thumbnail), "thumbnail");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), frame);
  self->chip = MIL_CHIP (mil_chip_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->chip), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->chip));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  mil_pressable_make (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

/**
 * mil_receipt_row_new:
 * @session: the session that keeps the receipt
 * @receipt: the receipt
 *
 * Returns: (transfer floating): a row that follows it
 */
GtkWidget *
mil_receipt_row_new (MilSession *session, MilReceiptRecord *receipt)
{
  MilReceiptRow *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (receipt), NULL);

  self = g_object_new (MIL_TYPE_RECEIPT_ROW, NULL);
  self->session = g_object_ref (session);
  self->receipt = g_object_ref (receipt);
  g_signal_connect_object (receipt, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mil_session_get_claims (session), "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update_cb (self);
  return GTK_WIDGET (self);
}

/**
 * mil_receipt_row_get_receipt:
 * @self: a row
 *
 * Returns: (transfer none): its receipt
 */
MilReceiptRecord *
mil_receipt_row_get_receipt (MilReceiptRow *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_ROW (self), NULL);

  return self->receipt;
}
