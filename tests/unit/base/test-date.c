/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/mil-clock.h"
#include "base/mil-date.h"
#include "base/mil-error.h"

static MilDate
day (const char *iso)
{
  MilDate date;

  g_assert_true (mil_date_parse (iso, &date, NULL));
  return date;
}

static void
assert_day (MilDate date, const char *expected)
{
  g_autofree char *text = mil_date_to_string (date);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_text (void)
{
  static const char *const bad[] = { "",           "2026-5-24",  "2026-13-01", "2026-00-01",
                                     "2026-02-29", "2026-04-31", "0000-01-01", "2026-05-24 ",
                                     "20260524",   "2026-05-2",  "2026/05/24", "1900-02-29" };
  g_autoptr (GError) error = NULL;
  MilDate date = { 0 };

  assert_day (day ("2024-02-29"), "2024-02-29");
  assert_day (day ("2000-02-29"), "2000-02-29");
  assert_day ((MilDate) { 0 }, "");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mil_date_parse (bad[i], &date, NULL));
  g_assert_false (mil_date_is_set (date));
  g_assert_false (mil_date_parse (NULL, &date, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
}

static void
test_days (void)
{
  MilDate date = { 1, 1, 1 };

  assert_day (mil_date_add_days (day ("2024-02-28"), 1), "2024-02-29");
  assert_day (mil_date_add_days (day ("2023-02-28"), 1), "2023-03-01");
  assert_day (mil_date_add_days (day ("2026-01-01"), -1), "2025-12-31");
  assert_day (mil_date_add_days (day ("2026-01-01"), 90), "2026-04-01");
  assert_day (mil_date_add_days (day ("9999-12-31"), 5), "9999-12-31");
  assert_day (mil_date_add_days (day ("0001-01-01"), G_MININT), "0001-01-01");
  g_assert_cmpint (mil_date_days_until (day ("2024-01-01"), day ("2025-01-01")), ==, 366);
  g_assert_cmpint (mil_date_days_until (day ("2025-01-01"), day ("2024-01-01")), ==, -366);
  g_assert_cmpint (mil_date_days_until (day ("1970-01-01"), day ("2026-11-22")), ==, 20779);
  for (int i = 0; i < 400000; i += 37)
    g_assert_cmpint (mil_date_days_until (date, mil_date_add_days (date, i)), ==, i);
}

static void
test_months (void)
{
  assert_day (mil_date_add_months (day ("2026-01-31"), 1), "2026-02-28");
  assert_day (mil_date_add_months (day ("2024-01-31"), 1), "2024-02-29");
  assert_day (mil_date_add_months (day ("2026-10-31"), 3), "2027-01-31");
  assert_day (mil_date_add_months (day ("2026-03-31"), -1), "2026-02-28");
  assert_day (mil_date_add_months (day ("2026-03-31"), -15), "2024-12-31");
  assert_day (mil_date_add_months (day ("0001-03-31"), -500), "0001-01-31");
  assert_day (mil_date_end_of_month (day ("2024-02-01")), "2024-02-29");
  assert_day (mil_date_end_of_month (day ("2026-12-31")), "2026-12-31");
}

static void
test_age (void)
{
  g_assert_cmpint (mil_date_years_at (day ("2010-05-24"), day ("2026-05-23")), ==, 15);
  g_assert_cmpint (mil_date_years_at (day ("2010-05-24"), day ("2026-05-24")), ==, 16);
  g_assert_cmpint (mil_date_years_at (day ("2008-02-29"), day ("2026-02-28")), ==, 17);
  g_assert_cmpint (mil_date_years_at (day ("2008-02-29"), day ("2026-03-01")), ==, 18);
  g_assert_cmpint (mil_date_compare (day ("2026-01-31"), day ("2026-02-01")), <, 0);
}

static void
assert_instant (const char *text, gint64 expected, const char *back)
{
  gint64           instant;
  g_autofree char *again = NULL;

  g_assert_true (mil_instant_parse (text, &instant, NULL));
  g_assert_cmpint (instant, ==, expected);
  again = mil_instant_to_string (instant);
  g_assert_cmpstr (again, ==, back);
}

static void
test_instants (void)
{
  static const char *const bad[] = { "",
                                     "2026-05-24",
                                     "2026-05-24T08:30Z",
                                     "2026-05-24T08:30:00",
                                     "2026-05-24 08:30:00Z",
                                     "2026-05-24T24:00:00Z",
                                     "2026-05-24T08:30:00.Z",
                                     "2026-05-24T08:30:00+0200",
                                     "2026-05-24T08:30:00ZZ",
                                     "2026-02-30T08:30:00Z",
                                     "0001-01-01T00:00:00+01:00" };
  gint64                   instant;

  assert_instant ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z");
  assert_instant ("2026-05-24T10:30:00.5+02:00", G_GINT64_CONSTANT (1779611400500000), "2026-05-24T08:30:00.500Z");
  assert_instant ("2026-05-24T08:30:00.000001999z", G_GINT64_CONSTANT (1779611400000001), "2026-05-24T08:30:00.000001Z");
  assert_instant ("1969-12-31T23:59:59.25-00:00", -750000, "1969-12-31T23:59:59.250Z");
  assert_instant ("0001-01-01T00:00:00Z", G_GINT64_CONSTANT (-62135596800000000), "0001-01-01T00:00:00Z");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mil_instant_parse (bad[i], &instant, NULL));
}

/* The day where this computer is. */
static void
assert_day_at (const char *here, gint64 instant, const char *expected)
{
  g_autofree char *before = g_strdup (g_getenv ("TZ"));

  g_setenv ("TZ", here, TRUE);
  assert_day (mil_date_from_unix (instant, NULL), expected);
  if (before != NULL)
    g_setenv ("TZ", before, TRUE);
  else
    g_unsetenv ("TZ");
}

static void
test_zones (void)
{
  gint64 instant;

  g_assert_true (mil_instant_parse ("2026-05-24T22:30:00Z", &instant, NULL));
  assert_day (mil_date_from_unix (instant, "UTC"), "2026-05-24");
  assert_day (mil_date_from_unix (instant, "Europe/Rome"), "2026-05-25");
  assert_day (mil_date_from_unix (instant, "No/Such"), "2026-05-24");
  assert_day (mil_date_from_unix (-1, "UTC"), "1969-12-31");
  assert_day (mil_date_from_unix (G_MAXINT64, "UTC"), "");
  assert_day_at ("Asia/Tokyo", instant, "2026-05-25");
  assert_day_at ("America/New_York", instant, "2026-05-24");
}

static void
test_format (void)
{
  g_autofree char *full = mil_date_format (day ("2026-05-04"));
  g_autofree char *brief = mil_date_format_short (day ("2026-12-24"));
  g_autofree char *none = mil_date_format ((MilDate) { 0 });

  g_assert_cmpstr (full, ==, "4 May 2026");
  g_assert_cmpstr (brief, ==, "24 Dec");
  g_assert_cmpstr (none, ==, "–");
}

static void
test_clock (void)
{
  g_autoptr (MilClock) fixed = mil_clock_new_fixed (1000);
  g_autoptr (MilClock) system = mil_clock_new_system ();

  mil_clock_advance (fixed, 500);
  g_assert_cmpint (mil_clock_now (fixed), ==, 1500);
  mil_clock_set (fixed, -1);
  g_assert_cmpint (mil_clock_now (fixed), ==, -1);
  g_assert_cmpint (ABS (mil_clock_now (system) - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);
}

static void
test_uuid (void)
{
  g_autoptr (MilClock) clock = mil_clock_new_fixed (G_GINT64_CONSTANT (0x017f22e279b0) * 1000);
  g_autoptr (MilRandom) random = mil_random_new_seeded (7);
  g_autoptr (MilRandom) again = mil_random_new_seeded (7);
  g_autoptr (MilRandom) system = mil_random_new_system ();
  g_autofree char *first = mil_uuid_new (clock, random);
  g_autofree char *same = mil_uuid_new (clock, again);
  g_autofree char *second = mil_uuid_new (clock, random);
  g_autofree char *other = mil_uuid_new (clock, system);
  g_autofree char *later = NULL;

  g_assert_cmpstr (first, ==, same);
  g_assert_cmpstr (first, !=, second);
  g_assert_true (g_str_has_prefix (first, "017f22e2-79b0-7"));
  g_assert_true (strchr ("89ab", other[19]) != NULL);
  mil_clock_advance (clock, 1000);
  later = mil_uuid_new (clock, system);
  g_assert_cmpstr (other, <, later);
  g_assert_true (mil_uuid_is_valid (other));
  g_assert_false (mil_uuid_is_valid ("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"));
  g_assert_false (mil_uuid_is_valid ("017f22e2-79b0-7cc3-98c4-dc0c0c07398"));
  g_assert_false (mil_uuid_is_valid ("017f22e2-79b0-7cc3-98c4-dc0c0c07398f0"));
  g_assert_false (mil_uuid_is_valid (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/date/text", test_text);
  g_test_add_func ("/base/date/days", test_days);
  g_test_add_func ("/base/date/months", test_months);
  g_test_add_func ("/base/date/age", test_age);
  g_test_add_func ("/base/date/instants", test_instants);
  g_test_add_func ("/base/date/zones", test_zones);
  g_test_add_func ("/base/date/format", test_format);
  g_test_add_func ("/base/clock", test_clock);
  g_test_add_func ("/base/uuid", test_uuid);
  return g_test_run ();
}
