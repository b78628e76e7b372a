/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-receipt-language.h"

#include "scan/mil-label.h"
#include "scan/mil-row.h"

/* So many words of one language, and so many more than of any other, say that the paper is in it. */
#define LEAST_WORDS 3
#define LEAD 2
#define MOST_WORDS 32

typedef struct
{
  const char *country;
  const char *language;
} CountryLanguage;

static const CountryLanguage country_languages[] = {
  { "DE", "deu" }, { "AT", "deu" },     { "CH", "deu" }, { "LI", "deu" },     { "FR", "fra" },
  { "BE", "fra" }, { "LU", "fra" },     { "IT", "ita" }, { "ES", "spa" },     { "MX", "spa" },
  { "AR", "spa" }, { "NL", "nld" },     { "PT", "por" }, { "BR", "por" },     { "KR", "kor" },
  { "JP", "jpn" }, { "CN", "chi_sim" }, { "SG", "eng" }, { "TW", "chi_tra" }, { "HK", "chi_tra" },
  { "GB", "eng" }, { "IE", "eng" },     { "MY", "eng" }, { "US", "eng" },
};

/* What receipts in a language say, and those in others hardly, folded as mil_label_fold() does. */
static const struct
{
  const char *language;
  const char *words[MOST_WORDS];
} vocabularies[] = {
  { "deu", { "MWST",     "SUMME",     "ZAHLEN",        "RUCKGELD", "GEGEBEN", "STEUER", "BRUTTO",
             "UHR",      "RECHNUNG",  "BETRAG",        "GIROCARD", "VIELEN",  "DANK",   "TISCH",
             "BEDIENER", "BEDIENUNG", "KARTENZAHLUNG", "ENTH",     "STUCK",   "GESAMT", "UND",
             "BELEG",    "QUITTUNG",  "STEUERNR",      "INKL",     "UST",     "BAR" } },
  { "fra",
    { "TVA", "TTC", "RENDU", "ESPECES", "PAYER", "MERCI", "COUVERTS", "CARTE", "MONTANT", "TAUX", "CAISSE", "VISITE", "RUE", "REMISE", "VOTRE", "TICKET", "SIRET", "BANCAIRE" } },
  { "ita",
    { "SCONTRINO", "DOCUMENTO", "COMMERCIALE", "TOTALE", "RESTO", "CONTANTE", "CONTANTI", "PAGAMENTO", "IMPORTO", "GRAZIE", "PARTITA", "ARRIVEDERCI", "SUBTOTALE", "COPERTO", "CASSA", "PAGATO" } },
  { "spa",
    { "FACTURA", "SIMPLIFICADA", "CAMBIO", "ENTREGADO", "CUOTA", "FECHA", "HORA", "GRACIAS", "TARJETA", "IMPONIBLE", "EFECTIVO", "CALLE", "CAMARERO", "IMPORTE", "IMPUESTOS", "MESA" } },
  { "nld", { "BTW", "TOTAAL", "BETALEN", "WISSELGELD", "BEDANKT", "CONTANT", "BEDRAG", "TIJD", "BONNR", "KASSA", "SUBTOTAAL", "ZIENS", "AANTAL", "AFRONDING" } },
  { "por",
    { "TROCO", "CONTRIBUINTE", "NIF", "FATURA", "NUMERARIO", "MULTIBANCO", "OBRIGADO", "OBRIGADA", "RUA", "TAXA", "DINHEIRO", "ATCUD", "PAGAR", "EMITIDO" } },
};

/**
 * mil_receipt_language_of_country:
 * @country: (nullable): ISO 3166-1 alpha-2
 *
 * Returns: (transfer none) (nullable): the language that most receipts there are in, as Tesseract names it
 */
const char *
mil_receipt_language_of_country (const char *country)
{
  for (guint i = 0; country != NULL && i < G_N_ELEMENTS (country_languages); i++)
    if (g_str_equal (country_languages[i].country, country))
      return country_languages[i].language;
  return NULL;
}

/* How many of the words stand on the paper, each counted once. */
static guint
count_words (GPtrArray *split, const char *const *words)
{
  guint n = 0;
  for (guint w = 0; w < MOST_WORDS && words[w] != NULL; w++)
    for (guint i = 0; i < split->len; i++)
      if (mil_label_words_have (g_ptr_array_index (split, i), words[w]))
        {
          n++;
          break;
        }
  return n;
}

/**
 * mil_receipt_language_of_rows:
 * @rows: (element-type MilRow): what was read, in whatever language
 *
 * Words that receipts of one language alone use tell which it is; they are known without their accents, so
 * another language's reading will do.
 *
 * Returns: (transfer none) (nullable): the language as Tesseract names it, or %NULL when nothing is sure
 */
const char *
mil_receipt_language_of_rows (GPtrArray *rows)
{
  g_return_val_if_fail (rows != NULL, NULL);

  g_autoptr (GPtrArray) split = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  const char *best = NULL;
  guint       most = 0, second = 0;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (split, mil_label_split (((const MilRow *) g_ptr_array_index (rows, i))->text));
  for (guint v = 0; v < G_N_ELEMENTS (vocabularies); v++)
    {
      guint n = count_words (split, vocabularies[v].words);
      if (n > most)
        {
          second = most;
          most = n;
          best = vocabularies[v].language;
        }
      else
        second = MAX (second, n);
    }
  return most >= LEAST_WORDS && most >= second + LEAD ? best : NULL;
}
