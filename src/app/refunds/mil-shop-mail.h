/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "traveller/mil-claim-paper.h"

G_BEGIN_DECLS

void mil_shop_mail_write (GtkWidget     *widget,
                          MilClaimPaper *paper);

G_END_DECLS
