/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "base/mil-json.h"
#include "service/taxfree/validation/mil-export-system.h"

static const char *const NAMES[] = { "PABLO", "DIVA",           "OTELLO", "PUESC",  "NTA",
                                     "eTRS",  "NL Customs VAT", "paper",  "customs" };
static const char *const RECORDS[] = { "one", "two", NULL };

/* Whatever a validation system says is understood, or refused with a sentence. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonNode) message = mil_json_parse (bytes, 1 << 20, NULL);
  MilExportForm form = { "123456789012", "REF", { 2026, 5, 24 }, { 0 }, RECORDS, NULL, NULL, MIL_REFUSAL_OTHER };

  if (message == NULL)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      const MilExportSystem *system = mil_export_system_find (NAMES[i]);
      g_auto (MilExportOutcome) outcome = { 0 };
      g_autoptr (GError) error = NULL;

      if (mil_export_read_desk (&form, message, &outcome))
        continue;
      if (!system->read (system, &form, message, &outcome, &error))
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  return 0;
}
