/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Source of all figures here: ISO 4217, table A.1, generated from data/iso4217.csv at build time. */

gboolean           mil_currency_is_known    (const char *code);
int                mil_currency_exponent    (const char *code);
const char        *mil_currency_numeric     (const char *code);
const char        *mil_currency_from_numeric (const char *numeric);
const char        *mil_currency_name        (const char *code);
const char        *mil_currency_symbol      (const char *code);
const char *const *mil_currency_list        (void);

G_END_DECLS
