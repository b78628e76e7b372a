/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilDate:
 * @year: 1 to 9999, or 0 for "no date"
 * @month: 1 to 12
 * @day: 1 to 31
 *
 * A calendar day in the proleptic Gregorian calendar, without a time zone.
 */
typedef struct
{
  guint16 year;
  guint8  month;
  guint8  day;
} MilDate;

gboolean mil_date_is_set      (MilDate      date);
gboolean mil_date_is_valid    (MilDate      date);
gboolean mil_date_parse       (const char  *iso,
                               MilDate     *date,
                               GError     **error);
char    *mil_date_to_string   (MilDate      date);
int      mil_date_compare     (MilDate      a,
                               MilDate      b);
MilDate  mil_date_add_days    (MilDate      date,
                               int          days);
MilDate  mil_date_add_months  (MilDate      date,
                               int          months);
MilDate  mil_date_end_of_month (MilDate     date);
int      mil_date_days_until  (MilDate      from,
                               MilDate      to);
int      mil_date_years_at    (MilDate      born,
                               MilDate      day);
MilDate  mil_date_from_unix   (gint64       microseconds,
                               const char  *zone);
char    *mil_date_format      (MilDate      date);
char    *mil_date_format_short (MilDate     date);

/* Instants are microseconds since 1970-01-01T00:00:00Z; on the wire they are RFC 3339 in UTC. */
char    *mil_instant_to_string (gint64      microseconds);
gboolean mil_instant_parse    (const char  *rfc3339,
                               gint64      *microseconds,
                               GError     **error);

G_END_DECLS
