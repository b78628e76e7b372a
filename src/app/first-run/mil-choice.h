/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MIL_TYPE_CHOICE (mil_choice_get_type ())

/**
 * MilChoice:
 *
 * A country or a currency in a list to choose from: its code and what people call it.
 */
G_DECLARE_FINAL_TYPE (MilChoice, mil_choice, MIL, CHOICE, GObject)

const char *mil_choice_get_code (MilChoice *self);
const char *mil_choice_get_label (MilChoice *self);

GListModel *mil_choice_list_countries (void);
GListModel *mil_choice_list_currencies (void);
void        mil_choice_list_prepend_none (GListModel *list, const char *label);
guint       mil_choice_list_find (GListModel *list, const char *code);

G_END_DECLS
