/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-receipt-pages.h"

/* "Page 2 of 3", "Seite 2/3", "Pagina 2 di 3", "第2頁 共3頁", "2 / 3 ページ", "페이지 2/3". */
#define WORD "(?:page|pag\\.?|p[aá]gina|seite|blatt|bladzijde|blz\\.?|페이지|ページ)"
#define OF "(?:/|of|von|di|de|sur|van)"
#define PAGE_PATTERN                                                                                         \
  "(?:" WORD "\\s*:?\\s*(\\d{1,3})\\s*" OF "\\s*(\\d{1,3})\\b)"                                              \
  "|(?:第\\s*(\\d{1,3})\\s*[页頁]\\s*[,，/]?\\s*共\\s*(\\d{1,3})\\s*[页頁])"                                 \
  "|(?:\\b(\\d{1,3})\\s*/\\s*(\\d{1,3})\\s*(?:ページ|페이지|쪽))"

/**
 * mil_receipt_page_number:
 * @text: (nullable): what a page says
 * @number: (out): which page it is, from 1
 * @of: (out): how many there are
 *
 * Finds what a page says about its place in a document, in the languages that receipts are read in.
 *
 * Returns: whether it says so
 */
gboolean
mil_receipt_page_number (const char *text, guint *number, guint *of)
{
  g_autoptr (GRegex) regex = g_regex_new (PAGE_PATTERN, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_return_val_if_fail (number != NULL && of != NULL, FALSE);
  g_return_val_if_fail (regex != NULL, FALSE);

  if (text == NULL || !g_utf8_validate (text, -1, NULL) || !g_regex_match (regex, text, 0, &match))
    return FALSE;
  for (int group = 1; group <= 5; group += 2)
    {
      g_autofree char *first = g_match_info_fetch (match, group);
      g_autofree char *second = g_match_info_fetch (match, group + 1);
      if (first == NULL || *first == '\0' || second == NULL || *second == '\0')
        continue;
      *number = (guint) g_ascii_strtoull (first, NULL, 10);
      *of = (guint) g_ascii_strtoull (second, NULL, 10);
      return *number >= 1 && *number <= *of && *of > 1;
    }
  return FALSE;
}

/* What the pages of one receipt said so far. */
typedef struct
{
  const char *merchant;
  const char *time;
  MilDate     date;
  MilDecimal  total;
  gboolean    has_total;
  guint       n_pages;
} Group;

static const char *
merchant_of (const MilReceipt *page)
{
  return mil_receipt_has (page, MIL_RECEIPT_MERCHANT) ? page->merchant : NULL;
}

static gboolean
same_name (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return g_str_equal (folded_a, folded_b);
}

/* Two shops or two days are never one receipt. */
static gboolean
contradicts (const Group *group, const MilReceipt *page)
{
  const char *merchant = merchant_of (page);

  if (mil_date_is_set (group->date) && mil_date_is_set (page->date) && mil_date_compare (group->date, page->date) != 0)
    return TRUE;
  if (group->time != NULL && page->time != NULL && !g_str_equal (group->time, page->time))
    return TRUE;
  return group->merchant != NULL && merchant != NULL && !same_name (group->merchant, merchant);
}

/* It could be a receipt by itself. */
static gboolean
is_whole (const MilReceipt *page)
{
  return page != NULL && mil_receipt_has (page, MIL_RECEIPT_TOTAL)
         && (mil_date_is_set (page->date) || merchant_of (page) != NULL);
}

static gboolean
begins_receipt (const Group *group, const MilReceipt *page)
{
  guint number = 0;
  guint of = 0;

  if (group->n_pages >= MIL_RECEIPT_MAX_SECTIONS)
    return TRUE;
  if (page == NULL)
    return FALSE;
  if (mil_receipt_page_number (page->text, &number, &of))
    return number == 1;
  if (!is_whole (page))
    return FALSE;
  if (contradicts (group, page))
    return TRUE;
  return group->has_total && mil_decimal_compare (group->total, page->amounts[MIL_RECEIPT_TOTAL]) != 0;
}

static void
add_page (Group *group, const MilReceipt *page)
{
  group->n_pages++;
  if (page == NULL)
    return;
  if (group->merchant == NULL)
    group->merchant = merchant_of (page);
  if (group->time == NULL)
    group->time = page->time;
  if (!mil_date_is_set (group->date))
    group->date = page->date;
  if (!group->has_total && mil_receipt_has (page, MIL_RECEIPT_TOTAL))
    {
      group->has_total = TRUE;
      group->total = page->amounts[MIL_RECEIPT_TOTAL];
    }
}

/**
 * mil_receipt_pages_group:
 * @pages: (element-type MilReceipt) (nullable): what each page of a document says when it is read alone,
 * %NULL for one that is no receipt
 *
 * Says which pages are a receipt of their own and which go on with the one before: a page with a total of its
 * own begins a receipt, unless it says "page 2 of 3" or repeats the total before; a page without one goes on.
 *
 * Returns: (transfer full) (element-type guint): the first page of each receipt, from 0; page 0 is always one
 */
GArray *
mil_receipt_pages_group (GPtrArray *pages)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint));
  Group   group = { 0 };

  g_return_val_if_fail (pages != NULL, starts);

  for (guint i = 0; i < pages->len; i++)
    {
      if (i == 0 || begins_receipt (&group, pages->pdata[i]))
        {
          g_array_append_val (starts, i);
          group = (Group) { 0 };
        }
      add_page (&group, pages->pdata[i]);
    }
  return starts;
}

/**
 * mil_receipt_pages_may_be_several:
 * @pages: (element-type MilReceipt) (nullable): as of mil_receipt_pages_group()
 * @from: the first page of a receipt
 * @to: the page after its last one
 *
 * Two receipts of one shop and day over the same amount look like one whose total stands on both pages,
 * unless the pages are numbered or each says at what time it was.
 *
 * Returns: whether the pages that were taken for one receipt may be a receipt each
 */
gboolean
mil_receipt_pages_may_be_several (GPtrArray *pages, guint from, guint to)
{
  gboolean timed = TRUE;

  g_return_val_if_fail (pages != NULL, FALSE);
  g_return_val_if_fail (from < to && to <= pages->len, FALSE);

  for (guint i = from; i < to; i++)
    {
      const MilReceipt *page = pages->pdata[i];
      guint             number = 0;
      guint             of = 0;

      if (!is_whole (page) || mil_receipt_page_number (page->text, &number, &of))
        return FALSE;
      timed = timed && page->time != NULL;
    }
  return to - from > 1 && !timed;
}
