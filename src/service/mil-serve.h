/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/mil-options.h"

G_BEGIN_DECLS

/* Exit status when another live service holds the socket. */
#define MIL_SERVE_TAKEN 3

int mil_serve (const MilOptions *options);
int mil_audit_run (const MilOptions *options);

G_END_DECLS
