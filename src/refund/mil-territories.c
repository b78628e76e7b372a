/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-territories.h"

#include "base/mil-country.h"
#include "base/mil-json.h"

typedef struct
{
  char   *code;
  MilDate from;
  MilDate to;
} Member;

typedef struct
{
  MilPlace place;
  char    *plain_code;
  GStrv    codes;
  GStrv    names;
  GStrv    cities;
} Entry;

struct _MilTerritories
{
  gatomicrefcount ref_count;
  GHashTable     *groups; /* name -> GArray of Member */
  GPtrArray      *entries;
  GHashTable *codes; /* of all places, of their countries and other codes of theirs, simplified: most have none here */
};

G_DEFINE_BOXED_TYPE (MilTerritories, mil_territories, mil_territories_ref, mil_territories_unref)

static void
member_clear (Member *member)
{
  g_free (member->code);
}

static void
entry_free (Entry *entry)
{
  g_free (entry->place.code);
  g_free (entry->place.name);
  g_free (entry->place.country);
  g_free (entry->place.scheme);
  g_free (entry->place.scheme_region);
  g_free (entry->place.source);
  g_free (entry->plain_code);
  g_strfreev (entry->codes);
  g_strfreev (entry->names);
  g_strfreev (entry->cities);
  g_free (entry);
}

/* "Las Palmas de G. C." and "las-palmas de gc" are one name. */
static char *
simplify (const char *name)
{
  g_autofree char *ascii = g_str_is_ascii (name) ? NULL : g_str_to_ascii (name, "C");
  GString         *plain = g_string_new (NULL);

  for (const char *p = ascii != NULL ? ascii : name; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (plain, g_ascii_tolower (*p));
    }
  return g_string_free_and_steal (plain);
}

static GStrv
read_names (MilJson *json, const char *member)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = mil_json_enter_array_optional (json, member, 200);

  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (json, i);
      g_strv_builder_take (builder, simplify (mil_json_string (json, NULL, 80)));
      mil_json_leave (json);
    }
  mil_json_leave (json);
  return g_strv_builder_end (builder);
}

static void
read_group (MilTerritories *self, MilJson *json, const char *name)
{
  GArray *members = g_array_new (FALSE, TRUE, sizeof (Member));
  guint   n = mil_json_enter_array (json, name, 300);

  g_array_set_clear_func (members, (GDestroyNotify) member_clear);
  for (guint i = 0; i < n; i++)
    {
      Member member = { 0 };

      mil_json_enter_item (json, i);
      member.code = g_strdup (mil_json_string (json, "place", 30));
      member.from = mil_json_date_optional (json, "from");
      member.to = mil_json_date_optional (json, "to");
      g_array_append_val (members, member);
      mil_json_leave (json);
    }
  mil_json_leave (json);
  g_hash_table_insert (self->groups, g_strdup (name), members);
}

static void
read_groups (MilTerritories *self, MilJson *json)
{
  g_auto (GStrv) names = NULL;

  mil_json_enter (json, "groups");
  names = mil_json_members (json);
  for (guint i = 0; names[i] != NULL; i++)
    read_group (self, json, names[i]);
  mil_json_leave (json);
}

static void
read_places (MilTerritories *self, MilJson *json)
{
  guint n = mil_json_enter_array (json, "places", 500);

  for (guint i = 0; i < n; i++)
    {
      Entry *entry = g_new0 (Entry, 1);

      g_ptr_array_add (self->entries, entry);
      mil_json_enter_item (json, i);
      entry->place.code = g_strdup (mil_json_string (json, "code", 30));
      entry->place.name = g_strdup (mil_json_string_optional (json, "name", 60));
      entry->place.country = g_strdup (mil_json_string (json, "country", 2));
      entry->place.scheme = g_strdup (mil_json_string_optional (json, "scheme", 2));
      entry->place.scheme_region = g_strdup (mil_json_string_optional (json, "scheme_region", 30));
      entry->place.untaxed = mil_json_boolean_optional (json, "untaxed", FALSE);
      entry->place.outside = mil_json_boolean_optional (json, "outside", FALSE);
      entry->place.source = g_strdup (mil_json_string_optional (json, "source", 500));
      entry->plain_code = simplify (entry->place.code);
      entry->codes = read_names (json, "codes");
      g_hash_table_add (self->codes, g_strdup (entry->plain_code));
      g_hash_table_add (self->codes, simplify (entry->place.country));
      for (guint c = 0; entry->codes[c] != NULL; c++)
        g_hash_table_add (self->codes, g_strdup (entry->codes[c]));
      entry->names = read_names (json, "names");
      entry->cities = read_names (json, "cities");
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

/**
 * mil_territories_new:
 * @json: the file data/territories.json
 * @error: return location for an error that names the path of what is wrong
 *
 * Returns: (transfer full): the territories, or %NULL
 */
MilTerritories *
mil_territories_new (GBytes *json, GError **error)
{
  g_autoptr (MilTerritories) self = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (MilJson) reader = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  node = mil_json_parse (json, 1 << 20, error);
  if (node == NULL)
    return NULL;
  self = g_new0 (MilTerritories, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader = mil_json_new (node);
  read_groups (self, reader);
  read_places (self, reader);
  if (!mil_json_finish (reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mil_territories_ref:
 * @self: territories
 *
 * Returns: (transfer full): @self
 */
MilTerritories *
mil_territories_ref (MilTerritories *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * mil_territories_unref:
 * @self: (transfer full): territories
 */
void
mil_territories_unref (MilTerritories *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->groups);
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->codes);
  g_free (self);
}

typedef struct
{
  const char *country;
  char       *code;
  char       *region;
  char       *city;
} Wanted;

static gboolean
is_named (GStrv names, const char *plain)
{
  return plain != NULL && *plain != '\0' && g_strv_contains ((const char *const *) names, plain);
}

/* A place that is a country by itself is found by its code; one inside a country by its region, then by its town. */
static gboolean
entry_fits (const Entry *entry, const Wanted *wanted)
{
  const MilPlace *place = &entry->place;

  if (g_str_equal (place->code, wanted->country) || is_named (entry->codes, wanted->code))
    return TRUE;
  if (!g_str_equal (place->country, wanted->country) || g_str_equal (place->code, place->country))
    return FALSE;
  if (wanted->region != NULL && *wanted->region != '\0')
    return g_str_equal (entry->plain_code, wanted->region) || is_named (entry->codes, wanted->region)
           || is_named (entry->names, wanted->region) || is_named (entry->cities, wanted->region);
  return is_named (entry->cities, wanted->city);
}

/**
 * mil_territories_find:
 * @self: territories
 * @country: (nullable): ISO 3166-1 alpha-2 code, or one that ISO reserves for a place ("XI", "IC")
 * @region: (nullable): part of the country: its ISO 3166-2 code, a code reserved for it ("XI"), or its name
 * @city: (nullable): a town
 *
 * Returns: (transfer none) (nullable): the place where tax and country borders differ; %NULL where they do not
 */
const MilPlace *
mil_territories_find (MilTerritories *self, const char *country, const char *region, const char *city)
{
  Wanted          wanted = { country, NULL, NULL, NULL };
  const MilPlace *found = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (country == NULL)
    return NULL;
  wanted.code = simplify (country);
  if (!g_hash_table_contains (self->codes, wanted.code))
    {
      g_free (wanted.code);
      return NULL;
    }
  wanted.region = region != NULL ? simplify (region) : NULL;
  wanted.city = city != NULL ? simplify (city) : NULL;
  for (guint i = 0; i < self->entries->len && found == NULL; i++)
    {
      const Entry *entry = self->entries->pdata[i];

      if (entry_fits (entry, &wanted))
        found = &entry->place;
    }
  g_free (wanted.code);
  g_free (wanted.region);
  g_free (wanted.city);
  return found;
}

/**
 * mil_territories_in_group:
 * @self: territories
 * @group: name of a group ("EU")
 * @code: a country or place
 * @day: the day that counts
 *
 * Returns: whether it belonged to the group on that day
 */
gboolean
mil_territories_in_group (MilTerritories *self, const char *group, const char *code, MilDate day)
{
  GArray *members;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (group != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);

  members = g_hash_table_lookup (self->groups, group);
  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      const Member *member = &g_array_index (members, Member, i);

      if (g_str_equal (member->code, code)
          && (!mil_date_is_set (member->from) || mil_date_compare (day, member->from) >= 0)
          && (!mil_date_is_set (member->to) || mil_date_compare (day, member->to) <= 0))
        return TRUE;
    }
  return FALSE;
}
