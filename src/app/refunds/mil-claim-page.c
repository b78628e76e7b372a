/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-claim-page.h"

#include <glib/gi18n.h>

#include "app/mil-focus.h"
#include "app/mil-spoken.h"
#include "app/mil-toast.h"
#include "app/mil-wait.h"
#include "app/refunds/mil-claim-papers.h"
#include "app/refunds/mil-claim-words.h"
#include "app/refunds/mil-code-page.h"
#include "app/refunds/mil-operators-page.h"
#include "app/refunds/mil-timeline.h"
#include "app/refunds/mil-verdict-words.h"
#include "app/widgets/mil-code.h"
#include "app/widgets/mil-header.h"
#include "app/widgets/mil-icon.h"
#include "app/widgets/mil-pressable.h"
#include "refund/mil-claim-state.h"

struct _MilClaimPage
{
  AdwNavigationPage parent_instance;

  GtkLabel            *amount;
  GtkLabel            *explanation;
  GtkLabel            *arrival;
  GtkWidget           *compare;
  GtkWidget           *conflict_box;
  GtkLabel            *conflict;
  MilTimeline         *timeline;
  GtkWidget           *code_box;
  MilCode             *code;
  GtkLabel            *number;
  AdwPreferencesGroup *facts;
  AdwPreferencesGroup *receipts;
  MilClaimPapers      *papers;
  GtkWidget           *dispute;
  GtkWidget           *withdraw;

  MilSession *session; /* (owned) */
  MilClaim   *claim;   /* (owned) */
  GPtrArray  *rows;    /* (owned) of unowned rows that were added */
  DexFuture  *working; /* (owned) (nullable) */
  guint       update;  /* idle source */
};

G_DEFINE_FINAL_TYPE (MilClaimPage, mil_claim_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  RECEIPT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The way that a claim goes when all is well, in order: what each step is called. */
static const char *const way[] = {
  N_ ("Sent to the refund operator"), N_ ("Tax-free form issued"),
  N_ ("Validated by customs"),        N_ ("Refund approved"),
  N_ ("Money in your wallet"),
};

/* The step of the way that a claim waits for. */
static const struct
{
  const char *state;
  guint       step;
} waits[] = {
  { "draft", 0 },
  { "queued", 0 },
  { "submitted", 1 },
  { "issued", 2 },
  { "awaiting-validation", 2 },
  { "validated", 3 },
  { "partially-validated", 3 },
  { "refund-pending", 4 },
};

static char *
instant_text (gint64 microseconds)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  if (local == NULL)
    return NULL;
  /* Translators: date and time of a step of a claim, see g_date_time_format(). */
  return g_date_time_format (local, C_ ("date and time", "%-d %B %Y, %H:%M"));
}

static char *
event_detail (const MilClaimEventInfo *event)
{
  g_autofree char *when = instant_text (event->at);

  if (event->reason != NULL && event->reason[0] != '\0')
    /* Translators: when a step was reached, and why. */
    return g_strdup_printf (C_ ("step of a claim", "%s · %s"), when, event->reason);
  return g_steal_pointer (&when);
}

static gboolean
ended_badly (const char *state)
{
  static const char *const bad[] = { "refused", "withdrawn", "expired", "void", "guarantee-charged", NULL };

  return g_strv_contains (bad, state);
}

/* A decision against the person is no ordinary end. */
static MilStepState
end_state (const MilClaimInfo *info)
{
  return ended_badly (info->state) || g_strcmp0 (info->dispute_outcome, "rejected") == 0 ? MIL_STEP_FAILED : MIL_STEP_DONE;
}

/* What has happened, and, with the last of it, what it means. */
static void
add_events (MilClaimPage *self, const MilClaimInfo *info, const char *end)
{
  guint    n = info->events != NULL ? g_list_model_get_n_items (G_LIST_MODEL (info->events)) : 0;
  gboolean told = FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MilClaimEvent) event = g_list_model_get_item (G_LIST_MODEL (info->events), i);
      const MilClaimEventInfo *step = mil_claim_event_get_info (event);
      g_autofree char         *detail = event_detail (step);
      g_autofree char         *both = NULL;

      told = end != NULL && i + 1 == n && g_str_equal (step->state, info->state);
      if (told)
        both = g_strdup_printf ("%s\n%s", detail, end);
      mil_timeline_add (self->timeline, told ? end_state (info) : MIL_STEP_DONE, step->state_text, told ? both : detail);
    }
  if (end != NULL && !told)
    mil_timeline_add (self->timeline, end_state (info), info->state_text, end);
}

static void
add_rest_of_way (MilClaimPage *self, const MilClaimInfo *info)
{
  g_autofree char *now = mil_claim_now_text (info, mil_session_get_today (self->session));

  if (g_str_equal (info->state, "disputed"))
    mil_timeline_add (self->timeline, MIL_STEP_CURRENT, C_ ("claim", "The operator's answer"), now);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      if (!g_str_equal (waits[i].state, info->state))
        continue;
      for (guint step = waits[i].step; step < G_N_ELEMENTS (way); step++)
        mil_timeline_add (self->timeline,
                          step == waits[i].step ? MIL_STEP_CURRENT : MIL_STEP_LATER,
                          _ (way[step]),
                          step == waits[i].step ? now : NULL);
    }
}

static void
fill_timeline (MilClaimPage *self, const MilClaimInfo *info)
{
  g_autofree char *end = mil_claim_end_text (info);

  mil_timeline_clear (self->timeline);
  add_events (self, info, end);
  if (end == NULL)
    add_rest_of_way (self, info);
}

static void
add_fact (MilClaimPage *self, AdwPreferencesGroup *group, const char *title, MilMoney amount)
{
  GtkWidget       *row = NULL;
  GtkWidget       *label = NULL;
  g_autofree char *text = NULL;

  if (!mil_money_is_set (amount))
    return;
  text = mil_money_format (amount, MIL_MONEY_PLAIN);
  row = adw_action_row_new ();
  label = gtk_label_new (text);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  /* There is nothing to do here: the keyboard goes on to what can be pressed. */
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
receipt_activated_cb (MilClaimPage *self, AdwActionRow *row)
{
  MilReceiptRecord *receipt = g_object_get_data (G_OBJECT (row), "receipt");

  g_signal_emit (self, signals[RECEIPT_ACTIVATED], 0, receipt);
}

static void
add_receipt (MilClaimPage *self, MilReceiptRecord *receipt)
{
  GtkWidget       *row = adw_action_row_new ();
  const char      *merchant = mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_MERCHANT);
  g_autofree char *amount = mil_money_format (mil_receipt_record_get_amount (receipt), MIL_MONEY_PLAIN);
  GtkWidget       *label = gtk_label_new (amount);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), merchant != NULL ? merchant : C_ ("page", "Receipt"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_DATE));
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mil_icon_new ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  mil_pressable_make (row);
  g_object_set_data_full (G_OBJECT (row), "receipt", g_object_ref (receipt), g_object_unref);
  g_signal_connect_object (row, "activated", G_CALLBACK (receipt_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->receipts, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (MilClaimPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
fill_facts (MilClaimPage *self, const MilClaimInfo *info)
{
  clear_rows (self);
  add_fact (self, self->facts, C_ ("claim", "You paid"), info->total);
  add_fact (self, self->facts, C_ ("claim", "Tax refunded"), info->refund);
  add_fact (self, self->facts, C_ ("claim", "The operator keeps"), info->fee);
  add_fact (self, self->facts, C_ ("claim", "Arrives in your wallet"), info->payout);
  for (guint i = 0; info->receipts != NULL && info->receipts[i] != NULL; i++)
    {
      MilReceiptRecord *receipt = mil_session_find_receipt (self->session, info->receipts[i]);

      if (receipt != NULL)
        add_receipt (self, receipt);
    }
}

static void
fill_head (MilClaimPage *self, const MilClaimInfo *info)
{
  g_autofree char *amount = NULL;
  const char      *words = NULL;

  if (mil_money_is_set (info->payout))
    amount = mil_money_format (info->payout, MIL_MONEY_PLAIN);
  else
    amount = mil_refund_range_text (info->estimate_low, info->estimate_high);
  if (g_str_equal (info->state, "refunded"))
    /* Translators: goes on from the amount of money that stands big above it. */
    words = _ ("is in your wallet.");
  else if (ended_badly (info->state))
    /* Translators: goes on from the amount of money that stands big above it. */
    words = _ ("would have come back.");
  else
    /* Translators: goes on from the amount of money that stands big above it. */
    words = _ ("is about what comes back.");
  gtk_label_set_label (self->amount, amount != NULL ? amount : "");
  gtk_widget_set_visible (GTK_WIDGET (self->amount), amount != NULL);
  gtk_label_set_label (self->explanation, words);
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), amount != NULL);
}

static void
fill_code (MilClaimPage *self, const MilClaimInfo *info)
{
  gboolean wanted = info->number != NULL
                    && (g_str_equal (info->state, "issued") || g_str_equal (info->state, "awaiting-validation"));

  gtk_widget_set_visible (self->code_box, wanted);
  if (wanted && g_strcmp0 (gtk_label_get_label (self->number), info->number) != 0)
    {
      mil_code_set (self->code, MIL_SYMBOL_QR, info->number);
      gtk_label_set_label (self->number, info->number);
    }
}

/* --- what the person can do --------------------------------------------------------------------- */

static gboolean
allows (const MilClaimInfo *info, MilClaimAct act)
{
  MilClaimState state = MIL_CLAIM_DRAFT;

  return mil_claim_state_parse (info->state, &state) && mil_claim_state_allows (state, act, MIL_CLAIM_BY_TRAVELLER);
}

static void
enlarge_cb (MilClaimPage *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  g_assert (MIL_IS_CLAIM_PAGE (self));

  if (view != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), mil_code_page_new (self->claim));
}

static MilDate
purchase_day (MilClaimPage *self)
{
  const MilClaimInfo *info = mil_claim_get_info (self->claim);
  MilReceiptRecord   *receipt = info->receipts != NULL && info->receipts[0] != NULL
                                    ? mil_session_find_receipt (self->session, info->receipts[0])
                                    : NULL;

  return receipt != NULL ? mil_receipt_record_get_date (receipt) : mil_session_get_today (self->session);
}

static void
compare_cb (MilClaimPage *self)
{
  GtkWidget        *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  const MilVerdict *verdict = mil_session_get_claim_verdict (self->session, self->claim);

  g_assert (MIL_IS_CLAIM_PAGE (self));

  if (view != NULL && verdict != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (view),
                              mil_operators_page_new (verdict, mil_claim_get_info (self->claim)->total, purchase_day (self)));
}

static void
fill_arrival (MilClaimPage *self, const MilClaimInfo *info, const MilVerdict *verdict)
{
  g_autofree char *text = ended_badly (info->state) ? NULL : mil_claim_arrival (info, verdict);

  gtk_label_set_label (self->arrival, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->arrival), text != NULL);
  gtk_widget_set_visible (self->compare, text != NULL && verdict != NULL);
}

static gboolean
update_cb (gpointer data)
{
  MilClaimPage       *self = data;
  const MilClaimInfo *info = mil_claim_get_info (self->claim);
  const MilVerdict   *verdict = mil_session_get_claim_verdict (self->session, self->claim);

  self->update = 0;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), info->shop != NULL ? info->shop : C_ ("page", "Claim"));
  fill_head (self, info);
  fill_timeline (self, info);
  mil_spoken_set (GTK_WIDGET (self->timeline), info->state_text);
  fill_code (self, info);
  fill_facts (self, info);
  fill_arrival (self, info, verdict);
  gtk_label_set_label (self->conflict, info->conflict != NULL ? info->conflict : "");
  gtk_widget_set_visible (self->conflict_box, info->conflict != NULL);
  gtk_widget_set_visible (self->dispute, allows (info, MIL_CLAIM_ACT_DISPUTE) && info->dispute_text == NULL);
  gtk_widget_set_visible (self->withdraw, allows (info, MIL_CLAIM_ACT_WITHDRAW));
  mil_focus_if_lost (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
queue_update (MilClaimPage *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
disputed_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilClaimPage *self = object;

  gtk_widget_set_sensitive (self->dispute, TRUE);
  mil_toast (GTK_WIDGET (self), error != NULL ? error->message : C_ ("toast", "Your objection is on its way"));
}

static void
dispute_chosen_cb (AdwAlertDialog *dialog, const char *response, MilClaimPage *self)
{
  GtkWidget     *entry = adw_alert_dialog_get_extra_child (dialog);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (gtk_frame_get_child (GTK_FRAME (entry))));
  GtkTextIter    start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  if (!g_str_equal (response, "send") || *text == '\0')
    return;
  gtk_widget_set_sensitive (self->dispute, FALSE);
  dex_clear (&self->working);
  self->working = mil_wait (self, mil_session_dispute_claim (self->session, self->claim, text), disputed_cb, NULL);
}

static GtkWidget *
new_objection (void)
{
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_size_request (view, -1, 96);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 9);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, C_ ("accessible", "What is not right"), -1);
  gtk_frame_set_child (GTK_FRAME (frame), view);
  return frame;
}

static void
dispute_cb (MilClaimPage *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      C_ ("dialog", "What is not right?"), _ ("Write what happened, and what you have to show for it: a stamp, a boarding pass, a photograph. The operator has to answer.")));

  g_assert (MIL_IS_CLAIM_PAGE (self));

  adw_alert_dialog_set_extra_child (dialog, new_objection ());
  adw_alert_dialog_add_responses (dialog, "cancel", C_ ("button", "_Cancel"), "send", C_ ("button", "_Object"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "send", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (dispute_chosen_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
conflict_read_cb (MilClaimPage *self)
{
  g_assert (MIL_IS_CLAIM_PAGE (self));

  mil_session_forget_conflict (self->session, self->claim);
}

static void
withdrawn_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilClaimPage *self = object;

  gtk_widget_set_sensitive (self->withdraw, TRUE);
  mil_toast (GTK_WIDGET (self), error != NULL ? error->message : _ ("Claim withdrawn"));
}

static void
withdraw_cb (MilClaimPage *self)
{
  g_assert (MIL_IS_CLAIM_PAGE (self));

  gtk_widget_set_sensitive (self->withdraw, FALSE);
  dex_clear (&self->working);
  self->working = mil_wait (self, mil_session_withdraw_claim (self->session, self->claim), withdrawn_cb, NULL);
}

static void
mil_claim_page_dispose (GObject *object)
{
  MilClaimPage *self = MIL_CLAIM_PAGE (object);

  g_clear_handle_id (&self->update, g_source_remove);
  dex_clear (&self->working);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_CLAIM_PAGE);
  g_clear_object (&self->claim);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_claim_page_parent_class)->dispose (object);
}

/* The button that claims has done its work, and the keyboard with it. */
static void
mil_claim_page_shown (AdwNavigationPage *page)
{
  ADW_NAVIGATION_PAGE_CLASS (mil_claim_page_parent_class)->shown (page);
  mil_focus_if_lost (GTK_WIDGET (page));
}

static void
mil_claim_page_class_init (MilClaimPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_claim_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = mil_claim_page_shown;

  /**
   * MilClaimPage::receipt-activated:
   * @self: the page
   * @receipt: a receipt of the claim
   *
   * The person wants to see a receipt.
   */
  signals[RECEIPT_ACTIVATED] = g_signal_new (
      "receipt-activated", MIL_TYPE_CLAIM_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MIL_TYPE_RECEIPT_RECORD);

  g_type_ensure (MIL_TYPE_CLAIM_PAPERS);
  g_type_ensure (MIL_TYPE_CODE);
  g_type_ensure (MIL_TYPE_TIMELINE);
  g_type_ensure (MIL_TYPE_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/claim-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, amount);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, arrival);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, compare);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, conflict_box);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, conflict);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, code_box);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, code);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, number);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, facts);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, receipts);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, papers);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, withdraw);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, dispute);
  gtk_widget_class_bind_template_callback (widget_class, withdraw_cb);
  gtk_widget_class_bind_template_callback (widget_class, enlarge_cb);
  gtk_widget_class_bind_template_callback (widget_class, dispute_cb);
  gtk_widget_class_bind_template_callback (widget_class, conflict_read_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
}

static void
mil_claim_page_init (MilClaimPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_claim_page_new:
 * @session: the session that keeps the claim
 * @claim: the claim
 *
 * Returns: (transfer floating): a page that shows it
 */
MilClaimPage *
mil_claim_page_new (MilSession *session, MilClaim *claim)
{
  MilClaimPage *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_CLAIM (claim), NULL);

  self = g_object_new (MIL_TYPE_CLAIM_PAGE, NULL);
  self->session = g_object_ref (session);
  self->claim = g_object_ref (claim);
  mil_claim_papers_set_claim (self->papers, session, claim);
  g_signal_connect_object (claim, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update_cb (self);
  return self;
}
