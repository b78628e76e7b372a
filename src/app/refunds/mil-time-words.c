/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-time-words.h"

#include <glib/gi18n.h>

#include "base/mil-country.h"

/* From then on days say more than hours. */
#define HOURS_SHOWN 48

/**
 * mil_time_left_text:
 * @microseconds: how long it is until then, at least 0
 *
 * Returns: (transfer full): "2 h 35 min", or in days where it is long
 */
char *
mil_time_left_text (gint64 microseconds)
{
  gint64 minutes = MAX (microseconds, 0) / G_TIME_SPAN_MINUTE;
  int    hours = (int) (minutes / 60);

  if (hours >= HOURS_SHOWN)
    return mil_days_left_text (hours / 24);
  if (hours > 0)
    /* Translators: hours and minutes that are left. */
    return g_strdup_printf (C_ ("time left", "%d h %d min"), hours, (int) (minutes % 60));
  /* Translators: minutes that are left. */
  return g_strdup_printf (C_ ("time left", "%d min"), (int) minutes);
}

/**
 * mil_days_left_text:
 * @days: how many days it is until then; below 0 for what has passed
 *
 * Returns: (transfer full): "Today", "Tomorrow", "5 days left" or "Over"
 */
char *
mil_days_left_text (int days)
{
  if (days < 0)
    return g_strdup (C_ ("days left", "Over"));
  if (days == 0)
    return g_strdup (C_ ("days left", "Today"));
  if (days == 1)
    return g_strdup (C_ ("days left", "Tomorrow"));
  return g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) days), days);
}

/**
 * mil_exit_text:
 * @info: a trip
 *
 * Returns: (transfer full): where it leaves: "FCO, Italy"
 */
char *
mil_exit_text (const MilTripInfo *info)
{
  const char *code = info->exit_country != NULL ? info->exit_country : info->country;
  const char *name = mil_country_name (code);

  if (info->exit_point == NULL || info->exit_point[0] == '\0')
    return g_strdup (name != NULL ? name : code);
  /* Translators: an airport, port or border crossing, and the country that it is in. */
  return g_strdup_printf (C_ ("exit", "%s, %s"), info->exit_point, name != NULL ? name : code);
}

/**
 * mil_time_parse:
 * @typed: what a person typed for a time of day: "14:20", "9.05", "0905"
 *
 * Returns: (transfer full) (nullable): the same as "HH:MM", or %NULL where it is none
 */
char *
mil_time_parse (const char *typed)
{
  g_autoptr (GRegex) regex = g_regex_new ("^\\s*([01]?\\d|2[0-3])\\s*[:.h ]?\\s*([0-5]\\d)\\s*$", G_REGEX_DEFAULT, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *hour = NULL;
  g_autofree char *minute = NULL;

  if (!g_regex_match (regex, typed, 0, &match))
    return NULL;
  hour = g_match_info_fetch (match, 1);
  minute = g_match_info_fetch (match, 2);
  return g_strdup_printf ("%s%s:%s", strlen (hour) == 1 ? "0" : "", hour, minute);
}
