/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/mil-error.h"
#include "pay/mil-payment-code.h"

#define CREDITOR "S\nRobert Schneider AG\nRue du Lac\n1268\n2501\nBiel\nCH\n"
#define NOBODY "\n\n\n\n\n\n\n"
#define DEBTOR "S\nPia-Maria Rutschmann-Schnyder\nGrosse Marktgasse\n28\n9400\nRorschach\nCH\n"
#define QR_REFERENCE "QRR\n210000000003139471430009017\n"

static MilPaymentCode *
good (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPaymentCode) code = mil_payment_code_parse (text, &error);

  g_assert_no_error (error);
  return mil_payment_code_copy (code);
}

static void
bad (const char *text, MilErrorCode expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPaymentCode) code = mil_payment_code_parse (text, &error);

  if (code != NULL)
    g_error ("taken for a payment code: %s", text);
  if (!g_error_matches (error, MIL_ERROR, (int) expected))
    g_error ("%s: %s", text, error->message);
}

static void
all_bad (const char *const *texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    bad (texts[i], MIL_ERROR_UNREADABLE);
}

/* --- Switzerland ----------------------------------------------------------------------------------- */

/* The examples of the guidelines (annex A). */
static void
test_swiss (void)
{
  g_autoptr (MilPaymentCode) bill = good (
      "SPC\r\n0200\r\n1\r\nCH4431999123000889012\r\nS\r\nRobert Schneider AG\r\nRue du "
      "Lac\r\n1268\r\n2501\r\nBiel\r\nCH\r\n"
      "\r\n\r\n\r\n\r\n\r\n\r\n\r\n1949.75\r\nCHF\r\nS\r\nPia-Maria Rutschmann-Schnyder\r\nGrosse "
      "Marktgasse\r\n28\r\n"
      "9400\r\nRorschach\r\nCH\r\nQRR\r\n210000000003139471430009017\r\nOrder of 15 June 2020\r\nEPD\r\n"
      "//S1/10/10201409/11/200701/20/140.000-53/30/102673831/31/200615/32/7.7/33/7.7:139.40/40/0:30\r\n"
      "Name AV1: UV;UltraPay005;12345\r\nName AV2: XY;XYService;54321");
  g_autoptr (MilPaymentCode) open = good (
      "SPC\n0200\n1\nCH3709000000304442225\nS\nSalvation Army Foundation Switzerland\n\n\n3000\n"
      "Bern\nCH\n" NOBODY "\nCHF\n" NOBODY "NON\n\nDonation to the Winterfest Campaign\nEPD");
  g_autoptr (MilPaymentCode) old = good ("SPC\n0200\n1\nCH5800791123000889012\nK\nRobert Schneider AG\nRue "
                                         "du Lac 1268\n2501 Biel\n\n\nCH\n" NOBODY "199.95\nEUR\n" DEBTOR
                                         "SCOR\nRF18539007547034\n\nEPD\n");

  g_assert_cmpint (bill->kind, ==, MIL_PAYMENT_CODE_SWISS);
  g_assert_cmpstr (bill->payee, ==, "Robert Schneider AG");
  g_assert_cmpstr (bill->address, ==, "Rue du Lac 1268");
  g_assert_cmpstr (bill->city, ==, "2501 Biel");
  g_assert_cmpstr (bill->country, ==, "CH");
  g_assert_cmpstr (bill->account, ==, "CH4431999123000889012");
  g_assert_true (mil_money_equal (bill->amount, mil_money (194975, "CHF")));
  g_assert_cmpstr (bill->debtor, ==, "Pia-Maria Rutschmann-Schnyder");
  g_assert_cmpstr (bill->reference, ==, "210000000003139471430009017");
  g_assert_cmpstr (bill->message, ==, "Order of 15 June 2020");
  g_assert_cmpint (bill->warnings, ==, 0);
  g_assert_cmpstr (mil_payment_code_get_system (bill), ==, "Swiss QR-bill");
  g_assert_false (mil_money_is_set (open->amount));
  g_assert_cmpstr (open->currency, ==, "CHF");
  g_assert_null (open->debtor);
  g_assert_cmpstr (open->city, ==, "3000 Bern");
  g_assert_null (open->address);
  g_assert_cmpint (old->warnings, ==, MIL_PAYMENT_CODE_OLD);
  g_assert_cmpstr (old->city, ==, "2501 Biel");
  g_assert_cmpstr (old->reference, ==, "RF18539007547034");
  g_assert_true (mil_money_equal (old->amount, mil_money (19995, "EUR")));
}

static void
test_swiss_bad (void)
{
  static const char *const codes[] = {
    "SPC\n0200\n1\n",
    "SPC\n",
    /* version, coding */
    "SPC\n0100\n1\nCH4431999123000889012\n" CREDITOR NOBODY "\nCHF\n" NOBODY QR_REFERENCE "\nEPD",
    "SPC\n0200\n2\nCH4431999123000889012\n" CREDITOR NOBODY "\nCHF\n" NOBODY QR_REFERENCE "\nEPD",
    /* a wrong digit in the account; an account from elsewhere */
    "SPC\n0200\n1\nCH4431999123000889013\n" CREDITOR NOBODY "\nCHF\n" NOBODY QR_REFERENCE "\nEPD",
    "SPC\n0200\n1\nDE89370400440532013000\n" CREDITOR NOBODY "\nCHF\n" NOBODY "NON\n\n\nEPD",
    /* an ultimate creditor: kept for later */
    "SPC\n0200\n1\nCH4431999123000889012\n" CREDITOR DEBTOR "\nCHF\n" NOBODY QR_REFERENCE "\nEPD",
    /* no name, no town, no country, no such kind of address */
    "SPC\n0200\n1\nCH4431999123000889012\nS\n\nRue\n1\n2501\nBiel\nCH\n" NOBODY "\nCHF\n" NOBODY QR_REFERENCE "\nEPD",
    "SPC\n0200\n1\nCH4431999123000889012\nS\nA\nRue\n1\n2501\n\nCH\n" NOBODY "\nCHF\n" NOBODY QR_REFERENCE "\nEPD",
    "SPC\n0200\n1\nCH4431999123000889012\nS\nA\nRue\n1\n2501\nBiel\nXX\n" NOBODY "\nCHF\n" NOBODY QR_REFERENCE "\nEPD",
    "SPC\n0200\n1\nCH4431999123000889012\nT\nA\nRue\n1\n2501\nBiel\nCH\n" NOBODY "\nCHF\n" NOBODY QR_REFERENCE "\nEPD",
    /* currency, amount */
    "SPC\n0200\n1\nCH4431999123000889012\n" CREDITOR NOBODY "1.00\nUSD\n" NOBODY QR_REFERENCE "\nEPD",
    "SPC\n0200\n1\nCH4431999123000889012\n" CREDITOR NOBODY "-1.00\nCHF\n" NOBODY QR_REFERENCE "\nEPD",
    "SPC\n0200\n1\nCH4431999123000889012\n" CREDITOR NOBODY "1,00\nCHF\n" NOBODY QR_REFERENCE "\nEPD",
    "SPC\n0200\n1\nCH4431999123000889012\n" CREDITOR NOBODY "1000000000.00\nCHF\n" NOBODY QR_REFERENCE
    "\nEPD",
    /* a debtor by halves */
    "SPC\n0200\n1\nCH4431999123000889012\n" CREDITOR NOBODY
    "\nCHF\nS\n\n\n\n9400\nRorschach\nCH\n" QR_REFERENCE "\nEPD",
    /* references: wrong digit, wrong kind for the account, none where there must be one, one where there is none */
    "SPC\n0200\n1\nCH4431999123000889012\n" CREDITOR NOBODY "\nCHF\n" NOBODY
    "QRR\n210000000003139471430009018\n\nEPD",
    "SPC\n0200\n1\nCH5800791123000889012\n" CREDITOR NOBODY "\nCHF\n" NOBODY QR_REFERENCE "\nEPD",
    "SPC\n0200\n1\nCH4431999123000889012\n" CREDITOR NOBODY "\nCHF\n" NOBODY "SCOR\nRF18539007547034\n\nEPD",
    "SPC\n0200\n1\nCH5800791123000889012\n" CREDITOR NOBODY "\nCHF\n" NOBODY "SCOR\nRF19539007547034\n\nEPD",
    "SPC\n0200\n1\nCH4431999123000889012\n" CREDITOR NOBODY "\nCHF\n" NOBODY "NON\n\n\nEPD",
    "SPC\n0200\n1\nCH5800791123000889012\n" CREDITOR NOBODY "\nCHF\n" NOBODY "NON\n1\n\nEPD",
    /* no end */
    "SPC\n0200\n1\nCH4431999123000889012\n" CREDITOR NOBODY "\nCHF\n" NOBODY QR_REFERENCE "\n",
    NULL,
  };

  all_bad (codes);
}

/* --- India ----------------------------------------------------------------------------------------- */

static void
test_upi (void)
{
  g_autoptr (MilPaymentCode) full = good (
      "upi://"
      "pay?pa=nadeem@npci&pn=nadeem%20chinna&mc=0000&tid=cxnkjcnkjdfdvjndkjfvn&tr=4894398cndhcd23&tn=Pay%"
      "20to%20mystar%20store"
      "&am=10&mam=null&cu=INR&url=https://mystar.com/orderid=9298yw89e8973e87389e78923ue892");
  g_autoptr (MilPaymentCode) open = good ("UPI://PAY?PA=shop.one-two_3@okaxis&PN=Chai & Co");
  g_autoptr (MilPaymentCode) spaces = good ("upi://pay?pa=chai@ybl&pn=Sharma Tea Stall&am=0&tn=");

  g_assert_cmpint (full->kind, ==, MIL_PAYMENT_CODE_UPI);
  g_assert_cmpstr (full->payee, ==, "nadeem chinna");
  g_assert_cmpstr (full->account, ==, "nadeem@npci");
  g_assert_cmpstr (full->message, ==, "Pay to mystar store");
  g_assert_cmpstr (full->reference, ==, "4894398cndhcd23");
  g_assert_true (mil_money_equal (full->amount, mil_money (1000, "INR")));
  g_assert_cmpstr (full->country, ==, "IN");
  g_assert_cmpstr (open->account, ==, "shop.one-two_3@okaxis");
  g_assert_false (mil_money_is_set (open->amount));
  g_assert_cmpstr (spaces->payee, ==, "Sharma Tea Stall");
  g_assert_false (mil_money_is_set (spaces->amount));
  g_assert_cmpstr (spaces->currency, ==, "INR");
}

static void
test_upi_bad (void)
{
  static const char *const codes[] = {
    "upi://pay",
    "upi://pay?pn=Nobody&am=10",
    "upi://pay?pa=nobody&am=10",
    "upi://pay?pa=@bank",
    "upi://pay?pa=a@",
    "upi://pay?pa=a@b@c",
    "upi://pay?pa=a b@bank",
    "upi://pay?pa=a@bank&am=-1",
    "upi://pay?pa=a@bank&am=1.234",
    "upi://pay?pa=a@bank&am=1e3",
    "upi://pay?pa=a@bank&cu=USD&am=1",
    "upi://pay?pa=a@bank&pn=%00",
    "upi://pay?pa=a@bank&pn=%ff",
    "upi://pay?pa=a@bank&pn=%zz",
    /* each reader may take another one */
    "upi://pay?pa=a@bank&am=1&am=1000",
    "upi://pay?pa=a@bank&pa=b@bank",
    NULL,
  };

  all_bad (codes);
  bad ("upi://mandate?pa=a@bank&pn=A&am=1", MIL_ERROR_UNSUPPORTED);
  bad ("upi://collect?pa=a@bank", MIL_ERROR_UNSUPPORTED);
}

/* --- Taler and payto ------------------------------------------------------------------------------- */

static void
test_taler (void)
{
  g_autoptr (MilPaymentCode) order = good (
      "taler://pay/Backend.Demo.Taler.Net/instances/blog/2024.123-01XY/?c=ABCDEF");
  g_autoptr (MilPaymentCode) plain = good ("taler+http://pay/localhost:8080/order%201/session");
  g_autoptr (MilPaymentCode) given = good (
      "taler://pay-template/shop.example/coffee?amount=CHF:4.20&summary=Coffee+to+go");
  g_autoptr (MilPaymentCode) play = good (
      "taler://pay-template/backend.demo.taler.net/instances/donations/x?amount=KUDOS:5&summary=");

  g_assert_cmpint (order->kind, ==, MIL_PAYMENT_CODE_TALER);
  g_assert_cmpstr (order->payee, ==, "backend.demo.taler.net");
  g_assert_cmpstr (order->account, ==, "Backend.Demo.Taler.Net/instances/blog");
  g_assert_cmpstr (order->reference, ==, "2024.123-01XY");
  g_assert_true (order->one_time);
  g_assert_cmpint (order->warnings, ==, MIL_PAYMENT_CODE_ONLINE);
  g_assert_false (mil_money_is_set (order->amount));
  g_assert_cmpstr (plain->payee, ==, "localhost:8080");
  g_assert_cmpstr (plain->reference, ==, "order 1");
  g_assert_true (mil_money_equal (given->amount, mil_money (420, "CHF")));
  g_assert_cmpstr (given->message, ==, "Coffee to go");
  g_assert_false (given->one_time);
  g_assert_false (mil_money_is_set (play->amount));
  g_assert_cmpstr (play->message, ==, "5 KUDOS");
}

static void
test_taler_bad (void)
{
  static const char *const codes[] = {
    "taler://pay",
    "taler://pay/",
    "taler://pay/host",
    "taler://pay/host/order",
    "taler://pay/host//session",
    "taler://pay//order/session",
    "taler://pay/user@host/order/",
    "taler://pay/h%6fst/order/",
    "taler://pay/host/%00/",
    "taler://pay/host/%ff/",
    "taler://pay/host/1/2/3/4/5/6/7/8/9/10/11/12/13/14",
    "taler://pay-template/host/t?amount=CHF:1&amount=CHF:2",
    NULL,
  };

  all_bad (codes);
  bad ("taler://withdraw/bank.example/1", MIL_ERROR_UNSUPPORTED);
  bad ("taler://refund/host/order/", MIL_ERROR_UNSUPPORTED);
  bad ("taler://pay-pull/exchange.example/KEY", MIL_ERROR_UNSUPPORTED);
  bad ("taler://", MIL_ERROR_UNSUPPORTED);
}

/* The examples of RFC 8905, section 4, among others. */
static void
test_payto (void)
{
  g_autoptr (MilPaymentCode) iban = good (
      "payto://iban/"
      "DE75512108001245126199?amount=EUR:200.0&message=hello%20world&receiver-name=Wolfgang%20M%C3%BCller");
  g_autoptr (MilPaymentCode) bank = good ("payto://iban/SOGEDEFFXXX/DE75512108001245126199");
  g_autoptr (MilPaymentCode) upi = good ("payto://upi/alice@example.com?receiver-name=Alice&amount=INR:200");

  g_assert_cmpint (iban->kind, ==, MIL_PAYMENT_CODE_PAYTO);
  g_assert_cmpstr (iban->account, ==, "DE75512108001245126199");
  g_assert_cmpstr (iban->payee, ==, "Wolfgang Müller");
  g_assert_cmpstr (iban->message, ==, "hello world");
  g_assert_true (mil_money_equal (iban->amount, mil_money (20000, "EUR")));
  g_assert_cmpstr (bank->bic, ==, "SOGEDEFFXXX");
  g_assert_cmpint (bank->warnings, ==, MIL_PAYMENT_CODE_NO_NAME);
  g_assert_cmpstr (upi->account, ==, "alice@example.com");
  g_assert_true (mil_money_equal (upi->amount, mil_money (20000, "INR")));
  bad ("payto://iban/DE75512108001245126198", MIL_ERROR_UNREADABLE);
  bad ("payto://iban/", MIL_ERROR_UNREADABLE);
  bad ("payto:///x", MIL_ERROR_UNREADABLE);
  bad ("payto://iban/DE75512108001245126199?amount=200", MIL_ERROR_UNREADABLE);
  bad ("payto://iban/DE75512108001245126199?amount=EUR:-2", MIL_ERROR_UNREADABLE);
  bad ("payto://iban/DE75512108001245126199?amount=KUDOS:2", MIL_ERROR_UNREADABLE);
}

/* --- Czechia, Slovakia, Hungary, Germany ------------------------------------------------------------ */

static void
test_spd (void)
{
  g_autoptr (MilPaymentCode) full = good (
      "SPD*1.0*ACC:CZ5855000000001265098001+RZBCCZPP*AM:480.50*CC:CZK*RF:1234567890123456*RN:Kavárna%20U%"
      "20mostu*DT:20261231*MSG:PLATBA%20ZA%20ZBOZI*X-VS:1234567890");
  g_autoptr (MilPaymentCode) summed = good (
      "SPD*1.0*CRC32:AAD80227*CC:CZK*AM:100.00*ACC:CZ5855000000001265098001*");
  g_autoptr (MilPaymentCode) brief = good ("SPD*1.0*ACC:CZ5855000000001265098001*AM:99*X-VS:42");

  g_assert_cmpint (full->kind, ==, MIL_PAYMENT_CODE_SPD);
  g_assert_cmpstr (full->account, ==, "CZ5855000000001265098001");
  g_assert_cmpstr (full->bic, ==, "RZBCCZPP");
  g_assert_cmpstr (full->payee, ==, "Kavárna U mostu");
  g_assert_cmpstr (full->message, ==, "PLATBA ZA ZBOZI");
  g_assert_cmpstr (full->reference, ==, "1234567890123456");
  g_assert_true (mil_money_equal (full->amount, mil_money (48050, "CZK")));
  g_assert_cmpint (mil_date_compare (full->due, (MilDate) { 2026, 12, 31 }), ==, 0);
  g_assert_true (mil_money_equal (summed->amount, mil_money (10000, "CZK")));
  g_assert_cmpstr (brief->reference, ==, "42");
  g_assert_true (mil_money_equal (brief->amount, mil_money (9900, "CZK")));
}

static void
test_spd_bad (void)
{
  static const char *const codes[] = {
    "SPD*",
    "SPD*1.0",
    "SPD*1.0*",
    "SPD*2.0*ACC:CZ5855000000001265098001*AM:1",
    "SPD*1.0*ACC:CZ5855000000001265098002*AM:1",
    "SPD*1.0*AM:1",
    "SPD*1.0*ACC:CZ5855000000001265098001*AM:1*AM:1000",
    "SPD*1.0*ACC:CZ5855000000001265098001*AM:1,5",
    "SPD*1.0*ACC:CZ5855000000001265098001*AM:1*CC:XYZ",
    "SPD*1.0*ACC:CZ5855000000001265098001*AM",
    "SPD*1.0*ACC:CZ5855000000001265098001*am:1",
    "SPD*1.0*ACC:CZ5855000000001265098001*MSG:%FF",
    "SPD*1.0*ACC:CZ5855000000001265098001*DT:20260230",
    "SPD*1.0*ACC:CZ5855000000001265098001*AM:100.00*CC:CZK*CRC32:AAD80228",
    "SPD*1.0*ACC:CZ5855000000001265098001*AM:100.00*CC:CZK*CRC32:",
    NULL,
  };

  all_bad (codes);
}

static void
test_hct (void)
{
  g_autoptr (MilPaymentCode) full = good (
      "HCT\n001\n1\nOTPVHUHB\nSzabó Jenő\nHU42117730161111101800000000\nHUF000000001000\n"
      "20261122170501+1\nOTHR\nSzámla\nshop\ntill\n2026/17\n\nT-1\n\n\n");
  g_autoptr (MilPaymentCode) brief = good (
      "HCT\n001\n1\n\nSzabó Jenő\nHU42117730161111101800000000\n\n20261122170501-10\n");

  g_assert_cmpint (full->kind, ==, MIL_PAYMENT_CODE_HCT);
  g_assert_cmpstr (full->payee, ==, "Szabó Jenő");
  g_assert_cmpstr (full->bic, ==, "OTPVHUHB");
  g_assert_cmpstr (full->message, ==, "Számla");
  g_assert_cmpstr (full->reference, ==, "T-1");
  g_assert_true (mil_money_equal (full->amount, mil_money (100000, "HUF")));
  g_assert_cmpint (full->expires_at, ==, G_GINT64_CONSTANT (1795363501) * G_USEC_PER_SEC);
  g_assert_false (mil_money_is_set (brief->amount));
  g_assert_cmpstr (brief->currency, ==, "HUF");
  bad ("HCT\n001\n1\n\nA\n", MIL_ERROR_UNREADABLE);
  bad ("HCT\n002\n1\n\nA\nHU42117730161111101800000000\n", MIL_ERROR_UNREADABLE);
  bad ("HCT\n001\n1\n\n\nHU42117730161111101800000000\n", MIL_ERROR_UNREADABLE);
  bad ("HCT\n001\n1\n\nA\nHU42117730161111101800000001\n", MIL_ERROR_UNREADABLE);
  bad ("HCT\n001\n1\n\nA\nHU42117730161111101800000000\nEUR5\n", MIL_ERROR_UNREADABLE);
  bad ("HCT\n001\n1\n\nA\nHU42117730161111101800000000\nHUF1\n20261322170501+1\n", MIL_ERROR_UNREADABLE);
  bad ("HCT\n001\n1\n\nA\nHU42117730161111101800000000\nHUF1\n20261122170501\n", MIL_ERROR_UNREADABLE);
  bad ("RTP\n001\n1\nOTPVHUHB\nA\nHU42117730161111101800000000\nHUF1\n", MIL_ERROR_UNSUPPORTED);
}

/* Made with xz. */
static void
test_by_square (void)
{
  static const char standing[]
      = "000860000263OM5957NS12U1DL84I3OL9HV8A283JN6L05I1P96G28DAFHDOC5253RL4GE1JKJGLG8NH19IG42NJHSDRH6SUILML"
        "S1BRMNF4AGGT9NQSR03K5QDF49Q6USG5UD2OPEQNT91K0V719CJ38FPQLMHI0ABLTLDEQT630OL49F2S7PQ9Q3VUP23G00";
  static const char full[]
      = "00086000BS49M19G9C62MCGVK9GBMR1JP27JENI08RK5O3D1K21FGAUBUQ3CJKLSHE4JG5MKPO74S490RK73HIGDE3OU6LD36572"
        "TR2OGV63RV0RB2RPVP56TLD3QD8L2N1SN4TO0SQPFM475HKUVCTB2ADTISN3B9RFO3MAMB8NFOT7U580KEFVVMMV900";
  g_autoptr (MilPaymentCode) payment = good (full);
  g_autoptr (MilPaymentCode) two = good (
      "0006Q0007S7K08UAAACP0FTT4BHJ53QQLBC9RON8N47DND0VJUUV9Q5OMQ50893FAQFDU4P0HKNV66VNC0UMRQJEN2DMBF26EUQSHD"
      "SMKBES6EEU53PJA00PC7R9QNID7DJ3A8HEVVVUKQ1G00");
  g_autofree char *damaged = g_strdup (full);

  g_assert_cmpint (payment->kind, ==, MIL_PAYMENT_CODE_BY_SQUARE);
  g_assert_cmpstr (payment->payee, ==, "Obchod Tatry");
  g_assert_cmpstr (payment->city, ==, "811 01 Bratislava");
  g_assert_cmpstr (payment->account, ==, "SK7700000000000000000000");
  g_assert_cmpstr (payment->bic, ==, "FIOZSKBAXXX");
  g_assert_cmpstr (payment->message, ==, "Ďakujeme");
  g_assert_cmpstr (payment->reference, ==, "123456");
  g_assert_true (mil_money_equal (payment->amount, mil_money (1230, "EUR")));
  g_assert_cmpint (mil_date_compare (payment->due, (MilDate) { 2026, 11, 30 }), ==, 0);
  g_assert_cmpstr (two->account, ==, "SK7700000000000000000000");
  g_assert_cmpstr (two->payee, ==, "Dva");
  bad (standing, MIL_ERROR_UNREADABLE);
  for (gsize i = 8; i < strlen (full) - 8; i += 7)
    {
      damaged[i] = damaged[i] == 'V' ? 'U' : 'V';
      bad (damaged, MIL_ERROR_UNREADABLE);
      damaged[i] = full[i];
    }
  /* Numbers of that alphabet that are something else. */
  bad ("00000000000000000000000000000000000000000000000000", MIL_ERROR_UNREADABLE);
  bad ("01234567890123456789012345678901234567890123456789", MIL_ERROR_UNREADABLE);
}

static void
test_bezahlcode (void)
{
  g_autoptr (MilPaymentCode) sepa = good (
      "bank://"
      "singlepaymentsepa?name=Wikimedia%20F%C3%B6rdergesellschaft&iban=DE33100205000001194700&bic="
      "BFSWDE33BER&amount=10,00&currency=EUR&executiondate=30112026&reason=Spende");
  g_autoptr (MilPaymentCode) old = good (
      "bank://singlepayment?name=Verein&account=1194700&bnc=10020500&amount=10%2C5");

  g_assert_cmpint (sepa->kind, ==, MIL_PAYMENT_CODE_BEZAHLCODE);
  g_assert_cmpstr (sepa->payee, ==, "Wikimedia Fördergesellschaft");
  g_assert_cmpstr (sepa->account, ==, "DE33100205000001194700");
  g_assert_true (mil_money_equal (sepa->amount, mil_money (1000, "EUR")));
  g_assert_cmpint (mil_date_compare (sepa->due, (MilDate) { 2026, 11, 30 }), ==, 0);
  g_assert_cmpint (old->warnings, ==, MIL_PAYMENT_CODE_OLD);
  g_assert_cmpstr (old->account, ==, "1194700");
  g_assert_true (mil_money_equal (old->amount, mil_money (1050, "EUR")));
  bad ("bank://singlepaymentsepa?name=A&iban=DE33100205000001194701", MIL_ERROR_UNREADABLE);
  bad ("bank://singlepaymentsepa?iban=DE33100205000001194700", MIL_ERROR_UNREADABLE);
  bad ("bank://singlepaymentsepa?name=A&iban=DE33100205000001194700&amount=1.000,00", MIL_ERROR_UNREADABLE);
  bad ("bank://singlepayment?name=A&account=x&bnc=10020500", MIL_ERROR_UNREADABLE);
  bad ("bank://singledirectdebitsepa?name=A&iban=DE33100205000001194700", MIL_ERROR_UNSUPPORTED);
  bad ("bank://contact?name=A", MIL_ERROR_UNSUPPORTED);
}

/* --- wallets' own addresses ------------------------------------------------------------------------- */

static void
test_links (void)
{
  g_autoptr (MilPaymentCode) alipay = good ("https://qr.alipay.com/fkx00000abcdefghij");
  g_autoptr (MilPaymentCode) upper = good ("HTTPS://QR.ALIPAY.COM/FKX00000ABCDEFGHIJ");
  g_autoptr (MilPaymentCode) wechat = good ("wxp://f2f0abcdefghijklmnop");
  g_autoptr (MilPaymentCode) shop = good ("weixin://wxpay/bizpayurl?pr=abc123");

  g_assert_cmpint (alipay->kind, ==, MIL_PAYMENT_CODE_LINK);
  g_assert_cmpstr (mil_payment_code_get_system (alipay), ==, "Alipay");
  g_assert_true (alipay->warnings & MIL_PAYMENT_CODE_ONLINE);
  g_assert_null (alipay->payee);
  g_assert_cmpstr (mil_payment_code_get_system (upper), ==, "Alipay");
  g_assert_cmpstr (mil_payment_code_get_system (wechat), ==, "WeChat Pay");
  g_assert_cmpstr (mil_payment_code_get_system (shop), ==, "WeChat Pay");
  bad ("https://qr.alipay.com@evil.example/x", MIL_ERROR_UNREADABLE);
  bad ("https://x@qr.alipay.com/x", MIL_ERROR_UNREADABLE);
  bad ("https://qr.alipay.com:8443/x", MIL_ERROR_UNREADABLE);
  bad ("https://qr.alipay.com.evil.example/x", MIL_ERROR_UNREADABLE);
  bad ("http://qr.alipay.com/x", MIL_ERROR_UNREADABLE);
  bad ("weixin://dl/business", MIL_ERROR_UNREADABLE);
  bad ("bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1", MIL_ERROR_UNREADABLE);
}

/* --- EMV: where schemes keep the payee ---------------------------------------------------------------- */

static void
test_emv_accounts (void)
{
  g_autoptr (MilPaymentCode) vietnam = good ("00020101021238530010A0000007270123000697041601092576788590208QR"
                                             "IBFTTA53037045405100005802VN62150811Chuyen tien630453E6");
  g_autoptr (MilPaymentCode) singapore = good (
      "00020101021226400009SG.PAYNOW010120213200002150HWCF0301052040000530370254031005802SG5914company_1_"
      "data6009Singapore62170113INV/TEST/0001630416C8");

  g_assert_cmpstr (vietnam->account, ==, "257678859");
  g_assert_cmpstr (mil_payment_code_get_system (vietnam), ==, "VietQR");
  g_assert_cmpstr (singapore->account, ==, "200002150HWCF");
  g_assert_cmpstr (mil_payment_code_get_system (singapore), ==, "PayNow");
}

static void
test_meant (void)
{
  g_assert_true (mil_payment_code_is_meant ("SPC\n"));
  g_assert_true (mil_payment_code_is_meant ("UPI://pay"));
  g_assert_true (mil_payment_code_is_meant ("000201"));
  g_assert_false (mil_payment_code_is_meant ("https://qr.alipay.com/x"));
  g_assert_false (mil_payment_code_is_meant (""));
  g_assert_false (mil_payment_code_is_meant (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pay/families/swiss/good", test_swiss);
  g_test_add_func ("/pay/families/swiss/bad", test_swiss_bad);
  g_test_add_func ("/pay/families/upi/good", test_upi);
  g_test_add_func ("/pay/families/upi/bad", test_upi_bad);
  g_test_add_func ("/pay/families/taler/good", test_taler);
  g_test_add_func ("/pay/families/taler/bad", test_taler_bad);
  g_test_add_func ("/pay/families/payto", test_payto);
  g_test_add_func ("/pay/families/spd/good", test_spd);
  g_test_add_func ("/pay/families/spd/bad", test_spd_bad);
  g_test_add_func ("/pay/families/hct", test_hct);
  g_test_add_func ("/pay/families/by-square", test_by_square);
  g_test_add_func ("/pay/families/bezahlcode", test_bezahlcode);
  g_test_add_func ("/pay/families/links", test_links);
  g_test_add_func ("/pay/families/emv-accounts", test_emv_accounts);
  g_test_add_func ("/pay/families/meant", test_meant);
  return g_test_run ();
}
