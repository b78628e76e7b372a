/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "client-signature.h"

#include "protocol/mil-signature.h"

void
client_sign (SoupMessage *message, GBytes *body, MilKey *key, MilClock *clock, MilRandom *random)
{
  GUri *uri = soup_message_get_uri (message);
  g_autoptr (GError) error = NULL;
  g_autofree char    *nonce = mil_uuid_new (clock, random);
  MilSignatureMessage signed_message = {
    .method = soup_message_get_method (message),
    .authority = g_uri_get_host (uri),
    .path = g_uri_get_path (uri),
    .query = g_uri_get_query (uri),
    .headers = soup_message_get_request_headers (message),
    .body = body != NULL && g_bytes_get_size (body) > 0 ? body : NULL,
  };

  mil_signature_sign (&signed_message, key, mil_clock_now (clock), nonce, &error);
  g_assert_no_error (error);
}
