/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_REFUNDS_PAGE (mil_refunds_page_get_type ())

/**
 * MilRefundsPage:
 *
 * Refunds: what comes back, the trip, the receipts, and the claims that are pushed over them.
 */
G_DECLARE_FINAL_TYPE (MilRefundsPage, mil_refunds_page, MIL, REFUNDS_PAGE, AdwBin)

GtkWidget *mil_refunds_page_new (void);
void       mil_refunds_page_set_session (MilRefundsPage *self, MilSession *session);
void       mil_refunds_page_plan_trip (MilRefundsPage *self);

G_END_DECLS
