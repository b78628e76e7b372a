/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shop/mil-chip-bar.h"

struct _MilChipBar
{
  AdwBin parent_instance;

  GtkBox     *box;
  GHashTable *chips;  /* (owned): value -> GtkToggleButton in the box */
  GStrv       values; /* (owned): in their order */
  gboolean    updating;
};

G_DEFINE_FINAL_TYPE (MilChipBar, mil_chip_bar, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
toggled_cb (MilChipBar *self)
{
  g_assert (MIL_IS_CHIP_BAR (self));

  if (!self->updating)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
mil_chip_bar_dispose (GObject *object)
{
  MilChipBar *self = MIL_CHIP_BAR (object);

  g_clear_pointer (&self->chips, g_hash_table_unref);
  g_clear_pointer (&self->values, g_strfreev);
  G_OBJECT_CLASS (mil_chip_bar_parent_class)->dispose (object);
}

static void
mil_chip_bar_class_init (MilChipBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_chip_bar_dispose;

  signals[CHANGED] = g_signal_new ("changed", MIL_TYPE_CHIP_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_chip_bar_init (MilChipBar *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->chips = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->values = g_new0 (char *, 1);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "chips");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->box));
  gtk_widget_add_css_class (scroller, "undershoot-start");
  gtk_widget_add_css_class (scroller, "undershoot-end");
  adw_bin_set_child (ADW_BIN (self), scroller);
}

/**
 * mil_chip_bar_new:
 *
 * Returns: (transfer floating): a bar without chips
 */
GtkWidget *
mil_chip_bar_new (void)
{
  return g_object_new (MIL_TYPE_CHIP_BAR, NULL);
}

/**
 * mil_chip_bar_set_chips:
 * @self: a bar
 * @values: what the chips stand for
 * @labels: what they say, as many
 *
 * Sets all chips. Those that were pressed and are still there stay pressed.
 */
void
mil_chip_bar_set_chips (MilChipBar *self, const char *const *values, const char *const *labels)
{
  g_auto (GStrv) active = NULL;
  GtkWidget *child = NULL;

  g_return_if_fail (MIL_IS_CHIP_BAR (self));
  g_return_if_fail (values != NULL && labels != NULL);

  if (g_strv_equal ((const char *const *) self->values, values))
    return;
  active = mil_chip_bar_get_active (self);
  g_hash_table_remove_all (self->chips);
  g_strfreev (self->values);
  self->values = g_strdupv ((char **) values);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  for (gsize i = 0; values[i] != NULL; i++)
    {
      GtkWidget *chip = gtk_toggle_button_new_with_label (labels[i]);

      gtk_widget_add_css_class (chip, "chip");
      g_signal_connect_object (chip, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->box, chip);
      g_hash_table_insert (self->chips, g_strdup (values[i]), chip);
    }
  mil_chip_bar_set_active (self, (const char *const *) active);
}

/**
 * mil_chip_bar_get_active:
 * @self: a bar
 *
 * Returns: (transfer full) (nullable): the values of the pressed chips; %NULL when none is, which
 *   means all
 */
GStrv
mil_chip_bar_get_active (MilChipBar *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean any = FALSE;

  g_return_val_if_fail (MIL_IS_CHIP_BAR (self), NULL);

  for (gsize i = 0; self->values[i] != NULL; i++)
    {
      GtkToggleButton *chip = g_hash_table_lookup (self->chips, self->values[i]);

      if (!gtk_toggle_button_get_active (chip))
        continue;
      g_strv_builder_add (builder, self->values[i]);
      any = TRUE;
    }
  return any ? g_strv_builder_end (builder) : NULL;
}

/**
 * mil_chip_bar_set_active:
 * @self: a bar
 * @values: (nullable): which chips are to be pressed; %NULL for none
 *
 * Presses chips without emitting `changed`.
 */
void
mil_chip_bar_set_active (MilChipBar *self, const char *const *values)
{
  g_return_if_fail (MIL_IS_CHIP_BAR (self));

  self->updating = TRUE;
  for (gsize i = 0; self->values[i] != NULL; i++)
    gtk_toggle_button_set_active (g_hash_table_lookup (self->chips, self->values[i]),
                                  values != NULL && g_strv_contains (values, self->values[i]));
  self->updating = FALSE;
}
