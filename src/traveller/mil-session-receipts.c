/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-country.h"
#include "traveller/mil-receipt-record-private.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "refund/mil-claim-state.h"

/* Enough to let a word be typed before the rules are asked again. */
#define ASSESS_MS 60
#define JPEG_QUALITY 90

static char *
receipts_folder (MilSession *self)
{
  return g_build_filename (self->data_dir, "receipts", NULL);
}

/* --- who travels, and how ----------------------------------------------------------------------- */

static MilTraveller *
traveller_of (MilPerson *person, const MilTripInfo *trip)
{
  const MilPersonInfo *info = mil_person_get_info (person);
  MilTraveller        *traveller = mil_traveller_new (info->residence);

  traveller->id = g_strdup (info->id);
  traveller->nationality = g_strdup (info->nationality);
  traveller->born = info->born;
  if (trip != NULL && mil_date_is_set (trip->from) && mil_date_is_set (trip->to))
    traveller->stay_days = mil_date_days_until (trip->from, trip->to) + 1;
  return traveller;
}

/**
 * mil_session_travellers: (skip)
 * @self: a session
 * @trip: (nullable): a trip
 *
 * Returns: (transfer full) (element-type MilTraveller): who is on it, or somebody who lives where the person does
 */
GPtrArray *
mil_session_travellers (MilSession *self, MilTrip *trip)
{
  GPtrArray         *travellers = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_traveller_free);
  const MilTripInfo *info = trip != NULL ? mil_trip_get_info (trip) : NULL;

  for (guint i = 0; info != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (info->travellers)); i++)
    {
      g_autoptr (MilPerson) person = g_list_model_get_item (G_LIST_MODEL (info->travellers), i);
      g_ptr_array_add (travellers, traveller_of (person, info));
    }
  if (travellers->len == 0)
    g_ptr_array_add (travellers, mil_traveller_new (self->home_country));
  return travellers;
}

/**
 * mil_session_main_traveller: (skip)
 * @self: a session
 *
 * Returns: (transfer full): the first who is on the current trip, or somebody who lives where the person does
 */
MilTraveller *
mil_session_main_traveller (MilSession *self)
{
  g_autoptr (GPtrArray) travellers = mil_session_travellers (self, self->current_trip);

  return mil_traveller_copy (travellers->pdata[0]);
}

/**
 * mil_trip_baggage: (skip)
 * @word: (nullable): as a trip holds it
 *
 * Returns: where the goods travel
 */
MilBaggage
mil_trip_baggage (const char *word)
{
  if (g_strcmp0 (word, "checked") == 0)
    return MIL_BAGGAGE_CHECKED;
  return g_strcmp0 (word, "carried") == 0 ? MIL_BAGGAGE_CARRIED : MIL_BAGGAGE_UNKNOWN;
}

/**
 * mil_session_itinerary: (skip)
 * @self: a session
 * @trip: (nullable): a trip
 * @fallback_country: country that is left where there is no trip
 *
 * Returns: (transfer full): how the trip goes, as far as the rules ask
 */
MilItinerary *
mil_session_itinerary (MilSession *self, MilTrip *trip, const char *fallback_country)
{
  MilItinerary      *itinerary = mil_itinerary_new ();
  const MilTripInfo *info = trip != NULL ? mil_trip_get_info (trip) : NULL;
  MilExit           *border = NULL;

  if (info == NULL)
    {
      mil_itinerary_add_exit (itinerary, fallback_country, (MilDate) { 0 });
      return itinerary;
    }
  itinerary->arrived = info->from;
  border = mil_itinerary_add_exit (itinerary, info->exit_country != NULL ? info->exit_country : info->country, info->to);
  border->point = g_strdup (info->exit_point);
  border->time = g_strdup (info->departs);
  itinerary->baggage = mil_trip_baggage (info->baggage);
  return itinerary;
}

/* --- keeping ------------------------------------------------------------------------------------ */

static DexFuture *
save_receipt (MilSession *self, MilReceiptRecord *receipt)
{
  g_autoptr (JsonNode) json = mil_receipt_record_to_json (receipt);

  return mil_local_store_put (self->store, MIL_KIND_RECEIPT, mil_receipt_record_get_id (receipt), json);
}

/**
 * mil_session_receipt_changed: (skip)
 * @self: a session
 * @receipt: a receipt
 *
 * Puts it on the disk and asks the rules again.
 */
void
mil_session_receipt_changed (MilSession *self, MilReceiptRecord *receipt)
{
  mil_disown (save_receipt (self, receipt), "keep a receipt");
  mil_session_queue_assess (self);
}

static void
on_edited_cb (MilSession *self, MilReceiptRecord *receipt)
{
  g_assert (MIL_IS_SESSION (self));

  mil_session_receipt_changed (self, receipt);
}

static void
watch (MilSession *self, MilReceiptRecord *receipt)
{
  g_signal_connect_object (receipt, "edited", G_CALLBACK (on_edited_cb), self, G_CONNECT_SWAPPED);
}

/* --- the rules ---------------------------------------------------------------------------------- */

/* Receipts that stand on forms together: those of one trip that are not claimed, or those of one claim. */
typedef struct
{
  MilTrip   *trip;     /* (owned) (nullable) */
  GPtrArray *receipts; /* (owned) */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_clear_object (&group->trip);
  g_ptr_array_unref (group->receipts);
  g_free (group);
}

/**
 * mil_session_trip_of: (skip)
 * @self: a session
 * @receipt: a receipt
 *
 * Returns: (transfer none) (nullable): the trip that the receipt belongs to
 */
MilTrip *
mil_session_trip_of (MilSession *self, MilReceiptRecord *receipt)
{
  MilTrip *trip = mil_record_list_find (G_LIST_MODEL (self->trips), mil_receipt_record_get_trip_id (receipt), NULL);

  return trip != NULL ? trip : self->current_trip;
}

static GPtrArray *
make_groups (MilSession *self)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->receipts)); i++)
    {
      MilReceiptRecord *receipt = g_list_model_get_item (G_LIST_MODEL (self->receipts), i);
      MilTrip          *trip = mil_session_trip_of (self, receipt);
      const char       *claim = mil_receipt_record_get_claim_id (receipt);
      g_autofree char  *key = g_strdup_printf ("%s %s",
                                              trip != NULL ? mil_trip_get_info (trip)->id : "",
                                              claim != NULL ? claim : "");
      Group            *group = g_hash_table_lookup (by_key, key);

      if (group == NULL)
        {
          group = g_new0 (Group, 1);
          g_set_object (&group->trip, trip);
          group->receipts = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (by_key, g_steal_pointer (&key), group);
          g_ptr_array_add (groups, group);
        }
      g_ptr_array_add (group->receipts, receipt);
    }
  return groups;
}

static void
take_verdicts (MilSession *self, Group *group, GPtrArray *verdicts)
{
  MilDate today = mil_session_get_today (self);

  for (guint i = 0; i < group->receipts->len; i++)
    {
      MilReceiptRecord *receipt = group->receipts->pdata[i];
      const char       *id = mil_receipt_record_get_id (receipt);
      const MilVerdict *verdict = NULL;
      MilMoney          refund = { 0 };

      for (guint j = 0; verdicts != NULL && verdict == NULL && j < verdicts->len; j++)
        {
          MilVerdict *candidate = verdicts->pdata[j];
          if (candidate->purchases != NULL && g_strv_contains ((const char *const *) candidate->purchases, id))
            verdict = candidate;
        }
      mil_receipt_record_set_verdict (receipt, verdict, today);
      if (verdict != NULL && verdict->kind == MIL_VERDICT_ELIGIBLE)
        refund = mil_session_to_home (self, verdict->refund_low);
      mil_receipt_record_set_home (receipt, mil_session_to_home (self, mil_receipt_record_get_amount (receipt)), refund);
    }
}

static gboolean
assess_group (MilSession *self, Group *group, GError **error)
{
  g_autoptr (GPtrArray) purchases = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_purchase_free);
  g_autoptr (GPtrArray) travellers = mil_session_travellers (self, group->trip);
  g_autoptr (GPtrArray) verdicts = NULL;
  g_autoptr (MilItinerary) itinerary = NULL;

  for (guint i = 0; i < group->receipts->len; i++)
    {
      MilPurchase *purchase = mil_receipt_record_to_purchase (group->receipts->pdata[i]);
      if (purchase != NULL)
        g_ptr_array_add (purchases, purchase);
    }
  if (purchases->len > 0)
    {
      itinerary = mil_session_itinerary (self, group->trip, ((MilPurchase *) purchases->pdata[0])->country);
      verdicts = mil_await_pointer (
          mil_assessor_assess (self->assessor, travellers, itinerary, purchases, mil_session_get_today (self)), error);
      if (verdicts == NULL)
        return FALSE;
    }
  take_verdicts (self, group, verdicts);
  return TRUE;
}

static gboolean
is_open (const char *name)
{
  MilClaimState state;

  return !mil_claim_state_parse (name, &state) || !mil_claim_state_is_over (state);
}

static void
add_home (MilSession *self, MilMoney *sum, MilMoney money)
{
  MilMoney home = mil_session_to_home (self, money);

  if (mil_money_is_set (home) && mil_money_is_set (*sum))
    mil_money_add (*sum, home, sum, NULL);
}

/* A form may hold several receipts and pays once. */
static void
sum_up (MilSession *self)
{
  MilMoney all = self->home_currency != NULL ? mil_money (0, self->home_currency) : (MilMoney) { 0 };
  MilMoney here = all;
  g_autoptr (GHashTable) counted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->claims)); i++)
    {
      g_autoptr (MilClaim) claim = g_list_model_get_item (G_LIST_MODEL (self->claims), i);
      const MilClaimInfo *info = mil_claim_get_info (claim);
      if (is_open (info->state))
        add_home (self, &all, mil_money_is_set (info->refund) ? info->refund : info->estimate_low);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->receipts)); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (G_LIST_MODEL (self->receipts), i);
      const MilVerdict *verdict = mil_receipt_record_get_verdict (receipt);
      MilReceiptSection section = mil_receipt_record_get_section (receipt);
      gboolean          counts = verdict != NULL && verdict->kind == MIL_VERDICT_ELIGIBLE;
      if (!counts || !g_hash_table_add (counted, verdict->purchases[0]))
        continue;
      if (section == MIL_SECTION_READY)
        add_home (self, &all, verdict->refund_low);
      if (self->current_trip != NULL && mil_session_trip_of (self, receipt) == self->current_trip && section < MIL_SECTION_ARRIVED)
        add_home (self, &here, verdict->refund_low);
    }
  mil_session_notify_coming_back (self, all, here);
}

static DexFuture *
assess_fiber (gpointer data)
{
  MilSession *self = MIL_SESSION (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) groups = NULL;

  if (!mil_await (mil_assessor_load (self->assessor), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  groups = make_groups (self);
  for (guint i = 0; i < groups->len; i++)
    if (!assess_group (self, groups->pdata[i], &error))
      return dex_future_new_for_error (g_steal_pointer (&error));
  sum_up (self);
  return dex_future_new_true ();
}

static gboolean
on_assess_cb (gpointer data)
{
  MilSession *self = MIL_SESSION (data);

  self->assess_source = 0;
  dex_clear (&self->assessing);
  self->assessing = mil_spawn (assess_fiber, g_object_ref (self), g_object_unref);
  return G_SOURCE_REMOVE;
}

/**
 * mil_session_queue_assess: (skip)
 * @self: a session
 *
 * Asks the rules about all receipts again, in a moment: something that they hang on has changed.
 */
void
mil_session_queue_assess (MilSession *self)
{
  if (!self->loaded)
    return;
  g_clear_handle_id (&self->assess_source, g_source_remove);
  self->assess_source = g_timeout_add (ASSESS_MS, on_assess_cb, self);
}

/* --- reading ------------------------------------------------------------------------------------ */

static void
on_fraction_cb (MilScanProgress *progress, GParamSpec *pspec, gpointer data)
{
  mil_receipt_record_set_progress (MIL_RECEIPT_RECORD (data), mil_scan_progress_get_fraction (progress));
}

static void
take_result (MilSession *self, MilReceiptRecord *receipt, const MilScanResult *result)
{
  MilTrip *trip = mil_session_trip_of (self, receipt);
  g_autoptr (GError) problem = NULL;

  if (result->receipt == NULL)
    {
      problem = mil_error_new (MIL_ERROR_NOT_A_RECEIPT,
                               _ ("No receipt was recognised in the picture. Take another one, or type in "
                                  "what it says."));
      mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_UNREAD, problem);
      return;
    }
  if (result->receipt->country == NULL && trip != NULL)
    result->receipt->country = g_strdup (mil_trip_get_info (trip)->country);
  mil_receipt_record_set_reading (receipt, result->receipt);
  mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_READ, NULL);
}

static MilScanResult *
scan (MilSession *self, MilReceiptRecord *receipt, MilPicture *picture, GError **error)
{
  MilTrip *trip = mil_session_trip_of (self, receipt);
  g_autoptr (MilScanProgress) progress = mil_scan_progress_new ();
  MilScanOptions options = {
    .kind = MIL_SCAN_RECEIPT,
    .country = trip != NULL ? mil_trip_get_info (trip)->country : NULL,
    .today = mil_session_get_today (self),
    .progress = progress,
  };

  if (self->scanner == NULL)
    self->scanner = mil_scanner_new ();
  g_signal_connect_object (progress, "notify::fraction", G_CALLBACK (on_fraction_cb), receipt, G_CONNECT_DEFAULT);
  return mil_await_pointer (mil_scan_picture (self->scanner, picture, &options), error);
}

static void
read_receipt (MilSession *self, MilReceiptRecord *receipt)
{
  g_autofree char *folder = receipts_folder (self);
  g_autoptr (GFile) file = g_file_new_build_filename (folder, mil_receipt_record_get_file (receipt), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilPicture) picture = NULL;
  g_autoptr (MilScanResult) result = NULL;

  mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_READING, NULL);
  picture = mil_await_pointer (mil_picture_load_file (file, 0), &error);
  if (picture != NULL)
    {
      mil_receipt_record_set_picture (receipt,
                                      folder,
                                      mil_receipt_record_get_file (receipt),
                                      mil_picture_get_width (picture),
                                      mil_picture_get_height (picture));
      result = scan (self, receipt, picture, &error);
    }
  if (result != NULL)
    take_result (self, receipt, result);
  else
    mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_UNREAD, error);
}

static DexFuture *
reading_fiber (gpointer data)
{
  MilSession *self = MIL_SESSION (data);

  while (self->reading != NULL && self->unread.length > 0)
    {
      g_autoptr (MilReceiptRecord) receipt = g_queue_pop_head (&self->unread);
      read_receipt (self, receipt);
      if (self->reading == NULL)
        break;
      mil_session_receipt_changed (self, receipt);
    }
  return dex_future_new_true ();
}

static void
queue_reading (MilSession *self, MilReceiptRecord *receipt)
{
  mil_receipt_record_set_state (receipt, MIL_RECEIPT_STATE_WAITING, NULL);
  g_queue_push_tail (&self->unread, g_object_ref (receipt));
  if (self->reading != NULL && dex_future_is_pending (self->reading))
    return;
  dex_clear (&self->reading);
  self->reading = mil_spawn (reading_fiber, g_object_ref (self), g_object_unref);
}

/* --- adding ------------------------------------------------------------------------------------- */

typedef struct
{
  MilSession *session; /* (owned) */
  GBytes     *bytes;   /* (nullable) */
  GFile      *file;    /* (nullable) */
  MilPicture *picture; /* (nullable) */
  MilReceipt *reading; /* (nullable) */
} Adding;

static void
adding_free (gpointer data)
{
  Adding *adding = data;

  g_object_unref (adding->session);
  g_clear_pointer (&adding->bytes, g_bytes_unref);
  g_clear_object (&adding->file);
  g_clear_object (&adding->picture);
  g_clear_pointer (&adding->reading, mil_receipt_free);
  g_free (adding);
}

static Adding *
adding_new (MilSession *self)
{
  Adding *adding = g_new0 (Adding, 1);

  adding->session = g_object_ref (self);
  return adding;
}

typedef struct
{
  char   *path;
  GBytes *bytes;
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_free (write->path);
  g_bytes_unref (write->bytes);
  g_free (write);
}

static gpointer
write_durably (gpointer data, GCancellable *cancellable, GError **error)
{
  Write           *write = data;
  g_autofree char *folder = g_path_get_dirname (write->path);
  gsize            size = 0;
  const char      *bytes = g_bytes_get_data (write->bytes, &size);
  g_autoptr (GError) wrong = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (write->path, bytes, size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &wrong))
    return GINT_TO_POINTER (TRUE);
  g_propagate_error (error, mil_error_from (wrong));
  return NULL;
}

static gpointer
encode (gpointer data, GCancellable *cancellable, GError **error)
{
  GBytes *jpeg = mil_picture_to_jpeg (data, JPEG_QUALITY);

  if (jpeg == NULL)
    mil_error_set (error, MIL_ERROR_FAILED, _ ("The picture could not be kept."));
  return jpeg;
}

static GBytes *
encode_picture (MilPicture *picture, GError **error)
{
  return mil_await_pointer (mil_thread (encode, g_object_ref (picture), g_object_unref, G_TYPE_BYTES), error);
}

static const char *
file_ending (MilPictureKind kind)
{
  switch (kind)
    {
    case MIL_PICTURE_PNG:
      return "png";
    case MIL_PICTURE_JPEG:
      return "jpg";
    case MIL_PICTURE_WEBP:
      return "webp";
    case MIL_PICTURE_TIFF:
      return "tiff";
    case MIL_PICTURE_UNKNOWN:
    case MIL_PICTURE_PDF:
    default:
      return NULL;
    }
}

/* What is kept, and the ending of its name: the file as it came where it is a picture, else its first
 * page as one. */
static GBytes *
bytes_to_keep (GBytes *bytes, const char **ending, GError **error)
{
  gsize          size = 0;
  const guint8  *data = g_bytes_get_data (bytes, &size);
  MilPictureKind kind = mil_picture_sniff (data, size);
  g_autoptr (MilPicture) page = NULL;

  *ending = file_ending (kind);
  if (*ending != NULL && size <= MIL_PICTURE_MAX_BYTES)
    return g_bytes_ref (bytes);
  *ending = "jpg";
  page = mil_await_pointer (mil_picture_load_bytes (bytes, 0), error);
  return page != NULL ? encode_picture (page, error) : NULL;
}

/* The picture is on the disk before the receipt that names it, and both before anything is read. */
static MilReceiptRecord *
keep_receipt (MilSession *self, GBytes *bytes, const char *ending, const MilReceipt *reading, GError **error)
{
  g_autofree char *folder = receipts_folder (self);
  g_autofree char *id = mil_uuid_new (self->clock, self->random);
  g_autofree char *name = g_strdup_printf ("%s.%s", id, ending);
  g_autoptr (MilReceiptRecord) receipt = mil_receipt_record_new (id, mil_clock_now (self->clock));
  const MilTripInfo *trip = self->current_trip != NULL ? mil_trip_get_info (self->current_trip) : NULL;
  g_autoptr (MilPerson) first = NULL;
  Write *write = NULL;

  if (bytes != NULL)
    {
      write = g_new0 (Write, 1);
      write->path = g_build_filename (folder, name, NULL);
      write->bytes = g_bytes_ref (bytes);
      if (!mil_await (mil_thread (write_durably, write, write_free, G_TYPE_BOOLEAN), error))
        return NULL;
      mil_receipt_record_set_picture (receipt, folder, name, 0, 0);
    }
  if (trip != NULL)
    {
      first = g_list_model_get_item (G_LIST_MODEL (trip->travellers), 0);
      mil_receipt_record_set_trip (receipt, trip->id, first != NULL ? mil_person_get_info (first)->id : NULL);
    }
  if (trip != NULL && bytes == NULL && reading == NULL)
    {
      /* What is typed in is most likely from where the trip goes. */
      mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_COUNTRY, trip->country);
      mil_receipt_record_set_text (receipt, MIL_RECEIPT_PART_CURRENCY, mil_country_currency (trip->country));
    }
  if (reading != NULL)
    mil_receipt_record_set_reading (receipt, reading);
  if (reading != NULL || bytes == NULL)
    mil_receipt_record_set_state (receipt, reading != NULL ? MIL_RECEIPT_STATE_READ : MIL_RECEIPT_STATE_UNREAD, NULL);
  if (!mil_await (save_receipt (self, receipt), error))
    return NULL;
  watch (self, receipt);
  g_list_store_insert (self->receipts, 0, receipt);
  mil_session_queue_assess (self);
  return g_steal_pointer (&receipt);
}

static DexFuture *
add_fiber (gpointer data)
{
  Adding     *adding = data;
  MilSession *self = adding->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MilReceiptRecord) receipt = NULL;
  const char *ending = "jpg";

  if (adding->file != NULL)
    {
      g_autoptr (GError) wrong = NULL;
      adding->bytes = mil_await_pointer (dex_file_load_contents_bytes (adding->file), &wrong);
      if (adding->bytes == NULL)
        return dex_future_new_for_error (mil_error_from (wrong));
    }
  if (adding->bytes != NULL)
    bytes = bytes_to_keep (adding->bytes, &ending, &error);
  else if (adding->picture != NULL)
    bytes = encode_picture (adding->picture, &error);
  if (error == NULL)
    receipt = keep_receipt (self, bytes, ending, adding->reading, &error);
  if (receipt == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (adding->picture != NULL)
    {
      g_autofree char *folder = receipts_folder (self);
      mil_receipt_record_set_picture (receipt,
                                      folder,
                                      mil_receipt_record_get_file (receipt),
                                      mil_picture_get_width (adding->picture),
                                      mil_picture_get_height (adding->picture));
    }
  if (bytes != NULL && adding->reading == NULL)
    queue_reading (self, receipt);
  return dex_future_new_take_object (g_steal_pointer (&receipt));
}

/**
 * mil_session_add_receipt_bytes:
 * @self: a session
 * @bytes: a picture or a PDF, as pasted or dropped
 *
 * Keeps a receipt: its picture is on the disk first, then it is read, which `state` and `progress` tell.
 *
 * Returns: (transfer full): a future #MilReceiptRecord, which is kept but not read yet;
 *   %MIL_ERROR_UNREADABLE, %MIL_ERROR_TOO_LARGE, %MIL_ERROR_NO_SPACE
 */
DexFuture *
mil_session_add_receipt_bytes (MilSession *self, GBytes *bytes)
{
  Adding *adding = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (bytes != NULL);

  adding = adding_new (self);
  adding->bytes = g_bytes_ref (bytes);
  return mil_spawn (add_fiber, adding, adding_free);
}

/**
 * mil_session_add_receipt_file:
 * @self: a session
 * @file: a picture or a PDF
 *
 * Returns: (transfer full): as mil_session_add_receipt_bytes(); %MIL_ERROR_NOT_FOUND too
 */
DexFuture *
mil_session_add_receipt_file (MilSession *self, GFile *file)
{
  Adding *adding = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (G_IS_FILE (file));

  adding = adding_new (self);
  adding->file = g_object_ref (file);
  return mil_spawn (add_fiber, adding, adding_free);
}

/**
 * mil_session_add_receipt_picture:
 * @self: a session
 * @picture: what the camera took
 * @reading: (nullable): what was read from it, where it was already
 *
 * Returns: (transfer full): as mil_session_add_receipt_bytes()
 */
DexFuture *
mil_session_add_receipt_picture (MilSession *self, MilPicture *picture, const MilReceipt *reading)
{
  Adding *adding = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PICTURE (picture));

  adding = adding_new (self);
  adding->picture = g_object_ref (picture);
  adding->reading = reading != NULL ? mil_receipt_copy (reading) : NULL;
  return mil_spawn (add_fiber, adding, adding_free);
}

/**
 * mil_session_add_receipt_by_hand:
 * @self: a session
 *
 * Returns: (transfer full): a future #MilReceiptRecord without a picture, to be typed in
 */
DexFuture *
mil_session_add_receipt_by_hand (MilSession *self)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));

  return mil_spawn (add_fiber, adding_new (self), adding_free);
}

/**
 * mil_session_read_again:
 * @self: a session
 * @receipt: one of its receipts
 *
 * Reads the picture once more; what the person has corrected stays.
 *
 * Returns: (transfer full): a future that resolves when it waits to be read; %MIL_ERROR_NOT_FOUND where it
 *   has no picture
 */
DexFuture *
mil_session_read_again (MilSession *self, MilReceiptRecord *receipt)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_RECEIPT_RECORD (receipt));

  if (mil_receipt_record_get_file (receipt) == NULL)
    return mil_future_reject (MIL_ERROR_NOT_FOUND, _ ("This receipt has no picture to read."));
  queue_reading (self, receipt);
  return dex_future_new_true ();
}

/**
 * mil_session_delete_receipt:
 * @self: a session
 * @receipt: one of its receipts
 *
 * Forgets a receipt. Its picture stays until the next start, so that mil_session_restore_receipt() can
 * take it back.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk; %MIL_ERROR_CONFLICT for one
 *   that is part of a claim
 */
DexFuture *
mil_session_delete_receipt (MilSession *self, MilReceiptRecord *receipt)
{
  guint position = 0;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_RECEIPT_RECORD (receipt));

  if (mil_receipt_record_get_claim_id (receipt) != NULL)
    return mil_future_reject (MIL_ERROR_CONFLICT, _ ("This receipt is part of a claim. Withdraw the claim first."));
  if (g_list_store_find (self->receipts, receipt, &position))
    g_list_store_remove (self->receipts, position);
  if (g_queue_remove (&self->unread, receipt))
    g_object_unref (receipt);
  mil_session_queue_assess (self);
  return mil_local_store_delete (self->store, MIL_KIND_RECEIPT, mil_receipt_record_get_id (receipt));
}

/**
 * mil_session_restore_receipt:
 * @self: a session
 * @receipt: one that was deleted
 *
 * Returns: (transfer full): a future that resolves when it is on the disk again
 */
DexFuture *
mil_session_restore_receipt (MilSession *self, MilReceiptRecord *receipt)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_RECEIPT_RECORD (receipt));

  if (!g_list_store_find (self->receipts, receipt, NULL))
    g_list_store_insert (self->receipts, 0, receipt);
  if (mil_receipt_record_get_state (receipt) == MIL_RECEIPT_STATE_WAITING)
    queue_reading (self, receipt);
  mil_session_queue_assess (self);
  return save_receipt (self, receipt);
}

/* --- loading ------------------------------------------------------------------------------------ */

typedef struct
{
  char       *folder;
  GHashTable *kept; /* (owned): names of files that belong to a receipt */
} Sweep;

static void
sweep_free (gpointer data)
{
  Sweep *sweep = data;

  g_free (sweep->folder);
  g_hash_table_unref (sweep->kept);
  g_free (sweep);
}

/* Pictures whose receipt was deleted, and those of an adding that was cut off before it was told. */
static gpointer
remove_orphans (gpointer data, GCancellable *cancellable, GError **error)
{
  Sweep *sweep = data;
  g_autoptr (GDir) folder = g_dir_open (sweep->folder, 0, NULL);
  const char *name = NULL;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (sweep->folder, name, NULL);
      if (!g_hash_table_contains (sweep->kept, name))
        g_unlink (path);
    }
  return GINT_TO_POINTER (TRUE);
}

/**
 * mil_session_load_receipts: (skip)
 * @self: a session
 * @store: what the store held
 *
 * Brings back receipts, newest first, and reads on where reading was interrupted.
 */
void
mil_session_load_receipts (MilSession *self, MilDocuments *store)
{
  GPtrArray       *found = mil_documents_get (store, MIL_KIND_RECEIPT);
  g_autofree char *folder = receipts_folder (self);
  Sweep           *sweep = g_new0 (Sweep, 1);

  sweep->folder = g_strdup (folder);
  sweep->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MilDocument *document = found->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (MilReceiptRecord) receipt = mil_receipt_record_new_from_json (folder, document->json, &error);
      if (receipt == NULL)
        {
          g_message ("Receipt %s is left out: %s", document->id, error->message);
          continue;
        }
      watch (self, receipt);
      g_list_store_insert (self->receipts, 0, receipt);
      if (mil_receipt_record_get_file (receipt) == NULL)
        continue;
      g_hash_table_add (sweep->kept, g_strdup (mil_receipt_record_get_file (receipt)));
      if (mil_receipt_record_get_state (receipt) == MIL_RECEIPT_STATE_WAITING)
        queue_reading (self, receipt);
    }
  mil_disown (mil_thread (remove_orphans, sweep, sweep_free, G_TYPE_BOOLEAN), "clear old pictures away");
}

/**
 * mil_session_get_receipts:
 * @self: a session
 *
 * Returns: (transfer none): a list of #MilReceiptRecord, newest first
 */
GListModel *
mil_session_get_receipts (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->receipts);
}

/**
 * mil_session_find_receipt:
 * @self: a session
 * @receipt_id: (nullable): a receipt
 *
 * Returns: (transfer none) (nullable): that receipt
 */
MilReceiptRecord *
mil_session_find_receipt (MilSession *self, const char *receipt_id)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  for (guint i = 0; receipt_id != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->receipts)); i++)
    {
      g_autoptr (MilReceiptRecord) receipt = g_list_model_get_item (G_LIST_MODEL (self->receipts), i);
      if (g_str_equal (mil_receipt_record_get_id (receipt), receipt_id))
        return receipt;
    }
  return NULL;
}

/**
 * mil_session_get_arrived:
 * @self: a session
 * @trip: a trip
 *
 * Returns: what the claims of @trip have paid out, in the home currency; unset while that is not known
 */
MilMoney
mil_session_get_arrived (MilSession *self, MilTrip *trip)
{
  MilMoney sum = { 0 };

  g_return_val_if_fail (MIL_IS_SESSION (self), sum);
  g_return_val_if_fail (MIL_IS_TRIP (trip), sum);

  if (self->home_currency != NULL)
    sum = mil_money (0, self->home_currency);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->claims)); i++)
    {
      g_autoptr (MilClaim) claim = g_list_model_get_item (G_LIST_MODEL (self->claims), i);
      const MilClaimInfo *info = mil_claim_get_info (claim);
      MilReceiptRecord *receipt = info->receipts != NULL ? mil_session_find_receipt (self, info->receipts[0]) : NULL;
      MilClaimState state;

      if (receipt != NULL && mil_claim_state_parse (info->state, &state) && state == MIL_CLAIM_REFUNDED
          && mil_session_trip_of (self, receipt) == trip)
        add_home (self, &sum, mil_money_is_set (info->payout) ? info->payout : info->refund);
    }
  return sum;
}

/**
 * mil_session_get_coming_back:
 * @self: a session
 *
 * Returns: what all receipts that are ready and all claims under way bring, at the least, in the home
 *   currency
 */
MilMoney
mil_session_get_coming_back (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), (MilMoney) { 0 });

  return self->coming_back;
}
