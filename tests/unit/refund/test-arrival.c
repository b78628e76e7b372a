/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-arrival.h"

static void
check (gint64 paid, gint64 tax, gint64 low, gint64 high, const char *expected)
{
  g_autofree char *text = mil_arrival_text (mil_money (paid, "EUR"),
                                            mil_money (tax, "EUR"),
                                            mil_money (low, "EUR"),
                                            mil_money (high, "EUR"));

  g_assert_cmpstr (text, ==, expected);
}

/* 100 euros and 20 per cent on them: of 20 euros 12 arrive. */
static void
test_plain (void)
{
  check (12000, 2000, 1200, 1200, "You receive 12 %, not 20 %: the operator keeps €8.00.");
  check (12000, 2000, 2000, 2000, "You receive all of the tax, 20 %: nobody keeps a part of it.");
  check (12000, 2000, 0, 0, "You receive 0 %, not 20 %: the operator keeps €20.00.");
}

static void
test_range (void)
{
  check (12200, 2200, 1100, 1550, "You receive 11 – 15.5 %, not 22 %: the operator keeps €6.50 – €11.00.");
}

static void
test_fractions (void)
{
  /* 19 % on 83.19, which is 15.806: printed as 15.81 */
  check (9900, 1581, 1000, 1000, "You receive 12 %, not 19 %: the operator keeps €5.81.");
  /* 5.5 % */
  check (10550, 550, 275, 275, "You receive 2.8 %, not 5.5 %: the operator keeps €2.75.");
}

static void
test_senseless (void)
{
  g_autofree char *mixed = mil_arrival_text (mil_money (12000, "EUR"),
                                             mil_money (2000, "EUR"),
                                             mil_money (1200, "CNY"),
                                             mil_money (1200, "CNY"));

  g_assert_null (mixed);
  check (0, 2000, 1200, 1200, NULL);
  check (2000, 2000, 1200, 1200, NULL);
  check (12000, 0, 0, 0, NULL);
  check (12000, 2000, 1300, 1200, NULL);
  check (12000, 2000, 1200, 2001, NULL);
  check (12000, 2000, -1, 1200, NULL);
  check (G_MAXINT64, 1, 0, 1, "You receive 0 %, not 0 %: the operator keeps €0.00 – €0.01.");
  check (G_MAXINT64, G_MAXINT64 - 5, 0, 1, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arrival/plain", test_plain);
  g_test_add_func ("/arrival/range", test_range);
  g_test_add_func ("/arrival/fractions", test_fractions);
  g_test_add_func ("/arrival/senseless", test_senseless);
  return g_test_run ();
}
