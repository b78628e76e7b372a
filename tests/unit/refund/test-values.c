/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "refund/mil-form-needs.h"
#include "refund/mil-goods.h"
#include "refund/mil-itinerary.h"
#include "refund/mil-purchase.h"
#include "refund/mil-verdict.h"

static MilMoney
euro (gint64 cents)
{
  return (MilMoney) { cents, "EUR" };
}

static void
test_goods_names (void)
{
  for (guint i = 0; i <= MIL_GOODS_LAST; i++)
    {
      MilGoods goods;

      g_assert_true (mil_goods_parse (mil_goods_name (i), &goods));
      g_assert_cmpint (goods, ==, i);
      g_assert_nonnull (mil_goods_label (i));
    }
}

static void
test_goods_unknown (void)
{
  MilGoods goods = MIL_GOODS_FOOD;

  g_assert_false (mil_goods_parse ("moon rock", &goods));
  g_assert_cmpint (goods, ==, MIL_GOODS_OTHER);
  g_assert_true (mil_goods_is_service (MIL_GOODS_WARRANTY));
  g_assert_false (mil_goods_is_service (MIL_GOODS_FOOD));
}

static void
test_goods_words (void)
{
  static const struct
  {
    const char *text;
    MilGoods    goods;
  } words[] = {
    { "services", MIL_GOODS_SERVICE },
    { "Gift Cards", MIL_GOODS_GIFT_CARD },
    { "vehicle_parts", MIL_GOODS_VEHICLE_PARTS },
    { "watch", MIL_GOODS_WATCHES },
    { "Jewelry", MIL_GOODS_JEWELLERY },
    { " wine ", MIL_GOODS_ALCOHOL },
    { "CIGARETTE", MIL_GOODS_TOBACCO },
    { "moon rock", MIL_GOODS_OTHER },
    { "s", MIL_GOODS_OTHER },
    { "", MIL_GOODS_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmpint (mil_goods_recognise (words[i].text), ==, words[i].goods);
  for (guint i = 0; i <= MIL_GOODS_LAST; i++)
    g_assert_cmpint (mil_goods_recognise (mil_goods_name (i)), ==, i);
}

static void
test_purchase_copy (void)
{
  g_autoptr (MilPurchase) purchase = mil_purchase_new ("a", "FR", (MilDate) { 2026, 5, 22 }, euro (12000));
  g_autoptr (MilPurchase) copy = NULL;
  MilPurchaseLine *line = mil_purchase_add_line (purchase, MIL_GOODS_FOOD, euro (500));

  line->description = g_strdup ("Tea");
  copy = mil_purchase_copy (purchase);
  line->description[0] = 'S';
  g_assert_cmpstr (copy->id, ==, "a");
  g_assert_cmpuint (copy->lines->len, ==, 1);
  g_assert_cmpstr (((MilPurchaseLine *) copy->lines->pdata[0])->description, ==, "Tea");
}

static void
test_itinerary_copy (void)
{
  g_autoptr (MilItinerary) itinerary = mil_itinerary_new ();
  g_autoptr (MilItinerary) copy = NULL;
  MilExitMode mode;

  mil_itinerary_add_exit (itinerary, "FR", (MilDate) { 2026, 5, 24 })->mode = MIL_EXIT_MODE_RAIL;
  copy = mil_itinerary_copy (itinerary);
  g_assert_cmpstr (((MilExit *) copy->exits->pdata[0])->country, ==, "FR");
  g_assert_true (mil_exit_mode_parse ("rail", &mode));
  g_assert_cmpint (mode, ==, MIL_EXIT_MODE_RAIL);
  g_assert_false (mil_exit_mode_parse ("sledge", &mode));
}

static void
test_verdict_copy (void)
{
  g_autoptr (MilVerdict) verdict = mil_verdict_new ();
  g_autoptr (MilVerdict) copy = NULL;
  MilReason *reason = mil_reason_new ("below-minimum",
                                      MIL_REASON_AGAINST,
                                      g_strdup ("Too little."),
                                      "https://example.org/",
                                      (MilDate) { 2021, 1, 1 });

  mil_reason_add_value (reason, "minimum", "100.00");
  g_ptr_array_add (verdict->reasons, reason);
  g_ptr_array_add (verdict->steps, mil_step_new ("stamp", "Have it stamped."));
  g_ptr_array_add (verdict->hints, mil_hint_new ("spend-more"));
  copy = mil_verdict_copy (verdict);
  g_assert_nonnull (mil_verdict_find_reason (copy, "below-minimum"));
  g_assert_null (mil_verdict_find_reason (copy, "too-young"));
  g_assert_cmpstr (mil_verdict_find_reason (copy, "below-minimum")->values[1], ==, "100.00");
  g_assert_cmpuint (copy->hints->len, ==, 1);
}

static void
test_verdict_names (void)
{
  for (MilVerdictKind kind = MIL_VERDICT_ELIGIBLE; kind <= MIL_VERDICT_UNCERTAIN; kind++)
    {
      MilVerdictKind again;

      g_assert_true (mil_verdict_kind_parse (mil_verdict_kind_name (kind), &again));
      g_assert_cmpint (again, ==, kind);
    }
}

/* By hand from the sources that "form" in data/schemes names. */
static void
test_form_needs (void)
{
  const MilFormNeeds common = MIL_FORM_NEEDS_SURNAME | MIL_FORM_NEEDS_GIVEN_NAMES | MIL_FORM_NEEDS_RESIDENCE
                              | MIL_FORM_NEEDS_NUMBER | MIL_FORM_NEEDS_ISSUER;
  const struct
  {
    const char  *country;
    MilFormNeeds needs;
  } cases[] = {
    /* gov.uk, notes on VAT407; celnisprava.cz; skat.dk 90041; S.I. 639/2010, regulation 15; vatrefundagency.co.za */
    { "GB", common | MIL_FORM_NEEDS_ADDRESS },
    { "CZ", common | MIL_FORM_NEEDS_ADDRESS },
    { "DK", common | MIL_FORM_NEEDS_ADDRESS },
    { "IE", common | MIL_FORM_NEEDS_ADDRESS },
    { "ZA", common | MIL_FORM_NEEDS_ADDRESS },
    /* island.is 1054/2021 */
    { "IS", common | MIL_FORM_NEEDS_ADDRESS | MIL_FORM_NEEDS_NATIONALITY },
    /* biblioteca.afip.gob.ar, resolution 380, article 3; ordinance 641.202.2, article 3; VAT act of Slovakia, section 60 */
    { "AR", common | MIL_FORM_NEEDS_ADDRESS },
    { "CH", common | MIL_FORM_NEEDS_ADDRESS },
    { "SK", common | MIL_FORM_NEEDS_ADDRESS },
    /* nuvoni.helpscoutdocs.com and Maasmechelen; impact.gr; portaldasfinancas.gov.pt 00642; Global Blue's guide of 2015 */
    { "BE", common | MIL_FORM_NEEDS_ADDRESS },
    { "GR", common | MIL_FORM_NEEDS_ADDRESS },
    { "PT", common | MIL_FORM_NEEDS_BORN },
    { "MY", common },
    /* nta.go.jp; tax-free-easy.com; the operators' services for DIVA and PABLO */
    { "JP", common | MIL_FORM_NEEDS_BORN | MIL_FORM_NEEDS_NATIONALITY },
    { "HU", common | MIL_FORM_NEEDS_NATIONALITY },
    { "ES", common | MIL_FORM_NEEDS_BORN },
    { "FR", common | MIL_FORM_NEEDS_BORN | MIL_FORM_NEEDS_NATIONALITY | MIL_FORM_NEEDS_EXPIRY | MIL_FORM_NEEDS_ADDRESS },
    /* abf.gov.au: who bought, and residents claim as well */
    { "AU", MIL_FORM_NEEDS_SURNAME | MIL_FORM_NEEDS_GIVEN_NAMES | MIL_FORM_NEEDS_NUMBER },
    /* vrtweb.rd.go.th; douane.nl */
    { "TH", common },
    { "NL", common },
    /* no scheme of ours */
    { "US", common },
    { NULL, common },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].country != NULL ? cases[i].country : "nowhere");
      g_assert_cmphex (mil_form_needs (cases[i].country), ==, cases[i].needs);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refund/goods/names", test_goods_names);
  g_test_add_func ("/refund/goods/unknown", test_goods_unknown);
  g_test_add_func ("/refund/goods/words", test_goods_words);
  g_test_add_func ("/refund/values/goods-words", test_goods_words);
  g_test_add_func ("/refund/purchase/copy", test_purchase_copy);
  g_test_add_func ("/refund/itinerary/copy", test_itinerary_copy);
  g_test_add_func ("/refund/verdict/copy", test_verdict_copy);
  g_test_add_func ("/refund/verdict/names", test_verdict_names);
  g_test_add_func ("/refund/form/needs", test_form_needs);
  return g_test_run ();
}
