/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-error.h"
#include "refund/mil-refund.h"

static MilOperatorBook *
load (void)
{
  g_autofree char *data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autoptr (GError) error = NULL;
  MilOperatorBook *book = mil_operator_book_load (data, &error);

  g_assert_no_error (error);
  return book;
}

static MilDate
day (const char *text)
{
  MilDate date;

  g_assert_true (mil_date_parse (text, &date, NULL));
  return date;
}

static const MilOperatorOffer *
find (GPtrArray *offers, const char *id)
{
  for (guint i = 0; i < offers->len; i++)
    {
      const MilOperatorOffer *offer = offers->pdata[i];

      if (g_str_equal (offer->by->id, id))
        return offer;
    }
  return NULL;
}

/* By hand from what the operators publish: see the sources in data/operators. -1: nothing is known. */
static const struct
{
  const char *operator_id;
  const char *country;
  const char *day;
  const char *currency;
  gint64      price;
  gint64      tax;
  gint64      low;
  gint64      high;
  gint64      missing;
} cases[] = {
  /* Wevat keeps 22 % of the tax. */
  { "wevat", "FR", "2026-05-20", "EUR", 12000, 2000, 1560, 1560, 0 },
  { "wevat", "FR", "2026-05-20", "EUR", 10000, 1667, 1300, 1300, 1 },
  { "wevat", "FR", "2026-05-20", "EUR", 10001, 1667, 1300, 1300, 0 },
  /* Stamp's table: 1.49 for more than 70 to 150 euros, 3.99 to 300, … 49.99 to 20,000; nothing above. */
  { "stamp", "IT", "2026-05-20", "EUR", 7001, 1262, 1113, 1113, 0 },
  { "stamp", "IT", "2026-05-20", "EUR", 14999, 2705, 2556, 2556, 0 },
  { "stamp", "IT", "2026-05-20", "EUR", 15000, 2705, 2306, 2306, 0 },
  { "stamp", "IT", "2026-05-20", "EUR", 1999999, 360656, 355657, 355657, 0 },
  { "stamp", "IT", "2026-05-20", "EUR", 7000, 1262, -1, -1, 1 },
  { "stamp", "IT", "2026-05-20", "EUR", 2000000, 360656, 355657, 355657, 0 },
  { "stamp", "IT", "2026-05-20", "EUR", 2000001, 360656, -1, -1, 0 },
  /* Planet in the Emirates: 85 to 87 % of the tax, less AED 4.80. */
  { "planet", "AE", "2026-05-20", "AED", 105000, 5000, 3770, 3870, 0 },
  { "planet", "AE", "2026-05-20", "AED", 2100, 100, 0, 0, 0 },
  /* Global Blue's Korean table of 2023. */
  { "global-blue", "KR", "2026-05-20", "KRW", 30000, 2727, 1500, 1500, 0 },
  { "global-blue", "KR", "2026-05-20", "KRW", 74999, 6818, 3500, 3500, 0 },
  { "global-blue", "KR", "2026-05-20", "KRW", 75000, 6818, -1, -1, 0 },
  /* South Africa: 1.5 % of the price, at least R10, at most R250. */
  { "vra", "ZA", "2026-05-20", "ZAR", 50000, 6522, 5522, 5522, 0 },
  { "vra", "ZA", "2026-05-20", "ZAR", 200000, 26087, 23087, 23087, 0 },
  { "vra", "ZA", "2026-05-20", "ZAR", 5000000, 652174, 627174, 627174, 0 },
  /* Taiwan: 14 % of the refund. */
  { "taiwan-counters", "TW", "2026-05-20", "TWD", 1050000, 50000, 43000, 43000, 0 },
  /* Thailand: all of it, less 100 baht that an older page of the revenue department names. */
  { "thai-revenue", "TH", "2026-05-20", "THB", 1070000, 70000, 60000, 60000, 0 },
  { "thai-revenue", "TH", "2026-05-20", "THB", 200000, 13084, 3084, 3084, 0 },
  /* Outlets that work with Global Blue: 12 % of the price. */
  { "global-blue", "FR", "2026-05-20", "EUR", 12000, 2000, 1000, 1440, 0 },
  { "vatfree", "NL", "2026-05-20", "EUR", 12100, 2100, 1050, 1470, 0 },
  { "zapptax", "FR", "2026-05-20", "EUR", 12000, 2000, -1, -1, 0 },
};

static void
test_cases (void)
{
  g_autoptr (MilOperatorBook) book = load ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      MilMoney price = mil_money (cases[i].price, cases[i].currency);
      MilMoney tax = mil_money (cases[i].tax, cases[i].currency);
      g_autoptr (GPtrArray) offers = mil_operator_compare (book, cases[i].country, day (cases[i].day), price, tax, &error);
      const MilOperatorOffer *offer;

      g_assert_no_error (error);
      offer = find (offers, cases[i].operator_id);
      g_test_message ("%s %" G_GINT64_FORMAT, cases[i].operator_id, cases[i].price);
      g_assert_nonnull (offer);
      g_assert_cmpint (offer->missing.minor, ==, cases[i].missing);
      g_assert_cmpint (offer->is_known, ==, cases[i].low >= 0);
      if (!offer->is_known)
        continue;
      g_assert_cmpint (offer->arrives_low.minor, ==, cases[i].low);
      g_assert_cmpint (offer->arrives_high.minor, ==, cases[i].high);
      g_assert_cmpint (offer->fee_high.minor, ==, cases[i].tax - cases[i].low);
    }
}

/* The best that can be had comes first; what nobody says comes last, and is not left out. */
static void
test_order (void)
{
  g_autoptr (MilOperatorBook) book = load ();
  g_autoptr (GPtrArray) offers = mil_operator_compare (
      book, "FR", day ("2026-05-20"), mil_money (12000, "EUR"), mil_money (2000, "EUR"), NULL);
  g_autoptr (GPtrArray) early = mil_operator_compare (
      book, "IT", day ("2024-01-31"), mil_money (20000, "EUR"), mil_money (3607, "EUR"), NULL);
  g_autoptr (GPtrArray) other = mil_operator_compare (
      book, "FR", day ("2026-05-20"), mil_money (12000, "USD"), mil_money (2000, "USD"), NULL);

  g_assert_cmpstr (((MilOperatorOffer *) offers->pdata[0])->by->id, ==, "wevat");
  g_assert_cmpstr (((MilOperatorOffer *) offers->pdata[1])->by->id, ==, "global-blue");
  g_assert_false (((MilOperatorOffer *) offers->pdata[offers->len - 1])->is_known);
  g_assert_null (find (early, "stamp"));
  g_assert_nonnull (find (early, "global-blue"));
  g_assert_cmpuint (other->len, ==, 0);
}

static MilSchemeBook *
load_schemes (void)
{
  g_autofree char *data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autoptr (GError) error = NULL;
  MilSchemeBook *book = mil_scheme_book_load (data, &error);

  g_assert_no_error (error);
  return book;
}

static gboolean
is_covered (MilSchemeBook *book, const MilRule *rule, MilDate on)
{
  const GPtrArray *entries = mil_operator_book_in (mil_scheme_book_operators (book), rule->country);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const MilOperatorTerms *terms = ((const MilOperatorEntry *) entries->pdata[i])->terms;

      if (terms->is_published && terms->is_known && g_str_equal (terms->currency, rule->currency)
          && mil_operator_terms_hold (terms, on))
        return TRUE;
    }
  return FALSE;
}

/* What arrives is said by the scheme, or by operators for all of its time. */
static void
test_somebody_says (void)
{
  g_autoptr (MilSchemeBook) book = load_schemes ();
  const char *const *countries = mil_scheme_book_countries (book);

  for (guint c = 0; countries[c] != NULL; c++)
    {
      const MilScheme *scheme = mil_scheme_book_find (book, countries[c]);

      for (guint r = 0; r < scheme->rules->len; r++)
        {
          const MilRule *rule = scheme->rules->pdata[r];
          MilDate        last = mil_date_is_set (rule->valid_to) ? rule->valid_to : day ("2026-11-22");

          g_test_message ("%s, rule %u", countries[c], r);
          g_assert_true (rule->none || rule->payout.fees->len > 0
                         || (is_covered (book, rule, rule->valid_from) && is_covered (book, rule, last)));
        }
    }
}

static const MilOffer *
find_offer (const MilVerdict *verdict, const char *name)
{
  for (guint i = 0; i < verdict->offers->len; i++)
    {
      const MilOffer *offer = verdict->offers->pdata[i];

      if (g_str_equal (offer->operator_name, name))
        return offer;
    }
  return NULL;
}

/* The terms stand in one place, and what the engine promises comes from there too. */
static void
test_in_the_verdict (void)
{
  g_autoptr (MilSchemeBook) book = load_schemes ();
  g_autoptr (MilPurchase) italian = mil_purchase_new ("1", "IT", day ("2026-05-20"), mil_money (12200, "EUR"));
  g_autoptr (MilPurchase) before = mil_purchase_new ("2", "IT", day ("2023-05-20"), mil_money (20000, "EUR"));
  g_autoptr (MilPurchase) taiwanese = mil_purchase_new ("3", "TW", day ("2026-05-20"), mil_money (210000, "TWD"));
  g_autoptr (MilTraveller) traveller = mil_traveller_new ("US");
  g_autoptr (MilVerdict) verdict = mil_refund_preview (book, traveller, NULL, italian, day ("2026-05-20"));
  g_autoptr (MilVerdict) early = mil_refund_preview (book, traveller, NULL, before, day ("2023-05-20"));
  g_autoptr (MilVerdict) counters = mil_refund_preview (book, traveller, NULL, taiwanese, day ("2026-05-20"));
  const MilOffer *stamp = find_offer (verdict, "Stamp");

  /* help.stampit.co: 1.49 of purchases of 70 to 150; 22.00 of tax are in 122.00. */
  g_assert_nonnull (stamp);
  g_assert_cmpint (stamp->low.minor, ==, 2051);
  g_assert_cmpint (verdict->refund_low.minor, <=, 2051);
  g_assert_cmpint (verdict->refund_high.minor, >=, 2051);
  /* Operators that do not say what they keep offer nothing that could be named. */
  g_assert_null (find_offer (verdict, "Global Blue"));
  g_assert_null (find_offer (early, "Stamp"));
  /* ntbt.gov.tw: 14 % of the refund. */
  g_assert_cmpint (counters->refund_low.minor, ==, 8600);
  g_assert_cmpint (counters->refund_high.minor, ==, 8600);
}

static void
test_absurd (void)
{
  static const struct
  {
    gint64      price;
    gint64      tax;
    const char *currency;
  } wrong[] = { { 100, 200, "EUR" }, { -1, 0, "EUR" }, { 100, -1, "EUR" }, { 100, 20, "USD" } };
  g_autoptr (MilOperatorBook) book = load ();
  GPtrArray *operators = mil_operator_book_operators (book);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mil_operator_compare (
          book, "FR", day ("2026-05-20"), mil_money (wrong[i].price, "EUR"), mil_money (wrong[i].tax, wrong[i].currency), &error));
      g_assert_error (error, MIL_ERROR, MIL_ERROR_INVALID);
    }
  for (guint i = 0; i < operators->len; i++)
    for (guint t = 0; t < ((MilOperator *) operators->pdata[i])->terms->len; t++)
      {
        const MilOperatorTerms *terms = ((MilOperator *) operators->pdata[i])->terms->pdata[t];
        MilMoney                all = mil_money (G_MAXINT64, terms->currency);
        g_autoptr (GPtrArray) offers = mil_operator_compare (book, terms->countries[0], day ("2026-05-20"), all, all, NULL);

        for (guint o = 0; offers != NULL && o < offers->len; o++)
          g_assert_cmpint (((MilOperatorOffer *) offers->pdata[o])->arrives_high.minor, >=, 0);
      }
}

static void
test_damaged (void)
{
  static const char *const files[] = {
    "{}",
    "{\"id\":\"a\",\"name\":\"A\",\"url\":\"https://a\",\"offers\":[{}]}",
    "{\"id\":\"a\",\"name\":\"A\",\"url\":\"https://"
    "a\",\"offers\":[{\"countries\":[\"FR\"],\"currency\":\"XYZ\",\"source\":\"s\","
    "\"checked_on\":\"2026-11-22\",\"confidence\":\"official\",\"model\":\"refund\",\"methods\":[],\"fee\":{"
    "\"of\":\"tax\"}}]}",
    "{\"id\":\"a\",\"name\":\"A\",\"url\":\"https://"
    "a\",\"offers\":[{\"countries\":[\"FR\"],\"currency\":\"EUR\",\"source\":\"s\","
    "\"checked_on\":\"2026-11-22\",\"confidence\":\"sure\",\"model\":\"refund\",\"methods\":[],\"fee\":{"
    "\"of\":\"tax\"}}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (files[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (mil_operator_new (node, &error));
      g_assert_error (error, MIL_ERROR, MIL_ERROR_PROTOCOL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refund/operator/cases", test_cases);
  g_test_add_func ("/refund/operator/order", test_order);
  g_test_add_func ("/refund/operator/somebody-says", test_somebody_says);
  g_test_add_func ("/refund/operator/in-the-verdict", test_in_the_verdict);
  g_test_add_func ("/refund/operator/absurd", test_absurd);
  g_test_add_func ("/refund/operator/damaged", test_damaged);
  return g_test_run ();
}
