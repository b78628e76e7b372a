/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-amount.h"
#include "scan/mil-label.h"
#include "scan/mil-moment.h"
#include "scan/mil-receipt-language.h"
#include "scan/mil-receipt-reader.h"
#include "scan/mil-row-stitch.h"
#include "scan/mil-vat-number.h"

static const MilDate today = { 2026, 11, 22 };

static void
assert_amounts (const char *text, guint exponent, const char *expected)
{
  g_autoptr (GArray) amounts = mil_amounts_find (text, exponent);
  g_autoptr (GString) found = g_string_new (NULL);
  for (guint i = 0; i < amounts->len; i++)
    {
      const MilAmount *amount = &g_array_index (amounts, MilAmount, i);
      g_string_append_printf (found, "%s%" G_GINT64_FORMAT "%s", i > 0 ? " " : "", amount->digits, amount->is_rate ? "%" : "");
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_amounts (void)
{
  assert_amounts ("TOTAL RM 12.30", 2, "1230");
  assert_amounts ("Summe EUR 1.234,56", 2, "123456");
  assert_amounts ("CHF 1'234.50", 2, "123450");
  assert_amounts ("2 x 1,50  3,00 A", 2, "150 300");
  assert_amounts ("RM12.30SR", 2, "1230");
  assert_amounts ("discount -1.73 5,00- (2.00)", 2, "-173 -500 -200");
  assert_amounts ("12. 30 and 7 ,25", 2, "1230 725");
  assert_amounts ("1O,5O", 2, "1050");
  assert_amounts ("02.03.2020 12:30:15 0.345 kg", 2, "");
  assert_amounts ("19,00% 3,10", 2, "1900% 310");
  assert_amounts ("합계 12,300", 0, "12300");
  assert_amounts ("123456789012.30", 2, "");
  assert_amounts ("TOTAL RMS. OO", 2, "500");
  assert_amounts ("GST 6% RMO, 28", 2, "28");
  assert_amounts ("EURI2,5O", 2, "1250");
  assert_amounts ("FARMS. OO", 2, "");
  assert_amounts ("合計 \\2。 449", 0, "2449");
  assert_amounts ("クレジット W3, 944", 0, "3944");
  assert_amounts ("TOTAL 2, 449", 2, "");
}

static void
assert_date (const char *text, const char *expected)
{
  g_autoptr (GArray) dates = mil_dates_find (text, today, MIL_DATE_DAY_FIRST);
  if (expected == NULL)
    {
      g_assert_cmpuint (dates->len, ==, 0);
      return;
    }
  g_assert_cmpuint (dates->len, ==, 1);
  g_autofree char *iso = mil_date_to_string (g_array_index (dates, MilMoment, 0).date);
  g_assert_cmpstr (iso, ==, expected);
}

static void
test_dates (void)
{
  assert_date ("Date: 25/12/2018 8:13:39 PM", "2018-12-25");
  assert_date ("02.03,2020", "2020-03-02");
  assert_date ("OS-05-18", "2018-05-05");
  assert_date ("NOS-05-18", NULL);
  assert_date ("12 .03. 2024", "2024-03-12");
  assert_date ("07-06-16", "2016-06-07");
  assert_date ("5 MAR 24", "2024-03-05");
  assert_date ("March 12, 2024", "2024-03-12");
  assert_date ("2nd May 2019", "2019-05-02");
  assert_date ("2024-03-05", "2024-03-05");
  assert_date ("2024年3月5日", "2024-03-05");
  assert_date ("12/31/2019", "2019-12-31");
  assert_date ("80101911/26.06.2025", NULL);
  assert_date ("Bon 4711 25.04.2617", NULL);
  assert_date ("23.11.2026", NULL);
  assert_date ("31.02.2020", NULL);
  assert_date ("192.168.10.20", NULL);
  assert_date ("25/Feu/2017 07:43", "2017-02-25");
  assert_date ("25/Jux/2017", NULL);
  assert_date ("DATE: 20/03/20%¢", NULL);
  assert_date ("Datert1/03/18 21:30", NULL);
  assert_date ("Dater11/03/18 21:30", "2018-03-11");
  assert_date ("14fMay/2017 02:56:39", "2017-05-14");
  assert_date ("{4/May/2017", NULL);
  assert_date ("20180428/191204", "2018-04-28");
  assert_date ("No 00440010036 25032018 13:11:54", "2018-03-25");
  assert_date ("No 25032018", NULL);
  assert_date ("令和 8 年11月 7日 21:14", "2026-11-07");
  assert_date ("中華民國115年1月9日", "2026-01-09");
  assert_date ("令和 9 年1月 7日", NULL);
}

static void
test_times (void)
{
  g_autofree char *evening = mil_time_find ("25/12/2018 8:13:39 PM", NULL, NULL);
  g_assert_cmpstr (evening, ==, "20:13:39");
  g_autofree char *german = mil_time_find ("um 14.05 Uhr", NULL, NULL);
  g_assert_cmpstr (german, ==, "14:05");
  g_assert_null (mil_time_find ("EUR 12.30", NULL, NULL));
}

static void
test_labels (void)
{
  static const struct
  {
    const char *text;
    MilLabel    label;
  } rows[] = { { "TOTAL 12.30", MIL_LABEL_TOTAL },
               { "T0TAI", MIL_LABEL_TOTAL },
               { "Sub Total", MIL_LABEL_SUBTOTAL },
               { "Total Incl. GST", MIL_LABEL_FINAL },
               { "Total Excl. GST", MIL_LABEL_SUBTOTAL },
               { "Total GST", MIL_LABEL_TAX },
               { "TotalGST 1.20", MIL_LABEL_TAX },
               { "Amount To Be Paid : 12.30", MIL_LABEL_FINAL },
               { "TTL CASH RM 12.30", MIL_LABEL_TOTAL },
               { "Rounding Adj", MIL_LABEL_ROUNDING },
               { "Rounded Total (RM)", MIL_LABEL_FINAL },
               { "Zu zahlen", MIL_LABEL_FINAL },
               { "Rückgeld EUR", MIL_LABEL_CHANGE },
               { "Bar EUR", MIL_LABEL_CASH },
               { "BARGAIN SHOES", MIL_LABEL_NONE },
               { "TOTALE COMPLESSIVO", MIL_LABEL_FINAL },
               { "합계 금액", MIL_LABEL_FINAL },
               { "小計", MIL_LABEL_SUBTOTAL },
               { "合計", MIL_LABEL_TOTAL },
               { "价税合计(小写)", MIL_LABEL_FINAL },
               { "消費税合計", MIL_LABEL_TAX },
               { "Total Qty", MIL_LABEL_COUNT },
               { "TOTAL QUANTITY 4", MIL_LABEL_COUNT },
               { "Net Amt : 53.55", MIL_LABEL_FINAL },
               { "Sales (Inclusive GST) 11.40", MIL_LABEL_FINAL },
               { "Amount Incl. GST 5.00", MIL_LABEL_FINAL },
               { "lotal After Adj Toc] GST 88.95", MIL_LABEL_FINAL },
               { "SR @ 6% 83.93 5.04", MIL_LABEL_TAX },
               { "TEA 1 3.18 3.18 SR", MIL_LABEL_NONE },
               { "Whole milk", MIL_LABEL_NONE } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (mil_label_classify (rows[i].text), ==, rows[i].label);
    }
}

static void
test_vat_numbers (void)
{
  static const char *const valid[][2] = {
    { "DE", "136695976" },  { "AT", "13585627" },     { "FR", "83404833048" }, { "IT", "00743110157" },
    { "ES", "A58818501" },  { "NL", "004495445B01" }, { "PT", "501964843" },   { "BE", "0428759497" },
    { "GB", "980780684" },  { "CH", "100155212" },    { "KR", "1208147521" },  { "AU", "51824753556" },
    { "PL", "8567346215" }, { "DK", "13585628" },     { "LU", "15027442" },    { "JP", "7000012050002" }
  };
  for (guint i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_test_message ("%s %s", valid[i][0], valid[i][1]);
      g_assert_true (mil_vat_number_is_valid (valid[i][0], valid[i][1]));
      g_autofree char *wrong = g_strdup (valid[i][1]);
      wrong[5] = wrong[5] == '9' ? '0' : wrong[5] + 1;
      g_assert_false (mil_vat_number_is_valid (valid[i][0], wrong));
    }

  g_autofree char *number = NULL;
  const char      *country = NULL;
  gsize            start, end;
  g_assert_true (mil_vat_number_find ("UST-ID: DE 136 695 976 Kasse 2", &number, &country, &start, &end));
  g_assert_cmpstr (number, ==, "136695976");
  g_assert_cmpstr (country, ==, "DE");
  g_assert_cmpuint (start, ==, 8);
  g_assert_cmpuint (end, ==, 22);
}

static MilReceipt *
read_text (const char *text)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text (text);
  return mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
}

static void
assert_amount (const MilReceipt *receipt, MilReceiptField field, const char *expected)
{
  g_assert_true (mil_receipt_has (receipt, field));
  g_autofree char *text = mil_decimal_to_string (receipt->amounts[field]);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_year_first (void)
{
  g_autoptr (GArray) dates = mil_dates_find ("26/11/08 19:40", today, MIL_DATE_YEAR_FIRST);
  g_assert_cmpuint (dates->len, ==, 1);
  g_autofree char *iso = mil_date_to_string (g_array_index (dates, MilMoment, 0).date);
  g_assert_cmpstr (iso, ==, "2026-11-08");
  /* Nothing says that this one stands in another order. */
  g_autoptr (GArray) none = mil_dates_find ("08/11/26", today, MIL_DATE_YEAR_FIRST);
  g_assert_cmpuint (none->len, ==, 0);
  /* Only where the letters are of the country, too: this is the 24th of January. */
  g_autoptr (MilReceipt) malaysian = read_text (
      "MR. TOKO\nCNY DECO 10.90\nCNY CARD 7.90\nCNY 18.80\nTOTAL 18.80\n24-01-16 11:44\n");
  g_assert_cmpint (malaysian->date.year, ==, 2016);
  g_autoptr (MilReceipt) korean = read_text (
      "청춘식당\n[영수증]\n판매일: 24/01/16\n합계금액 33,000\n현금 40,000\n거스름돈 7,000\n");
  g_assert_cmpint (korean->date.year, ==, 2024);
  g_autoptr (GArray) whole = mil_dates_find ("08/11/2026", today, MIL_DATE_YEAR_FIRST);
  g_assert_cmpuint (whole->len, ==, 1);
}

static void
test_german (void)
{
  g_autoptr (MilReceipt) receipt = read_text (
      "Bäckerei Abendrot GmbH\nHauptstr. 12\n33100 Paderborn\nUST-ID: DE136695976\n"
      "Roggenbrot          3,20 A\nKaffee  2 x 1,50    3,00 B\nSUMME EUR           6,20\n"
      "Bar                10,00\nRückgeld            3,80\n"
      "A 7,0% 2,99 0,21 3,20\nB 19,0% 2,52 0,48 3,00\n02.03,2020 14:05\n");
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "6.20");
  g_assert_true (mil_receipt_is_well_supported (receipt, MIL_RECEIPT_TOTAL));
  g_assert_true (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_CHANGE);
  g_assert_true (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_ITEMS);
  g_assert_true (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_VAT);
  assert_amount (receipt, MIL_RECEIPT_PAID, "10.00");
  assert_amount (receipt, MIL_RECEIPT_CHANGE, "3.80");
  g_assert_cmpstr (receipt->currency, ==, "EUR");
  g_assert_cmpstr (receipt->merchant, ==, "Bäckerei Abendrot GmbH");
  g_assert_cmpstr (receipt->vat_number, ==, "136695976");
  g_assert_cmpstr (receipt->time, ==, "14:05");
  g_autofree char *date = mil_date_to_string (receipt->date);
  g_assert_cmpstr (date, ==, "2020-03-02");
  g_assert_cmpuint (receipt->lines->len, ==, 2);
  const MilReceiptLine *coffee = g_ptr_array_index (receipt->lines, 1);
  g_assert_cmpint (coffee->quantity.digits, ==, 2);
  g_assert_cmpint (coffee->price.digits, ==, 150);
  g_assert_cmpstr (coffee->vat_class, ==, "B");
  g_assert_cmpuint (receipt->vat->len, ==, 2);
  MilMoney money;
  g_assert_true (mil_receipt_get_money (receipt, MIL_RECEIPT_TOTAL, &money));
  g_assert_cmpint (money.minor, ==, 620);
  g_assert_true (mil_receipt_is_plausible (receipt));
}

static void
test_rounding (void)
{
  g_autoptr (MilReceipt) receipt = read_text ("KEDAI BUKU SDN BHD\nPen 23.26\nTotal 23.26\nRounding Adj "
                                              "-0.01\nTotal 23.25\nCash 50.00\nChange 26.75\n");
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "23.25");
  g_assert_true (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_ROUNDING);
  g_assert_cmpstr (receipt->currency, ==, "MYR");
}

static void
test_cash_is_no_total (void)
{
  g_autoptr (MilReceipt) receipt = read_text (
      "SHOP\nTea 4.20\nTotal 4.20\nCash Tendered 100.00\nChange 95.80\n");
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "4.20");
}

/* Gives the row that starts with @first other readings, a line each. */
static void
add_readings (GPtrArray *rows, const char *first, const char *others)
{
  for (guint i = 0; i < rows->len; i++)
    {
      MilRow *row = g_ptr_array_index (rows, i);
      if (g_str_has_prefix (row->text, first))
        row->others = mil_rows_from_text (others);
    }
}

static void
test_readings_are_counted (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text ("SHOP\nTea 22.25\nNET TOTAL 2.24\nDate 27/08/2018\n");
  add_readings (rows, "NET", "NET TOTAL 22.25\nNET TOTAL 22.25\nNET TOTAL 22 .25\n");
  add_readings (rows, "Date", "Date 27/05/2018\nDate 27/05/2018\nDate 27/06/2018\n");
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "22.25");
  g_autofree char *date = mil_date_to_string (receipt->date);
  g_assert_cmpstr (date, ==, "2018-05-27");
}

static void
test_readings_that_differ (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text ("SHOP\nTotal 2.24\nDate 27/08/2018\n");
  add_readings (rows, "Total", "Total 22.25\nTotal 8.29\nTotal 8.25\n");
  add_readings (rows, "Date", "Date 27/05/2018\nDate 27/06/2018\nDate 21/06/2018\n");
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  g_assert_false (mil_receipt_has (receipt, MIL_RECEIPT_TOTAL));
  g_assert_false (mil_receipt_has (receipt, MIL_RECEIPT_DATE));
}

/* What one reading has of the cash and another of the change makes the total sure. */
static void
test_readings_make_sums (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text (
      "SHOP SDN BHD\nTotal RM 10.00\nCash RM 26.00\nChange RM 8.40\n");
  add_readings (rows, "Cash", "Cash RM 20.00\nCash RM 20.00\nCash RM 28.00\n");
  add_readings (rows, "Change", "Change RM &.40\nChange RM 9.40\nChange RM 9.40\n");
  add_readings (rows, "Total", "Total RM 10.60\nTotal RM 10.00\nTotal RM 1C.00\n");
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "10.60");
}

static void
test_parts_exceed_total (void)
{
  g_autoptr (MilReceipt) misread = read_text ("SHOP\nNoodles 21.00\nSub Total 21.00\nTotal 2.24\n");
  g_assert_false (mil_receipt_has (misread, MIL_RECEIPT_TOTAL) && misread->amounts[MIL_RECEIPT_TOTAL].digits == 224);
  g_autoptr (MilReceipt) heading = read_text (
      "SHOP\nITEM QTY DISC% (RM)\nNoodles 21.00\nSub Total 21.00\nTotal 2.24\n");
  g_assert_false (mil_receipt_has (heading, MIL_RECEIPT_TOTAL) && heading->amounts[MIL_RECEIPT_TOTAL].digits == 224);
  g_autoptr (MilReceipt) reduced = read_text (
      "SHOP\nNoodles 21.00\nSub Total 21.00\nDiscount 10.00\nTotal 11.00\n");
  assert_amount (reduced, MIL_RECEIPT_TOTAL, "11.00");
}

static void
test_rounded_sum (void)
{
  g_autoptr (MilReceipt) shown = read_text ("KEDAI SDN BHD\nTotal Sales RM 14.38\nRounding RM 14.40\n");
  assert_amount (shown, MIL_RECEIPT_TOTAL, "14.40");
  g_autoptr (MilReceipt) small = read_text (
      "KEDAI SDN BHD\nTotal RM 14.38\nRounding Adj .02\nTotal RM 14.40\n");
  assert_amount (small, MIL_RECEIPT_TOTAL, "14.40");
  g_assert_true (small->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_ROUNDING);
}

static void
test_paid_exactly (void)
{
  g_autoptr (MilReceipt) receipt = read_text (
      "SHOP\n(Inclusive of GST) : 599.45\nCASH : 599.45\nChange : 0.00\n");
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "599.45");
}

/* With a card nothing is given back: a price that a label hardly names, and the same by card, are what was paid. */
static void
test_paid_by_card (void)
{
  g_autoptr (MilReceipt) twice = read_text (
      "LADEN GMBH\nApfelsaft 0,89 B\nKuchen 12,30 B\nHAUS PREIS 13,19\nMastercard EUR 13,19\n");
  assert_amount (twice, MIL_RECEIPT_TOTAL, "13.19");
  g_assert_true (twice->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_CHANGE);
  g_autoptr (MilReceipt) once = read_text ("LADEN GMBH\nApfelsaft 0,89 B\nMastercard EUR 13,19\n");
  g_assert_false (once->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_CHANGE);
}

static void
test_nothing_given_back (void)
{
  g_autoptr (MilReceipt) receipt = read_text (
      "MART SDN BHD\nJuice 11.40\nlegal 5ales RM 11.40\nCASH RM 11.40\nCHANGE RM .00\n");
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "11.40");
}

static void
test_handed_over (void)
{
  g_autoptr (MilReceipt) receipt = read_text (
      "PARKING SDN BHD\nAmount Incl. GST 5.00\nAccepted total 10.00\nChange 5.00\n");
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "5.00");
  g_autoptr (MilReceipt) paid = read_text ("SHOP\nTea 4.20\nTotal paid 4.20\n");
  assert_amount (paid, MIL_RECEIPT_TOTAL, "4.20");
}

/* The sum and the rounding say what is paid where it is not printed. */
static void
test_rounding_alone (void)
{
  g_autoptr (MilReceipt) receipt = read_text (
      "KEDAI SDN BHD\nTotal Sales (Incl. GST) RM 64.13\nRounding Adjustment RM 0. 02\nCASH RM 100.00\n");
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "64.15");
}

/* Cash and change that are read well count more than a total misread in one digit, or without its first one. */
static void
test_misread_total (void)
{
  g_autoptr (MilReceipt) digit = read_text (
      "HO SDN BHD\nRope 34.00\nTotal 34.00\nCash 101.00\nChange 70.00\n");
  assert_amount (digit, MIL_RECEIPT_TOTAL, "31.00");
  g_autoptr (MilReceipt) first = read_text (
      "KEK SDN BHD\nKek 12.80\nTeh 1.40\nTotal 4.20\nCash 20.20\nChange 6.00\n");
  assert_amount (first, MIL_RECEIPT_TOTAL, "14.20");
}

static void
assert_stitched (const char *above, const char *below, guint overlap, const char *expected)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text (above);
  g_autoptr (GPtrArray) next = mil_rows_from_text (below);
  g_assert_cmpuint (mil_rows_stitch (rows, next), ==, overlap);
  g_autofree char *text = mil_rows_to_text (rows);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_sections (void)
{
  assert_stitched ("SHOP\nTea 4.20\nSugar 1.10\nMilk 0.9O\n|||i,\n",
                   "''.\nSugar 1.10\nMi1k 0.90\nTotal 6.20\n",
                   2,
                   "SHOP\nTea 4.20\nSugar 1.10\nMilk 0.9O\nTotal 6.20\n");
  assert_stitched ("SHOP\nTea 4.20\n", "Sugar 1.10\nTotal 5.30\n", 0, "SHOP\nTea 4.20\nSugar 1.10\nTotal 5.30\n");
  /* The same thing bought twice is no overlap by its short row alone. */
  assert_stitched ("Tea\n", "Tea\n", 0, "Tea\nTea\n");
  assert_stitched ("", "Tea 4.20\n", 0, "Tea 4.20\n");
}

static void
assert_line (const MilReceipt *receipt, guint i, const char *description, gint64 quantity, gint64 price, gint64 amount)
{
  g_assert_cmpuint (i, <, receipt->lines->len);
  const MilReceiptLine *line = g_ptr_array_index (receipt->lines, i);
  g_assert_cmpstr (line->description, ==, description);
  g_assert_cmpint (line->quantity.digits, ==, quantity);
  g_assert_cmpint (line->price.digits, ==, price);
  g_assert_cmpint (line->has_price, ==, price != 0);
  g_assert_cmpint (line->amount.digits, ==, amount);
}

/* However a paper says how many there are, it is no line of its own. */
static void
test_quantities (void)
{
  static const char *const rows[] = { "Foulard seta\n2 x 63,00 126,00",
                                      "Foulard seta 126,00\n2 x 63,00",
                                      "2 x 63,00\nFoulard seta 126,00",
                                      "Foulard seta 126,00 A\n2 pz. x EUR 63,00 EUR",
                                      "Foulard seta\n2 x 63,00",
                                      "Foulard seta 126,00\n63,00 x 2",
                                      "Foulard seta 126,00\n2,000 Stk x 63,00",
                                      "Foulard seta 126,00\n2 @ 63.00",
                                      "2 x 63,00 Foulard seta 126,00" };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("Bottega SRL\nCintura cuoio 40,00\n%s\nTOTALE EURO 166,00\n", rows[i]);
      g_autoptr (MilReceipt) receipt = read_text (text);
      g_test_message ("%s", rows[i]);
      assert_amount (receipt, MIL_RECEIPT_TOTAL, "166.00");
      g_assert_true (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_ITEMS);
      g_assert_cmpuint (receipt->lines->len, ==, 2);
      assert_line (receipt, 0, "Cintura cuoio", 0, 0, 4000);
      assert_line (receipt, 1, "Foulard seta", 2, 6300, 12600);
    }
  /* What only looks like it. */
  g_autoptr (MilReceipt) plain = read_text (
      "Cafe Ltd\n2 x Tea 3.00\n1 Scone 2.00\n4 x 4 tyre 90.00\nTOTAL GBP 95.00\n");
  g_assert_cmpuint (plain->lines->len, ==, 3);
  assert_line (plain, 0, "2 x Tea", 0, 0, 300);
  assert_line (plain, 2, "4 x 4 tyre", 0, 0, 9000);
  g_autoptr (MilReceipt) weighed = read_text (
      "Frutta SRL\nMele rosse 4,45\n0,345 kg x 12,90 EUR/kg\nPane 2,00\nTOTALE EURO 6,45\n");
  g_assert_cmpuint (weighed->lines->len, ==, 2);
  assert_line (weighed, 0, "Mele rosse", 345, 1290, 445);
  g_autoptr (MilReceipt) yen = read_text ("茶舗\n煎茶 1,260\n2点 × @630\n饅頭 400\n合計 ¥1,660\n円 消費税\n");
  g_assert_cmpuint (yen->lines->len, ==, 2);
  assert_line (yen, 0, "煎茶", 2, 630, 1260);
}

static void
test_names (void)
{
  g_autoptr (MilReceipt) broken = read_text (
      "AIK HARDWARE\nENTERPRISE (SETIA\nALAM) SON BHD (822737-X)\nNO. 17, JALAN SETIA\nTotal 7.00\n");
  g_assert_cmpstr (broken->merchant, ==, "AIK HARDWARE ENTERPRISE (SETIA ALAM) SDN BHD");
  g_autoptr (MilReceipt) number = read_text ("BAKERIES (KL) SDN BHD (139386 X\nLot 3\nTotal 7.00\n");
  g_assert_cmpstr (number->merchant, ==, "BAKERIES (KL) SDN BHD");
  g_autoptr (MilReceipt) country = read_text ("MERAH CO. (M) BHD (126926-H)\nLot 3\nTotal 7.00\n");
  g_assert_cmpstr (country->merchant, ==, "MERAH CO. (M) BHD");
  g_autoptr (MilReceipt) labelled = read_text ("Biru Niaga Sdn bha (Co. No:20154-T)\nLot 3\nTotal 7.00\n");
  g_assert_cmpstr (labelled->merchant, ==, "Biru Niaga Sdn Bhd");
  g_autoptr (MilReceipt) bare = read_text ("KUNING KEK SDN BHD 862725-U\nLot 3\nTotal 7.00\n");
  g_assert_cmpstr (bare->merchant, ==, "KUNING KEK SDN BHD");
  g_autoptr (MilReceipt) speck = read_text ("HIJAU DAPUR SDN BHD a\nLot 3\nTotal 7.00\n");
  g_assert_cmpstr (speck->merchant, ==, "HIJAU DAPUR SDN BHD");
  g_autoptr (MilReceipt) two = read_text ("UNGU HARDWARE &\nELECTRICAL\nLot 3\nTotal 7.00\n");
  g_assert_cmpstr (two->merchant, ==, "UNGU HARDWARE & ELECTRICAL");
  g_autoptr (MilReceipt) owned = read_text (
      "JINGGA STATIONERY SHOP\nTel: 03 1234\nOwned by\nJINGGA SUPPLY SDN BHD\nTotal 7.00\n");
  g_assert_cmpstr (owned->merchant, ==, "JINGGA STATIONERY SHOP");
  g_autoptr (MilReceipt) amount = read_text ("LIDL\nzu zahlen 7,16\nBar 10,00\n");
  g_assert_cmpstr (amount->merchant, ==, "LIDL");
  g_autoptr (MilReceipt) street = read_text ("Pastelaria Avenida\nCoimbra\nTotal 7.00\n");
  g_assert_cmpstr (street->merchant, ==, "Pastelaria Avenida");
}

/* The total of an invoice stands below the sums of its net amounts and of its taxes. */
static void
test_invoice_of_china (void)
{
  g_autoptr (MilReceipt) receipt = read_text (
      "电子发票(普通发票)\n开票日期:2026年11月09日\n购买方 名称:个人\n销售方 名称:苏州锦绣丝绸有限公司\n"
      "*纺织产品*丝巾 442.48 13% 57.52\n合计 ¥442.48 ¥57.52\n价税合计(大写) 伍佰圆整 (小写) ¥500.00\n");
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "500.00");
  g_assert_true (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_VAT);
  g_assert_cmpstr (receipt->merchant, ==, "苏州锦绣丝绸有限公司");
  g_assert_cmpstr (receipt->currency, ==, "CNY");
}

static void
test_empty_rather_than_guessed (void)
{
  g_autoptr (MilReceipt) receipt = read_text ("A poem\nabout 12.30 o'clock\nand nothing else\n");
  g_assert_false (mil_receipt_has (receipt, MIL_RECEIPT_TOTAL));
  g_assert_false (mil_receipt_is_plausible (receipt));
}

static void
assert_currency (const char *text, const char *currency)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text (text);
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  g_assert_cmpstr (receipt->currency, ==, currency);
}

/* Signs, words and addresses that tell the country. */
static void
test_currencies (void)
{
  assert_currency ("Gasthof zur Post\n1x Wasser Fr 8.00\n1x Suppe Fr 11.00\nTotal Fr 19.00\n", "CHF");
  assert_currency ("Cafe\nCHE-123.456.78 Mwst\nTotal 9.40\n", "CHF");
  assert_currency ("Boulangerie\nTVA FR 57386962000\nTOTAL TTC 9,40 EUR\n", "EUR");
  assert_currency ("Corner Shop\nAlbany, NY 12210\nTotal 12.30\n", "USD");
  assert_currency ("Kopitiam\nSingapore 319515\nTotal 5.35\n", "SGD");
  assert_currency ("MAGAZIN\nBON FISCAL\nTOTAL: 2,17\n", "RON");
  assert_currency ("WARUNG\nTOTAL Rp 82.000\n", "IDR");
  assert_currency ("店\n小計 1,200\nお釣り 0\n合計 1,200\n", "JPY");
  assert_currency ("청춘식당\n[영수증]\n현금 40,000\n합 33,000\n", "KRW");
  assert_currency ("面馆\n合计 68.00\n微信支付 68.00\n支付宝 0.00\n", "CNY");
  assert_currency ("書店\n電子發票證明聯\n總計 480\n", "TWD");
  assert_currency ("Shop\nTotal 5.35\n", "");
  /* Chinese new year. */
  assert_currency (
      "KEDAI BUKU SDN BHD\nCNY DECO 10.90\nCNY CARD 7.90\nTOTAL RM 18.80\nCASH RM 20.00\nCHANGE RM 1.20\n", "MYR");
  /* A number that looks like a word is none. */
  assert_currency ("Shop\n115 11-12\nTotal 5.35\n", "");
}

static void
assert_language (const char *text, const char *language)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text (text);
  g_assert_cmpstr (mil_receipt_language_of_rows (rows), ==, language);
}

/* As they were read in English, without their accents. */
static void
test_languages_of_words (void)
{
  assert_language ("Backerei\nSa 07.11.26 08:12 Uhr\nKaffee 3,20\nZu zahlen 7,40 EUR\nenth. MwSt 19% 0,51\n", "deu");
  assert_language ("Le Zinc\nCouverts : 2\nNet a payer 77,00\nTVA 10% 5,73\nMerci\n", "fra");
  assert_language ("Fietsen\nSubtotaal 37,92\nTe betalen 37,90\nWisselgeld 12,10\nBTW 21%\n", "nld");
  assert_language ("KEDAI BUKU SDN BHD\nTAX INVOICE\nTotal 23.25\nCash 50.00\nChange 26.75\nThank you\n", NULL);
  /* Two languages side by side, as in Belgium. */
  assert_language ("TOTAAL BETALEN BTW KASSA\nTVA CAISSE MERCI TICKET\n", NULL);
}

/* Without any decimals on the paper, thousands are amounts though the currency is not known. */
static void
test_whole_amounts (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text ("ICE COFFEE 2 82,000\nAVOCADO 1 61,000\nCHICKEN 1 51,000\n"
                                                   "SUB TOTAL 194,000\nDISCOUNT 19,400\nTOTAL 174,600\n"
                                                   "CASH 200,000\nCHANGE 25,400\n");
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  g_assert_true (mil_receipt_has (receipt, MIL_RECEIPT_TOTAL));
  g_assert_cmpint (receipt->amounts[MIL_RECEIPT_TOTAL].digits, ==, 174600);

  g_autoptr (GPtrArray) stray = mil_rows_from_text ("마트\n당근 1\n합계 1\n카드 1\n3,560원\n");
  g_autoptr (MilReceipt) none = mil_receipt_read_rows (stray, &(MilReceiptHints) { .today = today });
  g_assert_cmpint (none->amounts[MIL_RECEIPT_TOTAL].digits, !=, 1);
}

/* The row of rounding cannot be read, but what stands above and below it says enough. */
static void
test_rounding_unreadable (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text (
      "SALAD 28.00 SR\nSET 38.68 SR\nGARLIC 8.00 SR\nTotal: 74.68\n"
      "Service Chg 10.00% : 7.47\nGST : 4.93\nGrand Total : 87.08\n"
      "Rounding Adjustment: ra W\nNet Total : 87.10\n"
      "GST Summary Amount(RM) Tax(RM)\nSR 82.15 4.93\n");
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  g_assert_cmpint (receipt->amounts[MIL_RECEIPT_TOTAL].digits, ==, 8710);
  g_assert_true (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_ROUNDING);
}

/* Readings that count more than one outvote a misread digit. */
static void
test_votes (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text ("Shop\nDate 16/03/2018\nTotal 5.00\n");
  MilRow *row = g_ptr_array_index (rows, 1);
  g_autoptr (GPtrArray) again = mil_rows_from_text ("Date 16/03/2018\nDate 18/03/2018\n");
  MilRow *sure = g_ptr_array_index (again, 1);
  sure->votes = 3;
  g_ptr_array_set_free_func (again, NULL);
  row->others = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_row_free);
  g_ptr_array_add (row->others, g_ptr_array_index (again, 0));
  g_ptr_array_add (row->others, sure);
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  g_assert_cmpint (receipt->date.day, ==, 18);
}

static void
test_spaced_name (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text ("*** B R A N D - M A R K T GmbH ***\nHauptstr. 30\n"
                                                   "Brot 2,00\nSUMME EUR 2,00\n");
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  g_assert_cmpstr (receipt->merchant, ==, "BRAND-MARKT GmbH");

  g_autoptr (GPtrArray) slogan = mil_rows_from_text (
      "プロの品質とプロの価格\n山川スーパー\nTEL 03-1234-5678\n合計 1,200\n");
  g_autoptr (MilReceipt) shop = mil_receipt_read_rows (slogan, &(MilReceiptHints) { .today = today });
  g_assert_cmpstr (shop->merchant, ==, "山川スーパー");
}

/* Numbers that hardly stand out are left open, unless money that changed hands or tax confirms them, or they
 * are both named and read the same again. */
static void
test_doubtful_total (void)
{
  static const struct
  {
    int          confidence;
    MilAgreement agreements;
    gboolean     stays;
    gboolean     stays_in_grain;
  } cases[] = {
    { 50, MIL_AGREE_ITEMS | MIL_AGREE_REPEATED | MIL_AGREE_SECOND_READING, FALSE, FALSE },
    { 50, MIL_AGREE_LABEL | MIL_AGREE_ITEMS, FALSE, FALSE },
    { 50, MIL_AGREE_LABEL | MIL_AGREE_SECOND_READING, TRUE, FALSE },
    { 50, MIL_AGREE_CHANGE, TRUE, TRUE },
    { 50, MIL_AGREE_REPEATED | MIL_AGREE_VAT, TRUE, TRUE },
    { 63, MIL_AGREE_ITEMS | MIL_AGREE_REPEATED, TRUE, FALSE },
    { 90, MIL_AGREE_LABEL | MIL_AGREE_REPEATED | MIL_AGREE_SECOND_READING, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MilReceipt) receipt = mil_receipt_new ();
      receipt->evidence[MIL_RECEIPT_TOTAL] = (MilEvidence) { cases[i].confidence, cases[i].agreements, { 0 } };
      mil_receipt_doubt_total (receipt, FALSE);
      g_assert_cmpint (mil_receipt_has (receipt, MIL_RECEIPT_TOTAL), ==, cases[i].stays);
      receipt->evidence[MIL_RECEIPT_TOTAL] = (MilEvidence) { cases[i].confidence, cases[i].agreements, { 0 } };
      mil_receipt_doubt_total (receipt, TRUE);
      g_assert_cmpint (mil_receipt_has (receipt, MIL_RECEIPT_TOTAL), ==, cases[i].stays_in_grain);
    }
}

/* Rounded is what is given back, not the total, where the rounding stands below the cash. */
static void
test_rounding_of_change (void)
{
  g_autoptr (MilReceipt) change = read_text ("MINI MARKET SDN BHD\nSOAP 9.13\nRICE 20.20\nSUBTOTAL 29.33\n"
                                             "TOTAL 29.33\nCASH 50.00\nROUNDING 0.02\nCHANGE 20.65\n");
  assert_amount (change, MIL_RECEIPT_TOTAL, "29.33");
  g_assert_true (change->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_CHANGE);
  g_autoptr (MilReceipt) total = read_text ("MINI MARKET SDN BHD\nSOAP 9.13\nRICE 20.20\nTOTAL 29.33\n"
                                            "ROUNDING 0.02\nCASH 50.00\nCHANGE 20.65\n");
  assert_amount (total, MIL_RECEIPT_TOTAL, "29.35");
}

/* What was paid by card is the sum above an unreadable rounding, in whole coins. */
static void
test_rounding_before_card (void)
{
  g_autoptr (MilReceipt) receipt = read_text ("KEDAI RUNCIT SDN BHD\nTotal Sales (Inclusive GST) RM 17.58\n"
                                              "Rounding Adjustment RM l?\nCREDIT RM 17.60\n");
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "17.60");
  g_assert_true (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_ROUNDING);
}

/* What cash and change leave counts where it is printed, though its label could not be read. */
static void
test_left_and_printed (void)
{
  g_autoptr (MilReceipt) printed = read_text (
      "TOKO SDN BHD\nTotal (Excluding GST) 30.00\n5ales : 31.80\nCASH : 50.00\nChange : 18.20\n");
  assert_amount (printed, MIL_RECEIPT_TOTAL, "31.80");
}

/* There are no coins for 7.13 RM, so a reading of 7.18 less 3.00 says nothing, and one of 7.10 does. */
static void
test_cash_in_coins (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text (
      "RESTORAN SDN BHD\nTotal Sales RM 4.18\nCASH RM 7.10\nCHANGE RM 3.00\n");
  add_readings (rows, "Total", "Total Sales RM 4.18\nTotal Sales RM 4.10\nTotal Sales RM 4.16\n");
  add_readings (rows, "CASH", "CASH RM 7.10\nCASH RM 7.18\n");
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "4.10");
}

/* Sums of goods with and without tax add up to the reading of the total that most others lack. */
static void
test_groups_add_up (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text ("BAKERY SDN BHD\nTotal 6% supplies (Inc. GST): 81.25\n"
                                                   "Total 0% supplies: 30.40\nTotal Payable: 11.65\n");
  add_readings (rows, "Total Payable", "Total Payable: 11.65\nTotal Payable: 111.65\n");
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "111.65");
  g_assert_true (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_VAT);
}

/* The same, where the sum with tax is called a total. */
static void
test_groups_named_total (void)
{
  g_autoptr (MilReceipt) receipt = read_text (
      "BAKERY SDN BHD\nTotal 6% supplies (excl. GST): 20.00\nGST: 1.20\n"
      "Total 6% plies (Inc. GST): 21.20\nTotal 0% supplies: 30.40\n"
      "Total Payable: 51.60\n");
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "51.60");
}

/* One item whose row took the place of an unreadable total does not confirm itself. */
static void
test_item_above_total (void)
{
  g_autoptr (MilReceipt) receipt = read_text ("MINI MART\n2 RM 8.20\nTotal Sales RM\nCash RM I7.0\n");
  mil_receipt_doubt_total (receipt, FALSE);
  g_assert_false (mil_receipt_has (receipt, MIL_RECEIPT_TOTAL));
}

/* A label alone, over readings that differ, is not enough. */
static void
test_split_total (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text ("CAFE\nTotal 64.50\n");
  add_readings (rows, "Total", "Total 64.50\nTotal 54.50\nTotal 64.60\nTotal 64.50\n");
  g_autoptr (MilReceipt) split = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  g_assert_false (mil_receipt_has (split, MIL_RECEIPT_TOTAL));
  g_autoptr (GPtrArray) clear = mil_rows_from_text ("CAFE\nTotal 64.50\n");
  add_readings (clear, "Total", "Total 64.50\nTotal 64.50\n");
  g_autoptr (MilReceipt) sure = mil_receipt_read_rows (clear, &(MilReceiptHints) { .today = today });
  assert_amount (sure, MIL_RECEIPT_TOTAL, "64.50");
}

/* Tax and rounding come between a first sum and what is paid. */
static void
test_total_again (void)
{
  g_autoptr (GPtrArray) rows = mil_rows_from_text ("CAFE SDN BHD\nTotal Amount 51.20\nGST 6% 3.07\n"
                                                   "Rounding Adj\nTOTAL: RM 54.25\n");
  add_readings (rows, "Total Amount", "Total Amount 51.20\nTotal Amount 51.20\n");
  add_readings (rows, "TOTAL", "TOTAL: RM 54.25\nTOTAL: RM 54.25\nTOTAL: RM 84.25\nTOTAL: RM 54.25\n");
  g_autoptr (MilReceipt) receipt = mil_receipt_read_rows (rows, &(MilReceiptHints) { .today = today });
  assert_amount (receipt, MIL_RECEIPT_TOTAL, "54.25");
  g_autoptr (MilReceipt) twice = read_text ("CAFE SDN BHD\nTotal Amount Incl. 51.20\nGST 6% 3.07\n"
                                            "Total Amount 54.25\nGST Summary\nSR 6% 51.20 3.07\n");
  assert_amount (twice, MIL_RECEIPT_TOTAL, "54.25");
}

/* What is only worked out is not named by a label. */
static void
test_worked_out (void)
{
  g_autoptr (MilReceipt) receipt = read_text ("KEDAI SDN BHD\nTotal RM 16.27\nRounding Adjustment RM 0.02\n");
  g_assert_false (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & MIL_AGREE_LABEL);
  mil_receipt_doubt_total (receipt, FALSE);
  g_assert_false (mil_receipt_has (receipt, MIL_RECEIPT_TOTAL));
}

/* The number of a sale has its day in it, which tells a digit that was misread; nothing else is changed by it. */
static void
test_number_of_sale (void)
{
  static const struct
  {
    MilAgreement agreements;
    const char  *number;
    const char  *expected;
    gboolean     agrees;
  } cases[] = {
    { MIL_AGREE_LABEL, "0412999000017300140326", "2026-03-14", TRUE },
    { MIL_AGREE_LABEL, "2603140412999000017300", "2026-03-14", TRUE },
    { MIL_AGREE_LABEL, "0412999000017300110326", "2026-03-11", TRUE },
    { MIL_AGREE_LABEL | MIL_AGREE_SECOND_READING, "0412999000017300110326", "2026-03-14", FALSE },
    { MIL_AGREE_LABEL | MIL_AGREE_REPEATED, "0412999000017300110326", "2026-03-14", FALSE },
    { MIL_AGREE_LABEL, "0412999000017300150126", "2026-03-14", FALSE },
    { MIL_AGREE_LABEL, "0411032699900001150326", "2026-03-14", FALSE },
    { MIL_AGREE_LABEL, "4006381140326", "2026-03-14", FALSE },
    { MIL_AGREE_LABEL, "SALE-0412999000140326", "2026-03-14", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MilReceipt) receipt = mil_receipt_new ();
      receipt->date = (MilDate) { 2026, 3, 14 };
      receipt->evidence[MIL_RECEIPT_DATE] = (MilEvidence) { 60, cases[i].agreements, { 0 } };
      g_test_message ("%s", cases[i].number);
      mil_receipt_apply_number (receipt, cases[i].number, today);
      g_autofree char *date = mil_date_to_string (receipt->date);
      g_assert_cmpstr (date, ==, cases[i].expected);
      g_assert_cmpint ((receipt->evidence[MIL_RECEIPT_DATE].agreements & MIL_AGREE_FISCAL) != 0, ==, cases[i].agrees);
    }

  g_autoptr (MilReceipt) empty = mil_receipt_new ();
  mil_receipt_apply_number (empty, "0412999000017300140326", today);
  g_assert_false (mil_receipt_has (empty, MIL_RECEIPT_DATE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/rules/amounts", test_amounts);
  g_test_add_func ("/scan/rules/dates", test_dates);
  g_test_add_func ("/scan/rules/year-first", test_year_first);
  g_test_add_func ("/scan/rules/times", test_times);
  g_test_add_func ("/scan/rules/labels", test_labels);
  g_test_add_func ("/scan/rules/vat-numbers", test_vat_numbers);
  g_test_add_func ("/scan/rules/german", test_german);
  g_test_add_func ("/scan/rules/rounding", test_rounding);
  g_test_add_func ("/scan/rules/cash-is-no-total", test_cash_is_no_total);
  g_test_add_func ("/scan/rules/readings-are-counted", test_readings_are_counted);
  g_test_add_func ("/scan/rules/readings-that-differ", test_readings_that_differ);
  g_test_add_func ("/scan/rules/readings-make-sums", test_readings_make_sums);
  g_test_add_func ("/scan/rules/parts-exceed-total", test_parts_exceed_total);
  g_test_add_func ("/scan/rules/rounded-sum", test_rounded_sum);
  g_test_add_func ("/scan/rules/paid-exactly", test_paid_exactly);
  g_test_add_func ("/scan/rules/paid-by-card", test_paid_by_card);
  g_test_add_func ("/scan/rules/nothing-given-back", test_nothing_given_back);
  g_test_add_func ("/scan/rules/handed-over", test_handed_over);
  g_test_add_func ("/scan/rules/rounding-alone", test_rounding_alone);
  g_test_add_func ("/scan/rules/misread-total", test_misread_total);
  g_test_add_func ("/scan/rules/sections", test_sections);
  g_test_add_func ("/scan/rules/quantities", test_quantities);
  g_test_add_func ("/scan/rules/currencies", test_currencies);
  g_test_add_func ("/scan/rules/languages-of-words", test_languages_of_words);
  g_test_add_func ("/scan/rules/whole-amounts", test_whole_amounts);
  g_test_add_func ("/scan/rules/rounding-unreadable", test_rounding_unreadable);
  g_test_add_func ("/scan/rules/votes", test_votes);
  g_test_add_func ("/scan/rules/spaced-name", test_spaced_name);
  g_test_add_func ("/scan/rules/names", test_names);
  g_test_add_func ("/scan/rules/invoice-of-china", test_invoice_of_china);
  g_test_add_func ("/scan/rules/empty", test_empty_rather_than_guessed);
  g_test_add_func ("/scan/rules/doubtful-total", test_doubtful_total);
  g_test_add_func ("/scan/rules/rounding-of-change", test_rounding_of_change);
  g_test_add_func ("/scan/rules/rounding-before-card", test_rounding_before_card);
  g_test_add_func ("/scan/rules/left-and-printed", test_left_and_printed);
  g_test_add_func ("/scan/rules/cash-in-coins", test_cash_in_coins);
  g_test_add_func ("/scan/rules/groups-add-up", test_groups_add_up);
  g_test_add_func ("/scan/rules/groups-named-total", test_groups_named_total);
  g_test_add_func ("/scan/rules/item-above-total", test_item_above_total);
  g_test_add_func ("/scan/rules/split-total", test_split_total);
  g_test_add_func ("/scan/rules/total-again", test_total_again);
  g_test_add_func ("/scan/rules/worked-out", test_worked_out);
  g_test_add_func ("/scan/rules/number-of-sale", test_number_of_sale);
  return g_test_run ();
}
