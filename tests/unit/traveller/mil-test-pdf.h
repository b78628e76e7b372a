/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Documents that carry their text, as shops send them: each page is a text, lines parted by "\n"; what follows a tab
 * stands at the right. */

GBytes *mil_test_pdf         (const char *const *pages);
char   *mil_test_receipt     (const char        *shop,
                              const char        *time,
                              int                euros);
void    mil_test_write       (const char        *path,
                              GBytes            *bytes);
