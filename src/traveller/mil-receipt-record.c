/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-record-private.h"

#include "base/mil-country.h"
#include "base/mil-currency.h"
#include "base/mil-error.h"
#include "base/mil-json.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* What a person types or a scanner reads is never longer. */
#define MAX_TEXT 2000
#define MAX_ROWS 1000
#define MAX_SHEETS 200
#define MAX_PAPERS 16

typedef struct
{
  char    *text;    /* (owned) (nullable): as typed or read */
  char    *problem; /* (owned) (nullable): what is wrong with it, for the person */
  int      confidence;
  MilBox   box;
  gboolean edited;
} Part;

struct _MilReceiptRecord
{
  GObject parent_instance;

  char             *id;           /* (owned) */
  char             *trip_id;      /* (owned) (nullable) */
  char             *traveller_id; /* (owned) (nullable) */
  char             *claim_id;     /* (owned) (nullable) */
  char             *claim_state;  /* (owned) (nullable) */
  char             *folder;       /* (owned) (nullable): where its pictures lie */
  GPtrArray        *sheets;       /* (owned) (element-type MilReceiptPicture) */
  char             *picture;      /* (owned) (nullable): their addresses */
  int               width;
  int               height;
  GArray           *papers;      /* (owned) (element-type MilQuad): where each receipt in the picture lies */
  gboolean          is_document; /* its sheets may be several receipts; nobody has looked yet */
  MilReceiptState   state;
  double            progress;
  char             *problem; /* (owned) (nullable) */
  Part              parts[MIL_RECEIPT_N_PARTS];
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

static const char *const part_names[] = {
  "merchant", "vat-id", "country", "date", "time", "total", "currency", "tax", "goods",
};
G_STATIC_ASSERT (G_N_ELEMENTS (part_names) == MIL_RECEIPT_N_PARTS);
G_STATIC_ASSERT (PROP_GOODS == MIL_RECEIPT_PART_GOODS + 1);

/* --- understanding what was typed --------------------------------------------------------------- */

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* "1.234,56", "1 234.56" and "1'234.56" as "1234.56": the last point or comma parts the minor units,
 * unless three digits follow it and nothing else tells. */
static char *
plain_number (const char *text)
{
  GString    *number = g_string_new (NULL);
  const char *point = strrchr (text, '.');
  const char *comma = strrchr (text, ',');
  const char *mark = point > comma ? point : comma;

  if (mark != NULL && strlen (mark + 1) == 3 && (point == NULL || comma == NULL) && strchr (text, *mark) != mark)
    mark = NULL;
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (number, *c);
    else if (c == mark)
      g_string_append_c (number, '.');
    else if (strchr (".,' \302\240\342\200\257\231", *c) == NULL)
      g_string_append_c (number, *c);
  return g_string_free_and_steal (number);
}

/**
 * mil_receipt_parse_amount:
 * @text: (nullable): an amount as a person types it or a receipt prints it: "1.234,56", "1 234.56", "126"
 * @currency: (nullable): ISO 4217 code
 * @money: (out): where to put it
 *
 * Returns: whether it was understood
 */
gboolean
mil_receipt_parse_amount (const char *text, const char *currency, MilMoney *money)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (money != NULL, FALSE);

  if (is_empty (text) || is_empty (currency) || !mil_currency_is_known (currency))
    return FALSE;
  number = plain_number (text);
  return mil_money_parse (number, currency, money, NULL) && money->minor >= 0;
}

/* ISO 8601, or day, month and year with points, or with slashes where only one reading is possible. */
static gboolean
parse_date (const char *text, MilDate *date)
{
  guint day = 0;
  guint month = 0;
  guint year = 0;
  int   end = 0;

  if (mil_date_parse (text, date, NULL))
    return TRUE;
  if (sscanf (text, "%2u.%2u.%4u%n", &day, &month, &year, &end) == 3 && text[end] == '\0')
    *date = (MilDate) { year, month, day };
  else if (sscanf (text, "%2u/%2u/%4u%n", &day, &month, &year, &end) == 3 && text[end] == '\0')
    {
      if (month > 12 && day <= 12)
        *date = (MilDate) { year, day, month };
      else if (day > 12 || day == month)
        *date = (MilDate) { year, month, day };
      else
        return FALSE;
    }
  else
    return FALSE;
  return year >= 1000 && mil_date_is_valid (*date);
}

static gboolean
parse_time (const char *text)
{
  guint hour = 0;
  guint minute = 0;
  guint second = 0;
  int   end = 0;

  if (sscanf (text, "%2u:%2u:%2u%n", &hour, &minute, &second, &end) != 3
      && sscanf (text, "%2u:%2u%n", &hour, &minute, &end) != 2)
    return FALSE;
  return text[end] == '\0' && hour < 24 && minute < 60 && second < 60;
}

static const char *
missing_text (MilReceiptPart part)
{
  switch (part)
    {
    case MIL_RECEIPT_PART_MERCHANT:
      return _ ("The shop’s name is missing.");
    case MIL_RECEIPT_PART_COUNTRY:
      return _ ("The country is missing.");
    case MIL_RECEIPT_PART_DATE:
      return _ ("The date is missing.");
    case MIL_RECEIPT_PART_TOTAL:
      return _ ("The total is missing.");
    case MIL_RECEIPT_PART_CURRENCY:
      return _ ("The currency is missing.");
    case MIL_RECEIPT_PART_VAT_ID:
    case MIL_RECEIPT_PART_TIME:
    case MIL_RECEIPT_PART_TAX:
    case MIL_RECEIPT_PART_GOODS:
    case MIL_RECEIPT_N_PARTS:
    default:
      return NULL;
    }
}

/* What is wrong with a part that is not empty; amounts hang on the currency. */
static const char *
wrong_text (MilReceiptRecord *self, MilReceiptPart part, const char *text)
{
  const char *currency = self->parts[MIL_RECEIPT_PART_CURRENCY].text;
  gboolean    has_currency = !is_empty (currency) && mil_currency_is_known (currency);
  MilMoney    money = { 0 };
  MilDate     date = { 0 };
  MilGoods    goods = MIL_GOODS_GENERAL;

  switch (part)
    {
    case MIL_RECEIPT_PART_COUNTRY:
      return mil_country_is_known (text) ? NULL : _ ("There is no such country.");
    case MIL_RECEIPT_PART_DATE:
      return parse_date (text, &date) ? NULL : _ ("Write the date like 2024-05-31.");
    case MIL_RECEIPT_PART_TIME:
      return parse_time (text) ? NULL : _ ("Write the time like 14:05.");
    case MIL_RECEIPT_PART_TOTAL:
    case MIL_RECEIPT_PART_TAX:
      return !has_currency || mil_receipt_parse_amount (text, currency, &money) ? NULL : _ ("Write the amount like 126.00.");
    case MIL_RECEIPT_PART_CURRENCY:
      return has_currency ? NULL : _ ("Write the currency as three letters, like EUR.");
    case MIL_RECEIPT_PART_GOODS:
      return mil_goods_parse (text, &goods) ? NULL : _ ("There is no such kind of goods.");
    case MIL_RECEIPT_PART_MERCHANT:
    case MIL_RECEIPT_PART_VAT_ID:
    case MIL_RECEIPT_N_PARTS:
    default:
      return NULL;
    }
}

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
  MilMoney tax = { 0 };
  MilDate  date = { 0 };

  for (guint i = 0; i < MIL_RECEIPT_N_PARTS; i++)
    g_set_str (&self->parts[i].problem,
               is_empty (self->parts[i].text) ? missing_text (i) : wrong_text (self, i, self->parts[i].text));
  mil_receipt_parse_amount (self->parts[MIL_RECEIPT_PART_TOTAL].text, self->parts[MIL_RECEIPT_PART_CURRENCY].text, &amount);
  mil_receipt_parse_amount (self->parts[MIL_RECEIPT_PART_TAX].text, self->parts[MIL_RECEIPT_PART_CURRENCY].text, &tax);
  if (!is_empty (self->parts[MIL_RECEIPT_PART_DATE].text))
    parse_date (self->parts[MIL_RECEIPT_PART_DATE].text, &date);
  self->date = date;
  self->tax = tax;
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
mil_receipt_record_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilReceiptRecord *self = MIL_RECEIPT_RECORD (object);

  switch ((MilReceiptRecordProperty) prop_id)
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
    case PROP_PICTURE:
      g_value_set_string (value, self->picture);
      break;
    case PROP_PICTURE_WIDTH:
      g_value_set_int (value, self->width);
      break;
    case PROP_PICTURE_HEIGHT:
      g_value_set_int (value, self->height);
      break;
    case PROP_N_SHEETS:
      g_value_set_uint (value, self->sheets->len);
      break;
    case PROP_N_PAPERS:
      g_value_set_uint (value, self->papers->len);
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
    case PROP_MERCHANT:
    case PROP_VAT_ID:
    case PROP_COUNTRY:
    case PROP_DATE:
    case PROP_TIME:
    case PROP_TOTAL:
    case PROP_CURRENCY:
    case PROP_TAX:
    case PROP_GOODS:
      g_value_set_string (value, self->parts[prop_id - PROP_MERCHANT].text);
      break;
    case PROP_VERDICT_KIND:
    case PROP_VERDICT_TEXT:
    case PROP_REASONS:
    case PROP_HINTS:
    case PROP_REFUND_LOW:
    case PROP_REFUND_HIGH:
    case PROP_EXPORT_BY:
      get_verdict_property (self, prop_id, value);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
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

  for (guint i = 0; i < MIL_RECEIPT_N_PARTS; i++)
    {
      g_free (self->parts[i].text);
      g_free (self->parts[i].problem);
    }
  g_free (self->id);
  g_free (self->trip_id);
  g_free (self->traveller_id);
  g_free (self->claim_id);
  g_free (self->claim_state);
  g_free (self->folder);
  g_free (self->picture);
  g_ptr_array_unref (self->sheets);
  g_array_unref (self->papers);
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
    props[PROP_MERCHANT + i] = g_param_spec_string (part_names[i], NULL, NULL, NULL, writable);
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
  self->sheets = mil_receipt_pictures_new ();
  self->papers = g_array_new (FALSE, FALSE, sizeof (MilQuad));
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

/* All sheets of it one below the other, as the scanner counts its boxes. */
static void
update_picture (MilReceiptRecord *self)
{
  g_autoptr (GStrvBuilder) addresses = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree char *picture = NULL;
  gboolean         is_measured = TRUE;

  self->width = 0;
  self->height = 0;
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const MilReceiptPicture *sheet = self->sheets->pdata[i];
      g_strv_builder_take (addresses, mil_receipt_picture_address (sheet, self->folder, TRUE));
      self->width = MAX (self->width, sheet->width);
      self->height += sheet->height;
      is_measured = is_measured && sheet->width > 0;
    }
  if (!is_measured)
    self->width = self->height = 0;
  all = g_strv_builder_end (addresses);
  picture = self->sheets->len > 0 ? g_strjoinv (" ", all) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PICTURE_WIDTH]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PICTURE_HEIGHT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_SHEETS]);
  if (g_set_str (&self->picture, picture))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PICTURE]);
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
  GPtrArray *copies = NULL;

  g_return_if_fail (MIL_IS_RECEIPT_RECORD (self));
  g_return_if_fail (folder != NULL);
  g_return_if_fail (sheets != NULL);

  copies = mil_receipt_pictures_copy (sheets);
  g_ptr_array_unref (self->sheets);
  self->sheets = copies;
  g_set_str (&self->folder, folder);
  update_picture (self);
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

  return self->sheets;
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

  g_array_set_size (self->papers, 0);
  if (papers != NULL)
    g_array_append_vals (self->papers, papers->data, MIN (papers->len, MAX_PAPERS));
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

  return self->papers;
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

  self->is_document = is_document;
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

  return self->is_document;
}

static void
read_part (MilReceiptRecord *self, MilReceiptPart part, const char *text, const MilEvidence *evidence)
{
  Part *to = &self->parts[part];

  if (evidence != NULL)
    {
      to->confidence = evidence->confidence;
      to->box = evidence->box;
    }
  if (to->edited)
    return;
  if (g_set_str (&to->text, text))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MERCHANT + part]);
}

static MilMoney
decimal_money (MilDecimal amount, const char *currency)
{
  MilMoney         money = { 0 };
  g_autofree char *text = mil_decimal_to_string (amount);

  if (!is_empty (currency) && mil_currency_is_known (currency))
    mil_money_parse (text, currency, &money, NULL);
  return money;
}

static void
read_lines (MilReceiptRecord *self, const MilReceipt *reading)
{
  g_list_store_remove_all (self->lines);
  for (guint i = 0; i < reading->lines->len; i++)
    {
      const MilReceiptLine *from = reading->lines->pdata[i];
      g_autofree char      *id = g_strdup_printf ("%u", i);
      g_autofree char *quantity = from->quantity.digits != 0 ? mil_decimal_to_string (from->quantity) : NULL;
      MilReceiptLineItemInfo info = {
        .id = id,
        .title = from->description,
        .quantity = quantity,
        .amount = decimal_money (from->amount, reading->currency),
        .vat_class = from->vat_class,
        .x = from->box.x,
        .y = from->box.y,
        .width = from->box.width,
        .height = from->box.height,
      };
      g_autoptr (MilReceiptLineItem) item = mil_receipt_line_item_new (&info);
      g_list_store_append (self->lines, item);
    }
}

/* Returns the VAT of all rows together. */
static MilMoney
read_vat (MilReceiptRecord *self, const MilReceipt *reading)
{
  MilMoney sum = { 0 };

  g_list_store_remove_all (self->vat);
  for (guint i = 0; i < reading->vat->len; i++)
    {
      const MilReceiptVat  *from = reading->vat->pdata[i];
      g_autofree char      *id = g_strdup_printf ("%u", i);
      g_autofree char      *rate = mil_decimal_to_string (from->rate);
      MilReceiptVatItemInfo info = {
        .id = id,
        .vat_class = from->vat_class,
        .rate = rate,
        .net = decimal_money (from->net, reading->currency),
        .vat = decimal_money (from->vat, reading->currency),
        .gross = decimal_money (from->gross, reading->currency),
        .x = from->box.x,
        .y = from->box.y,
        .width = from->box.width,
        .height = from->box.height,
      };
      g_autoptr (MilReceiptVatItem) item = mil_receipt_vat_item_new (&info);
      g_list_store_append (self->vat, item);
      if (!mil_money_is_set (sum))
        sum = info.vat;
      else
        mil_money_add (sum, info.vat, &sum, NULL);
    }
  return sum;
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
  read_lines (self, reading);
  money = read_vat (self, reading);
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
    if (self->parts[i].problem != NULL)
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
  MilPurchase *purchase = NULL;
  const char  *country = NULL;
  MilGoods     goods = MIL_GOODS_GENERAL;

  g_return_val_if_fail (MIL_IS_RECEIPT_RECORD (self), NULL);

  country = self->parts[MIL_RECEIPT_PART_COUNTRY].text;
  if (is_empty (country) || !mil_country_is_known (country) || !mil_money_is_set (self->amount)
      || !mil_date_is_set (self->date))
    return NULL;
  purchase = mil_purchase_new (self->id, country, self->date, self->amount);
  purchase->traveller = g_strdup (self->traveller_id);
  purchase->shop = g_strdup (self->parts[MIL_RECEIPT_PART_MERCHANT].text);
  purchase->vat_id = g_strdup (self->parts[MIL_RECEIPT_PART_VAT_ID].text);
  if (!is_empty (self->parts[MIL_RECEIPT_PART_TIME].text) && self->parts[MIL_RECEIPT_PART_TIME].problem == NULL)
    purchase->time = g_strdup (self->parts[MIL_RECEIPT_PART_TIME].text);
  purchase->tax = self->tax;
  if (!is_empty (self->parts[MIL_RECEIPT_PART_GOODS].text)
      && mil_goods_parse (self->parts[MIL_RECEIPT_PART_GOODS].text, &goods))
    mil_purchase_add_line (purchase, goods, self->amount);
  return purchase;
}

/* --- JSON, for the local store ------------------------------------------------------------------ */

static JsonNode *
part_to_json (const Part *part)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (part->text != NULL)
    {
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, part->text);
    }
  json_builder_set_member_name (builder, "confidence");
  json_builder_add_int_value (builder, part->confidence);
  json_builder_set_member_name (builder, "edited");
  json_builder_add_boolean_value (builder, part->edited);
  json_builder_set_member_name (builder, "x");
  json_builder_add_int_value (builder, part->box.x);
  json_builder_set_member_name (builder, "y");
  json_builder_add_int_value (builder, part->box.y);
  json_builder_set_member_name (builder, "width");
  json_builder_add_int_value (builder, part->box.width);
  json_builder_set_member_name (builder, "height");
  json_builder_add_int_value (builder, part->box.height);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
add_records (JsonBuilder *builder, const char *member, GListStore *list)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (MilRecord) record = g_list_model_get_item (G_LIST_MODEL (list), i);
      json_builder_add_value (builder, mil_record_to_json (record));
    }
  json_builder_end_array (builder);
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_sheets (MilReceiptRecord *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "sheets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->sheets->len; i++)
    mil_receipt_picture_to_json (self->sheets->pdata[i], builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "papers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->papers->len; i++)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "corners");
      mil_quad_to_json (&g_array_index (self->papers, MilQuad, i), builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "is_document");
  json_builder_add_boolean_value (builder, self->is_document);
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
  add_sheets (self, builder);
  json_builder_set_member_name (builder, "state");
  json_builder_add_int_value (builder, self->state);
  json_builder_set_member_name (builder, "added_at");
  json_builder_add_int_value (builder, self->added_at);
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_object (builder);
  for (guint i = 0; i < MIL_RECEIPT_N_PARTS; i++)
    {
      json_builder_set_member_name (builder, part_names[i]);
      json_builder_add_value (builder, part_to_json (&self->parts[i]));
    }
  json_builder_end_object (builder);
  add_records (builder, "lines", self->lines);
  add_records (builder, "vat", self->vat);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
load_part (MilJson *reader, const char *name, Part *part)
{
  if (!mil_json_enter_optional (reader, name))
    return;
  part->text = g_strdup (mil_json_string_optional (reader, "text", MAX_TEXT));
  part->confidence = mil_json_int_optional (reader, "confidence", 0, 100, 0);
  part->edited = mil_json_boolean_optional (reader, "edited", FALSE);
  part->box.x = mil_json_int_optional (reader, "x", G_MININT, G_MAXINT, 0);
  part->box.y = mil_json_int_optional (reader, "y", G_MININT, G_MAXINT, 0);
  part->box.width = mil_json_int_optional (reader, "width", 0, G_MAXINT, 0);
  part->box.height = mil_json_int_optional (reader, "height", 0, G_MAXINT, 0);
  mil_json_leave (reader);
}

static gboolean
load_records (MilJson *reader, const char *member, GType type, GListStore *list, GError **error)
{
  guint    n = mil_json_enter_array_optional (reader, member, MAX_ROWS);
  gboolean good = TRUE;

  for (guint i = 0; i < n && good; i++)
    {
      g_autoptr (MilRecord) record = NULL;
      mil_json_enter_item (reader, i);
      record = mil_record_new_from_json (type, mil_json_node (reader), error);
      good = record != NULL;
      if (good)
        g_list_store_append (list, record);
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  return good;
}

/* One picture and its size were all that a receipt had before it had sheets. */
static void
load_only_sheet (MilReceiptRecord *self, MilJson *reader)
{
  const char        *file = mil_json_string_optional (reader, "file", 200);
  MilReceiptPicture *sheet = NULL;

  if (file == NULL || self->sheets->len > 0)
    return;
  sheet = mil_receipt_picture_new (file, 0);
  sheet->width = sheet->whole_width = mil_json_int_optional (reader, "width", 0, G_MAXINT, 0);
  sheet->height = sheet->whole_height = mil_json_int_optional (reader, "height", 0, G_MAXINT, 0);
  g_ptr_array_add (self->sheets, sheet);
}

static void
load_sheets (MilReceiptRecord *self, MilJson *reader)
{
  guint n = mil_json_enter_array_optional (reader, "sheets", MAX_SHEETS);

  for (guint i = 0; i < n; i++)
    {
      mil_json_enter_item (reader, i);
      g_ptr_array_add (self->sheets, mil_receipt_picture_from_json (reader));
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  load_only_sheet (self, reader);
  n = mil_json_enter_array_optional (reader, "papers", MAX_PAPERS);
  for (guint i = 0; i < n; i++)
    {
      MilQuad paper = { 0 };
      mil_json_enter_item (reader, i);
      paper = mil_quad_from_json (reader, "corners");
      g_array_append_val (self->papers, paper);
      mil_json_leave (reader);
    }
  mil_json_leave (reader);
  self->is_document = mil_json_boolean_optional (reader, "is_document", FALSE);
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
  self->problem = g_strdup (mil_json_string_optional (reader, "problem", MAX_TEXT));
  self->state = mil_json_int (reader, "state", MIL_RECEIPT_STATE_WAITING, MIL_RECEIPT_STATE_UNREAD);
  self->added_at = mil_json_int (reader, "added_at", 0, G_MAXINT64);
  if (mil_json_enter (reader, "parts"))
    for (guint i = 0; i < MIL_RECEIPT_N_PARTS; i++)
      load_part (reader, part_names[i], &self->parts[i]);
  mil_json_leave (reader);
  load_sheets (self, reader);
  g_set_str (&self->folder, folder);
  update_picture (self);
  if (!load_records (reader, "lines", MIL_TYPE_RECEIPT_LINE_ITEM, self->lines, error)
      || !load_records (reader, "vat", MIL_TYPE_RECEIPT_VAT_ITEM, self->vat, error) || !mil_json_finish (reader, error))
    return NULL;
  if (self->state == MIL_RECEIPT_STATE_READING)
    self->state = MIL_RECEIPT_STATE_WAITING;
  understand (self);
  return g_steal_pointer (&self);
}

/* --- what the windows do with it ---------------------------------------------------------------- */

/**
 * mil_receipt_part_name:
 * @part: a part
 *
 * Returns: (transfer none): its property
 */
const char *
mil_receipt_part_name (MilReceiptPart part)
{
  g_return_val_if_fail (part < MIL_RECEIPT_N_PARTS, NULL);

  return part_names[part];
}

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

  return self->picture;
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

  return self->sheets->len;
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

  return index < self->sheets->len ? self->sheets->pdata[index] : NULL;
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

  return index < self->sheets->len ? mil_receipt_picture_address (self->sheets->pdata[index], self->folder, cut) : NULL;
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

  return self->papers->len;
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

  return self->parts[part].text;
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

  if (g_strcmp0 (self->parts[part].text, text) == 0 || (is_empty (self->parts[part].text) && is_empty (text)))
    return;
  g_set_str (&self->parts[part].text, text);
  self->parts[part].edited = TRUE;
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

  return self->parts[part].problem;
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

  return self->parts[part].edited ? 100 : self->parts[part].confidence;
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

  return self->parts[part].box;
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

  return self->parts[part].edited;
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
