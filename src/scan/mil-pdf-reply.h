/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-pdf-wire.h"

G_BEGIN_DECLS

gboolean   mil_pdf_reply_parse (const guint8 *data, gsize size, MilPdfReply *reply);
GPtrArray *mil_pdf_reply_parse_words (const MilPdfReply *reply, const guint8 *data, gsize size);

G_END_DECLS
