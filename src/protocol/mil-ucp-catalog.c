/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "protocol/mil-ucp-catalog.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_ID 500
#define MAX_TEXT 1000
#define MAX_URL 4000
#define MAX_BODY 50000

static const char *const message_types[] = { "error", "warning", "info", NULL };

static void
check_description (gpointer value, MilJson *json)
{
  MilUcpDescription *description = value;

  if (description->plain == NULL && description->html == NULL && description->markdown == NULL)
    mil_json_fail (json, NULL, "%s", _ ("is empty"));
}

static void
check_range (gpointer value, MilJson *json)
{
  MilUcpPriceRange *range = value;

  if (!g_str_equal (range->min.currency, range->max.currency) || range->min.minor > range->max.minor)
    mil_json_fail (json, NULL, "%s", _ ("is no range of prices"));
}

static void
check_product (gpointer value, MilJson *json)
{
  if (((MilUcpProduct *) value)->variants->len == 0)
    mil_json_fail (json, "variants", "%s", _ ("is empty"));
}

static void
check_page (gpointer value, MilJson *json)
{
  MilUcpPagination *pagination = value;

  if (pagination->has_next_page && pagination->cursor == NULL)
    mil_json_fail (json, "cursor", "%s", _ ("is missing"));
}

static void
check_lookup (gpointer value, MilJson *json)
{
  if (((MilUcpLookup *) value)->ids[0] == NULL)
    mil_json_fail (json, "ids", "%s", _ ("is empty"));
}

MIL_SHAPE_DEFINE (MilUcpDescription,
                  mil_ucp_description,
                  check_description,
                  MIL_STRING (MilUcpDescription, plain, MAX_BODY, OPTIONAL),
                  MIL_STRING (MilUcpDescription, html, MAX_BODY, OPTIONAL),
                  MIL_STRING (MilUcpDescription, markdown, MAX_BODY, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpCategory,
                  mil_ucp_category,
                  NULL,
                  MIL_STRING (MilUcpCategory, value, MAX_TEXT, REQUIRED),
                  MIL_STRING (MilUcpCategory, taxonomy, MAX_TEXT, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpPriceRange,
                  mil_ucp_price_range,
                  check_range,
                  MIL_AMOUNT (MilUcpPriceRange, min, 0, REQUIRED),
                  MIL_AMOUNT (MilUcpPriceRange, max, 0, REQUIRED))

MIL_SHAPE_DEFINE (MilUcpMedia,
                  mil_ucp_media,
                  NULL,
                  MIL_STRING (MilUcpMedia, type, 64, REQUIRED),
                  MIL_STRING (MilUcpMedia, url, MAX_URL, REQUIRED),
                  MIL_STRING (MilUcpMedia, alt_text, MAX_TEXT, OPTIONAL),
                  MIL_INT (MilUcpMedia, width, 1, 100000, OPTIONAL),
                  MIL_INT (MilUcpMedia, height, 1, 100000, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpOptionValue,
                  mil_ucp_option_value,
                  NULL,
                  MIL_STRING (MilUcpOptionValue, id, MAX_ID, OPTIONAL),
                  MIL_STRING (MilUcpOptionValue, label, MAX_TEXT, REQUIRED),
                  MIL_BOOLEAN (MilUcpOptionValue, available, TRUE),
                  MIL_BOOLEAN (MilUcpOptionValue, exists, TRUE))

MIL_SHAPE_DEFINE (MilUcpOption,
                  mil_ucp_option,
                  NULL,
                  MIL_STRING (MilUcpOption, name, MAX_TEXT, REQUIRED),
                  MIL_LIST (MilUcpOption, values, mil_ucp_option_value, 500, REQUIRED))

MIL_SHAPE_DEFINE (MilUcpSelectedOption,
                  mil_ucp_selected_option,
                  NULL,
                  MIL_STRING (MilUcpSelectedOption, name, MAX_TEXT, REQUIRED),
                  MIL_STRING (MilUcpSelectedOption, id, MAX_ID, OPTIONAL),
                  MIL_STRING (MilUcpSelectedOption, label, MAX_TEXT, REQUIRED))

MIL_SHAPE_DEFINE (MilUcpAvailability,
                  mil_ucp_availability,
                  NULL,
                  MIL_BOOLEAN (MilUcpAvailability, available, TRUE),
                  MIL_STRING (MilUcpAvailability, status, 64, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpBarcode,
                  mil_ucp_barcode,
                  NULL,
                  MIL_STRING (MilUcpBarcode, type, 64, REQUIRED),
                  MIL_STRING (MilUcpBarcode, value, 200, REQUIRED))

MIL_SHAPE_DEFINE (MilUcpInput,
                  mil_ucp_input,
                  NULL,
                  MIL_STRING (MilUcpInput, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilUcpInput, match, 64, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpLink,
                  mil_ucp_link,
                  NULL,
                  MIL_STRING (MilUcpLink, type, 64, REQUIRED),
                  MIL_STRING (MilUcpLink, url, MAX_URL, REQUIRED),
                  MIL_STRING (MilUcpLink, title, MAX_TEXT, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpSeller,
                  mil_ucp_seller,
                  NULL,
                  MIL_STRING (MilUcpSeller, name, MAX_TEXT, OPTIONAL),
                  MIL_LIST (MilUcpSeller, links, mil_ucp_link, 50, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpVariant,
                  mil_ucp_variant,
                  NULL,
                  MIL_STRING (MilUcpVariant, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilUcpVariant, sku, MAX_ID, OPTIONAL),
                  MIL_STRING (MilUcpVariant, handle, MAX_ID, OPTIONAL),
                  MIL_STRING (MilUcpVariant, url, MAX_URL, OPTIONAL),
                  MIL_STRING (MilUcpVariant, title, MAX_TEXT, REQUIRED),
                  MIL_OBJECT (MilUcpVariant, description, MilUcpDescription, mil_ucp_description, REQUIRED),
                  MIL_LIST (MilUcpVariant, barcodes, mil_ucp_barcode, 50, OPTIONAL),
                  MIL_LIST (MilUcpVariant, categories, mil_ucp_category, 50, OPTIONAL),
                  MIL_AMOUNT (MilUcpVariant, price, 0, REQUIRED),
                  MIL_AMOUNT (MilUcpVariant, list_price, 0, OPTIONAL),
                  MIL_OBJECT (MilUcpVariant, availability, MilUcpAvailability, mil_ucp_availability, OPTIONAL),
                  MIL_LIST (MilUcpVariant, options, mil_ucp_selected_option, 50, OPTIONAL),
                  MIL_LIST (MilUcpVariant, media, mil_ucp_media, 100, OPTIONAL),
                  MIL_STRINGS (MilUcpVariant, tags, 200, OPTIONAL),
                  MIL_OBJECT (MilUcpVariant, seller, MilUcpSeller, mil_ucp_seller, OPTIONAL),
                  MIL_LIST (MilUcpVariant, inputs, mil_ucp_input, 500, OPTIONAL),
                  MIL_NODE (MilUcpVariant, metadata, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpProduct,
                  mil_ucp_product,
                  check_product,
                  MIL_STRING (MilUcpProduct, id, MAX_ID, REQUIRED),
                  MIL_STRING (MilUcpProduct, handle, MAX_ID, OPTIONAL),
                  MIL_STRING (MilUcpProduct, url, MAX_URL, OPTIONAL),
                  MIL_STRING (MilUcpProduct, title, MAX_TEXT, REQUIRED),
                  MIL_OBJECT (MilUcpProduct, description, MilUcpDescription, mil_ucp_description, REQUIRED),
                  MIL_LIST (MilUcpProduct, categories, mil_ucp_category, 50, OPTIONAL),
                  MIL_OBJECT (MilUcpProduct, price_range, MilUcpPriceRange, mil_ucp_price_range, REQUIRED),
                  MIL_OBJECT (MilUcpProduct, list_price_range, MilUcpPriceRange, mil_ucp_price_range, OPTIONAL),
                  MIL_LIST (MilUcpProduct, media, mil_ucp_media, 100, OPTIONAL),
                  MIL_LIST (MilUcpProduct, options, mil_ucp_option, 50, OPTIONAL),
                  MIL_LIST (MilUcpProduct, variants, mil_ucp_variant, 1000, REQUIRED),
                  MIL_LIST (MilUcpProduct, selected, mil_ucp_selected_option, 50, OPTIONAL),
                  MIL_STRINGS (MilUcpProduct, tags, 200, OPTIONAL),
                  MIL_NODE (MilUcpProduct, rating, OPTIONAL),
                  MIL_NODE (MilUcpProduct, metadata, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpMessage,
                  mil_ucp_message,
                  NULL,
                  MIL_CHOICE (MilUcpMessage, type, message_types, REQUIRED),
                  MIL_STRING (MilUcpMessage, code, 200, OPTIONAL),
                  MIL_STRING (MilUcpMessage, path, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilUcpMessage, severity, 64, OPTIONAL),
                  MIL_STRING (MilUcpMessage, content, 5000, REQUIRED),
                  MIL_STRING (MilUcpMessage, content_type, 64, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpContext,
                  mil_ucp_context,
                  NULL,
                  MIL_STRING (MilUcpContext, address_country, 64, OPTIONAL),
                  MIL_STRING (MilUcpContext, address_region, 200, OPTIONAL),
                  MIL_STRING (MilUcpContext, postal_code, 40, OPTIONAL),
                  MIL_STRING (MilUcpContext, intent, MAX_TEXT, OPTIONAL),
                  MIL_STRING (MilUcpContext, language, 40, OPTIONAL),
                  MIL_STRING (MilUcpContext, currency, 3, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpPriceFilter,
                  mil_ucp_price_filter,
                  NULL,
                  MIL_INT (MilUcpPriceFilter, min, 0, G_MAXINT64, OPTIONAL),
                  MIL_INT (MilUcpPriceFilter, max, 0, G_MAXINT64, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpFilters,
                  mil_ucp_filters,
                  NULL,
                  MIL_STRINGS (MilUcpFilters, categories, 100, OPTIONAL),
                  MIL_OBJECT (MilUcpFilters, price, MilUcpPriceFilter, mil_ucp_price_filter, OPTIONAL),
                  MIL_STRINGS (MilUcpFilters, stores, 100, OPTIONAL),
                  MIL_STRINGS (MilUcpFilters, countries, 100, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpPagination,
                  mil_ucp_pagination,
                  check_page,
                  MIL_STRING (MilUcpPagination, cursor, 2000, OPTIONAL),
                  MIL_INT (MilUcpPagination, limit, 1, 1000, OPTIONAL),
                  MIL_BOOLEAN (MilUcpPagination, has_next_page, FALSE),
                  MIL_INT (MilUcpPagination, total_count, 0, G_MAXINT64, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpSearch,
                  mil_ucp_search,
                  NULL,
                  MIL_STRING (MilUcpSearch, query, MAX_TEXT, OPTIONAL),
                  MIL_OBJECT (MilUcpSearch, context, MilUcpContext, mil_ucp_context, OPTIONAL),
                  MIL_OBJECT (MilUcpSearch, filters, MilUcpFilters, mil_ucp_filters, OPTIONAL),
                  MIL_OBJECT (MilUcpSearch, pagination, MilUcpPagination, mil_ucp_pagination, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpProducts,
                  mil_ucp_products,
                  NULL,
                  MIL_NODE (MilUcpProducts, ucp, REQUIRED),
                  MIL_LIST (MilUcpProducts, products, mil_ucp_product, 1000, REQUIRED),
                  MIL_OBJECT (MilUcpProducts, pagination, MilUcpPagination, mil_ucp_pagination, OPTIONAL),
                  MIL_LIST (MilUcpProducts, messages, mil_ucp_message, 200, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpLookup,
                  mil_ucp_lookup,
                  check_lookup,
                  MIL_STRINGS (MilUcpLookup, ids, 500, REQUIRED),
                  MIL_OBJECT (MilUcpLookup, context, MilUcpContext, mil_ucp_context, OPTIONAL),
                  MIL_OBJECT (MilUcpLookup, filters, MilUcpFilters, mil_ucp_filters, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpProductRequest,
                  mil_ucp_product_request,
                  NULL,
                  MIL_STRING (MilUcpProductRequest, id, MAX_ID, REQUIRED),
                  MIL_LIST (MilUcpProductRequest, selected, mil_ucp_selected_option, 50, OPTIONAL),
                  MIL_STRINGS (MilUcpProductRequest, preferences, 50, OPTIONAL),
                  MIL_OBJECT (MilUcpProductRequest, context, MilUcpContext, mil_ucp_context, OPTIONAL))

MIL_SHAPE_DEFINE (MilUcpProductAnswer,
                  mil_ucp_product_answer,
                  NULL,
                  MIL_NODE (MilUcpProductAnswer, ucp, REQUIRED),
                  MIL_OBJECT (MilUcpProductAnswer, product, MilUcpProduct, mil_ucp_product, REQUIRED),
                  MIL_LIST (MilUcpProductAnswer, messages, mil_ucp_message, 200, OPTIONAL))
