/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-form-fields.h"
#include "refund/mil-pack-texts.h"
#include "refund/mil-sheet.h"
#include "refund/mil-tax-free-form.h"

G_BEGIN_DECLS

MilSheet *mil_form_drawing_new     (MilTaxFreeForm  *form,
                                    MilPaper         paper,
                                    MilPackTexts    *texts,
                                    MilPackTexts    *also);
GBytes   *mil_form_drawing_to_pdf  (MilTaxFreeForm  *form,
                                    MilSheet        *sheet,
                                    MilPackTexts    *texts,
                                    gint64           created,
                                    GBytes          *claim,
                                    GError         **error);

void      mil_form_drawing_add_part (MilSheet       *sheet,
                                    MilPackTexts    *texts,
                                    MilPackTexts    *also,
                                    const char      *part,
                                    const MilField  *fields,
                                    gconstpointer    values);
void      mil_form_drawing_add_purchases (MilSheet  *sheet,
                                    MilTaxFreeForm  *form,
                                    MilPackTexts    *texts,
                                    MilPackTexts    *also);
char     *mil_form_drawing_label   (MilPackTexts    *texts,
                                    MilPackTexts    *also,
                                    const char      *key);

G_END_DECLS
