/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-storage.h"

G_BEGIN_DECLS

/**
 * Fixture:
 *
 * A storage of its own for one test, on the engine that MIL_TEST_STORAGE names ("postgres:…", else
 * SQLite), with a clock that stands still and seeded chance.
 */
typedef struct
{
  MilStorage *storage;
  MilClock   *clock;
  MilRandom  *random;
  char       *folder;
  char       *address;
} Fixture;

Fixture    *fixture_new (void);
void        fixture_reopen (Fixture *self);
void        fixture_free (Fixture *self);
MilStorage *fixture_another (Fixture *self);
gboolean    fixture_on (const char *engine);

gpointer wait_for (DexFuture *future, GError **error);
gpointer run_tx (Fixture *self, MilTxFunc func, gpointer data, GType type, GError **error);
void     must_run (Fixture *self, MilTxFunc func, gpointer data);
char    *test_folder (void);
void     remove_folder (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

G_END_DECLS
