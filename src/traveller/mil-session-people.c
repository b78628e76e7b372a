/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-country.h"
#include "base/mil-json.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define SECRET_KIND "document"

/* --- records that the person makes -------------------------------------------------------------- */

/* A list entry that is saved, new or changed; returns the one in the list. */
static gpointer
put_record (MilSession *self, GListStore *list, MilRecord *record)
{
  MilRecord *known = mil_record_list_find (G_LIST_MODEL (list), mil_record_get_id (record), NULL);

  if (known == NULL)
    {
      g_list_store_append (list, record);
      return record;
    }
  mil_record_set_value (known, mil_record_get_value (record));
  return known;
}

static DexFuture *
return_record (DexFuture *saved, gpointer data)
{
  return dex_future_new_for_object (data);
}

static DexFuture *
save_record (MilSession *self, const char *kind, MilRecord *record)
{
  g_autoptr (JsonNode) json = mil_record_to_json (record);

  return dex_future_then (mil_local_store_put (self->store, kind, mil_record_get_id (record), json),
                          return_record,
                          g_object_ref (record),
                          g_object_unref);
}

static DexFuture *
delete_record (MilSession *self, const char *kind, GListStore *list, MilRecord *record)
{
  guint position = 0;

  if (g_list_store_find (list, record, &position))
    g_list_store_remove (list, position);
  return mil_local_store_delete (self->store, kind, mil_record_get_id (record));
}

/* --- people ------------------------------------------------------------------------------------- */

/**
 * mil_session_get_people:
 * @self: a session
 *
 * Returns: (transfer none): a list of #MilPerson, all who ever travel
 */
GListModel *
mil_session_get_people (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->people);
}

/* Trips hold people of their own list, which follow by id. */
static void
update_travellers (MilSession *self, MilPerson *person)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->trips)); i++)
    {
      g_autoptr (MilTrip) trip = g_list_model_get_item (G_LIST_MODEL (self->trips), i);
      MilPerson *same = mil_record_list_find (G_LIST_MODEL (mil_trip_get_info (trip)->travellers),
                                              mil_person_get_info (person)->id,
                                              NULL);
      if (same == NULL)
        continue;
      if (same != person)
        mil_record_set_value (MIL_RECORD (same), mil_person_get_info (person));
      mil_disown (save_record (self, MIL_KIND_TRIP, MIL_RECORD (trip)), "keep a trip");
    }
  mil_session_notify_trip (self);
  mil_session_queue_assess (self);
}

/* The name that lists show. Somebody of whom only that is known, as earlier versions asked, has it all as
 * surname: which part is which is for the person to say. */
static char *
whole_name (MilPersonInfo *info)
{
  if (info->surname == NULL || *info->surname == '\0')
    info->surname = info->name;
  if (info->surname == NULL || info->given_names == NULL || *info->given_names == '\0')
    return g_strdup (info->surname);
  /* Translators: given names, surname. */
  return g_strdup_printf (C_ ("name of a person", "%1$s %2$s"), info->given_names, info->surname);
}

/* The postal code tells who lives in Northern Ireland: BT, and a digit. */
static gboolean
is_northern_ireland (const char *residence, const char *postcode)
{
  return g_strcmp0 (residence, "GB") == 0 && postcode != NULL && g_ascii_strncasecmp (postcode, "BT", 2) == 0
         && g_ascii_isdigit (postcode[2]);
}

/**
 * mil_session_save_person:
 * @self: a session
 * @info: who it is; without an id it is somebody new; the name is made here of surname and given names,
 *   or is the surname where that is not told
 *
 * Keeps a person, new or changed. What is in the keyring, and what is said of it here, is kept by
 * mil_session_store_personal().
 *
 * Returns: (transfer full): a future #MilPerson, which is on the disk then
 */
DexFuture *
mil_session_save_person (MilSession *self, const MilPersonInfo *info)
{
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autoptr (MilPerson) person = NULL;
  MilPersonInfo copy = { 0 };
  MilPerson    *known = NULL;
  MilPerson    *kept = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (info != NULL);

  copy = *info;
  copy.name = name = whole_name (&copy);
  if (copy.name == NULL || *copy.name == '\0')
    return mil_future_reject (MIL_ERROR_INVALID, _ ("Write the name as it stands in the travel document."));
  if (info->residence == NULL || !mil_country_is_known (info->residence))
    return mil_future_reject (MIL_ERROR_INVALID, _ ("Choose the country where this person lives."));
  if (copy.id == NULL || *copy.id == '\0')
    copy.id = id = mil_uuid_new (self->clock, self->random);
  known = mil_record_list_find (G_LIST_MODEL (self->people), copy.id, NULL);
  copy.document_last4 = known != NULL ? mil_person_get_info (known)->document_last4 : NULL;
  copy.has_address = known != NULL && mil_person_get_info (known)->has_address;
  person = mil_person_new (&copy);
  kept = put_record (self, self->people, MIL_RECORD (person));
  update_travellers (self, kept);
  return save_record (self, MIL_KIND_PERSON, MIL_RECORD (kept));
}

/* --- what is in the keyring alone ----------------------------------------------------------------- */

typedef struct
{
  MilSession  *session;  /* (owned) */
  MilPerson   *person;   /* (owned) */
  MilPersonal *personal; /* (owned) (nullable) */
} Personal;

static void
personal_free (gpointer data)
{
  Personal *personal = data;

  g_object_unref (personal->session);
  g_object_unref (personal->person);
  g_clear_pointer (&personal->personal, mil_personal_free);
  g_free (personal);
}

static Personal *
personal_new (MilSession *session, MilPerson *person, const MilPersonal *personal)
{
  Personal *self = g_new0 (Personal, 1);

  self->session = g_object_ref (session);
  self->person = g_object_ref (person);
  self->personal = personal != NULL ? mil_personal_copy (personal) : NULL;
  return self;
}

static DexFuture *
keep_secret (Personal *personal)
{
  const MilPersonInfo *info = mil_person_get_info (personal->person);
  g_autofree char     *secret = mil_personal_to_secret (personal->personal);
  /* Translators: how the keyring lists it; %s is a person's name. */
  g_autofree char *label = g_strdup_printf (_ ("Milione: passport number and address of %s"), info->name);
  DexFuture       *kept = NULL;

  if (mil_personal_is_empty (personal->personal))
    return mil_secrets_delete (personal->session->secrets, SECRET_KIND, info->id);
  kept = mil_secrets_store (personal->session->secrets, SECRET_KIND, info->id, label, secret);
  explicit_bzero (secret, strlen (secret));
  return kept;
}

static DexFuture *
store_personal_fiber (gpointer data)
{
  Personal          *personal = data;
  const MilPersonal *told = personal->personal;
  const char        *number = told->number != NULL ? told->number : "";
  gsize              length = strlen (number);
  g_autofree char   *last4 = length > 0 ? g_strdup (number + (length > 4 ? length - 4 : 0)) : NULL;
  MilPersonInfo      info = { 0 };
  g_autoptr (GError) error = NULL;

  if (!mil_await (keep_secret (personal), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  info = *mil_person_get_info (personal->person);
  info.document_last4 = last4;
  info.has_address = mil_personal_has_address (told);
  if ((info.region == NULL || *info.region == '\0') && is_northern_ireland (info.residence, told->postcode))
    info.region = (char *) "NIR";
  mil_record_set_value (MIL_RECORD (personal->person), &info);
  update_travellers (personal->session, personal->person);
  return save_record (personal->session, MIL_KIND_PERSON, MIL_RECORD (personal->person));
}

/**
 * mil_session_store_personal:
 * @self: a session
 * @person: whose
 * @personal: number of the document, address and so on; copied. It goes into the keyring and nowhere else,
 * over all that was there before
 *
 * Returns: (transfer full): a future #MilPerson, with the last four characters of the number;
 *   %MIL_ERROR_KEYRING_LOCKED, %MIL_ERROR_KEYRING_MISSING
 */
DexFuture *
mil_session_store_personal (MilSession *self, MilPerson *person, const MilPersonal *personal)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PERSON (person));
  dex_return_error_if_fail (personal != NULL);

  return mil_spawn (store_personal_fiber, personal_new (self, person, personal), personal_free);
}

static DexFuture *
lookup_personal_fiber (gpointer data)
{
  Personal            *personal = data;
  const MilPersonInfo *info = mil_person_get_info (personal->person);
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = mil_await_pointer (mil_secrets_lookup (personal->session->secrets, SECRET_KIND, info->id),
                                               &error);
  MilPersonal *told = NULL;

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  told = mil_personal_from_secret (secret);
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  return dex_future_new_take_boxed (MIL_TYPE_PERSONAL, told);
}

/**
 * mil_session_lookup_personal:
 * @self: a session
 * @person: whose
 *
 * Returns: (transfer full): a future #MilPersonal, what the keyring has of the person, which may be nothing;
 *   %MIL_ERROR_KEYRING_LOCKED, %MIL_ERROR_KEYRING_MISSING
 */
DexFuture *
mil_session_lookup_personal (MilSession *self, MilPerson *person)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PERSON (person));

  return mil_spawn (lookup_personal_fiber, personal_new (self, person, NULL), personal_free);
}

/* --- forgetting somebody ---------------------------------------------------------------------- */

#define ERASED_TRIPS "mil-erased-trips"

static void
put_json (MilBatch *batch, const char *kind, MilRecord *record)
{
  g_autoptr (JsonNode) json = mil_record_to_json (record);

  mil_batch_put (batch, kind, mil_record_get_id (record), json);
}

/* What the person was on is remembered for as long as it may be taken back. */
static void
leave_trips (MilSession *self, MilPerson *person, MilBatch *batch)
{
  GPtrArray *left = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->trips)); i++)
    {
      g_autoptr (MilTrip) trip = g_list_model_get_item (G_LIST_MODEL (self->trips), i);
      GListStore *travellers = mil_trip_get_info (trip)->travellers;
      guint       position = 0;

      if (mil_record_list_find (G_LIST_MODEL (travellers), mil_person_get_info (person)->id, &position) == NULL)
        continue;
      g_list_store_remove (travellers, position);
      put_json (batch, MIL_KIND_TRIP, MIL_RECORD (trip));
      g_ptr_array_add (left, g_steal_pointer (&trip));
    }
  g_object_set_data_full (G_OBJECT (person), ERASED_TRIPS, left, (GDestroyNotify) g_ptr_array_unref);
}

static void
leave_draft (MilSession *self, MilPerson *person)
{
  g_autoptr (JsonNode) draft = mil_session_load_draft (self, MIL_DRAFT_TRIP);
  g_autoptr (MilRecord) trip = draft != NULL ? mil_record_new_from_json (MIL_TYPE_TRIP, draft, NULL) : NULL;
  g_autoptr (JsonNode) without = NULL;
  GListStore *travellers = trip != NULL ? mil_trip_get_info (MIL_TRIP (trip))->travellers : NULL;
  guint       position = 0;

  if (travellers == NULL
      || mil_record_list_find (G_LIST_MODEL (travellers), mil_person_get_info (person)->id, &position) == NULL)
    return;
  g_list_store_remove (travellers, position);
  without = mil_record_to_json (trip);
  mil_session_save_draft (self, MIL_DRAFT_TRIP, without);
}

static void
people_changed (MilSession *self)
{
  mil_session_notify_trip (self);
  mil_session_queue_assess (self);
}

/**
 * mil_session_delete_person:
 * @self: a session
 * @person: who
 *
 * Forgets somebody: in the list, on every trip, and in a trip that is being planned. What the keyring has
 * goes with mil_session_erase_person(), when it is not to be taken back any more, or else at the next
 * start. Until then mil_session_restore_person() takes it back.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk
 */
DexFuture *
mil_session_delete_person (MilSession *self, MilPerson *person)
{
  const char *id = NULL;
  MilBatch   *batch = NULL;
  guint       position = 0;
  g_autoptr (JsonNode) json = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PERSON (person));

  id = mil_person_get_info (person)->id;
  batch = mil_batch_new ();
  if (mil_record_list_find (G_LIST_MODEL (self->people), id, &position) != NULL)
    g_list_store_remove (self->people, position);
  json = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (json, json_object_new ());
  mil_batch_delete (batch, MIL_KIND_PERSON, id);
  mil_batch_put (batch, MIL_KIND_ERASURE, id, json);
  leave_trips (self, person, batch);
  leave_draft (self, person);
  people_changed (self);
  return mil_local_store_write (self->store, batch);
}

/**
 * mil_session_restore_person:
 * @self: a session
 * @person: somebody who was deleted, and not erased
 *
 * Returns: (transfer full): a future that resolves when the person is on the disk again, and on the same trips
 */
DexFuture *
mil_session_restore_person (MilSession *self, MilPerson *person)
{
  g_autoptr (GPtrArray) trips = NULL;
  MilBatch *batch = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PERSON (person));

  batch = mil_batch_new ();
  trips = g_object_steal_data (G_OBJECT (person), ERASED_TRIPS);
  put_record (self, self->people, MIL_RECORD (person));
  put_json (batch, MIL_KIND_PERSON, MIL_RECORD (person));
  mil_batch_delete (batch, MIL_KIND_ERASURE, mil_person_get_info (person)->id);
  for (guint i = 0; trips != NULL && i < trips->len; i++)
    {
      put_record (self, mil_trip_get_info (trips->pdata[i])->travellers, MIL_RECORD (person));
      put_json (batch, MIL_KIND_TRIP, trips->pdata[i]);
    }
  people_changed (self);
  return mil_local_store_write (self->store, batch);
}

typedef struct
{
  MilSession *session; /* (owned) */
  char       *id;
} Erasure;

static void
erasure_free (gpointer data)
{
  Erasure *erasure = data;

  g_object_unref (erasure->session);
  g_free (erasure->id);
  g_free (erasure);
}

/* Somebody who was taken back meanwhile keeps everything. */
static DexFuture *
erase_fiber (gpointer data)
{
  Erasure    *erasure = data;
  MilSession *self = erasure->session;
  g_autoptr (GError) error = NULL;

  if (mil_record_list_find (G_LIST_MODEL (self->people), erasure->id, NULL) != NULL)
    return dex_future_new_true ();
  if (!mil_await (mil_secrets_delete (self->secrets, SECRET_KIND, erasure->id), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return mil_local_store_delete (self->store, MIL_KIND_ERASURE, erasure->id);
}

static DexFuture *
erase (MilSession *self, const char *id)
{
  Erasure *erasure = g_new0 (Erasure, 1);

  erasure->session = g_object_ref (self);
  erasure->id = g_strdup (id);
  return mil_spawn (erase_fiber, erasure, erasure_free);
}

/**
 * mil_session_erase_person:
 * @self: a session
 * @person: somebody who was deleted; one who was taken back is left as is
 *
 * Takes what the keyring has of somebody out of it. Where the keyring is locked that is tried again at
 * the next start.
 *
 * Returns: (transfer full): a future that resolves when nothing is left; %MIL_ERROR_KEYRING_LOCKED,
 *   %MIL_ERROR_KEYRING_MISSING
 */
DexFuture *
mil_session_erase_person (MilSession *self, MilPerson *person)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PERSON (person));

  return erase (self, mil_person_get_info (person)->id);
}

/* --- trips -------------------------------------------------------------------------------------- */

static char *
trip_title (const MilTripInfo *info)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  const char      *country = mil_country_name (info->country);

  if (!mil_date_is_set (info->from) || !mil_date_is_set (info->to))
    return g_strdup (country);
  from = mil_date_format_short (info->from);
  to = mil_date_format_short (info->to);
  /* Translators: a trip: country, first and last day, like "Italy · 12 May – 24 May". */
  return g_strdup_printf (C_ ("trip", "%s · %s – %s"), country, from, to);
}

static void
set_current (MilSession *self, MilTrip *trip)
{
  if (g_set_object (&self->current_trip, trip))
    mil_session_notify_trip (self);
  mil_session_queue_assess (self);
}

/* Earlier versions knew the whole name only. */
static void
name_people (GListModel *people)
{
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (MilPerson) person = g_list_model_get_item (people, i);
      MilPersonInfo    info = *mil_person_get_info (person);
      g_autofree char *name = whole_name (&info);
      g_autofree char *surname = g_strdup (info.surname);

      info.name = name;
      info.surname = surname;
      mil_record_set_value (MIL_RECORD (person), &info);
    }
}

/**
 * mil_session_resume_erasures: (skip)
 * @self: a session
 * @store: what the store held
 *
 * Takes out of the keyring what is still there of people who were deleted before.
 */
void
mil_session_resume_erasures (MilSession *self, MilDocuments *store)
{
  GPtrArray *erasures = mil_documents_get (store, MIL_KIND_ERASURE);

  for (guint i = 0; erasures != NULL && i < erasures->len; i++)
    mil_disown (erase (self, ((MilDocument *) erasures->pdata[i])->id), "forget somebody");
}

/**
 * mil_session_load_people: (skip)
 * @self: a session
 * @store: what the store held
 *
 * Brings back people and trips.
 */
void
mil_session_load_people (MilSession *self, MilDocuments *store)
{
  JsonNode *json = mil_documents_find (store, MIL_KIND_SETTING, "trip");
  g_autoptr (MilJson) reader = json != NULL ? mil_json_new (json) : NULL;

  mil_session_load_records (store, MIL_KIND_PERSON, MIL_TYPE_PERSON, self->people);
  mil_session_load_records (store, MIL_KIND_TRIP, MIL_TYPE_TRIP, self->trips);
  name_people (G_LIST_MODEL (self->people));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->trips)); i++)
    {
      g_autoptr (MilTrip) trip = g_list_model_get_item (G_LIST_MODEL (self->trips), i);
      MilTripInfo      info = *mil_trip_get_info (trip);
      g_autofree char *title = trip_title (&info);

      name_people (G_LIST_MODEL (info.travellers));
      info.title = title;
      mil_record_set_value (MIL_RECORD (trip), &info);
    }
  if (reader != NULL)
    set_current (self, mil_record_list_find (G_LIST_MODEL (self->trips), mil_json_string_optional (reader, "id", 64), NULL));
}

/**
 * mil_session_get_trips:
 * @self: a session
 *
 * Returns: (transfer none): a list of #MilTrip
 */
GListModel *
mil_session_get_trips (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->trips);
}

/**
 * mil_session_get_current_trip:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the trip that refunds are worked out for
 */
MilTrip *
mil_session_get_current_trip (MilSession *self)
{
  g_return_val_if_fail (MIL_IS_SESSION (self), NULL);

  return self->current_trip;
}

/**
 * mil_session_set_current_trip:
 * @self: a session
 * @trip: (nullable): the trip that refunds are to be worked out for
 *
 * Returns: (transfer full): a future that resolves when that is on the disk
 */
DexFuture *
mil_session_set_current_trip (MilSession *self, MilTrip *trip)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) json = json_node_new (JSON_NODE_OBJECT);

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (trip == NULL || MIL_IS_TRIP (trip));

  set_current (self, trip);
  if (trip != NULL)
    json_object_set_string_member (object, "id", mil_trip_get_info (trip)->id);
  json_node_set_object (json, object);
  return mil_session_put_setting (self, "trip", json);
}

/**
 * mil_session_save_trip:
 * @self: a session
 * @info: where and when it goes; without an id it is a new one, and becomes the current one where there
 *   is none; the title is made here
 *
 * Keeps a trip, new or changed.
 *
 * Returns: (transfer full): a future #MilTrip, which is on the disk then
 */
DexFuture *
mil_session_save_trip (MilSession *self, const MilTripInfo *info)
{
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  g_autoptr (MilTrip) trip = NULL;
  g_autoptr (GListStore) nobody = g_list_store_new (MIL_TYPE_PERSON);
  MilTripInfo copy = { 0 };
  MilTrip    *kept = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (info != NULL);

  if (info->country == NULL || !mil_country_is_known (info->country))
    return mil_future_reject (MIL_ERROR_INVALID, _ ("Choose the country where you are going."));
  if (mil_date_is_set (info->from) && mil_date_is_set (info->to) && mil_date_compare (info->to, info->from) < 0)
    return mil_future_reject (MIL_ERROR_INVALID, _ ("The trip ends before it begins. Check both days."));
  copy = *info;
  if (copy.id == NULL || *copy.id == '\0')
    copy.id = id = mil_uuid_new (self->clock, self->random);
  if (copy.exit_country == NULL || *copy.exit_country == '\0')
    copy.exit_country = copy.country;
  if (copy.travellers == NULL)
    copy.travellers = nobody;
  copy.title = title = trip_title (&copy);
  trip = mil_trip_new (&copy);
  kept = put_record (self, self->trips, MIL_RECORD (trip));
  if (self->current_trip == NULL)
    mil_disown (mil_session_set_current_trip (self, kept), "choose the trip");
  else
    mil_session_notify_trip (self);
  mil_session_queue_assess (self);
  return save_record (self, MIL_KIND_TRIP, MIL_RECORD (kept));
}

/**
 * mil_session_delete_trip:
 * @self: a session
 * @trip: which one
 *
 * Forgets a trip; its receipts stay. mil_session_restore_trip() takes it back.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk
 */
DexFuture *
mil_session_delete_trip (MilSession *self, MilTrip *trip)
{
  DexFuture *deleted = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_TRIP (trip));

  deleted = delete_record (self, MIL_KIND_TRIP, self->trips, MIL_RECORD (trip));
  if (self->current_trip == trip)
    mil_disown (mil_session_set_current_trip (self, NULL), "choose no trip");
  return deleted;
}

/**
 * mil_session_restore_trip:
 * @self: a session
 * @trip: one that was deleted
 *
 * Returns: (transfer full): a future #MilTrip, which is on the disk again then
 */
DexFuture *
mil_session_restore_trip (MilSession *self, MilTrip *trip)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_TRIP (trip));

  if (self->current_trip == NULL)
    mil_disown (mil_session_set_current_trip (self, trip), "choose the trip");
  return save_record (self, MIL_KIND_TRIP, put_record (self, self->trips, MIL_RECORD (trip)));
}
