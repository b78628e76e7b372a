/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-date.h"
#include "base/mil-money.h"

G_BEGIN_DECLS

#define MIL_TYPE_PAYMENT_CODE (mil_payment_code_get_type ())

/**
 * MilPaymentCodeKind:
 * @MIL_PAYMENT_CODE_EMV: EMVCo QR, merchant-presented mode 1.1 (PIX, PromptPay, VietQR, PayNow, FPS …)
 * @MIL_PAYMENT_CODE_EPC: SEPA credit transfer, EPC069-12
 * @MIL_PAYMENT_CODE_PAYER: one of our wallets offers to pay; see mil-payer-code.h
 * @MIL_PAYMENT_CODE_SWISS: Swiss QR-bill, SIX Implementation Guidelines 2.2 and 2.3
 * @MIL_PAYMENT_CODE_UPI: India's UPI, `upi://pay`
 * @MIL_PAYMENT_CODE_TALER: GNU Taler, `taler://pay`
 * @MIL_PAYMENT_CODE_PAYTO: `payto:` of RFC 8905
 * @MIL_PAYMENT_CODE_SPD: Czech Short Payment Descriptor, "SPD*1.0*"
 * @MIL_PAYMENT_CODE_HCT: Hungarian instant transfer
 * @MIL_PAYMENT_CODE_BY_SQUARE: Slovak PAY by square
 * @MIL_PAYMENT_CODE_BEZAHLCODE: German BezahlCode, `bank://singlepayment…`
 * @MIL_PAYMENT_CODE_LINK: an address of a wallet's own (Alipay, WeChat Pay, UnionPay …), which only it can read
 */
typedef enum
{
  MIL_PAYMENT_CODE_EMV,
  MIL_PAYMENT_CODE_EPC,
  MIL_PAYMENT_CODE_PAYER,
  MIL_PAYMENT_CODE_SWISS,
  MIL_PAYMENT_CODE_UPI,
  MIL_PAYMENT_CODE_TALER,
  MIL_PAYMENT_CODE_PAYTO,
  MIL_PAYMENT_CODE_SPD,
  MIL_PAYMENT_CODE_HCT,
  MIL_PAYMENT_CODE_BY_SQUARE,
  MIL_PAYMENT_CODE_BEZAHLCODE,
  MIL_PAYMENT_CODE_LINK,
} MilPaymentCodeKind;

/**
 * MilPaymentCodeWarnings:
 * @MIL_PAYMENT_CODE_NO_MCC: EMV: no merchant category
 * @MIL_PAYMENT_CODE_NO_COUNTRY: EMV: no country
 * @MIL_PAYMENT_CODE_NO_NAME: EMV: no merchant name; the person must check who gets the money
 * @MIL_PAYMENT_CODE_NO_CITY: EMV: no city
 * @MIL_PAYMENT_CODE_TIP: the person may add a tip
 * @MIL_PAYMENT_CODE_OLD: made by rules that hold no longer; banks may refuse it
 * @MIL_PAYMENT_CODE_ONLINE: who gets the money, or how much, is told by the payee's site alone
 *
 * What a code leaves out that its standard asks for, and real ones do without.
 */
typedef enum
{
  MIL_PAYMENT_CODE_NO_MCC = 1 << 0,
  MIL_PAYMENT_CODE_NO_COUNTRY = 1 << 1,
  MIL_PAYMENT_CODE_NO_NAME = 1 << 2,
  MIL_PAYMENT_CODE_NO_CITY = 1 << 3,
  MIL_PAYMENT_CODE_TIP = 1 << 4,
  MIL_PAYMENT_CODE_OLD = 1 << 5,
  MIL_PAYMENT_CODE_ONLINE = 1 << 6,
} MilPaymentCodeWarnings;

/**
 * MilPaymentCode:
 * @kind: which standard
 * @scheme: (nullable): whose it is: the identifier of the first account template (`br.gov.bcb.pix`),
 *   `SCT`, `io.github.milione.wallet`, or another name of the system
 * @account: (nullable): who gets the money, in that scheme's own terms: a proxy, an IBAN, a wallet
 * @bic: (nullable): the payee's bank
 * @payee: (nullable): name, as the code says it
 * @payee_local: (nullable): EMV: the same in another language
 * @address: (nullable): street and number, as the code says it
 * @city: (nullable): where
 * @country: (nullable): ISO 3166-1 alpha-2
 * @category: (nullable): EMV: ISO 18245 merchant category
 * @currency: ISO 4217 code; empty when the code does not say
 * @amount: how much; "no amount" when the person is to be asked
 * @fee: EMV: a fixed convenience fee; "no amount" for none
 * @fee_percent: EMV: a fee in percent; 0 for none
 * @reference: (nullable): what the payee knows the payment by
 * @message: (nullable): purpose, for people
 * @debtor: (nullable): who is to pay, as the code says it
 * @due: by when, or on which day; not set when the code does not say
 * @expires_at: instant after which the code is good for nothing; 0 when it does not say
 * @one_time: whether the code is for one payment only
 * @warnings: what it leaves out
 *
 * What a payment code says. Nothing in it is authenticated: whoever printed it said so.
 */
typedef struct
{
  MilPaymentCodeKind     kind;
  char                  *scheme;
  char                  *account;
  char                  *bic;
  char                  *payee;
  char                  *payee_local;
  char                  *address;
  char                  *city;
  char                  *country;
  char                  *category;
  char                   currency[4];
  MilMoney               amount;
  MilMoney               fee;
  MilDecimal             fee_percent;
  char                  *reference;
  char                  *message;
  char                  *debtor;
  MilDate                due;
  gint64                 expires_at;
  gboolean               one_time;
  MilPaymentCodeWarnings warnings;
} MilPaymentCode;

GType           mil_payment_code_get_type (void);
MilPaymentCode *mil_payment_code_copy (const MilPaymentCode *self);
void            mil_payment_code_free (MilPaymentCode *self);
MilPaymentCode *mil_payment_code_parse (const char *text, GError **error);
gboolean        mil_payment_code_is_meant (const char *text);
const char     *mil_payment_code_get_system (const MilPaymentCode *self);
gboolean        mil_iban_is_valid (const char *iban);
guint16         mil_emv_crc (const char *text, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPaymentCode, mil_payment_code_free)

G_END_DECLS
