/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/vault/mil-sealed-table.h"

#include <string.h>

/* How long a name is says something as well: what is sealed is a multiple of this long. */
#define BLOCK 512
#define AT_ONCE 100

static char *
context_of (const MilSealedTable *self, const char *first, const char *second)
{
  return second != NULL ? g_strconcat (self->context, " ", first, " ", second, NULL)
                        : g_strconcat (self->context, " ", first, NULL);
}

/**
 * mil_sealed_table_seal:
 * @self: a table
 * @tx: a transaction, for chance
 * @vault: the keys
 * @first: the row's primary key
 * @second: (nullable): its second column, when it has two
 * @plain: what to seal
 *
 * Encrypts what is to lie in one row; it cannot be opened as another row's.
 *
 * Returns: (transfer full): what may be stored
 */
MilSealed *
mil_sealed_table_seal (const MilSealedTable *self, MilTx *tx, MilVault *vault, const char *first, const char *second, GBytes *plain)
{
  guint8           chance[MIL_VAULT_CHANCE];
  g_autofree char *context = NULL;

  g_return_val_if_fail (self != NULL && tx != NULL && vault != NULL && first != NULL && plain != NULL, NULL);

  context = context_of (self, first, second);
  mil_tx_random (tx, chance, sizeof chance);
  return mil_vault_seal (vault, chance, context, plain);
}

/**
 * mil_sealed_table_unseal:
 * @self: a table
 * @vault: the keys
 * @first: the row's primary key
 * @second: (nullable): its second column, when it has two
 * @row: the row
 * @column: where in it `key_id`, `wrapped_key` and what was sealed stand, one after the other
 * @error: return location; as for mil_vault_unseal()
 *
 * Returns: (transfer full) (nullable): what was sealed
 */
GBytes *
mil_sealed_table_unseal (const MilSealedTable *self,
                         MilVault             *vault,
                         const char           *first,
                         const char           *second,
                         MilRows              *row,
                         guint                 column,
                         GError              **error)
{
  g_autofree char *context = NULL;
  g_autoptr (MilSealed) sealed = NULL;

  g_return_val_if_fail (self != NULL && vault != NULL && first != NULL && row != NULL, NULL);

  context = context_of (self, first, second);
  sealed = mil_sealed_new (mil_rows_text (row, column), mil_rows_bytes (row, column + 1), mil_rows_bytes (row, column + 2));
  return mil_vault_unseal (vault, sealed, context, error);
}

static gboolean
rewrap_row (const MilSealedTable *self, MilTx *tx, MilVault *vault, const char *update, MilRows *row, GError **error)
{
  const char      *first = mil_rows_text (row, 0);
  const char      *second = self->columns[1] != NULL ? mil_rows_text (row, 3) : NULL;
  guint8           chance[MIL_VAULT_CHANCE];
  g_autofree char *context = context_of (self, first, second);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (MilSealed) sealed = mil_sealed_new (mil_rows_text (row, 1), mil_rows_bytes (row, 2), nothing);

  mil_tx_random (tx, chance, sizeof chance);
  return mil_vault_rewrap (vault, sealed, chance, context, error)
         && mil_tx_exec (tx, error, update, second != NULL ? "tbtt" : "tbt", sealed->key_id, sealed->wrapped_key, first, second);
}

static gint64
rewrap_some (const MilSealedTable *self, MilTx *tx, MilVault *vault, const char *key_id, GError **error)
{
  const char      *second = self->columns[1];
  g_autofree char *select
      = g_strdup_printf ("SELECT %s, key_id, wrapped_key%s%s FROM %s WHERE key_id = $1 LIMIT $2",
                         self->columns[0],
                         second != NULL ? ", " : "",
                         second != NULL ? second : "",
                         self->name);
  g_autofree char *update
      = g_strdup_printf ("UPDATE %s SET key_id = $1, wrapped_key = $2 WHERE %s = $3%s%s%s",
                         self->name,
                         self->columns[0],
                         second != NULL ? " AND " : "",
                         second != NULL ? second : "",
                         second != NULL ? " = $4" : "");
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, select, "ti", key_id, (gint64) AT_ONCE);
  gint64 n = 0;

  if (rows == NULL)
    return -1;
  for (; mil_rows_next (rows); n++)
    if (!rewrap_row (self, tx, vault, update, rows, error))
      return -1;
  return n;
}

/**
 * mil_sealed_table_rewrap:
 * @self: a table
 * @tx: a transaction
 * @vault: the keys
 * @error: return location
 *
 * Wraps with the vault's current key what an older one of it wraps; some of it when there is much.
 *
 * Returns: how many rows were wrapped anew; -1 with @error set when it cannot
 */
gint64
mil_sealed_table_rewrap (const MilSealedTable *self, MilTx *tx, MilVault *vault, GError **error)
{
  const char *key_id;
  gint64      sum = 0;

  g_return_val_if_fail (self != NULL && tx != NULL && vault != NULL, -1);

  for (guint i = 0; (key_id = mil_vault_older (vault, i)) != NULL; i++)
    {
      gint64 n = rewrap_some (self, tx, vault, key_id, error);

      if (n < 0)
        return -1;
      sum += n;
    }
  return sum;
}

/**
 * mil_sealed_pad:
 * @object: (transfer full): what is known of a person
 *
 * Returns: (transfer full): its JSON, with so many spaces behind it that its length tells nobody anything
 */
GBytes *
mil_sealed_pad (JsonObject *object)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  gsize            length;
  gsize            padded;

  g_return_val_if_fail (object != NULL, NULL);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  length = strlen (text);
  padded = (length / BLOCK + 1) * BLOCK;
  text = g_realloc (text, padded);
  memset (text + length, ' ', padded - length);
  return g_bytes_new_take (g_steal_pointer (&text), padded);
}

/**
 * mil_sealed_read:
 * @plain: what mil_sealed_pad() made
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the object
 */
JsonObject *
mil_sealed_read (GBytes *plain, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  const char *text;
  gsize       size;

  g_return_val_if_fail (plain != NULL, NULL);

  parser = json_parser_new ();
  text = g_bytes_get_data (plain, &size);
  if (!json_parser_load_from_data (parser, text, (gssize) size, error))
    return NULL;
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}
