/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-goods.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  const char *label;
} GoodsInfo;

static const GoodsInfo goods_info[] = {
  [MIL_GOODS_GENERAL] = { "general", NC_ ("goods", "Other goods") },
  [MIL_GOODS_OTHER] = { "other", NC_ ("goods", "Goods of another kind") },
  [MIL_GOODS_CLOTHING] = { "clothing", NC_ ("goods", "Clothing") },
  [MIL_GOODS_SHOES] = { "shoes", NC_ ("goods", "Shoes") },
  [MIL_GOODS_LEATHER] = { "leather", NC_ ("goods", "Leather goods") },
  [MIL_GOODS_CRAFTS] = { "crafts", NC_ ("goods", "Crafts") },
  [MIL_GOODS_COSMETICS] = { "cosmetics", NC_ ("goods", "Cosmetics") },
  [MIL_GOODS_ELECTRONICS] = { "electronics", NC_ ("goods", "Electronics") },
  [MIL_GOODS_JEWELLERY] = { "jewellery", NC_ ("goods", "Jewellery") },
  [MIL_GOODS_WATCHES] = { "watches", NC_ ("goods", "Watches") },
  [MIL_GOODS_LUXURY] = { "luxury", NC_ ("goods", "Luxury goods") },
  [MIL_GOODS_GOLD] = { "gold", NC_ ("goods", "Investment gold") },
  [MIL_GOODS_GEMS] = { "gems", NC_ ("goods", "Loose gemstones") },
  [MIL_GOODS_FOOD] = { "food", NC_ ("goods", "Food") },
  [MIL_GOODS_DRINK] = { "drink", NC_ ("goods", "Soft drinks") },
  [MIL_GOODS_ALCOHOL] = { "alcohol", NC_ ("goods", "Alcoholic drinks") },
  [MIL_GOODS_TOBACCO] = { "tobacco", NC_ ("goods", "Tobacco") },
  [MIL_GOODS_BOOKS] = { "books", NC_ ("goods", "Books") },
  [MIL_GOODS_NEWSPAPERS] = { "newspapers", NC_ ("goods", "Newspapers and magazines") },
  [MIL_GOODS_MEDICINE] = { "medicine", NC_ ("goods", "Medicine") },
  [MIL_GOODS_CULTURAL] = { "cultural-goods", NC_ ("goods", "Antiques and cultural goods") },
  [MIL_GOODS_WEAPONS] = { "weapons", NC_ ("goods", "Weapons") },
  [MIL_GOODS_CHEMICALS] = { "chemicals", NC_ ("goods", "Chemicals") },
  [MIL_GOODS_FUEL] = { "fuel", NC_ ("goods", "Fuel") },
  [MIL_GOODS_VEHICLE] = { "vehicle", NC_ ("goods", "Vehicles") },
  [MIL_GOODS_VEHICLE_PARTS] = { "vehicle-parts", NC_ ("goods", "Vehicle parts and equipment") },
  [MIL_GOODS_PLANTS] = { "plants", NC_ ("goods", "Plants") },
  [MIL_GOODS_SERVICE] = { "service", NC_ ("goods", "Services") },
  [MIL_GOODS_WARRANTY] = { "warranty", NC_ ("goods", "Extended warranty") },
  [MIL_GOODS_RESTAURANT] = { "restaurant", NC_ ("goods", "Meals in restaurants") },
  [MIL_GOODS_HOTEL] = { "hotel", NC_ ("goods", "Hotel stays") },
  [MIL_GOODS_TRANSPORT] = { "transport", NC_ ("goods", "Transport") },
  [MIL_GOODS_COSMETIC_SURGERY] = { "cosmetic-surgery", NC_ ("goods", "Cosmetic treatments") },
  [MIL_GOODS_GIFT_CARD] = { "gift-card", NC_ ("goods", "Gift cards") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (goods_info) == MIL_GOODS_LAST + 1);
G_STATIC_ASSERT (MIL_GOODS_LAST < 64);

/**
 * mil_goods_name:
 * @goods: a kind of goods
 *
 * Returns: its stable name, as files and requests use it
 */
const char *
mil_goods_name (MilGoods goods)
{
  g_return_val_if_fail ((guint) goods <= MIL_GOODS_LAST, NULL);

  return goods_info[goods].name;
}

/**
 * mil_goods_parse:
 * @name: a name of goods
 * @goods: (out): the kind of goods; %MIL_GOODS_OTHER if the name is not known
 *
 * Returns: whether the name is known
 */
gboolean
mil_goods_parse (const char *name, MilGoods *goods)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (goods != NULL, FALSE);

  for (guint i = 0; i <= MIL_GOODS_LAST; i++)
    {
      if (g_str_equal (goods_info[i].name, name))
        {
          *goods = i;
          return TRUE;
        }
    }
  *goods = MIL_GOODS_OTHER;
  return FALSE;
}

/**
 * mil_goods_label:
 * @goods: a kind of goods
 *
 * Returns: its translated name for a person
 */
const char *
mil_goods_label (MilGoods goods)
{
  g_return_val_if_fail ((guint) goods <= MIL_GOODS_LAST, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "goods", goods_info[goods].label);
}

/**
 * mil_goods_is_service:
 * @goods: a kind of goods
 *
 * Services are used up where they are bought, so no scheme gives their tax back (article 147 of
 * Directive 2006/112/EC speaks of goods carried in personal luggage; the others do alike).
 *
 * Returns: whether it is no goods at all but a service or a voucher
 */
gboolean
mil_goods_is_service (MilGoods goods)
{
  switch (goods)
    {
    case MIL_GOODS_SERVICE:
    case MIL_GOODS_WARRANTY:
    case MIL_GOODS_RESTAURANT:
    case MIL_GOODS_HOTEL:
    case MIL_GOODS_TRANSPORT:
    case MIL_GOODS_COSMETIC_SURGERY:
    case MIL_GOODS_GIFT_CARD:
      return TRUE;
    default:
      return FALSE;
    }
}
