/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "base/mil-key.h"

G_BEGIN_DECLS

void client_sign (SoupMessage *message, GBytes *body, MilKey *key, MilClock *clock, MilRandom *random);

G_END_DECLS
