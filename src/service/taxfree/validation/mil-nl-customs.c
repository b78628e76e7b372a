/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/taxfree/validation/mil-export-system.h"

#include <glib/gi18n.h>

/*
 * The app "NL Customs VAT", from 1 January 2026: it knows by GPS and Bluetooth that the traveller stands at
 * an exit point, and says "validated", or "go to desk".
 *
 * Source: douane.nl of 2 December 2025; vatupdate.com of 7 April 2025.
 */
#define MICRO 1000000
/* A degree is 111,320 m from north to south; from west to east at 52° N it is 0.61 of that. */
#define METRES 111320
#define WEST_EAST_PERCENT 61
#define REACH_METRES 1500

static const struct
{
  gint64 latitude; /* millionths of a degree */
  gint64 longitude;
} exits[] = {
  { 52309456, 4762283 }, /* Amsterdam Schiphol */
  { 51956944, 4437222 }, /* Rotterdam The Hague */
  { 51450139, 5374528 }, /* Eindhoven */
  { 50911658, 5770144 }, /* Maastricht Aachen */
  { 53119721, 6579444 }, /* Groningen Eelde */
};

static const MilExportWord words[] = {
  { "validated", MIL_CLAIM_ACT_VALIDATE, 0, NULL },
  { "go to desk", MIL_CLAIM_ACT_PRESENT, 0, N_ ("The app sends you to the desk: show the goods to customs at the exit.") },
  { "not at exit", MIL_CLAIM_ACT_PRESENT, 0, N_ ("The app validates at the exit point only: open it there, before you check your bags in.") },
  { 0 },
};

static gboolean
read_degrees (const char *text, gint64 *micro, const char **rest)
{
  char  *end;
  double degrees = g_ascii_strtod (text, &end);

  if (end == text || !(degrees >= -180 && degrees <= 180))
    return FALSE;
  *micro = (gint64) (degrees * MICRO);
  *rest = end;
  return TRUE;
}

/* Whether somebody stands within reach of an exit; nowhere when the position is not one. */
static gboolean
is_at_exit (const char *position)
{
  gint64      latitude;
  gint64      longitude;
  const char *rest;

  if (!read_degrees (position, &latitude, &rest) || *rest != ','
      || !read_degrees (rest + 1, &longitude, &rest) || *rest != '\0')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (exits); i++)
    {
      gint64 north = (latitude - exits[i].latitude) * METRES / MICRO;
      gint64 east = (longitude - exits[i].longitude) * METRES / MICRO * WEST_EAST_PERCENT / 100;

      if (north * north + east * east <= (gint64) REACH_METRES * REACH_METRES)
        return TRUE;
    }
  return FALSE;
}

static JsonNode *
simulate (const MilExportSystem *self, const MilExportForm *form, MilCustomsAct act)
{
  if (act == MIL_CUSTOMS_VALIDATE && form->position != NULL && !is_at_exit (form->position))
    return mil_export_message ("invoice", form->reference, "result", "not at exit", NULL);
  if (act == MIL_CUSTOMS_VALIDATE)
    return mil_export_message ("invoice", form->reference, "result", "validated", NULL);
  if (act == MIL_CUSTOMS_DESK || act == MIL_CUSTOMS_OUTAGE)
    return mil_export_message ("invoice", form->reference, "result", "go to desk", NULL);
  return mil_export_desk_message (form, act);
}

static gboolean
read_message (const MilExportSystem *self, const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome, GError **error)
{
  return mil_export_read_word (self, form, message, "result", outcome, error);
}

const MilExportSystem mil_nl_customs = {
  .name = "NL Customs VAT",
  .label = "invoice",
  .begin = N_ ("Open the app “NL Customs VAT” at the exit point, with location and Bluetooth on, before you "
               "check your bags in."),
  .words = words,
  .simulate = simulate,
  .read = read_message,
};
