/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What has to hold whatever the rules say. */

#include "refund/mil-packing.h"
#include "refund/mil-refund.h"

#include <string.h>

static MilSchemeBook *book;

static const MilDate today = { 2026, 11, 22 };

static GPtrArray *
one_traveller (void)
{
  GPtrArray    *travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  MilTraveller *traveller = mil_traveller_new ("US");

  traveller->age = 40;
  g_ptr_array_add (travellers, traveller);
  return travellers;
}

static GPtrArray *
new_purchases (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);
}

static MilPurchase *
add (GPtrArray *purchases, const char *country, MilDate date, gint64 minor)
{
  g_autofree char *id = g_strdup_printf ("%u", purchases->len);
  MilMoney         total = mil_money (minor, mil_scheme_book_find (book, country)->currency);
  MilPurchase     *purchase = mil_purchase_new (id, country, date, total);

  purchase->shop = g_strdup ("Shop");
  g_ptr_array_add (purchases, purchase);
  return purchase;
}

static MilVerdictKind
kind_of (const char *country, MilDate date, gint64 minor)
{
  g_autoptr (GPtrArray) travellers = one_traveller (), purchases = new_purchases (), verdicts = NULL;

  add (purchases, country, date, minor);
  verdicts = mil_refund_assess (book, travellers, NULL, purchases, today);
  g_assert_cmpuint (verdicts->len, ==, 1);
  return ((MilVerdict *) verdicts->pdata[0])->kind;
}

/* From "not eligible" through "uncertain" to "eligible", and never back. */
static int
step_of (MilVerdictKind kind)
{
  if (kind == MIL_VERDICT_ELIGIBLE)
    return 2;
  return kind == MIL_VERDICT_UNCERTAIN ? 1 : 0;
}

static void
test_more_never_loses (void)
{
  const char *const *countries = mil_scheme_book_countries (book);
  const MilDate      days[] = { { 2014, 7, 1 }, { 2020, 2, 29 }, { 2026, 11, 15 } };

  for (guint c = 0; countries[c] != NULL; c++)
    {
      for (guint d = 0; d < G_N_ELEMENTS (days); d++)
        {
          int    before = 0;
          gint64 minor = 1;

          for (;;)
            {
              int step = step_of (kind_of (countries[c], days[d], minor));

              g_assert_cmpint (step, >=, before);
              before = step;
              if (minor > G_MAXINT64 / 3)
                break;
              minor = minor * 3 - minor / 7;
            }
          step_of (kind_of (countries[c], days[d], G_MAXINT64));
        }
    }
}

static void
sum_up (GPtrArray *verdicts, gint64 *low, gint64 *high)
{
  *low = *high = 0;
  for (guint i = 0; i < verdicts->len; i++)
    {
      const MilVerdict *verdict = verdicts->pdata[i];

      if (verdict->kind != MIL_VERDICT_ELIGIBLE)
        continue;
      *low += verdict->refund_low.minor;
      *high += verdict->refund_high.minor;
    }
}

static void
test_grouping_never_pays_less (void)
{
  const char *const *countries = mil_scheme_book_countries (book);
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);
  g_autoptr (GPtrArray) travellers = one_traveller ();

  for (guint round = 0; round < 300; round++)
    {
      const char *country = countries[round % g_strv_length ((GStrv) countries)];
      g_autoptr (GPtrArray) purchases = new_purchases (), together = NULL;
      gint64 low, high, single_low = 0, single_high = 0;
      gint64 scale = g_rand_int_range (rand, 10, 60000);

      for (guint i = 0; i < 6; i++)
        add (purchases,
             country,
             mil_date_add_days ((MilDate) { 2026, 5, 20 }, g_rand_int_range (rand, 0, 4)),
             g_rand_int_range (rand, 1, 100) * scale);
      together = mil_refund_assess (book, travellers, NULL, purchases, today);
      sum_up (together, &low, &high);
      for (guint i = 0; i < purchases->len; i++)
        {
          g_autoptr (GPtrArray) one = g_ptr_array_new (), alone = NULL;
          gint64 own_low, own_high;

          g_ptr_array_add (one, purchases->pdata[i]);
          alone = mil_refund_assess (book, travellers, NULL, one, today);
          sum_up (alone, &own_low, &own_high);
          single_low += own_low;
          single_high += own_high;
        }
      g_assert_cmpint (low + high, >=, single_low + single_high);
    }
}

static void
test_each_receipt_once (void)
{
  g_autoptr (GPtrArray) travellers = one_traveller (), purchases = new_purchases (), verdicts = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 200; i++)
    add (purchases,
         i % 3 == 0   ? "FR"
         : i % 3 == 1 ? "NL"
                      : "IT",
         mil_date_add_days ((MilDate) { 2026, 1, 1 }, g_rand_int_range (rand, 0, 90)),
         g_rand_int_range (rand, 100, 20000));
  verdicts = mil_refund_assess (book, travellers, NULL, purchases, today);
  for (guint i = 0; i < verdicts->len; i++)
    {
      const MilVerdict *verdict = verdicts->pdata[i];

      for (guint p = 0; verdict->purchases[p] != NULL; p++)
        g_assert_true (g_hash_table_add (seen, verdict->purchases[p]));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 200);
}

/* A hundred receipts of 2.00 in one shop on one day are 200.00 on one form. */
static void
test_many_small (void)
{
  g_autoptr (GPtrArray) travellers = one_traveller (), purchases = new_purchases (), verdicts = NULL;

  for (guint i = 0; i < 100; i++)
    add (purchases, "FR", (MilDate) { 2026, 5, 20 }, 200);
  verdicts = mil_refund_assess (book, travellers, NULL, purchases, today);
  g_assert_cmpuint (verdicts->len, ==, 1);
  g_assert_cmpint (((MilVerdict *) verdicts->pdata[0])->kind, ==, MIL_VERDICT_ELIGIBLE);
}

static gint64
best_of (GPtrArray *travellers, GPtrArray *purchases)
{
  g_autoptr (GPtrArray) verdicts = mil_refund_assess (book, travellers, NULL, purchases, today);
  gint64 low, high;

  sum_up (verdicts, &low, &high);
  return low + high;
}

/* What a person would do: each shop's receipts by days, three and three, from the first day on. */
static gint64
by_windows (GPtrArray *travellers, GPtrArray *purchases, const char *const *shops, guint offset)
{
  gint64 sum = 0;

  for (guint s = 0; shops[s] != NULL; s++)
    {
      for (int window = -1; window < 8; window++)
        {
          g_autoptr (GPtrArray) part = g_ptr_array_new ();

          for (guint i = 0; i < purchases->len; i++)
            {
              MilPurchase *purchase = purchases->pdata[i];
              int          day = purchase->date.day - 1 + (int) offset;

              if (g_str_equal (purchase->shop, shops[s]) && day / 3 - 1 == window)
                g_ptr_array_add (part, purchase);
            }
          if (part->len > 0)
            sum += best_of (travellers, part);
        }
    }
  return sum;
}

/* Beyond what is proved best, a form that takes three days of a shop still pays no less than what is obvious. */
static void
test_crowds (void)
{
  const char *const shops[] = { "A", "B", "C", NULL };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) travellers = one_traveller ();

  for (guint n = 25; n <= 200; n += 35)
    {
      g_autoptr (GPtrArray) purchases = new_purchases ();
      gint64 started, best, single = 0;

      for (guint i = 0; i < n; i++)
        {
          MilPurchase *purchase = add (purchases,
                                       "FR",
                                       (MilDate) { 2026, 5, g_rand_int_range (rand, 1, 19) },
                                       g_rand_int_range (rand, 500, 6000));

          g_free (purchase->shop);
          purchase->shop = g_strdup (shops[g_rand_int_range (rand, 0, 3)]);
        }
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (GPtrArray) one = g_ptr_array_new ();

          g_ptr_array_add (one, purchases->pdata[i]);
          single += best_of (travellers, one);
        }
      started = g_get_monotonic_time ();
      best = best_of (travellers, purchases);
      g_test_message ("%u receipts: %" G_GINT64_FORMAT " us", n, g_get_monotonic_time () - started);
      g_assert_cmpint (g_get_monotonic_time () - started, <, 5 * G_USEC_PER_SEC);
      g_assert_cmpint (best, >=, single);
      /* Shares are rounded down form by form. */
      for (guint offset = 0; offset < 3; offset++)
        g_assert_cmpint (best + (gint64) n, >=, by_windows (travellers, purchases, shops, offset));
    }
}

/* Every way to put the receipts on forms, tried out. */
static gint64
brute_force (const MilPackingItem *items, guint n, const MilPackingRules *rules, guint *group, guint next, guint groups)
{
  gint64 best = 0;

  if (next == n)
    {
      for (guint g = 1; g <= groups; g++)
        {
          gint64   weight = 0, value = 0;
          int      first = G_MAXINT, last = G_MININT, shop = -1;
          guint    count = 0;
          gboolean good = TRUE;

          for (guint i = 0; i < n; i++)
            {
              if (group[i] != g)
                continue;
              good = good && (shop == -1 || items[i].shop == shop);
              shop = items[i].shop;
              first = MIN (first, items[i].day);
              last = MAX (last, items[i].day);
              weight += items[i].weight;
              value += items[i].value;
              count++;
            }
          good = good && weight >= rules->least && (rules->days == 0 || last - first < (int) rules->days)
                 && (rules->most_items == 0 || count <= rules->most_items);
          if (good)
            best += value - rules->fee;
          else
            return 0;
        }
      return best;
    }
  for (guint g = 0; g <= groups + 1; g++)
    {
      gint64 value;

      group[next] = g;
      value = brute_force (items, n, rules, group, next + 1, MAX (groups, g));
      best = MAX (best, value);
    }
  return best;
}

static gint64
value_of (const MilPackingItem *items, guint n, const MilPackingRules *rules, const int *group_of)
{
  gint64 total = 0;

  for (int g = 0; g < (int) n; g++)
    {
      gint64 weight = 0, value = 0;
      guint  count = 0;
      int    first = G_MAXINT, last = G_MININT;

      for (guint i = 0; i < n; i++)
        {
          if (group_of[i] != g)
            continue;
          weight += items[i].weight;
          value += items[i].value;
          first = MIN (first, items[i].day);
          last = MAX (last, items[i].day);
          count++;
        }
      if (count == 0)
        continue;
      g_assert_cmpint (weight, >=, rules->least);
      g_assert_true (rules->days == 0 || last - first < (int) rules->days);
      g_assert_true (rules->most_items == 0 || count <= rules->most_items);
      total += value - rules->fee;
    }
  return total;
}

static void
test_packing_is_exact (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint round = 0; round < 400; round++)
    {
      MilPackingItem  items[7];
      MilPackingRules rules = { 100,
                                round % 4,
                                round % 3 == 0   ? 3
                                : round % 3 == 1 ? 0
                                                 : 2,
                                round % 5 == 0 ? 6 : 0 };
      guint           group[7] = { 0 };
      int             group_of[7];

      for (guint i = 0; i < 7; i++)
        {
          gint64 weight = g_rand_int_range (rand, 5, round % 2 ? 60 : 120);

          items[i] = (MilPackingItem) { weight, weight, g_rand_int_range (rand, 0, 5), g_rand_int_range (rand, 0, 2), -1 };
        }
      g_assert_true (mil_packing_solve (items, 7, &rules, group_of));
      g_assert_cmpint (value_of (items, 7, &rules, group_of), ==, brute_force (items, 7, &rules, group, 0, 0));
    }
}

/* A whole day in one shop, three receipts a form: nothing that could be covered is left out. */
static void
test_packing_of_24 (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint round = 0; round < 60; round++)
    {
      MilPackingItem  items[24];
      MilPackingRules rules = { 10000, 1, 3, 0 };
      int             group_of[24];

      for (guint i = 0; i < 24; i++)
        {
          gint64 weight = g_rand_int_range (rand, 2000, 3400 + (gint32) round * 60);

          items[i] = (MilPackingItem) { weight, weight, 0, 0, -1 };
        }
      g_assert_true (mil_packing_solve (items, 24, &rules, group_of));
      value_of (items, 24, &rules, group_of);
    }
}

static void
test_month_ends (void)
{
  const MilDeadline month_end = { MIL_DEADLINE_PURCHASE_MONTH, 0, 3, FALSE };
  const MilDeadline sixty = { MIL_DEADLINE_PURCHASE, 60, 0, TRUE };
  const MilDeadline month = { MIL_DEADLINE_PURCHASE, 0, 1, TRUE };
  const MilDate     none = { 0 };
  MilDate           day;

  day = mil_deadline_on (&month_end, (MilDate) { 2023, 11, 30 }, none);
  g_assert_cmpint (mil_date_compare (day, (MilDate) { 2024, 2, 29 }), ==, 0);
  day = mil_deadline_on (&month_end, (MilDate) { 2025, 8, 31 }, none);
  g_assert_cmpint (mil_date_compare (day, (MilDate) { 2025, 11, 30 }), ==, 0);
  day = mil_deadline_on (&sixty, (MilDate) { 2026, 1, 1 }, none);
  g_assert_cmpint (mil_date_compare (day, (MilDate) { 2026, 3, 1 }), ==, 0);
  day = mil_deadline_on (&month, (MilDate) { 2026, 1, 31 }, none);
  g_assert_cmpint (mil_date_compare (day, (MilDate) { 2026, 2, 28 }), ==, 0);
  day = mil_deadline_on (&month, (MilDate) { 2026, 1, 28 }, none);
  g_assert_cmpint (mil_date_compare (day, (MilDate) { 2026, 2, 27 }), ==, 0);
}

static void
test_leap_day_rules (void)
{
  const char *const *countries = mil_scheme_book_countries (book);

  /* Every country has an answer for every day: no gap between two versions but those that the data admit. */
  for (guint c = 0; countries[c] != NULL; c++)
    {
      const MilScheme *scheme = mil_scheme_book_find (book, countries[c]);
      const MilRule   *last = scheme->rules->pdata[scheme->rules->len - 1];

      g_assert_false (mil_date_is_set (last->valid_to));
      for (MilDate day = { 2017, 1, 1 }; day.year < 2027; day = mil_date_add_days (day, 1))
        {
          const MilRule *rule = mil_scheme_rule_on (scheme, NULL, day);

          g_assert_nonnull (rule);
          g_assert_true (rule->none || mil_rule_rates (rule, NULL, day) != NULL);
        }
    }
}

static void
test_absurd_sums (void)
{
  g_autoptr (GPtrArray) travellers = one_traveller (), purchases = new_purchases (), verdicts = NULL;

  for (guint i = 0; i < 24; i++)
    add (purchases, "FR", (MilDate) { 2026, 5, 20 }, G_MAXINT64 - i);
  add (purchases, "FR", (MilDate) { 2026, 5, 20 }, G_MININT64);
  verdicts = mil_refund_assess (book, travellers, NULL, purchases, today);
  g_assert_cmpuint (verdicts->len, >, 0);
  for (guint i = 0; i < verdicts->len; i++)
    {
      const MilVerdict *verdict = verdicts->pdata[i];

      g_assert_cmpint (verdict->refund_low.minor, >=, 0);
      g_assert_cmpint (verdict->refund_high.minor, >=, verdict->refund_low.minor);
    }
}

static MilTraveller *
person (const char *id, int age)
{
  MilTraveller *traveller = mil_traveller_new ("US");

  traveller->id = g_strdup (id);
  traveller->age = age;
  return traveller;
}

static const MilHint *
find_hint (GPtrArray *verdicts, const char *code)
{
  for (guint i = 0; i < verdicts->len; i++)
    {
      const MilVerdict *verdict = verdicts->pdata[i];

      for (guint h = 0; h < verdict->hints->len; h++)
        {
          if (g_str_equal (((MilHint *) verdict->hints->pdata[h])->code, code))
            return verdict->hints->pdata[h];
        }
    }
  return NULL;
}

/* 70 of Ann and 60 of Bob miss France's 100 each; in one hand they reach it. */
static void
test_companion (void)
{
  g_autoptr (GPtrArray) travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  g_autoptr (GPtrArray) purchases = new_purchases (), verdicts = NULL;
  const MilHint *hint;

  g_ptr_array_add (travellers, person ("ann", 40));
  g_ptr_array_add (travellers, person ("bob", 41));
  add (purchases, "FR", (MilDate) { 2026, 5, 20 }, 7000)->traveller = g_strdup ("ann");
  add (purchases, "FR", (MilDate) { 2026, 5, 20 }, 6000)->traveller = g_strdup ("bob");
  verdicts = mil_refund_assess (book, travellers, NULL, purchases, today);
  hint = find_hint (verdicts, "companion-pays");
  g_assert_nonnull (hint);
  g_assert_cmpstr (hint->to, ==, "bob");
  g_assert_cmpint (hint->gain_high.minor, >, 0);
}

/* 110 and 60 of Ann are one form; Bob's 60 misses France's 100. With one of Ann's 60, both reach it. */
static void
test_companion_both (void)
{
  g_autoptr (GPtrArray) travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  g_autoptr (GPtrArray) purchases = new_purchases (), verdicts = NULL;
  const MilHint *hint;

  g_ptr_array_add (travellers, person ("ann", 40));
  g_ptr_array_add (travellers, person ("bob", 41));
  add (purchases, "FR", (MilDate) { 2026, 5, 20 }, 11000)->traveller = g_strdup ("ann");
  add (purchases, "FR", (MilDate) { 2026, 5, 20 }, 6000)->traveller = g_strdup ("ann");
  add (purchases, "FR", (MilDate) { 2026, 5, 20 }, 6000)->traveller = g_strdup ("bob");
  verdicts = mil_refund_assess (book, travellers, NULL, purchases, today);
  g_assert_cmpuint (verdicts->len, ==, 2);
  hint = find_hint (verdicts, "companion-pays");
  g_assert_nonnull (hint);
  g_assert_nonnull (strstr (hint->text, "both forms reach the minimum"));
  g_assert_cmpint (hint->gain_high.minor, >, 0);
}

/* On a trip of many receipts those that come to nothing still get their hint, and it does not take long. */
static void
test_companion_crowd (void)
{
  g_autoptr (GPtrArray) travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  g_autoptr (GPtrArray) purchases = new_purchases (), verdicts = NULL;
  gint64 started, took;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%u", i);

      g_ptr_array_add (travellers, person (id, 40));
    }
  for (guint i = 0; i < 60; i++)
    {
      MilPurchase *purchase = add (purchases, "FR", (MilDate) { 2026, 5, 1 + i / 8 }, 3000 + 137 * i);

      g_free (purchase->shop);
      purchase->shop = g_strdup_printf ("Shop %u", i % 5);
      purchase->traveller = g_strdup_printf ("t%u", i % 4);
    }
  started = g_get_monotonic_time ();
  verdicts = mil_refund_assess (book, travellers, NULL, purchases, today);
  took = g_get_monotonic_time () - started;
  g_test_message ("60 receipts of four people: %" G_GINT64_FORMAT " us", took);
  g_assert_nonnull (find_hint (verdicts, "companion-pays"));
  g_assert_cmpint (took, <, 5 * G_USEC_PER_SEC);
}

/* A child's own purchase is lost in France, but not a parent's. */
static void
test_companion_child (void)
{
  g_autoptr (GPtrArray) travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  g_autoptr (GPtrArray) purchases = new_purchases (), verdicts = NULL;
  const MilHint *hint;

  g_ptr_array_add (travellers, person ("kid", 15));
  g_ptr_array_add (travellers, person ("mum", 45));
  add (purchases, "FR", (MilDate) { 2026, 5, 20 }, 12000)->traveller = g_strdup ("kid");
  verdicts = mil_refund_assess (book, travellers, NULL, purchases, today);
  hint = find_hint (verdicts, "companion-pays");
  g_assert_nonnull (hint);
  g_assert_cmpstr (hint->to, ==, "mum");
}

static void
test_preview (void)
{
  g_autoptr (MilTraveller) traveller = person ("ann", 40);
  g_autoptr (MilPurchase) purchase = mil_purchase_new ("p", "FR", (MilDate) { 0 }, mil_money (8760, "EUR"));
  g_autoptr (MilVerdict) verdict = mil_refund_preview (book, traveller, NULL, purchase, today);
  const MilHint *hint;

  g_assert_cmpint (verdict->kind, ==, MIL_VERDICT_NOT_ELIGIBLE);
  g_assert_cmpuint (verdict->hints->len, ==, 1);
  hint = verdict->hints->pdata[0];
  g_assert_cmpint (hint->missing.minor, ==, 1241);
  g_assert_nonnull (verdict->headline);
}

static void
test_preview_pays (void)
{
  g_autoptr (MilTraveller) traveller = person ("ann", 40);
  g_autoptr (MilPurchase) purchase = mil_purchase_new ("p", "FR", (MilDate) { 2030, 1, 1 }, mil_money (12000, "EUR"));
  g_autoptr (MilVerdict) verdict = mil_refund_preview (book, traveller, NULL, purchase, today);

  g_assert_cmpint (verdict->kind, ==, MIL_VERDICT_ELIGIBLE);
  g_assert_cmpint (verdict->refund_high.minor, ==, 2000);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data_dir = NULL;
  int              status;

  g_test_init (&argc, &argv, NULL);
  data_dir = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "data", NULL);
  book = mil_scheme_book_load (data_dir, &error);
  g_assert_no_error (error);
  g_test_add_func ("/refund/properties/more-never-loses", test_more_never_loses);
  g_test_add_func ("/refund/properties/grouping-never-pays-less", test_grouping_never_pays_less);
  g_test_add_func ("/refund/properties/each-receipt-once", test_each_receipt_once);
  g_test_add_func ("/refund/properties/many-small", test_many_small);
  g_test_add_func ("/refund/properties/packing-is-exact", test_packing_is_exact);
  g_test_add_func ("/refund/properties/packing-of-24", test_packing_of_24);
  g_test_add_func ("/refund/properties/month-ends", test_month_ends);
  g_test_add_func ("/refund/properties/no-day-without-rule", test_leap_day_rules);
  g_test_add_func ("/refund/properties/absurd-sums", test_absurd_sums);
  g_test_add_func ("/refund/properties/crowds", test_crowds);
  g_test_add_func ("/refund/companion/shared", test_companion);
  g_test_add_func ("/refund/companion/both", test_companion_both);
  g_test_add_func ("/refund/companion/crowd", test_companion_crowd);
  g_test_add_func ("/refund/companion/child", test_companion_child);
  g_test_add_func ("/refund/preview/missing", test_preview);
  g_test_add_func ("/refund/preview/pays", test_preview_pays);
  status = g_test_run ();
  mil_scheme_book_unref (book);
  return status;
}
