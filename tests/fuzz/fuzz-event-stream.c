/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "traveller/mil-event-reader.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
on_event_cb (const char *type, const char *id, const char *text, gpointer data)
{
  g_assert_true (g_utf8_validate (type, -1, NULL));
  g_assert_true (id == NULL || g_utf8_validate (id, -1, NULL));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

/* The stream in two pieces, as a network cuts it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (MilEventReader) reader = mil_event_reader_new (on_event_cb, NULL);
  size_t half = size / 2;

  if (mil_event_reader_feed (reader, data, half))
    mil_event_reader_feed (reader, data + half, size - half);
  return 0;
}
