/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pay/mil-payment-code.h"

/* What people call the systems, by what codes call them. EMV: the account template's identifier; "02" to "25" are
 * EMVCo's ranges of card schemes (EMV QR MPM 1.1, table 4.3). Names of products, so the same in all languages. */
static const struct
{
  const char *scheme;
  const char *name;
} systems[] = {
  { "br.gov.bcb.pix", "Pix" },
  { "A000000677010111", "PromptPay" },
  { "A000000677010112", "PromptPay" },
  { "A000000677010113", "PromptPay" },
  { "A000000677010114", "PromptPay" },
  { "SG.PAYNOW", "PayNow" },
  { "A0000006150001", "DuitNow" },
  { "A000000727", "VietQR" },
  { "hk.com.hkicl", "FPS" },
  { "ID.CO.QRIS.WWW", "QRIS" },
  { "com.p2pqrpay", "QR Ph" },
  { "ph.ppmi.p2m", "QR Ph" },
  { "jp.or.paymentsjapan", "JPQR" },
  { "02", "Visa" },
  { "03", "Visa" },
  { "04", "Mastercard" },
  { "05", "Mastercard" },
  { "09", "Discover" },
  { "10", "Discover" },
  { "11", "American Express" },
  { "12", "American Express" },
  { "13", "JCB" },
  { "14", "JCB" },
  { "15", "UnionPay" },
  { "16", "UnionPay" },
  { "SCT", "SEPA" },
  { "SPC", "Swiss QR-bill" },
  { "upi", "UPI" },
  { "taler", "GNU Taler" },
  { "iban", "IBAN" },
  { "SPD", "QR Platba" },
  { "HCT", "qvik" },
  { "alipay", "Alipay" },
  { "unionpay", "UnionPay" },
  { "wechat-pay", "WeChat Pay" },
  { "paypay", "PayPay" },
  { "kakaopay", "KakaoPay" },
  { "paypal", "PayPal" },
};

/**
 * mil_payment_code_get_system:
 * @self: a code
 *
 * Returns: (nullable): what people call the system that it belongs to; its own name of it where that is not known
 */
const char *
mil_payment_code_get_system (const MilPaymentCode *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; self->scheme != NULL && i < G_N_ELEMENTS (systems); i++)
    if (g_ascii_strcasecmp (self->scheme, systems[i].scheme) == 0)
      return systems[i].name;
  return self->scheme;
}
