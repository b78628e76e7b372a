/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "base/mil-date.h"

G_BEGIN_DECLS

#define MIL_TYPE_DUE_DAY (mil_due_day_get_type ())

/**
 * MilDueKind:
 * @MIL_DUE_CLAIM: the tax has to be claimed before the goods leave
 * @MIL_DUE_CUSTOMS: the goods have to be shown to customs, and leave
 * @MIL_DUE_LEAVE: the trip ends
 * @MIL_DUE_REFUND: the confirmed form has to reach its operator
 *
 * What ends with a day.
 */
typedef enum
{
  MIL_DUE_CLAIM,
  MIL_DUE_CUSTOMS,
  MIL_DUE_LEAVE,
  MIL_DUE_REFUND,
} MilDueKind;

/**
 * MilDueDay:
 * @id: names it for ever ("customs-CLAIM"): the same deadline has the same id when it is asked for again
 * @kind: what ends
 * @day: the last day on which it can be done
 * @title: a translated line
 * @text: what to do, translated
 * @place: where, or %NULL
 * @claim_id: the claim it is about, or %NULL
 * @receipt_id: the receipt it is about, or %NULL
 * @trip_id: the trip it is about, or %NULL
 *
 * A day by which something has to be done.
 */
typedef struct
{
  char      *id;
  MilDueKind kind;
  MilDate    day;
  char      *title;
  char      *text;
  char      *place;
  char      *claim_id;
  char      *receipt_id;
  char      *trip_id;
} MilDueDay;

GType      mil_due_day_get_type (void);
MilDueDay *mil_due_day_copy (const MilDueDay *self);
void       mil_due_day_free (MilDueDay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilDueDay, mil_due_day_free)

G_END_DECLS
