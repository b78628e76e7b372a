/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form-needs.h"

/* A form that customs hold beside the passport: who, living where, with which document. */
#define EVERYWHERE                                                                                           \
  (MIL_FORM_NEEDS_SURNAME | MIL_FORM_NEEDS_GIVEN_NAMES | MIL_FORM_NEEDS_RESIDENCE | MIL_FORM_NEEDS_NUMBER | MIL_FORM_NEEDS_ISSUER)

typedef struct
{
  char         country[3];
  MilFormNeeds also;
} Row;

/* What the forms of these ask for beyond that:
 * DE: § 17 UStDV, name and address of the buyer.
 * ES: fields of an operator's web service for DIVA (traveltaxfree.com).
 * FR: fields of the BVE as an operator takes them (cerfa 15021).
 * GB: form VAT407 (gov.uk, notes on VAT407), Northern Ireland.
 * JP: purchase record sent to the NTA's tax-free sales management system (nta.go.jp).
 * PL: document TAX FREE in PUESC, address of the traveller (puesc.gov.pl).
 * SG: ticket of the eTRS, nationality beside the passport (iras.gov.sg). */
static const Row rows[] = {
  { "DE", MIL_FORM_NEEDS_ADDRESS },
  { "ES", MIL_FORM_NEEDS_BORN },
  { "FR", MIL_FORM_NEEDS_BORN | MIL_FORM_NEEDS_NATIONALITY | MIL_FORM_NEEDS_EXPIRY | MIL_FORM_NEEDS_ADDRESS },
  { "GB", MIL_FORM_NEEDS_ADDRESS },
  { "JP", MIL_FORM_NEEDS_BORN | MIL_FORM_NEEDS_NATIONALITY },
  { "PL", MIL_FORM_NEEDS_ADDRESS },
  { "SG", MIL_FORM_NEEDS_NATIONALITY },
};

/**
 * mil_form_needs:
 * @country: (nullable): ISO 3166 code of whose tax it is
 *
 * What the tax-free form of a country has to say of the person who bought. Where no source settles it,
 * what every form says.
 *
 * Returns: what has to be known
 */
MilFormNeeds
mil_form_needs (const char *country)
{
  for (gsize i = 0; country != NULL && i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].country, country))
      return EVERYWHERE | rows[i].also;
  return EVERYWHERE;
}
