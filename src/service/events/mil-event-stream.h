/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "service/storage/mil-storage.h"

G_BEGIN_DECLS

#define MIL_TYPE_EVENT_STREAM (mil_event_stream_get_type ())

/**
 * MilEventStream:
 *
 * A response that stays open and carries one owner's events (`text/event-stream`), beginning after
 * the last one that the client has. It reads them from the storage, page after page, so nothing is
 * lost however slow or often reconnected the client is. Signal `ended`: the client has gone, or the
 * stream was ended.
 */
G_DECLARE_FINAL_TYPE (MilEventStream, mil_event_stream, MIL, EVENT_STREAM, GObject)

MilEventStream *mil_event_stream_new (MilStorage *storage, SoupServerMessage *message, const char *owner, gint64 since);
void mil_event_stream_start (MilEventStream *self);
void mil_event_stream_wake (MilEventStream *self, const char *const *owners);
void mil_event_stream_end (MilEventStream *self);

G_END_DECLS
