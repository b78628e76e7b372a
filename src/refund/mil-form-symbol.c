/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form-symbol.h"

#include "base/mil-error.h"

#include <glib/gi18n.h>
#include <string.h>
#include <zint.h>

/* GS1 General Specifications: 91 to 99 are for what partners agree on; the layouts of the countries' own form
 * numbers are not published, so no other identifier would be true. */
#define APPLICATION_IDENTIFIER "91"
/* Same: a GS1-128 symbol holds at most 48 characters, identifiers counted. */
#define MAX_GS1_VALUE 40
#define MAX_QR_BYTES 800
/* GS1 General Specifications and ISO/IEC 18004. */
#define QUIET_BAR_MODULES 10
#define QUIET_QR_MODULES 4
/* libzint: error correction level M. */
#define ECC_LEVEL_M 2

G_DEFINE_BOXED_TYPE (MilFormSymbol, mil_form_symbol, mil_form_symbol_copy, mil_form_symbol_free)

static const char *const names[] = { "gs1-128", "code-128", "qr" };

/**
 * mil_symbol_kind_parse:
 * @name: "gs1-128", "code-128" or "qr"
 * @kind: (out): where to put the kind
 *
 * Returns: whether @name is one of them
 */
gboolean
mil_symbol_kind_parse (const char *name, MilSymbolKind *kind)
{
  g_return_val_if_fail (name != NULL && kind != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/* GS1 General Specifications, figure 7.11-1: the 82 characters that an identifier's value may have. */
static gboolean
is_gs1_value (const char *value)
{
  return strlen (value) <= MAX_GS1_VALUE
         && value[strspn (value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"%&'()*+,-./_:;<=>?")]
                == '\0';
}

static gboolean
check_value (MilSymbolKind kind, const char *value, GError **error)
{
  gboolean good = *value != '\0' && (kind == MIL_SYMBOL_QR ? strlen (value) <= MAX_QR_BYTES : is_gs1_value (value));

  if (!good && kind == MIL_SYMBOL_QR)
    mil_error_set (error, MIL_ERROR_INVALID, "%s", _ ("is too long for a QR code"));
  else if (!good)
    mil_error_set (error, MIL_ERROR_INVALID, "%s", _ ("cannot be a bar code: up to 40 Latin letters, digits and signs can"));
  return good;
}

static int
encode (struct zint_symbol *symbol, MilSymbolKind kind, const char *value)
{
  g_autofree char *marked = NULL;

  symbol->warn_level = 0;
  if (kind == MIL_SYMBOL_GS1_128)
    {
      symbol->symbology = BARCODE_GS1_128;
      symbol->input_mode = GS1_MODE;
      marked = g_strdup_printf ("[" APPLICATION_IDENTIFIER "]%s", value);
    }
  else if (kind == MIL_SYMBOL_CODE_128)
    symbol->symbology = BARCODE_CODE128;
  else
    {
      symbol->symbology = BARCODE_QRCODE;
      symbol->input_mode = UNICODE_MODE;
      symbol->option_1 = ECC_LEVEL_M;
    }
  return ZBarcode_Encode (symbol, (const guchar *) (marked != NULL ? marked : value), 0);
}

static MilFormSymbol *
take_modules (const struct zint_symbol *symbol, MilSymbolKind kind, const char *value)
{
  MilFormSymbol *self = g_new0 (MilFormSymbol, 1);

  self->kind = kind;
  self->columns = symbol->width;
  self->rows = symbol->rows;
  self->quiet = kind == MIL_SYMBOL_QR ? QUIET_QR_MODULES : QUIET_BAR_MODULES;
  self->modules = g_malloc ((gsize) self->columns * (gsize) self->rows);
  for (int y = 0; y < self->rows; y++)
    for (int x = 0; x < self->columns; x++)
      self->modules[y * self->columns + x] = symbol->encoded_data[y][x / 8] >> (x % 8) & 1;
  if (kind == MIL_SYMBOL_GS1_128)
    self->text = g_strdup_printf ("(" APPLICATION_IDENTIFIER ") %s", value);
  else
    self->text = g_strdup (value);
  return self;
}

/**
 * mil_form_symbol_new:
 * @kind: what it shall look like
 * @value: what it says; for bar codes up to 40 characters that GS1 allows
 * @error: %MIL_ERROR_INVALID; the message goes on from the name of a field
 *
 * A GS1-128 symbol says @value under the application identifier 91 (agreed between partners).
 *
 * Returns: (transfer full): the code, or %NULL
 */
MilFormSymbol *
mil_form_symbol_new (MilSymbolKind kind, const char *value, GError **error)
{
  struct zint_symbol *symbol;
  MilFormSymbol      *self = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  if (!check_value (kind, value, error))
    return NULL;
  symbol = ZBarcode_Create ();
  if (encode (symbol, kind, value) < ZINT_ERROR)
    self = take_modules (symbol, kind, value);
  else
    mil_error_set (error, MIL_ERROR_INVALID, "%s", _ ("cannot be a code that machines read"));
  ZBarcode_Delete (symbol);
  return self;
}

/**
 * mil_form_symbol_copy:
 * @self: a code
 *
 * Returns: (transfer full): the same again
 */
MilFormSymbol *
mil_form_symbol_copy (const MilFormSymbol *self)
{
  MilFormSymbol *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->modules = g_memdup2 (self->modules, (gsize) self->columns * (gsize) self->rows);
  copy->text = g_strdup (self->text);
  return copy;
}

/**
 * mil_form_symbol_free:
 * @self: (transfer full): a code
 */
void
mil_form_symbol_free (MilFormSymbol *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->modules);
  g_free (self->text);
  g_free (self);
}
