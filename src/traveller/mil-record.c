/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-record.h"

#include "base/mil-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  gpointer value; /* (owned): the struct that the class describes */
} MilRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MilRecord, mil_record, G_TYPE_OBJECT)

static gpointer
value_of (MilRecord *self)
{
  MilRecordPrivate *priv = mil_record_get_instance_private (self);
  return priv->value;
}

static gpointer
field_at (gconstpointer value, const MilRecordField *field)
{
  return (guint8 *) value + field->offset;
}

static gboolean
strv_equal (GStrv a, GStrv b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

static gboolean
lists_equal (GListStore *a, GListStore *b)
{
  guint n = a != NULL ? g_list_model_get_n_items (G_LIST_MODEL (a)) : 0;

  if (n != (b != NULL ? g_list_model_get_n_items (G_LIST_MODEL (b)) : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MilRecord) x = g_list_model_get_item (G_LIST_MODEL (a), i);
      g_autoptr (MilRecord) y = g_list_model_get_item (G_LIST_MODEL (b), i);
      if (!mil_record_equal (x, y))
        return FALSE;
    }
  return TRUE;
}

static gboolean
field_equal (const MilRecordField *field, gconstpointer a, gconstpointer b)
{
  gpointer x = field_at (a, field);
  gpointer y = field_at (b, field);

  switch (field->kind)
    {
    case MIL_RECORD_FIELD_STRING:
      return g_strcmp0 (*(char **) x, *(char **) y) == 0;
    case MIL_RECORD_FIELD_STRV:
      return strv_equal (*(GStrv *) x, *(GStrv *) y);
    case MIL_RECORD_FIELD_BOOLEAN:
    case MIL_RECORD_FIELD_INT:
      return *(int *) x == *(int *) y;
    case MIL_RECORD_FIELD_INT64:
      return *(gint64 *) x == *(gint64 *) y;
    case MIL_RECORD_FIELD_MONEY:
      return mil_money_equal (*(MilMoney *) x, *(MilMoney *) y);
    case MIL_RECORD_FIELD_DATE:
      return memcmp (x, y, sizeof (MilDate)) == 0;
    case MIL_RECORD_FIELD_RECORDS:
      return lists_equal (*(GListStore **) x, *(GListStore **) y);
    default:
      g_assert_not_reached ();
    }
}

static GPtrArray *
list_items (GListStore *list)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (list), i));
  return items;
}

/* Lists keep their identity, so that a view stays bound to the one that it was given. */
static void
field_assign (const MilRecordField *field, gpointer to, gconstpointer from)
{
  gpointer x = field_at (to, field);
  gpointer y = field_at (from, field);

  switch (field->kind)
    {
    case MIL_RECORD_FIELD_STRING:
      g_set_str ((char **) x, *(char **) y);
      break;
    case MIL_RECORD_FIELD_STRV:
      {
        GStrv copy = g_strdupv (*(GStrv *) y);
        g_strfreev (*(GStrv *) x);
        *(GStrv *) x = copy;
      }
      break;
    case MIL_RECORD_FIELD_BOOLEAN:
    case MIL_RECORD_FIELD_INT:
      *(int *) x = *(int *) y;
      break;
    case MIL_RECORD_FIELD_INT64:
      *(gint64 *) x = *(gint64 *) y;
      break;
    case MIL_RECORD_FIELD_MONEY:
      *(MilMoney *) x = *(MilMoney *) y;
      break;
    case MIL_RECORD_FIELD_DATE:
      *(MilDate *) x = *(MilDate *) y;
      break;
    case MIL_RECORD_FIELD_RECORDS:
      {
        g_autoptr (GPtrArray) items = list_items (*(GListStore **) y);
        if (*(GListStore **) x == NULL)
          *(GListStore **) x = g_list_store_new (field->item_type ());
        mil_record_list_sync (*(GListStore **) x, items);
      }
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
field_clear (const MilRecordField *field, gpointer value)
{
  gpointer x = field_at (value, field);

  if (field->kind == MIL_RECORD_FIELD_STRING)
    g_clear_pointer ((char **) x, g_free);
  else if (field->kind == MIL_RECORD_FIELD_STRV)
    g_clear_pointer ((GStrv *) x, g_strfreev);
  else if (field->kind == MIL_RECORD_FIELD_RECORDS)
    g_clear_object ((GListStore **) x);
}

static void
mil_record_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilRecord            *self = MIL_RECORD (object);
  MilRecordClass       *klass = MIL_RECORD_GET_CLASS (self);
  const MilRecordField *field = NULL;
  gpointer              x = NULL;

  g_assert (prop_id >= 1 && prop_id <= klass->n_fields);
  field = &klass->fields[prop_id - 1];
  x = field_at (value_of (self), field);
  switch (field->kind)
    {
    case MIL_RECORD_FIELD_STRING:
      g_value_set_string (value, *(char **) x);
      break;
    case MIL_RECORD_FIELD_STRV:
      g_value_set_boxed (value, *(GStrv *) x);
      break;
    case MIL_RECORD_FIELD_BOOLEAN:
      g_value_set_boolean (value, *(gboolean *) x);
      break;
    case MIL_RECORD_FIELD_INT:
      g_value_set_int (value, *(int *) x);
      break;
    case MIL_RECORD_FIELD_INT64:
      g_value_set_int64 (value, *(gint64 *) x);
      break;
    case MIL_RECORD_FIELD_MONEY:
      g_value_set_boxed (value, mil_money_is_set (*(MilMoney *) x) ? x : NULL);
      break;
    case MIL_RECORD_FIELD_DATE:
      g_value_take_string (value, mil_date_is_set (*(MilDate *) x) ? mil_date_format (*(MilDate *) x) : NULL);
      break;
    case MIL_RECORD_FIELD_RECORDS:
      g_value_set_object (value, *(GListStore **) x);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static GParamSpec *
field_spec (const MilRecordField *field)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  switch (field->kind)
    {
    case MIL_RECORD_FIELD_STRING:
    case MIL_RECORD_FIELD_DATE:
      return g_param_spec_string (field->name, NULL, NULL, NULL, flags);
    case MIL_RECORD_FIELD_STRV:
      return g_param_spec_boxed (field->name, NULL, NULL, G_TYPE_STRV, flags);
    case MIL_RECORD_FIELD_BOOLEAN:
      return g_param_spec_boolean (field->name, NULL, NULL, FALSE, flags);
    case MIL_RECORD_FIELD_INT:
      return g_param_spec_int (field->name, NULL, NULL, G_MININT, G_MAXINT, 0, flags);
    case MIL_RECORD_FIELD_INT64:
      return g_param_spec_int64 (field->name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case MIL_RECORD_FIELD_MONEY:
      return g_param_spec_boxed (field->name, NULL, NULL, MIL_TYPE_MONEY, flags);
    case MIL_RECORD_FIELD_RECORDS:
      return g_param_spec_object (field->name, NULL, NULL, G_TYPE_LIST_MODEL, flags);
    default:
      g_assert_not_reached ();
    }
}

static void
mil_record_constructed (GObject *object)
{
  MilRecord        *self = MIL_RECORD (object);
  MilRecordPrivate *priv = mil_record_get_instance_private (self);
  MilRecordClass   *klass = MIL_RECORD_GET_CLASS (self);

  priv->value = g_malloc0 (klass->size);
  for (guint i = 0; i < klass->n_fields; i++)
    if (klass->fields[i].kind == MIL_RECORD_FIELD_RECORDS)
      *(GListStore **) field_at (priv->value, &klass->fields[i]) = g_list_store_new (klass->fields[i].item_type ());
  G_OBJECT_CLASS (mil_record_parent_class)->constructed (object);
}

static void
mil_record_finalize (GObject *object)
{
  MilRecord        *self = MIL_RECORD (object);
  MilRecordPrivate *priv = mil_record_get_instance_private (self);
  MilRecordClass   *klass = MIL_RECORD_GET_CLASS (self);

  for (guint i = 0; i < klass->n_fields; i++)
    field_clear (&klass->fields[i], priv->value);
  g_free (priv->value);
  G_OBJECT_CLASS (mil_record_parent_class)->finalize (object);
}

static void
mil_record_class_init (MilRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = mil_record_constructed;
  object_class->finalize = mil_record_finalize;
}

static void
mil_record_init (MilRecord *self)
{
}

/**
 * mil_record_class_set_fields:
 * @klass: the class of a record
 * @fields: (array length=n_fields): what its struct holds; kept, so it must be static
 * @n_fields: how many
 * @size: of the struct
 *
 * Says what a record is made of and makes its properties. To be called in `class_init`.
 */
void
mil_record_class_set_fields (MilRecordClass *klass, const MilRecordField *fields, guint n_fields, gsize size)
{
  g_return_if_fail (MIL_IS_RECORD_CLASS (klass));
  g_return_if_fail (fields != NULL && n_fields > 0 && fields[0].kind == MIL_RECORD_FIELD_STRING);

  /* GObject does not let a class inherit this from its parent. */
  G_OBJECT_CLASS (klass)->get_property = mil_record_get_property;
  klass->fields = fields;
  klass->n_fields = n_fields;
  klass->size = size;
  for (guint i = 0; i < n_fields; i++)
    g_object_class_install_property (G_OBJECT_CLASS (klass), i + 1, field_spec (&fields[i]));
}

/**
 * mil_record_new_for_value:
 * @type: a type of record
 * @value: its struct; copied
 *
 * Returns: (transfer full): a record
 */
gpointer
mil_record_new_for_value (GType type, gconstpointer value)
{
  MilRecord *self = NULL;

  g_return_val_if_fail (g_type_is_a (type, MIL_TYPE_RECORD), NULL);
  g_return_val_if_fail (value != NULL, NULL);

  self = g_object_new (type, NULL);
  mil_record_set_value (self, value);
  return self;
}

/**
 * mil_record_get_value:
 * @self: a record
 *
 * Returns: (transfer none): its struct
 */
gconstpointer
mil_record_get_value (MilRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECORD (self), NULL);

  return value_of (self);
}

/**
 * mil_record_set_value:
 * @self: a record
 * @value: the new struct; copied
 *
 * Takes the new values over and notifies the properties that changed. Lists stay the same object;
 * their items are brought into line by id.
 */
void
mil_record_set_value (MilRecord *self, gconstpointer value)
{
  MilRecordClass *klass = NULL;

  g_return_if_fail (MIL_IS_RECORD (self));
  g_return_if_fail (value != NULL);

  klass = MIL_RECORD_GET_CLASS (self);
  if (value == value_of (self))
    return;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < klass->n_fields; i++)
    if (!field_equal (&klass->fields[i], value_of (self), value))
      {
        field_assign (&klass->fields[i], value_of (self), value);
        g_object_notify (G_OBJECT (self), klass->fields[i].name);
      }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * mil_record_get_id:
 * @self: a record
 *
 * Returns: (transfer none) (nullable): its first field
 */
const char *
mil_record_get_id (MilRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECORD (self), NULL);

  return *(char **) field_at (value_of (self), &MIL_RECORD_GET_CLASS (self)->fields[0]);
}

/**
 * mil_record_equal:
 * @self: a record
 * @other: another
 *
 * Returns: whether both are of the same type and say the same
 */
gboolean
mil_record_equal (MilRecord *self, MilRecord *other)
{
  MilRecordClass *klass = NULL;

  g_return_val_if_fail (MIL_IS_RECORD (self), FALSE);
  g_return_val_if_fail (MIL_IS_RECORD (other), FALSE);

  klass = MIL_RECORD_GET_CLASS (self);
  if (klass != MIL_RECORD_GET_CLASS (other))
    return FALSE;
  for (guint i = 0; i < klass->n_fields; i++)
    if (!field_equal (&klass->fields[i], value_of (self), value_of (other)))
      return FALSE;
  return TRUE;
}

/* --- JSON, for the local store ------------------------------------------------------------------ */

static char *
member_name (const MilRecordField *field)
{
  char *name = g_strdup (field->name);
  g_strdelimit (name, "-", '_');
  return name;
}

static JsonNode *
strv_to_json (GStrv strv)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; strv != NULL && strv[i] != NULL; i++)
    json_array_add_string_element (array, strv[i]);
  json_node_set_array (node, array);
  return node;
}

static JsonNode *
list_to_json (GListStore *list)
{
  g_autoptr (GPtrArray) items = list_items (list);
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < items->len; i++)
    json_array_add_element (array, mil_record_to_json (items->pdata[i]));
  json_node_set_array (node, array);
  return node;
}

static JsonNode *
money_to_json (MilMoney money)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "amount", money.minor);
  json_object_set_string_member (object, "currency", money.currency);
  json_node_set_object (node, object);
  return node;
}

static JsonNode *
field_to_json (const MilRecordField *field, gconstpointer value)
{
  gpointer         x = field_at (value, field);
  g_autofree char *text = NULL;

  switch (field->kind)
    {
    case MIL_RECORD_FIELD_STRING:
      return *(char **) x != NULL ? json_node_init_string (json_node_alloc (), *(char **) x) : NULL;
    case MIL_RECORD_FIELD_STRV:
      return *(GStrv *) x != NULL ? strv_to_json (*(GStrv *) x) : NULL;
    case MIL_RECORD_FIELD_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), *(gboolean *) x);
    case MIL_RECORD_FIELD_INT:
      return json_node_init_int (json_node_alloc (), *(int *) x);
    case MIL_RECORD_FIELD_INT64:
      return json_node_init_int (json_node_alloc (), *(gint64 *) x);
    case MIL_RECORD_FIELD_MONEY:
      return mil_money_is_set (*(MilMoney *) x) ? money_to_json (*(MilMoney *) x) : NULL;
    case MIL_RECORD_FIELD_DATE:
      if (!mil_date_is_set (*(MilDate *) x))
        return NULL;
      text = mil_date_to_string (*(MilDate *) x);
      return json_node_init_string (json_node_alloc (), text);
    case MIL_RECORD_FIELD_RECORDS:
      return list_to_json (*(GListStore **) x);
    default:
      g_assert_not_reached ();
    }
}

/**
 * mil_record_to_json:
 * @self: a record
 *
 * All fields as a JSON object; what is not set is left out. Money is minor units and currency,
 * dates are ISO 8601.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
mil_record_to_json (MilRecord *self)
{
  MilRecordClass *klass = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  g_return_val_if_fail (MIL_IS_RECORD (self), node);

  klass = MIL_RECORD_GET_CLASS (self);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      g_autofree char *name = member_name (&klass->fields[i]);
      JsonNode        *member = field_to_json (&klass->fields[i], value_of (self));
      if (member != NULL)
        json_object_set_member (object, name, member);
    }
  json_node_set_object (node, object);
  return node;
}

static gboolean
strv_from_json (JsonNode *node, GStrv *strv)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      if (json_node_get_value_type (item) != G_TYPE_STRING)
        return FALSE;
      g_strv_builder_add (builder, json_node_get_string (item));
    }
  g_strfreev (*strv);
  *strv = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
money_from_json (JsonNode *node, MilMoney *money)
{
  JsonObject *object = NULL;
  JsonNode   *amount = NULL;
  JsonNode   *currency = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  object = json_node_get_object (node);
  amount = json_object_get_member (object, "amount");
  currency = json_object_get_member (object, "currency");
  if (amount == NULL || json_node_get_value_type (amount) != G_TYPE_INT64 || currency == NULL
      || json_node_get_value_type (currency) != G_TYPE_STRING || strlen (json_node_get_string (currency)) != 3)
    return FALSE;
  *money = mil_money (json_node_get_int (amount), json_node_get_string (currency));
  return TRUE;
}

static gboolean
list_from_json (const MilRecordField *field, JsonNode *node, GListStore *list, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      MilRecord *item = mil_record_new_from_json (field->item_type (), json_array_get_element (array, i), error);
      if (item == NULL)
        return FALSE;
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), items->pdata, items->len);
  return TRUE;
}

static gboolean
field_from_json (const MilRecordField *field, gpointer value, JsonNode *node, GError **error)
{
  gpointer x = field_at (value, field);
  GType    type = json_node_get_value_type (node);

  switch (field->kind)
    {
    case MIL_RECORD_FIELD_STRING:
      if (type == G_TYPE_STRING)
        g_set_str ((char **) x, json_node_get_string (node));
      return type == G_TYPE_STRING;
    case MIL_RECORD_FIELD_STRV:
      return strv_from_json (node, (GStrv *) x);
    case MIL_RECORD_FIELD_BOOLEAN:
      *(gboolean *) x = json_node_get_boolean (node);
      return type == G_TYPE_BOOLEAN;
    case MIL_RECORD_FIELD_INT:
      *(int *) x = (int) json_node_get_int (node);
      return type == G_TYPE_INT64;
    case MIL_RECORD_FIELD_INT64:
      *(gint64 *) x = json_node_get_int (node);
      return type == G_TYPE_INT64;
    case MIL_RECORD_FIELD_MONEY:
      return money_from_json (node, (MilMoney *) x);
    case MIL_RECORD_FIELD_DATE:
      return type == G_TYPE_STRING && mil_date_parse (json_node_get_string (node), (MilDate *) x, error);
    case MIL_RECORD_FIELD_RECORDS:
      return list_from_json (field, node, *(GListStore **) x, error);
    default:
      g_assert_not_reached ();
    }
}

/**
 * mil_record_new_from_json:
 * @type: a type of record
 * @json: what mil_record_to_json() made; members that are missing stay unset
 * @error: where to say what is wrong with it
 *
 * Returns: (transfer full) (nullable): a record, or %NULL with %MIL_ERROR_STORAGE
 */
MilRecord *
mil_record_new_from_json (GType type, JsonNode *json, GError **error)
{
  g_autoptr (MilRecord) self = NULL;
  MilRecordClass *klass = NULL;
  JsonObject     *object = NULL;

  g_return_val_if_fail (g_type_is_a (type, MIL_TYPE_RECORD), NULL);
  g_return_val_if_fail (json != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (json))
    {
      mil_error_set (error, MIL_ERROR_STORAGE, _ ("Something that was saved could not be read again."));
      return NULL;
    }
  object = json_node_get_object (json);
  self = g_object_new (type, NULL);
  klass = MIL_RECORD_GET_CLASS (self);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      g_autofree char *name = member_name (&klass->fields[i]);
      JsonNode        *member = json_object_get_member (object, name);
      g_autoptr (GError) wrong = NULL;
      if (member == NULL || JSON_NODE_HOLDS_NULL (member)
          || field_from_json (&klass->fields[i], value_of (self), member, &wrong))
        continue;
      /* Translators: %s is the name of a field in a saved record, like "home_price". */
      mil_error_set (error, MIL_ERROR_STORAGE, _ ("Something that was saved could not be read again (%s)."), name);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* --- lists of records --------------------------------------------------------------------------- */

/**
 * mil_record_list_find:
 * @list: a list of records
 * @id: (nullable): which one
 * @position: (out) (optional): where it is
 *
 * Returns: (transfer none) (nullable): the record with that id; the list holds it
 */
gpointer
mil_record_list_find (GListModel *list, const char *id, guint *position)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (list), NULL);

  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MilRecord) item = g_list_model_get_item (list, i);
      if (g_strcmp0 (mil_record_get_id (item), id) == 0)
        {
          if (position != NULL)
            *position = i;
          return item;
        }
    }
  return NULL;
}

/**
 * mil_record_list_sync:
 * @list: a list of records
 * @records: (element-type MilRecord): what it is to hold
 *
 * Makes @list say what @records say. Records whose id is already there stay the same objects and
 * take the new values over, so that whatever is bound to them follows; the list itself tells of a
 * change only where items come, go or move.
 *
 * Returns: whether items came, went or moved
 */
gboolean
mil_record_list_sync (GListStore *list, GPtrArray *records)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  guint head = 0;
  guint tail = 0;

  g_return_val_if_fail (G_IS_LIST_STORE (list), FALSE);
  g_return_val_if_fail (records != NULL, FALSE);

  old = list_items (list);
  for (guint i = 0; i < old->len; i++)
    if (mil_record_get_id (old->pdata[i]) != NULL)
      g_hash_table_insert (known, (gpointer) mil_record_get_id (old->pdata[i]), old->pdata[i]);
  for (guint i = 0; i < records->len; i++)
    {
      const char *id = mil_record_get_id (records->pdata[i]);
      MilRecord  *same = id != NULL ? g_hash_table_lookup (known, id) : NULL;
      if (same != NULL && same != records->pdata[i])
        mil_record_set_value (same, value_of (records->pdata[i]));
      if (same != NULL)
        g_hash_table_remove (known, id);
      g_ptr_array_add (wanted, g_object_ref (same != NULL ? same : records->pdata[i]));
    }
  while (head < old->len && head < wanted->len && old->pdata[head] == wanted->pdata[head])
    head++;
  while (tail < old->len - head && tail < wanted->len - head
         && old->pdata[old->len - 1 - tail] == wanted->pdata[wanted->len - 1 - tail])
    tail++;
  if (head + tail == old->len && head + tail == wanted->len)
    return FALSE;
  g_list_store_splice (list, head, old->len - head - tail, wanted->pdata + head, wanted->len - head - tail);
  return TRUE;
}
