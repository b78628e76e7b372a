/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/principals/mil-principal.h"

G_BEGIN_DECLS

MilKey  *mil_demo_key_load (const char *state_dir, MilRole role, GError **error);
gboolean mil_demo_keys_make (const char *state_dir, GError **error);
gboolean mil_demo_keys_enrol (MilTx *tx, const char *state_dir, GError **error);

G_END_DECLS
