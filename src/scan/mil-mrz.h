/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "base/mil-date.h"

G_BEGIN_DECLS

#define MIL_TYPE_MRZ (mil_mrz_get_type ())

/**
 * MilMrzType:
 * @MIL_MRZ_TD1: card, three lines of 30
 * @MIL_MRZ_TD2: card, two lines of 36
 * @MIL_MRZ_TD3: passport, two lines of 44
 * @MIL_MRZ_MRV_A: visa, two lines of 44
 * @MIL_MRZ_MRV_B: visa, two lines of 36
 */
typedef enum
{
  MIL_MRZ_TD1,
  MIL_MRZ_TD2,
  MIL_MRZ_TD3,
  MIL_MRZ_MRV_A,
  MIL_MRZ_MRV_B,
} MilMrzType;

/**
 * MilMrz:
 * @type: which layout
 * @lines: the lines as they stand
 * @valid: whether every check digit is right
 * @corrected: whether letters were changed to make the check digits right
 * @document_code: "P", "ID", "V" …
 * @issuer: issuing state, three letters ("D" for Germany)
 * @surname: family name
 * @given_names: given names
 * @number: document number
 * @nationality: three letters; never tells where the person lives
 * @birth: day of birth, unset where not known
 * @sex: 'F', 'M', or 'X'
 * @expiry: last day of validity, unset where not known
 * @optional: what the issuer adds
 *
 * The machine readable zone of a travel document (ICAO 9303).
 */
typedef struct
{
  MilMrzType type;
  char      *lines[4];
  gboolean   valid;
  gboolean   corrected;
  char      *document_code;
  char      *issuer;
  char      *surname;
  char      *given_names;
  char      *number;
  char      *nationality;
  MilDate    birth;
  char       sex;
  MilDate    expiry;
  char      *optional;
} MilMrz;

/**
 * MilMrzPart:
 * @MIL_MRZ_PART_NUMBER: the number of the document
 * @MIL_MRZ_PART_BIRTH: the day of birth
 * @MIL_MRZ_PART_EXPIRY: the last day of validity
 *
 * What has a check digit of its own.
 */
typedef enum
{
  MIL_MRZ_PART_NUMBER,
  MIL_MRZ_PART_BIRTH,
  MIL_MRZ_PART_EXPIRY,
} MilMrzPart;

GType       mil_mrz_get_type (void);
MilMrz     *mil_mrz_copy (const MilMrz *self);
void        mil_mrz_free (MilMrz *self);
MilMrz     *mil_mrz_parse (const char *const *lines, MilDate today);
gboolean    mil_mrz_is_right (const MilMrz *self, MilMrzPart part);
const char *mil_mrz_country (const char *code);
char        mil_mrz_check_digit (const char *text, gsize length);
const char *mil_mrz_type_name (MilMrzType type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilMrz, mil_mrz_free)

G_END_DECLS
