/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-future.h"

G_BEGIN_DECLS

#define MIL_TYPE_LOCAL_STORE (mil_local_store_get_type ())
#define MIL_TYPE_DOCUMENTS   (mil_documents_get_type ())

/**
 * MilLocalStore:
 *
 * Documents on this device: JSON objects that have a kind and, within it, an id and a place. Writes
 * are queued in the order they were asked for; a future resolves when its write is on the disk.
 */
G_DECLARE_FINAL_TYPE (MilLocalStore, mil_local_store, MIL, LOCAL_STORE, GObject)

/**
 * MilDocuments:
 *
 * What a store held when it was read: reference counted, never changes.
 */
typedef struct _MilDocuments MilDocuments;

/**
 * MilDocument:
 * @id: within its kind
 * @json: what it says
 */
typedef struct
{
  char     *id;
  JsonNode *json;
} MilDocument;

/**
 * MilBatch:
 *
 * Writes that are on the disk all or none.
 */
typedef struct _MilBatch MilBatch;

MilBatch      *mil_batch_new              (void);
void           mil_batch_free             (MilBatch      *self);
void           mil_batch_put              (MilBatch      *self,
                                           const char    *kind,
                                           const char    *id,
                                           JsonNode      *json);
void           mil_batch_delete           (MilBatch      *self,
                                           const char    *kind,
                                           const char    *id);
void           mil_batch_delete_kind      (MilBatch      *self,
                                           const char    *kind);
void           mil_batch_keep_newest      (MilBatch      *self,
                                           const char    *kind,
                                           guint          n_kept);

MilLocalStore *mil_local_store_new        (const char    *path);
DexFuture     *mil_local_store_open       (MilLocalStore *self);
DexFuture     *mil_local_store_close      (MilLocalStore *self);
DexFuture     *mil_local_store_read_all   (MilLocalStore *self);
DexFuture     *mil_local_store_read       (MilLocalStore *self,
                                           const char    *kind,
                                           const char    *id);
DexFuture     *mil_local_store_write      (MilLocalStore *self,
                                           MilBatch      *batch);
DexFuture     *mil_local_store_put        (MilLocalStore *self,
                                           const char    *kind,
                                           const char    *id,
                                           JsonNode      *json);
DexFuture     *mil_local_store_delete     (MilLocalStore *self,
                                           const char    *kind,
                                           const char    *id);

GType          mil_documents_get_type     (void);
MilDocuments  *mil_documents_ref          (MilDocuments  *self);
void           mil_documents_unref        (MilDocuments  *self);
GPtrArray     *mil_documents_get          (MilDocuments  *self,
                                           const char    *kind);
JsonNode      *mil_documents_find         (MilDocuments  *self,
                                           const char    *kind,
                                           const char    *id);
void           mil_documents_leave_out    (MilDocuments  *self,
                                           const char    *kind,
                                           const char    *id,
                                           const GError  *problem);
guint          mil_documents_get_n_left_out (MilDocuments *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilBatch, mil_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilDocuments, mil_documents_unref)

G_END_DECLS
