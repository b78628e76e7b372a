/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-timeline.h"

#include <glib/gi18n.h>

#include "app/widgets/mil-icon.h"

struct _MilTimeline
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (MilTimeline, mil_timeline, GTK_TYPE_WIDGET)

static const char *const state_classes[] = { "done", "current", "later", "failed" };

static void
mil_timeline_dispose (GObject *object)
{
  mil_timeline_clear (MIL_TIMELINE (object));

  G_OBJECT_CLASS (mil_timeline_parent_class)->dispose (object);
}

static void
mil_timeline_class_init (MilTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_timeline_dispose;
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
mil_timeline_init (MilTimeline *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}

static GtkWidget *
new_rail (MilStepState state)
{
  GtkWidget *rail = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *dot = mil_icon_new (state == MIL_STEP_DONE     ? "object-select-symbolic"
                                 : state == MIL_STEP_FAILED ? "window-close-symbolic"
                                                            : NULL);
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

  gtk_widget_add_css_class (rail, "rail");
  gtk_widget_add_css_class (dot, "dot");
  gtk_widget_set_halign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (line, TRUE);
  gtk_box_append (GTK_BOX (rail), dot);
  gtk_box_append (GTK_BOX (rail), line);
  return rail;
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return label;
}

static const char *
state_word (MilStepState state)
{
  switch (state)
    {
    case MIL_STEP_DONE:
      return C_ ("step", "done");
    case MIL_STEP_CURRENT:
      return C_ ("step", "now");
    case MIL_STEP_FAILED:
      return C_ ("step", "failed");
    case MIL_STEP_LATER:
    default:
      return C_ ("step", "later");
    }
}

/**
 * mil_timeline_new:
 *
 * Returns: (transfer floating): a timeline without steps
 */
GtkWidget *
mil_timeline_new (void)
{
  return g_object_new (MIL_TYPE_TIMELINE, NULL);
}

/**
 * mil_timeline_clear:
 * @self: a timeline
 *
 * Takes all steps away.
 */
void
mil_timeline_clear (MilTimeline *self)
{
  GtkWidget *child = NULL;

  g_return_if_fail (MIL_IS_TIMELINE (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

/**
 * mil_timeline_add:
 * @self: a timeline
 * @state: where the step stands
 * @title: what the step is
 * @detail: (nullable): when it was, or what to do
 *
 * Adds a step at the end.
 */
void
mil_timeline_add (MilTimeline *self, MilStepState state, const char *title, const char *detail)
{
  GtkWidget       *step = NULL;
  GtkWidget       *words = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (MIL_IS_TIMELINE (self));
  g_return_if_fail (title != NULL);

  step = g_object_new (GTK_TYPE_BOX, "spacing", 12, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  gtk_widget_add_css_class (step, "step");
  gtk_widget_add_css_class (step, state_classes[state]);
  gtk_box_append (GTK_BOX (step), new_rail (state));
  words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_margin_bottom (words, 18);
  gtk_box_append (GTK_BOX (words), new_label (title, state == MIL_STEP_CURRENT ? "title-3" : "heading"));
  if (detail != NULL)
    gtk_box_append (GTK_BOX (words), new_label (detail, "dimmed"));
  gtk_box_append (GTK_BOX (step), words);
  /* Translators: a step of a claim and whether it is done, for screen readers. */
  spoken = g_strdup_printf (C_ ("step", "%s, %s"), title, state_word (state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (step),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  detail != NULL ? detail : "",
                                  -1);
  gtk_widget_set_parent (step, GTK_WIDGET (self));
}
