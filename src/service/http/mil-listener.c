/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/http/mil-listener.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/mil-error.h"

#define BACKLOG 128

struct _MilListener
{
  char    *path;
  GSocket *socket;
  int      lock_fd;
};

/**
 * mil_listener_free:
 * @self: (transfer full) (nullable): a listener
 *
 * Closes the socket, removes its file and lets go of the lock, in this order.
 */
void
mil_listener_free (MilListener *self)
{
  if (self == NULL)
    return;
  if (self->socket != NULL)
    {
      g_socket_close (self->socket, NULL);
      g_unlink (self->path);
    }
  g_clear_object (&self->socket);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->path);
  g_free (self);
}

static char *
lock_path (const char *socket_path)
{
  if (g_str_has_suffix (socket_path, ".sock"))
    return g_strdup_printf ("%.*s.lock", (int) (strlen (socket_path) - strlen (".sock")), socket_path);
  return g_strconcat (socket_path, ".lock", NULL);
}

static gboolean
take_lock (MilListener *self, gboolean *taken, GError **error)
{
  g_autofree char *path = lock_path (self->path);
  int              problem;

  self->lock_fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd >= 0 && flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  problem = errno;
  *taken = self->lock_fd >= 0 && problem == EWOULDBLOCK;
  mil_error_set (error,
                 *taken ? MIL_ERROR_CONFLICT : MIL_ERROR_STORAGE,
                 *taken ? _ ("Another service already serves %s.") : _ ("The lock file beside %s could not be made: %s"),
                 self->path,
                 g_strerror (problem));
  return FALSE;
}

static gboolean
bind_socket (MilListener *self, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->path);
  g_autoptr (GSocket) socket = NULL;

  g_unlink (self->path);
  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  if (socket == NULL)
    return FALSE;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, FALSE, error) || g_chmod (self->path, 0600) != 0 || !g_socket_listen (socket, error))
    {
      if (error != NULL && *error == NULL)
        mil_error_set (error, MIL_ERROR_STORAGE, _ ("The socket %s could not be protected."), self->path);
      return FALSE;
    }
  self->socket = g_steal_pointer (&socket);
  return TRUE;
}

/**
 * mil_listener_new:
 * @path: where the socket shall be; its folder is made (0700) when it is not there
 * @taken: (out): set to %TRUE when another live process holds the path
 * @error: return location
 *
 * Takes the lock beside @path (`service.sock` → `service.lock`), removes a stale socket file and
 * listens.
 *
 * Returns: (transfer full): the listener, or %NULL with @error set
 */
MilListener *
mil_listener_new (const char *path, gboolean *taken, GError **error)
{
  g_autoptr (MilListener) self = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (taken != NULL, NULL);

  *taken = FALSE;
  self = g_new0 (MilListener, 1);
  self->lock_fd = -1;
  self->path = g_strdup (path);
  if (strlen (path) >= sizeof (((struct sockaddr_un *) NULL)->sun_path))
    {
      mil_error_set (error,
                     MIL_ERROR_INVALID,
                     _ ("The socket path %s is too long: the system allows 107 bytes. Choose a shorter one."),
                     path);
      return NULL;
    }
  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      mil_error_set (error, MIL_ERROR_STORAGE, _ ("The folder %s could not be made: %s"), folder, g_strerror (errno));
      return NULL;
    }
  if (!take_lock (self, taken, error) || !bind_socket (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mil_listener_socket:
 * @self: a listener
 *
 * Returns: (transfer none): the listening socket
 */
GSocket *
mil_listener_socket (MilListener *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->socket;
}
