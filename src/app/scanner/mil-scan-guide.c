/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/scanner/mil-scan-guide.h"

#include <glib/gi18n.h>

/* A page held still this long is taken. */
#define STEADY_MS 900
/* Without a page for this long, the scanner says why. */
#define PATIENCE_US (4 * G_USEC_PER_SEC)
/* After a picture the page must move this far (in parts of the frame) before the next one. */
#define MOVED_PART 0.08

/**
 * mil_scan_hint_text:
 * @hint: what would help
 *
 * Returns: (transfer none): it in words
 */
const char *
mil_scan_hint_text (MilDetectionHint hint)
{
  switch (hint)
    {
    case MIL_HINT_DARK:
      return _ ("Too dark. Is there a lamp? Your screen can be one.");
    case MIL_HINT_BLURRED:
      return _ ("Blurred. Hold it still, a little further away.");
    case MIL_HINT_CLOSER:
      return _ ("A little closer");
    case MIL_HINT_BACK:
      return _ ("A little further away: all four corners must be seen.");
    case MIL_HINT_LOW_CONTRAST:
      return _ ("White on white. Put it on something darker.");
    case MIL_HINT_NO_PAGE:
      return _ ("No receipt is seen. Hold it flat, all of it in the picture.");
    case MIL_HINT_NONE:
    default:
      return _ ("Show the receipt to the camera, all of it.");
    }
}

/**
 * mil_scan_guide_begin:
 * @self: a guide
 * @now: monotonic microseconds
 *
 * The camera gives pictures from now on.
 */
void
mil_scan_guide_begin (MilScanGuide *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  self->seen_at = now;
  self->settled = (MilQuad) { 0 };
  self->ring = 0;
}

static gboolean
is_settled (const MilScanGuide *self, const MilDetection *detection)
{
  return mil_quad_is_set (&self->settled)
         && mil_quad_distance (&self->settled, &detection->page) < MOVED_PART * detection->width;
}

static MilScanAdvice
see_page (MilScanGuide *self, const MilDetection *detection, gboolean busy)
{
  self->ring = 0;
  if (is_settled (self, detection))
    return (MilScanAdvice) { NULL, FALSE };
  self->settled = (MilQuad) { 0 };
  if (self->automatic && detection->ready && !busy)
    self->ring = CLAMP ((double) detection->steady_ms / STEADY_MS, 0, 1);
  if (self->ring >= 1)
    return (MilScanAdvice) { NULL, TRUE };
  if (detection->ready && !self->automatic)
    return (MilScanAdvice) { _ ("That looks good: press Space."), FALSE };
  return (MilScanAdvice) { detection->ready ? _ ("Hold it still …") : mil_scan_hint_text (detection->hint), FALSE };
}

/**
 * mil_scan_guide_see:
 * @self: a guide
 * @detection: what was seen in a frame
 * @now: monotonic microseconds
 * @busy: whether a picture is being taken
 *
 * Fills the ring while a page is held still, and says what would help.
 *
 * Returns: what to do
 */
MilScanAdvice
mil_scan_guide_see (MilScanGuide *self, const MilDetection *detection, gint64 now, gboolean busy)
{
  g_return_val_if_fail (self != NULL && detection != NULL, ((MilScanAdvice) { 0 }));

  if (detection->has_page)
    {
      self->seen_at = now;
      return see_page (self, detection, busy);
    }
  self->ring = 0;
  self->settled = (MilQuad) { 0 };
  if (now - self->seen_at > PATIENCE_US)
    return (MilScanAdvice) { mil_scan_hint_text (detection->hint), FALSE };
  return (MilScanAdvice) { NULL, FALSE };
}

/**
 * mil_scan_guide_settle:
 * @self: a guide
 * @detection: (nullable): what was seen when the picture was taken
 *
 * The page that is seen was taken: it is not taken again by itself until it moves.
 */
void
mil_scan_guide_settle (MilScanGuide *self, const MilDetection *detection)
{
  g_return_if_fail (self != NULL);

  self->ring = 0;
  self->settled = detection != NULL && detection->has_page ? detection->page : (MilQuad) { 0 };
}

/**
 * mil_scan_guide_cancel:
 * @self: a guide
 * @detection: (nullable): what is seen
 *
 * The person does not want the picture that is about to be taken: it waits until the page moves.
 *
 * Returns: whether one was about to be taken
 */
gboolean
mil_scan_guide_cancel (MilScanGuide *self, const MilDetection *detection)
{
  gboolean was_filling = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  was_filling = self->ring > 0;
  if (was_filling)
    mil_scan_guide_settle (self, detection);
  return was_filling;
}
