/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-packing-page.h"

#include <glib/gi18n.h>

#include "app/refunds/mil-tick-row.h"
#include "app/widgets/mil-header.h"
#include "app/widgets/mil-scene.h"
#include "base/mil-country.h"
#include "traveller/mil-exit-plan.h"

struct _MilPackingPage
{
  AdwNavigationPage parent_instance;

  GtkStack       *stack;
  GtkBox         *lists;
  GtkLabel       *summary;
  GtkProgressBar *progress;

  MilSession *session; /* (owned) */
  MilTrip    *trip;    /* (owned) */
  GPtrArray  *ticks;   /* (owned) of unowned MilTickRow */
  guint       update;  /* idle source */
};

G_DEFINE_FINAL_TYPE (MilPackingPage, mil_packing_page, ADW_TYPE_NAVIGATION_PAGE)

static void
show_progress (MilPackingPage *self)
{
  guint            packed = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->ticks->len; i++)
    packed += mil_tick_row_get_ticked (self->ticks->pdata[i]) ? 1 : 0;
  if (packed == self->ticks->len && packed > 0)
    text = g_strdup (_ ("All is packed."));
  else
    /* Translators: how many things are packed, out of how many. */
    text = g_strdup_printf (_ ("%u of %u packed"), packed, self->ticks->len);
  gtk_label_set_label (self->summary, text);
  gtk_progress_bar_set_fraction (self->progress, self->ticks->len > 0 ? (double) packed / self->ticks->len : 0);
}

static void
add_tick (MilPackingPage *self, AdwPreferencesGroup *group, const char *id, const char *title, const char *subtitle)
{
  GtkWidget *row = mil_tick_row_new (self->session, self->trip, id, title, subtitle);

  g_signal_connect_object (row, "ticked", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->ticks, row);
}

static AdwPreferencesGroup *
add_group (MilPackingPage *self, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char     *escaped = g_markup_escape_text (title, -1);
  g_autofree char     *words = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_preferences_group_set_title (group, escaped);
  adw_preferences_group_set_description (group, words);
  gtk_box_append (self->lists, GTK_WIDGET (group));
  return group;
}

static void
add_papers (MilPackingPage *self, const MilExitPlan *plan)
{
  AdwPreferencesGroup *group = add_group (self, C_ ("packing list", "Papers"), _ ("In your pocket, not in a bag that you hand in."));
  GListModel *people = G_LIST_MODEL (mil_trip_get_info (self->trip)->travellers);

  for (guint i = 0; people != NULL && i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (MilPerson) person = g_list_model_get_item (people, i);
      const MilPersonInfo *info = mil_person_get_info (person);
      g_autofree char     *id = g_strdup_printf ("passport-%s", info->id);
      /* Translators: %s is the name of a traveller. */
      g_autofree char *title = g_strdup_printf (_ ("Passport of %s"), info->name);

      add_tick (self, group, id, title, C_ ("packing list", "The one that the claim names"));
    }
  add_tick (self, group, "boarding-pass", C_ ("packing list", "Boarding pass or ticket"), C_ ("packing list", "Customs want to see that you leave"));
  for (guint i = 0; i < plan->claims->len; i++)
    {
      const MilClaimInfo *info = mil_claim_get_info (plan->claims->pdata[i]);
      g_autofree char    *id = g_strdup_printf ("papers-%s", info->id);
      /* Translators: %s is a shop. */
      g_autofree char *title = g_strdup_printf (_ ("Receipt and form from %s"), info->shop != NULL ? info->shop : "");

      add_tick (self, group, id, title, info->number);
    }
}

/* The sentence of a country's own rule about how the goods are confirmed. */
static char *
country_rule (const MilExitPlan *plan, const char *country)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < plan->steps->len; i++)
    {
      const MilExitStep *step = plan->steps->pdata[i];

      if (g_strcmp0 (step->country, country) != 0
          || (step->place != MIL_EXIT_PLACE_CUSTOMS && step->place != MIL_EXIT_PLACE_AIRSIDE))
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, step->text);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static AdwPreferencesGroup *
add_country (MilPackingPage *self, const MilExitPlan *plan, const char *country)
{
  const char      *name = mil_country_name (country);
  g_autofree char *flag = mil_country_flag (country);
  g_autofree char *title = g_strdup_printf ("%s  %s", flag, name != NULL ? name : country);
  g_autofree char *rule = country_rule (plan, country);

  return add_group (self, title, rule);
}

static void
add_goods (MilPackingPage *self, const MilExitPlan *plan)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < plan->goods->len; i++)
    {
      const MilExitGood   *good = plan->goods->pdata[i];
      AdwPreferencesGroup *group = g_hash_table_lookup (groups, good->country);
      g_autofree char     *words = NULL;

      if (group == NULL)
        {
          group = add_country (self, plan, good->country);
          g_hash_table_insert (groups, good->country, group);
        }
      words = mil_exit_good_words (good, TRUE);
      add_tick (self, group, good->id, good->text, words);
    }
}

static gboolean
update_cb (gpointer data)
{
  MilPackingPage *self = data;
  GtkWidget      *child = NULL;
  g_autoptr (MilExitPlan) plan = mil_exit_plan_new (self->session, self->trip);

  self->update = 0;
  g_ptr_array_set_size (self->ticks, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lists))) != NULL)
    gtk_box_remove (self->lists, child);
  gtk_stack_set_visible_child_name (self->stack, plan->goods->len > 0 ? "list" : "empty");
  if (plan->goods->len > 0)
    {
      add_goods (self, plan);
      add_papers (self, plan);
      show_progress (self);
    }
  return G_SOURCE_REMOVE;
}

static void
queue_update (MilPackingPage *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
mil_packing_page_dispose (GObject *object)
{
  MilPackingPage *self = MIL_PACKING_PAGE (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_pointer (&self->ticks, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MIL_TYPE_PACKING_PAGE);
  g_clear_object (&self->trip);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mil_packing_page_parent_class)->dispose (object);
}

static void
mil_packing_page_class_init (MilPackingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_packing_page_dispose;

  g_type_ensure (MIL_TYPE_HEADER);
  g_type_ensure (MIL_TYPE_SCENE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/packing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilPackingPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MilPackingPage, lists);
  gtk_widget_class_bind_template_child (widget_class, MilPackingPage, summary);
  gtk_widget_class_bind_template_child (widget_class, MilPackingPage, progress);
}

static void
mil_packing_page_init (MilPackingPage *self)
{
  self->ticks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mil_packing_page_new:
 * @session: the session that keeps the trip
 * @trip: the trip that is packed for
 *
 * Returns: (transfer floating): its packing list for the customs desk
 */
AdwNavigationPage *
mil_packing_page_new (MilSession *session, MilTrip *trip)
{
  MilPackingPage *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);
  g_return_val_if_fail (MIL_IS_TRIP (trip), NULL);

  self = g_object_new (MIL_TYPE_PACKING_PAGE, NULL);
  self->session = g_object_ref (session);
  self->trip = g_object_ref (trip);
  g_signal_connect_object (trip, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::coming-back", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mil_session_get_claims (session), "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
