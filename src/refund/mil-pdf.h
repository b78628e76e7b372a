/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-sheet.h"

G_BEGIN_DECLS

/**
 * MilPdfInfo:
 * @title: title of the document
 * @author: (nullable): who made it
 * @subject: (nullable): what it is about
 * @language: BCP 47 tag of its language
 * @created: when it is made, microseconds since 1970 UTC
 * @attachment_name: (nullable): file name of what is embedded: ASCII letters, digits, "-", "_" and "."
 * @attachment_type: (nullable): its media type
 * @attachment: (nullable): what is embedded
 *
 * What a PDF says about itself.
 */
typedef struct
{
  const char *title;
  const char *author;
  const char *subject;
  const char *language;
  gint64      created;
  const char *attachment_name;
  const char *attachment_type;
  GBytes     *attachment;
} MilPdfInfo;

GBytes *mil_pdf_new    (MilSheet         *sheet,
                        const MilPdfInfo *info,
                        GError          **error);
GBytes *mil_pdf_update (GBytes           *pdf,
                        const MilPdfInfo *info,
                        GError          **error);

G_END_DECLS
