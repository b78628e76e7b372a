/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "base/mil-date.h"
#include "refund/mil-operator-book.h"
#include "refund/mil-scheme.h"
#include "refund/mil-territories.h"

G_BEGIN_DECLS

#define MIL_TYPE_SCHEME_BOOK (mil_scheme_book_get_type ())

/**
 * MilSchemeBook:
 *
 * All refund schemes with all their dated rules, and the operators' terms. Reference counted, immutable once
 * made, safe to use from any thread.
 */
typedef struct _MilSchemeBook MilSchemeBook;

GType          mil_scheme_book_get_type (void);
MilSchemeBook *mil_scheme_book_load_installed (GError **error);
MilSchemeBook *mil_scheme_book_load (const char *data_dir, GError **error);
MilSchemeBook *mil_scheme_book_new (GBytes *territories, GPtrArray *schemes, GError **error);
MilSchemeBook *mil_scheme_book_ref (MilSchemeBook *self);
void           mil_scheme_book_unref (MilSchemeBook *self);

MilTerritories    *mil_scheme_book_territories (MilSchemeBook *self);
MilOperatorBook   *mil_scheme_book_operators (MilSchemeBook *self);
const char *const *mil_scheme_book_countries (MilSchemeBook *self);
const MilScheme   *mil_scheme_book_find (MilSchemeBook *self, const char *country);
const MilRule *mil_scheme_book_rule (MilSchemeBook *self, const char *country, const char *region, MilDate day);
MilDate mil_scheme_book_checked_on (MilSchemeBook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilSchemeBook, mil_scheme_book_unref)

G_END_DECLS
