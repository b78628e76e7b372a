/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-clock.h"

G_BEGIN_DECLS

#define MIL_TYPE_KEY (mil_key_get_type ())

/**
 * MilKey:
 *
 * A P-256 key: a pair that signs, or a public key that verifies. Reference counted, immutable, safe
 * to use from any thread. Signatures are ES256: 64 bytes, r || s (RFC 7518, section 3.4).
 */
typedef struct _MilKey MilKey;

GType       mil_key_get_type      (void);
MilKey     *mil_key_generate      (GError     **error);
MilKey     *mil_key_ref           (MilKey      *self);
void        mil_key_unref         (MilKey      *self);
gboolean    mil_key_is_private    (MilKey      *self);
const char *mil_key_id            (MilKey      *self);
MilKey     *mil_key_from_pem      (const char  *pem,
                                   GError     **error);
char       *mil_key_to_pem        (MilKey      *self,
                                   GError     **error);
MilKey     *mil_key_from_jwk      (JsonNode    *jwk,
                                   GError     **error);
JsonNode   *mil_key_to_jwk        (MilKey      *self);
GBytes     *mil_key_sign          (MilKey      *self,
                                   const void  *data,
                                   gsize        size,
                                   GError     **error);
gboolean    mil_key_verify        (MilKey      *self,
                                   const void  *data,
                                   gsize        size,
                                   GBytes      *signature);

char       *mil_sha256_hex        (const void  *data,
                                   gsize        size);
GBytes     *mil_sha256            (const void  *data,
                                   gsize        size);
char       *mil_base64url_encode  (const void  *data,
                                   gsize        size);
GBytes     *mil_base64url_decode  (const char  *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilKey, mil_key_unref)

G_END_DECLS
