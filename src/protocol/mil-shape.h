/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-json.h"

G_BEGIN_DECLS

/*
 * How a plain struct and a JSON object are the same thing: a table with a row for each member. Reading,
 * writing, copying and freeing follow the table, so that client and service cannot differ.
 *
 * Members that the table does not name are passed over when reading; those it names must have the
 * right type and keep the bounds. "Nothing" is NULL for pointers, 0 for instants, "no date", "no
 * amount", and 0 for optional numbers: such members are not written unless they are required. Lists
 * are never NULL in a struct that came from new, copy or from_json, and own what is in them.
 */

typedef struct _MilShape MilShape;
typedef struct _MilField MilField;

typedef enum
{
  MIL_FIELD_STRING,  /* char * */
  MIL_FIELD_CHOICE,  /* char *, one of `words` */
  MIL_FIELD_INT,     /* gint64 */
  MIL_FIELD_BOOLEAN, /* gboolean */
  MIL_FIELD_MONEY,   /* MilMoney, {"amount": minor units, "currency": code} */
  MIL_FIELD_MONEYS,  /* GPtrArray * of MilMoney */
  MIL_FIELD_INSTANT, /* gint64, microseconds; RFC 3339 */
  MIL_FIELD_DATE,    /* MilDate */
  MIL_FIELD_DECIMAL, /* MilDecimal, a decimal string */
  MIL_FIELD_STRINGS, /* GStrv, may be NULL */
  MIL_FIELD_OBJECT,  /* another struct */
  MIL_FIELD_LIST,    /* GPtrArray * of another struct */
  MIL_FIELD_MAP,     /* GPtrArray * of another struct, grouped by the value of its first member:
                      * {"key": [{…}, {…}]} */
  MIL_FIELD_NODE,    /* JsonNode *, as it is */
} MilFieldKind;

typedef enum
{
  MIL_FIELD_OPTIONAL = 0,
  MIL_FIELD_REQUIRED = 1 << 0, /* must be there when reading, is always written */
  MIL_FIELD_NULLABLE = 1 << 1, /* need not be there when reading, is written as null */
  MIL_FIELD_KEY = 1 << 2,      /* first member of what a map has; the name it stands under */
} MilFieldFlags;

struct _MilField
{
  const char        *name;
  MilFieldKind       kind;
  MilFieldFlags      flags;
  gsize              offset;
  gint64             least; /* smallest number; for booleans what stands for "not there" */
  gint64             most;  /* biggest number, most bytes of a string, most entries of a list */
  const MilShape    *shape;
  const char *const *words;
};

struct _MilShape
{
  gsize           size;
  const MilField *fields; /* ends with a row without name */
  GDestroyNotify  free;
  void (*check) (gpointer value, MilJson *json); /* (nullable): rules between members; calls mil_json_fail() */
};

/* clang-format off */
#define MIL_OFFSET_(Type, member, CType) _Generic (((Type *) 0)->member, CType: G_STRUCT_OFFSET (Type, member))
#define MIL_STRING(Type, member, max_bytes, flag)                                                                           \
  { #member, MIL_FIELD_STRING, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, char *), 0, max_bytes, NULL, NULL }
#define MIL_CHOICE(Type, member, allowed, flag)                                                                             \
  { #member, MIL_FIELD_CHOICE, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, char *), 0, 64, NULL, allowed }
#define MIL_INT(Type, member, least, most, flag)                                                                            \
  { #member, MIL_FIELD_INT, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, gint64), least, most, NULL, NULL }
#define MIL_BOOLEAN(Type, member, fallback)                                                                                 \
  { #member, MIL_FIELD_BOOLEAN, MIL_FIELD_OPTIONAL, MIL_OFFSET_ (Type, member, gboolean), fallback, 1, NULL, NULL }
#define MIL_AMOUNT(Type, member, least, flag)                                                                               \
  { #member, MIL_FIELD_MONEY, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, MilMoney), least, G_MAXINT64, NULL, NULL }
#define MIL_AMOUNTS(Type, member, max_items, flag)                                                                          \
  { #member, MIL_FIELD_MONEYS, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, GPtrArray *), 0, max_items, NULL, NULL }
#define MIL_INSTANT(Type, member, flag)                                                                                     \
  { #member, MIL_FIELD_INSTANT, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, gint64), 0, 0, NULL, NULL }
#define MIL_DATE(Type, member, flag)                                                                                        \
  { #member, MIL_FIELD_DATE, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, MilDate), 0, 0, NULL, NULL }
#define MIL_DECIMAL(Type, member, flag)                                                                                     \
  { #member, MIL_FIELD_DECIMAL, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, MilDecimal), 0, 0, NULL, NULL }
#define MIL_STRINGS(Type, member, max_items, flag)                                                                          \
  { #member, MIL_FIELD_STRINGS, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, GStrv), 0, max_items, NULL, NULL }
#define MIL_OBJECT(Type, member, CType, of, flag)                                                                           \
  { #member, MIL_FIELD_OBJECT, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, CType *), 0, 0, &of##_shape, NULL }
#define MIL_LIST(Type, member, of, max_items, flag)                                                                         \
  { #member, MIL_FIELD_LIST, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, GPtrArray *), 0, max_items, &of##_shape, NULL }
#define MIL_MAP(Type, member, of, max_items, flag)                                                                          \
  { #member, MIL_FIELD_MAP, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, GPtrArray *), 0, max_items, &of##_shape, NULL }
#define MIL_NODE(Type, member, flag)                                                                                        \
  { #member, MIL_FIELD_NODE, MIL_FIELD_##flag, MIL_OFFSET_ (Type, member, JsonNode *), 0, 0, NULL, NULL }
/* clang-format on */

gpointer  mil_shape_new (const MilShape *shape);
gpointer  mil_shape_copy (const MilShape *shape, gconstpointer value);
void      mil_shape_free (const MilShape *shape, gpointer value);
JsonNode *mil_shape_to_json (const MilShape *shape, gconstpointer value);
gpointer  mil_shape_from_json (const MilShape *shape, JsonNode *node, GError **error);

/* clang-format off */

/**
 * MIL_SHAPE_DECLARE:
 * @Type: a struct
 * @prefix: its prefix
 *
 * Declares for @Type, with `g_autoptr`:
 * `GType prefix_get_type (void)`: a boxed type;
 * `Type *prefix_new (void)`: nothing in it but empty lists;
 * `Type *prefix_copy (const Type *self)`;
 * `void prefix_free (Type *self)`;
 * `JsonNode *prefix_to_json (const Type *self)` (transfer full);
 * `Type *prefix_from_json (JsonNode *node, GError **error)` (transfer full): %MIL_ERROR_PROTOCOL with the path.
 */
#define MIL_SHAPE_DECLARE(Type, prefix)                                                                                     \
  extern const MilShape prefix##_shape;                                                                                     \
  GType     prefix##_get_type (void);                                                                                       \
  Type     *prefix##_new (void);                                                                                            \
  Type     *prefix##_copy (const Type *self);                                                                               \
  void      prefix##_free (Type *self);                                                                                     \
  JsonNode *prefix##_to_json (const Type *self);                                                                            \
  Type     *prefix##_from_json (JsonNode *node, GError **error);                                                            \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Type, prefix##_free)

/* What MIL_SHAPE_DECLARE() declares; `rows` is a table of MilField without its end, `checker` may be NULL. */
#define MIL_SHAPE_DEFINE(Type, prefix, checker, ...)                                                                        \
  static const MilField prefix##_fields[] = { __VA_ARGS__, { 0 } };                                                         \
  const MilShape prefix##_shape = { sizeof (Type), prefix##_fields, (GDestroyNotify) prefix##_free, checker };              \
  G_DEFINE_BOXED_TYPE (Type, prefix, prefix##_copy, prefix##_free)                                                          \
  Type *prefix##_new (void) { return mil_shape_new (&prefix##_shape); }                                                     \
  Type *prefix##_copy (const Type *self) { return mil_shape_copy (&prefix##_shape, self); }                                 \
  void prefix##_free (Type *self) { mil_shape_free (&prefix##_shape, self); }                                               \
  JsonNode *prefix##_to_json (const Type *self) { return mil_shape_to_json (&prefix##_shape, self); }                       \
  Type *prefix##_from_json (JsonNode *node, GError **error)                                                                 \
  {                                                                                                                         \
    return mil_shape_from_json (&prefix##_shape, node, error);                                                              \
  }

/* clang-format on */

G_END_DECLS
