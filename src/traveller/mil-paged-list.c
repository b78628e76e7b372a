/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-paged-list.h"

#include "traveller/mil-record.h"

/* How near to the end a reader may come before the next page is asked for. */
#define READ_AHEAD 8

typedef struct
{
  GListStore *items;   /* (owned) */
  char       *next;    /* (owned) (nullable) */
  DexFuture  *pending; /* (owned) (nullable) */
  GError     *error;   /* (owned) (nullable) */
  guint       stamp;   /* tells a load that was overtaken from the current one */
  guint       idle;
  gboolean    loading;
  gboolean    loaded;
  gboolean    failed_first;
} MilPagedListPrivate;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (MilPagedList,
                                  mil_paged_list,
                                  G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (MilPagedList) G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

G_DEFINE_BOXED_TYPE (MilListPage, mil_list_page, mil_list_page_copy, mil_list_page_free)

typedef enum
{
  PROP_LOADING = 1,
  PROP_ERROR,
  PROP_HAS_MORE,
  PROP_N_ITEMS,
  PROP_EMPTY,
  N_PROPS,
} MilPagedListProperty;

static GParamSpec *props[N_PROPS];

typedef struct
{
  GWeakRef list;
  char    *cursor;
  guint    stamp;
  gboolean cached_first;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_weak_ref_clear (&load->list);
  g_free (load->cursor);
  g_free (load);
}

/* The list, if it still lives and still waits for this load. */
static MilPagedList *
load_list (Load *load)
{
  g_autoptr (MilPagedList) self = g_weak_ref_get (&load->list);
  MilPagedListPrivate *priv = self != NULL ? mil_paged_list_get_instance_private (self) : NULL;

  return priv != NULL && priv->stamp == load->stamp ? g_steal_pointer (&self) : NULL;
}

static void
take_page (MilPagedList *self, MilListPage *page, gboolean first)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);

  g_set_str (&priv->next, page->next);
  if (first)
    mil_record_list_sync (priv->items, page->items);
  else
    g_list_store_splice (
        priv->items, g_list_model_get_n_items (G_LIST_MODEL (priv->items)), 0, page->items->pdata, page->items->len);
}

static void
end_load (MilPagedList *self, const GError *error, gboolean first)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);

  g_clear_error (&priv->error);
  priv->error = error != NULL ? g_error_copy (error) : NULL;
  priv->failed_first = error != NULL && first;
  priv->loading = FALSE;
  priv->loaded = error == NULL;
  for (guint i = PROP_LOADING; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

static void
show_cached (Load *load)
{
  g_autoptr (MilPagedList) self = load_list (load);
  g_autoptr (MilListPage) page = NULL;
  DexFuture *cached = NULL;

  if (self == NULL || MIL_PAGED_LIST_GET_CLASS (self)->load_cached == NULL)
    return;
  cached = MIL_PAGED_LIST_GET_CLASS (self)->load_cached (self);
  g_clear_object (&self);
  page = mil_await_pointer (cached, NULL);
  self = load_list (load);
  if (self == NULL || page == NULL || page->items->len == 0)
    return;
  take_page (self, page, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

static DexFuture *
load_fiber (gpointer data)
{
  Load *load = data;
  g_autoptr (MilPagedList) self = NULL;
  g_autoptr (MilListPage) page = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *asked = NULL;

  if (load->cached_first)
    show_cached (load);
  self = load_list (load);
  if (self == NULL)
    return dex_future_new_true ();
  asked = MIL_PAGED_LIST_GET_CLASS (self)->load_page (self, load->cursor);
  g_clear_object (&self);
  page = mil_await_pointer (asked, &error);
  self = load_list (load);
  if (self == NULL)
    return dex_future_new_true ();
  if (page != NULL)
    take_page (self, page, load->cursor == NULL);
  end_load (self, error, load->cursor == NULL);
  return dex_future_new_true ();
}

static void
start_load (MilPagedList *self, const char *cursor, gboolean cached_first)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);
  Load                *load = g_new0 (Load, 1);

  dex_clear (&priv->pending);
  g_weak_ref_init (&load->list, self);
  load->cursor = g_strdup (cursor);
  load->stamp = ++priv->stamp;
  load->cached_first = cached_first;
  g_clear_error (&priv->error);
  priv->loading = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EMPTY]);
  priv->pending = mil_spawn (load_fiber, load, load_free);
}

/* --- the model ---------------------------------------------------------------------------------- */

static gboolean
on_idle_cb (gpointer data)
{
  MilPagedList        *self = MIL_PAGED_LIST (data);
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);

  priv->idle = 0;
  if (priv->error == NULL)
    mil_paged_list_load_more (self);
  return G_SOURCE_REMOVE;
}

static GType
mil_paged_list_get_item_type (GListModel *model)
{
  return MIL_TYPE_RECORD;
}

static guint
mil_paged_list_get_n (GListModel *model)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (MIL_PAGED_LIST (model));

  return g_list_model_get_n_items (G_LIST_MODEL (priv->items));
}

/* A model may not change while it is read, so the next page is asked for a moment later. */
static gpointer
mil_paged_list_get_item (GListModel *model, guint position)
{
  MilPagedList        *self = MIL_PAGED_LIST (model);
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);

  if (priv->next != NULL && !priv->loading && priv->error == NULL && priv->idle == 0
      && position + READ_AHEAD >= mil_paged_list_get_n (model))
    priv->idle = g_idle_add (on_idle_cb, self);
  return g_list_model_get_item (G_LIST_MODEL (priv->items), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mil_paged_list_get_item_type;
  iface->get_n_items = mil_paged_list_get_n;
  iface->get_item = mil_paged_list_get_item;
}

static void
on_items_changed_cb (GListModel *items, guint position, guint removed, guint added, gpointer data)
{
  g_assert (MIL_IS_PAGED_LIST (data));

  g_list_model_items_changed (G_LIST_MODEL (data), position, removed, added);
}

static void
mil_paged_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilPagedList        *self = MIL_PAGED_LIST (object);
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);

  switch ((MilPagedListProperty) prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, priv->loading);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, priv->error);
      break;
    case PROP_HAS_MORE:
      g_value_set_boolean (value, priv->next != NULL);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, mil_paged_list_get_n (G_LIST_MODEL (self)));
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, priv->loaded && !priv->loading && mil_paged_list_get_n (G_LIST_MODEL (self)) == 0);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_paged_list_dispose (GObject *object)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (MIL_PAGED_LIST (object));

  g_clear_handle_id (&priv->idle, g_source_remove);
  dex_clear (&priv->pending);
  G_OBJECT_CLASS (mil_paged_list_parent_class)->dispose (object);
}

static void
mil_paged_list_finalize (GObject *object)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (MIL_PAGED_LIST (object));

  g_clear_object (&priv->items);
  g_clear_error (&priv->error);
  g_free (priv->next);
  G_OBJECT_CLASS (mil_paged_list_parent_class)->finalize (object);
}

static void
mil_paged_list_class_init (MilPagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mil_paged_list_get_property;
  object_class->dispose = mil_paged_list_dispose;
  object_class->finalize = mil_paged_list_finalize;
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_HAS_MORE] = g_param_spec_boolean ("has-more", NULL, NULL, FALSE, flags);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mil_paged_list_init (MilPagedList *self)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);

  priv->items = g_list_store_new (MIL_TYPE_RECORD);
  g_signal_connect_object (priv->items, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_DEFAULT);
}

/**
 * mil_list_page_new:
 * @items: (transfer full) (element-type GObject): what it holds
 * @next: (nullable): where the next one starts
 *
 * Returns: (transfer full): a page
 */
MilListPage *
mil_list_page_new (GPtrArray *items, const char *next)
{
  MilListPage *self = NULL;

  g_return_val_if_fail (items != NULL, NULL);

  self = g_new0 (MilListPage, 1);
  self->items = items;
  self->next = g_strdup (next);
  return self;
}

/**
 * mil_list_page_copy:
 * @self: a page
 *
 * Returns: (transfer full): the same; the items are shared
 */
MilListPage *
mil_list_page_copy (const MilListPage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return mil_list_page_new (g_ptr_array_ref (self->items), self->next);
}

/**
 * mil_list_page_free:
 * @self: (transfer full): a page
 *
 * Frees it.
 */
void
mil_list_page_free (MilListPage *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->items);
  g_free (self->next);
  g_free (self);
}

/**
 * mil_paged_list_reload:
 * @self: a list
 *
 * Asks for the first page again. What is there stays until it has come; where nothing is there yet,
 * what was known last time is shown meanwhile.
 */
void
mil_paged_list_reload (MilPagedList *self)
{
  g_return_if_fail (MIL_IS_PAGED_LIST (self));

  start_load (self, NULL, TRUE);
}

/**
 * mil_paged_list_load_more:
 * @self: a list
 *
 * Asks for the next page, if there is one and none is under way. Reading near the end does the same.
 */
void
mil_paged_list_load_more (MilPagedList *self)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);
  g_autofree char     *cursor = NULL;

  g_return_if_fail (MIL_IS_PAGED_LIST (self));

  if (priv->loading || priv->next == NULL)
    return;
  cursor = g_strdup (priv->next);
  start_load (self, cursor, FALSE);
}

/**
 * mil_paged_list_retry:
 * @self: a list
 *
 * Asks again for the page that failed.
 */
void
mil_paged_list_retry (MilPagedList *self)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);

  g_return_if_fail (MIL_IS_PAGED_LIST (self));

  if (priv->error == NULL || priv->loading)
    return;
  if (priv->failed_first || priv->next == NULL)
    mil_paged_list_reload (self);
  else
    mil_paged_list_load_more (self);
}

/**
 * mil_paged_list_is_loading:
 * @self: a list
 *
 * Returns: whether a page is under way
 */
gboolean
mil_paged_list_is_loading (MilPagedList *self)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);

  g_return_val_if_fail (MIL_IS_PAGED_LIST (self), FALSE);

  return priv->loading;
}

/**
 * mil_paged_list_has_more:
 * @self: a list
 *
 * Returns: whether there is a page after those that are here
 */
gboolean
mil_paged_list_has_more (MilPagedList *self)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);

  g_return_val_if_fail (MIL_IS_PAGED_LIST (self), FALSE);

  return priv->next != NULL;
}

/**
 * mil_paged_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why the last page did not come
 */
GError *
mil_paged_list_get_error (MilPagedList *self)
{
  MilPagedListPrivate *priv = mil_paged_list_get_instance_private (self);

  g_return_val_if_fail (MIL_IS_PAGED_LIST (self), NULL);

  return priv->error;
}

/**
 * mil_paged_list_get_n_items:
 * @self: a list
 *
 * Returns: how many items are here
 */
guint
mil_paged_list_get_n_items (MilPagedList *self)
{
  g_return_val_if_fail (MIL_IS_PAGED_LIST (self), 0);

  return mil_paged_list_get_n (G_LIST_MODEL (self));
}
