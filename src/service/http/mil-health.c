/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

/* Reads one row, so a service whose database is gone does not say that it is well. */
static MilReply *
health (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (MilRows) rows = mil_tx_query (tx, error, "SELECT count(*) FROM stores", NULL);
  JsonObject *answer;

  if (rows == NULL)
    return NULL;
  answer = json_object_new ();
  json_object_set_string_member (answer, "status", "ok");
  json_object_set_string_member (answer, "version", PACKAGE_VERSION);
  json_object_set_string_member (answer, "storage", call->context->engine);
  return mil_reply_object (SOUP_STATUS_OK, answer);
}

const MilRoute mil_health_routes[] = {
  { "GET", "/healthz", 0, MIL_ROUTE_READ, health },
  { 0 },
};
