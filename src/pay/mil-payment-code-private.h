/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pay/mil-payment-code.h"

G_BEGIN_DECLS

MilPaymentCode *mil_payment_code_parse_bezahlcode (const char *text, GError **error);
MilPaymentCode *mil_payment_code_parse_by_square (const char *text, GError **error);
MilPaymentCode *mil_payment_code_parse_emv (const char *text, GError **error);
MilPaymentCode *mil_payment_code_parse_epc (const char *text, GError **error);
MilPaymentCode *mil_payment_code_parse_hct (const char *text, GError **error);
MilPaymentCode *mil_payment_code_parse_link (const char *text, GError **error);
MilPaymentCode *mil_payment_code_parse_payto (const char *text, GError **error);
MilPaymentCode *mil_payment_code_parse_spd (const char *text, GError **error);
MilPaymentCode *mil_payment_code_parse_swiss (const char *text, GError **error);
MilPaymentCode *mil_payment_code_parse_taler (const char *text, GError **error);
MilPaymentCode *mil_payment_code_parse_upi (const char *text, GError **error);

/* What the parsers share: mil-pay-code.c. */
MilPaymentCode *mil_pay_code_new (MilPaymentCodeKind kind, const char *scheme);
MilPaymentCode *mil_pay_code_badly_made (GError **error);
MilPaymentCode *mil_pay_code_is_no_payment (GError **error);
char          **mil_pay_code_split_lines (const char *text, guint most);
char           *mil_pay_code_line (char **lines, guint number);
gboolean        mil_pay_code_read_amount (const char *text, const char *currency, MilPaymentCode *self);
gboolean        mil_pay_code_read_day (const char *text, const char *order, MilDate *day);
gboolean        mil_pay_code_set_iban (MilPaymentCode *self, const char *text);
gboolean        mil_pay_code_is_97_valid (const char *text);
GHashTable     *mil_pay_code_parse_query (const char *query);
char           *mil_pay_code_take (GHashTable *fields, const char *key);
gboolean        mil_pay_code_is_short (const char *text, glong letters);

G_END_DECLS
