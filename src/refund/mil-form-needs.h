/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MilFormNeeds:
 * @MIL_FORM_NEEDS_SURNAME: family name
 * @MIL_FORM_NEEDS_GIVEN_NAMES: given names
 * @MIL_FORM_NEEDS_RESIDENCE: country of residence
 * @MIL_FORM_NEEDS_NUMBER: number of the travel document
 * @MIL_FORM_NEEDS_ISSUER: country that issued it
 * @MIL_FORM_NEEDS_EXPIRY: last day of its validity
 * @MIL_FORM_NEEDS_BORN: day of birth
 * @MIL_FORM_NEEDS_NATIONALITY: nationality
 * @MIL_FORM_NEEDS_ADDRESS: home address
 *
 * What a tax-free form says of the person who bought.
 */
typedef enum
{
  MIL_FORM_NEEDS_NOTHING = 0,
  MIL_FORM_NEEDS_SURNAME = 1 << 0,
  MIL_FORM_NEEDS_GIVEN_NAMES = 1 << 1,
  MIL_FORM_NEEDS_RESIDENCE = 1 << 2,
  MIL_FORM_NEEDS_NUMBER = 1 << 3,
  MIL_FORM_NEEDS_ISSUER = 1 << 4,
  MIL_FORM_NEEDS_EXPIRY = 1 << 5,
  MIL_FORM_NEEDS_BORN = 1 << 6,
  MIL_FORM_NEEDS_NATIONALITY = 1 << 7,
  MIL_FORM_NEEDS_ADDRESS = 1 << 8,
} MilFormNeeds;

MilFormNeeds mil_form_needs (const char *country);

G_END_DECLS
