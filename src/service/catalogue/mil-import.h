/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-tx.h"

G_BEGIN_DECLS

#define MIL_TYPE_IMPORT (mil_import_get_type ())

/**
 * MilImport:
 *
 * What a folder of stores says: their descriptions (`stores.json`), feeds and pictures, read and
 * checked, ready to be written. Reference counted, immutable.
 */
typedef struct _MilImport MilImport;

GType      mil_import_get_type (void);
MilImport *mil_import_read (const char *folder, GError **error);
MilImport *mil_import_ref (MilImport *self);
void       mil_import_unref (MilImport *self);
GPtrArray *mil_import_problems (MilImport *self);
gboolean   mil_import_write (MilImport *self, MilTx *tx, guint *n_changed, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilImport, mil_import_unref)

G_END_DECLS
