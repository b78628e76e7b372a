/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-claim-paper.h"

#include <glib/gi18n.h>

#include "refund/mil-request-pack.h"
#include "traveller/mil-session-private.h"

/* Enough to read the small print of a till roll, and small enough to be mailed. */
#define MAX_PICTURE_SIDE 1800
#define PICTURE_QUALITY 80
/* One picture that cannot be read must not keep the letter from being written. */
#define MAX_PICTURES 50

G_DEFINE_BOXED_TYPE (MilClaimPaper, mil_claim_paper, mil_claim_paper_ref, mil_claim_paper_unref)

/* What the thread works on. */
typedef struct
{
  MilClaimPaperOptions options;
  MilTaxFreeForm      *form;
  GPtrArray           *pictures; /* of char *: files */
  char                *language;
  gint64               now;
} Writing;

/* What the fiber works on. */
typedef struct
{
  MilSession          *session;
  MilClaim            *claim;
  MilClaimPaperOptions options;
} Asking;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_clear_pointer (&writing->form, mil_tax_free_form_unref);
  g_clear_pointer (&writing->pictures, g_ptr_array_unref);
  g_free (writing->language);
  g_free (writing);
}

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->session);
  g_object_unref (asking->claim);
  g_free (asking);
}

static void
paper_clear (gpointer data)
{
  MilClaimPaper *self = data;

  g_clear_pointer (&self->form, mil_tax_free_form_unref);
  g_clear_pointer (&self->texts, mil_pack_texts_unref);
  g_clear_pointer (&self->also, mil_pack_texts_unref);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->file_name);
  g_free (self->subject);
  g_free (self->body);
}

/**
 * mil_claim_paper_ref:
 * @self: a paper
 *
 * Returns: (transfer full): @self
 */
MilClaimPaper *
mil_claim_paper_ref (MilClaimPaper *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * mil_claim_paper_unref:
 * @self: (transfer full): a paper
 */
void
mil_claim_paper_unref (MilClaimPaper *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, paper_clear);
}

/* --- in the thread ---------------------------------------------------------------------------- */

static GBytes *
read_picture (const char *uri, GCancellable *cancellable)
{
  g_autoptr (MilPicture) picture = mil_receipt_picture_load (uri, cancellable, NULL);
  g_autoptr (MilPicture) small = picture != NULL ? mil_picture_scale_down (picture, MAX_PICTURE_SIDE) : NULL;

  return small != NULL ? mil_picture_to_jpeg (small, PICTURE_QUALITY) : NULL;
}

static GPtrArray *
read_pictures (GPtrArray *files, GCancellable *cancellable)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < files->len; i++)
    {
      GBytes *jpeg = read_picture (files->pdata[i], cancellable);

      if (jpeg != NULL)
        g_ptr_array_add (pictures, jpeg);
    }
  return pictures;
}

static MilSheet *
draw (const Writing *writing, MilClaimPaper *paper, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) pictures = NULL;

  if (writing->options.kind == MIL_CLAIM_PAPER_FORM)
    return mil_form_drawing_new (paper->form, writing->options.paper, paper->texts, paper->also);
  pictures = read_pictures (writing->pictures, cancellable);
  return mil_request_pack_new (paper->form, writing->options.paper, paper->texts, pictures);
}

/* Nothing in a form's number but letters and digits is safe in the name of a file everywhere. */
static char *
make_file_name (const Writing *writing)
{
  g_autofree char *number = g_strdup (writing->form->number);

  g_strcanon (number, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS, '-');
  return g_strdup_printf ("%s-%s.pdf", writing->options.kind == MIL_CLAIM_PAPER_FORM ? "tax-free-form" : "request", number);
}

static gpointer
write_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  const Writing *writing = data;
  g_autoptr (MilClaimPaper) paper = g_atomic_rc_box_new0 (MilClaimPaper);
  g_autoptr (MilSheet) sheet = NULL;
  const char *shop_language = mil_pack_language_of (writing->form->country, NULL);

  paper->form = mil_tax_free_form_ref (writing->form);
  paper->texts = mil_pack_texts_load_installed (shop_language, error);
  if (paper->texts == NULL)
    return NULL;
  paper->also = mil_pack_texts_load_installed (writing->language, error);
  if (paper->also == NULL)
    return NULL;
  sheet = draw (writing, paper, cancellable);
  paper->pdf = mil_form_drawing_to_pdf (paper->form, sheet, paper->texts, writing->now, NULL, error);
  if (paper->pdf == NULL)
    return NULL;
  paper->file_name = make_file_name (writing);
  paper->subject = mil_request_pack_subject (paper->form, paper->texts);
  paper->body = mil_request_pack_body (paper->form, paper->texts);
  return g_steal_pointer (&paper);
}

/* --- in the fiber ----------------------------------------------------------------------------- */

static char *
own_language (MilSession *session)
{
  g_autofree char *language = g_strndup (session->language != NULL ? session->language : "en", 2);

  return g_strdup (g_strv_contains (mil_pack_languages (), language) ? language : "en");
}

static GPtrArray *
list_pictures (MilSession *session, const MilClaimInfo *info)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; info->receipts != NULL && info->receipts[i] != NULL && files->len < MAX_PICTURES; i++)
    {
      MilReceiptRecord *receipt = mil_session_find_receipt (session, info->receipts[i]);

      for (guint j = 0; receipt != NULL && j < mil_receipt_record_get_n_sheets (receipt) && files->len < MAX_PICTURES; j++)
        g_ptr_array_add (files, mil_receipt_record_dup_sheet_address (receipt, j, TRUE));
    }
  return files;
}

static MilPersonal *
ask_personal (const Asking *asking)
{
  MilPerson           *person = mil_claim_person (asking->session, asking->claim);
  const MilPersonInfo *info = person != NULL ? mil_person_get_info (person) : NULL;
  g_autoptr (GError) error = NULL;
  MilPersonal *personal;

  if (!asking->options.tell_document || info == NULL || (info->document_last4 == NULL && !info->has_address))
    return NULL;
  personal = mil_await_pointer (mil_session_lookup_personal (asking->session, person), &error);
  if (error != NULL)
    g_message ("A form is written without what is in the keyring: %s", error->message);
  return personal;
}

static DexFuture *
make_paper_fiber (gpointer data)
{
  Asking *asking = data;
  g_autoptr (MilPersonal) personal = ask_personal (asking);
  g_autoptr (JsonNode) json = mil_claim_form_json (asking->session, asking->claim, personal);
  g_autoptr (GError) error = NULL;
  Writing *writing;

  if (mil_claim_person (asking->session, asking->claim) == NULL)
    return mil_future_reject (MIL_ERROR_INVALID, "%s", _ ("Add who travels first: a tax-free form needs a name."));
  writing = g_new0 (Writing, 1);
  writing->options = asking->options;
  writing->form = mil_tax_free_form_new (json, &error);
  writing->language = own_language (asking->session);
  writing->now = mil_clock_now (asking->session->clock);
  writing->pictures = asking->options.pictures ? list_pictures (asking->session, mil_claim_get_info (asking->claim))
                                               : g_ptr_array_new_with_free_func (g_free);
  if (writing->form != NULL)
    return mil_thread (write_thread, writing, writing_free, MIL_TYPE_CLAIM_PAPER);
  writing_free (writing);
  /* Translators: %s says which field is wrong. */
  return mil_future_reject (MIL_ERROR_INVALID,
                            _ ("The form cannot be written yet. Check the receipts of the claim: %s"),
                            error->message);
}

/**
 * mil_session_make_paper:
 * @self: a session
 * @claim: one of its claims
 * @options: what is written, copied
 *
 * Writes the tax-free form of a claim, or the letter that asks the shop for one, in the language of the shop.
 *
 * Returns: (transfer full): a future #MilClaimPaper; %MIL_ERROR_INVALID when something is missing
 */
DexFuture *
mil_session_make_paper (MilSession *self, MilClaim *claim, const MilClaimPaperOptions *options)
{
  Asking *asking;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_CLAIM (claim));
  dex_return_error_if_fail (options != NULL);

  asking = g_new0 (Asking, 1);
  asking->session = g_object_ref (self);
  asking->claim = g_object_ref (claim);
  asking->options = *options;
  return mil_spawn (make_paper_fiber, asking, asking_free);
}
