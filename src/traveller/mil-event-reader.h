/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilEventReader:
 *
 * Takes a server-sent event stream apart (HTML Living Standard, section 9.2), with bounds.
 */
typedef struct _MilEventReader MilEventReader;

/**
 * MilEventReaderFunc:
 * @type: the event's name, "message" where it has none
 * @id: (nullable): the last id that was told
 * @text: its data
 * @data: what mil_event_reader_new() was given
 *
 * Called for each event.
 */
typedef void (*MilEventReaderFunc) (const char *type,
                                    const char *id,
                                    const char *text,
                                    gpointer    data);

MilEventReader *mil_event_reader_new  (MilEventReaderFunc  func,
                                       gpointer            data);
void            mil_event_reader_free (MilEventReader     *self);
gboolean        mil_event_reader_feed (MilEventReader     *self,
                                       const void         *bytes,
                                       gsize               size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilEventReader, mil_event_reader_free)

G_END_DECLS
