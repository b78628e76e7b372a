/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilVariantInfo:
 * @id: variant id, what a basket line and a checkout name
 * @title: "Blue, large"
 * @options: "Colour: blue", "Size: large"
 * @price: at the store
 * @home_price: about that much in the home currency
 * @image: (nullable): picture address for #MilPictureCache
 * @available: whether it can be bought now
 *
 * One of the forms a product comes in.
 */
typedef struct
{
  char     *id;
  char     *title;
  GStrv     options;
  MilMoney  price;
  MilMoney  home_price;
  char     *image;
  gboolean  available;
} MilVariantInfo;

#define MIL_TYPE_VARIANT (mil_variant_get_type ())

G_DECLARE_FINAL_TYPE (MilVariant, mil_variant, MIL, VARIANT, MilRecord)

MilVariant *mil_variant_new (const MilVariantInfo *info);
const MilVariantInfo *mil_variant_get_info (MilVariant *self);

G_END_DECLS
