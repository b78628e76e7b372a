/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "base/mil-date.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  MilDate          date;
  gint64           instant, again;

  if (mil_date_parse (text, &date, NULL))
    {
      g_autofree char *back = mil_date_to_string (date);

      g_assert_cmpstr (back, ==, text);
      g_assert_true (mil_date_is_valid (mil_date_add_months (date, 13)));
      g_assert_cmpint (mil_date_days_until (date, mil_date_add_days (date, -400)), <=, 0);
    }
  if (mil_instant_parse (text, &instant, NULL))
    {
      g_autofree char *back = mil_instant_to_string (instant);

      g_assert_true (mil_instant_parse (back, &again, NULL));
      g_assert_cmpint (instant, ==, again);
    }
  return 0;
}
