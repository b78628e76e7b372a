/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MIL_TYPE_FIRST_RUN_PAGE (mil_first_run_page_get_type ())

/**
 * MilFirstRunPage:
 *
 * The three questions of the first start. Signal `started` (country, currency, demo wallet) when
 * they are answered.
 */
G_DECLARE_FINAL_TYPE (MilFirstRunPage, mil_first_run_page, MIL, FIRST_RUN_PAGE, AdwBin)

GtkWidget *mil_first_run_page_new (const char *country);

G_END_DECLS
