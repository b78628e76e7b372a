/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/wallet/mil-audit.h"

#include "service/ledger/mil-ledger.h"
#include "service/wallet/mil-build.h"

/* Each answers ids of what is wrong; in a sound service, none. */
static const struct
{
  const char *name;
  const char *sql;
} checks[] = {
  { "captured-authorisation-not-posted",
    "SELECT a.checkout_id FROM authorisations a WHERE a.state = 'captured' AND NOT EXISTS"
    " (SELECT 1 FROM transfers r WHERE r.pending_id = a.hold_id AND r.kind = 'post' AND r.amount = "
    "a.pay_amount)" },
  { "voided-authorisation-still-held",
    "SELECT a.checkout_id FROM authorisations a WHERE a.state = 'voided' AND a.hold_id IS NOT NULL AND NOT "
    "EXISTS"
    " (SELECT 1 FROM transfers r WHERE r.pending_id = a.hold_id AND r.kind = 'void')" },
  { "open-authorisation-without-hold",
    "SELECT a.checkout_id FROM authorisations a WHERE a.state IN ('held', 'redeemed') AND NOT EXISTS"
    " (SELECT 1 FROM holds h WHERE h.transfer_id = a.hold_id)" },
  { "committed-group-not-captured",
    "SELECT g.id FROM payment_groups g JOIN authorisations a ON a.group_id = g.id"
    " WHERE (g.state = 'committed' AND a.state <> 'captured') OR (g.state = 'voided' AND a.state <> "
    "'voided')" },
  { "group-total-differs",
    "SELECT g.id FROM payment_groups g WHERE g.pay_total <> (SELECT SUM (a.pay_amount) FROM authorisations a"
    " WHERE a.group_id = g.id)" },
  { "order-differs-from-authorisation",
    "SELECT o.id FROM orders o JOIN authorisations a ON a.order_id = o.id WHERE a.amount <> o.total_minor"
    " OR a.currency <> o.currency OR a.pay_amount <> o.paid_minor OR a.checkout_id <> o.checkout_id"
    " OR (o.state = 'awaiting-capture' AND a.state <> 'redeemed') OR (o.state = 'voided' AND a.state <> "
    "'voided')"
    " OR (o.state IN ('captured', 'refunded') AND a.state <> 'captured')" },
  { "order-without-authorisation",
    "SELECT o.id FROM orders o WHERE NOT EXISTS (SELECT 1 FROM authorisations a WHERE a.order_id = o.id)" },
  { "order-refunded-beyond-payment",
    "SELECT o.id FROM orders o WHERE o.paid_minor < (SELECT COALESCE (SUM (r.paid_amount), 0) FROM refunds r"
    " WHERE r.order_id = o.id) OR o.refunded_minor <> (SELECT COALESCE (SUM (r.amount), 0) FROM refunds r"
    " WHERE r.order_id = o.id)" },
  { "refunded-claim-not-paid",
    "SELECT c.id FROM claims c WHERE c.mode = 'refund' AND c.state = 'refunded' AND NOT EXISTS"
    " (SELECT 1 FROM refunds r WHERE r.reference = c.id AND r.kind = 'claim')" },
  { "paid-claim-not-validated",
    "SELECT r.reference FROM refunds r JOIN claims c ON c.id = r.reference WHERE r.kind = 'claim' AND NOT "
    "EXISTS"
    " (SELECT 1 FROM claim_events e WHERE e.claim_id = c.id AND e.state IN ('validated', "
    "'partially-validated', 'disputed'))" },
  { "claim-differs-from-its-events",
    "SELECT c.id FROM claims c WHERE c.state <> (SELECT e.state FROM claim_events e WHERE e.claim_id = c.id"
    " ORDER BY e.seq DESC LIMIT 1) OR (SELECT COUNT (*) FROM claim_events e WHERE e.claim_id = c.id) <>"
    " (SELECT MAX (e.seq) FROM claim_events e WHERE e.claim_id = c.id)" },
  { "ended-claim-still-guaranteed",
    "SELECT c.id FROM claims c JOIN holds h ON h.transfer_id = c.guarantee_hold"
    " WHERE c.state IN ('refunded', 'guarantee-charged', 'resolved')" },
  { "events-with-a-gap", "SELECT c.owner FROM event_counters c WHERE c.seq <> (SELECT COUNT (*) FROM events e WHERE e.owner = c.owner)" },
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
      mil_build_text (builder, "problem", checks[i].name);
      mil_build_text (builder, "subject", mil_rows_text (rows, 0));
      json_builder_end_object (builder);
    }
  return TRUE;
}

/**
 * mil_audit:
 * @tx: the transaction
 * @balanced: (out): whether everything is as it must be
 * @error: (optional): as for mil_tx_exec()
 *
 * Adds up the ledger, and holds payment groups, orders, refunds and events against it and each other.
 * For `milione-service audit`.
 *
 * Returns: (transfer full) (nullable): `{"ledger":{…},"problems":[{"problem","subject"}…],"balanced"}`,
 *   with the ledger as mil_ledger_audit() says
 */
JsonNode *
mil_audit (MilTx *tx, gboolean *balanced, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  JsonNode *ledger;

  g_return_val_if_fail (tx != NULL, NULL);
  g_return_val_if_fail (balanced != NULL, NULL);

  ledger = mil_ledger_audit (tx, balanced, error);
  if (ledger == NULL)
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ledger");
  json_builder_add_value (builder, ledger);
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
