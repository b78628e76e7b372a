/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilClaimRefusal:
 * @MIL_REFUSAL_LATE: the deadline was over
 * @MIL_REFUSAL_DOCUMENTS: receipt, form or passport missing, unreadable or corrected by hand
 * @MIL_REFUSAL_GOODS_NOT_SHOWN: the goods were not there
 * @MIL_REFUSAL_GOODS_DIFFER: other goods than those on the form
 * @MIL_REFUSAL_GOODS_USED: unpacked or in use where they must not be
 * @MIL_REFUSAL_TRAVELLER_DIFFERS: another person than the one on the form
 * @MIL_REFUSAL_RESIDENCE: the traveller does not live where the form says
 * @MIL_REFUSAL_ALREADY_VALIDATED: the form was used before
 * @MIL_REFUSAL_NOT_ELIGIBLE: the form breaks a rule: below the minimum, excluded goods
 * @MIL_REFUSAL_FRAUD: suspected fraud
 * @MIL_REFUSAL_OTHER: something else; the text says what
 *
 * Why customs refused a form.
 */
typedef enum
{
  MIL_REFUSAL_LATE,
  MIL_REFUSAL_DOCUMENTS,
  MIL_REFUSAL_GOODS_NOT_SHOWN,
  MIL_REFUSAL_GOODS_DIFFER,
  MIL_REFUSAL_GOODS_USED,
  MIL_REFUSAL_TRAVELLER_DIFFERS,
  MIL_REFUSAL_RESIDENCE,
  MIL_REFUSAL_ALREADY_VALIDATED,
  MIL_REFUSAL_NOT_ELIGIBLE,
  MIL_REFUSAL_FRAUD,
  MIL_REFUSAL_OTHER,
} MilClaimRefusal;

#define MIL_REFUSAL_N (MIL_REFUSAL_OTHER + 1)

const char *mil_claim_refusal_name (MilClaimRefusal refusal);
gboolean    mil_claim_refusal_parse (const char *name, MilClaimRefusal *refusal);
const char *mil_claim_refusal_text (MilClaimRefusal refusal);

G_END_DECLS
