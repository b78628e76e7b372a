/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"

G_BEGIN_DECLS

#define MIL_TYPE_LIST_PAGE       (mil_list_page_get_type ())
#define MIL_TYPE_PAGED_LIST (mil_paged_list_get_type ())

/**
 * MilListPage:
 * @items: (element-type GObject): what the page holds
 * @next: (nullable): where the next page starts; %NULL after the last one
 *
 * A page of a list that lies elsewhere.
 */
typedef struct
{
  GPtrArray *items;
  char      *next;
} MilListPage;

GType    mil_list_page_get_type (void);
MilListPage *mil_list_page_new      (GPtrArray     *items,
                            const char    *next);
MilListPage *mil_list_page_copy     (const MilListPage *self);
void     mil_list_page_free     (MilListPage       *self);

/**
 * MilPagedList:
 *
 * A #GListModel whose items come a page at a time. Reading near the end asks for the next page. A
 * page that failed is kept in mind with its error, and can be asked for again.
 *
 * Properties: `loading` (boolean), `error` (#GError, %NULL when all is well), `has-more` (boolean),
 * `n-items` (uint), `empty` (boolean: loaded, and nothing there).
 */
G_DECLARE_DERIVABLE_TYPE (MilPagedList, mil_paged_list, MIL, PAGED_LIST, GObject)

/**
 * MilPagedListClass:
 * @load_page: a future #MilListPage that starts at `cursor`; %NULL for the first page
 * @load_cached: (nullable): a future #MilListPage of what was known last time, for the first page
 */
struct _MilPagedListClass
{
  GObjectClass parent_class;

  DexFuture *(*load_page)   (MilPagedList *self,
                             const char   *cursor);
  DexFuture *(*load_cached) (MilPagedList *self);
};

void     mil_paged_list_reload      (MilPagedList *self);
void     mil_paged_list_load_more   (MilPagedList *self);
void     mil_paged_list_retry       (MilPagedList *self);
gboolean mil_paged_list_is_loading  (MilPagedList *self);
gboolean mil_paged_list_has_more    (MilPagedList *self);
GError  *mil_paged_list_get_error   (MilPagedList *self);
guint    mil_paged_list_get_n_items (MilPagedList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilListPage, mil_list_page_free)

G_END_DECLS
