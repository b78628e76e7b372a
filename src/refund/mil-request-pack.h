/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-pack-texts.h"
#include "refund/mil-sheet.h"
#include "refund/mil-tax-free-form.h"

G_BEGIN_DECLS

const char *mil_request_pack_system  (MilTaxFreeForm  *form);
MilSheet   *mil_request_pack_new     (MilTaxFreeForm  *form,
                                      MilPaper         paper,
                                      MilPackTexts    *texts,
                                      GPtrArray       *pictures);
char       *mil_request_pack_subject (MilTaxFreeForm  *form,
                                      MilPackTexts    *texts);
char       *mil_request_pack_body    (MilTaxFreeForm  *form,
                                      MilPackTexts    *texts);

G_END_DECLS
