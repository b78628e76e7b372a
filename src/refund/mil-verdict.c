/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-verdict.h"

G_DEFINE_BOXED_TYPE (MilVerdict, mil_verdict, mil_verdict_copy, mil_verdict_free)
G_DEFINE_BOXED_TYPE (MilReason, mil_reason, mil_reason_copy, mil_reason_free)
G_DEFINE_BOXED_TYPE (MilHint, mil_hint, mil_hint_copy, mil_hint_free)

static const char *const kind_names[] = { "eligible", "not-eligible", "needs-more", "uncertain" };
static const char *const weight_names[] = { "for", "note", "doubt", "missing", "against" };

/**
 * mil_verdict_kind_name:
 * @kind: a verdict
 *
 * Returns: its stable name ("not-eligible")
 */
const char *
mil_verdict_kind_name (MilVerdictKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * mil_verdict_kind_parse:
 * @name: a name as mil_verdict_kind_name() gives it
 * @kind: (out): the verdict
 *
 * Returns: whether the name is known
 */
gboolean
mil_verdict_kind_parse (const char *name, MilVerdictKind *kind)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      if (g_str_equal (kind_names[i], name))
        {
          *kind = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * mil_reason_weight_name:
 * @weight: what a reason does to the verdict
 *
 * Returns: its stable name ("against")
 */
const char *
mil_reason_weight_name (MilReasonWeight weight)
{
  g_return_val_if_fail ((guint) weight < G_N_ELEMENTS (weight_names), NULL);

  return weight_names[weight];
}

/**
 * mil_reason_new:
 * @code: stable, for programs
 * @weight: what it does to the verdict
 * @text: (transfer full): a translated sentence
 * @source: (nullable): address of the rule's source
 * @rule: first day of the rule version, or unset
 *
 * Returns: (transfer full): a reason without values
 */
MilReason *
mil_reason_new (const char *code, MilReasonWeight weight, char *text, const char *source, MilDate rule)
{
  MilReason *self;

  g_return_val_if_fail (code != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (MilReason, 1);
  self->code = g_strdup (code);
  self->weight = weight;
  self->text = text;
  self->source = g_strdup (source);
  self->rule = rule;
  self->values = g_new0 (char *, 1);
  return self;
}

/**
 * mil_reason_copy:
 * @self: (nullable): a reason
 *
 * Returns: (transfer full) (nullable): the same again
 */
MilReason *
mil_reason_copy (const MilReason *self)
{
  MilReason *copy;

  if (self == NULL)
    return NULL;
  copy = mil_reason_new (self->code, self->weight, g_strdup (self->text), self->source, self->rule);
  g_strfreev (copy->values);
  copy->values = g_strdupv (self->values);
  return copy;
}

/**
 * mil_reason_free:
 * @self: (nullable) (transfer full): a reason
 */
void
mil_reason_free (MilReason *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->text);
  g_free (self->source);
  g_strfreev (self->values);
  g_free (self);
}

/**
 * mil_reason_add_value:
 * @self: a reason
 * @name: what is told ("minimum")
 * @value: its value as it goes on the wire ("100.00")
 */
void
mil_reason_add_value (MilReason *self, const char *name, const char *value)
{
  guint n;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (value != NULL);

  n = g_strv_length (self->values);
  self->values = g_renew (char *, self->values, n + 3);
  self->values[n] = g_strdup (name);
  self->values[n + 1] = g_strdup (value);
  self->values[n + 2] = NULL;
}

/**
 * mil_step_new:
 * @code: stable, for programs
 * @text: a translated sentence
 *
 * Returns: (transfer full): a step
 */
MilStep *
mil_step_new (const char *code, const char *text)
{
  MilStep *self;

  g_return_val_if_fail (code != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (MilStep, 1);
  self->code = g_strdup (code);
  self->text = g_strdup (text);
  return self;
}

/**
 * mil_step_copy:
 * @self: (nullable): a step
 *
 * Returns: (transfer full) (nullable): the same again
 */
MilStep *
mil_step_copy (const MilStep *self)
{
  return self != NULL ? mil_step_new (self->code, self->text) : NULL;
}

/**
 * mil_step_free:
 * @self: (nullable) (transfer full): a step
 */
void
mil_step_free (MilStep *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->text);
  g_free (self);
}

/**
 * mil_hint_new:
 * @code: stable, for programs
 *
 * Returns: (transfer full): a hint, to be filled further
 */
MilHint *
mil_hint_new (const char *code)
{
  MilHint *self;

  g_return_val_if_fail (code != NULL, NULL);

  self = g_new0 (MilHint, 1);
  self->code = g_strdup (code);
  return self;
}

/**
 * mil_hint_copy:
 * @self: (nullable): a hint
 *
 * Returns: (transfer full) (nullable): the same again
 */
MilHint *
mil_hint_copy (const MilHint *self)
{
  MilHint *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->code = g_strdup (self->code);
  copy->text = g_strdup (self->text);
  copy->shop = g_strdup (self->shop);
  copy->purchase = g_strdup (self->purchase);
  copy->to = g_strdup (self->to);
  copy->exit_country = g_strdup (self->exit_country);
  copy->exit_point = g_strdup (self->exit_point);
  return copy;
}

/**
 * mil_hint_free:
 * @self: (nullable) (transfer full): a hint
 */
void
mil_hint_free (MilHint *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->text);
  g_free (self->shop);
  g_free (self->purchase);
  g_free (self->to);
  g_free (self->exit_country);
  g_free (self->exit_point);
  g_free (self);
}

/**
 * mil_offer_new:
 * @operator_name: who pays out
 * @low: least that arrives
 * @high: most that arrives
 * @source: (nullable): address of the source
 *
 * Returns: (transfer full): an offer
 */
MilOffer *
mil_offer_new (const char *operator_name, MilMoney low, MilMoney high, const char *source)
{
  MilOffer *self;

  g_return_val_if_fail (operator_name != NULL, NULL);

  self = g_new0 (MilOffer, 1);
  self->operator_name = g_strdup (operator_name);
  self->low = low;
  self->high = high;
  self->source = g_strdup (source);
  return self;
}

/**
 * mil_offer_copy:
 * @self: (nullable): an offer
 *
 * Returns: (transfer full) (nullable): the same again
 */
MilOffer *
mil_offer_copy (const MilOffer *self)
{
  return self != NULL ? mil_offer_new (self->operator_name, self->low, self->high, self->source) : NULL;
}

/**
 * mil_offer_free:
 * @self: (nullable) (transfer full): an offer
 */
void
mil_offer_free (MilOffer *self)
{
  if (self == NULL)
    return;
  g_free (self->operator_name);
  g_free (self->source);
  g_free (self);
}

/**
 * mil_verdict_new:
 *
 * Returns: (transfer full): an answer about no receipt, with empty lists
 */
MilVerdict *
mil_verdict_new (void)
{
  MilVerdict *self = g_new0 (MilVerdict, 1);

  self->purchases = g_new0 (char *, 1);
  self->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_reason_free);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_step_free);
  self->show = g_ptr_array_new_with_free_func (g_free);
  self->hints = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_hint_free);
  self->offers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_offer_free);
  return self;
}

static gpointer
copy_reason (gconstpointer reason, gpointer data)
{
  return mil_reason_copy (reason);
}

static gpointer
copy_step (gconstpointer step, gpointer data)
{
  return mil_step_copy (step);
}

static gpointer
copy_string (gconstpointer string, gpointer data)
{
  return g_strdup (string);
}

static gpointer
copy_hint (gconstpointer hint, gpointer data)
{
  return mil_hint_copy (hint);
}

static gpointer
copy_offer (gconstpointer offer, gpointer data)
{
  return mil_offer_copy (offer);
}

/**
 * mil_verdict_copy:
 * @self: (nullable): an answer
 *
 * Returns: (transfer full) (nullable): the same again
 */
MilVerdict *
mil_verdict_copy (const MilVerdict *self)
{
  MilVerdict *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->purchases = g_strdupv (self->purchases);
  copy->traveller = g_strdup (self->traveller);
  copy->scheme = g_strdup (self->scheme);
  copy->region = g_strdup (self->region);
  copy->headline = g_strdup (self->headline);
  copy->reasons = g_ptr_array_copy (self->reasons, copy_reason, NULL);
  copy->steps = g_ptr_array_copy (self->steps, copy_step, NULL);
  copy->show = g_ptr_array_copy (self->show, copy_string, NULL);
  copy->hints = g_ptr_array_copy (self->hints, copy_hint, NULL);
  copy->offers = g_ptr_array_copy (self->offers, copy_offer, NULL);
  return copy;
}

/**
 * mil_verdict_free:
 * @self: (nullable) (transfer full): an answer
 */
void
mil_verdict_free (MilVerdict *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->purchases);
  g_free (self->traveller);
  g_free (self->scheme);
  g_free (self->region);
  g_free (self->headline);
  g_ptr_array_unref (self->reasons);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->show);
  g_ptr_array_unref (self->hints);
  g_ptr_array_unref (self->offers);
  g_free (self);
}

/**
 * mil_verdict_find_reason:
 * @self: an answer
 * @code: code of a reason
 *
 * Returns: (transfer none) (nullable): the first reason with that code
 */
const MilReason *
mil_verdict_find_reason (const MilVerdict *self, const char *code)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  for (guint i = 0; i < self->reasons->len; i++)
    {
      const MilReason *reason = self->reasons->pdata[i];

      if (g_str_equal (reason->code, code))
        return reason;
    }
  return NULL;
}
