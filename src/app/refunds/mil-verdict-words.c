/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-verdict-words.h"

#include <glib/gi18n.h>

static void
set_reading (MilChip *chip, MilReceiptRecord *receipt)
{
  g_autofree char *text = NULL;

  /* Translators: how much of a receipt has been read, in per cent. */
  text = g_strdup_printf (_ ("Reading %d %%"), (int) (mil_receipt_record_get_progress (receipt) * 100));
  mil_chip_set (chip, MIL_TONE_PLAIN, "milione-receipt-symbolic", text);
}

/* A chip has little room: a range goes without minor units. */
static char *
short_range (MilMoney low, MilMoney high)
{
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;

  if (!mil_money_is_set (high) || !mil_money_is_set (low) || low.minor == high.minor)
    return mil_refund_range_text (low, high);
  least = mil_money_format (low, MIL_MONEY_ROUNDED);
  most = mil_money_format (high, MIL_MONEY_ROUNDED);
  if (g_str_equal (least, most))
    return g_steal_pointer (&least);
  return g_strdup_printf (C_ ("range of amounts", "%s – %s"), least, most);
}

static void
set_eligible (MilChip *chip, const MilVerdict *verdict)
{
  g_autofree char *amount = short_range (verdict->refund_low, verdict->refund_high);
  g_autofree char *text = NULL;

  if (amount != NULL)
    /* Translators: %s is an amount of money that comes back to the traveller. */
    text = g_strdup_printf (C_ ("verdict", "%s back"), amount);
  mil_chip_set (chip, MIL_TONE_GOOD, "milione-money-back-symbolic", text != NULL ? text : C_ ("verdict", "Eligible"));
}

/**
 * mil_chip_set_verdict:
 * @chip: a chip
 * @verdict: what it tells about
 *
 * Says in a word or two what the rules say.
 */
void
mil_chip_set_verdict (MilChip *chip, const MilVerdict *verdict)
{
  g_return_if_fail (MIL_IS_CHIP (chip));
  g_return_if_fail (verdict != NULL);

  if (verdict->kind == MIL_VERDICT_ELIGIBLE)
    set_eligible (chip, verdict);
  else if (verdict->kind == MIL_VERDICT_NOT_ELIGIBLE)
    mil_chip_set (chip, MIL_TONE_BAD, "window-close-symbolic", C_ ("verdict", "Not eligible"));
  else if (verdict->kind == MIL_VERDICT_NEEDS_MORE)
    mil_chip_set (chip, MIL_TONE_SOON, "document-edit-symbolic", C_ ("verdict", "Incomplete"));
  else
    mil_chip_set (chip, MIL_TONE_SOON, "dialog-question-symbolic", C_ ("verdict", "Not certain"));
}

/**
 * mil_chip_set_receipt:
 * @chip: a chip
 * @receipt: what it tells about
 *
 * Says in a word or two where a receipt stands.
 */
void
mil_chip_set_receipt (MilChip *chip, MilReceiptRecord *receipt)
{
  const MilVerdict *verdict = NULL;
  MilReceiptState   state = MIL_RECEIPT_STATE_READ;

  g_return_if_fail (MIL_IS_CHIP (chip));
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (receipt));

  verdict = mil_receipt_record_get_verdict (receipt);
  state = mil_receipt_record_get_state (receipt);
  if (state == MIL_RECEIPT_STATE_WAITING)
    mil_chip_set (chip, MIL_TONE_PLAIN, "milione-clock-symbolic", C_ ("receipt", "Waiting"));
  else if (state == MIL_RECEIPT_STATE_READING)
    set_reading (chip, receipt);
  else if (verdict == NULL)
    mil_chip_set (chip, MIL_TONE_SOON, "document-edit-symbolic", C_ ("receipt", "To check"));
  else
    mil_chip_set_verdict (chip, verdict);
}

/* A chip has little room: the state in a word or two. */
static const char *
claim_word (const MilClaimInfo *info)
{
  static const struct
  {
    const char *state;
    const char *word;
  } words[] = {
    { "draft", NC_ ("claim chip", "Not sent yet") },
    { "queued", NC_ ("claim chip", "Waits to be sent") },
    { "submitted", NC_ ("claim chip", "Sent") },
    { "issued", NC_ ("claim chip", "Show to customs") },
    { "awaiting-validation", NC_ ("claim chip", "Go to the desk") },
    { "validated", NC_ ("claim chip", "Confirmed") },
    { "partially-validated", NC_ ("claim chip", "Partly confirmed") },
    { "refused", NC_ ("claim chip", "Refused") },
    { "refund-pending", NC_ ("claim chip", "On its way") },
    { "refunded", NC_ ("claim chip", "Paid back") },
    { "withdrawn", NC_ ("claim chip", "Withdrawn") },
    { "expired", NC_ ("claim chip", "Too late") },
    { "void", NC_ ("claim chip", "Not valid") },
    { "guarantee-charged", NC_ ("claim chip", "Tax charged") },
    { "disputed", NC_ ("claim chip", "You objected") },
    { "resolved", NC_ ("claim chip", "Answered") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].state, info->state))
      return g_dpgettext2 (NULL, "claim chip", words[i].word);
  return info->state_text != NULL ? info->state_text : info->state;
}

static MilTone
claim_tone (const char *state)
{
  static const char *const good[] = { "validated", "partially-validated", "refund-pending", "refunded", NULL };
  static const char *const bad[] = { "refused", "expired", "void", "guarantee-charged", NULL };

  if (g_strv_contains (good, state))
    return MIL_TONE_GOOD;
  return g_strv_contains (bad, state) ? MIL_TONE_BAD : MIL_TONE_PLAIN;
}

static const char *
claim_icon (const char *state)
{
  switch (claim_tone (state))
    {
    case MIL_TONE_GOOD:
      return g_str_equal (state, "refunded") ? "milione-money-back-symbolic" : "object-select-symbolic";
    case MIL_TONE_BAD:
      return "window-close-symbolic";
    case MIL_TONE_PLAIN:
    case MIL_TONE_SOON:
    default:
      return g_str_equal (state, "issued") || g_str_equal (state, "awaiting-validation")
                 ? "milione-customs-symbolic"
                 : "milione-clock-symbolic";
    }
}

/**
 * mil_chip_set_claim:
 * @chip: a chip
 * @claim: what it tells about
 *
 * Says in a word or two where a claim stands.
 */
void
mil_chip_set_claim (MilChip *chip, MilClaim *claim)
{
  const MilClaimInfo *info = NULL;

  g_return_if_fail (MIL_IS_CHIP (chip));
  g_return_if_fail (MIL_IS_CLAIM (claim));

  info = mil_claim_get_info (claim);
  if (info->problem != NULL)
    mil_chip_set (chip, MIL_TONE_BAD, "dialog-warning-symbolic", C_ ("claim", "Could not be sent"));
  else if (info->conflict != NULL)
    mil_chip_set (chip, MIL_TONE_SOON, "dialog-warning-symbolic", C_ ("claim", "Changed meanwhile"));
  else
    mil_chip_set (chip, claim_tone (info->state), claim_icon (info->state), claim_word (info));
}

/**
 * mil_refund_range_text:
 * @low: least that comes back
 * @high: most that comes back
 *
 * Writes what comes back as people say it: one amount where both are nearly the same, a range
 * otherwise.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL where nothing is known
 */
char *
mil_refund_range_text (MilMoney low, MilMoney high)
{
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;

  if (!mil_money_is_set (high) || high.minor <= 0)
    return NULL;
  most = mil_money_format (high, MIL_MONEY_PLAIN);
  if (!mil_money_is_set (low) || low.minor == high.minor)
    return g_steal_pointer (&most);
  least = mil_money_format (low, MIL_MONEY_PLAIN);
  /* Translators: a range of amounts of money, the lower one first. */
  return g_strdup_printf (C_ ("range of amounts", "%s – %s"), least, most);
}

/**
 * mil_amount_back_text:
 * @coming: what is coming back; unset or zero if nothing is
 * @arrived: what has come back already; unset or zero if nothing has
 * @amount: (out) (transfer full) (nullable): the amount to show large; %NULL where there is none
 *
 * Says what a trip brings: what is still coming comes first.
 *
 * Returns: (transfer full) (nullable): the words under @amount, or %NULL where nothing comes back
 */
char *
mil_amount_back_text (MilMoney coming, MilMoney arrived, char **amount)
{
  g_autofree char *there = NULL;

  g_return_val_if_fail (amount != NULL, NULL);

  *amount = NULL;
  if (mil_money_is_set (arrived) && arrived.minor > 0)
    there = mil_money_format (arrived, MIL_MONEY_PLAIN);
  if (mil_money_is_set (coming) && coming.minor > 0)
    {
      *amount = mil_money_format (coming, MIL_MONEY_PLAIN);
      /* Translators: %s is an amount of money. */
      return there != NULL ? g_strdup_printf (C_ ("amount above", "coming back; %s has arrived"), there)
                           : g_strdup (C_ ("amount above", "coming back"));
    }
  if (there == NULL)
    return NULL;
  *amount = g_steal_pointer (&there);
  return g_strdup (C_ ("amount above", "has come back"));
}

/**
 * mil_deadline_text:
 * @day: last day
 * @today: this day
 *
 * Writes a deadline with the days that are left.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL where there is no deadline
 */
char *
mil_deadline_text (MilDate day, MilDate today)
{
  g_autofree char *date = NULL;
  int              left = 0;

  if (!mil_date_is_set (day))
    return NULL;
  date = mil_date_format (day);
  left = mil_date_days_until (today, day);
  if (left < 0)
    /* Translators: %s is a date that has passed. */
    return g_strdup_printf (_ ("The goods had to leave by %s"), date);
  if (left > 60)
    return g_strdup_printf (_ ("The goods must leave by %s"), date);
  return g_strdup_printf (ngettext ("The goods must leave by %s: %d day left",
                                    "The goods must leave by %s: %d days left",
                                    (gulong) left),
                          date,
                          left);
}
