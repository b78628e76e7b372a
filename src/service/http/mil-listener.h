/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MilListener:
 *
 * A Unix socket path that one live process owns. A lock file beside it says who: it is held as long
 * as the process lives, so a socket file that a killed process left is removed only under the lock.
 */
typedef struct _MilListener MilListener;

MilListener *mil_listener_new (const char *path, gboolean *taken, GError **error);
GSocket     *mil_listener_socket (MilListener *self);
void         mil_listener_free (MilListener *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilListener, mil_listener_free)

G_END_DECLS
