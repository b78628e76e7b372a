/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-what-if-page.h"

#include <glib/gi18n.h>

#include "app/mil-toast.h"
#include "app/mil-wait.h"
#include "app/refunds/mil-verdict-words.h"
#include "app/widgets/mil-chip.h"
#include "app/widgets/mil-country-row.h"
#include "app/widgets/mil-date-row.h"
#include "app/widgets/mil-header.h"
#include "app/widgets/mil-icon.h"
#include "app/widgets/mil-pressable.h"
#include "app/widgets/mil-scene.h"

/* Enough to let an amount be typed. */
#define SETTLE_MS 150

struct _MilWhatIfPage
{
  AdwNavigationPage parent_instance;

  GtkStack            *stack;
  GtkWidget           *foot;
  MilDateRow          *day;
  MilCountryRow       *exit_country;
  AdwComboRow         *baggage;
  AdwEntryRow         *extra;
  AdwComboRow         *extra_shop;
  GtkWidget           *payer_group;
  AdwComboRow         *payer_receipt;
  AdwComboRow         *payer;
  GtkWidget           *card;
  GtkLabel            *then_amount;
  GtkLabel            *then_words;
  GtkLabel            *difference;
  AdwPreferencesGroup *forms;
  AdwPreferencesGroup *exits;
  GtkWidget           *use;
  GtkWidget           *reset;

  MilSession *session;  /* (owned) */
  MilTrip    *trip;     /* (owned) */
  GPtrArray  *receipts; /* (owned): as the lists of shops show them */
  GPtrArray  *rows;     /* (owned) of unowned rows that were added */
  GPtrArray  *ways;     /* (owned) of unowned rows of other exits */
  GPtrArray  *offers;   /* (owned) (nullable) (element-type MilExitOffer): what they are about */
  DexFuture  *asking;   /* (owned) (nullable) */
  guint       settle;
  gboolean    filling;
};

G_DEFINE_FINAL_TYPE (MilWhatIfPage, mil_what_if_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- what the person wants to know -------------------------------------------------------------- */

static MilReceiptRecord *
chosen_receipt (MilWhatIfPage *self, AdwComboRow *row, guint first)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected != GTK_INVALID_LIST_POSITION && selected >= first && selected - first < self->receipts->len
             ? self->receipts->pdata[selected - first]
             : NULL;
}

static MilMoney
typed_amount (MilWhatIfPage *self)
{
  const char       *typed = gtk_editable_get_text (GTK_EDITABLE (self->extra));
  MilReceiptRecord *receipt = chosen_receipt (self, self->extra_shop, 0);
  MilMoney          like = receipt != NULL ? mil_receipt_record_get_amount (receipt) : (MilMoney) { 0 };
  MilMoney          amount = { 0 };

  gtk_widget_remove_css_class (GTK_WIDGET (self->extra), "error");
  if (*typed == '\0' || receipt == NULL)
    return amount;
  if (mil_receipt_parse_amount (typed, like.currency, &amount))
    return amount;
  gtk_widget_add_css_class (GTK_WIDGET (self->extra), "error");
  return (MilMoney) { 0 };
}

static const char *
chosen_payer (MilWhatIfPage *self)
{
  g_autoptr (MilPerson) person = NULL;
  guint selected = adw_combo_row_get_selected (self->payer);

  if (chosen_receipt (self, self->payer_receipt, 1) == NULL || selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  person = g_list_model_get_item (G_LIST_MODEL (mil_trip_get_info (self->trip)->travellers), selected);
  return person != NULL ? mil_person_get_info (person)->id : NULL;
}

static const MilBaggage  baggages[] = { MIL_BAGGAGE_UNKNOWN, MIL_BAGGAGE_CHECKED, MIL_BAGGAGE_CARRIED };
static const char *const baggage_words[] = { NULL, "checked", "carried" };

static MilWhatIf
wanted (MilWhatIfPage *self)
{
  const MilTripInfo *info = mil_trip_get_info (self->trip);
  MilReceiptRecord  *shop = chosen_receipt (self, self->extra_shop, 0);
  MilReceiptRecord  *paid = chosen_receipt (self, self->payer_receipt, 1);
  MilDate            day = mil_date_row_get_date (self->day);
  MilWhatIf          change = { 0 };

  if (mil_date_is_set (day) && mil_date_compare (day, info->to) != 0)
    change.leaves_on = day;
  change.exit_country = mil_country_row_get_country (self->exit_country);
  change.baggage = baggages[MIN (adw_combo_row_get_selected (self->baggage), G_N_ELEMENTS (baggages) - 1)];
  change.extra = typed_amount (self);
  change.extra_receipt = shop != NULL ? mil_receipt_record_get_id (shop) : NULL;
  change.payer_receipt = paid != NULL ? mil_receipt_record_get_id (paid) : NULL;
  change.payer = chosen_payer (self);
  return change;
}

/* Whether there is something in it that can be kept: an item that is not bought cannot. */
static gboolean
changes_plan (MilWhatIfPage *self, const MilWhatIf *change)
{
  const MilTripInfo *info = mil_trip_get_info (self->trip);
  const char *bag = baggage_words[MIN (adw_combo_row_get_selected (self->baggage), G_N_ELEMENTS (baggage_words) - 1)];

  return mil_date_is_set (change->leaves_on) || g_strcmp0 (change->exit_country, info->exit_country) != 0
         || g_strcmp0 (bag, info->baggage) != 0 || change->payer != NULL;
}

/* --- what the rules say ------------------------------------------------------------------------- */

static void
clear_rows (MilWhatIfPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->forms, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static const char *
purchase_name (MilWhatIfPage *self, const char *id)
{
  MilReceiptRecord *receipt = mil_session_find_receipt (self->session, id);
  const char *shop = receipt != NULL ? mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_MERCHANT) : NULL;

  if (g_str_equal (id, MIL_WHAT_IF_EXTRA))
    return C_ ("what if", "One more item");
  return shop != NULL && *shop != '\0' ? shop : C_ ("page", "Receipt");
}

static char *
form_name (MilWhatIfPage *self, const MilVerdict *verdict)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; verdict->purchases != NULL && verdict->purchases[i] != NULL; i++)
    g_strv_builder_add (names, purchase_name (self, verdict->purchases[i]));
  list = g_strv_builder_end (names);
  return g_strjoinv (" + ", list);
}

static void
add_form (MilWhatIfPage *self, const MilVerdict *verdict)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *chip = mil_chip_new ();
  g_autofree char *name = form_name (self, verdict);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (verdict->headline != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), verdict->headline);
  mil_chip_set_verdict (MIL_CHIP (chip), verdict);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), chip);
  adw_preferences_group_add (self->forms, row);
  g_ptr_array_add (self->rows, row);
}

/* --- other ways out ----------------------------------------------------------------------------- */

static void
way_cb (MilWhatIfPage *self, GtkWidget *row)
{
  guint index = 0;

  g_assert (MIL_IS_WHAT_IF_PAGE (self));

  if (!g_ptr_array_find (self->ways, row, &index))
    return;
  mil_country_row_set_country (self->exit_country,
                               ((const MilExitOffer *) g_ptr_array_index (self->offers, index))->exit->country);
  g_signal_emit_by_name (self->exit_country, "changed");
}

/* Of the country that the trip leaves from as planned, the airport or port is known too. */
static char *
way_title (MilWhatIfPage *self, const MilExit *exit)
{
  const MilTripInfo *info = mil_trip_get_info (self->trip);
  MilExit            known = *exit;
  g_autofree char   *place = NULL;
  g_autofree char   *day = NULL;

  if (known.point == NULL && g_strcmp0 (known.country, info->exit_country) == 0)
    known.point = info->exit_point;
  place = mil_exit_offer_place (&known);
  if (!mil_date_is_set (exit->on))
    /* Translators: %s is a place such as "France (CDG)" or "Italy". */
    return g_strdup_printf (C_ ("what if", "Leave from %s"), place);
  day = mil_date_format (exit->on);
  /* Translators: a place such as "France (CDG)" or "Italy", and a day. */
  return g_strdup_printf (C_ ("what if", "Leave from %s on %s"), place, day);
}

static void
add_way (MilWhatIfPage *self, const MilExitOffer *offer)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *title = way_title (self, offer->exit);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), offer->text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  mil_pressable_make (row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mil_icon_new ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (way_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->exits, row);
  g_ptr_array_add (self->ways, row);
}

static void
show_ways (MilWhatIfPage *self, GPtrArray *offers)
{
  for (guint i = 0; i < self->ways->len; i++)
    adw_preferences_group_remove (self->exits, g_ptr_array_index (self->ways, i));
  g_ptr_array_set_size (self->ways, 0);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  self->offers = g_ptr_array_ref (offers);
  for (guint i = 0; i < offers->len; i++)
    add_way (self, offers->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->exits), offers->len > 0);
}

/* --- the sum ------------------------------------------------------------------------------------ */

static char *
difference_text (const MilWhatIfAnswer *answer, int *sign)
{
  MilMoney         more = { 0 };
  g_autofree char *amount = NULL;

  *sign = 0;
  if (!mil_money_is_set (answer->then_low) || !mil_money_subtract (answer->then_low, answer->now_low, &more, NULL))
    return NULL;
  if (more.minor == 0 && !mil_money_subtract (answer->then_high, answer->now_high, &more, NULL))
    return NULL;
  if (more.minor == 0)
    return g_strdup (C_ ("what if", "Nothing changes."));
  *sign = more.minor > 0 ? 1 : -1;
  more.minor = ABS (more.minor);
  amount = mil_money_format (more, MIL_MONEY_PLAIN);
  return *sign > 0 ? g_strdup_printf (C_ ("what if", "%s more than as planned"), amount)
                   : g_strdup_printf (C_ ("what if", "%s less than as planned"), amount);
}

static void
show_answer (MilWhatIfPage *self, const MilWhatIfAnswer *answer)
{
  int              sign = 0;
  g_autofree char *then = mil_refund_range_text (answer->then_low, answer->then_high);
  g_autofree char *now = mil_refund_range_text (answer->now_low, answer->now_high);
  g_autofree char *difference = difference_text (answer, &sign);
  g_autofree char *words = NULL;

  if (now != NULL)
    /* Translators: goes on from an amount that stands above it; %s is the amount as the trip is planned. */
    words = g_strdup_printf (C_ ("what if", "would come back; as planned it is %s."), now);
  else
    /* Translators: goes on from an amount that stands above it. */
    words = g_strdup (C_ ("what if", "would come back; as planned it is nothing."));
  gtk_label_set_label (self->then_amount, then != NULL ? then : C_ ("what if", "Nothing"));
  gtk_label_set_label (self->then_words, words);
  gtk_label_set_label (self->difference, difference != NULL ? difference : "");
  gtk_widget_set_visible (GTK_WIDGET (self->difference), difference != NULL);
  if (difference != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), difference, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_widget_remove_css_class (self->card, "more");
  gtk_widget_remove_css_class (self->card, "less");
  if (sign != 0)
    gtk_widget_add_css_class (self->card, sign > 0 ? "more" : "less");
  clear_rows (self);
  for (guint i = 0; i < answer->then->len; i++)
    add_form (self, answer->then->pdata[i]);
  show_ways (self, answer->exits);
}

static void
answered_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilWhatIfPage *self = object;

  if (value != NULL && G_VALUE_HOLDS (value, MIL_TYPE_WHAT_IF_ANSWER))
    show_answer (self, g_value_get_boxed (value));
  else if (error != NULL)
    gtk_label_set_label (self->then_words, error->message);
}

static gboolean
ask_cb (gpointer data)
{
  MilWhatIfPage *self = data;
  MilWhatIf      change = wanted (self);

  self->settle = 0;
  dex_clear (&self->asking);
  self->asking = mil_wait (self, mil_session_what_if (self->session, self->trip, &change), answered_cb, NULL);
  gtk_widget_set_sensitive (self->use, changes_plan (self, &change));
  gtk_widget_set_sensitive (self->reset, changes_plan (self, &change) || mil_money_is_set (change.extra));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (MilWhatIfPage *self)
{
  g_assert (MIL_IS_WHAT_IF_PAGE (self));

  if (self->filling || self->session == NULL)
    return;
  g_clear_handle_id (&self->settle, g_source_remove);
  self->settle = g_timeout_add (SETTLE_MS, ask_cb, self);
}

/* --- as planned, and kept ----------------------------------------------------------------------- */

static void
fill (MilWhatIfPage *self)
{
  const MilTripInfo *info = mil_trip_get_info (self->trip);

  self->filling = TRUE;
  mil_date_row_set_date (self->day, info->to);
  mil_country_row_set_country (self->exit_country, info->exit_country != NULL ? info->exit_country : info->country);
  for (guint i = 0; i < G_N_ELEMENTS (baggage_words); i++)
    if (g_strcmp0 (baggage_words[i], info->baggage) == 0)
      adw_combo_row_set_selected (self->baggage, i);
  gtk_editable_set_text (GTK_EDITABLE (self->extra), "");
  adw_combo_row_set_selected (self->payer_receipt, 0);
  self->filling = FALSE;
}

static void
reset_cb (MilWhatIfPage *self)
{
  g_assert (MIL_IS_WHAT_IF_PAGE (self));

  fill (self);
  changed_cb (self);
}

static void
saved_cb (gpointer object, const GValue *value, const GError *error, gpointer data)
{
  MilWhatIfPage *self = object;

  mil_toast (GTK_WIDGET (self), error != NULL ? error->message : C_ ("toast", "Your trip is changed"));
  if (error == NULL)
    changed_cb (self);
}

static void
use_cb (MilWhatIfPage *self)
{
  MilTripInfo info = *mil_trip_get_info (self->trip);
  MilWhatIf   change = wanted (self);

  g_assert (MIL_IS_WHAT_IF_PAGE (self));

  if (mil_date_is_set (change.leaves_on))
    info.to = change.leaves_on;
  if (g_strcmp0 (change.exit_country, info.exit_country) != 0)
    info.exit_point = NULL;
  info.exit_country = (char *) change.exit_country;
  info.baggage = (char *) baggage_words[MIN (adw_combo_row_get_selected (self->baggage), G_N_ELEMENTS (baggage_words) - 1)];
  if (change.payer != NULL)
    {
      mil_session_set_payer (self->session,
                             mil_session_find_receipt (self->session, change.payer_receipt),
                             change.payer);
      adw_combo_row_set_selected (self->payer_receipt, 0);
    }
  dex_clear (&self->asking);
  self->asking = mil_wait (self, mil_session_save_trip (self->session, &info), saved_cb, NULL);
}

/* --- the lists ---------------------------------------------------------------------------------- */

static char *
receipt_name (MilReceiptRecord *receipt)
{
  const char      *shop = mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_MERCHANT);
  g_autofree char *amount = mil_money_format (mil_receipt_record_get_amount (receipt), MIL_MONEY_PLAIN);

  /* Translators: a shop and the amount of its receipt. */
  return g_strdup_printf (C_ ("receipt", "%s, %s"), shop != NULL && *shop != '\0' ? shop : C_ ("page", "Receipt"), amount);
}

static void
fill_receipts (MilWhatIfPage *self)
{
  const MilTripInfo *info = mil_trip_get_info (self->trip);
  GListModel        *all = mil_session_get_receipts (self->session);
  g_autoptr (GtkStringList) shops = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) paid = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->receipts, 0);
  gtk_string_list_append (paid, C_ ("what if", "None: as it is"));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (all, i);
      g_autofree char *name = NULL;

      if (g_strcmp0 (mil_receipt_record_get_trip_id (receipt), info->id) != 0
          || mil_receipt_record_get_verdict (receipt) == NULL || mil_receipt_record_get_section (receipt) == MIL_SECTION_ARRIVED)
        continue;
      name = receipt_name (receipt);
      gtk_string_list_append (shops, name);
      gtk_string_list_append (paid, name);
      g_ptr_array_add (self->receipts, g_object_ref (receipt));
    }
  adw_combo_row_set_model (self->extra_shop, G_LIST_MODEL (shops));
  adw_combo_row_set_model (self->payer_receipt, G_LIST_MODEL (paid));
}

static void
fill_people (MilWhatIfPage *self)
{
  GListModel *people = G_LIST_MODEL (mil_trip_get_info (self->trip)->travellers);
  guint       n = people != NULL ? g_list_model_get_n_items (people) : 0;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MilPerson) person = g_list_model_get_item (people, i);

      gtk_string_list_append (names, mil_person_get_info (person)->name);
    }
  adw_combo_row_set_model (self->payer, G_LIST_MODEL (names));
  gtk_widget_set_visible (self->payer_group, n > 1);
  if (n > 1)
    adw_combo_row_set_selected (self->payer, 1);
}

static void
mil_what_if_page_dispose (GObject *object)
{
  MilWhatIfPage *self = MIL_WHAT_IF_PAGE (object);

  self->filling = TRUE;
  g_clear_handle_id (&self->settle, g_source_remove);
  dex_clear (&self->asking);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->ways, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_WHAT_IF_PAGE);
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_clear_object (&self->trip);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_what_if_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, stack);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, foot);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, day);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, exit_country);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, baggage);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, extra);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, extra_shop);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, payer_group);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, payer_receipt);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, payer);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, card);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, then_amount);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, then_words);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, difference);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, forms);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, exits);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, use);
  gtk_widget_class_bind_template_child (klass, MilWhatIfPage, reset);
}

static void
mil_what_if_page_class_init (MilWhatIfPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_what_if_page_dispose;

  g_type_ensure (MIL_TYPE_COUNTRY_ROW);
  g_type_ensure (MIL_TYPE_DATE_ROW);
  g_type_ensure (MIL_TYPE_HEADER);
  g_type_ensure (MIL_TYPE_SCENE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/what-if-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
mil_what_if_page_init (MilWhatIfPage *self)
{
  self->rows = g_ptr_array_new ();
  self->ways = g_ptr_array_new ();
  self->receipts = g_ptr_array_new_with_free_func (g_object_unref);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  mil_pressable_make (GTK_WIDGET (self->baggage));
  mil_pressable_make (GTK_WIDGET (self->extra_shop));
  mil_pressable_make (GTK_WIDGET (self->payer_receipt));
  mil_pressable_make (GTK_WIDGET (self->payer));
}

/**
 * mil_what_if_page_new:
 * @session: the session that keeps the trip
 * @trip: the trip that might go otherwise
 *
 * Returns: (transfer floating): a page to try that out on
 */
AdwNavigationPage *
mil_what_if_page_new (MilSession *session, MilTrip *trip)
{
  MilWhatIfPage *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_TRIP (trip), NULL);

  self = g_object_new (MIL_TYPE_WHAT_IF_PAGE, NULL);
  self->session = g_object_ref (session);
  self->trip = g_object_ref (trip);
  fill_receipts (self);
  fill_people (self);
  fill (self);
  gtk_stack_set_visible_child_name (self->stack, self->receipts->len > 0 ? "ask" : "empty");
  gtk_widget_set_visible (self->foot, self->receipts->len > 0);
  ask_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
