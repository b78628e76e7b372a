/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/validation/mil-export-system.h"

#include <glib/gi18n.h>

/*
 * PABLO, France: the barcode of the form (BVE) is read at a kiosk, which shows a green light and "OK form valid", or
 * a red one and "form invalid": then an officer decides at the desk. An older notice has the words "validé" (kiosk
 * before the controls) and "confirmé" (behind them). When PABLO is down, forms are stamped by hand.
 *
 * Source: douane.gouv.fr, "vous achetez des marchandises en détaxe"; detaxe.com, customer service;
 * veille-douaniere.com on closed PABLO.
 */
#define OUTAGE "outage"

static const MilExportWord words[] = {
  { "OK form valid", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { "validé", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { "confirmé", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { "form invalid", MIL_CLAIM_ACT_PRESENT, 0, N_ ("The kiosk shows red: go to the customs desk with the goods, the form and your passport.") },
  { OUTAGE, MIL_CLAIM_ACT_PRESENT, 0, N_ ("The kiosks are down: ask at the customs desk for a stamp on the printed form.") },
  { 0 },
};

static JsonNode *
simulate (const MilExportSystem *self, const MilExportForm *form, MilCustomsAct act)
{
  if (act == MIL_CUSTOMS_VALIDATE)
    return mil_export_message ("bve", form->reference, "light", "green", "message", "OK form valid", NULL);
  if (act == MIL_CUSTOMS_DESK)
    return mil_export_message ("bve", form->reference, "light", "red", "message", "form invalid", NULL);
  if (act == MIL_CUSTOMS_OUTAGE)
    return mil_export_message ("bve", form->reference, "message", OUTAGE, NULL);
  return mil_export_desk_message (form, act);
}

static gboolean
read_message (const MilExportSystem *self, const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome, GError **error)
{
  return mil_export_read_word (self, form, message, "message", outcome, error);
}

const MilExportSystem mil_pablo = {
  .name = "PABLO",
  .label = "BVE",
  .begin = N_ ("Scan the barcode of the form at a PABLO kiosk before you check your bags in."),
  .words = words,
  .simulate = simulate,
  .read = read_message,
};
