/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "traveller/mil-person.h"

G_BEGIN_DECLS

char *mil_person_facts_text (const MilPersonInfo *info);
char *mil_person_missing_text (const MilPersonInfo *info, const char *country);
char *mil_person_told_text (const MilPersonInfo *info, const char *country);
char *mil_person_expired_text (const MilPersonInfo *info, MilDate day);

G_END_DECLS
