/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-page.h"
#include "scan/mil-receipt-reader.h"

G_BEGIN_DECLS

/**
 * MilLookAt:
 * @MIL_LOOK_AT_DATES: rows that have a date, or should have one
 * @MIL_LOOK_AT_AMOUNTS: rows that name a total, a payment, change or rounding
 * @MIL_LOOK_AT_NAMES: the rows at the top
 *
 * What rows are read again for.
 */
typedef enum
{
  MIL_LOOK_AT_DATES = 1 << 0,
  MIL_LOOK_AT_AMOUNTS = 1 << 1,
  MIL_LOOK_AT_NAMES = 1 << 2,
} MilLookAt;

gboolean mil_second_look (MilOcr                *ocr,
                          MilPage               *page,
                          MilPicture            *picture,
                          GPtrArray             *rows,
                          MilLookAt              what,
                          const MilReceiptHints *hints,
                          guint                  exponent,
                          GCancellable          *cancellable,
                          GError               **error);

G_END_DECLS
