/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_REFUNDS_PAGE (mil_refunds_page_get_type ())

/**
 * MilRefundsPage:
 *
 * The place where the tax comes back: what is coming, the receipts by the step they are at, and ways
 * to add one.
 */
G_DECLARE_FINAL_TYPE (MilRefundsPage, mil_refunds_page, MIL, REFUNDS_PAGE, AdwBin)

void mil_refunds_page_set_session (MilRefundsPage   *self,
                                   MilSession       *session);
void mil_refunds_page_scan        (MilRefundsPage   *self);
void mil_refunds_page_add_files   (MilRefundsPage   *self,
                                   GListModel       *files);
void mil_refunds_page_show_claim  (MilRefundsPage   *self,
                                   MilClaim         *claim);

G_END_DECLS
