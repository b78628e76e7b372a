/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/validation/mil-export-system.h"

#include <glib/gi18n.h>

/*
 * OTELLO 2.0, Italy. The seller sends the tax-free invoice (F1) and gets a request code (R1); at the exit the visa is
 * asked for (F2) and granted with a visa code, or not (R2). What does not leave is taken off with a variation note
 * (FV, answered by R1) first. A visa of another member state is reported (FUE); visas are looked up with S0 and R0.
 *
 * Source: adm.gov.it, OTELLO, "Informazioni tecniche"; note 114938/RU of 2017.
 */
static const MilExportWord words[] = {
  { "R2 visto", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { "FV R2 visto", MIL_CLAIM_ACT_VALIDATE_PART, 0, NULL },
  { "R2", MIL_CLAIM_ACT_PRESENT, 0, N_ ("No digital visa yet: show the goods at the customs desk.") },
  { "FUE", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { "R0 visto", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { "R0", MIL_CLAIM_ACT_PRESENT, 0, N_ ("OTELLO has no visa for this invoice yet.") },
  { 0 },
};

static char *
make_reference (const char *number)
{
  return g_strconcat ("FTF", number, NULL);
}

static JsonNode *
answer (const MilExportForm *form, const char *message, gboolean has_visa, const char *variation)
{
  g_autofree char *visa = has_visa ? g_strconcat ("V", form->number, NULL) : NULL;

  return mil_export_message ("messaggio", message, "codiceRichiesta", form->reference, "codiceVisto", visa, "variazione", variation, NULL);
}

static JsonNode *
simulate (const MilExportSystem *self, const MilExportForm *form, MilCustomsAct act)
{
  if (act == MIL_CUSTOMS_VALIDATE)
    return answer (form, "R2", TRUE, NULL);
  if (act == MIL_CUSTOMS_PARTIAL)
    return answer (form, "R2", TRUE, "FV");
  if (act == MIL_CUSTOMS_DESK)
    return answer (form, "R2", FALSE, NULL);
  if (act == MIL_CUSTOMS_OUTAGE)
    return answer (form, "R0", FALSE, NULL);
  if (act == MIL_CUSTOMS_STAMP)
    return answer (form, "FUE", FALSE, NULL);
  return mil_export_desk_message (form, act);
}

/* What it is called, and whether it grants the visa: "R2 visto"; %NULL for what is no message. */
static char *
word_of (JsonNode *message)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (message) ? json_node_get_object (message) : NULL;
  const char *kind = object != NULL ? json_object_get_string_member_with_default (object, "messaggio", "") : "";

  if (kind == NULL || object == NULL)
    return NULL;
  return g_strconcat (json_object_has_member (object, "variazione") ? "FV " : "",
                      kind,
                      json_object_has_member (object, "codiceVisto") ? " visto" : "",
                      NULL);
}

static gboolean
read_message (const MilExportSystem *self, const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome, GError **error)
{
  g_autofree char *word = word_of (message);
  g_autoptr (JsonNode) said = mil_export_message ("word", word, NULL);

  if (!mil_export_read_word (self, form, said, "word", outcome, error))
    return FALSE;
  if (mil_date_is_set (form->on))
    outcome->on = form->on;
  return TRUE;
}

const MilExportSystem mil_otello = {
  .name = "OTELLO",
  .label = "codice richiesta",
  .begin = N_ ("Have the invoice's request code read at the customs desk or by the operator's kiosk before "
               "you check your bags in."),
  .words = words,
  .make_reference = make_reference,
  .simulate = simulate,
  .read = read_message,
};
