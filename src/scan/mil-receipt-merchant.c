/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-receipt-private.h"

#include <string.h>

/* The name stands at the top. */
#define MAX_ROWS 10
#define MAX_ADDRESS 4
/* So many letters in a row that stand alone are one word. */
#define LEAST_SPACED 4
/* The engine is less sure of a letter where there are thousands. */
#define LEAST_CONFIDENCE 30
#define LEAST_EASTERN 10

/* What companies are called in law, and shops by trade; each a word of its own. */
static const char *const company_words[] = {
  "SDN",      "BHD",         "GMBH",     "AG",       "KG",      "OHG",      "EK",
  "MBH",      "SRL",         "SPA",      "SAS",      "SARL",    "SA",       "SL",
  "SLU",      "BV",          "NV",       "LTD",      "LIMITED", "PLC",      "LLP",
  "INC",      "LLC",         "CORP",     "CO",       "LDA",     "UNIP",     "PTE",
  "PTY",      "ENTERPRISE",  "TRADING",  "SB",       "ENT",     "HOLDINGS", "RESTAURANT",
  "RESTORAN", "SUPERMARKET", "MARKET",   "STORE",    "MART",    "HARDWARE", "BAKERY",
  "CAFE",     "HOTEL",       "PHARMACY", "APOTHEKE", "PLT",     "COMPANY",  NULL
};
/* Rows that are about something else. */
static const char *const other_words[] = { "TAX",         "INVOICE",     "RECEIPT",    "RECHNUNG",
                                           "BON",         "TEL",         "FAX",        "GST",
                                           "VAT",         "DATE",        "DATUM",      "CASHIER",
                                           "TABLE",       "BILL",        "WELCOME",    "COPY",
                                           "SIMPLIFIED",  "KASSENBON",   "QUITTUNG",   "SCONTRINO",
                                           "DOCUMENTO",   "FACTURE",     "TICKET",     "FACTURA",
                                           "FATURA",      "WWW",         "HTTP",       "TELEFON",
                                           "PHONE",       "UID",         "REG",        "NO",
                                           "ORDER",       "DUPLICATE",   "REPRINT",    "KUNDENBELEG",
                                           "DOC",         "THANK",       "ROC",        "QTY",
                                           "PRICE",       "AMOUNT",      "DESC",       "ITEM",
                                           "UHR",         "OPEN",        "GEOFFNET",   "EUR",
                                           "EURO",        "IVA",         "SIRET",      "CIF",
                                           "NIF",         "NIPC",        "CNPJ",       "MWST",
                                           "UST",         "TVA",         "BTW",        "CLIENTE",
                                           "CLIENT",      "STEUER",      "BESTELLUNG", "ZWISCHENRECHNUNG",
                                           "COMMERCIALE", "PRESTAZIONE", "BONFISCAL",  "CUI",
                                           NULL };
/* Those that are long enough to be known with a misread letter. */
static const char *const long_words[] = { "KUNDENBELEG",    "KASSENBON", "RECHNUNG",  "TAXINVOICE",
                                          "DESCRIPTION",    "QUITTUNG",  "SCONTRINO", "HAENDLERBELEG",
                                          "OFFNUNGSZEITEN", NULL };
static const char *const address_words[] = {
  "JALAN",    "JLN",       "LOT",    "TAMAN",   "STR",    "STRASSE",   "STREET",   "ROAD",   "RD",
  "AVENUE",   "AVE",       "RUE",    "VIA",     "CALLE",  "PLAZA",     "PIAZZA",   "PLATZ",  "WEG",
  "ALLEE",    "GROUND",    "FLOOR",  "BLOCK",   "BANDAR", "KUALA",     "SELANGOR", "JOHOR",  "BAHRU",
  "MALAYSIA", "PERSIARAN", "LORONG", "KAMPUNG", "AMPANG", "SQUARE",    "LANE",     "STRAAT", "RUA",
  "AVENIDA",  "CORSO",     "VIALE",  "PASEO",   "PLACE",  "BOULEVARD", "SETIA",    "SHAH",   "KLANG",
  "PETALING", "CHERAS",    "UNIT",   "NO",      NULL
};

/* Chinese, Japanese and Korean have no blanks around these: what is no name, and with a number what is a street. */
static const char *const eastern_others[] = {
  "電話", "电话",   "전화",     "日期", "日時",   "レジ",   "領収",     "收据", "收據", "發票", "发票",
  "小票", "영수증", "統一編號", "統編", "税号",   "사업자", "登録番号", "대표", "担当", "單號", "单号",
  "欢迎", "歡迎",   "谢谢",     "謝謝", "购买方", "購買方", "买方",     "買方", NULL
};
/* What an invoice writes before the seller's name, with a colon between the two. */
static const char *const seller_words[] = { "销售方", "銷售方", "销方",   "卖方", "賣方",
                                            "売主",   "판매자", "공급자", NULL };
static const char *const eastern_companies[] = { "公司", "株式会社", "有限会社", "商店",   "商行", "주식회사",
                                                 "(주)", "スーパー", "マート",   "ストア", "薬局", "百貨",
                                                 "마트", "백화점",   "편의점",   "약국",   "超市", "便利店",
                                                 "商场", "餐厅",     NULL };
static const char *const eastern_places[] = { "路", "街", "巷", "町", "丁目", "番地", "区",
                                              "區", "號", "号", "길", "로 ",  "시 ",  NULL };

static gboolean
contains_any (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_word_of (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (mil_label_has_word (text, words[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_long_word (const char *text)
{
  g_autofree char *folded = mil_label_fold (text);
  for (guint i = 0; long_words[i] != NULL; i++)
    if (mil_label_contains (folded, long_words[i], 1))
      return TRUE;
  return FALSE;
}

static void
count (const char *text, int *letters, int *digits)
{
  *letters = *digits = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      *letters += g_unichar_isalpha (c) ? 1 : 0;
      *digits += g_unichar_isdigit (c) ? 1 : 0;
    }
}

static gboolean
ends_as_company (const char *text)
{
  return has_word_of (text, company_words) || contains_any (text, eastern_companies) || strstr (text, "S/B") != NULL;
}

static gboolean
is_address (const char *text)
{
  int letters, digits;
  count (text, &letters, &digits);
  g_autofree char *folded = mil_label_fold (text);
  return has_word_of (text, address_words) || strstr (folded, "STRASSE") != NULL
         || strstr (text, "str.") != NULL || strstr (text, "Str.") != NULL
         || (digits > 0 && contains_any (text, eastern_places)) || (digits >= 4 && digits <= 6 && letters >= 4);
}

/* A registration number: in brackets, "(139386 X)", maybe with its closing one lost, or bare at the end, "862725-U". */
static void
cut_number (char *name)
{
  for (char *bracket = strpbrk (name, "([{"); bracket != NULL; bracket = strpbrk (bracket + 1, "([{"))
    {
      int              letters, digits;
      g_autofree char *inside = g_strndup (bracket + 1, strcspn (bracket + 1, ")]}"));
      count (inside, &letters, &digits);
      if (bracket - name >= 4 && (digits > letters || digits >= 4))
        {
          *bracket = '\0';
          return;
        }
    }
  char *last = strrchr (name, ' ');
  int   letters, digits;
  count (last != NULL ? last : "", &letters, &digits);
  if (last != NULL && digits >= 5 && letters <= 1)
    *last = '\0';
}

/* "P E N N Y - M A R K T GmbH": letters that are set apart for show are put together. */
static char *
join_spaced (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) joined = g_string_new (NULL);
  for (guint i = 0, run; words[i] != NULL; i += MAX (run, 1))
    {
      for (run = 0; words[i + run] != NULL && g_utf8_strlen (words[i + run], -1) == 1;)
        run++;
      if (run < LEAST_SPACED)
        run = 1;
      for (guint k = 0; k < run; k++)
        g_string_append (joined, words[i + k]);
      if (words[i + run] != NULL)
        g_string_append_c (joined, ' ');
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/* "销售方 名称:" before a name. */
static const char *
skip_seller (const char *text)
{
  const char *colon = strchr (text, ':');
  const char *wide = strstr (text, "：");
  if (!contains_any (text, seller_words) || (colon == NULL && wide == NULL))
    return text;
  const char *after = wide != NULL && (colon == NULL || wide < colon) ? wide + strlen ("：") : colon + 1;
  int         letters, digits;
  count (after, &letters, &digits);
  return letters >= 2 && letters > digits ? after + strspn (after, " ") : text;
}

/* Takes away what stands around a name: registration numbers in brackets, stars, dashes. */
static char *
trim_name (const char *text)
{
  g_autofree char *copy = join_spaced (skip_seller (text));
  cut_number (copy);
  char *start = copy;
  while (*start != '\0' && (guchar) *start < 0x80 && !g_ascii_isalnum (*start))
    start++;
  for (gsize n = strlen (start); n > 0 && (guchar) start[n - 1] < 0x80 && !g_ascii_isalnum (start[n - 1])
                                 && strchr (".)&", start[n - 1]) == NULL;)
    start[--n] = '\0';
  return g_strdup (start);
}

static gboolean
is_nearly (const char *word, gsize n, const char *wanted)
{
  guint wrong = 0;
  for (gsize i = 0; i < n && wanted[i] != '\0'; i++)
    wrong += g_ascii_toupper (word[i]) != wanted[i];
  return n == strlen (wanted) && wrong <= 1;
}

/* In the case of @like, a word of as many letters. */
static void
put_right (char *word, const char *wanted, const char *like)
{
  char first = like[0], second = like[1];
  for (gsize i = 0; wanted[i] != '\0'; i++)
    word[i] = g_ascii_islower (i == 0 ? first : second) ? g_ascii_tolower (wanted[i]) : wanted[i];
}

/* How companies sign in law is known, so a misread letter there is put right, and a speck behind it taken
 * away: "SON BHD", "Sdn bha", "SDN BHD a". */
static void
mend_legal_form (char *name)
{
  for (char *p = name; (p = strchr (p, ' ')) != NULL; p++)
    {
      char *first = p + 1, *second = first + strcspn (first, " ");
      gsize n = second - first, m = *second == ' ' ? strcspn (second + 1, " .,(") : 0;
      if (!is_nearly (first, n, "SDN") || !is_nearly (second + 1, m, "BHD"))
        continue;
      put_right (second + 1, "BHD", first);
      put_right (first, "SDN", first);
      char *rest = second + 1 + m;
      if (strlen (rest) <= 3 && strchr (rest, ')') == NULL)
        *rest = '\0';
      return;
    }
}

/* "Owned by" and the company that follows: the shop's own name stands above. */
static gboolean
is_owner (GPtrArray *rows, guint i)
{
  static const char *const words[] = { "OWNEDBY",  "OPERATEDBY", "MANAGEDBY",
                                       "DIMILIKI", "INHABER",    "GESTITODA" };
  for (guint k = i > 0 ? i - 1 : i; k <= i; k++)
    {
      g_autofree char *folded = mil_label_fold (((const MilRow *) g_ptr_array_index (rows, k))->text);
      for (guint w = 0; w < G_N_ELEMENTS (words); w++)
        if (mil_label_contains (folded, words[w], 1))
          return TRUE;
    }
  return FALSE;
}

static int
score_name (GPtrArray *rows, guint i)
{
  const MilRow *row = g_ptr_array_index (rows, i);
  int           letters, digits;
  count (row->text, &letters, &digits);
  g_autoptr (GArray) amounts = mil_amounts_find (row->text, 2);
  gboolean eastern = mil_receipt_count_letters (row->text) > letters;
  if (letters < 3 || digits > letters || row->confidence < (eastern ? LEAST_EASTERN : LEAST_CONFIDENCE) || amounts->len > 0)
    return 0;

  int score = 40 - 3 * (int) i + MIN (row->confidence, 95) / 4;
  if (ends_as_company (row->text))
    score += 30;
  /* "Pastelaria Avenida": what stands first and has no number in it is no address. */
  else if (is_address (row->text) && (i > 0 || digits > 0))
    score -= 30;
  if (has_word_of (row->text, other_words) || has_long_word (row->text) || contains_any (row->text, eastern_others))
    score -= 40;
  if (letters < 5 && !eastern)
    score -= 10;
  if (i > 0 && is_owner (rows, i))
    score -= 40;
  return score;
}

static void
set_address (MilReceipt *receipt, GPtrArray *rows, guint after)
{
  g_autoptr (GString) address = g_string_new (NULL);
  MilBox box = { 0 };
  guint  taken = 0;
  for (guint i = after + 1; i < rows->len && i < after + 8 && taken < MAX_ADDRESS; i++)
    {
      const MilRow *row = g_ptr_array_index (rows, i);
      if (!is_address (row->text)
          || has_word_of (row->text, (const char *const[]) { "TEL", "FAX", "GST", "VAT", "DATE", NULL }))
        {
          if (taken > 0)
            break;
          continue;
        }
      g_string_append_printf (address, "%s%s", taken > 0 ? ", " : "", row->text);
      box = mil_box_union (box, row->box);
      taken++;
    }
  if (taken == 0)
    return;
  receipt->address = g_string_free (g_steal_pointer (&address), FALSE);
  receipt->evidence[MIL_RECEIPT_ADDRESS] = (MilEvidence) { 50, 0, box };
}

/* Whether a row goes on with a name that the row before began. */
static gboolean
goes_on (const char *name, const MilRow *row)
{
  int              letters, digits;
  g_autofree char *rest = trim_name (row->text);
  count (rest, &letters, &digits);
  if (letters < 3 || has_word_of (row->text, other_words))
    return FALSE;
  if (g_str_has_suffix (name, "&"))
    return digits == 0;
  const char *open = strrchr (name, '('), *closed = strrchr (name, ')');
  if (open != NULL && closed < open && strchr (row->text, ')') != NULL)
    return TRUE;
  g_autofree char *first = g_strndup (rest, strcspn (rest, " "));
  return digits == 0 && has_word_of (first, company_words);
}

/* Whether a name began a row earlier: it is a legal form alone, or a word of trade without a name. */
static gboolean
began_above (const char *name, const MilRow *above)
{
  int letters, digits, above_letters, above_digits;
  count (name, &letters, &digits);
  count (above->text, &above_letters, &above_digits);
  if (above_letters < 4 || above_digits > 0 || above->confidence < 30
      || has_word_of (above->text, other_words) || is_address (above->text))
    return FALSE;
  g_autofree char *first = g_strndup (name, strcspn (name, " "));
  /* "株式会社" alone; a shop's own name has more letters. */
  int most = mil_receipt_count_letters (name) > letters ? 4 : 8;
  return (letters <= most && ends_as_company (name)) || has_word_of (first, company_words);
}

static char *
join (char *name, const char *rest, gboolean before)
{
  g_autofree char *first = name;
  return before ? g_strdup_printf ("%s %s", rest, first) : g_strdup_printf ("%s %s", first, rest);
}

/*
 * mil_receipt_find_merchant:
 * @receipt: where to put it
 * @rows: (element-type MilRow): all rows
 *
 * The name is the row near the top that looks most like one; a company's name that is broken over
 * several rows is put together.
 */
void
mil_receipt_find_merchant (MilReceipt *receipt, GPtrArray *rows)
{
  int   best_score = 24;
  guint best = G_MAXUINT;
  for (guint i = 0; i < rows->len && i < MAX_ROWS; i++)
    {
      int score = score_name (rows, i);
      if (score > best_score)
        {
          best_score = score;
          best = i;
        }
    }
  if (best == G_MAXUINT)
    return;

  const MilRow *row = g_ptr_array_index (rows, best);
  MilBox        box = row->box;
  char         *name = trim_name (row->text);
  guint         last = best;
  for (guint i = best; i > 0 && began_above (name, g_ptr_array_index (rows, i - 1)); i--)
    {
      const MilRow    *above = g_ptr_array_index (rows, i - 1);
      g_autofree char *first = trim_name (above->text);
      name = join (name, first, TRUE);
      box = mil_box_union (box, above->box);
    }
  while (last + 1 < rows->len && last < best + 2 && goes_on (name, g_ptr_array_index (rows, last + 1)))
    {
      const MilRow    *below = g_ptr_array_index (rows, ++last);
      g_autofree char *rest = trim_name (below->text);
      name = join (name, rest, FALSE);
      box = mil_box_union (box, below->box);
    }
  mend_legal_form (name);
  receipt->merchant = name;
  receipt->evidence[MIL_RECEIPT_MERCHANT] = (MilEvidence) { *name ? CLAMP (best_score, 1, 99) : 0,
                                                            ends_as_company (name) ? MIL_AGREE_LABEL : 0,
                                                            box };
  set_address (receipt, rows, last);
}
