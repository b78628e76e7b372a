/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "base/mil-date.h"
#include "scan/mil-mrz.h"

G_BEGIN_DECLS

#define MIL_TYPE_PASSPORT_PAGE (mil_passport_page_get_type ())

/**
 * MilPassportPage:
 *
 * Reads a passport or identity card: with the camera, several frames together, or from a picture. What
 * was read is shown before it is used. No picture of it is ever kept.
 *
 * Signals: `taken` (#MilMrz, country of residence or %NULL), when it is to be used.
 */
G_DECLARE_FINAL_TYPE (MilPassportPage, mil_passport_page, MIL, PASSPORT_PAGE, AdwNavigationPage)

MilPassportPage *mil_passport_page_new (MilDate today, gboolean ask_residence);
void             mil_passport_page_expect (MilPassportPage *self, const char *name, const char *surname);
void             mil_passport_page_use_camera (MilPassportPage *self);
void             mil_passport_page_choose_file (MilPassportPage *self);
void             mil_passport_page_read_file (MilPassportPage *self, GFile *file);
void             mil_passport_page_show (MilPassportPage *self, const MilMrz *mrz);

G_END_DECLS
