/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-symbol.h"
#include "traveller/mil-session.h"

G_BEGIN_DECLS

/**
 * MilCodeKind:
 * @MIL_CODE_OTHER: a text or a number
 * @MIL_CODE_LINK: an address
 * @MIL_CODE_FORM: the number of a tax-free form
 * @MIL_CODE_FISCAL: a fiscal code of a receipt
 * @MIL_CODE_PAYMENT: asks for money, or offers it
 *
 * What a code is, the weightiest last.
 */
typedef enum
{
  MIL_CODE_OTHER,
  MIL_CODE_LINK,
  MIL_CODE_FORM,
  MIL_CODE_FISCAL,
  MIL_CODE_PAYMENT,
} MilCodeKind;

/**
 * MilCodeFact:
 * @label: what it is about
 * @value: what the code says
 */
typedef struct
{
  char *label;
  char *value;
} MilCodeFact;

/**
 * MilCodeMeaning:
 * @kind: what it is
 * @title: the same in words
 * @icon: name of an icon
 * @facts: (element-type MilCodeFact): what it says, the most important first
 * @caution: (nullable): what to mind before it is used
 * @text: all that it says, as it was read
 *
 * What a code means, for people. Making one opens nothing and asks nobody.
 */
typedef struct
{
  MilCodeKind kind;
  char       *title;
  const char *icon;
  GPtrArray  *facts;
  char       *caution;
  char       *text;
} MilCodeMeaning;

MilCodeMeaning *mil_code_meaning_new  (const MilSymbol *symbol,
                                       MilSession      *session);
void            mil_code_meaning_free (MilCodeMeaning  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilCodeMeaning, mil_code_meaning_free)

G_END_DECLS
