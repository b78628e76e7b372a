/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Holds the engine and the rules that come with the program against cases.txt, which was written by hand from
 * the sources that its last column names. */

#include "refund/mil-refund.h"

#include <locale.h>
#include <string.h>

typedef struct
{
  MilSchemeBook *book;
  char          *line;
  guint          number;
} Case;

static const MilDate today = { 2026, 11, 22 };

static MilDate
date_of (const char *text)
{
  MilDate date = { 0 };
  g_autoptr (GError) error = NULL;

  mil_date_parse (text, &date, &error);
  g_assert_no_error (error);
  return date;
}

static void
split_place (const char *text, char **country, char **region)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);

  *country = g_strdup (parts[0]);
  *region = parts[1] != NULL ? g_strdelimit (g_strdup (parts[1]), "_", ' ') : NULL;
}

static void
set_flag (MilTraveller *traveller, const char *word)
{
  const char *const names[] = { "crew",    "diplomat", "military", "worker",
                                "student", "permit",   "moving",   "trade" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i], word))
        {
          traveller->flags |= 1u << i;
          return;
        }
    }
  g_error ("nobody knows what \"%s\" says of a person", word);
}

/* "CN 34 nat=KR stay=200 crew" */
static MilTraveller *
read_person (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ", -1);
  MilTraveller *traveller = mil_traveller_new (NULL);

  if (!g_str_equal (words[0], "?"))
    split_place (words[0], &traveller->residence, &traveller->region);
  for (guint i = 1; words[i] != NULL; i++)
    {
      if (g_str_has_prefix (words[i], "nat="))
        traveller->nationality = g_strdup (words[i] + 4);
      else if (g_str_has_prefix (words[i], "stay="))
        traveller->stay_days = atoi (words[i] + 5);
      else if (g_str_has_prefix (words[i], "abroad="))
        traveller->abroad_months = atoi (words[i] + 7);
      else if (g_ascii_isdigit (words[i][0]))
        traveller->age = atoi (words[i]);
      else
        set_flag (traveller, words[i]);
    }
  return traveller;
}

static void
read_option (MilPurchase *purchase, const char *word, MilPurchaseLine **line)
{
  const char *value = strchr (word, '=') + 1;
  MilGoods    goods;

  if (g_str_has_prefix (word, "shop="))
    {
      g_free (purchase->shop);
      purchase->shop = g_strdup (value);
    }
  else if (g_str_has_prefix (word, "id="))
    {
      g_free (purchase->id);
      purchase->id = g_strdup (value);
    }
  else if (g_str_has_prefix (word, "city="))
    purchase->city = g_strdelimit (g_strdup (value), "_", ' ');
  else if (g_str_has_prefix (word, "mall="))
    purchase->mall = g_strdup (value);
  else if (g_str_has_prefix (word, "vat="))
    purchase->vat_id = g_strdup (value);
  else if (g_str_has_prefix (word, "date="))
    purchase->date = date_of (value);
  else if (g_str_has_prefix (word, "tax="))
    mil_money_parse (value, purchase->total.currency, &purchase->tax, NULL);
  else if (g_str_has_prefix (word, "cat="))
    {
      g_assert_true (mil_goods_parse (value, &goods));
      *line = mil_purchase_add_line (purchase, goods, purchase->total);
    }
  else if (g_str_has_prefix (word, "pieces="))
    (*line)->quantity = atoi (value);
  else if (g_str_has_prefix (word, "rate="))
    (*line)->has_vat_rate = mil_decimal_parse (value, &(*line)->vat_rate, NULL);
  else
    g_error ("nobody knows what \"%s\" says of a receipt", word);
}

/* "60.00 EUR shop=A cat=food ; 40.00 EUR" */
static GPtrArray *
read_receipts (const char *place, const char *day, const char *text)
{
  g_auto (GStrv) receipts = g_strsplit (text, ";", -1);
  GPtrArray *purchases = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);

  for (guint i = 0; receipts[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (g_strstrip (receipts[i]), " ", -1);
      g_autofree char *id = g_strdup_printf ("%u", i + 1);
      g_autofree char *country = NULL;
      g_autoptr (GError) error = NULL;
      MilPurchaseLine *line = NULL;
      MilPurchase     *purchase;
      MilMoney         total;
      char            *region;

      split_place (place, &country, &region);
      mil_money_parse (words[0], words[1], &total, &error);
      g_assert_no_error (error);
      purchase = mil_purchase_new (id, country, date_of (day), total);
      purchase->region = region;
      purchase->shop = g_strdup ("Shop");
      for (guint w = 2; words[w] != NULL; w++)
        read_option (purchase, words[w], &line);
      g_ptr_array_add (purchases, purchase);
    }
  return purchases;
}

/* "FR 2026-05-24 air to=US", "-" */
static MilItinerary *
read_exit (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ", -1);
  MilItinerary *itinerary;
  MilExit      *leg;

  if (g_str_equal (words[0], "-"))
    return NULL;
  itinerary = mil_itinerary_new ();
  leg = mil_itinerary_add_exit (itinerary, NULL, (MilDate) { 0 });
  split_place (words[0], &leg->country, &leg->region);
  for (guint i = 1; words[i] != NULL; i++)
    {
      if (g_ascii_isdigit (words[i][0]))
        leg->on = date_of (words[i]);
      else if (g_str_has_prefix (words[i], "to="))
        leg->to = g_strdup (words[i] + 3);
      else if (g_str_has_prefix (words[i], "arrived="))
        itinerary->arrived = date_of (words[i] + 8);
      else
        g_assert_true (mil_exit_mode_parse (words[i], &leg->mode));
    }
  return itinerary;
}

static void
assert_date (MilDate date, const char *expected)
{
  g_autofree char *text = mil_date_is_set (date) ? mil_date_to_string (date) : g_strdup ("none");

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
has_step (const MilVerdict *verdict, const char *code)
{
  for (guint i = 0; i < verdict->steps->len; i++)
    {
      if (g_str_equal (((MilStep *) verdict->steps->pdata[i])->code, code))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_hint (const MilVerdict *verdict, const char *code)
{
  for (guint i = 0; i < verdict->hints->len; i++)
    if (g_str_equal (((MilHint *) verdict->hints->pdata[i])->code, code))
      return TRUE;
  return FALSE;
}

static void
check_amount (MilMoney money, const char *expected)
{
  g_autofree char *text = mil_money_to_decimal (money);

  g_assert_cmpstr (text, ==, expected);
}

static MilMoney
missing_of (const MilVerdict *verdict)
{
  g_assert_cmpuint (verdict->hints->len, >, 0);
  if (verdict->hints->len == 0)
    return (MilMoney) { 0 };
  return ((MilHint *) verdict->hints->pdata[0])->missing;
}

/* "not-eligible below-minimum by=2026-08-31 tax=16.66" */
static void
check (const MilVerdict *verdict, GPtrArray *verdicts, const char *expected)
{
  g_auto (GStrv) words = g_strsplit_set (expected, " ", -1);

  g_assert_cmpstr (mil_verdict_kind_name (verdict->kind), ==, words[0]);
  for (guint i = 1; words[i] != NULL; i++)
    {
      const char *value = strchr (words[i], '=');

      if (g_str_has_prefix (words[i], "by="))
        assert_date (verdict->export_by, value + 1);
      else if (g_str_has_prefix (words[i], "rule="))
        assert_date (verdict->rule_valid_from, value + 1);
      else if (g_str_has_prefix (words[i], "money-by="))
        assert_date (verdict->refund_by, value + 1);
      else if (g_str_has_prefix (words[i], "forms="))
        g_assert_cmpint (verdicts->len, ==, atoi (value + 1));
      else if (g_str_has_prefix (words[i], "tax="))
        check_amount (verdict->tax, value + 1);
      else if (g_str_has_prefix (words[i], "low="))
        check_amount (verdict->refund_low, value + 1);
      else if (g_str_has_prefix (words[i], "high="))
        check_amount (verdict->refund_high, value + 1);
      else if (g_str_has_prefix (words[i], "missing="))
        check_amount (missing_of (verdict), value + 1);
      else if (g_str_has_prefix (words[i], "scheme="))
        g_assert_cmpstr (verdict->scheme, ==, value + 1);
      else if (g_str_has_prefix (words[i], "hint="))
        g_assert_true (has_hint (verdict, value + 1));
      else if (g_str_has_prefix (words[i], "no-hint="))
        g_assert_false (has_hint (verdict, value + 1));
      else if (g_str_has_prefix (words[i], "step="))
        g_assert_true (has_step (verdict, value + 1));
      else
        g_assert_nonnull (mil_verdict_find_reason (verdict, words[i]));
    }
}

static void
run_case (gconstpointer data)
{
  const Case *self = data;
  g_auto (GStrv) fields = g_strsplit (self->line, "|", -1);
  g_autoptr (GPtrArray) travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  g_autoptr (GPtrArray) purchases = NULL, verdicts = NULL;
  g_autoptr (MilItinerary) itinerary = NULL;

  g_assert_cmpuint (g_strv_length (fields), ==, 7);
  for (guint i = 0; fields[i] != NULL; i++)
    g_strstrip (fields[i]);
  g_assert_cmpstr (fields[6], !=, "");
  purchases = read_receipts (fields[0], fields[1], fields[2]);
  g_ptr_array_add (travellers, read_person (fields[3]));
  itinerary = read_exit (fields[4]);
  verdicts = mil_refund_assess (self->book, travellers, itinerary, purchases, today);
  g_assert_cmpuint (verdicts->len, >, 0);
  g_test_message ("line %u: %s", self->number, self->line);
  check (verdicts->pdata[0], verdicts, fields[5]);
}

static void
add_cases (MilSchemeBook *book, GPtrArray *cases, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      Case            *one;
      g_autofree char *path = NULL;

      if (g_strstrip (lines[i])[0] == '\0' || lines[i][0] == '#')
        continue;
      one = g_new0 (Case, 1);
      one->book = book;
      one->line = g_strdup (lines[i]);
      one->number = i + 1;
      g_ptr_array_add (cases, one);
      path = g_strdup_printf ("/refund/table/%.2s/%u", one->line, one->number);
      g_test_add_data_func (path, one, run_case);
    }
}

static void
case_free (Case *one)
{
  g_free (one->line);
  g_free (one);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func ((GDestroyNotify) case_free);
  g_autoptr (MilSchemeBook) book = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *data_dir = NULL, *text = NULL;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  /* One case that fails does not hide the others. */
  g_test_set_nonfatal_assertions ();
  data_dir = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "data", NULL);
  book = mil_scheme_book_load (data_dir, &error);
  g_assert_no_error (error);
  path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "tests", "unit", "refund", "cases.txt", NULL);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  add_cases (book, cases, text);
  return g_test_run ();
}
