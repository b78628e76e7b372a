/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/http/mil-call.h"

G_BEGIN_DECLS

/* Words and categories that a search looks for; more are ignored. */
#define MIL_SEARCH_TERMS 6

/**
 * MilSearchSort:
 * @MIL_SEARCH_RELEVANCE: titles first, then the order of the stores' feeds
 * @MIL_SEARCH_PRICE_UP: cheapest first, over all currencies
 * @MIL_SEARCH_PRICE_DOWN: dearest first
 * @MIL_SEARCH_NEWEST: what was added or changed last first
 *
 * In what order products are found.
 */
typedef enum
{
  MIL_SEARCH_RELEVANCE,
  MIL_SEARCH_PRICE_UP,
  MIL_SEARCH_PRICE_DOWN,
  MIL_SEARCH_NEWEST,
} MilSearchSort;

/**
 * MilSearch:
 * @terms: words of the query, folded
 * @categories: folded beginnings of categories; empty for all
 * @stores: `,id,id,`, or "" for all
 * @countries: `,IT,JP,`, or "" for all
 * @currency: what the prices are in
 * @price_min: least price in minor units of @currency, 0 for any
 * @price_max: highest price, %G_MAXINT64 for any
 * @sort: order
 * @limit: most products in the answer
 * @cursor_key: with @cursor_id, the place after which to go on; @cursor_id is %NULL at the start
 * @cursor_id: see @cursor_key
 *
 * What somebody looks for.
 */
typedef struct
{
  char         *terms[MIL_SEARCH_TERMS];
  char         *categories[MIL_SEARCH_TERMS];
  char         *stores;
  char         *countries;
  char          currency[4];
  gint64        price_min;
  gint64        price_max;
  MilSearchSort sort;
  gint64        limit;
  gint64        cursor_key;
  char         *cursor_id;
} MilSearch;

MilSearch  *mil_search_read (MilCall *call, const char *store_id, const char *currency, GError **error);
void        mil_search_free (MilSearch *self);
JsonObject *mil_search_run (const MilSearch *self, MilTx *tx, MilExchange *exchange, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilSearch, mil_search_free)

G_END_DECLS
