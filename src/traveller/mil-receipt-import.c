/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-import.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "traveller/mil-receipt-record-private.h"
#include "traveller/mil-session-private.h"

/* How much of the way it is to have all files kept. */
#define KEEPING_PART 0.2

struct _MilReceiptImport
{
  GObject parent_instance;

  MilSession *session;  /* (owned) */
  GPtrArray  *files;    /* (owned) (element-type GFile) */
  GHashTable *names;    /* (owned): name of a kept file -> what the person calls it */
  GHashTable *watched;  /* (owned) (element-type MilReceiptRecord) */
  GPtrArray  *failures; /* (owned) (element-type MilImportFailure) */
  guint       n_tried;
  guint       n_left_out;
  guint       n_done;
  double      fraction;
  gboolean    is_kept; /* all files were tried */
  gboolean    is_cancelled;
  gboolean    is_running;
  guint       update; /* idle source */
};

G_DEFINE_FINAL_TYPE (MilReceiptImport, mil_receipt_import, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_RUNNING,
  PROP_FRACTION,
  PROP_N_DONE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
failure_free (gpointer data)
{
  MilImportFailure *failure = data;

  g_free (failure->name);
  g_free (failure->problem);
  g_free (failure);
}

static void
add_failure (MilReceiptImport *self, const char *name, const char *problem, gboolean is_kept)
{
  MilImportFailure *failure = g_new0 (MilImportFailure, 1);

  failure->name = g_strdup (name);
  failure->problem = g_strdup (problem);
  failure->is_kept = is_kept;
  g_ptr_array_add (self->failures, failure);
}

/* A document may have become several receipts, which share its file. */
static const char *
name_of (MilReceiptImport *self, MilReceiptRecord *receipt)
{
  const MilReceiptPicture *sheet = mil_receipt_record_get_sheet (receipt, 0);

  return sheet != NULL ? g_hash_table_lookup (self->names, sheet->file) : NULL;
}

static gboolean
is_over (MilReceiptRecord *receipt)
{
  MilReceiptState state = mil_receipt_record_get_state (receipt);

  return state == MIL_RECEIPT_STATE_READ || state == MIL_RECEIPT_STATE_UNREAD;
}

static gpointer
remove_files (gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *paths = data;

  for (guint i = 0; i < paths->len; i++)
    g_unlink (paths->pdata[i]);
  return GINT_TO_POINTER (TRUE);
}

/* What is named by receipts that stay is kept. */
static void
forget_files (MilReceiptImport *self, GPtrArray *gone)
{
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) left = mil_receipt_import_list_receipts (self);
  g_autofree char *folder = mil_session_receipts_folder (self->session);
  GPtrArray       *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < left->len; i++)
    g_hash_table_add (named, mil_receipt_record_get_sheet (left->pdata[i], 0)->file);
  for (guint i = 0; i < gone->len; i++)
    {
      const MilReceiptPicture *sheet = mil_receipt_record_get_sheet (gone->pdata[i], 0);
      if (!g_hash_table_contains (named, sheet->file))
        g_ptr_array_add (paths, g_build_filename (folder, sheet->file, NULL));
    }
  mil_disown (mil_thread (remove_files, paths, (GDestroyNotify) g_ptr_array_unref, G_TYPE_BOOLEAN),
              "clear what was cancelled away");
}

static DexFuture *
forget_fiber (gpointer data)
{
  MilReceiptImport *self = data;
  MilSession       *session = self->session;
  g_autoptr (GPtrArray) receipts = mil_receipt_import_list_receipts (self);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  MilBatch *batch = mil_batch_new ();

  for (guint i = 0; i < receipts->len; i++)
    {
      guint position = 0;
      if (is_over (receipts->pdata[i]) || !g_list_store_find (session->receipts, receipts->pdata[i], &position))
        continue;
      g_ptr_array_add (gone, g_object_ref (receipts->pdata[i]));
      mil_session_unqueue_reading (session, receipts->pdata[i]);
      g_list_store_remove (session->receipts, position);
      mil_batch_delete (batch, MIL_KIND_RECEIPT, mil_receipt_record_get_id (receipts->pdata[i]));
    }
  self->n_left_out += gone->len;
  mil_session_queue_assess (session);
  if (!mil_await (mil_local_store_write (session->store, batch), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  forget_files (self, gone);
  return dex_future_new_true ();
}

static void
end (MilReceiptImport *self)
{
  g_autoptr (GPtrArray) receipts = mil_receipt_import_list_receipts (self);

  for (guint i = 0; i < receipts->len; i++)
    {
      g_autofree char *problem = NULL;
      if (mil_receipt_record_get_state (receipts->pdata[i]) != MIL_RECEIPT_STATE_UNREAD)
        continue;
      g_object_get (receipts->pdata[i], "problem", &problem, NULL);
      add_failure (self, name_of (self, receipts->pdata[i]), problem, TRUE);
    }
  self->is_running = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

static DexFuture *
forgotten_cb (DexFuture *forgotten, gpointer data)
{
  end (data);
  return dex_ref (forgotten);
}

static void
set_progress (MilReceiptImport *self, double fraction, guint n_done)
{
  if (n_done != self->n_done)
    {
      self->n_done = n_done;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_DONE]);
    }
  self->fraction = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

static void queue_update (MilReceiptImport *self);

static void
watch (MilReceiptImport *self, MilReceiptRecord *receipt)
{
  if (!g_hash_table_add (self->watched, g_object_ref (receipt)))
    return;
  g_signal_connect_object (receipt, "notify::state", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (receipt, "notify::progress", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
}

/* How far all are; what could not be kept, or was deleted meanwhile, is over. */
static gboolean
update_cb (gpointer data)
{
  MilReceiptImport *self = data;
  g_autoptr (GPtrArray) receipts = mil_receipt_import_list_receipts (self);
  g_autoptr (GHashTable) waiting = g_hash_table_new (g_str_hash, g_str_equal);
  double read = 0;

  self->update = 0;
  if (!self->is_running || self->is_cancelled)
    return G_SOURCE_REMOVE;
  for (guint i = 0; i < receipts->len; i++)
    {
      watch (self, receipts->pdata[i]);
      read += is_over (receipts->pdata[i]) ? 1 : mil_receipt_record_get_progress (receipts->pdata[i]);
      if (!is_over (receipts->pdata[i]))
        g_hash_table_add (waiting, mil_receipt_record_get_sheet (receipts->pdata[i], 0)->file);
    }
  set_progress (self,
                KEEPING_PART * self->n_tried / self->files->len
                    + (receipts->len > 0
                           ? (1 - KEEPING_PART) * self->n_tried / self->files->len * read / receipts->len
                           : 0),
                self->n_tried - g_hash_table_size (waiting));
  if (self->is_kept && g_hash_table_size (waiting) == 0)
    end (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (MilReceiptImport *self)
{
  if (self->update == 0 && self->is_running)
    self->update = g_idle_add (update_cb, self);
}

static void
on_receipts_changed_cb (MilReceiptImport *self)
{
  queue_update (self);
}

/* The file is kept under a name of its own; the person's name for it is told when something is wrong with it. */
static void
keep_file (MilReceiptImport *self, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_file_get_uri (file);
  g_autoptr (MilReceiptRecord) receipt = NULL;

  receipt = mil_await_pointer (mil_session_add_receipt_file (self->session, file), &error);
  self->n_tried++;
  if (receipt == NULL)
    add_failure (self, name, error->message, FALSE);
  else
    g_hash_table_replace (self->names, g_strdup (mil_receipt_record_get_sheet (receipt, 0)->file), g_steal_pointer (&name));
  queue_update (self);
}

static DexFuture *
import_fiber (gpointer data)
{
  MilReceiptImport *self = data;

  for (guint i = 0; i < self->files->len && !self->is_cancelled; i++)
    keep_file (self, self->files->pdata[i]);
  self->is_kept = TRUE;
  queue_update (self);
  if (!self->is_cancelled)
    return dex_future_new_true ();
  self->n_left_out = self->files->len - self->n_tried;
  return dex_future_finally (mil_spawn (forget_fiber, g_object_ref (self), g_object_unref),
                             forgotten_cb,
                             g_object_ref (self),
                             g_object_unref);
}

static void
mil_receipt_import_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilReceiptImport *self = MIL_RECEIPT_IMPORT (object);

  switch (prop_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->is_running);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_N_DONE:
      g_value_set_uint (value, self->n_done);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_receipt_import_dispose (GObject *object)
{
  MilReceiptImport *self = MIL_RECEIPT_IMPORT (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_hash_table_remove_all (self->watched);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_receipt_import_parent_class)->dispose (object);
}

static void
mil_receipt_import_finalize (GObject *object)
{
  MilReceiptImport *self = MIL_RECEIPT_IMPORT (object);

  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->failures);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->watched);

  G_OBJECT_CLASS (mil_receipt_import_parent_class)->finalize (object);
}

static void
mil_receipt_import_class_init (MilReceiptImportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mil_receipt_import_get_property;
  object_class->dispose = mil_receipt_import_dispose;
  object_class->finalize = mil_receipt_import_finalize;
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  props[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mil_receipt_import_init (MilReceiptImport *self)
{
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->failures = g_ptr_array_new_with_free_func (failure_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->watched = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * mil_receipt_import_new:
 * @session: the session that keeps the receipts
 * @files: (element-type GFile): pictures and documents
 *
 * Returns: (transfer full): an import that has not begun
 */
MilReceiptImport *
mil_receipt_import_new (MilSession *session, GListModel *files)
{
  MilReceiptImport *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (files), NULL);

  self = g_object_new (MIL_TYPE_RECEIPT_IMPORT, NULL);
  self->session = g_object_ref (session);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (self->files, g_list_model_get_item (files, i));
  return self;
}

/**
 * mil_receipt_import_start:
 * @self: an import; to be started once
 *
 * Begins. `running` tells when it is over.
 */
void
mil_receipt_import_start (MilReceiptImport *self)
{
  g_return_if_fail (MIL_IS_RECEIPT_IMPORT (self));
  g_return_if_fail (!self->is_running && !self->is_kept);

  self->is_running = TRUE;
  g_signal_connect_object (self->session->receipts, "items-changed", G_CALLBACK (on_receipts_changed_cb), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  mil_disown (mil_spawn (import_fiber, g_object_ref (self), g_object_unref), "add files");
}

/**
 * mil_receipt_import_cancel:
 * @self: an import
 *
 * Stops it: what is read already stays, what is not is taken out again, all at once, and its files with it.
 */
void
mil_receipt_import_cancel (MilReceiptImport *self)
{
  g_return_if_fail (MIL_IS_RECEIPT_IMPORT (self));

  if (!self->is_running || self->is_cancelled)
    return;
  self->is_cancelled = TRUE;
  if (self->is_kept)
    mil_disown (dex_future_finally (mil_spawn (forget_fiber, g_object_ref (self), g_object_unref),
                                    forgotten_cb,
                                    g_object_ref (self),
                                    g_object_unref),
                "cancel adding files");
}

/**
 * mil_receipt_import_is_running:
 * @self: an import
 *
 * Returns: whether it has begun and is not over
 */
gboolean
mil_receipt_import_is_running (MilReceiptImport *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_IMPORT (self), FALSE);

  return self->is_running;
}

/**
 * mil_receipt_import_get_fraction:
 * @self: an import
 *
 * Returns: how far it is, 0 to 1
 */
double
mil_receipt_import_get_fraction (MilReceiptImport *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_IMPORT (self), 0);

  return self->fraction;
}

/**
 * mil_receipt_import_get_n_files:
 * @self: an import
 *
 * Returns: how many files it was given
 */
guint
mil_receipt_import_get_n_files (MilReceiptImport *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_IMPORT (self), 0);

  return self->files->len;
}

/**
 * mil_receipt_import_get_n_done:
 * @self: an import
 *
 * Returns: how many of the files are read, or could not be
 */
guint
mil_receipt_import_get_n_done (MilReceiptImport *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_IMPORT (self), 0);

  return self->n_done;
}

/**
 * mil_receipt_import_get_n_left_out:
 * @self: an import that is over
 *
 * Returns: how many files were left out because it was cancelled
 */
guint
mil_receipt_import_get_n_left_out (MilReceiptImport *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_IMPORT (self), 0);

  return self->n_left_out;
}

/**
 * mil_receipt_import_get_failures:
 * @self: an import that is over
 *
 * Returns: (transfer none) (element-type MilImportFailure): the files that could not be read
 */
GPtrArray *
mil_receipt_import_get_failures (MilReceiptImport *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_IMPORT (self), NULL);

  return self->failures;
}

/**
 * mil_receipt_import_list_receipts:
 * @self: an import
 *
 * Returns: (transfer full) (element-type MilReceiptRecord): what has become of the files so far and was not deleted
 */
GPtrArray *
mil_receipt_import_list_receipts (MilReceiptImport *self)
{
  GPtrArray  *receipts = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = NULL;

  g_return_val_if_fail (MIL_IS_RECEIPT_IMPORT (self), receipts);

  all = G_LIST_MODEL (self->session->receipts);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (all, i);
      if (name_of (self, receipt) != NULL)
        g_ptr_array_add (receipts, g_steal_pointer (&receipt));
    }
  return receipts;
}
