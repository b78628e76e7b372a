/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_EXIT_PLAN (mil_exit_plan_get_type ())

/**
 * MilExitPlace:
 * @MIL_EXIT_PLACE_BEFORE: before you set out
 * @MIL_EXIT_PLACE_CUSTOMS: at customs, before bag drop
 * @MIL_EXIT_PLACE_BAG_DROP: where bags are handed in
 * @MIL_EXIT_PLACE_SECURITY: security and passport control
 * @MIL_EXIT_PLACE_AIRSIDE: behind passport control
 * @MIL_EXIT_PLACE_AFTER: once the way out is done
 *
 * Where along the way out something is done; in walking order.
 */
typedef enum
{
  MIL_EXIT_PLACE_BEFORE,
  MIL_EXIT_PLACE_CUSTOMS,
  MIL_EXIT_PLACE_BAG_DROP,
  MIL_EXIT_PLACE_SECURITY,
  MIL_EXIT_PLACE_AIRSIDE,
  MIL_EXIT_PLACE_AFTER,
} MilExitPlace;

/**
 * MilExitStep:
 * @id: names it for ever, for mil_session_set_ticked()
 * @place: where
 * @text: what to do, translated
 * @country: the country whose rule asks for it, or %NULL
 *
 * One thing to do on the way out.
 */
typedef struct
{
  char        *id;
  MilExitPlace place;
  char        *text;
  char        *country;
} MilExitStep;

/**
 * MilExitGood:
 * @id: names it for ever, for mil_session_set_ticked()
 * @text: what it is, and its price
 * @shop: where it is from
 * @country: where it was bought, ISO 3166 code
 * @bag: where it travels, translated
 * @note: (nullable): what is special about it, translated
 * @claim_id: (nullable): the claim it is on, %NULL while it is not claimed
 *
 * A piece of goods that customs may ask to see.
 */
typedef struct
{
  char *id;
  char *text;
  char *shop;
  char *country;
  char *bag;
  char *note;
  char *claim_id;
} MilExitGood;

/**
 * MilExitPlan:
 * @steps: (element-type MilExitStep): what to do, in walking order
 * @goods: (element-type MilExitGood): what to show, shop by shop
 * @claims: (element-type MilClaim): the forms to show, each with its number once it is issued
 * @unclaimed: (element-type MilReceiptRecord): what could be claimed still
 * @departs_at: when the way out ends, microseconds since 1970 UTC; 0 while day or time are not told
 *
 * The way out of a trip: all that is needed at the border, known without a network.
 */
typedef struct
{
  GPtrArray *steps;
  GPtrArray *goods;
  GPtrArray *claims;
  GPtrArray *unclaimed;
  gint64     departs_at;
} MilExitPlan;

GType        mil_exit_plan_get_type (void);
MilExitPlan *mil_exit_plan_new (MilSession *session, MilTrip *trip);
MilExitPlan *mil_exit_plan_copy (const MilExitPlan *self);
void         mil_exit_plan_free (MilExitPlan *self);

char *mil_exit_good_words (const MilExitGood *self, gboolean with_bag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilExitPlan, mil_exit_plan_free)

G_END_DECLS
