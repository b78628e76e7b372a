/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-pdf-reply.h"

#include <string.h>

#include "scan/mil-ocr.h"
#include "scan/mil-picture.h"

static const MilPdfReply page = { MIL_PDF_MAGIC, MIL_PDF_FINE, 3, 40, 20, 0, 0 };

static gboolean
parses (MilPdfReply reply)
{
  MilPdfReply parsed;
  return mil_pdf_reply_parse ((const guint8 *) &reply, sizeof reply, &parsed);
}

#define changed(field, value)                                                                                \
  ({                                                                                                         \
    MilPdfReply reply = page;                                                                                \
    reply.field = value;                                                                                     \
    parses (reply);                                                                                          \
  })

static void
test_head (void)
{
  MilPdfReply parsed;
  g_assert_true (mil_pdf_reply_parse ((const guint8 *) &page, sizeof page, &parsed));
  g_assert_cmpmem (&parsed, sizeof parsed, &page, sizeof page);
  g_assert_false (mil_pdf_reply_parse ((const guint8 *) &page, sizeof page - 1, &parsed));
  g_assert_false (mil_pdf_reply_parse (NULL, 0, &parsed));
  g_assert_false (changed (magic, MIL_PDF_MAGIC + 1));
  g_assert_false (changed (status, MIL_PDF_NO_PAGE + 1));
  g_assert_false (changed (status, MIL_PDF_DAMAGED));
  g_assert_false (changed (n_pages, 0));
  g_assert_false (changed (n_pages, G_MAXUINT32));
  g_assert_false (changed (width, 0));
  g_assert_false (changed (height, 0));
  g_assert_true (changed (width, G_MAXINT16));
  g_assert_false (changed (width, G_MAXINT16 + 1));
  g_assert_false (changed (height, G_MAXUINT32));
  g_assert_true (changed (height, MIL_PICTURE_KEPT_PIXELS / 40 > G_MAXINT16 ? G_MAXINT16 : MIL_PICTURE_KEPT_PIXELS / 40));
  g_assert_false (changed (n_words, 1));
  g_assert_true (changed (word_bytes, MIL_PDF_MOST_WORD_BYTES));
  g_assert_false (changed (word_bytes, MIL_PDF_MOST_WORD_BYTES + 1));

  MilPdfReply vast = page;
  vast.width = vast.height = 4000;
  g_assert_false (parses (vast));
  MilPdfReply many = page;
  many.n_words = G_MAXUINT32;
  many.word_bytes = MIL_PDF_MOST_WORD_BYTES;
  g_assert_false (parses (many));
  g_assert_true (parses ((MilPdfReply) { .magic = MIL_PDF_MAGIC, .status = MIL_PDF_LOCKED }));
  g_assert_false (parses ((MilPdfReply) { .magic = MIL_PDF_MAGIC, .n_words = 1, .word_bytes = 30 }));
}

static void
append_word (GByteArray *bytes, MilPdfWord word, const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) &word, sizeof word);
  g_byte_array_append (bytes, (const guint8 *) text, strlen (text));
}

/* A good word, then this one. */
static GPtrArray *
parse_second (MilPdfWord word, const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  append_word (bytes, (MilPdfWord) { 10, -4, 30, 8, 8 }, "75,50€");
  append_word (bytes, word, text);
  MilPdfReply reply = page;
  reply.n_words = 2;
  reply.word_bytes = bytes->len;
  /* In a place of its own, where reading on is noticed. */
  g_autofree guint8 *copy = g_memdup2 (bytes->data, bytes->len);
  return mil_pdf_reply_parse_words (&reply, copy, bytes->len);
}

static void
test_words (void)
{
  const MilPdfWord good = { 0, MIL_PDF_FARTHEST, 1, 2 * MIL_PDF_FARTHEST, 4 };
  MilPdfWord       word = good;
  g_autoptr (GPtrArray) words = parse_second (good, "EURO");
  g_assert_nonnull (words);
  g_assert_cmpuint (words->len, ==, 2);
  const MilWord *first = words->pdata[0], *second = words->pdata[1];
  g_assert_cmpint (first->box.y, ==, -4);
  g_assert_cmpint (first->box.width, ==, 30);
  g_assert_cmpstr (second->text, ==, "EURO");
  g_assert_cmpint (second->box.height, ==, 2 * MIL_PDF_FARTHEST);

  g_assert_null (parse_second (good, "EUR"));
  g_assert_null (parse_second (good, "EUROS"));
  g_assert_null (parse_second (good, "\xff\xfe\xfd\xfc"));
  word.length = 0;
  g_assert_null (parse_second (word, ""));
  word.length = G_MAXUINT32;
  g_assert_null (parse_second (word, "EURO"));
  word = good;
  word.x = G_MININT32;
  g_assert_null (parse_second (word, "EURO"));
  word = good;
  word.y = MIL_PDF_FARTHEST + 1;
  g_assert_null (parse_second (word, "EURO"));
  word = good;
  word.width = 0;
  g_assert_null (parse_second (word, "EURO"));
  word = good;
  word.height = G_MAXINT32;
  g_assert_null (parse_second (word, "EURO"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/pdf-reply/head", test_head);
  g_test_add_func ("/scan/pdf-reply/words", test_words);
  return g_test_run ();
}
