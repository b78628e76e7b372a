/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-claim-words.h"

#include <glib/gi18n.h>

#include "app/refunds/mil-verdict-words.h"
#include "refund/mil-arrival.h"

/* What a state means, and the way on from it. */
typedef struct
{
  const char *state;
  const char *text; /* msgid */
} StateText;

static const StateText ends[] = {
  { "refused", N_ ("Customs did not confirm that the goods leave. If they are wrong about it, object: the operator has to answer.") },
  { "expired", N_ ("The last day for the goods to leave is over. If you have a stamp of a day that was in time, object and say so; some countries also let their consulate confirm it afterwards.") },
  { "void", N_ ("The operator took the form back. Ask the shop why; if it is wrong, object.") },
  { "withdrawn", N_ ("You took it back. The receipts can be claimed again while there is time.") },
  { "guarantee-charged", N_ ("The shop had not charged you the tax, and nobody confirmed that the goods left: it was taken from your wallet. If they did leave in time, object.") },
};

static const StateText nows[] = {
  { "draft", N_ ("It is not sent yet.") },
  { "queued", N_ ("It is sent as soon as the network is there.") },
  { "submitted", N_ ("The operator is making your form.") },
  { "issued", N_ ("Before you check your bags in, show the goods, the receipt and your passport at customs.") },
  { "awaiting-validation",
    N_ ("Customs has not decided yet. Go to the desk with the goods, and do not hand in your bags before.") },
  { "validated", N_ ("The operator is checking what customs said.") },
  { "partially-validated", N_ ("Customs saw a part of the goods: the refund is for that part. You can object once it is paid.") },
  { "refund-pending", N_ ("The money is on its way.") },
  { "disputed", N_ ("You do not agree, and the operator has to answer. There is nothing for you to do until then.") },
};

static const char *
find (const StateText *texts, gsize n_texts, const char *state)
{
  for (gsize i = 0; i < n_texts; i++)
    if (g_str_equal (texts[i].state, state))
      return _ (texts[i].text);
  return NULL;
}

static char *
with_charge (const MilClaimInfo *info, const char *text)
{
  g_autofree char *amount = NULL;

  if (!g_str_equal (info->state, "guarantee-charged") || !mil_money_is_set (info->guarantee))
    return g_strdup (text);
  amount = mil_money_format (mil_money_is_set (info->guarantee_held) ? info->guarantee_held : info->guarantee, MIL_MONEY_PLAIN);
  /* Translators: an amount of money that was charged, and what that means. */
  return g_strdup_printf (C_ ("claim", "%s. %s"), amount, text);
}

/**
 * mil_claim_end_text:
 * @info: a claim
 *
 * Returns: (transfer full) (nullable): where it ended badly, what that means and the way on; %NULL elsewhere
 */
char *
mil_claim_end_text (const MilClaimInfo *info)
{
  const char *text = NULL;

  if (g_str_equal (info->state, "resolved"))
    {
      text = g_strcmp0 (info->dispute_outcome, "upheld") == 0
                 ? _ ("The operator agreed with you and pays what was owed.")
                 : _ ("The operator did not agree with you. You can still turn to the tax office or a "
                      "consumer centre of that country.");
      if (info->dispute_answer != NULL && info->dispute_answer[0] != '\0')
        /* Translators: what an operator answered, in its own words, and what that means. */
        return g_strdup_printf (C_ ("claim", "“%s” %s"), info->dispute_answer, text);
      return g_strdup (text);
    }
  if (g_str_equal (info->state, "void") && info->problem != NULL)
    return g_strdup (info->problem);
  text = find (ends, G_N_ELEMENTS (ends), info->state);
  return text != NULL ? with_charge (info, text) : NULL;
}

/**
 * mil_claim_now_text:
 * @info: a claim
 * @today: this day
 *
 * Returns: (transfer full) (nullable): what is waited for, and what to do meanwhile, with the days that are left
 */
char *
mil_claim_now_text (const MilClaimInfo *info, MilDate today)
{
  static const char *const at_customs[] = { "queued", "submitted", "issued", "awaiting-validation", NULL };
  const char              *text = find (nows, G_N_ELEMENTS (nows), info->state);
  g_autofree char         *deadline = NULL;

  if (info->problem != NULL)
    return g_strdup (info->problem);
  if (info->validation_hint != NULL && info->validation_hint[0] != '\0'
      && (g_str_equal (info->state, "issued") || g_str_equal (info->state, "awaiting-validation")))
    text = info->validation_hint;
  if (g_strv_contains (at_customs, info->state))
    deadline = mil_deadline_text (info->export_by, today);
  if (deadline == NULL || text == NULL)
    return g_strdup (text != NULL ? text : deadline);
  return g_strdup_printf ("%s\n%s", text, deadline);
}

/**
 * mil_claim_arrival:
 * @info: a claim
 * @verdict: (nullable): what the rules say of its receipts
 *
 * Returns: (transfer full) (nullable): what arrives in plain words: by what the operator has said, or, before
 * that, by what is expected
 */
char *
mil_claim_arrival (const MilClaimInfo *info, const MilVerdict *verdict)
{
  MilMoney arrives = { 0 };

  if (mil_money_is_set (info->refund) && mil_money_is_set (info->fee)
      && mil_money_subtract (info->refund, info->fee, &arrives, NULL))
    return mil_arrival_text (info->total, info->refund, arrives, arrives);
  if (verdict == NULL)
    return NULL;
  return mil_arrival_text (info->total, verdict->tax, info->estimate_low, info->estimate_high);
}
