/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_BASKET_ROW (mil_basket_row_get_type ())

/**
 * MilBasketRow:
 *
 * A line of the basket: picture, name, price, how many, and a way to take it out.
 */
G_DECLARE_FINAL_TYPE (MilBasketRow, mil_basket_row, MIL, BASKET_ROW, GtkListBoxRow)

GtkWidget *mil_basket_row_new (MilSession *session, MilBasketLine *line);

G_END_DECLS
