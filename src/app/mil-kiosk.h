/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MIL_TYPE_KIOSK (mil_kiosk_get_type ())
G_DECLARE_FINAL_TYPE (MilKiosk, mil_kiosk, MIL, KIOSK, GObject)

MilKiosk  *mil_kiosk_new (GtkWindow *window, guint idle_ms, guint warning_seconds);
char      *mil_kiosk_make_room (const char *runtime_dir);
void       mil_kiosk_clear_room (const char *room);
void       mil_kiosk_clear_rooms (const char *runtime_dir);
GSettings *mil_kiosk_settings (const char *schema_id);

G_END_DECLS
