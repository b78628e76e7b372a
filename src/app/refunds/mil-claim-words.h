/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-session.h"

G_BEGIN_DECLS

char *mil_claim_end_text (const MilClaimInfo *info);
char *mil_claim_now_text (const MilClaimInfo *info, MilDate today);
char *mil_claim_arrival  (const MilClaimInfo *info, const MilVerdict *verdict);

G_END_DECLS
