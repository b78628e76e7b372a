/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-receipt-page.h"

#include <glib/gi18n.h>

#include "app/mil-wait.h"
#include "app/mil-spoken.h"
#include "app/mil-toast.h"
#include "app/refunds/mil-operators-page.h"
#include "app/refunds/mil-person-words.h"
#include "app/refunds/mil-receipt-view.h"
#include "app/refunds/mil-verdict-words.h"
#include "app/scanner/mil-sheet-change.h"
#include "app/widgets/mil-chip.h"
#include "app/widgets/mil-country-row.h"
#include "app/widgets/mil-header.h"
#include "app/widgets/mil-icon.h"
#include "refund/mil-arrival.h"

/* Below this a field is worth a look. */
#define SURE_CONFIDENCE 75
#define PICTURE_SIDE 1400

struct _MilReceiptPage
{
  AdwNavigationPage parent_instance;

  MilReceiptView      *view;
  GtkWidget           *picture;
  GtkWidget           *reading;
  GtkProgressBar      *progress;
  MilChip             *chip;
  GtkLabel            *headline;
  GtkLabel            *refund;
  GtkWidget           *refund_words;
  GtkLabel            *arrival;
  GtkWidget           *compare;
  GtkLabel            *deadline;
  GtkLabel            *problem;
  AdwPreferencesGroup *reasons;
  AdwPreferencesGroup *lines;
  AdwPreferencesGroup *vat;
  AdwEntryRow         *merchant;
  AdwEntryRow         *date;
  AdwEntryRow         *total;
  AdwEntryRow         *currency;
  MilCountryRow       *country;
  AdwEntryRow         *vat_id;
  AdwEntryRow         *time;
  AdwEntryRow         *tax;
  GtkWidget           *actions;
  GtkWidget           *claim;
  GtkLabel            *told;
  GtkWidget           *papers;
  GtkLabel            *papers_words;
  GtkButton           *keep_one;

  MilSession       *session; /* (owned) */
  MilReceiptRecord *receipt; /* (owned) */
  GPtrArray        *rows;    /* (owned) of unowned rows that were added */
  char             *shown;   /* (owned) (nullable): address of the picture that is shown */
  DexFuture        *loading; /* (owned) (nullable) */
  DexFuture        *working; /* (owned) (nullable): sending or deleting */
  guint             update;  /* idle source */
  gboolean          filling; /* the rows are being set, not typed in */
};

G_DEFINE_FINAL_TYPE (MilReceiptPage, mil_receipt_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  CLAIMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static AdwEntryRow *
row_of (MilReceiptPage *self, MilReceiptPart part)
{
  switch (part)
    {
    case MIL_RECEIPT_PART_MERCHANT:
      return self->merchant;
    case MIL_RECEIPT_PART_VAT_ID:
      return self->vat_id;
    case MIL_RECEIPT_PART_DATE:
      return self->date;
    case MIL_RECEIPT_PART_TIME:
      return self->time;
    case MIL_RECEIPT_PART_TOTAL:
      return self->total;
    case MIL_RECEIPT_PART_CURRENCY:
      return self->currency;
    case MIL_RECEIPT_PART_TAX:
      return self->tax;
    case MIL_RECEIPT_PART_COUNTRY:
    case MIL_RECEIPT_PART_GOODS:
    case MIL_RECEIPT_N_PARTS:
    default:
      return NULL;
    }
}

static void
row_changed_cb (MilReceiptPage *self, AdwEntryRow *row)
{
  g_assert (MIL_IS_RECEIPT_PAGE (self));

  if (self->filling || self->receipt == NULL)
    return;
  for (MilReceiptPart part = 0; part < MIL_RECEIPT_N_PARTS; part++)
    if (row_of (self, part) == row)
      mil_receipt_record_set_text (self->receipt, part, gtk_editable_get_text (GTK_EDITABLE (row)));
}

static void
row_focus_cb (MilReceiptPage *self, GtkEventControllerFocus *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  for (MilReceiptPart part = 0; part < MIL_RECEIPT_N_PARTS; part++)
    if ((gpointer) row_of (self, part) == (gpointer) row)
      mil_receipt_view_look_at (self->view, mil_receipt_record_get_box (self->receipt, part));
}

static void
row_left_cb (MilReceiptPage *self)
{
  mil_receipt_view_look_at_all (self->view);
}

static void
row_hover_cb (MilReceiptPage *self, double x, double y, GtkEventControllerMotion *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  for (MilReceiptPart part = 0; part < MIL_RECEIPT_N_PARTS; part++)
    if ((gpointer) row_of (self, part) == (gpointer) row)
      mil_receipt_view_look_at (self->view, mil_receipt_record_get_box (self->receipt, part));
}

static void
watch_row (MilReceiptPage *self, AdwEntryRow *row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (row_focus_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (row_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
  g_signal_connect_object (motion, "enter", G_CALLBACK (row_hover_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (row_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (row), motion);
}

static void
country_changed_cb (MilReceiptPage *self)
{
  const char *country = mil_country_row_get_country (self->country);

  g_assert (MIL_IS_RECEIPT_PAGE (self));

  if (self->receipt != NULL)
    mil_receipt_record_set_text (self->receipt, MIL_RECEIPT_PART_COUNTRY, country != NULL ? country : "");
}

static void
fill_row (MilReceiptPage *self, MilReceiptPart part)
{
  AdwEntryRow *row = row_of (self, part);
  const char  *text = mil_receipt_record_get_text (self->receipt, part);
  const char  *wrong = mil_receipt_record_get_part_problem (self->receipt, part);
  int          confidence = mil_receipt_record_get_confidence (self->receipt, part);
  gboolean     empty = text == NULL || text[0] == '\0';
  gboolean     unsure = !empty && !mil_receipt_record_is_edited (self->receipt, part) && confidence > 0
                    && confidence < SURE_CONFIDENCE;

  if (row == NULL)
    return;
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (row)), empty ? "" : text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), empty ? "" : text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), wrong);
  gtk_widget_remove_css_class (GTK_WIDGET (row), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  if (wrong != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else if (unsure)
    gtk_widget_add_css_class (GTK_WIDGET (row), "warning");
}

static void
fill_marks (MilReceiptPage *self)
{
  MilReceiptState state = mil_receipt_record_get_state (self->receipt);

  mil_receipt_view_clear_marks (self->view);
  /* Until it is read again, what was read lies elsewhere in a picture that was turned or cut. */
  if (state == MIL_RECEIPT_STATE_WAITING || state == MIL_RECEIPT_STATE_READING)
    return;
  for (MilReceiptPart part = 0; part < MIL_RECEIPT_N_PARTS; part++)
    {
      int confidence = mil_receipt_record_get_confidence (self->receipt, part);

      mil_receipt_view_add_mark (self->view,
                                 mil_receipt_record_get_box (self->receipt, part),
                                 confidence < SURE_CONFIDENCE ? MIL_HIGHLIGHT_UNSURE : MIL_HIGHLIGHT_SURE);
    }
}

static void
add_row (MilReceiptPage *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (MilReceiptPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static const char *
reason_icon (MilReasonWeight weight)
{
  switch (weight)
    {
    case MIL_REASON_FOR:
      return "object-select-symbolic";
    case MIL_REASON_AGAINST:
      return "window-close-symbolic";
    case MIL_REASON_MISSING:
      return "document-edit-symbolic";
    case MIL_REASON_DOUBT:
      return "dialog-question-symbolic";
    case MIL_REASON_NOTE:
    default:
      return "dialog-information-symbolic";
    }
}

static GtkWidget *
new_reason_row (const char *text, const char *source, const char *icon)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = mil_icon_new (icon);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  if (source != NULL)
    {
      g_autoptr (GUri) uri = g_uri_parse (source, G_URI_FLAGS_NONE, NULL);
      g_autofree char *host = NULL;

      if (uri != NULL && g_uri_get_host (uri) != NULL)
        /* Translators: %s is the name of a web site that a rule was taken from. */
        host = g_strdup_printf (_ ("Source: %s"), g_uri_get_host (uri));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), host != NULL ? host : "");
      gtk_widget_set_tooltip_text (row, source);
    }
  return row;
}

static void
fill_reasons (MilReceiptPage *self, const MilVerdict *verdict)
{
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), verdict != NULL);
  if (verdict == NULL)
    return;
  for (guint i = 0; i < verdict->hints->len; i++)
    {
      const MilHint *hint = g_ptr_array_index (verdict->hints, i);

      add_row (self, self->reasons, new_reason_row (hint->text, NULL, "starred-symbolic"));
    }
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const MilReason *reason = g_ptr_array_index (verdict->reasons, i);

      add_row (self, self->reasons, new_reason_row (reason->text, reason->source, reason_icon (reason->weight)));
    }
}

static GtkWidget *
new_amount_row (const char *title, const char *subtitle, MilMoney amount)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = mil_money_is_set (amount) ? mil_money_format (amount, MIL_MONEY_PLAIN) : g_strdup ("");
  GtkWidget *label = gtk_label_new (text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static void
fill_lines (MilReceiptPage *self)
{
  GListModel *lines = mil_receipt_record_get_lines (self->receipt);
  GListModel *vat = mil_receipt_record_get_vat (self->receipt);

  gtk_widget_set_visible (GTK_WIDGET (self->lines), g_list_model_get_n_items (lines) > 0);
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (MilReceiptLineItem) line = g_list_model_get_item (lines, i);
      const MilReceiptLineItemInfo *info = mil_receipt_line_item_get_info (line);

      add_row (self, self->lines, new_amount_row (info->title, info->quantity, info->amount));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->vat), g_list_model_get_n_items (vat) > 0);
  for (guint i = 0; i < g_list_model_get_n_items (vat); i++)
    {
      g_autoptr (MilReceiptVatItem) item = g_list_model_get_item (vat, i);
      const MilReceiptVatItemInfo *info = mil_receipt_vat_item_get_info (item);
      g_autofree char             *rate = g_strdup_printf (C_ ("VAT rate", "%s %%"), info->rate);

      add_row (self, self->vat, new_amount_row (rate, info->vat_class, info->vat));
    }
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

/* A form may hold several receipts. */
static MilMoney
form_paid (MilReceiptPage *self, const MilVerdict *verdict)
{
  MilMoney sum = { 0 };

  for (guint i = 0; verdict->purchases != NULL && verdict->purchases[i] != NULL; i++)
    {
      MilReceiptRecord *receipt = mil_session_find_receipt (self->session, verdict->purchases[i]);
      MilMoney          amount = receipt != NULL ? mil_receipt_record_get_amount (receipt) : (MilMoney) { 0 };

      if (!mil_money_is_set (amount) || (i > 0 && !mil_money_add (sum, amount, &sum, NULL)))
        return (MilMoney) { 0 };
      if (i == 0)
        sum = amount;
    }
  return sum;
}

static void
compare_cb (MilReceiptPage *self)
{
  GtkWidget        *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  const MilVerdict *verdict = mil_receipt_record_get_verdict (self->receipt);

  g_assert (MIL_IS_RECEIPT_PAGE (self));

  if (view != NULL && verdict != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (view),
                              mil_operators_page_new (verdict,
                                                      form_paid (self, verdict),
                                                      mil_receipt_record_get_date (self->receipt)));
}

static void
say_verdict (MilReceiptPage *self, const MilVerdict *verdict, const char *amount)
{
  g_autofree char *text = NULL;

  if (amount != NULL)
    /* Translators: goes on from the word for goods that are tax-free; %s is the money that comes back. */
    text = g_strdup_printf (C_ ("verdict", "Tax-free: %s back"), amount);
  mil_spoken_set (GTK_WIDGET (self->chip), text != NULL ? text : verdict != NULL ? verdict->headline : NULL);
}

/* The amount says it, and is said once: beside it the chip and the headline would say it again. */
static void
fill_amount (MilReceiptPage *self, const MilVerdict *verdict, const char *amount)
{
  MilReceiptState state = mil_receipt_record_get_state (self->receipt);
  gboolean        is_read = state != MIL_RECEIPT_STATE_WAITING && state != MIL_RECEIPT_STATE_READING;
  gboolean        sure = verdict != NULL && verdict->kind == MIL_VERDICT_ELIGIBLE && amount != NULL;

  if (sure && is_read)
    mil_chip_set (self->chip, MIL_TONE_GOOD, "object-select-symbolic", C_ ("verdict", "Tax-free"));
  else
    mil_chip_set_receipt (self->chip, self->receipt);
  if (verdict == NULL)
    set_text (self->headline, _ ("Fill in what is missing to see what you get back."));
  else
    set_text (self->headline, sure ? NULL : verdict->headline);
  set_text (self->refund, amount);
  gtk_widget_set_visible (self->refund_words, sure);
  say_verdict (self, verdict, sure ? amount : NULL);
}

static void
fill_verdict (MilReceiptPage *self, const MilVerdict *verdict)
{
  g_autofree char *amount = NULL;
  g_autofree char *arrival = NULL;
  g_autofree char *deadline = NULL;
  g_autofree char *problem = NULL;

  g_object_get (self->receipt, "problem", &problem, NULL);
  if (verdict != NULL)
    {
      amount = mil_refund_range_text (verdict->refund_low, verdict->refund_high);
      if (verdict->kind != MIL_VERDICT_NOT_ELIGIBLE)
        arrival = mil_arrival_text (form_paid (self, verdict), verdict->tax, verdict->refund_low, verdict->refund_high);
      deadline = mil_deadline_text (verdict->export_by, mil_session_get_today (self->session));
    }
  fill_amount (self, verdict, amount);
  set_text (self->arrival, arrival);
  gtk_widget_set_visible (self->compare, arrival != NULL);
  set_text (self->deadline, deadline);
  set_text (self->problem, problem);
}

static void
fill_claim (MilReceiptPage *self, const MilVerdict *verdict)
{
  gboolean claimed = mil_receipt_record_get_claim_id (self->receipt) != NULL;
  gboolean eligible = verdict != NULL && verdict->kind != MIL_VERDICT_NOT_ELIGIBLE && verdict->kind != MIL_VERDICT_NEEDS_MORE;
  g_autoptr (MilPerson) person = claimed ? NULL : mil_session_claimant (self->session, self->receipt);
  const char *country = mil_receipt_record_get_text (self->receipt, MIL_RECEIPT_PART_COUNTRY);
  g_autofree char *told = person != NULL ? mil_person_told_text (mil_person_get_info (person), country) : NULL;

  gtk_widget_set_visible (self->actions, claimed || eligible);
  gtk_widget_set_sensitive (self->claim, self->working == NULL || !dex_future_is_pending (self->working));
  gtk_button_set_label (GTK_BUTTON (self->claim),
                        claimed ? C_ ("button", "Show the claim") : C_ ("button", "Claim the tax back"));
  set_text (self->told, told);
}

static void
picture_loaded_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilReceiptPage  *self = object;
  const MilPixels *pixels = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int width = 0;
  int height = 0;

  if (pixels == NULL)
    return;
  g_object_get (self->receipt, "picture-width", &width, "picture-height", &height, NULL);
  texture = gdk_memory_texture_new (pixels->width, pixels->height, GDK_MEMORY_R8G8B8A8, pixels->bytes, pixels->stride);
  mil_receipt_view_set_texture (self->view,
                                texture,
                                width > 0 ? width : pixels->width,
                                height > 0 ? height : pixels->height);
}

static void
fill_picture (MilReceiptPage *self)
{
  const char *picture = mil_receipt_record_get_picture (self->receipt);

  gtk_widget_set_visible (self->picture, picture != NULL);
  if (picture == NULL || g_strcmp0 (picture, self->shown) == 0)
    return;
  g_set_str (&self->shown, picture);
  dex_clear (&self->loading);
  self->loading = mil_wait (self,
                            mil_picture_cache_fetch (mil_session_get_pictures (self->session), picture, PICTURE_SIDE, PICTURE_SIDE),
                            picture_loaded_cb,
                            NULL);
}

static void
fill_papers (MilReceiptPage *self)
{
  g_autofree char *words = mil_sheet_doubt_text (self->receipt);

  gtk_label_set_label (self->papers_words, words != NULL ? words : "");
  gtk_button_set_label (self->keep_one, mil_sheet_one_text (self->receipt));
  gtk_widget_set_visible (self->papers, words != NULL && mil_receipt_record_get_claim_id (self->receipt) == NULL);
}

static gboolean
update_cb (gpointer data)
{
  MilReceiptPage   *self = data;
  const MilVerdict *verdict = mil_receipt_record_get_verdict (self->receipt);
  MilReceiptState   state = mil_receipt_record_get_state (self->receipt);
  const char       *merchant = mil_receipt_record_get_text (self->receipt, MIL_RECEIPT_PART_MERCHANT);

  self->update = 0;
  self->filling = TRUE;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self),
                                 merchant != NULL && merchant[0] != '\0' ? merchant : C_ ("page", "Receipt"));
  for (MilReceiptPart part = 0; part < MIL_RECEIPT_N_PARTS; part++)
    fill_row (self, part);
  mil_country_row_set_country (self->country, mil_receipt_record_get_text (self->receipt, MIL_RECEIPT_PART_COUNTRY));
  self->filling = FALSE;
  gtk_widget_set_visible (self->reading, state == MIL_RECEIPT_STATE_WAITING || state == MIL_RECEIPT_STATE_READING);
  gtk_progress_bar_set_fraction (self->progress, mil_receipt_record_get_progress (self->receipt));
  clear_rows (self);
  fill_picture (self);
  fill_marks (self);
  fill_verdict (self, verdict);
  fill_reasons (self, verdict);
  fill_lines (self);
  fill_claim (self, verdict);
  fill_papers (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (MilReceiptPage *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
claimed_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilReceiptPage *self = object;

  gtk_widget_set_sensitive (self->claim, TRUE);
  if (error != NULL)
    mil_toast (GTK_WIDGET (self), error->message);
  else
    g_signal_emit (self, signals[CLAIMED], 0, g_value_get_object (value));
}

static void
claim_cb (MilReceiptPage *self)
{
  const char *claim_id = mil_receipt_record_get_claim_id (self->receipt);
  g_autoptr (GPtrArray) receipts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MilWallet) wallet = g_list_model_get_item (mil_session_get_wallets (self->session), 0);

  g_assert (MIL_IS_RECEIPT_PAGE (self));

  if (claim_id != NULL)
    {
      MilClaim *claim = mil_session_find_claim (self->session, claim_id);

      if (claim != NULL)
        g_signal_emit (self, signals[CLAIMED], 0, claim);
      return;
    }
  if (wallet == NULL)
    {
      mil_toast (GTK_WIDGET (self), _ ("A refund needs a wallet to arrive in. Add one under Wallet first."));
      return;
    }
  g_ptr_array_add (receipts, g_object_ref (self->receipt));
  gtk_widget_set_sensitive (self->claim, FALSE);
  dex_clear (&self->working);
  self->working = mil_wait (self, mil_session_send_claim (self->session, receipts, wallet), claimed_cb, NULL);
}

static void
split_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilReceiptPage *self = object;

  if (error != NULL)
    mil_toast (object, error->message);
  else
    mil_sheet_tell_parted (object, self->session, g_value_get_boxed (value));
}

static void
papers_cb (MilReceiptPage *self)
{
  g_assert (MIL_IS_RECEIPT_PAGE (self));

  if (mil_receipt_record_get_n_papers (self->receipt) > 1)
    dex_future_disown (mil_wait (self, mil_session_split_papers (self->session, self->receipt), split_cb, NULL));
}

static void
keep_one_cb (MilReceiptPage *self)
{
  g_assert (MIL_IS_RECEIPT_PAGE (self));

  mil_session_keep_one_paper (self->session, self->receipt);
}

static void
undo_delete_cb (gpointer object)
{
  MilReceiptRecord *receipt = object;
  MilSession       *session = g_object_get_data (G_OBJECT (receipt), "mil-session");

  mil_disown (mil_session_restore_receipt (session, receipt), "restoring a receipt");
}

static void
delete_cb (MilReceiptPage *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  g_assert (MIL_IS_RECEIPT_PAGE (self));

  g_object_set_data_full (G_OBJECT (self->receipt), "mil-session", g_object_ref (self->session), g_object_unref);
  mil_disown (mil_session_delete_receipt (self->session, self->receipt), "deleting a receipt");
  mil_toast_undo (GTK_WIDGET (self), _ ("Receipt deleted"), undo_delete_cb, G_OBJECT (self->receipt));
  if (view != NULL)
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
}

static void
mil_receipt_page_dispose (GObject *object)
{
  MilReceiptPage *self = MIL_RECEIPT_PAGE (object);

  g_clear_handle_id (&self->update, g_source_remove);
  dex_clear (&self->loading);
  dex_clear (&self->working);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_RECEIPT_PAGE);
  g_clear_object (&self->receipt);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_receipt_page_parent_class)->dispose (object);
}

static void
mil_receipt_page_finalize (GObject *object)
{
  g_clear_pointer (&MIL_RECEIPT_PAGE (object)->shown, g_free);

  G_OBJECT_CLASS (mil_receipt_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, view);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, picture);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, reading);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, progress);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, chip);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, headline);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, refund);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, refund_words);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, arrival);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, compare);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, deadline);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, problem);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, reasons);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, lines);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, vat);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, merchant);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, date);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, total);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, currency);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, country);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, vat_id);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, time);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, tax);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, actions);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, claim);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, told);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, papers);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, papers_words);
  gtk_widget_class_bind_template_child (klass, MilReceiptPage, keep_one);
}

static void
mil_receipt_page_class_init (MilReceiptPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mil_receipt_page_dispose;
  object_class->finalize = mil_receipt_page_finalize;

  /**
   * MilReceiptPage::claimed:
   * @self: the page
   * @claim: the claim for the receipt
   *
   * The person wants to see the claim, which may have been written just now.
   */
  signals[CLAIMED] = g_signal_new ("claimed", MIL_TYPE_RECEIPT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MIL_TYPE_CLAIM);

  g_type_ensure (MIL_TYPE_RECEIPT_VIEW);
  g_type_ensure (MIL_TYPE_CHIP);
  g_type_ensure (MIL_TYPE_COUNTRY_ROW);
  g_type_ensure (MIL_TYPE_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/receipt-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, country_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, claim_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
  gtk_widget_class_bind_template_callback (widget_class, papers_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_one_cb);
}

static void
mil_receipt_page_init (MilReceiptPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (MilReceiptPart part = 0; part < MIL_RECEIPT_N_PARTS; part++)
    if (row_of (self, part) != NULL)
      watch_row (self, row_of (self, part));
}

/**
 * mil_receipt_page_new:
 * @session: the session that keeps the receipt
 * @receipt: the receipt
 *
 * Returns: (transfer floating): a page that shows it
 */
MilReceiptPage *
mil_receipt_page_new (MilSession *session, MilReceiptRecord *receipt)
{
  MilReceiptPage *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (receipt), NULL);

  self = g_object_new (MIL_TYPE_RECEIPT_PAGE, NULL);
  self->session = g_object_ref (session);
  self->receipt = g_object_ref (receipt);
  g_signal_connect_object (receipt, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update_cb (self);
  return self;
}

/**
 * mil_receipt_page_get_receipt:
 * @self: a page
 *
 * Returns: (transfer none): what it shows
 */
MilReceiptRecord *
mil_receipt_page_get_receipt (MilReceiptPage *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_PAGE (self), NULL);

  return self->receipt;
}
