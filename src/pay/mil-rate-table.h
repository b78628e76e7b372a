/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-json.h"

G_BEGIN_DECLS

#define MIL_TYPE_RATE_TABLE (mil_rate_table_get_type ())

/**
 * MilRateTable:
 *
 * Reference rates of one day, each saying how many units of a currency one euro is, as the European
 * Central Bank publishes them. Reference counted; not to be changed once shared.
 */
typedef struct _MilRateTable MilRateTable;

GType         mil_rate_table_get_type  (void);
MilRateTable *mil_rate_table_new       (const char         *source,
                                        MilDate             date);
MilRateTable *mil_rate_table_ref       (MilRateTable       *self);
void          mil_rate_table_unref     (MilRateTable       *self);
gboolean      mil_rate_table_set       (MilRateTable       *self,
                                        const char         *currency,
                                        MilDecimal          rate,
                                        GError            **error);
const char   *mil_rate_table_source    (MilRateTable       *self);
MilDate       mil_rate_table_date      (MilRateTable       *self);
gboolean      mil_rate_table_knows     (MilRateTable       *self,
                                        const char         *currency);
MilRateTable *mil_rate_table_from_json (JsonNode           *node,
                                        GError            **error);
JsonNode     *mil_rate_table_to_json   (MilRateTable       *self);
gboolean      mil_rate_table_cross     (MilRateTable       *self,
                                        const char         *from,
                                        const char         *to,
                                        MilDecimal         *rate,
                                        GError            **error);
gboolean      mil_rate_table_convert   (MilRateTable       *self,
                                        MilMoney            amount,
                                        const char         *to,
                                        MilRounding         rounding,
                                        MilMoney           *converted,
                                        GError            **error);
gboolean      mil_rate_table_charge    (MilRateTable       *self,
                                        MilMoney            amount,
                                        const char         *pay_currency,
                                        MilDecimal          margin,
                                        MilDecimal         *rate,
                                        MilMoney           *pay,
                                        GError            **error);
gboolean      mil_rate_table_pay_out   (MilRateTable       *self,
                                        MilMoney            amount,
                                        const char         *wallet_currency,
                                        MilDecimal          margin,
                                        MilDecimal         *rate,
                                        MilMoney           *arrives,
                                        GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilRateTable, mil_rate_table_unref)

G_END_DECLS
