/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-pack-texts.h"

#include "base/mil-country.h"
#include "base/mil-error.h"
#include "base/mil-json.h"

#include <glib/gi18n.h>

#define MAX_FILE (256 << 10)
#define MAX_DEPTH 4

struct _MilPackTexts
{
  gatomicrefcount ref_count;
  char           *language;
  GHashTable     *texts; /* "labels.surname" -> text */
};

G_DEFINE_BOXED_TYPE (MilPackTexts, mil_pack_texts, mil_pack_texts_ref, mil_pack_texts_unref)

static const char *const languages[] = { "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "zh", NULL };

typedef struct
{
  const char *country;
  const char *language;
} Speaks;

/* Countries with several languages get the one of most of their people; those that have none of ours get English. */
static const Speaks speakers[] = {
  { "AT", "de" }, { "BE", "fr" }, { "CH", "de" }, { "CN", "zh" }, { "DE", "de" },
  { "ES", "es" }, { "FR", "fr" }, { "IT", "it" }, { "JP", "ja" }, { "KR", "ko" },
  { "LI", "de" }, { "LU", "fr" }, { "MC", "fr" }, { "MX", "es" }, { "AR", "es" },
  { "UY", "es" }, { "NL", "nl" }, { "PL", "pl" }, { "SM", "it" }, { "TW", "zh" },
};

/**
 * mil_pack_languages:
 *
 * Returns: (transfer none) (array zero-terminated=1): the languages that forms and letters are there in
 */
const char *const *
mil_pack_languages (void)
{
  return languages;
}

/**
 * mil_pack_language_of:
 * @country: ISO 3166 code of where the shop is
 * @region: (nullable): part of the country, as purchases name it
 *
 * Returns: (transfer none): the language that is most likely understood there
 */
const char *
mil_pack_language_of (const char *country, const char *region)
{
  g_return_val_if_fail (country != NULL, "en");

  if (g_str_equal (country, "BE") && region != NULL && g_ascii_strcasecmp (region, "Vlaanderen") == 0)
    return "nl";
  for (guint i = 0; i < G_N_ELEMENTS (speakers); i++)
    if (g_str_equal (speakers[i].country, country))
      return speakers[i].language;
  return "en";
}

static void
add_texts (MilPackTexts *self, MilJson *json, const char *prefix, guint depth)
{
  g_auto (GStrv) names = mil_json_members (json);

  if (depth > MAX_DEPTH)
    {
      mil_json_fail (json, NULL, "%s", _ ("is nested too deeply"));
      return;
    }
  for (guint i = 0; names[i] != NULL && !mil_json_failed (json); i++)
    {
      g_autofree char *key = *prefix != '\0' ? g_strconcat (prefix, ".", names[i], NULL) : g_strdup (names[i]);
      JsonNode *member = json_object_get_member (json_node_get_object (mil_json_node (json)), names[i]);

      if (JSON_NODE_HOLDS_OBJECT (member) && mil_json_enter (json, names[i]))
        {
          add_texts (self, json, key, depth + 1);
          mil_json_leave (json);
        }
      else
        g_hash_table_insert (self->texts, g_steal_pointer (&key), g_strdup (mil_json_string (json, names[i], MAX_FILE)));
    }
}

/**
 * mil_pack_texts_new:
 * @node: the texts, as data/packs/pack.schema.json describes them
 * @error: %MIL_ERROR_PROTOCOL; the message names the path of what is wrong
 *
 * Returns: (transfer full): the texts, or %NULL
 */
MilPackTexts *
mil_pack_texts_new (JsonNode *node, GError **error)
{
  g_autoptr (MilPackTexts) self = NULL;
  g_autoptr (MilJson) json = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  self = g_new0 (MilPackTexts, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json = mil_json_new (node);
  self->language = g_strdup (mil_json_string (json, "language", 20));
  if (!mil_json_failed (json))
    add_texts (self, json, "", 0);
  if (!mil_json_finish (json, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mil_pack_texts_load:
 * @data_dir: a folder with the folder packs/ in it
 * @language: one of mil_pack_languages()
 * @error: %MIL_ERROR_NOT_FOUND, or as mil_pack_texts_new()
 *
 * Reads a file and waits for the disk.
 *
 * Returns: (transfer full): the texts, or %NULL
 */
MilPackTexts *
mil_pack_texts_load (const char *data_dir, const char *language, GError **error)
{
  g_autofree char *name = NULL, *path = NULL, *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize size;

  g_return_val_if_fail (data_dir != NULL && language != NULL, NULL);

  name = g_strconcat (language, ".json", NULL);
  path = g_build_filename (data_dir, "packs", name, NULL);
  if (!g_strv_contains (languages, language) || !g_file_get_contents (path, &text, &size, NULL))
    {
      mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("There are no tax-free forms in the language “%s”."), language);
      return NULL;
    }
  bytes = g_bytes_new_take (g_steal_pointer (&text), size);
  node = mil_json_parse (bytes, MAX_FILE, error);
  return node != NULL ? mil_pack_texts_new (node, error) : NULL;
}

/**
 * mil_pack_texts_load_installed:
 * @language: one of mil_pack_languages()
 * @error: as mil_pack_texts_load()
 *
 * Reads what came with the program, or what is in the folder that the environment names with
 * `MILIONE_DATA_DIR`. Waits for the disk.
 *
 * Returns: (transfer full): the texts, or %NULL
 */
MilPackTexts *
mil_pack_texts_load_installed (const char *language, GError **error)
{
  const char *dir = g_getenv ("MILIONE_DATA_DIR");

  return mil_pack_texts_load (dir != NULL && *dir != '\0' ? dir : MIL_PKGDATADIR, language, error);
}

/**
 * mil_pack_texts_ref:
 * @self: texts
 *
 * Returns: (transfer full): @self
 */
MilPackTexts *
mil_pack_texts_ref (MilPackTexts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * mil_pack_texts_unref:
 * @self: (transfer full): texts
 */
void
mil_pack_texts_unref (MilPackTexts *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->texts);
  g_free (self->language);
  g_free (self);
}

/**
 * mil_pack_texts_language:
 * @self: texts
 *
 * Returns: (transfer none): BCP 47 tag of their language
 */
const char *
mil_pack_texts_language (MilPackTexts *self)
{
  g_return_val_if_fail (self != NULL, "en");

  return self->language;
}

/**
 * mil_pack_texts_find:
 * @self: texts
 * @key: where it stands: "labels.surname"
 *
 * Returns: (transfer none) (nullable): the text
 */
const char *
mil_pack_texts_find (MilPackTexts *self, const char *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  return g_hash_table_lookup (self->texts, key);
}

/**
 * mil_pack_texts_get:
 * @self: texts
 * @key: where it stands: "labels.surname"
 *
 * Returns: (transfer none): the text; the key itself when there is none, so that it is seen
 */
const char *
mil_pack_texts_get (MilPackTexts *self, const char *key)
{
  const char *text = mil_pack_texts_find (self, key);

  return text != NULL ? text : key;
}
