/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/first-run/mil-choice.h"

#include <gtk/gtk.h>

#include "base/mil-country.h"
#include "base/mil-currency.h"

struct _MilChoice
{
  GObject parent_instance;

  char *code;
  char *label;
  char *sort_key;
};

G_DEFINE_FINAL_TYPE (MilChoice, mil_choice, G_TYPE_OBJECT)

enum
{
  PROP_CODE = 1,
  PROP_LABEL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
mil_choice_finalize (GObject *object)
{
  MilChoice *self = MIL_CHOICE (object);

  g_free (self->code);
  g_free (self->label);
  g_free (self->sort_key);
  G_OBJECT_CLASS (mil_choice_parent_class)->finalize (object);
}

static void
mil_choice_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilChoice *self = MIL_CHOICE (object);

  switch (prop_id)
    {
    case PROP_CODE:
      g_value_set_string (value, self->code);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mil_choice_class_init (MilChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mil_choice_finalize;
  object_class->get_property = mil_choice_get_property;

  props[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mil_choice_init (MilChoice *self)
{
}

static MilChoice *
mil_choice_new (const char *code, const char *name, char *label)
{
  MilChoice *self = g_object_new (MIL_TYPE_CHOICE, NULL);

  self->code = g_strdup (code);
  self->label = label;
  self->sort_key = g_utf8_collate_key (name, -1);
  return self;
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(MilChoice **) a)->sort_key, (*(MilChoice **) b)->sort_key);
}

static GListModel *
sorted_list (GPtrArray *choices)
{
  GListStore *store = g_list_store_new (MIL_TYPE_CHOICE);

  g_ptr_array_sort (choices, compare_cb);
  g_list_store_splice (store, 0, 0, choices->pdata, choices->len);
  return G_LIST_MODEL (store);
}

/**
 * mil_choice_get_code:
 * @self: a choice
 *
 * Returns: ISO 3166-1 alpha-2 or ISO 4217 code
 */
const char *
mil_choice_get_code (MilChoice *self)
{
  g_return_val_if_fail (MIL_IS_CHOICE (self), NULL);

  return self->code;
}

/**
 * mil_choice_get_label:
 * @self: a choice
 *
 * Returns: what the list shows: flag and name, or code and name
 */
const char *
mil_choice_get_label (MilChoice *self)
{
  g_return_val_if_fail (MIL_IS_CHOICE (self), NULL);

  return self->label;
}

/**
 * mil_choice_list_countries:
 *
 * Returns: (transfer full): all countries, sorted by their names in the person's language
 */
GListModel *
mil_choice_list_countries (void)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);
  const char *const *codes = mil_country_list ();

  for (gsize i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *flag = mil_country_flag (codes[i]);
      const char      *name = mil_country_name (codes[i]);

      g_ptr_array_add (choices, mil_choice_new (codes[i], name, g_strdup_printf ("%s  %s", flag, name)));
    }
  return sorted_list (choices);
}

/**
 * mil_choice_list_currencies:
 *
 * Returns: (transfer full): all currencies, sorted by code
 */
GListModel *
mil_choice_list_currencies (void)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);
  const char *const *codes = mil_currency_list ();

  for (gsize i = 0; codes[i] != NULL; i++)
    g_ptr_array_add (choices,
                     mil_choice_new (codes[i], codes[i], g_strdup_printf ("%s  %s", codes[i], mil_currency_name (codes[i]))));
  return sorted_list (choices);
}

/**
 * mil_choice_list_prepend_none:
 * @list: a list that one of the functions above made
 * @label: what the choice of none says
 *
 * Puts a choice without code before the others, for where nothing can be guessed.
 */
void
mil_choice_list_prepend_none (GListModel *list, const char *label)
{
  g_autoptr (MilChoice) none = NULL;

  g_return_if_fail (G_IS_LIST_STORE (list));
  g_return_if_fail (label != NULL);

  none = mil_choice_new ("", "", g_strdup (label));
  g_list_store_insert (G_LIST_STORE (list), 0, none);
}

/**
 * mil_choice_list_find:
 * @list: a list of #MilChoice
 * @code: (nullable): the code looked for
 *
 * Returns: its position, or %GTK_INVALID_LIST_POSITION
 */
guint
mil_choice_list_find (GListModel *list, const char *code)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (list), GTK_INVALID_LIST_POSITION);

  for (guint i = 0; code != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MilChoice) choice = g_list_model_get_item (list, i);

      if (g_str_equal (choice->code, code))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}
