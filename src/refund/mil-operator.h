/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-scheme.h"

G_BEGIN_DECLS

/**
 * MilOperatorModel:
 * @MIL_OPERATOR_REFUND: the tax is paid in the shop and comes back later
 * @MIL_OPERATOR_VAT_OFF: the shop does not charge it; a card guarantees it until the export is validated
 * @MIL_OPERATOR_RESALE: the operator buys, and sells on to the traveller without the tax
 *
 * How an operator works.
 */
typedef enum
{
  MIL_OPERATOR_REFUND,
  MIL_OPERATOR_VAT_OFF,
  MIL_OPERATOR_RESALE,
} MilOperatorModel;

/**
 * MilOperatorTerms:
 * @source: where they are written
 * @countries: ISO 3166 codes
 * @currency: ISO 4217
 * @valid_from: first day of purchase; unset where it is not known
 * @valid_to: last day of purchase; unset while they hold
 * @model: how it works
 * @methods: "card", "cash", "alipay" …; "none" where nothing is paid out
 * @days: how long the money takes after the validation; -1 if not known
 * @minimum: least that has to be spent; unset for that of the scheme
 * @is_minimum_strict: more than @minimum, not just as much
 * @is_minimum_of_trip: over the trip, not on one receipt
 * @fee: what is kept
 * @is_published: whether the operator says what it keeps
 * @is_known: whether there are figures at all
 *
 * What an operator offers in some countries.
 */
typedef struct
{
  MilSource        source;
  GStrv            countries;
  char             currency[4];
  MilDate          valid_from;
  MilDate          valid_to;
  MilOperatorModel model;
  GStrv            methods;
  int              days;
  MilMoney         minimum;
  gboolean         is_minimum_strict;
  gboolean         is_minimum_of_trip;
  MilFee           fee;
  gboolean         is_published;
  gboolean         is_known;
} MilOperatorTerms;

/**
 * MilOperator:
 * @id: a short name
 * @name: its name
 * @url: its address
 * @terms: (element-type MilOperatorTerms): what it offers
 *
 * A refund operator, from data/operators.
 */
typedef struct
{
  char      *id;
  char      *name;
  char      *url;
  GPtrArray *terms;
} MilOperator;

MilOperator            *mil_operator_new (JsonNode *node, GError **error);
void                    mil_operator_free (MilOperator *self);
const MilOperatorTerms *mil_operator_terms_on (const MilOperator *self, const char *country, MilDate day);
gboolean                mil_operator_terms_hold (const MilOperatorTerms *self, MilDate day);
gint64                  mil_operator_terms_least (const MilOperatorTerms *self);
gboolean mil_operator_terms_arrive (const MilOperatorTerms *self, gint64 price, gint64 tax, gint64 *low, gint64 *high);
const char *mil_operator_model_name (MilOperatorModel model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilOperator, mil_operator_free)

G_END_DECLS
