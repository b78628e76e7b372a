/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ISO 3166-1, generated from the iso-codes package at build time; names come translated from its catalogs. */

gboolean           mil_country_is_known     (const char *code);
const char        *mil_country_name         (const char *code);
const char        *mil_country_english_name (const char *code);
const char        *mil_country_currency     (const char *code);
char              *mil_country_flag         (const char *code);
const char        *mil_country_from_alpha_3 (const char *code);
const char *const *mil_country_list         (void);
const char        *mil_country_from_locale  (void);
gboolean           mil_country_in_eu        (const char *code);

G_END_DECLS
