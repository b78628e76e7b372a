/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/catalogue/mil-feed.h"

#include <glib/gi18n.h>
#include <libxml/xmlreader.h>
#include <string.h>

#include "base/mil-error.h"

#define G_NAMESPACE "http://base.google.com/ns/1.0"
#define MAX_TEXT_BYTES 20000
#define MAX_DEPTH 16
#define MAX_PROBLEMS 1000
#define MAX_IMAGES 10
#define MAX_SHIPPING 300

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextReader, xmlFreeTextReader)

/* The fields of an item that are kept, with the most characters each may have: the limits are those
 * of the Google Merchant product data specification. */
static const struct
{
  const char *name;
  glong       most;
} known_fields[] = {
  { "id", 50 },
  { "item_group_id", 50 },
  { "title", 150 },
  { "description", 5000 },
  { "link", 2000 },
  { "price", 40 },
  { "sale_price", 40 },
  { "availability", 40 },
  { "brand", 70 },
  { "gtin", 50 },
  { "product_type", 750 },
  { "google_product_category", 750 },
  { "tax_category", 100 },
  { "color", 100 },
  { "size", 100 },
  { "adult", 10 },
};

typedef struct
{
  MilFeed    *feed;
  GHashTable *seen;
  /* The item being read: name of field -> text. */
  GHashTable *fields;
  GPtrArray  *images;
  GArray     *shipping;
  guint       item_line;
  gboolean    bad_shipping;
  /* The g:shipping being read inside the item. */
  char *ship_country;
  char *ship_price;
  /* The element being read inside the item. */
  char    *field;
  GString *text;
  char    *syntax_error;
  gboolean in_item;
  gboolean has_channel;
} Reader;

static void
item_free (gpointer data)
{
  MilFeedItem *item = data;

  g_free (item->id);
  g_free (item->group);
  g_free (item->title);
  g_free (item->description);
  g_free (item->link);
  g_ptr_array_unref (item->images);
  g_free (item->brand);
  g_free (item->gtin);
  g_free (item->product_type);
  g_free (item->google_category);
  g_free (item->tax_category);
  g_free (item->color);
  g_free (item->size);
  g_array_unref (item->shipping);
  g_free (item);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilFeedItem, item_free)

static void
problem_free (gpointer data)
{
  MilFeedProblem *problem = data;

  g_free (problem->id);
  g_free (problem->product);
  g_free (problem->message);
  g_free (problem);
}

/**
 * mil_feed_free:
 * @self: (transfer full) (nullable): a feed
 *
 * Frees a feed and its items.
 */
void
mil_feed_free (MilFeed *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static void
reader_clear (Reader *self)
{
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->fields);
  g_ptr_array_unref (self->images);
  g_array_unref (self->shipping);
  g_free (self->ship_country);
  g_free (self->ship_price);
  g_free (self->field);
  g_string_free (self->text, TRUE);
  g_free (self->syntax_error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/**
 * mil_gtin_is_valid:
 * @gtin: digits
 *
 * Whether this is a GTIN-8, -12, -13 or -14 whose check digit (GS1 modulo 10) is right.
 *
 * Returns: %TRUE if it is
 */
gboolean
mil_gtin_is_valid (const char *gtin)
{
  gsize length;
  guint sum = 0;

  g_return_val_if_fail (gtin != NULL, FALSE);

  length = strlen (gtin);
  if (length != 8 && (length < 12 || length > 14))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (gtin[i]))
        return FALSE;
      sum += (guint) (gtin[i] - '0') * ((length - i) % 2 == 0 ? 3 : 1);
    }
  return sum % 10 == 0;
}

static void report (Reader *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
report (Reader *self, const char *format, ...)
{
  MilFeedProblem *problem;
  va_list         arguments;

  if (self->feed->problems->len >= MAX_PROBLEMS)
    return;
  problem = g_new0 (MilFeedProblem, 1);
  problem->line = self->item_line;
  problem->id = g_strdup (g_hash_table_lookup (self->fields, "id"));
  problem->product = g_strdup (g_hash_table_lookup (self->fields, "item_group_id"));
  if (problem->product == NULL)
    problem->product = g_strdup (problem->id);
  va_start (arguments, format);
  problem->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->feed->problems, problem);
}

/* "15.00 EUR", as the feed specification writes prices. */
static gboolean
parse_price (const char *text, MilMoney *money)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 3);

  return g_strv_length (parts) == 2 && mil_money_parse (parts[0], parts[1], money, NULL) && money->minor >= 0;
}

static gboolean
check_prices (Reader *self, MilFeedItem *item)
{
  const char *price = g_hash_table_lookup (self->fields, "price");
  const char *sale_price = g_hash_table_lookup (self->fields, "sale_price");

  if (price == NULL || !parse_price (price, &item->price))
    {
      report (self, _ ("The price must be a number, a space and a currency code, like “15.00 EUR”."));
      return FALSE;
    }
  if (sale_price == NULL)
    return TRUE;
  if (!parse_price (sale_price, &item->sale_price) || !g_str_equal (item->sale_price.currency, item->price.currency)
      || item->sale_price.minor >= item->price.minor)
    {
      report (self, _ ("The sale price must be lower than the price, in the same currency."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_availability (Reader *self, MilFeedItem *item)
{
  const char      *text = g_hash_table_lookup (self->fields, "availability");
  g_autofree char *word = g_strdelimit (g_ascii_strdown (text != NULL ? text : "", -1), " ", '_');

  item->available = g_str_equal (word, "in_stock");
  if (item->available || g_str_equal (word, "out_of_stock") || g_str_equal (word, "preorder")
      || g_str_equal (word, "backorder"))
    return TRUE;
  report (self, _ ("The availability must be in_stock, out_of_stock, preorder or backorder."));
  return FALSE;
}

static gboolean
check_text (Reader *self)
{
  static const char *const needed[] = { "id", "title", "price", "availability" };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      const char *text = g_hash_table_lookup (self->fields, needed[i]);

      if (text == NULL || *text == '\0')
        {
          report (self, _ ("The field “%s” is missing."), needed[i]);
          return FALSE;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (known_fields); i++)
    {
      const char *text = g_hash_table_lookup (self->fields, known_fields[i].name);

      if (text != NULL && g_utf8_strlen (text, -1) > known_fields[i].most)
        {
          report (self,
                  _ ("The field “%s” is longer than %ld characters."),
                  known_fields[i].name,
                  known_fields[i].most);
          return FALSE;
        }
    }
  return TRUE;
}

/* Countries of g:shipping, in the currency of the price. */
static gboolean
check_shipping (Reader *self, MilFeedItem *item)
{
  gboolean good = !self->bad_shipping;

  for (guint i = 0; i < self->shipping->len && good; i++)
    good = g_str_equal (g_array_index (self->shipping, MilFeedShipping, i).price.currency, item->price.currency);
  if (!good)
    report (self, _ ("Each shipping needs a country code and a price in the currency of the item."));
  return good;
}

static char *
take (Reader *self, const char *name)
{
  return g_strdup (g_hash_table_lookup (self->fields, name));
}

static MilFeedItem *
make_item (Reader *self)
{
  MilFeedItem *item = g_new0 (MilFeedItem, 1);

  item->id = take (self, "id");
  item->group = take (self, "item_group_id");
  item->title = take (self, "title");
  item->description = take (self, "description");
  if (item->description == NULL)
    item->description = g_strdup ("");
  item->link = take (self, "link");
  item->brand = take (self, "brand");
  item->gtin = take (self, "gtin");
  item->product_type = take (self, "product_type");
  item->google_category = take (self, "google_product_category");
  item->tax_category = take (self, "tax_category");
  item->color = take (self, "color");
  item->size = take (self, "size");
  item->adult = g_strcmp0 (g_hash_table_lookup (self->fields, "adult"), "yes") == 0;
  item->images = g_ptr_array_ref (self->images);
  item->shipping = g_array_ref (self->shipping);
  return item;
}

static void
finish_item (Reader *self)
{
  g_autoptr (MilFeedItem) item = make_item (self);

  if (!check_text (self) || !check_prices (self, item) || !check_availability (self, item) || !check_shipping (self, item))
    return;
  if (item->gtin != NULL && !mil_gtin_is_valid (item->gtin))
    {
      report (self, _ ("The GTIN “%s” is not one: its length or its check digit is wrong."), item->gtin);
      return;
    }
  if (!g_hash_table_add (self->seen, take (self, "id")))
    {
      report (self, _ ("Another item of the feed has the same identifier."));
      return;
    }
  g_ptr_array_add (self->feed->items, g_steal_pointer (&item));
}

static void
start_item (Reader *self, xmlTextReader *reader)
{
  self->in_item = TRUE;
  self->bad_shipping = FALSE;
  self->item_line = (guint) MAX (1, xmlTextReaderGetParserLineNumber (reader));
  g_hash_table_remove_all (self->fields);
  g_ptr_array_unref (self->images);
  self->images = g_ptr_array_new_with_free_func (g_free);
  g_array_unref (self->shipping);
  self->shipping = g_array_new (FALSE, TRUE, sizeof (MilFeedShipping));
}

static void
finish_shipping (Reader *self)
{
  MilFeedShipping shipping = { 0 };

  if (self->ship_country == NULL || strlen (self->ship_country) != 2 || self->ship_price == NULL
      || !parse_price (self->ship_price, &shipping.price))
    self->bad_shipping = TRUE;
  else if (self->shipping->len < MAX_SHIPPING)
    {
      g_strlcpy (shipping.country, self->ship_country, sizeof shipping.country);
      g_array_append_val (self->shipping, shipping);
    }
  g_clear_pointer (&self->ship_country, g_free);
  g_clear_pointer (&self->ship_price, g_free);
}

/* Text of the element at @depth has ended. */
static void
finish_field (Reader *self, int depth)
{
  g_autofree char *text = g_strstrip (g_strdup (self->text->str));

  if (depth == 4 && g_str_equal (self->field, "country"))
    g_set_str (&self->ship_country, text);
  else if (depth == 4 && g_str_equal (self->field, "price"))
    g_set_str (&self->ship_price, text);
  else if (depth != 3)
    return;
  else if (g_str_equal (self->field, "image_link"))
    g_ptr_array_insert (self->images, 0, g_steal_pointer (&text));
  else if (g_str_equal (self->field, "additional_image_link"))
    {
      if (self->images->len < MAX_IMAGES)
        g_ptr_array_add (self->images, g_steal_pointer (&text));
    }
  /* A feed has the g: field or the plain RSS one; with both, the first counts. */
  else if (!g_hash_table_contains (self->fields, self->field))
    g_hash_table_insert (self->fields, g_strdup (self->field), g_steal_pointer (&text));
}

static gboolean
is_known_field (const char *name)
{
  if (g_str_equal (name, "image_link") || g_str_equal (name, "additional_image_link") || g_str_equal (name, "shipping"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (known_fields); i++)
    if (g_str_equal (known_fields[i].name, name))
      return TRUE;
  return FALSE;
}

static gboolean
start_element (Reader *self, xmlTextReader *reader, GError **error)
{
  const char *name = (const char *) xmlTextReaderConstLocalName (reader);
  const char *space = (const char *) xmlTextReaderConstNamespaceUri (reader);
  int         depth = xmlTextReaderDepth (reader);

  if (depth == 0 && !g_str_equal (name, "rss"))
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("This is not an RSS 2.0 product feed."));
      return FALSE;
    }
  if (depth == 1 && g_str_equal (name, "channel"))
    self->has_channel = TRUE;
  g_string_truncate (self->text, 0);
  g_clear_pointer (&self->field, g_free);
  if (depth == 2 && space == NULL && g_str_equal (name, "item"))
    start_item (self, reader);
  else if (depth == 2 && g_str_equal (name, "title"))
    self->field = g_strdup ("title");
  else if (self->in_item && (space == NULL || g_str_equal (space, G_NAMESPACE))
           && ((depth == 3 && is_known_field (name)) || depth == 4))
    self->field = g_strdup (name);
  return TRUE;
}

static gboolean
end_element (Reader *self, xmlTextReader *reader, GError **error)
{
  int         depth = xmlTextReaderDepth (reader);
  const char *name = (const char *) xmlTextReaderConstLocalName (reader);

  if (depth == 3 && self->in_item && g_str_equal (name, "shipping"))
    finish_shipping (self);
  else if (depth >= 3 && self->field != NULL)
    finish_field (self, depth);
  else if (depth == 2 && self->in_item)
    {
      self->in_item = FALSE;
      if (self->feed->items->len >= MIL_FEED_MAX_ITEMS)
        {
          mil_error_set (error, MIL_ERROR_TOO_LARGE, _ ("The feed has more than %d items."), MIL_FEED_MAX_ITEMS);
          return FALSE;
        }
      finish_item (self);
    }
  else if (depth == 2 && self->field != NULL && self->feed->title == NULL)
    self->feed->title = g_strstrip (g_strdup (self->text->str));
  g_clear_pointer (&self->field, g_free);
  return TRUE;
}

static gboolean
take_node (Reader *self, xmlTextReader *reader, GError **error)
{
  if (xmlTextReaderDepth (reader) > MAX_DEPTH)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The feed is nested too deeply."));
      return FALSE;
    }
  switch (xmlTextReaderNodeType (reader))
    {
    case XML_READER_TYPE_ELEMENT:
      if (!start_element (self, reader, error))
        return FALSE;
      return !xmlTextReaderIsEmptyElement (reader) || end_element (self, reader, error);
    case XML_READER_TYPE_END_ELEMENT:
      return end_element (self, reader, error);
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
      if (self->field != NULL && self->text->len < MAX_TEXT_BYTES)
        g_string_append (self->text, (const char *) xmlTextReaderConstValue (reader));
      return TRUE;
    case XML_READER_TYPE_DOCUMENT_TYPE:
    case XML_READER_TYPE_ENTITY_REFERENCE:
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("A feed may not define a document type or entities of its own."));
      return FALSE;
    default:
      return TRUE;
    }
}

static void
on_syntax_error (void *data, xmlErrorPtr problem)
{
  Reader *self = data;

  if (self->syntax_error == NULL && problem->level >= XML_ERR_ERROR)
    self->syntax_error = g_strdup_printf (_ ("The feed is not well-formed XML at line %d: %s"),
                                          problem->line,
                                          problem->message != NULL ? g_strchomp (problem->message) : "");
}

static gboolean
read_all (Reader *self, xmlTextReader *reader, GError **error)
{
  int more;

  while ((more = xmlTextReaderRead (reader)) == 1)
    if (!take_node (self, reader, error))
      return FALSE;
  if (more < 0 || self->syntax_error != NULL)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, "%s", self->syntax_error != NULL ? self->syntax_error : _ ("The feed is not well-formed XML."));
      return FALSE;
    }
  if (!self->has_channel)
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("This is not an RSS 2.0 product feed."));
      return FALSE;
    }
  return TRUE;
}

/**
 * mil_feed_parse:
 * @bytes: a whole feed
 * @error: return location
 *
 * Reads a Google Merchant product feed in RSS 2.0 with the `g:` namespace. Nothing outside @bytes
 * is opened: no network, no external entities, no XInclude; a document type is refused. A feed is
 * a full snapshot, so one that is cut off or not well-formed is an error as a whole and never half
 * a snapshot; an item that is wrong in itself becomes a problem and does not harm the others.
 *
 * Format: the Google Merchant Center product data specification and its RSS 2.0 page.
 *
 * Returns: (transfer full): the feed, or %NULL with @error set to %MIL_ERROR_UNREADABLE or
 *   %MIL_ERROR_TOO_LARGE
 */
MilFeed *
mil_feed_parse (GBytes *bytes, GError **error)
{
  g_autoptr (MilFeed) feed = g_new0 (MilFeed, 1);
  g_auto (Reader) self = { .feed = feed,
                           .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                           .fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                           .images = g_ptr_array_new_with_free_func (g_free),
                           .shipping = g_array_new (FALSE, TRUE, sizeof (MilFeedShipping)),
                           .text = g_string_new (NULL) };
  g_autoptr (xmlTextReader) reader = NULL;
  const char *data;
  gsize       size;

  feed->items = g_ptr_array_new_with_free_func (item_free);
  feed->problems = g_ptr_array_new_with_free_func (problem_free);
  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size == 0 || size > MIL_FEED_MAX_BYTES)
    {
      mil_error_set (error,
                     size == 0 ? MIL_ERROR_UNREADABLE : MIL_ERROR_TOO_LARGE,
                     size == 0 ? _ ("The feed is empty.") : _ ("The feed is larger than 32 MiB."));
      return NULL;
    }
  reader = xmlReaderForMemory (data, (int) size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
  if (reader == NULL)
    {
      mil_error_set (error, MIL_ERROR_FAILED, _ ("The feed could not be opened."));
      return NULL;
    }
  xmlTextReaderSetStructuredErrorHandler (reader, on_syntax_error, &self);
  if (!read_all (&self, reader, error))
    return NULL;
  return g_steal_pointer (&feed);
}
