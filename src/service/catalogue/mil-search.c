/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/catalogue/mil-search.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-currency.h"
#include "base/mil-key.h"
#include "service/catalogue/mil-fold.h"
#include "service/http/mil-ucp.h"

#define DEFAULT_LIMIT 10
#define MAX_LIMIT 100
/* Above every position that the importer gives. */
#define NOT_IN_TITLE "4398046511104"
/* Prices of all currencies are compared in billionths of a euro. */
#define NANO_SCALE 9

static const char *const sort_names[] = { "relevance", "price-asc", "price-desc", "newest" };

/**
 * mil_search_free:
 * @self: (transfer full) (nullable): a search
 *
 * Frees a search.
 */
void
mil_search_free (MilSearch *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < MIL_SEARCH_TERMS; i++)
    {
      g_free (self->terms[i]);
      g_free (self->categories[i]);
    }
  g_free (self->stores);
  g_free (self->countries);
  g_free (self->cursor_id);
  g_free (self);
}

static void
read_query (MilSearch *self, const char *query)
{
  g_autofree char *folded = mil_fold (query);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL && n < MIL_SEARCH_TERMS; i++)
    if (*words[i] != '\0')
      self->terms[n++] = g_strdup (words[i]);
}

/* `,a,b,` of a list of strings, "" when it is not there; an empty list finds nothing, so it is as
 * good as none. */
static char *
read_set (MilJson *json, const char *member)
{
  g_autoptr (GString) set = g_string_new ("");
  guint n = mil_json_enter_array_optional (json, member, 100);

  for (guint i = 0; i < n; i++)
    {
      const char *text = "";

      if (mil_json_enter_item (json, i))
        text = mil_json_string (json, NULL, 100);
      mil_json_leave (json);
      if (strpbrk (text, ",%_\\") == NULL)
        g_string_append_printf (set, "%s%s,", set->len == 0 ? "," : "", text);
    }
  mil_json_leave (json);
  return g_string_free (g_steal_pointer (&set), FALSE);
}

static void
read_categories (MilSearch *self, MilJson *json)
{
  guint n = mil_json_enter_array_optional (json, "categories", 50);

  for (guint i = 0; i < n && i < MIL_SEARCH_TERMS; i++)
    {
      if (mil_json_enter_item (json, i))
        self->categories[i] = g_utf8_strdown (mil_json_string (json, NULL, 200), -1);
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

static void
read_filters (MilSearch *self, MilJson *json)
{
  if (mil_json_enter_optional (json, "filters"))
    {
      read_categories (self, json);
      if (*self->stores == '\0')
        {
          g_free (self->stores);
          self->stores = read_set (json, "stores");
        }
      g_free (self->countries);
      self->countries = read_set (json, "countries");
      if (mil_json_enter_optional (json, "price"))
        {
          self->price_min = mil_json_int_optional (json, "min", 0, G_MAXINT64, 0);
          self->price_max = mil_json_int_optional (json, "max", 0, G_MAXINT64, G_MAXINT64);
          mil_json_leave (json);
        }
      mil_json_leave (json);
    }
}

/* The cursor is where the last page ended: sort key and id of its last product. */
static void
read_cursor (MilSearch *self, MilJson *json, const char *cursor)
{
  g_autoptr (GBytes) bytes = mil_base64url_decode (cursor);
  g_autofree char *text = NULL;
  char            *end;

  if (bytes != NULL)
    text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (text != NULL && g_utf8_validate (text, -1, NULL))
    {
      self->cursor_key = g_ascii_strtoll (text, &end, 10);
      if (end != text && *end == ' ')
        {
          self->cursor_id = g_strdup (end + 1);
          return;
        }
    }
  mil_json_fail (json, "cursor", "%s", _ ("is not one that this service gave"));
}

static void
read_pagination (MilSearch *self, MilJson *json)
{
  self->limit = DEFAULT_LIMIT;
  if (mil_json_enter_optional (json, "pagination"))
    {
      const char *cursor = mil_json_string_optional (json, "cursor", 400);

      self->limit = MIN (MAX_LIMIT, mil_json_int_optional (json, "limit", 1, G_MAXINT32, DEFAULT_LIMIT));
      if (cursor != NULL)
        read_cursor (self, json, cursor);
      mil_json_leave (json);
    }
}

static void
read_sort (MilSearch *self, MilJson *json)
{
  const char *name = mil_json_string_optional (json, "sort", 40);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (sort_names); i++)
    if (g_str_equal (sort_names[i], name))
      {
        self->sort = (MilSearchSort) i;
        return;
      }
  if (name != NULL)
    mil_json_fail (json, "sort", "%s", _ ("expected relevance, price-asc, price-desc or newest"));
}

/**
 * mil_search_read:
 * @call: a request with UCP's `search_request`; our own additions are `sort`, `filters.stores` and
 *   `filters.countries`
 * @store_id: (nullable): the only store to look in
 * @currency: what prices of the filter are in when the context does not say
 * @error: return location
 *
 * Returns: (transfer full): what is looked for, or %NULL with @error set
 */
MilSearch *
mil_search_read (MilCall *call, const char *store_id, const char *currency, GError **error)
{
  g_autoptr (MilSearch) self = NULL;
  g_autoptr (MilJson) json = mil_call_read (call, error);
  const char *query;

  if (json == NULL)
    return NULL;
  self = g_new0 (MilSearch, 1);
  self->price_max = G_MAXINT64;
  self->stores = store_id != NULL ? g_strdup_printf (",%s,", store_id) : g_strdup ("");
  self->countries = g_strdup ("");
  g_strlcpy (self->currency, currency, sizeof self->currency);
  query = mil_json_string_optional (json, "query", 500);
  if (query != NULL)
    read_query (self, query);
  if (mil_json_enter_optional (json, "context"))
    {
      const char *own = mil_json_string_optional (json, "currency", 3);

      if (own != NULL && mil_currency_is_known (own))
        g_strlcpy (self->currency, own, sizeof self->currency);
      mil_json_leave (json);
    }
  read_filters (self, json);
  read_pagination (self, json);
  read_sort (self, json);
  return mil_json_finish (json, error) ? g_steal_pointer (&self) : NULL;
}

/* Billionths of a euro in one minor unit of @currency; 0 when its rate is not known. */
static gint64
nano_per_minor (JsonObject *rates, const char *currency)
{
  MilDecimal one = { 1, 0 };
  MilDecimal rate;
  MilDecimal result;
  gint64     nano = 1;

  for (int i = mil_currency_exponent (currency); i < NANO_SCALE; i++)
    nano *= 10;
  if (g_str_equal (currency, "EUR"))
    return nano;
  one.digits = nano;
  if (!json_object_has_member (rates, currency)
      || !mil_decimal_parse (json_object_get_string_member (rates, currency), &rate, NULL) || rate.digits <= 0
      || !mil_decimal_divide (one, rate, 0, MIL_ROUND_HALF_UP, &result, NULL))
    return 0;
  return result.digits;
}

/* SQL for the price in billionths of a euro. Codes and numbers come from the rates, not from the
 * request. */
static char *
price_expression (JsonObject *rates)
{
  g_autoptr (GString) sql = g_string_new ("(p.price_minor * CASE p.currency WHEN 'EUR' THEN 10000000");
  g_autoptr (GList) currencies = json_object_get_members (rates);

  for (GList *l = currencies; l != NULL; l = l->next)
    if (mil_currency_is_known (l->data) && !g_str_equal (l->data, "EUR"))
      g_string_append_printf (sql, " WHEN '%s' THEN %" G_GINT64_FORMAT, (char *) l->data, nano_per_minor (rates, l->data));
  g_string_append (sql, " ELSE 10000000 END)");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static char *
key_expression (MilSearchSort sort, const char *price)
{
  switch (sort)
    {
    case MIL_SEARCH_PRICE_UP:
      return g_strdup (price);
    case MIL_SEARCH_PRICE_DOWN:
      return g_strdup_printf ("(- %s)", price);
    case MIL_SEARCH_NEWEST:
      return g_strdup ("(- p.updated_at)");
    case MIL_SEARCH_RELEVANCE:
    default:
      return g_strdup ("(p.position + CASE WHEN p.search_text LIKE $16 ESCAPE '\\' THEN 0 ELSE " NOT_IN_TITLE " END)");
    }
}

#define WHERE                                                                                                \
  " FROM products p JOIN stores s ON s.id = p.store_id"                                                      \
  " WHERE p.search_text LIKE $1 ESCAPE '\\' AND p.search_text LIKE $2 ESCAPE '\\'"                           \
  " AND p.search_text LIKE $3 ESCAPE '\\' AND p.search_text LIKE $4 ESCAPE '\\'"                             \
  " AND p.search_text LIKE $5 ESCAPE '\\' AND p.search_text LIKE $6 ESCAPE '\\'"                             \
  " AND (p.category LIKE $7 ESCAPE '\\' OR p.category LIKE $8 ESCAPE '\\' OR p.category LIKE $9 ESCAPE '\\'" \
  " OR p.category LIKE $10 ESCAPE '\\' OR p.category LIKE $11 ESCAPE '\\' OR p.category LIKE $12 ESCAPE "    \
  "'\\')"                                                                                                    \
  " AND ($13 = '' OR $13 LIKE '%%,' || p.store_id || ',%%')"                                                 \
  " AND ($14 = '' OR $14 LIKE '%%,' || s.country || ',%%')"

typedef struct
{
  char  *terms[MIL_SEARCH_TERMS];
  char  *categories[MIL_SEARCH_TERMS];
  char  *title;
  gint64 least;
  gint64 most;
} Patterns;

static void
patterns_clear (Patterns *self)
{
  for (guint i = 0; i < MIL_SEARCH_TERMS; i++)
    {
      g_free (self->terms[i]);
      g_free (self->categories[i]);
    }
  g_free (self->title);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Patterns, patterns_clear)

static gint64
scale_price (gint64 price, gint64 factor)
{
  return factor > 0 && price < G_MAXINT64 / factor ? price * factor : G_MAXINT64;
}

static void
make_patterns (const MilSearch *self, JsonObject *rates, Patterns *patterns)
{
  gint64 factor = nano_per_minor (rates, self->currency);

  for (guint i = 0; i < MIL_SEARCH_TERMS; i++)
    {
      const char *category = self->categories[i] != NULL ? self->categories[i] : self->categories[0];

      patterns->terms[i] = self->terms[i] != NULL ? mil_fold_pattern (self->terms[i], "%") : g_strdup ("%");
      if (category == NULL)
        patterns->categories[i] = g_strdup ("%");
      else
        {
          g_autofree char *anywhere = mil_fold_pattern (category, "%");

          patterns->categories[i] = g_strdup (anywhere + 1);
        }
    }
  patterns->title = self->terms[0] != NULL ? mil_fold_pattern (self->terms[0], "%\n%") : g_strdup ("%");
  patterns->least = self->price_min > 0 ? scale_price (self->price_min, factor) : 0;
  patterns->most = scale_price (self->price_max, factor);
}

/* The parameters of WHERE; those of the key and the cursor follow. */
#define ARGUMENTS                                                                                            \
  p.terms[0], p.terms[1], p.terms[2], p.terms[3], p.terms[4], p.terms[5], p.categories[0], p.categories[1],  \
      p.categories[2], p.categories[3], p.categories[4], p.categories[5], self->stores, self->countries

static MilRows *
find (const MilSearch *self, MilTx *tx, JsonObject *rates, GError **error)
{
  g_auto (Patterns) p = { 0 };
  g_autofree char *price = price_expression (rates);
  g_autofree char *key = key_expression (self->sort, price);
  g_autofree char *sql = NULL;

  make_patterns (self, rates, &p);
  sql = g_strdup_printf ("SELECT p.document, %s, p.id" WHERE " AND %s BETWEEN $17 AND $18"
                         " AND ($15 = 0 OR %s > $19 OR (%s = $19 AND p.id > $20)) AND $16 <> ''"
                         " ORDER BY 2, 3 LIMIT $21",
                         key,
                         price,
                         key,
                         key);
  return mil_tx_query (tx,
                       error,
                       sql,
                       "ttttttttttttttitiiiti",
                       ARGUMENTS,
                       (gint64) (self->cursor_id != NULL),
                       p.title,
                       p.least,
                       p.most,
                       self->cursor_key,
                       self->cursor_id != NULL ? self->cursor_id : "",
                       self->limit + 1);
}

static gboolean
count (const MilSearch *self, MilTx *tx, JsonObject *rates, gint64 *total, GError **error)
{
  g_auto (Patterns) p = { 0 };
  g_autofree char *price = price_expression (rates);
  g_autofree char *sql = NULL;
  g_autoptr (MilRows) rows = NULL;

  make_patterns (self, rates, &p);
  sql = g_strdup_printf ("SELECT count(*)" WHERE " AND %s BETWEEN $15 AND $16", price);
  rows = mil_tx_query (tx, error, sql, "ttttttttttttttii", ARGUMENTS, p.least, p.most);
  if (rows == NULL || !mil_rows_next (rows))
    return FALSE;
  *total = mil_rows_int (rows, 0);
  return TRUE;
}

static void
add_pagination (JsonObject *answer, MilRows *last, gboolean has_more, gint64 total)
{
  JsonObject *pagination = json_object_new ();

  json_object_set_boolean_member (pagination, "has_next_page", has_more);
  json_object_set_int_member (pagination, "total_count", total);
  if (has_more)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", mil_rows_int (last, 1), mil_rows_text (last, 2));
      g_autofree char *cursor = mil_base64url_encode (text, strlen (text));

      json_object_set_string_member (pagination, "cursor", cursor);
    }
  json_object_set_object_member (answer, "pagination", pagination);
}

/**
 * mil_search_run:
 * @self: what is looked for
 * @tx: a transaction
 * @exchange: rates that prices of several currencies are compared with
 * @error: return location
 *
 * Returns: (transfer full): UCP's `search_response`, or %NULL with @error set
 */
JsonObject *
mil_search_run (const MilSearch *self, MilTx *tx, MilExchange *exchange, GError **error)
{
  g_autoptr (JsonNode) table = mil_exchange_to_json (exchange);
  JsonObject *rates = json_object_get_object_member (json_node_get_object (table), "rates");
  g_autoptr (MilRows) rows = find (self, tx, rates, error);
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *products = json_array_new ();
  gint64     total = 0;
  guint      n;

  json_object_set_object_member (answer, "ucp", mil_ucp_success ("dev.ucp.shopping.catalog.search"));
  json_object_set_array_member (answer, "products", products);
  if (rows == NULL || !count (self, tx, rates, &total, error))
    return NULL;
  n = MIN (mil_rows_count (rows), (guint) self->limit);
  for (guint i = 0; i < n && mil_rows_next (rows); i++)
    {
      JsonNode *product = mil_wire_parse (mil_rows_text (rows, 0), error);

      if (product == NULL)
        return NULL;
      json_array_add_element (products, product);
    }
  add_pagination (answer, rows, mil_rows_count (rows) > n, total);
  return g_steal_pointer (&answer);
}
