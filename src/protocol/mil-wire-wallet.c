/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "protocol/mil-wire-wallet.h"

#define MAX_ID 64
#define MAX_NAME 200

static const char *const roles[] = { "traveller", "merchant",      "operator", "customs",
                                     "kiosk",     "administrator", NULL };
static const char *const wallet_kinds[] = { "demo", "stored", NULL };
static const char *const entry_kinds[] = { "payment", "refund", "top-up", "hold", "release", "exchange", NULL };
static const char *const group_states[] = { "proposed", "authorised", "committed", "void", "voided", NULL };

MIL_SHAPE_DEFINE (MilWireEnrolment,
                  mil_wire_enrolment,
                  NULL,
                  MIL_CHOICE (MilWireEnrolment, role, roles, REQUIRED),
                  MIL_STRING (MilWireEnrolment, name, MAX_NAME, OPTIONAL),
                  MIL_NODE (MilWireEnrolment, public_key, REQUIRED))

MIL_SHAPE_DEFINE (MilWirePrincipal,
                  mil_wire_principal,
                  NULL,
                  MIL_STRING (MilWirePrincipal, id, MAX_ID, REQUIRED),
                  MIL_CHOICE (MilWirePrincipal, role, roles, REQUIRED),
                  MIL_STRING (MilWirePrincipal, key_id, MAX_ID, REQUIRED))

MIL_SHAPE_DEFINE (MilWireQuoteRequest,
                  mil_wire_quote_request,
                  NULL,
                  MIL_STRING (MilWireQuoteRequest, pay_currency, 3, REQUIRED),
                  MIL_AMOUNTS (MilWireQuoteRequest, amounts, 100, REQUIRED))

MIL_SHAPE_DEFINE (MilWireQuoteLeg,
                  mil_wire_quote_leg,
                  NULL,
                  MIL_AMOUNT (MilWireQuoteLeg, amount, 0, REQUIRED),
                  MIL_DECIMAL (MilWireQuoteLeg, rate, REQUIRED),
                  MIL_AMOUNT (MilWireQuoteLeg, pay, 0, REQUIRED))

MIL_SHAPE_DEFINE (MilWireQuote,
                  mil_wire_quote,
                  NULL,
                  MIL_STRING (MilWireQuote, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWireQuote, pay_currency, 3, REQUIRED),
                  MIL_INSTANT (MilWireQuote, created_at, REQUIRED),
                  MIL_INSTANT (MilWireQuote, expires_at, REQUIRED),
                  MIL_LIST (MilWireQuote, legs, mil_wire_quote_leg, 100, REQUIRED),
                  MIL_AMOUNT (MilWireQuote, total, 0, REQUIRED))

MIL_SHAPE_DEFINE (MilWireBalance,
                  mil_wire_balance,
                  NULL,
                  MIL_STRING (MilWireBalance, currency, 3, REQUIRED),
                  MIL_INT (MilWireBalance, available, -G_MAXINT64, G_MAXINT64, REQUIRED),
                  MIL_INT (MilWireBalance, held, 0, G_MAXINT64, REQUIRED))

MIL_SHAPE_DEFINE (MilWireWallet,
                  mil_wire_wallet,
                  NULL,
                  MIL_STRING (MilWireWallet, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWireWallet, name, MAX_NAME, REQUIRED),
                  MIL_CHOICE (MilWireWallet, kind, wallet_kinds, REQUIRED),
                  MIL_STRING (MilWireWallet, last4, 4, OPTIONAL),
                  MIL_LIST (MilWireWallet, balances, mil_wire_balance, 200, REQUIRED))

MIL_SHAPE_DEFINE (MilWireWallets, mil_wire_wallets, NULL, MIL_LIST (MilWireWallets, wallets, mil_wire_wallet, 100, REQUIRED))

MIL_SHAPE_DEFINE (MilWireWalletRequest,
                  mil_wire_wallet_request,
                  NULL,
                  MIL_STRING (MilWireWalletRequest, name, MAX_NAME, REQUIRED),
                  MIL_CHOICE (MilWireWalletRequest, kind, wallet_kinds, REQUIRED),
                  MIL_STRING (MilWireWalletRequest, currency, 3, REQUIRED))

MIL_SHAPE_DEFINE (MilWireEntry,
                  mil_wire_entry,
                  NULL,
                  MIL_STRING (MilWireEntry, id, MAX_ID, REQUIRED),
                  MIL_INT (MilWireEntry, seq, 0, G_MAXINT64, REQUIRED),
                  MIL_CHOICE (MilWireEntry, kind, entry_kinds, REQUIRED),
                  MIL_AMOUNT (MilWireEntry, amount, -G_MAXINT64, REQUIRED),
                  MIL_AMOUNT (MilWireEntry, counter, -G_MAXINT64, NULLABLE),
                  MIL_STRING (MilWireEntry, title, 500, NULLABLE),
                  MIL_STRING (MilWireEntry, store_id, MAX_ID, OPTIONAL),
                  MIL_STRING (MilWireEntry, order_id, MAX_ID, OPTIONAL),
                  MIL_STRING (MilWireEntry, claim_id, MAX_ID, OPTIONAL),
                  MIL_INSTANT (MilWireEntry, at, REQUIRED))

MIL_SHAPE_DEFINE (MilWireEntries,
                  mil_wire_entries,
                  NULL,
                  MIL_LIST (MilWireEntries, entries, mil_wire_entry, 500, REQUIRED),
                  MIL_INT (MilWireEntries, next, 0, G_MAXINT64, NULLABLE))

MIL_SHAPE_DEFINE (MilWireAuthorisation,
                  mil_wire_authorisation,
                  NULL,
                  MIL_STRING (MilWireAuthorisation, store_id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWireAuthorisation, payee, MAX_NAME, OPTIONAL),
                  MIL_STRING (MilWireAuthorisation, checkout_id, MAX_ID, REQUIRED),
                  MIL_AMOUNT (MilWireAuthorisation, amount, 0, REQUIRED),
                  MIL_AMOUNT (MilWireAuthorisation, pay, 0, OPTIONAL))

MIL_SHAPE_DEFINE (MilWireGroupRequest,
                  mil_wire_group_request,
                  NULL,
                  MIL_STRING (MilWireGroupRequest, wallet_id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWireGroupRequest, quote_id, MAX_ID, REQUIRED),
                  MIL_LIST (MilWireGroupRequest, authorisations, mil_wire_authorisation, 100, REQUIRED))

MIL_SHAPE_DEFINE (MilWireGroup,
                  mil_wire_group,
                  NULL,
                  MIL_STRING (MilWireGroup, id, MAX_ID, REQUIRED),
                  MIL_CHOICE (MilWireGroup, state, group_states, REQUIRED),
                  MIL_INSTANT (MilWireGroup, expires_at, REQUIRED),
                  MIL_STRING (MilWireGroup, nonce, 200, REQUIRED),
                  MIL_STRING (MilWireGroup, wallet_id, MAX_ID, OPTIONAL),
                  MIL_STRING (MilWireGroup, quote_id, MAX_ID, OPTIONAL),
                  MIL_AMOUNT (MilWireGroup, total, 0, REQUIRED),
                  MIL_LIST (MilWireGroup, authorisations, mil_wire_authorisation, 100, REQUIRED),
                  MIL_STRING (MilWireGroup, challenge, 64, REQUIRED))

MIL_SHAPE_DEFINE (MilWireConsent, mil_wire_consent, NULL, MIL_STRING (MilWireConsent, signature, 100, REQUIRED))

MIL_SHAPE_DEFINE (MilWireCredential,
                  mil_wire_credential,
                  NULL,
                  MIL_STRING (MilWireCredential, checkout_id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWireCredential, token, 500, REQUIRED))

MIL_SHAPE_DEFINE (MilWireCredentials,
                  mil_wire_credentials,
                  NULL,
                  MIL_CHOICE (MilWireCredentials, state, group_states, REQUIRED),
                  MIL_LIST (MilWireCredentials, credentials, mil_wire_credential, 100, REQUIRED))

MIL_SHAPE_DEFINE (MilWireCommittedOrder,
                  mil_wire_committed_order,
                  NULL,
                  MIL_STRING (MilWireCommittedOrder, checkout_id, MAX_ID, REQUIRED),
                  MIL_STRING (MilWireCommittedOrder, order_id, MAX_ID, REQUIRED))

MIL_SHAPE_DEFINE (MilWireCommit,
                  mil_wire_commit,
                  NULL,
                  MIL_CHOICE (MilWireCommit, state, group_states, REQUIRED),
                  MIL_LIST (MilWireCommit, orders, mil_wire_committed_order, 100, OPTIONAL))
