/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/ledger/mil-ledger.h"

/* Each answers ids of what is wrong; in a sound ledger, none. */
static const struct
{
  const char *name;
  const char *sql;
} checks[] = {
  { "account-debits-differ-from-transfers",
    "SELECT a.id FROM accounts a WHERE a.debits_posted <> (SELECT COALESCE (SUM (t.amount), 0) FROM "
    "transfers t"
    " WHERE t.debit = a.id AND t.kind IN ('posted', 'post'))" },
  { "account-credits-differ-from-transfers",
    "SELECT a.id FROM accounts a WHERE a.credits_posted <> (SELECT COALESCE (SUM (t.amount), 0) FROM "
    "transfers t"
    " WHERE t.credit = a.id AND t.kind IN ('posted', 'post'))" },
  { "account-held-differs-from-holds",
    "SELECT a.id FROM accounts a WHERE a.debits_pending <> (SELECT COALESCE (SUM (t.amount), 0) FROM "
    "transfers t"
    " JOIN holds h ON h.transfer_id = t.id WHERE t.debit = a.id) OR a.credits_pending <>"
    " (SELECT COALESCE (SUM (t.amount), 0) FROM transfers t JOIN holds h ON h.transfer_id = t.id"
    " WHERE t.credit = a.id)" },
  { "account-overdrawn", "SELECT id FROM accounts WHERE guarded = 1 AND credits_posted - debits_posted - debits_pending < 0" },
  { "hold-of-settled-transfer", "SELECT h.transfer_id FROM holds h JOIN transfers r ON r.pending_id = h.transfer_id" },
  { "pending-transfer-without-hold",
    "SELECT t.id FROM transfers t WHERE t.kind = 'pending' AND NOT EXISTS (SELECT 1 FROM holds h"
    " WHERE h.transfer_id = t.id) AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.pending_id = t.id)" },
  { "settlement-differs-from-pending-transfer",
    "SELECT r.id FROM transfers r JOIN transfers t ON t.id = r.pending_id WHERE t.kind <> 'pending'"
    " OR r.amount <> t.amount OR r.currency <> t.currency OR r.debit <> t.debit OR r.credit <> t.credit" },
  { "transfer-between-currencies",
    "SELECT t.id FROM transfers t JOIN accounts d ON d.id = t.debit JOIN accounts c ON c.id = t.credit"
    " WHERE d.currency <> t.currency OR c.currency <> t.currency" },
};

static gboolean
run_check (MilTx *tx, guint i, JsonBuilder *builder, gboolean *balanced, GError **error)
{
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, checks[i].sql, NULL);

  if (rows == NULL)
    return FALSE;
  while (mil_rows_next (rows))
    {
      *balanced = FALSE;
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "problem");
      json_builder_add_string_value (builder, checks[i].name);
      json_builder_set_member_name (builder, "subject");
      json_builder_add_string_value (builder, mil_rows_text (rows, 0));
      json_builder_end_object (builder);
    }
  return TRUE;
}

static gboolean
sum_currencies (MilTx *tx, JsonBuilder *builder, gboolean *balanced, GError **error)
{
  g_autoptr (MilRows) rows = NULL;

  rows = mil_tx_query (tx,
                       error,
                       "SELECT currency, SUM (debits_posted), SUM (credits_posted), SUM (debits_pending),"
                       " SUM (credits_pending) FROM accounts GROUP BY currency ORDER BY currency",
                       NULL);
  if (rows == NULL)
    return FALSE;
  while (mil_rows_next (rows))
    {
      gint64 sum = mil_rows_int (rows, 2) - mil_rows_int (rows, 1);

      *balanced = *balanced && sum == 0 && mil_rows_int (rows, 3) == mil_rows_int (rows, 4);
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "currency");
      json_builder_add_string_value (builder, mil_rows_text (rows, 0));
      json_builder_set_member_name (builder, "moved");
      json_builder_add_int_value (builder, mil_rows_int (rows, 1));
      json_builder_set_member_name (builder, "held");
      json_builder_add_int_value (builder, mil_rows_int (rows, 3));
      json_builder_set_member_name (builder, "sum");
      json_builder_add_int_value (builder, sum);
      json_builder_end_object (builder);
    }
  return TRUE;
}

/**
 * mil_ledger_audit:
 * @tx: the transaction
 * @balanced: (out): whether everything is as it must be
 * @error: (optional): as for mil_tx_exec()
 *
 * Adds everything up again: per currency all accounts together are zero, each account says what its
 * transfers say, holds are pending transfers and the other way round, nothing guarded is overdrawn.
 *
 * Returns: (transfer full) (nullable): `{"balanced","currencies":[{"currency","moved","held","sum"}…],
 *   "problems":[{"problem","subject"}…]}`, amounts in minor units
 */
JsonNode *
mil_ledger_audit (MilTx *tx, gboolean *balanced, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (balanced != NULL, NULL);

  *balanced = TRUE;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "currencies");
  json_builder_begin_array (builder);
  if (!sum_currencies (tx, builder, balanced, error))
    return NULL;
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    if (!run_check (tx, i, builder, balanced, error))
      return NULL;
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "balanced");
  json_builder_add_boolean_value (builder, *balanced);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
