/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "service/catalogue/mil-feed.h"
#include "service/catalogue/mil-picture.h"

G_BEGIN_DECLS

/**
 * MilProductSource:
 * @store_id: the store
 * @store_name: its name
 * @country: its country
 * @items: (element-type MilFeedItem): variants of one product, in the feed's order; at least one
 * @pictures: (element-type utf8 MilPicture): pictures by the address that the feed gives them
 *
 * What a product's document is made from.
 */
typedef struct
{
  const char *store_id;
  const char *store_name;
  const char *country;
  GPtrArray  *items;
  GHashTable *pictures;
} MilProductSource;

char       *mil_product_wire_id (const char *store_id, const char *feed_id);
const char *mil_product_goods (const MilFeedItem *item);
MilMoney    mil_product_price (const MilFeedItem *item);
char       *mil_product_label (const MilFeedItem *item);
JsonNode   *mil_product_document (const MilProductSource *source);
JsonNode   *mil_variant_document (const MilProductSource *source, const MilFeedItem *item);

G_END_DECLS
