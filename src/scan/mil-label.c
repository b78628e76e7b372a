/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-label.h"

#include <string.h>

/* The words of eleven languages for what stands on a receipt, folded as mil_label_fold() does. A
 * word in [brackets] must be a word of its own, others may be part of one and may be misread in one
 * letter of five. */
static const char *const total_words[] = {
  "TOTAL",     "[SUMME]",  "GESAMT",    "TOTALE",   "TOTAAL",   "[SOMME]",  "JUMLAH",  "ZAHLEN",
  "ENDBETRAG", "합계",     "총액",      "結算",     "合計",     "合计",     "总计",    "總計",
  "总额",      "總額",     "[TOT]",     "[DUE]",    "[CELKEM]", "총합계",   "お会計",  "お買上計",
  "APAYER",    "APAGAR",   "TEBETALEN", "[SUMA]",   "RAZEM",    "[SUMMA]",  "TOTALT",  "UKUPNO",
  "SKUPAJ",    "OSSZESEN", "YHTEENSA",  "[TOPLAM]", "TONGCONG", "TONGTIEN", "KUHRADE", "総計",
  "現計",      "領収金額", "請求額",    "총구매액", "판매합계", "구매금액", "[TTL]",   NULL
};
static const char *const final_words[] = { "GRANDTOTAL",
                                           "TOTALPAYABLE",
                                           "AMOUNTPAYABLE",
                                           "AMOUNTDUE",
                                           "TOTALDUE",
                                           "BALANCEDUE",
                                           "NETTOTAL",
                                           "NETTTOTAL",
                                           "TOTALROUNDED",
                                           "ROUNDEDTOTAL",
                                           "AFTERROUNDING",
                                           "ROUNDINGTOTAL",
                                           "AFTERROUNDADJ",
                                           "ROUNDEDAMT",
                                           "AFTERADJ",
                                           "TOTALAFTERADJ",
                                           "NETTAMOUNT",
                                           "NETAMOUNT",
                                           "NETTAMT",
                                           "NETAMT",
                                           "SALESINCL",
                                           "AMOUNTINCL",
                                           "ZUZAHLEN",
                                           "GESAMTBETRAG",
                                           "GESAMTSUMME",
                                           "RECHNUNGSBETRAG",
                                           "ZAHLBETRAG",
                                           "TOTALTTC",
                                           "MONTANTTTC",
                                           "NETAPAYER",
                                           "TOTALAPAYER",
                                           "TOTALCOMPLESSIVO",
                                           "TOTALECOMPLESSIVO",
                                           "TOTALEEURO",
                                           "TOTALEDOCUMENTO",
                                           "TOTALAPAGAR",
                                           "IMPORTETOTAL",
                                           "TEBETALEN",
                                           "TOTAALBEDRAG",
                                           "결제금액",
                                           "받을금액",
                                           "청구금액",
                                           "합계금액",
                                           "総合計",
                                           "お買上計",
                                           "应付",
                                           "應付",
                                           "应收",
                                           "應收",
                                           "实付",
                                           "實付",
                                           "FINALTOTAL",
                                           "TOTALAMOUNTINC",
                                           "TOTALSALESINCL",
                                           "TOTALINCL",
                                           "TOTALINCGST",
                                           "ZUZAHLENDERBETRAG",
                                           "BILLTOTAL",
                                           "TOBEPAID",
                                           "ENDSUMME",
                                           "DOZAPLATY",
                                           "FIZETENDO",
                                           "GENELTOPLAM",
                                           "ATTBETALA",
                                           "ATBETALE",
                                           "VALORAPAGAR",
                                           "税込合計",
                                           "支付金额",
                                           "支付金額",
                                           "실결제",
                                           "최종금액",
                                           "총결제",
                                           NULL };
static const char *const weak_words[] = { "AMOUNT",  "BETRAG", "[NETT]", "IMPORTO", "MONTANT",      "BEDRAG",
                                          "IMPORTE", "VALOR",  "[AMT]",  "[PREIS]", "ポイント支払", NULL };
static const char *const subtotal_words[] = {
  "SUBTOTAL",       "ZWISCHENSUMME", "SOUSTOTAL",  "TUSSENTOTAAL", "SUBTOTAAL",
  "PARZIALE",       "SUPPLIES",      "소계",       "小計",         "小计",
  "NETTOWARENWERT", "BASEIMPONIBLE", "IMPONIBILE", "SUBTTL",       "[SUB]",
  "TOTALBEFORE",    "ZWSUMME",       "ARATOPLAM",  "MELLOMSUM",    "DELSUMMA",
  "MEZISOUCET",     "RESZOSSZEG",    "IARTSUM",    "小計額",       NULL
};
static const char *const tax_words[] = {
  "[GST]",      "[MWST]",   "[UST]",     "[TVA]",    "[IVA]",    "[VAT]",    "[TAX]",    "[BTW]",  "[SST]",
  "MEHRWERT",   "STEUER",   "부가세",    "消費税",   "内税",     "税額",     "税额",     "增值税", "[NETTO]",
  "[NET]",      "[BRUTTO]", "[ALV]",     "[IGIC]",   "ALIQUOTA", "IMPOSTA",  "과세",     "면세",   "부가",
  "GSTSUMMARY", "[GST6]",   "[EXEMPT]",  "[MOMS]",   "[MVA]",    "[PTU]",    "[DPH]",    "[AFA]",  "[PDV]",
  "[DDV]",      "[KDV]",    "[PPN]",     "[PB1]",    "TRIBUTOS", "IMPOSTOS", "HORSTAXE", "税合計", "税合计",
  "対象",       "外税",     "TOTALTAXE", "TOTALTVA", "TOTALGST", NULL
};
static const char *const rounding_words[] = {
  "ROUNDING",  "RUNDUNG",    "ARRONDI",      "ARROTONDAMENTO", "REDONDEO", "AFRONDING", "[ROUND]",
  "ROUNDADJ",  "ROUNDNG",    "RNDADJ",       "ARREDONDAMENTO", "[RND]",    "AFGEROND",  "ZAOKROUHLENI",
  "KEREKITES", "AVRUNDNING", "ZAOKRAGLENIE", "OERESAVRUNDING", NULL
};
static const char *const cash_words[] = {
  "[CASH]",   "TENDERED",  "TENDER",   "[PAID]",  "[BAR]",    "GEGEBEN",   "BARGELD",   "ESPECES",
  "CONTANTI", "CONTANTE",  "EFECTIVO", "CONTANT", "DINHEIRO", "NUMERARIO", "RECEIVED",  "[PAYMENT]",
  "[TUNAI]",  "현금",      "받은금액", "預り",    "预收",     "现金",      "現金",      "收款",
  "BEZAHLT",  "ENTREGADO", "ENTREGUE", "[PAY]",   "[GEG]",    "GOTOWKA",   "GOTOVINA",  "HOTOVOST",
  "KESZPENZ", "KONTANT",   "KATEINEN", "NAKIT",   "NUMERAR",  "TIENMAT",   "VALORPAGO", "TOTALPAGADO",
  "お預",     "お預り",    "[BAYAR]",  "实收",    "實收",     NULL
};
static const char *const card_words[] = { "[VISA]",        "[CREDIT]",    "MASTERCARD",
                                          "KARTENZAHLUNG", "GIROCARD",    "ECKARTE",
                                          "[CARD]",        "[DEBIT]",     "CREDITCARD",
                                          "[AMEX]",        "[CARTE]",     "TARJETA",
                                          "MAESTRO",       "ECCASH",      "ELECTRONICCASH",
                                          "카드",          "クレジット",  "银联",
                                          "[CARTA]",       "KREDITKARTE", "PAGAMENTOELETTRONICO",
                                          "[PIN]",         "[CB]",        "MULTIBANCO",
                                          "[KARTE]",       "[EC]",        "ALIPAY",
                                          "WECHAT",        "微信",        "支付宝",
                                          "TWINT",         "POSTFINANCE", "AMEXCO",
                                          "BANCOMAT",      "BANCONTACT",  "[PINNEN]",
                                          "DANKORT",       "KREDITKORT",  "BANKKORT",
                                          "KONTOKORT",     "BETALKORT",   "APPLEPAY",
                                          "GOOGLEPAY",     "CARTEBLEUE",  "CARTEBANCAIRE",
                                          "IMPORTOPAGATO", "[CARTAO]",    "KARTAPLATNICZA",
                                          "KREDIKARTI",    "電子マネー",  "交通系",
                                          "PAYPAY",        "信用卡",      "승인금액",
                                          "현금IC",        NULL };
static const char *const change_words[] = {
  "[CHANGE]",   "RUECKGELD",  "RUCKGELD",     "WECHSELGELD", "[RENDU]",     "[RESTO]",    "[CAMBIO]",
  "WISSELGELD", "[TROCO]",    "거스름",       "お釣",        "釣銭",        "找零",       "找续",
  "[BAKI]",     "[BALANCE]",  "[VUELTA]",     "MONNAIE",     "[CHANGEDUE]", "[TERUG]",    "CHANGEDUE",
  "[ZURUECK]",  "[ZURUCK]",   "DEVOLVER",     "[REST]",      "[RESZTA]",    "VISSZAJARO", "VRACENO",
  "[VAXEL]",    "BYTTEPENGE", "VEKSLEPENGER", "PARAUSTU",    "KEMBALI",     "おつり",     "거스름돈",
  "[POVRAT]",   NULL
};
static const char *const discount_words[] = {
  "DISCOUNT", "RABATT",     "[SAVING]",  "SAVINGS", "[SAVED]",  "REMISE",   "SCONTO",  "DESCUENTO",
  "KORTING",  "DESCONTO",   "할인",      "割引",    "折扣",     "优惠",     "優惠",    "[DISC]",
  "NACHLASS", "REDUCTION",  "ERSPARNIS", "GESPART", "VOORDEEL", "DISKON",   "INDIRIM", "RABAT",
  "SLEVA",    "KEDVEZMENY", "[POPUST]",  "에누리",  "値引",     "DESCUENT", NULL
};
static const char *const count_words[] = { "[QTY]",     "QUANTITY", "[ITEMS]",  "[ITEM]",       "POSTEN",
                                           "[PCS]",     "ANZAHL",   "[POINTS]", "PUNKTE",       "POINT",
                                           "[MENGE]",   "ARTICLES", "ARTICOLI", "ARTIKEL",      "[COUNT]",
                                           "点数",      "수량",     "件数",     "數量",         "数量",
                                           "UMSATZVON", "[LIMIT]",  "ELIGIBLE", "NOUVEAUTOTAL", "CAGNOTTE",
                                           "[SALDO]",   "[SOLDE]",  "GUTHABEN", "[QTD]",        "[ITENS]",
                                           "포인트",    "ポイント", "积分",     "點數",         NULL };
static const char *const exclusive_words[] = { "EXCL",    "BEFORE",    "WITHOUT", "[EXC]", "[OHNE]",
                                               "[EX]",    "HORSTAXE",  "SINIVA",  "[WO]",  "[HT]",
                                               "EXCLUDE", "EXCLUSIVE", NULL };
static const char *const inclusive_words[] = { "INCL",     "INKL",      "[INC]",   "[TTC]", "[WITH]",
                                               "PAYABLE",  "IVATO",     "CONIVA",  "税込",  "价税合计",
                                               "價稅合計", "INCLUSIVE", "INCLUDE", NULL };

/* Accents are taken away, letters made large, digits that are misread letters kept as they are. */
static void
fold_letter (gunichar c, GString *out)
{
  gunichar parts[4];
  gsize    n = g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
  /* Hangul must stay whole. */
  gunichar base = n > 0 && parts[0] < 0x250 ? parts[0] : c;
  if (base == 0xdf)
    g_string_append (out, "SS");
  else if (g_unichar_isalnum (base))
    g_string_append_unichar (out, g_unichar_toupper (base));
}

/**
 * mil_label_fold:
 * @text: UTF-8
 *
 * Returns: (transfer full): its letters and digits without accents, in capitals, without blanks
 */
char *
mil_label_fold (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (GString) out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    fold_letter (g_utf8_get_char (p), out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* One letter for all that look like it. */
static inline char
shape_of (char c)
{
  switch (c)
    {
    case '0':
    case 'D':
    case 'Q':
      return 'O';
    case '1':
    case 'L':
      return 'I';
    case '5':
      return 'S';
    case '8':
      return 'B';
    case '2':
      return 'Z';
    case '6':
      return 'G';
    default:
      return c;
    }
}

/* Two letters that look alike count as the same. */
static inline gboolean
looks_like (char a, char b)
{
  return shape_of (a) == shape_of (b);
}

/**
 * mil_label_contains:
 * @folded: where to look, as mil_label_fold() makes it
 * @keyword: what to look for, folded too, at most 31 bytes
 * @errors: how many letters may be wrong, missing or too many
 *
 * Approximate substring search (Sellers 1980). Letters that look alike are no error.
 *
 * Returns: whether it is there
 */
gboolean
mil_label_contains (const char *folded, const char *keyword, int errors)
{
  g_return_val_if_fail (folded != NULL && keyword != NULL, FALSE);

  int   column[32];
  gsize n = strlen (keyword);
  if (n == 0 || n >= G_N_ELEMENTS (column) || (guchar) keyword[0] >= 0x80)
    return strstr (folded, keyword) != NULL;

  for (gsize i = 0; i <= n; i++)
    column[i] = i;
  for (const char *p = folded; *p != '\0'; p++)
    {
      int diagonal = 0;
      for (gsize i = 1; i <= n; i++)
        {
          int here = MIN (column[i], column[i - 1]) + 1;
          here = MIN (here, diagonal + !looks_like (*p, keyword[i - 1]));
          diagonal = column[i];
          column[i] = here;
        }
      if (column[n] <= errors)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_word_char (const char *p)
{
  return *p != '\0' && (g_ascii_isalnum (*p) || (guchar) *p >= 0x80);
}

/* A row's text, taken apart once for all the words that are looked for in it. */
typedef struct
{
  char *folded;
  GStrv words;
} Parts;

/**
 * mil_label_split:
 * @text: a row as it was read
 *
 * Returns: (transfer full): its words, folded, for mil_label_words_have()
 */
GStrv
mil_label_split (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  for (const char *p = text; *p != '\0';)
    {
      while (*p != '\0' && !is_word_char (p))
        p++;
      const char *start = p;
      while (is_word_char (p))
        p++;
      if (p == start)
        break;
      g_autofree char *piece = g_strndup (start, p - start);
      g_strv_builder_take (words, mil_label_fold (piece));
    }
  return g_strv_builder_end (words);
}

/* "115" looks like "ILS", but a number is no word. */
static gboolean
is_same_word (const char *folded, const char *word, gsize length)
{
  if (!g_ascii_isdigit (word[0]) && folded[strspn (folded, "0123456789")] == '\0')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (folded[i] == '\0' || !looks_like (folded[i], word[i]))
      return FALSE;
  return folded[length] == '\0';
}

static gboolean
has_word (const Parts *parts, const char *word, gsize length)
{
  for (guint i = 0; parts->words[i] != NULL; i++)
    if (is_same_word (parts->words[i], word, length))
      return TRUE;
  return FALSE;
}

/**
 * mil_label_words_have:
 * @words: what mil_label_split() gave
 * @word: a word, folded
 *
 * Returns: whether @word is one of @words
 */
gboolean
mil_label_words_have (const char *const *words, const char *word)
{
  g_return_val_if_fail (words != NULL && word != NULL, FALSE);

  return has_word (&(Parts) { .words = (GStrv) words }, word, strlen (word));
}

/**
 * mil_label_has_word:
 * @text: a row as it was read
 * @word: a word, folded
 *
 * Returns: whether @word stands in @text as a word of its own, whatever its case and accents
 */
gboolean
mil_label_has_word (const char *text, const char *word)
{
  g_return_val_if_fail (text != NULL && word != NULL, FALSE);

  g_auto (GStrv) words = mil_label_split (text);
  return has_word (&(Parts) { .words = words }, word, strlen (word));
}

/* Short words with an error are in everything; the one that matters most is let off. */
static int
allowed_errors (const char *word, gsize length)
{
  if ((guchar) word[0] >= 0x80)
    return 0;
  return strcmp (word, "TOTAL") == 0 ? 1 : (int) length / 6;
}

static gboolean
has_any (const Parts *parts, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      gsize length = strlen (words[i]);
      if (words[i][0] == '[' ? has_word (parts, words[i] + 1, length - 2)
                             : mil_label_contains (parts->folded, words[i], allowed_errors (words[i], length)))
        return TRUE;
    }
  return FALSE;
}

/* "SR 6% 100.00 6.00" is a row of taxes, "TEA 3.18 SR" an item of that rate. */
static gboolean
starts_with_rate (const Parts *parts)
{
  static const char *const rates[] = { "SR", "ZR", "ZRL", "SRS", NULL };
  for (guint i = 0; parts->words[0] != NULL && rates[i] != NULL; i++)
    if (is_same_word (parts->words[0], rates[i], strlen (rates[i])))
      return TRUE;
  return FALSE;
}

/* A row that names a total: which one, by what else it says. */
static MilLabel
classify_total (const Parts *parts)
{
  static const char *const stated_tax[] = { "INCLUDEDINTOTAL", "GSTINCLUDED", "TAXINCLUDED", "VATINCLUDED", NULL };
  gboolean inclusive = has_any (parts, inclusive_words);
  if (has_any (parts, stated_tax))
    return MIL_LABEL_TAX;
  gboolean final = has_any (parts, final_words);

  if (has_any (parts, exclusive_words))
    return MIL_LABEL_SUBTOTAL;
  if (has_any (parts, (const char *const[]) { "QUANTITY", "[QTY]", NULL }))
    return MIL_LABEL_COUNT;
  if (inclusive
      || (final
          && (mil_label_contains (parts->folded, "AFTERADJ", 1)
              || !has_any (parts, (const char *const[]) { "[GST]", "[TAX]", NULL }))))
    return MIL_LABEL_FINAL;
  if (has_any (parts, discount_words))
    return MIL_LABEL_DISCOUNT;
  if (has_any (parts, rounding_words))
    return mil_label_contains (parts->folded, "ROUNDED", 0) ? MIL_LABEL_FINAL : MIL_LABEL_ROUNDING;
  if (has_any (parts, change_words))
    return MIL_LABEL_CHANGE;
  if (has_any (parts, tax_words))
    return MIL_LABEL_TAX;
  if (has_any (parts, count_words))
    return MIL_LABEL_COUNT;
  return MIL_LABEL_TOTAL;
}

static MilLabel
classify (const Parts *parts)
{
  if (has_any (parts, subtotal_words))
    return MIL_LABEL_SUBTOTAL;
  if (has_any (parts, total_words) || has_any (parts, final_words))
    return classify_total (parts);
  if (has_any (parts, change_words))
    return MIL_LABEL_CHANGE;
  if (has_any (parts, rounding_words))
    return MIL_LABEL_ROUNDING;
  if (has_any (parts, discount_words))
    return MIL_LABEL_DISCOUNT;
  if (has_any (parts, card_words))
    return MIL_LABEL_CARD;
  if (has_any (parts, cash_words))
    return MIL_LABEL_CASH;
  if (has_any (parts, tax_words) || starts_with_rate (parts))
    return MIL_LABEL_TAX;
  if (has_any (parts, count_words))
    return MIL_LABEL_COUNT;
  if (has_any (parts, weak_words))
    return MIL_LABEL_WEAK;
  return MIL_LABEL_NONE;
}

/**
 * mil_label_classify:
 * @text: a row as it was read
 *
 * Says what the words of the row make of the amounts on it, in eleven languages, tolerating
 * misread letters.
 *
 * Returns: the label
 */
MilLabel
mil_label_classify (const char *text)
{
  g_return_val_if_fail (text != NULL, MIL_LABEL_NONE);

  g_autofree char *folded = mil_label_fold (text);
  g_auto (GStrv) words = mil_label_split (text);
  return classify (&(Parts) { folded, words });
}
