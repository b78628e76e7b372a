/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-trip.h"

G_BEGIN_DECLS

char *mil_time_left_text (gint64 microseconds);
char *mil_days_left_text (int days);
char *mil_exit_text      (const MilTripInfo *info);
char *mil_time_parse     (const char *typed);

G_END_DECLS
