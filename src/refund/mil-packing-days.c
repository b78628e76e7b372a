/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-packing-days.h"

#include "refund/mil-item.h"

/* Many receipts of one shop over many days, any number on a form. In the order of their days, a form is a
 * stretch of neighbours: which stretches are worth most is found from the first day on, each end once. */

typedef struct
{
  const MilPackingItem  *items;
  const MilPackingRules *rules;
  guint                 *order; /* by day, then the heaviest first */
  guint                  n;
  gint64                *best;  /* of the first n */
  guint                 *start; /* where the last form of those begins; n where the last one is on none */
} Line;

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const MilPackingItem *items = data;
  const MilPackingItem *x = &items[*(const guint *) a], *y = &items[*(const guint *) b];

  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  return *(const guint *) a < *(const guint *) b ? -1 : 1;
}

static void
find_best (Line *line)
{
  for (guint end = 1; end <= line->n; end++)
    {
      const MilPackingItem *last = &line->items[line->order[end - 1]];
      gint64                weight = 0, value = 0;

      line->best[end] = line->best[end - 1];
      line->start[end] = end;
      for (guint begin = end; begin-- > 0;)
        {
          const MilPackingItem *item = &line->items[line->order[begin]];
          gint64                sum;

          if (last->day - item->day >= (int) line->rules->days)
            break;
          weight = mil_add_saturating (weight, item->weight);
          value = mil_add_saturating (value, item->value);
          if (weight < line->rules->least)
            continue;
          sum = mil_add_saturating (line->best[begin], mil_add_saturating (value, -line->rules->fee));
          if (sum <= line->best[end])
            continue;
          line->best[end] = sum;
          line->start[end] = begin;
        }
    }
}

static int
put_on_forms (const Line *line, int *group_of)
{
  int groups = 0;

  for (guint end = line->n; end > 0;)
    {
      if (line->start[end] == end)
        {
          end--;
          continue;
        }
      for (guint i = line->start[end]; i < end; i++)
        group_of[line->order[i]] = groups;
      end = line->start[end];
      groups++;
    }
  return groups;
}

static gboolean
reaches (const Line *line, const int *group_of, int group, int day)
{
  for (guint i = 0; i < line->n; i++)
    {
      if (group_of[i] == group && ABS (line->items[i].day - day) >= (int) line->rules->days)
        return FALSE;
    }
  return TRUE;
}

/* A receipt that is left over costs nothing on a form whose days reach it. */
static void
join_rest (const Line *line, int groups, int *group_of)
{
  for (guint i = 0; i < line->n; i++)
    {
      for (int g = 0; g < groups && group_of[i] < 0 && line->items[i].value > 0; g++)
        {
          if (reaches (line, group_of, g, line->items[i].day))
            group_of[i] = g;
        }
    }
}

/**
 * mil_packing_by_days: (skip)
 * @items: (array length=n_items): receipts that may be on one form wherever their days allow it
 * @n_items: how many
 * @rules: what a form asks for: days, and no limit to the number of receipts
 * @group_of: (out caller-allocates) (array length=n_items): number of the form of each receipt, or -1 for none
 *
 * Finds a good set of forms for any number of receipts: the best of those whose forms are stretches of days.
 */
void
mil_packing_by_days (const MilPackingItem *items, guint n_items, const MilPackingRules *rules, int *group_of)
{
  g_autofree guint  *order = g_new (guint, n_items + 1);
  g_autofree gint64 *best = g_new0 (gint64, n_items + 1);
  g_autofree guint  *start = g_new0 (guint, n_items + 1);
  Line               line = { items, rules, order, n_items, best, start };

  g_return_if_fail (rules != NULL && rules->days > 0 && rules->most_items == 0);
  g_return_if_fail (n_items == 0 || (items != NULL && group_of != NULL));

  for (guint i = 0; i < n_items; i++)
    {
      order[i] = i;
      group_of[i] = -1;
    }
  g_sort_array (order, n_items, sizeof *order, compare, (gpointer) items);
  find_best (&line);
  join_rest (&line, put_on_forms (&line, group_of), group_of);
}
