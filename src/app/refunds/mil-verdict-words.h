/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/widgets/mil-chip.h"
#include "traveller/mil-session.h"

G_BEGIN_DECLS

void  mil_chip_set_verdict  (MilChip *chip, const MilVerdict *verdict);
void  mil_chip_set_receipt    (MilChip          *chip,
                               MilReceiptRecord *receipt);
void  mil_chip_set_claim      (MilChip          *chip,
                               MilClaim         *claim);
char *mil_refund_range_text   (MilMoney          low,
                               MilMoney          high);
char *mil_amount_back_text    (MilMoney          coming,
                               MilMoney          arrived,
                               char            **amount);
char *mil_deadline_text       (MilDate           day,
                               MilDate           today);

G_END_DECLS
