/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-row.h"

G_BEGIN_DECLS

guint mil_rows_stitch (GPtrArray *rows, GPtrArray *next);

G_END_DECLS
