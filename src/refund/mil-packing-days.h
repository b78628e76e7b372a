/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-packing.h"

G_BEGIN_DECLS

void mil_packing_by_days (const MilPackingItem *items, guint n_items, const MilPackingRules *rules, int *group_of);

G_END_DECLS
