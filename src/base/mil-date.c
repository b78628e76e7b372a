/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-date.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-error.h"

static gboolean
is_leap (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month (int year, int month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return month == 2 && is_leap (year) ? 29 : days[month - 1];
}

/* Days since 0001-01-01, which is day 0; years of whole 400-year cycles have the same length. */
static int
to_day_number (MilDate date)
{
  int year = date.year - 1, days = year * 365 + year / 4 - year / 100 + year / 400;

  for (int month = 1; month < date.month; month++)
    days += days_in_month (date.year, month);
  return days + date.day - 1;
}

static MilDate
from_day_number (int number)
{
  MilDate date = { 1, 1, 1 };
  int     year = number / 366 + 1;

  while (year < 9999 && to_day_number ((MilDate) { year + 1, 1, 1 }) <= number)
    year++;
  date.year = year;
  number -= to_day_number (date);
  for (; number >= days_in_month (year, date.month); date.month++)
    number -= days_in_month (year, date.month);
  date.day = number + 1;
  return date;
}

/**
 * mil_date_is_set:
 * @date: a day
 *
 * Returns: whether it says a day at all
 */
gboolean
mil_date_is_set (MilDate date)
{
  return date.year != 0;
}

/**
 * mil_date_is_valid:
 * @date: a day
 *
 * Returns: whether the calendar has this day; %FALSE for "no date"
 */
gboolean
mil_date_is_valid (MilDate date)
{
  return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1
         && date.day <= days_in_month (date.year, date.month);
}

static gboolean
read_digits (const char *text, guint n_digits, int *value)
{
  *value = 0;
  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }
  return TRUE;
}

/* Stops at the first byte that does not fit, so that it never reads behind the end of a string. */
static gboolean
read_date (const char *text, MilDate *date)
{
  int year, month, day;

  if (!read_digits (text, 4, &year) || text[4] != '-' || !read_digits (text + 5, 2, &month) || text[7] != '-'
      || !read_digits (text + 8, 2, &day))
    return FALSE;
  *date = (MilDate) { year, month, day };
  return mil_date_is_valid (*date);
}

/**
 * mil_date_parse:
 * @iso: (nullable): `YYYY-MM-DD` and nothing more (RFC 3339, full-date)
 * @date: (out): where to put the day
 * @error: %MIL_ERROR_INVALID
 *
 * Returns: whether @date was set
 */
gboolean
mil_date_parse (const char *iso, MilDate *date, GError **error)
{
  MilDate          read;
  g_autofree char *valid = NULL;

  g_return_val_if_fail (date != NULL, FALSE);

  if (iso != NULL && read_date (iso, &read) && iso[10] == '\0')
    {
      *date = read;
      return TRUE;
    }
  valid = g_utf8_make_valid (iso != NULL ? iso : "", iso != NULL ? (gssize) strnlen (iso, 40) : 0);
  mil_error_set (error, MIL_ERROR_INVALID, _ ("“%s” is not a date such as 2026-05-24."), valid);
  return FALSE;
}

/**
 * mil_date_to_string:
 * @date: a day
 *
 * Returns: (transfer full): `YYYY-MM-DD`, or an empty string for "no date"
 */
char *
mil_date_to_string (MilDate date)
{
  if (!mil_date_is_set (date))
    return g_strdup ("");
  return g_strdup_printf ("%04u-%02u-%02u", date.year, date.month, date.day);
}

/**
 * mil_date_compare:
 * @a: a day
 * @b: a day
 *
 * Returns: less than, equal to or more than 0; "no date" comes before all days
 */
int
mil_date_compare (MilDate a, MilDate b)
{
  int left = a.year * 10000 + a.month * 100 + a.day, right = b.year * 10000 + b.month * 100 + b.day;

  return (left > right) - (left < right);
}

/**
 * mil_date_add_days:
 * @date: a valid day
 * @days: how many, may be negative
 *
 * Returns: the day that many later; stays within the years 1 to 9999
 */
MilDate
mil_date_add_days (MilDate date, int days)
{
  static const MilDate last = { 9999, 12, 31 };
  gint64               number;

  g_return_val_if_fail (mil_date_is_valid (date), date);

  number = (gint64) to_day_number (date) + days;
  return from_day_number (CLAMP (number, 0, to_day_number (last)));
}

/**
 * mil_date_add_months:
 * @date: a valid day
 * @months: how many, may be negative
 *
 * The same day of another month, or that month's last one where it is shorter: 31 January and one
 * month is 28 (or 29) February. So European Regulation 1182/71, article 3, counts months.
 *
 * Returns: that day; stays within the years 1 to 9999
 */
MilDate
mil_date_add_months (MilDate date, int months)
{
  gint64 count;

  g_return_val_if_fail (mil_date_is_valid (date), date);

  count = CLAMP ((gint64) date.year * 12 + date.month - 1 + months, 12, 9999 * 12 + 11);
  date.year = count / 12;
  date.month = count % 12 + 1;
  date.day = MIN (date.day, days_in_month (date.year, date.month));
  return date;
}

/**
 * mil_date_end_of_month:
 * @date: a valid day
 *
 * Returns: the last day of its month
 */
MilDate
mil_date_end_of_month (MilDate date)
{
  g_return_val_if_fail (mil_date_is_valid (date), date);

  date.day = days_in_month (date.year, date.month);
  return date;
}

/**
 * mil_date_days_until:
 * @from: a valid day
 * @to: a valid day
 *
 * Returns: how many days later @to is; negative when it is earlier
 */
int
mil_date_days_until (MilDate from, MilDate to)
{
  g_return_val_if_fail (mil_date_is_valid (from) && mil_date_is_valid (to), 0);

  return to_day_number (to) - to_day_number (from);
}

/**
 * mil_date_years_at:
 * @born: a valid day
 * @day: a valid day
 *
 * Whole years, as an age is counted. Who was born on 29 February has a birthday on 1 March in common years.
 *
 * Returns: years; negative when @day is before @born
 */
int
mil_date_years_at (MilDate born, MilDate day)
{
  int years;

  g_return_val_if_fail (mil_date_is_valid (born) && mil_date_is_valid (day), 0);

  years = day.year - born.year;
  return day.month * 100 + day.day < born.month * 100 + born.day ? years - 1 : years;
}

/**
 * mil_date_from_unix:
 * @microseconds: an instant
 * @zone: (nullable): an IANA time zone such as `Europe/Rome`, or `UTC`; %NULL for where this computer is
 *
 * Returns: which day it is there then; UTC's where the zone is not known, "no date" outside the years 1 to 9999
 */
MilDate
mil_date_from_unix (gint64 microseconds, const char *zone)
{
  g_autoptr (GTimeZone) there = zone != NULL ? g_time_zone_new_identifier (zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (microseconds);
  g_autoptr (GDateTime) local = NULL;

  if (utc == NULL)
    return (MilDate) { 0 };
  if (there != NULL)
    local = g_date_time_to_timezone (utc, there);
  else
    local = g_date_time_ref (utc);
  if (local == NULL)
    return (MilDate) { 0 };
  return (MilDate) { g_date_time_get_year (local), g_date_time_get_month (local), g_date_time_get_day_of_month (local) };
}

static char *
format_with (MilDate date, const char *format)
{
  g_autoptr (GDateTime) when = NULL;

  if (!mil_date_is_valid (date))
    return g_strdup ("–");
  when = g_date_time_new_utc (date.year, date.month, date.day, 12, 0, 0);
  return g_date_time_format (when, format);
}

/**
 * mil_date_format:
 * @date: a day
 *
 * For people, with the month's name: "24 May 2026" or what the catalog says.
 *
 * Returns: (transfer full): UTF-8; an en dash for "no date"
 */
char *
mil_date_format (MilDate date)
{
  /* Translators: a date with the month's name. %-d day without leading zero, %B full name of the
   * month, %Y year; see g_date_time_format(). Chinese: "%Y年%-m月%-d日". */
  return format_with (date, C_ ("date format", "%-d %B %Y"));
}

/**
 * mil_date_format_short:
 * @date: a day
 *
 * For people, in little room: "24 May" or what the catalog says.
 *
 * Returns: (transfer full): UTF-8; an en dash for "no date"
 */
char *
mil_date_format_short (MilDate date)
{
  /* Translators: a date without its year. %b is the short name of the month. Chinese: "%-m月%-d日".
   * xgettext:no-c-format */
  return format_with (date, C_ ("date format", "%-d %b"));
}
