/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "base/mil-error.h"
#include "service/catalogue/mil-feed.h"

#define HEAD                                                                                                 \
  "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\"><channel>"          \
  "<title>Shop</title>"
#define TAIL "</channel></rss>"
#define GOOD                                                                                                 \
  "<item><g:id>A-1</g:id><g:title>Cup &amp; saucer</g:title><description><![CDATA[Fired "                    \
  "<twice>]]></description>"                                                                                 \
  "<g:price>1480 JPY</g:price><g:sale_price>1200 JPY</g:sale_price><g:availability>in "                      \
  "stock</g:availability>"                                                                                   \
  "<g:gtin>4006381333931</g:gtin><g:image_link>media/a.png</g:image_link>"                                   \
  "<g:additional_image_link>media/b.png</g:additional_image_link><g:color>Blue</g:color>"                    \
  "<g:shipping><g:country>IT</g:country><g:service>Air</g:service><g:price>600 JPY</g:price></g:shipping>"   \
  "<g:item_group_id>A</g:item_group_id><g:unknown><g:deep>x</g:deep></g:unknown></item>"

static MilFeed *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return mil_feed_parse (bytes, error);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MilFeed) feed = parse (HEAD GOOD TAIL, &error);
  MilFeedItem     *item;
  MilFeedShipping *shipping;

  g_assert_no_error (error);
  g_assert_cmpstr (feed->title, ==, "Shop");
  g_assert_cmpuint (feed->problems->len, ==, 0);
  g_assert_cmpuint (feed->items->len, ==, 1);
  item = feed->items->pdata[0];
  g_assert_cmpstr (item->id, ==, "A-1");
  g_assert_cmpstr (item->group, ==, "A");
  g_assert_cmpstr (item->title, ==, "Cup & saucer");
  g_assert_cmpstr (item->description, ==, "Fired <twice>");
  g_assert_cmpint (item->price.minor, ==, 1480);
  g_assert_cmpint (item->sale_price.minor, ==, 1200);
  g_assert_cmpstr (item->price.currency, ==, "JPY");
  g_assert_true (item->available);
  g_assert_cmpuint (item->images->len, ==, 2);
  g_assert_cmpstr (item->images->pdata[0], ==, "media/a.png");
  g_assert_cmpuint (item->shipping->len, ==, 1);
  shipping = &g_array_index (item->shipping, MilFeedShipping, 0);
  g_assert_cmpstr (shipping->country, ==, "IT");
  g_assert_cmpint (shipping->price.minor, ==, 600);
}

/* What is wrong in one item does not harm the others, and is said with its line. */
static void
test_bad_items (void)
{
  static const struct
  {
    const char *item;
    const char *says;
  } cases[] = {
    { "<item><g:id>B</g:id><g:title>t</g:title><g:availability>in_stock</g:availability></item>", "price" },
    { "<item><g:id>B</g:id><g:title>t</g:title><g:price>12</g:price><g:availability>in_stock</"
      "g:availability></item>",
      "15.00 EUR" },
    { "<item><g:id>B</g:id><g:title>t</g:title><g:price>12.345 EUR</g:price>"
      "<g:availability>in_stock</g:availability></item>",
      "15.00 EUR" },
    { "<item><g:id>B</g:id><g:title>t</g:title><g:price>1 EUR</g:price><g:sale_price>2 EUR</g:sale_price>"
      "<g:availability>in_stock</g:availability></item>",
      "sale price" },
    { "<item><g:id>B</g:id><g:title>t</g:title><g:price>1 "
      "EUR</g:price><g:availability>soon</g:availability></item>",
      "availability" },
    { "<item><g:id>A-1</g:id><g:title>t</g:title><g:price>1 EUR</g:price>"
      "<g:availability>in_stock</g:availability></item>",
      "same identifier" },
    { "<item><g:id>B</g:id><g:title>t</g:title><g:price>1 EUR</g:price><g:gtin>4006381333932</g:gtin>"
      "<g:availability>in_stock</g:availability></item>",
      "GTIN" },
    { "<item><g:id>B</g:id><g:title>t</g:title><g:price>1 "
      "EUR</g:price><g:availability>in_stock</g:availability>"
      "<g:shipping><g:country>IT</g:country><g:price>3 JPY</g:price></g:shipping></item>",
      "shipping" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (HEAD GOOD "\n", cases[i].item, TAIL, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (MilFeed) feed = parse (text, &error);
      MilFeedProblem *problem;

      g_assert_no_error (error);
      g_assert_cmpuint (feed->items->len, ==, 1);
      g_assert_cmpuint (feed->problems->len, ==, 1);
      problem = feed->problems->pdata[0];
      g_assert_nonnull (strstr (problem->message, cases[i].says));
      g_assert_cmpuint (problem->line, ==, 2);
      g_assert_nonnull (problem->id);
    }
}

/* A feed is a full snapshot: half of one must never be taken for all of it. */
static void
test_bad_feeds (void)
{
  static const char *const cases[] = {
    "",
    "no xml",
    "<html></html>",
    "<rss></rss>",
    HEAD GOOD,
    HEAD GOOD "<item><g:id>X",
    "<!DOCTYPE rss [<!ENTITY a \"b\">]><rss version=\"2.0\"><channel><title>&a;</title></channel></rss>",
    "<!DOCTYPE rss SYSTEM \"http://localhost/x.dtd\"><rss version=\"2.0\"><channel/></rss>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MilFeed) feed = parse (cases[i], &error);

      g_assert_error (error, MIL_ERROR, MIL_ERROR_UNREADABLE);
      g_assert_null (feed);
    }
}

static void
test_demo_feeds (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "demo", "feeds", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint       n_feeds = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (MilFeed) feed = NULL;
      g_autofree char *text = NULL;
      gsize            size;

      g_file_get_contents (path, &text, &size, &error);
      g_assert_no_error (error);
      bytes = g_bytes_new (text, size);
      feed = mil_feed_parse (bytes, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < feed->problems->len; i++)
        g_test_message ("%s: %s", name, ((MilFeedProblem *) feed->problems->pdata[i])->message);
      g_assert_cmpuint (feed->problems->len, ==, 0);
      g_assert_cmpuint (feed->items->len, >, 0);
      n_feeds++;
    }
  g_assert_cmpuint (n_feeds, ==, 12);
}

static void
test_gtin (void)
{
  g_assert_true (mil_gtin_is_valid ("4006381333931"));
  g_assert_true (mil_gtin_is_valid ("96385074"));
  g_assert_true (mil_gtin_is_valid ("036000291452"));
  g_assert_false (mil_gtin_is_valid ("4006381333930"));
  g_assert_false (mil_gtin_is_valid ("400638133393"));
  g_assert_false (mil_gtin_is_valid (""));
  g_assert_false (mil_gtin_is_valid ("40063813339a1"));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/feed/good", test_good);
  g_test_add_func ("/service/feed/bad-items", test_bad_items);
  g_test_add_func ("/service/feed/bad-feeds", test_bad_feeds);
  g_test_add_func ("/service/feed/demo", test_demo_feeds);
  g_test_add_func ("/service/feed/gtin", test_gtin);
  return g_test_run ();
}
