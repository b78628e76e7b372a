/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <sys/random.h>

#include "base/mil-clock.h"

struct _MilRandom
{
  GObject  parent_instance;
  gboolean seeded;
  GMutex   mutex; /* guards state */
  guint64  state;
};

G_DEFINE_FINAL_TYPE (MilRandom, mil_random, G_TYPE_OBJECT)

static void
mil_random_finalize (GObject *object)
{
  MilRandom *self = MIL_RANDOM (object);

  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (mil_random_parent_class)->finalize (object);
}

static void
mil_random_class_init (MilRandomClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_random_finalize;
}

static void
mil_random_init (MilRandom *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * mil_random_new_system:
 *
 * Returns: (transfer full): the system's generator, good for keys and nonces
 */
MilRandom *
mil_random_new_system (void)
{
  return g_object_new (MIL_TYPE_RANDOM, NULL);
}

/**
 * mil_random_new_seeded:
 * @seed: the same seed gives the same bytes
 *
 * Returns: (transfer full): a generator for tests; its bytes can be foretold
 */
MilRandom *
mil_random_new_seeded (guint64 seed)
{
  MilRandom *self = g_object_new (MIL_TYPE_RANDOM, NULL);

  self->seeded = TRUE;
  self->state = seed;
  return self;
}

/* SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). */
static guint64
next_number (guint64 *state)
{
  guint64 z;

  *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  z = *state;
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* The kernel's own generator: it has no state here that a fork or a crash could repeat. */
static void
fill_from_system (guint8 *bytes, gsize n_bytes)
{
  for (gsize done = 0; done < n_bytes;)
    {
      gssize got = getrandom (bytes + done, n_bytes - done, 0);

      if (got > 0)
        done += got;
      else if (errno != EINTR)
        g_error ("The system gives no random bytes.");
    }
}

/**
 * mil_random_fill:
 * @self: a generator
 * @bytes: (array length=n_bytes): what to fill
 * @n_bytes: how many
 *
 * May be called from any thread. The program ends when the system has no randomness to give.
 */
void
mil_random_fill (MilRandom *self, guint8 *bytes, gsize n_bytes)
{
  g_return_if_fail (MIL_IS_RANDOM (self));
  g_return_if_fail (bytes != NULL || n_bytes == 0);

  if (!self->seeded)
    {
      fill_from_system (bytes, n_bytes);
      return;
    }
  g_mutex_lock (&self->mutex);
  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = next_number (&self->state) >> 56;
  g_mutex_unlock (&self->mutex);
}

/**
 * mil_uuid_new:
 * @clock: when it is
 * @random: chance
 *
 * An identifier that sorts by the millisecond it was made in: UUID version 7 (RFC 9562, section 5.7).
 *
 * Returns: (transfer full): 36 characters, lower case
 */
char *
mil_uuid_new (MilClock *clock, MilRandom *random)
{
  static const char digits[] = "0123456789abcdef";
  guint8            b[16];
  guint64           milliseconds;
  char              text[37], *end = text;

  g_return_val_if_fail (MIL_IS_CLOCK (clock) && MIL_IS_RANDOM (random), NULL);

  milliseconds = mil_clock_now (clock) / 1000;
  mil_random_fill (random, b, sizeof b);
  for (guint i = 0; i < 6; i++)
    b[i] = milliseconds >> (40 - 8 * i);
  b[6] = 0x70 | (b[6] & 0x0f);
  b[8] = 0x80 | (b[8] & 0x3f);
  for (guint i = 0; i < sizeof b; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *end++ = '-';
      *end++ = digits[b[i] >> 4];
      *end++ = digits[b[i] & 0x0f];
    }
  *end = '\0';
  return g_strdup (text);
}

/**
 * mil_uuid_is_valid:
 * @text: (nullable): what somebody else sent
 *
 * Returns: whether @text is a UUID of any version, in lower case
 */
gboolean
mil_uuid_is_valid (const char *text)
{
  if (text == NULL)
    return FALSE;
  for (guint i = 0; i < 36; i++)
    {
      gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;

      if (dash ? text[i] != '-' : !g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
        return FALSE;
    }
  return text[36] == '\0';
}
