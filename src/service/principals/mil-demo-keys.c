/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/principals/mil-demo-keys.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Who plays a part in the demo besides the traveller. */
static const MilRole demo_roles[] = { MIL_ROLE_ADMINISTRATOR, MIL_ROLE_CUSTOMS, MIL_ROLE_OPERATOR };

static char *
key_path (const char *state_dir, MilRole role)
{
  g_autofree char *file = g_strconcat (mil_role_name (role), ".pem", NULL);

  return g_build_filename (state_dir, "keys", file, NULL);
}

/**
 * mil_demo_key_load:
 * @state_dir: the service's state folder
 * @role: whose key
 * @error: return location
 *
 * Reads a private key from `keys/ROLE.pem`.
 *
 * Returns: (transfer full): the key, or %NULL with @error set
 */
MilKey *
mil_demo_key_load (const char *state_dir, MilRole role, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *path = NULL;
  g_autofree char *pem = NULL;

  g_return_val_if_fail (state_dir != NULL, NULL);

  path = key_path (state_dir, role);
  if (!g_file_get_contents (path, &pem, NULL, &problem))
    {
      mil_error_set (
          error,
          MIL_ERROR_NOT_FOUND,
          _ ("The key %s could not be read: %s. It is made when the service first starts with --demo."),
          path,
          problem->message);
      return NULL;
    }
  return mil_key_from_pem (pem, error);
}

static gboolean
make_key (const char *path, GError **error)
{
  g_autoptr (MilKey) key = mil_key_generate (error);
  g_autofree char *pem = key != NULL ? mil_key_to_pem (key, error) : NULL;

  return pem != NULL
         && g_file_set_contents_full (path, pem, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/**
 * mil_demo_keys_make:
 * @state_dir: the service's state folder
 * @error: return location
 *
 * Makes the keys of the demo's administrator, customs officer and refund operator that are not
 * there yet, readable by the person alone. Blocks on the disk.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_demo_keys_make (const char *state_dir, GError **error)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (state_dir != NULL, FALSE);

  folder = g_build_filename (state_dir, "keys", NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      mil_error_set (error, MIL_ERROR_STORAGE, _ ("The folder %s could not be made: %s"), folder, g_strerror (errno));
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (demo_roles); i++)
    {
      g_autofree char *path = key_path (state_dir, demo_roles[i]);

      if (!g_file_test (path, G_FILE_TEST_EXISTS) && !make_key (path, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * mil_demo_keys_enrol:
 * @tx: a transaction
 * @state_dir: the service's state folder
 * @error: return location
 *
 * Enrols the keys that mil_demo_keys_make() made.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_demo_keys_enrol (MilTx *tx, const char *state_dir, GError **error)
{
  g_return_val_if_fail (tx != NULL && state_dir != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (demo_roles); i++)
    {
      g_autoptr (MilKey) key = mil_demo_key_load (state_dir, demo_roles[i], error);
      g_autoptr (MilPrincipal) principal = NULL;
      gboolean is_new;

      if (key == NULL)
        return FALSE;
      principal = mil_principal_enrol (tx, demo_roles[i], key, &is_new, error);
      if (principal == NULL)
        return FALSE;
    }
  return TRUE;
}
