/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-ocr.h"

#include <dlfcn.h>
#include <glib/gi18n.h>

#include <allheaders.h>
#include <tesseract/capi.h>

#include "base/mil-error.h"

struct _MilOcr
{
  TessBaseAPI *api;
  char        *languages;
};

typedef struct
{
  GCancellable      *cancellable;
  MilOcrProgressFunc progress;
  gpointer           data;
  int                last_percent;
} Watch;

/**
 * mil_word_copy:
 * @self: a word
 *
 * Returns: (transfer full): the same, of its own
 */
MilWord *
mil_word_copy (const MilWord *self)
{
  MilWord *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->text = g_strdup (self->text);
  return copy;
}

/**
 * mil_word_free:
 * @self: (transfer full): a word
 *
 * Frees it.
 */
void
mil_word_free (MilWord *self)
{
  g_free (self->text);
  g_free (self);
}

/**
 * mil_ocr_use_one_thread:
 *
 * Keeps Tesseract from sharing each matrix product out over four threads, which costs more than it
 * gives. Says so to OpenMP for the calling thread: every worker calls it once. (`OMP_THREAD_LIMIT`
 * would have to be in the environment before the program starts, and Tesseract names its number of
 * threads itself, so only the depth of nesting can be limited from inside.)
 */
void
mil_ocr_use_one_thread (void)
{
  void (*set_max_active_levels) (int) = dlsym (RTLD_DEFAULT, "omp_set_max_active_levels");
  if (set_max_active_levels != NULL)
    set_max_active_levels (0);
}

/**
 * mil_ocr_new:
 * @languages: Tesseract's names joined by "+": "deu+eng"
 * @error: where to say what went wrong
 *
 * Loads an engine; 50 to 200 ms.
 *
 * Errors: %MIL_ERROR_UNSUPPORTED when a language is not installed.
 *
 * Returns: (transfer full) (nullable): the engine, or %NULL with @error set
 */
MilOcr *
mil_ocr_new (const char *languages, GError **error)
{
  g_return_val_if_fail (languages != NULL, NULL);

  g_autoptr (MilOcr) self = g_new0 (MilOcr, 1);
  self->api = TessBaseAPICreate ();
  self->languages = g_strdup (languages);
  char *names[] = { (char *) "debug_file" }, *values[] = { (char *) "/dev/null" };
  if (TessBaseAPIInit4 (self->api, NULL, languages, OEM_LSTM_ONLY, NULL, 0, names, values, 1, FALSE) != 0)
    {
      mil_error_set (error, MIL_ERROR_UNSUPPORTED, _ ("The text recognition for “%s” is not installed. Install Tesseract's data for this language."), languages);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * mil_ocr_free:
 * @self: (transfer full): an engine
 *
 * Frees it.
 */
void
mil_ocr_free (MilOcr *self)
{
  TessBaseAPIEnd (self->api);
  TessBaseAPIDelete (self->api);
  g_free (self->languages);
  g_free (self);
}

/**
 * mil_ocr_get_languages:
 * @self: an engine
 *
 * Returns: what mil_ocr_new() was given
 */
const char *
mil_ocr_get_languages (MilOcr *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->languages;
}

/**
 * mil_ocr_has_language:
 * @language: one of Tesseract's names
 *
 * Returns: whether its data is installed
 */
gboolean
mil_ocr_has_language (const char *language)
{
  g_return_val_if_fail (language != NULL, FALSE);

  g_autofree char  *file = g_strconcat (language, ".traineddata", NULL);
  const char       *prefix = g_getenv ("TESSDATA_PREFIX");
  const char *const folders[] = { prefix ? prefix : "/usr/share/tesseract-ocr/5/tessdata",
                                  "/usr/share/tesseract-ocr/5/tessdata",
                                  "/usr/share/tessdata",
                                  "/app/share/tessdata" };
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (folders[i], file, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return TRUE;
    }
  return FALSE;
}

static bool
on_cancel (void *data, int n_words)
{
  Watch *watch = data;
  return g_cancellable_is_cancelled (watch->cancellable);
}

static bool
on_progress (ETEXT_DESC *monitor, int left, int right, int top, int bottom)
{
  Watch *watch = TessMonitorGetCancelThis (monitor);
  int    percent = TessMonitorGetProgress (monitor);
  if (watch->progress != NULL && percent != watch->last_percent)
    watch->progress (watch->last_percent = percent, watch->data);
  return false;
}

static MilWord *
read_word (TessResultIterator *words)
{
  const TessPageIterator *page = TessResultIteratorGetPageIteratorConst (words);
  int                     left, top, right, bottom;
  char                   *text = TessResultIteratorGetUTF8Text (words, RIL_WORD);
  if (text == NULL || *text == '\0' || !TessPageIteratorBoundingBox (page, RIL_WORD, &left, &top, &right, &bottom))
    {
      TessDeleteText (text);
      return NULL;
    }

  MilWord *word = g_new0 (MilWord, 1);
  word->text = g_utf8_make_valid (text, -1);
  word->confidence = CLAMP ((int) TessResultIteratorConfidence (words, RIL_WORD), 0, 100);
  word->box = (MilBox) { left, top, right - left, bottom - top };
  TessDeleteText (text);
  return word;
}

static void
collect_words (MilOcr *self, GPtrArray *all)
{
  TessResultIterator *words = TessBaseAPIGetIterator (self->api);
  if (words == NULL)
    return;
  do
    {
      MilWord *word = read_word (words);
      if (word != NULL)
        g_ptr_array_add (all, word);
    }
  while (TessResultIteratorNext (words, RIL_WORD));
  TessResultIteratorDelete (words);
}

/**
 * mil_ocr_read:
 * @self: an engine
 * @pix: an upright picture with 8 bits a pixel or 1
 * @layout: what it looks like
 * @progress: (nullable): told the per cent done, from the calling thread
 * @data: for @progress
 * @cancellable: (nullable): to give up
 * @error: where to say what went wrong
 *
 * Recognises the text. Blocking: for worker threads.
 *
 * Returns: (transfer full) (nullable) (element-type MilWord): the words in the engine's order
 */
GPtrArray *
mil_ocr_read (MilOcr            *self,
              struct Pix        *pix,
              MilOcrLayout       layout,
              MilOcrProgressFunc progress,
              gpointer           data,
              GCancellable      *cancellable,
              GError           **error)
{
  g_return_val_if_fail (self != NULL && pix != NULL, NULL);

  static const TessPageSegMode modes[] = { PSM_SINGLE_BLOCK, PSM_SINGLE_COLUMN, PSM_SPARSE_TEXT, PSM_SINGLE_LINE, PSM_SINGLE_LINE };
  Watch watch = { cancellable, progress, data, 0 };
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_word_free);

  TessBaseAPISetPageSegMode (self->api, modes[layout]);
  TessBaseAPISetVariable (self->api, "tessedit_char_whitelist", layout == MIL_OCR_NUMBERS ? "0123456789/-.:, " : "");
  TessBaseAPISetImage2 (self->api, pix);
  TessBaseAPISetSourceResolution (self->api, 300);
  ETEXT_DESC *monitor = TessMonitorCreate ();
  TessMonitorSetCancelFunc (monitor, on_cancel);
  TessMonitorSetCancelThis (monitor, &watch);
  TessMonitorSetProgressFunc (monitor, on_progress);
  int failed = TessBaseAPIRecognize (self->api, monitor);
  if (!failed)
    collect_words (self, words);
  TessMonitorDelete (monitor);
  TessBaseAPIClear (self->api);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (failed)
    {
      mil_error_set (error, MIL_ERROR_FAILED, _ ("The text recognition failed on this picture. Try another photo."));
      return NULL;
    }
  return g_steal_pointer (&words);
}
