/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-picture.h"

G_BEGIN_DECLS

struct Pix;

/**
 * MilPage:
 *
 * The paper in a picture, cut out, straightened and evenly lit, ready to be read; and the way back
 * from its pixels to those of the picture.
 */
typedef struct _MilPage MilPage;

MilPage    *mil_page_find (MilPicture *picture, const MilQuad *paper, GCancellable *cancellable);
MilPage    *mil_page_find_in_shadow (MilPicture *picture, GCancellable *cancellable);
void        mil_page_free (MilPage *self);
struct Pix *mil_page_get_pix (MilPage *self);
MilPage    *mil_page_turn (MilPage *self, int quarters);
MilPage    *mil_page_part (MilPage *self, double part);
MilPage    *mil_page_close_gaps (MilPage *self);
MilPage    *mil_page_flatten (MilPage *self);
MilPage    *mil_page_clear (MilPage *self, MilPicture *picture);
void        mil_page_erase (MilPage *self, const MilQuad *quad);
void        mil_page_level (MilPage *self);
MilQuad     mil_page_quad (MilPage *self);
MilBox      mil_page_box_in_picture (MilPage *self, MilBox box);
gboolean    mil_page_is_cut_out (MilPage *self);
gboolean    mil_page_is_same (MilPage *self, MilPage *other);
double      mil_page_text_share (MilPage *self);
void        mil_page_to_picture (MilPage *self, double *x, double *y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPage, mil_page_free)

G_END_DECLS
