/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "protocol/mil-shape.h"

G_BEGIN_DECLS

/* Capabilities io.github.milione.fx and io.github.milione.wallet; data/openapi/ says what each is for. */

/* POST /v1/principals */
typedef struct
{
  char     *role;
  char     *name;       /* (nullable) */
  JsonNode *public_key; /* a JSON Web Key */
} MilWireEnrolment;
MIL_SHAPE_DECLARE (MilWireEnrolment, mil_wire_enrolment)

typedef struct
{
  char *id;
  char *role;
  char *key_id;
} MilWirePrincipal;
MIL_SHAPE_DECLARE (MilWirePrincipal, mil_wire_principal)

/* POST /v1/fx/quotes */
typedef struct
{
  char      *pay_currency;
  GPtrArray *amounts; /* of MilMoney */
} MilWireQuoteRequest;
MIL_SHAPE_DECLARE (MilWireQuoteRequest, mil_wire_quote_request)

typedef struct
{
  MilMoney   amount;
  MilDecimal rate; /* units of the pay currency for one unit of the amount's */
  MilMoney   pay;
} MilWireQuoteLeg;
MIL_SHAPE_DECLARE (MilWireQuoteLeg, mil_wire_quote_leg)

typedef struct
{
  char      *id;
  char      *pay_currency;
  gint64     created_at;
  gint64     expires_at;
  GPtrArray *legs; /* of MilWireQuoteLeg, in the order of the request */
  MilMoney   total;
} MilWireQuote;
MIL_SHAPE_DECLARE (MilWireQuote, mil_wire_quote)

/* GET and POST /v1/wallets */
typedef struct
{
  char  *currency;
  gint64 available; /* minor units */
  gint64 held;
} MilWireBalance;
MIL_SHAPE_DECLARE (MilWireBalance, mil_wire_balance)

typedef struct
{
  char      *id;
  char      *name;
  char      *kind;     /* "demo" or "stored" */
  char      *last4;    /* (nullable) */
  GPtrArray *balances; /* of MilWireBalance */
} MilWireWallet;
MIL_SHAPE_DECLARE (MilWireWallet, mil_wire_wallet)

typedef struct
{
  GPtrArray *wallets; /* of MilWireWallet */
} MilWireWallets;
MIL_SHAPE_DECLARE (MilWireWallets, mil_wire_wallets)

typedef struct
{
  char *name;
  char *kind;
  char *currency;
} MilWireWalletRequest;
MIL_SHAPE_DECLARE (MilWireWalletRequest, mil_wire_wallet_request)

/* GET /v1/wallets/{id}/entries */
typedef struct
{
  char    *id;
  gint64   seq;
  char    *kind;    /* payment, refund, top-up, hold, release, exchange */
  MilMoney amount;  /* negative when it left the wallet */
  MilMoney counter; /* what the other side got, where the currencies differ */
  char    *title; /* (nullable): of a top-up, say */
  char    *store_id; /* these three (nullable) */
  char    *order_id;
  char    *claim_id;
  gint64   at;
} MilWireEntry;
MIL_SHAPE_DECLARE (MilWireEntry, mil_wire_entry)

typedef struct
{
  GPtrArray *entries; /* of MilWireEntry, newest first */
  gint64     next;    /* what to ask `before`; 0 at the end */
} MilWireEntries;
MIL_SHAPE_DECLARE (MilWireEntries, mil_wire_entries)

/* POST /v1/payment-groups */
typedef struct
{
  char    *store_id;
  char    *payee; /* (nullable) in the request */
  char    *checkout_id;
  MilMoney amount;
  MilMoney pay; /* not in the request */
} MilWireAuthorisation;
MIL_SHAPE_DECLARE (MilWireAuthorisation, mil_wire_authorisation)

typedef struct
{
  char      *wallet_id;
  char      *quote_id;
  GPtrArray *authorisations; /* of MilWireAuthorisation */
} MilWireGroupRequest;
MIL_SHAPE_DECLARE (MilWireGroupRequest, mil_wire_group_request)

typedef struct
{
  char      *id;
  char      *state; /* proposed, authorised, committed, void */
  gint64     expires_at;
  char      *nonce;
  char      *wallet_id; /* these two (nullable) */
  char      *quote_id;
  MilMoney   total;
  GPtrArray *authorisations; /* of MilWireAuthorisation */
  char      *challenge;      /* base64url of 32 bytes */
} MilWireGroup;
MIL_SHAPE_DECLARE (MilWireGroup, mil_wire_group)

typedef struct
{
  char *signature; /* base64url of 64 bytes */
} MilWireConsent;
MIL_SHAPE_DECLARE (MilWireConsent, mil_wire_consent)

typedef struct
{
  char *checkout_id;
  char *token;
} MilWireCredential;
MIL_SHAPE_DECLARE (MilWireCredential, mil_wire_credential)

typedef struct
{
  char      *state;
  GPtrArray *credentials; /* of MilWireCredential */
} MilWireCredentials;
MIL_SHAPE_DECLARE (MilWireCredentials, mil_wire_credentials)

typedef struct
{
  char *checkout_id;
  char *order_id;
} MilWireCommittedOrder;
MIL_SHAPE_DECLARE (MilWireCommittedOrder, mil_wire_committed_order)

typedef struct
{
  char      *state;
  GPtrArray *orders; /* of MilWireCommittedOrder */
} MilWireCommit;
MIL_SHAPE_DECLARE (MilWireCommit, mil_wire_commit)

G_END_DECLS
