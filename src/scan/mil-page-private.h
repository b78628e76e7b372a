/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <allheaders.h>

#include "scan/mil-page-bend.h"
#include "scan/mil-page.h"

G_BEGIN_DECLS

struct _MilPage
{
  PIX *pix;
  /* From the page to the picture, by rows: (x', y', w') = m (x, y, 1), and the point is (x' / w', y' / w'). */
  double m[9];
  double text_share;
  /* What lay outside of a paper's edge was taken away. */
  gboolean is_cut_out;
  /* (nullable): how the lines ran before they were straightened; that comes before `m` */
  MilBend *bend;
};

MilPage *mil_page_copy (MilPage *self, PIX *pix);
PIX     *mil_page_ink (PIX *gray);
int      mil_page_letter_height (PIX *ink);
void     mil_page_remove_shadows (PIX *gray, int square);

G_END_DECLS
