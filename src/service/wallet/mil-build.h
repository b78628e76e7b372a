/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-money.h"

G_BEGIN_DECLS

/* Adds members to the object that a builder is in, as they look on the wire. */

void mil_build_text (JsonBuilder *builder, const char *member, const char *text);
void mil_build_int (JsonBuilder *builder, const char *member, gint64 number);
void mil_build_instant (JsonBuilder *builder, const char *member, gint64 microseconds);
void mil_build_money (JsonBuilder *builder, const char *member, MilMoney money);
void mil_build_json (JsonBuilder *builder, const char *member, const char *json);

G_END_DECLS
