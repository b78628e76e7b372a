/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-code.h"

#include <glib/gi18n.h>

/* A bar code is as high as so many of its modules are wide, at least. */
#define BAR_ROWS 30

struct _MilCode
{
  GtkWidget parent_instance;

  MilFormSymbol *symbol; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MilCode, mil_code, GTK_TYPE_WIDGET)

static int
columns_of (MilCode *self)
{
  return self->symbol->columns + 2 * self->symbol->quiet;
}

static gboolean
is_bars (MilCode *self)
{
  return self->symbol->rows == 1;
}

static GtkSizeRequestMode
mil_code_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mil_code_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  MilCode *self = MIL_CODE (widget);
  int      columns = self->symbol != NULL ? columns_of (self) : 0;

  *minimum = *natural = 0;
  if (self->symbol == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = columns;
      *natural = 2 * columns;
    }
  else if (is_bars (self))
    {
      *minimum = BAR_ROWS;
      *natural = 3 * BAR_ROWS;
    }
  else
    {
      *minimum = columns;
      *natural = for_size > 0 ? for_size : 2 * columns;
    }
}

static void
mil_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1, 1, 1, 1 }, black = { 0, 0, 0, 1 };
  MilCode             *self = MIL_CODE (widget);
  int                  width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int                  scale = gtk_widget_get_scale_factor (widget);
  int                  columns = 0, rows = 0, pixels = 0;
  float                module = 0, left = 0, top = 0, tall = 0;

  if (self->symbol == NULL)
    return;
  columns = columns_of (self);
  rows = is_bars (self) ? 1 : self->symbol->rows + 2 * self->symbol->quiet;
  pixels = width * scale / columns;
  if (!is_bars (self))
    pixels = MIN (pixels, height * scale / rows);
  module = (float) MAX (pixels, 1) / (float) scale;
  left = (float) ((int) (((float) width - module * (float) columns) / 2));
  tall = is_bars (self) ? (float) height : module;
  top = is_bars (self) ? 0 : (float) ((int) (((float) height - module * (float) rows) / 2));
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  if (!is_bars (self))
    top += module * (float) self->symbol->quiet;
  left += module * (float) self->symbol->quiet;
  for (int y = 0; y < self->symbol->rows; y++)
    for (int x = 0, run = 0; x < self->symbol->columns; x += MAX (run, 1))
      {
        const guint8 *line = self->symbol->modules + (gsize) y * (gsize) self->symbol->columns;

        for (run = 0; x + run < self->symbol->columns && line[x + run]; run++)
          ;
        if (run > 0)
          gtk_snapshot_append_color (
              snapshot,
              &black,
              &GRAPHENE_RECT_INIT (left + module * (float) x, top + tall * (float) y, module * (float) run, tall));
      }
}

static void
mil_code_finalize (GObject *object)
{
  g_clear_pointer (&MIL_CODE (object)->symbol, mil_form_symbol_free);

  G_OBJECT_CLASS (mil_code_parent_class)->finalize (object);
}

static void
mil_code_class_init (MilCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mil_code_finalize;
  widget_class->get_request_mode = mil_code_get_request_mode;
  widget_class->measure = mil_code_measure;
  widget_class->snapshot = mil_code_snapshot;
  gtk_widget_class_set_css_name (widget_class, "code");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mil_code_init (MilCode *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * mil_code_new:
 *
 * Returns: (transfer floating): a code that says nothing yet
 */
GtkWidget *
mil_code_new (void)
{
  return g_object_new (MIL_TYPE_CODE, NULL);
}

/**
 * mil_code_set:
 * @self: a code
 * @kind: what it shall look like
 * @value: what it says
 *
 * Shows a value. What cannot be a code of that kind shows nothing.
 *
 * Returns: whether there is something to see
 */
gboolean
mil_code_set (MilCode *self, MilSymbolKind kind, const char *value)
{
  g_autofree char *spoken = NULL;

  g_return_val_if_fail (MIL_IS_CODE (self), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  g_clear_pointer (&self->symbol, mil_form_symbol_free);
  self->symbol = mil_form_symbol_new (kind, value, NULL);
  spoken = g_strdup_printf (kind == MIL_SYMBOL_QR ? C_ ("accessible", "QR code %s") : C_ ("accessible", "Bar code %s"), value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return self->symbol != NULL;
}
