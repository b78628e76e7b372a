/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void client_read_shape (const char *method, const char *path, JsonNode *json);

G_END_DECLS
