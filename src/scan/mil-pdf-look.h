/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean mil_pdf_look_fits (const guint8 *data, gsize size);

G_END_DECLS
