/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/pdf/mil-pdf-confine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include "scan/mil-pdf-wire.h"

/* AddressSanitizer takes terabytes of addresses for itself, and has its own allocator. */
#if defined __SANITIZE_ADDRESS__
#define IS_SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif

/* A document of many pages: what all of them may take, in pages that take as long as one may. */
#define MOST_LONG_PAGES 4

#if defined __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#if defined __GLIBC__ && !defined IS_SANITIZED

/* Where memory ends, Cairo leaves a picture out without a word, and Poppler a font. So no allocation of this
 * program fails: it ends there, and says why. */

static gboolean is_confined;

void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *old, size_t size);

static void *
or_end (void *memory)
{
  if (memory == NULL && is_confined)
    _exit (MIL_PDF_EXIT_MEMORY);
  return memory;
}

void *
malloc (size_t size)
{
  return or_end (__libc_malloc (size));
}

void *
calloc (size_t n, size_t size)
{
  return or_end (__libc_calloc (n, size));
}

void *
realloc (void *old, size_t size)
{
  void *memory = __libc_realloc (old, size);
  return size > 0 ? or_end (memory) : memory;
}

/* How many bytes of addresses the program has taken so far; Source: proc_pid_statm(5). */
static rlim_t
addresses_in_use (void)
{
  unsigned long pages = 0;
  FILE         *file = fopen ("/proc/self/statm", "re");
  if (file == NULL)
    return 0;
  if (fscanf (file, "%lu", &pages) != 1)
    pages = 0;
  fclose (file);
  return (rlim_t) pages * sysconf (_SC_PAGESIZE);
}

static void
confine_memory (guint mebibytes)
{
  rlim_t        most = addresses_in_use () + (rlim_t) mebibytes * 1024 * 1024;
  struct rlimit limit = { most, most };
  setrlimit (RLIMIT_AS, &limit);
  is_confined = TRUE;
}

/* Warnings about what is wrong in a document, or about caches that cannot be written, are nobody's business. */
static void
confine_words (void)
{
  int fd = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  if (fd >= 0)
    dup2 (fd, STDERR_FILENO);
  if (fd >= 0)
    close (fd);
}

#else

static void
confine_memory (guint mebibytes)
{
}

/* What the sanitizers find is to be read. */
static void
confine_words (void)
{
}

#endif

#ifdef ARCHITECTURE

#define NUMBER offsetof (struct seccomp_data, nr)
/* The lower half of an argument: these are all small, and the machines have their lower half first. */
#define ARGUMENT(i) (offsetof (struct seccomp_data, args) + 8 * (i))
#define REFUSE (SECCOMP_RET_ERRNO | EPERM)

/* Connections, other programs and processes, and whatever changes a file: drawing needs none of them. */
static const int refused[] = {
  SYS_socket,
  SYS_socketpair,
  SYS_connect,
  SYS_bind,
  SYS_listen,
  SYS_accept,
  SYS_accept4,
  SYS_execve,
  SYS_execveat,
  SYS_clone,
  SYS_clone3,
  SYS_kill,
  SYS_tkill,
  SYS_ptrace,
  SYS_process_vm_readv,
  SYS_process_vm_writev,
  SYS_pidfd_open,
  SYS_pidfd_send_signal,
  SYS_rt_sigqueueinfo,
  SYS_rt_tgsigqueueinfo,
  SYS_unlinkat,
  SYS_renameat2,
  SYS_mkdirat,
  SYS_linkat,
  SYS_symlinkat,
  SYS_mknodat,
  SYS_fchmodat,
  SYS_fchmod,
  SYS_fchownat,
  SYS_fchown,
  SYS_truncate,
  SYS_ftruncate,
  SYS_fallocate,
  SYS_utimensat,
  SYS_setxattr,
  SYS_lsetxattr,
  SYS_fsetxattr,
  SYS_mount,
  SYS_umount2,
  SYS_unshare,
  SYS_setns,
  SYS_chroot,
  SYS_openat2,
  SYS_io_uring_setup,
  SYS_bpf,
  SYS_perf_event_open,
  SYS_userfaultfd,
  SYS_keyctl,
  SYS_add_key,
  SYS_request_key,
  SYS_open_by_handle_at,
  SYS_memfd_create,
#ifdef __x86_64__
  SYS_fork,
  SYS_vfork,
  SYS_unlink,
  SYS_rename,
  SYS_renameat,
  SYS_mkdir,
  SYS_rmdir,
  SYS_link,
  SYS_symlink,
  SYS_mknod,
  SYS_chmod,
  SYS_chown,
  SYS_lchown,
  SYS_creat,
  SYS_utime,
  SYS_utimes,
  SYS_futimesat,
#endif
};

static void
add (struct sock_filter *filter, guint *n, guint16 code, guint32 k, guint8 if_true, guint8 if_false)
{
  filter[(*n)++] = (struct sock_filter) { code, if_true, if_false, k };
}

/* The call @number is refused unless its argument @i, of which only the bits of @mask are looked at, is @value. */
static void
add_unless (struct sock_filter *filter, guint *n, guint32 number, guint i, guint32 mask, guint32 value)
{
  add (filter, n, BPF_JMP | BPF_JEQ | BPF_K, number, 0, 5);
  add (filter, n, BPF_LD | BPF_W | BPF_ABS, ARGUMENT (i), 0, 0);
  add (filter, n, BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
  add (filter, n, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
  add (filter, n, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
  add (filter, n, BPF_RET | BPF_K, REFUSE, 0, 0);
}

/* Source: seccomp(2). Where the system has no such filters, the other limits stand. */
static void
confine_calls (void)
{
  struct sock_filter filter[2 * G_N_ELEMENTS (refused) + 64];
  guint              n = 0;
  add (filter, &n, BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, arch), 0, 0);
  add (filter, &n, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
  add (filter, &n, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
  add (filter, &n, BPF_LD | BPF_W | BPF_ABS, NUMBER, 0, 0);
  /* The calls of x32 are the same ones by other numbers. */
  add (filter, &n, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
  add (filter, &n, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      add (filter, &n, BPF_JMP | BPF_JEQ | BPF_K, refused[i], 0, 1);
      add (filter, &n, BPF_RET | BPF_K, REFUSE, 0, 0);
    }
  add_unless (filter, &n, SYS_openat, 2, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY);
#ifdef __x86_64__
  add_unless (filter, &n, SYS_open, 1, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY);
#endif
  add_unless (filter, &n, SYS_prlimit64, 0, G_MAXUINT32, 0);
  add_unless (filter, &n, SYS_tgkill, 0, G_MAXUINT32, getpid ());
  add (filter, &n, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
  g_assert (n <= G_N_ELEMENTS (filter));
  struct sock_fprog program = { n, filter };
  prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

#else

static void
confine_calls (void)
{
}

#endif

/**
 * mil_pdf_confine:
 * @mebibytes: how much memory the process may take from now on
 *
 * Takes from the process what drawing needs none of: memory without end, the network, other processes, and
 * writing any file. Its errors are not printed, and descriptors above
 * %MIL_PDF_DOCUMENT_FD are closed. Where an allocation fails later, the process ends with %MIL_PDF_EXIT_MEMORY.
 */
void
mil_pdf_confine (guint mebibytes)
{
  confine_words ();
  close_range (MIL_PDF_DOCUMENT_FD + 1, ~0U, 0);
  struct rlimit none = { 0, 0 };
  setrlimit (RLIMIT_CORE, &none);
  setrlimit (RLIMIT_FSIZE, &none);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  confine_memory (mebibytes);
  confine_calls ();
}

/**
 * mil_pdf_confine_time:
 * @seconds: of processor time
 *
 * The process may take so much processor time from now on, and all pages together as much as a few of the
 * longest: then it is stopped by SIGXCPU.
 */
void
mil_pdf_confine_time (guint seconds)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  rlim_t used = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
  rlim_t        most = (rlim_t) seconds * MOST_LONG_PAGES;
  struct rlimit limit = { MIN (used + seconds, most), most + 1 };
  /* Whoever started this may not have wanted to hear of it. */
  signal (SIGXCPU, SIG_DFL);
  setrlimit (RLIMIT_CPU, &limit);
}
