/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_OPERATORS_PAGE (mil_operators_page_get_type ())

/**
 * MilOperatorsPage:
 *
 * What would arrive with each refund operator whose terms are known, the one that pays most first.
 */
G_DECLARE_FINAL_TYPE (MilOperatorsPage, mil_operators_page, MIL, OPERATORS_PAGE, AdwNavigationPage)

AdwNavigationPage *mil_operators_page_new (const MilVerdict *verdict, MilMoney paid, MilDate day);

G_END_DECLS
