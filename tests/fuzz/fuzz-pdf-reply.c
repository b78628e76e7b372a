/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a PDF document before and after it is drawn: the sizes in it, and the answer of the program
 * that draws it, which the document may have taken over. */

#include <stdint.h>

#include "scan/mil-pdf-look.h"
#include "scan/mil-pdf-reply.h"
#include "scan/mil-picture.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  mil_pdf_look_fits (data, size);

  MilPdfReply reply;
  if (!mil_pdf_reply_parse (data, size, &reply))
    return 0;
  g_assert ((guint64) reply.width * reply.height <= MIL_PICTURE_KEPT_PIXELS);
  g_assert (reply.word_bytes <= MIL_PDF_MOST_WORD_BYTES);
  size = MIN (size - sizeof reply, reply.word_bytes);
  g_autoptr (GPtrArray) words = mil_pdf_reply_parse_words (&reply, data + sizeof reply, size);
  g_assert (words == NULL || words->len == reply.n_words);
  return 0;
}
