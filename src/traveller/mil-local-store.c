/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-local-store.h"

#include "base/mil-database.h"
#include "base/mil-json.h"

#include <glib/gstdio.h>

/* Numbered by their place; a step that was released is never changed. */
static const char *const migrations[] = {
  "CREATE TABLE documents ("
  "  kind TEXT NOT NULL,"
  "  id TEXT NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  json TEXT NOT NULL,"
  "  PRIMARY KEY (kind, id)"
  ") WITHOUT ROWID;"
  "CREATE INDEX documents_in_order ON documents (kind, position);",
  NULL,
};

/* The most that one document may be when it is read back: a page of the catalogue is far below. */
#define MAX_DOCUMENT (8 * 1024 * 1024)

struct _MilLocalStore
{
  GObject parent_instance;

  char        *path;     /* (owned) */
  MilDatabase *database; /* (owned) */
};

G_DEFINE_FINAL_TYPE (MilLocalStore, mil_local_store, G_TYPE_OBJECT)

/* --- batches ------------------------------------------------------------------------------------ */

typedef enum
{
  WRITE_PUT,
  WRITE_DELETE,
  WRITE_DELETE_KIND,
  WRITE_KEEP_NEWEST,
} WriteKind;

typedef struct
{
  WriteKind what;
  char     *kind;
  char     *id;
  char     *json;
  guint     n_kept;
} Write;

struct _MilBatch
{
  GPtrArray *writes; /* (owned) (element-type Write) */
};

static void
write_free (gpointer data)
{
  Write *write = data;

  g_free (write->kind);
  g_free (write->id);
  g_free (write->json);
  g_free (write);
}

static Write *
batch_add (MilBatch *self, WriteKind what, const char *kind, const char *id)
{
  Write *write = g_new0 (Write, 1);

  write->what = what;
  write->kind = g_strdup (kind);
  write->id = g_strdup (id);
  g_ptr_array_add (self->writes, write);
  return write;
}

/**
 * mil_batch_new:
 *
 * Returns: (transfer full): a batch without writes
 */
MilBatch *
mil_batch_new (void)
{
  MilBatch *self = g_new0 (MilBatch, 1);

  self->writes = g_ptr_array_new_with_free_func (write_free);
  return self;
}

/**
 * mil_batch_free:
 * @self: (transfer full): a batch
 *
 * Forgets what was not written.
 */
void
mil_batch_free (MilBatch *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->writes);
  g_free (self);
}

/**
 * mil_batch_put:
 * @self: a batch
 * @kind: of the document
 * @id: of the document
 * @json: what it says
 *
 * Adds a document after the others of its kind, or replaces it where it is.
 */
void
mil_batch_put (MilBatch *self, const char *kind, const char *id, JsonNode *json)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (kind != NULL && id != NULL && json != NULL);

  batch_add (self, WRITE_PUT, kind, id)->json = json_to_string (json, FALSE);
}

/**
 * mil_batch_delete:
 * @self: a batch
 * @kind: of the document
 * @id: of the document
 *
 * Takes a document out; it need not be there.
 */
void
mil_batch_delete (MilBatch *self, const char *kind, const char *id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (kind != NULL && id != NULL);

  batch_add (self, WRITE_DELETE, kind, id);
}

/**
 * mil_batch_delete_kind:
 * @self: a batch
 * @kind: a kind
 *
 * Takes all documents of a kind out.
 */
void
mil_batch_delete_kind (MilBatch *self, const char *kind)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (kind != NULL);

  batch_add (self, WRITE_DELETE_KIND, kind, NULL);
}

/**
 * mil_batch_keep_newest:
 * @self: a batch
 * @kind: a kind
 * @n_kept: how many
 *
 * Takes all but the last documents of a kind out.
 */
void
mil_batch_keep_newest (MilBatch *self, const char *kind, guint n_kept)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (kind != NULL);

  batch_add (self, WRITE_KEEP_NEWEST, kind, NULL)->n_kept = n_kept;
}

/* --- what was read ------------------------------------------------------------------------------ */

struct _MilDocuments
{
  gatomicrefcount ref_count;
  GHashTable     *kinds; /* (owned) (element-type utf8 GPtrArray) */
  guint           n_left_out;
};

G_DEFINE_BOXED_TYPE (MilDocuments, mil_documents, mil_documents_ref, mil_documents_unref)

static void
document_free (gpointer data)
{
  MilDocument *document = data;

  g_free (document->id);
  json_node_unref (document->json);
  g_free (document);
}

static MilDocuments *
documents_new (void)
{
  MilDocuments *self = g_new0 (MilDocuments, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * mil_documents_ref:
 * @self: documents
 *
 * Returns: (transfer full): the same
 */
MilDocuments *
mil_documents_ref (MilDocuments *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * mil_documents_unref:
 * @self: (transfer full): documents
 *
 * Lets go of them.
 */
void
mil_documents_unref (MilDocuments *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->kinds);
  g_free (self);
}

/**
 * mil_documents_get:
 * @self: documents
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable) (element-type MilDocument): those of the kind, in order
 */
GPtrArray *
mil_documents_get (MilDocuments *self, const char *kind)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->kinds, kind);
}

/**
 * mil_documents_find:
 * @self: documents
 * @kind: a kind
 * @id: an id
 *
 * Returns: (transfer none) (nullable): what that document says
 */
JsonNode *
mil_documents_find (MilDocuments *self, const char *kind, const char *id)
{
  GPtrArray *documents = mil_documents_get (self, kind);

  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      MilDocument *document = documents->pdata[i];
      if (g_str_equal (document->id, id))
        return document->json;
    }
  return NULL;
}

/**
 * mil_documents_leave_out:
 * @self: documents
 * @kind: a kind
 * @id: an id
 * @problem: why
 *
 * Counts a document that nothing can be made of. It stays in the store as it is.
 */
void
mil_documents_leave_out (MilDocuments *self, const char *kind, const char *id, const GError *problem)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (kind != NULL && id != NULL && problem != NULL);

  g_message ("%s %s is left out: %s", kind, id, problem->message);
  self->n_left_out++;
}

/**
 * mil_documents_get_n_left_out:
 * @self: documents
 *
 * Returns: how many of them were damaged, or of a kind that this version does not understand
 */
guint
mil_documents_get_n_left_out (MilDocuments *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_left_out;
}

/* --- on the database's thread ------------------------------------------------------------------- */

static gboolean
apply (sqlite3 *db, Write *write, GError **error)
{
  switch (write->what)
    {
    case WRITE_PUT:
      return mil_sqlite_run (db,
                             error,
                             "INSERT INTO documents (kind, id, position, json) VALUES (?1, ?2,"
                             " (SELECT ifnull (max (position), 0) + 1 FROM documents WHERE kind = ?1), ?3)"
                             " ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json",
                             "ttt",
                             write->kind,
                             write->id,
                             write->json);
    case WRITE_DELETE:
      return mil_sqlite_run (
          db, error, "DELETE FROM documents WHERE kind = ? AND id = ?", "tt", write->kind, write->id);
    case WRITE_DELETE_KIND:
      return mil_sqlite_run (db, error, "DELETE FROM documents WHERE kind = ?", "t", write->kind);
    case WRITE_KEEP_NEWEST:
      return mil_sqlite_run (
          db,
          error,
          "DELETE FROM documents WHERE kind = ?1 AND position <= (SELECT position FROM documents"
          " WHERE kind = ?1 ORDER BY position DESC LIMIT 1 OFFSET ?2)",
          "ti",
          write->kind,
          (gint64) write->n_kept);
    default:
      g_assert_not_reached ();
    }
}

static gpointer
write_batch (sqlite3 *db, gpointer data, GError **error)
{
  MilBatch *batch = data;

  for (guint i = 0; i < batch->writes->len; i++)
    if (!apply (db, batch->writes->pdata[i], error))
      return NULL;
  return GINT_TO_POINTER (TRUE);
}

static JsonNode *
column_json (sqlite3_stmt *statement, int column, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (sqlite3_column_text (statement, column),
                                          sqlite3_column_bytes (statement, column));

  return mil_json_parse (bytes, MAX_DOCUMENT, error);
}

static gpointer
read_documents (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mil_sqlite_prepare (db, error, "SELECT kind, id, json FROM documents ORDER BY kind, position", "");
  g_autoptr (MilDocuments) documents = documents_new ();
  gboolean row = FALSE;

  if (statement == NULL)
    return NULL;
  while (mil_sqlite_step (statement, &row, error) && row)
    {
      const char  *kind = (const char *) sqlite3_column_text (statement, 0);
      const char  *id = (const char *) sqlite3_column_text (statement, 1);
      GPtrArray   *list = g_hash_table_lookup (documents->kinds, kind);
      MilDocument *document = NULL;
      g_autoptr (GError) problem = NULL;
      JsonNode *json = column_json (statement, 2, &problem);

      if (json == NULL)
        {
          mil_documents_leave_out (documents, kind, id, problem);
          continue;
        }
      if (list == NULL)
        {
          list = g_ptr_array_new_with_free_func (document_free);
          g_hash_table_insert (documents->kinds, g_strdup (kind), list);
        }
      document = g_new0 (MilDocument, 1);
      document->id = g_strdup (id);
      document->json = json;
      g_ptr_array_add (list, document);
    }
  if (row)
    return NULL;
  return g_steal_pointer (&documents);
}

typedef struct
{
  char *kind;
  char *id;
} Name;

static void
name_free (gpointer data)
{
  Name *name = data;

  g_free (name->kind);
  g_free (name->id);
  g_free (name);
}

static gpointer
read_one (sqlite3 *db, gpointer data, GError **error)
{
  Name    *name = data;
  gboolean row = FALSE;
  g_autoptr (sqlite3_stmt) statement = mil_sqlite_prepare (
      db, error, "SELECT json FROM documents WHERE kind = ? AND id = ?", "tt", name->kind, name->id);
  g_autoptr (GError) damage = NULL;
  JsonNode *node = NULL;

  if (statement == NULL || !mil_sqlite_step (statement, &row, error))
    return NULL;
  node = row ? column_json (statement, 0, &damage) : NULL;
  if (damage != NULL)
    g_message ("%s %s is left out: %s", name->kind, name->id, damage->message);
  return node != NULL ? node : json_node_new (JSON_NODE_NULL);
}

/* --- the store ---------------------------------------------------------------------------------- */

static void
mil_local_store_finalize (GObject *object)
{
  MilLocalStore *self = MIL_LOCAL_STORE (object);

  g_clear_object (&self->database);
  g_free (self->path);
  G_OBJECT_CLASS (mil_local_store_parent_class)->finalize (object);
}

static void
mil_local_store_class_init (MilLocalStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_local_store_finalize;
}

static void
mil_local_store_init (MilLocalStore *self)
{
}

/**
 * mil_local_store_new:
 * @path: of the database file; its folder is made when the store is opened
 *
 * Returns: (transfer full): a store that does nothing until it is opened
 */
MilLocalStore *
mil_local_store_new (const char *path)
{
  MilLocalStore *self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (MIL_TYPE_LOCAL_STORE, NULL);
  self->path = g_strdup (path);
  self->database = mil_database_new (path, migrations);
  return self;
}

static gpointer
make_folder (gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (data);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_autoptr (GError) wrong = g_error_new_literal (G_FILE_ERROR, g_file_error_from_errno (errno), folder);
      g_propagate_error (error, mil_error_from (wrong));
      return NULL;
    }
  return GINT_TO_POINTER (TRUE);
}

static DexFuture *
open_database (DexFuture *made, gpointer data)
{
  MilLocalStore *self = MIL_LOCAL_STORE (data);

  return mil_database_open (self->database);
}

/**
 * mil_local_store_open:
 * @self: a store
 *
 * Opens it, making the file and bringing its tables up to date.
 *
 * Returns: (transfer full): a future that resolves when it can be used, or rejects with
 *   %MIL_ERROR_STORAGE or %MIL_ERROR_NO_SPACE
 */
DexFuture *
mil_local_store_open (MilLocalStore *self)
{
  dex_return_error_if_fail (MIL_IS_LOCAL_STORE (self));

  return dex_future_then (mil_thread (make_folder, g_strdup (self->path), g_free, G_TYPE_BOOLEAN),
                          open_database,
                          g_object_ref (self),
                          g_object_unref);
}

/**
 * mil_local_store_close:
 * @self: a store
 *
 * Returns: (transfer full): a future that resolves when all that was queued is written and the file is closed
 */
DexFuture *
mil_local_store_close (MilLocalStore *self)
{
  dex_return_error_if_fail (MIL_IS_LOCAL_STORE (self));

  return mil_database_close (self->database);
}

/**
 * mil_local_store_read_all:
 * @self: a store
 *
 * Returns: (transfer full): a future #MilDocuments; damaged ones are left out
 */
DexFuture *
mil_local_store_read_all (MilLocalStore *self)
{
  dex_return_error_if_fail (MIL_IS_LOCAL_STORE (self));

  return mil_database_run (self->database, read_documents, NULL, NULL, MIL_TYPE_DOCUMENTS);
}

/**
 * mil_local_store_read:
 * @self: a store
 * @kind: of the document
 * @id: of the document
 *
 * Returns: (transfer full): a future #JsonNode; it holds null where there is no such document
 */
DexFuture *
mil_local_store_read (MilLocalStore *self, const char *kind, const char *id)
{
  Name *name = NULL;

  dex_return_error_if_fail (MIL_IS_LOCAL_STORE (self));
  dex_return_error_if_fail (kind != NULL && id != NULL);

  name = g_new0 (Name, 1);
  name->kind = g_strdup (kind);
  name->id = g_strdup (id);
  return mil_database_run (self->database, read_one, name, name_free, JSON_TYPE_NODE);
}

/**
 * mil_local_store_write:
 * @self: a store
 * @batch: (transfer full): what to write
 *
 * Returns: (transfer full): a future that resolves when all of it is on the disk, or rejects with
 *   %MIL_ERROR_STORAGE or %MIL_ERROR_NO_SPACE when none of it is
 */
DexFuture *
mil_local_store_write (MilLocalStore *self, MilBatch *batch)
{
  dex_return_error_if_fail (MIL_IS_LOCAL_STORE (self));
  dex_return_error_if_fail (batch != NULL);

  return mil_database_run (self->database, write_batch, batch, (GDestroyNotify) mil_batch_free, G_TYPE_BOOLEAN);
}

/**
 * mil_local_store_put:
 * @self: a store
 * @kind: of the document
 * @id: of the document
 * @json: what it says
 *
 * Returns: (transfer full): as mil_local_store_write()
 */
DexFuture *
mil_local_store_put (MilLocalStore *self, const char *kind, const char *id, JsonNode *json)
{
  MilBatch *batch = mil_batch_new ();

  mil_batch_put (batch, kind, id, json);
  return mil_local_store_write (self, batch);
}

/**
 * mil_local_store_delete:
 * @self: a store
 * @kind: of the document
 * @id: of the document
 *
 * Returns: (transfer full): as mil_local_store_write()
 */
DexFuture *
mil_local_store_delete (MilLocalStore *self, const char *kind, const char *id)
{
  MilBatch *batch = mil_batch_new ();

  mil_batch_delete (batch, kind, id);
  return mil_local_store_write (self, batch);
}
