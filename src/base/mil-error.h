/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MIL_ERROR (mil_error_quark ())

/**
 * MilErrorCode:
 * @MIL_ERROR_FAILED: something else went wrong
 * @MIL_ERROR_CANCELLED: the person or the program gave up waiting
 * @MIL_ERROR_NETWORK: the other side could not be reached
 * @MIL_ERROR_TIMEOUT: the other side did not answer in time
 * @MIL_ERROR_SERVER: the other side answered that it failed (5xx)
 * @MIL_ERROR_PROTOCOL: the answer could not be understood (HTML, cut-off or wrongly typed JSON)
 * @MIL_ERROR_INVALID: what was given is not valid; the message names the field
 * @MIL_ERROR_NOT_FOUND: there is no such thing, or not for this person
 * @MIL_ERROR_UNAUTHENTICATED: the request's signature is missing or wrong
 * @MIL_ERROR_FORBIDDEN: the principal's role may not do this
 * @MIL_ERROR_CONFLICT: the thing has changed, or the idempotency key was used for something else
 * @MIL_ERROR_TOO_LARGE: more bytes, pixels or rows than are accepted
 * @MIL_ERROR_EXPIRED: a quote, checkout or code is past its time
 * @MIL_ERROR_INSUFFICIENT_FUNDS: the wallet holds less than is asked for
 * @MIL_ERROR_OVERFLOW: an amount does not fit 64-bit minor units
 * @MIL_ERROR_NO_SPACE: the disk is full
 * @MIL_ERROR_STORAGE: the database failed
 * @MIL_ERROR_KEYRING_MISSING: there is no keyring service
 * @MIL_ERROR_KEYRING_LOCKED: the keyring stayed locked
 * @MIL_ERROR_CAMERA_MISSING: no camera is connected
 * @MIL_ERROR_CAMERA_DENIED: the person or the system refused the camera
 * @MIL_ERROR_CAMERA_LOST: the camera went away while in use
 * @MIL_ERROR_NOT_A_RECEIPT: the picture shows no receipt
 * @MIL_ERROR_UNREADABLE: a file is empty, damaged, or of an unknown kind
 * @MIL_ERROR_UNSUPPORTED: the other side does not offer this
 *
 * What went wrong, for the program. The message of the #GError is for the person: a translated
 * sentence that says what happened and what to do.
 */
typedef enum
{
  MIL_ERROR_FAILED,
  MIL_ERROR_CANCELLED,
  MIL_ERROR_NETWORK,
  MIL_ERROR_TIMEOUT,
  MIL_ERROR_SERVER,
  MIL_ERROR_PROTOCOL,
  MIL_ERROR_INVALID,
  MIL_ERROR_NOT_FOUND,
  MIL_ERROR_UNAUTHENTICATED,
  MIL_ERROR_FORBIDDEN,
  MIL_ERROR_CONFLICT,
  MIL_ERROR_TOO_LARGE,
  MIL_ERROR_EXPIRED,
  MIL_ERROR_INSUFFICIENT_FUNDS,
  MIL_ERROR_OVERFLOW,
  MIL_ERROR_NO_SPACE,
  MIL_ERROR_STORAGE,
  MIL_ERROR_KEYRING_MISSING,
  MIL_ERROR_KEYRING_LOCKED,
  MIL_ERROR_CAMERA_MISSING,
  MIL_ERROR_CAMERA_DENIED,
  MIL_ERROR_CAMERA_LOST,
  MIL_ERROR_NOT_A_RECEIPT,
  MIL_ERROR_UNREADABLE,
  MIL_ERROR_UNSUPPORTED,
} MilErrorCode;

GQuark      mil_error_quark      (void);
const char *mil_error_code_name  (MilErrorCode  code);
gboolean    mil_error_code_parse (const char   *name,
                                  MilErrorCode *code);
GError     *mil_error_new        (MilErrorCode  code,
                                  const char   *format,
                                  ...) G_GNUC_PRINTF (2, 3);
void        mil_error_set        (GError      **error,
                                  MilErrorCode  code,
                                  const char   *format,
                                  ...) G_GNUC_PRINTF (3, 4);
GError     *mil_error_from       (const GError *error);

G_END_DECLS
