/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "pay/mil-payment-code-private.h"

/*
 * The 'taler' URI scheme (draft-grothoff-taler-01, later GNU Taler's LSD 0006):
 * taler://pay/HOST[/PATH…]/ORDER/[SESSION]?c=TOKEN and taler://pay-template/HOST[/PATH…]/TEMPLATE?amount=…&summary=…
 * "taler+http" is the same without TLS, for trials.
 */

/* What is asked of the merchant's site when it is paid. */
#define MAX_PARTS 12

static gboolean
is_host (const char *text)
{
  return *text != '\0' && strlen (text) <= 253
         && strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") == strlen (text);
}

/* Without its last N parts: where the merchant's site is. */
static char *
site (char **parts, guint n)
{
  g_autoptr (GString) path = g_string_new (parts[0]);

  for (guint i = 1; i + n < g_strv_length (parts); i++)
    g_string_append_printf (path, "/%s", parts[i]);
  return g_string_free_and_steal (g_steal_pointer (&path));
}

/* The amount of a currency that no standard knows (regional and play money) is told as text. */
static gboolean
read_template (MilPaymentCode *self, const char *query)
{
  g_autoptr (GHashTable) fields = mil_pay_code_parse_query (query);
  g_autofree char *amount = NULL;
  char            *colon;

  if (fields == NULL)
    return FALSE;
  amount = mil_pay_code_take (fields, "amount");
  self->message = mil_pay_code_take (fields, "summary");
  colon = amount != NULL ? strchr (amount, ':') : NULL;
  if (amount == NULL)
    return TRUE;
  if (colon != NULL)
    *colon++ = '\0';
  if (mil_pay_code_read_amount (colon, amount, self))
    return TRUE;
  if (colon != NULL && *colon != '\0')
    {
      g_autofree char *before = g_steal_pointer (&self->message);

      self->message = g_strdup_printf ("%s %s%s%s", colon, amount, before != NULL ? ": " : "", before != NULL ? before : "");
    }
  return TRUE;
}

/*
 * mil_payment_code_parse_taler:
 * @text: valid UTF-8
 * @error: %MIL_ERROR_UNREADABLE; %MIL_ERROR_UNSUPPORTED for withdrawals, refunds and payments between people
 *
 * Amount and name are told by the merchant's site alone, so the payee is its host.
 */
MilPaymentCode *
mil_payment_code_parse_taler (const char *text, GError **error)
{
  g_autoptr (MilPaymentCode) self = mil_pay_code_new (MIL_PAYMENT_CODE_TALER, "taler");
  const char      *start = strstr (text, "://") + 3;
  g_autofree char *rest = g_strndup (start, strcspn (start, "?#"));
  const char      *query = strchr (start, '?');
  g_auto (GStrv) parts = g_strsplit (rest, "/", MAX_PARTS + 1);
  guint    n = g_strv_length (parts);
  gboolean is_template = g_ascii_strcasecmp (parts[0] != NULL ? parts[0] : "", "pay-template") == 0;
  guint    behind = is_template ? 1 : 2;

  if (n == 0 || (!is_template && g_ascii_strcasecmp (parts[0], "pay") != 0))
    return mil_pay_code_is_no_payment (error);
  if (n > MAX_PARTS || n < 2 + behind || !is_host (parts[1]) || *parts[n - behind] == '\0')
    return mil_pay_code_badly_made (error);
  self->payee = g_ascii_strdown (parts[1], -1);
  self->account = site (parts + 1, behind);
  self->reference = g_uri_unescape_string (parts[n - behind], NULL);
  self->warnings |= MIL_PAYMENT_CODE_ONLINE;
  self->one_time = !is_template;
  if (self->reference == NULL || !g_utf8_validate (self->reference, -1, NULL)
      || (is_template && !read_template (self, query != NULL ? query + 1 : NULL)))
    return mil_pay_code_badly_made (error);
  return g_steal_pointer (&self);
}
