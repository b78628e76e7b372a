/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/http/mil-call.h"

G_BEGIN_DECLS

gpointer mil_once_run (MilTx *tx, gpointer call, GError **error);
gboolean mil_once_purge (MilTx *tx, GError **error);

G_END_DECLS
