/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-key.h"
#include "traveller/mil-secrets.h"

G_BEGIN_DECLS

#define MIL_TYPE_IDENTITY (mil_identity_get_type ())

/**
 * MilIdentity:
 *
 * The key of this device: looked up in the keyring when it is first needed, made and kept there when
 * there is none.
 */
G_DECLARE_FINAL_TYPE (MilIdentity, mil_identity, MIL, IDENTITY, GObject)

MilIdentity *mil_identity_new    (MilSecrets  *secrets,
                                  const char  *id);
DexFuture   *mil_identity_ensure (MilIdentity *self);
MilKey      *mil_identity_peek   (MilIdentity *self);

G_END_DECLS
