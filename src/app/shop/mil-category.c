/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shop/mil-category.h"

#include <glib/gi18n.h>

static const struct
{
  const char *slug;
  const char *name;
} known[] = {
  { "beauty", NC_ ("category", "Beauty") },
  { "books", NC_ ("category", "Books") },
  { "fashion", NC_ ("category", "Fashion") },
  { "food", NC_ ("category", "Food") },
  { "home", NC_ ("category", "Home") },
  { "jewellery", NC_ ("category", "Jewellery") },
  { "kitchen", NC_ ("category", "Kitchen") },
  { "sport", NC_ ("category", "Sport") },
  { "stationery", NC_ ("category", "Stationery") },
  { "tech", NC_ ("category", "Tech") },
  { "toys", NC_ ("category", "Toys") },
};

/**
 * mil_category_name:
 * @slug: a category as stores name it
 *
 * Returns: (transfer full): what people call it. What stores invent themselves is shown as they
 *   write it, with a capital first letter.
 */
char *
mil_category_name (const char *slug)
{
  g_autofree char *first = NULL;

  g_return_val_if_fail (slug != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].slug, slug))
      return g_strdup (g_dpgettext2 (NULL, "category", known[i].name));
  if (slug[0] == '\0' || !g_utf8_validate (slug, -1, NULL))
    return g_strdup ("");
  first = g_utf8_strup (slug, (gssize) (g_utf8_next_char (slug) - slug));
  return g_strconcat (first, g_utf8_next_char (slug), NULL);
}
