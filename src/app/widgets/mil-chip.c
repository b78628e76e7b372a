/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-chip.h"

#include "app/widgets/mil-icon.h"

#define WHOLE_CHARS 15

struct _MilChip
{
  GtkWidget parent_instance;

  GtkWidget *icon;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (MilChip, mil_chip, GTK_TYPE_WIDGET)

static const char *const tone_classes[] = { NULL, "success", "warning", "error" };

static void
mil_chip_dispose (GObject *object)
{
  MilChip *self = MIL_CHIP (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (mil_chip_parent_class)->dispose (object);
}

static void
mil_chip_class_init (MilChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_chip_dispose;
  gtk_widget_class_set_css_name (widget_class, "chip");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mil_chip_init (MilChip *self)
{
  self->icon = mil_icon_new (NULL);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  self->label = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * mil_chip_new:
 *
 * Returns: (transfer floating): a chip that is not seen until it says something
 */
GtkWidget *
mil_chip_new (void)
{
  return g_object_new (MIL_TYPE_CHIP, NULL);
}

/**
 * mil_chip_set:
 * @self: a chip
 * @tone: what its colour means
 * @icon: (nullable): name of a symbolic icon
 * @text: (nullable): a word or two; %NULL hides the chip
 *
 * Makes the chip say something else.
 */
void
mil_chip_set (MilChip *self, MilTone tone, const char *icon, const char *text)
{
  gboolean is_short;

  g_return_if_fail (MIL_IS_CHIP (self));

  for (guint i = 0; i < G_N_ELEMENTS (tone_classes); i++)
    if (tone_classes[i] != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self), tone_classes[i]);
  if (tone_classes[tone] != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), tone_classes[tone]);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->icon, icon != NULL);
  gtk_label_set_label (GTK_LABEL (self->label), text != NULL ? text : "");
  /* What is short is never cut off. */
  is_short = text == NULL || g_utf8_strlen (text, -1) <= WHOLE_CHARS;
  gtk_label_set_ellipsize (GTK_LABEL (self->label), is_short ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (self->label), is_short ? -1 : WHOLE_CHARS - 2);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}
