/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mil-traveller-test.h"

#include "traveller/mil-balance.h"
#include "traveller/mil-paged-list.h"

#define PAGE_SIZE 20
#define N_PAGES 3

/* Three pages; the second one fails the first time. */
#define TEST_TYPE_LIST (test_list_get_type ())
G_DECLARE_FINAL_TYPE (TestList, test_list, TEST, LIST, MilPagedList)

struct _TestList
{
  MilPagedList parent_instance;

  guint    n_asked;
  gboolean has_failed;
};

G_DEFINE_FINAL_TYPE (TestList, test_list, MIL_TYPE_PAGED_LIST)

static DexFuture *
test_list_load_page (MilPagedList *list, const char *cursor)
{
  TestList        *self = TEST_LIST (list);
  guint            page = cursor != NULL ? atoi (cursor) : 0;
  GPtrArray       *items = NULL;
  g_autofree char *next = page + 1 < N_PAGES ? g_strdup_printf ("%u", page + 1) : NULL;

  self->n_asked++;
  if (page == 1 && !self->has_failed)
    {
      self->has_failed = TRUE;
      return mil_future_reject (MIL_ERROR_NETWORK, "The network is away. Try again.");
    }
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < PAGE_SIZE; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", page * PAGE_SIZE + i);
      MilBalanceInfo   info = { .id = id };
      g_ptr_array_add (items, mil_balance_new (&info));
    }
  return dex_future_new_take_boxed (MIL_TYPE_LIST_PAGE, mil_list_page_new (items, next));
}

static void
test_list_class_init (TestListClass *klass)
{
  MIL_PAGED_LIST_CLASS (klass)->load_page = test_list_load_page;
}

static void
test_list_init (TestList *self)
{
}

static gboolean
is_idle (gpointer data)
{
  return !mil_paged_list_is_loading (data);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
read_at (MilPagedList *list, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_nonnull (item);
  mil_test_turn_for (20);
  g_assert_true (mil_test_wait_until (is_idle, list, MIL_TEST_PATIENCE));
}

static void
test_pages (void)
{
  MilPagedList *list = g_object_new (TEST_TYPE_LIST, NULL);
  TestList     *self = TEST_LIST (list);

  mil_paged_list_reload (list);
  g_assert_true (mil_paged_list_is_loading (list));
  g_assert_true (mil_test_wait_until (is_idle, list, MIL_TEST_PATIENCE));
  g_assert_cmpuint (mil_paged_list_get_n_items (list), ==, PAGE_SIZE);
  read_at (list, 3);
  g_assert_cmpuint (self->n_asked, ==, 1);
  read_at (list, PAGE_SIZE - 2);
  g_assert_error (mil_paged_list_get_error (list), MIL_ERROR, MIL_ERROR_NETWORK);
  g_assert_cmpuint (mil_paged_list_get_n_items (list), ==, PAGE_SIZE);
  read_at (list, PAGE_SIZE - 1);
  g_assert_cmpuint (self->n_asked, ==, 2);
  mil_paged_list_retry (list);
  g_assert_true (mil_test_wait_until (is_idle, list, MIL_TEST_PATIENCE));
  g_assert_no_error (mil_paged_list_get_error (list));
  g_assert_cmpuint (mil_paged_list_get_n_items (list), ==, 2 * PAGE_SIZE);
  read_at (list, 2 * PAGE_SIZE - 1);
  g_assert_cmpuint (mil_paged_list_get_n_items (list), ==, N_PAGES * PAGE_SIZE);
  g_assert_false (mil_paged_list_has_more (list));
  read_at (list, N_PAGES * PAGE_SIZE - 1);
  g_assert_cmpuint (self->n_asked, ==, 4);
  mil_paged_list_reload (list);
  g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &list);
  g_object_unref (list);
  g_assert_true (mil_test_wait_until (is_gone, &list, MIL_TEST_PATIENCE));
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traveller/paged-list/pages", test_pages);
  return g_test_run ();
}
