/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/mil-error.h"
#include "base/mil-json.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  GError   *error = NULL;
  JsonNode *node = mil_json_parse (bytes, 1 << 20, &error);

  g_assert_no_error (error);
  return node;
}

static MilJson *
reader (const char *text)
{
  g_autoptr (JsonNode) node = parse (text);

  return mil_json_new (node);
}

static void
assert_failure (MilJson *json, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mil_json_failed (json));
  g_assert_false (mil_json_finish (json, &error));
  g_assert_error (error, MIL_ERROR, MIL_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
assert_refused (const void *data, gsize size, int code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = mil_json_parse (bytes, 1000, &error);

  if (node != NULL)
    g_error ("taken for JSON: %.*s", (int) size, (const char *) data);
  g_assert_error (error, MIL_ERROR, code);
}

static void
test_parse_refuses (void)
{
  static const char *const bad[] = {
    "",           "{",           "{\"a\":1",        "{\"a\":1}x", "{\"a\":1}{}",   "[1,]",
    "{\"a\":1,}", "{'a':1}",     "\"\xff\"",        "[\"\xc3\"]", "<html></html>", "nul",
    "{\"a\" 1}",  "[1] // note", "[\"a\\u0000b\"]", "[01]",       "{a:1}",         "[+1]",
    "[.5]",       "{\"a\":1}}",  "/* */ [1]",       "[\"a\nb\"]", "[1e999]"
  };
  g_autofree char *deep = g_strnfill (65, '[');
  g_autofree char *big = g_strnfill (1001, ' ');

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i], strlen (bad[i]), MIL_ERROR_PROTOCOL);
  assert_refused ("[1]\0", 4, MIL_ERROR_PROTOCOL);
  assert_refused (deep, strlen (deep), MIL_ERROR_PROTOCOL);
  assert_refused (big, strlen (big), MIL_ERROR_TOO_LARGE);
}

static void
test_parse_takes (void)
{
  GString *deep = g_string_new (NULL);

  for (int i = 0; i < 64; i++)
    g_string_append_c (deep, '[');
  for (int i = 0; i < 64; i++)
    g_string_append_c (deep, ']');
  json_node_unref (parse (deep->str));
  g_string_free (deep, TRUE);
  json_node_unref (parse (" {\"a\": \"[[[{{{\\\"\"}\n"));
  json_node_unref (parse ("\"text\""));
  json_node_unref (parse ("null"));
}

static void
test_getters (void)
{
  g_autoptr (MilJson) json = reader (
      "{\"name\":\"Bottega\",\"n\":3,\"big\":9007199254740993,\"whole\":2.0,\"yes\":true,"
      "\"none\":null,\"price\":\"12.30\",\"day\":\"2024-02-29\",\"at\":\"1970-01-01T00:00:01Z\","
      "\"rate\":\"7.7746\",\"list\":[{\"id\":\"a\"},{\"id\":\"b\"}]}");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) members = mil_json_members (json);

  g_assert_cmpuint (g_strv_length (members), ==, 11);
  g_assert_cmpstr (mil_json_string (json, "name", 7), ==, "Bottega");
  g_assert_null (mil_json_string_optional (json, "none", 7));
  g_assert_false (mil_json_has (json, "none"));
  g_assert_true (mil_json_has (json, "n"));
  g_assert_cmpint (mil_json_int (json, "n", 0, 3), ==, 3);
  g_assert_cmpint (mil_json_int (json, "whole", 0, 3), ==, 2);
  g_assert_cmpint (mil_json_int (json, "big", 0, G_MAXINT64), ==, G_GINT64_CONSTANT (9007199254740993));
  g_assert_cmpint (mil_json_int_optional (json, "absent", 0, 3, 7), ==, 7);
  g_assert_true (mil_json_boolean_optional (json, "yes", FALSE));
  g_assert_true (mil_json_boolean_optional (json, "absent", TRUE));
  g_assert_cmpint (mil_json_decimal_money (json, "price", "EUR").minor, ==, 1230);
  g_assert_cmpint (mil_json_date (json, "day").day, ==, 29);
  g_assert_false (mil_date_is_set (mil_json_date_optional (json, "absent")));
  g_assert_cmpint (mil_json_instant (json, "at"), ==, G_USEC_PER_SEC);
  g_assert_cmpint (mil_json_decimal (json, "rate").digits, ==, 77746);
  g_assert_cmpint (mil_json_decimal (json, "n").digits, ==, 3);
  g_assert_cmpuint (mil_json_enter_array (json, "list", 2), ==, 2);
  g_assert_true (mil_json_enter_item (json, 1));
  g_assert_cmpstr (mil_json_string (json, "id", 5), ==, "b");
  mil_json_leave (json);
  mil_json_leave (json);
  g_assert_false (mil_json_enter_optional (json, "absent"));
  g_assert_cmpuint (mil_json_enter_array_optional (json, "absent", 2), ==, 0);
  mil_json_leave (json);
  g_assert_true (mil_json_finish (json, &error));
  g_assert_no_error (error);
}

static void
test_paths (void)
{
  g_autoptr (MilJson) json = reader ("{\"line_items\":[{},{},{\"price\":{\"amount\":\"1\"}}]}");

  mil_json_enter_array (json, "line_items", 10);
  mil_json_enter_item (json, 2);
  mil_json_enter (json, "price");
  g_assert_cmpint (mil_json_int (json, "amount", 0, 9), ==, 0);
  /* Later failures change nothing, and everything answers harmless values. */
  g_assert_cmpstr (mil_json_string (json, "currency", 3), ==, "");
  mil_json_leave (json);
  mil_json_leave (json);
  mil_json_leave (json);
  mil_json_leave (json);
  g_assert_false (mil_json_enter (json, "line_items"));
  assert_failure (json, "line_items[2].price.amount: expected a whole number");
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "{}", "a: is missing" },
    { "{\"a\":null}", "a: is missing" },
    { "{\"a\":3}", "a: expected a string" },
    { "{\"a\":[\"x\"]}", "a: expected a string" },
    { "{\"a\":\"four\"}", "a: is too long" },
    { "[]", "expected an object" },
    { "3", "expected an object" },
  };
  static const char *const numbers[] = { "{\"a\":1.5}",   "{\"a\":\"1\"}",
                                         "{\"a\":1e300}", "{\"a\":true}",
                                         "{\"a\":-1}",    "{\"a\":10}",
                                         "{\"a\":{}}",    "{\"a\":18446744073709551617}" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MilJson) json = reader (cases[i].text);

      g_assert_cmpstr (mil_json_string (json, "a", 3), ==, "");
      assert_failure (json, cases[i].message);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (MilJson) json = reader (numbers[i]);

      g_assert_cmpint (mil_json_int (json, "a", 0, 9), ==, 0);
      g_assert_true (mil_json_failed (json));
    }
}

static void
test_wrong_values (void)
{
  const char *text = "{\"a\":\"12.345\",\"l\":[1,2,3],\"o\":{}}";
  g_autoptr (MilJson) money = reader (text);
  g_autoptr (MilJson) day = reader (text);
  g_autoptr (MilJson) many = reader (text);
  g_autoptr (MilJson) no_list = reader (text);
  g_autoptr (MilJson) own = reader (text);

  g_assert_false (mil_money_is_set (mil_json_decimal_money (money, "a", "EUR")));
  g_assert_true (mil_json_failed (money));
  g_assert_false (mil_date_is_set (mil_json_date_optional (day, "a")));
  g_assert_true (mil_json_failed (day));
  g_assert_cmpuint (mil_json_enter_array (many, "l", 2), ==, 0);
  assert_failure (many, "l: has more than 2 entries");
  g_assert_cmpuint (mil_json_enter_array_optional (no_list, "o", 2), ==, 0);
  assert_failure (no_list, "o: expected a list");
  mil_json_fail (own, "a", "must not be %d", 12);
  assert_failure (own, "a: must not be 12");
}

static void
test_canonical (void)
{
  g_autoptr (JsonNode) node = parse (
      "{ \"b\" : [1, true, null, \"\\u000a\\u001f\\\"é/\"], \"a\":{\"z\":-5,\"y\":\"\"} }");
  g_autofree char *text = mil_json_canonical (node);

  g_assert_cmpstr (text, ==, "{\"a\":{\"y\":\"\",\"z\":-5},\"b\":[1,true,null,\"\\n\\u001f\\\"é/\"]}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/parse/refuses", test_parse_refuses);
  g_test_add_func ("/base/json/parse/takes", test_parse_takes);
  g_test_add_func ("/base/json/getters", test_getters);
  g_test_add_func ("/base/json/paths", test_paths);
  g_test_add_func ("/base/json/wrong", test_wrong);
  g_test_add_func ("/base/json/wrong-values", test_wrong_values);
  g_test_add_func ("/base/json/canonical", test_canonical);
  return g_test_run ();
}
