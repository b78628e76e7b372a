/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"
#include "refund/mil-exit-offer.h"
#include "refund/mil-itinerary.h"
#include "refund/mil-verdict.h"

G_BEGIN_DECLS

#define MIL_TYPE_WHAT_IF_ANSWER (mil_what_if_answer_get_type ())

/**
 * MilWhatIf:
 * @leaves_on: another last day; unset to leave it as planned
 * @exit_country: (nullable): another country to leave from; %NULL as planned
 * @exit_point: (nullable): the airport or port there
 * @baggage: where the goods travel; %MIL_BAGGAGE_UNKNOWN as planned
 * @extra: one more item, tax included; unset for none
 * @extra_receipt: (nullable): the item is bought in the shop of this receipt
 * @payer_receipt: (nullable): a receipt that somebody else pays …
 * @payer: (nullable): … namely this person
 *
 * What might be done differently on a trip. Nothing of it is saved.
 */
typedef struct
{
  MilDate     leaves_on;
  const char *exit_country;
  const char *exit_point;
  MilBaggage  baggage;
  MilMoney    extra;
  const char *extra_receipt;
  const char *payer_receipt;
  const char *payer;
} MilWhatIf;

/**
 * MilWhatIfAnswer:
 * @now: (element-type MilVerdict): the answers for the trip as it is planned
 * @then: (element-type MilVerdict): the answers for the trip with the change
 * @now_low: least that comes back as planned
 * @now_high: most that comes back as planned
 * @then_low: least that comes back with the change
 * @then_high: most that comes back with the change
 * @exits: (element-type MilExitOffer): other ways out of the Union than that of the change, and what they would do
 *
 * What a change would bring. The four sums are in the currency of the forms where there is only one, else in
 * the home currency; unset where the rates are not known.
 */
typedef struct
{
  GPtrArray *now;
  GPtrArray *then;
  MilMoney   now_low;
  MilMoney   now_high;
  MilMoney   then_low;
  MilMoney   then_high;
  GPtrArray *exits;
} MilWhatIfAnswer;

/* The id of the item that is not bought yet, in the answer. */
#define MIL_WHAT_IF_EXTRA "what-if-extra"

GType            mil_what_if_answer_get_type (void);
MilWhatIfAnswer *mil_what_if_answer_copy (const MilWhatIfAnswer *self);
void             mil_what_if_answer_free (MilWhatIfAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilWhatIfAnswer, mil_what_if_answer_free)

G_END_DECLS
