/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-key.h"

G_BEGIN_DECLS

#define MIL_TYPE_PAYER_CODE (mil_payer_code_get_type ())

/* How every code of EMVCo's consumer-presented mode begins: base64 of the tag 85, five bytes, "CPV". */
#define MIL_PAYER_CODE_PREFIX "hQVDUFY"

/**
 * MilPayerCode:
 * @wallet_id: which wallet, a UUID
 * @nonce: 8 bytes, so that a code is good for once
 * @expires_at: until when, in microseconds (whole seconds)
 * @signature: ES256 of the wallet's owner over all that
 *
 * What a wallet shows to be charged. It holds no account number, only what the service that keeps the
 * wallet knows.
 */
typedef struct
{
  char   *wallet_id;
  guint8  nonce[8];
  gint64  expires_at;
  GBytes *signature;
} MilPayerCode;

GType         mil_payer_code_get_type (void);
MilPayerCode *mil_payer_code_copy     (const MilPayerCode *self);
void          mil_payer_code_free     (MilPayerCode       *self);
MilPayerCode *mil_payer_code_new      (const char         *wallet_id,
                                       gint64              expires_at,
                                       MilRandom          *random,
                                       MilKey             *key,
                                       GError            **error);
char         *mil_payer_code_to_text  (const MilPayerCode *self);
MilPayerCode *mil_payer_code_parse    (const char         *text,
                                       GError            **error);
gboolean      mil_payer_code_verify   (const MilPayerCode *self,
                                       MilKey             *key,
                                       gint64              now,
                                       GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPayerCode, mil_payer_code_free)

G_END_DECLS
