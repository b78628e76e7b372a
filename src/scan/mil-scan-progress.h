/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-scanner.h"

G_BEGIN_DECLS

void mil_scan_progress_report (MilScanProgress *self, double fraction, const char *stage, GCancellable *cancellable);

G_END_DECLS
