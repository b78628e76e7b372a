/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-form-needs.h"

typedef struct
{
  char         country[3];
  MilFormNeeds needs;
} Row;

static const Row rows[] = {
#include "refund/mil-form-needs.inc"
};

/* A form that customs hold beside the passport: who, living where, with which document. */
#define ELSEWHERE                                                                                            \
  (MIL_FORM_NEEDS_SURNAME | MIL_FORM_NEEDS_GIVEN_NAMES | MIL_FORM_NEEDS_RESIDENCE | MIL_FORM_NEEDS_NUMBER | MIL_FORM_NEEDS_ISSUER)

/**
 * mil_form_needs:
 * @country: (nullable): ISO 3166 code of whose tax it is
 *
 * What the tax-free form of a country has to say of the person who bought, as "form" in data/schemes names it
 * with its source. For a country without a scheme of ours, what every form says.
 *
 * Returns: what has to be known
 */
MilFormNeeds
mil_form_needs (const char *country)
{
  for (gsize i = 0; country != NULL && i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].country, country))
      return rows[i].needs;
  return ELSEWHERE;
}
