/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-cover.h"

#include "refund/mil-item.h"

/* Receipts of one shop and day, at most two or three on a form. Where a heavier receipt is never worth less,
 * a best set takes the heaviest ones: a lighter receipt on a form can be exchanged for a heavier one that is
 * on none. So the question is only how many of the heaviest can be put on forms without a rest.
 *
 * That is tried from the lightest on: it needs partners. Of two partners that do, the lighter ones are
 * enough, since the heavier ones do as well wherever the lighter ones would have been. */

#define LEAST_BUDGET 400

typedef struct
{
  const gint64 *weights; /* descending */
  guint         n_weights;
  gint64        least;
  guint         most_items;
  guint         budget;
  GHashTable   *hopeless; /* sets that leave a rest */
  int          *group_of;
} Cover;

static gint64
weight_of (const Cover *cover, guint64 set)
{
  gint64 weight = 0;

  for (; set != 0; set &= set - 1)
    weight = mil_add_saturating (weight, cover->weights[__builtin_ctzll (set)]);
  return weight;
}

static gboolean
is_enough (const Cover *cover, guint64 set)
{
  gint64 forms = (__builtin_popcountll (set) + cover->most_items - 1) / cover->most_items;
  gint64 needed;

  return !__builtin_mul_overflow (forms, cover->least, &needed) && weight_of (cover, set) >= needed;
}

/* The lightest of @set that lifts @weight to what is needed; -1 for none. */
static int
lightest_partner (const Cover *cover, guint64 set, gint64 weight)
{
  for (; set != 0;)
    {
      int i = 63 - __builtin_clzll (set);

      if (mil_add_saturating (weight, cover->weights[i]) >= cover->least)
        return i;
      set &= ~(G_GUINT64_CONSTANT (1) << i);
    }
  return -1;
}

static gboolean solve (Cover *cover, guint64 set, int group);

static gboolean
try_form (Cover *cover, guint64 set, guint64 form, int group)
{
  if (!solve (cover, set & ~form, group + 1))
    return FALSE;
  for (; form != 0; form &= form - 1)
    cover->group_of[__builtin_ctzll (form)] = group;
  return TRUE;
}

/* The lightest one with one middle partner and the lightest third that does, for every middle partner. */
static gboolean
try_threes (Cover *cover, guint64 set, guint64 rest, guint64 lightest, gint64 weight, int group)
{
  int last_third = -1;

  for (guint64 middles = rest; middles != 0;)
    {
      int     middle = 63 - __builtin_clzll (middles);
      guint64 bit = G_GUINT64_CONSTANT (1) << middle;
      /* Only heavier ones as third: the others have been its middle partner already. */
      guint64 thirds = rest & (bit - 1);
      int     third = lightest_partner (cover, thirds, mil_add_saturating (weight, cover->weights[middle]));

      middles &= ~bit;
      if (third < 0 || third == last_third)
        continue;
      last_third = third;
      if (try_form (cover, set, lightest | bit | G_GUINT64_CONSTANT (1) << third, group))
        return TRUE;
    }
  return FALSE;
}

static gboolean
solve_from_lightest (Cover *cover, guint64 set, int group)
{
  guint64 lightest = G_GUINT64_CONSTANT (1) << (63 - __builtin_clzll (set));
  guint64 rest = set & ~lightest;
  gint64  weight = weight_of (cover, lightest);
  int     partner;

  if (weight >= cover->least)
    return try_form (cover, set, lightest, group);
  if (cover->most_items > 2 && try_threes (cover, set, rest, lightest, weight, group))
    return TRUE;
  partner = lightest_partner (cover, rest, weight);
  return partner >= 0 && try_form (cover, set, lightest | G_GUINT64_CONSTANT (1) << partner, group);
}

/* Puts all of @set on forms, if it can be done. */
static gboolean
solve (Cover *cover, guint64 set, int group)
{
  gint64 key = set;

  if (set == 0)
    return TRUE;
  if (cover->budget == 0 || !is_enough (cover, set) || g_hash_table_contains (cover->hopeless, &key))
    return FALSE;
  cover->budget--;
  if (solve_from_lightest (cover, set, group))
    return TRUE;
  if (cover->budget > 0)
    g_hash_table_add (cover->hopeless, g_memdup2 (&key, sizeof key));
  return FALSE;
}

/**
 * mil_cover_heaviest: (skip)
 * @weights: (array length=n_weights): weights in descending order, at most %MIL_COVER_MAX
 * @n_weights: how many
 * @least: what each form has to weigh
 * @most_items: how many fit on a form: 2 or 3
 * @budget: how many sets may be looked at
 * @group_of: (out caller-allocates) (array length=n_weights): number of the form of each, or -1 for none
 *
 * Puts as many of the heaviest on forms as can be done.
 *
 * Returns: whether there is certainly no way to put more of them on forms
 */
gboolean
mil_cover_heaviest (const gint64 *weights, guint n_weights, gint64 least, guint most_items, guint budget, int *group_of)
{
  Cover    cover = { weights, n_weights, least, most_items, 0, NULL, group_of };
  gboolean exact = TRUE;
  guint64  set;

  g_return_val_if_fail (n_weights <= MIL_COVER_MAX, FALSE);
  g_return_val_if_fail (most_items == 2 || most_items == 3, FALSE);

  cover.hopeless = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < n_weights; i++)
    group_of[i] = -1;
  for (guint n = n_weights; n > 0; n--)
    {
      guint share = CLAMP (budget / 4, LEAST_BUDGET, MAX (budget, LEAST_BUDGET));

      set = n == 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << n) - 1;
      cover.budget = share;
      if (solve (&cover, set, 0))
        break;
      exact = exact && cover.budget > 0;
      budget -= MIN (budget, share - cover.budget);
    }
  g_hash_table_unref (cover.hopeless);
  return exact;
}
