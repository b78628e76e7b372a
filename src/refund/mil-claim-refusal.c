/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-claim-refusal.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  const char *text;
} refusals[] = {
  [MIL_REFUSAL_LATE] = { "late", NC_ ("refused by customs", "It was shown after the last day.") },
  [MIL_REFUSAL_DOCUMENTS] = { "documents", NC_ ("refused by customs", "The form, the receipt or the passport was missing or could not be read.") },
  [MIL_REFUSAL_GOODS_NOT_SHOWN] = { "goods-not-shown", NC_ ("refused by customs", "The goods were not there to be seen.") },
  [MIL_REFUSAL_GOODS_DIFFER] = { "goods-differ", NC_ ("refused by customs", "The goods are not those on the form.") },
  [MIL_REFUSAL_GOODS_USED] = { "goods-used", NC_ ("refused by customs", "The goods were unpacked or in use.") },
  [MIL_REFUSAL_TRAVELLER_DIFFERS] = { "traveller-differs", NC_ ("refused by customs", "The form names another person.") },
  [MIL_REFUSAL_RESIDENCE] = { "residence", NC_ ("refused by customs", "Your home is not where the form says.") },
  [MIL_REFUSAL_ALREADY_VALIDATED] = { "already-validated", NC_ ("refused by customs", "The form was used before.") },
  [MIL_REFUSAL_NOT_ELIGIBLE] = { "not-eligible", NC_ ("refused by customs", "The form breaks a rule of the country.") },
  [MIL_REFUSAL_FRAUD] = { "suspected-fraud", NC_ ("refused by customs", "Customs suspects that something is not genuine.") },
  [MIL_REFUSAL_OTHER] = { "other", NC_ ("refused by customs", "Another reason.") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (refusals) == MIL_REFUSAL_N);

/**
 * mil_claim_refusal_name:
 * @refusal: why customs refused
 *
 * Returns: its name on the wire
 */
const char *
mil_claim_refusal_name (MilClaimRefusal refusal)
{
  g_return_val_if_fail (refusal < G_N_ELEMENTS (refusals), "");

  return refusals[refusal].name;
}

/**
 * mil_claim_refusal_parse:
 * @name: a name on the wire
 * @refusal: (out): why customs refused
 *
 * Returns: %FALSE when there is no such reason
 */
gboolean
mil_claim_refusal_parse (const char *name, MilClaimRefusal *refusal)
{
  g_return_val_if_fail (name != NULL && refusal != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_str_equal (refusals[i].name, name))
      {
        *refusal = (MilClaimRefusal) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * mil_claim_refusal_text:
 * @refusal: why customs refused
 *
 * Returns: a sentence for the traveller, in their language
 */
const char *
mil_claim_refusal_text (MilClaimRefusal refusal)
{
  g_return_val_if_fail (refusal < G_N_ELEMENTS (refusals), "");

  return g_dpgettext2 (NULL, "refused by customs", refusals[refusal].text);
}
