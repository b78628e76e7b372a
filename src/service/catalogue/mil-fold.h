/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mil_fold (const char *text);
char *mil_fold_pattern (const char *folded, const char *tail);

G_END_DECLS
