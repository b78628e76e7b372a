/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-receipt-private.h"

#include <string.h>

#include "base/mil-country.h"

typedef struct
{
  const char *mark;
  const char *currency;
  int         weight;
} Mark;

/* Signs and names of currencies; a [word] stands alone, a <sign> before a number. Words that give the country
 * away count less. */
static const Mark marks[] = {
  { "€", "EUR", 4 },        { "[EUR]", "EUR", 4 },    { "[EURO]", "EUR", 4 },
  { "£", "GBP", 4 },        { "[GBP]", "GBP", 4 },    { "[RM]", "MYR", 3 },
  { "[MYR]", "MYR", 4 },    { "[BHD]", "MYR", 3 },    { "[SDN]", "MYR", 3 },
  { "MALAYSIA", "MYR", 2 }, { "[CHF]", "CHF", 5 },    { "[SFR]", "CHF", 5 },
  { "CHE-", "CHF", 4 },     { "<Fr>", "CHF", 2 },     { "[KRW]", "KRW", 5 },
  { "₩", "KRW", 4 },        { "원", "KRW", 2 },       { "합계", "KRW", 3 },
  { "부가세", "KRW", 3 },   { "결제", "KRW", 2 },     { "[JPY]", "JPY", 5 },
  { "円", "JPY", 4 },       { "税込", "JPY", 2 },     { "消費税", "JPY", 2 },
  { "お釣", "JPY", 3 },     { "お預", "JPY", 3 },     { "外税", "JPY", 2 },
  { "内税", "JPY", 2 },     { "レシート", "JPY", 2 }, { "クレジット", "JPY", 2 },
  { "[CNY]", "CNY", 3 },    { "[RMB]", "CNY", 5 },    { "人民币", "CNY", 5 },
  { "增值税", "CNY", 2 },   { "NT$", "TWD", 5 },      { "[TWD]", "TWD", 5 },
  { "統編", "TWD", 2 },     { "HK$", "HKD", 5 },      { "[HKD]", "HKD", 5 },
  { "S$", "SGD", 4 },       { "[SGD]", "SGD", 5 },    { "SINGAPORE", "SGD", 2 },
  { "US$", "USD", 5 },      { "[USD]", "USD", 4 },    { "$", "USD", 1 },
  { "[AUD]", "AUD", 5 },    { "A$", "AUD", 4 },       { "[ABN]", "AUD", 2 },
  { "[CAD]", "CAD", 5 },    { "[NZD]", "NZD", 5 },    { "[MXN]", "MXN", 5 },
  { "R$", "BRL", 5 },       { "[BRL]", "BRL", 5 },    { "[CNPJ]", "BRL", 3 },
  { "[THB]", "THB", 5 },    { "฿", "THB", 5 },        { "[DKK]", "DKK", 5 },
  { "[SEK]", "SEK", 5 },    { "[NOK]", "NOK", 5 },    { "[ISK]", "ISK", 5 },
  { "[PLN]", "PLN", 5 },    { "[PTU]", "PLN", 3 },    { "[CZK]", "CZK", 5 },
  { "Kč", "CZK", 5 },       { "[HUF]", "HUF", 5 },    { "[FT]", "HUF", 3 },
  { "[RON]", "RON", 5 },    { "[LEI]", "RON", 4 },    { "BONFISCAL", "RON", 3 },
  { "ROMANIA", "RON", 2 },  { "[BGN]", "BGN", 5 },    { "[RSD]", "RSD", 5 },
  { "[TRY]", "TRY", 4 },    { "₺", "TRY", 5 },        { "[KDV]", "TRY", 3 },
  { "[AED]", "AED", 5 },    { "[SAR]", "SAR", 5 },    { "[ILS]", "ILS", 5 },
  { "₪", "ILS", 5 },        { "[ZAR]", "ZAR", 5 },    { "[INR]", "INR", 5 },
  { "₹", "INR", 5 },        { "[GSTIN]", "INR", 4 },  { "[PHP]", "PHP", 5 },
  { "₱", "PHP", 5 },        { "[IDR]", "IDR", 5 },    { "[RP]", "IDR", 4 },
  { "[VND]", "VND", 5 },    { "영수증", "KRW", 2 },   { "금액", "KRW", 2 },
  { "현금", "KRW", 2 },     { "카드", "KRW", 2 },     { "거스름", "KRW", 3 },
  { "사업자", "KRW", 2 },   { "軽減税率", "JPY", 3 }, { "領収", "JPY", 2 },
  { "令和", "JPY", 3 },     { "会計", "JPY", 1 },     { "対象", "JPY", 1 },
  { "微信", "CNY", 2 },     { "支付宝", "CNY", 2 },   { "统一社会信用代码", "CNY", 4 },
  { "发票", "CNY", 2 },     { "价税合计", "CNY", 3 }, { "银联", "CNY", 2 },
  { "統一發票", "TWD", 3 }, { "統一編號", "TWD", 3 }, { "電子發票", "TWD", 3 },
  { "隨機碼", "TWD", 2 },   { "八達通", "HKD", 3 },   { "香港", "HKD", 2 },
  { "[MWST]", "EUR", 1 },   { "[TVA]", "EUR", 1 },    { "[IVA]", "EUR", 1 },
  { "[BTW]", "EUR", 1 },
};

/* "NY 12210": an address in the United States. */
#define US_ADDRESS_WEIGHT 3
#define LEAST_WORD 6

/* "Fr 8.00", "Fr. 12.50". */
static gboolean
stands_before_number (const char *text, const char *sign, gsize n)
{
  for (const char *p = text; (p = strstr (p, sign)) != NULL; p++)
    {
      gsize at = n + strspn (p + n, " .");
      if ((p == text || !g_ascii_isalnum (p[-1])) && at > n && g_ascii_isdigit (p[at]) && strpbrk (p + at, ".,") != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_long_word (const char *mark)
{
  gsize n = strlen (mark);
  return n >= LEAST_WORD && strspn (mark, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == n;
}

static gboolean
has_mark (const MilRow *row, const char *const *words, const char *folded, const char *mark)
{
  if (mark[0] == '<')
    {
      g_autofree char *sign = g_strndup (mark + 1, strlen (mark) - 2);
      return stands_before_number (row->text, sign, strlen (sign));
    }
  if (is_long_word (mark))
    return strstr (folded, mark) != NULL;
  if (mark[0] != '[')
    return strstr (row->text, mark) != NULL;
  g_autofree char *word = g_strndup (mark + 1, strlen (mark) - 2);
  if (mil_label_words_have (words, word))
    return TRUE;
  /* "RM12.30" and "EUR12,30" are one word. */
  const char *at = strstr (row->text, word);
  gsize       n = strlen (word);
  return at != NULL && (at == row->text || !g_ascii_isalpha (at[-1])) && g_ascii_isdigit (at[n]);
}

/* How much the paper speaks for each mark's currency, and where it does. */
static void
weigh_marks (GPtrArray *rows, int *weights, MilBox *boxes)
{
  guint counts[G_N_ELEMENTS (marks)] = { 0 };
  for (guint i = 0; i < rows->len; i++)
    {
      const MilRow *row = g_ptr_array_index (rows, i);
      g_auto (GStrv) words = mil_label_split (row->text);
      g_autofree char *folded = mil_label_fold (row->text);
      for (guint m = 0; m < G_N_ELEMENTS (marks); m++)
        if (counts[m] < 3 && has_mark (row, (const char *const *) words, folded, marks[m].mark))
          {
            boxes[m] = row->box;
            counts[m]++;
          }
    }
  for (guint m = 0; m < G_N_ELEMENTS (marks); m++)
    weights[m] = (int) counts[m] * marks[m].weight;
}

/* Two letters of a state and five digits. */
static gboolean
is_us_address (const char *text)
{
  static const char states[]
      = "AL AK AZ AR CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND "
        "NE NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY ";
  for (const char *p = text; *p != '\0'; p++)
    {
      if ((p > text && p[-1] != ' ' && p[-1] != ',') || !g_ascii_isupper (p[0]) || !g_ascii_isupper (p[1]))
        continue;
      const char *zip = p + 2 + strspn (p + 2, " ,.");
      if (zip == p + 2 || strspn (zip, "0123456789") != 5)
        continue;
      for (const char *s = states; *s != '\0'; s += 3)
        if (strncmp (s, p, 2) == 0)
          return TRUE;
    }
  return FALSE;
}

/* A dollar sign where the address is American, too. */
static gboolean
is_american (GPtrArray *rows, MilBox *box)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const MilRow *row = g_ptr_array_index (rows, i);
      if (is_us_address (row->text))
        {
          *box = row->box;
          return TRUE;
        }
    }
  return FALSE;
}

/*
 * mil_receipt_find_currency:
 * @receipt: where to put it
 * @rows: (element-type MilRow): all rows
 * @hints: what is known before
 *
 * The currency that most signs and words speak for; where they say little, that of the hints, or of the
 * country whose VAT number was found.
 */
void
mil_receipt_find_currency (MilReceipt *receipt, GPtrArray *rows, const MilReceiptHints *hints)
{
  int         weights[G_N_ELEMENTS (marks)] = { 0 }, best = 0;
  MilBox      boxes[G_N_ELEMENTS (marks)] = { 0 }, box = { 0 };
  const char *found = NULL;
  weigh_marks (rows, weights, boxes);
  for (guint m = 0; m < G_N_ELEMENTS (marks); m++)
    {
      int sum = 0;
      for (guint k = 0; weights[m] > 0 && k < G_N_ELEMENTS (marks); k++)
        sum += g_str_equal (marks[k].currency, marks[m].currency) ? weights[k] : 0;
      if (sum > best)
        {
          best = sum;
          found = marks[m].currency;
          box = boxes[m];
        }
    }
  MilBox american;
  if (best < US_ADDRESS_WEIGHT && is_american (rows, &american))
    found = "USD", box = american, best = US_ADDRESS_WEIGHT;
  if (hints->currency != NULL && best < 3)
    found = hints->currency, box = (MilBox) { 0 }, best = MAX (best, 1);
  else if (found == NULL || best < 2)
    {
      const char *country = receipt->vat_country ? receipt->vat_country : hints->country;
      found = country ? mil_country_currency (country) : NULL;
      if (found == NULL)
        return;
      box = (MilBox) { 0 }, best = 1;
    }
  g_strlcpy (receipt->currency, found, sizeof receipt->currency);
  receipt->evidence[MIL_RECEIPT_CURRENCY] = (MilEvidence) { MIN (95, 30 + 8 * best), best >= 3 ? MIL_AGREE_LABEL : 0, box };
}
