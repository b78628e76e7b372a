/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void mil_pressable_make (GtkWidget *widget);

G_END_DECLS
