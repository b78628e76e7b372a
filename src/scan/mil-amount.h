/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilAmount:
 * @digits: the number in its smallest unit ("12,30" is 1230)
 * @start: where in the text it starts, in bytes, sign included
 * @end: offset after its last byte
 * @is_rate: whether a per cent sign follows
 * @is_loose: whether blanks or mended letters stand inside, so that it is less sure
 *
 * A number on a receipt that can be an amount.
 */
typedef struct
{
  gint64   digits;
  gsize    start;
  gsize    end;
  gboolean is_rate;
  gboolean is_loose;
} MilAmount;

GArray *mil_amounts_find (const char *text, guint exponent);

G_END_DECLS
