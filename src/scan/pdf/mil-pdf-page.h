/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <poppler.h>

#include "scan/mil-pdf-wire.h"

G_BEGIN_DECLS

typedef gboolean (*MilPdfWriteFunc) (const void *bytes, gsize size);

MilPdfStatus mil_pdf_open       (GBytes *bytes, PopplerDocument **document);
gboolean     mil_pdf_write_page (PopplerDocument *document, guint number, MilPdfWriteFunc write);

G_END_DECLS
