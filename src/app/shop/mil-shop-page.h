/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_SHOP_PAGE (mil_shop_page_get_type ())

/**
 * MilShopPage:
 *
 * The Shop: banners, chips, the grid, and the product pages that are pushed over it.
 */
G_DECLARE_FINAL_TYPE (MilShopPage, mil_shop_page, MIL, SHOP_PAGE, AdwBin)

GtkWidget *mil_shop_page_new (void);
void       mil_shop_page_set_session (MilShopPage *self, MilSession *session);
void       mil_shop_page_search (MilShopPage *self);
void       mil_shop_page_open_product (MilShopPage *self, const char *store_id, const char *product_id);

G_END_DECLS
