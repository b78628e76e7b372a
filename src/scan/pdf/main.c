/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Draws pages of PDF documents for Milione, in a process that has nothing to lose: mil-pdf-document.c starts it. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scan/pdf/mil-pdf-confine.h"
#include "scan/pdf/mil-pdf-page.h"

static gboolean
write_all (const void *bytes, gsize size)
{
  for (const guint8 *p = bytes; size > 0;)
    {
      ssize_t n = write (STDIN_FILENO, p, size);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      p += n;
      size -= n;
    }
  return TRUE;
}

static gboolean
read_number (guint32 *number)
{
  for (gsize got = 0; got < sizeof *number;)
    {
      ssize_t n = read (STDIN_FILENO, (guint8 *) number + got, sizeof *number - got);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      got += n;
    }
  return TRUE;
}

/* Not copied: it may be as large as all of what drawing may take. */
static GBytes *
map_document (void)
{
  struct stat status;
  if (fstat (MIL_PDF_DOCUMENT_FD, &status) != 0 || status.st_size <= 0)
    return NULL;
  void *data = mmap (NULL, status.st_size, PROT_READ, MAP_PRIVATE, MIL_PDF_DOCUMENT_FD, 0);
  return data != MAP_FAILED ? g_bytes_new_static (data, status.st_size) : NULL;
}

static void
answer (PopplerDocument *document, guint seconds)
{
  guint32 number;
  while (read_number (&number))
    {
      mil_pdf_confine_time (seconds);
      if (!mil_pdf_write_page (document, number, write_all))
        return;
    }
}

/* milione-pdf MEBIBYTES SECONDS: how much memory it may take, and how long it may work on a page. */
int
main (int argc, char **argv)
{
  guint64 mebibytes = 0, seconds = 0;
  g_autoptr (GBytes) bytes = NULL;
  if (argc == 3 && g_ascii_string_to_unsigned (argv[1], 10, 1, 1 << 20, &mebibytes, NULL)
      && g_ascii_string_to_unsigned (argv[2], 10, 1, 3600, &seconds, NULL))
    bytes = map_document ();
  if (bytes == NULL)
    {
      fputs ("milione-pdf is started by Milione to draw the pages of a PDF document.\n", stderr);
      return MIL_PDF_EXIT_USAGE;
    }
  mil_pdf_confine (mebibytes);
  mil_pdf_confine_time (seconds);

  g_autoptr (GObject) document = NULL;
  MilPdfReply reply = { .magic = MIL_PDF_MAGIC, .status = mil_pdf_open (bytes, (PopplerDocument **) &document) };
  if (document != NULL)
    reply.n_pages = poppler_document_get_n_pages (POPPLER_DOCUMENT (document));
  if (write_all (&reply, sizeof reply) && document != NULL)
    answer (POPPLER_DOCUMENT (document), seconds);
  return EXIT_SUCCESS;
}
