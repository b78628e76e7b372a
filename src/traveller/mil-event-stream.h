/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "traveller/mil-client.h"

G_BEGIN_DECLS

#define MIL_TYPE_EVENT_STREAM (mil_event_stream_get_type ())

/**
 * MilEventStream:
 *
 * What changes at the service, as it changes. The stream is opened again when it breaks, and goes on
 * where it stopped.
 *
 * Properties: `connected` (boolean).
 *
 * Signals: `event` (type, sequence as int64, data as #JsonNode).
 */
G_DECLARE_FINAL_TYPE (MilEventStream, mil_event_stream, MIL, EVENT_STREAM, GObject)

MilEventStream *mil_event_stream_new          (MilClient      *client,
                                               gint64          since);
void            mil_event_stream_start        (MilEventStream *self);
void            mil_event_stream_stop         (MilEventStream *self);
void            mil_event_stream_retry        (MilEventStream *self);
gboolean        mil_event_stream_is_connected (MilEventStream *self);
gint64          mil_event_stream_get_since    (MilEventStream *self);

G_END_DECLS
