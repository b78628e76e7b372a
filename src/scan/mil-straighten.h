/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-picture.h"

G_BEGIN_DECLS

MilQuad     mil_quad_turn          (const MilQuad *quad,
                                    int            quarters,
                                    int            width,
                                    int            height);
gboolean    mil_quad_is_convex     (const MilQuad *quad);
MilPicture *mil_picture_straighten (MilPicture    *self,
                                    const MilQuad *quad);

G_END_DECLS
