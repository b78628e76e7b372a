/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/vault/mil-vault.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mil-key.h"

#define CIPHER GNUTLS_CIPHER_AES_256_GCM
#define KEY_BYTES 32
#define NONCE_BYTES 12
#define TAG_BYTES 16
#define ID_BYTES 6
#define MAX_FILE 65536
#define VARIABLE "MILIONE_PERSONAL_KEYS"
#define CREDENTIAL "personal-keys"
#define HEADER                                                                                               \
  "# Keys of personal data: id and 256 bits. The first encrypts, the others still decrypt. Keep this file "  \
  "apart from\n"                                                                                             \
  "# the database and its backups; without it nobody can read who claimed.\n"

typedef struct
{
  char  *id;
  guint8 bytes[KEY_BYTES];
} Key;

struct _MilVault
{
  gatomicrefcount ref_count;
  GPtrArray      *keys; /* of Key, the one that encrypts first */
};

static void
key_free (gpointer data)
{
  Key *key = data;

  gnutls_memset (key->bytes, 0, sizeof key->bytes);
  g_free (key->id);
  g_free (key);
}

G_DEFINE_BOXED_TYPE (MilVault, mil_vault, mil_vault_ref, mil_vault_unref)

/**
 * mil_vault_ref:
 * @self: a vault
 *
 * Returns: (transfer full): @self
 */
MilVault *
mil_vault_ref (MilVault *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * mil_vault_unref:
 * @self: (transfer full): a vault
 *
 * Lets it go. The last one wipes the keys.
 */
void
mil_vault_unref (MilVault *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->keys);
  g_free (self);
}

/**
 * mil_sealed_new:
 * @key_id: which key wraps
 * @wrapped_key: the wrapped key
 * @data: what was sealed
 *
 * Returns: (transfer full): a sealed thing, as it was stored
 */
MilSealed *
mil_sealed_new (const char *key_id, GBytes *wrapped_key, GBytes *data)
{
  MilSealed *self = g_new0 (MilSealed, 1);

  self->key_id = g_strdup (key_id);
  self->wrapped_key = g_bytes_ref (wrapped_key);
  self->data = g_bytes_ref (data);
  return self;
}

/**
 * mil_sealed_free:
 * @self: (transfer full) (nullable): a sealed thing
 *
 * Frees it.
 */
void
mil_sealed_free (MilSealed *self)
{
  if (self == NULL)
    return;
  g_free (self->key_id);
  g_clear_pointer (&self->wrapped_key, g_bytes_unref);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

static const Key *
find_key (MilVault *self, const char *id)
{
  for (guint i = 0; i < self->keys->len; i++)
    if (g_str_equal (((Key *) self->keys->pdata[i])->id, id))
      return self->keys->pdata[i];
  return NULL;
}

static gboolean
take_line (MilVault *self, const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (line, " \t", 2);
  g_autoptr (GBytes) bytes = words[0] != NULL && words[1] != NULL ? mil_base64url_decode (words[1]) : NULL;
  Key *key;

  if (bytes == NULL || g_bytes_get_size (bytes) != KEY_BYTES || *words[0] == '\0' || find_key (self, words[0]) != NULL)
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("A key of personal data is a line with a name of its own and 32 bytes in base64url."));
      return FALSE;
    }
  key = g_new0 (Key, 1);
  key->id = g_strdup (words[0]);
  memcpy (key->bytes, g_bytes_get_data (bytes, NULL), KEY_BYTES);
  g_ptr_array_add (self->keys, key);
  return TRUE;
}

/**
 * mil_vault_new_for_text:
 * @text: a line for each key: its id, a space, 32 bytes in base64url; empty lines and those that start
 *   with `#` are passed over. The first key encrypts
 * @error: return location; %MIL_ERROR_INVALID, never with what the text says
 *
 * Returns: (transfer full) (nullable): the keys
 */
MilVault *
mil_vault_new_for_text (const char *text, GError **error)
{
  g_autoptr (MilVault) self = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (MilVault, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->keys = g_ptr_array_new_with_free_func (key_free);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);

      if (*line != '\0' && *line != '#' && !take_line (self, line, error))
        return NULL;
    }
  if (self->keys->len > 0)
    return g_steal_pointer (&self);
  mil_error_set (error, MIL_ERROR_INVALID, _ ("There is no key of personal data."));
  return NULL;
}

static MilVault *
read_file (const char *path, gboolean strict, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  GStatBuf         info;

  if (g_stat (path, &info) != 0)
    {
      mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("The keys of personal data in %s cannot be read: %s"), path, g_strerror (errno));
      return NULL;
    }
  if (info.st_size > MAX_FILE || (info.st_mode & (strict ? 077 : 007)) != 0)
    {
      mil_error_set (error,
                     MIL_ERROR_FORBIDDEN,
                     _ ("Others can read the keys of personal data in %s. Say chmod 600, and rotate them."),
                     path);
      return NULL;
    }
  if (!g_file_get_contents (path, &text, NULL, &problem))
    {
      mil_error_set (error,
                     MIL_ERROR_NOT_FOUND,
                     _ ("The keys of personal data in %s cannot be read: %s"),
                     path,
                     problem->message);
      return NULL;
    }
  return mil_vault_new_for_text (text, error);
}

/**
 * mil_vault_new_for_file:
 * @path: a file as mil_vault_new_for_text() reads it, that nobody but its owner may read
 * @error: return location; %MIL_ERROR_FORBIDDEN when others may read it. Blocks
 *
 * Returns: (transfer full) (nullable): the keys
 */
MilVault *
mil_vault_new_for_file (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return read_file (path, TRUE, error);
}

/**
 * mil_vault_path:
 * @state_dir: the service's state folder
 *
 * Returns: (transfer full): where the keys lie when nothing else is said
 */
char *
mil_vault_path (const char *state_dir)
{
  g_return_val_if_fail (state_dir != NULL, NULL);

  return g_build_filename (state_dir, "keys", "personal.keys", NULL);
}

static char *
new_line (MilRandom *random)
{
  guint8           bytes[ID_BYTES + KEY_BYTES];
  g_autofree char *id = NULL;
  g_autofree char *key = NULL;
  char            *line;

  mil_random_fill (random, bytes, sizeof bytes);
  id = mil_base64url_encode (bytes, ID_BYTES);
  key = mil_base64url_encode (bytes + ID_BYTES, KEY_BYTES);
  line = g_strdup_printf ("%s %s\n", id, key);
  gnutls_memset (bytes, 0, sizeof bytes);
  gnutls_memset (key, 0, strlen (key));
  return line;
}

/**
 * mil_vault_rotate:
 * @path: file of the keys; made when it is not there
 * @random: chance
 * @error: return location. Blocks
 *
 * Puts a new key before those in the file, so that it encrypts from the service's next start on.
 *
 * Returns: %FALSE with @error set when it cannot
 */
gboolean
mil_vault_rotate (const char *path, MilRandom *random, GError **error)
{
  g_autoptr (MilVault) before = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *old = NULL;
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (path != NULL && MIL_IS_RANDOM (random), FALSE);

  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      mil_error_set (error, MIL_ERROR_STORAGE, _ ("The folder %s could not be made: %s"), folder, g_strerror (errno));
      return FALSE;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      before = mil_vault_new_for_file (path, error);
      if (before == NULL || !g_file_get_contents (path, &old, NULL, error))
        return FALSE;
    }
  line = new_line (random);
  text = old != NULL ? g_strconcat (line, old, NULL) : g_strconcat (HEADER, line, NULL);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/**
 * mil_vault_open:
 * @file: (nullable): file of the keys, when one was named
 * @state_dir: the service's state folder
 * @random: chance, for a key that has to be made
 * @is_new: (out): whether one was made
 * @error: return location. Blocks
 *
 * Finds the keys: in @file; else in the environment's `MILIONE_PERSONAL_KEYS` (which it then unsets, so that
 * no child sees it); else in systemd's credential `personal-keys`; else in the state folder, where they are
 * made the first time.
 *
 * Source: systemd.exec(5), "Credentials".
 *
 * Returns: (transfer full) (nullable): the keys
 */
MilVault *
mil_vault_open (const char *file, const char *state_dir, MilRandom *random, gboolean *is_new, GError **error)
{
  const char      *credentials = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *credential = credentials != NULL ? g_build_filename (credentials, CREDENTIAL, NULL) : NULL;
  g_autofree char *own = NULL;

  g_return_val_if_fail (state_dir != NULL && MIL_IS_RANDOM (random) && is_new != NULL, NULL);

  *is_new = FALSE;
  if (file != NULL)
    return mil_vault_new_for_file (file, error);
  if (g_getenv (VARIABLE) != NULL)
    {
      g_autofree char *text = g_strdup (g_getenv (VARIABLE));

      g_unsetenv (VARIABLE);
      return mil_vault_new_for_text (text, error);
    }
  if (credential != NULL && g_file_test (credential, G_FILE_TEST_EXISTS))
    return read_file (credential, FALSE, error);
  own = mil_vault_path (state_dir);
  *is_new = !g_file_test (own, G_FILE_TEST_EXISTS);
  if (*is_new && !mil_vault_rotate (own, random, error))
    return NULL;
  return mil_vault_new_for_file (own, error);
}

/**
 * mil_vault_current:
 * @self: a vault
 *
 * Returns: (transfer none): id of the key that encrypts
 */
const char *
mil_vault_current (MilVault *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return ((Key *) self->keys->pdata[0])->id;
}

/**
 * mil_vault_older:
 * @self: a vault
 * @place: 0, 1 …
 *
 * Returns: (transfer none) (nullable): id of a key that only decrypts; %NULL when there are no more
 */
const char *
mil_vault_older (MilVault *self, guint place)
{
  g_return_val_if_fail (self != NULL, NULL);

  return place + 1 < self->keys->len ? ((Key *) self->keys->pdata[place + 1])->id : NULL;
}

static void
must (int result)
{
  if (result < 0)
    g_error ("%s", gnutls_strerror (result));
}

/* nonce || ciphertext || tag */
static GBytes *
encrypt (const guint8 *key, const guint8 *nonce, const char *context, gconstpointer plain, gsize size)
{
  gnutls_datum_t          datum = { (guchar *) key, KEY_BYTES };
  gnutls_aead_cipher_hd_t cipher;
  gsize                   length = size + TAG_BYTES;
  guint8                 *out = g_malloc (NONCE_BYTES + length);

  memcpy (out, nonce, NONCE_BYTES);
  must (gnutls_aead_cipher_init (&cipher, CIPHER, &datum));
  must (gnutls_aead_cipher_encrypt (
      cipher, nonce, NONCE_BYTES, context, strlen (context), TAG_BYTES, plain, size, out + NONCE_BYTES, &length));
  gnutls_aead_cipher_deinit (cipher);
  return g_bytes_new_take (out, NONCE_BYTES + length);
}

static GBytes *
decrypt (const guint8 *key, const char *context, GBytes *sealed, GError **error)
{
  gnutls_datum_t          datum = { (guchar *) key, KEY_BYTES };
  gnutls_aead_cipher_hd_t cipher;
  gsize                   size;
  const guint8           *data = g_bytes_get_data (sealed, &size);
  g_autofree guint8      *plain = NULL;
  gsize                   length;
  int                     result = GNUTLS_E_DECRYPTION_FAILED;

  if (size >= NONCE_BYTES + TAG_BYTES)
    {
      length = size - NONCE_BYTES;
      plain = g_malloc (length);
      must (gnutls_aead_cipher_init (&cipher, CIPHER, &datum));
      result = gnutls_aead_cipher_decrypt (
          cipher, data, NONCE_BYTES, context, strlen (context), TAG_BYTES, data + NONCE_BYTES, size - NONCE_BYTES, plain, &length);
      gnutls_aead_cipher_deinit (cipher);
    }
  if (result >= 0)
    return g_bytes_new_take (g_steal_pointer (&plain), length);
  mil_error_set (error, MIL_ERROR_STORAGE, _ ("Personal data was changed, or belongs elsewhere, and cannot be read."));
  return NULL;
}

/* A wrapped key is bound to its key's name as well, so that no row can name another. */
static GBytes *
wrap (const Key *key, const guint8 *nonce, const char *context, const guint8 *own)
{
  g_autofree char *bound = g_strconcat (key->id, "\n", context, NULL);

  return encrypt (key->bytes, nonce, bound, own, KEY_BYTES);
}

static GBytes *
unwrap (MilVault *self, const MilSealed *sealed, const char *context, GError **error)
{
  const Key       *key = find_key (self, sealed->key_id);
  g_autofree char *bound = g_strconcat (sealed->key_id, "\n", context, NULL);
  g_autoptr (GBytes) own = NULL;

  if (key == NULL)
    {
      mil_error_set (error,
                     MIL_ERROR_STORAGE,
                     _ ("Personal data was encrypted with the key “%s”, which this service has not got."),
                     sealed->key_id);
      return NULL;
    }
  own = decrypt (key->bytes, bound, sealed->wrapped_key, error);
  if (own == NULL || g_bytes_get_size (own) == KEY_BYTES)
    return g_steal_pointer (&own);
  mil_error_set (error, MIL_ERROR_STORAGE, _ ("Personal data was changed, or belongs elsewhere, and cannot be read."));
  return NULL;
}

/**
 * mil_vault_seal:
 * @self: a vault
 * @chance: %MIL_VAULT_CHANCE bytes that nobody can foresee, used once
 * @context: what it belongs to; needed again to open it
 * @plain: what to seal
 *
 * Encrypts @plain with a key of its own (AES-256-GCM), and that key with the vault's current one: to change
 * the vault's key later, only the small key has to be wrapped anew.
 *
 * Source: NIST SP 800-38D.
 *
 * Returns: (transfer full): what may be stored
 */
MilSealed *
mil_vault_seal (MilVault *self, const guint8 *chance, const char *context, GBytes *plain)
{
  const guint8 *own = chance;
  gsize         size;
  gconstpointer data;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) wrapped = NULL;

  g_return_val_if_fail (self != NULL && chance != NULL && context != NULL && plain != NULL, NULL);

  data = g_bytes_get_data (plain, &size);
  sealed = encrypt (own, chance + KEY_BYTES, context, data, size);
  wrapped = wrap (self->keys->pdata[0], chance + KEY_BYTES + NONCE_BYTES, context, own);
  return mil_sealed_new (mil_vault_current (self), wrapped, sealed);
}

/**
 * mil_vault_unseal:
 * @self: a vault
 * @sealed: what mil_vault_seal() made
 * @context: what it belongs to
 * @error: return location; %MIL_ERROR_STORAGE when the key is missing, when anything was changed, or when it
 *   belongs to something else
 *
 * Returns: (transfer full) (nullable): what was sealed
 */
GBytes *
mil_vault_unseal (MilVault *self, const MilSealed *sealed, const char *context, GError **error)
{
  g_autoptr (GBytes) own = NULL;

  g_return_val_if_fail (self != NULL && sealed != NULL && context != NULL, NULL);

  own = unwrap (self, sealed, context, error);
  return own != NULL ? decrypt (g_bytes_get_data (own, NULL), context, sealed->data, error) : NULL;
}

/**
 * mil_vault_rewrap:
 * @self: a vault
 * @sealed: something sealed; its key is wrapped with the vault's current key now, its data stays as it is
 * @chance: %MIL_VAULT_CHANCE bytes that nobody can foresee, used once
 * @context: what it belongs to
 * @error: return location; as for mil_vault_unseal()
 *
 * Returns: %FALSE with @error set when it cannot be opened
 */
gboolean
mil_vault_rewrap (MilVault *self, MilSealed *sealed, const guint8 *chance, const char *context, GError **error)
{
  g_autoptr (GBytes) own = NULL;

  g_return_val_if_fail (self != NULL && sealed != NULL && chance != NULL && context != NULL, FALSE);

  own = unwrap (self, sealed, context, error);
  if (own == NULL)
    return FALSE;
  g_bytes_unref (sealed->wrapped_key);
  sealed->wrapped_key = wrap (self->keys->pdata[0], chance, context, g_bytes_get_data (own, NULL));
  g_set_str (&sealed->key_id, mil_vault_current (self));
  return TRUE;
}

static char *
digest_with (const Key *key, GBytes *data)
{
  gsize            size;
  gconstpointer    bytes = g_bytes_get_data (data, &size);
  guint8           hash[32];
  g_autofree char *text = NULL;

  must (gnutls_hmac_fast (GNUTLS_MAC_SHA256, key->bytes, KEY_BYTES, size > 0 ? bytes : "", size, hash));
  text = mil_base64url_encode (hash, sizeof hash);
  return g_strconcat (key->id, ":", text, NULL);
}

/**
 * mil_vault_digest:
 * @self: a vault
 * @data: anything
 *
 * A digest by which the same is known again and that tells nobody else anything, not even whether a guess
 * is right: a passport's number is soon guessed from a plain one. HMAC-SHA-256.
 *
 * Returns: (transfer full): the digest, with the key's id before it
 */
char *
mil_vault_digest (MilVault *self, GBytes *data)
{
  g_return_val_if_fail (self != NULL && data != NULL, NULL);

  return digest_with (self->keys->pdata[0], data);
}

/**
 * mil_vault_matches:
 * @self: a vault
 * @digest: what mil_vault_digest() said, maybe with an older key
 * @data: anything
 *
 * Returns: whether it is the digest of @data
 */
gboolean
mil_vault_matches (MilVault *self, const char *digest, GBytes *data)
{
  const char      *colon;
  g_autofree char *id = NULL;
  g_autofree char *again = NULL;
  const Key       *key;

  g_return_val_if_fail (self != NULL && digest != NULL && data != NULL, FALSE);

  colon = strchr (digest, ':');
  if (colon == NULL)
    return FALSE;
  id = g_strndup (digest, (gsize) (colon - digest));
  key = find_key (self, id);
  again = key != NULL ? digest_with (key, data) : NULL;
  return again != NULL && g_str_equal (again, digest);
}
