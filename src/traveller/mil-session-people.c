/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/mil-country.h"
#include "base/mil-json.h"
#include "traveller/mil-session-private.h"

#include <glib/gi18n.h>

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
      if (same == NULL || same == person)
        continue;
      mil_record_set_value (MIL_RECORD (same), mil_person_get_info (person));
      mil_disown (save_record (self, MIL_KIND_TRIP, MIL_RECORD (trip)), "keep a trip");
    }
  mil_session_notify_trip (self);
  mil_session_queue_assess (self);
}

/**
 * mil_session_save_person:
 * @self: a session
 * @info: who it is; without an id it is somebody new
 *
 * Keeps a person, new or changed. The number of the document is kept by mil_session_store_document().
 *
 * Returns: (transfer full): a future #MilPerson, which is on the disk then
 */
DexFuture *
mil_session_save_person (MilSession *self, const MilPersonInfo *info)
{
  g_autofree char *id = NULL;
  g_autoptr (MilPerson) person = NULL;
  MilPersonInfo copy = { 0 };
  MilPerson    *kept = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (info != NULL);

  if (info->name == NULL || *info->name == '\0')
    return mil_future_reject (MIL_ERROR_INVALID, _ ("Write the name as it stands in the travel document."));
  if (info->residence == NULL || !mil_country_is_known (info->residence))
    return mil_future_reject (MIL_ERROR_INVALID, _ ("Choose the country where this person lives."));
  copy = *info;
  if (copy.id == NULL || *copy.id == '\0')
    copy.id = id = mil_uuid_new (self->clock, self->random);
  person = mil_person_new (&copy);
  kept = put_record (self, self->people, MIL_RECORD (person));
  update_travellers (self, kept);
  return save_record (self, MIL_KIND_PERSON, MIL_RECORD (kept));
}

/**
 * mil_session_delete_person:
 * @self: a session
 * @person: who
 *
 * Forgets somebody, but for trips that the person is on. mil_session_restore_person() takes it back. The
 * number of a document stays in the keyring until mil_session_forget_document() takes it out.
 *
 * Returns: (transfer full): a future that resolves when that is on the disk
 */
DexFuture *
mil_session_delete_person (MilSession *self, MilPerson *person)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PERSON (person));

  return delete_record (self, MIL_KIND_PERSON, self->people, MIL_RECORD (person));
}

/**
 * mil_session_restore_person:
 * @self: a session
 * @person: somebody who was deleted
 *
 * Returns: (transfer full): a future #MilPerson, which is on the disk again then
 */
DexFuture *
mil_session_restore_person (MilSession *self, MilPerson *person)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PERSON (person));

  return save_record (self, MIL_KIND_PERSON, put_record (self, self->people, MIL_RECORD (person)));
}

typedef struct
{
  MilSession *session; /* (owned) */
  MilPerson  *person;  /* (owned) */
  char       *type;
  char       *number;
  MilDate     expires;
} Document;

static void
document_free (gpointer data)
{
  Document *document = data;

  g_object_unref (document->session);
  g_object_unref (document->person);
  g_free (document->type);
  g_free (document->number);
  g_free (document);
}

static DexFuture *
store_document_fiber (gpointer data)
{
  Document        *document = data;
  MilPersonInfo    info = *mil_person_get_info (document->person);
  gsize            length = strlen (document->number);
  g_autofree char *last4 = g_strdup (document->number + (length > 4 ? length - 4 : 0));
  /* Translators: how the keyring lists a passport number; %s is a person's name. */
  g_autofree char *label = g_strdup_printf (_ ("Milione: travel document of %s"), info.name);
  g_autoptr (GError) error = NULL;

  if (!mil_await (mil_secrets_store (document->session->secrets, SECRET_KIND, info.id, label, document->number), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  info = *mil_person_get_info (document->person);
  info.document_type = document->type;
  info.document_last4 = last4;
  info.document_expires = document->expires;
  mil_record_set_value (MIL_RECORD (document->person), &info);
  update_travellers (document->session, document->person);
  return save_record (document->session, MIL_KIND_PERSON, MIL_RECORD (document->person));
}

/**
 * mil_session_store_document:
 * @self: a session
 * @person: whose
 * @type: "passport" or "id"
 * @number: its number, which goes into the keyring and nowhere else
 * @expires: last day of its validity; unset where not told
 *
 * Returns: (transfer full): a future #MilPerson, with the last four characters; %MIL_ERROR_KEYRING_LOCKED,
 *   %MIL_ERROR_KEYRING_MISSING
 */
DexFuture *
mil_session_store_document (MilSession *self, MilPerson *person, const char *type, const char *number, MilDate expires)
{
  Document *document = NULL;

  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PERSON (person));
  dex_return_error_if_fail (type != NULL && number != NULL);

  document = g_new0 (Document, 1);
  document->session = g_object_ref (self);
  document->person = g_object_ref (person);
  document->type = g_strdup (type);
  document->number = g_strdup (number);
  document->expires = expires;
  return mil_spawn (store_document_fiber, document, document_free);
}

/**
 * mil_session_lookup_document:
 * @self: a session
 * @person: whose
 *
 * Returns: (transfer full): a future string, the number of the travel document, %NULL where it was not
 *   told; %MIL_ERROR_KEYRING_LOCKED, %MIL_ERROR_KEYRING_MISSING
 */
DexFuture *
mil_session_lookup_document (MilSession *self, MilPerson *person)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PERSON (person));

  return mil_secrets_lookup (self->secrets, SECRET_KIND, mil_person_get_info (person)->id);
}

/**
 * mil_session_forget_document:
 * @self: a session
 * @person: whose
 *
 * Returns: (transfer full): a future that resolves when the number is no longer in the keyring;
 *   %MIL_ERROR_KEYRING_LOCKED, %MIL_ERROR_KEYRING_MISSING
 */
DexFuture *
mil_session_forget_document (MilSession *self, MilPerson *person)
{
  dex_return_error_if_fail (MIL_IS_SESSION (self));
  dex_return_error_if_fail (MIL_IS_PERSON (person));

  return mil_secrets_delete (self->secrets, SECRET_KIND, mil_person_get_info (person)->id);
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
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->trips)); i++)
    {
      g_autoptr (MilTrip) trip = g_list_model_get_item (G_LIST_MODEL (self->trips), i);
      MilTripInfo      info = *mil_trip_get_info (trip);
      g_autofree char *title = trip_title (&info);
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
