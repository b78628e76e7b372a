/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every validation system: what its simulator says, and what that means for a claim. Written from the
 * systems' own descriptions (see each adapter), not from the tables in them. */

#include "config.h"

#include "base/mil-future.h"
#include "refund/mil-scheme-book.h"
#include "service/taxfree/validation/mil-export-system.h"

static const char *const RECORDS[] = { "one", "two", NULL };
static const char *const SEEN[] = { "two", NULL };

/* What happens, and then: the event, the system's own word (NULL for an officer's decision), the refusal. */
static const struct
{
  const char *system;
  const char *deed;
  const char *refusal;
  const char *position;
  const char *event;
  const char *code;
  const char *refused;
} cases[] = {
  { "PABLO", "validated", NULL, NULL, "validated", "OK form valid", NULL },
  { "PABLO", "desk", NULL, NULL, "presented", "form invalid", NULL },
  { "PABLO", "outage", NULL, NULL, "presented", "outage", NULL },
  { "PABLO", "stamp", NULL, NULL, "validated", "stamp", NULL },
  { "PABLO", "partial", NULL, NULL, "partially-validated", NULL, NULL },
  { "PABLO", "refused", "goods-used", NULL, "refused", NULL, "goods-used" },
  { "DIVA", "validated", NULL, NULL, "validated", "visado", NULL },
  { "DIVA", "desk", NULL, NULL, "presented", "pendiente", NULL },
  { "DIVA", "outage", NULL, NULL, "presented", "sin conexión", NULL },
  { "DIVA", "stamp", NULL, NULL, "validated", "stamp", NULL },
  { "DIVA", "partial", NULL, NULL, "partially-validated", NULL, NULL },
  { "DIVA", "refused", NULL, NULL, "refused", "rechazado", "other" },
  { "DIVA", "refused", "documents", NULL, "refused", "no presentado", "documents" },
  { "DIVA", "refused", "late", NULL, "refused", NULL, "late" },
  { "OTELLO", "validated", NULL, NULL, "validated", "R2 visto", NULL },
  { "OTELLO", "partial", NULL, NULL, "partially-validated", "FV R2 visto", NULL },
  { "OTELLO", "desk", NULL, NULL, "presented", "R2", NULL },
  { "OTELLO", "outage", NULL, NULL, "presented", "R0", NULL },
  { "OTELLO", "stamp", NULL, NULL, "validated", "FUE", NULL },
  { "OTELLO", "refused", "goods-differ", NULL, "refused", NULL, "goods-differ" },
  { "PUESC", "validated", NULL, NULL, "validated", "Potwierdzony wywóz", NULL },
  { "PUESC", "partial", NULL, NULL, "partially-validated", "Potwierdzony częściowy wywóz", NULL },
  { "PUESC", "refused", NULL, NULL, "refused", "Brak potwierdzenia wywozu", "goods-not-shown" },
  { "PUESC", "refused", "suspected-fraud", NULL, "refused", NULL, "suspected-fraud" },
  { "PUESC", "desk", NULL, NULL, "presented", "Wprowadzony", NULL },
  { "PUESC", "outage", NULL, NULL, "presented", "Wprowadzony", NULL },
  { "PUESC", "stamp", NULL, NULL, "validated", "stamp", NULL },
  { "NTA", "validated", NULL, NULL, "validated", "税関確認情報区分 1", NULL },
  { "NTA", "partial", NULL, NULL, "partially-validated", "税関確認情報区分 1", NULL },
  { "NTA", "desk", NULL, NULL, "presented", "税関確認情報件数 0", NULL },
  { "NTA", "outage", NULL, NULL, "presented", "税関確認情報件数 0", NULL },
  { "NTA", "refused", "goods-not-shown", NULL, "refused", NULL, "goods-not-shown" },
  { "eTRS", "validated", NULL, NULL, "validated", "Approved", NULL },
  { "eTRS", "desk", NULL, NULL, "presented", "Not approved", NULL },
  { "eTRS", "refused", NULL, NULL, "refused", "Rejected", "other" },
  { "eTRS", "refused", "goods-used", NULL, "refused", NULL, "goods-used" },
  { "eTRS", "partial", NULL, NULL, "partially-validated", NULL, NULL },
  { "NL Customs VAT", "validated", NULL, NULL, "validated", "validated", NULL },
  { "NL Customs VAT", "validated", NULL, "52.3105,4.7683", "validated", "validated", NULL },
  { "NL Customs VAT", "validated", NULL, "51.4501,5.3745", "validated", "validated", NULL },
  { "NL Customs VAT", "validated", NULL, "52.3676,4.9041", "presented", "not at exit", NULL },
  { "NL Customs VAT", "validated", NULL, "52.3105", "presented", "not at exit", NULL },
  { "NL Customs VAT", "validated", NULL, "nan,nan", "presented", "not at exit", NULL },
  { "NL Customs VAT", "desk", NULL, NULL, "presented", "go to desk", NULL },
  { "NL Customs VAT", "refused", "late", NULL, "refused", NULL, "late" },
  { "paper", "stamp", NULL, NULL, "validated", "stamp", NULL },
  { "paper", "validated", NULL, NULL, "validated", "stamp", NULL },
  { "paper", "desk", NULL, NULL, "presented", "no stamp", NULL },
  { "paper", "refused", "documents", NULL, "refused", "illegible stamp", "documents" },
  { "paper", "partial", NULL, NULL, "partially-validated", NULL, NULL },
  { "customs", "validated", NULL, NULL, "validated", NULL, NULL },
  { "customs", "desk", NULL, NULL, "presented", NULL, NULL },
  { "customs", "refused", "residence", NULL, "refused", NULL, "residence" },
};

static MilExportForm
form_of (const char *refusal, const char *position)
{
  MilExportForm form = { "123456789012", "REF1", { 0 }, { 0 }, RECORDS, SEEN, position, MIL_REFUSAL_OTHER };

  g_assert_true (mil_date_parse ("2026-05-24", &form.day, NULL));
  if (refusal != NULL)
    g_assert_true (mil_claim_refusal_parse (refusal, &form.refusal));
  return form;
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MilExportSystem *system = mil_export_system_find (cases[i].system);
      MilExportForm          form = form_of (cases[i].refusal, cases[i].position);
      g_auto (MilExportOutcome) outcome = { 0 };
      g_autoptr (GError) error = NULL;
      MilCustomsAct act;

      g_test_message ("%s %s", cases[i].system, cases[i].deed);
      g_assert_nonnull (system);
      g_assert_true (mil_customs_act_parse (cases[i].deed, &act));
      g_assert_true (mil_export_system_act (system, &form, act, &outcome, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (mil_claim_act_name (outcome.act), ==, cases[i].event);
      g_assert_cmpstr (outcome.code, ==, cases[i].code);
      g_assert_cmpint (outcome.actor, ==, MIL_CLAIM_BY_CUSTOMS);
      if (cases[i].refused != NULL)
        g_assert_cmpstr (mil_claim_refusal_name (outcome.refusal), ==, cases[i].refused);
      g_assert_cmpint (mil_date_compare (outcome.on, form.day), ==, 0);
    }
}

/* Messages that no simulator of ours sends, but the systems do. */
static const struct
{
  const char *system;
  const char *message;
  const char *event; /* NULL: not understood */
  const char *actor;
} messages[] = {
  { "PABLO", "{\"message\":\"validé\"}", "validated", "customs" },
  { "PABLO", "{\"message\":\"confirmé\"}", "validated", "customs" },
  { "PABLO", "{\"message\":\"peut-être\"}", NULL, NULL },
  { "PABLO", "{}", NULL, NULL },
  { "PABLO", "{\"message\":7}", NULL, NULL },
  { "OTELLO", "{\"messaggio\":\"R0\",\"codiceVisto\":\"V1\"}", "validated", "customs" },
  { "OTELLO", "{\"messaggio\":\"R1\"}", NULL, NULL },
  { "PUESC", "{\"UNS\":\"1\",\"status\":\"Anulowany\"}", "voided", "operator" },
  { "PUESC", "{\"status\":\"\"}", NULL, NULL },
  { "eTRS", "{\"Status\":\"Void\"}", "voided", "operator" },
  { "NTA", "{\"税関確認情報件数\":2,\"税関確認情報\":[{\"税関確認情報区分\":\"2\"},{\"税関確認情報区分\":\"2\"}]}", "validated", "customs" },
  { "NTA", "{\"税関確認情報件数\":2,\"税関確認情報\":[{\"税関確認情報区分\":\"9\"},{}]}", NULL, NULL },
  { "customs", "{\"code\":\"yes\"}", NULL, NULL },
};

static void
test_messages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      const MilExportSystem *system = mil_export_system_find (messages[i].system);
      MilExportForm          form = form_of (NULL, NULL);
      g_auto (MilExportOutcome) outcome = { 0 };
      g_autoptr (JsonNode) message = json_from_string (messages[i].message, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s %s", messages[i].system, messages[i].message);
      if (messages[i].event == NULL)
        {
          g_assert_false (system->read (system, &form, message, &outcome, &error));
          g_assert_error (error, MIL_ERROR, MIL_ERROR_PROTOCOL);
          continue;
        }
      g_assert_true (system->read (system, &form, message, &outcome, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (mil_claim_act_name (outcome.act), ==, messages[i].event);
      g_assert_cmpstr (mil_claim_actor_name (outcome.actor), ==, messages[i].actor);
    }
}

/* Whatever is bought where and leaves where: the system that the country has on that day. */
static const struct
{
  const char *country;
  const char *exit;
  const char *day;
  const char *system;
} places[] = {
  { "FR", "FR", "2026-05-20", "PABLO" },  { "FR", "DE", "2026-05-20", "paper" },
  { "ES", "ES", "2026-05-20", "DIVA" },   { "ES", "PT", "2026-05-20", "paper" },
  { "ES", "ES", "2014-07-01", "paper" },  { "IT", "IT", "2026-05-20", "OTELLO" },
  { "PL", "PL", "2026-05-20", "PUESC" },  { "PL", "PL", "2021-05-20", "paper" },
  { "JP", "JP", "2026-11-02", "NTA" },    { "JP", "JP", "2026-10-31", "customs" },
  { "SG", "SG", "2026-05-20", "eTRS" },   { "NL", "NL", "2026-01-01", "NL Customs VAT" },
  { "NL", "NL", "2025-12-31", "paper" },  { "DE", "DE", "2026-05-20", "paper" },
  { "CH", "CH", "2026-05-20", "paper" },  { "AU", "AU", "2026-05-20", "TRS" },
  { "AE", "AE", "2026-05-20", "Planet" },
};

static void
test_places (void)
{
  g_autofree char *data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MilSchemeBook) book = mil_scheme_book_load (data, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const MilRule         *rule;
      const MilExportSystem *system;
      MilDate                day;

      g_test_message ("%s %s %s", places[i].country, places[i].exit, places[i].day);
      g_assert_true (mil_date_parse (places[i].day, &day, NULL));
      rule = mil_scheme_book_rule (book, places[i].country, NULL, day);
      g_assert_nonnull (rule);
      system = mil_export_system_for (&rule->validation, places[i].country, places[i].exit);
      g_assert_cmpstr (mil_export_system_name (system, &rule->validation), ==, places[i].system);
    }
}

/* A stamp has a day of its own; paper may come late. */
static void
test_stamp_day (void)
{
  static const char *const stamping[] = { "PABLO", "DIVA",           "OTELLO", "PUESC",
                                          "eTRS",  "NL Customs VAT", "paper",  "customs" };

  for (guint i = 0; i < G_N_ELEMENTS (stamping); i++)
    {
      const MilExportSystem *system = mil_export_system_find (stamping[i]);
      MilExportForm          form = form_of (NULL, NULL);
      g_auto (MilExportOutcome) outcome = { 0 };

      g_test_message ("%s", stamping[i]);
      g_assert_true (mil_date_parse ("2026-05-01", &form.on, NULL));
      g_assert_true (mil_export_system_act (system, &form, MIL_CUSTOMS_STAMP, &outcome, NULL));
      g_assert_cmpint (mil_date_compare (outcome.on, form.on), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/validation/cases", test_cases);
  g_test_add_func ("/service/validation/messages", test_messages);
  g_test_add_func ("/service/validation/places", test_places);
  g_test_add_func ("/service/validation/stamp-day", test_stamp_day);
  return g_test_run ();
}
