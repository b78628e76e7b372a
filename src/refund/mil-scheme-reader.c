/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-scheme-reader.h"

#include "base/mil-country.h"
#include "base/mil-currency.h"
#include "base/mil-json.h"
#include "refund/mil-traveller.h"

#define ALL_GOODS (~G_GUINT64_CONSTANT (0))
#define MAX_RULES 64
#define MAX_ITEMS 64
#define MAX_ADDRESS 500

typedef struct
{
  MilJson   *json;
  MilScheme *scheme;
  MilRule   *rule;
} Reader;

static const char *const sections[] = { "minimum",   "person",     "rates", "goods",
                                        "deadlines", "validation", "payout" };

/* In the order of the bits of #MilTravellerFlags. */
static const char *const flag_names[] = { "crew",    "diplomat", "military",   "worker",
                                          "student", "permit",   "moving-out", "trade" };

static const char *const special_names[] = { "show-to-customs", "show-again-airside", "sealed-bag", "customs-only", "serial-number" };

/* A name out of a list, as an index. */
static guint
read_choice (MilJson *json, const char *member, const char *const *names, guint n_names, const char *fallback)
{
  const char *name = mil_json_string_optional (json, member, 40);

  if (name == NULL)
    name = fallback;
  for (guint i = 0; i < n_names && name != NULL; i++)
    {
      if (g_str_equal (names[i], name))
        return i;
    }
  mil_json_fail (json, member, "is none of the words that can stand here");
  return 0;
}

static GStrv
read_words (MilJson *json, const char *member)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = mil_json_enter_array_optional (json, member, MAX_ITEMS);

  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (json, i);
      g_strv_builder_add (builder, mil_json_string (json, NULL, 60));
      mil_json_leave (json);
    }
  mil_json_leave (json);
  return g_strv_builder_end (builder);
}

static MilGoodsSet
read_goods (MilJson *json, const char *member, MilGoodsSet fallback)
{
  g_auto (GStrv) names = NULL;
  MilGoodsSet set = 0;

  if (!mil_json_has (json, member))
    return fallback;
  names = read_words (json, member);
  for (guint i = 0; names[i] != NULL; i++)
    {
      MilGoods goods;

      if (mil_goods_parse (names[i], &goods))
        set |= MIL_GOODS_BIT (goods);
      else
        mil_json_fail (json, member, "\"%s\" is no kind of goods", names[i]);
    }
  return set;
}

static guint
read_flags (MilJson *json, const char *member)
{
  g_auto (GStrv) names = read_words (json, member);
  guint set = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint bit;

      for (bit = 0; bit < G_N_ELEMENTS (flag_names) && !g_str_equal (flag_names[bit], names[i]); bit++)
        continue;
      if (bit == G_N_ELEMENTS (flag_names))
        mil_json_fail (json, member, "\"%s\" is nothing that is known of a person", names[i]);
      else
        set |= 1u << bit;
    }
  return set;
}

/* Where a section says nothing about its source, the rule's is its source. */
static void
read_source (MilJson *json, MilSource *source, const MilSource *parent)
{
  const char *const names[] = { "official", "secondary", "disputed" };
  const char       *url = mil_json_string_optional (json, "source", MAX_ADDRESS);

  if (url == NULL && parent == NULL)
    url = mil_json_string (json, "source", MAX_ADDRESS);
  source->url = g_strdup (url != NULL ? url : parent->url);
  source->checked_on = mil_json_date_optional (json, "checked_on");
  if (!mil_date_is_set (source->checked_on) && parent != NULL)
    source->checked_on = parent->checked_on;
  else if (!mil_date_is_set (source->checked_on))
    source->checked_on = mil_json_date (json, "checked_on");
  source->confidence = read_choice (
      json, "confidence", names, G_N_ELEMENTS (names), parent != NULL ? names[parent->confidence] : NULL);
  source->note = g_strdup (mil_json_string_optional (json, "note", 2000));
}

/* An amount of zero or less would be no threshold. */
static MilMoney
read_amount (Reader *reader, const char *member)
{
  MilMoney amount = mil_json_decimal_money (reader->json, member, reader->scheme->currency);

  if (mil_money_is_set (amount) && amount.minor < 0)
    mil_json_fail (reader->json, member, "cannot be negative");
  return amount;
}

static MilMoney
read_amount_optional (Reader *reader, const char *member)
{
  return mil_json_has (reader->json, member) ? read_amount (reader, member) : (MilMoney) { 0 };
}

static MilThreshold
read_threshold (Reader *reader, MilBasis fallback)
{
  const char *const operators[] = { ">=", ">" };
  const char *const bases[] = { "incl", "excl", "tax" };
  MilThreshold      threshold = { 0 };

  threshold.amount = read_amount (reader, "amount");
  threshold.strict = read_choice (reader->json, "operator", operators, G_N_ELEMENTS (operators), ">=") == 1;
  threshold.basis = read_choice (reader->json, "basis", bases, G_N_ELEMENTS (bases), bases[fallback]);
  return threshold;
}

/* [{"goods": ["food"], "amount": "290.00"}] */
static void
read_thresholds (Reader *reader, const char *member, MilBasis fallback, GArray *thresholds)
{
  guint n = mil_json_enter_array_optional (reader->json, member, MAX_ITEMS);

  for (guint i = 0; i < n; i++)
    {
      MilGoodsThreshold item = { 0 };

      mil_json_enter_item (reader->json, i);
      item.goods = read_goods (reader->json, "goods", 0);
      item.threshold = read_threshold (reader, fallback);
      g_array_append_val (thresholds, item);
      mil_json_leave (reader->json);
    }
  mil_json_leave (reader->json);
}

static void
read_minimums_by_home (Reader *reader, MilMinimum *minimum)
{
  guint n = mil_json_enter_array_optional (reader->json, "by_home", MAX_ITEMS);

  for (guint i = 0; i < n; i++)
    {
      MilHomeThreshold item = { 0 };

      mil_json_enter_item (reader->json, i);
      item.place = g_strdup (mil_json_string (reader->json, "place", 30));
      item.threshold = read_threshold (reader, minimum->threshold.basis);
      item.per_item = mil_json_boolean_optional (reader->json, "per_item", FALSE);
      item.import_tax = mil_json_boolean_optional (reader->json, "import_tax", FALSE);
      g_array_append_val (minimum->by_home, item);
      mil_json_leave (reader->json);
    }
  mil_json_leave (reader->json);
}

static void
read_minimum (Reader *reader)
{
  const char *const scopes[] = { "receipt", "shop-day", "shop-days", "operator", "trip" };
  MilMinimum       *minimum = &reader->rule->minimum;
  MilJson          *json = reader->json;

  read_source (json, &minimum->source, &reader->rule->source);
  minimum->scope = read_choice (json, "scope", scopes, G_N_ELEMENTS (scopes), "receipt");
  minimum->days = mil_json_int_optional (json, "days", 1, 366, 1);
  minimum->or_mall = mil_json_boolean_optional (json, "or_mall", FALSE);
  minimum->same_city = mil_json_boolean_optional (json, "same_city", FALSE);
  minimum->max_receipts = mil_json_int_optional (json, "max_receipts", 1, 1000, 0);
  minimum->untaxed_counts = mil_json_boolean_optional (json, "untaxed_counts", FALSE);
  minimum->exists = mil_json_has (json, "amount");
  if (minimum->exists)
    minimum->threshold = read_threshold (reader, MIL_BASIS_INCL);
  minimum->has_other = mil_json_enter_optional (json, "disputed");
  if (minimum->has_other)
    {
      minimum->other = read_threshold (reader, minimum->threshold.basis);
      minimum->other_source = g_strdup (mil_json_string (json, "source", MAX_ADDRESS));
      read_thresholds (reader, "by_goods", minimum->other.basis, minimum->other_by_goods);
      mil_json_leave (json);
    }
  minimum->has_each = mil_json_enter_optional (json, "each");
  if (minimum->has_each)
    {
      minimum->each = read_threshold (reader, minimum->threshold.basis);
      mil_json_leave (json);
    }
  read_thresholds (reader, "by_goods", minimum->threshold.basis, minimum->by_goods);
  read_minimums_by_home (reader, minimum);
}

static void
read_person (Reader *reader)
{
  MilPersonRule *person = &reader->rule->person;
  MilJson       *json = reader->json;

  read_source (json, &person->source, &reader->rule->source);
  person->residents_too = mil_json_boolean_optional (json, "residents_too", FALSE);
  person->home_not_in = read_words (json, "home_not_in");
  person->home_allowed = read_words (json, "home_allowed");
  person->home_disputed = read_words (json, "home_disputed");
  person->home_only = read_words (json, "home_only");
  person->nationals_out = mil_json_boolean_optional (json, "nationals_out", FALSE);
  person->nationals_abroad_months = mil_json_int_optional (json, "nationals_abroad_months", 1, 600, 0);
  person->nationals_stay_months = mil_json_int_optional (json, "nationals_stay_months", 1, 120, 0);
  person->min_age = mil_json_int_optional (json, "min_age", 1, 99, 0);
  person->max_stay_days = mil_json_int_optional (json, "max_stay_days", 1, 4000, 0);
  person->max_stay_months = mil_json_int_optional (json, "max_stay_months", 1, 120, 0);
  person->not_flags = read_flags (json, "not");
  person->moving_out_allowed = mil_json_boolean_optional (json, "moving_out_allowed", FALSE);
}

static MilDecimal
read_per_cent (MilJson *json, const char *member)
{
  const MilDecimal hundred = { 100, 0 };
  MilDecimal       value = mil_json_decimal (json, member);

  if (!mil_json_failed (json) && (value.digits < 0 || mil_decimal_compare (value, hundred) > 0))
    mil_json_fail (json, member, "is no percentage between 0 and 100");
  return value;
}

static void
read_rates_entry (Reader *reader, MilRateRule *rates)
{
  MilJson *json = reader->json;
  guint    n;

  read_source (json, &rates->source, &reader->rule->source);
  rates->from = mil_json_date_optional (json, "from");
  rates->to = mil_json_date_optional (json, "to");
  rates->region = g_strdup (mil_json_string_optional (json, "region", 30));
  rates->standard = read_per_cent (json, "standard");
  n = mil_json_enter_array_optional (json, "reduced", MAX_ITEMS);
  for (guint i = 0; i < n; i++)
    {
      MilGoodsRate item = { 0 };

      mil_json_enter_item (json, i);
      item.goods = read_goods (json, "goods", 0);
      item.rate = read_per_cent (json, "rate");
      g_array_append_val (rates->reduced, item);
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

static void
read_rates (Reader *reader)
{
  guint n = mil_json_enter_array_optional (reader->json, "rates", MAX_ITEMS);

  for (guint i = 0; i < n; i++)
    {
      MilRateRule *rates = mil_rates_alloc ();

      g_ptr_array_add (reader->rule->rates, rates);
      mil_json_enter_item (reader->json, i);
      read_rates_entry (reader, rates);
      mil_json_leave (reader->json);
    }
  mil_json_leave (reader->json);
  if (n == 0 && !reader->rule->none)
    mil_json_fail (reader->json, "rates", "a scheme without tax rates cannot give any back");
}

static void
read_goods_rules (Reader *reader)
{
  MilGoodsRules *goods = &reader->rule->goods;
  MilJson       *json = reader->json;
  guint          n;

  read_source (json, &goods->source, &reader->rule->source);
  goods->excluded = read_goods (json, "excluded", 0);
  goods->services = read_goods (json, "services", 0);
  goods->only = read_goods (json, "only", 0);
  goods->max_pieces = mil_json_int_optional (json, "max_pieces", 1, 100000, 0);
  goods->national_only = mil_json_boolean_optional (json, "national_only", FALSE);
  n = mil_json_enter_array_optional (json, "special", MAX_ITEMS);
  for (guint i = 0; i < n; i++)
    {
      MilSpecial item = { 0 };

      mil_json_enter_item (json, i);
      item.kind = read_choice (json, "do", special_names, G_N_ELEMENTS (special_names), NULL);
      item.goods = read_goods (json, "goods", ALL_GOODS);
      if (mil_json_has (json, "amount"))
        item.over = read_threshold (reader, MIL_BASIS_INCL);
      item.per_item = mil_json_boolean_optional (json, "per_item", FALSE);
      g_array_append_val (goods->specials, item);
      mil_json_leave (json);
    }
  mil_json_leave (json);
  read_thresholds (reader, "most", MIL_BASIS_INCL, goods->most);
}

static void
read_deadlines_by_goods (Reader *reader, GArray *deadlines)
{
  guint n = mil_json_enter_array_optional (reader->json, "export_by_goods", MAX_ITEMS);

  for (guint i = 0; i < n; i++)
    {
      MilGoodsDeadline item = { 0 };

      mil_json_enter_item (reader->json, i);
      item.goods = read_goods (reader->json, "goods", 0);
      mil_deadline_read (&item.deadline, reader->json, "export");
      g_array_append_val (deadlines, item);
      mil_json_leave (reader->json);
    }
  mil_json_leave (reader->json);
}

static void
read_deadlines (Reader *reader)
{
  MilDeadlines *deadlines = &reader->rule->deadlines;

  read_source (reader->json, &deadlines->source, &reader->rule->source);
  mil_deadline_read (&deadlines->export_by, reader->json, "export");
  read_deadlines_by_goods (reader, deadlines->export_by_goods);
  mil_deadline_read (&deadlines->validate_by, reader->json, "validate");
  mil_deadline_read (&deadlines->refund_by, reader->json, "refund");
  deadlines->hours_after_approval = mil_json_int_optional (reader->json, "hours_after_approval", 1, 1000, 0);
  if (deadlines->validate_by.from == MIL_DEADLINE_NONE)
    deadlines->validate_by = deadlines->export_by;
}

static void
read_validation (Reader *reader)
{
  const char *const kinds[] = { "stamp", "kiosk", "desk", "app", "terminal", "operator" };
  MilValidation    *validation = &reader->rule->validation;
  MilJson          *json = reader->json;

  read_source (json, &validation->source, &reader->rule->source);
  validation->system = g_strdup (mil_json_string_optional (json, "system", 60));
  validation->kind = read_choice (json, "kind", kinds, G_N_ELEMENTS (kinds), NULL);
  validation->seller_files = mil_json_boolean_optional (json, "seller_files", FALSE);
  validation->paper_elsewhere = mil_json_boolean_optional (json, "paper_elsewhere", FALSE);
  validation->air_only = mil_json_boolean_optional (json, "air_only", FALSE);
  validation->no_land = mil_json_boolean_optional (json, "no_land", FALSE);
  validation->form = g_strdup (mil_json_string_optional (json, "form", 60));
  validation->minutes_before = mil_json_int_optional (json, "minutes_before", 1, 1000, 0);
}

static void
read_fee (Reader *reader, MilFee *fee)
{
  const char *const bases[] = { "tax", "price" };
  MilJson          *json = reader->json;

  read_source (json, &fee->source, &reader->rule->payout.source);
  fee->goods = read_goods (json, "goods", ALL_GOODS);
  fee->of_price = read_choice (json, "of", bases, G_N_ELEMENTS (bases), "tax") == 1;
  fee->low = read_per_cent (json, "low");
  fee->high = read_per_cent (json, "high");
  if (!mil_json_failed (json) && mil_decimal_compare (fee->low, fee->high) > 0)
    mil_json_fail (json, "low", "cannot be more than \"high\"");
}

static void
read_payout (Reader *reader)
{
  MilPayout *payout = &reader->rule->payout;
  MilJson   *json = reader->json;
  guint      n;

  read_source (json, &payout->source, &reader->rule->source);
  payout->methods = read_words (json, "methods");
  payout->cash_most = read_amount_optional (reader, "cash_most");
  payout->immediate_form = read_amount_optional (reader, "immediate_form");
  payout->immediate_trip = read_amount_optional (reader, "immediate_trip");
  payout->tax_off = mil_json_boolean_optional (json, "tax_off", FALSE);
  payout->whole_or_nothing = mil_json_boolean_optional (json, "whole_or_nothing", FALSE);
  n = mil_json_enter_array_optional (json, "fees", MAX_ITEMS);
  for (guint i = 0; i < n; i++)
    {
      MilFee *fee = mil_fee_alloc ();

      g_ptr_array_add (payout->fees, fee);
      mil_json_enter_item (json, i);
      read_fee (reader, fee);
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

static void
read_section (Reader *reader, const char *name, void (*read) (Reader *))
{
  mil_json_enter (reader->json, name);
  read (reader);
  mil_json_leave (reader->json);
}

static void
read_rule_body (Reader *reader)
{
  MilRule *rule = reader->rule;

  rule->country = g_strdup (reader->scheme->country);
  memcpy (rule->currency, reader->scheme->currency, sizeof rule->currency);
  rule->region = g_strdup (mil_json_string_optional (reader->json, "region", 30));
  rule->valid_from = mil_json_date (reader->json, "valid_from");
  rule->valid_to = mil_json_date_optional (reader->json, "valid_to");
  rule->none = mil_json_boolean_optional (reader->json, "none", FALSE);
  if (mil_date_is_set (rule->valid_to) && mil_date_compare (rule->valid_to, rule->valid_from) < 0)
    mil_json_fail (reader->json, "valid_to", "lies before valid_from");
  read_source (reader->json, &rule->source, NULL);
  if (rule->none)
    return;
  read_section (reader, "minimum", read_minimum);
  read_section (reader, "person", read_person);
  read_rates (reader);
  read_section (reader, "goods", read_goods_rules);
  read_section (reader, "deadlines", read_deadlines);
  read_section (reader, "validation", read_validation);
  read_section (reader, "payout", read_payout);
}

static void
check_overlap (Reader *reader)
{
  MilScheme *scheme = reader->scheme;

  for (guint i = 0; i + 1 < scheme->rules->len; i++)
    {
      const MilRule *rule = scheme->rules->pdata[i];

      if (g_strcmp0 (rule->region, reader->rule->region) != 0)
        continue;
      if (!mil_date_is_set (rule->valid_to) || mil_date_compare (reader->rule->valid_from, rule->valid_to) <= 0)
        mil_json_fail (reader->json, "valid_from", "lies within an earlier rule");
    }
}

/* A rule says only what is its own; whole sections that it leaves out are those in "common". */
static JsonNode *
with_common (JsonNode *rule, JsonObject *common)
{
  JsonNode   *merged;
  JsonObject *object;

  if (common == NULL || !JSON_NODE_HOLDS_OBJECT (rule))
    return json_node_ref (rule);
  object = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      if (json_object_has_member (common, sections[i]))
        json_object_set_member (object, sections[i], json_node_ref (json_object_get_member (common, sections[i])));
    }
  {
    JsonObjectIter iter;
    const char    *name;
    JsonNode      *value;

    json_object_iter_init (&iter, json_node_get_object (rule));
    while (json_object_iter_next (&iter, &name, &value))
      json_object_set_member (object, name, json_node_ref (value));
  }
  merged = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (merged, object);
  return merged;
}

static JsonNode *
merge (JsonNode *node)
{
  JsonNode   *root, *rules, *common_node;
  JsonObject *copy, *common = NULL;
  JsonArray  *array;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return json_node_ref (node);
  rules = json_object_get_member (json_node_get_object (node), "rules");
  if (rules == NULL || !JSON_NODE_HOLDS_ARRAY (rules))
    return json_node_ref (node);
  common_node = json_object_get_member (json_node_get_object (node), "common");
  if (common_node != NULL && JSON_NODE_HOLDS_OBJECT (common_node))
    common = json_node_get_object (common_node);
  array = json_array_new ();
  for (guint i = 0; i < json_array_get_length (json_node_get_array (rules)); i++)
    json_array_add_element (array, with_common (json_array_get_element (json_node_get_array (rules), i), common));
  copy = json_object_new ();
  {
    JsonObjectIter iter;
    const char    *name;
    JsonNode      *value;

    json_object_iter_init (&iter, json_node_get_object (node));
    while (json_object_iter_next (&iter, &name, &value))
      json_object_set_member (copy, name, json_node_ref (value));
  }
  json_object_set_array_member (copy, "rules", array);
  root = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (root, copy);
  return root;
}

static void
read_head (Reader *reader)
{
  const char *const exits[] = { "country", "union" };
  MilScheme        *scheme = reader->scheme;
  const char       *currency;

  scheme->country = g_strdup (mil_json_string (reader->json, "country", 2));
  if (!mil_json_failed (reader->json) && !mil_country_is_known (scheme->country))
    mil_json_fail (reader->json, "country", "is no ISO 3166-1 code");
  scheme->name = g_strdup (mil_json_string (reader->json, "name", 100));
  scheme->tax_name = g_strdup (mil_json_string (reader->json, "tax_name", 40));
  currency = mil_json_string (reader->json, "currency", 3);
  if (!mil_json_failed (reader->json) && !mil_currency_is_known (currency))
    mil_json_fail (reader->json, "currency", "is no ISO 4217 code");
  g_strlcpy (scheme->currency, currency, sizeof scheme->currency);
  scheme->union_exit = read_choice (reader->json, "exit", exits, G_N_ELEMENTS (exits), "country") == 1;
  scheme->regions = read_words (reader->json, "regions");
}

static void
read_rules (Reader *reader)
{
  guint n = mil_json_enter_array (reader->json, "rules", MAX_RULES);

  for (guint i = 0; i < n && !mil_json_failed (reader->json); i++)
    {
      reader->rule = mil_rule_alloc ();
      g_ptr_array_add (reader->scheme->rules, reader->rule);
      mil_json_enter_item (reader->json, i);
      read_rule_body (reader);
      if (!mil_json_failed (reader->json))
        check_overlap (reader);
      mil_json_leave (reader->json);
    }
  mil_json_leave (reader->json);
  if (n == 0)
    mil_json_fail (reader->json, "rules", "is empty");
}

/**
 * mil_scheme_reader_read: (skip)
 * @node: a scheme file
 * @error: return location for an error that names the path of what is wrong
 *
 * Returns: (transfer full): the scheme, or %NULL
 */
MilScheme *
mil_scheme_reader_read (JsonNode *node, GError **error)
{
  g_autoptr (JsonNode) merged = NULL;
  g_autoptr (MilJson) json = NULL;
  g_autoptr (MilScheme) scheme = NULL;
  Reader reader = { 0 };

  g_return_val_if_fail (node != NULL, NULL);

  merged = merge (node);
  json = mil_json_new (merged);
  scheme = mil_scheme_alloc ();
  reader.json = json;
  reader.scheme = scheme;
  read_head (&reader);
  read_rules (&reader);
  if (!mil_json_finish (json, error))
    return NULL;
  return g_steal_pointer (&scheme);
}
