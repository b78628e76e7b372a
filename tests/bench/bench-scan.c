/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time a picture, on one core: the receipt reader, its codes, and stock Tesseract on the same decoded
 * picture. Seconds of processor time, so that what else the machine does counts little. */

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <allheaders.h>
#include <tesseract/capi.h>

#include "scan/mil-mrz-reader.h"
#include "scan/mil-ocr.h"
#include "scan/mil-scanner.h"

#define MAX_PICTURES 24

typedef struct
{
  GMainLoop     *loop;
  MilScanner    *scanner;
  MilPicture    *picture;
  MilScanResult *result;
} Run;

static double
processor_ms (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void
figure (const char *name, double value, const char *unit, const char *note)
{
  printf ("{\"name\": \"%s\", \"value\": %.3f, \"unit\": \"%s\", \"note\": \"%s\"}\n", name, value, unit, note);
}

static DexFuture *
scan_in_fiber (gpointer data)
{
  Run           *run = data;
  MilScanOptions options = { .kind = MIL_SCAN_RECEIPT };
  run->result = mil_await_pointer (mil_scan_picture (run->scanner, run->picture, &options), NULL);
  g_main_loop_quit (run->loop);
  return dex_future_new_true ();
}

static double
scan_ms (Run *run)
{
  double     start = processor_ms ();
  DexFuture *future = mil_spawn (scan_in_fiber, run, NULL);
  g_main_loop_run (run->loop);
  dex_unref (future);
  g_clear_pointer (&run->result, mil_scan_result_free);
  return processor_ms () - start;
}

static double
codes_ms (MilPicture *picture)
{
  double     start = processor_ms ();
  GPtrArray *symbols = mil_symbols_read_picture (picture, NULL);
  g_ptr_array_unref (symbols);
  return processor_ms () - start;
}

/* The look for a passport that comes before that for a receipt where nobody said what it is. */
static double
early_look_ms (MilPicture *picture)
{
  double  start = processor_ms ();
  MilMrz *mrz = mil_mrz_read_picture (picture, FALSE, (MilDate) { 2026, 11, 22 }, NULL);
  g_clear_pointer (&mrz, mil_mrz_free);
  return processor_ms () - start;
}

static double
tesseract_ms (TessBaseAPI *api, MilPicture *picture)
{
  double start = processor_ms ();
  TessBaseAPISetImage (api,
                       g_bytes_get_data (mil_picture_get_pixels (picture), NULL),
                       mil_picture_get_width (picture),
                       mil_picture_get_height (picture),
                       3,
                       mil_picture_get_stride (picture));
  char *text = TessBaseAPIGetUTF8Text (api);
  TessDeleteText (text);
  TessBaseAPIClear (api);
  return processor_ms () - start;
}

static void
measure (Run *run, TessBaseAPI *api, const char *set)
{
  double stock = tesseract_ms (api, run->picture), codes = codes_ms (run->picture), scan = scan_ms (run);
  g_autofree char *stock_name = g_strdup_printf ("%s: stock Tesseract", set);
  g_autofree char *codes_name = g_strdup_printf ("%s: codes, every format", set);
  g_autofree char *scan_name = g_strdup_printf ("%s: receipt and codes", set);
  g_autofree char *ratio_name = g_strdup_printf ("%s: receipt without codes against Tesseract", set);
  figure (stock_name, stock, "ms", "psm 3, eng, the decoded picture");
  figure (codes_name, codes, "ms", "");
  figure (scan_name, scan, "ms", "");
  g_autofree char *early_name = g_strdup_printf ("%s: early look for a passport", set);
  figure (early_name, early_look_ms (run->picture), "ms", "where the kind is auto");
  figure (ratio_name, (scan - codes) / stock, "×", "wanted ≤ 2");
}

static void
measure_folder (Run *run, TessBaseAPI *api, const char *set, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (const char *name = dir ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".jpg") || g_str_has_suffix (name, ".png"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  for (guint i = 0; i < names->len && i < MAX_PICTURES; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      char            *data = NULL;
      gsize            size = 0;
      if (!g_file_get_contents (path, &data, &size, NULL))
        continue;
      g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
      run->picture = mil_picture_decode (bytes, 0, NULL, NULL);
      if (run->picture != NULL)
        measure (run, api, set);
      g_clear_object (&run->picture);
    }
}

int
main (int argc, char *argv[])
{
  dex_init ();
  mil_ocr_use_one_thread ();
  TessBaseAPI *api = TessBaseAPICreate ();
  if (TessBaseAPIInit2 (api, NULL, "eng", OEM_DEFAULT) != 0)
    g_error ("Tesseract's English data is not installed");
  Run run = { .scanner = mil_scanner_new (), .loop = g_main_loop_new (NULL, FALSE) };

  /* Real pictures where they are there; the drawn samples are always. */
  measure_folder (&run, api, "SROIE", SOURCE_ROOT "/../shared/corpus/sroie/img");
  measure_folder (&run, api, "samples", SOURCE_ROOT "/tests/samples/receipts");

  g_object_unref (run.scanner);
  g_main_loop_unref (run.loop);
  TessBaseAPIEnd (api);
  TessBaseAPIDelete (api);
  return 0;
}
