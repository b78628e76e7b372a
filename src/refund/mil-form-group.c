/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form.h"
#include "refund/mil-packing.h"

#define ALL_GOODS (~G_GUINT64_CONSTANT (0))

/* "Rossi S.r.l." and "ROSSI SRL" are one shop. */
static char *
plain (const char *name)
{
  gboolean         ascii = name == NULL || g_str_is_ascii (name);
  g_autofree char *folded = ascii ? NULL : g_utf8_casefold (name, -1);
  GString         *text = g_string_new (NULL);

  for (const char *p = name; ascii && p != NULL && *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (text, g_ascii_tolower (*p));
    }

  for (const char *p = folded; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalnum (g_utf8_get_char (p)))
        g_string_append_unichar (text, g_utf8_get_char (p));
    }
  return g_string_free_and_steal (text);
}

/* What one receipt lacks, another receipt of the same shop may tell. */
static char *
borrow (GHashTable *known, const char *key, char *own)
{
  const char *other;

  if (*own != '\0')
    {
      if (*key != '\0' && !g_hash_table_contains (known, key))
        g_hash_table_insert (known, g_strdup (key), g_strdup (own));
      return own;
    }
  other = g_hash_table_lookup (known, key);
  if (other == NULL)
    return own;
  g_free (own);
  return g_strdup (other);
}

typedef struct
{
  GHashTable *vat_of_shop;
  GHashTable *city_of_shop;
  GHashTable *numbers;
} Shops;

static char *
shop_key (Shops *shops, const MilItem *item)
{
  const MilPurchase *purchase = item->purchase;
  g_autofree char   *name = plain (purchase->shop), *vat = NULL, *city = NULL;
  const char        *unit;

  vat = borrow (shops->vat_of_shop, name, plain (purchase->vat_id));
  unit = *vat != '\0' ? vat : name;
  if (*unit == '\0')
    return NULL;
  if (!item->rule->minimum.same_city)
    return g_strdup (unit);
  city = borrow (shops->city_of_shop, unit, plain (purchase->city));
  return g_strdup_printf ("%s\n%s", unit, city);
}

static int
number_of (GHashTable *numbers, char *key)
{
  gpointer value;

  if (g_hash_table_lookup_extended (numbers, key, NULL, &value))
    {
      g_free (key);
      return GPOINTER_TO_INT (value);
    }
  g_hash_table_insert (numbers, key, GINT_TO_POINTER (g_hash_table_size (numbers)));
  return g_hash_table_size (numbers) - 1;
}

static int
shop_number (Shops *shops, const MilItem *item)
{
  char *key;

  if (item->rule->minimum.scope == MIL_SCOPE_TRIP)
    return 0;
  key = shop_key (shops, item);
  return key != NULL ? number_of (shops->numbers, key) : -1;
}

static int
mall_number (Shops *shops, const MilItem *item)
{
  g_autofree char *name = NULL;

  if (!item->rule->minimum.or_mall || item->purchase->mall == NULL)
    return -1;
  name = plain (item->purchase->mall);
  return *name != '\0' ? number_of (shops->numbers, g_strdup_printf ("mall\n%s", name)) : -1;
}

static void
describe (Shops *shops, const MilItem *item, MilPackingItem *packing)
{
  const MilDate epoch = { 2000, 1, 1 };
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();
  MilEstimate estimate;

  g_ptr_array_add (alone, (gpointer) item);
  mil_form_estimate (alone, &estimate);
  packing->weight = mil_item_sum (item, item->rule->minimum.threshold.basis, ALL_GOODS);
  packing->value = mil_add_saturating (mil_add_saturating (estimate.low, estimate.high), 2 * mil_form_fee (item));
  packing->day = mil_date_days_until (epoch, item->purchase->date);
  packing->shop = shop_number (shops, item);
  packing->mall = mall_number (shops, item);
}

static MilPackingItem *
describe_all (GPtrArray *items)
{
  MilPackingItem *packing = g_new0 (MilPackingItem, items->len + 1);
  Shops           shops = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                            g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                            g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };

  /* The first round learns what receipts know of each other's shops. */
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < items->len; i++)
        {
          if (round == 0)
            g_free (shop_key (&shops, items->pdata[i]));
          else
            describe (&shops, items->pdata[i], &packing[i]);
        }
    }
  g_hash_table_unref (shops.vat_of_shop);
  g_hash_table_unref (shops.city_of_shop);
  g_hash_table_unref (shops.numbers);
  return packing;
}

static MilPackingRules
packing_rules (const MilItem *item)
{
  const MilMinimum *minimum = &item->rule->minimum;
  MilPackingRules   rules = { 0 };

  if (minimum->exists)
    rules.least = mil_add_saturating (minimum->threshold.amount.minor, minimum->threshold.strict ? 1 : 0);
  if (minimum->scope == MIL_SCOPE_SHOP_DAY || minimum->scope == MIL_SCOPE_SHOP_DAYS)
    rules.days = MAX (minimum->days, 1);
  rules.most_items = minimum->max_receipts;
  rules.fee = 2 * mil_form_fee (item);
  return rules;
}

static GPtrArray *
new_group (GPtrArray *groups)
{
  GPtrArray *group = g_ptr_array_new ();

  g_ptr_array_add (groups, group);
  return group;
}

static gboolean
may_join (const MilPackingItem *item, const MilPackingItem *first, const MilPackingRules *rules, guint size)
{
  if (rules->most_items > 0 && size >= rules->most_items)
    return FALSE;
  if (rules->days > 0 && ABS (item->day - first->day) >= (int) rules->days)
    return FALSE;
  return (item->shop >= 0 && item->shop == first->shop) || (item->mall >= 0 && item->mall == first->mall);
}

/* What reaches no minimum is still shown together as far as it belongs together: so one sees what is missing. */
static void
gather_rest (GPtrArray *groups, GPtrArray *items, const MilPackingItem *packing, const MilPackingRules *rules, int *group_of)
{
  for (guint i = 0; i < items->len; i++)
    {
      GPtrArray *group;

      if (group_of[i] >= 0)
        continue;
      group = new_group (groups);
      g_ptr_array_add (group, items->pdata[i]);
      group_of[i] = G_MAXINT;
      for (guint j = i + 1; j < items->len; j++)
        {
          if (group_of[j] >= 0 || !may_join (&packing[j], &packing[i], rules, group->len))
            continue;
          g_ptr_array_add (group, items->pdata[j]);
          group_of[j] = G_MAXINT;
        }
    }
}

/* More receipts than are searched at once may leave some that a form of their shop would take. */
static void
join_rest (GPtrArray *items, const MilPackingItem *packing, const MilPackingRules *rules, int *group_of)
{
  for (guint i = 0; i < items->len && rules->most_items == 0; i++)
    {
      for (guint j = 0; j < items->len && group_of[i] < 0; j++)
        {
          gboolean fits = group_of[j] >= 0;

          for (guint k = 0; k < items->len && fits; k++)
            fits = group_of[k] != group_of[j] || may_join (&packing[i], &packing[k], rules, 0);
          if (fits)
            group_of[i] = group_of[j];
        }
    }
}

static gint64
total_payout (GPtrArray *groups)
{
  gint64 total = 0;

  for (guint i = 0; i < groups->len; i++)
    {
      MilEstimate estimate;

      if (!mil_form_is_payable (groups->pdata[i]))
        continue;
      mil_form_estimate (groups->pdata[i], &estimate);
      total = mil_add_saturating (total, mil_add_saturating (estimate.low, estimate.high));
    }
  return total;
}

static GPtrArray *
one_by_one (GPtrArray *items)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (new_group (groups), items->pdata[i]);
  return groups;
}

static GPtrArray *
pack (GPtrArray *items, gboolean *exact)
{
  const MilItem             *first = items->pdata[0];
  GPtrArray                 *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autofree MilPackingItem *packing = describe_all (items);
  g_autofree int            *group_of = g_new0 (int, items->len);
  MilPackingRules            rules = packing_rules (first);

  *exact = mil_packing_solve (packing, items->len, &rules, group_of);
  if (items->len > MIL_PACKING_SEARCHED)
    join_rest (items, packing, &rules, group_of);
  for (guint i = 0; i < items->len; i++)
    {
      while (group_of[i] >= (int) groups->len)
        new_group (groups);
      if (group_of[i] >= 0)
        g_ptr_array_add (groups->pdata[group_of[i]], items->pdata[i]);
    }
  gather_rest (groups, items, packing, &rules, group_of);
  return groups;
}

/**
 * mil_form_is_payable: (skip)
 * @items: (element-type MilItem): receipts of one form
 *
 * Returns: whether the form reaches the minimum, and is within what one form may hold
 */
gboolean
mil_form_is_payable (GPtrArray *items)
{
  MilMinimumResult result;

  mil_form_judge_minimum (items, &result);
  return result.reached && !result.each_failed && !result.above_most;
}

/* A receipt below the minimum for each would spoil the form for the others. */
static void
split_by_each (GPtrArray *items, GPtrArray *good, GPtrArray *bad)
{
  for (guint i = 0; i < items->len; i++)
    {
      const MilItem *item = items->pdata[i];
      g_autoptr (GPtrArray) alone = g_ptr_array_new ();
      MilMinimumResult result;

      g_ptr_array_add (alone, items->pdata[i]);
      mil_form_judge_minimum (alone, &result);
      g_ptr_array_add (item->rule->minimum.has_each && result.each_failed ? bad : good, items->pdata[i]);
    }
}

/**
 * mil_form_group: (skip)
 * @items: (element-type MilItem): receipts of one buyer under one rule, against which nothing else speaks
 *
 * Puts them on forms: the set of forms that pays most, and never less than one form per receipt.
 *
 * Returns: (transfer full) (element-type GPtrArray): lists of receipts
 */
GPtrArray *
mil_form_group (GPtrArray *items)
{
  const MilItem          *first = items->pdata[0];
  const MilHomeThreshold *home = mil_item_home_threshold (first);
  g_autoptr (GPtrArray) good = g_ptr_array_new (), bad = g_ptr_array_new ();
  g_autoptr (GPtrArray) packed = NULL, single = NULL;
  gboolean exact = FALSE;

  /* Where each piece has to be dear enough, no receipt helps another. */
  if (items->len == 1 || first->rule->minimum.scope == MIL_SCOPE_RECEIPT || (home != NULL && home->per_item))
    return one_by_one (items);
  split_by_each (items, good, bad);
  if (good->len == 0)
    return one_by_one (bad);
  packed = pack (good, &exact);
  if (!exact || mil_form_has_table (first))
    single = one_by_one (good);
  if (single != NULL && total_payout (single) > total_payout (packed))
    {
      g_ptr_array_unref (packed);
      packed = g_steal_pointer (&single);
    }
  for (guint i = 0; i < bad->len; i++)
    g_ptr_array_add (new_group (packed), bad->pdata[i]);
  return g_steal_pointer (&packed);
}
