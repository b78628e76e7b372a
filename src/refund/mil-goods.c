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

/* Other words under which shops and tills file the same goods. */
static const struct
{
  const char *word;
  MilGoods    goods;
} goods_words[] = {
  { "goods", MIL_GOODS_GENERAL },
  { "merchandise", MIL_GOODS_GENERAL },
  { "souvenirs", MIL_GOODS_GENERAL },
  { "toys", MIL_GOODS_GENERAL },
  { "furniture", MIL_GOODS_GENERAL },
  { "household", MIL_GOODS_GENERAL },
  { "ceramics", MIL_GOODS_GENERAL },
  { "textiles", MIL_GOODS_GENERAL },
  { "sports", MIL_GOODS_GENERAL },
  { "retail", MIL_GOODS_GENERAL },
  { "standard", MIL_GOODS_GENERAL },
  { "clothes", MIL_GOODS_CLOTHING },
  { "apparel", MIL_GOODS_CLOTHING },
  { "fashion", MIL_GOODS_CLOTHING },
  { "garments", MIL_GOODS_CLOTHING },
  { "footwear", MIL_GOODS_SHOES },
  { "leather-goods", MIL_GOODS_LEATHER },
  { "handbags", MIL_GOODS_LEATHER },
  { "bags", MIL_GOODS_LEATHER },
  { "handicrafts", MIL_GOODS_CRAFTS },
  { "handicraft", MIL_GOODS_CRAFTS },
  { "perfume", MIL_GOODS_COSMETICS },
  { "perfumes", MIL_GOODS_COSMETICS },
  { "fragrance", MIL_GOODS_COSMETICS },
  { "beauty", MIL_GOODS_COSMETICS },
  { "make-up", MIL_GOODS_COSMETICS },
  { "electronic-goods", MIL_GOODS_ELECTRONICS },
  { "phones", MIL_GOODS_ELECTRONICS },
  { "cameras", MIL_GOODS_ELECTRONICS },
  { "computers", MIL_GOODS_ELECTRONICS },
  { "computer", MIL_GOODS_ELECTRONICS },
  { "jewelry", MIL_GOODS_JEWELLERY },
  { "jewels", MIL_GOODS_JEWELLERY },
  { "watch", MIL_GOODS_WATCHES },
  { "luxury-goods", MIL_GOODS_LUXURY },
  { "gold-bullion", MIL_GOODS_GOLD },
  { "bullion", MIL_GOODS_GOLD },
  { "investment-gold", MIL_GOODS_GOLD },
  { "gemstones", MIL_GOODS_GEMS },
  { "precious-stones", MIL_GOODS_GEMS },
  { "loose-gems", MIL_GOODS_GEMS },
  { "diamonds", MIL_GOODS_GEMS },
  { "foods", MIL_GOODS_FOOD },
  { "groceries", MIL_GOODS_FOOD },
  { "grocery", MIL_GOODS_FOOD },
  { "foodstuffs", MIL_GOODS_FOOD },
  { "drinks", MIL_GOODS_DRINK },
  { "soft-drinks", MIL_GOODS_DRINK },
  { "beverages", MIL_GOODS_DRINK },
  { "alcoholic-drinks", MIL_GOODS_ALCOHOL },
  { "alcoholic-beverages", MIL_GOODS_ALCOHOL },
  { "wine", MIL_GOODS_ALCOHOL },
  { "wines", MIL_GOODS_ALCOHOL },
  { "beer", MIL_GOODS_ALCOHOL },
  { "spirits", MIL_GOODS_ALCOHOL },
  { "liquor", MIL_GOODS_ALCOHOL },
  { "cigarettes", MIL_GOODS_TOBACCO },
  { "cigars", MIL_GOODS_TOBACCO },
  { "tobacco-products", MIL_GOODS_TOBACCO },
  { "e-cigarettes", MIL_GOODS_TOBACCO },
  { "magazines", MIL_GOODS_NEWSPAPERS },
  { "periodicals", MIL_GOODS_NEWSPAPERS },
  { "medication", MIL_GOODS_MEDICINE },
  { "pharmaceuticals", MIL_GOODS_MEDICINE },
  { "pharmacy", MIL_GOODS_MEDICINE },
  { "antiques", MIL_GOODS_CULTURAL },
  { "cultural", MIL_GOODS_CULTURAL },
  { "cultural-property", MIL_GOODS_CULTURAL },
  { "arms", MIL_GOODS_WEAPONS },
  { "guns", MIL_GOODS_WEAPONS },
  { "firearms", MIL_GOODS_WEAPONS },
  { "ammunition", MIL_GOODS_WEAPONS },
  { "swords", MIL_GOODS_WEAPONS },
  { "petrol", MIL_GOODS_FUEL },
  { "gasoline", MIL_GOODS_FUEL },
  { "diesel", MIL_GOODS_FUEL },
  { "petroleum", MIL_GOODS_FUEL },
  { "car", MIL_GOODS_VEHICLE },
  { "cars", MIL_GOODS_VEHICLE },
  { "motor-vehicle", MIL_GOODS_VEHICLE },
  { "motor-vehicles", MIL_GOODS_VEHICLE },
  { "means-of-transport", MIL_GOODS_VEHICLE },
  { "car-parts", MIL_GOODS_VEHICLE_PARTS },
  { "vehicle-equipment", MIL_GOODS_VEHICLE_PARTS },
  { "spare-parts", MIL_GOODS_VEHICLE_PARTS },
  { "extended-warranty", MIL_GOODS_WARRANTY },
  { "meal", MIL_GOODS_RESTAURANT },
  { "meals", MIL_GOODS_RESTAURANT },
  { "restaurants", MIL_GOODS_RESTAURANT },
  { "dining", MIL_GOODS_RESTAURANT },
  { "catering", MIL_GOODS_RESTAURANT },
  { "accommodation", MIL_GOODS_HOTEL },
  { "lodging", MIL_GOODS_HOTEL },
  { "hotels", MIL_GOODS_HOTEL },
  { "transportation", MIL_GOODS_TRANSPORT },
  { "travel", MIL_GOODS_TRANSPORT },
  { "tickets", MIL_GOODS_TRANSPORT },
  { "medical", MIL_GOODS_COSMETIC_SURGERY },
  { "medical-service", MIL_GOODS_COSMETIC_SURGERY },
  { "cosmetic-treatment", MIL_GOODS_COSMETIC_SURGERY },
  { "gift-cards", MIL_GOODS_GIFT_CARD },
  { "voucher", MIL_GOODS_GIFT_CARD },
  { "vouchers", MIL_GOODS_GIFT_CARD },
  { "gift-voucher", MIL_GOODS_GIFT_CARD },
};

/**
 * mil_goods_recognise:
 * @text: what a till, a shop or another program calls the goods, UTF-8, in any case, words parted by spaces,
 *   hyphens or underscores
 *
 * Reads a category that was not written for this program: names of mil_goods_name(), their plurals and
 * singulars, and other common English words for the same goods.
 *
 * Returns: the kind of goods, %MIL_GOODS_OTHER if the words are not known
 */
MilGoods
mil_goods_recognise (const char *text)
{
  g_autofree char *name = NULL, *singular = NULL, *plural = NULL;
  MilGoods         goods;

  g_return_val_if_fail (text != NULL, MIL_GOODS_OTHER);

  name = g_utf8_strdown (text, -1);
  g_strdelimit (g_strstrip (name), " _", '-');
  plural = g_strconcat (name, "s", NULL);
  singular = g_str_has_suffix (name, "s") ? g_strndup (name, strlen (name) - 1) : g_strdup (name);
  if (mil_goods_parse (name, &goods) || mil_goods_parse (plural, &goods) || mil_goods_parse (singular, &goods))
    return goods;
  for (guint i = 0; i < G_N_ELEMENTS (goods_words); i++)
    {
      if (g_str_equal (goods_words[i].word, name) || g_str_equal (goods_words[i].word, plural))
        return goods_words[i].goods;
    }
  return MIL_GOODS_OTHER;
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
