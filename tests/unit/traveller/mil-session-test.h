/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-session.h"

G_BEGIN_DECLS

/* A session with the built service and the demo stores. */

void        mil_test_make_demo   (const char *folder);
MilSession *mil_test_session_new (const char *folder,
                                  MilSecrets *secrets,
                                  gboolean    is_offline);
MilSession *mil_test_session_start (const char *folder,
                                    gboolean    is_offline);
void        mil_test_session_stop (MilSession *session);
MilSession *mil_test_session_open  (const char *folder,
                                    MilSecrets *secrets,
                                    gboolean    is_offline);
void        mil_test_session_close (MilSession *session);
void        mil_test_make_trip   (MilSession *session,
                                  const char *country,
                                  const char *exit_point);
gboolean    mil_test_has_stores  (gpointer    data);
gboolean    mil_test_has_items   (gpointer    data);
void        mil_test_fill_basket (MilSession *session);
MilWallet  *mil_test_first_run   (MilSession *session);

G_END_DECLS
