/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What is accepted, whoever made the file. */
#define MIL_PICTURE_MAX_BYTES (64 * 1024 * 1024)
#define MIL_PICTURE_MAX_MEGAPIXELS 120
#define MIL_PICTURE_KEPT_PIXELS (12 * 1000 * 1000)
