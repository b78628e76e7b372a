/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/refunds/mil-code-page.h"

#include <glib/gi18n.h>

#include "app/widgets/mil-code.h"

struct _MilCodePage
{
  AdwNavigationPage parent_instance;

  GtkLabel *shop;
  MilCode  *bars;
  MilCode  *square;
  GtkLabel *number;

  guint    inhibited;
  gboolean filled; /* the page has made the window fill the screen */
};

G_DEFINE_FINAL_TYPE (MilCodePage, mil_code_page, ADW_TYPE_NAVIGATION_PAGE)

static void
close_cb (MilCodePage *self)
{
  g_assert (MIL_IS_CODE_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

/* A screen that goes dark in front of the officer helps nobody. */
static void
mil_code_page_shown (AdwNavigationPage *page)
{
  MilCodePage    *self = MIL_CODE_PAGE (page);
  GtkRoot        *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkApplication *application = GTK_IS_WINDOW (root) ? gtk_window_get_application (GTK_WINDOW (root)) : NULL;

  if (GTK_IS_WINDOW (root) && !gtk_window_is_fullscreen (GTK_WINDOW (root)))
    {
      gtk_window_fullscreen (GTK_WINDOW (root));
      self->filled = TRUE;
    }
  if (application != NULL && self->inhibited == 0)
    self->inhibited = gtk_application_inhibit (application,
                                               GTK_WINDOW (root),
                                               GTK_APPLICATION_INHIBIT_IDLE,
                                               C_ ("reason to keep the screen on", "A code is shown"));
}

static void
mil_code_page_hiding (AdwNavigationPage *page)
{
  MilCodePage    *self = MIL_CODE_PAGE (page);
  GtkRoot        *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkApplication *application = GTK_IS_WINDOW (root) ? gtk_window_get_application (GTK_WINDOW (root)) : NULL;

  if (self->filled && GTK_IS_WINDOW (root))
    gtk_window_unfullscreen (GTK_WINDOW (root));
  self->filled = FALSE;
  if (application != NULL && self->inhibited != 0)
    gtk_application_uninhibit (application, self->inhibited);
  self->inhibited = 0;
}

static void
mil_code_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_CODE_PAGE);

  G_OBJECT_CLASS (mil_code_page_parent_class)->dispose (object);
}

static void
mil_code_page_class_init (MilCodePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mil_code_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = mil_code_page_shown;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = mil_code_page_hiding;

  g_type_ensure (MIL_TYPE_CODE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/refunds/code-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MilCodePage, shop);
  gtk_widget_class_bind_template_child (widget_class, MilCodePage, bars);
  gtk_widget_class_bind_template_child (widget_class, MilCodePage, square);
  gtk_widget_class_bind_template_child (widget_class, MilCodePage, number);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
mil_code_page_init (MilCodePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Four digits at a time are read out without a slip. */
static char *
grouped (const char *number)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; number[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append (text, "\xe2\x80\x89");
      g_string_append_c (text, number[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * mil_code_page_new:
 * @claim: a claim that has its number
 *
 * Returns: (transfer floating): a page that shows its codes
 */
AdwNavigationPage *
mil_code_page_new (MilClaim *claim)
{
  MilCodePage        *self = NULL;
  const MilClaimInfo *info = NULL;
  g_autofree char    *digits = NULL;

  g_return_val_if_fail (MIL_IS_CLAIM (claim), NULL);

  info = mil_claim_get_info (claim);
  g_return_val_if_fail (info->number != NULL, NULL);
  self = g_object_new (MIL_TYPE_CODE_PAGE, NULL);
  digits = grouped (info->number);
  gtk_label_set_label (self->shop, info->shop != NULL ? info->shop : "");
  gtk_label_set_label (self->number, digits);
  gtk_widget_set_visible (GTK_WIDGET (self->bars), mil_code_set (self->bars, MIL_SYMBOL_GS1_128, info->number));
  gtk_widget_set_visible (GTK_WIDGET (self->square), mil_code_set (self->square, MIL_SYMBOL_QR, info->number));
  return ADW_NAVIGATION_PAGE (self);
}
