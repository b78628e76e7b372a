/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <libdex.h>
#include <string.h>

#include "../unit/traveller/mil-test-pdf.h"
#include "app/refunds/mil-refunds-page.h"
#include "app/scanner/mil-code-card.h"
#include "app/scanner/mil-corners.h"
#include "app/scanner/mil-import-bar.h"
#include "app/scanner/mil-scan-guide.h"
#include "app/scanner/mil-scanner-page.h"
#include "app/scanner/mil-sheet-page.h"
#include "app/scanner/mil-thumb.h"
#include "app/scanner/mil-tray.h"
#include "mil-widget-test.h"

static gpointer
await (DexFuture *future)
{
  g_autoptr (DexFuture) held = future;
  g_autoptr (GError) error = NULL;
  const GValue *value = NULL;

  while (dex_future_is_pending (held))
    g_main_context_iteration (NULL, TRUE);
  value = dex_future_get_value (held, &error);
  g_assert_no_error (error);
  return G_VALUE_HOLDS_OBJECT (value) ? g_value_dup_object (value) : NULL;
}

static MilSession *
start_session (void)
{
  g_autofree char *home = g_dir_make_tmp ("mil-widgets-XXXXXX", NULL);
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();
  g_autoptr (MilClock) clock = mil_clock_new_fixed (g_get_real_time ());
  MilSession *session = mil_session_new (&(MilSessionOptions) {
      .clock = clock,
      .data_dir = home,
      .cache_dir = home,
      .runtime_dir = home,
      .secrets = secrets,
      .service_address = "unix:/nowhere/there/is/nothing",
  });

  await (mil_session_start (session));
  return session;
}

static void
stop_session (MilSession *session)
{
  await (mil_session_stop (session));
  g_object_unref (session);
}

static gboolean
press (GtkWidget *widget, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &taken);
    }
  return taken;
}

static void
find_all (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    find_all (child, type, found);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

  find_all (widget, GTK_TYPE_BUTTON, buttons);
  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_label (buttons->pdata[i]), label) == 0)
      return buttons->pdata[i];
  return NULL;
}

/* --- what it says, and when it takes the picture ---------------------------------------------------- */

static MilDetection
page_at (int x, int steady_ms, gboolean ready)
{
  return (MilDetection) {
    .width = 1000,
    .height = 600,
    .has_page = TRUE,
    .page = mil_quad_of_box ((MilBox) { x, 100, 300, 400 }),
    .steady_ms = steady_ms,
    .ready = ready,
  };
}

static void
test_guide_takes (void)
{
  MilScanGuide guide = { .automatic = TRUE };
  MilDetection page = page_at (200, 450, TRUE);

  mil_scan_guide_begin (&guide, 0);
  g_assert_false (mil_scan_guide_see (&guide, &page, 1, FALSE).shoot);
  g_assert_cmpfloat_with_epsilon (guide.ring, 0.5, 0.01);
  page.steady_ms = 950;
  g_assert_true (mil_scan_guide_see (&guide, &page, 2, FALSE).shoot);
  mil_scan_guide_settle (&guide, &page);
  g_assert_false (mil_scan_guide_see (&guide, &page, 3, FALSE).shoot);
  page = page_at (400, 950, TRUE);
  g_assert_true (mil_scan_guide_see (&guide, &page, 4, FALSE).shoot);
  g_assert_false (mil_scan_guide_see (&guide, &page, 5, TRUE).shoot);
}

/* Esc stops the ring; the page must move before it fills again. Without a ring Esc is not taken. */
static void
test_guide_cancel (void)
{
  MilScanGuide guide = { .automatic = TRUE };
  MilDetection page = page_at (200, 500, TRUE);

  mil_scan_guide_begin (&guide, 0);
  g_assert_false (mil_scan_guide_cancel (&guide, NULL));
  mil_scan_guide_see (&guide, &page, 1, FALSE);
  g_assert_true (mil_scan_guide_cancel (&guide, &page));
  page.steady_ms = 2000;
  g_assert_false (mil_scan_guide_see (&guide, &page, 2, FALSE).shoot);
  g_assert_cmpfloat (guide.ring, ==, 0);
  page = page_at (400, 950, TRUE);
  g_assert_true (mil_scan_guide_see (&guide, &page, 3, FALSE).shoot);
}

static void
test_guide_manual (void)
{
  MilScanGuide guide = { .automatic = FALSE };
  MilDetection page = page_at (200, 5000, TRUE);

  mil_scan_guide_begin (&guide, 0);
  g_assert_false (mil_scan_guide_see (&guide, &page, 1, FALSE).shoot);
  g_assert_cmpfloat (guide.ring, ==, 0);
}

/* After four seconds without a page it says why, each reason in words of its own; before, it leaves what was said. */
static void
test_guide_says_why (void)
{
  static const MilDetectionHint hints[] = { MIL_HINT_NO_PAGE, MIL_HINT_DARK, MIL_HINT_BLURRED, MIL_HINT_LOW_CONTRAST };
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      MilScanGuide  guide = { .automatic = TRUE };
      MilDetection  nothing = { .width = 1000, .height = 600, .hint = hints[i] };
      MilScanAdvice advice = { 0 };

      mil_scan_guide_begin (&guide, 0);
      g_assert_null (mil_scan_guide_see (&guide, &nothing, 3900 * 1000, FALSE).text);
      advice = mil_scan_guide_see (&guide, &nothing, 4100 * 1000, FALSE);
      g_assert_nonnull (advice.text);
      g_assert_true (g_hash_table_add (said, (gpointer) advice.text));
    }
}

/* With a page in sight, what would help is said at once. */
static void
test_guide_distance (void)
{
  static const MilDetectionHint hints[] = { MIL_HINT_CLOSER, MIL_HINT_BACK, MIL_HINT_BLURRED };

  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      MilScanGuide guide = { .automatic = TRUE };
      MilDetection page = page_at (200, 2000, FALSE);

      page.hint = hints[i];
      mil_scan_guide_begin (&guide, 0);
      g_assert_cmpstr (mil_scan_guide_see (&guide, &page, 1, FALSE).text, ==, mil_scan_hint_text (hints[i]));
      g_assert_cmpfloat (guide.ring, ==, 0);
    }
}

/* --- what codes mean ------------------------------------------------------------------------------- */

static const char *
fact (const MilCodeMeaning *meaning, const char *label)
{
  for (guint i = 0; i < meaning->facts->len; i++)
    if (g_str_equal (((MilCodeFact *) meaning->facts->pdata[i])->label, label))
      return ((MilCodeFact *) meaning->facts->pdata[i])->value;
  return NULL;
}

static MilCodeMeaning *
explain (const char *format, const char *text)
{
  MilSymbol symbol = { .format = (char *) format, .text = (char *) text };

  return mil_code_meaning_new (&symbol, NULL);
}

static void
test_code_payment (void)
{
  g_autoptr (MilCodeMeaning) transfer = explain ("QRCode", "BCD\n002\n1\nSCT\nBPOTBEB1\nRed Cross of Belgium\nBE72000000001616\nEUR1\nCHAR\n\nUrgency fund\n");
  g_autoptr (MilCodeMeaning) broken = explain ("QRCode", "000201not what it should be6304ABCD");

  g_assert_cmpint (transfer->kind, ==, MIL_CODE_PAYMENT);
  g_assert_cmpstr (fact (transfer, "Pay to"), ==, "Red Cross of Belgium");
  g_assert_nonnull (strstr (fact (transfer, "Amount"), "1"));
  g_assert_nonnull (strstr (fact (transfer, "Account"), "BE72"));
  g_assert_nonnull (transfer->caution);
  g_assert_cmpint (broken->kind, ==, MIL_CODE_PAYMENT);
  g_assert_nonnull (broken->caution);
}

/* Families other than those: payee and amount first, what is old or known elsewhere pointed out. */
static void
test_code_families (void)
{
  g_autoptr (MilCodeMeaning) swiss
      = explain ("QRCode",
                 "SPC\n0200\n1\nCH5800791123000889012\nK\nRobert Schneider AG\nRue du Lac 1268\n2501 "
                 "Biel\n\n\nCH\n\n\n\n\n\n\n\n199.95\nCHF\n"
                 "\n\n\n\n\n\n\nSCOR\nRF18539007547034\n\nEPD");
  g_autoptr (MilCodeMeaning) upi = explain ("QRCode", "upi://pay?pa=chai@ybl&pn=Sharma%20Tea&am=20");
  g_autoptr (MilCodeMeaning) taler = explain ("QRCode", "taler://pay/shop.example/2026-1/");
  g_autoptr (MilCodeMeaning) alipay = explain ("QRCode", "https://qr.alipay.com/fkx0");
  g_autoptr (MilCodeMeaning) broken = explain ("QRCode", "upi://pay?pa=chai@ybl&am=1&am=1000");

  g_assert_cmpint (swiss->kind, ==, MIL_CODE_PAYMENT);
  g_assert_cmpstr (fact (swiss, "Pay to"), ==, "Robert Schneider AG");
  g_assert_nonnull (strstr (fact (swiss, "Amount"), "199.95"));
  g_assert_nonnull (strstr (swiss->caution, "old rules"));
  g_assert_cmpstr (fact (swiss, "System"), ==, "Swiss QR-bill");
  g_assert_cmpstr (fact (upi, "Pay to"), ==, "Sharma Tea");
  g_assert_cmpstr (fact (upi, "Account"), ==, "chai@ybl");
  g_assert_cmpstr (fact (taler, "Pay to"), ==, "shop.example");
  g_assert_cmpstr (fact (taler, "Amount"), ==, "The code does not say how much");
  g_assert_cmpint (alipay->kind, ==, MIL_CODE_PAYMENT);
  g_assert_cmpstr (fact (alipay, "System"), ==, "Alipay");
  g_assert_cmpint (broken->kind, ==, MIL_CODE_PAYMENT);
  g_assert_null (fact (broken, "Amount"));
}

static void
test_code_fiscal (void)
{
  g_autoptr (MilCodeMeaning) fiscal = explain (
      "QRCode",
      "https://www2.agenciatributaria.gob.es/wlpl/TIKE-CONT/ValidarQR?nif=89890001K&numserie=12345678-G33"
      "&fecha=01-09-2024&importe=241.40");

  g_assert_cmpint (fiscal->kind, ==, MIL_CODE_FISCAL);
  g_assert_cmpstr (fact (fiscal, "Country"), ==, "Spain");
  g_assert_nonnull (strstr (fact (fiscal, "Total"), "241.40"));
  g_assert_cmpstr (fact (fiscal, "Tax number"), ==, "89890001K");
}

/* Where it leads is said by the host alone; what pretends otherwise is pointed out. */
static void
test_code_link (void)
{
  g_autoptr (MilCodeMeaning) plain = explain ("QRCode", "https://shop.example/a?b=c");
  g_autoptr (MilCodeMeaning) tricky = explain ("QRCode", "https://bank.example@evil.example/login");
  g_autoptr (MilCodeMeaning) foreign = explain ("QRCode", "https://b\xc3\xa4nk.example/");
  g_autoptr (MilCodeMeaning) script = explain ("QRCode", "javascript:alert(1)");

  g_assert_cmpint (plain->kind, ==, MIL_CODE_LINK);
  g_assert_cmpstr (fact (plain, "Leads to"), ==, "shop.example");
  g_assert_cmpstr (fact (tricky, "Leads to"), ==, "evil.example");
  g_assert_cmpstr (tricky->caution, !=, plain->caution);
  g_assert_cmpstr (fact (foreign, "Leads to"), ==, "xn--bnk-qla.example");
  g_assert_cmpint (script->kind, ==, MIL_CODE_LINK);
  g_assert_null (fact (script, "Leads to"));
}

static void
test_code_other (void)
{
  g_autoptr (MilCodeMeaning) form = explain ("Code128", "123456789012");
  g_autoptr (MilCodeMeaning) article = explain ("EAN-13", "4006381333931");
  g_autoptr (MilCodeMeaning) hidden = explain ("QRCode",
                                               "abc\xe2\x80\xae"
                                               "def");

  g_assert_cmpint (form->kind, ==, MIL_CODE_FORM);
  g_assert_cmpstr (fact (form, "Number"), ==, "123456789012");
  g_assert_cmpint (article->kind, ==, MIL_CODE_OTHER);
  g_assert_cmpstr (fact (hidden, "Says"), ==, "abc<U+202E>def");
}

/* The weightiest code is shown; put away it stays away; gone, it stays for a while. */
static void
test_code_card (void)
{
  GtkWidget *card = g_object_new (MIL_TYPE_CODE_CARD, NULL);
  GtkWindow *window = mil_widget_test_show (card, 360, 400);
  MilSymbol  link = { .format = (char *) "QRCode", .text = (char *) "https://shop.example/" };
  MilSymbol  form = { .format = (char *) "Code128", .text = (char *) "123456789012" };
  g_autoptr (GPtrArray) symbols = g_ptr_array_new ();
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

  mil_code_card_see (MIL_CODE_CARD (card), symbols, 0);
  g_assert_null (mil_code_card_get_text (MIL_CODE_CARD (card)));
  g_ptr_array_add (symbols, &link);
  g_ptr_array_add (symbols, &form);
  mil_code_card_see (MIL_CODE_CARD (card), symbols, 1);
  g_assert_cmpstr (mil_code_card_get_text (MIL_CODE_CARD (card)), ==, form.text);
  g_assert_false (mil_code_card_is_payment (MIL_CODE_CARD (card)));
  find_all (card, GTK_TYPE_BUTTON, buttons);
  g_assert_cmpuint (buttons->len, ==, 2);
  g_signal_emit_by_name (buttons->pdata[1], "clicked");
  g_assert_null (mil_code_card_get_text (MIL_CODE_CARD (card)));
  mil_code_card_see (MIL_CODE_CARD (card), symbols, 2);
  g_assert_cmpstr (mil_code_card_get_text (MIL_CODE_CARD (card)), ==, link.text);
  mil_code_card_see (MIL_CODE_CARD (card), NULL, 2 + 5 * G_USEC_PER_SEC);
  g_assert_nonnull (mil_code_card_get_text (MIL_CODE_CARD (card)));
  mil_code_card_see (MIL_CODE_CARD (card), NULL, 2 + 7 * G_USEC_PER_SEC);
  g_assert_null (mil_code_card_get_text (MIL_CODE_CARD (card)));
  mil_widget_test_finish (window, card);
}

/* --- corners --------------------------------------------------------------------------------------- */

static void
count_cb (MilCorners *corners, guint *count)
{
  (*count)++;
}

static GdkTexture *
new_texture (int width, int height)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 ((gsize) width * height * 4), (gsize) width * height * 4);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, (gsize) width * 4);
}

/* Arrow keys move the corner that has the focus; no corner leaves the picture, and the four stay a paper. */
static void
test_corners (void)
{
  MilCorners *corners = g_object_new (MIL_TYPE_CORNERS, NULL);
  GtkWindow  *window = mil_widget_test_show (GTK_WIDGET (corners), 360, 500);
  g_autoptr (GdkTexture) texture = new_texture (100, 200);
  MilQuad quad = mil_quad_of_box ((MilBox) { 100, 100, 800, 1800 });
  guint   count = 0;

  mil_corners_set_texture (corners, texture, 1000, 2000);
  mil_corners_set_quad (corners, &quad);
  g_signal_connect (corners, "changed", G_CALLBACK (count_cb), &count);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (mil_corners_get_handle (corners, 2)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Lower right corner");
  g_assert_true (press (mil_corners_get_handle (corners, 0), GDK_KEY_Left, 0));
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpint (mil_corners_get_quad (corners).corners[0].x, <, 100);
  g_assert_cmpint (mil_corners_get_quad (corners).corners[0].y, ==, 100);
  for (guint i = 0; i < 40; i++)
    press (mil_corners_get_handle (corners, 0), GDK_KEY_Up, GDK_SHIFT_MASK);
  g_assert_cmpint (mil_corners_get_quad (corners).corners[0].y, ==, 0);
  for (guint i = 0; i < 100; i++)
    press (mil_corners_get_handle (corners, 0), GDK_KEY_Down, GDK_SHIFT_MASK);
  g_assert_cmpint (mil_corners_get_quad (corners).corners[0].y, <, 1900);
  g_assert_false (press (mil_corners_get_handle (corners, 0), GDK_KEY_a, 0));
  mil_widget_test_wait (30);
  mil_widget_test_finish (window, GTK_WIDGET (corners));
}

/* --- the tray -------------------------------------------------------------------------------------- */

static MilReceiptRecord *
add_pdf (MilSession *session, const char *time, int euros)
{
  g_autofree char  *text = mil_test_receipt ("BOTTEGA LUME", time, euros);
  const char *const pages[] = { text, NULL };
  g_autoptr (GBytes) bytes = mil_test_pdf (pages);

  return await (mil_session_add_receipt_bytes (session, bytes));
}

static guint
n_thumbs (GtkWidget *tray)
{
  g_autoptr (GPtrArray) thumbs = g_ptr_array_new ();

  find_all (tray, MIL_TYPE_THUMB, thumbs);
  return thumbs->len;
}

static GtkWidget *
thumb (GtkWidget *tray, guint i)
{
  g_autoptr (GPtrArray) thumbs = g_ptr_array_new ();

  find_all (tray, MIL_TYPE_THUMB, thumbs);
  g_assert_cmpuint (i, <, thumbs->len);
  return thumbs->pdata[i];
}

static gboolean
has_two_sheets (gpointer data)
{
  return mil_receipt_record_get_n_sheets (data) == 2;
}

static gboolean
has_one_sheet (gpointer data)
{
  return mil_receipt_record_get_n_sheets (data) == 1;
}

static gboolean
has_one_item (gpointer data)
{
  return mil_tray_get_n_items (data) == 1;
}

typedef struct
{
  MilReceiptRecord *receipt;
  const char       *file;
} FirstSheet;

static gboolean
is_first_sheet (gpointer data)
{
  FirstSheet *first = data;

  return g_str_equal (mil_receipt_record_get_sheet (first->receipt, 0)->file, first->file);
}

typedef struct
{
  MilSession *session;
  GtkWidget  *tray;
  GtkWindow  *window;
} Tray;

static Tray
show_tray (void)
{
  Tray fixture = { start_session (), g_object_new (MIL_TYPE_TRAY, NULL), NULL };

  mil_tray_set_session (MIL_TRAY (fixture.tray), fixture.session);
  fixture.window = mil_widget_test_show (fixture.tray, 360, 400);
  return fixture;
}

typedef struct
{
  GtkWidget        *tray;
  MilReceiptRecord *receipt;
} First;

static gboolean
is_first (gpointer data)
{
  First *first = data;

  return n_thumbs (first->tray) > 1 && mil_thumb_get_receipt (MIL_THUMB (thumb (first->tray, 0))) == first->receipt;
}

static void
wait_for_first (GtkWidget *tray, MilReceiptRecord *receipt)
{
  mil_widget_test_wait_until (is_first, &(First) { tray, receipt });
  mil_widget_test_wait (50);
}

static gboolean
has_two_thumbs (gpointer data)
{
  return n_thumbs (data) == 2;
}

static gboolean
has_one_thumb (gpointer data)
{
  return n_thumbs (data) == 1;
}

static void
close_tray (Tray *fixture)
{
  mil_widget_test_finish (fixture->window, fixture->tray);
  stop_session (fixture->session);
}

/* Reordered by keys, joined to a long receipt in that order, its sections reordered, a section deleted. */
static void
test_tray_long (void)
{
  Tray fixture = show_tray ();
  g_autoptr (MilReceiptRecord) first = add_pdf (fixture.session, "14:05", 126);
  g_autoptr (MilReceiptRecord) second = add_pdf (fixture.session, "15:05", 226);
  g_autofree char *file = NULL;

  mil_tray_add (MIL_TRAY (fixture.tray), first);
  mil_tray_add (MIL_TRAY (fixture.tray), second);
  mil_widget_test_wait_until (has_two_thumbs, fixture.tray);
  g_assert_true (press (thumb (fixture.tray, 1), GDK_KEY_Left, GDK_ALT_MASK));
  wait_for_first (fixture.tray, second);
  g_assert_true (gtk_window_get_focus (fixture.window) == thumb (fixture.tray, 0));
  mil_tray_add (MIL_TRAY (fixture.tray), first);
  mil_widget_test_wait (50);
  g_assert_true (gtk_window_get_focus (fixture.window) == thumb (fixture.tray, 0));
  g_signal_emit_by_name (find_button (fixture.tray, "This Is One _Long Receipt"), "clicked");
  mil_widget_test_wait_until (has_two_sheets, second);
  mil_widget_test_wait_until (has_one_item, fixture.tray);
  mil_widget_test_wait_until (has_two_thumbs, fixture.tray);
  g_assert_true (mil_tray_get_growing (MIL_TRAY (fixture.tray)) == second);
  file = g_strdup (mil_receipt_record_get_sheet (second, 1)->file);
  g_assert_true (press (thumb (fixture.tray, 0), GDK_KEY_Right, GDK_ALT_MASK));
  mil_widget_test_wait_until (is_first_sheet, &(FirstSheet) { second, file });
  g_signal_emit_by_name (find_button (fixture.tray, "_Next Receipt"), "clicked");
  g_assert_null (mil_tray_get_growing (MIL_TRAY (fixture.tray)));
  mil_widget_test_wait (50);
  g_assert_true (press (thumb (fixture.tray, 1), GDK_KEY_Delete, 0));
  mil_widget_test_wait_until (has_one_sheet, second);
  close_tray (&fixture);
}

/* Opened again, it holds the same in the same order, which is no long receipt; what is claimed or old is not in it. */
static void
check_opened_again (MilSession *session, MilReceiptRecord *first, MilReceiptRecord *second)
{
  GtkWidget *tray = g_object_new (MIL_TYPE_TRAY, NULL);
  GtkWindow *window = mil_widget_test_show (tray, 360, 400);
  g_autoptr (GPtrArray) kept = NULL;

  mil_tray_set_session (MIL_TRAY (tray), session);
  wait_for_first (tray, first);
  g_assert_cmpuint (n_thumbs (tray), ==, 2);
  g_assert_true (mil_thumb_get_receipt (MIL_THUMB (thumb (tray, 1))) == second);
  g_assert_null (find_button (tray, "This Is One _Long Receipt"));
  mil_widget_test_finish (window, tray);
  mil_clock_advance (mil_session_get_clock (session), G_TIME_SPAN_HOUR);
  kept = mil_session_list_tray (session);
  g_assert_cmpuint (kept->len, ==, 0);
}

/* Deleted it leaves the tray, taken back it stands where it stood. */
static void
test_tray_delete (void)
{
  Tray fixture = show_tray ();
  g_autoptr (MilReceiptRecord) first = add_pdf (fixture.session, "14:05", 126);
  g_autoptr (MilReceiptRecord) second = add_pdf (fixture.session, "15:05", 226);

  mil_tray_add (MIL_TRAY (fixture.tray), first);
  mil_tray_add (MIL_TRAY (fixture.tray), second);
  mil_widget_test_wait_until (has_two_thumbs, fixture.tray);
  g_assert_true (press (thumb (fixture.tray, 0), GDK_KEY_Delete, 0));
  mil_widget_test_wait_until (has_one_thumb, fixture.tray);
  await (mil_session_restore_receipt (fixture.session, first));
  wait_for_first (fixture.tray, first);
  g_assert_cmpuint (n_thumbs (fixture.tray), ==, 2);
  g_assert_true (press (thumb (fixture.tray, 1), GDK_KEY_Left, GDK_ALT_MASK));
  wait_for_first (fixture.tray, second);
  check_opened_again (fixture.session, second, first);
  close_tray (&fixture);
}

/* --- one picture ----------------------------------------------------------------------------------- */

static gboolean
is_read (gpointer data)
{
  MilReceiptState state = mil_receipt_record_get_state (data);

  return state == MIL_RECEIPT_STATE_READ || state == MIL_RECEIPT_STATE_UNREAD;
}

static gboolean
is_cut (gpointer data)
{
  const MilReceiptPicture *sheet = mil_receipt_record_get_sheet (data, 0);

  return mil_quad_is_set (&sheet->corners);
}

static gboolean
shows_picture (gpointer data)
{
  MilQuad quad = mil_corners_get_quad (data);

  return mil_quad_is_set (&quad);
}

static gboolean
is_rotated (gpointer data)
{
  return mil_receipt_record_get_sheet (data, 0)->turn == 3;
}

/* A corner that rests is kept; turning turns the corners too; all of the picture can be had again. */
static void
test_sheet_page (void)
{
  MilSession *session = start_session ();
  g_autoptr (MilReceiptRecord) receipt = add_pdf (session, "14:05", 126);
  GtkWidget               *page = NULL;
  GtkWidget               *corners = NULL;
  GtkWindow               *window = NULL;
  const MilReceiptPicture *sheet = NULL;
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

  mil_widget_test_wait_until (is_read, receipt);
  page = GTK_WIDGET (mil_sheet_page_new (session, receipt, 0));
  window = mil_widget_test_show (page, 360, 640);
  corners = mil_widget_test_find (page, MIL_TYPE_CORNERS);
  mil_widget_test_wait_until (shows_picture, corners);
  g_assert_true (press (mil_corners_get_handle (MIL_CORNERS (corners), 2), GDK_KEY_Left, GDK_SHIFT_MASK));
  mil_widget_test_wait_until (is_cut, receipt);
  find_all (page, GTK_TYPE_BUTTON, buttons);
  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_icon_name (buttons->pdata[i]), "object-rotate-left-symbolic") == 0)
      g_signal_emit_by_name (buttons->pdata[i], "clicked");
  mil_widget_test_wait_until (is_rotated, receipt);
  sheet = mil_receipt_record_get_sheet (receipt, 0);
  g_assert_true (mil_quad_is_set (&sheet->corners));
  g_assert_cmpint (sheet->whole_width, >, sheet->whole_height);
  mil_widget_test_wait (50);
  g_signal_emit_by_name (find_button (page, "All of the _Picture"), "clicked");
  sheet = mil_receipt_record_get_sheet (receipt, 0);
  g_assert_false (mil_quad_is_set (&sheet->corners));
  mil_widget_test_wait_until (is_read, receipt);
  mil_widget_test_finish (window, page);
  stop_session (session);
}

/* --- the page itself ------------------------------------------------------------------------------- */

static gboolean
has_class (GtkWidget *widget, const char *name)
{
  if (gtk_widget_has_css_class (widget, name))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_class (child, name))
      return TRUE;
  return FALSE;
}

/* What is chosen is remembered, and nothing of the page is left when it goes. */
static void
test_page (void)
{
  MilSession *session = start_session ();
  GtkWidget  *page = GTK_WIDGET (mil_scanner_page_new (session));
  GtkWindow  *window = mil_widget_test_show (page, 360, 640);
  g_autoptr (GSettings) settings = g_settings_new (MIL_APP_ID);

  g_assert_false (has_class (page, "lamp"));
  g_settings_set_boolean (settings, "lamp", TRUE);
  g_settings_set_boolean (settings, "mirror", FALSE);
  mil_widget_test_iterate ();
  g_assert_true (has_class (page, "lamp"));
  mil_widget_test_finish (window, page);
  page = GTK_WIDGET (mil_scanner_page_new (session));
  window = mil_widget_test_show (page, 360, 640);
  g_assert_true (has_class (page, "lamp"));
  g_settings_reset (settings, "lamp");
  g_settings_reset (settings, "mirror");
  mil_widget_test_finish (window, page);
  stop_session (session);
}

/* --- files ----------------------------------------------------------------------------------------- */

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  return NULL;
}

static GSList *
write_files (const char *folder, guint n)
{
  GSList *files = NULL;

  for (guint i = n; i > 0; i--)
    {
      g_autofree char  *path = g_strdup_printf ("%s/receipt-%02u.pdf", folder, i);
      g_autofree char  *text = mil_test_receipt ("BOTTEGA LUME", "14:05", 100 + (int) i);
      const char *const pages[] = { text, NULL };
      g_autoptr (GBytes) bytes = mil_test_pdf (pages);

      mil_test_write (path, bytes);
      files = g_slist_prepend (files, g_file_new_for_path (path));
    }
  return files;
}

static gboolean
is_half_way (gpointer data)
{
  MilReceiptImport *import = mil_import_bar_get_import (data);

  g_assert_nonnull (import);
  return mil_receipt_import_get_n_done (import) >= 15;
}

static gboolean
is_over (gpointer data)
{
  return mil_import_bar_get_import (data) == NULL;
}

static void
finished_cb (MilImportBar *bar, MilReceiptImport *import, MilReceiptImport **over)
{
  *over = g_object_ref (import);
}

static void
drop (GtkWidget *page, GSList *files)
{
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  g_signal_emit_by_name (find_drop_target (page), "drop", &value, 10.0, 10.0, &taken);
  g_assert_true (taken);
}

/* Fifty files are dropped, and stopped half-way: each receipt that is there is read, and no other is. */
static void
test_drop_fifty (void)
{
  MilSession      *session = start_session ();
  g_autofree char *folder = g_dir_make_tmp ("mil-dropped-XXXXXX", NULL);
  GtkWidget       *page = g_object_new (MIL_TYPE_REFUNDS_PAGE, NULL);
  GtkWidget       *bar = NULL;
  GtkWindow       *window = NULL;
  GSList          *files = write_files (folder, 50);
  GListModel      *receipts = mil_session_get_receipts (session);
  g_autoptr (MilReceiptImport) import = NULL;

  mil_refunds_page_set_session (MIL_REFUNDS_PAGE (page), session);
  window = mil_widget_test_show (page, 360, 640);
  bar = mil_widget_test_find (page, MIL_TYPE_IMPORT_BAR);
  g_signal_connect (bar, "finished", G_CALLBACK (finished_cb), &import);
  drop (page, files);
  mil_widget_test_wait_until (is_half_way, bar);
  g_assert_cmpfloat (mil_receipt_import_get_fraction (mil_import_bar_get_import (MIL_IMPORT_BAR (bar))), >, 0);
  g_signal_emit_by_name (find_button (bar, "_Cancel"), "clicked");
  mil_widget_test_wait_until (is_over, bar);
  g_assert_cmpuint (g_list_model_get_n_items (receipts), >=, 15);
  g_assert_cmpuint (g_list_model_get_n_items (receipts) + mil_receipt_import_get_n_left_out (import), ==, 50);
  for (guint i = 0; i < g_list_model_get_n_items (receipts); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (receipts, i);
      g_assert_cmpint (mil_receipt_record_get_state (receipt), ==, MIL_RECEIPT_STATE_READ);
    }
  g_slist_free_full (files, g_object_unref);
  mil_widget_test_finish (window, page);
  stop_session (session);
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;
  return FALSE;
}

/* Each file that could not be read is named in the end. */
static void
test_summary (void)
{
  MilSession      *session = start_session ();
  g_autofree char *folder = g_dir_make_tmp ("mil-dropped-XXXXXX", NULL);
  GtkWidget       *bar = g_object_new (MIL_TYPE_IMPORT_BAR, NULL);
  GtkWindow       *window = NULL;
  g_autoptr (MilReceiptImport) import = NULL;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (AdwDialog) dialog = NULL;
  GSList *good = write_files (folder, 2);

  mil_import_bar_set_session (MIL_IMPORT_BAR (bar), session);
  window = mil_widget_test_show (bar, 360, 640);
  g_signal_connect (bar, "finished", G_CALLBACK (finished_cb), &import);
  for (GSList *l = good; l != NULL; l = l->next)
    {
      g_autofree char *path = g_strdup_printf ("%s/diary <%d>.txt",
                                               folder,
                                               (int) g_list_model_get_n_items (G_LIST_MODEL (files)));
      g_autoptr (GFile) bad = g_file_new_for_path (path);

      g_file_set_contents (path, "Dear diary", -1, NULL);
      g_list_store_append (files, bad);
      g_list_store_append (files, l->data);
    }
  mil_import_bar_add (MIL_IMPORT_BAR (bar), G_LIST_MODEL (files));
  mil_widget_test_wait_until (is_over, bar);
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_receipts (session)), ==, 2);
  dialog = g_object_ref_sink (mil_import_summary_new (import));
  g_assert_cmpstr (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (dialog)), ==, "2 files could not be read");
  g_assert_true (has_text (adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (dialog)), "diary <0>.txt"));
  g_assert_true (has_text (adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (dialog)), "diary <2>.txt"));
  g_slist_free_full (good, g_object_unref);
  mil_widget_test_finish (window, bar);
  stop_session (session);
}

int
main (int argc, char **argv)
{
  mil_widget_test_init (&argc, &argv);

  g_test_add_func ("/scanner/guide/takes", test_guide_takes);
  g_test_add_func ("/scanner/guide/cancel", test_guide_cancel);
  g_test_add_func ("/scanner/guide/manual", test_guide_manual);
  g_test_add_func ("/scanner/guide/says-why", test_guide_says_why);
  g_test_add_func ("/scanner/guide/distance", test_guide_distance);
  g_test_add_func ("/scanner/code/payment", test_code_payment);
  g_test_add_func ("/scanner/code/families", test_code_families);
  g_test_add_func ("/scanner/code/fiscal", test_code_fiscal);
  g_test_add_func ("/scanner/code/link", test_code_link);
  g_test_add_func ("/scanner/code/other", test_code_other);
  g_test_add_func ("/scanner/code/card", test_code_card);
  g_test_add_func ("/scanner/corners", test_corners);
  g_test_add_func ("/scanner/tray/long", test_tray_long);
  g_test_add_func ("/scanner/tray/delete", test_tray_delete);
  g_test_add_func ("/scanner/sheet-page", test_sheet_page);
  g_test_add_func ("/scanner/page", test_page);
  g_test_add_func ("/scanner/files/fifty", test_drop_fifty);
  g_test_add_func ("/scanner/files/summary", test_summary);
  return g_test_run ();
}
