/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-country.h"
#include "base/mil-currency.h"
#include "base/mil-error.h"
#include "pay/mil-payment-code-private.h"

/* EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, version 1.1. */

#define ID_FORMAT 0
#define ID_METHOD 1
#define ID_FIRST_SCHEME 2
#define ID_LAST_SCHEME 51
#define ID_CATEGORY 52
#define ID_CURRENCY 53
#define ID_AMOUNT 54
#define ID_TIP 55
#define ID_FEE 56
#define ID_FEE_PERCENT 57
#define ID_COUNTRY 58
#define ID_NAME 59
#define ID_CITY 60
#define ID_ADDITIONAL 62
#define ID_CRC 63
#define ID_LANGUAGE 64
#define N_IDS 100

/* What the values of one level are, by their id; NULL where there is none. */
typedef struct
{
  char *values[N_IDS];
} Fields;

static void
fields_clear (Fields *fields)
{
  for (guint i = 0; i < N_IDS; i++)
    g_clear_pointer (&fields->values[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fields, fields_clear)

/**
 * mil_emv_crc:
 * @text: (array length=size): the code up to and with "6304"
 * @size: how many bytes
 *
 * Returns: CRC-16 with polynomial 0x1021 and start 0xffff, not reflected (section 4.7.3)
 */
guint16
mil_emv_crc (const char *text, gsize size)
{
  guint16 crc = 0xffff;

  g_return_val_if_fail (text != NULL || size == 0, 0);

  for (gsize i = 0; i < size; i++)
    {
      crc ^= (guint16) ((guchar) text[i] << 8);
      for (guint bit = 0; bit < 8; bit++)
        crc = (guint16) (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1);
    }
  return crc;
}

static gboolean
damaged (GError **error)
{
  mil_error_set (error, MIL_ERROR_UNREADABLE, "%s", _ ("The payment code is damaged. Ask for a new one."));
  return FALSE;
}

static gboolean
check_crc (const char *text)
{
  gsize   length = strlen (text);
  guint64 crc;
  char   *end;

  if (length < 8 || memcmp (text + length - 8, "6304", 4) != 0)
    return FALSE;
  for (guint i = 1; i <= 4; i++)
    if (!g_ascii_isxdigit (text[length - i]))
      return FALSE;
  crc = g_ascii_strtoull (text + length - 4, &end, 16);
  return *end == '\0' && crc == mil_emv_crc (text, length - 4);
}

/* A length counts characters; some generators count bytes. */
static const char *
skip (const char *p, guint length, gboolean in_bytes)
{
  for (guint i = 0; i < length; i++)
    {
      if (*p == '\0')
        return NULL;
      p = in_bytes ? p + 1 : g_utf8_next_char (p);
    }
  return g_utf8_validate (p, -1, NULL) ? p : NULL;
}

/* Ids in any order, each once. */
static gboolean
read_level (const char *text, gboolean in_bytes, Fields *fields)
{
  for (const char *p = text; *p != '\0';)
    {
      const char *value, *next;
      guint       id, length;

      for (guint i = 0; i < 4; i++)
        if (!g_ascii_isdigit (p[i]))
          return FALSE;
      id = (guint) (p[0] - '0') * 10 + (guint) (p[1] - '0');
      length = (guint) (p[2] - '0') * 10 + (guint) (p[3] - '0');
      value = p + 4;
      next = skip (value, length, in_bytes);
      if (length == 0 || next == NULL || fields->values[id] != NULL)
        return FALSE;
      fields->values[id] = g_strndup (value, next - value);
      p = next;
    }
  return TRUE;
}

static gboolean
read_fields (const char *text, Fields *fields)
{
  if (read_level (text, FALSE, fields))
    return TRUE;
  fields_clear (fields);
  return read_level (text, TRUE, fields);
}

static char *
take (Fields *fields, guint id)
{
  char *value = g_steal_pointer (&fields->values[id]);

  /* "***": to be asked of the person; some schemes write it for "none". */
  if (value != NULL && g_str_equal (value, "***"))
    g_clear_pointer (&value, g_free);
  return value;
}

/* Where schemes keep the payee: most in 01, or an address to ask in 25; these elsewhere. */
static const struct
{
  const char *scheme;
  guint8      account;
  guint8      inner; /* in a template of the template; 0 for none */
} places[] = {
  { "SG.PAYNOW", 2, 0 },      /* 01 is the kind of the proxy */
  { "A0000006150001", 2, 0 }, /* DuitNow: 01 is the acquirer */
  { "A000000727", 1, 1 },     /* VietQR: bank and account */
  { "hk.com.hkicl", 2, 0 },   /* FPS: 01 is the bank, when it is there */
};

static char *
inner_value (const char *text, guint id)
{
  g_auto (Fields) inner = { 0 };

  return read_fields (text, &inner) ? g_steal_pointer (&inner.values[id]) : NULL;
}

static char *
take_account (const char *scheme, const Fields *template)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_ascii_strcasecmp (scheme, places[i].scheme) == 0 && template->values[places[i].account] != NULL)
      {
        const char *value = template->values[places[i].account];
        char       *inner = places[i].inner != 0 ? inner_value (value, places[i].inner) : NULL;

        return inner != NULL ? inner : g_strdup (value);
      }
  for (guint i = 1; i < N_IDS; i++)
    if (template->values[i] != NULL)
      return g_strdup (template->values[i]);
  return NULL;
}

/* Templates (26 to 51) name their scheme in 00; the others are card numbers' schemes, whose value is the merchant. */
static void
read_scheme (MilPaymentCode *self, Fields *fields)
{
  for (guint id = 26; id <= ID_LAST_SCHEME && self->scheme == NULL; id++)
    {
      g_auto (Fields) inner = { 0 };

      if (fields->values[id] == NULL || !read_fields (fields->values[id], &inner) || inner.values[0] == NULL)
        continue;
      self->scheme = g_strdup (inner.values[0]);
      self->account = take_account (self->scheme, &inner);
    }
  for (guint id = ID_FIRST_SCHEME; id < 26 && self->scheme == NULL; id++)
    if (fields->values[id] != NULL)
      {
        self->scheme = g_strdup_printf ("%02u", id);
        self->account = g_strdup (fields->values[id]);
      }
}

/* Digits and at most one point: "98.73", "98", "98." (section 4.7.2); zero is no amount. */
static gboolean
read_money (const char *text, const char *currency, MilMoney *money)
{
  g_autofree char *number = g_strdup (text);
  char            *point = strchr (number, '.');

  if (point != NULL && point[1] == '\0')
    *point = '\0';
  if (!mil_money_parse (number, currency, money, NULL) || money->minor < 0)
    return FALSE;
  if (money->minor == 0)
    *money = (MilMoney) { 0 };
  return TRUE;
}

static gboolean
read_amounts (MilPaymentCode *self, Fields *fields)
{
  const char *currency = mil_currency_from_numeric (fields->values[ID_CURRENCY]);
  const char *tip = fields->values[ID_TIP];

  if (fields->values[ID_CURRENCY] != NULL && currency == NULL)
    return FALSE;
  g_strlcpy (self->currency, currency != NULL ? currency : "", sizeof self->currency);
  if (fields->values[ID_AMOUNT] != NULL
      && (currency == NULL || !read_money (fields->values[ID_AMOUNT], currency, &self->amount)))
    return FALSE;
  if (g_strcmp0 (tip, "01") == 0)
    self->warnings |= MIL_PAYMENT_CODE_TIP;
  if (g_strcmp0 (tip, "02") == 0)
    return fields->values[ID_FEE] != NULL && currency != NULL
           && read_money (fields->values[ID_FEE], currency, &self->fee);
  if (g_strcmp0 (tip, "03") == 0)
    return mil_decimal_parse (fields->values[ID_FEE_PERCENT], &self->fee_percent, NULL)
           && self->fee_percent.digits > 0 && mil_decimal_compare (self->fee_percent, (MilDecimal) { 100, 0 }) <= 0;
  return TRUE;
}

static void
read_merchant (MilPaymentCode *self, Fields *fields)
{
  self->category = take (fields, ID_CATEGORY);
  self->country = take (fields, ID_COUNTRY);
  self->payee = take (fields, ID_NAME);
  self->city = take (fields, ID_CITY);
  if (!mil_country_is_known (self->country))
    g_clear_pointer (&self->country, g_free);
  /* Shops without a name write that. */
  if (g_strcmp0 (self->payee, "NA") == 0)
    g_clear_pointer (&self->payee, g_free);
  self->warnings |= (self->category == NULL ? MIL_PAYMENT_CODE_NO_MCC : 0)
                    | (self->country == NULL ? MIL_PAYMENT_CODE_NO_COUNTRY : 0)
                    | (self->payee == NULL ? MIL_PAYMENT_CODE_NO_NAME : 0)
                    | (self->city == NULL ? MIL_PAYMENT_CODE_NO_CITY : 0);
}

static gboolean
read_templates (MilPaymentCode *self, Fields *fields)
{
  g_auto (Fields) additional = { 0 };
  g_auto (Fields) language = { 0 };

  if (fields->values[ID_ADDITIONAL] != NULL && !read_fields (fields->values[ID_ADDITIONAL], &additional))
    return FALSE;
  if (fields->values[ID_LANGUAGE] != NULL && !read_fields (fields->values[ID_LANGUAGE], &language))
    return FALSE;
  self->reference = take (&additional, 5);
  if (self->reference == NULL)
    self->reference = take (&additional, 1);
  self->message = take (&additional, 8);
  self->payee_local = take (&language, 1);
  return TRUE;
}

/*
 * mil_payment_code_parse_emv:
 * @text: valid UTF-8
 * @error: %MIL_ERROR_UNREADABLE
 *
 * Structure and checksum are mandatory; what real schemes leave out becomes a warning.
 */
MilPaymentCode *
mil_payment_code_parse_emv (const char *text, GError **error)
{
  g_auto (Fields) fields = { 0 };
  g_autoptr (MilPaymentCode) self = g_new0 (MilPaymentCode, 1);
  const char *format;

  self->kind = MIL_PAYMENT_CODE_EMV;
  if (!check_crc (text) || !read_fields (text, &fields) || fields.values[ID_CRC] == NULL)
    {
      damaged (error);
      return NULL;
    }
  format = fields.values[ID_FORMAT];
  self->one_time = g_strcmp0 (fields.values[ID_METHOD], "12") == 0;
  read_scheme (self, &fields);
  if ((g_strcmp0 (format, "01") != 0 && g_strcmp0 (format, "02") != 0) || self->scheme == NULL
      || !read_amounts (self, &fields) || !read_templates (self, &fields))
    return mil_pay_code_badly_made (error);
  read_merchant (self, &fields);
  return g_steal_pointer (&self);
}
