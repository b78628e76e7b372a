/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "protocol/mil-shape.h"

G_BEGIN_DECLS

/* UCP 2026-04-08, capabilities dev.ucp.shopping.catalog.search and .lookup. */

#define MIL_UCP_VERSION "2026-04-08"

typedef struct
{
  char *plain; /* all (nullable), one of them is there */
  char *html;
  char *markdown;
} MilUcpDescription;
MIL_SHAPE_DECLARE (MilUcpDescription, mil_ucp_description)

typedef struct
{
  char *value;
  char *taxonomy; /* (nullable) */
} MilUcpCategory;
MIL_SHAPE_DECLARE (MilUcpCategory, mil_ucp_category)

typedef struct
{
  MilMoney min;
  MilMoney max;
} MilUcpPriceRange;
MIL_SHAPE_DECLARE (MilUcpPriceRange, mil_ucp_price_range)

typedef struct
{
  char  *type; /* image, video … */
  char  *url;
  char  *alt_text; /* (nullable) */
  gint64 width;    /* 0 when not known */
  gint64 height;
} MilUcpMedia;
MIL_SHAPE_DECLARE (MilUcpMedia, mil_ucp_media)

typedef struct
{
  char    *id; /* (nullable) */
  char    *label;
  gboolean available;
  gboolean exists;
} MilUcpOptionValue;
MIL_SHAPE_DECLARE (MilUcpOptionValue, mil_ucp_option_value)

typedef struct
{
  char      *name;
  GPtrArray *values; /* of MilUcpOptionValue */
} MilUcpOption;
MIL_SHAPE_DECLARE (MilUcpOption, mil_ucp_option)

typedef struct
{
  char *name;
  char *id; /* (nullable) */
  char *label;
} MilUcpSelectedOption;
MIL_SHAPE_DECLARE (MilUcpSelectedOption, mil_ucp_selected_option)

typedef struct
{
  gboolean available; /* TRUE when nothing is said */
  char    *status;    /* (nullable): in_stock, backorder … */
} MilUcpAvailability;
MIL_SHAPE_DECLARE (MilUcpAvailability, mil_ucp_availability)

typedef struct
{
  char *type; /* EAN, UPC … */
  char *value;
} MilUcpBarcode;
MIL_SHAPE_DECLARE (MilUcpBarcode, mil_ucp_barcode)

typedef struct
{
  char *id;
  char *match; /* (nullable): exact, featured … */
} MilUcpInput;
MIL_SHAPE_DECLARE (MilUcpInput, mil_ucp_input)

typedef struct
{
  char      *type;
  char      *url;
  char      *title; /* (nullable) */
} MilUcpLink;
MIL_SHAPE_DECLARE (MilUcpLink, mil_ucp_link)

typedef struct
{
  char      *name;  /* (nullable) */
  GPtrArray *links; /* of MilUcpLink */
} MilUcpSeller;
MIL_SHAPE_DECLARE (MilUcpSeller, mil_ucp_seller)

typedef struct
{
  char               *id;
  char               *sku; /* these three (nullable) */
  char               *handle;
  char               *url;
  char               *title;
  MilUcpDescription  *description;
  GPtrArray          *barcodes;   /* of MilUcpBarcode */
  GPtrArray          *categories; /* of MilUcpCategory */
  MilMoney            price;
  MilMoney            list_price;   /* "no amount" when it is the price */
  MilUcpAvailability *availability; /* (nullable) */
  GPtrArray          *options;      /* of MilUcpSelectedOption */
  GPtrArray          *media;        /* of MilUcpMedia */
  GStrv               tags;         /* (nullable) */
  MilUcpSeller       *seller;       /* (nullable) */
  GPtrArray          *inputs;       /* of MilUcpInput, in the answer of a lookup */
  JsonNode           *metadata;     /* (nullable) */
} MilUcpVariant;
MIL_SHAPE_DECLARE (MilUcpVariant, mil_ucp_variant)

typedef struct
{
  char              *id;
  char              *handle; /* these two (nullable) */
  char              *url;
  char              *title;
  MilUcpDescription *description;
  GPtrArray         *categories; /* of MilUcpCategory */
  MilUcpPriceRange  *price_range;
  MilUcpPriceRange  *list_price_range; /* (nullable) */
  GPtrArray         *media;            /* of MilUcpMedia */
  GPtrArray         *options;          /* of MilUcpOption */
  GPtrArray         *variants;         /* of MilUcpVariant, at least one */
  GPtrArray         *selected;         /* of MilUcpSelectedOption, in the answer about one product */
  GStrv              tags;             /* (nullable) */
  JsonNode          *rating;           /* (nullable) */
  JsonNode          *metadata;         /* (nullable) */
} MilUcpProduct;
MIL_SHAPE_DECLARE (MilUcpProduct, mil_ucp_product)

typedef struct
{
  char *type; /* error, warning, info */
  char *code; /* these three (nullable) */
  char *path;
  char *severity; /* of errors: recoverable, requires_buyer_input, requires_buyer_review, unrecoverable */
  char *content;
  char *content_type; /* (nullable): plain, markdown */
} MilUcpMessage;
MIL_SHAPE_DECLARE (MilUcpMessage, mil_ucp_message)

typedef struct
{
  char *address_country; /* all (nullable) */
  char *address_region;
  char *postal_code;
  char *intent;
  char *language;
  char *currency;
} MilUcpContext;
MIL_SHAPE_DECLARE (MilUcpContext, mil_ucp_context)

typedef struct
{
  gint64 min; /* minor units; 0 for none */
  gint64 max;
} MilUcpPriceFilter;
MIL_SHAPE_DECLARE (MilUcpPriceFilter, mil_ucp_price_filter)

typedef struct
{
  GStrv              categories; /* all (nullable) */
  MilUcpPriceFilter *price;
  GStrv              stores;    /* these two are ours, over all stores */
  GStrv              countries;
} MilUcpFilters;
MIL_SHAPE_DECLARE (MilUcpFilters, mil_ucp_filters)

typedef struct
{
  char    *cursor; /* (nullable) */
  gint64   limit;  /* of a request; 0 for the store's own */
  gboolean has_next_page;
  gint64   total_count; /* 0 when not known */
} MilUcpPagination;
MIL_SHAPE_DECLARE (MilUcpPagination, mil_ucp_pagination)

/* POST …/catalog/search */
typedef struct
{
  char             *query; /* all (nullable) */
  MilUcpContext    *context;
  MilUcpFilters    *filters;
  MilUcpPagination *pagination;
} MilUcpSearch;
MIL_SHAPE_DECLARE (MilUcpSearch, mil_ucp_search)

/* The answer of search and lookup */
typedef struct
{
  JsonNode         *ucp;
  GPtrArray        *products;   /* of MilUcpProduct */
  MilUcpPagination *pagination; /* (nullable) */
  GPtrArray        *messages;   /* of MilUcpMessage */
} MilUcpProducts;
MIL_SHAPE_DECLARE (MilUcpProducts, mil_ucp_products)

/* POST …/catalog/lookup */
typedef struct
{
  GStrv          ids;
  MilUcpContext *context; /* these two (nullable) */
  MilUcpFilters *filters;
} MilUcpLookup;
MIL_SHAPE_DECLARE (MilUcpLookup, mil_ucp_lookup)

/* POST …/catalog/product */
typedef struct
{
  char          *id;
  GPtrArray     *selected;    /* of MilUcpSelectedOption */
  GStrv          preferences; /* these two (nullable) */
  MilUcpContext *context;
} MilUcpProductRequest;
MIL_SHAPE_DECLARE (MilUcpProductRequest, mil_ucp_product_request)

typedef struct
{
  JsonNode      *ucp;
  MilUcpProduct *product;
  GPtrArray     *messages; /* of MilUcpMessage */
} MilUcpProductAnswer;
MIL_SHAPE_DECLARE (MilUcpProductAnswer, mil_ucp_product_answer)

G_END_DECLS
