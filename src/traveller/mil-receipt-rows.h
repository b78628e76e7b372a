/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-json.h"
#include "base/mil-money.h"
#include "scan/mil-receipt.h"

#include <gio/gio.h>

G_BEGIN_DECLS

void     mil_receipt_rows_read_lines (GListStore       *list,
                                      const MilReceipt *reading);
MilMoney mil_receipt_rows_read_vat   (GListStore       *list,
                                      const MilReceipt *reading);
void     mil_receipt_rows_to_json    (GListStore       *list,
                                      JsonBuilder      *builder,
                                      const char       *member);
gboolean mil_receipt_rows_from_json  (GListStore       *list,
                                      MilJson          *reader,
                                      const char       *member,
                                      GError          **error);

G_END_DECLS
