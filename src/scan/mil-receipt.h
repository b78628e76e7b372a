/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-date.h"
#include "base/mil-money.h"
#include "scan/mil-fiscal.h"
#include "scan/mil-geometry.h"

G_BEGIN_DECLS

#define MIL_TYPE_RECEIPT (mil_receipt_get_type ())

/**
 * MilReceiptField:
 *
 * The fields of a receipt that carry evidence.
 */
typedef enum
{
  MIL_RECEIPT_MERCHANT,
  MIL_RECEIPT_ADDRESS,
  MIL_RECEIPT_VAT_NUMBER,
  MIL_RECEIPT_DATE,
  MIL_RECEIPT_TIME,
  MIL_RECEIPT_CURRENCY,
  MIL_RECEIPT_TOTAL,
  MIL_RECEIPT_SUBTOTAL,
  MIL_RECEIPT_PAID,
  MIL_RECEIPT_CHANGE,
  MIL_RECEIPT_ROUNDING,
  MIL_RECEIPT_N_FIELDS,
} MilReceiptField;

/**
 * MilAgreement:
 * @MIL_AGREE_LABEL: a label on the same row says what it is
 * @MIL_AGREE_ITEMS: the lines add up to it
 * @MIL_AGREE_VAT: net and VAT add up to it
 * @MIL_AGREE_CHANGE: what was paid less the change is it
 * @MIL_AGREE_ROUNDING: a sum and a rounding row add up to it
 * @MIL_AGREE_REPEATED: the paper says it more than once
 * @MIL_AGREE_CHECK_DIGIT: its check digit is right
 * @MIL_AGREE_FISCAL: a code on the paper says the same
 * @MIL_AGREE_SECOND_READING: a second reading of the picture, done in another way, says the same
 *
 * Independent reasons to believe a field. Two or more are good evidence, one is weak.
 */
typedef enum
{
  MIL_AGREE_LABEL = 1 << 0,
  MIL_AGREE_ITEMS = 1 << 1,
  MIL_AGREE_VAT = 1 << 2,
  MIL_AGREE_CHANGE = 1 << 3,
  MIL_AGREE_ROUNDING = 1 << 4,
  MIL_AGREE_REPEATED = 1 << 5,
  MIL_AGREE_CHECK_DIGIT = 1 << 6,
  MIL_AGREE_FISCAL = 1 << 7,
  MIL_AGREE_SECOND_READING = 1 << 8,
} MilAgreement;

/**
 * MilEvidence:
 * @confidence: 0 (not known) to 100
 * @agreements: reasons to believe it
 * @box: where it stands, in pixels of the picture; width 0 where it stands nowhere (a currency
 *   inferred from the country)
 */
typedef struct
{
  int          confidence;
  MilAgreement agreements;
  MilBox       box;
} MilEvidence;

/**
 * MilReceiptLine:
 * @description: what was bought
 * @quantity: scale 0 and digits 0 where the paper does not say
 * @price: for one; meaningful where @has_price
 * @amount: for all of the line
 * @vat_class: (nullable): the mark that names its VAT rate ("A", "1")
 * @box: where it stands
 */
typedef struct
{
  char      *description;
  MilDecimal quantity;
  MilDecimal price;
  gboolean   has_price;
  MilDecimal amount;
  char      *vat_class;
  MilBox     box;
} MilReceiptLine;

/**
 * MilReceiptVat:
 * @vat_class: (nullable): the mark that lines refer to
 * @rate: in per cent
 * @net: without VAT
 * @vat: the VAT
 * @gross: with VAT
 * @box: where it stands
 *
 * A row of the VAT table; always net + vat = gross.
 */
typedef struct
{
  char      *vat_class;
  MilDecimal rate;
  MilDecimal net;
  MilDecimal vat;
  MilDecimal gross;
  MilBox     box;
} MilReceiptVat;

/**
 * MilReceipt:
 * @merchant: (nullable): name of the shop
 * @address: (nullable): its address, lines joined by ", "
 * @vat_number: (nullable): its VAT or GST number, without spaces
 * @vat_country: (nullable): ISO 3166 code of the country whose check digit the number passes
 * @country: (nullable): where the receipt seems to come from
 * @language: Tesseract's name of the language it was read in
 * @date: day of the purchase, unset where not known
 * @time: (nullable): "HH:MM" or "HH:MM:SS"
 * @currency: ISO 4217 code, empty where not known
 * @amounts: indexed by #MilReceiptField; only those with evidence mean something
 * @lines: (element-type MilReceiptLine): what was bought
 * @vat: (element-type MilReceiptVat): the VAT table
 * @fiscal: (nullable): the fiscal code on the paper
 * @evidence: how each field is known; confidence 0 is "not known"
 * @page: where the paper lies in the picture
 * @text: everything that was read, a row a line
 *
 * What a receipt says, as far as it could be read. What is not known is empty, never guessed.
 */
typedef struct
{
  char       *merchant;
  char       *address;
  char       *vat_number;
  char       *vat_country;
  char       *country;
  char       *language;
  MilDate     date;
  char       *time;
  char        currency[4];
  MilDecimal  amounts[MIL_RECEIPT_N_FIELDS];
  GPtrArray  *lines;
  GPtrArray  *vat;
  MilFiscal  *fiscal;
  MilEvidence evidence[MIL_RECEIPT_N_FIELDS];
  MilQuad     page;
  char       *text;
} MilReceipt;

GType       mil_receipt_get_type (void);
MilReceipt *mil_receipt_new (void);
MilReceipt *mil_receipt_copy (const MilReceipt *self);
void        mil_receipt_free (MilReceipt *self);
gboolean    mil_receipt_has (const MilReceipt *self, MilReceiptField field);
gboolean    mil_receipt_get_money (const MilReceipt *self, MilReceiptField field, MilMoney *money);
gboolean    mil_receipt_is_well_supported (const MilReceipt *self, MilReceiptField field);
const char *mil_receipt_field_name (MilReceiptField field);
GStrv       mil_agreements_to_strv (MilAgreement agreements);

MilReceiptLine *mil_receipt_line_copy (const MilReceiptLine *self);
void            mil_receipt_line_free (MilReceiptLine *self);
MilReceiptVat  *mil_receipt_vat_copy (const MilReceiptVat *self);
void            mil_receipt_vat_free (MilReceiptVat *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilReceipt, mil_receipt_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilReceiptLine, mil_receipt_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilReceiptVat, mil_receipt_vat_free)

G_END_DECLS
