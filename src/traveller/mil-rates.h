/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-date.h"
#include "base/mil-money.h"

G_BEGIN_DECLS

#define MIL_TYPE_RATES (mil_rates_get_type ())

/**
 * MilRates:
 *
 * The last exchange rates that were heard of, for showing amounts in another currency. Nothing is
 * paid by them: payment takes a frozen quote.
 *
 * Properties: `date` (string, ISO 8601 day of the rates, %NULL while none are known), `source` (string).
 * The signal `changed` tells of new rates.
 */
G_DECLARE_FINAL_TYPE (MilRates, mil_rates, MIL, RATES, GObject)

MilRates   *mil_rates_new        (void);
gboolean    mil_rates_read       (MilRates    *self,
                                  JsonNode    *json,
                                  GError     **error);
MilDate     mil_rates_get_date   (MilRates    *self);
const char *mil_rates_get_source (MilRates    *self);
gboolean    mil_rates_convert    (MilRates    *self,
                                  MilMoney     money,
                                  const char  *currency,
                                  MilMoney    *converted);
char       *mil_rates_describe   (MilRates    *self,
                                  const char  *from,
                                  const char  *to);

G_END_DECLS
