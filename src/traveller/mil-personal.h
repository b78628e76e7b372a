/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MIL_TYPE_PERSONAL (mil_personal_get_type ())

/**
 * MilPersonal:
 * @number: (nullable): number of the travel document
 * @street: (nullable): street and house of the home address
 * @postcode: (nullable): its postal code
 * @city: (nullable): its city
 * @email: (nullable): address for mail
 * @phone: (nullable): telephone number
 *
 * What is known of a person that lies in the keyring alone.
 */
typedef struct
{
  char *number;
  char *street;
  char *postcode;
  char *city;
  char *email;
  char *phone;
} MilPersonal;

GType        mil_personal_get_type    (void);
MilPersonal *mil_personal_new         (void);
MilPersonal *mil_personal_copy        (const MilPersonal *self);
void         mil_personal_free        (MilPersonal       *self);
gboolean     mil_personal_is_empty    (const MilPersonal *self);
gboolean     mil_personal_has_address (const MilPersonal *self);
char        *mil_personal_to_secret   (const MilPersonal *self);
MilPersonal *mil_personal_from_secret (const char        *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPersonal, mil_personal_free)

G_END_DECLS
