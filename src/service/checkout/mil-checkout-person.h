/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "service/storage/mil-tx.h"
#include "service/vault/mil-sealed-table.h"

G_BEGIN_DECLS

/* All that a checkout, and the order that it becomes, knows of a person: the members `buyer`, `context` and
 * `destination`. It is stored encrypted and apart, and can be forgotten while the rest stays in the books. */

extern const MilSealedTable mil_checkout_person_table;

JsonObject *mil_checkout_person_take (JsonObject *checkout);
void        mil_checkout_person_give (JsonObject *person, JsonObject *checkout);
void        mil_checkout_person_give_order (JsonObject *person, JsonObject *order);
void        mil_checkout_person_strip (JsonObject *document);

gboolean mil_checkout_person_store (JsonObject *person,
                                    MilTx      *tx,
                                    MilVault   *vault,
                                    const char *checkout_id,
                                    gboolean    is_ordered,
                                    gint64      at,
                                    GError    **error);
gboolean mil_checkout_person_open (MilVault *vault, const char *checkout_id, MilRows *row, guint column, JsonObject **person, GError **error);
gboolean mil_checkout_person_load (MilTx *tx, MilVault *vault, const char *checkout_id, JsonObject **person, GError **error);
gboolean mil_checkout_person_forget (MilTx *tx, MilVault *vault, const char *checkout_id, GError **error);
gboolean mil_checkout_person_forget_order (MilTx *tx, MilVault *vault, const char *owner, const char *order_id, GError **error);
gint64 mil_checkout_person_forget_due (MilTx *tx, MilVault *vault, guint retention_days, GError **error);
gint64 mil_checkout_person_seal_old (MilTx *tx, MilVault *vault, GError **error);

G_END_DECLS
