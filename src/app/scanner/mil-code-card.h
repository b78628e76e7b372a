/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/scanner/mil-code-meaning.h"

G_BEGIN_DECLS

#define MIL_TYPE_CODE_CARD (mil_code_card_get_type ())

/**
 * MilCodeCard:
 *
 * Shows what the codes in front of the camera mean. It stays a while after a code is gone, so that it can be read,
 * and never does anything by itself.
 */
G_DECLARE_FINAL_TYPE (MilCodeCard, mil_code_card, MIL, CODE_CARD, AdwBin)

void        mil_code_card_set_session (MilCodeCard *self,
                                       MilSession  *session);
void        mil_code_card_see         (MilCodeCard *self,
                                       GPtrArray   *symbols,
                                       gint64       now);
const char *mil_code_card_get_text    (MilCodeCard *self);
gboolean    mil_code_card_is_payment  (MilCodeCard *self);

G_END_DECLS
