/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-scheme.h"

G_BEGIN_DECLS

/* Only mil-scheme.c and mil-scheme-reader.c use this. */

MilScheme *mil_scheme_reader_read (JsonNode *node, GError **error);

MilScheme   *mil_scheme_alloc (void);
MilRule     *mil_rule_alloc (void);
MilRateRule *mil_rates_alloc (void);
MilFee      *mil_fee_alloc (void);

G_END_DECLS
