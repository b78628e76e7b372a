/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "traveller/mil-person.h"
#include "traveller/mil-personal.h"

G_BEGIN_DECLS

/* What of a person goes to the operator with a claim: what the form of the country asks for and is known, and
 * no more. */

void     mil_claim_traveller_write      (JsonBuilder         *builder,
                                         const MilPersonInfo *info,
                                         const char          *home,
                                         const char          *country);
gboolean mil_claim_traveller_has_secret (const MilPersonInfo *info,
                                         const char          *country);
void     mil_claim_traveller_fill       (JsonObject          *traveller,
                                         const MilPersonal   *personal,
                                         const char          *country);

G_END_DECLS
