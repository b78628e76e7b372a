/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-itinerary.h"
#include "refund/mil-scheme-book.h"
#include "refund/mil-verdict.h"

G_BEGIN_DECLS

#define MIL_TYPE_EXIT_OFFER (mil_exit_offer_get_type ())

/**
 * MilExitOffer:
 * @exit: the border to leave by instead; the day is that of the trip
 * @text: a translated sentence that says what it changes
 * @better: how many forms can be had that cannot be now
 * @worse: how many forms can be had now and not then
 * @without_paper: how many forms are confirmed electronically instead of on paper
 * @on_paper: how many forms need paper and a stamp instead
 * @at_customs: how many forms customs stamps instead of the refund operator
 * @at_operator: how many forms the refund operator stamps instead of customs
 * @fewer_queues: how many places less there are to queue at, for the same forms
 * @verdicts: (element-type MilVerdict): the answers for the trip that leaves there
 *
 * Another way out of the European Union, and what it would change.
 */
typedef struct
{
  MilExit   *exit;
  char      *text;
  guint      better;
  guint      worse;
  guint      without_paper;
  guint      on_paper;
  guint      at_customs;
  guint      at_operator;
  guint      fewer_queues;
  GPtrArray *verdicts;
} MilExitOffer;

GType         mil_exit_offer_get_type (void);
MilExitOffer *mil_exit_offer_copy (const MilExitOffer *self);
void          mil_exit_offer_free (MilExitOffer *self);
char         *mil_exit_offer_place (const MilExit *exit);
GPtrArray    *mil_refund_other_exits (MilSchemeBook      *book,
                                      GPtrArray          *travellers,
                                      const MilItinerary *itinerary,
                                      GPtrArray          *purchases,
                                      MilDate             today);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilExitOffer, mil_exit_offer_free)

G_END_DECLS
