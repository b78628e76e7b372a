/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "base/mil-country.h"
#include "pay/mil-payment-code-private.h"

/*
 * Swiss Implementation Guidelines for the QR-bill, SIX, versions 2.2 and 2.3: one element a line.
 * Version 2.3, in effect since 2025-11-22, has structured addresses alone; bills of before are still around.
 */

#define N_LINES 34
#define MIN_LINES 31
#define MAX_LETTERS 997
#define MAX_CENTS G_GINT64_CONSTANT (99999999999)

enum
{
  LINE_TYPE,
  LINE_VERSION,
  LINE_CODING,
  LINE_IBAN,
  LINE_CREDITOR,
  LINE_ULTIMATE_CREDITOR = 11,
  LINE_AMOUNT = 18,
  LINE_CURRENCY,
  LINE_DEBTOR,
  LINE_REFERENCE_TYPE = 27,
  LINE_REFERENCE,
  LINE_MESSAGE,
  LINE_TRAILER,
  LINE_BILLING,
};

/* The seven lines of an address. */
enum
{
  ADDRESS_TYPE,
  ADDRESS_NAME,
  ADDRESS_FIRST,
  ADDRESS_SECOND,
  ADDRESS_POSTCODE,
  ADDRESS_TOWN,
  ADDRESS_COUNTRY,
  N_ADDRESS_LINES,
};

static gboolean
is_empty (char **lines, guint n)
{
  for (guint i = 0; i < n; i++)
    if (*lines[i] != '\0')
      return FALSE;
  return TRUE;
}

static gboolean
is_structured (char **address)
{
  return g_str_equal (address[ADDRESS_TYPE], "S");
}

/* K: two lines, of which the second has the town. */
static gboolean
is_address (char **address)
{
  glong second = is_structured (address) ? 16 : 70;

  if (!is_structured (address) && !g_str_equal (address[ADDRESS_TYPE], "K"))
    return FALSE;
  if (*address[ADDRESS_NAME] == '\0' || !mil_pay_code_is_short (address[ADDRESS_NAME], 70)
      || !mil_pay_code_is_short (address[ADDRESS_FIRST], 70) || !mil_pay_code_is_short (address[ADDRESS_SECOND], second)
      || !mil_country_is_known (address[ADDRESS_COUNTRY]))
    return FALSE;
  if (is_structured (address))
    return *address[ADDRESS_POSTCODE] != '\0' && mil_pay_code_is_short (address[ADDRESS_POSTCODE], 16)
           && *address[ADDRESS_TOWN] != '\0' && mil_pay_code_is_short (address[ADDRESS_TOWN], 35);
  return *address[ADDRESS_SECOND] != '\0' && is_empty (address + ADDRESS_POSTCODE, 2);
}

static char *
join (const char *first, const char *second)
{
  return *first != '\0' && *second != '\0'   ? g_strconcat (first, " ", second, NULL)
         : *first != '\0' || *second != '\0' ? g_strdup (*first != '\0' ? first : second)
                                             : NULL;
}

static void
take_creditor (MilPaymentCode *self, char **address)
{
  self->payee = g_strdup (address[ADDRESS_NAME]);
  g_set_str (&self->country, address[ADDRESS_COUNTRY]);
  if (is_structured (address))
    {
      self->address = join (address[ADDRESS_FIRST], address[ADDRESS_SECOND]);
      self->city = join (address[ADDRESS_POSTCODE], address[ADDRESS_TOWN]);
      return;
    }
  self->address = *address[ADDRESS_FIRST] != '\0' ? g_strdup (address[ADDRESS_FIRST]) : NULL;
  self->city = g_strdup (address[ADDRESS_SECOND]);
  self->warnings |= MIL_PAYMENT_CODE_OLD;
}

/* 27 digits, the last one by modulo 10, recursive (annex B). */
static gboolean
is_qr_reference (const char *text)
{
  static const guint8 next[] = { 0, 9, 4, 6, 8, 2, 7, 1, 3, 5 };
  guint               carry = 0;

  if (strlen (text) != 27 || strspn (text, "0123456789") != 27)
    return FALSE;
  for (guint i = 0; i < 26; i++)
    carry = next[(carry + (guint) (text[i] - '0')) % 10];
  return (10 - carry) % 10 == (guint) (text[26] - '0');
}

/* ISO 11649 */
static gboolean
is_creditor_reference (const char *text)
{
  gsize length = strlen (text);

  return length >= 5 && length <= 25 && g_str_has_prefix (text, "RF") && mil_pay_code_is_97_valid (text);
}

/* Accounts whose bank number is 30000 to 31999 take QR references alone, others never. */
static gboolean
is_reference (const char *iban, const char *type, const char *reference)
{
  gboolean is_qr_iban = iban[4] == '3' && (iban[5] == '0' || iban[5] == '1');

  if (is_qr_iban || g_str_equal (type, "QRR"))
    return is_qr_iban && g_str_equal (type, "QRR") && is_qr_reference (reference);
  if (g_str_equal (type, "SCOR"))
    return is_creditor_reference (reference);
  return g_str_equal (type, "NON") && *reference == '\0';
}

static gboolean
is_swiss_account (const char *iban)
{
  return strlen (iban) == 21 && (g_str_has_prefix (iban, "CH") || g_str_has_prefix (iban, "LI"));
}

static gboolean
read_header (char **lines)
{
  return g_strv_length (lines) >= MIN_LINES && g_str_equal (lines[LINE_TYPE], "SPC")
         && strlen (lines[LINE_VERSION]) == 4 && g_str_has_prefix (lines[LINE_VERSION], "02")
         && g_str_equal (lines[LINE_CODING], "1") && is_empty (lines + LINE_ULTIMATE_CREDITOR, N_ADDRESS_LINES)
         && g_str_equal (lines[LINE_TRAILER], "EPD");
}

static gboolean
read_money (MilPaymentCode *self, char **lines)
{
  const char *currency = lines[LINE_CURRENCY];

  return (g_str_equal (currency, "CHF") || g_str_equal (currency, "EUR"))
         && mil_pay_code_read_amount (lines[LINE_AMOUNT], currency, self) && self->amount.minor <= MAX_CENTS;
}

static gboolean
read_debtor (MilPaymentCode *self, char **lines)
{
  char **address = lines + LINE_DEBTOR;

  if (is_empty (address, N_ADDRESS_LINES))
    return TRUE;
  if (!is_address (address))
    return FALSE;
  self->debtor = g_strdup (address[ADDRESS_NAME]);
  if (!is_structured (address))
    self->warnings |= MIL_PAYMENT_CODE_OLD;
  return TRUE;
}

static gboolean
read_texts (MilPaymentCode *self, char **lines)
{
  g_autofree char *billing = mil_pay_code_line (lines, LINE_BILLING);

  self->reference = mil_pay_code_line (lines, LINE_REFERENCE);
  self->message = mil_pay_code_line (lines, LINE_MESSAGE);
  return mil_pay_code_is_short (self->message, 140) && mil_pay_code_is_short (billing, 140);
}

/*
 * mil_payment_code_parse_swiss:
 * @text: valid UTF-8
 * @error: %MIL_ERROR_UNREADABLE
 *
 * An amount of 0.00 is a notice that is not to be paid; its message says so, and it has no amount here.
 */
MilPaymentCode *
mil_payment_code_parse_swiss (const char *text, GError **error)
{
  g_auto (GStrv) lines = mil_pay_code_split_lines (text, N_LINES);
  g_autoptr (MilPaymentCode) self = mil_pay_code_new (MIL_PAYMENT_CODE_SWISS, "SPC");

  if (g_utf8_strlen (text, -1) > MAX_LETTERS + N_LINES || !read_header (lines) || !is_address (lines + LINE_CREDITOR)
      || !mil_pay_code_set_iban (self, lines[LINE_IBAN]) || !is_swiss_account (self->account)
      || !is_reference (self->account, lines[LINE_REFERENCE_TYPE], lines[LINE_REFERENCE])
      || !read_money (self, lines) || !read_debtor (self, lines) || !read_texts (self, lines))
    return mil_pay_code_badly_made (error);
  take_creditor (self, lines + LINE_CREDITOR);
  return g_steal_pointer (&self);
}
