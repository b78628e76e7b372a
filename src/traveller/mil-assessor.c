/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-assessor.h"

#include "refund/mil-exit-offer.h"
#include "refund/mil-refund.h"

struct _MilAssessor
{
  GObject parent_instance;

  MilSchemeBook *book;    /* (owned) (nullable) */
  DexFuture     *loading; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MilAssessor, mil_assessor, G_TYPE_OBJECT)

static void
mil_assessor_finalize (GObject *object)
{
  MilAssessor *self = MIL_ASSESSOR (object);

  dex_clear (&self->loading);
  g_clear_pointer (&self->book, mil_scheme_book_unref);
  G_OBJECT_CLASS (mil_assessor_parent_class)->finalize (object);
}

static void
mil_assessor_class_init (MilAssessorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_assessor_finalize;
}

static void
mil_assessor_init (MilAssessor *self)
{
}

/**
 * mil_assessor_new:
 *
 * Returns: (transfer full): an assessor that has read no rules yet
 */
MilAssessor *
mil_assessor_new (void)
{
  return g_object_new (MIL_TYPE_ASSESSOR, NULL);
}

static gpointer
read_book (gpointer data, GCancellable *cancellable, GError **error)
{
  return mil_scheme_book_load_installed (error);
}

static DexFuture *
load_fiber (gpointer data)
{
  MilAssessor *self = MIL_ASSESSOR (data);
  g_autoptr (GError) error = NULL;

  self->book = mil_await_pointer (mil_thread (read_book, NULL, NULL, mil_scheme_book_get_type ()), &error);
  if (self->book == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

/**
 * mil_assessor_load:
 * @self: an assessor
 *
 * Reads the rules that are installed, once.
 *
 * Returns: (transfer full): a future that resolves when they are read
 */
DexFuture *
mil_assessor_load (MilAssessor *self)
{
  dex_return_error_if_fail (MIL_IS_ASSESSOR (self));

  if (self->book != NULL)
    return dex_future_new_true ();
  if (self->loading == NULL || !dex_future_is_pending (self->loading))
    {
      dex_clear (&self->loading);
      self->loading = mil_spawn (load_fiber, g_object_ref (self), g_object_unref);
    }
  return dex_ref (self->loading);
}

typedef struct
{
  MilSchemeBook *book;       /* (owned) */
  GPtrArray     *travellers; /* (owned) (element-type MilTraveller) */
  MilItinerary  *itinerary;  /* (owned) */
  GPtrArray     *purchases;  /* (owned) (element-type MilPurchase) */
  MilDate        today;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  mil_scheme_book_unref (question->book);
  g_ptr_array_unref (question->travellers);
  mil_itinerary_free (question->itinerary);
  g_ptr_array_unref (question->purchases);
  g_free (question);
}

static gpointer
answer (gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  return mil_refund_assess (
      question->book, question->travellers, question->itinerary, question->purchases, question->today);
}

static DexFuture *
ask (MilAssessor *self, MilThreadFunc work, GPtrArray *travellers, const MilItinerary *itinerary, GPtrArray *purchases, MilDate today)
{
  Question *question = g_new0 (Question, 1);

  question->book = mil_scheme_book_ref (self->book);
  question->travellers = g_ptr_array_ref (travellers);
  question->itinerary = mil_itinerary_copy (itinerary);
  question->purchases = g_ptr_array_ref (purchases);
  question->today = today;
  return mil_thread (work, question, question_free, G_TYPE_PTR_ARRAY);
}

/**
 * mil_assessor_assess:
 * @self: an assessor
 * @travellers: (element-type MilTraveller): who travels
 * @itinerary: how
 * @purchases: (element-type MilPurchase): all receipts of the trip
 * @today: the day it is
 *
 * Asks the rules about a whole trip, on a thread.
 *
 * Returns: (transfer full): a future #GPtrArray of #MilVerdict
 */
DexFuture *
mil_assessor_assess (MilAssessor *self, GPtrArray *travellers, const MilItinerary *itinerary, GPtrArray *purchases, MilDate today)
{
  dex_return_error_if_fail (MIL_IS_ASSESSOR (self));
  dex_return_error_if_fail (travellers != NULL && itinerary != NULL && purchases != NULL);
  dex_return_error_if_fail (self->book != NULL);

  return ask (self, answer, travellers, itinerary, purchases, today);
}

static gpointer
other_exits (gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  return mil_refund_other_exits (
      question->book, question->travellers, question->itinerary, question->purchases, question->today);
}

/**
 * mil_assessor_other_exits:
 * @self: an assessor
 * @travellers: (element-type MilTraveller): who travels
 * @itinerary: how
 * @purchases: (element-type MilPurchase): all receipts of the trip
 * @today: the day it is
 *
 * Asks the rules, on a thread, what leaving the Union elsewhere would change.
 *
 * Returns: (transfer full): a future #GPtrArray of #MilExitOffer, the best first
 */
DexFuture *
mil_assessor_other_exits (MilAssessor *self, GPtrArray *travellers, const MilItinerary *itinerary, GPtrArray *purchases, MilDate today)
{
  dex_return_error_if_fail (MIL_IS_ASSESSOR (self));
  dex_return_error_if_fail (travellers != NULL && itinerary != NULL && purchases != NULL);
  dex_return_error_if_fail (self->book != NULL);

  return ask (self, other_exits, travellers, itinerary, purchases, today);
}

/**
 * mil_assessor_preview:
 * @self: an assessor
 * @traveller: who would buy
 * @itinerary: how the person travels
 * @purchase: what would be bought
 * @today: the day it is
 *
 * What the rules would say about one purchase; quick enough for a card of the catalogue.
 *
 * Returns: (transfer full) (nullable): the verdict; %NULL while the rules are not read
 */
MilVerdict *
mil_assessor_preview (MilAssessor *self, const MilTraveller *traveller, const MilItinerary *itinerary, const MilPurchase *purchase, MilDate today)
{
  g_return_val_if_fail (MIL_IS_ASSESSOR (self), NULL);

  return self->book != NULL ? mil_refund_preview (self->book, traveller, itinerary, purchase, today) : NULL;
}
