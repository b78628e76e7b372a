/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "base/mil-date.h"
#include "base/mil-money.h"

G_BEGIN_DECLS

#define MIL_TYPE_VERDICT (mil_verdict_get_type ())
#define MIL_TYPE_REASON (mil_reason_get_type ())
#define MIL_TYPE_HINT (mil_hint_get_type ())

/**
 * MilVerdictKind:
 * @MIL_VERDICT_ELIGIBLE: a tax-free form can be had for it
 * @MIL_VERDICT_NOT_ELIGIBLE: none can; the reasons say why, the hints what would change it
 * @MIL_VERDICT_NEEDS_MORE: it hangs on something that was not told; the reasons name it
 * @MIL_VERDICT_UNCERTAIN: the sources of the rule disagree where it matters; the reasons name both values
 */
typedef enum
{
  MIL_VERDICT_ELIGIBLE,
  MIL_VERDICT_NOT_ELIGIBLE,
  MIL_VERDICT_NEEDS_MORE,
  MIL_VERDICT_UNCERTAIN,
} MilVerdictKind;

/**
 * MilReasonWeight:
 * @MIL_REASON_FOR: speaks for it
 * @MIL_REASON_NOTE: worth knowing, decides nothing
 * @MIL_REASON_DOUBT: sources disagree, or the rule is not settled
 * @MIL_REASON_MISSING: something has to be told first
 * @MIL_REASON_AGAINST: rules it out
 *
 * What a reason does to the verdict; the heaviest one decides it.
 */
typedef enum
{
  MIL_REASON_FOR,
  MIL_REASON_NOTE,
  MIL_REASON_DOUBT,
  MIL_REASON_MISSING,
  MIL_REASON_AGAINST,
} MilReasonWeight;

/**
 * MilReason:
 * @code: stable, for programs ("below-minimum", "resident-inside", "minimum-reached" …)
 * @weight: what it does to the verdict
 * @text: a translated sentence
 * @source: address of the rule's source, or %NULL where the reason comes from the input alone
 * @rule: first day of the rule version, unset where there is none
 * @values: (array zero-terminated=1): names and values in turn ("minimum", "100.00", "counted", "87.60")
 */
typedef struct
{
  char           *code;
  MilReasonWeight weight;
  char           *text;
  char           *source;
  MilDate         rule;
  GStrv           values;
} MilReason;

/**
 * MilStep:
 * @code: stable, for programs ("show-goods", "scan-barcode", "stamp", "collect-refund" …)
 * @text: a translated sentence
 *
 * One thing to do, in walking order.
 */
typedef struct
{
  char *code;
  char *text;
} MilStep;

/**
 * MilHint:
 * @code: "spend-more", "companion-pays", "leave-from"; stable, for programs
 * @text: a translated sentence ("€12.40 more at this shop before closing on 24 May")
 * @missing: how much more is to be spent; unset where the hint is no purchase
 * @shop: where, or %NULL
 * @until: the last day on which it helps; unset if any
 * @purchase: the purchase that is to change hands, or %NULL
 * @to: the #MilTraveller.id it is to go to, or %NULL
 * @exit_country: the country to leave the Union by, or %NULL
 * @exit_point: the airport or port there, or %NULL
 * @gain_low: least that it adds to what is refunded
 * @gain_high: most that it adds to what is refunded
 *
 * What would make it eligible, or pay more.
 */
typedef struct
{
  char    *code;
  char    *text;
  MilMoney missing;
  char    *shop;
  MilDate  until;
  char    *purchase;
  char    *to;
  char    *exit_country;
  char    *exit_point;
  MilMoney gain_low;
  MilMoney gain_high;
} MilHint;

/**
 * MilOffer:
 * @operator_name: who pays out
 * @low: least that arrives
 * @high: most that arrives
 * @source: address of the source
 *
 * What one refund operator pays, by its published fees.
 */
typedef struct
{
  char    *operator_name;
  MilMoney low;
  MilMoney high;
  char    *source;
} MilOffer;

/**
 * MilVerdict:
 * @purchases: ids of the receipts on this form
 * @traveller: the #MilTraveller.id the form is for, or %NULL
 * @scheme: ISO 3166-1 code of the scheme ("FR" also for Monaco); %NULL where there is none
 * @region: the part of the scheme's country that has rules of its own ("NIR"), or %NULL
 * @rule_valid_from: first day of the rule version that was used; unset if none
 * @kind: the verdict
 * @headline: one translated line for a product card or a receipt chip
 * @reasons: (element-type MilReason): why, heaviest first
 * @counted: what counts towards the minimum
 * @tax: the tax contained in the goods that qualify
 * @refund_low: least that is likely to arrive, after the fee
 * @refund_high: most that can arrive
 * @fee_low: least that the operator keeps
 * @fee_high: most that the operator keeps
 * @export_by: last day on which the goods may leave
 * @validate_by: last day for customs to confirm it
 * @refund_by: last day to ask for the money; unset if no limit is known
 * @steps: (element-type MilStep): what to do, in walking order
 * @show: (element-type utf8): the goods to have at hand for customs
 * @hints: (element-type MilHint): what would make it eligible, or pay more
 * @offers: (element-type MilOffer): operators with published fees, the one that pays most first
 *
 * The answer for one tax-free form: what receipts go on it, whether it can be had, and all that follows.
 */
typedef struct
{
  GStrv          purchases;
  char          *traveller;
  char          *scheme;
  char          *region;
  MilDate        rule_valid_from;
  MilVerdictKind kind;
  char          *headline;
  GPtrArray     *reasons;
  MilMoney       counted;
  MilMoney       tax;
  MilMoney       refund_low;
  MilMoney       refund_high;
  MilMoney       fee_low;
  MilMoney       fee_high;
  MilDate        export_by;
  MilDate        validate_by;
  MilDate        refund_by;
  GPtrArray     *steps;
  GPtrArray     *show;
  GPtrArray     *hints;
  GPtrArray     *offers;
} MilVerdict;

GType            mil_verdict_get_type (void);
MilVerdict      *mil_verdict_new (void);
MilVerdict      *mil_verdict_copy (const MilVerdict *self);
void             mil_verdict_free (MilVerdict *self);
const MilReason *mil_verdict_find_reason (const MilVerdict *self, const char *code);
const char      *mil_verdict_kind_name (MilVerdictKind kind);
gboolean         mil_verdict_kind_parse (const char *name, MilVerdictKind *kind);
const char      *mil_reason_weight_name (MilReasonWeight weight);

GType mil_reason_get_type (void);
MilReason *mil_reason_new (const char *code, MilReasonWeight weight, char *text, const char *source, MilDate rule);
MilReason *mil_reason_copy (const MilReason *self);
void       mil_reason_free (MilReason *self);
void       mil_reason_add_value (MilReason *self, const char *name, const char *value);

MilStep *mil_step_new (const char *code, const char *text);
MilStep *mil_step_copy (const MilStep *self);
void     mil_step_free (MilStep *self);

GType    mil_hint_get_type (void);
MilHint *mil_hint_new (const char *code);
MilHint *mil_hint_copy (const MilHint *self);
void     mil_hint_free (MilHint *self);

MilOffer *mil_offer_new (const char *operator_name, MilMoney low, MilMoney high, const char *source);
MilOffer *mil_offer_copy (const MilOffer *self);
void      mil_offer_free (MilOffer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilOffer, mil_offer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilVerdict, mil_verdict_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilReason, mil_reason_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilStep, mil_step_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilHint, mil_hint_free)

G_END_DECLS
