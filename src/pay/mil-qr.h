/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MIL_TYPE_QR (mil_qr_get_type ())

/**
 * MilQr:
 * @size: modules along a side, without the quiet zone of 4 around it
 * @modules: (array): @size times @size bytes, row by row; 1 is dark
 *
 * A QR symbol (ISO/IEC 18004), ready to be drawn.
 */
typedef struct
{
  int     size;
  guint8 *modules;
} MilQr;

GType  mil_qr_get_type (void);
MilQr *mil_qr_encode   (const char   *text,
                        GError      **error);
MilQr *mil_qr_copy     (const MilQr  *self);
void   mil_qr_free     (MilQr        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilQr, mil_qr_free)

G_END_DECLS
