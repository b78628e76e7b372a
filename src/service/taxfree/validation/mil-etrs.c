/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/validation/mil-export-system.h"

#include <glib/gi18n.h>

/*
 * eTRS, Singapore: a kiosk finds the purchases by the passport and approves them on its screen; what it does
 * not approve goes to the Customs Inspection Counter. After the approval the traveller leaves within 12
 * hours. The retailer may void a ticket.
 *
 * Source: iras.gov.sg, Tourist Refund Scheme, and its e-Tax guide; touristrefund.sg.
 */
static const MilExportWord words[] = {
  { "Approved", MIL_CLAIM_ACT_VALIDATE, 0, N_ ("Leave with the goods within 12 hours.") },
  { "Not approved", MIL_CLAIM_ACT_PRESENT, 0, N_ ("Go to the Customs Inspection Counter with the goods, the receipts, your passport and boarding pass.") },
  { "Rejected", MIL_CLAIM_ACT_REFUSE, MIL_REFUSAL_OTHER, NULL },
  { "Void", MIL_CLAIM_ACT_VOID, 0, NULL },
  { 0 },
};

static JsonNode *
simulate (const MilExportSystem *self, const MilExportForm *form, MilCustomsAct act)
{
  if (act == MIL_CUSTOMS_VALIDATE)
    return mil_export_message ("DocId", form->reference, "Status", "Approved", NULL);
  if (act == MIL_CUSTOMS_DESK || act == MIL_CUSTOMS_OUTAGE)
    return mil_export_message ("DocId", form->reference, "Status", "Not approved", NULL);
  if (act == MIL_CUSTOMS_REFUSE && form->refusal == MIL_REFUSAL_OTHER)
    return mil_export_message ("DocId", form->reference, "Status", "Rejected", NULL);
  return mil_export_desk_message (form, act);
}

static gboolean
read_message (const MilExportSystem *self, const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome, GError **error)
{
  return mil_export_read_word (self, form, message, "Status", outcome, error);
}

const MilExportSystem mil_etrs = {
  .name = "eTRS",
  .label = "Doc ID",
  .begin = N_ ("Use an eTRS kiosk with your passport: before check-in for what goes into the hold, behind "
               "immigration for what you carry."),
  .words = words,
  .simulate = simulate,
  .read = read_message,
};
