/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/http/mil-call.h"
#include "service/storage/mil-storage.h"

G_BEGIN_DECLS

typedef struct _MilHousekeeping MilHousekeeping;

MilHousekeeping *mil_housekeeping_start (MilStorage *storage, const MilContext *context, int retention_days);
void             mil_housekeeping_check (MilHousekeeping *self);
DexFuture       *mil_housekeeping_stop (MilHousekeeping *self);

G_END_DECLS
