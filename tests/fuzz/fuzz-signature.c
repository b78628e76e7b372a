/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "protocol/mil-signature.h"

/* One field a line: Signature-Input, Signature, Content-Digest. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const names[] = { "Signature-Input", "Signature", "Content-Digest" };
  g_autofree char         *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  MilSignatureMessage message = { .method = "POST", .authority = "a.example", .path = "/", .headers = headers, .body = body };
  g_autoptr (MilSignature) signature = NULL;
  g_autoptr (MilSignature) copy = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (strpbrk (lines[i], "\r\n") == NULL)
        soup_message_headers_append (headers, names[i], lines[i]);
    }
  mil_content_digest_check (soup_message_headers_get_list (headers, "Content-Digest"), body, NULL);
  signature = mil_signature_parse (headers, &error);
  if (signature == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }
  copy = mil_signature_copy (signature);
  g_assert_cmpuint (g_bytes_get_size (copy->value), ==, 64);
  mil_signature_check_request (copy, &message, 0, NULL);
  return 0;
}
