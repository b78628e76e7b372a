/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "traveller/mil-claim.h"

G_BEGIN_DECLS

#define MIL_TYPE_CODE_PAGE (mil_code_page_get_type ())

/**
 * MilCodePage:
 *
 * The code of a form as large as the screen, black on white, for a reader or an officer. While it is shown the
 * window fills the screen and the screen is kept awake.
 */
G_DECLARE_FINAL_TYPE (MilCodePage, mil_code_page, MIL, CODE_PAGE, AdwNavigationPage)

AdwNavigationPage *mil_code_page_new (MilClaim *claim);

G_END_DECLS
