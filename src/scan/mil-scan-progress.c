/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-scan-progress.h"

struct _MilScanProgress
{
  GObject parent_instance;

  double fraction;
  char  *stage;
};

enum
{
  PROP_0,
  PROP_FRACTION,
  PROP_STAGE,
  N_PROPS,
};

typedef struct
{
  MilScanProgress *progress;
  GCancellable    *cancellable;
  double           fraction;
  char            *stage;
} Report;

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (MilScanProgress, mil_scan_progress, G_TYPE_OBJECT)

static void
report_free (gpointer data)
{
  Report *report = data;
  g_object_unref (report->progress);
  g_clear_object (&report->cancellable);
  g_free (report->stage);
  g_free (report);
}

static gboolean
deliver (gpointer data)
{
  Report          *report = data;
  MilScanProgress *self = report->progress;

  if (g_cancellable_is_cancelled (report->cancellable))
    return G_SOURCE_REMOVE;
  if (self->fraction != report->fraction)
    {
      self->fraction = report->fraction;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
    }
  if (g_set_str (&self->stage, report->stage))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAGE]);
  return G_SOURCE_REMOVE;
}

/*
 * mil_scan_progress_report:
 * @self: (nullable): who wants to know
 * @fraction: 0 to 1
 * @stage: a translated word or two
 * @cancellable: (nullable): once it is cancelled nothing is told any more, not even what is on its way
 *
 * Called from any thread; @self changes on the main one.
 */
void
mil_scan_progress_report (MilScanProgress *self, double fraction, const char *stage, GCancellable *cancellable)
{
  if (self == NULL || g_cancellable_is_cancelled (cancellable))
    return;
  Report *report = g_new (Report, 1);
  *report = (Report) { g_object_ref (self), cancellable ? g_object_ref (cancellable) : NULL, fraction, g_strdup (stage) };
  /* Never here and now: while no loop runs, any thread could take the main context, and tell from there. */
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, report, report_free);
  g_source_attach (source, NULL);
}

static void
mil_scan_progress_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MilScanProgress *self = MIL_SCAN_PROGRESS (object);

  switch (id)
    {
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_STAGE:
      g_value_set_string (value, self->stage);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mil_scan_progress_finalize (GObject *object)
{
  MilScanProgress *self = MIL_SCAN_PROGRESS (object);

  g_free (self->stage);

  G_OBJECT_CLASS (mil_scan_progress_parent_class)->finalize (object);
}

static void
mil_scan_progress_class_init (MilScanProgressClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mil_scan_progress_finalize;
  object_class->get_property = mil_scan_progress_get_property;

  properties[PROP_FRACTION] = g_param_spec_double (
      "fraction", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_STAGE] = g_param_spec_string ("stage", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mil_scan_progress_init (MilScanProgress *self)
{
  self->stage = g_strdup ("");
}

/**
 * mil_scan_progress_new:
 *
 * Returns: (transfer full): one to give to mil_scan_picture()
 */
MilScanProgress *
mil_scan_progress_new (void)
{
  return g_object_new (MIL_TYPE_SCAN_PROGRESS, NULL);
}

/**
 * mil_scan_progress_get_fraction:
 * @self: the progress of a scan
 *
 * Returns: 0 to 1
 */
double
mil_scan_progress_get_fraction (MilScanProgress *self)
{
  g_return_val_if_fail (MIL_IS_SCAN_PROGRESS (self), 0);

  return self->fraction;
}

/**
 * mil_scan_progress_get_stage:
 * @self: the progress of a scan
 *
 * Returns: (transfer none): what is done now, translated; empty before it starts
 */
const char *
mil_scan_progress_get_stage (MilScanProgress *self)
{
  g_return_val_if_fail (MIL_IS_SCAN_PROGRESS (self), NULL);

  return self->stage;
}
