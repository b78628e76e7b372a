/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-key.h"
#include "service/storage/mil-tx.h"

G_BEGIN_DECLS

#define MIL_TYPE_PRINCIPAL (mil_principal_get_type ())

/**
 * MilRole:
 * @MIL_ROLE_TRAVELLER: buys and claims
 * @MIL_ROLE_MERCHANT: sells
 * @MIL_ROLE_OPERATOR: issues tax-free forms and pays refunds
 * @MIL_ROLE_CUSTOMS: validates exports
 * @MIL_ROLE_KIOSK: a desk that travellers use
 * @MIL_ROLE_ADMINISTRATOR: enrols the others
 *
 * What a principal may do; an endpoint names a set of them.
 */
typedef enum
{
  MIL_ROLE_TRAVELLER = 1 << 0,
  MIL_ROLE_MERCHANT = 1 << 1,
  MIL_ROLE_OPERATOR = 1 << 2,
  MIL_ROLE_CUSTOMS = 1 << 3,
  MIL_ROLE_KIOSK = 1 << 4,
  MIL_ROLE_ADMINISTRATOR = 1 << 5,
} MilRole;

#define MIL_ROLE_ANY                                                                                         \
  (MIL_ROLE_TRAVELLER | MIL_ROLE_MERCHANT | MIL_ROLE_OPERATOR | MIL_ROLE_CUSTOMS | MIL_ROLE_KIOSK | MIL_ROLE_ADMINISTRATOR)

/**
 * MilPrincipal:
 * @id: UUIDv7; what rows name as their owner
 * @role: one role
 * @key: their public key
 *
 * Somebody who may ask. Reference counted, immutable.
 */
typedef struct
{
  char   *id;
  MilRole role;
  MilKey *key;

  /*< private >*/
  gatomicrefcount ref_count;
} MilPrincipal;

GType         mil_principal_get_type (void);
MilPrincipal *mil_principal_ref (MilPrincipal *self);
void          mil_principal_unref (MilPrincipal *self);
const char   *mil_role_name (MilRole role);
gboolean      mil_role_parse (const char *name, MilRole *role);

MilPrincipal *mil_principal_find (MilTx *tx, const char *key_id, GError **error);
MilPrincipal *mil_principal_enrol (MilTx *tx, MilRole role, MilKey *key, gboolean *is_new, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPrincipal, mil_principal_unref)

G_END_DECLS
