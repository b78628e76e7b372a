/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-date.h"

G_BEGIN_DECLS

/**
 * MilMoment:
 * @date: a day, unset where only a time was found
 * @start: where in the text it starts, in bytes
 * @end: offset after its last byte
 * @score: how much it looks like a date: four-digit year, month as a word
 * @is_ambiguous: whether day and month could be the other way round
 * @is_swapped: whether it is a date only in the order that is not the usual one
 *
 * A date that was found in a row.
 */
typedef struct
{
  MilDate  date;
  gsize    start;
  gsize    end;
  int      score;
  gboolean is_ambiguous;
  gboolean is_swapped;
} MilMoment;

GArray *mil_dates_find (const char *text, MilDate today, gboolean month_first);
char   *mil_time_find (const char *text, gsize *start, gsize *end);

G_END_DECLS
