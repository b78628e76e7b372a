/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/validation/mil-export-system.h"

#include <glib/gi18n.h>

/*
 * The tax-free sales system of Japan's National Tax Agency, from 1 November 2026: nothing is told, the shop or its
 * agent asks ("pull") with the purchase records' numbers and gets those that customs has confirmed, each with one of
 * two kinds. A count of 0 says that customs has not confirmed anything yet. The unit is the purchase record, so a
 * receipt of which one item is missing is not confirmed at all.
 *
 * Source: nta.go.jp, API specification for sales from 1 November of Reiwa 8, section 5, and the questions on it.
 */
#define COUNT "税関確認情報件数"
#define RESULTS "税関確認情報"
#define RECORD "送信番号"
#define KIND "税関確認情報区分"

static const MilExportWord words[] = {
  { COUNT " 0", MIL_CLAIM_ACT_PRESENT, 0, N_ ("Customs has not confirmed it yet: read your passport at a customs terminal at the airport.") },
  { KIND " 1", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { KIND " 2", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { 0 },
};

static JsonNode *
confirm (const MilExportForm *form, const char *const *records)
{
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray  *results = json_array_new ();

  for (guint i = 0; records != NULL && records[i] != NULL; i++)
    {
      JsonObject *result = json_object_new ();

      json_object_set_string_member (result, RECORD, records[i]);
      json_object_set_string_member (result, KIND, "1");
      json_array_add_object_element (results, result);
    }
  json_object_set_int_member (object, COUNT, json_array_get_length (results));
  json_object_set_array_member (object, RESULTS, results);
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
simulate (const MilExportSystem *self, const MilExportForm *form, MilCustomsAct act)
{
  if (act == MIL_CUSTOMS_VALIDATE)
    return confirm (form, form->records);
  if (act == MIL_CUSTOMS_PARTIAL)
    return confirm (form, form->seen);
  if (act == MIL_CUSTOMS_DESK || act == MIL_CUSTOMS_OUTAGE)
    return confirm (form, NULL);
  return mil_export_desk_message (form, act);
}

/* The results, or %NULL when there are none or they are not what the specification says. */
static JsonArray *
results_of (JsonNode *message)
{
  JsonNode *node = JSON_NODE_HOLDS_OBJECT (message) ? json_object_get_member (json_node_get_object (message), RESULTS)
                                                    : NULL;
  JsonArray *results = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  return results != NULL && json_array_get_length (results) > 0
                 && JSON_NODE_HOLDS_OBJECT (json_array_get_element (results, 0))
             ? results
             : NULL;
}

static gboolean
read_message (const MilExportSystem *self, const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome, GError **error)
{
  JsonArray       *results = results_of (message);
  const char      *kind = NULL;
  g_autofree char *word = NULL;
  g_autoptr (JsonNode) said = NULL;

  if (results != NULL)
    kind = json_object_get_string_member_with_default (json_array_get_object_element (results, 0), KIND, "");
  word = results != NULL ? g_strconcat (KIND " ", kind, NULL) : g_strdup (COUNT " 0");
  said = mil_export_message ("word", word, NULL);
  if (!mil_export_read_word (self, form, said, "word", outcome, error))
    return FALSE;
  if (results != NULL && json_array_get_length (results) < g_strv_length ((GStrv) form->records))
    outcome->act = MIL_CLAIM_ACT_VALIDATE_PART;
  return TRUE;
}

const MilExportSystem mil_nta = {
  .name = "NTA",
  .label = RECORD,
  .begin = N_ (
      "Read your passport at a customs terminal before you check your bags in, with the goods at hand."),
  .words = words,
  .simulate = simulate,
  .read = read_message,
};
