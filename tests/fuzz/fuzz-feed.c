/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "service/catalogue/mil-feed.h"

/* Whatever is accepted keeps its promises: an id, a title, a price; and nothing is both good and bad. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilFeed) feed = mil_feed_parse (bytes, &error);

  g_assert ((feed == NULL) == (error != NULL));
  if (feed == NULL)
    return 0;
  for (guint i = 0; i < feed->items->len; i++)
    {
      const MilFeedItem *item = feed->items->pdata[i];

      g_assert (*item->id != '\0' && *item->title != '\0');
      g_assert (mil_money_is_set (item->price) && item->price.minor >= 0);
      g_assert (g_utf8_validate (item->description, -1, NULL));
    }
  for (guint i = 0; i < feed->problems->len; i++)
    g_assert (((MilFeedProblem *) feed->problems->pdata[i])->message != NULL);
  return 0;
}
