/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-refund-json.h"

#include "base/mil-country.h"
#include "base/mil-currency.h"
#include "base/mil-error.h"
#include "base/mil-json.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME 200
#define MAX_PURCHASES 5000
#define MAX_LINES 1000
#define MAX_PEOPLE 50
#define MAX_EXITS 50

G_DEFINE_BOXED_TYPE (MilRefundRequest, mil_refund_request, mil_refund_request_copy, mil_refund_request_free)

static char *
read_text (MilJson *json, const char *member)
{
  const char *text = mil_json_string_optional (json, member, MAX_NAME);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static const char *
country_named (const char *name)
{
  const char *const *codes = mil_country_list ();

  for (guint i = 0; codes[i] != NULL; i++)
    if (g_ascii_strcasecmp (mil_country_english_name (codes[i]), name) == 0)
      return codes[i];
  return NULL;
}

/* Country codes are taken in small letters too, with three letters, as the EU writes two of them, and as English names. */
static char *
read_country (MilJson *json, const char *member)
{
  const char      *text = mil_json_string_optional (json, member, 60);
  g_autofree char *code = text != NULL && *text != '\0' ? g_ascii_strup (text, -1) : NULL;
  const char      *found = NULL;

  if (code == NULL)
    return NULL;
  if (g_str_equal (code, "EL"))
    return g_strdup ("GR");
  if (g_str_equal (code, "UK"))
    return g_strdup ("GB");
  if (strlen (code) == 3)
    found = mil_country_from_alpha_3 (code);
  else if (strlen (code) > 3)
    found = country_named (text);
  return found != NULL ? g_strdup (found) : g_steal_pointer (&code);
}

/* Some number their receipts and people. */
static char *
read_id (MilJson *json, const char *member)
{
  JsonNode *object = mil_json_node (json), *node = NULL;

  if (object != NULL && JSON_NODE_HOLDS_OBJECT (object))
    node = json_object_get_member (json_node_get_object (object), member);
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return read_text (json, member);
}

static void
read_status (MilJson *json, MilTraveller *traveller)
{
  for (MilTravellerFlags flag = MIL_TRAVELLER_CREW; flag <= MIL_TRAVELLER_TRADE; flag <<= 1)
    {
      if (mil_json_boolean_optional (json, mil_traveller_flag_name (flag), FALSE))
        traveller->flags |= flag;
    }
}

/* Postcodes of Northern Ireland, and no others, begin with BT. */
static void
read_postcode (MilJson *json, MilTraveller *traveller)
{
  const char *postcode = mil_json_string_optional (json, "postcode", 20);

  if (postcode != NULL && traveller->region == NULL && g_strcmp0 (traveller->residence, "GB") == 0
      && g_ascii_strncasecmp (postcode, "BT", 2) == 0 && g_ascii_isdigit (postcode[2]))
    traveller->region = g_strdup ("NIR");
}

static MilTraveller *
read_traveller (MilJson *json)
{
  MilTraveller *traveller = mil_traveller_new (NULL);

  traveller->id = read_id (json, "id");
  traveller->residence = read_country (json, "residence");
  traveller->region = read_text (json, "region");
  read_postcode (json, traveller);
  traveller->nationality = read_country (json, "nationality");
  traveller->born = mil_json_date_optional (json, "born");
  traveller->age = mil_json_int_optional (json, "age", 0, 150, -1);
  traveller->stay_days = mil_json_int_optional (json, "stay_days", 0, 40000, -1);
  traveller->abroad_months = mil_json_int_optional (json, "abroad_months", 0, 1500, -1);
  read_status (json, traveller);
  return traveller;
}

static void
read_travellers (MilRefundRequest *self, MilJson *json)
{
  guint n;

  if (mil_json_enter_optional (json, "traveller"))
    {
      g_ptr_array_add (self->travellers, read_traveller (json));
      mil_json_leave (json);
    }
  n = mil_json_enter_array_optional (json, "travellers", MAX_PEOPLE);
  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (json, i);
      g_ptr_array_add (self->travellers, read_traveller (json));
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

static void
read_exit (MilJson *json, MilItinerary *itinerary)
{
  g_autofree char *country = read_country (json, "country");
  MilExit         *leg = mil_itinerary_add_exit (itinerary, country, mil_json_date_optional (json, "on"));
  const char      *mode = mil_json_string_optional (json, "mode", 20);

  leg->region = read_text (json, "region");
  leg->point = read_text (json, "point");
  leg->time = read_text (json, "time");
  leg->to = read_country (json, "to");
  if (mode != NULL && !mil_exit_mode_parse (mode, &leg->mode))
    mil_json_fail (json, "mode", "%s", _ ("expected \"air\", \"sea\", \"land\" or \"rail\""));
}

static void
read_baggage (MilJson *json, MilItinerary *itinerary)
{
  const char *baggage = mil_json_string_optional (json, "baggage", 20);

  if (g_strcmp0 (baggage, "checked") == 0)
    itinerary->baggage = MIL_BAGGAGE_CHECKED;
  else if (g_strcmp0 (baggage, "carried") == 0)
    itinerary->baggage = MIL_BAGGAGE_CARRIED;
  else if (baggage != NULL && !g_str_equal (baggage, "unknown"))
    mil_json_fail (json, "baggage", "%s", _ ("expected \"checked\", \"carried\" or \"unknown\""));
}

static void
read_itinerary (MilRefundRequest *self, MilJson *json)
{
  guint n;

  if (!mil_json_enter_optional (json, "itinerary"))
    return;
  self->itinerary = mil_itinerary_new ();
  if (mil_json_enter_optional (json, "arrives"))
    {
      self->itinerary->arrived = mil_json_date_optional (json, "on");
      mil_json_leave (json);
    }
  n = mil_json_enter_array_optional (json, "exits", MAX_EXITS);
  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (json, i);
      read_exit (json, self->itinerary);
      mil_json_leave (json);
    }
  mil_json_leave (json);
  if (mil_json_enter_optional (json, "leaves"))
    {
      read_exit (json, self->itinerary);
      mil_json_leave (json);
    }
  read_baggage (json, self->itinerary);
  mil_json_leave (json);
}

/* Rates come as strings, whole numbers, or, from careless writers, as numbers with a fraction. */
static MilDecimal
read_rate_value (MilJson *json)
{
  JsonNode  *object = mil_json_node (json), *node;
  char       text[G_ASCII_DTOSTR_BUF_SIZE];
  MilDecimal rate = { 0, 0 };

  node = object != NULL && JSON_NODE_HOLDS_OBJECT (object)
             ? json_object_get_member (json_node_get_object (object), "vat_rate")
             : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return mil_json_decimal (json, "vat_rate");
  g_ascii_formatd (text, sizeof text, "%.4f", CLAMP (json_node_get_double (node), -1.0, 1000.0));
  if (!mil_decimal_parse (text, &rate, NULL))
    mil_json_fail (json, "vat_rate", "%s", _ ("is no percentage between 0 and 100"));
  return rate;
}

static MilDecimal
hundredfold (MilDecimal rate)
{
  if (rate.scale >= 2)
    return (MilDecimal) { rate.digits, rate.scale - 2 };
  return (MilDecimal) { rate.digits * 10, 0 };
}

static void
read_rate (MilJson *json, MilPurchaseLine *line)
{
  if (!mil_json_has (json, "vat_rate"))
    return;
  line->vat_rate = read_rate_value (json);
  line->has_vat_rate = TRUE;
  /* No tax is below one per cent: "0.2" is a fraction, and means 20. */
  if (line->vat_rate.digits > 0 && mil_decimal_compare (line->vat_rate, (MilDecimal) { 1, 0 }) < 0)
    line->vat_rate = hundredfold (line->vat_rate);
  if (!mil_json_failed (json)
      && (line->vat_rate.digits < 0 || mil_decimal_compare (line->vat_rate, (MilDecimal) { 100, 0 }) > 0))
    mil_json_fail (json, "vat_rate", "%s", _ ("is no percentage between 0 and 100"));
}

static void
read_line (MilJson *json, MilPurchase *purchase, const char *currency)
{
  const char      *category = mil_json_string_optional (json, "category", 60);
  MilGoods         goods = MIL_GOODS_GENERAL;
  MilPurchaseLine *line;

  if (category != NULL)
    goods = mil_goods_recognise (category);
  line = mil_purchase_add_line (purchase, goods, mil_json_decimal_money (json, "amount", currency));
  line->description = read_text (json, "description");
  line->quantity = mil_json_int_optional (json, "quantity", 1, 1000000, 1);
  read_rate (json, line);
}

static void
read_purchase (MilRefundRequest *self, MilJson *json)
{
  g_autofree char *id = read_id (json, "id"), *country = read_country (json, "country");
  g_autofree char *place = g_strdup_printf ("#%u", self->purchases->len + 1);
  g_autofree char *currency = g_ascii_strup (mil_json_string (json, "currency", 3), -1);
  MilPurchase     *purchase;
  guint            n;

  if (!mil_json_failed (json) && !mil_currency_is_known (currency))
    mil_json_fail (json, "currency", "%s", _ ("is no currency code of ISO 4217, such as EUR"));
  purchase = mil_purchase_new (id != NULL ? id : place,
                               country,
                               mil_json_date_optional (json, "date"),
                               mil_json_decimal_money (json, "total", currency));
  g_ptr_array_add (self->purchases, purchase);
  purchase->traveller = read_id (json, "traveller");
  purchase->region = read_text (json, "region");
  purchase->city = read_text (json, "city");
  purchase->shop = read_text (json, "shop");
  purchase->vat_id = read_text (json, "vat_id");
  purchase->mall = read_text (json, "mall");
  purchase->time = read_text (json, "time");
  purchase->planned = mil_json_boolean_optional (json, "planned", FALSE);
  if (mil_json_has (json, "tax"))
    purchase->tax = mil_json_decimal_money (json, "tax", currency);
  n = mil_json_enter_array_optional (json, "lines", MAX_LINES);
  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (json, i);
      read_line (json, purchase, currency);
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

static void
read_purchases (MilRefundRequest *self, MilJson *json)
{
  guint n = mil_json_enter_array (json, "purchases", MAX_PURCHASES);

  for (guint i = 0; i < n && !mil_json_failed (json); i++)
    {
      mil_json_enter_item (json, i);
      read_purchase (self, json);
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

static MilRefundRequest *
request_alloc (void)
{
  MilRefundRequest *self = g_new0 (MilRefundRequest, 1);

  self->travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  self->purchases = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);
  return self;
}

/**
 * mil_refund_request_new:
 * @node: a question, as data/openapi/eligible-request.schema.json describes it
 * @error: %MIL_ERROR_INVALID; the message names the path of what is wrong
 *
 * Returns: (transfer full): the question, or %NULL
 */
MilRefundRequest *
mil_refund_request_new (JsonNode *node, GError **error)
{
  g_autoptr (MilRefundRequest) self = NULL;
  g_autoptr (MilJson) json = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  self = request_alloc ();
  json = mil_json_new (node);
  self->today = mil_json_date_optional (json, "today");
  read_travellers (self, json);
  read_itinerary (self, json);
  read_purchases (self, json);
  if (mil_json_finish (json, &local))
    return g_steal_pointer (&self);
  mil_error_set (error, MIL_ERROR_INVALID, "%s", local->message);
  return NULL;
}

static gpointer
copy_traveller (gconstpointer traveller, gpointer data)
{
  return mil_traveller_copy (traveller);
}

static gpointer
copy_purchase (gconstpointer purchase, gpointer data)
{
  return mil_purchase_copy (purchase);
}

/**
 * mil_refund_request_copy:
 * @self: (nullable): a question
 *
 * Returns: (transfer full) (nullable): the same again
 */
MilRefundRequest *
mil_refund_request_copy (const MilRefundRequest *self)
{
  MilRefundRequest *copy;

  if (self == NULL)
    return NULL;
  copy = g_new0 (MilRefundRequest, 1);
  copy->travellers = g_ptr_array_copy (self->travellers, copy_traveller, NULL);
  copy->purchases = g_ptr_array_copy (self->purchases, copy_purchase, NULL);
  copy->itinerary = mil_itinerary_copy (self->itinerary);
  copy->today = self->today;
  return copy;
}

/**
 * mil_refund_request_free:
 * @self: (nullable) (transfer full): a question
 */
void
mil_refund_request_free (MilRefundRequest *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->travellers);
  g_ptr_array_unref (self->purchases);
  mil_itinerary_free (self->itinerary);
  g_free (self);
}
