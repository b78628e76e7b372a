/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-mrz-decode.h"
#include "scan/mil-picture.h"

G_BEGIN_DECLS

gboolean mil_mrz_read_luma (MilLuma *luma, gboolean thorough, MilMrzTable *table, GCancellable *cancellable);
MilMrz *mil_mrz_read_picture (MilPicture *picture, gboolean thorough, MilDate today, GCancellable *cancellable);
MilMrz *mil_mrz_judge (const MilMrzTable *table, MilDate today);

G_END_DECLS
