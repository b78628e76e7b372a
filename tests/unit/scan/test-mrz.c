/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-mrz-reader.h"

#include <string.h>

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
  g_assert_cmpstr (mil_mrz_type_name (mrz->type), ==, "MRV-A");
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
  g_assert_false (mil_mrz_is_right (mrz, MIL_MRZ_PART_BIRTH));
  g_assert_true (mil_mrz_is_right (mrz, MIL_MRZ_PART_NUMBER));
  g_assert_true (mil_mrz_is_right (mrz, MIL_MRZ_PART_EXPIRY));
  g_assert_null (mil_mrz_parse (small, today));
  g_assert_null (mil_mrz_parse (lower, today));
  g_assert_null (mil_mrz_parse (none, today));
}

static void
test_countries (void)
{
  g_assert_cmpstr (mil_mrz_country ("KOR"), ==, "KR");
  g_assert_cmpstr (mil_mrz_country ("D"), ==, "DE");
  g_assert_cmpstr (mil_mrz_country ("GBN"), ==, "GB");
  g_assert_null (mil_mrz_country ("UTO"));
  g_assert_null (mil_mrz_country (""));
  g_assert_null (mil_mrz_country (NULL));
}

static void
fill_table (MilMrzTable *table, const char *const *lines)
{
  memset (table, 0, sizeof *table);
  table->width = strlen (lines[0]);
  for (; lines[table->n_lines] != NULL; table->n_lines++)
    for (guint i = 0; i < table->width; i++)
      for (guint g = 0; g < MIL_MRZ_N_GLYPHS; g++)
        table->logs[table->n_lines][i][g] = lines[table->n_lines][i] == mil_mrz_glyph_letter (g) ? -0.03f : -7;
}

/* The reader cannot tell @wanted from what stands in the cell. */
static void
doubt (MilMrzTable *table, guint line, guint cell, char seen, char wanted)
{
  table->logs[line][cell][mil_mrz_glyph_of (wanted)] = -1.2f;
  table->logs[line][cell][mil_mrz_glyph_of (seen)] = -0.4f;
}

static void
test_correct (void)
{
  const char *lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };
  g_autofree MilMrzTable *table = g_new (MilMrzTable, 1);
  fill_table (table, lines);
  doubt (table, 0, 4, '0', 'O');
  doubt (table, 0, 6, '8', 'R');
  doubt (table, 0, 40, 'K', '<');
  doubt (table, 1, 1, 'B', '8');
  doubt (table, 1, 13, 'Z', '7');
  doubt (table, 1, 17, '7', '1');
  doubt (table, 1, 29, 'F', 'E');
  doubt (table, 1, 43, 'O', '0');
  double cost = 0;
  g_autoptr (MilMrz) mrz = mil_mrz_decode (table, today, &cost);
  g_assert_cmpstr (mrz->lines[0], ==, lines[0]);
  g_assert_cmpstr (mrz->lines[1], ==, lines[1]);
  g_assert_true (mrz->valid && mrz->corrected);
  g_assert_cmpfloat (cost, >, 2);

  /* What is read clearly is not made to fit. */
  const char *wrong[] = { lines[0], "L898902C36UTO7408122F1204158ZE184226B<<<<<10", NULL };
  fill_table (table, wrong);
  g_autoptr (MilMrz) as_read = mil_mrz_judge (table, today);
  g_assert_cmpstr (as_read->lines[1], ==, wrong[1]);
  g_assert_false (as_read->valid || as_read->corrected);
}

/* What an issuer has printed where it does not belong stays, unless it looks like what belongs there; a
 * layout that its kind of document never has is not believed. */
static void
test_as_printed (void)
{
  const char *digits[] = { "IDROUSAVA<<SUPERMAN<<<<<<<<<<<<<<<<<", "HD198025<51328505095M130509012049941", NULL };
  const char *zero[] = { "P<UT0ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };
  const char *short_one[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6", NULL };
  g_autofree MilMrzTable *table = g_new (MilMrzTable, 1);
  fill_table (table, digits);
  g_autoptr (MilMrz) odd = mil_mrz_judge (table, today);
  g_assert_cmpstr (odd->lines[1], ==, digits[1]);
  fill_table (table, zero);
  g_autoptr (MilMrz) known = mil_mrz_judge (table, today);
  g_assert_cmpstr (known->lines[0], ==, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<");
  fill_table (table, short_one);
  for (guint i = 0; i < table->width; i++)
    for (guint g = 0; g < MIL_MRZ_N_GLYPHS; g++)
      table->logs[1][i][g] = MAX (table->logs[1][i][g] - 0.3f, -7);
  g_autoptr (MilMrz) passport = mil_mrz_judge (table, today);
  g_assert_null (passport);
}

static void
test_frames (void)
{
  const char *lines[] = { "I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<", NULL };
  const char *blurred[] = { "I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ER1K55ON<<ANHA<MARIA<<<<<<<<<<", NULL };
  g_autofree MilMrzTable *all = g_new0 (MilMrzTable, 1), *one = g_new (MilMrzTable, 1);
  double                  cost;
  fill_table (one, blurred);
  mil_mrz_table_add (all, one);
  g_autoptr (MilMrz) first = mil_mrz_decode (all, today, &cost);
  g_assert_cmpstr (first->lines[2], !=, lines[2]);
  fill_table (one, lines);
  mil_mrz_table_add (all, one);
  mil_mrz_table_add (all, one);
  g_autoptr (MilMrz) second = mil_mrz_decode (all, today, &cost);
  g_assert_cmpstr (second->lines[2], ==, lines[2]);
  g_assert_cmpfloat_with_epsilon (mil_mrz_table_sureness (all), 1, 0.01);

  const char *passport[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };
  fill_table (one, passport);
  mil_mrz_table_add (all, one);
  g_assert_cmpuint (all->width, ==, 44);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/mrz/passport", test_passport);
  g_test_add_func ("/scan/mrz/cards", test_cards);
  g_test_add_func ("/scan/mrz/visa", test_visa);
  g_test_add_func ("/scan/mrz/wrong", test_wrong);
  g_test_add_func ("/scan/mrz/countries", test_countries);
  g_test_add_func ("/scan/mrz/correct", test_correct);
  g_test_add_func ("/scan/mrz/as-printed", test_as_printed);
  g_test_add_func ("/scan/mrz/frames", test_frames);
  return g_test_run ();
}
