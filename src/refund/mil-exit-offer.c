/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-exit-offer.h"

#include "base/mil-country.h"
#include "refund/mil-purchase.h"
#include "refund/mil-refund.h"
#include "refund/mil-territories.h"

#include <glib/gi18n.h>

/* A trip has no more stops than that where it is worth asking; each asks all rules again. */
#define MAX_OFFERS 12

/* Of those that bring no more and spare only trouble, the first ones are enough to choose from. */
#define MAX_EASIER 3

G_DEFINE_BOXED_TYPE (MilExitOffer, mil_exit_offer, mil_exit_offer_copy, mil_exit_offer_free)

/**
 * mil_exit_offer_copy:
 * @self: (nullable): an offer
 *
 * Returns: (transfer full) (nullable): one that holds the same verdicts
 */
MilExitOffer *
mil_exit_offer_copy (const MilExitOffer *self)
{
  MilExitOffer *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->exit = mil_exit_copy (self->exit);
  copy->text = g_strdup (self->text);
  copy->verdicts = g_ptr_array_ref (self->verdicts);
  return copy;
}

/**
 * mil_exit_offer_free:
 * @self: (nullable) (transfer full): an offer
 */
void
mil_exit_offer_free (MilExitOffer *self)
{
  if (self == NULL)
    return;
  mil_exit_free (self->exit);
  g_free (self->text);
  g_ptr_array_unref (self->verdicts);
  g_free (self);
}

/**
 * mil_exit_offer_place:
 * @exit: a border with a country
 *
 * Returns: (transfer full): what it is called: "France (CDG)", or the country where no airport or port is known
 */
char *
mil_exit_offer_place (const MilExit *exit)
{
  const char *country;

  g_return_val_if_fail (exit != NULL, NULL);

  country = mil_country_name (exit->country);
  if (country == NULL)
    country = exit->country != NULL ? exit->country : "";
  if (exit->point == NULL || *exit->point == '\0')
    return g_strdup (country);
  /* Translators: a country, and an airport or port there. */
  return g_strdup_printf (C_ ("exit", "%s (%s)"), country, exit->point);
}

/* --- which borders there are -------------------------------------------------------------------- */

static gboolean
is_in_union (MilSchemeBook *book, const char *country, const char *region, MilDate day)
{
  MilTerritories *territories = mil_scheme_book_territories (book);
  const MilPlace *place;

  if (country == NULL)
    return FALSE;
  place = mil_territories_find (territories, country, region, NULL);
  return mil_territories_in_group (territories, "EU", place != NULL ? place->code : country, day);
}

/* The border at which the trip leaves the Union: its last one that lies in it. */
static int
find_border (MilSchemeBook *book, const MilItinerary *itinerary, MilDate today)
{
  for (guint i = itinerary->exits->len; i-- > 0;)
    {
      const MilExit *leg = itinerary->exits->pdata[i];

      if (is_in_union (book, leg->country, leg->region, mil_date_is_valid (leg->on) ? leg->on : today))
        return (int) i;
    }
  return -1;
}

static gboolean
is_same_place (const MilExit *a, const MilExit *b)
{
  return g_strcmp0 (a->country, b->country) == 0 && g_strcmp0 (a->region, b->region) == 0
         && (b->point == NULL || g_strcmp0 (a->point, b->point) == 0);
}

/* The trip leaves there on the day and in the way that it leaves now. */
static void
add_candidate (GPtrArray *candidates, const MilExit *now, const char *country, const char *region, const char *point)
{
  g_autoptr (MilExit) candidate = mil_exit_copy (now);

  g_set_str (&candidate->country, country);
  g_set_str (&candidate->region, region);
  g_set_str (&candidate->point, point);
  if (is_same_place (now, candidate) || candidates->len >= MAX_OFFERS)
    return;
  for (guint i = 0; i < candidates->len; i++)
    if (is_same_place (candidates->pdata[i], candidate))
      return;
  g_clear_pointer (&candidate->time, g_free);
  g_ptr_array_add (candidates, g_steal_pointer (&candidate));
}

/* Where a shop's tax is France's, Monaco has no border of its own. */
static const char *
border_country (MilSchemeBook *book, const MilPurchase *purchase)
{
  const MilPlace *place = mil_territories_find (mil_scheme_book_territories (book),
                                                purchase->country,
                                                purchase->region,
                                                purchase->city);

  return place != NULL && place->scheme != NULL ? place->scheme : purchase->country;
}

static GPtrArray *
find_candidates (MilSchemeBook *book, const MilItinerary *itinerary, GPtrArray *purchases, const MilExit *now)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_exit_free);

  for (guint i = 0; i < itinerary->exits->len; i++)
    {
      const MilExit *leg = itinerary->exits->pdata[i];

      if (is_in_union (book, leg->country, leg->region, mil_date_is_valid (now->on) ? now->on : leg->on))
        add_candidate (candidates, now, leg->country, leg->region, leg->point);
    }
  for (guint i = 0; i < purchases->len; i++)
    {
      const MilPurchase *purchase = purchases->pdata[i];
      const char        *country = border_country (book, purchase);

      if (is_in_union (book, country, NULL, purchase->date))
        add_candidate (candidates, now, country, NULL, NULL);
    }
  return candidates;
}

/* --- what one of them changes ------------------------------------------------------------------- */

static const MilVerdict *
find_form (GPtrArray *verdicts, const MilVerdict *like)
{
  for (guint i = 0; i < verdicts->len; i++)
    {
      const MilVerdict *verdict = verdicts->pdata[i];

      if (verdict->purchases[0] != NULL && like->purchases[0] != NULL
          && g_str_equal (verdict->purchases[0], like->purchases[0]))
        return verdict;
    }
  return NULL;
}

/* Where one has to queue for a form to be confirmed. */
typedef enum
{
  QUEUE_NONE,
  QUEUE_CUSTOMS,
  QUEUE_OPERATOR,
  QUEUE_KIOSK,
  N_QUEUES
} Queue;

static const struct
{
  const char *step;
  Queue       queue;
  gboolean    paper;
} confirmations[] = {
  { "customs-desk", QUEUE_CUSTOMS, FALSE }, { "operator-desk", QUEUE_OPERATOR, TRUE },
  { "paper-stamp", QUEUE_CUSTOMS, TRUE },   { "scan-barcode", QUEUE_KIOSK, FALSE },
  { "scan-passport", QUEUE_KIOSK, FALSE },  { "stamp", QUEUE_CUSTOMS, TRUE },
};

static Queue
find_queue (const MilVerdict *verdict, gboolean *paper)
{
  *paper = FALSE;
  for (guint i = 0; i < verdict->steps->len; i++)
    for (guint c = 0; c < G_N_ELEMENTS (confirmations); c++)
      if (g_str_equal (((const MilStep *) verdict->steps->pdata[i])->code, confirmations[c].step))
        {
          *paper = confirmations[c].paper;
          return confirmations[c].queue;
        }
  return QUEUE_NONE;
}

static guint
count_queues (GPtrArray *verdicts)
{
  gboolean stands[N_QUEUES] = { FALSE };
  gboolean paper;
  guint    n = 0;

  for (guint i = 0; i < verdicts->len; i++)
    {
      const MilVerdict *verdict = verdicts->pdata[i];

      if (verdict->kind != MIL_VERDICT_NOT_ELIGIBLE)
        stands[find_queue (verdict, &paper)] = TRUE;
    }
  for (Queue queue = QUEUE_NONE + 1; queue < N_QUEUES; queue++)
    n += stands[queue];
  return n;
}

static gboolean
can_be_had (const MilVerdict *verdict)
{
  return verdict->kind == MIL_VERDICT_ELIGIBLE;
}

static void
compare_steps (MilExitOffer *self, const MilVerdict *before, const MilVerdict *after)
{
  gboolean was_paper, is_paper;
  Queue    was = find_queue (before, &was_paper);
  Queue    is = find_queue (after, &is_paper);

  self->without_paper += was_paper && !is_paper;
  self->on_paper += is_paper && !was_paper;
  if (was_paper && is_paper && was != is)
    {
      self->at_customs += is == QUEUE_CUSTOMS;
      self->at_operator += is == QUEUE_OPERATOR;
    }
}

static gboolean
changes_money (const MilExitOffer *self)
{
  return self->better + self->worse > 0;
}

static void
compare (MilExitOffer *self, GPtrArray *now)
{
  guint queues_before = count_queues (now);
  guint queues_after = count_queues (self->verdicts);

  for (guint i = 0; i < now->len; i++)
    {
      const MilVerdict *before = now->pdata[i];
      const MilVerdict *after = find_form (self->verdicts, before);

      if (after == NULL)
        continue;
      if (can_be_had (before) != can_be_had (after))
        {
          self->better += can_be_had (after);
          self->worse += can_be_had (before);
        }
      else if (before->kind != MIL_VERDICT_NOT_ELIGIBLE)
        {
          compare_steps (self, before, after);
        }
    }
  if (!changes_money (self) && queues_after < queues_before)
    self->fewer_queues = queues_before - queues_after;
}

static gboolean
changes_anything (const MilExitOffer *self)
{
  return changes_money (self)
         || self->without_paper + self->on_paper + self->at_customs + self->at_operator + self->fewer_queues > 0;
}

static void
add_words (GStrvBuilder *builder, guint n, const char *format)
{
  if (n > 0)
    g_strv_builder_take (builder, g_strdup_printf (format, n));
}

static char *
describe (const MilExitOffer *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  add_words (builder, self->better, ngettext ("%u form more can be had.", "%u forms more can be had.", self->better));
  add_words (builder, self->worse, ngettext ("%u form less can be had.", "%u forms less can be had.", self->worse));
  add_words (builder,
             self->without_paper,
             ngettext ("%u form is confirmed electronically instead of on paper.",
                       "%u forms are confirmed electronically instead of on paper.",
                       self->without_paper));
  add_words (builder,
             self->on_paper,
             ngettext ("%u form needs paper and a stamp instead.", "%u forms need paper and a stamp instead.", self->on_paper));
  add_words (builder,
             self->at_customs,
             ngettext ("%u form is stamped by customs instead of at the refund operator's desk.",
                       "%u forms are stamped by customs instead of at the refund operator's desk.",
                       self->at_customs));
  add_words (builder,
             self->at_operator,
             ngettext ("%u form is stamped at the refund operator's desk instead of by customs.",
                       "%u forms are stamped at the refund operator's desk instead of by customs.",
                       self->at_operator));
  add_words (builder,
             self->fewer_queues,
             ngettext ("%u place fewer to queue at.", "%u places fewer to queue at.", self->fewer_queues));
  words = g_strv_builder_end (builder);
  return g_strjoinv (" ", words);
}

/* The best way out first. */
static int
compare_offers (gconstpointer a, gconstpointer b)
{
  const MilExitOffer *x = *(MilExitOffer *const *) a, *y = *(MilExitOffer *const *) b;
  int                 forms = ((int) y->better - (int) y->worse) - ((int) x->better - (int) x->worse);

  int paper = ((int) y->without_paper - (int) y->on_paper) - ((int) x->without_paper - (int) x->on_paper);

  if (forms != 0)
    return forms;
  return paper != 0 ? paper : (int) y->fewer_queues - (int) x->fewer_queues;
}

static void
drop_noise (GPtrArray *offers)
{
  guint n = 0;

  for (guint i = 0; i < offers->len;)
    if (!changes_money (offers->pdata[i]) && ++n > MAX_EASIER)
      g_ptr_array_remove_index (offers, i);
    else
      i++;
}

static MilExitOffer *
offer_new (MilSchemeBook      *book,
           GPtrArray          *travellers,
           const MilItinerary *itinerary,
           int                 border,
           const MilExit      *instead,
           GPtrArray          *purchases,
           MilDate             today)
{
  g_autoptr (MilItinerary) changed = mil_itinerary_copy (itinerary);
  MilExitOffer *self = g_new0 (MilExitOffer, 1);

  mil_exit_free (changed->exits->pdata[border]);
  changed->exits->pdata[border] = mil_exit_copy (instead);
  self->exit = mil_exit_copy (instead);
  self->verdicts = mil_refund_assess (book, travellers, changed, purchases, today);
  return self;
}

/**
 * mil_refund_other_exits:
 * @book: the rules
 * @travellers: (element-type MilTraveller): the people of the trip
 * @itinerary: how the trip goes
 * @purchases: (element-type MilPurchase): the receipts
 * @today: the day it is
 *
 * Tries every other border of the European Union that the trip touches – its other exits, and the countries
 * it shopped in – as the one by which it leaves, on the same day. National systems confirm the export only
 * where their own country is left (article 147 of directive 2006/112/EC leaves the proof to the office of
 * exit), so the way out decides between a kiosk and paper, and between customs and the operator's desk. Pure.
 *
 * Returns: (transfer full) (element-type MilExitOffer): those that would change something, the best first, and of those that
 * change only what has to be done no more than three; none where the trip leaves no country of the Union
 */
GPtrArray *
mil_refund_other_exits (MilSchemeBook *book, GPtrArray *travellers, const MilItinerary *itinerary, GPtrArray *purchases, MilDate today)
{
  GPtrArray *offers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_exit_offer_free);
  g_autoptr (GPtrArray) candidates = NULL, now = NULL;
  int border;

  g_return_val_if_fail (book != NULL, offers);
  g_return_val_if_fail (travellers != NULL, offers);
  g_return_val_if_fail (itinerary != NULL, offers);
  g_return_val_if_fail (purchases != NULL, offers);

  border = find_border (book, itinerary, today);
  if (border < 0)
    return offers;
  candidates = find_candidates (book, itinerary, purchases, itinerary->exits->pdata[border]);
  if (candidates->len > 0)
    now = mil_refund_assess (book, travellers, itinerary, purchases, today);
  for (guint i = 0; i < candidates->len; i++)
    {
      g_autoptr (MilExitOffer) offer = offer_new (book, travellers, itinerary, border, candidates->pdata[i], purchases, today);

      compare (offer, now);
      if (!changes_anything (offer))
        continue;
      offer->text = describe (offer);
      g_ptr_array_add (offers, g_steal_pointer (&offer));
    }
  g_ptr_array_sort (offers, compare_offers);
  drop_noise (offers);
  return offers;
}
