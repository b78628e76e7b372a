/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-answers.h"

#include "traveller/mil-balance.h"
#include "traveller/mil-claim-event.h"
#include "traveller/mil-order-line.h"
#include "traveller/mil-product-item.h"
#include "traveller/mil-variant.h"
#include "traveller/mil-wallet-entry.h"

#include <glib/gi18n.h>

#define MAX_ROWS 1000
#define MAX_MEDIA 40
#define ID 200
#define NAME 400
#define URL 2000
#define TEXT 40000

/**
 * mil_answer_money:
 * @reader: a reader in an object
 * @member: name of `{"amount": minor units, "currency": "EUR"}`
 *
 * Returns: the amount; what is wrong with it stays in the reader
 */
MilMoney
mil_answer_money (MilJson *reader, const char *member)
{
  MilMoney money = { 0 };

  g_return_val_if_fail (reader != NULL && member != NULL, money);

  if (mil_json_enter (reader, member))
    {
      gint64      minor = mil_json_int (reader, "amount", -G_MAXINT64, G_MAXINT64);
      const char *currency = mil_json_string (reader, "currency", 3);
      if (strlen (currency) == 3)
        money = mil_money (minor, currency);
      else
        mil_json_fail (reader, "currency", "expected an ISO 4217 code");
    }
  mil_json_leave (reader);
  return money;
}

/**
 * mil_answer_money_optional:
 * @reader: a reader in an object
 * @member: name of an amount that need not be there
 *
 * Returns: the amount, unset where it is not there
 */
MilMoney
mil_answer_money_optional (MilJson *reader, const char *member)
{
  g_return_val_if_fail (reader != NULL && member != NULL, (MilMoney) { 0 });

  return mil_json_has (reader, member) ? mil_answer_money (reader, member) : (MilMoney) { 0 };
}

static GStrv
read_strings (MilJson *reader, const char *member)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = mil_json_enter_array_optional (reader, member, MAX_ROWS);

  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (reader, i);
      g_strv_builder_add (builder, mil_json_string (reader, NULL, NAME));
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  return g_strv_builder_end (builder);
}

typedef gpointer (*ReadRow) (MilJson *reader);

/* All rows of a list, or %NULL with @error. */
static GPtrArray *
read_rows (MilJson *reader, const char *member, ReadRow read_row)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint      n = mil_json_enter_array (reader, member, MAX_ROWS);

  for (guint i = 0; i < n && !mil_json_failed (reader); i++)
    {
      mil_json_enter_item (reader, i);
      g_ptr_array_add (rows, read_row (reader));
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  return rows;
}

static GPtrArray *
read_list (JsonNode *json, const char *member, ReadRow read_row, GError **error)
{
  g_autoptr (MilJson) reader = mil_json_new (json);
  g_autoptr (GPtrArray) rows = read_rows (reader, member, read_row);

  return mil_json_finish (reader, error) ? g_steal_pointer (&rows) : NULL;
}

static gpointer
read_single (JsonNode *json, ReadRow read_row, GError **error)
{
  g_autoptr (MilJson) reader = mil_json_new (json);
  g_autoptr (GObject) row = read_row (reader);

  return mil_json_finish (reader, error) ? g_steal_pointer (&row) : NULL;
}

/* A GListStore that takes the rows over. */
static GListStore *
store_of (GType type, GPtrArray *rows)
{
  GListStore *store = g_list_store_new (type);

  g_list_store_splice (store, 0, 0, rows->pdata, rows->len);
  g_ptr_array_unref (rows);
  return store;
}

/* --- stores ------------------------------------------------------------------------------------- */

static gpointer
read_store (MilJson *reader)
{
  MilStoreInfo info = { 0 };
  g_auto (GStrv) categories = read_strings (reader, "categories");
  g_autofree char *tax_free = NULL;

  info.id = (char *) mil_json_string (reader, "id", ID);
  info.name = (char *) mil_json_string (reader, "name", NAME);
  info.country = (char *) mil_json_string (reader, "country", 2);
  info.city = (char *) mil_json_string_optional (reader, "city", NAME);
  info.address = (char *) mil_json_string_optional (reader, "address", NAME);
  info.vat_id = (char *) mil_json_string_optional (reader, "vat_id", ID);
  info.currency = (char *) mil_json_string (reader, "currency", 3);
  info.categories = categories;
  info.story = (char *) mil_json_string_optional (reader, "story", TEXT);
  info.logo = (char *) mil_json_string_optional (reader, "logo", URL);
  info.programme = (char *) mil_json_string_optional (reader, "programme", ID);
  if (mil_json_enter_optional (reader, "tax_free"))
    {
      tax_free = g_strdup (mil_json_string (reader, "operator", ID));
      mil_json_leave (reader);
    }
  info.tax_free = tax_free;
  info.endpoint = (char *) mil_json_string (reader, "endpoint", URL);
  return mil_store_new (&info);
}

/**
 * mil_answer_stores:
 * @json: `{"stores":[…]}`
 * @error: what is wrong with it, with the path
 *
 * Returns: (transfer full) (nullable) (element-type MilStore): the stores
 */
GPtrArray *
mil_answer_stores (JsonNode *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_list (json, "stores", read_store, error);
}

/* --- products: UCP 2026-04-08, types/product.json ----------------------------------------------- */

/* Address and text of the pictures. */
static void
read_media (MilJson *reader, GStrv *urls, GStrv *alts)
{
  g_autoptr (GStrvBuilder) url_builder = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) alt_builder = g_strv_builder_new ();
  guint n = mil_json_enter_array_optional (reader, "media", MAX_MEDIA);

  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (reader, i);
      if (g_str_equal (mil_json_string (reader, "type", ID), "image"))
        {
          const char *alt = mil_json_string_optional (reader, "alt_text", NAME);
          g_strv_builder_add (url_builder, mil_json_string (reader, "url", URL));
          g_strv_builder_add (alt_builder, alt != NULL ? alt : "");
        }
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  *urls = g_strv_builder_end (url_builder);
  *alts = g_strv_builder_end (alt_builder);
}

/* The merchant's own category where there is one. */
static char *
read_category (MilJson *reader)
{
  char *category = NULL;
  guint n = mil_json_enter_array_optional (reader, "categories", MAX_ROWS);

  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (reader, i);
      if (category == NULL || g_strcmp0 (mil_json_string_optional (reader, "taxonomy", NAME), "merchant") == 0)
        g_set_str (&category, mil_json_string (reader, "value", NAME));
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  return category;
}

static gboolean
read_available (MilJson *reader)
{
  gboolean available = TRUE;

  if (mil_json_enter_optional (reader, "availability"))
    {
      available = mil_json_boolean_optional (reader, "available", TRUE);
      mil_json_leave (reader);
    }
  return available;
}

static GStrv
read_options (MilJson *reader)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = mil_json_enter_array_optional (reader, "options", MAX_ROWS);

  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (reader, i);
      g_strv_builder_take (builder,
                           /* Translators: a choice that tells variants of a product apart, like "Colour: blue". */
                           g_strdup_printf (C_ ("product option", "%s: %s"),
                                            mil_json_string (reader, "name", NAME),
                                            mil_json_string (reader, "label", NAME)));
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  return g_strv_builder_end (builder);
}

static gpointer
read_variant (MilJson *reader)
{
  MilVariantInfo info = { 0 };
  g_auto (GStrv) options = read_options (reader);
  g_auto (GStrv) urls = NULL;
  g_auto (GStrv) alts = NULL;

  read_media (reader, &urls, &alts);
  info.id = (char *) mil_json_string (reader, "id", ID);
  info.title = (char *) mil_json_string (reader, "title", NAME);
  info.options = options;
  info.price = mil_answer_money (reader, "price");
  info.image = urls[0];
  info.available = read_available (reader);
  return mil_variant_new (&info);
}

static char *
read_description (MilJson *reader)
{
  char *text = NULL;

  if (mil_json_enter_optional (reader, "description"))
    {
      text = g_strdup (mil_json_string_optional (reader, "plain", TEXT));
      mil_json_leave (reader);
    }
  return text;
}

static gpointer
read_product (MilJson *reader)
{
  MilProductInfo info = { 0 };
  g_auto (GStrv) urls = NULL;
  g_auto (GStrv) alts = NULL;
  g_autofree char *category = read_category (reader);
  g_autofree char *description = read_description (reader);
  g_autoptr (GListStore) variants = NULL;
  g_autoptr (MilVariant) first = NULL;
  MilProduct *product = NULL;

  read_media (reader, &urls, &alts);
  variants = store_of (MIL_TYPE_VARIANT, read_rows (reader, "variants", read_variant));
  first = g_list_model_get_item (G_LIST_MODEL (variants), 0);
  if (first == NULL)
    mil_json_fail (reader, "variants", "expected at least one");
  else
    info.price = mil_variant_get_info (first)->price;
  info.id = (char *) mil_json_string (reader, "id", ID);
  info.title = (char *) mil_json_string (reader, "title", NAME);
  info.description = description;
  info.category = category;
  info.images = urls;
  info.image_alts = alts;
  info.variants = variants;
  mil_json_enter (reader, "metadata");
  info.store_id = (char *) mil_json_string (reader, "store_id", ID);
  info.store_name = (char *) mil_json_string (reader, "store_name", NAME);
  info.country = (char *) mil_json_string (reader, "country", 2);
  info.tax_category = (char *) mil_json_string_optional (reader, "tax_category", ID);
  product = mil_product_new (&info);
  mil_json_leave (reader);
  return product;
}

static gpointer
read_product_item (MilJson *reader)
{
  g_autoptr (MilProduct) product = read_product (reader);
  const MilProductInfo *from = mil_product_get_info (product);
  g_autoptr (MilVariant) first = g_list_model_get_item (G_LIST_MODEL (from->variants), 0);
  MilProductItemInfo info = { 0 };

  info.id = from->id;
  info.title = from->title;
  info.store_id = from->store_id;
  info.store_name = from->store_name;
  info.country = from->country;
  info.category = from->category;
  info.tax_category = from->tax_category;
  info.price = from->price;
  info.image = from->images != NULL ? from->images[0] : NULL;
  info.image_alt = info.image != NULL ? from->image_alts[0] : NULL;
  if (first != NULL)
    {
      info.variant_id = mil_variant_get_info (first)->id;
      info.available = mil_variant_get_info (first)->available;
    }
  return mil_product_item_new (&info);
}

/**
 * mil_answer_product_items:
 * @json: UCP's answer to a catalogue search
 * @next: (out) (transfer full) (nullable): cursor of the next page, %NULL after the last one
 * @error: what is wrong with it, with the path
 *
 * Returns: (transfer full) (nullable) (element-type MilProductItem): the products
 */
GPtrArray *
mil_answer_product_items (JsonNode *json, char **next, GError **error)
{
  g_autoptr (MilJson) reader = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *cursor = NULL;

  g_return_val_if_fail (json != NULL && next != NULL, NULL);

  reader = mil_json_new (json);
  rows = read_rows (reader, "products", read_product_item);
  if (mil_json_enter_optional (reader, "pagination"))
    {
      if (mil_json_boolean_optional (reader, "has_next_page", FALSE))
        cursor = g_strdup (mil_json_string (reader, "cursor", URL));
      mil_json_leave (reader);
    }
  if (!mil_json_finish (reader, error))
    return NULL;
  *next = g_steal_pointer (&cursor);
  return g_steal_pointer (&rows);
}

/**
 * mil_answer_product:
 * @json: UCP's answer to a request for one product
 * @error: what is wrong with it, with the path
 *
 * Returns: (transfer full) (nullable): the product
 */
MilProduct *
mil_answer_product (JsonNode *json, GError **error)
{
  g_autoptr (MilJson) reader = NULL;
  g_autoptr (MilProduct) product = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  reader = mil_json_new (json);
  mil_json_enter (reader, "product");
  product = read_product (reader);
  mil_json_leave (reader);
  return mil_json_finish (reader, error) ? g_steal_pointer (&product) : NULL;
}

/* --- wallets ------------------------------------------------------------------------------------ */

static gpointer
read_balance (MilJson *reader)
{
  MilBalanceInfo info = { 0 };
  const char    *currency = mil_json_string (reader, "currency", 3);

  info.id = (char *) currency;
  if (strlen (currency) == 3)
    {
      info.available = mil_money (mil_json_int (reader, "available", -G_MAXINT64, G_MAXINT64), currency);
      info.held = mil_money (mil_json_int_optional (reader, "held", 0, G_MAXINT64, 0), currency);
    }
  return mil_balance_new (&info);
}

static gpointer
read_wallet (MilJson *reader)
{
  MilWalletInfo info = { 0 };
  g_autoptr (GListStore) balances = store_of (MIL_TYPE_BALANCE, read_rows (reader, "balances", read_balance));

  info.id = (char *) mil_json_string (reader, "id", ID);
  info.name = (char *) mil_json_string (reader, "name", NAME);
  info.kind = (char *) mil_json_string (reader, "kind", ID);
  info.last4 = (char *) mil_json_string_optional (reader, "last4", 16);
  info.balances = balances;
  return mil_wallet_new (&info);
}

/**
 * mil_answer_wallets:
 * @json: `{"wallets":[…]}`
 * @error: what is wrong with it, with the path
 *
 * Returns: (transfer full) (nullable) (element-type MilWallet): the wallets
 */
GPtrArray *
mil_answer_wallets (JsonNode *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_list (json, "wallets", read_wallet, error);
}

/**
 * mil_answer_wallet:
 * @json: a wallet
 * @error: what is wrong with it, with the path
 *
 * Returns: (transfer full) (nullable): the wallet
 */
MilWallet *
mil_answer_wallet (JsonNode *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_single (json, read_wallet, error);
}

static gpointer
read_entry (MilJson *reader)
{
  MilWalletEntryInfo info = { 0 };

  info.id = (char *) mil_json_string (reader, "id", ID);
  info.seq = mil_json_int (reader, "seq", 0, G_MAXINT64);
  info.kind = (char *) mil_json_string (reader, "kind", ID);
  info.title = (char *) mil_json_string_optional (reader, "title", NAME);
  info.amount = mil_answer_money (reader, "amount");
  info.counter = mil_answer_money_optional (reader, "counter");
  info.store_id = (char *) mil_json_string_optional (reader, "store_id", ID);
  info.order_id = (char *) mil_json_string_optional (reader, "order_id", ID);
  info.claim_id = (char *) mil_json_string_optional (reader, "claim_id", ID);
  info.at = mil_json_instant (reader, "at");
  info.day = mil_date_from_unix (info.at, NULL);
  return mil_wallet_entry_new (&info);
}

/**
 * mil_answer_wallet_entries:
 * @json: `{"entries":[…],"next":…}`
 * @next: (out) (transfer full) (nullable): what to ask the next page with, %NULL after the last one
 * @error: what is wrong with it, with the path
 *
 * Returns: (transfer full) (nullable) (element-type MilWalletEntry): the entries, newest first
 */
GPtrArray *
mil_answer_wallet_entries (JsonNode *json, char **next, GError **error)
{
  g_autoptr (MilJson) reader = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 before = 0;

  g_return_val_if_fail (json != NULL && next != NULL, NULL);

  reader = mil_json_new (json);
  rows = read_rows (reader, "entries", read_entry);
  before = mil_json_int_optional (reader, "next", 0, G_MAXINT64, 0);
  if (!mil_json_finish (reader, error))
    return NULL;
  *next = before > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, before) : NULL;
  return g_steal_pointer (&rows);
}

/* --- orders ------------------------------------------------------------------------------------- */

/**
 * mil_order_state_text:
 * @state: state of an order
 *
 * Returns: (transfer none): the state in words; the state itself where it is not known
 */
const char *
mil_order_state_text (const char *state)
{
  g_return_val_if_fail (state != NULL, "");

  if (g_str_equal (state, "awaiting-capture"))
    return C_ ("order state", "Being paid");
  if (g_str_equal (state, "captured"))
    return C_ ("order state", "Paid");
  if (g_str_equal (state, "voided"))
    return C_ ("order state", "Called off, nothing was charged");
  if (g_str_equal (state, "refunded"))
    return C_ ("order state", "Paid back");
  return state;
}

static gpointer
read_order_line (MilJson *reader)
{
  MilOrderLineInfo info = { 0 };

  info.id = (char *) mil_json_string_optional (reader, "id", ID);
  info.title = (char *) mil_json_string (reader, "title", NAME);
  info.quantity = mil_json_int (reader, "quantity", 1, G_MAXINT);
  info.total = mil_answer_money (reader, "total");
  info.image = (char *) mil_json_string_optional (reader, "image", URL);
  return mil_order_line_new (&info);
}

static gpointer
read_order (MilJson *reader)
{
  MilOrderInfo info = { 0 };
  g_autoptr (GListStore) lines = store_of (MIL_TYPE_ORDER_LINE, read_rows (reader, "line_items", read_order_line));

  info.id = (char *) mil_json_string (reader, "id", ID);
  info.store_id = (char *) mil_json_string (reader, "store_id", ID);
  info.store_name = (char *) mil_json_string (reader, "store_name", NAME);
  info.checkout_id = (char *) mil_json_string (reader, "checkout_id", ID);
  info.group_id = (char *) mil_json_string_optional (reader, "group_id", ID);
  info.state = (char *) mil_json_string (reader, "state", ID);
  info.state_text = (char *) mil_order_state_text (info.state);
  info.total = mil_answer_money (reader, "total");
  info.paid = mil_answer_money_optional (reader, "paid");
  info.placed_at = mil_json_instant (reader, "placed_at");
  info.lines = lines;
  return mil_order_new (&info);
}

/**
 * mil_answer_orders:
 * @json: `{"orders":[…]}`
 * @error: what is wrong with it, with the path
 *
 * Returns: (transfer full) (nullable) (element-type MilOrder): the orders
 */
GPtrArray *
mil_answer_orders (JsonNode *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_list (json, "orders", read_order, error);
}

/**
 * mil_answer_order:
 * @json: an order
 * @error: what is wrong with it, with the path
 *
 * Returns: (transfer full) (nullable): the order
 */
MilOrder *
mil_answer_order (JsonNode *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_single (json, read_order, error);
}

/* --- claims ------------------------------------------------------------------------------------- */

/**
 * mil_claim_state_text:
 * @state: state of a claim
 *
 * Returns: (transfer none): the state in words; the state itself where it is not known
 */
const char *
mil_claim_state_text (const char *state)
{
  static const struct
  {
    const char *state;
    const char *text;
  } texts[] = {
    { "queued", NC_ ("claim state", "Waiting to be sent") },
    { "submitted", NC_ ("claim state", "Sent to the refund operator") },
    { "issued", NC_ ("claim state", "Tax-free form issued: show it to customs") },
    { "validated", NC_ ("claim state", "Confirmed by customs") },
    { "partially-validated", NC_ ("claim state", "Confirmed by customs in part") },
    { "refused", NC_ ("claim state", "Refused by customs") },
    { "awaiting-validation", NC_ ("claim state", "At customs: not decided yet") },
    { "refund-pending", NC_ ("claim state", "Approved, the money is on its way") },
    { "refunded", NC_ ("claim state", "Paid back") },
    { "withdrawn", NC_ ("claim state", "Withdrawn by you") },
    { "expired", NC_ ("claim state", "Too late for it") },
    { "void", NC_ ("claim state", "No longer valid") },
    { "draft", NC_ ("claim state", "Not sent yet") },
    { "guarantee-charged", NC_ ("claim state", "Tax taken from your guarantee") },
    { "disputed", NC_ ("claim state", "You object: the operator is looking at it") },
    { "resolved", NC_ ("claim state", "Your objection was answered") },
  };

  g_return_val_if_fail (state != NULL, "");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (state, texts[i].state))
      return g_dpgettext2 (NULL, "claim state", texts[i].text);
  return state;
}

static gpointer
read_claim_event (MilJson *reader)
{
  MilClaimEventInfo info = { 0 };
  g_autofree char  *id = g_strdup_printf ("%" G_GINT64_FORMAT, mil_json_int (reader, "seq", 0, G_MAXINT64));

  info.id = id;
  info.state = (char *) mil_json_string (reader, "state", ID);
  info.state_text = (char *) mil_claim_state_text (info.state);
  info.actor = (char *) mil_json_string (reader, "actor", ID);
  info.reason = (char *) mil_json_string_optional (reader, "reason", TEXT);
  info.event = (char *) mil_json_string_optional (reader, "event", ID);
  info.reason_code = (char *) mil_json_string_optional (reader, "reason_code", ID);
  info.system = (char *) mil_json_string_optional (reader, "system", ID);
  info.code = (char *) mil_json_string_optional (reader, "code", NAME);
  info.at = mil_json_instant (reader, "at");
  return mil_claim_event_new (&info);
}

/* What the purchases of a claim say together; the strings belong to @json. */
static GStrv
read_purchases (MilJson *reader, MilClaimInfo *info)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint n = mil_json_enter_array (reader, "purchases", MAX_ROWS);

  for (guint i = 0; i < n; i++)
    {
      MilMoney    total = { 0 };
      const char *currency = NULL;

      mil_json_enter_item (reader, i);
      g_strv_builder_add (ids, mil_json_string (reader, "id", ID));
      currency = mil_json_string (reader, "currency", 3);
      if (strlen (currency) == 3)
        total = mil_money (mil_json_int (reader, "total", 0, G_MAXINT64), currency);
      if (i == 0)
        {
          info->shop = (char *) mil_json_string_optional (reader, "shop", NAME);
          info->country = (char *) mil_json_string_optional (reader, "country", 2);
          info->total = total;
        }
      else if (mil_money_is_set (total) && g_str_equal (total.currency, info->total.currency))
        mil_money_add (info->total, total, &info->total, NULL);
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  return g_strv_builder_end (ids);
}

static void
read_refund (MilJson *reader, MilClaimInfo *info)
{
  if (!mil_json_enter_optional (reader, "refund"))
    return;
  info->refund = mil_answer_money_optional (reader, "amount");
  info->fee = mil_answer_money_optional (reader, "fee");
  info->payout = mil_answer_money_optional (reader, "payout");
  mil_json_leave (reader);
}

static void
read_validation (MilJson *reader, MilClaimInfo *info)
{
  if (!mil_json_enter_optional (reader, "validation"))
    return;
  info->validation_system = (char *) mil_json_string (reader, "system", ID);
  info->validation_reference = (char *) mil_json_string_optional (reader, "reference", NAME);
  info->validation_label = (char *) mil_json_string_optional (reader, "label", NAME);
  info->validation_code = (char *) mil_json_string_optional (reader, "code", NAME);
  info->validation_hint = (char *) mil_json_string_optional (reader, "hint", TEXT);
  mil_json_leave (reader);
}

static void
read_guarantee (MilJson *reader, MilClaimInfo *info)
{
  if (!mil_json_enter_optional (reader, "guarantee"))
    return;
  info->guarantee = mil_answer_money_optional (reader, "amount");
  info->guarantee_held = mil_answer_money_optional (reader, "held");
  info->guarantee_state = (char *) mil_json_string (reader, "state", ID);
  mil_json_leave (reader);
}

static void
read_dispute (MilJson *reader, MilClaimInfo *info)
{
  if (!mil_json_enter_optional (reader, "dispute"))
    return;
  info->dispute_text = (char *) mil_json_string_optional (reader, "text", TEXT);
  info->dispute_outcome = (char *) mil_json_string_optional (reader, "outcome", ID);
  info->dispute_answer = (char *) mil_json_string_optional (reader, "answer", TEXT);
  mil_json_leave (reader);
}

static gpointer
read_claim (MilJson *reader)
{
  MilClaimInfo info = { 0 };
  g_auto (GStrv) receipts = read_purchases (reader, &info);
  g_autoptr (GListStore) events = store_of (MIL_TYPE_CLAIM_EVENT, read_rows (reader, "events", read_claim_event));

  info.id = (char *) mil_json_string (reader, "id", ID);
  info.number = (char *) mil_json_string_optional (reader, "number", ID);
  info.state = (char *) mil_json_string (reader, "state", ID);
  info.state_text = (char *) mil_claim_state_text (info.state);
  info.scheme = (char *) mil_json_string_optional (reader, "scheme", ID);
  info.receipts = receipts;
  info.export_by = mil_json_date_optional (reader, "export_by");
  info.created_at = mil_json_instant (reader, "created_at");
  info.updated_at = mil_json_instant (reader, "updated_at");
  info.events = events;
  info.mode = (char *) mil_json_string_optional (reader, "mode", ID);
  if (mil_json_has (reader, "erased_at"))
    info.erased_at = mil_json_instant (reader, "erased_at");
  read_refund (reader, &info);
  read_validation (reader, &info);
  read_guarantee (reader, &info);
  read_dispute (reader, &info);
  return mil_claim_new (&info);
}

/**
 * mil_answer_claims:
 * @json: `{"claims":[…]}`
 * @error: what is wrong with it, with the path
 *
 * Returns: (transfer full) (nullable) (element-type MilClaim): the claims
 */
GPtrArray *
mil_answer_claims (JsonNode *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_list (json, "claims", read_claim, error);
}

/**
 * mil_answer_claim:
 * @json: a claim
 * @error: what is wrong with it, with the path
 *
 * Returns: (transfer full) (nullable): the claim
 */
MilClaim *
mil_answer_claim (JsonNode *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_single (json, read_claim, error);
}
