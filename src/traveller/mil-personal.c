/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-personal.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/mil-json.h"

#define MAX_TEXT 400

G_DEFINE_BOXED_TYPE (MilPersonal, mil_personal, mil_personal_copy, mil_personal_free)

/* As the keyring's text names them. */
static const struct
{
  const char *name;
  gsize       offset;
} fields[] = {
  { "number", G_STRUCT_OFFSET (MilPersonal, number) },
  { "street", G_STRUCT_OFFSET (MilPersonal, street) },
  { "postcode", G_STRUCT_OFFSET (MilPersonal, postcode) },
  { "city", G_STRUCT_OFFSET (MilPersonal, city) },
  { "email", G_STRUCT_OFFSET (MilPersonal, email) },
  { "phone", G_STRUCT_OFFSET (MilPersonal, phone) },
};

static char **
field_at (const MilPersonal *self, guint i)
{
  return (char **) ((guint8 *) self + fields[i].offset);
}

static gboolean
is_told (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * mil_personal_new:
 *
 * Returns: (transfer full): nothing known yet
 */
MilPersonal *
mil_personal_new (void)
{
  return g_new0 (MilPersonal, 1);
}

/**
 * mil_personal_copy:
 * @self: what is known
 *
 * Returns: (transfer full): the same again
 */
MilPersonal *
mil_personal_copy (const MilPersonal *self)
{
  MilPersonal *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mil_personal_new ();
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *field_at (copy, i) = g_strdup (*field_at (self, i));
  return copy;
}

/**
 * mil_personal_free:
 * @self: (transfer full): what is known
 *
 * Frees it; the memory that it was in holds it no longer.
 */
void
mil_personal_free (MilPersonal *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      char *text = *field_at (self, i);

      if (text != NULL)
        explicit_bzero (text, strlen (text));
      g_free (text);
    }
  g_free (self);
}

/**
 * mil_personal_is_empty:
 * @self: what is known
 *
 * Returns: whether that is nothing
 */
gboolean
mil_personal_is_empty (const MilPersonal *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (is_told (*field_at (self, i)))
      return FALSE;
  return TRUE;
}

/**
 * mil_personal_has_address:
 * @self: what is known
 *
 * Returns: whether a letter would arrive: street and city are told
 */
gboolean
mil_personal_has_address (const MilPersonal *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return is_told (self->street) && is_told (self->city);
}

/**
 * mil_personal_to_secret:
 * @self: what is known
 *
 * Returns: (transfer full): the text that the keyring keeps: a JSON object
 */
char *
mil_personal_to_secret (const MilPersonal *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (is_told (*field_at (self, i)))
      {
        json_builder_set_member_name (builder, fields[i].name);
        json_builder_add_string_value (builder, *field_at (self, i));
      }
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}

/**
 * mil_personal_from_secret:
 * @secret: (nullable): what the keyring kept; earlier versions kept the number of the document alone
 *
 * Returns: (transfer full): what it says
 */
MilPersonal *
mil_personal_from_secret (const char *secret)
{
  MilPersonal *self = mil_personal_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (MilJson) json = NULL;

  if (!is_told (secret))
    return self;
  node = *secret == '{' ? json_from_string (secret, NULL) : NULL;
  if (node == NULL)
    {
      self->number = g_strdup (secret);
      return self;
    }
  json = mil_json_new (node);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *field_at (self, i) = g_strdup (mil_json_string_optional (json, fields[i].name, MAX_TEXT));
  return self;
}
