/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-date.h"
#include "base/mil-money.h"
#include "refund/mil-deadline.h"
#include "refund/mil-goods.h"

G_BEGIN_DECLS

/* What data/schemes/XX.json says, read and checked. Everything here is owned by the #MilSchemeBook and never
 * changes; sets of goods are bit masks, bit n standing for the MilGoods value n. */

typedef guint64 MilGoodsSet;

#define MIL_GOODS_BIT(goods) (G_GUINT64_CONSTANT (1) << (goods))

/**
 * MilConfidence:
 * @MIL_CONFIDENCE_OFFICIAL: read at the authority that makes the rule
 * @MIL_CONFIDENCE_SECONDARY: read at somebody who reports it
 * @MIL_CONFIDENCE_DISPUTED: sources disagree; both values are kept
 */
typedef enum
{
  MIL_CONFIDENCE_OFFICIAL,
  MIL_CONFIDENCE_SECONDARY,
  MIL_CONFIDENCE_DISPUTED,
} MilConfidence;

/**
 * MilSource:
 * @url: address of the source
 * @checked_on: when it was last held against the rule
 * @confidence: how far it can be relied on
 * @note: what a person who checks should know, in English, or %NULL
 */
typedef struct
{
  char         *url;
  MilDate       checked_on;
  MilConfidence confidence;
  char         *note;
} MilSource;

typedef enum
{
  MIL_BASIS_INCL,
  MIL_BASIS_EXCL,
  MIL_BASIS_TAX,
} MilBasis;

/**
 * MilThreshold:
 * @amount: the amount
 * @strict: the sum has to lie above @amount; otherwise reaching it is enough
 * @basis: whether prices with tax, without tax, or the tax itself is summed
 */
typedef struct
{
  MilMoney amount;
  gboolean strict;
  MilBasis basis;
} MilThreshold;

/**
 * MilScope:
 * @MIL_SCOPE_RECEIPT: each receipt for itself
 * @MIL_SCOPE_SHOP_DAY: receipts of one shop on one day together
 * @MIL_SCOPE_SHOP_DAYS: receipts of one shop on so many days in a row together
 * @MIL_SCOPE_OPERATOR: all receipts of one business, whatever the day
 * @MIL_SCOPE_TRIP: all receipts of the trip together
 */
typedef enum
{
  MIL_SCOPE_RECEIPT,
  MIL_SCOPE_SHOP_DAY,
  MIL_SCOPE_SHOP_DAYS,
  MIL_SCOPE_OPERATOR,
  MIL_SCOPE_TRIP,
} MilScope;

typedef struct
{
  MilGoodsSet  goods;
  MilThreshold threshold;
} MilGoodsThreshold;

/**
 * MilHomeThreshold:
 * @place: where the buyer lives
 * @threshold: the minimum for people from there
 * @per_item: each piece has to reach it
 * @import_tax: the tax comes back only once that of @place has been paid at home
 */
typedef struct
{
  char        *place;
  MilThreshold threshold;
  gboolean     per_item;
  gboolean     import_tax;
} MilHomeThreshold;

/**
 * MilMinimum:
 * @source: where it is written
 * @exists: whether there is a minimum at all
 * @threshold: the minimum
 * @has_other: whether sources disagree
 * @other: what the other source says
 * @other_source: address of the other source, or %NULL
 * @other_by_goods: (element-type MilGoodsThreshold): what the other source says of some goods
 * @scope: which receipts count together
 * @days: for %MIL_SCOPE_SHOP_DAYS, how many days in a row
 * @or_mall: shops of one shopping centre count as one shop
 * @same_city: branches count together only within one town
 * @max_receipts: how many receipts may be combined; 0 for any number
 * @has_each: whether every receipt has to reach a minimum of its own
 * @each: that minimum
 * @by_goods: (element-type MilGoodsThreshold): minimums of their own for some goods
 * @by_home: (element-type MilHomeThreshold): minimums of their own for people of some places
 * @untaxed_counts: goods that carry no tax count towards the minimum
 */
typedef struct
{
  MilSource    source;
  gboolean     exists;
  MilThreshold threshold;
  gboolean     has_other;
  MilThreshold other;
  char        *other_source;
  GArray      *other_by_goods;
  MilScope     scope;
  guint        days;
  gboolean     or_mall;
  gboolean     same_city;
  guint        max_receipts;
  gboolean     has_each;
  MilThreshold each;
  GArray      *by_goods;
  GArray      *by_home;
  gboolean     untaxed_counts;
} MilMinimum;

/**
 * MilPersonRule:
 * @source: where it is written
 * @residents_too: people who live in the country may use it as well
 * @home_not_in: groups ("@EU") and places a home in which rules it out
 * @home_allowed: places inside of those, a home in which is all right
 * @home_disputed: places about which the sources disagree
 * @home_only: where not empty, the only places a home in which is all right
 * @nationals_out: nationals of the country are ruled out, wherever they live
 * @nationals_abroad_months: nationals of the country have to have lived abroad for so long; 0 if not asked
 * @nationals_stay_months: nationals of the country may stay no longer than that; 0 if they may as long as others
 * @min_age: in years; 0 if not asked
 * @max_stay_days: 0 if not asked
 * @max_stay_months: 0 if not asked
 * @not_flags: #MilTravellerFlags that rule it out
 * @moving_out_allowed: residents who leave for good may use it
 */
typedef struct
{
  MilSource source;
  gboolean  residents_too;
  GStrv     home_not_in;
  GStrv     home_allowed;
  GStrv     home_disputed;
  GStrv     home_only;
  gboolean  nationals_out;
  guint     nationals_abroad_months;
  guint     nationals_stay_months;
  guint     min_age;
  guint     max_stay_days;
  guint     max_stay_months;
  guint     not_flags;
  gboolean  moving_out_allowed;
} MilPersonRule;

typedef struct
{
  MilGoodsSet goods;
  MilDecimal  rate;
} MilGoodsRate;

/**
 * MilRateRule:
 * @source: where it is written
 * @from: first day they are for; unset if from ever
 * @to: last day they are for; unset if still
 * @region: part of the country these are for, or %NULL
 * @standard: the standard rate in per cent
 * @reduced: (element-type MilGoodsRate): other rates
 */
typedef struct
{
  MilSource  source;
  MilDate    from;
  MilDate    to;
  char      *region;
  MilDecimal standard;
  GArray    *reduced;
} MilRateRule;

typedef enum
{
  MIL_SPECIAL_SHOW_TO_CUSTOMS,
  MIL_SPECIAL_SHOW_AGAIN_AIRSIDE,
  MIL_SPECIAL_SEALED_BAG,
  MIL_SPECIAL_CUSTOMS_ONLY,
  MIL_SPECIAL_SERIAL_NUMBER,
} MilSpecialKind;

/**
 * MilSpecial:
 * @kind: what has to be done
 * @goods: with which goods; all bits set for any
 * @over: from what price; unset for any
 * @per_item: whether @over is of one piece, not of the whole form
 */
typedef struct
{
  MilSpecialKind kind;
  MilGoodsSet    goods;
  MilThreshold   over;
  gboolean       per_item;
} MilSpecial;

/**
 * MilGoodsRules:
 * @source: where it is written
 * @excluded: goods that never qualify
 * @services: services whose tax is given back; others never qualify
 * @only: where not 0, the only goods that qualify
 * @max_pieces: so many identical pieces and more count as trade; 0 if not asked
 * @national_only: only goods made in the country qualify
 * @specials: (element-type MilSpecial): goods that want more
 * @most: (element-type MilGoodsThreshold): of some goods, no more than that can be on one form
 */
typedef struct
{
  MilSource   source;
  MilGoodsSet excluded;
  MilGoodsSet services;
  MilGoodsSet only;
  guint       max_pieces;
  gboolean    national_only;
  GArray     *specials;
  GArray     *most;
} MilGoodsRules;

typedef struct
{
  MilGoodsSet goods;
  MilDeadline deadline;
} MilGoodsDeadline;

/**
 * MilDeadlines:
 * @source: where they are written
 * @export_by: the goods have to leave by then
 * @export_by_goods: (element-type MilGoodsDeadline): some goods earlier
 * @validate_by: the export has to be confirmed by then
 * @refund_by: the money has to be asked for by then
 * @hours_after_approval: how soon after the confirmation the goods have to leave; 0 if not asked
 */
typedef struct
{
  MilSource   source;
  MilDeadline export_by;
  GArray     *export_by_goods;
  MilDeadline validate_by;
  MilDeadline refund_by;
  guint       hours_after_approval;
} MilDeadlines;

/**
 * MilValidationKind:
 * @MIL_VALIDATION_STAMP: customs stamps a paper form
 * @MIL_VALIDATION_KIOSK: a barcode is read at a kiosk, customs at its side
 * @MIL_VALIDATION_DESK: customs confirms it in its system at a desk
 * @MIL_VALIDATION_APP: an app confirms it at the place of exit
 * @MIL_VALIDATION_TERMINAL: the passport is read at a terminal of the customs
 * @MIL_VALIDATION_OPERATOR: the refund operator's counter stamps
 */
typedef enum
{
  MIL_VALIDATION_STAMP,
  MIL_VALIDATION_KIOSK,
  MIL_VALIDATION_DESK,
  MIL_VALIDATION_APP,
  MIL_VALIDATION_TERMINAL,
  MIL_VALIDATION_OPERATOR,
} MilValidationKind;

/**
 * MilValidation:
 * @source: where it is written
 * @system: name of the system ("PABLO"), or %NULL
 * @kind: how it is done
 * @seller_files: only the seller, or its operator, can enter the purchase into the system
 * @paper_elsewhere: from another member state's exit it is done with a printed form and a stamp
 * @air_only: the goods have to leave by air
 * @no_land: leaving by land does not count
 * @form: name of the form ("VAT407"), or %NULL
 * @minutes_before: how long before departure it closes; 0 if not known
 */
typedef struct
{
  MilSource         source;
  char             *system;
  MilValidationKind kind;
  gboolean          seller_files;
  gboolean          paper_elsewhere;
  gboolean          air_only;
  gboolean          no_land;
  char             *form;
  guint             minutes_before;
} MilValidation;

/**
 * MilFeeBand:
 * @from: from this price with tax on
 * @to: up to below this price; unset for no end
 * @refund: what is paid out, or unset
 * @fee: what is kept, or unset
 */
typedef struct
{
  MilMoney from;
  MilMoney to;
  MilMoney refund;
  MilMoney fee;
} MilFeeBand;

/**
 * MilFee:
 * @source: where it is written
 * @of_price: the shares are of the price with tax, not of the tax
 * @low: least share that arrives, in per cent
 * @high: most that arrives, in per cent
 * @goods: for which goods; all bits set for any
 * @per_form: taken off each form beside it; unset if nothing
 * @least: least that is kept; unset if not known
 * @most: most that is kept; unset if not known
 * @bands: (element-type MilFeeBand): a published table instead of shares; may be empty
 *
 * What is kept of the tax. A scheme says only shares; the others are for the terms of an operator.
 */
typedef struct
{
  MilSource   source;
  gboolean    of_price;
  MilDecimal  low;
  MilDecimal  high;
  MilGoodsSet goods;
  MilMoney    per_form;
  MilMoney    least;
  MilMoney    most;
  GArray     *bands;
} MilFee;

/**
 * MilPayout:
 * @source: where it is written
 * @methods: "card", "cash", "alipay" …
 * @fees: (element-type MilFee): what arrives with operators that say nothing, the first entry that names the
 * goods; empty where all is known by the operators' terms
 * @cash_most: most that is paid in cash; unset if not known
 * @immediate_form: most per form that is paid (or not charged) in the shop at once; unset if not offered
 * @immediate_trip: most per trip; unset if not known
 * @tax_off: the shop does not charge the tax at all, and charges it later where no export is confirmed
 * @whole_or_nothing: one piece missing at the exit costs the whole receipt
 */
typedef struct
{
  MilSource  source;
  GStrv      methods;
  GPtrArray *fees;
  MilMoney   cash_most;
  MilMoney   immediate_form;
  MilMoney   immediate_trip;
  gboolean   tax_off;
  gboolean   whole_or_nothing;
} MilPayout;

/**
 * MilRule:
 * @country: country of the scheme
 * @region: part of the country it is for, or %NULL
 * @currency: ISO 4217
 * @valid_from: first day of purchase it is for
 * @valid_to: last day of purchase it is for; unset if still valid
 * @none: there is no refund for purchases of these days
 * @source: where it is written
 *
 * One version of a scheme's rules.
 */
typedef struct
{
  char         *country;
  char         *region;
  char          currency[4];
  MilDate       valid_from;
  MilDate       valid_to;
  gboolean      none;
  MilSource     source;
  MilMinimum    minimum;
  MilPersonRule person;
  GPtrArray    *rates;
  MilGoodsRules goods;
  MilDeadlines  deadlines;
  MilValidation validation;
  MilPayout     payout;
} MilRule;

/**
 * MilScheme:
 * @country: ISO 3166-1 alpha-2
 * @name: what the scheme is called there ("Détaxe")
 * @tax_name: what the tax is called there ("TVA")
 * @currency: ISO 4217
 * @union_exit: the goods have to leave the EU, not just the country
 * @regions: parts of the country with rules of their own
 * @rules: (element-type MilRule): all versions, oldest first
 */
typedef struct
{
  char      *country;
  char      *name;
  char      *tax_name;
  char       currency[4];
  gboolean   union_exit;
  GStrv      regions;
  GPtrArray *rules;
} MilScheme;

MilScheme     *mil_scheme_new (JsonNode *node, GError **error);
void           mil_scheme_free (MilScheme *self);
const MilRule *mil_scheme_rule_on (const MilScheme *self, const char *region, MilDate day);

const MilRateRule *mil_rule_rates (const MilRule *self, const char *region, MilDate day);
MilDecimal         mil_rates_for (const MilRateRule *self, MilGoods goods);
const char        *mil_scope_name (MilScope scope);
const char        *mil_basis_name (MilBasis basis);
const char        *mil_confidence_name (MilConfidence confidence);
const char        *mil_validation_kind_name (MilValidationKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilScheme, mil_scheme_free)

G_END_DECLS
