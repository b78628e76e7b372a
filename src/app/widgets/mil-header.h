/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MIL_TYPE_HEADER (mil_header_get_type ())

/**
 * MilHeader:
 *
 * The header bar of every page: the switcher of places where there is room and the page is the first
 * of its place, the basket with its count, the menu, and below them what the window has to say about
 * its state (offline, keyring).
 *
 * What the window knows (narrow, basket count, banner) it takes from the #MilWindow it is put in.
 */
G_DECLARE_FINAL_TYPE (MilHeader, mil_header, MIL, HEADER, AdwBin)

GtkWidget *mil_header_new (void);
GtkWidget *mil_header_get_basket_button (MilHeader *self);

G_END_DECLS
