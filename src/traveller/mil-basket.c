/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-basket.h"

#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>

#define MAX_QUANTITY 999

struct _MilBasket
{
  GObject parent_instance;

  MilSession    *session; /* (unowned): it owns the basket */
  GListStore    *lines;   /* (owned) */
  GListStore    *stores;  /* (owned) */
  MilBasketLine *removed; /* (owned) (nullable): what undo brings back */
  guint          removed_at;
  int            n_pieces;
  MilMoney       home_total;
  gboolean       partial;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MilBasket, mil_basket, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

typedef enum
{
  PROP_N_PIECES = 1,
  PROP_EMPTY,
  PROP_STORES,
  PROP_HOME_TOTAL,
  PROP_HOME_TOTAL_PARTIAL,
  N_PROPS,
} MilBasketProperty;

static GParamSpec *props[N_PROPS];

/* --- the model ---------------------------------------------------------------------------------- */

static GType
mil_basket_get_item_type (GListModel *model)
{
  return MIL_TYPE_BASKET_LINE;
}

static guint
mil_basket_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (MIL_BASKET (model)->lines));
}

static gpointer
mil_basket_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (MIL_BASKET (model)->lines), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mil_basket_get_item_type;
  iface->get_n_items = mil_basket_get_n_items;
  iface->get_item = mil_basket_get_item;
}

static void
on_lines_changed_cb (GListModel *lines, guint position, guint removed, guint added, gpointer data)
{
  g_assert (MIL_IS_BASKET (data));

  g_list_model_items_changed (G_LIST_MODEL (data), position, removed, added);
}

static void
mil_basket_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilBasket *self = MIL_BASKET (object);

  switch ((MilBasketProperty) prop_id)
    {
    case PROP_N_PIECES:
      g_value_set_int (value, self->n_pieces);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, self->n_pieces == 0);
      break;
    case PROP_STORES:
      g_value_set_object (value, self->stores);
      break;
    case PROP_HOME_TOTAL:
      g_value_set_boxed (value, mil_money_is_set (self->home_total) ? &self->home_total : NULL);
      break;
    case PROP_HOME_TOTAL_PARTIAL:
      g_value_set_boolean (value, self->partial);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_basket_finalize (GObject *object)
{
  MilBasket *self = MIL_BASKET (object);

  g_clear_object (&self->lines);
  g_clear_object (&self->stores);
  g_clear_object (&self->removed);
  G_OBJECT_CLASS (mil_basket_parent_class)->finalize (object);
}

static void
mil_basket_class_init (MilBasketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mil_basket_get_property;
  object_class->finalize = mil_basket_finalize;
  props[PROP_N_PIECES] = g_param_spec_int ("n-pieces", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, flags);
  props[PROP_STORES] = g_param_spec_object ("stores", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_HOME_TOTAL] = g_param_spec_boxed ("home-total", NULL, NULL, MIL_TYPE_MONEY, flags);
  props[PROP_HOME_TOTAL_PARTIAL] = g_param_spec_boolean ("home-total-partial", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mil_basket_init (MilBasket *self)
{
  self->lines = g_list_store_new (MIL_TYPE_BASKET_LINE);
  self->stores = g_list_store_new (MIL_TYPE_BASKET_STORE);
  g_signal_connect_object (self->lines, "items-changed", G_CALLBACK (on_lines_changed_cb), self, G_CONNECT_DEFAULT);
}

/**
 * mil_basket_new: (skip)
 * @session: (transfer none): the session that owns it
 *
 * Returns: (transfer full): an empty basket
 */
MilBasket *
mil_basket_new (MilSession *session)
{
  MilBasket *self = g_object_new (MIL_TYPE_BASKET, NULL);

  self->session = session;
  return self;
}

/* --- sums --------------------------------------------------------------------------------------- */

/* The line with its totals worked out. */
static void
update_line (MilBasket *self, MilBasketLine *line)
{
  MilBasketLineInfo info = *mil_basket_line_get_info (line);

  if (!mil_money_times (info.price, info.quantity, &info.total, NULL))
    info.total = info.price;
  info.home_total = mil_session_to_home (self->session, info.total);
  mil_record_set_value (MIL_RECORD (line), &info);
}

static MilBasketStore *
sum_store (MilBasket *self, GPtrArray *lines)
{
  const MilBasketLineInfo *first = mil_basket_line_get_info (lines->pdata[0]);
  g_autoptr (GListStore) list = g_list_store_new (MIL_TYPE_BASKET_LINE);
  MilBasketStoreInfo info = {
    .id = first->store_id,
    .name = first->store_name,
    .country = first->country,
    .lines = list,
    .subtotal = mil_money (0, first->price.currency),
    .delivery = mil_money (0, first->price.currency),
  };

  for (guint i = 0; i < lines->len; i++)
    if (!mil_money_add (info.subtotal, mil_basket_line_get_info (lines->pdata[i])->total, &info.subtotal, NULL))
      g_message ("A basket holds two currencies of one store; it is counted in the first.");
  g_list_store_splice (list, 0, 0, lines->pdata, lines->len);
  mil_money_add (info.subtotal, info.delivery, &info.total, NULL);
  info.home_total = mil_session_to_home (self->session, info.total);
  return mil_basket_store_new (&info);
}

/* Lines by store, in the order in which the stores came into the basket. */
static GPtrArray *
sum_stores (MilBasket *self)
{
  GPtrArray *sums = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_store = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->lines)); i++)
    {
      MilBasketLine *line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);
      char          *store = mil_basket_line_get_info (line)->store_id;
      GPtrArray     *lines = g_hash_table_lookup (by_store, store);

      if (lines == NULL)
        {
          lines = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (by_store, store, lines);
          g_ptr_array_add (order, lines);
        }
      g_ptr_array_add (lines, line);
    }
  for (guint i = 0; i < order->len; i++)
    g_ptr_array_add (sums, sum_store (self, order->pdata[i]));
  return sums;
}

static void
sum_up (MilBasket *self)
{
  const char *currency = mil_session_get_home_currency (self->session);
  MilMoney    total = { 0 };
  int         pieces = 0;
  guint       n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));

  self->partial = FALSE;
  if (currency != NULL && *currency != '\0')
    total = mil_money (0, currency);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MilBasketLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);
      const MilBasketLineInfo *info = mil_basket_line_get_info (line);

      pieces += info->quantity;
      if (!mil_money_is_set (info->home_total) || !mil_money_is_set (total)
          || !mil_money_add (total, info->home_total, &total, NULL))
        self->partial = TRUE;
    }
  self->n_pieces = pieces;
  self->home_total = self->partial ? (MilMoney) { 0 } : total;
}

/**
 * mil_basket_update: (skip)
 * @self: a basket
 *
 * Works all sums out again: a line, a rate or the home currency has changed.
 */
void
mil_basket_update (MilBasket *self)
{
  g_autoptr (GPtrArray) sums = NULL;

  g_return_if_fail (MIL_IS_BASKET (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->lines)); i++)
    {
      g_autoptr (MilBasketLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);
      update_line (self, line);
    }
  sums = sum_stores (self);
  mil_record_list_sync (self->stores, sums);
  sum_up (self);
  for (guint i = PROP_N_PIECES; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

/* --- what the session does with it -------------------------------------------------------------- */

/**
 * mil_basket_load: (skip)
 * @self: a basket
 * @documents: what the store held
 *
 * Brings back what was in it. What was added before the store was read stays.
 */
void
mil_basket_load (MilBasket *self, MilDocuments *documents)
{
  g_autoptr (GListStore) loaded = g_list_store_new (MIL_TYPE_BASKET_LINE);

  g_return_if_fail (MIL_IS_BASKET (self));
  g_return_if_fail (documents != NULL);

  mil_session_load_records (documents, MIL_KIND_BASKET, MIL_TYPE_BASKET_LINE, loaded);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (loaded)); i++)
    {
      g_autoptr (MilBasketLine) line = g_list_model_get_item (G_LIST_MODEL (loaded), i);
      if (mil_record_list_find (G_LIST_MODEL (self->lines), mil_record_get_id (MIL_RECORD (line)), NULL) == NULL)
        g_list_store_append (self->lines, line);
    }
  mil_basket_update (self);
}

/**
 * mil_basket_clear: (skip)
 * @self: a basket
 *
 * Empties it: everything was bought.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk
 */
DexFuture *
mil_basket_clear (MilBasket *self)
{
  MilBatch *batch = NULL;

  dex_return_error_if_fail (MIL_IS_BASKET (self));

  batch = mil_batch_new ();
  mil_batch_delete_kind (batch, MIL_KIND_BASKET);
  g_list_store_remove_all (self->lines);
  g_clear_object (&self->removed);
  mil_basket_update (self);
  return mil_local_store_write (self->session->store, batch);
}

/* --- what the person does with it --------------------------------------------------------------- */

static DexFuture *
save_line (MilBasket *self, MilBasketLine *line)
{
  g_autoptr (JsonNode) json = mil_record_to_json (MIL_RECORD (line));

  mil_basket_update (self);
  return mil_local_store_put (self->session->store, MIL_KIND_BASKET, mil_basket_line_get_info (line)->id, json);
}

/**
 * mil_basket_get_stores:
 * @self: a basket
 *
 * Returns: (transfer none): a list of #MilBasketStore
 */
GListModel *
mil_basket_get_stores (MilBasket *self)
{
  g_return_val_if_fail (MIL_IS_BASKET (self), NULL);

  return G_LIST_MODEL (self->stores);
}

/**
 * mil_basket_get_n_pieces:
 * @self: a basket
 *
 * Returns: sum of all quantities
 */
int
mil_basket_get_n_pieces (MilBasket *self)
{
  g_return_val_if_fail (MIL_IS_BASKET (self), 0);

  return self->n_pieces;
}

/**
 * mil_basket_get_home_total:
 * @self: a basket
 *
 * Returns: about how much all of it is in the home currency; unset where a rate is missing
 */
MilMoney
mil_basket_get_home_total (MilBasket *self)
{
  g_return_val_if_fail (MIL_IS_BASKET (self), (MilMoney) { 0 });

  return self->home_total;
}

/**
 * mil_basket_find:
 * @self: a basket
 * @variant_id: (nullable): a variant
 *
 * Returns: (transfer none) (nullable): its line
 */
MilBasketLine *
mil_basket_find (MilBasket *self, const char *variant_id)
{
  g_return_val_if_fail (MIL_IS_BASKET (self), NULL);

  return mil_record_list_find (G_LIST_MODEL (self->lines), variant_id, NULL);
}

/**
 * mil_basket_add:
 * @self: a basket
 * @info: what to buy; quantity and totals are not looked at
 * @quantity: how many more of it, at least 1
 *
 * Puts something in, or more of it where it is there already.
 *
 * Returns: (transfer full): a future that resolves when it is on the disk
 */
DexFuture *
mil_basket_add (MilBasket *self, const MilBasketLineInfo *info, int quantity)
{
  MilBasketLine    *line = NULL;
  MilBasketLineInfo copy = { 0 };

  dex_return_error_if_fail (MIL_IS_BASKET (self));
  dex_return_error_if_fail (info != NULL && info->id != NULL && info->store_id != NULL);
  dex_return_error_if_fail (quantity >= 1);

  line = mil_basket_find (self, info->id);
  copy = *info;
  copy.quantity = quantity + (line != NULL ? mil_basket_line_get_info (line)->quantity : 0);
  copy.quantity = MIN (copy.quantity, MAX_QUANTITY);
  if (line != NULL)
    {
      mil_record_set_value (MIL_RECORD (line), &copy);
      return save_line (self, line);
    }
  {
    g_autoptr (MilBasketLine) added = mil_basket_line_new (&copy);
    update_line (self, added);
    g_list_store_append (self->lines, added);
    return save_line (self, added);
  }
}

/**
 * mil_basket_set_quantity:
 * @self: a basket
 * @line: one of its lines
 * @quantity: how many; 0 takes it out
 *
 * Returns: (transfer full): a future that resolves when it is on the disk
 */
DexFuture *
mil_basket_set_quantity (MilBasket *self, MilBasketLine *line, int quantity)
{
  MilBasketLineInfo info = { 0 };

  dex_return_error_if_fail (MIL_IS_BASKET (self));
  dex_return_error_if_fail (MIL_IS_BASKET_LINE (line));

  if (quantity <= 0)
    return mil_basket_remove (self, line);
  info = *mil_basket_line_get_info (line);
  info.quantity = MIN (quantity, MAX_QUANTITY);
  mil_record_set_value (MIL_RECORD (line), &info);
  return save_line (self, line);
}

/**
 * mil_basket_remove:
 * @self: a basket
 * @line: one of its lines
 *
 * Takes a line out. mil_basket_undo() brings the last one back.
 *
 * Returns: (transfer full): a future that resolves when it is on the disk
 */
DexFuture *
mil_basket_remove (MilBasket *self, MilBasketLine *line)
{
  guint position = 0;

  dex_return_error_if_fail (MIL_IS_BASKET (self));
  dex_return_error_if_fail (MIL_IS_BASKET_LINE (line));

  if (!g_list_store_find (self->lines, line, &position))
    return dex_future_new_true ();
  g_set_object (&self->removed, line);
  self->removed_at = position;
  g_list_store_remove (self->lines, position);
  mil_basket_update (self);
  return mil_local_store_delete (self->session->store,
                                 MIL_KIND_BASKET,
                                 mil_basket_line_get_info (self->removed)->id);
}

/**
 * mil_basket_can_undo:
 * @self: a basket
 *
 * Returns: whether there is a line to bring back
 */
gboolean
mil_basket_can_undo (MilBasket *self)
{
  g_return_val_if_fail (MIL_IS_BASKET (self), FALSE);

  return self->removed != NULL;
}

/**
 * mil_basket_undo:
 * @self: a basket
 *
 * Brings the line back that was taken out last, where it was.
 *
 * Returns: (transfer full): a future that resolves when it is on the disk
 */
DexFuture *
mil_basket_undo (MilBasket *self)
{
  g_autoptr (MilBasketLine) line = NULL;

  dex_return_error_if_fail (MIL_IS_BASKET (self));

  line = g_steal_pointer (&self->removed);
  if (line == NULL)
    return dex_future_new_true ();
  if (mil_basket_find (self, mil_basket_line_get_info (line)->id) != NULL)
    return mil_basket_add (self, mil_basket_line_get_info (line), mil_basket_line_get_info (line)->quantity);
  g_list_store_insert (self->lines, MIN (self->removed_at, g_list_model_get_n_items (G_LIST_MODEL (self->lines))), line);
  return save_line (self, line);
}
