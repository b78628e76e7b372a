/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-claim-jobs.h"

#include <glib/gi18n.h>

#include "service/taxfree/mil-claim-person.h"
#include "service/taxfree/mil-demo-operator.h"

#define AT_ONCE 100
/* A day is over everywhere on Earth twelve hours after it is over at Greenwich. */
#define LAST_ZONE (G_GINT64_CONSTANT (12) * G_TIME_SPAN_HOUR)

static gboolean
expire (MilTx *tx, const char *id, GError **error)
{
  MilClaimStep step = { MIL_CLAIM_ACT_EXPIRE, MIL_CLAIM_BY_SERVICE, .reason = _ ("Customs did not see the goods leave in time.") };
  g_autoptr (MilClaim) claim = mil_claim_load (tx, NULL, id, error);
  g_autoptr (JsonNode) told = NULL;

  if (claim == NULL || !mil_claim_move (claim, tx, &step, error) || !mil_demo_operator_charge (claim, tx, error))
    return FALSE;
  told = mil_claim_tell (claim, tx, error);
  return told != NULL;
}

/**
 * mil_claim_expire_due:
 * @tx: a transaction; its time decides
 * @error: return location
 *
 * Ends claims whose last day of export is over everywhere and whose goods nobody saw leaving; some of them
 * when there are many. Guarantees are charged.
 *
 * Returns: how many; -1 with @error set when it cannot
 */
gint64
mil_claim_expire_due (MilTx *tx, GError **error)
{
  g_autofree char *last = NULL;
  g_autoptr (MilRows) rows = NULL;
  gint64 n = 0;

  g_return_val_if_fail (tx != NULL, -1);

  last = mil_date_to_string (mil_date_from_unix (mil_tx_now (tx) - LAST_ZONE, "UTC"));
  rows = mil_tx_query (
      tx,
      error,
      "SELECT id FROM claims WHERE state IN ('issued', 'awaiting-validation') AND export_by < $1"
      " ORDER BY export_by LIMIT $2",
      "ti",
      last,
      (gint64) AT_ONCE);
  if (rows == NULL)
    return -1;
  for (; mil_rows_next (rows); n++)
    if (!expire (tx, mil_rows_text (rows, 0), error))
      return -1;
  return n;
}

static gboolean
forget (MilTx *tx, MilVault *vault, const char *id, GError **error)
{
  g_autoptr (MilClaim) claim = mil_claim_load (tx, NULL, id, error);
  g_autoptr (JsonNode) told = NULL;

  if (claim == NULL || !mil_claim_forget_person (claim, tx, vault, error))
    return FALSE;
  told = mil_claim_tell (claim, tx, error);
  return told != NULL;
}

/**
 * mil_claim_forget_due:
 * @tx: a transaction; its time decides
 * @vault: keys of personal data
 * @retention_days: how long after its end the person is known
 * @error: return location
 *
 * Forgets who made the claims that have been over for long; some of them when there are many.
 *
 * Returns: how many; -1 with @error set when it cannot
 */
gint64
mil_claim_forget_due (MilTx *tx, MilVault *vault, guint retention_days, GError **error)
{
  g_autoptr (GString) sql = g_string_new (
      "SELECT id FROM claims WHERE erased_at = 0 AND updated_at < $1 AND state IN (");
  g_autoptr (MilRows) rows = NULL;
  gint64 n = 0;

  g_return_val_if_fail (tx != NULL && vault != NULL, -1);

  for (guint i = 0; i < MIL_CLAIM_N_STATES; i++)
    if (mil_claim_state_is_over (i))
      g_string_append_printf (sql, "'%s', ", mil_claim_state_name (i));
  g_string_append (sql, "'') ORDER BY updated_at LIMIT $2");
  rows = mil_tx_query (tx, error, sql->str, "ii", mil_tx_now (tx) - (gint64) retention_days * G_TIME_SPAN_DAY, (gint64) AT_ONCE);
  if (rows == NULL)
    return -1;
  for (; mil_rows_next (rows); n++)
    if (!forget (tx, vault, mil_rows_text (rows, 0), error))
      return -1;
  return n;
}

static gboolean
seal (MilTx *tx, MilVault *vault, const char *id, GError **error)
{
  g_autoptr (MilClaim) claim = mil_claim_load (tx, NULL, id, error);
  g_autoptr (MilClaimPerson) person = NULL;
  g_autoptr (JsonNode) document = NULL;

  if (claim == NULL)
    return FALSE;
  person = mil_claim_person_new (claim->request->traveller);
  mil_claim_person_strip (claim->request->traveller);
  document = mil_wire_claim_request_to_json (claim->request);
  return mil_claim_person_store (person, tx, vault, id, error)
         && mil_tx_exec (tx, error, "UPDATE claims SET document = $2 WHERE id = $1", "tj", id, document);
}

/**
 * mil_claim_seal_old:
 * @tx: a transaction
 * @vault: keys of personal data
 * @error: return location
 *
 * Encrypts who made the claims of versions that did not; some of them when there are many.
 *
 * Returns: how many; -1 with @error set when it cannot
 */
gint64
mil_claim_seal_old (MilTx *tx, MilVault *vault, GError **error)
{
  g_autoptr (MilRows) rows = NULL;
  gint64 n = 0;

  g_return_val_if_fail (tx != NULL && vault != NULL, -1);

  rows = mil_tx_query (tx,
                       error,
                       "SELECT id FROM claims WHERE erased_at = 0 AND NOT EXISTS"
                       " (SELECT 1 FROM claim_persons p WHERE p.claim_id = claims.id) LIMIT $1",
                       "i",
                       (gint64) AT_ONCE);
  if (rows == NULL)
    return -1;
  for (; mil_rows_next (rows); n++)
    if (!seal (tx, vault, mil_rows_text (rows, 0), error))
      return -1;
  return n;
}
