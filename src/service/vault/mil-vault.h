/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "base/mil-clock.h"
#include "base/mil-error.h"

G_BEGIN_DECLS

#define MIL_TYPE_VAULT (mil_vault_get_type ())

/**
 * MilVault:
 *
 * The keys that personal data is encrypted with. No database holds them: they come from a file that only
 * the service may read, from the environment, or from a credential of systemd. The first key encrypts; the
 * others only decrypt, until everything has been re-wrapped. Reference counted, immutable, any thread.
 */
typedef struct _MilVault MilVault;

/**
 * MilSealed:
 * @key_id: which key wraps
 * @wrapped_key: a key of this piece's own, encrypted with that key
 * @data: what was sealed, encrypted with the piece's own key
 *
 * Something encrypted.
 */
typedef struct
{
  char   *key_id;
  GBytes *wrapped_key;
  GBytes *data;
} MilSealed;

GType     mil_vault_get_type (void);
MilVault *mil_vault_new_for_text (const char *text, GError **error);
MilVault *mil_vault_new_for_file (const char *path, GError **error);
MilVault *mil_vault_open (const char *file, const char *state_dir, MilRandom *random, gboolean *is_new, GError **error);
gboolean    mil_vault_rotate (const char *path, MilRandom *random, GError **error);
char       *mil_vault_path (const char *state_dir);
MilVault   *mil_vault_ref (MilVault *self);
void        mil_vault_unref (MilVault *self);
const char *mil_vault_current (MilVault *self);
const char *mil_vault_older (MilVault *self, guint place);
MilSealed  *mil_vault_seal (MilVault *self, const guint8 *chance, const char *context, GBytes *plain);
GBytes     *mil_vault_unseal (MilVault *self, const MilSealed *sealed, const char *context, GError **error);
gboolean mil_vault_rewrap (MilVault *self, MilSealed *sealed, const guint8 *chance, const char *context, GError **error);
char    *mil_vault_digest (MilVault *self, GBytes *data);
gboolean mil_vault_matches (MilVault *self, const char *digest, GBytes *data);

/* How much chance mil_vault_seal() and mil_vault_rewrap() take. */
#define MIL_VAULT_CHANCE (32 + 12 + 12)

MilSealed *mil_sealed_new (const char *key_id, GBytes *wrapped_key, GBytes *data);
void       mil_sealed_free (MilSealed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilVault, mil_vault_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilSealed, mil_sealed_free)

G_END_DECLS
