/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-money.h"

G_BEGIN_DECLS

char *mil_arrival_text (MilMoney paid, MilMoney tax, MilMoney low, MilMoney high);

G_END_DECLS
