/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/validation/mil-export-system.h"

#include <glib/gi18n.h>

/*
 * DIVA, Spain: the shop sends a DER, which the local reference number (ILR) names; kiosk and desk give it an
 * electronic visa ("visado"), or reject it, and anybody may look that up by its CSV. When DIVA is down an officer
 * stamps by hand and enters the decision later; a DER that the shop has not sent by then is worthless.
 *
 * Source: AEAT, "DIVA: procedimiento"; fiscal-impuestos.com on DIVA's contingency procedure. The codes of the web
 * service are not published; these are the words of the procedure.
 */
static const MilExportWord words[] = {
  { "visado", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { "pendiente", MIL_CLAIM_ACT_PRESENT, 0, N_ ("The kiosk did not validate it: go to the customs desk next to it with the goods.") },
  { "rechazado", MIL_CLAIM_ACT_REFUSE, MIL_REFUSAL_OTHER, NULL },
  { "no presentado", MIL_CLAIM_ACT_REFUSE, MIL_REFUSAL_DOCUMENTS, NULL },
  { "sin conexión", MIL_CLAIM_ACT_PRESENT, 0, N_ ("DIVA does not answer: an officer stamps the form by hand and enters it later.") },
  { 0 },
};

static char *
make_reference (const char *number)
{
  return g_strconcat ("ILR", number, NULL);
}

/* Every answer names the form twice: for the shop, and for whoever looks it up. */
static JsonNode *
answer (const MilExportForm *form, const char *state)
{
  g_autofree char *csv = g_compute_checksum_for_string (G_CHECKSUM_SHA256, form->reference, -1);

  csv[16] = '\0';
  return mil_export_message ("ILR", form->reference, "CSV", csv, "estado", state, NULL);
}

static JsonNode *
simulate (const MilExportSystem *self, const MilExportForm *form, MilCustomsAct act)
{
  if (act == MIL_CUSTOMS_VALIDATE)
    return answer (form, "visado");
  if (act == MIL_CUSTOMS_DESK)
    return answer (form, "pendiente");
  if (act == MIL_CUSTOMS_OUTAGE)
    return answer (form, "sin conexión");
  if (act == MIL_CUSTOMS_REFUSE && form->refusal == MIL_REFUSAL_OTHER)
    return answer (form, "rechazado");
  if (act == MIL_CUSTOMS_REFUSE && form->refusal == MIL_REFUSAL_DOCUMENTS)
    return answer (form, "no presentado");
  return mil_export_desk_message (form, act);
}

static gboolean
read_message (const MilExportSystem *self, const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome, GError **error)
{
  return mil_export_read_word (self, form, message, "estado", outcome, error);
}

const MilExportSystem mil_diva = {
  .name = "DIVA",
  .label = "ILR",
  .begin = N_ ("Scan the code of the form at a DIVA kiosk before you check your bags in."),
  .words = words,
  .make_reference = make_reference,
  .simulate = simulate,
  .read = read_message,
};
