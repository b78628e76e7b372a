/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-key.h"
#include "protocol/mil-shape.h"

G_BEGIN_DECLS

/* UCP 2026-04-08, discovery: what a store at /.well-known/ucp says that it speaks. */

typedef struct
{
  char *name; /* dev.ucp.shopping … */
  char *version;
  char *transport; /* rest, mcp, a2a, embedded */
  char *endpoint;  /* these three (nullable) */
  char *spec;
  char *schema;
} MilUcpService;
MIL_SHAPE_DECLARE (MilUcpService, mil_ucp_service)

typedef struct
{
  char     *name; /* dev.ucp.shopping.checkout … */
  char     *version;
  char     *spec; /* all the rest (nullable) */
  char     *schema;
  JsonNode *extends;
  JsonNode *config;
} MilUcpCapability;
MIL_SHAPE_DECLARE (MilUcpCapability, mil_ucp_capability)

typedef struct
{
  char     *name; /* io.github.milione.wallet … */
  char     *id;   /* what an instrument's handler_id says */
  char     *version;
  char     *spec; /* all the rest (nullable) */
  char     *schema;
  JsonNode *config;
  JsonNode *available_instruments;
} MilUcpPaymentHandler;
MIL_SHAPE_DECLARE (MilUcpPaymentHandler, mil_ucp_payment_handler)

typedef struct
{
  char      *version;
  char      *status;             /* (nullable) */
  GPtrArray *services;           /* of MilUcpService */
  GPtrArray *capabilities;       /* of MilUcpCapability */
  GPtrArray *payment_handlers;   /* of MilUcpPaymentHandler */
  JsonNode  *supported_versions; /* (nullable) */
} MilUcpMetadata;
MIL_SHAPE_DECLARE (MilUcpMetadata, mil_ucp_metadata)

typedef struct
{
  MilUcpMetadata *ucp;
  JsonNode       *signing_keys; /* (nullable): a list of JSON Web Keys */
} MilUcpProfile;
MIL_SHAPE_DECLARE (MilUcpProfile, mil_ucp_profile)

const char           *mil_ucp_profile_endpoint       (const MilUcpProfile *self,
                                                      const char          *service);
gboolean              mil_ucp_profile_has_capability (const MilUcpProfile *self,
                                                      const char          *name);
MilUcpPaymentHandler *mil_ucp_profile_handler        (const MilUcpProfile *self,
                                                      const char          *name);
MilKey               *mil_ucp_profile_signing_key    (const MilUcpProfile *self,
                                                      const char          *key_id,
                                                      GError             **error);

G_END_DECLS
