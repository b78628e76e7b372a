/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-luma.h"

#include <math.h>

#include <string.h>

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

/**
 * mil_luma_threshold:
 * @self: a channel
 * @radius: how far around a pixel is looked, in pixels
 * @percent: what is darker than so much of the mean there is black
 *
 * Returns: (transfer full): black (0) and white (255), told apart by what is around: light and shade do not matter
 */
MilLuma *
mil_luma_threshold (const MilLuma *self, int radius, int percent)
{
  g_return_val_if_fail (self != NULL && radius > 0 && percent > 0, NULL);
  g_return_val_if_fail ((gint64) self->width * self->height <= G_MAXUINT32 / 256, NULL);

  int                 row = self->width + 1;
  g_autofree guint32 *sums = g_new0 (guint32, (gsize) row * (self->height + 1));
  MilLuma            *out = mil_luma_new (self->width, self->height);
  for (int y = 0; y < self->height; y++)
    {
      guint32 sum = 0;
      for (int x = 0; x < self->width; x++)
        {
          sum += self->pixels[(gsize) y * self->width + x];
          sums[(gsize) (y + 1) * row + x + 1] = sums[(gsize) y * row + x + 1] + sum;
        }
    }
  for (int y = 0; y < self->height; y++)
    {
      const guint32 *top = sums + (gsize) MAX (0, y - radius) * row,
                    *bottom = sums + (gsize) MIN (self->height, y + radius + 1) * row;
      int rows = MIN (self->height, y + radius + 1) - MAX (0, y - radius);
      for (int x = 0; x < self->width; x++)
        {
          int     left = MAX (0, x - radius), right = MIN (self->width, x + radius + 1);
          guint64 sum = bottom[right] - bottom[left] - top[right] + top[left];
          gsize   at = (gsize) y * self->width + x;
          out->pixels[at] = (guint64) self->pixels[at] * 100 * (guint) (rows * (right - left)) < sum * (guint) percent
                                ? 0
                                : 255;
        }
    }
  return out;
}

/**
 * mil_luma_rotate:
 * @self: a channel
 * @degrees: how far, clockwise
 *
 * Returns: (transfer full): all of it, turned about its middle; what lies outside has the brightness of the nearest edge
 */
MilLuma *
mil_luma_rotate (const MilLuma *self, double degrees)
{
  g_return_val_if_fail (self != NULL, NULL);

  double   c = cos (degrees * G_PI / 180), s = sin (degrees * G_PI / 180);
  int      width = (int) ceil (self->width * fabs (c) + self->height * fabs (s) - 1e-6);
  int      height = (int) ceil (self->width * fabs (s) + self->height * fabs (c) - 1e-6);
  MilLuma *turned = mil_luma_new (width, height);
  for (int y = 0; y < height; y++)
    {
      double dy = y + 0.5 - height / 2.0;
      for (int x = 0; x < width; x++)
        {
          double dx = x + 0.5 - width / 2.0;
          double u = CLAMP (c * dx + s * dy + self->width / 2.0 - 0.5, 0, self->width - 1.001);
          double v = CLAMP (c * dy - s * dx + self->height / 2.0 - 0.5, 0, self->height - 1.001);
          int i = (int) u, j = (int) v, right = i + 1 < self->width, below = j + 1 < self->height ? self->width : 0;
          const guint8 *p = self->pixels + (gsize) j * self->width + i;
          double top = p[0] + (p[right] - p[0]) * (u - i), bottom = p[below] + (p[below + right] - p[below]) * (u - i);
          turned->pixels[(gsize) y * width + x] = (guint8) (top + (bottom - top) * (v - j));
        }
    }
  return turned;
}

/* A row at double width: three parts of the nearer pixel and one of the next. */
static void
widen (const guint8 *row, int width, guint8 *out)
{
  for (int x = 0; x < width; x++)
    {
      int left = row[MAX (0, x - 1)], right = row[MIN (width - 1, x + 1)];
      out[2 * x] = (guint8) ((3 * row[x] + left + 2) / 4);
      out[2 * x + 1] = (guint8) ((3 * row[x] + right + 2) / 4);
    }
}

/**
 * mil_luma_double:
 * @pixels: brightness, one byte a pixel, without padding
 * @width: in pixels
 * @height: in pixels
 *
 * Returns: (transfer full): one of twice the width and height, between its pixels what is between them
 */
MilLuma *
mil_luma_double (const guint8 *pixels, int width, int height)
{
  g_return_val_if_fail (pixels != NULL && width > 0 && height > 0, NULL);

  MilLuma           *self = mil_luma_new (2 * width, 2 * height);
  g_autofree guint8 *row = g_malloc (width);
  for (int y = 0; y < 2 * height; y++)
    {
      const guint8 *near = pixels + (gsize) (y / 2) * width;
      int           next = CLAMP (y % 2 ? y / 2 + 1 : y / 2 - 1, 0, height - 1);
      const guint8 *far = pixels + (gsize) next * width;
      for (int x = 0; x < width; x++)
        row[x] = (guint8) ((3 * near[x] + far[x] + 2) / 4);
      widen (row, width, self->pixels + (gsize) y * self->width);
    }
  return self;
}

/**
 * mil_luma_sharpen:
 * @pixels: brightness, one byte a pixel, without padding
 * @width: in pixels
 * @height: in pixels
 *
 * Returns: (transfer full): the same with what differs from the mean of the 5 by 5 pixels around made two and
 *   a half times as different; the two outermost pixels are as they were
 */
MilLuma *
mil_luma_sharpen (const guint8 *pixels, int width, int height)
{
  g_return_val_if_fail (pixels != NULL && width > 0 && height > 0, NULL);

  MilLuma *self = mil_luma_new (width, height);
  memcpy (self->pixels, pixels, (gsize) width * height);
  g_autofree int *columns = g_new0 (int, width);
  for (int y = 2; y + 2 < height; y++)
    {
      for (int x = 0; x < width; x++)
        {
          columns[x] = 0;
          for (int v = -2; v <= 2; v++)
            columns[x] += pixels[(gsize) (y + v) * width + x];
        }
      for (int x = 2; x + 2 < width; x++)
        {
          int sum = columns[x - 2] + columns[x - 1] + columns[x] + columns[x + 1] + columns[x + 2];
          int value = pixels[(gsize) y * width + x];
          value += (value * 25 - sum) * 3 / 50;
          self->pixels[(gsize) y * width + x] = (guint8) CLAMP (value, 0, 255);
        }
    }
  return self;
}
