/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pay/mil-qr.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <qrencode.h>

#include "base/mil-error.h"

G_DEFINE_BOXED_TYPE (MilQr, mil_qr, mil_qr_copy, mil_qr_free)

/**
 * mil_qr_encode:
 * @text: what the symbol says, UTF-8
 * @error: return location for an error
 *
 * Makes the smallest QR symbol, at error correction level M, that holds a text in byte mode.
 *
 * Returns: (transfer full) (nullable): the symbol, or %NULL with %MIL_ERROR_TOO_LARGE
 */
MilQr *
mil_qr_encode (const char *text, GError **error)
{
  QRcode *code = NULL;
  MilQr  *self = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  if (code == NULL)
    {
      mil_error_set (error, errno == ERANGE ? MIL_ERROR_TOO_LARGE : MIL_ERROR_INVALID, _ ("This is too long for a QR code."));
      return NULL;
    }
  self = g_new0 (MilQr, 1);
  self->size = code->width;
  self->modules = g_malloc ((gsize) code->width * (gsize) code->width);
  for (int i = 0; i < code->width * code->width; i++)
    self->modules[i] = code->data[i] & 1;
  QRcode_free (code);
  return self;
}

/**
 * mil_qr_copy:
 * @self: a symbol
 *
 * Returns: (transfer full): a copy
 */
MilQr *
mil_qr_copy (const MilQr *self)
{
  MilQr *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (MilQr, 1);
  copy->size = self->size;
  copy->modules = g_memdup2 (self->modules, (gsize) self->size * (gsize) self->size);
  return copy;
}

/**
 * mil_qr_free:
 * @self: (transfer full): a symbol
 *
 * Frees it.
 */
void
mil_qr_free (MilQr *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->modules);
  g_free (self);
}
