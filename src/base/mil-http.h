/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "base/mil-future.h"

G_BEGIN_DECLS

#define MIL_TYPE_HTTP          (mil_http_get_type ())
#define MIL_TYPE_HTTP_RESPONSE (mil_http_response_get_type ())

/**
 * MilHttp:
 *
 * An HTTP client that mistrusts the other side: its own timeout, bounded sizes, status mapped to
 * #MilErrorCode, RFC 9457 problem details turned into the message.
 */
G_DECLARE_FINAL_TYPE (MilHttp, mil_http, MIL, HTTP, GObject)

/**
 * MilHttpRequest:
 * @method: "GET", "POST" …
 * @uri: absolute; over a Unix socket its host is only a name (`http://milione.localhost/…`)
 * @body: (nullable): bytes to send
 * @content_type: (nullable): their media type
 * @headers: (nullable): more headers
 * @max_size: most bytes accepted back; 0 for 4 MiB
 * @timeout_ms: 0 for 10 s
 * @not_modified_ok: whether 304 is an answer and not an error
 *
 * One request. Owned by whoever made it; mil_http_send() copies what it needs.
 */
typedef struct
{
  const char         *method;
  const char         *uri;
  GBytes             *body;
  const char         *content_type;
  SoupMessageHeaders *headers;
  gsize               max_size;
  guint               timeout_ms;
  gboolean            not_modified_ok;
} MilHttpRequest;

/**
 * MilHttpResponse:
 * @status: HTTP status
 * @headers: (owned): response headers
 * @body: (owned): the whole body
 */
typedef struct
{
  guint               status;
  SoupMessageHeaders *headers;
  GBytes             *body;
} MilHttpResponse;

GType            mil_http_response_get_type (void);
MilHttpResponse *mil_http_response_copy     (const MilHttpResponse *self);
void             mil_http_response_free     (MilHttpResponse       *self);

MilHttp   *mil_http_new        (const char            *user_agent);
MilHttp   *mil_http_new_unix   (const char            *user_agent,
                                const char            *socket_path);
DexFuture *mil_http_send       (MilHttp               *self,
                                const MilHttpRequest  *request);
DexFuture *mil_http_open       (MilHttp               *self,
                                const MilHttpRequest  *request);
GError    *mil_http_problem    (guint                  status,
                                SoupMessageHeaders    *headers,
                                GBytes                *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilHttpResponse, mil_http_response_free)

G_END_DECLS
