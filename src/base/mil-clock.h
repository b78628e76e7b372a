/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MIL_TYPE_CLOCK  (mil_clock_get_type ())
#define MIL_TYPE_RANDOM (mil_random_get_type ())

/**
 * MilClock:
 *
 * Where the time comes from: the system's, or one that a test sets and moves.
 */
G_DECLARE_FINAL_TYPE (MilClock, mil_clock, MIL, CLOCK, GObject)

/**
 * MilRandom:
 *
 * Where chance comes from: the system's generator, or a seeded one for tests.
 */
G_DECLARE_FINAL_TYPE (MilRandom, mil_random, MIL, RANDOM, GObject)

MilClock  *mil_clock_new_system  (void);
MilClock  *mil_clock_new_fixed   (gint64      microseconds);
gint64     mil_clock_now         (MilClock   *self);
void       mil_clock_set         (MilClock   *self,
                                  gint64      microseconds);
void       mil_clock_advance     (MilClock   *self,
                                  gint64      microseconds);

MilRandom *mil_random_new_system (void);
MilRandom *mil_random_new_seeded (guint64     seed);
void       mil_random_fill       (MilRandom  *self,
                                  guint8     *bytes,
                                  gsize       n_bytes);

char      *mil_uuid_new          (MilClock   *clock,
                                  MilRandom  *random);
gboolean   mil_uuid_is_valid     (const char *text);

G_END_DECLS
