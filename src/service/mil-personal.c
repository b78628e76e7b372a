/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/mil-personal.h"

#include "service/checkout/mil-checkout-person.h"
#include "service/http/mil-once.h"
#include "service/taxfree/mil-claim-jobs.h"
#include "service/taxfree/mil-claim-person.h"

static const MilSealedTable *const tables[] = {
  &mil_claim_person_table,
  &mil_checkout_person_table,
  &mil_once_table,
};

static gint64 (*const seal_old[]) (MilTx *tx, MilVault *vault, GError **error) = {
  mil_claim_seal_old,
  mil_checkout_person_seal_old,
  mil_once_seal_old,
};

/**
 * mil_personal_seal_old:
 * @tx: a transaction
 * @vault: keys of personal data
 * @error: return location
 *
 * Encrypts what versions left that did not; some of it when there is much.
 *
 * Returns: how many rows were done; 0 when nothing is left; -1 with @error set when it cannot
 */
gint64
mil_personal_seal_old (MilTx *tx, MilVault *vault, GError **error)
{
  gint64 sum = 0;

  g_return_val_if_fail (tx != NULL && vault != NULL, -1);

  for (guint i = 0; i < G_N_ELEMENTS (seal_old); i++)
    {
      gint64 n = seal_old[i](tx, vault, error);

      if (n < 0)
        return -1;
      sum += n;
    }
  return sum;
}

/**
 * mil_personal_rewrap:
 * @tx: a transaction
 * @vault: keys of personal data
 * @error: return location
 *
 * Wraps with the vault's current key what an older one of it wraps; some of it when there is much.
 *
 * Returns: how many rows were wrapped anew; -1 with @error set when it cannot
 */
gint64
mil_personal_rewrap (MilTx *tx, MilVault *vault, GError **error)
{
  gint64 sum = 0;

  g_return_val_if_fail (tx != NULL && vault != NULL, -1);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      gint64 n = mil_sealed_table_rewrap (tables[i], tx, vault, error);

      if (n < 0)
        return -1;
      sum += n;
    }
  return sum;
}

/**
 * mil_personal_forget_due:
 * @tx: a transaction; its time decides
 * @vault: keys of personal data
 * @retention_days: how long after their end the service knows who made a claim or an order
 * @error: return location
 *
 * Forgets who made the claims and orders that have been over for long; some of them when there are many.
 *
 * Returns: how many; -1 with @error set when it cannot
 */
gint64
mil_personal_forget_due (MilTx *tx, MilVault *vault, guint retention_days, GError **error)
{
  gint64 n_claims;
  gint64 n_checkouts;

  g_return_val_if_fail (tx != NULL && vault != NULL, -1);

  n_claims = mil_claim_forget_due (tx, vault, retention_days, error);
  if (n_claims < 0)
    return -1;
  n_checkouts = mil_checkout_person_forget_due (tx, vault, retention_days, error);
  return n_checkouts < 0 ? -1 : n_claims + n_checkouts;
}

/**
 * mil_personal_count:
 * @tx: a transaction
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a row for each key that holds anything: its id, and how many rows it wraps
 */
MilRows *
mil_personal_count (MilTx *tx, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT key_id, CAST (SUM (n) AS BIGINT) FROM (");

  g_return_val_if_fail (tx != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_string_append_printf (sql,
                            "%sSELECT key_id, COUNT (*) AS n FROM %s GROUP BY key_id",
                            i > 0 ? " UNION ALL " : "",
                            tables[i]->name);
  g_string_append (sql, ") AS all_tables WHERE key_id <> '' GROUP BY key_id ORDER BY key_id");
  return mil_tx_query (tx, error, sql->str, NULL);
}
