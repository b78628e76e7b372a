/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-operator-book.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/mil-error.h"
#include "base/mil-json.h"

#define MAX_FILE (1024 * 1024)
#define SCHEMA "operator.schema.json"

struct _MilOperatorBook
{
  gatomicrefcount ref_count;
  GPtrArray      *operators;
  GHashTable     *by_country; /* country -> GPtrArray of MilOperatorEntry */
};

G_DEFINE_BOXED_TYPE (MilOperatorBook, mil_operator_book, mil_operator_book_ref, mil_operator_book_unref)

/**
 * mil_operator_book_ref:
 * @self: a book
 *
 * Returns: (transfer full): @self
 */
MilOperatorBook *
mil_operator_book_ref (MilOperatorBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * mil_operator_book_unref:
 * @self: (transfer full): a book
 */
void
mil_operator_book_unref (MilOperatorBook *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->by_country, g_hash_table_unref);
  g_ptr_array_unref (self->operators);
  g_free (self);
}

static void
add_entry (MilOperatorBook *self, const char *country, const MilOperator *by, const MilOperatorTerms *terms)
{
  GPtrArray        *entries = g_hash_table_lookup (self->by_country, country);
  MilOperatorEntry *entry = g_new (MilOperatorEntry, 1);

  if (entries == NULL)
    {
      entries = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->by_country, g_strdup (country), entries);
    }
  *entry = (MilOperatorEntry) { by, terms };
  g_ptr_array_add (entries, entry);
}

static void
sort_by_country (MilOperatorBook *self)
{
  self->by_country = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->operators->len; i++)
    {
      const MilOperator *operator= self->operators->pdata[i];

      for (guint t = 0; t < operator->terms->len; t++)
        {
          const MilOperatorTerms *terms = operator->terms->pdata[t];

          for (guint c = 0; terms->countries[c] != NULL; c++)
            add_entry (self, terms->countries[c], operator, terms);
        }
    }
}

static MilOperator *
read_operator (const char *path, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  bytes = g_bytes_new_take (text, size);
  node = mil_json_parse (bytes, MAX_FILE, error);
  return node != NULL ? mil_operator_new (node, error) : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(const MilOperator *const *) a)->id, (*(const MilOperator *const *) b)->id);
}

/**
 * mil_operator_book_load:
 * @data_dir: a folder with the folder operators/
 * @error: what the disk said, or %MIL_ERROR_PROTOCOL with the path of what is wrong
 *
 * Reads the files and waits for the disk; call it at start or in a thread.
 *
 * Returns: (transfer full) (nullable): the book
 */
MilOperatorBook *
mil_operator_book_load (const char *data_dir, GError **error)
{
  g_autoptr (MilOperatorBook) self = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (data_dir != NULL, NULL);

  folder = g_build_filename (data_dir, "operators", NULL);
  dir = g_dir_open (folder, 0, error);
  if (dir == NULL)
    return NULL;
  self = g_new0 (MilOperatorBook, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->operators = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_operator_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      MilOperator *operator;

      if (!g_str_has_suffix (name, ".json") || g_str_equal (name, SCHEMA))
        continue;
      operator= read_operator (path, error);
      if (operator== NULL)
        {
          g_prefix_error (error, "%s: ", name);
          return NULL;
        }
      g_ptr_array_add (self->operators, operator);
    }
  g_ptr_array_sort (self->operators, compare_names);
  sort_by_country (self);
  return g_steal_pointer (&self);
}

/**
 * mil_operator_book_load_installed:
 * @error: as mil_operator_book_load()
 *
 * Reads the terms that came with the program, or those in the folder that the environment names with
 * `MILIONE_DATA_DIR`. Waits for the disk.
 *
 * Returns: (transfer full) (nullable): the book
 */
MilOperatorBook *
mil_operator_book_load_installed (GError **error)
{
  const char *dir = g_getenv ("MILIONE_DATA_DIR");

  return mil_operator_book_load (dir != NULL && *dir != '\0' ? dir : MIL_PKGDATADIR, error);
}

/**
 * mil_operator_book_operators:
 * @self: a book
 *
 * Returns: (transfer none) (element-type MilOperator): all operators, by id
 */
GPtrArray *
mil_operator_book_operators (MilOperatorBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->operators;
}

/**
 * mil_operator_book_in:
 * @self: a book
 * @country: ISO 3166-1 alpha-2
 *
 * Returns: (transfer none) (nullable) (element-type MilOperatorEntry): all terms for that country, of any
 * day; %NULL when there are none. Lives as long as the book
 */
const GPtrArray *
mil_operator_book_in (MilOperatorBook *self, const char *country)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (country != NULL, NULL);

  return g_hash_table_lookup (self->by_country, country);
}

static gboolean
reckon (MilOperatorOffer *offer, MilMoney price, MilMoney tax, GError **error)
{
  gint64 least = mil_operator_terms_least (offer->terms);
  gint64 low, high;

  if (price.minor < least)
    offer->missing = mil_money (least - price.minor, price.currency);
  offer->is_known = mil_operator_terms_arrive (offer->terms, price.minor, tax.minor, &low, &high);
  if (!offer->is_known)
    return TRUE;
  offer->arrives_low = mil_money (low, tax.currency);
  offer->arrives_high = mil_money (high, tax.currency);
  return mil_money_subtract (tax, offer->arrives_high, &offer->fee_low, error)
         && mil_money_subtract (tax, offer->arrives_low, &offer->fee_high, error);
}

/* What can be had now goes before what needs more spending, what is known before what is not; most arrives first. */
static int
compare_offers (gconstpointer a, gconstpointer b)
{
  const MilOperatorOffer *x = *(const MilOperatorOffer *const *) a;
  const MilOperatorOffer *y = *(const MilOperatorOffer *const *) b;
  gint64                  nx = x->arrives_low.minor;
  gint64                  ny = y->arrives_low.minor;

  if (x->is_known != y->is_known)
    return x->is_known ? -1 : 1;
  if (mil_money_is_set (x->missing) != mil_money_is_set (y->missing))
    return mil_money_is_set (x->missing) ? 1 : -1;
  if (nx != ny)
    return nx > ny ? -1 : 1;
  return g_strcmp0 (x->by->id, y->by->id);
}

/**
 * mil_operator_compare:
 * @self: a book
 * @country: where something is bought
 * @day: when
 * @price: the price with tax
 * @tax: the tax in it, in the same currency
 * @error: %MIL_ERROR_INVALID when the amounts make no sense
 *
 * What each operator there would let arrive of the tax, the best first. Terms that are not in @price's
 * currency are passed over. Whether there is a refund at all, the scheme says and not this.
 *
 * Returns: (transfer full) (element-type MilOperatorOffer) (nullable): the offers; empty when none is known
 */
GPtrArray *
mil_operator_compare (MilOperatorBook *self, const char *country, MilDate day, MilMoney price, MilMoney tax, GError **error)
{
  g_autoptr (GPtrArray) offers = NULL;

  g_return_val_if_fail (self != NULL && country != NULL, NULL);

  if (!g_str_equal (price.currency, tax.currency) || price.minor < 0 || tax.minor < 0 || tax.minor > price.minor)
    {
      mil_error_set (error, MIL_ERROR_INVALID, _ ("The tax cannot be more than the price, nor in another currency."));
      return NULL;
    }
  offers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->operators->len; i++)
    {
      const MilOperator *operator= self->operators->pdata[i];
      const MilOperatorTerms *terms = mil_operator_terms_on (operator, country, day);
      MilOperatorOffer       *offer;

      if (terms == NULL || !g_str_equal (terms->currency, price.currency))
        continue;
      offer = g_new0 (MilOperatorOffer, 1);
      offer->by = operator;
      offer->terms = terms;
      g_ptr_array_add (offers, offer);
      if (!reckon (offer, price, tax, error))
        return NULL;
    }
  g_ptr_array_sort (offers, compare_offers);
  return g_steal_pointer (&offers);
}
