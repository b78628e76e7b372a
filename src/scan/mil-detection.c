/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-detection.h"

G_DEFINE_BOXED_TYPE (MilDetection, mil_detection, mil_detection_copy, mil_detection_free)

static gpointer
copy_symbol (gconstpointer symbol, gpointer data)
{
  return mil_symbol_copy (symbol);
}

/**
 * mil_detection_copy:
 * @self: a detection
 *
 * Returns: (transfer full): a copy
 */
MilDetection *
mil_detection_copy (const MilDetection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  MilDetection *copy = g_memdup2 (self, sizeof *self);
  copy->symbols = self->symbols ? g_ptr_array_copy (self->symbols, (GCopyFunc) copy_symbol, NULL) : NULL;
  copy->mrz = self->mrz ? mil_mrz_copy (self->mrz) : NULL;
  return copy;
}

/**
 * mil_detection_free:
 * @self: (transfer full): a detection
 *
 * Frees it.
 */
void
mil_detection_free (MilDetection *self)
{
  g_clear_pointer (&self->symbols, g_ptr_array_unref);
  g_clear_pointer (&self->mrz, mil_mrz_free);
  g_free (self);
}
