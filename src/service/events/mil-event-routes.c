/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

#define PAGE 200

static MilReply *
page (MilTx *tx, MilCall *call, GError **error)
{
  g_autoptr (JsonNode) events = NULL;
  gint64 since;

  if (!mil_call_query_int (call, "since", 0, G_MAXINT64, 0, &since, error))
    return NULL;
  events = mil_tx_events_since (tx, mil_call_owner (call), since, PAGE, error);
  return events != NULL ? mil_reply_json (SOUP_STATUS_OK, events) : NULL;
}

const MilRoute mil_event_routes[] = {
  { "GET", "/v1/events", MIL_ROLE_ANY, MIL_ROUTE_EVENTS, page },
  { 0 },
};
