/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-icon.h"

/**
 * mil_icon_new:
 * @name: (nullable): name of an icon
 *
 * An icon that only repeats what the words beside it say: a screen reader passes it by.
 *
 * Returns: (transfer floating): an image
 */
GtkWidget *
mil_icon_new (const char *name)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}
