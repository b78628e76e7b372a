/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The part of structured field values (RFC 9651) that signatures are written in: a reader that moves
 * along a text. Each of these reads one thing at @text, moves behind it and answers %TRUE, or leaves
 * @text where it is.
 */

gboolean mil_structured_skip    (const char **text,
                                 const char  *token);
gboolean mil_structured_key     (const char **text,
                                 char       **key);
gboolean mil_structured_string  (const char **text,
                                 char       **string);
gboolean mil_structured_integer (const char **text,
                                 gint64      *integer);
gboolean mil_structured_bytes   (const char **text,
                                 GBytes     **bytes);

G_END_DECLS
