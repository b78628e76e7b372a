/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-record-private.h"

#include "base/mil-json.h"
#include "traveller/mil-receipt-rows.h"
#include "traveller/mil-receipt-sheets.h"

#define MAX_PROBLEM 2000

struct _MilReceiptRecord
{
  GObject parent_instance;

  char             *id;           /* (owned) */
  char             *trip_id;      /* (owned) (nullable) */
  char             *traveller_id; /* (owned) (nullable) */
  char             *claim_id;     /* (owned) (nullable) */
  char             *claim_state;  /* (owned) (nullable) */
  MilReceiptSheets  sheets;
  MilReceiptState   state;
  double            progress;
  char             *problem; /* (owned) (nullable) */
  MilReceiptParts   parts;
  GListStore       *lines; /* (owned) */
  GListStore       *vat;   /* (owned) */
  MilMoney          amount;
  MilMoney          tax;
  MilMoney          home_amount;
  MilMoney          home_refund;
  MilDate           date;
  MilVerdict       *verdict; /* (owned) (nullable) */
  int               days_left;
  MilReceiptSection section;
  gint64            added_at;
};

G_DEFINE_FINAL_TYPE (MilReceiptRecord, mil_receipt_record, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (MilReceiptState,
                    mil_receipt_state,
                    G_DEFINE_ENUM_VALUE (MIL_RECEIPT_STATE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (MIL_RECEIPT_STATE_READING, "reading"),
                    G_DEFINE_ENUM_VALUE (MIL_RECEIPT_STATE_READ, "read"),
                    G_DEFINE_ENUM_VALUE (MIL_RECEIPT_STATE_UNREAD, "unread"))

G_DEFINE_ENUM_TYPE (MilReceiptSection,
                    mil_receipt_section,
                    G_DEFINE_ENUM_VALUE (MIL_SECTION_TO_CHECK, "to-check"),
                    G_DEFINE_ENUM_VALUE (MIL_SECTION_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (MIL_SECTION_SHOW, "show"),
                    G_DEFINE_ENUM_VALUE (MIL_SECTION_ON_ITS_WAY, "on-its-way"),
                    G_DEFINE_ENUM_VALUE (MIL_SECTION_ARRIVED, "arrived"),
                    G_DEFINE_ENUM_VALUE (MIL_SECTION_NOT_THIS_TIME, "not-this-time"))

/* The parts come first, in the order of #MilReceiptPart. */
typedef enum
{
  PROP_MERCHANT = 1,
  PROP_VAT_ID,
  PROP_COUNTRY,
  PROP_DATE,
  PROP_TIME,
  PROP_TOTAL,
  PROP_CURRENCY,
  PROP_TAX,
  PROP_GOODS,
  PROP_ID,
  PROP_TRIP_ID,
  PROP_TRAVELLER_ID,
  PROP_CLAIM_ID,
  PROP_PICTURE,
  PROP_PICTURE_WIDTH,
  PROP_PICTURE_HEIGHT,
  PROP_N_SHEETS,
  PROP_N_PAPERS,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_PROBLEM,
  PROP_AMOUNT,
  PROP_HOME_AMOUNT,
  PROP_LINES,
  PROP_VAT,
  PROP_VERDICT_KIND,
  PROP_VERDICT_TEXT,
  PROP_REASONS,
  PROP_HINTS,
  PROP_REFUND_LOW,
  PROP_REFUND_HIGH,
  PROP_HOME_REFUND,
  PROP_EXPORT_BY,
  PROP_DAYS_LEFT,
  PROP_SECTION,
  PROP_ADDED_AT,
  N_PROPS,
} MilReceiptRecordProperty;

static GParamSpec *props[N_PROPS];
static guint       edited_signal;

G_STATIC_ASSERT (PROP_GOODS == MIL_RECEIPT_PART_GOODS + 1);

static void
update_section (MilReceiptRecord *self)
{
  MilReceiptSection section = MIL_SECTION_TO_CHECK;
  const char       *state = self->claim_state;

  if (self->claim_id != NULL)
    {
      section = MIL_SECTION_SHOW;
      if (g_strcmp0 (state, "validated") == 0 || g_strcmp0 (state, "partially-validated") == 0
          || g_strcmp0 (state, "refund-pending") == 0 || g_strcmp0 (state, "disputed") == 0)
        section = MIL_SECTION_ON_ITS_WAY;
      else if (g_strcmp0 (state, "refunded") == 0)
        section = MIL_SECTION_ARRIVED;
      else if (g_strcmp0 (state, "refused") == 0 || g_strcmp0 (state, "expired") == 0 || g_strcmp0 (state, "void") == 0
               || g_strcmp0 (state, "guarantee-charged") == 0 || g_strcmp0 (state, "resolved") == 0)
        section = MIL_SECTION_NOT_THIS_TIME;
    }
  else if (mil_receipt_record_is_complete (self) && self->verdict != NULL)
    {
      if (self->verdict->kind == MIL_VERDICT_ELIGIBLE)
        section = MIL_SECTION_READY;
      else if (self->verdict->kind == MIL_VERDICT_NOT_ELIGIBLE)
        section = MIL_SECTION_NOT_THIS_TIME;
    }
  if (self->section == section)
    return;
  self->section = section;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SECTION]);
}

static void
understand (MilReceiptRecord *self)
{
  MilMoney amount = { 0 };

  mil_receipt_parts_understand (&self->parts, &amount, &self->tax, &self->date);
  if (amount.minor != self->amount.minor || !g_str_equal (amount.currency, self->amount.currency))
    {
      self->amount = amount;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AMOUNT]);
    }
  update_section (self);
}

/* --- properties --------------------------------------------------------------------------------- */

static void
take_money (GValue *value, const MilMoney *money)
{
  g_value_set_boxed (value, mil_money_is_set (*money) ? money : NULL);
}

static GStrv
reason_texts (const MilVerdict *verdict)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; verdict != NULL && i < verdict->reasons->len; i++)
    g_strv_builder_add (builder, ((MilReason *) verdict->reasons->pdata[i])->text);
  return g_strv_builder_end (builder);
}

static GStrv
hint_texts (const MilVerdict *verdict)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; verdict != NULL && i < verdict->hints->len; i++)
    g_strv_builder_add (builder, ((MilHint *) verdict->hints->pdata[i])->text);
  return g_strv_builder_end (builder);
}

static void
get_verdict_property (MilReceiptRecord *self, MilReceiptRecordProperty property, GValue *value)
{
  static const MilMoney none = { 0 };
  const MilVerdict     *verdict = self->verdict;

  switch (property)
    {
    case PROP_VERDICT_KIND:
      g_value_set_string (value, verdict != NULL ? mil_verdict_kind_name (verdict->kind) : NULL);
      break;
    case PROP_VERDICT_TEXT:
      g_value_set_string (value, verdict != NULL ? verdict->headline : NULL);
      break;
    case PROP_REASONS:
      g_value_take_boxed (value, reason_texts (verdict));
      break;
    case PROP_HINTS:
      g_value_take_boxed (value, hint_texts (verdict));
      break;
    case PROP_REFUND_LOW:
      take_money (value, verdict != NULL ? &verdict->refund_low : &none);
      break;
    case PROP_REFUND_HIGH:
      take_money (value, verdict != NULL ? &verdict->refund_high : &none);
      break;
    case PROP_EXPORT_BY:
      if (verdict != NULL && mil_date_is_set (verdict->export_by))
        g_value_take_string (value, mil_date_format (verdict->export_by));
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
get_picture_property (MilReceiptRecord *self, MilReceiptRecordProperty property, GValue *value)
{
  switch (property)
    {
    case PROP_PICTURE:
      g_value_set_string (value, self->sheets.address);
      break;
    case PROP_PICTURE_WIDTH:
      g_value_set_int (value, self->sheets.width);
      break;
    case PROP_PICTURE_HEIGHT:
      g_value_set_int (value, self->sheets.height);
      break;
    case PROP_N_SHEETS:
      g_value_set_uint (value, self->sheets.pictures->len);
      break;
    case PROP_N_PAPERS:
      g_value_set_uint (value, self->sheets.papers->len);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
get_own_property (MilReceiptRecord *self, MilReceiptRecordProperty property, GValue *value)
{
  switch (property)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_TRIP_ID:
      g_value_set_string (value, self->trip_id);
      break;
    case PROP_TRAVELLER_ID:
      g_value_set_string (value, self->traveller_id);
      break;
    case PROP_CLAIM_ID:
      g_value_set_string (value, self->claim_id);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_AMOUNT:
      take_money (value, &self->amount);
      break;
    case PROP_HOME_AMOUNT:
      take_money (value, &self->home_amount);
      break;
    case PROP_HOME_REFUND:
      take_money (value, &self->home_refund);
      break;
    case PROP_LINES:
      g_value_set_object (value, self->lines);
      break;
    case PROP_VAT:
      g_value_set_object (value, self->vat);
      break;
    case PROP_DAYS_LEFT:
      g_value_set_int (value, self->days_left);
      break;
    case PROP_SECTION:
      g_value_set_enum (value, self->section);
      break;
    case PROP_ADDED_AT:
      g_value_set_int64 (value, self->added_at);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_of_verdict (guint prop_id)
{
  return prop_id >= PROP_VERDICT_KIND && prop_id <= PROP_EXPORT_BY && prop_id != PROP_HOME_REFUND;
}

static void
mil_receipt_record_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilReceiptRecord *self = MIL_RECEIPT_RECORD (object);

  if (prop_id == 0 || prop_id >= N_PROPS)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  else if (prop_id <= PROP_GOODS)
    g_value_set_string (value, self->parts.part[prop_id - PROP_MERCHANT].text);
  else if (prop_id >= PROP_PICTURE && prop_id <= PROP_N_PAPERS)
    get_picture_property (self, prop_id, value);
  else if (is_of_verdict (prop_id))
    get_verdict_property (self, prop_id, value);
  else
    get_own_property (self, prop_id, value);
}

static void
mil_receipt_record_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id >= PROP_MERCHANT && prop_id <= PROP_GOODS)
    mil_receipt_record_set_text (MIL_RECEIPT_RECORD (object), prop_id - PROP_MERCHANT, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
mil_receipt_record_finalize (GObject *object)
{
  MilReceiptRecord *self = MIL_RECEIPT_RECORD (object);

  mil_receipt_parts_clear (&self->parts);
  mil_receipt_sheets_clear (&self->sheets);
  g_free (self->id);
  g_free (self->trip_id);
  g_free (self->traveller_id);
  g_free (self->claim_id);
  g_free (self->claim_state);
  g_free (self->problem);
  g_clear_object (&self->lines);
  g_clear_object (&self->vat);
  g_clear_pointer (&self->verdict, mil_verdict_free);
  G_OBJECT_CLASS (mil_receipt_record_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *klass)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  for (guint i = 0; i < MIL_RECEIPT_N_PARTS; i++)
    props[PROP_MERCHANT + i] = g_param_spec_string (mil_receipt_part_name (i), NULL, NULL, NULL, writable);
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  props[PROP_TRIP_ID] = g_param_spec_string ("trip-id", NULL, NULL, NULL, flags);
  props[PROP_TRAVELLER_ID] = g_param_spec_string ("traveller-id", NULL, NULL, NULL, flags);
  props[PROP_CLAIM_ID] = g_param_spec_string ("claim-id", NULL, NULL, NULL, flags);
  props[PROP_PICTURE] = g_param_spec_string ("picture", NULL, NULL, NULL, flags);
  props[PROP_PICTURE_WIDTH] = g_param_spec_int ("picture-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_PICTURE_HEIGHT] = g_param_spec_int ("picture-height", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_N_SHEETS] = g_param_spec_uint ("n-sheets", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_PAPERS] = g_param_spec_uint ("n-papers", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, MIL_TYPE_RECEIPT_STATE, MIL_RECEIPT_STATE_WAITING, flags);
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  props[PROP_AMOUNT] = g_param_spec_boxed ("amount", NULL, NULL, MIL_TYPE_MONEY, flags);
  props[PROP_HOME_AMOUNT] = g_param_spec_boxed ("home-amount", NULL, NULL, MIL_TYPE_MONEY, flags);
  props[PROP_LINES] = g_param_spec_object ("lines", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_VAT] = g_param_spec_object ("vat", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_VERDICT_KIND] = g_param_spec_string ("verdict-kind", NULL, NULL, NULL, flags);
  props[PROP_VERDICT_TEXT] = g_param_spec_string ("verdict-text", NULL, NULL, NULL, flags);
  props[PROP_REASONS] = g_param_spec_boxed ("reasons", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_HINTS] = g_param_spec_boxed ("hints", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_REFUND_LOW] = g_param_spec_boxed ("refund-low", NULL, NULL, MIL_TYPE_MONEY, flags);
  props[PROP_REFUND_HIGH] = g_param_spec_boxed ("refund-high", NULL, NULL, MIL_TYPE_MONEY, flags);
  props[PROP_HOME_REFUND] = g_param_spec_boxed ("home-refund", NULL, NULL, MIL_TYPE_MONEY, flags);
  props[PROP_EXPORT_BY] = g_param_spec_string ("export-by", NULL, NULL, NULL, flags);
  props[PROP_DAYS_LEFT] = g_param_spec_int ("days-left", NULL, NULL, G_MININT, G_MAXINT, -1, flags);
  props[PROP_SECTION] = g_param_spec_enum ("section", NULL, NULL, MIL_TYPE_RECEIPT_SECTION, MIL_SECTION_TO_CHECK, flags);
  props[PROP_ADDED_AT] = g_param_spec_int64 ("added-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (klass, N_PROPS, props);
}

static void
mil_receipt_record_class_init (MilReceiptRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mil_receipt_record_get_property;
  object_class->set_property = mil_receipt_record_set_property;
  object_class->finalize = mil_receipt_record_finalize;
  install_properties (object_class);
  edited_signal = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mil_receipt_record_init (MilReceiptRecord *self)
{
  self->lines = g_list_store_new (MIL_TYPE_RECEIPT_LINE_ITEM);
  self->vat = g_list_store_new (MIL_TYPE_RECEIPT_VAT_ITEM);
  mil_receipt_sheets_init (&self->sheets);
  self->days_left = -1;
}

/* --- what the session does with it -------------------------------------------------------------- */

/**
 * mil_receipt_record_new: (skip)
 * @id: UUID
 * @added_at: when, microseconds since 1970 UTC
 *
 * Returns: (transfer full): a receipt that says nothing yet
 */
MilReceiptRecord *
mil_receipt_record_new (const char *id, gint64 added_at)
{
  MilReceiptRecord *self = g_object_new (MIL_TYPE_RECEIPT_RECORD, NULL);

  self->id = g_strdup (id);
  self->added_at = added_at;
  understand (self);
  return self;
}

/**
 * mil_receipt_record_set_sheets: (skip)
 * @self: a receipt
 * @folder: where pictures of receipts lie
 * @sheets: (element-type MilReceiptPicture): its pictures, from top to bottom; they are copied
 *
 * Says which pictures it has.
 */
void
mil_receipt_record_set_sheets (MilReceiptRecord *self, const char *folder, GPtrArray *sheets)
{
  g_autofree char *before = NULL;

  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));
  g_return_if_fail (folder != NULL);
  g_return_if_fail (sheets != NULL);

  before = g_strdup (self->sheets.address);
  mil_receipt_sheets_set (&self->sheets, folder, sheets);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PICTURE_WIDTH]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PICTURE_HEIGHT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_SHEETS]);
  if (g_strcmp0 (before, self->sheets.address) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PICTURE]);
}

/**
 * mil_receipt_record_get_sheets: (skip)
 * @self: a receipt
 *
 * Returns: (transfer none) (element-type MilReceiptPicture): its pictures
 */
GPtrArray *
mil_receipt_record_get_sheets (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  return self->sheets.pictures;
}

/**
 * mil_receipt_record_set_papers: (skip)
 * @self: a receipt
 * @papers: (nullable) (element-type MilQuad): where each receipt in its picture lies, its own first; %NULL
 * where there is but one
 *
 * Says that there are several receipts in its picture.
 */
void
mil_receipt_record_set_papers (MilReceiptRecord *self, GArray *papers)
{
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));

  mil_receipt_sheets_set_papers (&self->sheets, papers);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_PAPERS]);
}

/**
 * mil_receipt_record_get_papers: (skip)
 * @self: a receipt
 *
 * Returns: (transfer none) (element-type MilQuad): where each receipt in its picture lies, its own first;
 * empty where there is but one
 */
GArray *
mil_receipt_record_get_papers (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  return self->sheets.papers;
}

/**
 * mil_receipt_record_set_is_document: (skip)
 * @self: a receipt
 * @is_document: whether its sheets are the pages of a document that nobody has sorted yet
 *
 * Says whether its pages may be several receipts.
 */
void
mil_receipt_record_set_is_document (MilReceiptRecord *self, gboolean is_document)
{
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));

  self->sheets.is_document = is_document;
}

/**
 * mil_receipt_record_get_is_document: (skip)
 * @self: a receipt
 *
 * Returns: whether its pages may be several receipts
 */
gboolean
mil_receipt_record_get_is_document (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), FALSE);

  return self->sheets.is_document;
}

static void
read_part (MilReceiptRecord *self, MilReceiptPart part, const char *text, const MilEvidence *evidence)
{
  if (mil_receipt_parts_read (&self->parts, part, text, evidence))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MERCHANT + part]);
}

/**
 * mil_receipt_record_set_reading: (skip)
 * @self: a receipt
 * @reading: what was read from its picture
 *
 * Takes over what was read. What the person has corrected stays.
 */
void
mil_receipt_record_set_reading (MilReceiptRecord *self, const MilReceipt *reading)
{
  g_autofree char *date = NULL;
  g_autofree char *total = NULL;
  g_autofree char *tax = NULL;
  MilMoney         money = { 0 };

  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));
  g_return_if_fail (reading != NULL);

  g_object_freeze_notify (G_OBJECT (self));
  if (mil_date_is_set (reading->date))
    date = mil_date_to_string (reading->date);
  if (mil_receipt_has (reading, MIL_RECEIPT_TOTAL))
    total = mil_receipt_get_money (reading, MIL_RECEIPT_TOTAL, &money)
                ? mil_money_to_decimal (money)
                : mil_decimal_to_string (reading->amounts[MIL_RECEIPT_TOTAL]);
  read_part (self, MIL_RECEIPT_PART_MERCHANT, reading->merchant, &reading->evidence[MIL_RECEIPT_MERCHANT]);
  read_part (self, MIL_RECEIPT_PART_VAT_ID, reading->vat_number, &reading->evidence[MIL_RECEIPT_VAT_NUMBER]);
  read_part (self, MIL_RECEIPT_PART_COUNTRY, reading->country, &reading->evidence[MIL_RECEIPT_ADDRESS]);
  read_part (self, MIL_RECEIPT_PART_DATE, date, &reading->evidence[MIL_RECEIPT_DATE]);
  read_part (self, MIL_RECEIPT_PART_TIME, reading->time, &reading->evidence[MIL_RECEIPT_TIME]);
  read_part (self, MIL_RECEIPT_PART_TOTAL, total, &reading->evidence[MIL_RECEIPT_TOTAL]);
  read_part (self,
             MIL_RECEIPT_PART_CURRENCY,
             reading->currency[0] != '\0' ? reading->currency : NULL,
             &reading->evidence[MIL_RECEIPT_CURRENCY]);
  mil_receipt_rows_read_lines (self->lines, reading);
  money = mil_receipt_rows_read_vat (self->vat, reading);
  tax = mil_money_is_set (money) ? mil_money_to_decimal (money) : NULL;
  read_part (self, MIL_RECEIPT_PART_TAX, tax, NULL);
  understand (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * mil_receipt_record_set_state: (skip)
 * @self: a receipt
 * @state: how far it is read
 * @problem: (nullable): why it could not be
 *
 * Says how far it is read.
 */
void
mil_receipt_record_set_state (MilReceiptRecord *self, MilReceiptState state, const GError *problem)
{
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));

  self->state = state;
  self->progress = state == MIL_RECEIPT_STATE_READ ? 1 : 0;
  g_set_str (&self->problem, problem != NULL ? problem->message : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
  update_section (self);
}

/**
 * mil_receipt_record_set_progress: (skip)
 * @self: a receipt
 * @progress: 0 to 1
 *
 * Says how far it is read.
 */
void
mil_receipt_record_set_progress (MilReceiptRecord *self, double progress)
{
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));

  self->progress = CLAMP (progress, 0, 1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
}

/**
 * mil_receipt_record_set_trip: (skip)
 * @self: a receipt
 * @trip_id: (nullable): trip it belongs to
 * @traveller_id: (nullable): who bought
 *
 * Says where it belongs.
 */
void
mil_receipt_record_set_trip (MilReceiptRecord *self, const char *trip_id, const char *traveller_id)
{
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));

  if (g_set_str (&self->trip_id, trip_id))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TRIP_ID]);
  if (g_set_str (&self->traveller_id, traveller_id))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TRAVELLER_ID]);
}

/**
 * mil_receipt_record_set_claim: (skip)
 * @self: a receipt
 * @claim_id: (nullable): claim it is part of
 * @claim_state: (nullable): state of that claim
 *
 * Says what became of it.
 */
void
mil_receipt_record_set_claim (MilReceiptRecord *self, const char *claim_id, const char *claim_state)
{
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));

  g_set_str (&self->claim_state, claim_state);
  if (g_set_str (&self->claim_id, claim_id))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CLAIM_ID]);
  update_section (self);
}

/**
 * mil_receipt_record_set_verdict: (skip)
 * @self: a receipt
 * @verdict: (nullable): what the rules say
 * @today: the day it is
 *
 * Takes the verdict over.
 */
void
mil_receipt_record_set_verdict (MilReceiptRecord *self, const MilVerdict *verdict, MilDate today)
{
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));

  g_clear_pointer (&self->verdict, mil_verdict_free);
  self->verdict = verdict != NULL ? mil_verdict_copy (verdict) : NULL;
  self->days_left = -1;
  if (verdict != NULL && mil_date_is_set (verdict->export_by))
    self->days_left = MAX (0, mil_date_days_until (today, verdict->export_by));
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_VERDICT_KIND; i <= PROP_DAYS_LEFT; i++)
    if (i != PROP_HOME_REFUND)
      g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  update_section (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * mil_receipt_record_set_home: (skip)
 * @self: a receipt
 * @home_amount: the total in the home currency; unset where no rate is known
 * @home_refund: the most that comes back in the home currency; unset where nothing does
 *
 * Takes over what it is at home.
 */
void
mil_receipt_record_set_home (MilReceiptRecord *self, MilMoney home_amount, MilMoney home_refund)
{
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));

  self->home_amount = home_amount;
  self->home_refund = home_refund;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HOME_AMOUNT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HOME_REFUND]);
}

/**
 * mil_receipt_record_is_complete: (skip)
 * @self: a receipt
 *
 * Returns: whether nothing is missing or wrong
 */
gboolean
mil_receipt_record_is_complete (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), FALSE);

  for (guint i = 0; i < MIL_RECEIPT_N_PARTS; i++)
    if (self->parts.part[i].problem != NULL)
      return FALSE;
  return self->state != MIL_RECEIPT_STATE_READING && self->state != MIL_RECEIPT_STATE_WAITING;
}

/**
 * mil_receipt_record_to_purchase: (skip)
 * @self: a receipt
 *
 * Returns: (transfer full) (nullable): what the refund rules ask of it; %NULL while country, date or
 *   total are not known
 */
MilPurchase *
mil_receipt_record_to_purchase (MilReceiptRecord *self)
{
  const MilReceiptPartText *part = NULL;
  MilPurchase              *purchase = NULL;
  MilGoods                  goods = MIL_GOODS_GENERAL;

  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  if (!mil_receipt_parts_have (&self->parts, MIL_RECEIPT_PART_COUNTRY) || !mil_money_is_set (self->amount)
      || !mil_date_is_set (self->date))
    return NULL;
  part = self->parts.part;
  purchase = mil_purchase_new (self->id, part[MIL_RECEIPT_PART_COUNTRY].text, self->date, self->amount);
  purchase->traveller = g_strdup (self->traveller_id);
  purchase->shop = g_strdup (part[MIL_RECEIPT_PART_MERCHANT].text);
  purchase->vat_id = g_strdup (part[MIL_RECEIPT_PART_VAT_ID].text);
  if (mil_receipt_parts_have (&self->parts, MIL_RECEIPT_PART_TIME))
    purchase->time = g_strdup (part[MIL_RECEIPT_PART_TIME].text);
  purchase->tax = self->tax;
  if (mil_receipt_parts_have (&self->parts, MIL_RECEIPT_PART_GOODS)
      && mil_goods_parse (part[MIL_RECEIPT_PART_GOODS].text, &goods))
    mil_purchase_add_line (purchase, goods, self->amount);
  return purchase;
}

/* --- JSON, for the local store ------------------------------------------------------------------ */

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

/**
 * mil_receipt_record_to_json: (skip)
 * @self: a receipt
 *
 * Returns: (transfer full): all that has to outlive the program; the verdict follows from it
 */
JsonNode *
mil_receipt_record_to_json (MilReceiptRecord *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  json_builder_begin_object (builder);
  add_text (builder, "id", self->id);
  add_text (builder, "trip_id", self->trip_id);
  add_text (builder, "traveller_id", self->traveller_id);
  add_text (builder, "claim_id", self->claim_id);
  add_text (builder, "claim_state", self->claim_state);
  add_text (builder, "problem", self->problem);
  mil_receipt_sheets_to_json (&self->sheets, builder);
  json_builder_set_member_name (builder, "state");
  json_builder_add_int_value (builder, self->state);
  json_builder_set_member_name (builder, "added_at");
  json_builder_add_int_value (builder, self->added_at);
  json_builder_set_member_name (builder, "parts");
  mil_receipt_parts_to_json (&self->parts, builder);
  mil_receipt_rows_to_json (self->lines, builder, "lines");
  mil_receipt_rows_to_json (self->vat, builder, "vat");
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * mil_receipt_record_new_from_json: (skip)
 * @folder: where pictures of receipts lie
 * @json: what mil_receipt_record_to_json() made
 * @error: where to say what is wrong with it
 *
 * Returns: (transfer full) (nullable): the receipt; one whose reading was interrupted waits to be read again
 */
MilReceiptRecord *
mil_receipt_record_new_from_json (const char *folder, JsonNode *json, GError **error)
{
  g_autoptr (MilJson) reader = NULL;
  g_autoptr (MilReceiptRecord) self = NULL;

  g_return_val_if_fail (folder != NULL && json != NULL, NULL);

  reader = mil_json_new (json);
  self = g_object_new (MIL_TYPE_RECEIPT_RECORD, NULL);
  self->id = g_strdup (mil_json_string (reader, "id", 64));
  self->trip_id = g_strdup (mil_json_string_optional (reader, "trip_id", 64));
  self->traveller_id = g_strdup (mil_json_string_optional (reader, "traveller_id", 64));
  self->claim_id = g_strdup (mil_json_string_optional (reader, "claim_id", 64));
  self->claim_state = g_strdup (mil_json_string_optional (reader, "claim_state", 64));
  self->problem = g_strdup (mil_json_string_optional (reader, "problem", MAX_PROBLEM));
  self->state = mil_json_int (reader, "state", MIL_RECEIPT_STATE_WAITING, MIL_RECEIPT_STATE_UNREAD);
  self->added_at = mil_json_int (reader, "added_at", 0, G_MAXINT64);
  if (mil_json_enter (reader, "parts"))
    mil_receipt_parts_from_json (&self->parts, reader);
  mil_json_leave (reader);
  mil_receipt_sheets_from_json (&self->sheets, folder, reader);
  if (!mil_receipt_rows_from_json (self->lines, reader, "lines", error)
      || !mil_receipt_rows_from_json (self->vat, reader, "vat", error) || !mil_json_finish (reader, error))
    return NULL;
  if (self->state == MIL_RECEIPT_STATE_READING)
    self->state = MIL_RECEIPT_STATE_WAITING;
  understand (self);
  return g_steal_pointer (&self);
}

/* --- what the windows do with it ---------------------------------------------------------------- */

/**
 * mil_receipt_record_get_id:
 * @self: a receipt
 *
 * Returns: (transfer none): its id
 */
const char *
mil_receipt_record_get_id (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  return self->id;
}

/**
 * mil_receipt_record_get_claim_id:
 * @self: a receipt
 *
 * Returns: (transfer none) (nullable): the claim it is part of
 */
const char *
mil_receipt_record_get_claim_id (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  return self->claim_id;
}

/**
 * mil_receipt_record_get_trip_id:
 * @self: a receipt
 *
 * Returns: (transfer none) (nullable): the trip it belongs to
 */
const char *
mil_receipt_record_get_trip_id (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  return self->trip_id;
}

/**
 * mil_receipt_record_get_picture:
 * @self: a receipt
 *
 * Returns: (transfer none) (nullable): address of its picture, for #MilPictureCache
 */
const char *
mil_receipt_record_get_picture (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  return self->sheets.address;
}

/**
 * mil_receipt_record_get_n_sheets:
 * @self: a receipt
 *
 * Returns: how many pictures it has; more than one for a long receipt or a document
 */
guint
mil_receipt_record_get_n_sheets (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), 0);

  return self->sheets.pictures->len;
}

/**
 * mil_receipt_record_get_sheet:
 * @self: a receipt
 * @index: which picture, from 0
 *
 * Returns: (transfer none) (nullable): that picture, as long as the receipt has it
 */
const MilReceiptPicture *
mil_receipt_record_get_sheet (MilReceiptRecord *self, guint index)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  return index < self->sheets.pictures->len ? self->sheets.pictures->pdata[index] : NULL;
}

/**
 * mil_receipt_record_dup_sheet_address:
 * @self: a receipt
 * @index: which picture, from 0
 * @cut: whether only the paper is meant, where its corners are known
 *
 * Returns: (transfer full) (nullable): address of that picture, for #MilPictureCache
 */
char *
mil_receipt_record_dup_sheet_address (MilReceiptRecord *self, guint index, gboolean cut)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  return index < self->sheets.pictures->len
             ? mil_receipt_picture_address (self->sheets.pictures->pdata[index], self->sheets.folder, cut)
             : NULL;
}

/**
 * mil_receipt_record_get_n_papers:
 * @self: a receipt
 *
 * Returns: how many receipts were found in its picture, where it is more than one; else 0
 */
guint
mil_receipt_record_get_n_papers (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), 0);

  return self->sheets.papers->len;
}

/**
 * mil_receipt_record_get_state:
 * @self: a receipt
 *
 * Returns: how far it is read
 */
MilReceiptState
mil_receipt_record_get_state (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), MIL_RECEIPT_STATE_UNREAD);

  return self->state;
}

/**
 * mil_receipt_record_get_section:
 * @self: a receipt
 *
 * Returns: the step it belongs to
 */
MilReceiptSection
mil_receipt_record_get_section (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), MIL_SECTION_TO_CHECK);

  return self->section;
}

/**
 * mil_receipt_record_get_progress:
 * @self: a receipt
 *
 * Returns: how far the reading is, 0 to 1
 */
double
mil_receipt_record_get_progress (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), 0);

  return self->progress;
}

/**
 * mil_receipt_record_get_text:
 * @self: a receipt
 * @part: which part
 *
 * Returns: (transfer none) (nullable): the part, as it was read or typed
 */
const char *
mil_receipt_record_get_text (MilReceiptRecord *self, MilReceiptPart part)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);
  g_return_val_if_fail (part < MIL_RECEIPT_N_PARTS, NULL);

  return self->parts.part[part].text;
}

/**
 * mil_receipt_record_set_text:
 * @self: a receipt
 * @part: which part
 * @text: (nullable): as typed
 *
 * Corrects a part. It is on the disk right after, also while it cannot be understood yet
 * (mil_receipt_record_get_part_problem() says why), and the verdict is worked out again.
 */
void
mil_receipt_record_set_text (MilReceiptRecord *self, MilReceiptPart part, const char *text)
{
  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));
  g_return_if_fail (part < MIL_RECEIPT_N_PARTS);

  if (!mil_receipt_parts_type (&self->parts, part, text))
    return;
  understand (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MERCHANT + part]);
  g_signal_emit (self, edited_signal, 0);
}

/**
 * mil_receipt_record_get_part_problem:
 * @self: a receipt
 * @part: which part
 *
 * Returns: (transfer none) (nullable): a sentence that says what is missing or wrong, %NULL when nothing is
 */
const char *
mil_receipt_record_get_part_problem (MilReceiptRecord *self, MilReceiptPart part)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);
  g_return_val_if_fail (part < MIL_RECEIPT_N_PARTS, NULL);

  return self->parts.part[part].problem;
}

/**
 * mil_receipt_record_get_confidence:
 * @self: a receipt
 * @part: which part
 *
 * Returns: how sure the reading is, 0 (not read) to 100
 */
int
mil_receipt_record_get_confidence (MilReceiptRecord *self, MilReceiptPart part)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), 0);
  g_return_val_if_fail (part < MIL_RECEIPT_N_PARTS, 0);

  return self->parts.part[part].edited ? 100 : self->parts.part[part].confidence;
}

/**
 * mil_receipt_record_get_box:
 * @self: a receipt
 * @part: which part
 *
 * Returns: where it stands in the picture, in pixels; width 0 where it stands nowhere
 */
MilBox
mil_receipt_record_get_box (MilReceiptRecord *self, MilReceiptPart part)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), (MilBox) { 0 });
  g_return_val_if_fail (part < MIL_RECEIPT_N_PARTS, (MilBox) { 0 });

  return self->parts.part[part].box;
}

/**
 * mil_receipt_record_is_edited:
 * @self: a receipt
 * @part: which part
 *
 * Returns: whether the person typed it
 */
gboolean
mil_receipt_record_is_edited (MilReceiptRecord *self, MilReceiptPart part)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), FALSE);
  g_return_val_if_fail (part < MIL_RECEIPT_N_PARTS, FALSE);

  return self->parts.part[part].edited;
}

/**
 * mil_receipt_record_get_amount:
 * @self: a receipt
 *
 * Returns: the total; unset while it cannot be understood
 */
MilMoney
mil_receipt_record_get_amount (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), (MilMoney) { 0 });

  return self->amount;
}

/**
 * mil_receipt_record_get_date:
 * @self: a receipt
 *
 * Returns: the day of the purchase; unset while it cannot be understood
 */
MilDate
mil_receipt_record_get_date (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), (MilDate) { 0 });

  return self->date;
}

/**
 * mil_receipt_record_get_lines:
 * @self: a receipt
 *
 * Returns: (transfer none): a list of #MilReceiptLineItem
 */
GListModel *
mil_receipt_record_get_lines (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  return G_LIST_MODEL (self->lines);
}

/**
 * mil_receipt_record_get_vat:
 * @self: a receipt
 *
 * Returns: (transfer none): a list of #MilReceiptVatItem
 */
GListModel *
mil_receipt_record_get_vat (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  return G_LIST_MODEL (self->vat);
}

/**
 * mil_receipt_record_get_verdict:
 * @self: a receipt
 *
 * Returns: (transfer none) (nullable): what the rules say, with reasons, sources, steps and hints; valid
 *   until `verdict-kind` is notified
 */
const MilVerdict *
mil_receipt_record_get_verdict (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  return self->verdict;
}

/**
 * mil_receipt_record_get_export_by:
 * @self: a receipt
 *
 * Returns: last day on which the goods may leave; unset where none is known
 */
MilDate
mil_receipt_record_get_export_by (MilReceiptRecord *self)
{
  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), (MilDate) { 0 });

  return self->verdict != NULL ? self->verdict->export_by : (MilDate) { 0 };
}
