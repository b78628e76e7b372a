/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilGoods:
 * @MIL_GOODS_GENERAL: goods at the standard rate, nothing special about them
 * @MIL_GOODS_OTHER: a category that the program does not know; treated as general, and said so
 *
 * What a line of a receipt is, as far as refund schemes tell goods apart. The names on the wire are
 * those of mil_goods_name(): "general", "food", "personal-vehicle-parts" and so on.
 */
typedef enum
{
  MIL_GOODS_GENERAL,
  MIL_GOODS_OTHER,
  MIL_GOODS_CLOTHING,
  MIL_GOODS_SHOES,
  MIL_GOODS_LEATHER,
  MIL_GOODS_CRAFTS,
  MIL_GOODS_COSMETICS,
  MIL_GOODS_ELECTRONICS,
  MIL_GOODS_JEWELLERY,
  MIL_GOODS_WATCHES,
  MIL_GOODS_LUXURY,
  MIL_GOODS_GOLD,
  MIL_GOODS_GEMS,
  MIL_GOODS_FOOD,
  MIL_GOODS_DRINK,
  MIL_GOODS_ALCOHOL,
  MIL_GOODS_TOBACCO,
  MIL_GOODS_BOOKS,
  MIL_GOODS_NEWSPAPERS,
  MIL_GOODS_MEDICINE,
  MIL_GOODS_CULTURAL,
  MIL_GOODS_WEAPONS,
  MIL_GOODS_CHEMICALS,
  MIL_GOODS_FUEL,
  MIL_GOODS_VEHICLE,
  MIL_GOODS_VEHICLE_PARTS,
  MIL_GOODS_PLANTS,
  MIL_GOODS_SERVICE,
  MIL_GOODS_WARRANTY,
  MIL_GOODS_RESTAURANT,
  MIL_GOODS_HOTEL,
  MIL_GOODS_TRANSPORT,
  MIL_GOODS_COSMETIC_SURGERY,
  MIL_GOODS_GIFT_CARD,
  MIL_GOODS_LAST = MIL_GOODS_GIFT_CARD,
} MilGoods;

const char *mil_goods_name (MilGoods goods);
gboolean    mil_goods_parse (const char *name, MilGoods *goods);
MilGoods    mil_goods_recognise (const char *text);
const char *mil_goods_label (MilGoods goods);
gboolean    mil_goods_is_service (MilGoods goods);

G_END_DECLS
