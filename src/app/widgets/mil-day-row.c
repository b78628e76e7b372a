/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-day-row.h"

#include <string.h>

/* As much as "1990-02-28" takes. */
#define DAY_LENGTH 10

struct _MilDayRow
{
  AdwEntryRow parent_instance;
};

G_DEFINE_FINAL_TYPE (MilDayRow, mil_day_row, ADW_TYPE_ENTRY_ROW)

/* Dots, slashes and blanks do as well, and so does a single digit. */
static MilDate
parse (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "-./ ", -1);
  guint64 numbers[3] = { 0 };
  guint   n = 0;
  MilDate date = { 0 };

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0')
        continue;
      if (n == G_N_ELEMENTS (numbers) || !g_ascii_string_to_unsigned (parts[i], 10, 1, 9999, &numbers[n++], NULL))
        return date;
    }
  if (n < G_N_ELEMENTS (numbers) || numbers[0] < 1000 || numbers[1] > 12 || numbers[2] > 31)
    return date;
  date = (MilDate) { (guint16) numbers[0], (guint8) numbers[1], (guint8) numbers[2] };
  return mil_date_is_valid (date) ? date : (MilDate) { 0 };
}

static void
changed_cb (MilDayRow *self)
{
  g_assert (MIL_IS_DAY_ROW (self));

  /* Not before it is all there. */
  if (mil_day_row_is_wrong (self) && strlen (gtk_editable_get_text (GTK_EDITABLE (self))) >= DAY_LENGTH)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}

static void
mil_day_row_class_init (MilDayRowClass *klass)
{
}

static void
mil_day_row_init (MilDayRow *self)
{
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), GTK_INPUT_PURPOSE_DIGITS);
  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), NULL);
}

/**
 * mil_day_row_new:
 *
 * Returns: (transfer floating): a row without a day
 */
GtkWidget *
mil_day_row_new (void)
{
  return g_object_new (MIL_TYPE_DAY_ROW, NULL);
}

/**
 * mil_day_row_get_date:
 * @self: a row
 *
 * Returns: the day that was typed; unset where that is none
 */
MilDate
mil_day_row_get_date (MilDayRow *self)
{
  g_return_val_if_fail (MIL_IS_DAY_ROW (self), (MilDate) { 0 });

  return parse (gtk_editable_get_text (GTK_EDITABLE (self)));
}

/**
 * mil_day_row_set_date:
 * @self: a row
 * @date: a day, or an unset one
 */
void
mil_day_row_set_date (MilDayRow *self, MilDate date)
{
  g_autofree char *text = mil_date_is_set (date) ? mil_date_to_string (date) : NULL;

  g_return_if_fail (MIL_IS_DAY_ROW (self));

  gtk_editable_set_text (GTK_EDITABLE (self), text != NULL ? text : "");
}

/**
 * mil_day_row_is_wrong:
 * @self: a row
 *
 * Returns: whether something was typed that is no day
 */
gboolean
mil_day_row_is_wrong (MilDayRow *self)
{
  const char *text = NULL;

  g_return_val_if_fail (MIL_IS_DAY_ROW (self), FALSE);

  text = gtk_editable_get_text (GTK_EDITABLE (self));
  return text[strspn (text, " ")] != '\0' && !mil_date_is_set (parse (text));
}
