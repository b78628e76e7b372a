/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-fiscal.h"

#include <string.h>

#include "scan/mil-vat-number.h"

/* Ten thousand millions, of any currency with cents. */
#define MOST_CENTS G_GINT64_CONSTANT (1000000000000)

G_DEFINE_BOXED_TYPE (MilFiscal, mil_fiscal, mil_fiscal_copy, mil_fiscal_free)

/**
 * mil_fiscal_copy:
 * @self: a fiscal code
 *
 * Returns: (transfer full): a copy
 */
MilFiscal *
mil_fiscal_copy (const MilFiscal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  MilFiscal *copy = g_memdup2 (self, sizeof *self);
  copy->scheme = g_strdup (self->scheme);
  copy->country = g_strdup (self->country);
  copy->seller = g_strdup (self->seller);
  copy->seller_id = g_strdup (self->seller_id);
  copy->document = g_strdup (self->document);
  copy->time = g_strdup (self->time);
  copy->raw = g_strdup (self->raw);
  return copy;
}

/**
 * mil_fiscal_free:
 * @self: (transfer full): a fiscal code
 *
 * Frees it.
 */
void
mil_fiscal_free (MilFiscal *self)
{
  g_free (self->scheme);
  g_free (self->country);
  g_free (self->seller);
  g_free (self->seller_id);
  g_free (self->document);
  g_free (self->time);
  g_free (self->raw);
  g_free (self);
}

/* --- helpers of the parsers ------------------------------------------------------------------- */

static MilFiscal *
fiscal_new (const char *scheme, const char *country, const char *raw)
{
  MilFiscal *self = g_new0 (MilFiscal, 1);
  self->scheme = g_strdup (scheme);
  self->country = g_strdup (country);
  self->raw = g_strdup (raw);
  return self;
}

/* An amount with a point or a comma, thousands with the other one ("3,000.00"); a wrong one leaves the total unset. */
static gboolean
read_money (const char *text, const char *currency, MilMoney *money)
{
  g_autofree char *plain = g_strdup (text ? text : "");
  char            *comma = strchr (plain, ','), *point = strchr (plain, '.');
  if (comma != NULL && point != NULL)
    {
      char *out = plain, grouping = comma < point ? ',' : '.';
      for (const char *p = plain; *p != '\0'; p++)
        if (*p != grouping)
          *out++ = *p;
      *out = '\0';
    }
  g_strdelimit (plain, ",", '.');
  return *plain != '\0' && strlen (plain) < 20 && mil_money_parse (plain, currency, money, NULL);
}

static gboolean
all_digits (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* YYYYMMDD, or any three numbers given by where they stand. */
static MilDate
date_at (const char *text, int year_at, int year_digits, int month_at, int day_at)
{
  int year = 0;
  for (int i = 0; i < year_digits; i++)
    year = year * 10 + (text[year_at + i] - '0');
  MilDate date = { year_digits == 2 ? 2000 + year : year,
                   (text[month_at] - '0') * 10 + text[month_at + 1] - '0',
                   (text[day_at] - '0') * 10 + text[day_at + 1] - '0' };
  return mil_date_is_valid (date) ? date : (MilDate) { 0 };
}

static MilDate
read_compact_date (const char *text)
{
  return text != NULL && strlen (text) >= 8 && all_digits (text, 8) ? date_at (text, 0, 4, 4, 6) : (MilDate) { 0 };
}

/* Whether it is an address on @domain or below it, whose path starts with @path: what merely mentions them is not. */
static gboolean
is_address (const char *text, const char *domain, const char *path)
{
  const char *host = NULL;
  gsize       n, size = strlen (domain);
  if (g_ascii_strncasecmp (text, "https://", 8) == 0)
    host = text + 8;
  else if (g_ascii_strncasecmp (text, "http://", 7) == 0)
    host = text + 7;
  n = host != NULL ? strcspn (host, "/?#") : 0;
  return n >= size && memchr (host, '@', n) == NULL && g_ascii_strncasecmp (host + n - size, domain, size) == 0
         && (n == size || host[n - size - 1] == '.') && g_str_has_prefix (host + n, path);
}

/* "2019-07-10T18:41:04…": the day and the time as they are written. */
static void
read_instant (MilFiscal *self, const char *text)
{
  if (text == NULL || strlen (text) < 10 || !all_digits (text, 4) || text[4] != '-'
      || !all_digits (text + 5, 2) || text[7] != '-' || !all_digits (text + 8, 2))
    return;
  self->date = date_at (text, 0, 4, 5, 8);
  if (strlen (text) < 19 || strchr ("T ", text[10]) == NULL || text[13] != ':' || text[16] != ':'
      || !all_digits (text + 11, 2) || !all_digits (text + 14, 2) || !all_digits (text + 17, 2))
    return;
  g_free (self->time);
  self->time = g_strndup (text + 11, 8);
}

/* The security module's clock is in UTC, and the paper says what the clock on the wall said. */
static void
read_instant_in (MilFiscal *self, const char *text, const char *zone)
{
  g_autoptr (GTimeZone) there = g_time_zone_new_identifier (zone);
  g_autoptr (GDateTime) utc = text != NULL && g_str_has_suffix (text, "Z") ? g_date_time_new_from_iso8601 (text, NULL)
                                                                           : NULL;
  g_autoptr (GDateTime) local = utc != NULL && there != NULL ? g_date_time_to_timezone (utc, there) : NULL;
  g_autofree char *written = local != NULL ? g_date_time_format (local, "%Y-%m-%dT%H:%M:%S") : g_strdup (text);
  read_instant (self, written);
}

/* The value of a parameter of an address, decoded. */
static char *
parameter (const char *address, const char *name)
{
  const char *query = strpbrk (address, "?");
  if (query == NULL)
    return NULL;
  g_auto (GStrv) pairs = g_strsplit (query + 1, "&", 32);
  gsize n = strlen (name);
  for (guint i = 0; pairs[i] != NULL; i++)
    if (strncmp (pairs[i], name, n) == 0 && pairs[i][n] == '=')
      {
        g_autofree char *value = g_uri_unescape_string (pairs[i] + n + 1, NULL);
        return value != NULL && g_utf8_validate (value, -1, NULL) ? g_steal_pointer (&value)
                                                                  : g_strdup (pairs[i] + n + 1);
      }
  return NULL;
}

/* --- Germany: DSFinV-K, annex I: the code of KassenSichV --------------------------------------- */

/* "Beleg^0.00_2.55_0.00_0.00_0.00^2.55:Bar_1.00:Unbar:USD": gross by rate, then payments. The rates
 * make the total; some makers write "Bar:2.55" instead. */
static gboolean
read_german_data (MilFiscal *self, const char *data)
{
  g_auto (GStrv) parts = g_strsplit (data, "^", 4);
  if (g_strv_length (parts) < 2)
    return FALSE;
  g_auto (GStrv) rates = g_strsplit (parts[1], "_", 8);
  MilMoney sum = mil_money (0, "EUR");
  for (guint i = 0; rates[i] != NULL; i++)
    {
      MilMoney gross;
      if (!read_money (rates[i], "EUR", &gross) || !mil_money_add (sum, gross, &sum, NULL))
        return FALSE;
    }
  self->total = sum;
  return TRUE;
}

static MilFiscal *
parse_german (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", 16);
  if (!g_str_has_prefix (text, "V0;") || g_strv_length (parts) < 12)
    return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("de-kassensichv", "DE", text);
  self->document = g_strdup (parts[4]);
  read_instant_in (self, parts[7], "Europe/Berlin");
  if (g_ascii_strncasecmp (parts[2], "Kassenbeleg", 11) != 0 || !read_german_data (self, parts[3]))
    self->total = (MilMoney) { 0 };
  return g_steal_pointer (&self);
}

/* --- Austria: RKSV, annex 10 ------------------------------------------------------------------- */

/* The gross amounts of the five rates from @at on. */
static gboolean
read_austrian_amounts (char **parts, guint at, MilMoney *sum)
{
  *sum = mil_money (0, "EUR");
  for (guint i = 0; i < 5; i++)
    {
      MilMoney gross;
      if (!read_money (parts[at + i], "EUR", &gross) || !mil_money_add (*sum, gross, sum, NULL))
        return FALSE;
    }
  return TRUE;
}

/* Numbers of tills and receipts have any sign in them, and so has a signature of some makers: "_" too. So the
 * moment is looked for that the amounts stand behind. */
static MilFiscal *
parse_austrian (const char *text)
{
  if (!g_str_has_prefix (text, "_R1-AT"))
    return NULL;
  g_auto (GStrv) parts = g_strsplit (text + 1, "_", 32);
  guint n = g_strv_length (parts);
  g_autoptr (MilFiscal) self = fiscal_new ("at-rksv", "AT", text);
  for (guint time = 3; time + 9 < n; time++)
    {
      read_instant (self, parts[time]);
      if (!mil_date_is_set (self->date) || !read_austrian_amounts (parts, time + 1, &self->total))
        continue;
      self->document = g_strdup (parts[time - 1]);
      const char *atu = strstr (parts[time + 7], "ATU");
      if (atu != NULL && strlen (atu) >= 11 && all_digits (atu + 3, 8))
        self->seller_id = g_strndup (atu, 11);
      return g_steal_pointer (&self);
    }
  return NULL;
}

/* --- Portugal: Portaria 195/2020, the code of ATCUD -------------------------------------------- */

static MilFiscal *
parse_portuguese (const char *text)
{
  if (!g_str_has_prefix (text, "A:") || strstr (text, "*H:") == NULL || strstr (text, "*O:") == NULL)
    return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("pt-atcud", "PT", text);
  g_auto (GStrv) parts = g_strsplit (text, "*", 64);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *value = strchr (parts[i], ':');
      if (value == NULL)
        continue;
      value++;
      if (g_str_has_prefix (parts[i], "A:"))
        g_set_str (&self->seller_id, value);
      else if (g_str_has_prefix (parts[i], "F:"))
        self->date = read_compact_date (value);
      else if (g_str_has_prefix (parts[i], "G:"))
        g_set_str (&self->document, value);
      else if (g_str_has_prefix (parts[i], "N:"))
        read_money (value, "EUR", &self->vat);
      else if (g_str_has_prefix (parts[i], "O:"))
        read_money (value, "EUR", &self->total);
    }
  self->checked = self->seller_id != NULL && mil_vat_number_is_valid ("PT", self->seller_id);
  return g_steal_pointer (&self);
}

/* --- Spain: VeriFactu and TicketBAI ------------------------------------------------------------ */

static MilFiscal *
parse_verifactu (const char *text)
{
  if (!is_address (text, "agenciatributaria.gob.es", "/wlpl/TIKE-CONT/ValidarQR")
      && !is_address (text, "aeat.es", "/wlpl/TIKE-CONT/ValidarQR"))
    return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("es-verifactu", "ES", text);
  g_autofree char *date = parameter (text, "fecha"), *amount = parameter (text, "importe");
  self->seller_id = parameter (text, "nif");
  self->document = parameter (text, "numserie");
  if (date != NULL && strlen (date) == 10 && all_digits (date, 2) && all_digits (date + 3, 2) && all_digits (date + 6, 4))
    self->date = date_at (date, 6, 4, 3, 0);
  read_money (amount, "EUR", &self->total);
  self->checked = self->seller_id != NULL && mil_vat_number_is_valid ("ES", self->seller_id);
  return g_steal_pointer (&self);
}

/* CRC-8 with the polynomial x^8 + x^2 + x + 1, of the address up to "&cr=" (TicketBAI, annex on the code). */
static guint8
crc_8 (const char *text, gsize n)
{
  guint8 crc = 0;
  for (gsize i = 0; i < n; i++)
    {
      crc ^= (guint8) text[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (guint8) (crc & 0x80 ? crc << 1 ^ 0x07 : crc << 1);
    }
  return crc;
}

/* "TBAI-00000006Y-251019-btFpwP8dcLGAF-237": seller, day, signature, check value. */
static MilFiscal *
parse_ticketbai (const char *text)
{
  g_autofree char *id = parameter (text, "id"), *amount = parameter (text, "i"), *check = parameter (text, "cr");
  if (id == NULL || !g_str_has_prefix (id, "TBAI-") || check == NULL)
    return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("es-ticketbai", "ES", text);
  g_autofree char *series = parameter (text, "s"), *number = parameter (text, "nf");
  g_auto (GStrv) parts = g_strsplit (id, "-", 8);
  if (g_strv_length (parts) != 5)
    return NULL;
  self->seller_id = g_strdup (parts[1]);
  if (strlen (parts[2]) == 6 && all_digits (parts[2], 6))
    self->date = date_at (parts[2], 4, 2, 2, 0);
  self->document = g_strconcat (series ? series : "", number ? number : "", NULL);
  read_money (amount, "EUR", &self->total);
  const char *end = strstr (text, "&cr=");
  self->checked = end != NULL && g_ascii_strtoull (check, NULL, 10) == crc_8 (text, end - text);
  return g_steal_pointer (&self);
}

/* --- Saudi Arabia: ZATCA, base64 of tag, length, value ----------------------------------------- */

static MilFiscal *
parse_saudi (const char *text)
{
  gsize n = strlen (text);
  if (n < 40 || n > 2000 || n % 4 != 0
      || strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") != n)
    return NULL;
  gsize              size = 0;
  g_autofree guchar *data = g_base64_decode (text, &size);
  if (size < 10 || data[0] != 1)
    return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("sa-zatca", "SA", text);
  guint seen = 0;
  for (gsize at = 0; at + 2 <= size && at + 2 + data[at + 1] <= size; at += 2 + data[at + 1])
    {
      g_autofree char *value = g_strndup ((const char *) data + at + 2, data[at + 1]);
      if (data[at] > 5)
        continue;
      if (!g_utf8_validate (value, -1, NULL))
        return NULL;
      seen |= 1u << data[at];
      if (data[at] == 1)
        g_set_str (&self->seller, value);
      else if (data[at] == 2)
        g_set_str (&self->seller_id, value);
      else if (data[at] == 3)
        read_instant (self, value);
      else if (data[at] == 4)
        read_money (value, "SAR", &self->total);
      else if (data[at] == 5)
        read_money (value, "SAR", &self->vat);
    }
  return seen == 0x3e && strlen (self->seller_id) == 15 && all_digits (self->seller_id, 15) ? g_steal_pointer (&self) : NULL;
}

/* --- Taiwan: the left one of two codes --------------------------------------------------------- */

/* Invoice 10, ROC date 7, random 4, sales and total 8 hexadecimal digits each, buyer 8, seller 8. */
static MilFiscal *
parse_taiwanese (const char *text)
{
  if (strlen (text) < 77 || !g_ascii_isupper (text[0]) || !g_ascii_isupper (text[1])
      || !all_digits (text + 2, 15) || !all_digits (text + 17, 4) || !all_digits (text + 37, 16))
    return NULL;
  g_autofree char *sales = g_strndup (text + 21, 8), *total = g_strndup (text + 29, 8);
  if (strspn (sales, "0123456789abcdefABCDEF") != 8 || strspn (total, "0123456789abcdefABCDEF") != 8)
    return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("tw-einvoice", "TW", text);
  self->document = g_strndup (text, 10);
  MilDate date = date_at (text, 10, 3, 13, 15);
  date = (MilDate) { (guint16) (1911 + (text[10] - '0') * 100 + (text[11] - '0') * 10 + text[12] - '0'), date.month, date.day };
  self->date = mil_date_is_valid (date) ? date : (MilDate) { 0 };
  self->seller_id = g_strndup (text + 45, 8);
  g_autofree char *amount = g_strdup_printf ("%" G_GUINT64_FORMAT, g_ascii_strtoull (total, NULL, 16));
  read_money (amount, "TWD", &self->total);
  self->checked = mil_vat_number_is_valid ("TW", self->seller_id);
  return g_steal_pointer (&self);
}

/* --- China: comma list of the fapiao ----------------------------------------------------------- */

/* Shenzhen's invoices of the blockchain: an address with the number and the total in cents. */
static MilFiscal *
parse_shenzhen (const char *text)
{
  g_autofree char *number = parameter (text, "bill_num"), *cents = parameter (text, "total_amount");
  guint64          minor = 0;
  if (number == NULL || *number == '\0' || cents == NULL
      || !g_ascii_string_to_unsigned (cents, 10, 0, MOST_CENTS, &minor, NULL))
    return NULL;
  MilFiscal *self = fiscal_new ("cn-fapiao", "CN", text);
  self->document = g_steal_pointer (&number);
  self->total = mil_money ((gint64) minor, "CNY");
  return self;
}

static MilFiscal *
parse_chinese (const char *text)
{
  if (is_address (text, "bcfp.shenzhen.chinatax.gov.cn", "/verify/scan?"))
    return parse_shenzhen (text);
  g_auto (GStrv) parts = g_strsplit (text, ",", 16);
  if (g_strv_length (parts) < 7 || strlen (parts[0]) != 2 || !all_digits (parts[0], 2) || strlen (parts[1]) != 2
      || !all_digits (parts[1], 2) || strlen (parts[5]) != 8 || !all_digits (parts[5], 8))
    return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("cn-fapiao", "CN", text);
  self->document = g_strdup (parts[3]);
  self->date = read_compact_date (parts[5]);
  /* Types 31 and 32 state the amount with tax, the older ones without, which is no total. */
  if (g_str_equal (parts[1], "31") || g_str_equal (parts[1], "32"))
    read_money (parts[4], "CNY", &self->total);
  return mil_date_is_set (self->date) ? g_steal_pointer (&self) : NULL;
}

/* --- Serbia: base64 in an address -------------------------------------------------------------- */

/* Version 1, requested by 8, signed by 8, counters 2 x 4, total 8 (ten-thousandths, little end
 * first), time 8 (milliseconds, big end first). The last 16 bytes are an MD5 of those before. */
static MilFiscal *
parse_serbian (const char *text)
{
  if (!is_address (text, "suf.purs.gov.rs", "/v/?vl="))
    return NULL;
  g_autofree char   *payload = g_uri_unescape_string (strstr (text, "?vl=") + strlen ("?vl="), NULL);
  gsize              size = 0;
  g_autofree guchar *data = payload ? g_base64_decode (payload, &size) : NULL;
  if (data == NULL || size < 60)
    return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("rs-suf", "RS", text);
  guint64 total = 0, moment = 0;
  for (int i = 7; i >= 0; i--)
    total = total << 8 | data[25 + i];
  for (int i = 0; i < 8; i++)
    moment = moment << 8 | data[33 + i];
  self->document = g_strndup ((const char *) data + 1, 8);
  if (!g_utf8_validate (self->document, -1, NULL))
    return NULL;
  if (total % 100 == 0 && total / 100 < G_MAXINT64 / 100)
    self->total = mil_money ((gint64) (total / 100), "RSD");
  if (moment < (guint64) 4102444800000)
    self->date = mil_date_from_unix ((gint64) moment * 1000, "Europe/Belgrade");
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_MD5, data, size - 16);
  self->checked = TRUE;
  for (guint i = 0; i < 16; i++)
    self->checked &= g_ascii_xdigit_value (sum[2 * i]) * 16 + g_ascii_xdigit_value (sum[2 * i + 1])
                     == data[size - 16 + i];
  return g_steal_pointer (&self);
}

/* --- Croatia, Slovenia, Greece, Poland --------------------------------------------------------- */

/* The amount of a Croatian code: in cents, a whole number without zeros before it (source: the tax administration's
 * "Fiskalizacija: Tehnička specifikacija za korisnike", version 2.6, 2.7). Tills print it with a decimal sign and padded
 * with zeros as well: what has a sign is sure, what is padded is not; one or two digits may be whole euros of a till that
 * leaves the cents out. Cancelled receipts are below zero. Until the end of 2022 all of them were kunas. */
static void
read_croatian_amount (MilFiscal *self, const char *amount)
{
  gint64 cents = 0;
  if (amount == NULL || (mil_date_is_set (self->date) && self->date.year < 2023))
    return;
  if (strpbrk (amount, ".,") != NULL)
    read_money (amount, "EUR", &self->total);
  else if (strlen (amount) >= 3 && amount[0] != '0' && all_digits (amount, strlen (amount))
           && g_ascii_string_to_signed (amount, 10, 1, MOST_CENTS, &cents, NULL))
    self->total = mil_money (cents, "EUR");
}

static MilFiscal *
parse_croatian (const char *text)
{
  if (!is_address (text, "porezna.gov.hr", "/rn"))
    return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("hr-fiskalizacija", "HR", text);
  g_autofree char *moment = parameter (text, "datv"), *amount = parameter (text, "izn");
  self->document = parameter (text, "jir");
  if (self->document == NULL)
    self->document = parameter (text, "zki");
  self->date = read_compact_date (moment);
  if (moment != NULL && strlen (moment) >= 13 && moment[8] == '_' && all_digits (moment + 9, 4))
    self->time = g_strdup_printf ("%.2s:%.2s:00", moment + 9, moment + 11);
  read_croatian_amount (self, amount);
  return g_steal_pointer (&self);
}

/* Protective mark 39 digits, tax number 8, YYMMDDHHMMSS, sum of all digits modulo 10. */
static MilFiscal *
parse_slovenian (const char *text)
{
  if (strlen (text) != 60 || !all_digits (text, 60))
    return NULL;
  int sum = 0;
  for (guint i = 0; i < 59; i++)
    sum += text[i] - '0';
  MilDate date = date_at (text, 47, 2, 49, 51);
  if (sum % 10 != text[59] - '0' || !mil_date_is_set (date))
    return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("si-furs", "SI", text);
  self->seller_id = g_strndup (text + 39, 8);
  self->date = date;
  self->time = g_strdup_printf ("%.2s:%.2s:%.2s", text + 53, text + 55, text + 57);
  self->checked = TRUE;
  return g_steal_pointer (&self);
}

/* Till 11, running number 8, hash 40, amount with a point; an invoice of myDATA says only that it is one. */
static MilFiscal *
parse_greek (const char *text)
{
  if (is_address (text, "mydatapi.aade.gr", "/myDATA/TimologioQR/QRInfo?q="))
    return fiscal_new ("gr-mydata", "GR", text);
  const char *mark = is_address (text, "aade.gr", "/") ? strstr (text, "SIG=") : NULL;
  if (mark == NULL || strlen (mark) < 4 + 59 + 4)
    return NULL;
  mark += 4;
  for (guint i = 0; i < 59; i++)
    if (!g_ascii_isalnum (mark[i]))
      return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("gr-aade", "GR", text);
  self->document = g_strndup (mark + 11, 8);
  read_money (mark + 59, "EUR", &self->total);
  return g_steal_pointer (&self);
}

/* The trial systems' hosts: "qr-test.ksef…", "qr-demo.ksef…", "ksef-test…". */
static gboolean
is_polish_trial (const char *text)
{
  return is_address (text, "ksef-test.mf.gov.pl", "/client-app/invoice/")
         || is_address (text, "ksef-demo.mf.gov.pl", "/client-app/invoice/");
}

static MilFiscal *
parse_polish (const char *text)
{
  const char *start = strstr (text, "/invoice/");
  if (start == NULL
      || (!is_address (text, "ksef.mf.gov.pl", "/invoice/")
          && !is_address (text, "ksef.mf.gov.pl", "/client-app/invoice/") && !is_polish_trial (text)))
    return NULL;
  g_auto (GStrv) parts = g_strsplit (start + strlen ("/invoice/"), "/", 4);
  if (g_strv_length (parts) < 3 || strlen (parts[1]) != 10 || !all_digits (parts[1], 2)
      || !all_digits (parts[1] + 3, 2) || !all_digits (parts[1] + 6, 4))
    return NULL;
  g_autoptr (MilFiscal) self = fiscal_new ("pl-ksef", "PL", text);
  self->seller_id = g_strdup (parts[0]);
  self->date = date_at (parts[1], 6, 4, 3, 0);
  self->checked = mil_vat_number_is_valid ("PL", parts[0]);
  return g_steal_pointer (&self);
}

/**
 * mil_fiscal_parse:
 * @text: what a code says, UTF-8
 *
 * Tells by its shape which country's fiscal code @text is and takes it apart. Nothing is fetched
 * and no signature is verified. Sources: the technical annexes of the schemes that #MilFiscal names.
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL when it is no fiscal code
 */
MilFiscal *
mil_fiscal_parse (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  static MilFiscal *(*const parsers[]) (const char *text) = {
    parse_german,    parse_austrian, parse_portuguese, parse_verifactu, parse_ticketbai,
    parse_serbian,   parse_croatian, parse_slovenian,  parse_greek,     parse_polish,
    parse_taiwanese, parse_chinese,  parse_saudi
  };
  for (guint i = 0; i < G_N_ELEMENTS (parsers); i++)
    {
      MilFiscal *self = parsers[i](text);
      if (self != NULL)
        return self;
    }
  return NULL;
}
