/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-date.h"
#include "base/mil-money.h"

G_BEGIN_DECLS

#define MIL_TYPE_TAX_FREE_FORM (mil_tax_free_form_get_type ())

/**
 * MilFormDocument:
 * @type: (nullable): "passport", "id-card", "travel-document"
 * @number: (nullable): %NULL where the traveller does not want it told
 * @country: (nullable): ISO 3166 code of who issued it
 * @expires_on: last day of its validity
 *
 * What the traveller identifies with.
 */
typedef struct
{
  char   *type;
  char   *number;
  char   *country;
  MilDate expires_on;
} MilFormDocument;

/**
 * MilFormTraveller:
 *
 * Who bought. Everything but @surname may be %NULL or unset; countries are ISO 3166 codes.
 */
typedef struct
{
  char           *surname;
  char           *given_name;
  MilDate         born;
  char           *nationality;
  char           *residence;
  char           *address;
  char           *postcode;
  char           *city;
  char           *email;
  char           *phone;
  char           *residence_status; /* as the border stamped it: "Temporary Visitor" */
  MilDate         arrived_on;
  MilDate         leaves_on;
  char           *transport; /* flight, ship or train */
  MilFormDocument document;
} MilFormTraveller;

/**
 * MilFormSeller:
 *
 * Who sold. Everything but @name may be %NULL.
 */
typedef struct
{
  char *name;
  char *address;
  char *country;
  char *vat_id;
  char *shop_code; /* what the tax office knows the shop by, where that is not the VAT number */
  char *till;
  char *cashier;
  char *email;
  char *phone;
} MilFormSeller;

/**
 * MilFormLine:
 *
 * One kind of goods. @has_vat_rate tells whether @vat_rate means anything; unset amounts are not known.
 */
typedef struct
{
  char      *description;
  char      *code;
  char      *serial;
  gint64     quantity;
  MilMoney   unit_price;
  gboolean   has_vat_rate;
  MilDecimal vat_rate; /* percent */
  MilMoney   total;
  MilMoney   vat;
} MilFormLine;

/**
 * MilFormPurchase:
 *
 * One receipt or invoice on the form. @paid_by are some of "card", "cash", "cheque", "other".
 */
typedef struct
{
  char      *id;
  char      *invoice;
  char      *receipt;
  MilDate    date;
  char      *time;
  char      *shop;   /* where several shops share a form */
  char      *vat_id; /* likewise */
  GStrv      paid_by;
  MilMoney   total;
  MilMoney   vat;
  GPtrArray *lines; /* of MilFormLine */
} MilFormPurchase;

/**
 * MilFormRefund:
 *
 * What comes back. @amount is the tax given back, @fee what the operator keeps, @payout what arrives.
 */
typedef struct
{
  MilMoney   eligible;
  MilMoney   vat;
  MilMoney   amount;
  MilMoney   fee;
  MilMoney   payout;
  char      *payout_currency; /* where it is another one than the form's */
  gboolean   has_rate;
  MilDecimal rate; /* units of @payout_currency for one of the form's */
  char      *method;
  char      *account;
  char      *beneficiary;
  char      *mobile;
} MilFormRefund;

/**
 * MilFormOperator:
 *
 * Who pays the refund, where that is not the seller.
 */
typedef struct
{
  char *name;
  char *address;
  char *vat_id;
  char *email;
  char *phone;
  char *website;
} MilFormOperator;

/**
 * MilFormDeadlines:
 *
 * Last days, unset where there is none.
 */
typedef struct
{
  MilDate export_by;
  MilDate validate_by;
  MilDate return_by;
  MilDate refund_by;
} MilFormDeadlines;

/**
 * MilFormCustoms:
 *
 * What customs did or will do. @decision is "validated", "partially-validated" or "refused".
 */
typedef struct
{
  char    *exit_point;
  char    *office;
  char    *agent;
  char    *at;
  char    *decision;
  char    *refusal_reason;
  gboolean physical_check;
} MilFormCustoms;

/**
 * MilFormCode:
 * @symbol: "gs1-128", "code-128" or "qr"
 * @value: what it says
 * @label: (nullable): what it is for
 *
 * A machine-readable code on the form.
 */
typedef struct
{
  char *symbol;
  char *value;
  char *label;
} MilFormCode;

/**
 * MilTaxFreeForm:
 * @number: number of the form, what its bar code says
 * @country: ISO 3166 code of whose tax it is
 * @scheme: (nullable): id of the refund scheme
 * @system: (nullable): "PABLO", "DIVA", "OTELLO", "PUESC", "NL", "NTA" …
 * @issued_on: unset while it is not issued
 * @currency: ISO 4217 code of all amounts but the payout
 * @note: (nullable): anything else that stands on it
 * @purchases: (element-type MilFormPurchase): the receipts
 * @codes: (element-type MilFormCode): further codes; the number's own two are always there
 * @total: sum of the purchases
 *
 * A tax-free form with all that the forms of the countries together ask for. Never changes once it is
 * made, so any thread may read it.
 */
typedef struct
{
  char            *number;
  char            *country;
  char            *scheme;
  char            *system;
  MilDate          issued_on;
  char            *currency;
  char            *note;
  MilFormTraveller traveller;
  MilFormSeller    seller;
  GPtrArray       *purchases;
  MilFormRefund    refund;
  MilFormOperator  operator;
  MilFormDeadlines deadlines;
  MilFormCustoms   customs;
  GPtrArray       *codes;
  MilMoney         total;
} MilTaxFreeForm;

/**
 * MilFormVat:
 * @rate: percent
 * @gross: what was paid at this rate
 * @vat: the tax in it
 *
 * The tax of one rate.
 */
typedef struct
{
  MilDecimal rate;
  MilMoney   gross;
  MilMoney   vat;
} MilFormVat;

GType           mil_tax_free_form_get_type (void);
MilTaxFreeForm *mil_tax_free_form_new      (JsonNode        *node,
                                            GError         **error);
MilTaxFreeForm *mil_tax_free_form_without_document_number (MilTaxFreeForm *self);
MilTaxFreeForm *mil_tax_free_form_ref      (MilTaxFreeForm  *self);
void            mil_tax_free_form_unref    (MilTaxFreeForm  *self);
JsonNode       *mil_tax_free_form_to_json  (MilTaxFreeForm  *self);
GArray         *mil_tax_free_form_vat      (MilTaxFreeForm  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilTaxFreeForm, mil_tax_free_form_unref)

G_END_DECLS
