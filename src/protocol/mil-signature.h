/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "base/mil-key.h"

G_BEGIN_DECLS

/* HTTP Message Signatures (RFC 9421) with ecdsa-p256-sha256, and Content-Digest (RFC 9530) with sha-256. */

/* How far a signature's time may be from ours, in seconds. */
#define MIL_SIGNATURE_MAX_SKEW 300

/**
 * MilSignatureMessage:
 * @method: "POST"
 * @authority: host, with the port where it is not the scheme's own, in lower case
 * @path: as sent, percent-encoded; "/" when empty
 * @query: (nullable): as sent, without "?"
 * @status: of an answer; 0 for a request
 * @headers: header fields
 * @body: (nullable): the content
 *
 * What is signed: a request or an answer. Borrows everything.
 */
typedef struct
{
  const char         *method;
  const char         *authority;
  const char         *path;
  const char         *query;
  guint               status;
  SoupMessageHeaders *headers;
  GBytes             *body;
} MilSignatureMessage;

/**
 * MilSignature:
 * @label: what names the signature in both header fields
 * @components: (array zero-terminated=1): what it covers, for example "@method", "content-digest"
 * @parameters: what @components and parameters look like on the wire, from the opening bracket
 * @key_id: which key signed
 * @nonce: (nullable): against replay
 * @created: when, in microseconds
 * @expires: until when it holds, in microseconds; 0 when it says nothing
 * @value: r || s, 64 bytes
 *
 * A signature as it was sent.
 */
typedef struct
{
  char  *label;
  GStrv  components;
  char  *parameters;
  char  *key_id;
  char  *nonce;
  gint64 created;
  gint64 expires;
  GBytes *value;
} MilSignature;

/**
 * MilSignatureLookup:
 * @key_id: which key signed
 * @data: what mil_signature_check() was given
 *
 * Returns: (transfer full) (nullable): that key
 */
typedef MilKey *(*MilSignatureLookup) (const char *key_id,
                                       gpointer    data);

GType         mil_signature_get_type (void);
MilSignature *mil_signature_copy     (const MilSignature        *self);
void          mil_signature_free     (MilSignature              *self);

char         *mil_content_digest     (GBytes                    *body);
gboolean      mil_content_digest_check (const char              *field,
                                      GBytes                    *body,
                                      GError                   **error);

gboolean      mil_signature_sign     (const MilSignatureMessage *message,
                                      MilKey                    *key,
                                      gint64                     created,
                                      const char                *nonce,
                                      GError                   **error);
MilSignature *mil_signature_parse    (SoupMessageHeaders        *headers,
                                      GError                   **error);
gboolean      mil_signature_verify   (const MilSignature        *self,
                                      const MilSignatureMessage *message,
                                      MilKey                    *key,
                                      GError                   **error);
gboolean      mil_signature_check_request (const MilSignature   *self,
                                      const MilSignatureMessage *message,
                                      gint64                     now,
                                      GError                   **error);
MilSignature *mil_signature_check    (const MilSignatureMessage *message,
                                      MilSignatureLookup         lookup,
                                      gpointer                   data,
                                      MilClock                  *clock,
                                      GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilSignature, mil_signature_free)

G_END_DECLS
