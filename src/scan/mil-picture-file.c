/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-picture-file.h"

#include <glib/gi18n.h>

#include "base/mil-error.h"
#include "base/mil-future.h"
#include "scan/mil-picture.h"

#define CHUNK (256 * 1024)

/* What this program was started with is open already: a pipe there has somebody at its other end. */
static gboolean
is_descriptor (const char *path)
{
  return g_str_equal (path, "/dev/stdin") || g_str_has_prefix (path, "/dev/fd/")
         || g_str_has_prefix (path, "/proc/self/fd/");
}

/* Opening a pipe in which nobody writes takes for ever, and what a device says has no end. */
static gboolean
is_device (GFile *file, GCancellable *cancellable)
{
  const char *path = g_file_peek_path (file);
  return path != NULL && !is_descriptor (path)
         && g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_SPECIAL;
}

/**
 * mil_picture_file_read:
 * @file: a picture or a document
 * @cancellable: (nullable): to give up
 * @error: where to say what went wrong
 *
 * Reads the file, or a little more of it than %MIL_PICTURE_MAX_BYTES: what is larger is noticed without being read
 * whole, and mil_picture_decode() refuses it. Blocking: for worker threads.
 *
 * Errors: %MIL_ERROR_UNREADABLE for a device or a pipe that is not one of this program's own; others as GIO has them.
 *
 * Returns: (transfer full) (nullable): what is in it, or %NULL with @error set
 */
GBytes *
mil_picture_file_read (GFile *file, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (is_device (file, cancellable))
    {
      mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("This is a device or a pipe and not a file. Save the picture as a file first."));
      return NULL;
    }
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  while (all->len <= MIL_PICTURE_MAX_BYTES)
    {
      gssize n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, CHUNK, cancellable, error);
      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      g_byte_array_append (all, buffer, n);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static gpointer
read_in_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  GBytes *bytes = mil_picture_file_read (data, cancellable, &local);
  if (bytes == NULL)
    g_propagate_error (error, mil_error_from (local));
  return bytes;
}

/**
 * mil_picture_file_load:
 * @file: a picture or a document
 *
 * As mil_picture_file_read(), in another thread.
 *
 * Returns: (transfer full): a future that resolves to boxed #GBytes
 */
DexFuture *
mil_picture_file_load (GFile *file)
{
  dex_return_error_if_fail (G_IS_FILE (file));

  return mil_thread (read_in_thread, g_object_ref (file), g_object_unref, G_TYPE_BYTES);
}
