/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-session-test.h"
#include "mil-test-pdf.h"
#include "mil-traveller-test.h"

#include "base/mil-database.h"
#include "traveller/mil-receipt-import.h"
#include "traveller/mil-receipt-pages.h"
#include "traveller/mil-receipt-record-private.h"
#include "traveller/mil-session-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define PATIENCE 240000

typedef struct
{
  char       *folder;
  MilSecrets *secrets;
  MilSession *session;
} Fixture;

static void
start (Fixture *fixture)
{
  fixture->session = mil_test_session_open (fixture->folder, fixture->secrets, TRUE);
}

static void
stop (Fixture *fixture)
{
  mil_test_session_close (g_steal_pointer (&fixture->session));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = mil_test_folder_new ();
  fixture->secrets = mil_secrets_new_memory ();
  mil_test_make_demo (fixture->folder);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture);
  g_clear_object (&fixture->secrets);
  mil_test_folder_remove (fixture->folder);
}

static guint
n_receipts (Fixture *fixture)
{
  return g_list_model_get_n_items (mil_session_get_receipts (fixture->session));
}

static gboolean
is_read (gpointer data)
{
  MilReceiptState state = mil_receipt_record_get_state (data);

  return state == MIL_RECEIPT_STATE_READ || state == MIL_RECEIPT_STATE_UNREAD;
}

static gboolean
is_being_read (gpointer data)
{
  return mil_receipt_record_get_state (data) == MIL_RECEIPT_STATE_READING;
}

static gboolean
all_read (gpointer data)
{
  GListModel *receipts = mil_session_get_receipts (data);

  for (guint i = 0; i < g_list_model_get_n_items (receipts); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (receipts, i);
      if (!is_read (receipt))
        return FALSE;
    }
  return g_list_model_get_n_items (receipts) > 0;
}

static gboolean
three_read (gpointer data)
{
  return g_list_model_get_n_items (mil_session_get_receipts (data)) == 3 && all_read (data);
}

static char *
sample_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "tests", "samples", "receipts", name, NULL);
}

static MilReceiptRecord *
add_sample (Fixture *fixture, const char *name)
{
  g_autofree char *path = sample_path (name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  MilReceiptRecord *receipt = mil_test_await_object (mil_session_add_receipt_file (fixture->session, file), &error);

  g_assert_no_error (error);
  return receipt;
}

static MilReceiptRecord *
add_pdf (Fixture *fixture, const char *const *pages)
{
  g_autoptr (GBytes) bytes = mil_test_pdf (pages);
  g_autoptr (GError) error = NULL;
  MilReceiptRecord *receipt = mil_test_await_object (mil_session_add_receipt_bytes (fixture->session, bytes), &error);

  g_assert_no_error (error);
  return receipt;
}

static GPtrArray *
sheets_of (MilReceiptRecord *receipt)
{
  return mil_receipt_pictures_copy (mil_receipt_record_get_sheets (receipt));
}

static void
assert_done (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  mil_test_await (future, &error);
  g_assert_no_error (error);
}

static guint
n_files (Fixture *fixture)
{
  g_autofree char *path = mil_session_receipts_folder (fixture->session);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

/* Sideways it is turned by the person; the file stays, what is shown and kept is turned, also after a start. */
static void
test_rotate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = add_sample (fixture, "it-bottega-lume.png");
  g_autoptr (GPtrArray) sheets = NULL;
  g_autoptr (MilPixels) before = NULL;
  g_autoptr (MilPixels) after = NULL;
  g_autofree char         *address = NULL;
  g_autofree char         *id = g_strdup (mil_receipt_record_get_id (receipt));
  const MilReceiptPicture *sheet = NULL;

  g_assert_true (mil_test_wait_until (is_read, receipt, PATIENCE));
  sheet = mil_receipt_record_get_sheet (receipt, 0);
  g_assert_true (mil_quad_is_set (&sheet->found));
  before = mil_test_await_object (mil_picture_cache_fetch (mil_session_get_pictures (fixture->session),
                                                           mil_receipt_record_get_picture (receipt),
                                                           0,
                                                           0),
                                  NULL);
  sheets = sheets_of (receipt);
  mil_receipt_picture_rotate (sheets->pdata[0], 1);
  assert_done (mil_session_set_sheets (fixture->session, receipt, sheets));
  after = mil_test_await_object (mil_picture_cache_fetch (mil_session_get_pictures (fixture->session),
                                                          mil_receipt_record_get_picture (receipt),
                                                          0,
                                                          0),
                                 NULL);
  g_assert_cmpint (after->width, ==, before->height);
  g_assert_cmpint (after->height, ==, before->width);
  g_assert_true (mil_test_wait_until (is_read, receipt, PATIENCE));
  /* It is read as well as it was, whichever way it lies. */
  g_assert_cmpint (mil_receipt_record_get_amount (receipt).minor, >, 0);
  g_assert_cmpint (mil_receipt_record_get_sheet (receipt, 0)->width, ==, after->width);
  g_clear_object (&receipt);
  stop (fixture);
  start (fixture);
  g_assert_cmpint (mil_receipt_record_get_sheet (mil_session_find_receipt (fixture->session, id), 0)->turn, ==, 1);
  g_assert_cmpuint (n_files (fixture), ==, 1);
}

static void
damage (Fixture *fixture, const char *id, const char *json)
{
  g_autofree char *path = g_build_filename (fixture->folder, "data", "milione.db", NULL);
  sqlite3         *db = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  mil_sqlite_run (db, &error, "UPDATE documents SET json = ? WHERE kind = 'receipt' AND id = ?", "tt", json, id);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* A receipt that cannot be understood is counted, and neither its row nor its picture goes. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const damages[] = { "{\"id\": 5}", "{\"id\": \"" };
  g_auto (GStrv) ids = g_new0 (char *, 3);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MilReceiptRecord) receipt = add_sample (fixture, "it-bottega-lume.png");
      ids[i] = g_strdup (mil_receipt_record_get_id (receipt));
    }
  stop (fixture);
  for (guint i = 0; i < 2; i++)
    damage (fixture, ids[i], damages[i]);
  for (guint i = 0; i < 2; i++)
    {
      start (fixture);
      g_assert_cmpuint (mil_session_get_n_left_out (fixture->session), ==, 2);
      g_assert_cmpuint (n_receipts (fixture), ==, 0);
      g_assert_cmpuint (n_files (fixture), ==, 2);
      if (i == 0)
        stop (fixture);
    }
}

/* Two papers in one picture: each becomes a receipt, out of the same file. */
static void
test_papers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = add_sample (fixture, "it-two-receipts.png");
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 totals[2] = { 0 };

  g_assert_true (mil_test_wait_until (is_read, receipt, PATIENCE));
  g_assert_cmpuint (mil_receipt_record_get_n_papers (receipt), ==, 2);
  g_clear_object (&receipt);
  stop (fixture);
  start (fixture);
  receipt = g_list_model_get_item (mil_session_get_receipts (fixture->session), 0);
  g_assert_cmpuint (mil_receipt_record_get_n_papers (receipt), ==, 2);
  parts = mil_test_await_object (mil_session_split_papers (fixture->session, receipt), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (parts->len, ==, 2);
  g_assert_true (parts->pdata[0] == receipt);
  g_assert_cmpuint (n_receipts (fixture), ==, 2);
  g_assert_true (mil_test_wait_until (all_read, fixture->session, PATIENCE));
  for (guint i = 0; i < 2; i++)
    {
      totals[i] = mil_receipt_record_get_amount (parts->pdata[i]).minor;
      g_assert_cmpuint (mil_receipt_record_get_n_papers (parts->pdata[i]), ==, 0);
      g_assert_cmpint (totals[i], >, 0);
    }
  g_assert_cmpint (totals[0], !=, totals[1]);
  g_assert_cmpuint (n_files (fixture), ==, 1);
}

/* Two sections are joined and parted again; a start in between finds one receipt with two pictures. */
static void
test_join (Fixture *fixture, gconstpointer data)
{
  static const char *const upper[] = { "BOTTEGA LUME\nVia Garibaldi 12\n30121 Venezia\nScontrino non "
                                       "fiscale\n20/05/2024 14:05\nVaso di vetro\t100,00\nPiatto\t26,00",
                                       NULL };
  static const char *const lower[] = {
    "Piatto\t26,00\nTOTALE EURO\t126,00\nContanti\t130,00\nResto\t4,00\nGrazie della visita\nArrivederci a "
    "presto\nCambio entro 14 giorni con lo scontrino",
    NULL
  };
  g_autoptr (MilReceiptRecord) first = add_pdf (fixture, upper);
  g_autoptr (MilReceiptRecord) second = add_pdf (fixture, lower);
  g_autoptr (GPtrArray) receipts = g_ptr_array_new ();
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (MilReceiptRecord) joined = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (receipts, first);
  g_ptr_array_add (receipts, second);
  joined = mil_test_await_object (mil_session_join_receipts (fixture->session, receipts), &error);
  g_assert_no_error (error);
  g_assert_true (joined == first);
  g_assert_cmpuint (n_receipts (fixture), ==, 1);
  g_assert_true (mil_test_wait_until (is_read, joined, PATIENCE));
  g_assert_cmpint (mil_receipt_record_get_state (joined), ==, MIL_RECEIPT_STATE_READ);
  g_assert_cmpint (mil_receipt_record_get_amount (joined).minor, ==, 12600);
  g_assert_cmpstr (mil_receipt_record_get_text (joined, MIL_RECEIPT_PART_DATE), ==, "2024-05-20");
  g_assert_cmpuint (g_list_model_get_n_items (mil_receipt_record_get_lines (joined)), ==, 2);
  g_clear_object (&joined);
  g_clear_object (&first);
  g_clear_object (&second);
  stop (fixture);
  start (fixture);
  g_assert_cmpuint (n_receipts (fixture), ==, 1);
  first = g_list_model_get_item (mil_session_get_receipts (fixture->session), 0);
  g_assert_cmpuint (mil_receipt_record_get_n_sheets (first), ==, 2);
  parts = mil_test_await_object (mil_session_part_receipt (fixture->session, first), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (parts->len, ==, 2);
  g_assert_cmpuint (n_receipts (fixture), ==, 2);
  g_assert_true (mil_test_wait_until (all_read, fixture->session, PATIENCE));
}

/* What is deleted while it is read is not there after the next start. */
static void
test_delete_while_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = add_sample (fixture, "it-bottega-lume.png");
  g_autoptr (MilReceiptRecord) other = add_sample (fixture, "it-santorso-small.png");

  g_assert_true (mil_test_wait_until (is_being_read, receipt, PATIENCE));
  assert_done (mil_session_delete_receipt (fixture->session, receipt));
  g_assert_true (mil_test_wait_until (is_read, other, PATIENCE));
  g_assert_false (is_read (receipt));
  g_clear_object (&receipt);
  g_clear_object (&other);
  stop (fixture);
  start (fixture);
  g_assert_cmpuint (n_receipts (fixture), ==, 1);
  receipt = g_list_model_get_item (mil_session_get_receipts (fixture->session), 0);
  g_assert_cmpint (mil_receipt_record_get_state (receipt), ==, MIL_RECEIPT_STATE_READ);
}

/* Taken back while it is read, it is read to the end. */
static void
test_undo_while_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MilReceiptRecord) receipt = add_sample (fixture, "it-bottega-lume.png");

  g_assert_true (mil_test_wait_until (is_being_read, receipt, PATIENCE));
  assert_done (mil_session_delete_receipt (fixture->session, receipt));
  assert_done (mil_session_restore_receipt (fixture->session, receipt));
  g_assert_true (mil_test_wait_until (is_read, receipt, PATIENCE));
  g_assert_cmpuint (n_receipts (fixture), ==, 1);
}

/* A section is added, and taken again; the old picture stays until the new one is there. */
static void
test_put_sheet (Fixture *fixture, gconstpointer data)
{
  static const char *const upper[] = { "BOTTEGA LUME\n20/05/2024 14:05\nVaso di vetro\t100,00", NULL };
  g_autoptr (MilReceiptRecord) receipt = add_pdf (fixture, upper);
  g_autoptr (GBytes) white = g_bytes_new_take (memset (g_malloc (300 * 200 * 3), 255, 300 * 200 * 3), 300 * 200 * 3);
  g_autoptr (MilPicture) picture = mil_picture_new (white, 300, 200, 900);
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;

  assert_done (mil_session_put_sheet (fixture->session, receipt, 1, picture));
  g_assert_cmpuint (mil_receipt_record_get_n_sheets (receipt), ==, 2);
  g_assert_cmpint (mil_receipt_record_get_sheet (receipt, 1)->width, ==, 300);
  file = g_strdup (mil_receipt_record_get_sheet (receipt, 1)->file);
  assert_done (mil_session_put_sheet (fixture->session, receipt, 1, picture));
  g_assert_cmpuint (mil_receipt_record_get_n_sheets (receipt), ==, 2);
  g_assert_cmpstr (mil_receipt_record_get_sheet (receipt, 1)->file, !=, file);
  g_assert_true (g_str_has_suffix (mil_receipt_record_get_sheet (receipt, 0)->file, ".pdf"));
  g_assert_false (
      mil_test_await (mil_session_put_sheet (fixture->session, receipt, MIL_RECEIPT_MAX_SECTIONS, picture), &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_TOO_LARGE);
  g_assert_true (mil_test_wait_until (is_read, receipt, PATIENCE));
}

/* --- documents ------------------------------------------------------------------------------------ */

/* Three receipts and a page that is none: three receipts, the third with two pages. */
static void
test_document (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = mil_test_receipt ("BOTTEGA LUME", "14:05", 126);
  g_autofree char *two = mil_test_receipt ("CUOIO ARNOLFI", "15:10", 226);
  g_autofree char *three = mil_test_receipt ("SANTORSO", "16:15", 326);
  const char *const pages[] = { one, two, three, "Condizioni generali di vendita\nNessun reso senza scontrino", NULL };
  g_autoptr (MilReceiptRecord) receipt = add_pdf (fixture, pages);
  g_autoptr (MilReceiptRecord) last = NULL;
  gint64 sum = 0;

  g_assert_cmpuint (mil_receipt_record_get_n_sheets (receipt), ==, 4);
  g_assert_true (mil_test_wait_until (three_read, fixture->session, PATIENCE));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MilReceiptRecord) part = g_list_model_get_item (mil_session_get_receipts (fixture->session), i);
      sum += mil_receipt_record_get_amount (part).minor;
    }
  g_assert_cmpint (sum, ==, 12600 + 22600 + 32600);
  last = g_list_model_get_item (mil_session_get_receipts (fixture->session), 0);
  g_assert_cmpuint (mil_receipt_record_get_n_sheets (last), ==, 2);
  g_assert_cmpuint (n_files (fixture), ==, 1);
}

/* An invoice of two pages is one receipt, and what is on both of them is in it. */
static void
test_long_document (Fixture *fixture, gconstpointer data)
{
  static const char *const pages[] = {
    "BOTTEGA LUME\nVia Garibaldi 12\n30121 Venezia\nFattura\n20/05/2024 14:05\nPagina 1 di 2\nVaso di "
    "vetro\t100,00",
    "BOTTEGA LUME\nPagina 2 di 2\nPiatto\t26,00\nTOTALE EURO\t126,00\nContanti\t130,00\nResto\t4,00\nGrazie "
    "della visita\nArrivederci a presto\nCambio entro 14 giorni con lo scontrino",
    NULL,
  };
  g_autoptr (MilReceiptRecord) receipt = add_pdf (fixture, pages);

  g_assert_true (mil_test_wait_until (all_read, fixture->session, PATIENCE));
  g_assert_cmpuint (n_receipts (fixture), ==, 1);
  g_assert_cmpint (mil_receipt_record_get_amount (receipt).minor, ==, 12600);
  g_assert_cmpstr (mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_DATE), ==, "2024-05-20");
  g_assert_cmpint (mil_receipt_record_get_sheet (receipt, 1)->height, >, 0);
}

static gboolean
two_receipts_read (gpointer data)
{
  Fixture *fixture = data;

  return n_receipts (fixture) == 2 && all_read (fixture->session);
}

/* Two pages of one shop, day and amount that say no time: one receipt, and the person is asked; each can be
 * one, and taken back they are one again, of which nothing is asked. */
static void
test_doubtful_document (Fixture *fixture, gconstpointer data)
{
  g_autofree char  *text = mil_test_receipt ("BOTTEGA LUME", "", 126);
  const char *const pages[] = { text, text, NULL };
  g_autoptr (MilReceiptRecord) receipt = add_pdf (fixture, pages);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (MilReceiptRecord) joined = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mil_test_wait_until (all_read, fixture->session, PATIENCE));
  g_assert_cmpuint (n_receipts (fixture), ==, 1);
  g_assert_cmpuint (mil_receipt_record_get_n_sheets (receipt), ==, 2);
  g_assert_cmpuint (mil_receipt_record_get_n_papers (receipt), ==, 2);
  parts = mil_test_await_object (mil_session_split_papers (fixture->session, receipt), &error);
  g_assert_no_error (error);
  g_assert_true (mil_test_wait_until (two_receipts_read, fixture, PATIENCE));
  g_assert_cmpuint (mil_receipt_record_get_n_papers (receipt), ==, 0);
  g_assert_cmpint (mil_receipt_record_get_amount (parts->pdata[1]).minor, ==, 12600);
  joined = mil_test_await_object (mil_session_join_receipts (fixture->session, parts), &error);
  g_assert_no_error (error);
  g_assert_true (joined == receipt);
  g_assert_true (mil_test_wait_until (all_read, fixture->session, PATIENCE));
  g_assert_cmpuint (n_receipts (fixture), ==, 1);
  g_assert_cmpuint (mil_receipt_record_get_n_papers (receipt), ==, 0);
}

static MilReceipt *
page_of (const char *time, const char *text)
{
  MilReceipt *page = mil_receipt_new ();

  g_set_str (&page->merchant, "BOTTEGA LUME");
  g_set_str (&page->time, time);
  g_set_str (&page->text, text);
  page->date = (MilDate) { 2024, 5, 20 };
  page->evidence[MIL_RECEIPT_MERCHANT].confidence = 90;
  page->evidence[MIL_RECEIPT_TOTAL].confidence = 90;
  return page;
}

static gboolean
may_be_several (MilReceipt *first, MilReceipt *second)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_receipt_free);

  g_ptr_array_add (pages, first);
  g_ptr_array_add (pages, second);
  return mil_receipt_pages_may_be_several (pages, 0, 2);
}

/* Numbered pages are one receipt, and so are copies that name the same minute. */
static void
test_doubtful_pages (void)
{
  MilReceipt *without = page_of (NULL, "");

  without->evidence[MIL_RECEIPT_TOTAL].confidence = 0;
  g_assert_true (may_be_several (page_of (NULL, ""), page_of (NULL, "")));
  g_assert_true (may_be_several (page_of ("14:05", ""), page_of (NULL, "")));
  g_assert_false (may_be_several (page_of ("14:05", ""), page_of ("14:05", "")));
  g_assert_false (may_be_several (page_of (NULL, "Page 1 of 2"), page_of (NULL, "Page 2 of 2")));
  g_assert_false (may_be_several (page_of (NULL, ""), without));
}

static void
assert_page_number (const char *text, gboolean says, guint number, guint of)
{
  guint is_number = 0;
  guint is_of = 0;

  g_assert_cmpint (mil_receipt_page_number (text, &is_number, &is_of), ==, says);
  if (!says)
    return;
  g_assert_cmpuint (is_number, ==, number);
  g_assert_cmpuint (is_of, ==, of);
}

static void
test_page_numbers (void)
{
  assert_page_number ("Invoice\nPage 2 of 3", TRUE, 2, 3);
  assert_page_number ("Seite: 1/2", TRUE, 1, 2);
  assert_page_number ("PAGINA 3 DI 3", TRUE, 3, 3);
  assert_page_number ("第 2 页 共 5 页", TRUE, 2, 5);
  assert_page_number ("2 / 3 ページ", TRUE, 2, 3);
  assert_page_number ("Page 1 of 1", FALSE, 0, 0);
  assert_page_number ("Page 4 of 3", FALSE, 0, 0);
  assert_page_number ("20/05/2024 1/2 kg", FALSE, 0, 0);
  assert_page_number (NULL, FALSE, 0, 0);
}

/* --- imports -------------------------------------------------------------------------------------- */

static gboolean
is_over (gpointer data)
{
  return !mil_receipt_import_is_running (data);
}

static void
add_file (Fixture *fixture, GListStore *files, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (bytes != NULL)
    mil_test_write (path, bytes);
  g_list_store_append (files, file);
}

static void
add_receipt_file (Fixture *fixture, GListStore *files, guint i)
{
  g_autofree char  *name = g_strdup_printf ("receipt-%02u.pdf", i);
  g_autofree char  *time = g_strdup_printf ("14:%02u", i % 60);
  g_autofree char  *text = mil_test_receipt ("BOTTEGA LUME", time, 100 + (int) i);
  const char *const pages[] = { text, NULL };
  g_autoptr (GBytes) bytes = mil_test_pdf (pages);

  add_file (fixture, files, name, bytes);
}

/* What cannot be read is named, each with its reason, and the others still come. */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GBytes) text = g_bytes_new_static ("Dear diary", 10);
  g_autofree char  *letter = g_strdup ("Gentile cliente\ngrazie della visita");
  const char *const letters[] = { letter, NULL };
  g_autoptr (GBytes) no_receipt = mil_test_pdf (letters);
  g_autoptr (MilReceiptImport) import = NULL;
  g_autoptr (GPtrArray) receipts = NULL;
  GPtrArray *failures = NULL;

  add_receipt_file (fixture, files, 1);
  add_file (fixture, files, "diary.txt", text);
  add_file (fixture, files, "gone.png", NULL);
  add_file (fixture, files, "letter.pdf", no_receipt);
  add_receipt_file (fixture, files, 2);
  import = mil_receipt_import_new (fixture->session, G_LIST_MODEL (files));
  mil_receipt_import_start (import);
  g_assert_true (mil_test_wait_until (is_over, import, PATIENCE));
  receipts = mil_receipt_import_list_receipts (import);
  failures = mil_receipt_import_get_failures (import);
  g_assert_cmpuint (receipts->len, ==, 3);
  g_assert_cmpuint (failures->len, ==, 3);
  g_assert_cmpuint (mil_receipt_import_get_n_left_out (import), ==, 0);
  g_assert_cmpstr (((MilImportFailure *) failures->pdata[0])->name, ==, "diary.txt");
  g_assert_false (((MilImportFailure *) failures->pdata[0])->is_kept);
  g_assert_cmpstr (((MilImportFailure *) failures->pdata[1])->name, ==, "gone.png");
  g_assert_cmpstr (((MilImportFailure *) failures->pdata[2])->name, ==, "letter.pdf");
  g_assert_true (((MilImportFailure *) failures->pdata[2])->is_kept);
}

static gboolean
is_half_way (gpointer data)
{
  return mil_receipt_import_get_n_done (data) >= 15;
}

/* Cancelled half-way, what is there is whole, and what is not leaves nothing behind. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (MilReceiptImport) import = NULL;
  guint n = 0;

  for (guint i = 0; i < 50; i++)
    add_receipt_file (fixture, files, i);
  import = mil_receipt_import_new (fixture->session, G_LIST_MODEL (files));
  mil_receipt_import_start (import);
  g_assert_true (mil_test_wait_until (is_half_way, import, PATIENCE));
  mil_receipt_import_cancel (import);
  g_assert_true (mil_test_wait_until (is_over, import, PATIENCE));
  n = n_receipts (fixture);
  g_assert_cmpuint (n, >=, 15);
  g_assert_cmpuint (n, <, 50);
  g_assert_cmpuint (n + mil_receipt_import_get_n_left_out (import), ==, 50);
  g_assert_true (all_read (fixture->session));
  g_clear_object (&import);
  stop (fixture);
  start (fixture);
  g_assert_cmpuint (n_receipts (fixture), ==, n);
  g_assert_true (all_read (fixture->session));
  g_assert_cmpuint (n_files (fixture), ==, n);
}

/* --- what was kept before there were sheets -------------------------------------------------------- */

static void
test_old_receipt (void)
{
  g_autoptr (JsonNode) json = mil_test_json (
      "{\"id\": \"x\", \"file\": \"x.jpg\", \"width\": 30, \"height\": 40, \"state\": 2, \"added_at\": 1,"
      " \"parts\": {}, \"lines\": [], \"vat\": []}");
  g_autoptr (GError) error = NULL;
  g_autoptr (MilReceiptRecord) receipt = mil_receipt_record_new_from_json ("/tmp", json, &error);
  const MilReceiptPicture *sheet = NULL;

  g_assert_no_error (error);
  sheet = mil_receipt_record_get_sheet (receipt, 0);
  g_assert_nonnull (sheet);
  g_assert_cmpstr (sheet->file, ==, "x.jpg");
  g_assert_cmpint (sheet->height, ==, 40);
  g_assert_cmpstr (mil_receipt_record_get_picture (receipt), ==, "file:///tmp/x.jpg");
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheets/old-receipt", test_old_receipt);
  g_test_add_func ("/sheets/page-numbers", test_page_numbers);
  g_test_add_func ("/sheets/doubtful-pages", test_doubtful_pages);
  g_test_add ("/sheets/rotate", Fixture, NULL, set_up, test_rotate, tear_down);
  g_test_add ("/sheets/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/sheets/papers", Fixture, NULL, set_up, test_papers, tear_down);
  g_test_add ("/sheets/join", Fixture, NULL, set_up, test_join, tear_down);
  g_test_add ("/sheets/put", Fixture, NULL, set_up, test_put_sheet, tear_down);
  g_test_add ("/sheets/delete-while-read", Fixture, NULL, set_up, test_delete_while_read, tear_down);
  g_test_add ("/sheets/undo-while-read", Fixture, NULL, set_up, test_undo_while_read, tear_down);
  g_test_add ("/sheets/document", Fixture, NULL, set_up, test_document, tear_down);
  g_test_add ("/sheets/long-document", Fixture, NULL, set_up, test_long_document, tear_down);
  g_test_add ("/sheets/doubtful-document", Fixture, NULL, set_up, test_doubtful_document, tear_down);
  g_test_add ("/sheets/import", Fixture, NULL, set_up, test_import, tear_down);
  g_test_add ("/sheets/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  return g_test_run ();
}
