/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the engine takes: verdicts for a trip of 500 receipts, the exact grouping of 24, loading the rules. */

#include "refund/mil-refund.h"

#include <stdio.h>
#include <time.h>

#define RUNS 9

/* Of this thread, in microseconds: on a busy machine the clock on the wall tells about the others. */
static gint64
cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static GPtrArray *
new_purchases (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);
}

static GPtrArray *
new_travellers (void)
{
  GPtrArray    *travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  MilTraveller *traveller = mil_traveller_new ("US");

  traveller->age = 40;
  traveller->nationality = g_strdup ("US");
  g_ptr_array_add (travellers, traveller);
  return travellers;
}

static void
add (GPtrArray *purchases, const MilScheme *scheme, MilDate date, gint64 major, guint shop)
{
  g_autofree char *id = g_strdup_printf ("%u", purchases->len);
  g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT, major);
  MilMoney         total = { 0 };
  MilPurchase     *purchase;

  if (!mil_money_parse (amount, scheme->currency, &total, NULL))
    g_error ("%s is no amount of %s", amount, scheme->currency);
  purchase = mil_purchase_new (id, scheme->country, date, total);
  purchase->shop = g_strdup_printf ("Shop %u", shop);
  g_ptr_array_add (purchases, purchase);
}

/* A long trip through all countries of the book. */
static GPtrArray *
make_trip (MilSchemeBook *book, guint n, GRand *rand)
{
  const char *const *countries = mil_scheme_book_countries (book);
  guint              n_countries = g_strv_length ((GStrv) countries);
  GPtrArray         *purchases = new_purchases ();

  for (guint i = 0; i < n; i++)
    add (purchases,
         mil_scheme_book_find (book, countries[g_rand_int_range (rand, 0, n_countries)]),
         mil_date_add_days ((MilDate) { 2026, 5, 1 }, g_rand_int_range (rand, 0, 60)),
         g_rand_int_range (rand, 5, 4000),
         g_rand_int_range (rand, 0, 6));
  return purchases;
}

static GPtrArray *
make_cluster (MilSchemeBook *book, const char *country, guint n, guint days, int least, int most, GRand *rand)
{
  GPtrArray *purchases = new_purchases ();

  for (guint i = 0; i < n; i++)
    add (purchases,
         mil_scheme_book_find (book, country),
         mil_date_add_days ((MilDate) { 2026, 5, 1 }, g_rand_int_range (rand, 0, days)),
         g_rand_int_range (rand, least, most),
         0);
  return purchases;
}

static void
measure (const char *name, MilSchemeBook *book, GPtrArray *purchases)
{
  g_autoptr (GPtrArray) travellers = new_travellers ();

  for (guint i = 0; i < RUNS; i++)
    {
      gint64 began = cpu_time ();
      g_autoptr (GPtrArray) verdicts = mil_refund_assess (book, travellers, NULL, purchases, (MilDate) { 2026, 11, 22 });
      gint64 took = cpu_time () - began;

      g_assert_cmpuint (verdicts->len, >, 0);
      printf ("{\"name\": \"%s\", \"value\": %.3f, \"unit\": \"ms\", \"note\": \"CPU time\"}\n", name, took / 1000.0);
    }
}

static void
measure_load (void)
{
  for (guint i = 0; i < RUNS; i++)
    {
      gint64 began = cpu_time ();
      g_autoptr (MilSchemeBook) book = mil_scheme_book_load_installed (NULL);

      g_assert_nonnull (book);
      printf ("{\"name\": \"refund: all rules read\", \"value\": %.3f, \"unit\": \"ms\", \"note\": \"CPU "
              "time\"}\n",
              (cpu_time () - began) / 1000.0);
    }
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilSchemeBook) book = mil_scheme_book_load_installed (&error);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) trip = NULL, days = NULL, triples = NULL, scarce = NULL;

  if (book == NULL)
    {
      fprintf (stderr, "bench-refund: %s\n", error->message);
      return 1;
    }
  trip = make_trip (book, 500, rand);
  days = make_cluster (book, "FR", 24, 6, 15, 60, rand);
  triples = make_cluster (book, "SG", 24, 1, 20, 60, rand);
  scarce = make_cluster (book, "SG", 24, 1, 22, 38, rand);
  measure ("refund: verdicts of 500 receipts", book, trip);
  measure ("refund: 24 receipts of a shop over 6 days", book, days);
  measure ("refund: 24 receipts, three a form", book, triples);
  measure ("refund: 24 receipts, three a form, few fit", book, scarce);
  measure_load ();
  return 0;
}
