/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MIL_TYPE_TIMELINE (mil_timeline_get_type ())

/**
 * MilStepState:
 * @MIL_STEP_DONE: reached
 * @MIL_STEP_CURRENT: waited for now
 * @MIL_STEP_LATER: comes afterwards
 * @MIL_STEP_FAILED: where it ended badly
 *
 * Where a step of a timeline stands.
 */
typedef enum
{
  MIL_STEP_DONE,
  MIL_STEP_CURRENT,
  MIL_STEP_LATER,
  MIL_STEP_FAILED,
} MilStepState;

/**
 * MilTimeline:
 *
 * Steps from top to bottom along a line: those done are filled, the current one is large, later ones
 * are dim.
 */
G_DECLARE_FINAL_TYPE (MilTimeline, mil_timeline, MIL, TIMELINE, GtkWidget)

GtkWidget *mil_timeline_new   (void);
void       mil_timeline_clear (MilTimeline  *self);
void       mil_timeline_add   (MilTimeline  *self,
                               MilStepState  state,
                               const char   *title,
                               const char   *detail);

G_END_DECLS
