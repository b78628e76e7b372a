/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-error.h"
#include "base/mil-money.h"

G_BEGIN_DECLS

#define MIL_TYPE_REPLY (mil_reply_get_type ())

/**
 * MilReply:
 * @status: HTTP status
 * @content_type: media type of @body
 * @body: (nullable): what is sent
 * @etag: (nullable): strong entity tag, in its quotes
 * @cache_control: (nullable): how long others may keep it; %NULL for "no-store"
 * @replayed: whether it was answered before and only repeated
 *
 * What the service answers. Reference counted; not changed once it is made.
 */
typedef struct
{
  guint    status;
  char    *content_type;
  GBytes  *body;
  char    *etag;
  char    *cache_control;
  gboolean replayed;

  /*< private >*/
  gatomicrefcount ref_count;
} MilReply;

GType     mil_reply_get_type (void);
MilReply *mil_reply_new (guint status, const char *content_type, GBytes *body);
MilReply *mil_reply_json (guint status, JsonNode *node);
MilReply *mil_reply_object (guint status, JsonObject *object);
MilReply *mil_reply_problem (const GError *error);
MilReply *mil_reply_cached (MilReply *self, const char *if_none_match, const char *cache_control);
MilReply *mil_reply_ref (MilReply *self);
void      mil_reply_unref (MilReply *self);
guint     mil_reply_error_status (const GError *error);

/* Small pieces of the wire format, for those who build objects. */
JsonNode *mil_wire_node (JsonObject *object);
void      mil_wire_add_money (JsonObject *object, const char *member, MilMoney money);
void      mil_wire_add_instant (JsonObject *object, const char *member, gint64 microseconds);
void      mil_wire_add_optional (JsonObject *object, const char *member, const char *text);
JsonNode *mil_wire_parse (const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilReply, mil_reply_unref)

G_END_DECLS
