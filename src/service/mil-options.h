/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MilOptions:
 * @socket: path of the Unix socket; %NULL when TCP is served
 * @listen: (nullable): address and port
 * @tls_cert: (nullable): certificate chain in PEM
 * @tls_key: (nullable): its key in PEM
 * @storage: "sqlite:PATH" or "postgres:CONNINFO"
 * @state: folder of keys and, by default, the database
 * @demo: (nullable): folder of the demo stores
 * @data: folder of the installed data: refund schemes, exchange rates
 * @personal_keys: (nullable): file of the keys that personal data is encrypted with
 * @retention_days: how long after their end the service knows who made a claim or an order
 * @parent_fd: the service ends when this pipe closes; -1 for none
 * @rest: what is no option
 *
 * How the program was called.
 */
typedef struct
{
  char *socket;
  char *listen;
  char *tls_cert;
  char *tls_key;
  char *storage;
  char *state;
  char *demo;
  char *data;
  char *personal_keys;
  int   retention_days;
  int   parent_fd;
  GStrv rest;

  char *reason;
  char *reason_code;
  char *desk;
  char *on;
  char *position;
  GStrv purchases;
} MilOptions;

gboolean mil_options_parse (MilOptions *self, GStrv arguments, GError **error);
void     mil_options_clear (MilOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MilOptions, mil_options_clear)

G_END_DECLS
