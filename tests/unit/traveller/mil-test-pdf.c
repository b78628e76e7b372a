/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-test-pdf.h"

#include <string.h>

#define FIRST_PAGE 4

static void
begin_object (GString *pdf, GArray *places)
{
  gsize place = pdf->len;

  g_array_append_val (places, place);
  g_string_append_printf (pdf, "%u 0 obj\n", places->len);
}

static char *
page_content (const char *page)
{
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
  GString *content = g_string_new ("BT /F1 7 Tf ");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 2);
      g_string_append_printf (content, "1 0 0 1 12 %u Tm (%s) Tj ", 280 - 13 * i, parts[0] != NULL ? parts[0] : "");
      if (parts[0] != NULL && parts[1] != NULL)
        g_string_append_printf (content, "1 0 0 1 140 %u Tm (%s) Tj ", 280 - 13 * i, parts[1]);
    }
  g_string_append (content, "ET");
  return g_string_free_and_steal (content);
}

static void
add_pages (GString *pdf, GArray *places, const char *const *pages)
{
  for (guint i = 0; pages[i] != NULL; i++)
    {
      g_autofree char *content = page_content (pages[i]);

      begin_object (pdf, places);
      g_string_append_printf (
          pdf, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents %u 0 R/Resources<</Font<</F1 3 0 R>>>>>>\nendobj\n", FIRST_PAGE + 2 * i + 1);
      begin_object (pdf, places);
      g_string_append_printf (pdf, "<</Length %zu>>\nstream\n%s\nendstream\nendobj\n", strlen (content), content);
    }
}

GBytes *
mil_test_pdf (const char *const *pages)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gsize));
  GString *pdf = g_string_new ("%PDF-1.4\n");
  guint    n = g_strv_length ((char **) pages);
  gsize    table = 0;

  begin_object (pdf, places);
  g_string_append (pdf, "<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
  begin_object (pdf, places);
  g_string_append_printf (pdf, "<</Type/Pages/Count %u/Kids[", n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (pdf, "%u 0 R ", FIRST_PAGE + 2 * i);
  g_string_append (pdf, "]>>\nendobj\n");
  begin_object (pdf, places);
  g_string_append (pdf, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n");
  add_pages (pdf, places, pages);
  table = pdf->len;
  g_string_append_printf (pdf, "xref\n0 %u\n0000000000 65535 f \n", places->len + 1);
  for (guint i = 0; i < places->len; i++)
    g_string_append_printf (pdf, "%010zu 00000 n \n", g_array_index (places, gsize, i));
  g_string_append_printf (pdf, "trailer<</Size %u/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", places->len + 1, table);
  return g_string_free_to_bytes (pdf);
}

char *
mil_test_receipt (const char *shop, const char *time, int euros)
{
  return g_strdup_printf (
      "%s\nVia Garibaldi 12\n30121 Venezia\n\n20/05/2024 %s\n\nVaso di vetro\t%d,00\nPiatto\t26,00\n\n"
      "TOTALE EURO\t%d,00\nContanti\t%d,00\nResto\t10,00\n\nGrazie",
      shop,
      time,
      euros - 26,
      euros,
      euros + 10);
}

void
mil_test_write (const char *path, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
}
