/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-date.h"
#include "base/mil-error.h"

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999Z */
#define FIRST_INSTANT (G_GINT64_CONSTANT (-62135596800) * G_USEC_PER_SEC)
#define LAST_INSTANT (G_GINT64_CONSTANT (253402300799) * G_USEC_PER_SEC + 999999)

/**
 * mil_instant_to_string:
 * @microseconds: since 1970-01-01T00:00:00Z
 *
 * Returns: (transfer full): RFC 3339 in UTC; with a fraction only where there is one: `2026-05-24T08:30:00Z`
 */
char *
mil_instant_to_string (gint64 microseconds)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc_usec (CLAMP (microseconds, FIRST_INSTANT, LAST_INSTANT));
  int  fraction = g_date_time_get_microsecond (when);
  int  year, month, day;
  char seconds[64];

  g_date_time_get_ymd (when, &year, &month, &day);
  g_snprintf (seconds,
              sizeof seconds,
              "%04d-%02d-%02dT%02d:%02d:%02d",
              year,
              month,
              day,
              g_date_time_get_hour (when),
              g_date_time_get_minute (when),
              g_date_time_get_second (when));
  if (fraction == 0)
    return g_strconcat (seconds, "Z", NULL);
  if (fraction % 1000 == 0)
    return g_strdup_printf ("%s.%03dZ", seconds, fraction / 1000);
  return g_strdup_printf ("%s.%06dZ", seconds, fraction);
}

static gboolean
two_digits (const char **text, char before, int most, int *value)
{
  const char *p = *text;

  if (before != '\0' && *p++ != before)
    return FALSE;
  if (!g_ascii_isdigit (p[0]) || !g_ascii_isdigit (p[1]))
    return FALSE;
  *value = (p[0] - '0') * 10 + (p[1] - '0');
  *text = p + 2;
  return *value <= most;
}

static gboolean
read_fraction (const char **text, int *microseconds)
{
  const char *p = *text;
  int         place = 100000;

  *microseconds = 0;
  if (*p != '.')
    return TRUE;
  if (!g_ascii_isdigit (*++p))
    return FALSE;
  for (; g_ascii_isdigit (*p); p++, place /= 10)
    *microseconds += (*p - '0') * place;
  *text = p;
  return TRUE;
}

static gboolean
read_offset (const char **text, int *minutes)
{
  int      hours = 0, rest = 0;
  gboolean west = **text == '-';

  *minutes = 0;
  if (**text == 'Z' || **text == 'z')
    {
      (*text)++;
      return TRUE;
    }
  if (**text != '+' && !west)
    return FALSE;
  if (!two_digits (text, **text, 23, &hours) || !two_digits (text, ':', 59, &rest))
    return FALSE;
  *minutes = (hours * 60 + rest) * (west ? -1 : 1);
  return TRUE;
}

static gboolean
read_instant (const char *text, gint64 *microseconds)
{
  static const MilDate epoch = { 1970, 1, 1 };
  g_autofree char     *day = g_strndup (text, 10);
  MilDate              date;
  int                  hour, minute, second, fraction, offset;
  gint64               seconds;

  if (!mil_date_parse (day, &date, NULL))
    return FALSE;
  text += 10;
  if (*text != 'T' && *text != 't')
    return FALSE;
  text++;
  if (!two_digits (&text, '\0', 23, &hour) || !two_digits (&text, ':', 59, &minute)
      || !two_digits (&text, ':', 60, &second) || !read_fraction (&text, &fraction)
      || !read_offset (&text, &offset) || *text != '\0')
    return FALSE;
  seconds = (gint64) mil_date_days_until (epoch, date) * 86400 + hour * 3600 + (minute - offset) * 60 + second;
  *microseconds = seconds * G_USEC_PER_SEC + fraction;
  return *microseconds >= FIRST_INSTANT && *microseconds <= LAST_INSTANT;
}

/**
 * mil_instant_parse:
 * @rfc3339: (nullable): `2026-05-24T10:30:00.5+02:00`; digits behind the microsecond are dropped
 * @microseconds: (out): where to put the instant
 * @error: %MIL_ERROR_INVALID
 *
 * A leap second (`:60`) is read as the second after it.
 *
 * Returns: whether @microseconds was set
 */
gboolean
mil_instant_parse (const char *rfc3339, gint64 *microseconds, GError **error)
{
  g_autofree char *valid = NULL;
  gint64           read;

  g_return_val_if_fail (microseconds != NULL, FALSE);

  if (rfc3339 != NULL && read_instant (rfc3339, &read))
    {
      *microseconds = read;
      return TRUE;
    }
  valid = g_utf8_make_valid (rfc3339 != NULL ? rfc3339 : "", rfc3339 != NULL ? (gssize) strnlen (rfc3339, 40) : 0);
  mil_error_set (error, MIL_ERROR_INVALID, _ ("“%s” is not a point in time such as 2026-05-24T08:30:00Z."), valid);
  return FALSE;
}
