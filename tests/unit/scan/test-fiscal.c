/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-fiscal.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *scheme;
  const char *date;
  const char *total;
  const char *seller_id;
  gboolean    checked;
} Sample;

/* The examples that the schemes' own documents and their makers publish. */
static const Sample samples[] = {
  { "V0;955002-00;Kassenbeleg-V1;Beleg^0.00_2.55_0.00_0.00_0.00^2.55:Bar;18;112;2019-07-10T18:41:04.000Z;"
    "2019-07-10T18:41:04.000Z;ecdsa-plain-SHA256;unixTime;MEQC;BHhW",
    "de-kassensichv",
    "2019-07-10",
    "2.55",
    NULL,
    FALSE },
  { "_R1-AT0_4820_48200280271447_2018-02-21T11:42:16_0,00_0,00_0,00_1,70_0,00_QEgP4Uo=_U:ATU46674503-01_"
    "N4Ks3W2TdlI=_bCgv",
    "at-rksv",
    "2018-02-21",
    "1.70",
    "ATU46674503",
    FALSE },
  { "A:123456789*B:999999990*C:PT*D:FS*E:N*F:20190812*G:FS "
    "CDVF/12345*H:CDF7T5HD-12345*I1:PT*I7:0.65*I8:0.15*N:0.15*O:0.80*Q:YhGV*R:9999*S:NU;0.80",
    "pt-atcud",
    "2019-08-12",
    "0.80",
    "123456789",
    TRUE },
  { "https://prewww2.aeat.es/wlpl/TIKE-CONT/"
    "ValidarQR?nif=89890001K&numserie=12345678%26G33&fecha=01-01-2024&importe=241.10",
    "es-verifactu",
    "2024-01-01",
    "241.10",
    "89890001K",
    TRUE },
  { "https://batuz.eus/QRTBAI/?id=TBAI-00000006Y-251019-btFpwP8dcLGAF-237&s=T&nf=27174&i=4.70&cr=007",
    "es-ticketbai",
    "2019-10-25",
    "4.70",
    "00000006Y",
    TRUE },
  { "AQxCb2JzIFJlY29yZHMCDzMxMDEyMjM5MzUwMDAwMwMUMjAyMi0wNC0yNVQxNTozMDowMFoEBzEwMDAuMDAFBjE1MC4wMA==",
    "sa-zatca",
    "2022-04-25",
    "1000.00",
    "310122393500003",
    FALSE },
  { "CA63388616107042714060000003e0000004100000000247894573A2IzH97mHFMn89HdKcQCQ==:**********:1:1:1:尖叫雞/"
    "隻:1:75",
    "tw-einvoice",
    "2018-04-27",
    "65.00",
    "24789457",
    TRUE },
  { "01,32,,26427000000316294884,100.76,20260330,,5F98", "cn-fapiao", "2026-03-30", "100.76", NULL, FALSE },
  { "01,10,011001600211,25236205,33.96,20170701,70438474151372413936,AD3C,", "cn-fapiao", "2017-07-01", NULL, NULL, FALSE },
  { "https://porezna.gov.hr/rn?jir=7d5f&datv=20240501_1230&izn=15,00", "hr-fiskalizacija", "2024-05-01", "15.00", NULL, FALSE },
  { "https://porezna.gov.hr/rn?jir=7d5f&datv=20240501_1230&izn=00000012,34", "hr-fiskalizacija", "2024-05-01", "12.34", NULL, FALSE },
  { "https://porezna.gov.hr/rn?zki=7d5f&datv=20261001_1234&izn=6746", "hr-fiskalizacija", "2026-10-01", "67.46", NULL, FALSE },
  { "https://porezna.gov.hr/rn?zki=7d5f&datv=20261001_1234&izn=1500", "hr-fiskalizacija", "2026-10-01", "15.00", NULL, FALSE },
  { "https://porezna.gov.hr/rn?zki=7d5f&datv=20261001_1234&izn=0001500", "hr-fiskalizacija", "2026-10-01", NULL, NULL, FALSE },
  { "https://porezna.gov.hr/rn?zki=7d5f&datv=20261001_1234&izn=15", "hr-fiskalizacija", "2026-10-01", NULL, NULL, FALSE },
  { "https://porezna.gov.hr/rn?zki=7d5f&datv=20221231_1234&izn=150,00", "hr-fiskalizacija", "2022-12-31", NULL, NULL, FALSE },
  { "https://porezna.gov.hr/rn?zki=7d5f&datv=20261001_1234&izn=-1500", "hr-fiskalizacija", "2026-10-01", NULL, NULL, FALSE },
  { "https://porezna.gov.hr/rn?zki=7d5f&datv=20261001_1234&izn=9999999999999999999999", "hr-fiskalizacija", "2026-10-01", NULL, NULL, FALSE },
  { "223175087923687075112234402528973166755123456781508151013321", "si-furs", "2015-08-15", NULL, "12345678", TRUE },
  { "https://www1.aade.gr/tameiakes/myweb/"
    "q1.php?SIG=CFA1800124300033535EBAA152B0CB943EDB30CF9135B5F8074ECB86E5622.99",
    "gr-aade",
    NULL,
    "22.99",
    NULL,
    FALSE },
  { "V0;ARC1234;Kassenbeleg-V1;Beleg^3,000.00_20.00_0.00_0.00_0.00^3,020.00:Bar;60;1326;2020-06-16T10:58:12."
    "000Z;"
    "2020-06-16T22:58:12.000Z;ecdsa-plain-SHA384;unixTime;Y6QL;BFhn",
    "de-kassensichv",
    "2020-06-17",
    "3020.00",
    NULL,
    FALSE },
  { "_R1-AT1_KASSE_NORD_1_AT0-KASSE1-42_2026-08-13T00:30:00_5,00_2,70_0,00_0,00_0,00_UMSATZ_ATU12345678_"
    "6F0404F0_c2ln_Zm9v",
    "at-rksv",
    "2026-08-13",
    "7.70",
    "ATU12345678",
    FALSE },
  { "AQxCb2JzIFJlY29yZHMCDzMxMDEyMjM5MzUwMDAwMwMTMjAyMi0wNC0yNSAxNTozMDowMAQIMSwwMDAuMDAFBjE1MC4wMA==",
    "sa-zatca",
    "2022-04-25",
    "1000.00",
    "310122393500003",
    FALSE },
  { "https://bcfp.shenzhen.chinatax.gov.cn/verify/scan?hash=01955ef909a6&bill_num=30532037&total_amount=7200", "cn-fapiao", NULL, "72.00", NULL, FALSE },
  { "https://mydatapi.aade.gr/myDATA/TimologioQR/QRInfo?q=abcDEF123", "gr-mydata", NULL, NULL, NULL, FALSE },
  { "https://ksef.mf.gov.pl/client-app/invoice/8567346215/01-02-2026/KjUrcBrlJxBxPdRCV0gOuUmdm5dDEBbqkjN/"
    "C6dv2c8=",
    "pl-ksef",
    "2026-02-01",
    NULL,
    "8567346215",
    TRUE },
  { "https://qr.ksef.mf.gov.pl/invoice/8567346215/01-02-2026/UtQp9Gpc51y", "pl-ksef", "2026-02-01", NULL, "8567346215", TRUE },
};

static void
test_samples (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      const Sample *sample = &samples[i];
      g_test_message ("%s", sample->scheme);
      g_autoptr (MilFiscal) fiscal = mil_fiscal_parse (sample->text);
      g_assert_nonnull (fiscal);
      g_assert_cmpstr (fiscal->scheme, ==, sample->scheme);
      g_autofree char *date = mil_date_is_set (fiscal->date) ? mil_date_to_string (fiscal->date) : NULL;
      g_assert_cmpstr (date, ==, sample->date);
      g_autofree char *total = mil_money_is_set (fiscal->total) ? mil_money_to_decimal (fiscal->total) : NULL;
      g_assert_cmpstr (total, ==, sample->total);
      g_assert_cmpstr (fiscal->seller_id, ==, sample->seller_id);
      g_assert_cmpint (fiscal->checked, ==, sample->checked);
      g_assert_cmpstr (fiscal->raw, ==, sample->text);
    }
}

/* A Serbian code as its till would write it: version 1, two of 8, two counters, the total in ten-thousandths
 * with its little end first, the instant with its big end first, kinds, no buyer, two of 256, an MD5. */
static char *
make_serbian (guint64 total, guint64 milliseconds)
{
  guchar data[44 + 256 + 256 + 16];
  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guchar) (i * 37 + 11);
  data[0] = 1;
  memcpy (data + 1, "ABCD1234EFGH5678", 16);
  for (guint i = 0; i < 8; i++)
    {
      data[25 + i] = (guchar) (total >> (8 * i));
      data[33 + i] = (guchar) (milliseconds >> (8 * (7 - i)));
    }
  data[41] = data[42] = data[43] = 0;
  gsize md5 = 16;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_MD5);
  g_checksum_update (sum, data, sizeof data - 16);
  g_checksum_get_digest (sum, data + sizeof data - 16, &md5);
  g_autofree char *base64 = g_base64_encode (data, sizeof data), *escaped = g_uri_escape_string (base64, NULL, FALSE);
  return g_strconcat ("https://suf.purs.gov.rs/v/?vl=", escaped, NULL);
}

static void
test_serbian (void)
{
  g_autofree char *text = make_serbian (26600000, 1741176000000);
  g_autoptr (MilFiscal) fiscal = mil_fiscal_parse (text);
  g_autofree char *total = mil_money_to_decimal (fiscal->total), *date = mil_date_to_string (fiscal->date);
  g_assert_cmpstr (fiscal->scheme, ==, "rs-suf");
  g_assert_cmpstr (fiscal->document, ==, "ABCD1234");
  g_assert_cmpstr (total, ==, "2660.00");
  g_assert_cmpstr (fiscal->total.currency, ==, "RSD");
  g_assert_cmpstr (date, ==, "2025-03-05");
  g_assert_true (fiscal->checked);
  g_assert_cmpstr (fiscal->raw, ==, text);

  char *at = strstr (text, "vl=") + 40;
  *at = *at == 'A' ? 'B' : 'A';
  g_autoptr (MilFiscal) changed = mil_fiscal_parse (text);
  g_assert_false (changed->checked);
}

static void
test_wrong (void)
{
  /* A changed amount does not fit TicketBAI's check value; a changed digit is no Slovenian code. */
  g_autoptr (MilFiscal) changed = mil_fiscal_parse (
      "https://batuz.eus/QRTBAI/?id=TBAI-00000006Y-251019-btFpwP8dcLGAF-237&s=T&nf=27174&i=9.70&cr=007");
  g_assert_false (changed->checked);
  g_assert_null (mil_fiscal_parse ("223175087923687075112234402528973166755123456781508151013322"));
  g_assert_null (mil_fiscal_parse ("https://example.org/"));
  g_assert_null (mil_fiscal_parse ("V0;1;2"));
  /* An address that only mentions an authority's is none of its own. */
  g_assert_null (mil_fiscal_parse ("https://evil.example/?x=porezna.gov.hr/rn&datv=20260115_0905&izn=12,34"));
  g_assert_null (mil_fiscal_parse ("https://porezna.gov.hr@evil.example/rn?jir=1&izn=1,00"));
  g_assert_null (mil_fiscal_parse ("https://porezna.gov.hr.evil.example/rn?jir=1&izn=1,00"));
  g_assert_null (mil_fiscal_parse ("https://evil.example/ksef.mf.gov.pl/invoice/1111111111/01-02-2026/x"));
  g_assert_null (
      mil_fiscal_parse ("https://bcfp.shenzhen.chinatax.gov.cn/verify/scan?bill_num=1&total_amount=-1"));
  /* What decodes to no text stays as it is written. */
  g_autoptr (MilFiscal) broken = mil_fiscal_parse (
      "https://prewww2.aeat.es/wlpl/TIKE-CONT/ValidarQR?numserie=A%FF&nif=1");
  g_assert_cmpstr (broken->document, ==, "A%FF");
  /* A till's number is letters and digits, and is not cut in the middle of a letter. */
  g_assert_null (mil_fiscal_parse (
      "https://www1.aade.gr/q1.php?SIG=CFA1800124300033éEBAA152B0CB943EDB30CF9135B5F8074ECB86E5622.99999"));
  g_assert_null (mil_fiscal_parse (""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/fiscal/samples", test_samples);
  g_test_add_func ("/scan/fiscal/serbian", test_serbian);
  g_test_add_func ("/scan/fiscal/wrong", test_wrong);
  return g_test_run ();
}
