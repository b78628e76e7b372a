/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-packing.h"

#include <string.h>

#include "refund/mil-cover.h"
#include "refund/mil-item.h"
#include "refund/mil-packing-days.h"

/* Receipts are put on forms so that the forms that reach the minimum are worth most. A form is a "bin": a
 * shop (or shopping centre) and a run of days. Branch and bound over the receipts, heaviest first; what a
 * bound leaves out cannot be better than what is found. */

#define MAX_SMALL 24
#define MAX_SEARCH MIL_PACKING_SEARCHED
#define MAX_BINS 192
#define BUDGET 150000
#define NO_BIN (-1)

typedef struct
{
  guint64 members; /* bit n: item n may lie in it */
  gint64  sum;
  gint64  value;
  guint   count;
  int     twin; /* the bin before it that takes the same items, or NO_BIN */
} Bin;

typedef struct
{
  const MilPackingRules *rules;
  guint                  n_items;
  gint64                 weight[MAX_SEARCH];
  gint64                 item_value[MAX_SEARCH];
  gint64                 value_from[MAX_SEARCH + 1]; /* of items n and later */
  gint64                 weight_from[MAX_SEARCH + 1];
  guint                  n_bins;
  Bin                    bins[MAX_BINS];
  int                    bin_of[MAX_SEARCH];
  int                    best_bin_of[MAX_SEARCH];
  gint64                 best;
  guint                  budget;
} Search;

static gint64
reachable (const Search *search, const Bin *bin, guint next)
{
  gint64 sum = bin->sum;
  guint  slots = search->rules->most_items > 0 ? search->rules->most_items - bin->count : G_MAXUINT;

  for (guint i = next; i < search->n_items && slots > 0 && sum < search->rules->least; i++)
    {
      if (!(bin->members >> i & 1) || search->weight[i] <= 0)
        continue;
      sum = mil_add_saturating (sum, search->weight[i]);
      slots--;
    }
  return sum;
}

/* With a limit on receipts a form, no more items can be paid than the forms that the weight suffices for hold. */
static gint64
slot_bound (const Search *search, guint next, gint64 alive_weight, guint alive_count)
{
  gint64 weight = mil_add_saturating (alive_weight, search->weight_from[next]);
  gint64 forms = search->rules->least > 0 ? weight / search->rules->least : G_MAXINT32;
  gint64 slots = forms * search->rules->most_items - alive_count;
  gint64 largest[MAX_SEARCH];
  guint  n = 0;
  gint64 sum = 0;

  if (search->rules->most_items == 0 || forms >= search->n_items || slots >= search->n_items - next)
    return search->value_from[next];
  for (guint i = next; i < search->n_items; i++)
    {
      guint at = n++;

      for (; at > 0 && largest[at - 1] < search->item_value[i]; at--)
        largest[at] = largest[at - 1];
      largest[at] = search->item_value[i];
    }
  for (guint i = 0; i < n && (gint64) i < slots; i++)
    sum = mil_add_saturating (sum, largest[i]);
  return sum;
}

static gint64
upper_bound (const Search *search, guint next)
{
  gint64 value = 0, weight = 0;
  guint  count = 0;

  for (guint b = 0; b < search->n_bins; b++)
    {
      const Bin *bin = &search->bins[b];

      if (bin->count == 0)
        continue;
      if (bin->sum < search->rules->least && reachable (search, bin, next) < search->rules->least)
        continue;
      value = mil_add_saturating (value, bin->value - search->rules->fee);
      weight = mil_add_saturating (weight, bin->sum);
      count += bin->count;
    }
  return mil_add_saturating (value, slot_bound (search, next, weight, count));
}

static void
keep_if_better (Search *search)
{
  gint64 value = 0;

  for (guint b = 0; b < search->n_bins; b++)
    {
      const Bin *bin = &search->bins[b];

      if (bin->count > 0 && bin->sum >= search->rules->least)
        value = mil_add_saturating (value, bin->value - search->rules->fee);
    }
  if (value <= search->best)
    return;
  search->best = value;
  memcpy (search->best_bin_of, search->bin_of, sizeof search->bin_of);
}

static gboolean
fits (const Search *search, guint b, guint item)
{
  const Bin *bin = &search->bins[b];

  if (!(bin->members >> item & 1))
    return FALSE;
  if (search->rules->most_items > 0 && bin->count >= search->rules->most_items)
    return FALSE;
  /* Of empty twins only the first is worth trying. */
  return bin->count > 0 || bin->twin == NO_BIN || search->bins[bin->twin].count > 0;
}

static void descend (Search *search, guint next);

static void
try_bin (Search *search, guint b, guint item)
{
  Bin   *bin = &search->bins[b];
  gint64 sum = bin->sum, value = bin->value;

  bin->sum = mil_add_saturating (sum, search->weight[item]);
  bin->value = mil_add_saturating (value, search->item_value[item]);
  bin->count++;
  search->bin_of[item] = b;
  descend (search, item + 1);
  search->bin_of[item] = NO_BIN;
  bin->count--;
  bin->value = value;
  bin->sum = sum;
}

/* Forms that still lack something first, then new ones, then those that are full enough: what is small is left for these. */
static guint
rank (const Search *search, guint b)
{
  const Bin *bin = &search->bins[b];

  if (bin->count > 0)
    return bin->sum < search->rules->least ? 0 : (search->rules->most_items > 0 ? 2 : 0);
  return 1;
}

static void
descend (Search *search, guint next)
{
  if (search->budget == 0)
    return;
  search->budget--;
  if (next == search->n_items)
    {
      keep_if_better (search);
      return;
    }
  if (upper_bound (search, next) <= search->best)
    return;
  for (guint wanted = 0; wanted < 3; wanted++)
    {
      for (guint b = 0; b < search->n_bins; b++)
        {
          if (fits (search, b, next) && rank (search, b) == wanted)
            try_bin (search, b, next);
        }
    }
  descend (search, next + 1);
}

static gint64
weight_of (const Search *search, guint64 members)
{
  gint64 weight = 0;

  for (guint i = 0; i < search->n_items; i++)
    {
      if (members >> i & 1)
        weight = mil_add_saturating (weight, MAX (search->weight[i], 0));
    }
  return weight;
}

/* Where only so many receipts fit on a form, a shop may need several: as many as its receipts can fill. */
static void
add_bin (Search *search, guint64 members)
{
  gint64 weight = weight_of (search, members);
  gint64 copies = 1;
  int    twin = NO_BIN;

  if (weight < search->rules->least)
    return;
  if (search->rules->most_items > 0)
    copies = MIN (__builtin_popcountll (members), weight / MAX (search->rules->least, 1));
  for (gint64 i = 0; i < copies && search->n_bins < MAX_BINS; i++)
    {
      search->bins[search->n_bins] = (Bin) { .members = members, .twin = twin };
      twin = search->n_bins++;
    }
}

/* A bin all of whose items fit into another one is not needed: what lies in it may as well lie there. */
static void
add_bins (Search *search, const guint64 *members, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      gboolean needed = members[i] != 0;

      for (guint j = 0; j < n && needed; j++)
        {
          gboolean inside = (members[i] & ~members[j]) == 0;

          if (i != j && inside && (members[i] != members[j] || j < i))
            needed = FALSE;
        }
      if (needed)
        add_bin (search, members[i]);
    }
}

static gboolean
is_together (const MilPackingItem *item, const MilPackingItem *first, gboolean by_mall, guint days)
{
  int unit = by_mall ? item->mall : item->shop;
  int first_unit = by_mall ? first->mall : first->shop;

  if (item != first && (unit < 0 || unit != first_unit))
    return FALSE;
  return days == 0 || (item->day >= first->day && item->day - first->day < (int) days);
}

static void
make_bins (Search *search, const MilPackingItem *const *items)
{
  guint64 members[2 * MAX_SEARCH] = { 0 };
  guint   n = 0;

  for (guint first = 0; first < search->n_items; first++)
    {
      for (guint by_mall = 0; by_mall < 2; by_mall++, n++)
        {
          for (guint i = 0; i < search->n_items; i++)
            {
              if (is_together (items[i], items[first], by_mall, search->rules->days))
                members[n] |= G_GUINT64_CONSTANT (1) << i;
            }
        }
    }
  add_bins (search, members, n);
}

static int
compare_weight (gconstpointer a, gconstpointer b)
{
  const MilPackingItem *x = *(const MilPackingItem *const *) a;
  const MilPackingItem *y = *(const MilPackingItem *const *) b;

  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  /* Where weights are equal the order of the receipts decides, so that the same request has the same answer. */
  return x < y ? -1 : 1;
}

/* What the best set has in a bin: forms that came to nothing are none. */
static gint64
sum_in (const Search *search, int bin)
{
  gint64 sum = 0;

  for (guint i = 0; i < search->n_items; i++)
    {
      if (search->best_bin_of[i] == bin)
        sum = mil_add_saturating (sum, search->weight[i]);
    }
  return sum;
}

static void
prepare (Search *search, GPtrArray *part, const MilPackingRules *rules)
{
  search->rules = rules;
  search->n_items = part->len;
  search->budget = part->len <= MAX_SMALL ? BUDGET : BUDGET / 50;
  for (guint i = part->len; i-- > 0;)
    {
      const MilPackingItem *item = part->pdata[i];

      search->weight[i] = item->weight;
      search->item_value[i] = item->value;
      search->value_from[i] = mil_add_saturating (search->value_from[i + 1], MAX (item->value, 0));
      search->weight_from[i] = mil_add_saturating (search->weight_from[i + 1], MAX (item->weight, 0));
    }
  memset (search->bin_of, 0xff, sizeof search->bin_of);
  memset (search->best_bin_of, 0xff, sizeof search->best_bin_of);
  make_bins (search, (const MilPackingItem *const *) part->pdata);
}

/* All in one shop on one day, and few on a form: there is a quicker way than trying all bins. */
static gboolean
is_one_shop (const Search *search)
{
  guint64 all = search->n_items == 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << search->n_items) - 1;

  return (search->rules->most_items == 2 || search->rules->most_items == 3) && search->rules->fee == 0
         && search->n_bins > 0 && search->bins[0].members == all;
}

static gboolean
is_heavier_worth_more (const Search *search)
{
  for (guint i = 1; i < search->n_items; i++)
    {
      if (search->item_value[i] > search->item_value[i - 1])
        return FALSE;
    }
  return TRUE;
}

static gboolean
cover_heaviest (Search *search)
{
  gboolean exact = mil_cover_heaviest (
      search->weight, search->n_items, search->rules->least, search->rules->most_items, search->budget, search->best_bin_of);

  for (guint i = 0; i < search->n_items; i++)
    {
      if (search->best_bin_of[i] != NO_BIN)
        search->best = mil_add_saturating (search->best, search->item_value[i]);
    }
  return exact && is_heavier_worth_more (search);
}

static gboolean
solve_part (GPtrArray *part, const MilPackingItem *all, const MilPackingRules *rules, int *group_of, int *n_groups)
{
  g_autofree Search *search = g_new0 (Search, 1);
  int                group_of_bin[MAX_BINS];
  gboolean           exact;

  g_ptr_array_sort (part, compare_weight);
  prepare (search, part, rules);
  exact = is_one_shop (search) && cover_heaviest (search);
  if (!exact)
    {
      descend (search, 0);
      exact = search->budget > 0;
    }
  memset (group_of_bin, 0xff, sizeof group_of_bin);
  for (guint i = 0; i < part->len; i++)
    {
      int bin = search->best_bin_of[i];

      if (bin == NO_BIN || sum_in (search, bin) < rules->least)
        continue;
      if (group_of_bin[bin] < 0)
        group_of_bin[bin] = (*n_groups)++;
      group_of[(const MilPackingItem *) part->pdata[i] - all] = group_of_bin[bin];
    }
  return exact;
}

static void
solve_single (GPtrArray *part, const MilPackingItem *all, const MilPackingRules *rules, int *group_of, int *n_groups)
{
  const MilPackingItem *item = part->pdata[0];

  if (item->weight >= rules->least && item->value > rules->fee)
    group_of[item - all] = (*n_groups)++;
}

static gboolean
is_linked (const MilPackingItem *a, const MilPackingItem *b, guint days)
{
  if (days > 0 && ABS (a->day - b->day) >= (int) days)
    return FALSE;
  return (a->shop >= 0 && a->shop == b->shop) || (a->mall >= 0 && a->mall == b->mall);
}

/* Items that no chain of shared shops and days links to the first one can be looked at for themselves. */
static GPtrArray *
take_part (const MilPackingItem *items, guint n_items, gboolean *taken, guint first, guint days)
{
  GPtrArray *part = g_ptr_array_new ();

  taken[first] = TRUE;
  g_ptr_array_add (part, (gpointer) &items[first]);
  for (guint done = 0; done < part->len; done++)
    {
      for (guint i = 0; i < n_items && part->len < MAX_SEARCH; i++)
        {
          if (taken[i] || !is_linked (part->pdata[done], &items[i], days))
            continue;
          taken[i] = TRUE;
          g_ptr_array_add (part, (gpointer) &items[i]);
        }
    }
  return part;
}

/* @group_of is of all items, @own of those at @indices. */
static gint64
worth (const MilPackingItem *items, GArray *indices, const MilPackingRules *rules, const int *own, const int *group_of)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (NULL, NULL);
  gint64 sum = 0;

  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      int   group = own != NULL ? own[i] : group_of[index];

      if (group < 0)
        continue;
      sum = mil_add_saturating (sum, items[index].value);
      if (g_hash_table_add (groups, GINT_TO_POINTER (group + 1)))
        sum = mil_add_saturating (sum, -rules->fee);
    }
  return sum;
}

/* More than can be searched: forms of neighbouring days may be worth more than what was found. */
static void
try_by_days (const MilPackingItem *items, GArray *indices, const MilPackingRules *rules, int *group_of, int *n_groups)
{
  g_autofree MilPackingItem *own = g_new (MilPackingItem, indices->len);
  g_autofree int            *own_group = g_new (int, indices->len);
  int                        groups = 0;

  for (guint i = 0; i < indices->len; i++)
    own[i] = items[g_array_index (indices, guint, i)];
  mil_packing_by_days (own, indices->len, rules, own_group);
  if (worth (items, indices, rules, own_group, NULL) <= worth (items, indices, rules, NULL, group_of))
    return;
  for (guint i = 0; i < indices->len; i++)
    {
      group_of[g_array_index (indices, guint, i)] = own_group[i] < 0 ? -1 : *n_groups + own_group[i];
      groups = MAX (groups, own_group[i] + 1);
    }
  *n_groups += groups;
}

/* Forms that were given up leave no number behind. */
static void
renumber (guint n_items, int *group_of)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_items; i++)
    {
      gpointer key = GINT_TO_POINTER (group_of[i] + 1);

      if (group_of[i] < 0)
        continue;
      if (!g_hash_table_contains (numbers, key))
        g_hash_table_insert (numbers, key, GINT_TO_POINTER (g_hash_table_size (numbers)));
      group_of[i] = GPOINTER_TO_INT (g_hash_table_lookup (numbers, key));
    }
}

/* Shop by shop; where shopping centres link shops, what was found stays. */
static void
improve (const MilPackingItem *items, guint n_items, const MilPackingRules *rules, int *group_of, int *n_groups)
{
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
      gboolean alone = TRUE;

      if (items[i].shop < 0 || !g_hash_table_add (done, GINT_TO_POINTER (items[i].shop + 1)))
        continue;
      for (guint j = i; j < n_items; j++)
        {
          if (items[j].shop != items[i].shop)
            continue;
          alone = alone && items[j].mall < 0;
          g_array_append_val (indices, j);
        }
      if (alone && indices->len > MAX_SMALL)
        try_by_days (items, indices, rules, group_of, n_groups);
    }
  renumber (n_items, group_of);
}

/**
 * mil_packing_solve: (skip)
 * @items: (array length=n_items): receipts
 * @n_items: how many
 * @rules: what a form asks for
 * @group_of: (out caller-allocates) (array length=n_items): number of the form of each receipt, or -1 for none
 *
 * Finds the set of forms that is worth most. Up to 24 receipts that have to do with each other are searched to
 * the end (in all but constructed cases, for which the search is bounded); beyond that a good set is found.
 *
 * Returns: whether there is certainly no better set
 */
gboolean
mil_packing_solve (const MilPackingItem *items, guint n_items, const MilPackingRules *rules, int *group_of)
{
  g_autofree gboolean *taken = NULL;
  gboolean             exact = TRUE;
  int                  n_groups = 0;

  g_return_val_if_fail (items != NULL || n_items == 0, FALSE);
  g_return_val_if_fail (rules != NULL, FALSE);
  g_return_val_if_fail (group_of != NULL || n_items == 0, FALSE);

  taken = g_new0 (gboolean, n_items + 1);
  for (guint i = 0; i < n_items; i++)
    group_of[i] = -1;
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GPtrArray) part = NULL;

      if (taken[i])
        continue;
      part = take_part (items, n_items, taken, i, rules->days);
      if (part->len == 1)
        solve_single (part, items, rules, group_of, &n_groups);
      else
        exact = solve_part (part, items, rules, group_of, &n_groups) && part->len <= MAX_SMALL && exact;
    }
  if (n_items > MAX_SMALL && rules->days > 0 && rules->most_items == 0)
    improve (items, n_items, rules, group_of, &n_groups);
  return exact;
}
