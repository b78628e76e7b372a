/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-scheme-book.h"

#include "base/mil-error.h"
#include "base/mil-json.h"

#include <glib/gi18n.h>

#define MAX_FILE (1 << 20)

struct _MilSchemeBook
{
  gatomicrefcount  ref_count;
  MilTerritories  *territories;
  GHashTable      *schemes; /* country -> MilScheme */
  GStrv            countries;
  MilDate          checked_on;
  MilOperatorBook *operators;
};

G_DEFINE_BOXED_TYPE (MilSchemeBook, mil_scheme_book, mil_scheme_book_ref, mil_scheme_book_unref)

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static GStrv
sorted_keys (GHashTable *table)
{
  g_autoptr (GPtrArray) keys = g_hash_table_get_keys_as_ptr_array (table);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_ptr_array_sort (keys, compare_names);
  for (guint i = 0; i < keys->len; i++)
    g_strv_builder_add (builder, keys->pdata[i]);
  return g_strv_builder_end (builder);
}

static void
note_day (MilSchemeBook *self, const MilScheme *scheme)
{
  for (guint i = 0; i < scheme->rules->len; i++)
    {
      const MilRule *rule = scheme->rules->pdata[i];

      if (!mil_date_is_set (self->checked_on) || mil_date_compare (rule->source.checked_on, self->checked_on) > 0)
        self->checked_on = rule->source.checked_on;
    }
}

static gboolean
add_scheme (MilSchemeBook *self, GBytes *bytes, GError **error)
{
  g_autoptr (JsonNode) node = mil_json_parse (bytes, MAX_FILE, error);
  MilScheme *scheme;

  if (node == NULL)
    return FALSE;
  scheme = mil_scheme_new (node, error);
  if (scheme == NULL)
    return FALSE;
  note_day (self, scheme);
  g_hash_table_replace (self->schemes, scheme->country, scheme);
  return TRUE;
}

/**
 * mil_scheme_book_new:
 * @territories: the file data/territories.json
 * @schemes: (element-type GBytes): scheme files
 * @error: return location for an error that names the path of what is wrong
 *
 * Returns: (transfer full): the book, or %NULL
 */
MilSchemeBook *
mil_scheme_book_new (GBytes *territories, GPtrArray *schemes, GError **error)
{
  g_autoptr (MilSchemeBook) self = NULL;

  g_return_val_if_fail (territories != NULL, NULL);
  g_return_val_if_fail (schemes != NULL, NULL);

  self = g_new0 (MilSchemeBook, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->schemes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) mil_scheme_free);
  self->territories = mil_territories_new (territories, error);
  if (self->territories == NULL)
    return NULL;
  for (guint i = 0; i < schemes->len; i++)
    {
      if (!add_scheme (self, schemes->pdata[i], error))
        return NULL;
    }
  self->countries = sorted_keys (self->schemes);
  return g_steal_pointer (&self);
}

static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *contents;
  gsize size;

  if (g_file_get_contents (path, &contents, &size, &local))
    return g_bytes_new_take (contents, size);
  /* Translators: the first %s is a file name, the second says what the system said. */
  mil_error_set (error,
                 MIL_ERROR_NOT_FOUND,
                 _ ("The refund rules in %s cannot be read: %s. Install Milione again."),
                 path,
                 local->message);
  return NULL;
}

static GPtrArray *
read_schemes (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &local);
  const char *name;

  if (dir == NULL)
    {
      mil_error_set (error,
                     MIL_ERROR_NOT_FOUND,
                     _ ("The refund rules in %s cannot be read: %s. Install Milione again."),
                     folder,
                     local->message);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GBytes          *bytes;

      /* "FR.json", and not the schema beside it. */
      if (strlen (name) != strlen ("XX.json") || !g_str_has_suffix (name, ".json"))
        continue;
      bytes = read_file (path, error);
      if (bytes == NULL)
        return NULL;
      g_ptr_array_add (files, bytes);
    }
  return g_steal_pointer (&files);
}

/**
 * mil_scheme_book_load:
 * @data_dir: a folder with territories.json and the folder schemes/; terms of operators from operators/ where it is
 * @error: %MIL_ERROR_NOT_FOUND, or %MIL_ERROR_PROTOCOL with the path of what is wrong
 *
 * Reads the files and waits for the disk; call it at start or in a thread.
 *
 * Returns: (transfer full): the book, or %NULL
 */
MilSchemeBook *
mil_scheme_book_load (const char *data_dir, GError **error)
{
  g_autofree char *territories_path = NULL, *schemes_path = NULL, *operators_path = NULL;
  g_autoptr (GBytes) territories = NULL;
  g_autoptr (GPtrArray) schemes = NULL;
  g_autoptr (MilSchemeBook) self = NULL;

  g_return_val_if_fail (data_dir != NULL, NULL);

  territories_path = g_build_filename (data_dir, "territories.json", NULL);
  schemes_path = g_build_filename (data_dir, "schemes", NULL);
  territories = read_file (territories_path, error);
  if (territories == NULL)
    return NULL;
  schemes = read_schemes (schemes_path, error);
  if (schemes == NULL)
    return NULL;
  self = mil_scheme_book_new (territories, schemes, error);
  if (self == NULL)
    return NULL;
  operators_path = g_build_filename (data_dir, "operators", NULL);
  if (g_file_test (operators_path, G_FILE_TEST_IS_DIR))
    {
      self->operators = mil_operator_book_load (data_dir, error);
      if (self->operators == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * mil_scheme_book_load_installed:
 * @error: as mil_scheme_book_load()
 *
 * Reads the rules that came with the program, or those in the folder that the environment names with
 * `MILIONE_DATA_DIR`. Waits for the disk.
 *
 * Returns: (transfer full): the book, or %NULL
 */
MilSchemeBook *
mil_scheme_book_load_installed (GError **error)
{
  const char *dir = g_getenv ("MILIONE_DATA_DIR");

  return mil_scheme_book_load (dir != NULL && *dir != '\0' ? dir : MIL_PKGDATADIR, error);
}

/**
 * mil_scheme_book_ref:
 * @self: a book
 *
 * Returns: (transfer full): @self
 */
MilSchemeBook *
mil_scheme_book_ref (MilSchemeBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * mil_scheme_book_unref:
 * @self: (transfer full): a book
 */
void
mil_scheme_book_unref (MilSchemeBook *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->operators, mil_operator_book_unref);
  g_clear_pointer (&self->territories, mil_territories_unref);
  g_hash_table_unref (self->schemes);
  g_strfreev (self->countries);
  g_free (self);
}

/**
 * mil_scheme_book_territories:
 * @self: a book
 *
 * Returns: (transfer none): where tax and country borders differ
 */
MilTerritories *
mil_scheme_book_territories (MilSchemeBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->territories;
}

/**
 * mil_scheme_book_operators:
 * @self: a book
 *
 * Returns: (transfer none) (nullable): the refund operators' terms, where they were beside the rules
 */
MilOperatorBook *
mil_scheme_book_operators (MilSchemeBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->operators;
}

/**
 * mil_scheme_book_countries:
 * @self: a book
 *
 * Returns: (transfer none) (array zero-terminated=1): codes of the countries in the book, sorted
 */
const char *const *
mil_scheme_book_countries (MilSchemeBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->countries;
}

/**
 * mil_scheme_book_find:
 * @self: a book
 * @country: ISO 3166-1 alpha-2
 *
 * Returns: (transfer none) (nullable): its scheme
 */
const MilScheme *
mil_scheme_book_find (MilSchemeBook *self, const char *country)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (country != NULL, NULL);

  return g_hash_table_lookup (self->schemes, country);
}

/**
 * mil_scheme_book_rule:
 * @self: a book
 * @country: ISO 3166-1 alpha-2
 * @region: (nullable): part of the country with rules of its own ("NIR")
 * @day: the day of purchase
 *
 * Returns: (transfer none) (nullable): the rule version for purchases of that day
 */
const MilRule *
mil_scheme_book_rule (MilSchemeBook *self, const char *country, const char *region, MilDate day)
{
  const MilScheme *scheme = mil_scheme_book_find (self, country);

  return scheme != NULL ? mil_scheme_rule_on (scheme, region, day) : NULL;
}

/**
 * mil_scheme_book_checked_on:
 * @self: a book
 *
 * Returns: the latest day on which a rule was held against its source
 */
MilDate
mil_scheme_book_checked_on (MilSchemeBook *self)
{
  g_return_val_if_fail (self != NULL, (MilDate) { 0 });

  return self->checked_on;
}
