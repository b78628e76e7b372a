/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-mrz-reader.h"

static const MilDate today = { 2026, 11, 22 };

/* The specimens of ICAO 9303, parts 4 to 7. */
static void
test_passport (void)
{
  const char *lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };
  g_autoptr (MilMrz) mrz = mil_mrz_parse (lines, today);
  g_assert_nonnull (mrz);
  g_assert_true (mrz->valid);
  g_assert_cmpstr (mil_mrz_type_name (mrz->type), ==, "TD3");
  g_assert_cmpstr (mrz->surname, ==, "ERIKSSON");
  g_assert_cmpstr (mrz->given_names, ==, "ANNA MARIA");
  g_assert_cmpstr (mrz->number, ==, "L898902C3");
  g_assert_cmpstr (mrz->nationality, ==, "UTO");
  g_assert_cmpint (mrz->sex, ==, 'F');
  g_autofree char *birth = mil_date_to_string (mrz->birth), *expiry = mil_date_to_string (mrz->expiry);
  g_assert_cmpstr (birth, ==, "1974-08-12");
  g_assert_cmpstr (expiry, ==, "2012-04-15");
}

static void
test_cards (void)
{
  const char *td1[] = { "I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<", NULL };
  const char *td2[] = { "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6", NULL };
  const char *overflow[] = {
    "I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<", NULL
  };
  g_autoptr (MilMrz) card = mil_mrz_parse (td1, today);
  g_autoptr (MilMrz) older = mil_mrz_parse (td2, today);
  g_assert_true (card->valid && older->valid);
  g_assert_cmpstr (card->number, ==, "D23145890");
  g_assert_cmpstr (older->given_names, ==, "ANNA MARIA");
  g_autoptr (MilMrz) longer = mil_mrz_parse (overflow, today);
  g_assert_true (longer->valid);
  g_assert_cmpstr (longer->number, ==, "D23145890734");
}

static void
test_visa (void)
{
  const char *lines[] = { "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<", NULL };
  g_autoptr (MilMrz) mrz = mil_mrz_parse (lines, today);
  g_assert_cmpstr (mil_mrz_type_name (mrz->type), ==, "MRVA");
  g_assert_true (mrz->valid);
}

static void
test_wrong (void)
{
  const char *digit[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408123F1204159ZE184226B<<<<<10", NULL };
  const char *small[] = { "P<UTO", "L8989", NULL };
  const char *lower[] = { "p<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };
  const char *none[] = { NULL };
  g_autoptr (MilMrz) mrz = mil_mrz_parse (digit, today);
  g_assert_false (mrz->valid);
  g_assert_null (mil_mrz_parse (small, today));
  g_assert_null (mil_mrz_parse (lower, today));
  g_assert_null (mil_mrz_parse (none, today));
}

/* As an engine reads it: blanks inside, a filler too few, another row above. */
static void
test_rows (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text (
      "UTOPIA PASSPORT\nP<UTOERIKSSON<<ANNA <MARIA<<<<<<<<<<<<<<<<<\n"
      "L898902C36UTO7408122F1204159ZE184226B<<<<<10\n");
  g_autoptr (MilMrz) mrz = mil_mrz_from_rows (rows, today);
  g_assert_nonnull (mrz);
  g_assert_cmpstr (mrz->given_names, ==, "ANNA MARIA");
  g_assert_cmpstr (mrz->number, ==, "L898902C3");

  g_autoptr (GPtrArray) wrong = mil_rows_from_text ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                                                    "L898902C36UT07408122F1204158ZE184226B<<<<<10\n");
  g_assert_null (mil_mrz_from_rows (wrong, today));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/mrz/passport", test_passport);
  g_test_add_func ("/scan/mrz/cards", test_cards);
  g_test_add_func ("/scan/mrz/visa", test_visa);
  g_test_add_func ("/scan/mrz/wrong", test_wrong);
  g_test_add_func ("/scan/mrz/rows", test_rows);
  return g_test_run ();
}
