/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/validation/mil-export-system.h"

#include <glib/gi18n.h>

/*
 * TAX FREE on PUESC, Poland: every document has a system number (UNS), printed as GS1-128, and one of these
 * states. Only a document that is "Wprowadzony" can be cancelled, by the seller.
 *
 * Source: puesc.gov.pl, questions on TAX FREE (category 649320651); monitorc.pl of 30 December 2024.
 */
static const MilExportWord words[] = {
  { "Wprowadzony", MIL_CLAIM_ACT_PRESENT, 0, N_ ("Nothing is confirmed yet: show the goods at the customs desk.") },
  { "Potwierdzony wywóz", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { "Potwierdzony częściowy wywóz", MIL_CLAIM_ACT_VALIDATE_PART, 0, NULL },
  { "Brak potwierdzenia wywozu", MIL_CLAIM_ACT_REFUSE, MIL_REFUSAL_GOODS_NOT_SHOWN, NULL },
  { "Anulowany", MIL_CLAIM_ACT_VOID, 0, NULL },
  { 0 },
};

static char *
make_reference (const char *number)
{
  return g_strconcat ("UNS", number, NULL);
}

static JsonNode *
simulate (const MilExportSystem *self, const MilExportForm *form, MilCustomsAct act)
{
  static const char *const states[] = {
    [MIL_CUSTOMS_VALIDATE] = "Potwierdzony wywóz",
    [MIL_CUSTOMS_PARTIAL] = "Potwierdzony częściowy wywóz",
    [MIL_CUSTOMS_REFUSE] = "Brak potwierdzenia wywozu",
    [MIL_CUSTOMS_DESK] = "Wprowadzony",
    [MIL_CUSTOMS_OUTAGE] = "Wprowadzony",
  };

  if (act == MIL_CUSTOMS_STAMP || (act == MIL_CUSTOMS_REFUSE && form->refusal != MIL_REFUSAL_OTHER))
    return mil_export_desk_message (form, act);
  return mil_export_message ("UNS", form->reference, "status", states[act], NULL);
}

static gboolean
read_message (const MilExportSystem *self, const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome, GError **error)
{
  return mil_export_read_word (self, form, message, "status", outcome, error);
}

const MilExportSystem mil_puesc = {
  .name = "PUESC",
  .label = "UNS",
  .begin = N_ (
      "Show the goods and the number of the TAX FREE document at customs before you check your bags in."),
  .words = words,
  .make_reference = make_reference,
  .simulate = simulate,
  .read = read_message,
};
