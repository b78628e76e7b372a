/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-record.h"

G_BEGIN_DECLS

/**
 * MilStoreInfo:
 * @id: slug
 * @name: as people know it
 * @country: ISO 3166 code
 * @city: (nullable): where it is
 * @address: (nullable): street and number
 * @vat_id: (nullable): VAT number of the seller
 * @currency: ISO 4217 code of its prices
 * @categories: slugs of what it sells
 * @story: (nullable): a paragraph about it
 * @logo: (nullable): picture address for #MilPictureCache
 * @programme: (nullable): "marco-polo" for the small makers' programme
 * @tax_free: (nullable): id of the refund operator, %NULL where it issues no tax-free forms
 * @endpoint: where its commerce endpoints start
 *
 * A store, as the service knows it.
 */
typedef struct
{
  char  *id;
  char  *name;
  char  *country;
  char  *city;
  char  *address;
  char  *vat_id;
  char  *currency;
  GStrv  categories;
  char  *story;
  char  *logo;
  char  *programme;
  char  *tax_free;
  char  *endpoint;
} MilStoreInfo;

#define MIL_TYPE_STORE (mil_store_get_type ())

G_DECLARE_FINAL_TYPE (MilStore, mil_store, MIL, STORE, MilRecord)

MilStore *mil_store_new (const MilStoreInfo *info);
const MilStoreInfo *mil_store_get_info (MilStore *self);

G_END_DECLS
