/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a person goes to the operator: what the country's form asks for, and nothing beside it. */

#include "config.h"

#include "protocol/mil-wire-claim.h"
#include "traveller/mil-claim-traveller.h"

static const MilPersonal personal = {
  .number = (char *) "E7654321",
  .street = (char *) "1 Long Road",
  .postcode = (char *) "100000",
  .city = (char *) "Beijing",
  .email = (char *) "kuai@home.example",
  .phone = (char *) "+86 10 555",
};

static MilPersonInfo
somebody (void)
{
  return (MilPersonInfo) {
    .id = (char *) "p",
    .name = (char *) "Kuai Ding",
    .surname = (char *) "Ding",
    .given_names = (char *) "Kuai",
    .residence = (char *) "CN",
    .nationality = (char *) "SG",
    .born = { 1980, 5, 6 },
    .has_address = TRUE,
    .document_type = (char *) "passport",
    .document_last4 = (char *) "4321",
    .document_country = (char *) "MY",
    .document_expires = { 2030, 1, 2 },
  };
}

static JsonNode *
letter (const MilPersonInfo *info, const char *country)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  JsonNode *node;

  mil_claim_traveller_write (builder, info, "US", country);
  node = json_builder_get_root (builder);
  if (info != NULL && mil_claim_traveller_has_secret (info, country))
    mil_claim_traveller_fill (json_node_get_object (node), &personal, country);
  return node;
}

static void
assert_sent (const MilPersonInfo *info, const char *country, const char *expected)
{
  g_autoptr (JsonNode) node = letter (info, country);
  g_autoptr (JsonNode) wanted = json_from_string (expected, NULL);
  g_autoptr (MilWireTraveller) traveller = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = json_to_string (node, FALSE);

  g_test_message ("%s: %s", country, text);
  g_assert_nonnull (wanted);
  g_assert_true (json_node_equal (node, wanted));
  traveller = mil_wire_traveller_from_json (node, &error);
  g_assert_no_error (error);
}

static void
test_countries (void)
{
  MilPersonInfo info = somebody ();

  assert_sent (&info, "IT", "{\"name\":\"Kuai Ding\",\"residence\":\"CN\",\"document\":{\"type\":\"passport\",\"country\":\"MY\",\"number\":\"E7654321\"}}");
  assert_sent (&info,
               "DE",
               "{\"name\":\"Kuai "
               "Ding\",\"residence\":\"CN\",\"document\":{\"type\":\"passport\",\"country\":\"MY\","
               "\"number\":\"E7654321\"},"
               "\"address\":\"1 Long Road\\n100000 Beijing\"}");
  assert_sent (
      &info,
      "FR",
      "{\"name\":\"Kuai Ding\",\"residence\":\"CN\",\"nationality\":\"SG\",\"birth_date\":\"1980-05-06\","
      "\"document\":{\"type\":\"passport\",\"country\":\"MY\",\"expires\":\"2030-01-02\",\"number\":"
      "\"E7654321\"},"
      "\"address\":\"1 Long Road\\n100000 Beijing\"}");
  assert_sent (&info,
               "SG",
               "{\"name\":\"Kuai "
               "Ding\",\"residence\":\"CN\",\"nationality\":\"SG\",\"document\":{\"type\":\"passport\","
               "\"country\":\"MY\","
               "\"number\":\"E7654321\"}}");
  assert_sent (&info, "AU", "{\"name\":\"Kuai Ding\",\"residence\":\"CN\",\"document\":{\"type\":\"passport\",\"number\":\"E7654321\"}}");
}

/* What was not told is not asked for again, and nothing is made up for it. */
static void
test_unknown (void)
{
  MilPersonInfo info = { .id = (char *) "p",
                         .name = (char *) "Kuai Ding",
                         .surname = (char *) "Ding",
                         .given_names = (char *) "Kuai",
                         .residence = (char *) "CN" };

  assert_sent (&info, "FR", "{\"name\":\"Kuai Ding\",\"residence\":\"CN\"}");
  g_assert_false (mil_claim_traveller_has_secret (&info, "FR"));
  info.has_address = TRUE;
  g_assert_true (mil_claim_traveller_has_secret (&info, "FR"));
  g_assert_false (mil_claim_traveller_has_secret (&info, "IT"));
  info.document_type = (char *) "id";
  info.document_last4 = (char *) "4321";
  info.document_country = (char *) "MY";
  assert_sent (&info, "IT", "{\"name\":\"Kuai Ding\",\"residence\":\"CN\",\"document\":{\"type\":\"id-card\",\"country\":\"MY\",\"number\":\"E7654321\"}}");
  assert_sent (NULL, "IT", "{\"name\":\"Traveller\",\"residence\":\"US\"}");
}

/* The words beside the button are about the same things. */
static void
test_told (void)
{
  MilPersonInfo      info = somebody ();
  const MilFormNeeds five = MIL_FORM_NEEDS_SURNAME | MIL_FORM_NEEDS_GIVEN_NAMES | MIL_FORM_NEEDS_RESIDENCE
                            | MIL_FORM_NEEDS_NUMBER | MIL_FORM_NEEDS_ISSUER;

  g_assert_cmpint (mil_person_told (&info, "IT"), ==, five);
  g_assert_cmpint (mil_person_told (&info, "DE"), ==, five | MIL_FORM_NEEDS_ADDRESS);
  g_assert_cmpint (mil_person_told (&info, "JP"), ==, five | MIL_FORM_NEEDS_BORN | MIL_FORM_NEEDS_NATIONALITY);
  g_assert_cmpint (mil_person_told (&info, "AU"), ==, five & ~MIL_FORM_NEEDS_ISSUER);
  info.has_address = FALSE;
  g_assert_cmpint (mil_person_told (&info, "DE"), ==, five);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traveller/claim-traveller/countries", test_countries);
  g_test_add_func ("/traveller/claim-traveller/unknown", test_unknown);
  g_test_add_func ("/traveller/claim-traveller/told", test_told);
  return g_test_run ();
}
