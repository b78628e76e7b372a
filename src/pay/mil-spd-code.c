/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/mil-country.h"
#include "pay/mil-payment-code-private.h"

/*
 * Short Payment Descriptor 1.0 (Czech Banking Association): "SPD*1.0*KEY:VALUE*…", values percent-encoded.
 * CRC32 is over the same text with its parts sorted and itself left out.
 */

#define MAX_PARTS 40

static guint32
crc32_of (const char *text)
{
  guint32 crc = 0xffffffff;

  for (; *text != '\0'; text++)
    {
      crc ^= (guchar) *text;
      for (guint bit = 0; bit < 8; bit++)
        crc = crc & 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
    }
  return ~crc;
}

static int
compare (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static gboolean
check_sum (char **parts, const char *wanted)
{
  g_autoptr (GString) text = g_string_new ("");
  g_autofree char **sorted = g_memdup2 (parts, g_strv_length (parts) * sizeof *parts);
  guint             n = g_strv_length (parts);

  if (strlen (wanted) != 8 || strspn (wanted, "0123456789ABCDEFabcdef") != 8)
    return FALSE;
  qsort (sorted + 2, n - 2, sizeof *sorted, compare);
  for (guint i = 0; i < n; i++)
    if (*sorted[i] != '\0' && !g_str_has_prefix (sorted[i], "CRC32:"))
      g_string_append_printf (text, "%s%s", i > 0 ? "*" : "", sorted[i]);
  return g_ascii_strtoull (wanted, NULL, 16) == crc32_of (text->str);
}

static gboolean
is_key (const char *text, gsize length)
{
  return length > 0 && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == length;
}

/* Each key once. */
static GHashTable *
read_parts (char **parts)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 2; parts[i] != NULL; i++)
    {
      gsize            length = strcspn (parts[i], ":");
      g_autofree char *key = g_strndup (parts[i], length);
      g_autofree char *value = NULL;

      if (*parts[i] == '\0')
        continue;
      value = parts[i][length] == ':' ? g_uri_unescape_string (parts[i] + length + 1, NULL) : NULL;
      if (!is_key (key, length) || value == NULL || !g_utf8_validate (value, -1, NULL)
          || g_hash_table_contains (fields, key))
        return NULL;
      g_hash_table_insert (fields, g_steal_pointer (&key), g_strdup (g_strstrip (value)));
    }
  return g_steal_pointer (&fields);
}

/* IBAN, or IBAN+BIC. */
static gboolean
read_account (MilPaymentCode *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "+", 2);

  if (parts[0] == NULL || !mil_pay_code_set_iban (self, parts[0]))
    return FALSE;
  self->bic = mil_pay_code_line (parts, 1);
  return TRUE;
}

/* Without a currency it is the account's own. */
static gboolean
read_money (MilPaymentCode *self, const char *amount, const char *currency)
{
  if (currency == NULL && self->country != NULL)
    currency = mil_country_currency (self->country);
  if (currency == NULL)
    return amount == NULL;
  return mil_pay_code_read_amount (amount, currency, self);
}

/*
 * mil_payment_code_parse_spd:
 * @text: valid UTF-8
 * @error: %MIL_ERROR_UNREADABLE
 */
MilPaymentCode *
mil_payment_code_parse_spd (const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "*", MAX_PARTS + 1);
  g_autoptr (MilPaymentCode) self = mil_pay_code_new (MIL_PAYMENT_CODE_SPD, "SPD");
  g_autoptr (GHashTable) fields = NULL;
  g_autofree char *day = NULL;
  const char      *sum;

  if (g_strv_length (parts) < 3 || g_strv_length (parts) > MAX_PARTS || !g_str_has_prefix (parts[1], "1."))
    return mil_pay_code_badly_made (error);
  fields = read_parts (parts);
  if (fields == NULL)
    return mil_pay_code_badly_made (error);
  sum = g_hash_table_lookup (fields, "CRC32");
  self->payee = mil_pay_code_take (fields, "RN");
  self->message = mil_pay_code_take (fields, "MSG");
  self->reference = mil_pay_code_take (fields, "RF");
  if (self->reference == NULL)
    self->reference = mil_pay_code_take (fields, "X-VS");
  if (self->payee == NULL)
    self->warnings |= MIL_PAYMENT_CODE_NO_NAME;
  day = mil_pay_code_take (fields, "DT");
  if ((sum != NULL && !check_sum (parts, sum)) || !read_account (self, g_hash_table_lookup (fields, "ACC"))
      || !read_money (self, g_hash_table_lookup (fields, "AM"), g_hash_table_lookup (fields, "CC"))
      || (day != NULL && !mil_pay_code_read_day (day, "ymd", &self->due)))
    return mil_pay_code_badly_made (error);
  return g_steal_pointer (&self);
}
