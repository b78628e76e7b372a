/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-clock.h"
#include "base/mil-http.h"
#include "traveller/mil-identity.h"

G_BEGIN_DECLS

#define MIL_TYPE_CLIENT (mil_client_get_type ())

/**
 * MilClient:
 *
 * Talks to the service: waits until its address is known, signs what has to be signed, asks again
 * where asking twice does no harm.
 *
 * Properties: `reachable` (boolean), `problem` (#GError: why it is not).
 */
G_DECLARE_FINAL_TYPE (MilClient, mil_client, MIL, CLIENT, GObject)

/**
 * MilAuth:
 * @MIL_AUTH_NONE: anybody may ask; does not wait for the keyring
 * @MIL_AUTH_SIGNED: signed with the key of this device
 *
 * Whether a request says who asks.
 */
typedef enum
{
  MIL_AUTH_NONE,
  MIL_AUTH_SIGNED,
} MilAuth;

MilClient  *mil_client_new           (MilIdentity *identity,
                                      MilClock    *clock,
                                      MilRandom   *random,
                                      const char  *language);
void        mil_client_set_address   (MilClient   *self,
                                      const char  *address);
const char *mil_client_get_address   (MilClient   *self);
void        mil_client_set_timeout   (MilClient   *self,
                                      guint        milliseconds);
gboolean    mil_client_is_reachable  (MilClient   *self);
GError     *mil_client_get_problem   (MilClient   *self);
void        mil_client_set_problem   (MilClient   *self,
                                      const GError *problem);
DexFuture  *mil_client_get           (MilClient   *self,
                                      const char  *path,
                                      const char  *etag,
                                      MilAuth      auth);
DexFuture  *mil_client_get_json      (MilClient   *self,
                                      const char  *path,
                                      MilAuth      auth);
DexFuture  *mil_client_post          (MilClient   *self,
                                      const char  *path,
                                      JsonNode    *body,
                                      const char  *idempotency_key,
                                      MilAuth      auth);
DexFuture  *mil_client_put           (MilClient   *self,
                                      const char  *path,
                                      JsonNode    *body,
                                      const char  *idempotency_key,
                                      MilAuth      auth);
DexFuture  *mil_client_open_stream   (MilClient   *self,
                                      const char  *path);
DexFuture  *mil_client_fetch         (MilClient   *self,
                                      const char  *url,
                                      const char  *etag,
                                      gsize        max_size);
DexFuture  *mil_client_ensure_enrolled (MilClient *self);

G_END_DECLS
