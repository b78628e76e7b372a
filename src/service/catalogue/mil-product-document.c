/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/catalogue/mil-product-document.h"

#include <string.h>

#include "service/http/mil-reply.h"

/* Which kind of goods, as refund schemes tell them apart, a word of `g:product_type` stands for.
 * The most telling word decides, so the list is in that order. */
static const struct
{
  const char *word;
  const char *goods;
} goods_of_words[] = {
  { "spirits", "alcohol" },  { "wine", "alcohol" },        { "remedies", "medicine" },
  { "watches", "watches" },  { "jewellery", "jewellery" }, { "shoes", "shoes" },
  { "belts", "leather" },    { "bags", "leather" },        { "small leather", "leather" },
  { "books", "books" },      { "food", "food" },           { "fashion", "clothing" },
  { "beauty", "cosmetics" }, { "tech", "electronics" },    { "ceramics", "crafts" },
  { "glass", "crafts" },
};

/**
 * mil_product_wire_id:
 * @store_id: a store
 * @feed_id: identifier in its feed
 *
 * Returns: (transfer full): what the product is called everywhere in the service
 */
char *
mil_product_wire_id (const char *store_id, const char *feed_id)
{
  return g_strconcat (store_id, ":", feed_id, NULL);
}

/**
 * mil_product_goods:
 * @item: an item
 *
 * Returns: what kind of goods it is for refund schemes: "general", "food" …
 */
const char *
mil_product_goods (const MilFeedItem *item)
{
  g_auto (GStrv) words = g_strsplit (item->product_type != NULL ? item->product_type : "", ">", 8);

  for (guint i = 0; words[i] != NULL; i++)
    g_strstrip (words[i]);
  for (guint i = 0; i < G_N_ELEMENTS (goods_of_words); i++)
    if (g_strv_contains ((const char *const *) words, goods_of_words[i].word))
      return goods_of_words[i].goods;
  return "general";
}

/**
 * mil_product_price:
 * @item: an item
 *
 * Returns: what it costs now
 */
MilMoney
mil_product_price (const MilFeedItem *item)
{
  return mil_money_is_set (item->sale_price) ? item->sale_price : item->price;
}

/**
 * mil_product_label:
 * @item: an item
 *
 * Returns: (transfer full) (nullable): what tells it from other variants: "Cognac / M"
 */
char *
mil_product_label (const MilFeedItem *item)
{
  if (item->color != NULL && item->size != NULL)
    return g_strdup_printf ("%s / %s", item->color, item->size);
  return g_strdup (item->color != NULL ? item->color : item->size);
}

static void
add_description (JsonObject *object, const char *text)
{
  JsonObject *description = json_object_new ();

  json_object_set_string_member (description, "plain", text);
  json_object_set_object_member (object, "description", description);
}

static JsonArray *
media_of (const MilProductSource *source, const MilFeedItem *item)
{
  JsonArray *media = json_array_new ();

  for (guint i = 0; i < item->images->len; i++)
    {
      MilPicture      *picture = g_hash_table_lookup (source->pictures, item->images->pdata[i]);
      g_autofree char *url = NULL;
      JsonObject      *object;

      if (picture == NULL)
        continue;
      url = g_strdup_printf ("/media/%s.png", picture->hash);
      object = json_object_new ();
      json_object_set_string_member (object, "type", "image");
      json_object_set_string_member (object, "url", url);
      json_object_set_string_member (object, "alt_text", item->title);
      json_object_set_int_member (object, "width", picture->width);
      json_object_set_int_member (object, "height", picture->height);
      json_array_add_object_element (media, object);
    }
  return media;
}

static void
add_selected (JsonArray *options, const char *name, const char *label)
{
  JsonObject *option;

  if (label == NULL)
    return;
  option = json_object_new ();
  json_object_set_string_member (option, "name", name);
  json_object_set_string_member (option, "label", label);
  json_array_add_object_element (options, option);
}

static JsonObject *
variant_object (const MilProductSource *source, const MilFeedItem *item)
{
  g_autofree char *id = mil_product_wire_id (source->store_id, item->id);
  g_autofree char *label = mil_product_label (item);
  JsonObject      *variant = json_object_new ();
  JsonObject      *availability = json_object_new ();
  JsonArray       *options = json_array_new ();

  json_object_set_string_member (variant, "id", id);
  json_object_set_string_member (variant, "sku", item->id);
  json_object_set_string_member (variant, "title", label != NULL ? label : item->title);
  add_description (variant, item->description);
  mil_wire_add_money (variant, "price", mil_product_price (item));
  if (mil_money_is_set (item->sale_price))
    mil_wire_add_money (variant, "list_price", item->price);
  json_object_set_boolean_member (availability, "available", item->available);
  json_object_set_string_member (availability, "status", item->available ? "in_stock" : "out_of_stock");
  json_object_set_object_member (variant, "availability", availability);
  add_selected (options, "Color", item->color);
  add_selected (options, "Size", item->size);
  json_object_set_array_member (variant, "options", options);
  json_object_set_array_member (variant, "media", media_of (source, item));
  if (item->gtin != NULL)
    {
      JsonObject *barcode = json_object_new ();
      JsonArray  *barcodes = json_array_new ();

      json_object_set_string_member (barcode, "type", "GTIN");
      json_object_set_string_member (barcode, "value", item->gtin);
      json_array_add_object_element (barcodes, barcode);
      json_object_set_array_member (variant, "barcodes", barcodes);
    }
  return variant;
}

static void
add_price_range (JsonObject *product, GPtrArray *items)
{
  MilMoney    least = mil_product_price (items->pdata[0]);
  MilMoney    most = least;
  JsonObject *range = json_object_new ();

  for (guint i = 1; i < items->len; i++)
    {
      MilMoney price = mil_product_price (items->pdata[i]);

      if (price.minor < least.minor)
        least = price;
      if (price.minor > most.minor)
        most = price;
    }
  mil_wire_add_money (range, "min", least);
  mil_wire_add_money (range, "max", most);
  json_object_set_object_member (product, "price_range", range);
}

static void
add_category (JsonArray *categories, const char *taxonomy, const char *value)
{
  JsonObject *category;

  if (value == NULL)
    return;
  category = json_object_new ();
  json_object_set_string_member (category, "value", value);
  json_object_set_string_member (category, "taxonomy", taxonomy);
  json_array_add_object_element (categories, category);
}

/* The values of one option over all variants, each once. */
static void
add_option (JsonArray *options, GPtrArray *items, const char *name, gsize offset)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray  *values = json_array_new ();
  JsonObject *option;

  for (guint i = 0; i < items->len; i++)
    {
      char       *label = G_STRUCT_MEMBER (char *, items->pdata[i], offset);
      JsonObject *value;

      if (label == NULL || !g_hash_table_add (seen, label))
        continue;
      value = json_object_new ();
      json_object_set_string_member (value, "label", label);
      json_array_add_object_element (values, value);
    }
  if (json_array_get_length (values) == 0)
    {
      json_array_unref (values);
      return;
    }
  option = json_object_new ();
  json_object_set_string_member (option, "name", name);
  json_object_set_array_member (option, "values", values);
  json_array_add_object_element (options, option);
}

static JsonObject *
metadata_of (const MilProductSource *source, const MilFeedItem *item)
{
  JsonObject *metadata = json_object_new ();

  json_object_set_string_member (metadata, "store_id", source->store_id);
  json_object_set_string_member (metadata, "store_name", source->store_name);
  json_object_set_string_member (metadata, "country", source->country);
  json_object_set_string_member (metadata, "tax_category", mil_product_goods (item));
  json_object_set_string_member (metadata, "vat_rate", item->tax_category != NULL ? item->tax_category : "standard");
  json_object_set_string_member (metadata, "media_base", "/media/");
  if (item->brand != NULL)
    json_object_set_string_member (metadata, "brand", item->brand);
  if (item->adult)
    json_object_set_boolean_member (metadata, "adult", TRUE);
  return metadata;
}

/**
 * mil_product_document:
 * @source: what it is made from
 *
 * Returns: (transfer full): the product as UCP's catalogue shows it (`types/product.json`)
 */
JsonNode *
mil_product_document (const MilProductSource *source)
{
  const MilFeedItem *first = source->items->pdata[0];
  const char        *own_id = first->group != NULL ? first->group : first->id;
  g_autofree char   *id = mil_product_wire_id (source->store_id, own_id);
  JsonObject        *product = json_object_new ();
  JsonArray         *categories = json_array_new ();
  JsonArray         *options = json_array_new ();
  JsonArray         *variants = json_array_new ();

  json_object_set_string_member (product, "id", id);
  json_object_set_string_member (product, "title", first->title);
  add_description (product, first->description);
  if (first->link != NULL)
    json_object_set_string_member (product, "url", first->link);
  add_category (categories, "merchant", first->product_type);
  add_category (categories, "google_product_category", first->google_category);
  json_object_set_array_member (product, "categories", categories);
  add_price_range (product, source->items);
  json_object_set_array_member (product, "media", media_of (source, first));
  add_option (options, source->items, "Color", G_STRUCT_OFFSET (MilFeedItem, color));
  add_option (options, source->items, "Size", G_STRUCT_OFFSET (MilFeedItem, size));
  json_object_set_array_member (product, "options", options);
  for (guint i = 0; i < source->items->len; i++)
    json_array_add_object_element (variants, variant_object (source, source->items->pdata[i]));
  json_object_set_array_member (product, "variants", variants);
  json_object_set_object_member (product, "metadata", metadata_of (source, first));
  return mil_wire_node (product);
}

/**
 * mil_variant_document:
 * @source: what its product is made from
 * @item: the variant
 *
 * What a checkout must know of a variant besides its price.
 *
 * Returns: (transfer full): `{"title", "image", "goods", "vat_rate", "shipping":{"IT":600…}}`
 */
JsonNode *
mil_variant_document (const MilProductSource *source, const MilFeedItem *item)
{
  g_autofree char *label = mil_product_label (item);
  g_autofree char *title = label != NULL ? g_strdup_printf ("%s, %s", item->title, label) : g_strdup (item->title);
  JsonObject *variant = json_object_new ();
  JsonObject *shipping = json_object_new ();
  MilPicture *picture = NULL;

  json_object_set_string_member (variant, "title", title);
  json_object_set_string_member (variant, "goods", mil_product_goods (item));
  json_object_set_string_member (variant, "vat_rate", item->tax_category != NULL ? item->tax_category : "standard");
  if (item->images->len > 0)
    picture = g_hash_table_lookup (source->pictures, item->images->pdata[0]);
  if (picture != NULL)
    {
      g_autofree char *url = g_strdup_printf ("/media/%s.png", picture->hash);

      json_object_set_string_member (variant, "image", url);
    }
  for (guint i = 0; i < item->shipping->len; i++)
    {
      MilFeedShipping *to = &g_array_index (item->shipping, MilFeedShipping, i);

      json_object_set_int_member (shipping, to->country, to->price.minor);
    }
  json_object_set_object_member (variant, "shipping", shipping);
  return mil_wire_node (variant);
}
