/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-claim-paper.h"
#include "traveller/mil-session-private.h"

/* What a form takes of a text; OCR and people write more, and other things than letters. */
#define MAX_TEXT 190

static char *
clean (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0' && out->len < MAX_TEXT; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);

      g_string_append_unichar (out, g_unichar_iscntrl (c) || turns ? ' ' : c);
    }
  return g_strstrip (g_string_free_and_steal (g_steal_pointer (&out)));
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  g_autofree char *cleaned = text != NULL ? clean (text) : NULL;

  if (cleaned == NULL || *cleaned == '\0')
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, cleaned);
}

static void
add_date (JsonBuilder *builder, const char *name, MilDate date)
{
  g_autofree char *text = mil_date_is_set (date) ? mil_date_to_string (date) : NULL;

  add_text (builder, name, text);
}

static void
add_money (JsonBuilder *builder, const char *name, MilMoney money, const char *currency)
{
  g_autofree char *text = NULL;

  if (!mil_money_is_set (money) || !g_str_equal (money.currency, currency))
    return;
  text = mil_money_to_decimal (money);
  add_text (builder, name, text);
}

/* --- who and where ---------------------------------------------------------------------------- */

static MilReceiptRecord *
first_receipt (MilSession *session, const MilClaimInfo *info)
{
  for (guint i = 0; info->receipts != NULL && info->receipts[i] != NULL; i++)
    {
      MilReceiptRecord *receipt = mil_session_find_receipt (session, info->receipts[i]);

      if (receipt != NULL)
        return receipt;
    }
  return NULL;
}

static MilPerson *
find_person (MilSession *session, MilReceiptRecord *receipt, MilTrip *trip)
{
  GListModel      *people = mil_session_get_people (session);
  g_autofree char *id = NULL;
  MilPerson       *person = NULL;

  if (receipt != NULL)
    g_object_get (receipt, "traveller-id", &id, NULL);
  person = id != NULL ? mil_record_list_find (people, id, NULL) : NULL;
  if (person != NULL)
    return person;
  if (trip != NULL && g_list_model_get_n_items (G_LIST_MODEL (mil_trip_get_info (trip)->travellers)) > 0)
    people = G_LIST_MODEL (mil_trip_get_info (trip)->travellers);
  person = g_list_model_get_item (people, 0);
  /* The list keeps it alive. */
  if (person != NULL)
    g_object_unref (person);
  return person;
}

/**
 * mil_claim_person: (skip)
 * @session: a session
 * @claim: a claim
 *
 * Returns: (transfer none) (nullable): who bought
 */
MilPerson *
mil_claim_person (MilSession *session, MilClaim *claim)
{
  MilReceiptRecord *receipt = first_receipt (session, mil_claim_get_info (claim));
  MilTrip *trip = receipt != NULL ? mil_session_trip_of (session, receipt) : mil_session_get_current_trip (session);

  return find_person (session, receipt, trip);
}

static void
add_document (JsonBuilder *builder, const MilPersonInfo *info, const MilPersonal *personal)
{
  json_builder_set_member_name (builder, "document");
  json_builder_begin_object (builder);
  if (info->document_type != NULL)
    add_text (builder, "type", g_str_equal (info->document_type, "passport") ? "passport" : "id-card");
  add_text (builder, "number", personal != NULL ? personal->number : NULL);
  add_text (builder, "country", info->document_country);
  add_date (builder, "expires_on", info->document_expires);
  json_builder_end_object (builder);
}

static void
add_home (JsonBuilder *builder, const MilPersonal *personal)
{
  add_text (builder, "address", personal->street);
  add_text (builder, "postcode", personal->postcode);
  add_text (builder, "city", personal->city);
  add_text (builder, "email", personal->email);
  add_text (builder, "phone", personal->phone);
}

static void
add_traveller (JsonBuilder *builder, const MilPersonInfo *info, MilTrip *trip, const MilPersonal *personal)
{
  json_builder_set_member_name (builder, "traveller");
  json_builder_begin_object (builder);
  if (info != NULL)
    {
      add_text (builder, "surname", info->surname != NULL ? info->surname : info->name);
      add_text (builder, "given_name", info->given_names);
      add_date (builder, "born", info->born);
      add_text (builder, "nationality", info->nationality);
      add_text (builder, "residence", info->residence);
    }
  if (info != NULL && personal != NULL)
    add_home (builder, personal);
  if (trip != NULL)
    {
      add_date (builder, "arrived_on", mil_trip_get_info (trip)->from);
      add_date (builder, "leaves_on", mil_trip_get_info (trip)->to);
    }
  if (info != NULL && info->document_type != NULL)
    add_document (builder, info, personal);
  json_builder_end_object (builder);
}

static void
add_seller (JsonBuilder *builder, const MilClaimInfo *info, MilReceiptRecord *receipt)
{
  json_builder_set_member_name (builder, "seller");
  json_builder_begin_object (builder);
  add_text (builder, "name", info->shop);
  add_text (builder, "country", info->country);
  if (receipt != NULL)
    add_text (builder, "vat_id", mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_VAT_ID));
  json_builder_end_object (builder);
}

/* --- what ------------------------------------------------------------------------------------- */

static const char *
find_rate (MilReceiptRecord *receipt, const char *vat_class)
{
  GListModel *rows = mil_receipt_record_get_vat (receipt);
  guint       n = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MilReceiptVatItem) row = g_list_model_get_item (rows, i);
      const MilReceiptVatItemInfo *info = mil_receipt_vat_item_get_info (row);
      MilDecimal                   rate;

      /* A receipt with one rate need not mark its lines. */
      if ((n == 1 || (vat_class != NULL && g_strcmp0 (info->vat_class, vat_class) == 0)) && info->rate != NULL
          && mil_decimal_parse (info->rate, &rate, NULL) && rate.digits >= 0 && rate.scale <= 4
          && mil_decimal_compare (rate, (MilDecimal) { 100, 0 }) <= 0)
        return info->rate;
    }
  return NULL;
}

static void
add_line (JsonBuilder *builder, MilReceiptRecord *receipt, const MilReceiptLineItemInfo *info, const char *currency)
{
  gint64 quantity = 0;

  json_builder_begin_object (builder);
  add_text (builder, "description", info->title != NULL && *info->title != '\0' ? info->title : "–");
  if (info->quantity != NULL && g_ascii_string_to_signed (info->quantity, 10, 1, 1000000, &quantity, NULL))
    {
      json_builder_set_member_name (builder, "quantity");
      json_builder_add_int_value (builder, quantity);
    }
  add_text (builder, "vat_rate", find_rate (receipt, info->vat_class));
  add_money (builder, "total", info->amount, currency);
  json_builder_end_object (builder);
}

/* Lines that were read badly do not go onto a form: without them it still says what was paid. */
static gboolean
lines_are_sound (MilReceiptRecord *receipt, MilMoney total)
{
  GListModel *lines = mil_receipt_record_get_lines (receipt);
  MilMoney    sum = mil_money (0, total.currency);

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (MilReceiptLineItem) line = g_list_model_get_item (lines, i);
      MilMoney amount = mil_receipt_line_item_get_info (line)->amount;

      if (!mil_money_is_set (amount) || !g_str_equal (amount.currency, total.currency)
          || !mil_money_add (sum, amount, &sum, NULL))
        return FALSE;
    }
  return mil_money_compare (sum, total) <= 0;
}

/* The tax that the receipt itself names; one row that was not read leaves the sum unknown. */
static MilMoney
tax_on_receipt (MilReceiptRecord *receipt, MilMoney total)
{
  GListModel *rows = mil_receipt_record_get_vat (receipt);
  MilMoney    sum = mil_money (0, total.currency);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (MilReceiptVatItem) row = g_list_model_get_item (rows, i);
      MilMoney vat = mil_receipt_vat_item_get_info (row)->vat;

      if (!mil_money_is_set (vat) || !g_str_equal (vat.currency, total.currency) || !mil_money_add (sum, vat, &sum, NULL))
        return (MilMoney) { 0 };
    }
  return sum.minor > 0 && mil_money_compare (sum, total) < 0 ? sum : (MilMoney) { 0 };
}

static void
add_purchase (JsonBuilder *builder, MilReceiptRecord *receipt, const MilClaimInfo *info)
{
  MilMoney    total = mil_receipt_record_get_amount (receipt);
  const char *merchant = mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_MERCHANT);
  GListModel *lines = mil_receipt_record_get_lines (receipt);

  json_builder_begin_object (builder);
  add_text (builder, "id", mil_receipt_record_get_id (receipt));
  add_date (builder, "date", mil_receipt_record_get_date (receipt));
  add_text (builder, "time", mil_receipt_record_get_text (receipt, MIL_RECEIPT_PART_TIME));
  if (g_strcmp0 (merchant, info->shop) != 0)
    add_text (builder, "shop", merchant);
  add_money (builder, "total", total, info->total.currency);
  add_money (builder, "vat", tax_on_receipt (receipt, total), info->total.currency);
  if (lines_are_sound (receipt, total))
    {
      json_builder_set_member_name (builder, "lines");
      json_builder_begin_array (builder);
      for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
        {
          g_autoptr (MilReceiptLineItem) line = g_list_model_get_item (lines, i);

          add_line (builder, receipt, mil_receipt_line_item_get_info (line), info->total.currency);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

/* A claim that was made on another device has no receipts here, and still a sum. */
static void
add_sum (JsonBuilder *builder, const MilClaimInfo *info)
{
  json_builder_begin_object (builder);
  add_date (builder, "date", mil_date_from_unix (info->created_at, NULL));
  add_money (builder, "total", info->total, info->total.currency);
  json_builder_end_object (builder);
}

static void
add_purchases (JsonBuilder *builder, MilSession *session, const MilClaimInfo *info)
{
  json_builder_set_member_name (builder, "purchases");
  json_builder_begin_array (builder);
  if (first_receipt (session, info) == NULL)
    add_sum (builder, info);
  for (guint i = 0; info->receipts != NULL && info->receipts[i] != NULL; i++)
    {
      MilReceiptRecord *receipt = mil_session_find_receipt (session, info->receipts[i]);

      if (receipt != NULL)
        add_purchase (builder, receipt, info);
    }
  json_builder_end_array (builder);
}

static void
add_refund (JsonBuilder *builder, const MilClaimInfo *info)
{
  const char *currency = info->total.currency;

  json_builder_set_member_name (builder, "refund");
  json_builder_begin_object (builder);
  add_money (builder, "eligible", info->total, currency);
  add_money (builder, "amount", info->refund, currency);
  add_money (builder, "fee", info->fee, currency);
  if (mil_money_is_set (info->payout))
    {
      add_text (builder, "payout_currency", info->payout.currency);
      add_money (builder, "payout", info->payout, info->payout.currency);
      add_text (builder, "method", "wallet");
    }
  json_builder_end_object (builder);
}

static MilDate
issue_day (const MilClaimInfo *info)
{
  for (guint i = 0; info->events != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (info->events)); i++)
    {
      g_autoptr (MilClaimEvent) event = g_list_model_get_item (G_LIST_MODEL (info->events), i);

      if (g_strcmp0 (mil_claim_event_get_info (event)->state, "issued") == 0)
        return mil_date_from_unix (mil_claim_event_get_info (event)->at, NULL);
    }
  return (MilDate) { 0 };
}

/**
 * mil_claim_form_json:
 * @session: a session
 * @claim: one of its claims
 * @personal: (nullable): number of the travel document and home address, %NULL where they are not to be told
 *
 * Returns: (transfer full): what is known of a claim, as data/openapi/tax-free-form.schema.json describes a form
 */
JsonNode *
mil_claim_form_json (MilSession *session, MilClaim *claim, const MilPersonal *personal)
{
  const MilClaimInfo *info;
  MilReceiptRecord   *receipt;
  MilTrip            *trip;
  MilPerson          *person;
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (MIL_IS_SESSION (session) && MIL_IS_CLAIM (claim), NULL);

  info = mil_claim_get_info (claim);
  receipt = first_receipt (session, info);
  trip = receipt != NULL ? mil_session_trip_of (session, receipt) : mil_session_get_current_trip (session);
  person = find_person (session, receipt, trip);
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_text (builder, "number", info->number != NULL ? info->number : info->id);
  add_text (builder, "country", info->country);
  add_text (builder, "scheme", info->scheme);
  if (g_strcmp0 (info->validation_system, "paper") != 0)
    add_text (builder, "system", info->validation_system);
  add_date (builder, "issued_on", issue_day (info));
  add_text (builder, "currency", info->total.currency);
  add_traveller (builder, person != NULL ? mil_person_get_info (person) : NULL, trip, personal);
  add_seller (builder, info, receipt);
  add_purchases (builder, session, info);
  add_refund (builder, info);
  json_builder_set_member_name (builder, "deadlines");
  json_builder_begin_object (builder);
  add_date (builder, "export_by", info->export_by);
  json_builder_end_object (builder);
  if (trip != NULL && mil_trip_get_info (trip)->exit_point != NULL)
    {
      json_builder_set_member_name (builder, "customs");
      json_builder_begin_object (builder);
      add_text (builder, "exit_point", mil_trip_get_info (trip)->exit_point);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
