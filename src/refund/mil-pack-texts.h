/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define MIL_TYPE_PACK_TEXTS (mil_pack_texts_get_type ())

/**
 * MilPackTexts:
 *
 * All words of the forms and letters in one language. They are data and no catalogs, because a form speaks the
 * language of the shop and of customs, not that of the program. Reference counted, never changes.
 */
typedef struct _MilPackTexts MilPackTexts;

GType         mil_pack_texts_get_type       (void);
MilPackTexts *mil_pack_texts_new            (JsonNode      *node,
                                             GError       **error);
MilPackTexts *mil_pack_texts_load           (const char    *data_dir,
                                             const char    *language,
                                             GError       **error);
MilPackTexts *mil_pack_texts_load_installed (const char    *language,
                                             GError       **error);
MilPackTexts *mil_pack_texts_ref            (MilPackTexts  *self);
void          mil_pack_texts_unref          (MilPackTexts  *self);

const char        *mil_pack_texts_language  (MilPackTexts  *self);
const char        *mil_pack_texts_find      (MilPackTexts  *self,
                                             const char    *key);
const char        *mil_pack_texts_get       (MilPackTexts  *self,
                                             const char    *key);
const char *const *mil_pack_languages       (void);
const char        *mil_pack_language_of     (const char    *country,
                                             const char    *region);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilPackTexts, mil_pack_texts_unref)

G_END_DECLS
