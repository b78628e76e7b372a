/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-receipt-private.h"

#include <string.h>

/* The name stands at the top. */
#define MAX_ROWS 10
#define MAX_ADDRESS 4

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
static const char *const other_words[] = {
  "TAX",        "INVOICE",   "RECEIPT",  "RECHNUNG",    "BON",       "TEL",     "FAX",     "GST",
  "VAT",        "DATE",      "DATUM",    "CASHIER",     "TABLE",     "BILL",    "WELCOME", "COPY",
  "SIMPLIFIED", "KASSENBON", "QUITTUNG", "SCONTRINO",   "DOCUMENTO", "FACTURE", "TICKET",  "FACTURA",
  "FATURA",     "WWW",       "HTTP",     "TELEFON",     "PHONE",     "UID",     "REG",     "NO",
  "ORDER",      "DUPLICATE", "REPRINT",  "KUNDENBELEG", "DOC",       "THANK",   "ROC",     NULL
};
static const char *const address_words[] = {
  "JALAN",    "JLN",       "LOT",    "TAMAN",   "STR",    "STRASSE",   "STREET",   "ROAD",   "RD",
  "AVENUE",   "AVE",       "RUE",    "VIA",     "CALLE",  "PLAZA",     "PIAZZA",   "PLATZ",  "WEG",
  "ALLEE",    "GROUND",    "FLOOR",  "BLOCK",   "BANDAR", "KUALA",     "SELANGOR", "JOHOR",  "BAHRU",
  "MALAYSIA", "PERSIARAN", "LORONG", "KAMPUNG", "AMPANG", "SQUARE",    "LANE",     "STRAAT", "RUA",
  "AVENIDA",  "CORSO",     "VIALE",  "PASEO",   "PLACE",  "BOULEVARD", "SETIA",    "SHAH",   "KLANG",
  "PETALING", "CHERAS",    "UNIT",   "NO",      NULL
};

static gboolean
has_word_of (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (mil_label_has_word (text, words[i]))
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
  return has_word_of (text, company_words) || strstr (text, "S/B") != NULL;
}

static gboolean
is_address (const char *text)
{
  int letters, digits;
  count (text, &letters, &digits);
  g_autofree char *folded = mil_label_fold (text);
  return has_word_of (text, address_words) || strstr (folded, "STRASSE") != NULL || strstr (text, "str.") != NULL
         || strstr (text, "Str.") != NULL || (digits >= 4 && digits <= 6 && letters >= 4);
}

/* Takes away what stands around a name: registration numbers in brackets, stars, dashes. */
static char *
trim_name (const char *text)
{
  g_autofree char *copy = g_strdup (text);
  char            *bracket = strpbrk (copy, "([{");
  if (bracket != NULL && bracket - copy >= 4)
    {
      int letters, digits;
      count (bracket, &letters, &digits);
      if (digits > letters)
        *bracket = '\0';
    }
  char *start = copy;
  while (*start != '\0' && (guchar) *start < 0x80 && !g_ascii_isalnum (*start))
    start++;
  for (gsize n = strlen (start);
       n > 0 && (guchar) start[n - 1] < 0x80 && !g_ascii_isalnum (start[n - 1]) && start[n - 1] != '.';)
    start[--n] = '\0';
  return g_strdup (start);
}

static int
score_name (const MilRow *row, guint i)
{
  int letters, digits;
  count (row->text, &letters, &digits);
  if (letters < 3 || digits > letters || row->confidence < 30)
    return 0;

  int score = 40 - 3 * (int) i + MIN (row->confidence, 95) / 4;
  if (ends_as_company (row->text))
    score += 30;
  else if (is_address (row->text))
    score -= 30;
  if (has_word_of (row->text, other_words))
    score -= 40;
  if (letters < 5)
    score -= 10;
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

/*
 * mil_receipt_find_merchant:
 * @receipt: where to put it
 * @rows: (element-type MilRow): all rows
 *
 * The name is the row near the top that looks most like one; a company's name that is broken over
 * two rows is put together.
 */
void
mil_receipt_find_merchant (MilReceipt *receipt, GPtrArray *rows)
{
  int   best_score = 24;
  guint best = G_MAXUINT;
  for (guint i = 0; i < rows->len && i < MAX_ROWS; i++)
    {
      int score = score_name (g_ptr_array_index (rows, i), i);
      if (score > best_score)
        {
          best_score = score;
          best = i;
        }
    }
  if (best == G_MAXUINT)
    return;

  const MilRow    *row = g_ptr_array_index (rows, best);
  g_autofree char *name = trim_name (row->text);
  MilBox           box = row->box;
  /* "SDN BHD" alone belongs to the row above. */
  int letters, digits;
  count (name, &letters, &digits);
  if (best > 0 && letters <= 8 && ends_as_company (name))
    {
      const MilRow    *above = g_ptr_array_index (rows, best - 1);
      g_autofree char *first = trim_name (above->text);
      char            *both = g_strdup_printf ("%s %s", first, name);
      g_free (name);
      name = both;
      box = mil_box_union (box, above->box);
    }
  if (*name == '\0')
    return;
  receipt->evidence[MIL_RECEIPT_MERCHANT] = (MilEvidence) { CLAMP (best_score, 1, 99),
                                                            ends_as_company (name) ? MIL_AGREE_LABEL : 0,
                                                            box };
  receipt->merchant = g_steal_pointer (&name);
  set_address (receipt, rows, best);
}
