/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "refund/mil-operator.h"

G_BEGIN_DECLS

#define MIL_TYPE_OPERATOR_BOOK (mil_operator_book_get_type ())

/**
 * MilOperatorBook:
 *
 * All refund operators whose terms are known. Reference counted, immutable once made, safe to use from any thread.
 */
typedef struct _MilOperatorBook MilOperatorBook;

/**
 * MilOperatorEntry:
 * @by: an operator
 * @terms: what it offers in a country
 *
 * Terms with whose they are; both live as long as the book.
 */
typedef struct
{
  const MilOperator      *by;
  const MilOperatorTerms *terms;
} MilOperatorEntry;

/**
 * MilOperatorOffer:
 * @by: (unowned): the operator; lives as long as the book
 * @terms: (unowned): its terms
 * @is_known: whether anything is known of what it keeps; else the four amounts are not set
 * @arrives_low: least that is likely to arrive
 * @arrives_high: most that is
 * @fee_low: least that is kept
 * @fee_high: most that is
 * @missing: how much more has to be spent for this operator's own minimum; unset when nothing
 *
 * What would arrive of a purchase's tax by one operator.
 */
typedef struct
{
  const MilOperator      *by;
  const MilOperatorTerms *terms;
  gboolean                is_known;
  MilMoney                arrives_low;
  MilMoney                arrives_high;
  MilMoney                fee_low;
  MilMoney                fee_high;
  MilMoney                missing;
} MilOperatorOffer;

GType            mil_operator_book_get_type (void);
MilOperatorBook *mil_operator_book_load (const char *data_dir, GError **error);
MilOperatorBook *mil_operator_book_load_installed (GError **error);
MilOperatorBook *mil_operator_book_ref (MilOperatorBook *self);
void             mil_operator_book_unref (MilOperatorBook *self);
GPtrArray       *mil_operator_book_operators (MilOperatorBook *self);
const GPtrArray *mil_operator_book_in (MilOperatorBook *self, const char *country);
GPtrArray *mil_operator_compare (MilOperatorBook *self, const char *country, MilDate day, MilMoney price, MilMoney tax, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilOperatorBook, mil_operator_book_unref)

G_END_DECLS
