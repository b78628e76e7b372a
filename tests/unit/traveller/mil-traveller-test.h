/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "base/mil-future.h"

G_BEGIN_DECLS

/* What the tests of this folder share. */

/* Milliseconds after which something will never come. No test claims that anything is faster than that. */
#define MIL_TEST_PATIENCE 120000

typedef gboolean (*MilTestCondition) (gpointer data);

char     *mil_test_folder_new    (void);
void      mil_test_folder_remove (char             *folder);
gboolean  mil_test_await         (DexFuture        *future,
                                  GError          **error);
gpointer  mil_test_await_object  (DexFuture        *future,
                                  GError          **error);
gboolean  mil_test_wait_until    (MilTestCondition  condition,
                                  gpointer          data,
                                  guint             milliseconds);
void      mil_test_turn_for      (guint             milliseconds);
JsonNode *mil_test_json          (const char       *text);
SoupServer *mil_test_serve       (SoupServerCallback answer,
                                  gpointer          data,
                                  char            **address);

G_END_DECLS
