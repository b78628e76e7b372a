/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pay/mil-payment-code.h"

G_BEGIN_DECLS

MilPaymentCode *mil_payment_code_parse_emv (const char *text,
                                            GError    **error);
MilPaymentCode *mil_payment_code_parse_epc (const char *text,
                                            GError    **error);

G_END_DECLS
