/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/mil-claim-export.h"

#include <glib/gi18n.h>

#include "service/taxfree/validation/mil-export-system.h"

static MilDate
today (MilTx *tx)
{
  return mil_date_from_unix (mil_tx_now (tx), "UTC");
}

/* The rules of the day of purchase name the system; where there are none, an officer decides at a desk. */
static const MilExportSystem *
find_system (MilClaim *claim, MilSchemeBook *book, const char **name)
{
  const MilWirePurchase *first = claim->request->purchases->pdata[0];
  const MilWireTrip     *trip = claim->request->trip;
  const MilRule         *rule = mil_scheme_book_rule (book, first->country, NULL, first->date);
  const MilExportSystem *found = &mil_customs_desk;

  *name = found->name;
  if (rule == NULL)
    return found;
  found = mil_export_system_for (&rule->validation,
                                 first->country,
                                 trip->exit != NULL ? trip->exit->country : first->country);
  *name = mil_export_system_name (found, &rule->validation);
  return found;
}

/**
 * mil_claim_export_begin:
 * @claim: a claim whose form is about to be issued
 * @book: refund schemes
 * @error: return location
 *
 * Writes into the claim which system will validate it, what that knows it by, and what to do at the exit.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_claim_export_begin (MilClaim *claim, MilSchemeBook *book, GError **error)
{
  const MilExportSystem *system;
  const char            *name;

  g_return_val_if_fail (claim != NULL && book != NULL, FALSE);

  system = find_system (claim, book, &name);
  g_clear_pointer (&claim->validation, mil_wire_export_free);
  claim->validation = mil_wire_export_new ();
  claim->validation->system = g_strdup (name);
  claim->validation->reference = mil_export_system_reference (system, claim->number);
  claim->validation->label = g_strdup (system->label);
  claim->validation->hint = g_strdup (_ (system->begin));
  return TRUE;
}

static GStrv
records_of (MilClaim *claim)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < claim->request->purchases->len; i++)
    g_strv_builder_add (ids, ((MilWirePurchase *) claim->request->purchases->pdata[i])->id);
  return g_strv_builder_end (ids);
}

static gboolean
read_validation (const MilWireValidation *validation, MilTx *tx, MilExportForm *form, MilCustomsAct *act, GError **error)
{
  form->refusal = MIL_REFUSAL_OTHER;
  form->day = today (tx);
  form->on = validation->on;
  form->seen = (const char *const *) validation->purchases;
  form->position = validation->position;
  if (!mil_customs_act_parse (validation->result, act))
    mil_error_set (error, MIL_ERROR_INVALID, _ ("result: “%s” is not known"), validation->result);
  else if (validation->reason_code != NULL && !mil_claim_refusal_parse (validation->reason_code, &form->refusal))
    mil_error_set (error, MIL_ERROR_INVALID, _ ("reason_code: “%s” is not known"), validation->reason_code);
  else if (mil_date_is_set (form->on) && mil_date_compare (form->on, mil_date_add_days (form->day, 1)) > 0)
    mil_error_set (error, MIL_ERROR_INVALID, _ ("on: a stamp cannot be of a day to come"));
  else
    return TRUE;
  return FALSE;
}

static void
keep (MilClaim *claim, MilTx *tx, const MilExportOutcome *outcome)
{
  if (claim->validation == NULL)
    return;
  g_set_str (&claim->validation->code, outcome->code);
  g_set_str (&claim->validation->hint, outcome->hint);
  claim->validation->at = mil_tx_now (tx);
}

static gboolean
move (MilClaim *claim, MilTx *tx, const MilClaimExport *what, const MilExportOutcome *outcome, const char *system, GError **error)
{
  gboolean     is_refused = outcome->act == MIL_CLAIM_ACT_REFUSE;
  const char  *said = what->validation->reason;
  MilClaimStep step = {
    .act = outcome->act,
    .actor = outcome->actor,
    .principal = what->principal,
    .reason = said != NULL ? said
              : is_refused ? mil_claim_refusal_text (outcome->refusal)
                           : outcome->hint,
    .reason_code = is_refused ? mil_claim_refusal_name (outcome->refusal) : NULL,
    .system = system,
    .code = outcome->code,
    .has_proof_in_time = mil_date_is_set (claim->export_by) && mil_date_compare (outcome->on, claim->export_by) <= 0,
  };

  keep (claim, tx, outcome);
  return mil_claim_move (claim, tx, &step, error);
}

/**
 * mil_claim_export_act:
 * @claim: a claim
 * @tx: a transaction
 * @book: refund schemes
 * @what: what happened at the exit
 * @error: return location; %MIL_ERROR_CONFLICT when that cannot be done where the claim stands
 *
 * Lets the system that validates this form speak, and does to the claim what that means. The system's own
 * word is kept with the claim.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_claim_export_act (MilClaim *claim, MilTx *tx, MilSchemeBook *book, MilClaimExport *what, GError **error)
{
  g_auto (MilExportOutcome) outcome = { 0 };
  g_auto (GStrv) records = NULL;
  const MilExportSystem *system;
  const char            *name;
  MilExportForm          form = { 0 };
  MilCustomsAct          act;

  g_return_val_if_fail (claim != NULL && tx != NULL && book != NULL && what != NULL, FALSE);

  if (!read_validation (what->validation, tx, &form, &act, error))
    return FALSE;
  system = find_system (claim, book, &name);
  records = records_of (claim);
  form.number = claim->number;
  form.reference = claim->validation != NULL && claim->validation->reference != NULL ? claim->validation->reference
                                                                                     : claim->number;
  form.records = (const char *const *) records;
  if (!mil_export_system_act (system, &form, act, &outcome, error) || !move (claim, tx, what, &outcome, name, error))
    return FALSE;
  what->act = outcome.act;
  what->on = outcome.on;
  return outcome.act != MIL_CLAIM_ACT_VALIDATE_PART || mil_claim_set_seen (claim, tx, form.seen, error);
}
