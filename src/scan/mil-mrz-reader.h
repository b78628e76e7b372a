/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-mrz.h"
#include "scan/mil-row.h"

G_BEGIN_DECLS

MilMrz *mil_mrz_from_rows (GPtrArray *rows, MilDate today);

G_END_DECLS
