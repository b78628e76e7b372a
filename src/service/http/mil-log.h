/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/http/mil-call.h"

G_BEGIN_DECLS

void mil_log_start (void);
void mil_log_event (const char *event, const char *first_name, ...) G_GNUC_NULL_TERMINATED;
void mil_log_request (MilCall *call, MilReply *reply, gint64 microseconds);

G_END_DECLS
