/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilRows:
 *
 * The rows that a query answered, all of them, in memory. Starts before the first row. Columns count
 * from 0. What a getter returns lives as long as the rows.
 */
typedef struct _MilRows MilRows;

guint       mil_rows_count (MilRows *self);
gboolean    mil_rows_next (MilRows *self);
gboolean    mil_rows_is_null (MilRows *self, guint column);
const char *mil_rows_text (MilRows *self, guint column);
gint64      mil_rows_int (MilRows *self, guint column);
GBytes     *mil_rows_bytes (MilRows *self, guint column);
void        mil_rows_free (MilRows *self);

/* For the engines: rows are filled cell after cell, n_columns cells a row. */
MilRows *mil_rows_new (guint n_columns);
void     mil_rows_add_null (MilRows *self);
void     mil_rows_add_int (MilRows *self, gint64 number);
void     mil_rows_add_text (MilRows *self, const char *text, gsize length);
void     mil_rows_add_bytes (MilRows *self, const void *bytes, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilRows, mil_rows_free)

G_END_DECLS
