/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "refund/mil-exit-offer.h"
#include "refund/mil-purchase.h"
#include "refund/mil-refund.h"

#include <locale.h>

static MilSchemeBook *book;

static const MilDate today = { 2026, 5, 25 };

static void
add_receipt (GPtrArray *purchases, const char *id, const char *country, MilMoney total)
{
  MilPurchase *purchase = mil_purchase_new (id, country, (MilDate) { 2026, 5, 22 }, total);

  purchase->shop = g_strdup (id);
  g_ptr_array_add (purchases, purchase);
}

/* France (PABLO) and Italy (OTELLO) confirm electronically at their own borders, Germany stamps paper. */
static GPtrArray *
shopping (void)
{
  GPtrArray *purchases = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);

  add_receipt (purchases, "fr", "FR", mil_money (12000, "EUR"));
  add_receipt (purchases, "it", "IT", mil_money (12000, "EUR"));
  add_receipt (purchases, "it2", "IT", mil_money (20000, "EUR"));
  add_receipt (purchases, "de", "DE", mil_money (12000, "EUR"));
  return purchases;
}

static void
add_exit (MilItinerary *itinerary, const char *country, const char *point, MilDate on)
{
  MilExit *leg = mil_itinerary_add_exit (itinerary, country, on);

  leg->point = g_strdup (point);
}

static GPtrArray *
ask (const MilItinerary *itinerary)
{
  g_autoptr (GPtrArray) travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  g_autoptr (GPtrArray) purchases = shopping ();
  MilTraveller *traveller = mil_traveller_new ("US");

  traveller->age = 40;
  g_ptr_array_add (travellers, traveller);
  return mil_refund_other_exits (book, travellers, itinerary, purchases, today);
}

static const MilExitOffer *
find (GPtrArray *offers, const char *country)
{
  for (guint i = 0; i < offers->len; i++)
    {
      const MilExitOffer *offer = offers->pdata[i];

      if (g_str_equal (offer->exit->country, country))
        return offer;
    }
  return NULL;
}

/* "Leave from Rome instead of Paris", with the airport that the trip names; Germany alone is worse. */
static void
test_stops (void)
{
  g_autoptr (MilItinerary) itinerary = mil_itinerary_new ();
  g_autoptr (GPtrArray) offers = NULL;
  g_autofree char    *place = NULL;
  const MilExitOffer *rome, *berlin;

  add_exit (itinerary, "DE", "BER", (MilDate) { 2026, 5, 18 });
  add_exit (itinerary, "IT", "FCO", (MilDate) { 2026, 5, 23 });
  add_exit (itinerary, "FR", "CDG", (MilDate) { 2026, 5, 24 });
  offers = ask (itinerary);
  g_assert_cmpuint (offers->len, ==, 2);
  rome = find (offers, "IT");
  berlin = find (offers, "DE");
  g_assert_true (offers->pdata[0] == rome);
  g_assert_cmpuint (rome->without_paper, ==, 2);
  g_assert_cmpuint (rome->on_paper, ==, 1);
  g_assert_cmpuint (rome->better + rome->worse, ==, 0);
  g_assert_cmpstr (rome->text, ==, "2 forms are confirmed electronically instead of on paper. 1 form needs paper and a stamp instead. 1 place fewer to queue at.");
  g_assert_cmpuint (rome->fewer_queues, ==, 1);
  place = mil_exit_offer_place (rome->exit);
  g_assert_cmpstr (place, ==, "Italy (FCO)");
  g_assert_cmpint (mil_date_compare (rome->exit->on, (MilDate) { 2026, 5, 24 }), ==, 0);
  g_assert_cmpuint (berlin->without_paper, ==, 0);
  g_assert_cmpuint (berlin->on_paper, ==, 1);
  g_assert_cmpuint (berlin->verdicts->len, ==, 4);
}

/* A trip that names one border was in the countries in which it shopped. */
static void
test_shopped (void)
{
  g_autoptr (MilItinerary) itinerary = mil_itinerary_new ();
  g_autoptr (GPtrArray) offers = NULL;

  add_exit (itinerary, "DE", "FRA", (MilDate) { 2026, 5, 24 });
  offers = ask (itinerary);
  g_assert_cmpuint (offers->len, ==, 2);
  g_assert_cmpstr (((MilExitOffer *) offers->pdata[0])->exit->country, ==, "IT");
  g_assert_cmpuint (find (offers, "IT")->without_paper, ==, 2);
  g_assert_cmpuint (find (offers, "FR")->without_paper, ==, 1);
  g_assert_null (find (offers, "FR")->exit->point);
}

/* Danish and Swedish forms are stamped by operators at home, by customs elsewhere: as much money, other steps. */
static void
test_steps_only (void)
{
  g_autoptr (GPtrArray) travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  g_autoptr (GPtrArray) purchases = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);
  g_autoptr (MilItinerary) itinerary = mil_itinerary_new ();
  g_autoptr (GPtrArray) offers = NULL;
  const MilExitOffer *sweden;

  g_ptr_array_add (travellers, mil_traveller_new ("US"));
  ((MilTraveller *) travellers->pdata[0])->age = 40;
  add_receipt (purchases, "se", "SE", mil_money (100000, "SEK"));
  add_receipt (purchases, "dk", "DK", mil_money (100000, "DKK"));
  add_exit (itinerary, "DK", "CPH", (MilDate) { 2026, 5, 24 });
  offers = mil_refund_other_exits (book, travellers, itinerary, purchases, today);
  sweden = find (offers, "SE");
  g_assert_nonnull (sweden);
  g_assert_cmpuint (sweden->better + sweden->worse + sweden->without_paper + sweden->on_paper, ==, 0);
  g_assert_cmpuint (sweden->at_customs, ==, 1);
  g_assert_cmpuint (sweden->at_operator, ==, 1);
  g_assert_cmpuint (sweden->fewer_queues, ==, 0);
  g_assert_cmpstr (sweden->text, ==, "1 form is stamped by customs instead of at the refund operator's desk. 1 form is stamped at the refund operator's desk instead of by customs.");
}

/* A form that is stamped where the others are: one queue less. No more than three of those that only spare trouble. */
static void
test_queues (void)
{
  g_autoptr (GPtrArray) travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  g_autoptr (GPtrArray) purchases = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);
  g_autoptr (MilItinerary) itinerary = mil_itinerary_new ();
  g_autoptr (GPtrArray) offers = NULL;
  static const char *const countries[] = { "GR", "IE", "FI", "PT", "ES" };

  g_ptr_array_add (travellers, mil_traveller_new ("US"));
  ((MilTraveller *) travellers->pdata[0])->age = 40;
  add_receipt (purchases, "dk", "DK", mil_money (100000, "DKK"));
  add_receipt (purchases, "de", "DE", mil_money (12000, "EUR"));
  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    add_exit (itinerary, countries[i], NULL, (MilDate) { 2026, 5, 23 });
  add_exit (itinerary, "DK", "CPH", (MilDate) { 2026, 5, 24 });
  offers = mil_refund_other_exits (book, travellers, itinerary, purchases, today);
  g_assert_cmpuint (offers->len, ==, 3);
  for (guint i = 0; i < offers->len; i++)
    {
      const MilExitOffer *offer = offers->pdata[i];

      g_assert_cmpuint (offer->fewer_queues, ==, 1);
      g_assert_true (g_str_has_suffix (offer->text, "1 place fewer to queue at."));
    }
}

/* What comes after the Union is not its border, and another airport of one country changes nothing. */
static void
test_beyond (void)
{
  g_autoptr (MilItinerary) itinerary = mil_itinerary_new (), outside = mil_itinerary_new ();
  g_autoptr (GPtrArray) offers = NULL, none = NULL;

  add_exit (itinerary, "FR", "ORY", (MilDate) { 2026, 5, 20 });
  add_exit (itinerary, "FR", "CDG", (MilDate) { 2026, 5, 24 });
  add_exit (itinerary, "JP", "NRT", (MilDate) { 2026, 5, 30 });
  offers = ask (itinerary);
  g_assert_nonnull (find (offers, "IT"));
  g_assert_null (find (offers, "FR"));
  g_assert_null (find (offers, "JP"));
  add_exit (outside, "JP", "NRT", (MilDate) { 2026, 5, 30 });
  none = ask (outside);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_copies (void)
{
  g_autoptr (MilItinerary) itinerary = mil_itinerary_new ();
  g_autoptr (GPtrArray) offers = NULL;
  g_autoptr (MilExitOffer) copy = NULL;

  add_exit (itinerary, "FR", NULL, (MilDate) { 2026, 5, 24 });
  offers = ask (itinerary);
  g_assert_cmpuint (offers->len, >, 0);
  copy = mil_exit_offer_copy (offers->pdata[0]);
  g_ptr_array_set_size (offers, 0);
  g_assert_cmpstr (copy->exit->country, ==, "IT");
  g_assert_cmpuint (copy->verdicts->len, ==, 4);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  book = mil_scheme_book_load_installed (&error);
  g_assert_no_error (error);
  g_test_add_func ("/refund/exits/stops", test_stops);
  g_test_add_func ("/refund/exits/shopped", test_shopped);
  g_test_add_func ("/refund/exits/steps-only", test_steps_only);
  g_test_add_func ("/refund/exits/queues", test_queues);
  g_test_add_func ("/refund/exits/beyond", test_beyond);
  g_test_add_func ("/refund/exits/copies", test_copies);
  status = g_test_run ();
  mil_scheme_book_unref (book);
  return status;
}
