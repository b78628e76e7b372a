/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-decimal.h"

G_BEGIN_DECLS

/* Shared by the exact numbers of this room; others use MilMoney and MilDecimal. */

gint64   mil_power_of_ten   (guint        exponent);
gboolean mil_round_quotient (__int128     numerator,
                             __int128     denominator,
                             MilRounding  rounding,
                             gint64      *quotient);

G_END_DECLS
