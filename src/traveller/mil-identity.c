/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-identity.h"

#include <glib/gi18n.h>

#define SECRET_KIND "device-key"

struct _MilIdentity
{
  GObject parent_instance;

  MilSecrets *secrets; /* (owned) */
  char       *id;      /* (owned) */
  MilKey     *key;     /* (owned) (nullable) */
  DexFuture  *pending; /* (owned) (nullable): one question to the keyring, whoever waits for it */
};

G_DEFINE_FINAL_TYPE (MilIdentity, mil_identity, G_TYPE_OBJECT)

static void
mil_identity_dispose (GObject *object)
{
  MilIdentity *self = MIL_IDENTITY (object);

  dex_clear (&self->pending);
  g_clear_object (&self->secrets);
  G_OBJECT_CLASS (mil_identity_parent_class)->dispose (object);
}

static void
mil_identity_finalize (GObject *object)
{
  MilIdentity *self = MIL_IDENTITY (object);

  g_clear_pointer (&self->key, mil_key_unref);
  g_free (self->id);
  G_OBJECT_CLASS (mil_identity_parent_class)->finalize (object);
}

static void
mil_identity_class_init (MilIdentityClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_identity_dispose;
  G_OBJECT_CLASS (klass)->finalize = mil_identity_finalize;
}

static void
mil_identity_init (MilIdentity *self)
{
}

/**
 * mil_identity_new:
 * @secrets: where the key is kept
 * @id: which device key; a person who talks to two services has two
 *
 * Returns: (transfer full): an identity; nothing is asked yet
 */
MilIdentity *
mil_identity_new (MilSecrets *secrets, const char *id)
{
  MilIdentity *self = NULL;

  g_return_val_if_fail (MIL_IS_SECRETS (secrets), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (MIL_TYPE_IDENTITY, NULL);
  self->secrets = g_object_ref (secrets);
  self->id = g_strdup (id);
  return self;
}

static MilKey *
make_key (MilIdentity *self, GError **error)
{
  g_autoptr (MilKey) key = mil_key_generate (error);
  g_autofree char *pem = key != NULL ? mil_key_to_pem (key, error) : NULL;

  if (pem == NULL)
    return NULL;
  if (!mil_await (mil_secrets_store (self->secrets,
                                     SECRET_KIND,
                                     self->id,
                                     /* Translators: the name under which the keyring lists the key of this device. */
                                     _ ("Milione: the key of your wallets on this device"),
                                     pem),
                  error))
    return NULL;
  return g_steal_pointer (&key);
}

static DexFuture *
ensure_fiber (gpointer data)
{
  MilIdentity *self = MIL_IDENTITY (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = NULL;

  pem = mil_await_pointer (mil_secrets_lookup (self->secrets, SECRET_KIND, self->id), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (self->key == NULL)
    self->key = pem != NULL ? mil_key_from_pem (pem, &error) : make_key (self, &error);
  if (self->key == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (mil_key_get_type (), mil_key_ref (self->key));
}

/**
 * mil_identity_ensure:
 * @self: an identity
 *
 * Looks the key up, or makes it and keeps it. Several callers share one question to the keyring; a
 * failed one is asked again by the next caller.
 *
 * Returns: (transfer full): a future #MilKey; %MIL_ERROR_KEYRING_LOCKED, %MIL_ERROR_KEYRING_MISSING
 */
DexFuture *
mil_identity_ensure (MilIdentity *self)
{
  dex_return_error_if_fail (MIL_IS_IDENTITY (self));

  if (self->key != NULL)
    return dex_future_new_take_boxed (mil_key_get_type (), mil_key_ref (self->key));
  if (self->pending == NULL || !dex_future_is_pending (self->pending))
    {
      dex_clear (&self->pending);
      self->pending = mil_spawn (ensure_fiber, g_object_ref (self), g_object_unref);
    }
  return dex_ref (self->pending);
}

/**
 * mil_identity_peek:
 * @self: an identity
 *
 * Returns: (transfer none) (nullable): the key, if it is known already
 */
MilKey *
mil_identity_peek (MilIdentity *self)
{
  g_return_val_if_fail (MIL_IS_IDENTITY (self), NULL);

  return self->key;
}
