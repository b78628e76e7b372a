/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-pdf-reply.h"

#include <string.h>

#include "scan/mil-ocr.h"
#include "scan/mil-picture.h"

/**
 * mil_pdf_reply_parse:
 * @data: (array length=size): what the program that draws pages said first
 * @size: how many bytes there are
 * @reply: (out): what they say
 *
 * Looks at the head of an answer as at bytes of a stranger: who made the document may have taken the program
 * over. Source of the format: `mil-pdf-wire.h`.
 *
 * Returns: whether there is such an answer, with a picture that may be kept or without one
 */
gboolean
mil_pdf_reply_parse (const guint8 *data, gsize size, MilPdfReply *reply)
{
  g_return_val_if_fail (data != NULL || size == 0, FALSE);
  g_return_val_if_fail (reply != NULL, FALSE);

  if (size < sizeof *reply)
    return FALSE;
  memcpy (reply, data, sizeof *reply);
  if (reply->magic != MIL_PDF_MAGIC || reply->status > MIL_PDF_NO_PAGE || reply->n_pages > G_MAXINT32)
    return FALSE;
  if (reply->width == 0 && reply->height == 0)
    return reply->n_words == 0 && reply->word_bytes == 0;
  return reply->status == MIL_PDF_FINE && reply->n_pages > 0 && reply->width > 0 && reply->height > 0
         && reply->width <= G_MAXINT16 && reply->height <= G_MAXINT16
         && (guint64) reply->width * reply->height <= MIL_PICTURE_KEPT_PIXELS && reply->word_bytes <= MIL_PDF_MOST_WORD_BYTES
         && (guint64) reply->n_words * (sizeof (MilPdfWord) + 1) <= reply->word_bytes;
}

static gboolean
is_near (gint32 place)
{
  return place >= -MIL_PDF_FARTHEST && place <= MIL_PDF_FARTHEST;
}

static gboolean
is_long (gint32 length)
{
  return length >= 1 && length <= 2 * MIL_PDF_FARTHEST;
}

/**
 * mil_pdf_reply_parse_words:
 * @reply: the head of an answer, from mil_pdf_reply_parse()
 * @data: (array length=size): the words that came behind it
 * @size: how many bytes there are
 *
 * Returns: (transfer full) (nullable) (element-type MilWord): as many words as @reply says, where they stand
 * in pixels; %NULL where the bytes are anything else
 */
GPtrArray *
mil_pdf_reply_parse_words (const MilPdfReply *reply, const guint8 *data, gsize size)
{
  g_return_val_if_fail (reply != NULL, NULL);
  g_return_val_if_fail (data != NULL || size == 0, NULL);

  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_word_free);
  gsize at = 0;
  for (guint32 i = 0; i < reply->n_words; i++)
    {
      MilPdfWord head;
      if (size - at < sizeof head)
        return NULL;
      memcpy (&head, data + at, sizeof head);
      at += sizeof head;
      if (head.length == 0 || head.length > size - at || !is_near (head.x) || !is_near (head.y) || !is_long (head.width)
          || !is_long (head.height) || !g_utf8_validate_len ((const char *) data + at, head.length, NULL))
        return NULL;
      MilWord *word = g_new0 (MilWord, 1);
      word->text = g_strndup ((const char *) data + at, head.length);
      word->confidence = 100;
      word->box = (MilBox) { head.x, head.y, head.width, head.height };
      g_ptr_array_add (words, word);
      at += head.length;
    }
  return at == size ? g_steal_pointer (&words) : NULL;
}
