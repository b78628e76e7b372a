/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-receipt.h"

G_BEGIN_DECLS

/* Most sections that the scanner puts together. */
#define MIL_RECEIPT_MAX_SECTIONS 20

gboolean mil_receipt_page_number          (const char *text,
                                           guint      *number,
                                           guint      *of);
GArray  *mil_receipt_pages_group          (GPtrArray  *pages);
gboolean mil_receipt_pages_may_be_several (GPtrArray  *pages,
                                           guint       from,
                                           guint       to);

G_END_DECLS
