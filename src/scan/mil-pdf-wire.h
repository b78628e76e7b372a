/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How Milione and the program that draws pages of PDF documents speak with each other: two processes of one
 * installation on one machine, so numbers are 32 bits wide in the machine's order.
 *
 * The program has a socket as its standard input and the document as descriptor MIL_PDF_DOCUMENT_FD. It says
 * once how the document could be opened (a MilPdfReply without a picture), then answers each number of a page
 * with a MilPdfReply. Behind that come the words, each a MilPdfWord and its text, then rows of RGB without
 * padding. Where it stops before its time, its exit status says why. */
#define MIL_PDF_DOCUMENT_FD 3
#define MIL_PDF_MAGIC 0x4d504446u

/* Exit statuses. For time it is stopped by the system, with SIGXCPU. */
#define MIL_PDF_EXIT_USAGE 2
#define MIL_PDF_EXIT_MEMORY 3

/* Words stand on the page or not far from it. */
#define MIL_PDF_FARTHEST (1 << 20)
#define MIL_PDF_MOST_TEXT 200000
#define MIL_PDF_MOST_WORD_BYTES (MIL_PDF_MOST_TEXT * 12)

typedef enum
{
  MIL_PDF_FINE,
  MIL_PDF_DAMAGED,
  MIL_PDF_LOCKED,
  MIL_PDF_NO_PAGE,
} MilPdfStatus;

typedef struct
{
  guint32 magic;
  guint32 status;
  guint32 n_pages;
  guint32 width;
  guint32 height;
  guint32 n_words;
  /* How many bytes the words take. */
  guint32 word_bytes;
} MilPdfReply;

typedef struct
{
  gint32  x;
  gint32  y;
  gint32  width;
  gint32  height;
  guint32 length;
} MilPdfWord;

G_END_DECLS
