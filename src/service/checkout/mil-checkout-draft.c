/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service/checkout/mil-checkout-draft.h"

#include <glib/gi18n.h>

#include "base/mil-country.h"

static const char *const buyer_fields[] = { "first_name", "last_name", "email", "phone_number", NULL };
static const char *const context_fields[] = { "address_country", "address_region", "postal_code",
                                              "language",        "currency",       NULL };
static const char *const address_fields[] = {
  "first_name",     "last_name",   "street_address",  "extended_address", "address_locality",
  "address_region", "postal_code", "address_country", "phone_number",     NULL
};

static void
line_free (gpointer data)
{
  MilCheckoutLine *line = data;

  g_free (line->item_id);
  g_free (line);
}

/**
 * mil_checkout_draft_new:
 *
 * Returns: (transfer full): a draft of nothing, to be carried home
 */
MilCheckoutDraft *
mil_checkout_draft_new (void)
{
  MilCheckoutDraft *self = g_new0 (MilCheckoutDraft, 1);

  self->lines = g_ptr_array_new_with_free_func (line_free);
  return self;
}

/**
 * mil_checkout_draft_free:
 * @self: (transfer full) (nullable): a draft
 *
 * Frees a draft.
 */
void
mil_checkout_draft_free (MilCheckoutDraft *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_clear_pointer (&self->buyer, json_object_unref);
  g_clear_pointer (&self->context, json_object_unref);
  g_clear_pointer (&self->destination, json_object_unref);
  g_free (self);
}

/* Takes the named strings of the object where the reader stands. */
static JsonObject *
copy_fields (MilJson *json, const char *const *fields)
{
  JsonObject *copy = json_object_new ();

  for (guint i = 0; fields[i] != NULL; i++)
    {
      const char *text = mil_json_string_optional (json, fields[i], 300);

      if (text != NULL)
        json_object_set_string_member (copy, fields[i], text);
    }
  return copy;
}

static void
read_object (MilJson *json, const char *member, const char *const *fields, JsonObject **object)
{
  if (mil_json_enter_optional (json, member))
    {
      g_clear_pointer (object, json_object_unref);
      *object = copy_fields (json, fields);
      mil_json_leave (json);
    }
}

static void
read_line (MilCheckoutDraft *self, MilJson *json)
{
  MilCheckoutLine *line = g_new0 (MilCheckoutLine, 1);

  if (mil_json_enter (json, "item"))
    line->item_id = g_strdup (mil_json_string (json, "id", 200));
  mil_json_leave (json);
  line->quantity = mil_json_int (json, "quantity", 1, MIL_CHECKOUT_MAX_QUANTITY);
  g_ptr_array_add (self->lines, line);
}

static void
read_lines (MilCheckoutDraft *self, MilJson *json)
{
  guint n = mil_json_enter_array (json, "line_items", MIL_CHECKOUT_MAX_LINES);

  g_ptr_array_set_size (self->lines, 0);
  for (guint i = 0; i < n; i++)
    {
      if (mil_json_enter_item (json, i))
        read_line (self, json);
      mil_json_leave (json);
    }
  if (n == 0 && !mil_json_failed (json))
    mil_json_fail (json, NULL, "%s", _ ("expected at least one entry"));
  mil_json_leave (json);
}

/* The first method counts: all of a basket of one store goes the same way. */
static void
read_method (MilCheckoutDraft *self, MilJson *json)
{
  const char *type = mil_json_string_optional (json, "type", 40);
  guint       n;

  if (type != NULL && !g_str_equal (type, "pickup") && !g_str_equal (type, "shipping"))
    mil_json_fail (json, "type", "%s", _ ("expected pickup or shipping"));
  if (type != NULL)
    self->ships = g_str_equal (type, "shipping");
  n = mil_json_enter_array_optional (json, "destinations", 20);
  if (n > 0 && self->ships)
    {
      if (mil_json_enter_item (json, 0))
        {
          g_clear_pointer (&self->destination, json_object_unref);
          self->destination = copy_fields (json, address_fields);
        }
      mil_json_leave (json);
    }
  mil_json_leave (json);
}

static void
read_fulfillment (MilCheckoutDraft *self, MilJson *json)
{
  if (mil_json_enter_optional (json, "fulfillment"))
    {
      if (mil_json_enter_array_optional (json, "methods", 20) > 0)
        {
          if (mil_json_enter_item (json, 0))
            read_method (self, json);
          mil_json_leave (json);
        }
      mil_json_leave (json);
      mil_json_leave (json);
    }
}

/**
 * mil_checkout_draft_read:
 * @self: a draft; what the request does not say stays as it is
 * @call: a request that creates or updates a checkout
 * @error: return location
 *
 * Returns: %FALSE with @error set to %MIL_ERROR_INVALID when the body is not one
 */
gboolean
mil_checkout_draft_read (MilCheckoutDraft *self, MilCall *call, GError **error)
{
  g_autoptr (MilJson) json = NULL;

  g_return_val_if_fail (self != NULL && call != NULL, FALSE);

  json = mil_call_read (call, error);
  if (json == NULL)
    return FALSE;
  read_lines (self, json);
  read_object (json, "buyer", buyer_fields, &self->buyer);
  read_object (json, "context", context_fields, &self->context);
  read_fulfillment (self, json);
  return mil_json_finish (json, error);
}

static JsonObject *
restore_object (JsonObject *document, const char *member)
{
  JsonNode *node = json_object_get_member (document, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_object_ref (json_node_get_object (node)) : NULL;
}

/**
 * mil_checkout_draft_restore:
 * @self: a new draft
 * @document: a checkout as this service stored it
 *
 * Takes over what was said before, without the lines.
 */
void
mil_checkout_draft_restore (MilCheckoutDraft *self, JsonObject *document)
{
  JsonObject *fulfillment;
  JsonObject *method;

  g_return_if_fail (self != NULL && document != NULL);

  self->buyer = restore_object (document, "buyer");
  self->context = restore_object (document, "context");
  fulfillment = json_object_get_object_member (document, "fulfillment");
  method = json_array_get_object_element (json_object_get_array_member (fulfillment, "methods"), 0);
  self->ships = g_str_equal (json_object_get_string_member (method, "type"), "shipping");
  if (self->ships && json_array_get_length (json_object_get_array_member (method, "destinations")) > 0)
    self->destination = json_object_ref (
        json_array_get_object_element (json_object_get_array_member (method, "destinations"), 0));
}

/**
 * mil_checkout_draft_country:
 * @self: a draft
 *
 * Returns: (nullable): the country that it is to be sent to, if that is known
 */
const char *
mil_checkout_draft_country (MilCheckoutDraft *self)
{
  const char *country = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->destination != NULL)
    country = json_object_get_string_member_with_default (self->destination, "address_country", NULL);
  if (country == NULL && self->context != NULL)
    country = json_object_get_string_member_with_default (self->context, "address_country", NULL);
  return country != NULL && mil_country_is_known (country) ? country : NULL;
}
