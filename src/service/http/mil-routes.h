/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/http/mil-call.h"

G_BEGIN_DECLS

/* One table for each resource, ended by an entry without a method. */
extern const MilRoute mil_principal_routes[];
extern const MilRoute mil_store_routes[];
extern const MilRoute mil_catalogue_routes[];
extern const MilRoute mil_checkout_routes[];
extern const MilRoute mil_order_routes[];
extern const MilRoute mil_wallet_routes[];
extern const MilRoute mil_claim_routes[];
extern const MilRoute mil_event_routes[];
extern const MilRoute mil_health_routes[];

const MilRoute *mil_routes_find (MilCall *call, GError **error);

G_END_DECLS
