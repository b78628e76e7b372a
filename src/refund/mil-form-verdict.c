/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form.h"

#include "base/mil-country.h"

#include <glib/gi18n.h>

static char *
show (gint64 minor, const char *currency)
{
  return mil_money_format (mil_money (minor, currency), MIL_MONEY_PLAIN);
}

static char *
plain (gint64 minor, const char *currency)
{
  return mil_money_to_decimal (mil_money (minor, currency));
}

static MilReason *
take_reason (MilVerdict *verdict, const char *code, MilReasonWeight weight, char *text, const MilSource *source)
{
  MilReason *reason = mil_reason_new (code, weight, text, source != NULL ? source->url : NULL, verdict->rule_valid_from);

  g_ptr_array_add (verdict->reasons, reason);
  return reason;
}

static gboolean
has_reason (const MilVerdict *verdict, const MilReason *wanted)
{
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const MilReason *reason = verdict->reasons->pdata[i];

      if (g_str_equal (reason->code, wanted->code) && g_str_equal (reason->text, wanted->text))
        return TRUE;
    }
  return FALSE;
}

/* Each receipt is on one form only, so its reasons move there. */
static void
gather_reasons (MilVerdict *verdict, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const MilItem *item = items->pdata[i];
      guint          n = 0;

      while (n < item->reasons->len)
        {
          if (has_reason (verdict, item->reasons->pdata[n]))
            n++;
          else
            g_ptr_array_add (verdict->reasons, g_ptr_array_steal_index (item->reasons, n));
        }
    }
}

static void
add_minimum_values (MilReason *reason, const MilMinimumResult *result, const char *currency)
{
  g_autofree char *minimum = plain (result->threshold.amount.minor, currency);
  g_autofree char *counted = plain (result->counted, currency);
  g_autofree char *missing = plain (result->missing, currency);

  mil_reason_add_value (reason, "minimum", minimum);
  mil_reason_add_value (reason, "operator", result->threshold.strict ? ">" : ">=");
  mil_reason_add_value (reason, "basis", mil_basis_name (result->threshold.basis));
  mil_reason_add_value (reason, "counted", counted);
  if (result->missing > 0)
    mil_reason_add_value (reason, "missing", missing);
}

/* "€200.00 without tax" */
static char *
show_with_basis (gint64 minor, const char *currency, MilBasis basis)
{
  g_autofree char *amount = show (minor, currency);

  switch (basis)
    {
    case MIL_BASIS_EXCL:
      /* Translators: %s is an amount of money. */
      return g_strdup_printf (_ ("%s without tax"), amount);
    case MIL_BASIS_TAX:
      /* Translators: %s is an amount of money. */
      return g_strdup_printf (_ ("%s of tax"), amount);
    case MIL_BASIS_INCL:
    default:
      /* Translators: %s is an amount of money. */
      return g_strdup_printf (_ ("%s with tax"), amount);
    }
}

/* Where both sources count alike, the amounts say enough. */
static char *
disputed_text (const MilThreshold *one, const MilThreshold *other, const char *currency)
{
  gboolean         alike = one->basis == other->basis;
  g_autofree char *first = alike ? show (one->amount.minor, currency)
                                 : show_with_basis (one->amount.minor, currency, one->basis);
  g_autofree char *second = alike ? show (other->amount.minor, currency)
                                  : show_with_basis (other->amount.minor, currency, other->basis);

  if (g_str_equal (first, second))
    /* Translators: %s is an amount of money. */
    return g_strdup_printf (_ ("Sources disagree whether exactly %s is enough or it has to be more. Ask the "
                               "shop which it applies."),
                            first);
  /* Translators: both %s are amounts of money. */
  return g_strdup_printf (_ ("Sources disagree on the minimum: %s or %s. Ask the shop which it applies."), first, second);
}

static MilReason *
add_disputed_minimum (MilVerdict *verdict, const MilMinimumResult *result, const MilRule *rule)
{
  g_autofree char *plain_other = plain (rule->minimum.other.amount.minor, rule->currency);
  MilReason       *reason = take_reason (verdict,
                                   "minimum-disputed",
                                   MIL_REASON_DOUBT,
                                   disputed_text (&result->threshold, &rule->minimum.other, rule->currency),
                                   &rule->minimum.source);

  mil_reason_add_value (reason, "other_minimum", plain_other);
  mil_reason_add_value (reason, "other_operator", rule->minimum.other.strict ? ">" : ">=");
  mil_reason_add_value (reason, "other_basis", mil_basis_name (rule->minimum.other.basis));
  if (rule->minimum.other_source != NULL)
    mil_reason_add_value (reason, "other_source", rule->minimum.other_source);
  return reason;
}

/* What is held against the minimum, named so that the sentence stays true. */
static const char *
minimum_sentence (const MilMinimumResult *result)
{
  if (!result->reached && result->threshold.strict)
    /* Translators: the first %s is what was spent, the second the minimum. */
    return _ ("%s is too little: it has to be more than %s.");
  if (!result->reached)
    return _ ("%s is too little: it has to be at least %s.");
  if (result->threshold.strict)
    return _ ("%s is more than the minimum of %s.");
  return _ ("%s reaches the minimum of %s.");
}

/* What else of the amounts is in the way. */
static void
add_limits (MilVerdict *verdict, const MilRule *rule, const MilMinimumResult *result)
{
  if (result->each_failed)
    {
      g_autofree char *each = show (rule->minimum.each.amount.minor, rule->currency);

      take_reason (verdict,
                   "receipt-below-minimum",
                   MIL_REASON_AGAINST,
                   g_strdup_printf (_ ("Each receipt has to reach a minimum of its own: %s of tax."), each),
                   &rule->minimum.source);
    }
  if (result->above_most)
    {
      g_autofree char *most = show (result->most.minor, rule->currency);

      take_reason (
          verdict,
          "above-maximum",
          MIL_REASON_AGAINST,
          /* Translators: %s is an amount of money. */
          g_strdup_printf (
              _ ("Of goods of this kind, no more than %s can be bought tax-free at one shop on one day."), most),
          &rule->goods.source);
    }
}

static void
add_minimum (MilVerdict *verdict, GPtrArray *items, const MilMinimumResult *result)
{
  const MilItem   *item = items->pdata[0];
  const MilRule   *rule = item->rule;
  MilBasis         basis = result->threshold.basis;
  g_autofree char *counted = basis == MIL_BASIS_INCL ? show (result->counted, rule->currency)
                                                     : show_with_basis (result->counted, rule->currency, basis);
  g_autofree char *minimum = NULL;
  MilReason       *reason;

  add_limits (verdict, rule, result);
  if (!result->exists)
    {
      take_reason (verdict,
                   "no-minimum",
                   MIL_REASON_FOR,
                   g_strdup (_ ("There is no minimum to be spent.")),
                   &rule->minimum.source);
      return;
    }
  minimum = show (result->threshold.amount.minor, rule->currency);
  if (result->disputed && result->reached != result->reached_other)
    reason = add_disputed_minimum (verdict, result, rule);
  else
    reason = take_reason (verdict,
                          result->reached ? "minimum-reached" : "below-minimum",
                          result->reached ? MIL_REASON_FOR : MIL_REASON_AGAINST,
                          g_strdup_printf (minimum_sentence (result), counted, minimum),
                          &rule->minimum.source);
  add_minimum_values (reason, result, rule->currency);
}

static int
compare_reasons (gconstpointer a, gconstpointer b)
{
  const MilReason *x = *(const MilReason *const *) a;
  const MilReason *y = *(const MilReason *const *) b;

  return (int) y->weight - (int) x->weight;
}

static void
decide (MilVerdict *verdict)
{
  MilReasonWeight heaviest = MIL_REASON_FOR;

  g_ptr_array_sort (verdict->reasons, compare_reasons);
  if (verdict->reasons->len > 0)
    heaviest = ((const MilReason *) verdict->reasons->pdata[0])->weight;
  switch (heaviest)
    {
    case MIL_REASON_AGAINST:
      verdict->kind = MIL_VERDICT_NOT_ELIGIBLE;
      break;
    case MIL_REASON_MISSING:
      verdict->kind = MIL_VERDICT_NEEDS_MORE;
      break;
    case MIL_REASON_DOUBT:
      verdict->kind = MIL_VERDICT_UNCERTAIN;
      break;
    default:
      verdict->kind = MIL_VERDICT_ELIGIBLE;
    }
}

static void
set_refund (MilVerdict *verdict, GPtrArray *items)
{
  const MilItem *item = items->pdata[0];
  const char    *currency = item->rule->currency;
  MilEstimate    estimate;

  mil_form_estimate (items, &estimate);
  verdict->tax = mil_money (estimate.tax, currency);
  if (verdict->kind == MIL_VERDICT_NOT_ELIGIBLE)
    estimate.low = estimate.high = 0;
  else if (verdict->kind == MIL_VERDICT_UNCERTAIN)
    estimate.low = 0;
  verdict->refund_low = mil_money (estimate.low, currency);
  verdict->refund_high = mil_money (estimate.high, currency);
  if (verdict->kind == MIL_VERDICT_NOT_ELIGIBLE)
    return;
  verdict->fee_low = mil_money (estimate.tax - estimate.high, currency);
  verdict->fee_high = mil_money (estimate.tax - estimate.low, currency);
}

static MilDate
earlier (MilDate a, MilDate b)
{
  if (!mil_date_is_set (a))
    return b;
  if (!mil_date_is_set (b))
    return a;
  return mil_date_compare (a, b) < 0 ? a : b;
}

static void
set_dates (MilVerdict *verdict, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const MilItem      *item = items->pdata[i];
      const MilDeadlines *deadlines = &item->rule->deadlines;
      MilDate             leaves = item->leg != NULL ? item->leg->on : (MilDate) { 0 };
      MilDate             bought = item->purchase->date;

      if (!mil_date_is_valid (bought))
        continue;
      verdict->export_by = earlier (verdict->export_by, item->export_by);
      verdict->validate_by = earlier (verdict->validate_by, mil_deadline_on (&deadlines->validate_by, bought, leaves));
      verdict->validate_by = earlier (verdict->validate_by, item->export_by);
      verdict->refund_by = earlier (verdict->refund_by, mil_deadline_on (&deadlines->refund_by, bought, leaves));
    }
}

static void
note_immediate (MilVerdict *verdict, GPtrArray *items)
{
  const MilItem   *item = items->pdata[0];
  const MilPayout *payout = &item->rule->payout;
  MilEstimate      estimate;
  g_autofree char *limit = NULL;

  if (!mil_money_is_set (payout->immediate_form))
    return;
  mil_form_estimate (items, &estimate);
  if (estimate.price > payout->immediate_form.minor)
    return;
  limit = show (payout->immediate_form.minor, item->rule->currency);
  take_reason (verdict,
               "immediate-refund",
               MIL_REASON_NOTE,
               g_strdup_printf (_ ("Up to %s a form, shops that take part can give the tax back at once."), limit),
               &payout->source);
}

static void
note_import_tax (MilVerdict *verdict, GPtrArray *items)
{
  const MilItem          *item = items->pdata[0];
  const MilHomeThreshold *home = mil_item_home_threshold (item);

  if (home == NULL || !home->import_tax)
    return;
  take_reason (verdict,
               "import-tax-first",
               MIL_REASON_NOTE,
               g_strdup (_ (
                   "The tax comes back only once you have paid the tax of your own country on the goods.")),
               &item->rule->minimum.source);
}

static void
note_whole_or_nothing (MilVerdict *verdict, GPtrArray *items)
{
  const MilItem *item = items->pdata[0];

  if (!item->rule->payout.whole_or_nothing)
    return;
  take_reason (verdict,
               "whole-or-nothing",
               MIL_REASON_NOTE,
               g_strdup (_ ("One piece that is missing at the exit costs the refund of its whole receipt.")),
               &item->rule->payout.source);
}

static MilDate
last_helpful_day (GPtrArray *items)
{
  const MilItem    *item = items->pdata[0];
  const MilMinimum *minimum = &item->rule->minimum;
  MilDate           first = item->purchase->date;

  for (guint i = 1; i < items->len; i++)
    first = earlier (first, ((const MilItem *) items->pdata[i])->purchase->date);
  switch (minimum->scope)
    {
    case MIL_SCOPE_SHOP_DAYS:
      first = mil_date_add_days (first, MAX (minimum->days, 1) - 1);
      break;
    case MIL_SCOPE_OPERATOR:
    case MIL_SCOPE_TRIP:
      first = item->leg != NULL ? item->leg->on : (MilDate) { 0 };
      break;
    case MIL_SCOPE_RECEIPT:
    case MIL_SCOPE_SHOP_DAY:
    default:
      break;
    }
  return item->leg != NULL && mil_date_is_valid (item->leg->on) ? earlier (first, item->leg->on) : first;
}

static char *
spend_more_text (MilScope scope, const char *amount, const char *day)
{
  if (scope == MIL_SCOPE_TRIP)
    /* Translators: %s is an amount of money. */
    return g_strdup_printf (_ ("%s more on this trip makes it eligible."), amount);
  if (scope == MIL_SCOPE_RECEIPT)
    return g_strdup_printf (_ ("%s more on the same receipt makes it eligible."), amount);
  if (day == NULL)
    return g_strdup_printf (_ ("%s more at this shop makes it eligible."), amount);
  /* Translators: the first %s is an amount of money, the second a date. */
  return g_strdup_printf (_ ("%s more at this shop before closing on %s makes it eligible."), amount, day);
}

/* Only where nothing but the minimum is in the way. */
static void
add_spend_more (MilVerdict *verdict, GPtrArray *items, const MilMinimumResult *result)
{
  const MilItem          *item = items->pdata[0];
  const MilHomeThreshold *home = mil_item_home_threshold (item);
  g_autofree char        *amount = NULL, *day = NULL;
  MilHint                *hint;

  /* More pieces do not help where each has to be dear enough. */
  if (home != NULL && home->per_item)
    return;
  if (result->missing <= 0 || result->each_failed || result->above_most)
    return;
  hint = mil_hint_new ("spend-more");
  hint->missing = mil_money (result->missing, item->rule->currency);
  hint->shop = g_strdup (item->purchase->shop);
  hint->until = last_helpful_day (items);
  amount = mil_money_format (hint->missing, MIL_MONEY_PLAIN);
  if (mil_date_is_set (hint->until))
    day = mil_date_format_short (hint->until);
  hint->text = spend_more_text (item->rule->minimum.scope, amount, day);
  g_ptr_array_add (verdict->hints, hint);
}

static char *
refund_headline (const MilVerdict *verdict)
{
  g_autofree char *low = mil_money_format (verdict->refund_low, MIL_MONEY_ROUNDED);
  g_autofree char *high = mil_money_format (verdict->refund_high, MIL_MONEY_ROUNDED);

  if (g_str_equal (low, high))
    /* Translators: %s is an amount of money. */
    return g_strdup_printf (_ ("Tax-free: about %s back if you carry it home yourself"), high);
  /* Translators: both %s are amounts of money. */
  return g_strdup_printf (_ ("Tax-free: about %s to %s back if you carry it home yourself"), low, high);
}

static void
set_headline (MilVerdict *verdict)
{
  const MilHint *hint = verdict->hints->len > 0 ? verdict->hints->pdata[0] : NULL;

  if (verdict->kind == MIL_VERDICT_ELIGIBLE && mil_money_is_set (verdict->refund_high))
    verdict->headline = refund_headline (verdict);
  else if (verdict->kind == MIL_VERDICT_NOT_ELIGIBLE && hint != NULL && g_str_equal (hint->code, "spend-more"))
    verdict->headline = g_strdup (hint->text);
  else if (verdict->reasons->len > 0)
    verdict->headline = g_strdup (((const MilReason *) verdict->reasons->pdata[0])->text);
}

static void
name_receipts (MilVerdict *verdict, GPtrArray *items)
{
  const MilItem *first = items->pdata[0];
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < items->len; i++)
    {
      const MilItem *item = items->pdata[i];

      g_strv_builder_add (builder, item->purchase->id != NULL ? item->purchase->id : "");
    }
  g_strfreev (verdict->purchases);
  verdict->purchases = g_strv_builder_end (builder);
  verdict->traveller = first->traveller != NULL ? g_strdup (first->traveller->id) : NULL;
  if (first->scheme != NULL)
    verdict->scheme = g_strdup (first->scheme->country);
  if (first->rule == NULL)
    return;
  verdict->region = g_strdup (first->rule->region);
  verdict->rule_valid_from = first->rule->valid_from;
}

static void
set_no_refund (MilVerdict *verdict, const MilItem *item)
{
  const char *currency = item->purchase->total.currency;

  if (item->scheme != NULL)
    currency = item->scheme->currency;
  if (*currency == '\0')
    return;
  verdict->refund_low = mil_money (0, currency);
  verdict->refund_high = mil_money (0, currency);
}

static void
judge_amounts (MilVerdict *verdict, GPtrArray *items, const MilContext *context)
{
  const MilItem   *first = items->pdata[0];
  MilMinimumResult result;
  gboolean         clear = first->heaviest < MIL_REASON_MISSING;

  mil_form_judge_minimum (items, &result);
  add_minimum (verdict, items, &result);
  note_immediate (verdict, items);
  note_whole_or_nothing (verdict, items);
  note_import_tax (verdict, items);
  decide (verdict);
  verdict->counted = mil_money (result.counted, first->rule->currency);
  set_refund (verdict, items);
  if (clear)
    add_spend_more (verdict, items, &result);
  if (verdict->kind == MIL_VERDICT_NOT_ELIGIBLE)
    return;
  mil_form_add_steps (verdict, items, context);
  mil_form_add_exit_hint (verdict, items, context);
  mil_form_add_show (verdict, items);
  mil_form_add_offers (verdict, items);
}

/**
 * mil_form_verdict: (skip)
 * @items: (element-type MilItem): receipts of one form
 * @context: what the engine was given
 *
 * Returns: (transfer full): the answer for the form
 */
MilVerdict *
mil_form_verdict (GPtrArray *items, const MilContext *context)
{
  const MilItem *first = items->pdata[0];
  MilVerdict    *verdict = mil_verdict_new ();

  name_receipts (verdict, items);
  set_no_refund (verdict, first);
  gather_reasons (verdict, items);
  if (first->rates != NULL)
    set_dates (verdict, items);
  if (first->parts->len > 0)
    judge_amounts (verdict, items, context);
  else
    decide (verdict);
  set_headline (verdict);
  return verdict;
}
