/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

GBytes    *mil_picture_file_read (GFile *file, GCancellable *cancellable, GError **error);
DexFuture *mil_picture_file_load (GFile *file);

G_END_DECLS
