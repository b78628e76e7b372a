/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilLabel:
 * @MIL_LABEL_NONE: nothing that is known
 * @MIL_LABEL_FINAL: the amount to be paid, said without doubt ("Total payable", "Zu zahlen")
 * @MIL_LABEL_TOTAL: a total ("Total", "Summe")
 * @MIL_LABEL_WEAK: maybe the total ("Amount", "Betrag")
 * @MIL_LABEL_SUBTOTAL: a sum before tax, discount or rounding
 * @MIL_LABEL_TAX: VAT, or a row of the VAT table
 * @MIL_LABEL_ROUNDING: what cash rounding adds or takes away
 * @MIL_LABEL_CASH: what was handed over
 * @MIL_LABEL_CARD: what was paid by card, which is the total
 * @MIL_LABEL_CHANGE: what was given back
 * @MIL_LABEL_DISCOUNT: savings
 * @MIL_LABEL_COUNT: numbers of things, points, limits: no amounts to pay
 *
 * What the words of a row say about the amounts on it.
 */
typedef enum
{
  MIL_LABEL_NONE,
  MIL_LABEL_FINAL,
  MIL_LABEL_TOTAL,
  MIL_LABEL_WEAK,
  MIL_LABEL_SUBTOTAL,
  MIL_LABEL_TAX,
  MIL_LABEL_ROUNDING,
  MIL_LABEL_CASH,
  MIL_LABEL_CARD,
  MIL_LABEL_CHANGE,
  MIL_LABEL_DISCOUNT,
  MIL_LABEL_COUNT,
} MilLabel;

MilLabel mil_label_classify (const char *text);
char    *mil_label_fold (const char *text);
gboolean mil_label_contains (const char *folded, const char *keyword, int errors);
gboolean mil_label_has_word (const char *text, const char *word);

GStrv    mil_label_split (const char *text);
gboolean mil_label_words_have (const char *const *words, const char *word);

G_END_DECLS
