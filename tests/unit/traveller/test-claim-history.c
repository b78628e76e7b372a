/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-session-test.h"
#include "mil-traveller-test.h"

#include "traveller/mil-session-private.h"

/* What is told of one claim comes by several ways, in any order: the answer to what was sent, an event, a list. */

#define CLAIM                                                                                                \
  "{\"id\":\"019e5a2e-9f1c-7000-8000-000000000001\",\"number\":\"123456789012\",\"scheme\":\"IT\","          \
  "\"created_at\":\"2026-05-24T08:00:00Z\",\"purchases\":[{\"id\":\"r\",\"country\":\"IT\",\"currency\":"    \
  "\"EUR\",\"total\":12600}],"
#define EVENT(seq, state, at)                                                                                \
  "{\"seq\":" #seq ",\"state\":\"" state "\",\"at\":\"2026-05-24T" at "Z\",\"actor\":\"service\","           \
  "\"event\":\"x\"}"

/* The clock of the service was put back between the two: what came first is old all the same. */
static const char issued[] = CLAIM
    "\"state\":\"issued\",\"updated_at\":\"2026-05-24T09:00:01Z\",\"events\":[" EVENT (1,
                                                                                       "submitted",
                                                                                       "09:00:00") "," EVENT (2, "issued", "09:00:01") "]}";
static const char refunded[] = CLAIM
    "\"state\":\"refunded\",\"updated_at\":\"2026-05-24T08:30:00Z\",\"events\":[" EVENT (
        1,
        "submitted",
        "09:00:00") "," EVENT (2, "issued", "09:00:01") "," EVENT (3, "refunded", "08:30:00") "]}";

static void
take (MilSession *session, const char *text, const char *state)
{
  g_autoptr (JsonNode) json = mil_test_json (text);
  g_autoptr (MilClaim) claim = NULL;

  mil_session_take_claim (session, json);
  g_assert_cmpuint (g_list_model_get_n_items (mil_session_get_claims (session)), ==, 1);
  claim = g_list_model_get_item (mil_session_get_claims (session), 0);
  g_assert_cmpstr (mil_claim_get_info (claim)->state, ==, state);
}

static void
test_clock_put_back (void)
{
  char *folder = mil_test_folder_new ();
  g_autoptr (MilSecrets) secrets = mil_secrets_new_memory ();
  MilSession *session = mil_test_session_open (folder, secrets, TRUE);

  take (session, issued, "issued");
  take (session, refunded, "refunded");
  take (session, issued, "refunded");
  take (session, refunded, "refunded");
  mil_test_session_close (session);
  mil_test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traveller/claim-history/clock-put-back", test_clock_put_back);
  return g_test_run ();
}
