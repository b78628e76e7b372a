/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/mil-header.h"

#include <glib/gi18n.h>

#include "app/mil-window.h"

struct _MilHeader
{
  AdwBin parent_instance;

  AdwHeaderBar    *bar;
  GtkBox          *start;
  GtkBox          *end;
  GtkWidget       *basket_button;
  GtkStack        *titles;
  AdwWindowTitle  *window_title;
  AdwViewSwitcher *switcher;

  char      *title;
  char      *banner;
  GtkWidget *start_child; /* (unowned) */
  GtkWidget *end_child;   /* (unowned) */
  gboolean   root_page;
  gboolean   narrow;
  gboolean   waiting;
  guint      basket_count;
  GPtrArray *bindings; /* (owned) of GBinding, while in a window */
};

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MilHeader, mil_header, ADW_TYPE_BIN, G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

enum
{
  PROP_TITLE = 1,
  PROP_ROOT_PAGE,
  PROP_NARROW,
  PROP_BASKET_COUNT,
  PROP_BANNER,
  PROP_WAITING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static GtkBuildableIface *parent_buildable;

static void
update_title (MilHeader *self)
{
  gboolean switcher = adw_view_switcher_get_stack (self->switcher) != NULL;

  gtk_stack_set_visible_child (self->titles,
                               self->root_page && switcher ? GTK_WIDGET (self->switcher) : GTK_WIDGET (self->window_title));
  /* When narrow the bar at the bottom says which place it is. */
  gtk_widget_set_visible (GTK_WIDGET (self->titles), !(self->root_page && self->narrow));
}

static void
update_basket (MilHeader *self)
{
  g_autofree char *label = NULL;

  if (self->basket_count == 0)
    label = g_strdup (C_ ("basket button", "Basket, empty"));
  else
    /* Translators: what a screen reader says about the basket button. */
    label = g_strdup_printf (ngettext ("Basket, %u item", "Basket, %u items", self->basket_count), self->basket_count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->basket_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static char *
count_text_cb (MilHeader *self, guint count)
{
  return count > 99 ? g_strdup ("99+") : g_strdup_printf ("%u", count);
}

static gboolean
has_count_cb (MilHeader *self, guint count)
{
  return count > 0;
}

static gboolean
has_text_cb (MilHeader *self, const char *text)
{
  return text != NULL && text[0] != '\0';
}

static char *
text_or_empty_cb (MilHeader *self, const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

static char *
banner_button_cb (MilHeader *self, gboolean waiting)
{
  return g_strdup (waiting ? C_ ("banner", "Cancel") : C_ ("error", "Try Again"));
}

static char *
banner_action_cb (MilHeader *self, gboolean waiting)
{
  return g_strdup (waiting ? "win.stop-waiting" : "win.retry");
}

static void
bind_to (MilHeader *self, GtkRoot *window, const char *property)
{
  GBinding *binding = g_object_bind_property (window, property, self, property, G_BINDING_SYNC_CREATE);

  g_ptr_array_add (self->bindings, g_object_ref (binding));
}

static void
mil_header_root (GtkWidget *widget)
{
  MilHeader *self = MIL_HEADER (widget);
  GtkRoot   *window = NULL;

  GTK_WIDGET_CLASS (mil_header_parent_class)->root (widget);

  window = gtk_widget_get_root (widget);
  if (!MIL_IS_WINDOW (window))
    return;
  bind_to (self, window, "narrow");
  bind_to (self, window, "basket-count");
  bind_to (self, window, "banner");
  bind_to (self, window, "waiting");
}

/* When it is rooted, the window has not got its places together yet. */
static void
mil_header_map (GtkWidget *widget)
{
  MilHeader *self = MIL_HEADER (widget);
  GtkRoot   *window = gtk_widget_get_root (widget);

  if (MIL_IS_WINDOW (window) && self->root_page && adw_view_switcher_get_stack (self->switcher) == NULL)
    {
      adw_view_switcher_set_stack (self->switcher, mil_window_get_places (MIL_WINDOW (window)));
      update_title (self);
    }
  GTK_WIDGET_CLASS (mil_header_parent_class)->map (widget);
}

static void
mil_header_unroot (GtkWidget *widget)
{
  MilHeader *self = MIL_HEADER (widget);

  for (guint i = 0; i < self->bindings->len; i++)
    g_binding_unbind (g_ptr_array_index (self->bindings, i));
  g_ptr_array_set_size (self->bindings, 0);
  if (self->switcher != NULL)
    adw_view_switcher_set_stack (self->switcher, NULL);

  GTK_WIDGET_CLASS (mil_header_parent_class)->unroot (widget);
}

static void
mil_header_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  MilHeader *self = MIL_HEADER (buildable);

  if (g_strcmp0 (type, "start") == 0)
    gtk_box_append (self->start, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "end") == 0)
    gtk_box_append (self->end, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = mil_header_add_child;
}

static void
mil_header_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilHeader *self = MIL_HEADER (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_ROOT_PAGE:
      g_value_set_boolean (value, self->root_page);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_BASKET_COUNT:
      g_value_set_uint (value, self->basket_count);
      break;
    case PROP_BANNER:
      g_value_set_string (value, self->banner);
      break;
    case PROP_WAITING:
      g_value_set_boolean (value, self->waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_header_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MilHeader *self = MIL_HEADER (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_set_str (&self->title, g_value_get_string (value));
      break;
    case PROP_ROOT_PAGE:
      self->root_page = g_value_get_boolean (value);
      update_title (self);
      break;
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      update_title (self);
      break;
    case PROP_BASKET_COUNT:
      self->basket_count = g_value_get_uint (value);
      update_basket (self);
      break;
    case PROP_BANNER:
      g_set_str (&self->banner, g_value_get_string (value));
      break;
    case PROP_WAITING:
      self->waiting = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_header_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MIL_TYPE_HEADER);
  G_OBJECT_CLASS (mil_header_parent_class)->dispose (object);
}

static void
mil_header_finalize (GObject *object)
{
  MilHeader *self = MIL_HEADER (object);

  g_free (self->title);
  g_free (self->banner);
  g_ptr_array_unref (self->bindings);
  G_OBJECT_CLASS (mil_header_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * MilHeader:root-page:
   *
   * Whether the page is the first of its place, and so shows the switcher.
   */
  props[PROP_ROOT_PAGE] = g_param_spec_boolean ("root-page", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_BASKET_COUNT] = g_param_spec_uint ("basket-count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_BANNER] = g_param_spec_string ("banner", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * MilHeader:waiting:
   *
   * Whether the banner offers to stop waiting, and not to try again.
   */
  props[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mil_header_class_init (MilHeaderClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mil_header_dispose;
  object_class->finalize = mil_header_finalize;
  object_class->get_property = mil_header_get_property;
  object_class->set_property = mil_header_set_property;
  widget_class->root = mil_header_root;
  widget_class->map = mil_header_map;
  widget_class->unroot = mil_header_unroot;

  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/milione/Milione/ui/widgets/header.ui");
  gtk_widget_class_bind_template_child (widget_class, MilHeader, bar);
  gtk_widget_class_bind_template_child (widget_class, MilHeader, start);
  gtk_widget_class_bind_template_child (widget_class, MilHeader, end);
  gtk_widget_class_bind_template_child (widget_class, MilHeader, basket_button);
  gtk_widget_class_bind_template_child (widget_class, MilHeader, titles);
  gtk_widget_class_bind_template_child (widget_class, MilHeader, window_title);
  gtk_widget_class_bind_template_child (widget_class, MilHeader, switcher);
  gtk_widget_class_bind_template_callback (widget_class, count_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_count_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_or_empty_cb);
  gtk_widget_class_bind_template_callback (widget_class, banner_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, banner_action_cb);
}

static void
mil_header_init (MilHeader *self)
{
  self->bindings = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  update_title (self);
  update_basket (self);
}

/**
 * mil_header_new:
 *
 * Returns: (transfer floating): a header without title
 */
GtkWidget *
mil_header_new (void)
{
  return g_object_new (MIL_TYPE_HEADER, NULL);
}

/**
 * mil_header_get_basket_button:
 * @self: a header
 *
 * Returns: (transfer none): the button that opens the basket
 */
GtkWidget *
mil_header_get_basket_button (MilHeader *self)
{
  g_return_val_if_fail (MIL_IS_HEADER (self), NULL);

  return self->basket_button;
}
