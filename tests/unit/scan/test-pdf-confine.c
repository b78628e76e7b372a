/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each try is made in a process of its own, which comes back as it went. */

#include "config.h"

#include "scan/pdf/mil-pdf-confine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scan/mil-pdf-wire.h"

/* The exit status of @try, confined to 64 MiB. */
static int
confined (int (*try) (void))
{
  int   status = 0;
  pid_t pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      mil_pdf_confine (64);
      _exit (try ());
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static int
has_filter (void)
{
  return prctl (PR_GET_SECCOMP) == 2;
}

/* So that the compiler leaves nothing out. */
static void *volatile kept;

static int
take_little (void)
{
  kept = malloc (32 * 1024 * 1024);
  return kept == NULL;
}

static int
take_much (void)
{
  kept = malloc (65 * 1024 * 1024);
  return kept == NULL;
}

static int
clear_much (void)
{
  kept = calloc (65, 1024 * 1024);
  return kept == NULL;
}

static int
grow_much (void)
{
  kept = malloc (10);
  kept = realloc (kept, 65 * 1024 * 1024);
  return kept == NULL;
}

static void
test_memory (void)
{
  g_assert_cmpint (confined (take_little), ==, 0);
  g_assert_cmpint (confined (take_much), ==, MIL_PDF_EXIT_MEMORY);
  g_assert_cmpint (confined (clear_much), ==, MIL_PDF_EXIT_MEMORY);
  g_assert_cmpint (confined (grow_much), ==, MIL_PDF_EXIT_MEMORY);
}

static int
connect_out (void)
{
  return socket (AF_INET, SOCK_STREAM, 0) >= 0 ? 1 : errno;
}

static int
connect_here (void)
{
  return socket (AF_UNIX, SOCK_STREAM, 0) >= 0 ? 1 : errno;
}

static int
copy_itself (void)
{
  return fork () >= 0 ? 1 : errno;
}

static int
become_another (void)
{
  execl ("/bin/true", "true", NULL);
  return errno;
}

static int
signal_parent (void)
{
  return kill (getppid (), 0) == 0 ? 1 : errno;
}

static int
signal_thread_of_parent (void)
{
  return tgkill (getppid (), getppid (), 0) == 0 ? 1 : errno;
}

static int
remove_folder (void)
{
  return unlinkat (AT_FDCWD, "nothing", AT_REMOVEDIR) == 0 ? 1 : errno;
}

static void
test_calls (void)
{
  if (!confined (has_filter))
    {
      g_test_skip ("this system filters no calls");
      return;
    }
  g_assert_cmpint (confined (connect_out), ==, EPERM);
  g_assert_cmpint (confined (connect_here), ==, EPERM);
  g_assert_cmpint (confined (copy_itself), ==, EPERM);
  g_assert_cmpint (confined (become_another), ==, EPERM);
  g_assert_cmpint (confined (signal_parent), ==, EPERM);
  g_assert_cmpint (confined (signal_thread_of_parent), ==, EPERM);
  g_assert_cmpint (confined (remove_folder), ==, EPERM);
}

static int
read_file (void)
{
  return open ("/proc/self/status", O_RDONLY) >= 0 ? 0 : errno;
}

static int
write_file (void)
{
  return open ("/dev/null", O_WRONLY) >= 0 ? 1 : errno;
}

static int
make_file (void)
{
  return open ("new", O_RDONLY | O_CREAT, 0600) >= 0 ? 1 : errno;
}

static int
cut_file (void)
{
  return open ("/dev/null", O_RDONLY | O_TRUNC) >= 0 ? 1 : errno;
}

/* A descriptor that is open before does not stay. */
static int
use_open_one (void)
{
  return fcntl (MIL_PDF_DOCUMENT_FD + 1, F_GETFD) >= 0 ? 1 : errno;
}

static void
test_files (void)
{
  g_assert_cmpint (dup2 (0, MIL_PDF_DOCUMENT_FD + 1), ==, MIL_PDF_DOCUMENT_FD + 1);
  g_assert_cmpint (confined (use_open_one), ==, EBADF);
  g_assert_cmpint (confined (read_file), ==, 0);
  if (!confined (has_filter))
    return;
  g_assert_cmpint (confined (write_file), ==, EPERM);
  g_assert_cmpint (confined (make_file), ==, EPERM);
  g_assert_cmpint (confined (cut_file), ==, EPERM);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/pdf-confine/memory", test_memory);
  g_test_add_func ("/scan/pdf-confine/calls", test_calls);
  g_test_add_func ("/scan/pdf-confine/files", test_files);
  return g_test_run ();
}
