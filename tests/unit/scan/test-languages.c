/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-scanner.h"

#include <cairo.h>
#include <locale.h>
#include <string.h>

#include "scan-fixture.h"
#include "scan/mil-label.h"
#include "scan/mil-ocr.h"

#define WIDTH 760
#define ROW 52
#define MOST_ROWS 16

/* A paper of the country, drawn here; rows are what stands on the left and, after a tab, on the right. */
typedef struct
{
  const char *name;
  /* (nullable): what is known before */
  const char *country;
  const char *font;
  const char *language;
  const char *merchant;
  const char *total;
  const char *currency;
  const char *rows[MOST_ROWS];
} Paper;

static const Paper papers[] = {
  { "japanese",
    "JP",
    "Noto Sans CJK JP",
    "jpn",
    "京都和紙堂",
    "3960",
    "JPY",
    { "京都和紙堂",
      "京都市中京区寺町通5-1",
      "電話 075-123-4567",
      "2026年3月14日 16:42",
      "千代紙便箋\t1,200",
      "和紙ノート\t2,400",
      "小計\t3,600",
      "消費税 10%\t360",
      "合計\t¥3,960",
      "お預り\t¥5,000",
      "お釣り\t¥1,040" } },
  { "simplified-chinese",
    "CN",
    "Noto Sans CJK SC",
    "chi_sim",
    "苏州丝绸商店",
    "354.00",
    "CNY",
    { "苏州丝绸商店", "江苏省苏州市平江路12号", "电话 0512-6543210", "日期 2026-03-14 16:42", "真丝围巾\t258.00", "刺绣手帕\t96.00", "合计\t354.00", "现金\t400.00", "找零\t46.00", "人民币 含增值税" } },
  { "traditional-chinese",
    "TW",
    "Noto Sans CJK TC",
    "chi_tra",
    "大同茶葉有限公司",
    "1030",
    "TWD",
    { "大同茶葉有限公司", "臺北市大同區迪化街58號", "統一編號 04595257", "日期 2026-03-14 16:42", "高山烏龍茶\t680", "茉莉花茶\t350", "總計\tNT$1,030", "現金\t1,100", "找零\t70" } },
  { "korean",
    "KR",
    "Noto Sans CJK KR",
    "kor",
    "하늘담공방",
    "34500",
    "KRW",
    { "하늘담공방",
      "서울특별시 종로구 인사동길 12",
      "사업자번호 120-81-47521",
      "2026-03-14 16:42",
      "백자 찻잔\t22,000",
      "나무 젓가락\t12,500",
      "합계\t34,500원",
      "현금\t40,000",
      "거스름돈\t5,500" } },
  { "dutch",
    "NL",
    "DejaVu Sans",
    "nld",
    "Klomp & Kade B.V.",
    "47.50",
    "EUR",
    { "Klomp & Kade B.V.",
      "Prinsengracht 112, Amsterdam",
      "14-03-2026 16:42",
      "Delfts blauw vaas\t32,50",
      "Stroopwafelblik\t15,00",
      "Subtotaal\t47,50",
      "Totaal EUR\t47,50",
      "Contant\t50,00",
      "Wisselgeld\t2,50",
      "BTW 21%\t8,24" } },
  { "portuguese",
    "PT",
    "DejaVu Sans",
    "por",
    "Casa da Cortiça Lda",
    "61.80",
    "EUR",
    { "Casa da Cortiça Lda",
      "Rua das Flores 12, Porto",
      "Data: 14/03/2026 16:42",
      "Mala de cortiça\t49,90",
      "Azulejo pintado\t11,90",
      "Total a pagar EUR\t61,80",
      "Numerário\t70,00",
      "Troco\t8,20",
      "IVA incluído à taxa legal" } },
  { "spanish",
    "ES",
    "DejaVu Sans",
    "spa",
    "Taller Brisa S.L.",
    "88.40",
    "EUR",
    { "Taller Brisa S.L.",
      "Calle Mayor 3, Madrid",
      "Fecha: 14/03/2026 16:42",
      "Abanico pintado\t38,50",
      "Mantón bordado\t49,90",
      "TOTAL A PAGAR\t88,40 €",
      "Efectivo\t100,00 €",
      "Cambio\t11,60 €",
      "IVA incluido" } },
  { "italian",
    NULL,
    "DejaVu Sans",
    "ita",
    "Bottega Canaletto SRL",
    "166.00",
    "EUR",
    { "Bottega Canaletto SRL",
      "Via Garibaldi 12, Venezia",
      "P.IVA 00743110157",
      "Foulard di seta",
      "2 x 63,00\t126,00",
      "Cintura di cuoio\t40,00",
      "TOTALE EURO\t166,00",
      "Pagamento elettronico\t166,00",
      "14/03/2026 16:42" } },
  { "french",
    "FR",
    "DejaVu Sans",
    "fra",
    "Maison Aubrelle SARL",
    "74.80",
    "EUR",
    { "Maison Aubrelle SARL",
      "12 rue du Château, Lyon",
      "Le 14/03/2026 à 16:42",
      "Écharpe en laine\t54,90",
      "Savon à la lavande\t19,90",
      "TOTAL TTC\t74,80 €",
      "Espèces\t80,00 €",
      "Rendu\t5,20 €",
      "dont TVA 20%\t12,47" } },
};

static MilPicture *
draw (const Paper *paper)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, 80 + ROW * MOST_ROWS);
  cairo_t         *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 0.93, 0.93, 0.91);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.12, 0.12, 0.12);
  cairo_select_font_face (cr, paper->font, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 32);
  for (guint i = 0; i < MOST_ROWS && paper->rows[i] != NULL; i++)
    {
      g_auto (GStrv) sides = g_strsplit (paper->rows[i], "\t", 2);
      cairo_move_to (cr, 50, 90 + ROW * i);
      cairo_show_text (cr, sides[0]);
      if (sides[1] == NULL)
        continue;
      cairo_text_extents_t extents;
      cairo_text_extents (cr, sides[1], &extents);
      cairo_move_to (cr, WIDTH - 50 - extents.x_advance, 90 + ROW * i);
      cairo_show_text (cr, sides[1]);
    }
  cairo_destroy (cr);
  MilPicture *picture = fixture_take_picture (surface);
  cairo_surface_destroy (surface);
  return picture;
}

static void
check (const MilReceipt *receipt, const Paper *paper)
{
  g_test_message ("%s: %s\n%s", paper->name, receipt->language, receipt->text);
  g_assert_cmpstr (receipt->language, ==, paper->language);
  g_assert_true (mil_receipt_has (receipt, MIL_RECEIPT_TOTAL));
  g_autofree char *total = mil_decimal_to_string (receipt->amounts[MIL_RECEIPT_TOTAL]);
  g_assert_cmpstr (total, ==, paper->total);
  g_assert_true (mil_receipt_is_well_supported (receipt, MIL_RECEIPT_TOTAL));
  g_assert_cmpstr (receipt->currency, ==, paper->currency);
  g_assert_true (mil_date_is_set (receipt->date));
  g_autofree char *date = mil_date_to_string (receipt->date);
  g_assert_cmpstr (date, ==, "2026-03-14");
  g_assert_cmpstr (receipt->time, ==, "16:42");
  g_assert_nonnull (receipt->merchant);
  g_autofree char *merchant = mil_label_fold (receipt->merchant), *wanted = mil_label_fold (paper->merchant);
  g_assert_cmpstr (merchant, ==, wanted);
  g_assert_cmpuint (receipt->lines->len, ==, 2);
}

static void
read_paper (const Paper *paper, const char *country)
{
  if (!mil_ocr_has_language (paper->language))
    {
      g_test_skip ("Tesseract has not this language");
      return;
    }
  FixtureScan scan = { .picture = draw (paper), .options = { .kind = MIL_SCAN_RECEIPT, .country = country } };
  fixture_scan_run (&scan);
  g_assert_no_error (scan.error);
  check (scan.result->receipt, paper);
  fixture_scan_clear (&scan);
}

static void
test_paper (gconstpointer data)
{
  const Paper *paper = data;
  read_paper (paper, paper->country);
}

/* Letters of its own say what language it is. */
static void
test_unknown (gconstpointer data)
{
  read_paper (data, NULL);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  static const char *const own_letters[] = { "jpn", "chi_sim", "kor", NULL };
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autofree char *path = g_strconcat ("/scan/languages/", papers[i].name, NULL);
      g_test_add_data_func (path, &papers[i], test_paper);
      g_autofree char *unknown = g_strconcat (path, "-unknown", NULL);
      if (g_strv_contains (own_letters, papers[i].language))
        g_test_add_data_func (unknown, &papers[i], test_unknown);
    }
  return g_test_run ();
}
