/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "traveller/mil-service-process.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <gio/gunixoutputstream.h>
#include <unistd.h>

#define PARENT_FD 3
#define EXIT_ANOTHER_SERVES 3
#define START_TIMEOUT_MS 20000
#define FIRST_PAUSE_MS 250
#define LONGEST_PAUSE_MS 30000
/* A service that stayed up for this long counts as one that works. */
#define STEADY_US (30 * G_USEC_PER_SEC)

struct _MilServiceProcess
{
  GObject parent_instance;

  char        *program;     /* (owned) */
  char        *state_dir;   /* (owned) */
  char        *socket_path; /* (owned) */
  char        *demo_data;   /* (owned) (nullable) */
  char        *address;     /* (owned) (nullable) */
  GError      *problem;     /* (owned) (nullable) */
  DexFuture   *loop;        /* (owned) (nullable) */
  DexPromise  *hurry;       /* (owned) (nullable) */
  GSubprocess *child;       /* (owned) (nullable) */
  int          pipe;        /* our end; the child ends when it closes */
};

G_DEFINE_FINAL_TYPE (MilServiceProcess, mil_service_process, G_TYPE_OBJECT)

typedef enum
{
  PROP_ADDRESS = 1,
  PROP_PROBLEM,
  N_PROPS,
} MilServiceProcessProperty;

static GParamSpec *props[N_PROPS];

static void
set_status (MilServiceProcess *self, const char *address, const GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
  if (g_set_str (&self->address, address))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ADDRESS]);
}

static void
mil_service_process_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MilServiceProcess *self = MIL_SERVICE_PROCESS (object);

  switch ((MilServiceProcessProperty) prop_id)
    {
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
close_pipe (MilServiceProcess *self)
{
  if (self->pipe >= 0)
    close (self->pipe);
  self->pipe = -1;
}

static void
mil_service_process_dispose (GObject *object)
{
  MilServiceProcess *self = MIL_SERVICE_PROCESS (object);

  dex_clear (&self->loop);
  dex_clear (&self->hurry);
  close_pipe (self);
  g_clear_object (&self->child);
  G_OBJECT_CLASS (mil_service_process_parent_class)->dispose (object);
}

static void
mil_service_process_finalize (GObject *object)
{
  MilServiceProcess *self = MIL_SERVICE_PROCESS (object);

  g_clear_error (&self->problem);
  g_free (self->program);
  g_free (self->state_dir);
  g_free (self->socket_path);
  g_free (self->demo_data);
  g_free (self->address);
  G_OBJECT_CLASS (mil_service_process_parent_class)->finalize (object);
}

static void
mil_service_process_class_init (MilServiceProcessClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mil_service_process_get_property;
  object_class->dispose = mil_service_process_dispose;
  object_class->finalize = mil_service_process_finalize;
  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mil_service_process_init (MilServiceProcess *self)
{
  self->pipe = -1;
}

/**
 * mil_service_process_new:
 * @program: the service's program
 * @state_dir: folder of its database and keys
 * @socket_path: where its socket goes
 * @demo_data: (nullable): folder with the stores that it is filled with
 *
 * Returns: (transfer full): a service that is not started yet
 */
MilServiceProcess *
mil_service_process_new (const char *program, const char *state_dir, const char *socket_path, const char *demo_data)
{
  MilServiceProcess *self = NULL;

  g_return_val_if_fail (program != NULL && state_dir != NULL && socket_path != NULL, NULL);

  self = g_object_new (MIL_TYPE_SERVICE_PROCESS, NULL);
  self->program = g_strdup (program);
  self->state_dir = g_strdup (state_dir);
  self->socket_path = g_strdup (socket_path);
  self->demo_data = g_strdup (demo_data);
  return self;
}

static GPtrArray *
arguments (MilServiceProcess *self)
{
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (argv, g_strdup (self->program));
  g_ptr_array_add (argv, g_strdup ("serve"));
  g_ptr_array_add (argv, g_strdup ("--socket"));
  g_ptr_array_add (argv, g_strdup (self->socket_path));
  g_ptr_array_add (argv, g_strdup ("--storage"));
  g_ptr_array_add (argv, g_strdup_printf ("sqlite:%s/service.db", self->state_dir));
  g_ptr_array_add (argv, g_strdup ("--state"));
  g_ptr_array_add (argv, g_strdup (self->state_dir));
  if (self->demo_data != NULL)
    {
      g_ptr_array_add (argv, g_strdup ("--demo"));
      g_ptr_array_add (argv, g_strdup (self->demo_data));
    }
  g_ptr_array_add (argv, g_strdup ("--parent-fd"));
  g_ptr_array_add (argv, g_strdup_printf ("%d", PARENT_FD));
  g_ptr_array_add (argv, NULL);
  return argv;
}

typedef struct
{
  GPtrArray *argv; /* (owned) */
  char      *state_dir;
  char      *runtime_dir;
  int        pipe;
} Launch;

static void
launch_free (gpointer data)
{
  Launch *launch = data;

  g_ptr_array_unref (launch->argv);
  g_free (launch->state_dir);
  g_free (launch->runtime_dir);
  if (launch->pipe >= 0)
    close (launch->pipe);
  g_free (launch);
}

/* On a thread: making folders and forking a large process both take their time. */
static gpointer
launch (gpointer data, GCancellable *cancellable, GError **error)
{
  Launch *work = data;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) wrong = NULL;
  GSubprocess *child = NULL;

  g_mkdir_with_parents (work->state_dir, 0700);
  g_mkdir_with_parents (work->runtime_dir, 0700);
  g_subprocess_launcher_take_fd (launcher, work->pipe, PARENT_FD);
  work->pipe = -1;
  child = g_subprocess_launcher_spawnv (launcher, (const char *const *) work->argv->pdata, &wrong);
  if (child == NULL)
    mil_error_set (error,
                   MIL_ERROR_NETWORK,
                   /* Translators: %s says why, for example "No such file or directory". */
                   _ ("The service on this computer could not be started (%s)."),
                   wrong->message);
  return child;
}

static GSubprocess *
spawn_child (MilServiceProcess *self, GError **error)
{
  Launch *work = g_new0 (Launch, 1);
  int     fds[2] = { -1, -1 };

  work->argv = arguments (self);
  work->state_dir = g_strdup (self->state_dir);
  work->runtime_dir = g_path_get_dirname (self->socket_path);
  work->pipe = -1;
  close_pipe (self);
  if (!g_unix_open_pipe (fds, FD_CLOEXEC, error))
    {
      launch_free (work);
      return NULL;
    }
  work->pipe = fds[0];
  self->pipe = fds[1];
  return mil_await_pointer (mil_thread (launch, work, launch_free, G_TYPE_SUBPROCESS), error);
}

/* The one line that the service prints when it serves. */
static char *
read_ready_line (GSubprocess *child, GError **error)
{
  GInputStream *out = g_subprocess_get_stdout_pipe (child);
  g_autoptr (GString) line = g_string_new (NULL);

  while (strchr (line->str, '\n') == NULL && line->len < 4096)
    {
      g_autoptr (GBytes) bytes
          = mil_await_pointer (mil_with_timeout (dex_input_stream_read_bytes (out, 512, G_PRIORITY_DEFAULT),
                                                 START_TIMEOUT_MS,
                                                 _ ("The service on this computer does not start.")),
                               error);
      if (bytes == NULL)
        return NULL;
      if (g_bytes_get_size (bytes) == 0)
        break;
      g_string_append_len (line, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  g_strchomp (line->str);
  if (g_str_has_prefix (line->str, "ready "))
    return g_strdup (line->str + strlen ("ready "));
  mil_error_set (error, MIL_ERROR_NETWORK, _ ("The service on this computer ended while it started."));
  return NULL;
}

/* Whether it served for long enough to count as one that works. */
static gboolean
run_once (MilServiceProcess *self, GError **error)
{
  gint64           started = g_get_monotonic_time ();
  g_autofree char *address = NULL;

  g_clear_object (&self->child);
  self->child = spawn_child (self, error);
  if (self->child == NULL)
    return FALSE;
  address = read_ready_line (self->child, error);
  if (address != NULL)
    set_status (self, address, NULL);
  else
    close_pipe (self);
  mil_await (dex_subprocess_wait_check (self->child), NULL);
  /* Only now may it be that nobody waits for it any more. */
  if (self->loop == NULL)
    return FALSE;
  if (g_subprocess_get_if_exited (self->child) && g_subprocess_get_exit_status (self->child) == EXIT_ANOTHER_SERVES)
    {
      g_autofree char *other = g_strconcat ("unix:", self->socket_path, NULL);
      g_clear_error (error);
      set_status (self, other, NULL);
      return TRUE;
    }
  if (address != NULL)
    mil_error_set (error, MIL_ERROR_NETWORK, _ ("The service on this computer ended. It is started again."));
  return g_get_monotonic_time () - started > STEADY_US;
}

static void
pause_for (MilServiceProcess *self, guint milliseconds)
{
  dex_clear (&self->hurry);
  self->hurry = dex_promise_new ();
  mil_await (dex_future_first (dex_timeout_new_msec (milliseconds), dex_ref (DEX_FUTURE (self->hurry)), NULL), NULL);
}

/* Where another instance serves, this one waits until somebody notices that it does no more. */
static DexFuture *
loop_fiber (gpointer data)
{
  MilServiceProcess *self = MIL_SERVICE_PROCESS (data);
  guint              pause = FIRST_PAUSE_MS;

  while (self->loop != NULL)
    {
      g_autoptr (GError) error = NULL;

      if (run_once (self, &error))
        pause = FIRST_PAUSE_MS;
      if (self->loop == NULL)
        break;
      if (error != NULL)
        set_status (self, NULL, error);
      pause_for (self, error != NULL ? pause : G_MAXINT);
      pause = MIN (pause * 2, LONGEST_PAUSE_MS);
    }
  return dex_future_new_true ();
}

/**
 * mil_service_process_start:
 * @self: a service
 *
 * Starts it, and again whenever it ends, until mil_service_process_stop(). Its `address` tells when it
 * serves. Where another instance serves on the same socket already, that one is used.
 */
void
mil_service_process_start (MilServiceProcess *self)
{
  g_return_if_fail (MIL_IS_SERVICE_PROCESS (self));

  if (self->loop == NULL)
    self->loop = mil_spawn (loop_fiber, g_object_ref (self), g_object_unref);
}

/**
 * mil_service_process_stop:
 * @self: a service
 *
 * Lets it end cleanly.
 *
 * Returns: (transfer full): a future that resolves when it has ended
 */
DexFuture *
mil_service_process_stop (MilServiceProcess *self)
{
  dex_return_error_if_fail (MIL_IS_SERVICE_PROCESS (self));

  dex_clear (&self->loop);
  close_pipe (self);
  set_status (self, NULL, NULL);
  if (self->child == NULL)
    return dex_future_new_true ();
  return dex_subprocess_wait_check (self->child);
}

/**
 * mil_service_process_check:
 * @self: a service
 *
 * To be called when it cannot be reached: where another instance served, it may have ended, and this
 * one takes over; a pause before the next start is cut short.
 */
void
mil_service_process_check (MilServiceProcess *self)
{
  g_return_if_fail (MIL_IS_SERVICE_PROCESS (self));

  if (self->hurry != NULL)
    dex_promise_resolve_boolean (self->hurry, TRUE);
}

/**
 * mil_service_process_get_address:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): where it serves
 */
const char *
mil_service_process_get_address (MilServiceProcess *self)
{
  g_return_val_if_fail (MIL_IS_SERVICE_PROCESS (self), NULL);

  return self->address;
}

/**
 * mil_service_process_get_problem:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): why it does not serve
 */
GError *
mil_service_process_get_problem (MilServiceProcess *self)
{
  g_return_val_if_fail (MIL_IS_SERVICE_PROCESS (self), NULL);

  return self->problem;
}

/**
 * mil_service_process_get_pid:
 * @self: a service
 *
 * Returns: process id of the child, 0 where there is none
 */
int
mil_service_process_get_pid (MilServiceProcess *self)
{
  const char *identifier = NULL;

  g_return_val_if_fail (MIL_IS_SERVICE_PROCESS (self), 0);

  identifier = self->child != NULL ? g_subprocess_get_identifier (self->child) : NULL;
  return identifier != NULL ? atoi (identifier) : 0;
}
