/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-key.h"
#include "service/storage/mil-tx.h"

G_BEGIN_DECLS

/* A payment group as the files of this folder pass it on. Nothing else includes this. */

/* Who owns the desk's, the spread's and the issuer's accounts. */
#define MIL_WALLET_SERVICE "milione"

/**
 * MilAuthorisation:
 *
 * One row of authorisations, with its store's name.
 */
typedef struct
{
  char    *store_id;
  char    *payee;
  char    *store_name;
  char    *checkout_id;
  char    *state;
  char    *hold_id;
  char    *order_id;
  MilMoney amount;
  MilMoney pay;
  gint64   spread;
} MilAuthorisation;

/**
 * MilGroup:
 *
 * One row of payment_groups with its authorisations.
 */
typedef struct
{
  char      *id;
  char      *owner;
  char      *wallet_id;
  char      *quote_id;
  char      *state;
  char      *nonce;
  MilMoney   total;
  gint64     expires_at;
  GPtrArray *authorisations;
  char      *challenge;
} MilGroup;

MilGroup *mil_group_load (MilTx *tx, const char *owner, const char *group_id, GError **error);
void      mil_group_free (MilGroup *self);
gboolean  mil_group_is (const MilGroup *self, const char *state);
gboolean  mil_group_check_open (const MilGroup *self, MilTx *tx, const char *state, GError **error);
gboolean  mil_group_set_state (MilGroup *self, MilTx *tx, const char *state, GError **error);
gboolean  mil_group_set_signed (MilGroup *self, MilTx *tx, const char *key_id, const char *signature, GError **error);
gboolean  mil_group_verify (const MilGroup *self, MilKey *key, GBytes *signature);

const char *mil_group_challenge (MilGroup *self);

JsonNode *mil_group_to_json (MilGroup *self, const char *const *tokens);
JsonNode *mil_group_tell (MilGroup *self, MilTx *tx, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilGroup, mil_group_free)

G_END_DECLS
