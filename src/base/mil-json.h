/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-money.h"
#include "base/mil-date.h"

G_BEGIN_DECLS

/**
 * MilJson:
 *
 * Reads JSON that somebody else wrote. Every getter checks type and bounds; the first thing that is
 * wrong is kept with its path (`line_items[2].price: expected a string`), after which getters
 * answer harmless values, so a reader is written straight down and asks mil_json_finish() once.
 */
typedef struct _MilJson MilJson;

JsonNode   *mil_json_parse        (GBytes       *bytes,
                                   gsize         max_size,
                                   GError      **error);
GBytes     *mil_json_to_bytes     (JsonNode     *node);
char       *mil_json_canonical    (JsonNode     *node);
void        mil_json_append_string
                                  (GString      *out,
                                   const char   *text);

MilJson    *mil_json_new          (JsonNode     *node);
void        mil_json_free         (MilJson      *self);
gboolean    mil_json_finish       (MilJson      *self,
                                   GError      **error);
gboolean    mil_json_failed       (MilJson      *self);
void        mil_json_fail         (MilJson      *self,
                                   const char   *member,
                                   const char   *format,
                                   ...) G_GNUC_PRINTF (3, 4);
JsonNode   *mil_json_node         (MilJson      *self);

gboolean    mil_json_has          (MilJson      *self,
                                   const char   *member);
gboolean    mil_json_enter        (MilJson      *self,
                                   const char   *member);
gboolean    mil_json_enter_optional (MilJson    *self,
                                   const char   *member);
guint       mil_json_enter_array  (MilJson      *self,
                                   const char   *member,
                                   guint         max_items);
guint       mil_json_enter_array_optional (MilJson *self,
                                   const char   *member,
                                   guint         max_items);
gboolean    mil_json_enter_item   (MilJson      *self,
                                   guint         index);
void        mil_json_leave        (MilJson      *self);
GStrv       mil_json_members      (MilJson      *self);

const char *mil_json_string       (MilJson      *self,
                                   const char   *member,
                                   gsize         max_bytes);
const char *mil_json_string_optional (MilJson   *self,
                                   const char   *member,
                                   gsize         max_bytes);
gint64      mil_json_int          (MilJson      *self,
                                   const char   *member,
                                   gint64        least,
                                   gint64        most);
gint64      mil_json_int_optional (MilJson      *self,
                                   const char   *member,
                                   gint64        least,
                                   gint64        most,
                                   gint64        fallback);
gboolean    mil_json_boolean_optional (MilJson  *self,
                                   const char   *member,
                                   gboolean      fallback);
MilMoney    mil_json_decimal_money (MilJson     *self,
                                   const char   *member,
                                   const char   *currency);
MilDate     mil_json_date         (MilJson      *self,
                                   const char   *member);
MilDate     mil_json_date_optional (MilJson     *self,
                                   const char   *member);
gint64      mil_json_instant      (MilJson      *self,
                                   const char   *member);
MilDecimal  mil_json_decimal      (MilJson      *self,
                                   const char   *member);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilJson, mil_json_free)

G_END_DECLS
