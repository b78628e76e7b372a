/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"

G_BEGIN_DECLS

#define MIL_TYPE_SERVICE_PROCESS (mil_service_process_get_type ())

/**
 * MilServiceProcess:
 *
 * The embedded service: a child process on a Unix socket, started again when it ends, and ended by
 * the closing of a pipe when this process ends, however it does.
 *
 * Properties: `address` (string: "unix:/path" while it serves, %NULL while not), `problem` (#GError).
 */
G_DECLARE_FINAL_TYPE (MilServiceProcess, mil_service_process, MIL, SERVICE_PROCESS, GObject)

MilServiceProcess *mil_service_process_new         (const char        *program,
                                                    const char        *state_dir,
                                                    const char        *socket_path,
                                                    const char        *demo_data);
void               mil_service_process_start       (MilServiceProcess *self);
DexFuture         *mil_service_process_stop        (MilServiceProcess *self);
void               mil_service_process_check       (MilServiceProcess *self);
const char        *mil_service_process_get_address (MilServiceProcess *self);
GError            *mil_service_process_get_problem (MilServiceProcess *self);
int                mil_service_process_get_pid     (MilServiceProcess *self);

G_END_DECLS
