/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-claim-papers.h"

#include <glib/gi18n.h>

#include "app/mil-toast.h"
#include "app/mil-wait.h"
#include "app/refunds/mil-person-dialog.h"
#include "app/refunds/mil-person-words.h"
#include "app/refunds/mil-request-dialog.h"
#include "app/refunds/mil-shop-mail.h"
#include "app/widgets/mil-pressable.h"
#include "traveller/mil-claim-paper.h"

/* Narrower paper is a roll. */
#define ROLL_WIDTH (100 / 25.4 * 72)

struct _MilClaimPapers
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *missing;
  GtkWidget *print;
  GtkWidget *save;
  GtkWidget *request;

  MilSession *session; /* (owned) */
  MilClaim   *claim;   /* (owned) */
  DexFuture  *working; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MilClaimPapers, mil_claim_papers, ADW_TYPE_PREFERENCES_GROUP)

static void
set_busy (MilClaimPapers *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->print, !busy);
  gtk_widget_set_sensitive (self->save, !busy);
  gtk_widget_set_sensitive (self->request, !busy);
}

static void
make_paper (MilClaimPapers *self, const MilClaimPaperOptions *options, MilWaitFunc func)
{
  set_busy (self, TRUE);
  dex_clear (&self->working);
  self->working = mil_wait (self, mil_session_make_paper (self->session, self->claim, options), func, NULL);
}

/* What was made, or %NULL after the person has been told why it was not. */
static MilClaimPaper *
take_paper (MilClaimPapers *self, const GValue *value, const GError *error)
{
  set_busy (self, FALSE);
  if (error == NULL)
    return g_value_dup_boxed (value);
  mil_toast (GTK_WIDGET (self), error->message);
  return NULL;
}

static GtkWindow *
window_of (MilClaimPapers *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* --- printing --------------------------------------------------------------------------------- */

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, MilClaimPaper *paper)
{
  MilPaper  kind = gtk_print_context_get_width (context) < ROLL_WIDTH ? MIL_PAPER_ROLL : MIL_PAPER_A4;
  MilSheet *sheet = mil_form_drawing_new (paper->form, kind, paper->texts, paper->also);

  g_object_set_data_full (G_OBJECT (operation), "sheet", sheet, (GDestroyNotify) mil_sheet_free);
  gtk_print_operation_set_n_pages (operation, (int) mil_sheet_get_n_pages (sheet));
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, MilClaimPaper *paper)
{
  MilSheet *sheet = g_object_get_data (G_OBJECT (operation), "sheet");
  cairo_t  *cr = gtk_print_context_get_cairo_context (context);
  double    width, height, scale;

  mil_sheet_get_size (sheet, (guint) page, &width, &height);
  scale = MIN (gtk_print_context_get_width (context) / width, 1.0);
  scale = MIN (gtk_print_context_get_height (context) / height, scale);
  cairo_scale (cr, scale, scale);
  mil_sheet_draw (sheet, (guint) page, cr);
}

static void
unref_paper (gpointer paper, GClosure *closure)
{
  mil_claim_paper_unref (paper);
}

static void
print_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, GtkWidget *widget)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  mil_toast (widget, error->message);
}

static void
printable_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilClaimPapers *self = object;
  MilClaimPaper  *paper = take_paper (self, value, error);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GtkPageSetup) setup = NULL;
  g_autoptr (GtkPaperSize) size = NULL;

  if (paper == NULL)
    return;
  operation = gtk_print_operation_new ();
  setup = gtk_page_setup_new ();
  size = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  gtk_page_setup_set_paper_size (setup, size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, paper->file_name);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), paper);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), paper, unref_paper, G_CONNECT_DEFAULT);
  g_signal_connect_object (operation, "done", G_CALLBACK (print_done_cb), self, G_CONNECT_DEFAULT);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, window_of (self), NULL);
}

static void
print_cb (MilClaimPapers *self)
{
  const MilClaimPaperOptions options = { MIL_CLAIM_PAPER_FORM, MIL_PAPER_A4, TRUE, FALSE };

  g_assert (MIL_IS_CLAIM_PAPERS (self));

  make_paper (self, &options, printable_cb);
}

/* --- saving ----------------------------------------------------------------------------------- */

static void
written_cb (GObject *file, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    mil_toast (widget, _ ("PDF saved"));
  else
    mil_toast (widget, error->message);
}

static void
place_cb (GObject *dialog, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (dialog), result, NULL);
  GBytes *pdf = g_object_get_data (dialog, "pdf");

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, pdf, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, written_cb, g_object_ref (widget));
}

static void
ask_place (MilClaimPapers *self, MilClaimPaper *paper)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Save as PDF"));
  gtk_file_dialog_set_initial_name (dialog, paper->file_name);
  g_object_set_data_full (G_OBJECT (dialog), "pdf", g_bytes_ref (paper->pdf), (GDestroyNotify) g_bytes_unref);
  gtk_file_dialog_save (dialog, window_of (self), NULL, place_cb, g_object_ref (self));
}

static void
savable_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  g_autoptr (MilClaimPaper) paper = take_paper (object, value, error);

  if (paper != NULL)
    ask_place (object, paper);
}

static void
save_cb (MilClaimPapers *self)
{
  const MilClaimPaperOptions options = { MIL_CLAIM_PAPER_FORM, MIL_PAPER_A4, TRUE, FALSE };

  g_assert (MIL_IS_CLAIM_PAPERS (self));

  make_paper (self, &options, savable_cb);
}

/* --- asking the shop -------------------------------------------------------------------------- */

static void
mailable_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilClaimPapers *self = object;
  g_autoptr (MilClaimPaper) paper = take_paper (self, value, error);

  if (paper != NULL)
    mil_shop_mail_write (GTK_WIDGET (self), paper);
}

static void
chosen_cb (MilRequestDialog *dialog, const char *response, MilClaimPapers *self)
{
  const MilClaimPaperOptions options = { MIL_CLAIM_PAPER_REQUEST,
                                         MIL_PAPER_A4,
                                         mil_request_dialog_get_tell_document (dialog),
                                         mil_request_dialog_get_pictures (dialog) };

  if (g_str_equal (response, "mail"))
    make_paper (self, &options, mailable_cb);
  else if (g_str_equal (response, "save"))
    make_paper (self, &options, savable_cb);
}

static void
request_cb (MilClaimPapers *self)
{
  AdwDialog *dialog = NULL;

  g_assert (MIL_IS_CLAIM_PAPERS (self));

  dialog = ADW_DIALOG (mil_request_dialog_new (mil_claim_get_info (self->claim)->shop));
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* --- what the form needs ---------------------------------------------------------------------- */

static void
fill_in_cb (MilClaimPapers *self)
{
  MilPerson *person = mil_claim_person (self->session, self->claim);

  g_assert (MIL_IS_CLAIM_PAPERS (self));

  if (person != NULL)
    mil_person_dialog_present (self->session, person, mil_claim_get_info (self->claim)->country, GTK_WIDGET (self));
}

/* Where the money is back, nobody asks any more. */
static char *
missing_text (MilClaimPapers *self)
{
  const MilClaimInfo *info = mil_claim_get_info (self->claim);
  MilPerson          *person = mil_claim_person (self->session, self->claim);

  if (person == NULL || g_str_equal (info->state, "refunded") || info->erased_at != 0)
    return NULL;
  return mil_person_missing_text (mil_person_get_info (person), info->country);
}

/* A form that has no number yet is no form. */
static void
update_cb (MilClaimPapers *self)
{
  gboolean         issued = mil_claim_get_info (self->claim)->number != NULL;
  g_autofree char *missing = missing_text (self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->missing), missing != NULL ? missing : "");
  gtk_widget_set_visible (self->missing, missing != NULL);
  gtk_widget_set_visible (self->print, issued);
  gtk_widget_set_visible (self->save, issued);
}

static void
mil_claim_papers_dispose (GObject *object)
{
  MilClaimPapers *self = MIL_CLAIM_PAPERS (object);

  dex_clear (&self->working);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_CLAIM_PAPERS);
  g_clear_object (&self->claim);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_claim_papers_parent_class)->dispose (object);
}

static void
mil_claim_papers_class_init (MilClaimPapersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_claim_papers_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/claim-papers.ui");
  gtk_widget_class_bind_template_child (widget_class, MilClaimPapers, missing);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPapers, print);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPapers, save);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPapers, request);
  gtk_widget_class_bind_template_callback (widget_class, fill_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, request_cb);
}

static void
mil_claim_papers_init (MilClaimPapers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mil_pressable_make (self->print);
  mil_pressable_make (self->save);
  mil_pressable_make (self->request);
}

/**
 * mil_claim_papers_set_claim:
 * @self: the group, which has no claim yet
 * @session: the session that keeps the claim
 * @claim: the claim
 */
void
mil_claim_papers_set_claim (MilClaimPapers *self, MilSession *session, MilClaim *claim)
{
  g_return_if_fail (MIL_IS_CLAIM_PAPERS (self) && self->claim == NULL);
  g_return_if_fail (MIL_IS_SESSION (session));
  g_return_if_fail (MIL_IS_CLAIM (claim));

  self->session = g_object_ref (session);
  self->claim = g_object_ref (claim);
  g_signal_connect_object (claim, "notify", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::current-trip", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  update_cb (self);
}
