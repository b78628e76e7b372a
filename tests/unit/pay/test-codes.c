/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/mil-error.h"
#include "pay/mil-payer-code.h"
#include "pay/mil-payment-code.h"
#include "pay/mil-qr.h"

#define NOW (G_GINT64_CONSTANT (1779611400) * G_USEC_PER_SEC)
#define WALLET "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"

/* The example of EMV QR MPM 1.1, annex B: lengths in characters, checksum over bytes. */
static const char annex_b[] = "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678"
                              "520441115802CN5914BEST TRANSPORT6007BEIJING"
                              "64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***"
                              "0708A60086670902ME91320016A0112233449988770708"
                              "123456786304A13A";

static char *
with_crc (const char *body)
{
  g_autofree char *start = g_strconcat (body, "6304", NULL);

  return g_strdup_printf ("%s%04X", start, mil_emv_crc (start, strlen (start)));
}

static MilPaymentCode *
good (const char *text)
{
  g_autoptr (GError) error = NULL;
  MilPaymentCode *code = mil_payment_code_parse (text, &error);

  g_assert_no_error (error);
  return code;
}

static void
bad (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPaymentCode) code = mil_payment_code_parse (text, &error);

  if (code != NULL)
    g_error ("taken for a payment code: %s", text);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNREADABLE);
}

static void
test_annex_b (void)
{
  g_autoptr (MilPaymentCode) code = good (annex_b);
  g_autoptr (MilPaymentCode) copy = mil_payment_code_copy (code);

  g_assert_cmpint (copy->kind, ==, MIL_PAYMENT_CODE_EMV);
  g_assert_cmpstr (copy->scheme, ==, "D15600000000");
  g_assert_cmpstr (copy->account, ==, "A93FO3230Q");
  g_assert_cmpstr (copy->payee, ==, "BEST TRANSPORT");
  g_assert_cmpstr (copy->payee_local, ==, "最佳运输");
  g_assert_cmpstr (copy->city, ==, "BEIJING");
  g_assert_cmpstr (copy->country, ==, "CN");
  g_assert_cmpstr (copy->category, ==, "4111");
  g_assert_true (mil_money_equal (copy->amount, mil_money (2372, "CNY")));
  g_assert_true (copy->one_time);
  g_assert_cmpint (copy->warnings, ==, MIL_PAYMENT_CODE_TIP);
}

/* What schemes in use leave out or write in their own way. */
static void
test_emv_lenient (void)
{
  g_autofree char *bare = with_crc ("00020101021129370016A0000006770101110113006681234567853037645802TH");
  g_autofree char *points = with_crc ("00020226180014br.gov.bcb.pix53039865406100.5.5802BR62070503***");
  g_autofree char *yen = with_crc ("00020101021226110007A0000015303392540415005802JP5902NA");
  g_autofree char *lower = g_ascii_strdown (yen, -1);
  g_autoptr (MilPaymentCode) thai = good (bare);
  g_autoptr (MilPaymentCode) japanese = NULL;

  g_assert_cmpstr (thai->currency, ==, "THB");
  g_assert_false (mil_money_is_set (thai->amount));
  g_assert_cmpint (thai->warnings, ==, MIL_PAYMENT_CODE_NO_MCC | MIL_PAYMENT_CODE_NO_NAME | MIL_PAYMENT_CODE_NO_CITY);
  bad (points);
  /* Only the checksum's letters may be in lower case. */
  memcpy (yen + strlen (yen) - 4, lower + strlen (lower) - 4, 4);
  japanese = good (yen);
  g_assert_true (mil_money_equal (japanese->amount, mil_money (1500, "JPY")));
  g_assert_null (japanese->payee);
}

static void
test_emv_fees (void)
{
  g_autofree char *money = with_crc ("00020126110007A00000153039785402105502025604 1.5");
  g_autofree char *fee = with_crc ("00020126110007A000001530397854021055020256041.50");
  g_autofree char *percent = with_crc ("00020126110007A000001530397854021055020357032.5");
  g_autoptr (MilPaymentCode) with_fee = good (fee);
  g_autoptr (MilPaymentCode) with_percent = good (percent);

  bad (money);
  g_assert_true (mil_money_equal (with_fee->fee, mil_money (150, "EUR")));
  g_assert_cmpint (with_percent->fee_percent.digits, ==, 25);
}

static void
test_emv_bad (void)
{
  static const char *const bodies[] = {
    "000201",                                 /* no account */
    "00020326110007A000001",                  /* unknown format */
    "00020126110007A0000015303978530397",     /* cut */
    "00020126110007A00000153039785303978",    /* twice */
    "00020126110007A0000015303000",           /* no such currency */
    "00020126110007A0000015303978540598,73",  /* comma */
    "00020126110007A00000153039785406-98.73", /* below zero */
    "00020126110007A000001530339254041.50",   /* yen have no decimals */
    "00020126110007A0000015400",              /* empty value */
  };
  g_autofree char *wrong_crc = g_strdup (annex_b);

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *text = with_crc (bodies[i]);

      bad (text);
    }
  wrong_crc[strlen (wrong_crc) - 1] = 'B';
  bad (wrong_crc);
  bad ("00020126110007A000001");
  bad ("00020163041234");
  bad ("");
  bad ("hello");
  bad ("https://example.org/");
}

static void
test_epc (void)
{
  g_autoptr (MilPaymentCode) full = good (
      "BCD\n001\n1\nSCT\nBFSWDE33BER\nVerein für Brücken\nDE89370400440532013000\nEUR10.00\n1234\n\nThank "
      "you.\nnote");
  g_autoptr (MilPaymentCode) brief = good ("BCD\r\n002\r\n1\r\nSCT\r\n\r\nCaffè\r\nIT60X054281110100000012345"
                                           "6\r\nEUR20\r\n\r\nRF18539007547034\r\n");
  g_autoptr (MilPaymentCode) open = good ("BCD\n002\n1\nSCT\n\nCaffè\nIT60X0542811101000000123456");

  g_assert_cmpint (full->kind, ==, MIL_PAYMENT_CODE_EPC);
  g_assert_cmpstr (full->payee, ==, "Verein für Brücken");
  g_assert_cmpstr (full->account, ==, "DE89370400440532013000");
  g_assert_cmpstr (full->country, ==, "DE");
  g_assert_cmpstr (full->message, ==, "Thank you.");
  g_assert_true (mil_money_equal (full->amount, mil_money (1000, "EUR")));
  g_assert_cmpstr (brief->reference, ==, "RF18539007547034");
  g_assert_true (mil_money_equal (brief->amount, mil_money (2000, "EUR")));
  g_assert_false (mil_money_is_set (open->amount));
}

static void
test_epc_bad (void)
{
  static const char *const codes[] = {
    "BCD\n003\n1\nSCT\n\nA\nDE89370400440532013000\n",
    "BCD\n002\n9\nSCT\n\nA\nDE89370400440532013000\n",
    "BCD\n002\n1\nINST\n\nA\nDE89370400440532013000\n",
    "BCD\n001\n1\nSCT\n\nA\nDE89370400440532013000\n", /* version 1 needs a BIC */
    "BCD\n002\n1\nSCT\n\n\nDE89370400440532013000\n",
    "BCD\n002\n1\nSCT\n\nA\nDE89370400440532013001\n",
    "BCD\n002\n1\nSCT\n\nA\nDE89370400440532013000\nUSD5",
    "BCD\n002\n1\nSCT\n\nA\nDE89370400440532013000\nEUR0.00",
    "BCD\n002\n1\nSCT\n\nA\nDE89370400440532013000\nEUR1000000000.00",
    "BCD\n002\n1\nSCT\n\nA\nDE89370400440532013000\nEUR1\n\nRF18\ntext", /* reference or text */
    "BCD\n002\n1\nSCT",
    "BCD\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    bad (codes[i]);
  g_assert_false (mil_iban_is_valid (NULL));
  g_assert_false (mil_iban_is_valid ("de89370400440532013000"));
}

static void
test_payer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilRandom) random = mil_random_new_seeded (3);
  g_autoptr (MilKey) key = mil_key_generate (NULL);
  g_autoptr (MilKey) other = mil_key_generate (NULL);
  g_autoptr (MilPayerCode) payer = mil_payer_code_new (WALLET, NOW, random, key, &error);
  g_autofree char *text = mil_payer_code_to_text (payer);
  g_autoptr (MilPayerCode) read = mil_payer_code_parse (text, &error);
  g_autoptr (MilPaymentCode) code = good (text);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, MIL_PAYER_CODE_PREFIX));
  g_assert_cmpint (code->kind, ==, MIL_PAYMENT_CODE_PAYER);
  g_assert_cmpstr (code->account, ==, WALLET);
  g_assert_cmpstr (read->wallet_id, ==, WALLET);
  g_assert_cmpint (read->expires_at, ==, NOW);
  g_assert_true (mil_payer_code_verify (read, key, NOW - 1, &error));
  g_assert_false (mil_payer_code_verify (read, other, NOW - 1, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNAUTHENTICATED);
  g_clear_error (&error);
  g_assert_false (mil_payer_code_verify (read, key, NOW, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_EXPIRED);
  read->expires_at += G_USEC_PER_SEC;
  g_assert_false (mil_payer_code_verify (read, key, NOW, NULL));
}

static void
test_foreign_payer (void)
{
  /* EMV QR CPM 1.1, example B.1 */
  static const char example[] = "hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=";
  g_autoptr (GError) error = NULL;

  g_assert_null (mil_payment_code_parse (example, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_UNSUPPORTED);
  bad ("hQVDUFYwMQ==");
  bad ("hQVDUFY");
}

static void
test_qr (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *much = g_strnfill (3000, 'x');
  g_autoptr (MilQr) qr = mil_qr_encode ("000000000017", &error);
  g_autoptr (MilQr) copy = NULL;

  g_assert_no_error (error);
  copy = mil_qr_copy (qr);
  g_assert_cmpint (copy->size, ==, 21);
  /* The corner of a finder pattern is dark, the ring inside it light. */
  g_assert_cmpint (copy->modules[0], ==, 1);
  g_assert_cmpint (copy->modules[21 + 1], ==, 0);
  g_assert_null (mil_qr_encode (much, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_TOO_LARGE);
}

/* Codes of schemes in use, where that collection is there: verdict, source, code. */
static void
test_vectors (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "shared", "vectors", "emv_qr.tsv", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0, agreed = 0;

  if (!g_file_get_contents (path, &content, NULL, NULL))
    {
      g_test_skip ("there is no collection of codes beside the project");
      return;
    }
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", 3);
      g_autoptr (MilPaymentCode) code = mil_payment_code_parse (cells[2], NULL);

      n++;
      if ((code != NULL) == g_str_equal (cells[0], "valid"))
        agreed++;
      else
        g_test_message ("%s is %s", cells[2], cells[0]);
    }
  g_test_message ("%u of %u codes as they should be", agreed, n);
  g_assert_cmpuint (agreed, ==, n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pay/codes/emv/annex-b", test_annex_b);
  g_test_add_func ("/pay/codes/emv/lenient", test_emv_lenient);
  g_test_add_func ("/pay/codes/emv/fees", test_emv_fees);
  g_test_add_func ("/pay/codes/emv/bad", test_emv_bad);
  g_test_add_func ("/pay/codes/epc/good", test_epc);
  g_test_add_func ("/pay/codes/epc/bad", test_epc_bad);
  g_test_add_func ("/pay/codes/payer", test_payer);
  g_test_add_func ("/pay/codes/payer/foreign", test_foreign_payer);
  g_test_add_func ("/pay/codes/qr", test_qr);
  g_test_add_func ("/pay/codes/vectors", test_vectors);
  return g_test_run ();
}
