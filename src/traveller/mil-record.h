/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-date.h"
#include "base/mil-money.h"

G_BEGIN_DECLS

#define MIL_TYPE_RECORD (mil_record_get_type ())

/**
 * MilRecord:
 *
 * A plain struct that widgets can bind to: each field of the struct is a read-only property of the
 * same name with dashes. The struct is described once by a table, from which properties, copying,
 * comparing and JSON follow. Setting a new struct notifies only what changed.
 */
G_DECLARE_DERIVABLE_TYPE (MilRecord, mil_record, MIL, RECORD, GObject)

/**
 * MilRecordFieldKind:
 * @MIL_RECORD_FIELD_STRING: `char *`; property of type string
 * @MIL_RECORD_FIELD_STRV: `GStrv`; property of type #GStrv
 * @MIL_RECORD_FIELD_BOOLEAN: `gboolean`
 * @MIL_RECORD_FIELD_INT: `int`
 * @MIL_RECORD_FIELD_INT64: `gint64`; instants are microseconds since 1970 UTC
 * @MIL_RECORD_FIELD_MONEY: `MilMoney`; property of type #MilMoney, %NULL where no amount is set
 * @MIL_RECORD_FIELD_DATE: `MilDate`; property of type string, as the locale writes dates, %NULL where unset
 * @MIL_RECORD_FIELD_RECORDS: `GListStore *` of records; property of type #GListModel
 *
 * What a field of the struct is.
 */
typedef enum
{
  MIL_RECORD_FIELD_STRING,
  MIL_RECORD_FIELD_STRV,
  MIL_RECORD_FIELD_BOOLEAN,
  MIL_RECORD_FIELD_INT,
  MIL_RECORD_FIELD_INT64,
  MIL_RECORD_FIELD_MONEY,
  MIL_RECORD_FIELD_DATE,
  MIL_RECORD_FIELD_RECORDS,
} MilRecordFieldKind;

/**
 * MilRecordField:
 * @name: name of the property, with dashes; in JSON with underscores
 * @kind: what it is
 * @offset: where it is in the struct
 * @item_type: for %MIL_RECORD_FIELD_RECORDS: type function of the items
 */
typedef struct
{
  const char   *name;
  MilRecordFieldKind  kind;
  gsize         offset;
  GType       (*item_type) (void);
} MilRecordField;

/**
 * MilRecordClass:
 * @fields: the table; the first field is the id
 * @n_fields: how many
 * @size: of the struct
 */
struct _MilRecordClass
{
  GObjectClass    parent_class;

  const MilRecordField *fields;
  guint           n_fields;
  gsize           size;
};

/* One row of a table of fields. */
#define MIL_RECORD_FIELD(Struct, member, label, kind) { label, MIL_RECORD_FIELD_##kind, G_STRUCT_OFFSET (Struct, member), NULL }
#define MIL_RECORD_FIELD_LIST(Struct, member, label, type_func) \
  { label, MIL_RECORD_FIELD_RECORDS, G_STRUCT_OFFSET (Struct, member), type_func }

/* The type of a record that is nothing but its table. */
#define MIL_DEFINE_RECORD(TypeName, type_name, Struct, table)                                        \
  struct _##TypeName                                                                                 \
  {                                                                                                  \
    MilRecord parent_instance;                                                                       \
  };                                                                                                 \
  G_DEFINE_FINAL_TYPE (TypeName, type_name, MIL_TYPE_RECORD)                                         \
  static void type_name##_class_init (TypeName##Class *klass)                                        \
  {                                                                                                  \
    mil_record_class_set_fields (MIL_RECORD_CLASS (klass), table, G_N_ELEMENTS (table), sizeof (Struct)); \
  }                                                                                                  \
  static void type_name##_init (TypeName *self)                                                      \
  {                                                                                                  \
  }

void           mil_record_class_set_fields (MilRecordClass *klass,
                                            const MilRecordField *fields,
                                            guint           n_fields,
                                            gsize           size);

gpointer       mil_record_new_for_value    (GType           type,
                                            gconstpointer   value);
gconstpointer  mil_record_get_value        (MilRecord      *self);
void           mil_record_set_value        (MilRecord      *self,
                                            gconstpointer   value);
const char    *mil_record_get_id           (MilRecord      *self);
gboolean       mil_record_equal            (MilRecord      *self,
                                            MilRecord      *other);
JsonNode      *mil_record_to_json          (MilRecord      *self);
MilRecord     *mil_record_new_from_json    (GType           type,
                                            JsonNode       *json,
                                            GError        **error);

gboolean       mil_record_list_sync        (GListStore     *list,
                                            GPtrArray      *records);
gpointer       mil_record_list_find        (GListModel     *list,
                                            const char     *id,
                                            guint          *position);

G_END_DECLS
