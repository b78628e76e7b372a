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

/**
 * MilDateOrder:
 * @MIL_DATE_DAY_FIRST: 03/12/26 is the third of December
 * @MIL_DATE_MONTH_FIRST: it is the twelfth of March
 * @MIL_DATE_YEAR_FIRST: it is one of 2003, and 26/12/03 the third of December
 *
 * In which order a paper writes dates of three short numbers.
 */
typedef enum
{
  MIL_DATE_DAY_FIRST,
  MIL_DATE_MONTH_FIRST,
  MIL_DATE_YEAR_FIRST,
} MilDateOrder;

GArray *mil_dates_find (const char *text, MilDate today, MilDateOrder order);
char   *mil_time_find (const char *text, gsize *start, gsize *end);

G_END_DECLS
