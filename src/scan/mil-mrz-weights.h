/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The network of build-aux/train-mrz.py: weights are signed bytes with a scale an output channel. */
extern const gint8 mil_mrz_weights_1[];
extern const float mil_mrz_scales_1[];
extern const float mil_mrz_biases_1[];
extern const gint8 mil_mrz_weights_2[];
extern const float mil_mrz_scales_2[];
extern const float mil_mrz_biases_2[];
extern const gint8 mil_mrz_weights_3[];
extern const float mil_mrz_scales_3[];
extern const float mil_mrz_biases_3[];
extern const gint8 mil_mrz_weights_4[];
extern const float mil_mrz_scales_4[];
extern const float mil_mrz_biases_4[];

G_END_DECLS
