/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/validation/mil-export-system.h"

#include <glib/gi18n.h>
#include <stdarg.h>

static const MilExportSystem *const systems[] = {
  &mil_pablo, &mil_diva,       &mil_otello,      &mil_puesc,        &mil_nta,
  &mil_etrs,  &mil_nl_customs, &mil_paper_stamp, &mil_customs_desk,
};

static const char *const act_names[] = { "validated", "partial", "refused", "desk", "outage", "stamp" };

G_STATIC_ASSERT (G_N_ELEMENTS (act_names) == MIL_CUSTOMS_N_ACTS);

/**
 * mil_customs_act_name:
 * @act: what happens at an exit
 *
 * Returns: its name on the wire
 */
const char *
mil_customs_act_name (MilCustomsAct act)
{
  g_return_val_if_fail (act < G_N_ELEMENTS (act_names), "");

  return act_names[act];
}

/**
 * mil_customs_act_parse:
 * @name: a name on the wire
 * @act: (out): what happens at an exit
 *
 * Returns: %FALSE when there is no such thing
 */
gboolean
mil_customs_act_parse (const char *name, MilCustomsAct *act)
{
  g_return_val_if_fail (name != NULL && act != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (act_names); i++)
    if (g_str_equal (act_names[i], name))
      {
        *act = (MilCustomsAct) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * mil_export_outcome_clear:
 * @self: an outcome
 *
 * Frees what it holds.
 */
void
mil_export_outcome_clear (MilExportOutcome *self)
{
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->hint, g_free);
}

/**
 * mil_export_system_find:
 * @name: as the schemes' data calls it
 *
 * Returns: (transfer none) (nullable): the system's adapter
 */
const MilExportSystem *
mil_export_system_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    if (g_str_equal (systems[i]->name, name))
      return systems[i];
  return NULL;
}

/**
 * mil_export_system_for:
 * @validation: what the rule of the purchase's day says
 * @country: where it was bought
 * @exit: where the goods leave
 *
 * National systems work at their own country's exits only; elsewhere the form is printed and stamped. A
 * system whose messages are not known stands behind a desk.
 *
 * Source: Zapptax, "EU exit elsewhere"; Aena on DIVA; PUESC, questions on TAX FREE.
 *
 * Returns: (transfer none): the adapter
 */
const MilExportSystem *
mil_export_system_for (const MilValidation *validation, const char *country, const char *exit)
{
  const MilExportSystem *found;

  g_return_val_if_fail (validation != NULL && country != NULL && exit != NULL, NULL);

  if (!g_str_equal (country, exit) && validation->paper_elsewhere)
    return &mil_paper_stamp;
  found = validation->system != NULL ? mil_export_system_find (validation->system) : NULL;
  if (found != NULL)
    return found;
  return validation->kind == MIL_VALIDATION_STAMP ? &mil_paper_stamp : &mil_customs_desk;
}

/**
 * mil_export_system_name:
 * @self: what mil_export_system_for() found
 * @validation: for this
 *
 * Returns: (transfer none): what the traveller reads: the system's own name also where only its desk is known
 */
const char *
mil_export_system_name (const MilExportSystem *self, const MilValidation *validation)
{
  g_return_val_if_fail (self != NULL && validation != NULL, NULL);

  return self == &mil_customs_desk && validation->system != NULL ? validation->system : self->name;
}

/**
 * mil_export_system_reference:
 * @self: a system
 * @number: the operator's number of a form
 *
 * The layouts of the real references are not published; these have the right name and no more.
 *
 * Returns: (transfer full): what the system will know the form by
 */
char *
mil_export_system_reference (const MilExportSystem *self, const char *number)
{
  g_return_val_if_fail (self != NULL && number != NULL, NULL);

  return self->make_reference != NULL ? self->make_reference (number) : g_strdup (number);
}

/**
 * mil_export_message:
 * @member: name of a member
 * @value: (nullable): its text; left out when there is none
 * @...: more of both, ended by %NULL
 *
 * Returns: (transfer full): a message
 */
JsonNode *
mil_export_message (const char *member, const char *value, ...)
{
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  va_list     rest;

  va_start (rest, value);
  while (member != NULL)
    {
      if (value != NULL)
        json_object_set_string_member (object, member, value);
      member = va_arg (rest, const char *);
      value = member != NULL ? va_arg (rest, const char *) : NULL;
    }
  va_end (rest);
  json_node_take_object (node, object);
  return node;
}

/**
 * mil_export_desk_message:
 * @form: a form
 * @act: what an officer decides
 *
 * Returns: (transfer full): that decision, as a message
 */
JsonNode *
mil_export_desk_message (const MilExportForm *form, MilCustomsAct act)
{
  g_autofree char *on = NULL;

  g_return_val_if_fail (form != NULL, NULL);

  on = mil_date_to_string (mil_date_is_set (form->on) ? form->on : form->day);
  return mil_export_message ("officer",
                             mil_customs_act_name (act),
                             "on",
                             on,
                             "refusal",
                             act == MIL_CUSTOMS_REFUSE ? mil_claim_refusal_name (form->refusal) : NULL,
                             NULL);
}

static const char *
member_of (JsonNode *message, const char *member)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (message) ? json_node_get_object (message) : NULL;
  JsonNode   *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/**
 * mil_export_read_desk:
 * @form: a form
 * @message: a message
 * @outcome: (out): what an officer decided
 *
 * Returns: whether the message is such a decision
 */
gboolean
mil_export_read_desk (const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome)
{
  static const MilClaimAct acts[] = {
    [MIL_CUSTOMS_VALIDATE] = MIL_CLAIM_ACT_VALIDATE, [MIL_CUSTOMS_PARTIAL] = MIL_CLAIM_ACT_VALIDATE_PART,
    [MIL_CUSTOMS_REFUSE] = MIL_CLAIM_ACT_REFUSE,     [MIL_CUSTOMS_DESK] = MIL_CLAIM_ACT_PRESENT,
    [MIL_CUSTOMS_OUTAGE] = MIL_CLAIM_ACT_PRESENT,    [MIL_CUSTOMS_STAMP] = MIL_CLAIM_ACT_VALIDATE,
  };
  const char   *officer;
  const char   *on;
  const char   *refusal;
  MilCustomsAct act;

  g_return_val_if_fail (form != NULL && message != NULL && outcome != NULL, FALSE);

  officer = member_of (message, "officer");
  if (officer == NULL || !mil_customs_act_parse (officer, &act))
    return FALSE;
  on = member_of (message, "on");
  refusal = member_of (message, "refusal");
  *outcome = (MilExportOutcome) { .act = acts[act], .actor = MIL_CLAIM_BY_CUSTOMS, .refusal = MIL_REFUSAL_OTHER, .on = form->day };
  if (on != NULL)
    mil_date_parse (on, &outcome->on, NULL);
  if (refusal != NULL)
    mil_claim_refusal_parse (refusal, &outcome->refusal);
  if (act == MIL_CUSTOMS_STAMP)
    outcome->code = g_strdup ("stamp");
  else if (act == MIL_CUSTOMS_DESK)
    outcome->hint = g_strdup (_ ("Show the goods at the customs desk."));
  return TRUE;
}

/**
 * mil_export_read_word:
 * @self: a system
 * @form: a form
 * @message: one of its messages
 * @member: where the word stands
 * @outcome: (out): what it means
 * @error: return location; %MIL_ERROR_PROTOCOL for a word that the system is not known to say
 *
 * Returns: %FALSE with @error set when it is not understood
 */
gboolean
mil_export_read_word (const MilExportSystem *self,
                      const MilExportForm   *form,
                      JsonNode              *message,
                      const char            *member,
                      MilExportOutcome      *outcome,
                      GError               **error)
{
  const char *word;

  g_return_val_if_fail (self != NULL && form != NULL && message != NULL && outcome != NULL, FALSE);

  word = member_of (message, member);
  for (const MilExportWord *w = self->words; word != NULL && w->code != NULL; w++)
    if (g_str_equal (w->code, word))
      {
        *outcome = (MilExportOutcome) { .act = w->act,
                                        .actor = w->act == MIL_CLAIM_ACT_VOID ? MIL_CLAIM_BY_OPERATOR : MIL_CLAIM_BY_CUSTOMS,
                                        .code = g_strdup (w->code),
                                        .hint = w->hint != NULL ? g_strdup (_ (w->hint)) : NULL,
                                        .refusal = w->refusal,
                                        .on = form->day };
        return TRUE;
      }
  /* Translators: a validation system's name, and what it said. */
  mil_error_set (error, MIL_ERROR_PROTOCOL, _ ("%s said something that is not understood: %s"), self->name, word != NULL ? word : "–");
  return FALSE;
}

/**
 * mil_export_system_act:
 * @self: a system
 * @form: a form at the exit
 * @act: what happens there
 * @outcome: (out): what that does to the claim
 * @error: return location
 *
 * Lets the system's simulator answer, and reads that answer as the system's own.
 *
 * Returns: %FALSE with @error set when the answer is not understood
 */
gboolean
mil_export_system_act (const MilExportSystem *self, const MilExportForm *form, MilCustomsAct act, MilExportOutcome *outcome, GError **error)
{
  g_autoptr (JsonNode) message = NULL;

  g_return_val_if_fail (self != NULL && form != NULL && outcome != NULL, FALSE);

  message = self->simulate (self, form, act);
  return mil_export_read_desk (form, message, outcome) || self->read (self, form, message, outcome, error);
}
