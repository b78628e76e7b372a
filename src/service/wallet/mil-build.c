/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/wallet/mil-build.h"

#include "base/mil-date.h"

/**
 * mil_build_text:
 * @builder: in an object
 * @member: its member
 * @text: (nullable): the value; %NULL becomes `null`
 *
 * Adds a text.
 */
void
mil_build_text (JsonBuilder *builder, const char *member, const char *text)
{
  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (member != NULL);

  json_builder_set_member_name (builder, member);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/**
 * mil_build_int:
 * @builder: in an object
 * @member: its member
 * @number: the value
 *
 * Adds a whole number.
 */
void
mil_build_int (JsonBuilder *builder, const char *member, gint64 number)
{
  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (member != NULL);

  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

/**
 * mil_build_instant:
 * @builder: in an object
 * @member: its member
 * @microseconds: since 1970
 *
 * Adds an instant as RFC 3339 in UTC.
 */
void
mil_build_instant (JsonBuilder *builder, const char *member, gint64 microseconds)
{
  g_autofree char *text = mil_instant_to_string (microseconds);

  mil_build_text (builder, member, text);
}

/**
 * mil_build_money:
 * @builder: in an object
 * @member: (nullable): its member; %NULL in an array
 * @money: the value; none becomes `null`
 *
 * Adds `{"amount","currency"}`, in minor units.
 */
void
mil_build_money (JsonBuilder *builder, const char *member, MilMoney money)
{
  g_return_if_fail (JSON_IS_BUILDER (builder));

  if (member != NULL)
    json_builder_set_member_name (builder, member);
  if (!mil_money_is_set (money))
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  mil_build_int (builder, "amount", money.minor);
  mil_build_text (builder, "currency", money.currency);
  json_builder_end_object (builder);
}

/**
 * mil_build_json:
 * @builder: in an object
 * @member: its member
 * @json: (nullable): JSON text that the service stored itself; %NULL becomes `null`
 *
 * Adds a value that is kept as text.
 */
void
mil_build_json (JsonBuilder *builder, const char *member, const char *json)
{
  JsonNode *node = json != NULL ? json_from_string (json, NULL) : NULL;

  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (member != NULL);

  json_builder_set_member_name (builder, member);
  json_builder_add_value (builder, node != NULL ? node : json_node_new (JSON_NODE_NULL));
}
