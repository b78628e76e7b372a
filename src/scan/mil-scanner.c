/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "scan/mil-scanner.h"

#include <glib/gi18n.h>
#include <string.h>

#include <allheaders.h>

#include "base/mil-currency.h"
#include "base/mil-promise.h"
#include "scan/mil-grain.h"
#include "scan/mil-mrz-reader.h"
#include "scan/mil-ocr.h"
#include "scan/mil-page-finder.h"
#include "scan/mil-page.h"
#include "scan/mil-pdf-document.h"
#include "scan/mil-receipt-language.h"
#include "scan/mil-receipt-reader.h"
#include "scan/mil-row-stitch.h"
#include "scan/mil-scan-progress.h"
#include "scan/mil-second-look.h"

/* A picture, its working copies and an engine take about 150 MB. */
#define MAX_WORKERS 2
/* Below this mean confidence the page may be upside down. */
#define POOR_READING 62
#define CLEARLY_MORE 8
#define MIN_EASTERN 35
/* Grain of a dark picture is read as letters of all scripts, but none of them is sure. */
#define MOSTLY_EASTERN 80
#define NOT_GRAIN 50
#define ASCII_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LEAST_WORD 4
#define FEW_WORDS 4
#define SURE_SCRIPT 70
#define LIKELY_SCRIPT 35
/* How much less letters are believed that make no words; and how near to the best a script has to come to be
 * tried on all of the page. */
#define NO_WORDS 30
#define ABOUT_ALIKE 12
#define SURE_DATE 60
/* How much of the page's height is enough to know its script by. */
#define SCRIPT_PART 0.3
/* So many words that are read so badly are grain, in whatever script and whichever way it is turned. */
#define MANY_WORDS 150
#define GRAIN_READING 25
#define MAX_PAPERS 4
#define MAX_SECTIONS 20

struct _MilScanner
{
  GObject parent_instance;

  GThreadPool *workers;
  GMutex       mutex;
  /* (element-type MilOcr): engines that no worker uses now */
  GPtrArray *engines;
};

typedef struct
{
  MilScanner *scanner;
  MilPicture *picture;
  /* (nullable) (element-type MilPicture): sections of one paper */
  GPtrArray *sections;
  /* (nullable): a document whose pages are sections, unless it has only one */
  MilPdfDocument  *document;
  DexPromise      *promise;
  GMainContext    *home;
  MilScanKind      kind;
  char            *languages;
  char            *country;
  char            *currency;
  MilDate          today;
  MilScanProgress *progress;
  /* (unowned) (nullable) (element-type MilSymbol): codes, and the first of them that is in @picture. */
  GPtrArray *codes;
  guint      first_code;
  guint      n_sections;
  /* The picture has grain that looks like strokes. */
  gboolean grainy;
  /* The part of the progress that what is read now is. */
  double from;
  double to;
} Job;

G_DEFINE_FINAL_TYPE (MilScanner, mil_scanner, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (MilScanResult, mil_scan_result, mil_scan_result_copy, mil_scan_result_free)

static gpointer
copy_symbol (gconstpointer symbol, gpointer data)
{
  return mil_symbol_copy (symbol);
}

static gpointer
copy_receipt (gconstpointer receipt, gpointer data)
{
  return mil_receipt_copy (receipt);
}

/**
 * mil_scan_result_copy:
 * @self: a result
 *
 * Returns: (transfer full): a copy
 */
MilScanResult *
mil_scan_result_copy (const MilScanResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  MilScanResult *copy = g_memdup2 (self, sizeof *self);
  copy->receipt = self->receipt ? mil_receipt_copy (self->receipt) : NULL;
  copy->symbols = g_ptr_array_copy (self->symbols, (GCopyFunc) copy_symbol, NULL);
  copy->more = g_ptr_array_copy (self->more, (GCopyFunc) copy_receipt, NULL);
  copy->mrz = self->mrz ? mil_mrz_copy (self->mrz) : NULL;
  return copy;
}

/**
 * mil_scan_result_free:
 * @self: (transfer full): a result
 *
 * Frees it.
 */
void
mil_scan_result_free (MilScanResult *self)
{
  g_clear_pointer (&self->receipt, mil_receipt_free);
  g_clear_pointer (&self->more, g_ptr_array_unref);
  g_clear_pointer (&self->symbols, g_ptr_array_unref);
  g_clear_pointer (&self->mrz, mil_mrz_free);
  g_free (self);
}

/**
 * mil_scan_kind_name:
 * @kind: a kind
 *
 * Returns: "auto", "receipt", "passport" or "code"
 */
const char *
mil_scan_kind_name (MilScanKind kind)
{
  static const char *const names[] = { "auto", "receipt", "passport", "code" };
  g_return_val_if_fail (kind < G_N_ELEMENTS (names), NULL);

  return names[kind];
}

static void
job_free (Job *job)
{
  g_clear_object (&job->picture);
  g_clear_pointer (&job->sections, g_ptr_array_unref);
  g_clear_pointer (&job->document, mil_pdf_document_free);
  dex_clear (&job->promise);
  g_clear_pointer (&job->home, g_main_context_unref);
  g_free (job->languages);
  g_free (job->country);
  g_free (job->currency);
  g_clear_object (&job->progress);
  /* Last, so that with the scanner all is gone that its jobs held. */
  g_clear_object (&job->scanner);
  g_free (job);
}

static void
report (Job *job, double fraction, const char *stage)
{
  mil_scan_progress_report (job->progress,
                            job->from + (job->to - job->from) * fraction,
                            stage,
                            dex_promise_get_cancellable (job->promise));
}

static int
milliseconds_since (gint64 start)
{
  return (int) ((g_get_monotonic_time () - start) / 1000);
}

/* Lets go of the engines that nobody uses but the last @kept: each holds 15 to 100 MB. */
static void
forget_engines (MilScanner *self, guint kept)
{
  g_mutex_lock (&self->mutex);
  while (self->engines->len > kept)
    mil_ocr_free (g_ptr_array_steal_index (self->engines, self->engines->len - 1));
  g_mutex_unlock (&self->mutex);
}

/* An engine that nobody uses, or a new one; there is none in waiting while another one is made. */
static MilOcr *
borrow_engine (MilScanner *self, const char *languages, GError **error)
{
  g_mutex_lock (&self->mutex);
  MilOcr *found = NULL;
  for (guint i = 0; i < self->engines->len && found == NULL; i++)
    {
      MilOcr *engine = g_ptr_array_index (self->engines, i);
      if (g_str_equal (mil_ocr_get_languages (engine), languages))
        found = g_ptr_array_steal_index (self->engines, i);
    }
  g_mutex_unlock (&self->mutex);
  if (found != NULL)
    return found;
  forget_engines (self, 0);
  return mil_ocr_new (languages, error);
}

static void
return_engine (MilScanner *self, MilOcr *engine)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_insert (self->engines, 0, engine);
  g_mutex_unlock (&self->mutex);
  forget_engines (self, MAX_WORKERS);
}

static char *
choose_languages (const Job *job)
{
  if (job->languages != NULL)
    return g_strdup (job->languages);
  const char *language = mil_receipt_language_of_country (job->country);
  return g_strdup (language != NULL && mil_ocr_has_language (language) ? language : "eng");
}

typedef struct
{
  Job        *job;
  double      from;
  double      to;
  const char *stage;
} Span;

static void
on_ocr_progress (int percent, gpointer data)
{
  const Span *span = data;
  report (span->job, span->from + (span->to - span->from) * percent / 100, span->stage);
}

/* A code that was read is no text. */
static void
erase_codes (const Job *job, MilPage *page)
{
  for (guint i = job->first_code; page != NULL && job->codes != NULL && i < job->codes->len; i++)
    mil_page_erase (page, &((const MilSymbol *) g_ptr_array_index (job->codes, i))->quad);
}

static MilPage *
find_page (const Job *job, const MilQuad *paper, GCancellable *cancellable)
{
  MilPage *page = mil_page_find (job->picture, paper, cancellable);
  erase_codes (job, page);
  if (page != NULL && job->codes != NULL && job->codes->len > job->first_code)
    mil_page_level (page);
  return page;
}

static GPtrArray *
read_rows (Job *job, MilPage *page, const char *languages, MilOcrLayout layout, Span *span, GCancellable *cancellable, GError **error)
{
  MilOcr *engine = borrow_engine (job->scanner, languages, error);
  if (engine == NULL)
    return NULL;
  GPtrArray *words = mil_ocr_read (engine, mil_page_get_pix (page), layout, on_ocr_progress, span, cancellable, error);
  return_engine (job->scanner, engine);
  return words ? mil_rows_build (words) : NULL;
}

static int
mean_confidence (GPtrArray *rows)
{
  gint64 sum = 0, weight = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const MilRow *row = g_ptr_array_index (rows, i);
      gsize         length = strlen (row->text);
      sum += (gint64) row->confidence * length;
      weight += length;
    }
  return weight > 0 ? sum / weight : 0;
}

static void
to_picture (MilReceipt *receipt, MilPage *page)
{
  for (guint i = 0; i < MIL_RECEIPT_N_FIELDS; i++)
    receipt->evidence[i].box = mil_page_box_in_picture (page, receipt->evidence[i].box);
  for (guint i = 0; i < receipt->lines->len; i++)
    {
      MilReceiptLine *line = g_ptr_array_index (receipt->lines, i);
      line->box = mil_page_box_in_picture (page, line->box);
    }
  for (guint i = 0; i < receipt->vat->len; i++)
    {
      MilReceiptVat *row = g_ptr_array_index (receipt->vat, i);
      row->box = mil_page_box_in_picture (page, row->box);
    }
  receipt->page = mil_page_quad (page);
}

/* A code on another paper says nothing about this one. */
static void
apply_codes (const Job *job, MilReceipt *receipt, GPtrArray *symbols, const MilQuad *paper)
{
  for (guint i = 0; i < symbols->len; i++)
    {
      const MilSymbol *symbol = g_ptr_array_index (symbols, i);
      MilBox           box = mil_quad_bounds (&symbol->quad);
      if (paper != NULL && !mil_quad_contains (paper, box.x + box.width / 2.0, box.y + box.height / 2.0))
        continue;
      MilFiscal *fiscal = mil_fiscal_parse (symbol->text);
      if (fiscal != NULL)
        mil_receipt_apply_fiscal (receipt, fiscal, box);
      else
        mil_receipt_apply_number (receipt, symbol->text, job->today);
    }
}

/* The language that the paper's own country or its words ask for, where it was read in another. */
static const char *
better_language (const Job *job, const MilReceipt *receipt, GPtrArray *rows)
{
  if (job->languages != NULL)
    return NULL;
  const char *language = mil_receipt_language_of_country (receipt->vat_country);
  if (language == NULL)
    language = mil_receipt_language_of_rows (rows);
  return language != NULL && !g_str_equal (language, receipt->language) && mil_ocr_has_language (language) ? language : NULL;
}

/* One reading of the paper: how it was straightened, and what came out. */
typedef struct
{
  MilPage    *page;
  GPtrArray  *rows;
  MilReceipt *receipt;
  int         confidence;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->page, mil_page_free);
  g_clear_pointer (&reading->rows, g_ptr_array_unref);
  g_clear_pointer (&reading->receipt, mil_receipt_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
make_sense (Job *job, const char *languages, Reading *reading)
{
  MilReceiptHints hints = { job->country, job->currency, job->today };
  g_clear_pointer (&reading->receipt, mil_receipt_free);
  reading->receipt = mil_receipt_read_rows (reading->rows, &hints);
  reading->receipt->language = g_strdup (languages);
  if (reading->page != NULL)
    to_picture (reading->receipt, reading->page);
}

static gboolean
read_page (Job *job, MilPage *page, const char *languages, MilOcrLayout layout, Span *span, Reading *reading, GCancellable *cancellable, GError **error)
{
  reading->page = page;
  reading->rows = read_rows (job, page, languages, layout, span, cancellable, error);
  if (reading->rows == NULL)
    return FALSE;
  reading->confidence = mean_confidence (reading->rows);
  make_sense (job, languages, reading);
  return TRUE;
}

/* Two sums or more make a total that need not be read again. */
static gboolean
is_summed_up (const MilReceipt *receipt)
{
  const MilAgreement sums = MIL_AGREE_ITEMS | MIL_AGREE_VAT | MIL_AGREE_CHANGE | MIL_AGREE_ROUNDING;
  return mil_receipt_has (receipt, MIL_RECEIPT_TOTAL)
         && __builtin_popcount (receipt->evidence[MIL_RECEIPT_TOTAL].agreements & sums) >= 2;
}

/* More looks at grain bring nothing but more of it, and each takes seconds. */
static gboolean
is_grain (const Reading *reading)
{
  guint n = 0;
  for (guint i = 0; i < reading->rows->len; i++)
    n += ((MilRow *) g_ptr_array_index (reading->rows, i))->words->len;
  return n >= MANY_WORDS && reading->confidence < GRAIN_READING;
}

/* The rows that matter are read again, each alone. */
static gboolean
look_again (Job *job, Reading *reading, GCancellable *cancellable, GError **error)
{
  if (is_grain (reading))
    return TRUE;
  MilReceipt     *receipt = reading->receipt;
  MilReceiptHints hints = { job->country, job->currency, job->today };
  MilLookAt       what = MIL_LOOK_AT_DATES | (is_summed_up (receipt) ? 0 : MIL_LOOK_AT_AMOUNTS);
  int exponent = mil_currency_is_known (receipt->currency) ? mil_currency_exponent (receipt->currency) : 2;
  g_autofree char *languages = g_strdup (receipt->language);
  report (job, 0.86, _ ("Reading it again"));
  MilOcr *engine = borrow_engine (job->scanner, languages, error);
  if (engine == NULL)
    return FALSE;
  gboolean done = mil_second_look (
      engine, reading->page, job->picture, reading->rows, what, &hints, exponent == 0 ? 0 : 2, cancellable, error);
  return_engine (job->scanner, engine);
  if (done)
    make_sense (job, languages, reading);
  return done;
}

static void
take_better (Reading *reading, Reading *other, gboolean better)
{
  if (!better)
    return;
  Reading old = *reading;
  *reading = *other;
  *other = old;
}

/* How sure the letters are, numbers left out: those are read well in any script. */
static int
letters_confidence (GPtrArray *rows)
{
  gint64 sum = 0, weight = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const MilRow *row = g_ptr_array_index (rows, i);
      for (guint w = 0; w < row->words->len; w++)
        {
          const MilWord *word = g_ptr_array_index (row->words, w);
          gsize          length = strlen (word->text);
          if (length < 2 || strpbrk (word->text, "0123456789") != NULL)
            continue;
          sum += (gint64) word->confidence * length;
          weight += length;
        }
    }
  return weight > 0 ? sum / weight : 0;
}

/* How many of a hundred letters are Chinese, Japanese or Korean. */
static int
eastern_letters (GPtrArray *rows)
{
  guint all = 0, eastern = 0;
  for (guint i = 0; i < rows->len; i++)
    for (const char *p = ((MilRow *) g_ptr_array_index (rows, i))->text; *p != '\0'; p = g_utf8_next_char (p))
      {
        gunichar c = g_utf8_get_char (p);
        all += g_unichar_isalpha (c) ? 1 : 0;
        eastern += g_unichar_isalpha (c) && c >= 0x2e80 && c < 0xff00 ? 1 : 0;
      }
  return all > 0 ? 100 * eastern / all : 0;
}

/* Whether there are words in it, and not what letters of another script look like. */
static gboolean
has_words (GPtrArray *rows)
{
  guint n = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const MilRow *row = g_ptr_array_index (rows, i);
      for (guint w = 0; w < row->words->len; w++)
        {
          const MilWord *word = g_ptr_array_index (row->words, w);
          gsize          length = strlen (word->text);
          n += length >= LEAST_WORD && word->confidence >= POOR_READING && strspn (word->text, ASCII_LETTERS) == length;
        }
    }
  return n >= FEW_WORDS;
}

/* In the order in which papers are mostly held. */
static const int quarters[] = { 2, 1, 3 };

/* Whether it may read better another way round. */
static gboolean
may_be_turned (const Reading *reading)
{
  return reading->confidence < POOR_READING && !mil_receipt_has (reading->receipt, MIL_RECEIPT_TOTAL)
         && !mil_receipt_has (reading->receipt, MIL_RECEIPT_DATE) && !is_grain (reading);
}

/* Poor letters may stand on their heads, or on a side: where there are words on a part of the page then, all
 * of it is read so. That takes less time than to try other scripts. */
static gboolean
try_part_turned (Job *job, Reading *reading, GCancellable *cancellable, GError **error)
{
  Span             span = { job, 0.66, 0.66, _ ("Reading the text") };
  g_autofree char *languages = g_strdup (reading->receipt->language);
  for (guint i = 0; i < G_N_ELEMENTS (quarters) && may_be_turned (reading); i++)
    {
      g_autoptr (MilPage) whole = mil_page_turn (reading->page, quarters[i]);
      g_autoptr (MilPage) part = mil_page_part (whole, SCRIPT_PART);
      g_autoptr (GPtrArray) rows = read_rows (job, part, languages, MIL_OCR_BLOCK, &span, cancellable, error);
      if (rows == NULL)
        return FALSE;
      if (letters_confidence (rows) < POOR_READING || !has_words (rows))
        continue;
      g_auto (Reading) turned = { 0 };
      if (!read_page (job, g_steal_pointer (&whole), languages, MIL_OCR_BLOCK, &span, &turned, cancellable, error))
        return FALSE;
      take_better (reading, &turned, turned.confidence > reading->confidence + 5);
      break;
    }
  return TRUE;
}

/* What is still poor is read each way round. */
static gboolean
try_turned (Job *job, Reading *reading, GCancellable *cancellable, GError **error)
{
  if (!may_be_turned (reading))
    return TRUE;
  Span span = { job, 0.7, 0.85, _ ("Reading the text") };
  g_autoptr (MilPage) upright = mil_page_turn (reading->page, 0);
  g_autofree char *languages = g_strdup (reading->receipt->language);
  for (guint i = 0; i < G_N_ELEMENTS (quarters) && reading->confidence < POOR_READING + 5; i++)
    {
      g_auto (Reading) turned = { 0 };
      if (!read_page (job, mil_page_turn (upright, quarters[i]), languages, MIL_OCR_BLOCK, &span, &turned, cancellable, error))
        return FALSE;
      take_better (reading, &turned, turned.confidence > reading->confidence + 5);
    }
  return TRUE;
}

/* What was taken for the edge of the paper may be a fold, a shadow or another paper. */
static gboolean
try_whole (Job *job, Reading *reading, GCancellable *cancellable, GError **error)
{
  if (!mil_page_is_cut_out (reading->page)
      || (reading->confidence >= POOR_READING && mil_receipt_has (reading->receipt, MIL_RECEIPT_TOTAL)
          && mil_receipt_has (reading->receipt, MIL_RECEIPT_DATE)))
    return TRUE;
  Span     span = { job, 0.7, 0.85, _ ("Reading the text") };
  MilBox   all = { 0, 0, mil_picture_get_width (job->picture), mil_picture_get_height (job->picture) };
  MilQuad  whole = mil_quad_of_box (all);
  MilPage *page = find_page (job, &whole, cancellable);
  if (page == NULL)
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  /* What was left out may have been nothing but table. */
  if (mil_page_is_same (page, reading->page))
    {
      mil_page_free (page);
      return TRUE;
    }
  g_auto (Reading) second = { 0 };
  if (!read_page (job, page, reading->receipt->language, MIL_OCR_BLOCK, &span, &second, cancellable, error))
    return FALSE;
  take_better (reading, &second, mil_receipt_quality (second.receipt) > mil_receipt_quality (reading->receipt));
  return TRUE;
}

/* The paper itself may ask for another language. */
static gboolean
try_language (Job *job, Reading *reading, GCancellable *cancellable, GError **error)
{
  const char *language = better_language (job, reading->receipt, reading->rows);
  if (language == NULL)
    return TRUE;
  Span span = { job, 0.85, 0.9, _ ("Reading the text") };
  g_auto (Reading) second = { 0 };
  if (!read_page (job, mil_page_turn (reading->page, 0), language, MIL_OCR_BLOCK, &span, &second, cancellable, error))
    return FALSE;
  take_better (reading, &second, mil_receipt_quality (second.receipt) >= mil_receipt_quality (reading->receipt));
  return TRUE;
}

static gboolean
lacks_agreement (const Reading *reading)
{
  return !mil_receipt_is_well_supported (reading->receipt, MIL_RECEIPT_TOTAL)
         || !mil_receipt_has (reading->receipt, MIL_RECEIPT_DATE);
}

/* Lines of curled paper are straightened; that is taken only where it makes the reading better by its own
 * evidence. */
static gboolean
try_flat (Job *job, Reading *reading, GCancellable *cancellable, GError **error)
{
  gboolean poor = lacks_agreement (reading) || reading->confidence < POOR_READING;
  MilPage *flat = poor && !is_grain (reading) ? mil_page_flatten (reading->page) : NULL;
  if (flat == NULL)
    return TRUE;
  Span span = { job, 0.86, 0.9, _ ("Reading it again") };
  g_auto (Reading) second = { 0 };
  g_autofree char *languages = g_strdup (reading->receipt->language);
  if (!read_page (job, flat, languages, MIL_OCR_BLOCK, &span, &second, cancellable, error)
      || !look_again (job, &second, cancellable, error))
    return FALSE;
  take_better (reading,
               &second,
               second.confidence >= reading->confidence
                   && mil_receipt_quality (second.receipt) > mil_receipt_quality (reading->receipt));
  return TRUE;
}

/* What one more reading says alone is believed only when it is well supported in itself. */
static void
forget_doubtful (MilReceipt *receipt, const MilReceipt *first)
{
  const MilReceiptField total = MIL_RECEIPT_TOTAL, date = MIL_RECEIPT_DATE;
  if (!mil_receipt_is_well_supported (receipt, total)
      && mil_decimal_compare (receipt->amounts[total], first->amounts[total]) != 0)
    receipt->evidence[total] = (MilEvidence) { 0 };
  if (receipt->evidence[date].confidence < SURE_DATE && mil_date_compare (receipt->date, first->date) != 0)
    receipt->evidence[date] = (MilEvidence) { 0 };
}

/* What still lacks agreement is read from pixels without shadows, each stroke by its own surroundings. */
static gboolean
try_clear (Job *job, const MilQuad *paper, Reading *reading, GCancellable *cancellable, GError **error)
{
  MilReceipt *receipt = reading->receipt;
  if (!lacks_agreement (reading) || is_grain (reading))
    return TRUE;
  Span span = { job, 0.94, 0.98, _ ("Reading it again") };
  g_auto (Reading) third = { 0 };
  /* Without a total, a part of the paper may have been taken for the table. */
  gboolean whole = paper == NULL && !mil_receipt_has (receipt, MIL_RECEIPT_TOTAL);
  g_autoptr (MilPage) page = whole ? mil_page_find_in_shadow (job->picture, cancellable)
                                   : mil_page_turn (reading->page, 0);
  if (page == NULL)
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  MilPage *clear = mil_page_clear (page, job->picture);
  erase_codes (job, clear);
  if (!read_page (job, clear, receipt->language, MIL_OCR_BLOCK, &span, &third, cancellable, error)
      || !look_again (job, &third, cancellable, error))
    return FALSE;
  if (!mil_receipt_is_plausible (receipt) && mil_receipt_is_plausible (third.receipt))
    {
      take_better (reading, &third, TRUE);
      return TRUE;
    }
  forget_doubtful (third.receipt, receipt);
  mil_receipt_merge (receipt, third.receipt);
  return TRUE;
}

/* What is not known well is read once more, from pixels that were prepared in another way. */
static gboolean
try_again (Job *job, Reading *reading, GCancellable *cancellable, GError **error)
{
  MilReceipt *receipt = reading->receipt;
  if (!lacks_agreement (reading) && reading->confidence >= POOR_READING)
    return TRUE;
  Span span = { job, 0.9, 0.94, _ ("Reading it again") };
  g_auto (Reading) second = { 0 };
  if (!read_page (job, mil_page_close_gaps (reading->page), receipt->language, MIL_OCR_COLUMN, &span, &second, cancellable, error)
      || !look_again (job, &second, cancellable, error))
    return FALSE;
  if (!mil_receipt_is_plausible (receipt) && mil_receipt_is_plausible (second.receipt))
    take_better (reading, &second, TRUE);
  else
    mil_receipt_merge (receipt, second.receipt);
  return TRUE;
}

/* Which script it is, is tried out on a part of the page where nothing was read that makes sense. */
static gboolean
try_scripts (Job *job, Reading *reading, GCancellable *cancellable, GError **error)
{
  enum
  {
    KOREAN
  };
  static const char *const others[] = { [KOREAN] = "kor", "jpn", "chi_sim", "chi_tra" };
  gboolean                 words = has_words (reading->rows);
  if (job->languages != NULL || job->country != NULL || (words && letters_confidence (reading->rows) >= POOR_READING)
      || mil_receipt_has (reading->receipt, MIL_RECEIPT_TOTAL) || is_grain (reading))
    return TRUE;

  Span span = { job, 0.66, 0.7, _ ("Reading the text") };
  int before = letters_confidence (reading->rows) - (words ? 0 : NO_WORDS), here[G_N_ELEMENTS (others)] = { 0 };
  int most = 0, wanted = MAX (before + CLEARLY_MORE, words ? SURE_SCRIPT : LIKELY_SCRIPT);
  g_autoptr (MilPage) part = mil_page_part (reading->page, SCRIPT_PART);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (!mil_ocr_has_language (others[i]))
        continue;
      g_autoptr (GPtrArray) rows = read_rows (job, part, others[i], MIL_OCR_BLOCK, &span, cancellable, error);
      if (rows == NULL)
        return FALSE;
      /* Letters that are read well may stand among many Latin ones; those of grain are never read well. */
      int sure = letters_confidence (rows);
      here[i] = eastern_letters (rows) >= (words || sure >= NOT_GRAIN ? MIN_EASTERN : MOSTLY_EASTERN) ? sure : 0;
      most = MAX (most, here[i]);
      /* Nothing else looks like Korean. */
      if (i == KOREAN && !words && here[i] >= SURE_SCRIPT)
        break;
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (here[i] < wanted || here[i] + ABOUT_ALIKE < most)
        continue;
      g_auto (Reading) other = { 0 };
      if (!read_page (job, mil_page_turn (reading->page, 0), others[i], MIL_OCR_BLOCK, &span, &other, cancellable, error))
        return FALSE;
      int now = letters_confidence (other.rows);
      if (now <= before)
        continue;
      take_better (reading, &other, TRUE);
      before = now;
    }
  return TRUE;
}

/* A document that carries its text needs no letters recognised. */
static gboolean
read_text_layer (Job *job, Reading *reading)
{
  GPtrArray *known = mil_picture_get_words (job->picture);
  if (known == NULL)
    return FALSE;
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_word_free);
  for (guint i = 0; i < known->len; i++)
    g_ptr_array_add (words, mil_word_copy (g_ptr_array_index (known, i)));
  reading->rows = mil_rows_build (words);
  reading->confidence = 100;
  make_sense (job, NULL, reading);
  MilBox all = { 0, 0, mil_picture_get_width (job->picture), mil_picture_get_height (job->picture) };
  reading->receipt->page = mil_quad_of_box (all);
  return TRUE;
}

static gboolean
recognise (Job *job, const MilQuad *paper, MilScanResult *result, Reading *reading, GCancellable *cancellable, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  report (job, 0.15, _ ("Finding the page"));
  MilPage *page = find_page (job, paper, cancellable);
  result->ms_page += milliseconds_since (start);
  if (page == NULL)
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        mil_error_set (error, MIL_ERROR_NOT_A_RECEIPT, _ ("There is no text in this picture. Take a picture of the whole receipt, in good light."));
      return FALSE;
    }

  start = g_get_monotonic_time ();
  g_autofree char *languages = choose_languages (job);
  Span             span = { job, 0.2, 0.66, _ ("Reading the text") };
  gboolean         done = read_page (job, page, languages, MIL_OCR_BLOCK, &span, reading, cancellable, error)
                  && try_part_turned (job, reading, cancellable, error)
                  && try_scripts (job, reading, cancellable, error)
                  && try_whole (job, reading, cancellable, error) && try_turned (job, reading, cancellable, error)
                  && try_language (job, reading, cancellable, error) && look_again (job, reading, cancellable, error)
                  && try_flat (job, reading, cancellable, error) && try_again (job, reading, cancellable, error)
                  && try_clear (job, paper, reading, cancellable, error);
  result->ms_ocr += milliseconds_since (start);
  return done;
}

static MilReceipt *
read_paper (Job *job, const MilQuad *paper, MilScanResult *result, GCancellable *cancellable, GError **error)
{
  g_auto (Reading) reading = { 0 };
  gboolean written = paper == NULL && read_text_layer (job, &reading);
  if (written && !mil_receipt_has (reading.receipt, MIL_RECEIPT_TOTAL))
    {
      reading_clear (&reading);
      written = FALSE;
    }
  if (!written && !recognise (job, paper, result, &reading, cancellable, error))
    return NULL;
  apply_codes (job, reading.receipt, result->symbols, paper);
  if (mil_receipt_is_plausible (reading.receipt))
    {
      if (!written)
        mil_receipt_doubt_total (reading.receipt, job->grainy);
      return g_steal_pointer (&reading.receipt);
    }
  mil_error_set (error, MIL_ERROR_NOT_A_RECEIPT, _ ("This does not look like a receipt. Take a picture of the whole receipt, or type it in."));
  return NULL;
}

/* Several papers that lie apart are a receipt each, the one with most text first. */
static gboolean
read_papers (Job *job, MilScanResult *result, GCancellable *cancellable, GError **error)
{
  MilQuad papers[MAX_PAPERS];
  guint   n = 0;
  if (mil_picture_get_words (job->picture) == NULL)
    {
      g_autoptr (GBytes) luma = mil_picture_dup_luma (job->picture);
      int width = mil_picture_get_width (job->picture);
      n = mil_page_finder_all (g_bytes_get_data (luma, NULL), width, mil_picture_get_height (job->picture), width, papers, MAX_PAPERS);
    }
  for (guint i = 0; n >= 2 && i < n; i++)
    {
      g_autoptr (GError) local = NULL;
      job->from = i / (double) n;
      job->to = (i + 1) / (double) n;
      MilReceipt *receipt = read_paper (job, &papers[i], result, cancellable, &local);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          g_clear_pointer (&receipt, mil_receipt_free);
          return FALSE;
        }
      if (receipt != NULL && result->receipt == NULL)
        result->receipt = receipt;
      else if (receipt != NULL)
        g_ptr_array_add (result->more, receipt);
    }
  job->from = 0;
  job->to = 1;
  if (result->receipt == NULL)
    result->receipt = read_paper (job, NULL, result, cancellable, error);
  return result->receipt != NULL;
}

static MilBox
box_below (MilPage *page, MilBox box, int offset)
{
  if (page != NULL)
    box = mil_page_box_in_picture (page, box);
  box.y += offset;
  return box;
}

/* Boxes of sections are as if their pictures lay one below the other. */
static void
move_rows (GPtrArray *rows, MilPage *page, int offset)
{
  for (guint i = 0; i < rows->len; i++)
    {
      MilRow *row = g_ptr_array_index (rows, i);
      row->box = box_below (page, row->box, offset);
      for (guint w = 0; w < row->words->len; w++)
        {
          MilWord *word = g_ptr_array_index (row->words, w);
          word->box = box_below (page, word->box, offset);
        }
      if (row->others != NULL)
        move_rows (row->others, page, offset);
    }
}

static MilPicture *
nth_section (Job *job, guint i, GCancellable *cancellable, GError **error)
{
  if (job->document == NULL)
    return g_object_ref (g_ptr_array_index (job->sections, i));
  return mil_pdf_document_draw (job->document, i, cancellable, error);
}

/* The part of the progress that the section is. */
static void
enter_section (Job *job, guint i)
{
  job->from = i / (double) job->n_sections;
  job->to = (i + 1) / (double) job->n_sections;
}

static void
leave_sections (Job *job)
{
  job->from = 0;
  job->to = 1;
}

static void
add_symbols (MilScanResult *result, MilPicture *picture, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) found = mil_symbols_read_picture (picture, cancellable);
  while (found->len > 0)
    g_ptr_array_add (result->symbols, g_ptr_array_steal_index (found, 0));
}

/* Reads one section after the other, and makes sense of them together. */
static gboolean
read_sections (Job *job, MilScanResult *result, GCancellable *cancellable, GError **error)
{
  g_auto (Reading) all = { .rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_row_free) };
  g_autofree char *language = NULL;
  int              offset = 0;
  for (guint i = 0; i < job->n_sections; i++)
    {
      enter_section (job, i);
      report (job, 0, _ ("Reading the text"));
      g_autoptr (GError) local = NULL;
      g_auto (Reading) reading = { 0 };
      g_autoptr (MilPicture) section = nth_section (job, i, cancellable, error);
      if (section == NULL)
        return FALSE;
      job->codes = result->symbols;
      job->first_code = result->symbols->len;
      add_symbols (result, section, cancellable);
      g_clear_object (&job->picture);
      job->picture = mil_grain_calm (section, &job->grainy);
      gboolean done = read_text_layer (job, &reading) || recognise (job, NULL, result, &reading, cancellable, &local);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (done)
        {
          g_set_str (&language, reading.receipt->language);
          move_rows (reading.rows, reading.page, offset);
          mil_rows_stitch (all.rows, reading.rows);
        }
      offset += mil_picture_get_height (section);
    }
  leave_sections (job);
  make_sense (job, language, &all);
  apply_codes (job, all.receipt, result->symbols, NULL);
  if (mil_receipt_is_plausible (all.receipt))
    result->receipt = g_steal_pointer (&all.receipt);
  else
    mil_error_set (error, MIL_ERROR_NOT_A_RECEIPT, _ ("This does not look like a receipt. Take a picture of the whole receipt, or type it in."));
  return result->receipt != NULL;
}

static gboolean
read_receipt (Job *job, MilScanResult *result, GCancellable *cancellable, GError **error)
{
  if (job->n_sections > 0)
    return read_sections (job, result, cancellable, error);
  MilPicture *as_taken = job->picture;
  job->codes = result->symbols;
  job->picture = mil_grain_calm (as_taken, &job->grainy);
  gboolean done = read_papers (job, result, cancellable, error);
  g_object_unref (job->picture);
  job->picture = as_taken;
  return done;
}

static MilMrz *
read_zone (Job *job, MilScanResult *result, gboolean thorough, GCancellable *cancellable)
{
  gint64 start = g_get_monotonic_time ();
  report (job, 0.3, _ ("Reading the text"));
  MilMrz *mrz = mil_mrz_read_picture (job->picture, thorough, job->today, cancellable);
  result->ms_ocr += milliseconds_since (start);
  return mrz;
}

/* A document is on one of the pages. Returns whether they could be looked at. */
static gboolean
read_passport (Job *job, MilScanResult *result, GCancellable *cancellable, GError **error)
{
  if (job->n_sections == 0)
    result->mrz = read_zone (job, result, TRUE, cancellable);
  for (guint i = 0; i < job->n_sections && result->mrz == NULL; i++)
    {
      enter_section (job, i);
      g_clear_object (&job->picture);
      job->picture = nth_section (job, i, cancellable, error);
      if (job->picture == NULL)
        return FALSE;
      result->mrz = read_zone (job, result, TRUE, cancellable);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  leave_sections (job);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
read_codes (Job *job, MilScanResult *result, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < job->n_sections; i++)
    {
      enter_section (job, i);
      report (job, 0.05, _ ("Looking for codes"));
      g_autoptr (MilPicture) section = nth_section (job, i, cancellable, error);
      if (section == NULL)
        return FALSE;
      add_symbols (result, section, cancellable);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  leave_sections (job);
  return TRUE;
}

/* Without being told what to look for, "no receipt" is an answer and not an error. */
static gboolean
read_any (Job *job, MilScanResult *result, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  result->mrz = job->n_sections == 0 ? read_zone (job, result, FALSE, cancellable) : NULL;
  if (result->mrz != NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return result->mrz != NULL;
  if (read_receipt (job, result, cancellable, &local))
    return TRUE;
  if (!g_error_matches (local, MIL_ERROR, MIL_ERROR_NOT_A_RECEIPT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return read_passport (job, result, cancellable, error);
}

static gboolean
read_kind (Job *job, MilScanResult *result, GCancellable *cancellable, GError **error)
{
  switch (job->kind)
    {
    case MIL_SCAN_AUTO:
      return read_any (job, result, cancellable, error);
    case MIL_SCAN_RECEIPT:
      return read_receipt (job, result, cancellable, error);
    case MIL_SCAN_PASSPORT:
      if (!read_passport (job, result, cancellable, error))
        return FALSE;
      if (result->mrz == NULL)
        mil_error_set (error, MIL_ERROR_UNREADABLE, _ ("The two or three lines at the bottom of the document could not be read for sure. Take the picture closer and in even light, or type them in."));
      return result->mrz != NULL;
    default:
      return read_codes (job, result, cancellable, error);
    }
}

/* A document of one page is a picture; one of several is drawn page after page, where each is needed. */
static gboolean
open_sections (Job *job, GCancellable *cancellable, GError **error)
{
  if (job->sections != NULL)
    job->n_sections = job->sections->len;
  if (job->document == NULL)
    return TRUE;
  guint n = mil_pdf_document_count_pages (job->document, cancellable, error);
  if (n > 1)
    job->n_sections = MIN (n, MAX_SECTIONS);
  else if (n == 1)
    {
      job->picture = mil_pdf_document_draw (job->document, 0, cancellable, error);
      g_clear_pointer (&job->document, mil_pdf_document_free);
    }
  return n > 1 || job->picture != NULL;
}

static MilScanResult *
scan (Job *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (MilScanResult) result = g_new0 (MilScanResult, 1);
  gint64 start = g_get_monotonic_time ();

  if (!open_sections (job, cancellable, error))
    return NULL;
  result->ms_load = milliseconds_since (start);
  start = g_get_monotonic_time ();
  report (job, 0.05, _ ("Looking for codes"));
  result->more = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_receipt_free);
  result->symbols = job->picture ? mil_symbols_read_picture (job->picture, cancellable)
                                 : g_ptr_array_new_with_free_func ((GDestroyNotify) mil_symbol_free);
  result->ms_codes = milliseconds_since (start);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !read_kind (job, result, cancellable, error))
    return NULL;
  result->kind = result->mrz                ? MIL_SCAN_PASSPORT
                 : result->receipt          ? MIL_SCAN_RECEIPT
                 : result->symbols->len > 0 ? MIL_SCAN_CODE
                                            : MIL_SCAN_AUTO;
  report (job, 1, _ ("Done"));
  return g_steal_pointer (&result);
}

static void
work (gpointer data, gpointer user_data)
{
  Job          *job = data;
  GCancellable *cancellable = dex_promise_get_cancellable (job->promise);
  g_autoptr (GError) error = NULL;

  mil_ocr_use_one_thread ();
  MilScanResult *result = g_cancellable_set_error_if_cancelled (cancellable, &error)
                              ? NULL
                              : scan (job, cancellable, &error);
  mil_promise_settle (g_steal_pointer (&job->promise),
                      job->home,
                      MIL_TYPE_SCAN_RESULT,
                      result,
                      result == NULL ? mil_error_from (error) : NULL);
  job_free (job);
}

static void
mil_scanner_finalize (GObject *object)
{
  MilScanner *self = MIL_SCANNER (object);

  /* Every job holds a reference, so none is left; but the last may be dropped by a worker, which
   * cannot wait for itself. */
  g_thread_pool_free (self->workers, FALSE, FALSE);
  g_clear_pointer (&self->engines, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (mil_scanner_parent_class)->finalize (object);
}

static void
mil_scanner_class_init (MilScannerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mil_scanner_finalize;
  /* Leptonica writes warnings about odd pictures to standard error. */
  setMsgSeverity (L_SEVERITY_NONE);
}

static void
mil_scanner_init (MilScanner *self)
{
  int n = CLAMP ((int) g_get_num_processors () - 1, 1, MAX_WORKERS);
  g_mutex_init (&self->mutex);
  self->engines = g_ptr_array_new_with_free_func ((GDestroyNotify) mil_ocr_free);
  self->workers = g_thread_pool_new (work, NULL, n, FALSE, NULL);
}

/**
 * mil_scanner_new:
 *
 * Engines are loaded when they are first needed.
 *
 * Returns: (transfer full): a scanner
 */
MilScanner *
mil_scanner_new (void)
{
  return g_object_new (MIL_TYPE_SCANNER, NULL);
}

static MilDate
system_day (void)
{
  return mil_date_from_unix (g_get_real_time (), NULL);
}

static Job *
job_new (MilScanner *self, const MilScanOptions *options)
{
  static const MilScanOptions defaults = { .kind = MIL_SCAN_AUTO };
  if (options == NULL)
    options = &defaults;

  Job *job = g_new0 (Job, 1);
  job->scanner = g_object_ref (self);
  job->promise = dex_promise_new_cancellable ();
  job->home = g_main_context_ref_thread_default ();
  job->kind = options->kind;
  job->languages = g_strdup (options->languages);
  job->country = g_strdup (options->country);
  job->currency = g_strdup (options->currency);
  job->to = 1;
  job->today = mil_date_is_set (options->today) ? options->today : system_day ();
  g_set_object (&job->progress, options->progress);
  return job;
}

static DexFuture *
start (Job *job)
{
  DexFuture *future = mil_promise_follow (dex_ref (DEX_FUTURE (job->promise)));
  g_thread_pool_push (job->scanner->workers, job, NULL);
  return future;
}

/**
 * mil_scan_picture:
 * @self: a scanner
 * @picture: what to read
 * @options: (nullable): what to look for and what is known, or %NULL for %MIL_SCAN_AUTO
 *
 * Reads @picture in a worker thread. Dropping the future stops the work at the next word.
 *
 * Errors: %MIL_ERROR_NOT_A_RECEIPT when a receipt was asked for and there is none,
 * %MIL_ERROR_UNSUPPORTED when a language is not installed.
 *
 * Returns: (transfer full): a future that resolves to a boxed #MilScanResult
 */
DexFuture *
mil_scan_picture (MilScanner *self, MilPicture *picture, const MilScanOptions *options)
{
  dex_return_error_if_fail (MIL_IS_SCANNER (self));
  dex_return_error_if_fail (MIL_IS_PICTURE (picture));

  Job *job = job_new (self, options);
  job->picture = g_object_ref (picture);
  return start (job);
}

/**
 * mil_scan_sections:
 * @self: a scanner
 * @pictures: (element-type MilPicture): sections of one long receipt, from top to bottom, each
 *   showing a little of the one before
 * @options: (nullable): what is known, or %NULL
 *
 * Reads the sections and puts them together to one receipt. Boxes are as if the pictures lay one
 * below the other. Dropping the future stops the work at the next word.
 *
 * Errors: as of mil_scan_picture().
 *
 * Returns: (transfer full): a future that resolves to a boxed #MilScanResult
 */
DexFuture *
mil_scan_sections (MilScanner *self, GPtrArray *pictures, const MilScanOptions *options)
{
  dex_return_error_if_fail (MIL_IS_SCANNER (self));
  dex_return_error_if_fail (pictures != NULL && pictures->len > 0);

  Job *job = job_new (self, options);
  job->sections = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < pictures->len; i++)
    g_ptr_array_add (job->sections, g_object_ref (g_ptr_array_index (pictures, i)));
  return start (job);
}

/**
 * mil_scan_document:
 * @self: a scanner
 * @bytes: a PDF document
 * @options: (nullable): what is known, or %NULL
 *
 * Reads the pages of a document, the first 20 at most, as one receipt; one page is held at a time, and none
 * is drawn twice for a receipt. What the document carries as text is taken as it is. Of a travel document the
 * first page that shows one is taken, codes are those of all pages. Dropping the future stops the work.
 *
 * Errors: as of mil_scan_picture() and mil_picture_decode().
 *
 * Returns: (transfer full): a future that resolves to a boxed #MilScanResult
 */
DexFuture *
mil_scan_document (MilScanner *self, GBytes *bytes, const MilScanOptions *options)
{
  dex_return_error_if_fail (MIL_IS_SCANNER (self));
  dex_return_error_if_fail (bytes != NULL);

  Job *job = job_new (self, options);
  job->document = mil_pdf_document_new (bytes, NULL);
  return start (job);
}
