/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "base/mil-json.h"
#include "refund/mil-tax-free-form.h"

/* A form that is accepted can be written and read again and says the same, and its taxes are no more than its prices. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonNode) node = mil_json_parse (bytes, 1 << 20, NULL);
  g_autoptr (JsonNode) written = NULL, again = NULL;
  g_autoptr (MilTaxFreeForm) form = NULL, second = NULL;
  g_autoptr (GArray) rates = NULL;
  g_autoptr (GError) error = NULL;

  if (node == NULL)
    return 0;
  form = mil_tax_free_form_new (node, &error);
  if (form == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  written = mil_tax_free_form_to_json (form);
  second = mil_tax_free_form_new (written, &error);
  g_assert_no_error (error);
  again = mil_tax_free_form_to_json (second);
  g_assert_true (json_node_equal (written, again));
  rates = mil_tax_free_form_vat (form);
  for (guint i = 1; i < rates->len; i++)
    g_assert_cmpint (mil_decimal_compare (g_array_index (rates, MilFormVat, i - 1).rate,
                                          g_array_index (rates, MilFormVat, i).rate),
                     >,
                     0);
  return 0;
}
