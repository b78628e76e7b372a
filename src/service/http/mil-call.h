/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "base/mil-json.h"
#include "service/http/mil-reply.h"
#include "service/principals/mil-principal.h"
#include "service/vault/mil-vault.h"
#include "service/wallet/mil-exchange.h"

G_BEGIN_DECLS

#define MIL_TYPE_CALL (mil_call_get_type ())

typedef struct _MilCall       MilCall;
typedef struct _MilRoute      MilRoute;
typedef struct _MilSchemeBook MilSchemeBook;

/**
 * MilContext:
 * @clock: the time
 * @exchange: rates of the exchange desk
 * @book: refund schemes
 * @vault: keys of personal data
 * @engine: "sqlite" or "postgres"
 *
 * What endpoints need besides the request and the transaction. Immutable, read from any thread.
 */
typedef struct
{
  MilClock      *clock;
  MilExchange   *exchange;
  MilSchemeBook *book;
  MilVault      *vault;
  const char    *engine;
} MilContext;

/**
 * MilRouteFunc:
 * @tx: the transaction that the whole request is
 * @call: the request
 * @error: what went wrong; undoes everything
 *
 * Does what a request asks for, on a thread of the storage. May be run again from the start.
 *
 * Returns: (transfer full) (nullable): the answer
 */
typedef MilReply *(*MilRouteFunc) (MilTx *tx, MilCall *call, GError **error);

/**
 * MilRouteKind:
 * @MIL_ROUTE_READ: changes nothing
 * @MIL_ROUTE_ONCE: changes something; needs an `Idempotency-Key`, and is done once for each
 * @MIL_ROUTE_ENROL: as @MIL_ROUTE_ONCE, and may be signed by a key that is not enrolled yet: the
 *   one in the body
 * @MIL_ROUTE_EVENTS: answers a page of events, or stays open as a stream of them
 *
 * How a request is run.
 */
typedef enum
{
  MIL_ROUTE_READ,
  MIL_ROUTE_ONCE,
  MIL_ROUTE_ENROL,
  MIL_ROUTE_EVENTS,
} MilRouteKind;

/**
 * MilRoute:
 * @method: "GET", "POST" …
 * @pattern: path; `{name}` stands for one segment
 * @roles: who may (a set of #MilRole); 0 for everybody, without a signature
 * @kind: how it is run
 * @function: what is done
 * @prepare: (nullable): what can be worked out before it, in a transaction that only reads. When it
 *   fails, @function is run all the same, and says what is wrong
 *
 * One endpoint.
 */
struct _MilRoute
{
  const char  *method;
  const char  *pattern;
  guint        roles;
  MilRouteKind kind;
  MilRouteFunc function;
  MilTxFunc    prepare;
};

/**
 * MilCall:
 * @context: what endpoints need
 * @route: the endpoint
 * @method: as sent
 * @path: as sent, still percent-encoded
 * @query: (nullable): as sent
 * @authority: lower case, as the signature covers it
 * @scheme: "http" or "https"
 * @headers: as sent
 * @body: as sent; empty when there was none
 * @json: (nullable): the body when it is JSON
 * @principal: (nullable): who signed it; %NULL on open endpoints and while enrolling
 * @key: (nullable): the key that signed it
 * @idempotency_key: (nullable): of a request that changes something
 * @consent: (nullable): what mil_payment_group_consent() said, for the route that asks it
 *
 * One request. Reference counted; not changed once its function runs.
 */
struct _MilCall
{
  const MilContext   *context;
  const MilRoute     *route;
  char               *method;
  char               *path;
  char               *query;
  char               *authority;
  char               *scheme;
  SoupMessageHeaders *headers;
  GBytes             *body;
  JsonNode           *json;
  MilPrincipal       *principal;
  MilKey             *key;
  char               *idempotency_key;
  char               *consent;

  /*< private >*/
  GStrv           names;
  GStrv           values;
  gatomicrefcount ref_count;
};

GType       mil_call_get_type (void);
MilCall    *mil_call_new (const MilContext *context, SoupServerMessage *message);
MilCall    *mil_call_ref (MilCall *self);
void        mil_call_unref (MilCall *self);
gboolean    mil_call_match (MilCall *self, const MilRoute *route);
const char *mil_call_param (MilCall *self, const char *name);
char       *mil_call_query (MilCall *self, const char *name);
gboolean mil_call_query_int (MilCall *self, const char *name, gint64 least, gint64 most, gint64 fallback, gint64 *number, GError **error);
const char *mil_call_header (MilCall *self, const char *name);
const char *mil_call_owner (MilCall *self);
MilJson    *mil_call_read (MilCall *self, GError **error);
char       *mil_call_address (MilCall *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilCall, mil_call_unref)

G_END_DECLS
