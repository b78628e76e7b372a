/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-reminders.h"

#define TOLD_KEY "reminders-told"
/* How often it is looked whether a new day has begun. */
#define LOOK_SECONDS 600
/* Enough for the rules to be asked again after several changes. */
#define SETTLE_MS 800

struct _MilReminders
{
  GObject parent_instance;

  MilSession       *session; /* (owned) (nullable) */
  GHashTable       *told;    /* (owned): id of the day -> the stage that was told last */
  MilReminderChoice choice;
  guint             timer;
  guint             settle;
  gboolean          loaded; /* what was told before has been read */
};

G_DEFINE_FINAL_TYPE (MilReminders, mil_reminders, G_TYPE_OBJECT)

static guint due_signal;
static guint passed_by_signal;

typedef struct
{
  MilReminderChoice choice;
  int               days;
} Stage;

/* The later one is the more urgent one. */
static const Stage stages[] = {
  { MIL_REMIND_WEEK, 7 },
  { MIL_REMIND_TWO_DAYS, 2 },
  { MIL_REMIND_DAY, 0 },
};

static void
mil_reminders_dispose (GObject *object)
{
  MilReminders *self = MIL_REMINDERS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mil_reminders_parent_class)->dispose (object);
}

static void
mil_reminders_finalize (GObject *object)
{
  g_hash_table_unref (MIL_REMINDERS (object)->told);
  G_OBJECT_CLASS (mil_reminders_parent_class)->finalize (object);
}

static void
mil_reminders_class_init (MilRemindersClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_reminders_dispose;
  G_OBJECT_CLASS (klass)->finalize = mil_reminders_finalize;
  due_signal = g_signal_new ("due", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, MIL_TYPE_DUE_DAY, G_TYPE_INT);
  passed_by_signal = g_signal_new ("passed-by", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mil_reminders_init (MilReminders *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->choice = MIL_REMIND_WEEK | MIL_REMIND_TWO_DAYS | MIL_REMIND_DAY;
}

static void
load_told (MilReminders *self)
{
  g_autoptr (JsonNode) node = mil_session_load_draft (self->session, TOLD_KEY);
  JsonObjectIter iter;
  const char    *id = NULL;
  JsonNode      *value = NULL;

  self->loaded = TRUE;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &id, &value))
    if (json_node_get_value_type (value) == G_TYPE_INT64)
      g_hash_table_insert (self->told, g_strdup (id), GINT_TO_POINTER ((int) json_node_get_int (value)));
}

static void
save_told (MilReminders *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  GHashTableIter iter;
  gpointer       id = NULL, stage = NULL;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, &stage))
    json_object_set_int_member (object, id, GPOINTER_TO_INT (stage));
  json_node_set_object (node, object);
  mil_session_save_draft (self->session, TOLD_KEY, node);
}

/* The most urgent of the chosen stages that has come; 0 for none, else its number from 1. */
static int
stage_of (MilReminders *self, int days_left)
{
  int stage = 0;

  if (days_left < 0)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if ((self->choice & stages[i].choice) && days_left <= stages[i].days)
      stage = (int) i + 1;
  return stage;
}

static gboolean
forget_closed (MilReminders *self, GPtrArray *days)
{
  g_autoptr (GHashTable) open = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) closed = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer       id = NULL;

  for (guint i = 0; i < days->len; i++)
    g_hash_table_add (open, ((MilDueDay *) days->pdata[i])->id);
  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (open, id))
      g_ptr_array_add (closed, g_strdup (id));
  for (guint i = 0; i < closed->len; i++)
    {
      g_hash_table_remove (self->told, closed->pdata[i]);
      g_signal_emit (self, passed_by_signal, 0, closed->pdata[i]);
    }
  return closed->len > 0;
}

/**
 * mil_reminders_check:
 * @self: reminders
 *
 * Looks what is due now. This happens by itself when something changes and as time passes.
 */
void
mil_reminders_check (MilReminders *self)
{
  g_autoptr (GPtrArray) days = NULL;
  MilDate  today = { 0 };
  gboolean changed = FALSE;

  g_return_if_fail (MIL_IS_REMINDERS (self));

  if (self->session == NULL || !mil_session_is_loaded (self->session))
    return;
  if (!self->loaded)
    load_told (self);
  today = mil_session_get_today (self->session);
  days = mil_session_list_due_days (self->session, NULL);
  for (guint i = 0; i < days->len; i++)
    {
      MilDueDay *due = days->pdata[i];
      int        left = mil_date_days_until (today, due->day);
      int        stage = stage_of (self, left);

      if (stage == 0 || stage <= GPOINTER_TO_INT (g_hash_table_lookup (self->told, due->id)))
        continue;
      g_hash_table_insert (self->told, g_strdup (due->id), GINT_TO_POINTER (stage));
      changed = TRUE;
      g_signal_emit (self, due_signal, 0, due, left);
    }
  changed |= forget_closed (self, days);
  if (changed)
    save_told (self);
}

static gboolean
look_cb (gpointer data)
{
  mil_reminders_check (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
settled_cb (gpointer data)
{
  MilReminders *self = data;

  self->settle = 0;
  mil_reminders_check (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (MilReminders *self)
{
  g_assert (MIL_IS_REMINDERS (self));

  if (self->settle == 0)
    self->settle = g_timeout_add (SETTLE_MS, settled_cb, self);
}

/**
 * mil_reminders_new:
 * @session: whose days are watched
 *
 * Returns: (transfer full): reminders that remind of everything
 */
MilReminders *
mil_reminders_new (MilSession *session)
{
  MilReminders *self = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session), NULL);

  self = g_object_new (MIL_TYPE_REMINDERS, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::loaded", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::coming-back", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::current-trip", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->timer = g_timeout_add_seconds (LOOK_SECONDS, look_cb, self);
  return self;
}

/**
 * mil_reminders_set_choice:
 * @self: reminders
 * @choice: when to remind
 *
 * Changes when the person is reminded; what has been told is not told again.
 */
void
mil_reminders_set_choice (MilReminders *self, MilReminderChoice choice)
{
  g_return_if_fail (MIL_IS_REMINDERS (self));

  if (self->choice == choice)
    return;
  self->choice = choice;
  changed_cb (self);
}
