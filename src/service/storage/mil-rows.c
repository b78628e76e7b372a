/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "service/storage/mil-rows.h"

#include <string.h>

typedef enum
{
  CELL_NULL,
  CELL_INT,
  CELL_TEXT,
  CELL_BYTES,
} CellKind;

typedef struct
{
  CellKind kind;
  gsize    length;
  gint64   number;
} Cell;

struct _MilRows
{
  guint       n_columns;
  guint       next;
  GArray     *cells;
  GByteArray *bytes;
  GPtrArray  *handed_out;
};

/**
 * mil_rows_new:
 * @n_columns: how many cells make a row, at least 1
 *
 * Makes an empty table for an engine to fill.
 *
 * Returns: (transfer full): the rows
 */
MilRows *
mil_rows_new (guint n_columns)
{
  MilRows *self;

  g_return_val_if_fail (n_columns > 0, NULL);

  self = g_new0 (MilRows, 1);
  self->n_columns = n_columns;
  /* Room for one row of short texts, which is what most queries answer. */
  self->cells = g_array_sized_new (FALSE, FALSE, sizeof (Cell), n_columns);
  self->bytes = g_byte_array_sized_new (32 * n_columns);
  return self;
}

/**
 * mil_rows_free:
 * @self: (transfer full) (nullable): the rows
 *
 * Frees the rows and everything that their getters returned.
 */
void
mil_rows_free (MilRows *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->cells);
  g_byte_array_unref (self->bytes);
  g_clear_pointer (&self->handed_out, g_ptr_array_unref);
  g_free (self);
}

static void
add_cell (MilRows *self, CellKind kind, gint64 number, const void *bytes, gsize length)
{
  Cell cell = { .kind = kind, .length = length, .number = number };

  if (kind == CELL_TEXT || kind == CELL_BYTES)
    {
      cell.number = self->bytes->len;
      if (length > 0)
        g_byte_array_append (self->bytes, bytes, length);
      g_byte_array_append (self->bytes, (const guint8 *) "", 1);
    }
  g_array_append_val (self->cells, cell);
}

/**
 * mil_rows_add_null:
 * @self: the rows
 *
 * Adds an SQL NULL as the next cell.
 */
void
mil_rows_add_null (MilRows *self)
{
  g_return_if_fail (self != NULL);

  add_cell (self, CELL_NULL, 0, NULL, 0);
}

/**
 * mil_rows_add_int:
 * @self: the rows
 * @number: its value
 *
 * Adds a whole number as the next cell.
 */
void
mil_rows_add_int (MilRows *self, gint64 number)
{
  g_return_if_fail (self != NULL);

  add_cell (self, CELL_INT, number, NULL, 0);
}

/**
 * mil_rows_add_text:
 * @self: the rows
 * @text: UTF-8, copied
 * @length: its bytes
 *
 * Adds a text as the next cell.
 */
void
mil_rows_add_text (MilRows *self, const char *text, gsize length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  add_cell (self, CELL_TEXT, 0, text, length);
}

/**
 * mil_rows_add_bytes:
 * @self: the rows
 * @bytes: (nullable): copied; may be %NULL when there are none
 * @length: how many
 *
 * Adds bytes as the next cell.
 */
void
mil_rows_add_bytes (MilRows *self, const void *bytes, gsize length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || length == 0);

  add_cell (self, CELL_BYTES, 0, bytes, length);
}

/**
 * mil_rows_count:
 * @self: the rows
 *
 * Returns: how many rows there are in all
 */
guint
mil_rows_count (MilRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->cells->len / self->n_columns;
}

/**
 * mil_rows_next:
 * @self: the rows
 *
 * Goes to the next row; the first call goes to the first.
 *
 * Returns: whether there is one
 */
gboolean
mil_rows_next (MilRows *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->next > mil_rows_count (self))
    return FALSE;
  self->next++;
  return self->next <= mil_rows_count (self);
}

static const Cell *
current_cell (MilRows *self, guint column)
{
  g_assert (self->next >= 1 && self->next <= mil_rows_count (self));
  g_assert (column < self->n_columns);

  return &g_array_index (self->cells, Cell, (self->next - 1) * self->n_columns + column);
}

/**
 * mil_rows_is_null:
 * @self: the rows, at a row
 * @column: from 0
 *
 * Returns: whether the cell is SQL NULL
 */
gboolean
mil_rows_is_null (MilRows *self, guint column)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return current_cell (self, column)->kind == CELL_NULL;
}

/**
 * mil_rows_text:
 * @self: the rows, at a row
 * @column: from 0; must hold text or NULL
 *
 * Returns: (transfer none) (nullable): the text, until the rows are freed; %NULL for SQL NULL
 */
const char *
mil_rows_text (MilRows *self, guint column)
{
  const Cell *cell;

  g_return_val_if_fail (self != NULL, NULL);

  cell = current_cell (self, column);
  g_return_val_if_fail (cell->kind == CELL_TEXT || cell->kind == CELL_NULL, NULL);
  return cell->kind == CELL_NULL ? NULL : (const char *) self->bytes->data + cell->number;
}

/**
 * mil_rows_int:
 * @self: the rows, at a row
 * @column: from 0; must hold a whole number or NULL
 *
 * Returns: the number; 0 for SQL NULL
 */
gint64
mil_rows_int (MilRows *self, guint column)
{
  const Cell *cell;

  g_return_val_if_fail (self != NULL, 0);

  cell = current_cell (self, column);
  g_return_val_if_fail (cell->kind == CELL_INT || cell->kind == CELL_NULL, 0);
  return cell->kind == CELL_NULL ? 0 : cell->number;
}

/**
 * mil_rows_bytes:
 * @self: the rows, at a row
 * @column: from 0; must hold bytes or NULL
 *
 * Returns: (transfer none) (nullable): the bytes, until the rows are freed; %NULL for SQL NULL
 */
GBytes *
mil_rows_bytes (MilRows *self, guint column)
{
  const Cell *cell;
  GBytes     *bytes;

  g_return_val_if_fail (self != NULL, NULL);

  cell = current_cell (self, column);
  g_return_val_if_fail (cell->kind == CELL_BYTES || cell->kind == CELL_NULL, NULL);
  if (cell->kind == CELL_NULL)
    return NULL;
  if (self->handed_out == NULL)
    self->handed_out = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  bytes = g_bytes_new (self->bytes->data + cell->number, cell->length);
  g_ptr_array_add (self->handed_out, bytes);
  return bytes;
}
