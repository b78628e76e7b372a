/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_NOTIFIER (mil_notifier_get_type ())

/**
 * MilNotifier:
 *
 * Says on the desktop that something has to be done soon, as the person chose in the settings. A press on it
 * leads there; what is done in the meantime takes its notification away.
 */
G_DECLARE_FINAL_TYPE (MilNotifier, mil_notifier, MIL, NOTIFIER, GObject)

MilNotifier *mil_notifier_new (GApplication *application, MilSession *session, GSettings *settings);

G_END_DECLS
