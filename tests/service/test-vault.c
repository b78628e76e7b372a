/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/vault/mil-vault.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "service-test.h"

#define OLD "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define NEW "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
#define SECRET "Kuai Ding, E0012345"

static MilVault *
vault_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  MilVault *vault = mil_vault_new_for_text (text, &error);

  g_assert_no_error (error);
  return vault;
}

static MilSealed *
seal (MilVault *vault, const char *context, guint64 seed)
{
  g_autoptr (MilRandom) random = mil_random_new_seeded (seed);
  g_autoptr (GBytes) plain = g_bytes_new_static (SECRET, strlen (SECRET));
  guint8 chance[MIL_VAULT_CHANCE];

  mil_random_fill (random, chance, sizeof chance);
  return mil_vault_seal (vault, chance, context, plain);
}

static gboolean
opens (MilVault *vault, const MilSealed *sealed, const char *context)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = mil_vault_unseal (vault, sealed, context, &error);

  if (plain == NULL)
    {
      g_assert_error (error, MIL_ERROR, MIL_ERROR_STORAGE);
      return FALSE;
    }
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), SECRET, strlen (SECRET));
  return TRUE;
}

static gboolean
holds (GBytes *bytes, const char *word)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  return memmem (data, size, word, strlen (word)) != NULL;
}

static void
test_seal (void)
{
  g_autoptr (MilVault) vault = vault_of ("# keys\n\none " OLD "\n");
  g_autoptr (MilVault) other = vault_of ("one " NEW "\n");
  g_autoptr (MilSealed) sealed = seal (vault, "claim a", 1);
  g_autoptr (MilSealed) again = seal (vault, "claim a", 2);

  g_assert_cmpstr (sealed->key_id, ==, "one");
  g_assert_false (holds (sealed->data, "Ding"));
  g_assert_true (opens (vault, sealed, "claim a"));
  g_assert_false (opens (vault, sealed, "claim b"));
  g_assert_false (opens (other, sealed, "claim a"));
  g_assert_false (g_bytes_equal (sealed->data, again->data));
  g_assert_false (g_bytes_equal (sealed->wrapped_key, again->wrapped_key));
}

/* No byte of what is stored can be changed, nor can it be cut. */
static void
test_tampering (void)
{
  g_autoptr (MilVault) vault = vault_of ("one " OLD);
  g_autoptr (MilSealed) sealed = seal (vault, "c", 1);
  GBytes **parts[] = { &sealed->data, &sealed->wrapped_key };

  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    {
      g_autoptr (GBytes) before = g_bytes_ref (*parts[p]);

      for (gsize i = 0; i < g_bytes_get_size (before); i++)
        {
          gsize              size = g_bytes_get_size (before);
          g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (before, NULL), size);

          copy[i] ^= 1;
          g_bytes_unref (*parts[p]);
          *parts[p] = g_bytes_new (copy, size);
          g_assert_false (opens (vault, sealed, "c"));
          g_bytes_unref (*parts[p]);
          *parts[p] = g_bytes_new_from_bytes (before, 0, i);
          g_assert_false (opens (vault, sealed, "c"));
        }
      g_bytes_unref (*parts[p]);
      *parts[p] = g_bytes_ref (before);
    }
  g_assert_true (opens (vault, sealed, "c"));
}

static void
test_rewrap (void)
{
  g_autoptr (MilVault) old = vault_of ("one " OLD);
  g_autoptr (MilVault) both = vault_of ("two " NEW "\none " OLD);
  g_autoptr (MilVault) new = vault_of ("two " NEW);
  g_autoptr (MilSealed) sealed = seal (old, "c", 1);
  g_autoptr (GBytes) data = g_bytes_ref (sealed->data);
  g_autoptr (GError) error = NULL;
  guint8 chance[MIL_VAULT_CHANCE] = { 9 };

  g_assert_cmpstr (mil_vault_older (both, 0), ==, "one");
  g_assert_null (mil_vault_older (both, 1));
  g_assert_true (opens (both, sealed, "c"));
  g_assert_false (opens (new, sealed, "c"));
  g_assert_true (mil_vault_rewrap (both, sealed, chance, "c", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (sealed->key_id, ==, "two");
  g_assert_true (g_bytes_equal (data, sealed->data));
  g_assert_true (opens (new, sealed, "c"));
  g_assert_false (opens (old, sealed, "c"));
}

static void
test_digest (void)
{
  g_autoptr (MilVault) old = vault_of ("one " OLD);
  g_autoptr (MilVault) both = vault_of ("two " NEW "\none " OLD);
  g_autoptr (MilVault) new = vault_of ("two " NEW);
  g_autoptr (GBytes) data = g_bytes_new_static (SECRET, strlen (SECRET));
  g_autoptr (GBytes) other = g_bytes_new_static (SECRET, strlen (SECRET) - 1);
  g_autofree char *digest = mil_vault_digest (old, data);

  g_assert_true (mil_vault_matches (old, digest, data));
  g_assert_true (mil_vault_matches (both, digest, data));
  g_assert_false (mil_vault_matches (new, digest, data));
  g_assert_false (mil_vault_matches (old, digest, other));
  g_assert_false (mil_vault_matches (old, "", data));
}

static void
test_bad_text (void)
{
  static const char *const bad[] = { "",         "# nothing\n",           "one",          "one ",     " " OLD,
                                     "one AAAA", "one " OLD "\none " NEW, "one " OLD "x", "one !" OLD };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mil_vault_new_for_text (bad[i], &error));
      g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
      g_assert_null (strstr (error->message, "AAAA"));
    }
}

/* Made once, for the owner's eyes alone; a second one goes before it. */
static void
test_file (void)
{
  g_autofree char *folder = test_folder ();
  g_autofree char *path = mil_vault_path (folder);
  g_autoptr (MilRandom) random = mil_random_new_seeded (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilVault) first = NULL;
  g_autoptr (MilVault) second = NULL;
  g_autoptr (MilVault) third = NULL;
  gboolean is_new;
  GStatBuf info;

  first = mil_vault_open (NULL, folder, random, &is_new, &error);
  g_assert_no_error (error);
  g_assert_true (is_new);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  second = mil_vault_open (NULL, folder, random, &is_new, &error);
  g_assert_no_error (error);
  g_assert_false (is_new);
  g_assert_cmpstr (mil_vault_current (first), ==, mil_vault_current (second));
  g_assert_true (mil_vault_rotate (path, random, &error));
  third = mil_vault_open (path, folder, random, &is_new, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mil_vault_current (third), !=, mil_vault_current (first));
  g_assert_cmpstr (mil_vault_older (third, 0), ==, mil_vault_current (first));
  g_chmod (path, 0640);
  g_assert_null (mil_vault_new_for_file (path, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_FORBIDDEN);
  remove_folder (folder);
}

/* A key from outside goes before the one in the state folder, and no child of the service sees it. */
static void
test_sources (void)
{
  g_autofree char *folder = test_folder ();
  g_autofree char *credential = g_build_filename (folder, "personal-keys", NULL);
  g_autoptr (MilRandom) random = mil_random_new_seeded (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilVault) from_environment = NULL;
  g_autoptr (MilVault) from_systemd = NULL;
  gboolean is_new;

  g_setenv ("MILIONE_PERSONAL_KEYS", "env " OLD, TRUE);
  g_setenv ("CREDENTIALS_DIRECTORY", folder, TRUE);
  g_assert_true (g_file_set_contents_full (credential, "cred " NEW, -1, G_FILE_SET_CONTENTS_NONE, 0440, NULL));
  from_environment = mil_vault_open (NULL, folder, random, &is_new, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mil_vault_current (from_environment), ==, "env");
  g_assert_null (g_getenv ("MILIONE_PERSONAL_KEYS"));
  from_systemd = mil_vault_open (NULL, folder, random, &is_new, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mil_vault_current (from_systemd), ==, "cred");
  g_assert_false (is_new);
  g_unsetenv ("CREDENTIALS_DIRECTORY");
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/vault/seal", test_seal);
  g_test_add_func ("/service/vault/tampering", test_tampering);
  g_test_add_func ("/service/vault/rewrap", test_rewrap);
  g_test_add_func ("/service/vault/digest", test_digest);
  g_test_add_func ("/service/vault/bad-text", test_bad_text);
  g_test_add_func ("/service/vault/file", test_file);
  g_test_add_func ("/service/vault/sources", test_sources);
  return g_test_run ();
}
