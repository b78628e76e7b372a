/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-country.h"
#include "base/mil-error.h"
#include "pay/mil-payment-code-private.h"

/* More parts than any query of a payment code has. */
#define MAX_FIELDS 40

/*
 * mil_pay_code_new:
 * @kind: which standard
 * @scheme: (nullable): whose it is
 *
 * Returns: (transfer full): a code that says nothing yet
 */
MilPaymentCode *
mil_pay_code_new (MilPaymentCodeKind kind, const char *scheme)
{
  MilPaymentCode *self = g_new0 (MilPaymentCode, 1);

  self->kind = kind;
  self->scheme = g_strdup (scheme);
  return self;
}

/*
 * mil_pay_code_badly_made:
 * @error: set to %MIL_ERROR_UNREADABLE
 *
 * Returns: (nullable): %NULL
 */
MilPaymentCode *
mil_pay_code_badly_made (GError **error)
{
  mil_error_set (error, MIL_ERROR_UNREADABLE, "%s", _ ("The payment code is not made as it should be. Ask for a new one."));
  return NULL;
}

/*
 * mil_pay_code_is_no_payment:
 * @error: set to %MIL_ERROR_UNSUPPORTED
 *
 * Returns: (nullable): %NULL
 */
MilPaymentCode *
mil_pay_code_is_no_payment (GError **error)
{
  mil_error_set (error, MIL_ERROR_UNSUPPORTED, "%s", _ ("The code is for the app of a bank or wallet, but for no single payment. Nothing is done with it here."));
  return NULL;
}

/*
 * mil_pay_code_split_lines:
 * @text: lines that end in LF, CR LF or CR
 * @most: how many lines are wanted; the rest stays in one more
 *
 * Returns: (transfer full): the lines, without blanks at their ends
 */
char **
mil_pay_code_split_lines (const char *text, guint most)
{
  g_autoptr (GString) plain = g_string_new (text);
  char **lines;

  g_string_replace (plain, "\r\n", "\n", 0);
  g_string_replace (plain, "\r", "\n", 0);
  lines = g_strsplit (plain->str, "\n", (int) most + 1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_strstrip (lines[i]);
  return lines;
}

/*
 * mil_pay_code_line:
 * @lines: as mil_pay_code_split_lines() gives them
 * @number: which, from 0
 *
 * Returns: (transfer full) (nullable): a copy; %NULL for an empty line and one that is not there
 */
char *
mil_pay_code_line (char **lines, guint number)
{
  return number < g_strv_length (lines) && *lines[number] != '\0' ? g_strdup (lines[number]) : NULL;
}

/*
 * mil_pay_code_read_amount:
 * @text: (nullable): whole units; %NULL or empty for "to be asked"
 * @currency: ISO 4217 code
 * @self: whose amount and currency are set
 *
 * Zero is no amount: codes in use write it for "to be asked".
 *
 * Returns: whether it is an amount that can be paid
 */
gboolean
mil_pay_code_read_amount (const char *text, const char *currency, MilPaymentCode *self)
{
  MilMoney none;

  if (!mil_money_parse ("0", currency, &none, NULL))
    return FALSE;
  g_strlcpy (self->currency, currency, sizeof self->currency);
  if (text == NULL || *text == '\0')
    return TRUE;
  if (!mil_money_parse (text, currency, &self->amount, NULL) || self->amount.minor < 0)
    return FALSE;
  if (self->amount.minor == 0)
    self->amount = (MilMoney) { 0 };
  return TRUE;
}

/*
 * mil_pay_code_read_day:
 * @text: eight digits
 * @order: "ymd" or "dmy"
 * @day: (out): set where it is a day
 *
 * Returns: whether it is a day
 */
gboolean
mil_pay_code_read_day (const char *text, const char *order, MilDate *day)
{
  guint   n[3] = { 0 }, at = 0;
  MilDate read;

  if (text == NULL || strlen (text) != 8 || strspn (text, "0123456789") != 8)
    return FALSE;
  for (guint part = 0; part < 3; part++)
    for (guint i = 0; i < (order[part] == 'y' ? 4u : 2u); i++)
      n[part] = n[part] * 10 + (guint) (text[at++] - '0');
  read = order[0] == 'y' ? (MilDate) { (guint16) n[0], (guint8) n[1], (guint8) n[2] }
                         : (MilDate) { (guint16) n[2], (guint8) n[1], (guint8) n[0] };
  if (!mil_date_is_valid (read))
    return FALSE;
  *day = read;
  return TRUE;
}

/*
 * mil_pay_code_set_iban:
 * @self: whose account and its country are set
 * @text: (nullable): an IBAN, with or without spaces
 *
 * Returns: whether it is one
 */
gboolean
mil_pay_code_set_iban (MilPaymentCode *self, const char *text)
{
  g_autoptr (GString) iban = g_string_new (text);

  g_string_replace (iban, " ", "", 0);
  g_string_ascii_up (iban);
  if (!mil_iban_is_valid (iban->str))
    return FALSE;
  g_set_str (&self->account, iban->str);
  iban->str[2] = '\0';
  if (self->country == NULL && mil_country_is_known (iban->str))
    self->country = g_strdup (iban->str);
  return TRUE;
}

/*
 * mil_pay_code_is_97_valid:
 * @text: letters and digits whose third and fourth are check digits
 *
 * Returns: whether they are right by ISO 7064 mod 97-10, the first four letters moved to the end
 */
gboolean
mil_pay_code_is_97_valid (const char *text)
{
  gsize length = strlen (text);
  guint rest = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[(i + 4) % length];

      if (g_ascii_isdigit (c))
        rest = (rest * 10 + (guint) (c - '0')) % 97;
      else if (g_ascii_isupper (c))
        rest = (rest * 100 + (guint) (c - 'A') + 10) % 97;
      else
        return FALSE;
    }
  return length > 4 && rest == 1;
}

/*
 * mil_pay_code_parse_query:
 * @query: (nullable): "a=b&c=d", percent-encoded
 *
 * Keys come in lower case, values without blanks at their ends. A key that stands there twice has two
 * meanings, and each reader may take another one, so there is none.
 *
 * Returns: (transfer full) (nullable): its parts; %NULL where it is not made as it should be
 */
GHashTable *
mil_pay_code_parse_query (const char *query)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", MAX_FIELDS + 1);

  if (g_strv_length (parts) > MAX_FIELDS)
    return NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char            *equals = strchr (parts[i], '=');
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;

      if (*parts[i] == '\0')
        continue;
      if (equals != NULL)
        *equals++ = '\0';
      key = g_ascii_strdown (parts[i], -1);
      value = g_uri_unescape_string (equals != NULL ? g_strdelimit (equals, "+", ' ') : "", NULL);
      if (value == NULL || !g_utf8_validate (value, -1, NULL) || g_hash_table_contains (fields, key))
        return NULL;
      g_strstrip (value);
      g_hash_table_insert (fields, g_steal_pointer (&key), g_steal_pointer (&value));
    }
  return g_steal_pointer (&fields);
}

/*
 * mil_pay_code_take:
 * @fields: as mil_pay_code_parse_query() gives them
 * @key: which
 *
 * Returns: (transfer full) (nullable): what it says; %NULL for nothing
 */
char *
mil_pay_code_take (GHashTable *fields, const char *key)
{
  const char *value = g_hash_table_lookup (fields, key);

  return value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

/*
 * mil_pay_code_is_short:
 * @text: (nullable): valid UTF-8
 * @letters: the most
 *
 * Returns: whether it has no more of them
 */
gboolean
mil_pay_code_is_short (const char *text, glong letters)
{
  return text == NULL || g_utf8_strlen (text, -1) <= letters;
}
