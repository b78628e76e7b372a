/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MIL_TYPE_SHELF (mil_shelf_get_type ())

/**
 * MilShelf:
 *
 * A long list with a head that scrolls away with it. The list (a #GtkGridView or #GtkListView) stays
 * its own scrollable, so it keeps only the cells that are seen; a box around both would make it
 * keep all of them.
 */
G_DECLARE_FINAL_TYPE (MilShelf, mil_shelf, MIL, SHELF, GtkWidget)

GtkWidget *mil_shelf_new (void);
void       mil_shelf_set_head (MilShelf *self, GtkWidget *head);
void       mil_shelf_set_body (MilShelf *self, GtkWidget *body);

G_END_DECLS
