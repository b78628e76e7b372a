/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/mil-options.h"

G_BEGIN_DECLS

int mil_keys_run (const MilOptions *options);

G_END_DECLS
