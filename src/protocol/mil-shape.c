/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "protocol/mil-shape.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-currency.h"

#define AT(value, field, CType) (*(CType *) ((char *) (value) + (field)->offset))

/* --- new, copy, free --- */

static GPtrArray *
new_list (const MilField *field)
{
  return g_ptr_array_new_with_free_func (field->kind == MIL_FIELD_MONEYS ? (GDestroyNotify) mil_money_free
                                                                         : field->shape->free);
}

static gboolean
is_list (const MilField *field)
{
  return field->kind == MIL_FIELD_LIST || field->kind == MIL_FIELD_MAP || field->kind == MIL_FIELD_MONEYS;
}

/**
 * mil_shape_new:
 * @shape: a table
 *
 * Returns: (transfer full): a struct with nothing in it but empty lists
 */
gpointer
mil_shape_new (const MilShape *shape)
{
  gpointer value;

  g_return_val_if_fail (shape != NULL, NULL);

  value = g_malloc0 (shape->size);
  for (const MilField *field = shape->fields; field->name != NULL; field++)
    if (is_list (field))
      AT (value, field, GPtrArray *) = new_list (field);
    else if (field->kind == MIL_FIELD_BOOLEAN)
      AT (value, field, gboolean) = field->least != 0;
  return value;
}

static GPtrArray *
copy_list (const MilField *field, GPtrArray *list)
{
  GPtrArray *copy = new_list (field);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      gpointer item = g_ptr_array_index (list, i);

      g_ptr_array_add (copy,
                       field->kind == MIL_FIELD_MONEYS ? (gpointer) mil_money_copy (item)
                                                       : mil_shape_copy (field->shape, item));
    }
  return copy;
}

static void
copy_field (const MilField *field, gpointer copy, gconstpointer value)
{
  switch (field->kind)
    {
    case MIL_FIELD_STRING:
    case MIL_FIELD_CHOICE:
      AT (copy, field, char *) = g_strdup (AT (value, field, char *));
      break;
    case MIL_FIELD_STRINGS:
      AT (copy, field, GStrv) = g_strdupv (AT (value, field, GStrv));
      break;
    case MIL_FIELD_OBJECT:
      AT (copy, field, gpointer) = mil_shape_copy (field->shape, AT (value, field, gpointer));
      break;
    case MIL_FIELD_LIST:
    case MIL_FIELD_MAP:
    case MIL_FIELD_MONEYS:
      AT (copy, field, GPtrArray *) = copy_list (field, AT (value, field, GPtrArray *));
      break;
    case MIL_FIELD_NODE:
      if (AT (value, field, JsonNode *) != NULL)
        AT (copy, field, JsonNode *) = json_node_copy (AT (value, field, JsonNode *));
      break;
    default:
      break;
    }
}

/**
 * mil_shape_copy:
 * @shape: a table
 * @value: (nullable): a struct
 *
 * Returns: (transfer full) (nullable): a copy, down to the last string
 */
gpointer
mil_shape_copy (const MilShape *shape, gconstpointer value)
{
  gpointer copy;

  g_return_val_if_fail (shape != NULL, NULL);

  if (value == NULL)
    return NULL;
  copy = g_memdup2 (value, shape->size);
  for (const MilField *field = shape->fields; field->name != NULL; field++)
    copy_field (field, copy, value);
  return copy;
}

/**
 * mil_shape_free:
 * @shape: a table
 * @value: (nullable) (transfer full): a struct
 */
void
mil_shape_free (const MilShape *shape, gpointer value)
{
  g_return_if_fail (shape != NULL);

  if (value == NULL)
    return;
  for (const MilField *field = shape->fields; field->name != NULL; field++)
    switch (field->kind)
      {
      case MIL_FIELD_STRING:
      case MIL_FIELD_CHOICE:
        g_free (AT (value, field, char *));
        break;
      case MIL_FIELD_STRINGS:
        g_strfreev (AT (value, field, GStrv));
        break;
      case MIL_FIELD_OBJECT:
        mil_shape_free (field->shape, AT (value, field, gpointer));
        break;
      case MIL_FIELD_LIST:
      case MIL_FIELD_MAP:
      case MIL_FIELD_MONEYS:
        g_clear_pointer (&AT (value, field, GPtrArray *), g_ptr_array_unref);
        break;
      case MIL_FIELD_NODE:
        g_clear_pointer (&AT (value, field, JsonNode *), json_node_unref);
        break;
      default:
        break;
      }
  g_free (value);
}

/* --- writing --- */

static JsonNode *
money_to_json (MilMoney money)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "amount", money.minor);
  json_object_set_string_member (object, "currency", money.currency);
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
take_string_node (char *text)
{
  g_autofree char *owned = text;

  return string_node (owned);
}

static JsonNode *
list_to_json (const MilField *field, GPtrArray *list)
{
  JsonArray *array = json_array_new ();
  JsonNode  *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      gpointer item = g_ptr_array_index (list, i);

      json_array_add_element (array,
                              field->kind == MIL_FIELD_MONEYS ? money_to_json (*(MilMoney *) item)
                                                              : mil_shape_to_json (field->shape, item));
    }
  json_node_take_array (node, array);
  return node;
}

static JsonNode *
map_to_json (const MilField *field, GPtrArray *list)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      gpointer    item = g_ptr_array_index (list, i);
      const char *key = AT (item, field->shape->fields, char *);

      if (!json_object_has_member (object, key))
        json_object_set_array_member (object, key, json_array_new ());
      json_array_add_element (json_object_get_array_member (object, key), mil_shape_to_json (field->shape, item));
    }
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
strings_to_json (char **strings)
{
  JsonArray *array = json_array_new ();
  JsonNode  *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  json_node_take_array (node, array);
  return node;
}

/* %NULL for "nothing". */
static JsonNode *
write_pointer (const MilField *field, gconstpointer value, gboolean required)
{
  GPtrArray *list;

  switch (field->kind)
    {
    case MIL_FIELD_STRINGS:
      return AT (value, field, GStrv) != NULL || required ? strings_to_json (AT (value, field, GStrv)) : NULL;
    case MIL_FIELD_OBJECT:
      return AT (value, field, gpointer) != NULL ? mil_shape_to_json (field->shape, AT (value, field, gpointer)) : NULL;
    case MIL_FIELD_MAP:
      list = AT (value, field, GPtrArray *);
      return required || (list != NULL && list->len > 0) ? map_to_json (field, list) : NULL;
    case MIL_FIELD_LIST:
    case MIL_FIELD_MONEYS:
      list = AT (value, field, GPtrArray *);
      return required || (list != NULL && list->len > 0) ? list_to_json (field, list) : NULL;
    case MIL_FIELD_NODE:
      return AT (value, field, JsonNode *) != NULL ? json_node_copy (AT (value, field, JsonNode *)) : NULL;
    default:
      g_assert_not_reached ();
    }
}

static JsonNode *
write_field (const MilField *field, gconstpointer value)
{
  gboolean required = (field->flags & MIL_FIELD_REQUIRED) != 0;

  switch (field->kind)
    {
    case MIL_FIELD_STRING:
    case MIL_FIELD_CHOICE:
      return AT (value, field, char *) != NULL ? string_node (AT (value, field, char *)) : NULL;
    case MIL_FIELD_INT:
      return required || AT (value, field, gint64) != 0
                 ? json_node_init_int (json_node_alloc (), AT (value, field, gint64))
                 : NULL;
    case MIL_FIELD_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), AT (value, field, gboolean));
    case MIL_FIELD_MONEY:
      return mil_money_is_set (AT (value, field, MilMoney)) ? money_to_json (AT (value, field, MilMoney)) : NULL;
    case MIL_FIELD_INSTANT:
      return required || AT (value, field, gint64) != 0
                 ? take_string_node (mil_instant_to_string (AT (value, field, gint64)))
                 : NULL;
    case MIL_FIELD_DATE:
      return mil_date_is_set (AT (value, field, MilDate))
                 ? take_string_node (mil_date_to_string (AT (value, field, MilDate)))
                 : NULL;
    case MIL_FIELD_DECIMAL:
      return required || AT (value, field, MilDecimal).digits != 0
                 ? take_string_node (mil_decimal_to_string (AT (value, field, MilDecimal)))
                 : NULL;
    default:
      return write_pointer (field, value, required);
    }
}

/**
 * mil_shape_to_json:
 * @shape: a table
 * @value: a struct
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
mil_shape_to_json (const MilShape *shape, gconstpointer value)
{
  JsonObject *object;
  JsonNode   *node;

  g_return_val_if_fail (shape != NULL && value != NULL, NULL);

  object = json_object_new ();
  for (const MilField *field = shape->fields; field->name != NULL; field++)
    {
      JsonNode *member = (field->flags & MIL_FIELD_KEY) != 0 ? NULL : write_field (field, value);

      if (member != NULL)
        json_object_set_member (object, field->name, member);
      else if ((field->flags & MIL_FIELD_NULLABLE) != 0)
        json_object_set_null_member (object, field->name);
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

/* --- reading --- */

static gpointer read_object (const MilShape *shape, MilJson *json, const char *key);

/* Stands in the object. */
static MilMoney
read_money (MilJson *json, gint64 least)
{
  gint64      minor = mil_json_int (json, "amount", least, G_MAXINT64);
  const char *currency = mil_json_string (json, "currency", 3);

  if (mil_json_failed (json))
    return (MilMoney) { 0 };
  if (!mil_currency_is_known (currency))
    mil_json_fail (json, "currency", "%s", _ ("is not the code of a currency in use"));
  return mil_money (minor, currency);
}

static GStrv
read_strings (MilJson *json, const MilField *field)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = mil_json_enter_array (json, field->name, field->most);

  for (guint i = 0; i < n && !mil_json_failed (json); i++)
    {
      mil_json_enter_item (json, i);
      g_strv_builder_add (builder, mil_json_string (json, NULL, 1000));
      mil_json_leave (json);
    }
  mil_json_leave (json);
  return g_strv_builder_end (builder);
}

/* Stands in the list. */
static void
read_items (MilJson *json, const MilField *field, guint n, const char *key, GPtrArray *list)
{
  for (guint i = 0; i < n && !mil_json_failed (json); i++)
    {
      mil_json_enter_item (json, i);
      if (field->kind == MIL_FIELD_MONEYS)
        {
          MilMoney money = read_money (json, 0);

          g_ptr_array_add (list, mil_money_copy (&money));
        }
      else
        g_ptr_array_add (list, read_object (field->shape, json, key));
      mil_json_leave (json);
    }
}

static void
read_map (MilJson *json, const MilField *field, GPtrArray *list)
{
  g_auto (GStrv) keys = NULL;

  if (!mil_json_enter (json, field->name))
    return;
  keys = mil_json_members (json);
  for (guint i = 0; keys[i] != NULL && !mil_json_failed (json); i++)
    {
      guint n = mil_json_enter_array (json, keys[i], field->most);

      if (strlen (keys[i]) > 200 || list->len + n > field->most)
        mil_json_fail (json, NULL, "%s", _ ("has too many entries or too long a name"));
      else
        read_items (json, field, n, keys[i], list);
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

static char *
read_text (MilJson *json, const MilField *field)
{
  const char *text = mil_json_string (json, field->name, field->most);

  if (field->words != NULL && !mil_json_failed (json) && !g_strv_contains (field->words, text))
    mil_json_fail (json, field->name, _ ("“%s” is not known here"), text);
  return g_strdup (text);
}

static JsonNode *
read_node (MilJson *json, const char *name)
{
  return json_node_copy (json_object_get_member (json_node_get_object (mil_json_node (json)), name));
}

static void
read_present (const MilField *field, MilJson *json, gpointer value)
{
  switch (field->kind)
    {
    case MIL_FIELD_STRING:
    case MIL_FIELD_CHOICE:
      AT (value, field, char *) = read_text (json, field);
      break;
    case MIL_FIELD_INT:
      AT (value, field, gint64) = mil_json_int (json, field->name, field->least, field->most);
      break;
    case MIL_FIELD_BOOLEAN:
      AT (value, field, gboolean) = mil_json_boolean_optional (json, field->name, field->least != 0);
      break;
    case MIL_FIELD_MONEY:
      if (mil_json_enter (json, field->name))
        AT (value, field, MilMoney) = read_money (json, field->least);
      mil_json_leave (json);
      break;
    case MIL_FIELD_INSTANT:
      AT (value, field, gint64) = mil_json_instant (json, field->name);
      break;
    case MIL_FIELD_DATE:
      AT (value, field, MilDate) = mil_json_date (json, field->name);
      break;
    case MIL_FIELD_DECIMAL:
      AT (value, field, MilDecimal) = mil_json_decimal (json, field->name);
      break;
    case MIL_FIELD_STRINGS:
      AT (value, field, GStrv) = read_strings (json, field);
      break;
    case MIL_FIELD_OBJECT:
      if (mil_json_enter (json, field->name))
        AT (value, field, gpointer) = read_object (field->shape, json, NULL);
      mil_json_leave (json);
      break;
    case MIL_FIELD_LIST:
    case MIL_FIELD_MONEYS:
      read_items (json, field, mil_json_enter_array (json, field->name, field->most), NULL, AT (value, field, GPtrArray *));
      mil_json_leave (json);
      break;
    case MIL_FIELD_MAP:
      read_map (json, field, AT (value, field, GPtrArray *));
      break;
    case MIL_FIELD_NODE:
      AT (value, field, JsonNode *) = read_node (json, field->name);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Stands in the object. What it returns may be half filled when the reader has failed. */
static gpointer
read_object (const MilShape *shape, MilJson *json, const char *key)
{
  gpointer value = mil_shape_new (shape);

  for (const MilField *field = shape->fields; field->name != NULL && !mil_json_failed (json); field++)
    {
      if ((field->flags & MIL_FIELD_KEY) != 0)
        AT (value, field, char *) = g_strdup (key);
      else if (mil_json_has (json, field->name))
        read_present (field, json, value);
      else if ((field->flags & MIL_FIELD_REQUIRED) != 0)
        mil_json_fail (json, field->name, "%s", _ ("is missing"));
    }
  if (shape->check != NULL && !mil_json_failed (json))
    shape->check (value, json);
  return value;
}

/**
 * mil_shape_from_json:
 * @shape: a table
 * @node: what somebody else wrote
 * @error: %MIL_ERROR_PROTOCOL with the path of the first thing that is wrong
 *
 * Returns: (transfer full) (nullable): a struct
 */
gpointer
mil_shape_from_json (const MilShape *shape, JsonNode *node, GError **error)
{
  g_autoptr (MilJson) json = NULL;
  gpointer value;

  g_return_val_if_fail (shape != NULL && node != NULL, NULL);

  json = mil_json_new (node);
  value = read_object (shape, json, NULL);
  if (mil_json_finish (json, error))
    return value;
  mil_shape_free (shape, value);
  return NULL;
}
