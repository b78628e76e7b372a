/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-routes.h"

#include <glib/gi18n.h>

static const MilRoute *const tables[] = {
  mil_health_routes, mil_principal_routes, mil_store_routes, mil_catalogue_routes, mil_checkout_routes,
  mil_order_routes,  mil_wallet_routes,    mil_claim_routes, mil_event_routes,
};

/**
 * mil_routes_find:
 * @call: a call
 * @error: return location
 *
 * Finds the endpoint that @call asks for, and keeps the parts of the path that it names. HEAD is
 * served by GET.
 *
 * Returns: (transfer none): the endpoint, or %NULL with @error set; to %MIL_ERROR_NOT_FOUND when no
 *   endpoint has such a path, to %MIL_ERROR_UNSUPPORTED when none has it with this method
 */
const MilRoute *
mil_routes_find (MilCall *call, GError **error)
{
  const char *method;
  gboolean    has_path = FALSE;

  g_return_val_if_fail (call != NULL, NULL);

  method = g_str_equal (call->method, "HEAD") ? "GET" : call->method;
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const MilRoute *route = tables[t]; route->method != NULL; route++)
      {
        if (!mil_call_match (call, route))
          continue;
        has_path = TRUE;
        if (g_str_equal (route->method, method))
          return route;
      }
  if (has_path)
    mil_error_set (error, MIL_ERROR_UNSUPPORTED, _ ("This address does not take the method %s."), call->method);
  else
    mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("There is nothing at this address."));
  return NULL;
}
