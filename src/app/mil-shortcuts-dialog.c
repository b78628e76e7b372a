/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/mil-shortcuts-dialog.h"

#include <glib/gi18n.h>

struct _MilShortcutsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (MilShortcutsDialog, mil_shortcuts_dialog, ADW_TYPE_DIALOG)

typedef struct
{
  const char *accelerator;
  const char *title;
} Shortcut;

static const Shortcut everywhere[] = {
  { "<Control>f", N_ ("Search the shops") }, { "<Control>b", N_ ("Show or hide the basket") },
  { "<Alt>Left", N_ ("Go back") },           { "Escape", N_ ("Close what is on top, or go back") },
  { "F10", N_ ("Open the main menu") },
};

static const Shortcut places[] = {
  { "<Alt>1", N_ ("Go to Shop") },
  { "<Alt>2", N_ ("Go to Refunds") },
  { "<Alt>3", N_ ("Go to Wallet") },
};

static const Shortcut program[] = {
  { "<Control>question", N_ ("Show these shortcuts") },
  { "<Control>w", N_ ("Close the window") },
  { "<Control>q", N_ ("Quit") },
};

static GtkWidget *
make_row (const Shortcut *shortcut)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *label = NULL;
  GdkModifierType  modifiers = 0;
  GtkWidget       *keys = NULL;
  guint            key = 0;

  gtk_accelerator_parse (shortcut->accelerator, &key, &modifiers);
  label = gtk_accelerator_get_label (key, modifiers);
  keys = gtk_label_new (label);
  gtk_widget_add_css_class (keys, "keys");
  gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcut->title));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);
  return row;
}

static void
add_group (MilShortcutsDialog *self, const char *title, const Shortcut *shortcuts, gsize n_shortcuts)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  g_assert (MIL_IS_SHORTCUTS_DIALOG (self));

  adw_preferences_group_set_title (group, title);
  for (gsize i = 0; i < n_shortcuts; i++)
    adw_preferences_group_add (group, make_row (&shortcuts[i]));
  adw_preferences_page_add (self->page, group);
}

static void
mil_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_SHORTCUTS_DIALOG);
  G_OBJECT_CLASS (mil_shortcuts_dialog_parent_class)->dispose (object);
}

static void
mil_shortcuts_dialog_class_init (MilShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_shortcuts_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MilShortcutsDialog, page);
}

static void
mil_shortcuts_dialog_init (MilShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_group (self, C_ ("shortcuts", "Everywhere"), everywhere, G_N_ELEMENTS (everywhere));
  add_group (self, C_ ("shortcuts", "Places"), places, G_N_ELEMENTS (places));
  add_group (self, C_ ("shortcuts", "Program"), program, G_N_ELEMENTS (program));
}

/**
 * mil_shortcuts_dialog_new:
 *
 * Returns: (transfer full): a dialog to present
 */
AdwDialog *
mil_shortcuts_dialog_new (void)
{
  return g_object_new (MIL_TYPE_SHORTCUTS_DIALOG, NULL);
}
