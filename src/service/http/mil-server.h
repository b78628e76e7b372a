/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "service/http/mil-call.h"
#include "service/storage/mil-storage.h"

G_BEGIN_DECLS

#define MIL_TYPE_SERVER (mil_server_get_type ())

/* Most bytes in a request's body. */
#define MIL_SERVER_MAX_BODY (1024 * 1024)

/**
 * MilServer:
 *
 * Answers HTTP: finds the endpoint, checks who asks, runs the request as one transaction.
 */
G_DECLARE_FINAL_TYPE (MilServer, mil_server, MIL, SERVER, GObject)

MilServer *mil_server_new (MilStorage *storage, const MilContext *context);
gboolean   mil_server_listen_socket (MilServer *self, GSocket *socket, GError **error);
gboolean mil_server_listen_tcp (MilServer *self, GSocketAddress *address, GTlsCertificate *certificate, GError **error);
char    *mil_server_get_address (MilServer *self);
gboolean mil_server_is_idle (MilServer *self);
void     mil_server_disconnect (MilServer *self);
void     mil_server_stop (MilServer *self);

G_END_DECLS
