/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-refund-json.h"

static void
add_date (JsonBuilder *builder, const char *name, MilDate date)
{
  g_autofree char *text = mil_date_is_set (date) ? mil_date_to_string (date) : NULL;

  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_amount (JsonBuilder *builder, const char *name, MilMoney money)
{
  g_autofree char *text = mil_money_is_set (money) ? mil_money_to_decimal (money) : NULL;

  add_text (builder, name, text);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
begin_list (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

static void
add_texts (JsonBuilder *builder, const char *name, const char *const *texts)
{
  begin_list (builder, name);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}

static void
add_reason (JsonBuilder *builder, const MilReason *reason)
{
  json_builder_begin_object (builder);
  add_text (builder, "code", reason->code);
  add_text (builder, "weight", mil_reason_weight_name (reason->weight));
  add_text (builder, "text", reason->text);
  add_text (builder, "source", reason->source);
  add_date (builder, "rule_valid_from", reason->rule);
  json_builder_set_member_name (builder, "values");
  json_builder_begin_object (builder);
  for (guint i = 0; reason->values[i] != NULL; i += 2)
    add_text (builder, reason->values[i], reason->values[i + 1]);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_hint (JsonBuilder *builder, const MilHint *hint)
{
  json_builder_begin_object (builder);
  add_text (builder, "code", hint->code);
  add_text (builder, "text", hint->text);
  add_amount (builder, "missing", hint->missing);
  add_text (builder, "shop", hint->shop);
  add_date (builder, "until", hint->until);
  add_text (builder, "purchase", hint->purchase);
  add_text (builder, "to", hint->to);
  add_amount (builder, "gain_low", hint->gain_low);
  add_amount (builder, "gain_high", hint->gain_high);
  add_text (builder, "exit_country", hint->exit_country);
  add_text (builder, "exit_point", hint->exit_point);
  json_builder_end_object (builder);
}

static void
add_refund (JsonBuilder *builder, const MilVerdict *verdict)
{
  json_builder_set_member_name (builder, "refund");
  if (!mil_money_is_set (verdict->refund_high))
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  add_text (builder, "currency", verdict->refund_high.currency);
  add_amount (builder, "low", verdict->refund_low);
  add_amount (builder, "high", verdict->refund_high);
  add_amount (builder, "fee_low", verdict->fee_low);
  add_amount (builder, "fee_high", verdict->fee_high);
  json_builder_end_object (builder);
}

static void
add_steps (JsonBuilder *builder, const MilVerdict *verdict)
{
  begin_list (builder, "steps");
  for (guint i = 0; i < verdict->steps->len; i++)
    {
      const MilStep *step = verdict->steps->pdata[i];

      json_builder_begin_object (builder);
      add_text (builder, "code", step->code);
      add_text (builder, "text", step->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_offers (JsonBuilder *builder, const MilVerdict *verdict)
{
  begin_list (builder, "offers");
  for (guint i = 0; i < verdict->offers->len; i++)
    {
      const MilOffer *offer = verdict->offers->pdata[i];

      json_builder_begin_object (builder);
      add_text (builder, "operator", offer->operator_name);
      add_amount (builder, "low", offer->low);
      add_amount (builder, "high", offer->high);
      add_text (builder, "source", offer->source);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_verdict (JsonBuilder *builder, const MilVerdict *verdict)
{
  json_builder_begin_object (builder);
  add_texts (builder, "purchases", (const char *const *) verdict->purchases);
  add_text (builder, "traveller", verdict->traveller);
  add_text (builder, "scheme", verdict->scheme);
  add_text (builder, "region", verdict->region);
  add_date (builder, "rule_valid_from", verdict->rule_valid_from);
  add_text (builder, "verdict", mil_verdict_kind_name (verdict->kind));
  add_text (builder, "headline", verdict->headline);
  begin_list (builder, "reasons");
  for (guint i = 0; i < verdict->reasons->len; i++)
    add_reason (builder, verdict->reasons->pdata[i]);
  json_builder_end_array (builder);
  add_amount (builder, "counted", verdict->counted);
  add_amount (builder, "tax", verdict->tax);
  add_refund (builder, verdict);
  add_date (builder, "export_by", verdict->export_by);
  add_date (builder, "validate_by", verdict->validate_by);
  add_date (builder, "refund_by", verdict->refund_by);
  add_steps (builder, verdict);
  begin_list (builder, "show");
  for (guint i = 0; i < verdict->show->len; i++)
    json_builder_add_string_value (builder, verdict->show->pdata[i]);
  json_builder_end_array (builder);
  begin_list (builder, "hints");
  for (guint i = 0; i < verdict->hints->len; i++)
    add_hint (builder, verdict->hints->pdata[i]);
  json_builder_end_array (builder);
  add_offers (builder, verdict);
  json_builder_end_object (builder);
}

/**
 * mil_verdict_to_json:
 * @verdict: an answer for one form
 *
 * Returns: (transfer full): one entry of "forms" in data/openapi/eligible-answer.schema.json
 */
JsonNode *
mil_verdict_to_json (const MilVerdict *verdict)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (verdict != NULL, NULL);

  add_verdict (builder, verdict);
  return json_builder_get_root (builder);
}

/**
 * mil_refund_answer_to_json:
 * @verdicts: (element-type MilVerdict): the answers
 * @today: the day that was taken for today
 *
 * Returns: (transfer full): the answer, as data/openapi/eligible-answer.schema.json describes it
 */
JsonNode *
mil_refund_answer_to_json (GPtrArray *verdicts, MilDate today)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (verdicts != NULL, NULL);

  json_builder_begin_object (builder);
  add_date (builder, "today", today);
  begin_list (builder, "forms");
  for (guint i = 0; i < verdicts->len; i++)
    add_verdict (builder, verdicts->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
add_threshold (JsonBuilder *builder, const MilThreshold *threshold, const char *source)
{
  add_amount (builder, "amount", threshold->amount);
  add_text (builder, "operator", threshold->strict ? ">" : ">=");
  add_text (builder, "basis", mil_basis_name (threshold->basis));
  add_text (builder, "source", source);
}

static void
add_minimum (JsonBuilder *builder, const MilMinimum *minimum)
{
  json_builder_set_member_name (builder, "minimum");
  if (!minimum->exists)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  add_threshold (builder, &minimum->threshold, minimum->source.url);
  add_text (builder, "scope", mil_scope_name (minimum->scope));
  add_number (builder, "days", minimum->days);
  add_number (builder, "max_receipts", minimum->max_receipts);
  add_boolean (builder, "or_mall", minimum->or_mall);
  add_text (builder, "confidence", mil_confidence_name (minimum->source.confidence));
  json_builder_set_member_name (builder, "disputed");
  if (minimum->has_other)
    {
      json_builder_begin_object (builder);
      add_threshold (builder, &minimum->other, minimum->other_source);
      json_builder_end_object (builder);
    }
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

static void
add_deadline (JsonBuilder *builder, const char *name, const MilDeadline *deadline)
{
  const char *const froms[] = { "none", "purchase", "purchase-month", "export" };

  json_builder_set_member_name (builder, name);
  if (deadline->from == MIL_DEADLINE_NONE)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  add_text (builder, "from", froms[deadline->from]);
  if (deadline->days > 0)
    add_number (builder, "days", deadline->days);
  if (deadline->months > 0)
    add_number (builder, "months", deadline->months);
  add_boolean (builder, "first_day_counts", deadline->first_day_counts);
  json_builder_end_object (builder);
}

static void
add_rule_body (JsonBuilder *builder, const MilRule *rule)
{
  const MilRateRule *rates = mil_rule_rates (rule,
                                             rule->region,
                                             mil_date_is_set (rule->valid_to) ? rule->valid_to
                                                                              : (MilDate) { 9999, 1, 1 });
  g_autofree char   *rate = rates != NULL ? mil_decimal_to_string (rates->standard) : NULL;

  add_minimum (builder, &rule->minimum);
  add_number (builder, "min_age", rule->person.min_age);
  add_text (builder, "standard_rate", rate);
  add_deadline (builder, "export", &rule->deadlines.export_by);
  add_deadline (builder, "refund", &rule->deadlines.refund_by);
  add_text (builder, "validation", mil_validation_kind_name (rule->validation.kind));
  add_text (builder, "system", rule->validation.system);
  add_texts (builder, "methods", (const char *const *) rule->payout.methods);
}

/**
 * mil_rule_to_json:
 * @scheme: a scheme
 * @rule: one of its rules
 *
 * Returns: (transfer full): what a person asks first of a rule, with its source
 */
JsonNode *
mil_rule_to_json (const MilScheme *scheme, const MilRule *rule)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (scheme != NULL, NULL);
  g_return_val_if_fail (rule != NULL, NULL);

  json_builder_begin_object (builder);
  add_text (builder, "country", scheme->country);
  add_text (builder, "region", rule->region);
  add_text (builder, "name", scheme->name);
  add_text (builder, "tax_name", scheme->tax_name);
  add_text (builder, "currency", scheme->currency);
  add_date (builder, "valid_from", rule->valid_from);
  add_date (builder, "valid_to", rule->valid_to);
  add_boolean (builder, "exists", !rule->none);
  add_text (builder, "source", rule->source.url);
  add_date (builder, "checked_on", rule->source.checked_on);
  add_text (builder, "confidence", mil_confidence_name (rule->source.confidence));
  add_text (builder, "note", rule->source.note);
  if (!rule->none)
    add_rule_body (builder, rule);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static MilDecimal
rest_of (MilDecimal share)
{
  gint64 whole = 100;

  for (guint i = 0; i < share.scale; i++)
    whole *= 10;
  return (MilDecimal) { whole - share.digits, share.scale };
}

static void
add_kept (JsonBuilder *builder, const char *name, gboolean is_known, MilDecimal arrives)
{
  g_autofree char *text = is_known ? mil_decimal_to_string (rest_of (arrives)) : NULL;

  add_text (builder, name, text);
}

static void
add_bands (JsonBuilder *builder, const GArray *bands)
{
  begin_list (builder, "bands");
  for (guint i = 0; i < bands->len; i++)
    {
      const MilFeeBand *band = &g_array_index (bands, MilFeeBand, i);

      json_builder_begin_object (builder);
      add_amount (builder, "from", band->from);
      add_amount (builder, "to", band->to);
      add_amount (builder, "refund", band->refund);
      add_amount (builder, "fee", band->fee);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* What is kept, which is what an operator says; inside, a fee is what arrives. */
static void
add_operator_fee (JsonBuilder *builder, const MilOperatorTerms *terms)
{
  const MilFee *fee = &terms->fee;
  gboolean      is_share = terms->is_known && fee->bands->len == 0;

  json_builder_set_member_name (builder, "fee");
  json_builder_begin_object (builder);
  add_boolean (builder, "published", terms->is_published);
  add_text (builder, "of", fee->of_price ? "price" : "tax");
  add_kept (builder, "keeps_low", is_share, fee->high);
  add_kept (builder, "keeps_high", is_share, fee->low);
  add_amount (builder, "per_form", fee->per_form);
  add_amount (builder, "least", fee->least);
  add_amount (builder, "most", fee->most);
  add_bands (builder, fee->bands);
  json_builder_end_object (builder);
}

static void
add_operator_minimum (JsonBuilder *builder, const MilOperatorTerms *terms)
{
  json_builder_set_member_name (builder, "minimum");
  if (!mil_money_is_set (terms->minimum))
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  add_amount (builder, "amount", terms->minimum);
  add_text (builder, "operator", terms->is_minimum_strict ? ">" : ">=");
  add_text (builder, "scope", terms->is_minimum_of_trip ? "trip" : "receipt");
  json_builder_end_object (builder);
}

static void
add_terms (JsonBuilder *builder, const MilOperatorTerms *terms)
{
  add_texts (builder, "countries", (const char *const *) terms->countries);
  add_text (builder, "currency", terms->currency);
  add_text (builder, "model", mil_operator_model_name (terms->model));
  add_texts (builder, "methods", (const char *const *) terms->methods);
  json_builder_set_member_name (builder, "days");
  if (terms->days >= 0)
    json_builder_add_int_value (builder, terms->days);
  else
    json_builder_add_null_value (builder);
  add_date (builder, "valid_from", terms->valid_from);
  add_date (builder, "valid_to", terms->valid_to);
  add_operator_minimum (builder, terms);
  add_operator_fee (builder, terms);
  add_text (builder, "source", terms->source.url);
  add_date (builder, "checked_on", terms->source.checked_on);
  add_text (builder, "confidence", mil_confidence_name (terms->source.confidence));
  add_text (builder, "note", terms->source.note);
}

static gboolean
is_asked_for (const MilOperatorTerms *terms, const char *country, MilDate day)
{
  return (country == NULL || g_strv_contains ((const char *const *) terms->countries, country))
         && (!mil_date_is_set (day) || mil_operator_terms_hold (terms, day));
}

static void
add_countries (JsonBuilder *builder, const MilOperator *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  begin_list (builder, "countries");
  for (guint i = 0; i < self->terms->len; i++)
    {
      const MilOperatorTerms *terms = self->terms->pdata[i];

      for (guint c = 0; terms->countries[c] != NULL; c++)
        {
          if (g_hash_table_add (known, terms->countries[c]))
            json_builder_add_string_value (builder, terms->countries[c]);
        }
    }
  json_builder_end_array (builder);
}

/**
 * mil_operator_to_json:
 * @self: an operator
 * @country: (nullable): only terms for this country
 * @day: only terms for purchases of this day; unset for those of any
 *
 * Returns: (transfer full) (nullable): who it is, all its countries, and the terms asked for; %NULL when
 * there are none of those
 */
JsonNode *
mil_operator_to_json (const MilOperator *self, const char *country, MilDate day)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean any = FALSE;

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  add_text (builder, "id", self->id);
  add_text (builder, "name", self->name);
  add_text (builder, "url", self->url);
  add_countries (builder, self);
  begin_list (builder, "terms");
  for (guint i = 0; i < self->terms->len; i++)
    {
      if (!is_asked_for (self->terms->pdata[i], country, day))
        continue;
      json_builder_begin_object (builder);
      add_terms (builder, self->terms->pdata[i]);
      json_builder_end_object (builder);
      any = TRUE;
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return any ? json_builder_get_root (builder) : NULL;
}

static void
add_range (JsonBuilder *builder, const char *name, gboolean is_known, MilMoney low, MilMoney high)
{
  json_builder_set_member_name (builder, name);
  if (!is_known)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  add_amount (builder, "low", low);
  add_amount (builder, "high", high);
  json_builder_end_object (builder);
}

/**
 * mil_operator_offer_to_json:
 * @offer: what would arrive by one operator
 *
 * Returns: (transfer full): it, with the operator's terms
 */
JsonNode *
mil_operator_offer_to_json (const MilOperatorOffer *offer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (offer != NULL, NULL);

  json_builder_begin_object (builder);
  add_text (builder, "id", offer->by->id);
  add_text (builder, "name", offer->by->name);
  add_text (builder, "url", offer->by->url);
  add_range (builder, "arrives", offer->is_known, offer->arrives_low, offer->arrives_high);
  add_range (builder, "keeps", offer->is_known, offer->fee_low, offer->fee_high);
  add_amount (builder, "missing", offer->missing);
  add_terms (builder, offer->terms);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
