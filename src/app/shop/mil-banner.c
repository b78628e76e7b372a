/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shop/mil-banner.h"

#include "app/widgets/mil-boat.h"
#include "app/widgets/mil-scenery.h"

struct _MilBanner
{
  AdwBin parent_instance;

  GtkButton   *button;
  MilContours *contours;
  MilScenery  *scenery;
  GtkLabel    *title;
  GtkLabel    *text;
};

G_DEFINE_FINAL_TYPE (MilBanner, mil_banner, ADW_TYPE_BIN)

static void
mil_banner_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_BANNER);
  G_OBJECT_CLASS (mil_banner_parent_class)->dispose (object);
}

static void
mil_banner_class_init (MilBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_banner_dispose;

  g_type_ensure (MIL_TYPE_BOAT);
  g_type_ensure (MIL_TYPE_CONTOURS);
  g_type_ensure (MIL_TYPE_SCENERY);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/shop/banner.ui");
  gtk_widget_class_bind_template_child (widget_class, MilBanner, button);
  gtk_widget_class_bind_template_child (widget_class, MilBanner, contours);
  gtk_widget_class_bind_template_child (widget_class, MilBanner, scenery);
  gtk_widget_class_bind_template_child (widget_class, MilBanner, title);
  gtk_widget_class_bind_template_child (widget_class, MilBanner, text);
}

static void
mil_banner_init (MilBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_banner_new:
 * @style: its ground, until the picture is there and where there is no room for it
 * @picture: which of the illustrations to show
 * @title: a few words
 * @text: one sentence
 * @detailed_action: what a press does, with its target
 *
 * Returns: (transfer floating): a banner
 */
GtkWidget *
mil_banner_new (MilContourStyle style, const char *picture, const char *title, const char *text, const char *detailed_action)
{
  MilBanner       *self = NULL;
  g_autofree char *path = NULL;
  g_autofree char *spoken = NULL;

  g_return_val_if_fail (picture != NULL, NULL);
  g_return_val_if_fail (title != NULL && text != NULL && detailed_action != NULL, NULL);

  self = g_object_new (MIL_TYPE_BANNER, NULL);
  path = g_strdup_printf ("/io/github/milione/Milione/illustrations/%s.png", picture);
  mil_scenery_set_resource (self->scenery, path);
  spoken = g_strdup_printf ("%s. %s", title, text);
  g_object_set (self->contours, "style", style, "seed", g_str_hash (detailed_action), NULL);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->text, text);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->button), detailed_action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return GTK_WIDGET (self);
}
