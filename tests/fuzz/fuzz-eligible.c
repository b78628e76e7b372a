/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "base/mil-json.h"
#include "refund/mil-refund-json.h"

static const char territories[]
    = "{\"groups\": {\"EU\": [{\"place\": \"FR\"}, {\"place\": \"DE\"}]}, \"places\": ["
      "{\"code\": \"MC\", \"country\": \"MC\", \"scheme\": \"FR\"},"
      "{\"code\": \"IT-LIVIGNO\", \"country\": \"IT\", \"untaxed\": true, \"names\": [\"Livigno\"]}]}";

#define SECTIONS                                                                                             \
  "\"person\": {\"home_not_in\": [\"@EU\"], \"min_age\": 16},"                                               \
  "\"rates\": [{\"standard\": \"20\", \"reduced\": [{\"rate\": \"5.5\", \"goods\": [\"food\"]}]}],"          \
  "\"goods\": {\"excluded\": [\"tobacco\"]}, \"validation\": {\"kind\": \"kiosk\", \"system\": \"PABLO\"},"  \
  "\"payout\": {\"fees\": [{\"low\": \"50\", \"high\": \"100\", \"per_form\": \"1.00\"}]},"                  \
  "\"source\": \"https://example.org/\", \"checked_on\": \"2026-11-22\", \"confidence\": \"official\""

static const char france[]
    = "{\"country\": \"FR\", \"name\": \"x\", \"tax_name\": \"x\", \"currency\": \"EUR\", \"exit\": "
      "\"union\","
      "\"rules\": [{\"valid_from\": \"2014-01-01\", \"minimum\": {\"amount\": \"100.00\", \"operator\": "
      "\">\","
      "\"scope\": \"shop-days\", \"days\": 3, \"or_mall\": true, \"same_city\": true}," SECTIONS ","
      "\"deadlines\": {\"export\": {\"months\": 3, \"from\": \"purchase-month\"}}}]}";

static const char singapore[]
    = "{\"country\": \"SG\", \"name\": \"x\", \"tax_name\": \"x\", \"currency\": \"SGD\","
      "\"rules\": [{\"valid_from\": \"2014-01-01\", \"minimum\": {\"amount\": \"100.00\", \"basis\": "
      "\"excl\","
      "\"scope\": \"shop-day\", \"max_receipts\": 3}," SECTIONS ","
      "\"deadlines\": {\"export\": {\"days\": 60, \"from\": \"purchase\", \"first_day_counts\": true}}}]}";

static MilSchemeBook *
make_book (void)
{
  g_autoptr (GBytes) places = g_bytes_new_static (territories, strlen (territories));
  g_autoptr (GPtrArray) schemes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;
  MilSchemeBook *book;

  g_ptr_array_add (schemes, g_bytes_new_static (france, strlen (france)));
  g_ptr_array_add (schemes, g_bytes_new_static (singapore, strlen (singapore)));
  book = mil_scheme_book_new (places, schemes, &error);
  g_assert_no_error (error);
  return book;
}

/* Every receipt of a request that is accepted is on exactly one form, and no form promises less than nothing. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (MilSchemeBook) book = make_book ();
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonNode) node = mil_json_parse (bytes, 1 << 20, NULL);
  g_autoptr (MilRefundRequest) request = NULL;
  g_autoptr (GPtrArray) verdicts = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (node == NULL)
    return 0;
  request = mil_refund_request_new (node, &error);
  if (request == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  verdicts = mil_refund_assess (book, request->travellers, request->itinerary, request->purchases, request->today);
  for (guint i = 0; i < verdicts->len; i++)
    {
      const MilVerdict *verdict = verdicts->pdata[i];

      n += g_strv_length (verdict->purchases);
      g_assert_cmpint (verdict->refund_low.minor, >=, 0);
      g_assert_cmpint (verdict->refund_high.minor, >=, verdict->refund_low.minor);
    }
  g_assert_cmpuint (n, ==, request->purchases->len);
  answer = mil_refund_answer_to_json (verdicts, request->today);
  return 0;
}
