/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-pdf.h"

#include "base/mil-date.h"
#include "base/mil-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* ISO 32000-1, 7.5.4: every entry of a cross-reference table has 20 bytes. */
#define XREF_ENTRY 20
/* What stands at the end of a file is text, unlike what stands before it. */
#define TAIL 64
#define MAX_OBJECTS 1000000

/* What an update has to know of the file that it goes on from. */
typedef struct
{
  const char *text;
  gsize       size;
  gsize       xref; /* where its cross-reference table is */
  guint       n_objects;
  guint       root;
  guint       info;
  char       *catalog; /* what stands in the catalog's dictionary */
} PdfFile;

static gboolean
read_number (const char *dictionary, const char *key, guint *number)
{
  const char *at = strstr (dictionary, key);
  guint64     value;
  char       *end;

  if (at == NULL)
    return FALSE;
  at += strlen (key);
  value = g_ascii_strtoull (at, &end, 10);
  if (end == at || value == 0 || value > MAX_OBJECTS)
    return FALSE;
  *number = value;
  return TRUE;
}

/* ISO 32000-1, 7.5.5: "startxref", the offset, "%%EOF". */
static gboolean
find_xref (PdfFile *file)
{
  gsize            tail = MIN (file->size, TAIL);
  const char      *start = g_strrstr_len (file->text + file->size - tail, (gssize) tail, "startxref");
  g_autofree char *number = NULL;
  guint64          offset;

  if (start == NULL)
    return FALSE;
  number = g_strndup (start + strlen ("startxref"), MIN (32, file->size - (start - file->text) - strlen ("startxref")));
  offset = g_ascii_strtoull (number, NULL, 10);
  if (offset >= file->size || !g_str_has_prefix (file->text + offset, "xref\n0 "))
    return FALSE;
  file->xref = offset;
  return TRUE;
}

static gboolean
read_trailer (PdfFile *file)
{
  const char *start = g_strstr_len (file->text + file->xref, (gssize) (file->size - file->xref), "trailer");
  g_autofree char *trailer = NULL;

  if (start == NULL)
    return FALSE;
  trailer = g_strndup (start, file->size - (start - file->text));
  return read_number (trailer, "/Size", &file->n_objects) && read_number (trailer, "/Root", &file->root)
         && read_number (trailer, "/Info", &file->info) && file->root < file->n_objects;
}

static gboolean
read_catalog (PdfFile *file)
{
  const char      *table = strchr (file->text + file->xref + strlen ("xref\n"), '\n');
  const char      *object, *begin, *end;
  g_autofree char *dictionary = NULL;
  guint64          offset;

  if (table == NULL || (gsize) (table + 1 - file->text) + (gsize) XREF_ENTRY * file->n_objects > file->size)
    return FALSE;
  offset = g_ascii_strtoull (table + 1 + (gsize) XREF_ENTRY * file->root, NULL, 10);
  if (offset >= file->size)
    return FALSE;
  object = file->text + offset;
  begin = g_strstr_len (object, (gssize) (file->size - offset), "<<");
  end = g_strstr_len (object, (gssize) (file->size - offset), "endobj");
  if (begin == NULL || end == NULL || begin >= end)
    return FALSE;
  dictionary = g_strndup (begin + 2, end - begin - 2);
  end = g_strrstr (dictionary, ">>");
  if (end == NULL || strstr (dictionary, "/Catalog") == NULL || strstr (dictionary, "/Names") != NULL
      || strstr (dictionary, "/Version") != NULL)
    return FALSE;
  file->catalog = g_strndup (dictionary, end - dictionary);
  g_strstrip (file->catalog);
  return TRUE;
}

static gboolean
is_safe (const char *text, const char *more)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (more, *p) == NULL)
      return FALSE;
  return *text != '\0';
}

/* ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSSZ. */
static char *
pdf_date (gint64 microseconds)
{
  g_autofree char *instant = mil_instant_to_string (microseconds);
  g_autoptr (GString) date = g_string_new ("D:");

  for (const char *p = instant; *p != '\0' && *p != '.' && date->len < 16; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (date, *p);
  g_string_append_c (date, 'Z');
  return g_string_free_and_steal (g_steal_pointer (&date));
}

/* ISO 32000-1, 7.3.5: in a name a slash is written as #2F. */
static char *
pdf_name (const char *text)
{
  g_autoptr (GString) name = g_string_new (text);

  g_string_replace (name, "/", "#2F", 0);
  g_string_replace (name, "+", "#2B", 0);
  return g_string_free_and_steal (g_steal_pointer (&name));
}

/* ISO 32000-1, 7.11.4: the embedded file and its specification; the relation is ISO 32000-2, 7.11.3. */
static void
append_file (GString *out, const PdfFile *file, const MilPdfInfo *info, gsize *offsets)
{
  g_autofree char *checksum = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, info->attachment);
  g_autofree char *date = pdf_date (info->created), *type = pdf_name (info->attachment_type);
  gsize            size;
  const char      *data = g_bytes_get_data (info->attachment, &size);

  offsets[0] = file->size + out->len;
  g_string_append_printf (
      out,
      "%u 0 obj\n<< /Type /EmbeddedFile /Subtype /%s /Length %zu\n"
      "   /Params << /Size %zu /CheckSum <%s> /CreationDate (%s) /ModDate (%s) >> >>\nstream\n",
      file->n_objects,
      type,
      size,
      size,
      checksum,
      date,
      date);
  g_string_append_len (out, data, (gssize) size);
  g_string_append (out, "\nendstream\nendobj\n");
  offsets[1] = file->size + out->len;
  g_string_append_printf (out,
                          "%u 0 obj\n<< /Type /Filespec /F (%s) /UF (%s) /AFRelationship /Data\n"
                          "   /EF << /F %u 0 R /UF %u 0 R >> >>\nendobj\n",
                          file->n_objects + 1,
                          info->attachment_name,
                          info->attachment_name,
                          file->n_objects,
                          file->n_objects);
}

static gsize
append_catalog (GString *out, const PdfFile *file, const MilPdfInfo *info)
{
  gsize offset = file->size + out->len;

  g_string_append_printf (out, "%u 0 obj\n<< %s\n   /Version /1.7\n", file->root, file->catalog);
  if (strstr (file->catalog, "/Lang") == NULL)
    g_string_append_printf (out, "   /Lang (%s)\n", info->language);
  if (strstr (file->catalog, "/StructTreeRoot") != NULL && strstr (file->catalog, "/MarkInfo") == NULL)
    g_string_append (out, "   /MarkInfo << /Marked true >>\n");
  if (strstr (file->catalog, "/ViewerPreferences") == NULL)
    g_string_append (out, "   /ViewerPreferences << /DisplayDocTitle true >>\n");
  if (info->attachment != NULL)
    g_string_append_printf (
        out,
        "   /Names << /EmbeddedFiles << /Names [ (%s) %u 0 R ] >> >>\n   /AF [ %u 0 R ]\n",
        info->attachment_name,
        file->n_objects + 1,
        file->n_objects + 1);
  g_string_append (out, ">>\nendobj\n");
  return offset;
}

static void
append_trailer (GString *out, const PdfFile *file, gboolean attached, gsize catalog, const gsize *offsets)
{
  g_autofree char *id = g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) file->text, file->size);
  g_autofree char *new_id = g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) out->str, out->len);
  gsize            xref = file->size + out->len;

  g_string_append_printf (out, "xref\n%u 1\n%010zu 00000 n \n", file->root, catalog);
  if (attached)
    g_string_append_printf (out, "%u 2\n%010zu 00000 n \n%010zu 00000 n \n", file->n_objects, offsets[0], offsets[1]);
  g_string_append_printf (out,
                          "trailer\n<< /Size %u /Root %u 0 R /Info %u 0 R /Prev %zu\n   /ID [<%s> <%s>] >>\n"
                          "startxref\n%zu\n%%%%EOF\n",
                          file->n_objects + (attached ? 2 : 0),
                          file->root,
                          file->info,
                          file->xref,
                          id,
                          new_id,
                          xref);
}

static gboolean
check_info (const MilPdfInfo *info)
{
  return is_safe (info->language, "-")
         && (info->attachment == NULL
             || (info->attachment_name != NULL && is_safe (info->attachment_name, "-_.")
                 && info->attachment_type != NULL && is_safe (info->attachment_type, "/+-.")));
}

/**
 * mil_pdf_update:
 * @pdf: a PDF with one classic cross-reference table, as cairo writes it up to version 1.4
 * @info: its language, and what is embedded in it
 * @error: %MIL_ERROR_INVALID when a name or a tag has characters that it must not have, %MIL_ERROR_UNSUPPORTED when
 *   @pdf is made in another way
 *
 * Embeds a file and tells the language, neither of which cairo can do, by an incremental update
 * (ISO 32000-1, 7.5.6): what was there stays as it is, new objects are appended.
 *
 * Returns: (transfer full): the file, or %NULL
 */
GBytes *
mil_pdf_update (GBytes *pdf, const MilPdfInfo *info, GError **error)
{
  g_autoptr (GString) out = NULL, whole = NULL;
  PdfFile  file = { 0 };
  gsize    offsets[2] = { 0, 0 };
  gsize    catalog;
  gboolean readable;

  g_return_val_if_fail (pdf != NULL && info != NULL && info->language != NULL, NULL);

  if (!check_info (info))
    {
      mil_error_set (error, MIL_ERROR_INVALID, "%s", _ ("The PDF cannot hold a file of that name."));
      return NULL;
    }
  whole = g_string_new_len (g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf));
  file.text = whole->str;
  file.size = whole->len;
  readable = find_xref (&file) && read_trailer (&file) && read_catalog (&file);
  if (!readable)
    {
      mil_error_set (error, MIL_ERROR_UNSUPPORTED, "%s", _ ("The PDF is made in a way that nothing can be added to."));
      return NULL;
    }
  out = g_string_new (NULL);
  if (info->attachment != NULL)
    append_file (out, &file, info, offsets);
  catalog = append_catalog (out, &file, info);
  append_trailer (out, &file, info->attachment != NULL, catalog, offsets);
  g_free (file.catalog);
  g_string_append_len (whole, out->str, (gssize) out->len);
  return g_string_free_to_bytes (g_steal_pointer (&whole));
}
