/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-tx.h"
#include "service/vault/mil-vault.h"

G_BEGIN_DECLS

/**
 * MilSealedTable:
 * @name: the table; it has the columns `key_id` and `wrapped_key`, and an index that begins with `key_id`
 * @context: what the context of each of its rows begins with, one word
 * @columns: its primary key, one column or two
 *
 * A table whose rows are encrypted, each with a key of its own.
 */
typedef struct
{
  const char *name;
  const char *context;
  const char *columns[2];
} MilSealedTable;

MilSealed *
mil_sealed_table_seal (const MilSealedTable *self, MilTx *tx, MilVault *vault, const char *first, const char *second, GBytes *plain);
GBytes     *mil_sealed_table_unseal (const MilSealedTable *self,
                                     MilVault             *vault,
                                     const char           *first,
                                     const char           *second,
                                     MilRows              *row,
                                     guint                 column,
                                     GError              **error);
gint64      mil_sealed_table_rewrap (const MilSealedTable *self, MilTx *tx, MilVault *vault, GError **error);
GBytes     *mil_sealed_pad (JsonObject *object);
JsonObject *mil_sealed_read (GBytes *plain, GError **error);

G_END_DECLS
