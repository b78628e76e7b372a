/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The network of build-aux/train-digits.py: weights are signed bytes with a scale an output channel. */
extern const gint8 mil_digit_weights_1[];
extern const float mil_digit_scales_1[];
extern const float mil_digit_biases_1[];
extern const gint8 mil_digit_weights_2[];
extern const float mil_digit_scales_2[];
extern const float mil_digit_biases_2[];
extern const gint8 mil_digit_weights_3[];
extern const float mil_digit_scales_3[];
extern const float mil_digit_biases_3[];
extern const gint8 mil_digit_weights_4[];
extern const float mil_digit_scales_4[];
extern const float mil_digit_biases_4[];

G_END_DECLS
