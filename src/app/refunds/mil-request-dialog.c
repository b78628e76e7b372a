/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-request-dialog.h"

#include <glib/gi18n.h>

struct _MilRequestDialog
{
  AdwAlertDialog parent_instance;

  AdwSwitchRow *pictures;
  AdwSwitchRow *tell_document;
};

G_DEFINE_FINAL_TYPE (MilRequestDialog, mil_request_dialog, ADW_TYPE_ALERT_DIALOG)

static void
mil_request_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_REQUEST_DIALOG);

  G_OBJECT_CLASS (mil_request_dialog_parent_class)->dispose (object);
}

static void
mil_request_dialog_class_init (MilRequestDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_request_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/request-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MilRequestDialog, pictures);
  gtk_widget_class_bind_template_child (widget_class, MilRequestDialog, tell_document);
}

static void
mil_request_dialog_init (MilRequestDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_request_dialog_new:
 * @shop: (nullable): name of the shop
 *
 * Returns: (transfer floating): the dialog
 */
MilRequestDialog *
mil_request_dialog_new (const char *shop)
{
  MilRequestDialog *self = g_object_new (MIL_TYPE_REQUEST_DIALOG, NULL);

  adw_alert_dialog_format_body (
      ADW_ALERT_DIALOG (self),
      /* Translators: %s is the name of a shop. */
      _ ("In some countries only the shop can apply for your refund. This letter tells %s, in "
         "its own language, what to do, with all that is needed for it."),
      shop != NULL ? shop : _ ("the shop"));
  return self;
}

/**
 * mil_request_dialog_get_tell_document:
 * @self: the dialog
 *
 * Returns: whether the letter may tell the number of the travel document
 */
gboolean
mil_request_dialog_get_tell_document (MilRequestDialog *self)
{
  g_return_val_if_fail (MIL_IS_REQUEST_DIALOG (self), FALSE);

  return adw_switch_row_get_active (self->tell_document);
}

/**
 * mil_request_dialog_get_pictures:
 * @self: the dialog
 *
 * Returns: whether the letter shows the receipts
 */
gboolean
mil_request_dialog_get_pictures (MilRequestDialog *self)
{
  g_return_val_if_fail (MIL_IS_REQUEST_DIALOG (self), FALSE);

  return adw_switch_row_get_active (self->pictures);
}
