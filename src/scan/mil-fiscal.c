/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-fiscal.h"

#include <string.h>

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
