/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-paged-list.h"

G_BEGIN_DECLS

#define MIL_TYPE_CATALOGUE_QUERY (mil_catalogue_query_get_type ())

/**
 * MilCatalogueQuery:
 *
 * A search over all stores: a #GListModel of #MilProductItem. Changing what is asked for starts it
 * anew; the old items stay until the new ones are there. What was found last time comes first, from
 * the disk, then what the network says.
 *
 * Properties, all writable: `text` (string), `countries`, `stores`, `categories` (#GStrv, %NULL for
 * all), `favourites-only` (boolean).
 */
G_DECLARE_FINAL_TYPE (MilCatalogueQuery, mil_catalogue_query, MIL, CATALOGUE_QUERY, MilPagedList)

const char        *mil_catalogue_query_get_text       (MilCatalogueQuery  *self);
void               mil_catalogue_query_set_text       (MilCatalogueQuery  *self,
                                                       const char         *text);
const char *const *mil_catalogue_query_get_countries  (MilCatalogueQuery  *self);
void               mil_catalogue_query_set_countries  (MilCatalogueQuery  *self,
                                                       const char *const  *countries);
const char *const *mil_catalogue_query_get_stores     (MilCatalogueQuery  *self);
void               mil_catalogue_query_set_stores     (MilCatalogueQuery  *self,
                                                       const char *const  *stores);
const char *const *mil_catalogue_query_get_categories (MilCatalogueQuery  *self);
void               mil_catalogue_query_set_categories (MilCatalogueQuery  *self,
                                                       const char *const  *categories);
gboolean           mil_catalogue_query_get_favourites_only (MilCatalogueQuery *self);
void               mil_catalogue_query_set_favourites_only (MilCatalogueQuery *self,
                                                       gboolean            favourites_only);

G_END_DECLS
