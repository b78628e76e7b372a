/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/validation/mil-export-system.h"

#include <glib/gi18n.h>

/*
 * Ink on paper: an officer stamps the printed form, the traveller posts it, and the operator enters the day
 * of the stamp when it arrives. What arrives without a stamp is not refunded.
 *
 * Source: Global Blue, list of reasons for refusal; Planet's tracker ("waiting for stamped form").
 */
static const MilExportWord words[] = {
  { "stamp", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { "no stamp", MIL_CLAIM_ACT_PRESENT, 0, N_ ("The form has no stamp yet: have it stamped by customs before you leave, then post it.") },
  { "illegible stamp", MIL_CLAIM_ACT_REFUSE, MIL_REFUSAL_DOCUMENTS, NULL },
  { 0 },
};

static JsonNode *
simulate (const MilExportSystem *self, const MilExportForm *form, MilCustomsAct act)
{
  g_autofree char *on = mil_date_to_string (mil_date_is_set (form->on) ? form->on : form->day);

  if (act == MIL_CUSTOMS_VALIDATE || act == MIL_CUSTOMS_STAMP)
    return mil_export_message ("form", form->reference, "mark", "stamp", "on", on, NULL);
  if (act == MIL_CUSTOMS_DESK || act == MIL_CUSTOMS_OUTAGE)
    return mil_export_message ("form", form->reference, "mark", "no stamp", NULL);
  if (act == MIL_CUSTOMS_REFUSE && form->refusal == MIL_REFUSAL_DOCUMENTS)
    return mil_export_message ("form", form->reference, "mark", "illegible stamp", NULL);
  return mil_export_desk_message (form, act);
}

static gboolean
read_message (const MilExportSystem *self, const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome, GError **error)
{
  const char *on;

  if (!mil_export_read_word (self, form, message, "mark", outcome, error))
    return FALSE;
  on = json_object_get_string_member_with_default (json_node_get_object (message), "on", NULL);
  return on == NULL || mil_date_parse (on, &outcome->on, error);
}

const MilExportSystem mil_paper_stamp = {
  .name = "paper",
  .begin = N_ (
      "Print the form and have customs stamp it at the exit, before you check your bags in; then post it."),
  .words = words,
  .simulate = simulate,
  .read = read_message,
};
