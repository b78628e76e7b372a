/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/wallet/mil-card-fan.h"

#include <adwaita.h>

#include "app/wallet/mil-wallet-card.h"

/* ISO/IEC 7810 ID-1: 85.60 mm by 53.98 mm. */
#define CARD_RATIO 1.586
#define CARD_WIDTH 340
#define CARD_LEAST_WIDTH 260
#define STEP 42
#define TURN 3.0f
#define MARGIN 14

struct _MilCardFan
{
  GtkWidget parent_instance;

  GPtrArray    *cards;  /* (element-type MilWalletCard) (unowned): front one first */
  GHashTable   *places; /* card -> where it came from, in steps behind the front, times 1000 */
  GListModel   *wallets;
  AdwAnimation *animation;
  double        progress; /* 0 at the old places, 1 at the new ones */
};

G_DEFINE_FINAL_TYPE (MilCardFan, mil_card_fan, GTK_TYPE_WIDGET)

enum
{
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static double
place_of (MilCardFan *self, guint index)
{
  gpointer card = g_ptr_array_index (self->cards, index);
  double   from = GPOINTER_TO_INT (g_hash_table_lookup (self->places, card)) / 1000.0;

  return from + ((double) index - from) * self->progress;
}

static int
card_width (int width)
{
  return CLAMP (width - 2 * MARGIN, CARD_LEAST_WIDTH, CARD_WIDTH);
}

static void
mil_card_fan_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  MilCardFan *self = MIL_CARD_FAN (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = CARD_LEAST_WIDTH + 2 * MARGIN;
      *natural = CARD_WIDTH + 2 * MARGIN;
    }
  else
    {
      int height = (int) (card_width (for_size > 0 ? for_size : CARD_WIDTH) / CARD_RATIO);

      *minimum = *natural = height + 2 * MARGIN + STEP * MAX (0, (int) self->cards->len - 1);
    }
}

static GtkSizeRequestMode
mil_card_fan_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mil_card_fan_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MilCardFan *self = MIL_CARD_FAN (widget);
  int         card = card_width (width);
  int         card_height = (int) (card / CARD_RATIO);
  int         back = (int) self->cards->len - 1;

  for (guint i = 0; i < self->cards->len; i++)
    {
      double        place = place_of (self, i);
      float         scale = 1 - 0.04f * (float) place;
      GskTransform *transform = NULL;
      int           least = 0;

      gtk_widget_measure (g_ptr_array_index (self->cards, i), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      transform = gsk_transform_translate (NULL,
                                           &GRAPHENE_POINT_INIT ((float) width / 2,
                                                                 (float) (MARGIN + STEP * (back - place))
                                                                     + (float) card_height / 2));
      transform = gsk_transform_rotate (transform, -TURN * (float) place);
      transform = gsk_transform_scale (transform, scale, scale);
      transform = gsk_transform_translate (transform, &GRAPHENE_POINT_INIT (-(float) card / 2, -(float) card_height / 2));
      gtk_widget_allocate (g_ptr_array_index (self->cards, i), MAX (card, least), card_height, -1, transform);
    }
}

static void
animate_cb (double value, gpointer data)
{
  MilCardFan *self = MIL_CARD_FAN (data);

  self->progress = value;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
keep_places (MilCardFan *self)
{
  for (guint i = 0; i < self->cards->len; i++)
    g_hash_table_insert (self->places,
                         g_ptr_array_index (self->cards, i),
                         GINT_TO_POINTER ((int) (place_of (self, i) * 1000)));
}

static void
card_clicked_cb (MilCardFan *self, MilWalletCard *card)
{
  guint index = 0;

  g_assert (MIL_IS_CARD_FAN (self));

  if (!g_ptr_array_find (self->cards, card, &index))
    return;
  keep_places (self);
  g_ptr_array_remove_index (self->cards, index);
  g_ptr_array_insert (self->cards, 0, card);
  /* What is drawn last is in front, and gets the clicks. */
  for (guint i = 0; i < self->cards->len; i++)
    gtk_widget_insert_after (g_ptr_array_index (self->cards, i), GTK_WIDGET (self), NULL);
  self->progress = 0;
  adw_animation_play (self->animation);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
wallets_changed_cb (MilCardFan *self)
{
  MilWallet *front = mil_card_fan_get_wallet (self);
  GtkWidget *child = NULL;

  g_assert (MIL_IS_CARD_FAN (self));

  g_hash_table_remove_all (self->places);
  g_ptr_array_set_size (self->cards, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; self->wallets != NULL && i < g_list_model_get_n_items (self->wallets); i++)
    {
      g_autoptr (MilWallet) wallet = g_list_model_get_item (self->wallets, i);
      GtkWidget *card = mil_wallet_card_new ();

      mil_wallet_card_set_wallet (MIL_WALLET_CARD (card), wallet);
      g_signal_connect_object (card, "clicked", G_CALLBACK (card_clicked_cb), self, G_CONNECT_SWAPPED);
      mil_wallet_card_set_style (MIL_WALLET_CARD (card), (MilContourStyle) (i % 3));
      g_ptr_array_insert (self->cards, wallet == front ? 0 : -1, card);
    }
  for (guint i = 0; i < self->cards->len; i++)
    gtk_widget_insert_after (g_ptr_array_index (self->cards, i), GTK_WIDGET (self), NULL);
  self->progress = 1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
mil_card_fan_dispose (GObject *object)
{
  MilCardFan *self = MIL_CARD_FAN (object);
  GtkWidget  *child = NULL;

  if (self->wallets != NULL)
    g_signal_handlers_disconnect_by_func (self->wallets, wallets_changed_cb, self);
  g_clear_object (&self->wallets);
  g_clear_object (&self->animation);
  g_ptr_array_set_size (self->cards, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mil_card_fan_parent_class)->dispose (object);
}

static void
mil_card_fan_finalize (GObject *object)
{
  MilCardFan *self = MIL_CARD_FAN (object);

  g_ptr_array_unref (self->cards);
  g_hash_table_unref (self->places);
  G_OBJECT_CLASS (mil_card_fan_parent_class)->finalize (object);
}

static void
mil_card_fan_class_init (MilCardFanClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mil_card_fan_dispose;
  object_class->finalize = mil_card_fan_finalize;
  widget_class->measure = mil_card_fan_measure;
  widget_class->get_request_mode = mil_card_fan_get_request_mode;
  widget_class->size_allocate = mil_card_fan_size_allocate;

  /**
   * MilCardFan::selected:
   *
   * Another wallet is in front, or the wallets have changed.
   */
  signals[SELECTED] = g_signal_new ("selected", MIL_TYPE_CARD_FAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "fan");
}

static void
mil_card_fan_init (MilCardFan *self)
{
  self->cards = g_ptr_array_new ();
  self->places = g_hash_table_new (NULL, NULL);
  self->progress = 1;
  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, 250, adw_callback_animation_target_new (animate_cb, self, NULL));
}

/**
 * mil_card_fan_new:
 *
 * Returns: (transfer floating): a fan without cards
 */
GtkWidget *
mil_card_fan_new (void)
{
  return g_object_new (MIL_TYPE_CARD_FAN, NULL);
}

/**
 * mil_card_fan_set_wallets:
 * @self: a fan
 * @wallets: a list of #MilWallet, which is followed
 *
 * To be called once.
 */
void
mil_card_fan_set_wallets (MilCardFan *self, GListModel *wallets)
{
  g_return_if_fail (MIL_IS_CARD_FAN (self));
  g_return_if_fail (G_IS_LIST_MODEL (wallets));
  g_return_if_fail (self->wallets == NULL);

  self->wallets = g_object_ref (wallets);
  g_signal_connect_swapped (wallets, "items-changed", G_CALLBACK (wallets_changed_cb), self);
  wallets_changed_cb (self);
}

/**
 * mil_card_fan_get_wallet:
 * @self: a fan
 *
 * Returns: (transfer none) (nullable): the wallet whose card is in front
 */
MilWallet *
mil_card_fan_get_wallet (MilCardFan *self)
{
  g_return_val_if_fail (MIL_IS_CARD_FAN (self), NULL);

  return self->cards->len > 0 ? mil_wallet_card_get_wallet (g_ptr_array_index (self->cards, 0)) : NULL;
}
