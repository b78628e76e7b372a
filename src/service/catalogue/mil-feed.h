/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-money.h"

G_BEGIN_DECLS

/* Most bytes of a feed, and most items in it. */
#define MIL_FEED_MAX_BYTES (32 * 1024 * 1024)
#define MIL_FEED_MAX_ITEMS 50000

/**
 * MilFeedShipping:
 * @country: ISO 3166-1 alpha-2
 * @price: what sending it there costs, in the currency of the item
 *
 * One country that an item is sent to (`g:shipping`).
 */
typedef struct
{
  char     country[3];
  MilMoney price;
} MilFeedShipping;

/**
 * MilFeedItem:
 * @id: the merchant's identifier (`g:id`), unique in the feed
 * @group: (nullable): items that share it are variants of one product (`g:item_group_id`)
 * @title: name
 * @description: plain text; may be empty
 * @link: (nullable): page of the product
 * @images: (element-type utf8): addresses of pictures, the main one first (`g:image_link`,
 *   `g:additional_image_link`)
 * @price: price with tax, before any sale
 * @sale_price: price with tax during a sale; not set without one
 * @available: whether it can be ordered now
 * @brand: (nullable): maker
 * @gtin: (nullable): EAN, UPC, ISBN …; its check digit is right
 * @product_type: (nullable): the merchant's own category
 * @google_category: (nullable): `g:google_product_category`
 * @tax_category: (nullable): `g:tax_category`: "general", "food", "books" …
 * @color: (nullable): what tells it from others of its group
 * @size: (nullable): the same
 * @shipping: (element-type MilFeedShipping): where it is sent to
 * @adult: whether it is for adults only
 *
 * One item of a product feed.
 */
typedef struct
{
  char      *id;
  char      *group;
  char      *title;
  char      *description;
  char      *link;
  GPtrArray *images;
  MilMoney   price;
  MilMoney   sale_price;
  gboolean   available;
  char      *brand;
  char      *gtin;
  char      *product_type;
  char      *google_category;
  char      *tax_category;
  char      *color;
  char      *size;
  GArray    *shipping;
  gboolean   adult;
} MilFeedItem;

/**
 * MilFeedProblem:
 * @line: line of the item in the feed, from 1
 * @id: (nullable): its identifier, when it has one
 * @product: (nullable): its group, or its identifier when it has none
 * @message: a sentence saying what is wrong
 *
 * Why an item was not taken.
 */
typedef struct
{
  guint line;
  char *id;
  char *product;
  char *message;
} MilFeedProblem;

/**
 * MilFeed:
 * @title: (nullable): title of the channel
 * @items: (element-type MilFeedItem): the good items, in the feed's order
 * @problems: (element-type MilFeedProblem): the others
 *
 * A product feed that was read to its end.
 */
typedef struct
{
  char      *title;
  GPtrArray *items;
  GPtrArray *problems;
} MilFeed;

MilFeed *mil_feed_parse (GBytes *bytes, GError **error);
void     mil_feed_free (MilFeed *self);
gboolean mil_gtin_is_valid (const char *gtin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilFeed, mil_feed_free)

G_END_DECLS
