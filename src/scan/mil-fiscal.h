/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-date.h"
#include "base/mil-money.h"

G_BEGIN_DECLS

#define MIL_TYPE_FISCAL (mil_fiscal_get_type ())

/**
 * MilFiscal:
 * @scheme: "de-kassensichv", "at-rksv", "pt-atcud", "es-verifactu", "es-ticketbai", "sa-zatca",
 *   "tw-einvoice", "cn-fapiao", "rs-suf", "hr-fiskalizacija", "si-furs", "gr-aade", "gr-mydata", "pl-ksef"
 * @country: ISO 3166 code
 * @seller: (nullable): name of the seller
 * @seller_id: (nullable): VAT or tax number of the seller
 * @document: (nullable): number of the receipt or invoice
 * @date: day, unset where the code does not say
 * @time: (nullable): "HH:MM:SS", as the clock at the shop said where the scheme tells, else as written
 * @total: unset where the code does not say
 * @vat: the VAT, unset where the code does not say
 * @checked: whether the code carries a check value and it is right
 * @raw: the code as it was read
 *
 * What a fiscal code says about a receipt. It was parsed offline: an address in it is never opened,
 * and signatures are not verified.
 */
typedef struct
{
  char    *scheme;
  char    *country;
  char    *seller;
  char    *seller_id;
  char    *document;
  MilDate  date;
  char    *time;
  MilMoney total;
  MilMoney vat;
  gboolean checked;
  char    *raw;
} MilFiscal;

GType      mil_fiscal_get_type (void);
MilFiscal *mil_fiscal_copy (const MilFiscal *self);
void       mil_fiscal_free (MilFiscal *self);
MilFiscal *mil_fiscal_parse (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilFiscal, mil_fiscal_free)

G_END_DECLS
