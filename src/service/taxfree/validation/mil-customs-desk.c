/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/validation/mil-export-system.h"

#include <glib/gi18n.h>

/*
 * A desk or kiosk whose system publishes nothing of its messages (Australia's TRS, Vienna's DEV, Planet in
 * the Emirates …): only the officer's decision is known.
 */
static const MilExportWord words[] = { { 0 } };

static JsonNode *
simulate (const MilExportSystem *self, const MilExportForm *form, MilCustomsAct act)
{
  return mil_export_desk_message (form, act);
}

static gboolean
read_message (const MilExportSystem *self, const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome, GError **error)
{
  return mil_export_read_word (self, form, message, "code", outcome, error);
}

const MilExportSystem mil_customs_desk = {
  .name = "customs",
  .begin = N_ ("Show the goods, the receipts and your passport at customs before you check your bags in."),
  .words = words,
  .simulate = simulate,
  .read = read_message,
};
