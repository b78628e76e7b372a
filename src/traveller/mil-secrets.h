/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"

G_BEGIN_DECLS

#define MIL_TYPE_SECRETS       (mil_secrets_get_type ())
#define MIL_TYPE_KEYRING_STATE (mil_keyring_state_get_type ())

/**
 * MilKeyringState:
 * @MIL_KEYRING_READY: it answers, or was not asked yet
 * @MIL_KEYRING_WAITING: it was asked and has not answered; the person may be seeing its prompt
 * @MIL_KEYRING_LOCKED: it stayed locked
 * @MIL_KEYRING_MISSING: there is none
 *
 * What the keyring said last.
 */
typedef enum
{
  MIL_KEYRING_READY,
  MIL_KEYRING_WAITING,
  MIL_KEYRING_LOCKED,
  MIL_KEYRING_MISSING,
} MilKeyringState;

GType mil_keyring_state_get_type (void);

/**
 * MilSecrets:
 *
 * Where secrets are kept: the person's keyring, or memory for a session that leaves no trace.
 *
 * Properties: `state` (#MilKeyringState).
 */
G_DECLARE_FINAL_TYPE (MilSecrets, mil_secrets, MIL, SECRETS, GObject)

MilSecrets      *mil_secrets_new         (void);
MilSecrets      *mil_secrets_new_memory  (void);
MilKeyringState  mil_secrets_get_state   (MilSecrets *self);
void             mil_secrets_set_timeout (MilSecrets *self,
                                          guint       milliseconds);
void             mil_secrets_stop_waiting (MilSecrets *self);
DexFuture       *mil_secrets_lookup      (MilSecrets *self,
                                          const char *kind,
                                          const char *id);
DexFuture       *mil_secrets_store       (MilSecrets *self,
                                          const char *kind,
                                          const char *id,
                                          const char *label,
                                          const char *secret);
DexFuture       *mil_secrets_delete      (MilSecrets *self,
                                          const char *kind,
                                          const char *id);

G_END_DECLS
