/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

#include <glib/gi18n.h>

#include "service/http/mil-ucp.h"

#define REVALIDATE "public, max-age=60"
#define FOR_EVER "public, max-age=31536000, immutable"

static MilReply *
list_stores (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, "SELECT document FROM stores ORDER BY position, id", NULL);
  JsonObject *answer;
  JsonArray  *stores;

  if (rows == NULL)
    return NULL;
  answer = json_object_new ();
  stores = json_array_new ();
  json_object_set_array_member (answer, "stores", stores);
  while (mil_rows_next (rows))
    {
      JsonNode *store = mil_wire_parse (mil_rows_text (rows, 0), error);

      if (store == NULL)
        {
          json_object_unref (answer);
          return NULL;
        }
      json_array_add_element (stores, store);
    }
  return mil_reply_cached (mil_reply_object (SOUP_STATUS_OK, answer), mil_call_header (call, "If-None-Match"), REVALIDATE);
}

static MilReply *
discover (MilTx *tx, MilCall *call, GError **error)
{
  const char *id = mil_call_param (call, "store");
  g_autoptr (MilRows) rows = mil_tx_query_one (tx, error, _ ("There is no such store."), "SELECT 1 FROM stores WHERE id = $1", "t", id);

  if (rows == NULL)
    return NULL;
  return mil_reply_cached (mil_reply_object (SOUP_STATUS_OK, mil_ucp_profile (call, id)),
                           mil_call_header (call, "If-None-Match"),
                           REVALIDATE);
}

/* A picture's name is the digest of its bytes, so it never changes. */
static MilReply *
media (MilTx *tx, MilCall *call, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (mil_call_param (call, "file"), ".", 2);
  g_autofree char *etag = g_strdup_printf ("\"%s\"", parts[0]);
  g_autoptr (MilRows) rows = NULL;
  MilReply *reply;

  rows = mil_tx_query_one (tx,
                           error,
                           _ ("There is no such picture."),
                           "SELECT bytes, media_type FROM media WHERE hash = $1",
                           "t",
                           g_strcmp0 (parts[1], "png") == 0 ? parts[0] : "");
  if (rows == NULL)
    return NULL;
  if (g_strcmp0 (mil_call_header (call, "If-None-Match"), etag) == 0)
    reply = mil_reply_new (SOUP_STATUS_NOT_MODIFIED, NULL, NULL);
  else
    reply = mil_reply_new (SOUP_STATUS_OK, mil_rows_text (rows, 1), mil_rows_bytes (rows, 0));
  reply->etag = g_steal_pointer (&etag);
  reply->cache_control = g_strdup (FOR_EVER);
  return reply;
}

const MilRoute mil_store_routes[] = {
  { "GET", "/v1/stores", 0, MIL_ROUTE_READ, list_stores },
  { "GET", "/stores/{store}/.well-known/ucp", 0, MIL_ROUTE_READ, discover },
  { "GET", "/media/{file}", 0, MIL_ROUTE_READ, media },
  { 0 },
};
