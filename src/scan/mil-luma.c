/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-luma.h"

/**
 * mil_luma_new:
 * @width: in pixels
 * @height: in pixels
 *
 * Returns: (transfer full): a channel whose pixels are not set
 */
MilLuma *
mil_luma_new (int width, int height)
{
  g_return_val_if_fail (width > 0 && height > 0, NULL);

  MilLuma *self = g_new (MilLuma, 1);
  self->pixels = g_malloc ((gsize) width * height);
  self->width = width;
  self->height = height;
  return self;
}

/**
 * mil_luma_free:
 * @self: (transfer full): a channel
 *
 * Frees it.
 */
void
mil_luma_free (MilLuma *self)
{
  g_free (self->pixels);
  g_free (self);
}

/* Sums of each new column's pixels, over the rows of one new row. */
static void
add_row (const guint8 *row, const int *edges, int n, guint *sums)
{
  for (int x = 0; x < n; x++)
    {
      guint sum = 0;
      for (int u = edges[x]; u < edges[x + 1]; u++)
        sum += row[u];
      sums[x] += sum;
    }
}

/**
 * mil_luma_shrink:
 * @pixels: brightness, one byte a pixel, without padding
 * @width: in pixels
 * @height: in pixels
 * @new_width: at most @width
 * @new_height: at most @height
 *
 * Returns: (transfer full): a smaller one, each pixel the mean of those that it stands for
 */
MilLuma *
mil_luma_shrink (const guint8 *pixels, int width, int height, int new_width, int new_height)
{
  g_return_val_if_fail (pixels != NULL && new_width > 0 && new_width <= width, NULL);
  g_return_val_if_fail (new_height > 0 && new_height <= height, NULL);

  MilLuma          *self = mil_luma_new (new_width, new_height);
  g_autofree int   *edges = g_new (int, new_width + 1);
  g_autofree guint *sums = g_new (guint, new_width);
  for (int x = 0; x <= new_width; x++)
    edges[x] = (int) ((gint64) x * width / new_width);
  for (int y = 0; y < new_height; y++)
    {
      int top = (int) ((gint64) y * height / new_height), bottom = (int) ((gint64) (y + 1) * height / new_height);
      for (int x = 0; x < new_width; x++)
        sums[x] = 0;
      for (int v = top; v < bottom; v++)
        add_row (pixels + (gsize) v * width, edges, new_width, sums);
      for (int x = 0; x < new_width; x++)
        self->pixels[(gsize) y * new_width + x] = sums[x] / ((guint) (bottom - top) * (edges[x + 1] - edges[x]));
    }
  return self;
}

/**
 * mil_luma_transpose:
 * @self: a channel
 *
 * Returns: (transfer full): the same with rows for columns
 */
MilLuma *
mil_luma_transpose (const MilLuma *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  MilLuma *turned = mil_luma_new (self->height, self->width);
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      turned->pixels[(gsize) x * self->height + y] = self->pixels[(gsize) y * self->width + x];
  return turned;
}
