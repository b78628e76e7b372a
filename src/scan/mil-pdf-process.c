/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE
#include "config.h"

#include "scan/mil-pdf-process.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mil-error.h"
#include "scan/mil-pdf-wire.h"

struct _MilPdfProcess
{
  GPid   pid;
  int    channel;
  guint  milliseconds;
  gint64 deadline;
};

static gboolean
set_cannot_start (GError **error, const char *why)
{
  mil_error_set (error,
                 MIL_ERROR_FAILED,
                 /* Translators: %s is what the system says, as "No such file or directory". */
                 _ ("The program that opens PDF documents could not be started (%s). Install Milione again, "
                    "or save the page as a picture."),
                 why);
  return FALSE;
}

/* The document in memory of its own, which the other side can read and nobody can change. */
static int
share_document (GBytes *document)
{
  gsize         size = 0;
  const guint8 *data = g_bytes_get_data (document, &size);
  int           fd = memfd_create ("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  while (fd >= 0 && size > 0)
    {
      ssize_t n = write (fd, data, size);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          g_clear_fd (&fd, NULL);
          return -1;
        }
      data += n;
      size -= n;
    }
  if (fd >= 0)
    fcntl (fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
  return fd;
}

/* Only what finding fonts may need, and what the sanitizers are told: nothing else in it is the program's business. */
static GStrv
choose_environment (void)
{
  static const char *const names[] = { "HOME",
                                       "LANG",
                                       "LC_ALL",
                                       "LC_CTYPE",
                                       "LD_LIBRARY_PATH",
                                       "PATH",
                                       "FONTCONFIG_FILE",
                                       "FONTCONFIG_PATH",
                                       "FONTCONFIG_SYSROOT",
                                       "XDG_CACHE_HOME",
                                       "XDG_CONFIG_HOME",
                                       "XDG_DATA_HOME",
                                       "XDG_DATA_DIRS",
                                       "ASAN_OPTIONS",
                                       "UBSAN_OPTIONS",
                                       "LSAN_OPTIONS" };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_getenv (names[i]) != NULL)
      g_strv_builder_take (builder, g_strconcat (names[i], "=", g_getenv (names[i]), NULL));
  return g_strv_builder_end (builder);
}

static const char *
find_program (const MilPdfLimits *limits)
{
  const char *program = limits->program ? limits->program : g_getenv ("MILIONE_PDF");
  return program ? program : MIL_LIBEXECDIR "/milione-pdf";
}

static gboolean
start (MilPdfProcess *self, int document, int channel, const MilPdfLimits *limits, GError **error)
{
  g_autofree char *mebibytes = g_strdup_printf ("%u", limits->mebibytes);
  g_autofree char *seconds = g_strdup_printf ("%u", limits->seconds);
  const char      *argv[] = { find_program (limits), mebibytes, seconds, NULL };
  g_auto (GStrv) environment = choose_environment ();
  const int target = MIL_PDF_DOCUMENT_FD;
  g_autoptr (GError) local = NULL;
  /* What is left open here is closed there: so no copy of this process is needed to begin with. */
  if (g_spawn_async_with_pipes_and_fds (NULL,
                                        argv,
                                        (const char *const *) environment,
                                        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN | G_SPAWN_STDOUT_TO_DEV_NULL,
                                        NULL,
                                        NULL,
                                        channel,
                                        -1,
                                        -1,
                                        &document,
                                        &target,
                                        1,
                                        &self->pid,
                                        NULL,
                                        NULL,
                                        NULL,
                                        &local))
    return TRUE;
  self->pid = 0;
  return set_cannot_start (error, local->message);
}

/**
 * mil_pdf_process_new:
 * @document: a PDF document
 * @limits: what it may take
 * @error: where to say what went wrong
 *
 * Starts the program. The first answer is how the document could be opened.
 *
 * Returns: (transfer full) (nullable): the running program, or %NULL with @error set
 */
MilPdfProcess *
mil_pdf_process_new (GBytes *document, const MilPdfLimits *limits, GError **error)
{
  g_return_val_if_fail (document != NULL, NULL);
  g_return_val_if_fail (limits != NULL, NULL);

  int          ends[2] = { -1, -1 };
  g_autofd int shared = share_document (document);
  if (shared < 0 || socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      set_cannot_start (error, g_strerror (errno));
      return NULL;
    }
  g_autofd int   other = ends[1];
  MilPdfProcess *self = g_new0 (MilPdfProcess, 1);
  self->channel = ends[0];
  self->milliseconds = limits->milliseconds;
  self->deadline = g_get_monotonic_time () + self->milliseconds * G_GINT64_CONSTANT (1000);
  if (!start (self, shared, other, limits, error))
    g_clear_pointer (&self, mil_pdf_process_free);
  return self;
}

/* What became of it, in waitpid()'s words: it is stopped if it still runs. */
static int
end (MilPdfProcess *self)
{
  int status = 0;
  if (self->pid == 0)
    return 0;
  kill (self->pid, SIGKILL);
  while (waitpid (self->pid, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (self->pid);
  self->pid = 0;
  return status;
}

/**
 * mil_pdf_process_free:
 * @self: (transfer full): a running program
 *
 * Stops it at once, whatever it does.
 */
void
mil_pdf_process_free (MilPdfProcess *self)
{
  g_return_if_fail (self != NULL);

  end (self);
  g_clear_fd (&self->channel, NULL);
  g_free (self);
}

/**
 * mil_pdf_process_get_pid:
 * @self: a running program
 *
 * Returns: the number of its process
 */
int
mil_pdf_process_get_pid (MilPdfProcess *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pid;
}

/**
 * mil_pdf_process_ask:
 * @self: a running program, all of whose answers were received
 * @page: which page to draw, from 0
 *
 * The answer is received next, or that there is none.
 */
void
mil_pdf_process_ask (MilPdfProcess *self, guint32 page)
{
  g_return_if_fail (self != NULL);

  self->deadline = g_get_monotonic_time () + self->milliseconds * G_GINT64_CONSTANT (1000);
  /* A process that is gone is noticed when its answer is waited for. */
  while (send (self->channel, &page, sizeof page, MSG_NOSIGNAL) < 0 && errno == EINTR)
    ;
}

static gboolean
set_takes_too_long (GError **error)
{
  mil_error_set (error, MIL_ERROR_TOO_LARGE, _ ("This PDF document takes too long to draw. Take a screenshot of the page, and use that."));
  return FALSE;
}

/* It is gone before its answer was complete. */
static gboolean
set_ended (MilPdfProcess *self, GError **error)
{
  int status = end (self);
  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGXCPU)
    return set_takes_too_long (error);
  if (WIFEXITED (status) && WEXITSTATUS (status) == MIL_PDF_EXIT_MEMORY)
    mil_error_set (error, MIL_ERROR_TOO_LARGE, _ ("This PDF document takes too much memory to draw. Save it with fewer dots per inch, or take a screenshot of the page."));
  else
    mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("This PDF document could not be drawn: the program that draws it stopped. Take a screenshot of the page, and use that."));
  return FALSE;
}

/* Until there is something to be received, or nothing will come any more. */
static gboolean
wait_for_bytes (MilPdfProcess *self, GCancellable *cancellable, GError **error)
{
  GPollFD fds[2] = { { .fd = self->channel, .events = G_IO_IN } };
  gint64  left = self->deadline - g_get_monotonic_time ();
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (left <= 0)
    return set_takes_too_long (error);
  gboolean has_cancel = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fds[1]);
  g_poll (fds, has_cancel ? 2 : 1, (int) MIN (left / 1000 + 1, G_MAXINT));
  if (has_cancel)
    g_cancellable_release_fd (cancellable);
  return TRUE;
}

/**
 * mil_pdf_process_receive:
 * @self: a running program
 * @buffer: (out caller-allocates): where to put it
 * @size: how many bytes are wanted
 * @cancellable: (nullable): to give up
 * @error: where to say what went wrong
 *
 * Waits for the next bytes of an answer. After an error nothing but mil_pdf_process_free() is left to do.
 *
 * Errors: %MIL_ERROR_TOO_LARGE where memory or time did not suffice, %MIL_ERROR_UNREADABLE where the program
 * came to grief, and %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether all of @buffer is filled
 */
gboolean
mil_pdf_process_receive (MilPdfProcess *self, void *buffer, gsize size, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (buffer != NULL || size == 0, FALSE);

  for (guint8 *to = buffer; size > 0;)
    {
      ssize_t n = recv (self->channel, to, size, MSG_DONTWAIT);
      if (n > 0)
        {
          to += n;
          size -= n;
        }
      else if (n < 0 && errno == EINTR)
        continue;
      else if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
        return set_ended (self, error);
      else if (!wait_for_bytes (self, cancellable, error))
        return FALSE;
    }
  return TRUE;
}
