/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What drives a fuzz target where the compiler has no fuzzer: every file of its corpus, and changed
 * copies of them. The changes are the same on every run. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define N_MUTATIONS 2000
#define MAX_SIZE (256 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A copy of its own, so that the sanitizer sees a byte read too far. */
static void
run (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_malloc (MAX (size, 1));

  memcpy (copy, data, size);
  LLVMFuzzerTestOneInput (copy, size);
}

static void
change (GByteArray *bytes, GByteArray *other, GRand *rand)
{
  guint  at = bytes->len > 0 ? g_rand_int_range (rand, 0, bytes->len) : 0;
  guint  length = g_rand_int_range (rand, 1, 17);
  guint8 byte = g_rand_int_range (rand, 0, 256);

  switch (bytes->len > 0 ? g_rand_int_range (rand, 0, 6) : 1)
    {
    case 0:
      bytes->data[at] ^= 1 << (byte & 7);
      break;
    case 1:
      g_byte_array_append (bytes, &byte, 1);
      break;
    case 2:
      g_byte_array_remove_range (bytes, at, MIN (length, bytes->len - at));
      break;
    case 3:
      bytes->data[at] = "0123456789.,:-/\"{}[]<>&\\ \n%=;"[byte % 30];
      break;
    case 4:
      g_byte_array_set_size (bytes, at);
      break;
    default:
      if (other->len > 0 && bytes->len < MAX_SIZE)
        {
          guint from = g_rand_int_range (rand, 0, other->len);

          g_byte_array_append (bytes, other->data + from, other->len - from);
        }
    }
}

static void
mutate_all (GPtrArray *corpus, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      GByteArray *origin = g_ptr_array_index (corpus, i % corpus->len);
      GByteArray *other = g_ptr_array_index (corpus, g_rand_int_range (rand, 0, corpus->len));
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, origin->data, origin->len);
      for (gint32 n = g_rand_int_range (rand, 1, 9); n > 0; n--)
        change (bytes, other, rand);
      run (bytes->data, bytes->len);
    }
}

static GPtrArray *
read_corpus (const char *folder)
{
  GPtrArray *corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  for (guint i = 0; i < names->len; i++)
    {
      char *data;
      gsize size;

      if (g_file_get_contents (g_ptr_array_index (names, i), &data, &size, NULL))
        g_ptr_array_add (corpus, g_byte_array_new_take ((guint8 *) data, size));
    }
  return corpus;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) corpus = NULL;

  if (argc < 2)
    g_error ("Usage: %s FOLDER [SEED]", argv[0]);
  corpus = read_corpus (argv[1]);
  if (corpus->len == 0)
    g_error ("“%s” has no files: the target would test nothing.", argv[1]);
  run ((const guint8 *) "", 0);
  for (guint i = 0; i < corpus->len; i++)
    {
      GByteArray *bytes = g_ptr_array_index (corpus, i);

      run (bytes->data, bytes->len);
    }
  mutate_all (corpus, argc > 2 ? (guint32) strtoul (argv[2], NULL, 10) : 1);
  return EXIT_SUCCESS;
}
