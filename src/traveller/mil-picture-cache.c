/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-picture-cache.h"

#include "base/mil-key.h"
#include "scan/mil-picture.h"
#include "traveller/mil-receipt-picture.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* A screen of product cards at 2x is about 30 MB. */
#define DEFAULT_LIMIT (64 * 1024 * 1024)
/* What a store may send as a picture; receipts are the person's own and may be larger. */
#define MAX_FROM_STORES (8 * 1024 * 1024)

struct _MilPictureCache
{
  GObject parent_instance;

  MilClient  *client; /* (owned) */
  char       *folder; /* (owned) */
  GHashTable *pixels; /* (owned): key -> Kept */
  GQueue      recent; /* newest first; the links lie in Kept */
  gsize       size;
  gsize       limit;
};

G_DEFINE_FINAL_TYPE (MilPictureCache, mil_picture_cache, G_TYPE_OBJECT)

typedef struct
{
  char      *key;
  MilPixels *pixels;
  GList      link;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->key);
  mil_pixels_free (kept->pixels);
  g_free (kept);
}

static void
mil_picture_cache_dispose (GObject *object)
{
  g_clear_object (&MIL_PICTURE_CACHE (object)->client);
  G_OBJECT_CLASS (mil_picture_cache_parent_class)->dispose (object);
}

static void
mil_picture_cache_finalize (GObject *object)
{
  MilPictureCache *self = MIL_PICTURE_CACHE (object);

  g_hash_table_unref (self->pixels);
  g_free (self->folder);
  G_OBJECT_CLASS (mil_picture_cache_parent_class)->finalize (object);
}

static void
mil_picture_cache_class_init (MilPictureCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mil_picture_cache_dispose;
  G_OBJECT_CLASS (klass)->finalize = mil_picture_cache_finalize;
}

static void
mil_picture_cache_init (MilPictureCache *self)
{
  self->pixels = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, kept_free);
  self->limit = DEFAULT_LIMIT;
  g_queue_init (&self->recent);
}

/**
 * mil_picture_cache_new: (skip)
 * @client: who fetches
 * @folder: where files are kept; made when the first one is
 *
 * Returns: (transfer full): an empty cache
 */
MilPictureCache *
mil_picture_cache_new (MilClient *client, const char *folder)
{
  MilPictureCache *self = g_object_new (MIL_TYPE_PICTURE_CACHE, NULL);

  self->client = g_object_ref (client);
  self->folder = g_strdup (folder);
  return self;
}

/* --- memory ------------------------------------------------------------------------------------- */

static char *
make_key (const char *url, int width, int height)
{
  return g_strdup_printf ("%dx%d %s", width, height, url);
}

static gsize
kept_size (Kept *kept)
{
  return g_bytes_get_size (kept->pixels->bytes);
}

static void
drop (MilPictureCache *self, Kept *kept)
{
  self->size -= kept_size (kept);
  g_queue_unlink (&self->recent, &kept->link);
  g_hash_table_remove (self->pixels, kept->key);
}

static void
shrink (MilPictureCache *self)
{
  while (self->size > self->limit && self->recent.tail != NULL)
    drop (self, self->recent.tail->data);
}

static void
keep (MilPictureCache *self, const char *key, MilPixels *pixels)
{
  Kept *kept = g_hash_table_lookup (self->pixels, key);

  if (kept != NULL)
    drop (self, kept);
  kept = g_new0 (Kept, 1);
  kept->key = g_strdup (key);
  kept->pixels = mil_pixels_copy (pixels);
  kept->link.data = kept;
  g_hash_table_insert (self->pixels, kept->key, kept);
  g_queue_push_head_link (&self->recent, &kept->link);
  self->size += kept_size (kept);
  shrink (self);
}

/**
 * mil_picture_cache_peek:
 * @self: a cache
 * @url: address of the picture
 * @width: as for mil_picture_cache_fetch()
 * @height: as for mil_picture_cache_fetch()
 *
 * Returns: (transfer full) (nullable): the pixels, if they are in memory
 */
MilPixels *
mil_picture_cache_peek (MilPictureCache *self, const char *url, int width, int height)
{
  g_autofree char *key = NULL;
  Kept            *kept = NULL;

  g_return_val_if_fail (MIL_IS_PICTURE_CACHE (self), NULL);
  g_return_val_if_fail (url != NULL, NULL);

  key = make_key (url, width, height);
  kept = g_hash_table_lookup (self->pixels, key);
  if (kept == NULL)
    return NULL;
  g_queue_unlink (&self->recent, &kept->link);
  g_queue_push_head_link (&self->recent, &kept->link);
  return mil_pixels_copy (kept->pixels);
}

/* --- files -------------------------------------------------------------------------------------- */

typedef struct
{
  char   *path;
  GBytes *bytes; /* (nullable) */
  char   *etag;  /* (nullable) */
  int     width;
  int     height;
} File;

static GType file_get_type (void);

static File *
file_new (const char *path)
{
  File *file = g_new0 (File, 1);

  file->path = g_strdup (path);
  return file;
}

static void
file_free (gpointer data)
{
  File *file = data;

  g_free (file->path);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file->etag);
  g_free (file);
}

static File *
file_copy (const File *file)
{
  File *copy = file_new (file->path);

  copy->bytes = file->bytes != NULL ? g_bytes_ref (file->bytes) : NULL;
  copy->etag = g_strdup (file->etag);
  copy->width = file->width;
  copy->height = file->height;
  return copy;
}

G_DEFINE_BOXED_TYPE (File, file, file_copy, file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (File, file_free)

static char *
etag_path (const char *path)
{
  return g_strconcat (path, ".etag", NULL);
}

/* A file that is not there has neither bytes nor an ETag. */
static gpointer
read_file (gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (File) file = file_new (data);
  g_autofree char *tag = etag_path (file->path);
  char            *contents = NULL;
  gsize            size = 0;

  if (g_file_get_contents (file->path, &contents, &size, NULL))
    {
      file->bytes = g_bytes_new_take (contents, size);
      g_file_get_contents (tag, &file->etag, NULL, NULL);
    }
  return g_steal_pointer (&file);
}

/* What cannot be written is fetched again next time. */
static gpointer
write_file (gpointer data, GCancellable *cancellable, GError **error)
{
  File            *file = data;
  g_autofree char *folder = g_path_get_dirname (file->path);
  g_autofree char *tag = etag_path (file->path);
  gsize            size = 0;
  const char      *bytes = g_bytes_get_data (file->bytes, &size);

  if (g_mkdir_with_parents (folder, 0700) == 0
      && g_file_set_contents_full (file->path, bytes, size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    {
      if (file->etag != NULL)
        g_file_set_contents (tag, file->etag, -1, NULL);
      else
        g_unlink (tag);
    }
  return GINT_TO_POINTER (TRUE);
}

static gpointer
decode (gpointer data, GCancellable *cancellable, GError **error)
{
  File *file = data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return mil_pixels_decode (file->bytes, file->width, file->height, error);
}

/* --- one picture -------------------------------------------------------------------------------- */

typedef struct
{
  MilPictureCache *cache; /* (owned) */
  char            *url;
  int              width;
  int              height;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_object_unref (fetch->cache);
  g_free (fetch->url);
  g_free (fetch);
}

typedef struct
{
  char *addresses;
  int   width;
  int   height;
} Painting;

static void
painting_free (gpointer data)
{
  Painting *painting = data;

  g_free (painting->addresses);
  g_free (painting);
}

static gpointer
paint (gpointer data, GCancellable *cancellable, GError **error)
{
  Painting *painting = data;
  g_autoptr (GError) wrong = NULL;
  MilPixels *pixels = mil_receipt_pictures_paint (painting->addresses, painting->width, painting->height, cancellable, &wrong);

  if (pixels == NULL)
    g_propagate_error (error, mil_error_from (wrong));
  return pixels;
}

/* A receipt's picture that is turned, cut, in a document, or one of several. */
static MilPixels *
paint_sheets (Fetch *fetch, GError **error)
{
  Painting *painting = g_new0 (Painting, 1);

  painting->addresses = g_strdup (fetch->url);
  painting->width = fetch->width;
  painting->height = fetch->height;
  return mil_await_pointer (mil_thread (paint, painting, painting_free, MIL_TYPE_PIXELS), error);
}

static GBytes *
read_own_file (const char *url, GError **error)
{
  g_autofree char *path = g_filename_from_uri (url, NULL, error);
  g_autoptr (File) file = NULL;

  if (path == NULL)
    return NULL;
  file = mil_await_pointer (mil_thread (read_file, g_strdup (path), g_free, file_get_type ()), error);
  if (file == NULL)
    return NULL;
  if (file->bytes == NULL)
    mil_error_set (error, MIL_ERROR_NOT_FOUND, _ ("The picture is no longer there."));
  return file->bytes != NULL ? g_bytes_ref (file->bytes) : NULL;
}

/* Pictures of our service are named by what is in them, so one that is here needs no question. */
static GBytes *
load_bytes (MilPictureCache *self, const char *url, GError **error)
{
  g_autofree char *name = mil_sha256_hex (url, strlen (url));
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (File) file = NULL;
  g_autoptr (MilHttpResponse) response = NULL;
  g_autoptr (GError) wrong = NULL;
  File *fresh = NULL;

  file = mil_await_pointer (mil_thread (read_file, g_strdup (path), g_free, file_get_type ()), error);
  if (file == NULL || (file->bytes != NULL && g_str_has_prefix (url, "/media/")))
    return file != NULL ? g_bytes_ref (file->bytes) : NULL;
  response = mil_await_pointer (mil_client_fetch (self->client, url, file->etag, MAX_FROM_STORES), &wrong);
  if (file->bytes != NULL && (response == NULL || response->status == SOUP_STATUS_NOT_MODIFIED))
    return g_bytes_ref (file->bytes);
  if (response == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return NULL;
    }
  fresh = file_new (path);
  fresh->bytes = g_bytes_ref (response->body);
  fresh->etag = g_strdup (soup_message_headers_get_one (response->headers, "ETag"));
  mil_disown (mil_thread (write_file, fresh, file_free, G_TYPE_BOOLEAN), "keep a picture");
  return g_bytes_ref (response->body);
}

static MilPixels *
decode_file (Fetch *fetch, GError **error)
{
  g_autoptr (GBytes) bytes = g_str_has_prefix (fetch->url, "file:") ? read_own_file (fetch->url, error)
                                                                    : load_bytes (fetch->cache, fetch->url, error);
  File *file = NULL;

  if (bytes == NULL)
    return NULL;
  file = file_new ("");
  file->bytes = g_bytes_ref (bytes);
  file->width = fetch->width;
  file->height = fetch->height;
  return mil_await_pointer (mil_thread (decode, file, file_free, MIL_TYPE_PIXELS), error);
}

static DexFuture *
fetch_fiber (gpointer data)
{
  Fetch   *fetch = data;
  gboolean is_own = g_str_has_prefix (fetch->url, "file:");
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPixels) pixels = NULL;
  g_autofree char *key = make_key (fetch->url, fetch->width, fetch->height);

  pixels = is_own && strpbrk (fetch->url, "# ") != NULL ? paint_sheets (fetch, &error) : decode_file (fetch, &error);
  if (pixels == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  keep (fetch->cache, key, pixels);
  return dex_future_new_take_boxed (MIL_TYPE_PIXELS, g_steal_pointer (&pixels));
}

/**
 * mil_picture_cache_fetch:
 * @self: a cache
 * @url: "/media/…" at the service, "https://…" elsewhere, or "file://…" for a receipt of one's own, as
 *   mil_receipt_picture_address() writes it; several of those with spaces between them are put one below the other
 * @width: of the place it is shown in, device pixels; 0 for the picture's own size
 * @height: of the place
 *
 * The picture, just large enough to cover the place. It comes from memory, from the disk or from the
 * network, and is decoded off the main thread. Dropping the future gives it up.
 *
 * Returns: (transfer full): a future #MilPixels; %MIL_ERROR_UNREADABLE for what is no picture (drawings
 *   are refused), %MIL_ERROR_TOO_LARGE, or why it could not be fetched
 */
DexFuture *
mil_picture_cache_fetch (MilPictureCache *self, const char *url, int width, int height)
{
  MilPixels *pixels = NULL;
  Fetch     *fetch = NULL;

  dex_return_error_if_fail (MIL_IS_PICTURE_CACHE (self));
  dex_return_error_if_fail (url != NULL);

  pixels = mil_picture_cache_peek (self, url, width, height);
  if (pixels != NULL)
    return dex_future_new_take_boxed (MIL_TYPE_PIXELS, pixels);
  fetch = g_new0 (Fetch, 1);
  fetch->cache = g_object_ref (self);
  fetch->url = g_strdup (url);
  fetch->width = width;
  fetch->height = height;
  return mil_spawn (fetch_fiber, fetch, fetch_free);
}

/**
 * mil_picture_cache_set_limit:
 * @self: a cache
 * @max_bytes: most bytes of pixels that are held in memory
 *
 * Those that were not asked for the longest go first.
 */
void
mil_picture_cache_set_limit (MilPictureCache *self, gsize max_bytes)
{
  g_return_if_fail (MIL_IS_PICTURE_CACHE (self));

  self->limit = max_bytes;
  shrink (self);
}

/**
 * mil_picture_cache_get_size:
 * @self: a cache
 *
 * Returns: bytes of pixels that are held in memory
 */
gsize
mil_picture_cache_get_size (MilPictureCache *self)
{
  g_return_val_if_fail (MIL_IS_PICTURE_CACHE (self), 0);

  return self->size;
}
