/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/http/mil-call.h"

G_BEGIN_DECLS

#define MIL_CHECKOUT_MAX_LINES 100
#define MIL_CHECKOUT_MAX_QUANTITY 99

/**
 * MilCheckoutLine:
 * @item_id: variant
 * @quantity: how many, from 1
 *
 * What somebody wants.
 */
typedef struct
{
  char  *item_id;
  gint64 quantity;
} MilCheckoutLine;

/**
 * MilCheckoutDraft:
 * @lines: (element-type MilCheckoutLine): what is wanted
 * @buyer: (nullable): names and ways to reach them, as sent
 * @context: (nullable): country, language …, as sent
 * @ships: whether it is sent; else the traveller carries it home
 * @destination: (nullable): postal address that it is sent to
 *
 * What a client says of a checkout; everything else is the store's business.
 */
typedef struct
{
  GPtrArray  *lines;
  JsonObject *buyer;
  JsonObject *context;
  gboolean    ships;
  JsonObject *destination;
} MilCheckoutDraft;

MilCheckoutDraft *mil_checkout_draft_new (void);
void              mil_checkout_draft_free (MilCheckoutDraft *self);
gboolean          mil_checkout_draft_read (MilCheckoutDraft *self, MilCall *call, GError **error);
void              mil_checkout_draft_restore (MilCheckoutDraft *self, JsonObject *document);
const char       *mil_checkout_draft_country (MilCheckoutDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilCheckoutDraft, mil_checkout_draft_free)

G_END_DECLS
