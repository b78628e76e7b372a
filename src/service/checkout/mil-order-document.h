/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/checkout/mil-checkout.h"

G_BEGIN_DECLS

JsonNode *mil_order_document_new (MilCheckout *checkout, const char *order_id, const char *address);
JsonNode *mil_order_lines_new (MilCheckout *checkout);

G_END_DECLS
