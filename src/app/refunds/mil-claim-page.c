/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-claim-page.h"

#include <glib/gi18n.h>

#include "app/mil-wait.h"
#include "app/mil-toast.h"
#include "app/refunds/mil-claim-papers.h"
#include "app/refunds/mil-timeline.h"
#include "app/refunds/mil-verdict-words.h"
#include "app/widgets/mil-header.h"
#include "pay/mil-qr.h"

/* ISO/IEC 18004 wants four light modules around the symbol. */
#define QUIET_MODULES 4
#define MODULE_PIXELS 12

struct _MilClaimPage
{
  AdwNavigationPage parent_instance;

  GtkLabel            *amount;
  GtkLabel            *explanation;
  MilTimeline         *timeline;
  GtkWidget           *code_box;
  GtkPicture          *code;
  GtkLabel            *number;
  AdwPreferencesGroup *facts;
  AdwPreferencesGroup *receipts;
  MilClaimPapers      *papers;
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

/* The way that a claim goes when all is well, in order; the state that ends each step. */
typedef struct
{
  const char *state;
  const char *later; /* msgid: what the step is called before it is reached */
  const char *now;   /* msgid: what to do while it is waited for */
} Milestone;

static const Milestone way[] = {
  { "submitted", N_ ("Sent to the refund operator"), N_ ("It is sent as soon as the network is there.") },
  { "issued", N_ ("Tax-free form issued"), N_ ("The operator is making your form.") },
  { "validated", N_ ("Validated by customs"), N_ ("Before you check your bags in, show the goods, the receipt and your passport at customs.") },
  { "refund-pending", N_ ("Refund approved"), N_ ("The operator is checking the customs stamp.") },
  { "refunded", N_ ("Money in your wallet"), N_ ("The money is on its way.") },
};

static const MilClaimEventInfo *
find_event (GListStore *events, const char *state)
{
  for (guint i = 0; events != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (events)); i++)
    {
      g_autoptr (MilClaimEvent) event = g_list_model_get_item (G_LIST_MODEL (events), i);
      const MilClaimEventInfo *info = mil_claim_event_get_info (event);

      if (g_str_equal (info->state, state)
          || (g_str_equal (state, "validated") && g_str_equal (info->state, "partially-validated")))
        return info;
    }
  return NULL;
}

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

static void
add_bad_end (MilClaimPage *self, const MilClaimInfo *info)
{
  const MilClaimEventInfo *event = find_event (info->events, info->state);
  g_autofree char         *detail = event != NULL ? event_detail (event) : NULL;

  mil_timeline_add (self->timeline, MIL_STEP_FAILED, info->state_text, detail);
}

static char *
waiting_detail (MilClaimPage *self, const MilClaimInfo *info, const Milestone *step)
{
  g_autofree char *deadline = NULL;

  if (info->problem != NULL)
    return g_strdup (info->problem);
  if (!g_str_equal (step->state, "validated"))
    return g_strdup (_ (step->now));
  deadline = mil_deadline_text (info->export_by, mil_session_get_today (self->session));
  if (deadline == NULL)
    return g_strdup (_ (step->now));
  return g_strdup_printf ("%s\n%s", _ (step->now), deadline);
}

static void
fill_timeline (MilClaimPage *self, const MilClaimInfo *info)
{
  gboolean waiting = FALSE;

  mil_timeline_clear (self->timeline);
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    {
      const MilClaimEventInfo *event = find_event (info->events, way[i].state);
      g_autofree char         *detail = NULL;

      if (event != NULL)
        {
          detail = event_detail (event);
          mil_timeline_add (self->timeline, MIL_STEP_DONE, event->state_text, detail);
        }
      else if (ended_badly (info->state))
        {
          add_bad_end (self, info);
          return;
        }
      else
        {
          detail = waiting ? NULL : waiting_detail (self, info, &way[i]);
          mil_timeline_add (self->timeline, waiting ? MIL_STEP_LATER : MIL_STEP_CURRENT, _ (way[i].later), detail);
          waiting = TRUE;
        }
    }
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
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
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

/* Modules are drawn as squares of several pixels, so that scaling does not blur them. */
static GdkTexture *
new_code_texture (const char *number)
{
  g_autoptr (MilQr) qr = mil_qr_encode (number, NULL);
  g_autofree guint8 *pixels = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize side = 0;

  if (qr == NULL)
    return NULL;
  side = (gsize) (qr->size + 2 * QUIET_MODULES) * MODULE_PIXELS;
  pixels = g_malloc (side * side * 3);
  memset (pixels, 0xff, side * side * 3);
  for (gsize y = 0; y < side; y++)
    for (gsize x = 0; x < side; x++)
      {
        int row = (int) (y / MODULE_PIXELS) - QUIET_MODULES;
        int column = (int) (x / MODULE_PIXELS) - QUIET_MODULES;

        if (row >= 0 && row < qr->size && column >= 0 && column < qr->size && qr->modules[row * qr->size + column])
          memset (pixels + (y * side + x) * 3, 0, 3);
      }
  bytes = g_bytes_new_take (g_steal_pointer (&pixels), side * side * 3);
  return gdk_memory_texture_new ((int) side, (int) side, GDK_MEMORY_R8G8B8, bytes, side * 3);
}

static void
fill_code (MilClaimPage *self, const MilClaimInfo *info)
{
  gboolean wanted = info->number != NULL && g_str_equal (info->state, "issued");

  gtk_widget_set_visible (self->code_box, wanted);
  if (wanted && g_strcmp0 (gtk_label_get_label (self->number), info->number) != 0)
    {
      g_autoptr (GdkTexture) texture = new_code_texture (info->number);

      gtk_picture_set_paintable (self->code, GDK_PAINTABLE (texture));
      gtk_label_set_label (self->number, info->number);
    }
}

static gboolean
update_cb (gpointer data)
{
  MilClaimPage            *self = data;
  const MilClaimInfo      *info = mil_claim_get_info (self->claim);
  static const char *const open[] = { "queued", "submitted", "issued", NULL };

  self->update = 0;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), info->shop != NULL ? info->shop : C_ ("page", "Claim"));
  fill_head (self, info);
  fill_timeline (self, info);
  fill_code (self, info);
  fill_facts (self, info);
  gtk_widget_set_visible (self->withdraw, g_strv_contains (open, info->state));
  return G_SOURCE_REMOVE;
}

static void
queue_update (MilClaimPage *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
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

static void
mil_claim_page_class_init (MilClaimPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_claim_page_dispose;

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
  g_type_ensure (MIL_TYPE_TIMELINE);
  g_type_ensure (MIL_TYPE_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/claim-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, amount);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, code_box);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, code);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, number);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, facts);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, receipts);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, papers);
  gtk_widget_class_bind_template_child (widget_class, MilClaimPage, withdraw);
  gtk_widget_class_bind_template_callback (widget_class, withdraw_cb);
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
