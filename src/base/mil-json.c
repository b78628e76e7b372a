/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-json.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/mil-currency.h"
#include "base/mil-error.h"

#define MAX_DEPTH 64
#define MAX_EXACT_DOUBLE G_GINT64_CONSTANT (9007199254740992)

/* Where the reader stands: a node, and where in its path its name begins. */
typedef struct
{
  JsonNode *node; /* borrowed from the root; NULL in a place that is not there */
  gsize     path_length;
} Frame;

struct _MilJson
{
  JsonNode *root;
  GArray   *frames; /* of Frame */
  GString  *path;
  char     *failure;
};

/* --- text to nodes --- */

/* What json-glib lets pass: nesting far deeper than ours, control characters in strings, and an escaped NUL,
 * which would cut a C string short. */
static gboolean
is_harmless (const char *text, gsize size)
{
  gboolean in_string = FALSE;
  int      depth = 0;

  for (gsize i = 0; i < size; i++)
    {
      if (in_string && (guchar) text[i] < 0x20)
        return FALSE;
      if (in_string && text[i] == '\\')
        {
          if (size - i >= 6 && memcmp (text + i, "\\u0000", 6) == 0)
            return FALSE;
          i++;
        }
      else if (text[i] == '"')
        in_string = !in_string;
      else if (!in_string && (text[i] == '{' || text[i] == '['))
        {
          if (++depth > MAX_DEPTH)
            return FALSE;
        }
      else if (!in_string && (text[i] == '}' || text[i] == ']'))
        depth--;
    }
  return TRUE;
}

/* A number too big for a double becomes an infinity, which no JSON text can say again. */
static gboolean
is_finite (JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_value_type (node) != G_TYPE_DOUBLE || isfinite (json_node_get_double (node));
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!is_finite (json_array_get_element (array, i)))
          return FALSE;
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) values = json_object_get_values (json_node_get_object (node));

      for (GList *l = values; l != NULL; l = l->next)
        if (!is_finite (l->data))
          return FALSE;
    }
  return TRUE;
}

/**
 * mil_json_parse:
 * @bytes: a JSON text (RFC 8259) in UTF-8
 * @max_size: most bytes accepted
 * @error: %MIL_ERROR_TOO_LARGE; %MIL_ERROR_PROTOCOL for what is no JSON, is not UTF-8, is nested
 *   deeper than 64 levels or has anything but white space behind the value
 *
 * The message never repeats what was sent.
 *
 * Returns: (transfer full) (nullable): an immutable tree
 */
JsonNode *
mil_json_parse (GBytes *bytes, gsize max_size, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  const char *text;
  gsize       size;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &size);
  if (size > max_size)
    {
      mil_error_set (error, MIL_ERROR_TOO_LARGE, "%s", _ ("The data is bigger than is accepted."));
      return NULL;
    }
  parser = json_parser_new_immutable ();
  json_parser_set_strict (parser, TRUE);
  if (size == 0 || !g_utf8_validate_len (text, size, NULL) || !is_harmless (text, size)
      || !json_parser_load_from_data (parser, text, size, NULL) || json_parser_get_root (parser) == NULL
      || !is_finite (json_parser_get_root (parser)))
    {
      mil_error_set (error, MIL_ERROR_PROTOCOL, "%s", _ ("The data is not valid JSON; it may have been cut off."));
      return NULL;
    }
  return json_node_ref (json_parser_get_root (parser));
}

/**
 * mil_json_to_bytes:
 * @node: a tree
 *
 * Returns: (transfer full): its JSON text in UTF-8, without white space
 */
GBytes *
mil_json_to_bytes (JsonNode *node)
{
  char *text;

  g_return_val_if_fail (node != NULL, NULL);

  text = json_to_string (node, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
needs_escape (guchar c)
{
  return c < 0x20 || c == '"' || c == '\\';
}

static void
append_escaped (GString *out, char c)
{
  static const char escaped[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";
  const char       *found = strchr (escaped, c);

  if (found != NULL)
    g_string_append_printf (out, "\\%c", letters[found - escaped]);
  else
    g_string_append_printf (out, "\\u%04x", c);
}

/**
 * mil_json_append_string:
 * @out: JSON text so far
 * @text: UTF-8
 *
 * Appends a string as mil_json_canonical() writes it, in quotes.
 */
void
mil_json_append_string (GString *out, const char *text)
{
  const char *from = text;

  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL);

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!needs_escape (*p))
        continue;
      g_string_append_len (out, from, p - from);
      append_escaped (out, *p);
      from = p + 1;
    }
  g_string_append (out, from);
  g_string_append_c (out, '"');
}

static void append_canonical (GString *out, JsonNode *node);

/* RFC 8785 sorts by UTF-16 code units; for the ASCII names that we sign that is the order of bytes. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
append_object (GString *out, JsonObject *object)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), compare_names);

  g_string_append_c (out, '{');
  for (GList *l = names; l != NULL; l = l->next)
    {
      if (l != names)
        g_string_append_c (out, ',');
      mil_json_append_string (out, l->data);
      g_string_append_c (out, ':');
      append_canonical (out, json_object_get_member (object, l->data));
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_canonical (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

static void
append_value (GString *out, JsonNode *node)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      mil_json_append_string (out, json_node_get_string (node));
      break;
    case G_TYPE_INT64:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
      break;
    default:
      /* RFC 8785: there is one zero. */
      g_string_append (out, g_ascii_dtostr (number, sizeof number, json_node_get_double (node) + 0.0));
    }
}

static void
append_canonical (GString *out, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (out, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      append_array (out, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      append_value (out, node);
      break;
    case JSON_NODE_NULL:
      g_string_append (out, "null");
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * mil_json_canonical:
 * @node: a tree
 *
 * The one way to write a value, for hashing and signing: names sorted by their bytes, no white
 * space, the shortest escapes. It is RFC 8785 for trees with ASCII names and without fractions.
 *
 * Returns: (transfer full): JSON text in UTF-8
 */
char *
mil_json_canonical (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (node != NULL, g_string_free_and_steal (out));

  append_canonical (out, node);
  return g_string_free_and_steal (out);
}

/* --- the reader --- */

static Frame *
here (MilJson *self)
{
  return &g_array_index (self->frames, Frame, self->frames->len - 1);
}

static JsonNode *
enter (MilJson *self, JsonNode *node, gsize path_length)
{
  Frame frame = { node, path_length };

  g_array_append_val (self->frames, frame);
  return node;
}

/**
 * mil_json_new:
 * @node: a tree
 *
 * Returns: (transfer full): a reader that stands at the root of @node; it keeps a reference
 */
MilJson *
mil_json_new (JsonNode *node)
{
  MilJson *self;

  g_return_val_if_fail (node != NULL, NULL);

  self = g_new0 (MilJson, 1);
  self->root = json_node_ref (node);
  self->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  self->path = g_string_new (NULL);
  enter (self, self->root, 0);
  return self;
}

/**
 * mil_json_free:
 * @self: (nullable) (transfer full): a reader
 *
 * Strings that getters gave live as long as the tree, not as long as the reader.
 */
void
mil_json_free (MilJson *self)
{
  if (self == NULL)
    return;
  json_node_unref (self->root);
  g_array_unref (self->frames);
  g_string_free (self->path, TRUE);
  g_free (self->failure);
  g_free (self);
}

/**
 * mil_json_finish:
 * @self: a reader
 * @error: %MIL_ERROR_PROTOCOL with the path of the first thing that was wrong
 *
 * Returns: whether everything that was asked for was as it should be
 */
gboolean
mil_json_finish (MilJson *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->failure == NULL)
    return TRUE;
  mil_error_set (error, MIL_ERROR_PROTOCOL, "%s", self->failure);
  return FALSE;
}

/**
 * mil_json_failed:
 * @self: a reader
 *
 * Returns: whether something was wrong already; loops end on it
 */
gboolean
mil_json_failed (MilJson *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->failure != NULL;
}

static gsize
push_name (MilJson *self, const char *member)
{
  gsize before = self->path->len;

  if (member == NULL)
    return before;
  if (before > 0)
    g_string_append_c (self->path, '.');
  g_string_append (self->path, member);
  return before;
}

/**
 * mil_json_fail:
 * @self: a reader
 * @member: (nullable): which member is wrong; %NULL for the value where the reader stands
 * @format: what is wrong with it, as printf() takes it
 * @...: what @format asks for
 *
 * For rules that the getters do not know. Only the first failure is kept.
 */
void
mil_json_fail (MilJson *self, const char *member, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list          args;
  gsize            before;

  g_return_if_fail (self != NULL && format != NULL);

  if (self->failure != NULL)
    return;
  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  before = push_name (self, member);
  if (self->path->len > 0)
    self->failure = g_strdup_printf ("%s: %s", self->path->str, what);
  else
    self->failure = g_strdup (what);
  g_string_truncate (self->path, before);
}

/**
 * mil_json_node:
 * @self: a reader
 *
 * Returns: (transfer none) (nullable): the node where the reader stands; %NULL in a place that is not there
 */
JsonNode *
mil_json_node (MilJson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return here (self)->node;
}

/* A member that is `null` is taken for one that is not there. */
static JsonNode *
lookup (MilJson *self, const char *member)
{
  JsonNode *node = here (self)->node;

  if (self->failure != NULL || node == NULL)
    return NULL;
  if (member != NULL)
    {
      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          mil_json_fail (self, NULL, "%s", _ ("expected an object"));
          return NULL;
        }
      node = json_object_get_member (json_node_get_object (node), member);
    }
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static JsonNode *
require (MilJson *self, const char *member)
{
  JsonNode *node = lookup (self, member);

  if (node == NULL)
    /* Translators: as all that begins so, it goes on from the name of a field: "line_items[2].price: is missing". */
    mil_json_fail (self, member, "%s", _ ("is missing"));
  return node;
}

/**
 * mil_json_has:
 * @self: a reader
 * @member: a name
 *
 * Returns: whether the object where the reader stands has that member and it is not `null`
 */
gboolean
mil_json_has (MilJson *self, const char *member)
{
  g_return_val_if_fail (self != NULL && member != NULL, FALSE);

  return lookup (self, member) != NULL;
}

static gboolean
enter_object (MilJson *self, const char *member, JsonNode *node)
{
  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    {
      mil_json_fail (self, member, "%s", _ ("expected an object"));
      node = NULL;
    }
  return enter (self, node, push_name (self, member)) != NULL;
}

/**
 * mil_json_enter:
 * @self: a reader
 * @member: a name
 *
 * Steps into the object of that name, which must be there. To be paired with mil_json_leave() whatever it returns.
 *
 * Returns: whether it is there and is an object
 */
gboolean
mil_json_enter (MilJson *self, const char *member)
{
  g_return_val_if_fail (self != NULL && member != NULL, FALSE);

  return enter_object (self, member, require (self, member));
}

/**
 * mil_json_enter_optional:
 * @self: a reader
 * @member: a name
 *
 * Steps into the object of that name if it is there. To be paired with mil_json_leave() only when it returns %TRUE.
 *
 * Returns: whether it is there
 */
gboolean
mil_json_enter_optional (MilJson *self, const char *member)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL && member != NULL, FALSE);

  node = lookup (self, member);
  if (node == NULL)
    return FALSE;
  if (enter_object (self, member, node))
    return TRUE;
  mil_json_leave (self);
  return FALSE;
}

static guint
enter_array (MilJson *self, const char *member, JsonNode *node, guint max_items)
{
  guint length = 0;

  if (node != NULL && !JSON_NODE_HOLDS_ARRAY (node))
    {
      mil_json_fail (self, member, "%s", _ ("expected a list"));
      node = NULL;
    }
  if (node != NULL)
    length = json_array_get_length (json_node_get_array (node));
  if (length > max_items)
    {
      /* Translators: %u is the biggest number of entries a list may have. */
      mil_json_fail (self, member, _ ("has more than %u entries"), max_items);
      node = NULL;
    }
  enter (self, node, push_name (self, member));
  return node != NULL ? length : 0;
}

/**
 * mil_json_enter_array:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 * @max_items: most entries accepted
 *
 * Steps into the list of that name, which must be there. To be paired with mil_json_leave() whatever it returns.
 *
 * Returns: how many entries it has
 */
guint
mil_json_enter_array (MilJson *self, const char *member, guint max_items)
{
  g_return_val_if_fail (self != NULL, 0);

  return enter_array (self, member, require (self, member), max_items);
}

/**
 * mil_json_enter_array_optional:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 * @max_items: most entries accepted
 *
 * Like mil_json_enter_array() for a list that need not be there. To be paired with mil_json_leave() whatever it returns.
 *
 * Returns: how many entries it has, 0 when it is not there
 */
guint
mil_json_enter_array_optional (MilJson *self, const char *member, guint max_items)
{
  g_return_val_if_fail (self != NULL, 0);

  return enter_array (self, member, lookup (self, member), max_items);
}

/**
 * mil_json_enter_item:
 * @self: a reader that stands in a list
 * @index: which entry, from 0
 *
 * Steps into an entry of any type. To be paired with mil_json_leave() whatever it returns.
 *
 * Returns: whether it is there and nothing has failed yet
 */
gboolean
mil_json_enter_item (MilJson *self, guint index)
{
  JsonNode *node, *item = NULL;
  gsize     before;

  g_return_val_if_fail (self != NULL, FALSE);

  node = here (self)->node;
  if (self->failure == NULL && node != NULL && JSON_NODE_HOLDS_ARRAY (node)
      && index < json_array_get_length (json_node_get_array (node)))
    item = json_array_get_element (json_node_get_array (node), index);
  before = self->path->len;
  g_string_append_printf (self->path, "[%u]", index);
  return enter (self, item, before) != NULL;
}

/**
 * mil_json_leave:
 * @self: a reader
 *
 * Steps out again.
 */
void
mil_json_leave (MilJson *self)
{
  g_return_if_fail (self != NULL);

  /* After a failure readers may leave out what they would have entered. */
  if (self->frames->len == 1 && self->failure != NULL)
    return;
  g_return_if_fail (self->frames->len > 1);

  g_string_truncate (self->path, here (self)->path_length);
  g_array_set_size (self->frames, self->frames->len - 1);
}

/**
 * mil_json_members:
 * @self: a reader
 *
 * Returns: (transfer full): the names in the object where the reader stands, in their order; empty when it is none
 */
GStrv
mil_json_members (MilJson *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GList) names = NULL;
  JsonNode *node;

  g_return_val_if_fail (self != NULL, NULL);

  node = here (self)->node;
  if (self->failure == NULL && node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    names = json_object_get_members (json_node_get_object (node));
  for (GList *l = names; l != NULL; l = l->next)
    g_strv_builder_add (builder, l->data);
  return g_strv_builder_end (builder);
}

/* --- getters --- */

static const char *
read_string (MilJson *self, const char *member, JsonNode *node, gsize max_bytes)
{
  const char *text;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      mil_json_fail (self, member, "%s", _ ("expected a string"));
      return NULL;
    }
  text = json_node_get_string (node);
  if (strlen (text) > max_bytes)
    {
      mil_json_fail (self, member, "%s", _ ("is too long"));
      return NULL;
    }
  return text;
}

/**
 * mil_json_string:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 * @max_bytes: most bytes of UTF-8 accepted
 *
 * Returns: (transfer none): the string, which lives as long as the tree; "" when something is wrong
 */
const char *
mil_json_string (MilJson *self, const char *member, gsize max_bytes)
{
  const char *text;

  g_return_val_if_fail (self != NULL, "");

  text = read_string (self, member, require (self, member), max_bytes);
  return text != NULL ? text : "";
}

/**
 * mil_json_string_optional:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 * @max_bytes: most bytes of UTF-8 accepted
 *
 * Returns: (transfer none) (nullable): the string, or %NULL when it is not there or something is wrong
 */
const char *
mil_json_string_optional (MilJson *self, const char *member, gsize max_bytes)
{
  g_return_val_if_fail (self != NULL, NULL);

  return read_string (self, member, lookup (self, member), max_bytes);
}

/* Whole numbers written as 1.0 or 1e3 are whole numbers too (RFC 8259 knows one number type), as far as a double is exact. */
static gboolean
node_to_int (JsonNode *node, gint64 *value)
{
  double real;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *value = json_node_get_int (node);
      return TRUE;
    }
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return FALSE;
  real = json_node_get_double (node);
  if (!(real >= -(double) MAX_EXACT_DOUBLE && real <= (double) MAX_EXACT_DOUBLE))
    return FALSE;
  *value = (gint64) real;
  return (double) *value == real;
}

static gint64
read_int (MilJson *self, const char *member, JsonNode *node, gint64 least, gint64 most)
{
  gint64 value;

  if (!node_to_int (node, &value))
    {
      mil_json_fail (self, member, "%s", _ ("expected a whole number"));
      return least;
    }
  if (value < least || value > most)
    {
      mil_json_fail (self,
                     member,
                     /* Translators: both numbers are limits, for example "must be between 1 and 99". */
                     _ ("must be between %" PRId64 " and %" PRId64),
                     least,
                     most);
      return least;
    }
  return value;
}

/**
 * mil_json_int:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 * @least: smallest value accepted
 * @most: biggest value accepted
 *
 * Returns: the number; @least when something is wrong
 */
gint64
mil_json_int (MilJson *self, const char *member, gint64 least, gint64 most)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL, least);

  node = require (self, member);
  return node != NULL ? read_int (self, member, node, least, most) : least;
}

/**
 * mil_json_int_optional:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 * @least: smallest value accepted
 * @most: biggest value accepted
 * @fallback: what to answer when it is not there
 *
 * Returns: the number
 */
gint64
mil_json_int_optional (MilJson *self, const char *member, gint64 least, gint64 most, gint64 fallback)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL, fallback);

  node = lookup (self, member);
  return node != NULL ? read_int (self, member, node, least, most) : fallback;
}

/**
 * mil_json_boolean_optional:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 * @fallback: what to answer when it is not there
 *
 * Returns: `true` or `false`; other types are wrong
 */
gboolean
mil_json_boolean_optional (MilJson *self, const char *member, gboolean fallback)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL, fallback);

  node = lookup (self, member);
  if (node == NULL)
    return fallback;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      mil_json_fail (self, member, "%s", _ ("expected true or false"));
      return fallback;
    }
  return json_node_get_boolean (node);
}

static void
fail_with (MilJson *self, const char *member, GError *error)
{
  mil_json_fail (self, member, "%s", error->message);
  g_error_free (error);
}

/**
 * mil_json_decimal_money:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 * @currency: ISO 4217 code
 *
 * An amount written as a decimal string in whole units, for example "12.30".
 *
 * Returns: the amount; "no amount" when something is wrong
 */
MilMoney
mil_json_decimal_money (MilJson *self, const char *member, const char *currency)
{
  MilMoney    money = { 0 };
  GError     *error = NULL;
  const char *text = mil_json_string (self, member, 40);

  if (!mil_json_failed (self) && here (self)->node != NULL && !mil_money_parse (text, currency, &money, &error))
    fail_with (self, member, error);
  return money;
}

static MilDate
read_date (MilJson *self, const char *member, const char *text)
{
  MilDate date = { 0 };
  GError *error = NULL;

  if (text != NULL && !mil_json_failed (self) && !mil_date_parse (text, &date, &error))
    fail_with (self, member, error);
  return date;
}

/**
 * mil_json_date:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 *
 * Returns: the day in `YYYY-MM-DD`; "no date" when something is wrong
 */
MilDate
mil_json_date (MilJson *self, const char *member)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL, (MilDate) { 0 });

  node = require (self, member);
  return read_date (self, member, read_string (self, member, node, 10));
}

/**
 * mil_json_date_optional:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 *
 * Returns: the day in `YYYY-MM-DD`; "no date" when it is not there or something is wrong
 */
MilDate
mil_json_date_optional (MilJson *self, const char *member)
{
  return read_date (self, member, mil_json_string_optional (self, member, 10));
}

/**
 * mil_json_instant:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 *
 * Returns: microseconds since 1970 of an RFC 3339 text; 0 when something is wrong
 */
gint64
mil_json_instant (MilJson *self, const char *member)
{
  const char *text;
  gint64      instant = 0;
  GError     *error = NULL;

  g_return_val_if_fail (self != NULL, 0);

  text = read_string (self, member, require (self, member), 40);
  if (text != NULL && !mil_instant_parse (text, &instant, &error))
    fail_with (self, member, error);
  return instant;
}

/**
 * mil_json_decimal:
 * @self: a reader
 * @member: (nullable): a name; %NULL for the value where the reader stands
 *
 * A rate or percentage, written as a decimal string ("163.25") or a whole number.
 *
 * Returns: the number; 0 when something is wrong
 */
MilDecimal
mil_json_decimal (MilJson *self, const char *member)
{
  MilDecimal  decimal = { 0 };
  GError     *error = NULL;
  JsonNode   *node;
  const char *text;

  g_return_val_if_fail (self != NULL, decimal);

  node = require (self, member);
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    return (MilDecimal) { json_node_get_int (node), 0 };
  text = read_string (self, member, node, 40);
  if (text != NULL && !mil_decimal_parse (text, &decimal, &error))
    fail_with (self, member, error);
  return decimal;
}
