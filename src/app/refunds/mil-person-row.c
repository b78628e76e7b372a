/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-person-row.h"

#include <glib/gi18n.h>

#include "app/refunds/mil-person-dialog.h"
#include "app/refunds/mil-person-words.h"
#include "app/widgets/mil-pressable.h"

struct _MilPersonRow
{
  AdwActionRow parent_instance;

  AdwAvatar *avatar;
  GtkImage  *warning;
  GtkWidget *button;

  MilSession *session; /* (owned) */
  MilPerson  *person;  /* (owned) */
  char       *country; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MilPersonRow, mil_person_row, ADW_TYPE_ACTION_ROW)

enum
{
  PRESSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_cb (MilPersonRow *self)
{
  const MilPersonInfo *info = mil_person_get_info (self->person);
  g_autofree char     *facts = mil_person_facts_text (info);
  g_autofree char     *missing = mil_person_missing_text (info, self->country);
  g_autofree char     *expired = mil_person_expired_text (info, mil_session_get_today (self->session));
  const char          *problem = expired != NULL ? expired : missing;
  g_autofree char     *subtitle = problem != NULL ? g_strjoin ("\n", facts, problem, NULL) : g_strdup (facts);

  g_assert (MIL_IS_PERSON_ROW (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), info->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  adw_avatar_set_text (self->avatar, info->name);
  gtk_widget_set_visible (GTK_WIDGET (self->warning), problem != NULL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, info->name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
}

static void
activated_cb (MilPersonRow *self)
{
  g_assert (MIL_IS_PERSON_ROW (self));

  mil_person_dialog_present (self->session, self->person, self->country, GTK_WIDGET (self));
}

static void
pressed_cb (MilPersonRow *self)
{
  g_assert (MIL_IS_PERSON_ROW (self));

  g_signal_emit (self, signals[PRESSED], 0);
}

static void
set_button (MilPersonRow *self, MilPersonButton button)
{
  const char *text = button == MIL_PERSON_BUTTON_ADD ? C_ ("tooltip", "Put This Person on the Trip")
                                                     : C_ ("tooltip", "Take This Person off the Trip");

  gtk_widget_set_visible (self->button, button != MIL_PERSON_BUTTON_NONE);
  gtk_button_set_icon_name (GTK_BUTTON (self->button),
                            button == MIL_PERSON_BUTTON_ADD ? "list-add-symbolic" : "list-remove-symbolic");
  gtk_widget_set_tooltip_text (self->button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
mil_person_row_dispose (GObject *object)
{
  MilPersonRow *self = MIL_PERSON_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_PERSON_ROW);
  g_clear_object (&self->person);
  g_clear_object (&self->session);
  g_clear_pointer (&self->country, g_free);

  G_OBJECT_CLASS (mil_person_row_parent_class)->dispose (object);
}

static void
mil_person_row_class_init (MilPersonRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_person_row_dispose;

  signals[PRESSED] = g_signal_new ("pressed", MIL_TYPE_PERSON_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MilPersonRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, MilPersonRow, warning);
  gtk_widget_class_bind_template_child (widget_class, MilPersonRow, button);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
}

static void
mil_person_row_init (MilPersonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mil_pressable_make (GTK_WIDGET (self));
}

/**
 * mil_person_row_new:
 * @session: the session that keeps the person
 * @person: who
 * @button: what the button at the end does
 *
 * Returns: (transfer floating): a row, which follows the person
 */
GtkWidget *
mil_person_row_new (MilSession *session, MilPerson *person, MilPersonButton button)
{
  MilPersonRow *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_PERSON (person), NULL);

  self = g_object_new (MIL_TYPE_PERSON_ROW, NULL);
  self->session = g_object_ref (session);
  self->person = g_object_ref (person);
  set_button (self, button);
  g_signal_connect_object (person, "notify", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  update_cb (self);
  return GTK_WIDGET (self);
}

/**
 * mil_person_row_set_country:
 * @self: a row
 * @country: (nullable): ISO 3166 code of the country whose form is asked what it needs
 *
 * Says for which country the person has to be known well enough.
 */
void
mil_person_row_set_country (MilPersonRow *self, const char *country)
{
  g_return_if_fail (MIL_IS_PERSON_ROW (self));

  if (g_set_str (&self->country, country))
    update_cb (self);
}

/**
 * mil_person_row_get_person:
 * @self: a row
 *
 * Returns: (transfer none): who it is
 */
MilPerson *
mil_person_row_get_person (MilPersonRow *self)
{
  g_return_val_if_fail (MIL_IS_PERSON_ROW (self), NULL);

  return self->person;
}

/**
 * mil_person_row_focus_button:
 * @self: a row with a button
 *
 * Gives the keyboard to the button at its end.
 */
void
mil_person_row_focus_button (MilPersonRow *self)
{
  g_return_if_fail (MIL_IS_PERSON_ROW (self));

  gtk_widget_grab_focus (self->button);
}
