/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "base/mil-date.h"

G_BEGIN_DECLS

#define MIL_TYPE_TERRITORIES (mil_territories_get_type ())

/**
 * MilTerritories:
 *
 * Groups of countries with the days of joining and leaving (the EU), and the places where tax and
 * country borders differ (Northern Ireland, Livigno, the Canary Islands, Monaco …). Reference counted, immutable.
 */
typedef struct _MilTerritories MilTerritories;

/**
 * MilPlace:
 * @code: "GB-NIR", "IT-LIVIGNO", or a plain country code ("MC")
 * @name: what it is called, or %NULL where its country's name does
 * @country: the country it belongs to by ISO 3166-1
 * @scheme: country whose refund scheme serves the shops there; %NULL if no scheme does
 * @scheme_region: the part of that scheme that has rules of its own, or %NULL
 * @untaxed: shops there charge none of the tax that a scheme could give back
 * @outside: lies outside its country's tax territory, so that its residents may count as visitors
 * @source: address of the source of all this, or %NULL
 *
 * A place where tax and country borders differ.
 */
typedef struct
{
  char    *code;
  char    *name;
  char    *country;
  char    *scheme;
  char    *scheme_region;
  gboolean untaxed;
  gboolean outside;
  char    *source;
} MilPlace;

GType           mil_territories_get_type (void);
MilTerritories *mil_territories_new (GBytes *json, GError **error);
MilTerritories *mil_territories_ref (MilTerritories *self);
void            mil_territories_unref (MilTerritories *self);

const MilPlace *mil_territories_find (MilTerritories *self, const char *country, const char *region, const char *city);
gboolean mil_territories_in_group (MilTerritories *self, const char *group, const char *code, MilDate day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilTerritories, mil_territories_unref)

G_END_DECLS
