/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-code-meaning.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-country.h"
#include "pay/mil-payment-code.h"
#include "scan/mil-fiscal.h"

/* What is shown of a text at the most, in letters. */
#define MAX_LETTERS 400
/* Numbers of tax-free forms are as long as this. */
#define MIN_FORM_DIGITS 8
#define MAX_FORM_DIGITS 20

static void
fact_free (gpointer data)
{
  MilCodeFact *fact = data;

  g_free (fact->label);
  g_free (fact->value);
  g_free (fact);
}

/**
 * mil_code_meaning_free:
 * @self: (transfer full): a meaning
 *
 * Frees it.
 */
void
mil_code_meaning_free (MilCodeMeaning *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_ptr_array_unref (self->facts);
  g_free (self->caution);
  g_free (self->text);
  g_free (self);
}

/* What would turn the line around, break it or hide a part of it is shown as what it is. */
static char *
plain_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString         *plain = g_string_new (NULL);
  guint            n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar     c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);
      if (++n > MAX_LETTERS)
        {
          g_string_append (plain, "…");
          break;
        }
      if (c == '\n' || c == '\r' || c == '\t')
        g_string_append_c (plain, ' ');
      else if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_SURROGATE || type == G_UNICODE_PRIVATE_USE
               || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append_printf (plain, "<U+%04X>", c);
      else
        g_string_append_unichar (plain, c);
    }
  return g_string_free_and_steal (plain);
}

static void
add (MilCodeMeaning *self, const char *label, const char *value)
{
  MilCodeFact *fact = NULL;

  if (value == NULL || *value == '\0')
    return;
  fact = g_new0 (MilCodeFact, 1);
  fact->label = g_strdup (label);
  fact->value = plain_text (value);
  g_ptr_array_add (self->facts, fact);
}

static void
add_money (MilCodeMeaning *self, const char *label, MilMoney money)
{
  g_autofree char *text = mil_money_is_set (money) ? mil_money_format (money, MIL_MONEY_PLAIN) : NULL;

  add (self, label, text);
}

static void
add_country (MilCodeMeaning *self, const char *country)
{
  add (self, C_ ("code", "Country"), country != NULL && mil_country_is_known (country) ? mil_country_name (country) : country);
}

static char *
percent_text (MilDecimal percent)
{
  g_autofree char *number = mil_decimal_to_string (percent);

  return g_strdup_printf (C_ ("VAT rate", "%s %%"), number);
}

/* --- payment --------------------------------------------------------------------------------------- */

/* Who gets the money: a wallet's own address and a merchant's site tell it only when they are asked. */
static void
add_payee (MilCodeMeaning *self, const MilPaymentCode *code)
{
  const char *unknown = (code->warnings & MIL_PAYMENT_CODE_ONLINE) != 0
                            ? _ ("Only the app of that wallet finds out")
                            : _ ("The code does not say who gets the money");

  add (self, C_ ("code", "Pay to"), code->payee != NULL ? code->payee : unknown);
  add (self, C_ ("code", "Also written"), code->payee_local);
}

static void
add_amount (MilCodeMeaning *self, const MilPaymentCode *code)
{
  g_autofree char *fee = code->fee_percent.digits != 0 ? percent_text (code->fee_percent) : NULL;

  if (mil_money_is_set (code->amount))
    add_money (self, C_ ("code", "Amount"), code->amount);
  else if ((code->warnings & MIL_PAYMENT_CODE_ONLINE) != 0)
    add (self, C_ ("code", "Amount"), _ ("The code does not say how much"));
  else if (code->kind != MIL_PAYMENT_CODE_PAYER)
    add (self, C_ ("code", "Amount"), _ ("You type it in"));
  if (!mil_money_is_set (code->amount))
    add (self, C_ ("code", "Currency"), code->currency);
  add_money (self, C_ ("code", "Fee"), code->fee);
  add (self, C_ ("code", "Fee"), fee);
}

static void
add_times (MilCodeMeaning *self, const MilPaymentCode *code)
{
  g_autofree char *due = mil_date_is_set (code->due) ? mil_date_format (code->due) : NULL;
  g_autoptr (GDateTime) expiry = code->expires_at != 0
                                     ? g_date_time_new_from_unix_local (code->expires_at / G_USEC_PER_SEC)
                                     : NULL;
  /* Translators: a day and a time, as strftime writes them. */
  g_autofree char *until = expiry != NULL ? g_date_time_format (expiry, C_ ("code", "%x %H:%M")) : NULL;

  add (self, C_ ("code", "Due"), due);
  add (self, C_ ("code", "Good until"), until);
}

static const char *
caution_of (const MilPaymentCode *code)
{
  if (code->kind == MIL_PAYMENT_CODE_PAYER)
    return NULL;
  if ((code->warnings & MIL_PAYMENT_CODE_OLD) != 0)
    return _ (
        "The code is made by old rules, and banks may refuse it. Ask for a new one. Nothing is paid yet.");
  return _ ("Whoever printed the code says so; nobody has checked it. Nothing is paid yet.");
}

static void
explain_payment (MilCodeMeaning *self, const MilPaymentCode *code)
{
  gboolean is_offer = code->kind == MIL_PAYMENT_CODE_PAYER;

  self->kind = MIL_CODE_PAYMENT;
  self->icon = "milione-wallet-symbolic";
  self->title = g_strdup (is_offer ? C_ ("code", "Somebody offers to pay") : C_ ("code", "Payment code"));
  if (!is_offer)
    add_payee (self, code);
  add_amount (self, code);
  add_times (self, code);
  add (self, C_ ("code", "Street"), code->address);
  add (self, C_ ("code", "Place"), code->city);
  add_country (self, code->country);
  add (self, C_ ("code", "Account"), code->account);
  add (self, C_ ("code", "Bank"), code->bic);
  add (self, C_ ("code", "Reference"), code->reference);
  add (self, C_ ("code", "Message"), code->message);
  add (self, C_ ("code", "Paid by"), code->debtor);
  add (self, C_ ("code", "System"), mil_payment_code_get_system (code));
  self->caution = g_strdup (caution_of (code));
}

/* --- receipts and forms ---------------------------------------------------------------------------- */

static void
explain_fiscal (MilCodeMeaning *self, const MilFiscal *fiscal)
{
  g_autofree char *day = mil_date_is_set (fiscal->date) ? mil_date_format (fiscal->date) : NULL;

  self->kind = MIL_CODE_FISCAL;
  self->icon = "milione-receipt-symbolic";
  self->title = g_strdup (C_ ("code", "Fiscal code of a receipt"));
  add_country (self, fiscal->country);
  add_money (self, C_ ("code", "Total"), fiscal->total);
  add_money (self, C_ ("code", "VAT"), fiscal->vat);
  add (self, C_ ("code", "Shop"), fiscal->seller);
  add (self, C_ ("code", "Tax number"), fiscal->seller_id);
  add (self, C_ ("code", "Date"), day);
  add (self, C_ ("code", "Number"), fiscal->document);
}

static gboolean
is_form_number (const MilSymbol *symbol)
{
  gsize n = strlen (symbol->text);

  return n >= MIN_FORM_DIGITS && n <= MAX_FORM_DIGITS && strspn (symbol->text, "0123456789") == n
         && !g_str_has_prefix (symbol->format, "EAN") && !g_str_has_prefix (symbol->format, "UPC");
}

static MilClaim *
find_claim (MilSession *session, const char *number)
{
  GListModel *claims = mil_session_get_claims (session);

  for (guint i = 0; i < g_list_model_get_n_items (claims); i++)
    {
      g_autoptr (MilClaim) claim = g_list_model_get_item (claims, i);
      if (g_strcmp0 (mil_claim_get_info (claim)->number, number) == 0)
        return claim;
    }
  return NULL;
}

static void
explain_form (MilCodeMeaning *self, const char *number, MilSession *session)
{
  MilClaim           *claim = session != NULL ? find_claim (session, number) : NULL;
  const MilClaimInfo *info = claim != NULL ? mil_claim_get_info (claim) : NULL;

  self->kind = MIL_CODE_FORM;
  self->icon = "milione-stamp-symbolic";
  self->title = g_strdup (claim != NULL ? C_ ("code", "Your tax-free form")
                                        : C_ ("code", "Number, maybe of a tax-free form"));
  add (self, C_ ("code", "Number"), number);
  if (info == NULL)
    return;
  add (self, C_ ("code", "Shop"), info->shop);
  add_money (self, C_ ("code", "Total"), info->total);
  add_country (self, info->country);
  add (self, C_ ("code", "State"), info->state_text);
}

/* --- links and the rest ---------------------------------------------------------------------------- */

/* The host is what tells where an address leads, so it stands alone, as it is written: "xn--" letters stay so. */
static gboolean
explain_link (MilCodeMeaning *self, const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);
  const char      *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char      *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *ascii = NULL;

  if (scheme == NULL || strlen (scheme) < 2 || strpbrk (text, " \n") != NULL)
    return FALSE;
  self->kind = MIL_CODE_LINK;
  self->icon = "web-browser-symbolic";
  self->title = g_strdup (C_ ("code", "Address"));
  ascii = host != NULL && *host != '\0' ? g_hostname_to_ascii (host) : NULL;
  add (self, C_ ("code", "Leads to"), ascii != NULL ? ascii : host);
  add (self, C_ ("code", "All of it"), text);
  self->caution = g_strdup (
      g_uri_get_userinfo (uri) != NULL
          ? _ ("What stands before the @ may pretend to be another place. It is not opened.")
          : _ ("It is not opened. Copy it, if you trust where it leads."));
  return TRUE;
}

static void
explain_rest (MilCodeMeaning *self, const MilSymbol *symbol)
{
  self->icon = "milione-scan-symbolic";
  self->title = g_strdup (g_str_has_prefix (symbol->format, "EAN") || g_str_has_prefix (symbol->format, "UPC")
                              ? C_ ("code", "Article number")
                              : C_ ("code", "Text"));
  add (self, C_ ("code", "Says"), symbol->text);
}

static void
explain_broken_payment (MilCodeMeaning *self, const MilSymbol *symbol, const GError *error)
{
  self->kind = MIL_CODE_PAYMENT;
  self->icon = "dialog-warning-symbolic";
  self->title = g_strdup (C_ ("code", "Payment code that cannot be used"));
  add (self, C_ ("code", "Says"), symbol->text);
  self->caution = g_strdup (error->message);
}

/**
 * mil_code_meaning_new:
 * @symbol: a code that was read
 * @session: (nullable): whose tax-free forms are known by their numbers
 *
 * Says what a code means, before anything is done with it. What the code says is data: nothing is opened,
 * nobody is asked, and letters that would hide a part of it are shown by their numbers.
 *
 * Returns: (transfer full): its meaning
 */
MilCodeMeaning *
mil_code_meaning_new (const MilSymbol *symbol, MilSession *session)
{
  MilCodeMeaning *self = g_new0 (MilCodeMeaning, 1);
  g_autoptr (MilPaymentCode) payment = NULL;
  g_autoptr (MilFiscal) fiscal = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (symbol != NULL && symbol->text != NULL, self);

  self->facts = g_ptr_array_new_with_free_func (fact_free);
  self->text = g_strdup (symbol->text);
  payment = mil_payment_code_parse (symbol->text, &error);
  fiscal = payment == NULL ? mil_fiscal_parse (symbol->text) : NULL;
  if (payment != NULL)
    explain_payment (self, payment);
  else if (fiscal != NULL)
    explain_fiscal (self, fiscal);
  else if (mil_payment_code_is_meant (symbol->text))
    explain_broken_payment (self, symbol, error);
  else if (is_form_number (symbol))
    explain_form (self, symbol->text, session);
  else if (!explain_link (self, symbol->text))
    explain_rest (self, symbol);
  return self;
}
