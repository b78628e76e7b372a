/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/mil-cli.h"

#include "base/mil-clock.h"
#include "base/mil-error.h"
#include "base/mil-json.h"
#include "refund/mil-form-drawing.h"
#include "refund/mil-request-pack.h"
#include "scan/mil-picture.h"

#include <glib/gi18n.h>
#include <unistd.h>

#define MAX_REQUEST (8 << 20)
/* Enough to read the small print of a till roll, and small enough to be mailed. */
#define MAX_PICTURE_SIDE 1800
#define PICTURE_QUALITY 80

/* What was asked for on the command line. */
typedef struct
{
  char    *out;
  char    *paper;
  char    *language;
  char    *also;
  char    *date;
  GStrv    pictures;
  gboolean tell_document;
} FormOptions;

/* Makes the sheet; @form is what it says and what is embedded, @claim the bytes to embed or %NULL. */
typedef MilSheet *(*MakeSheet) (MilTaxFreeForm *form, MilPackTexts *texts, const FormOptions *options, GError **error);

static void
form_options_clear (FormOptions *options)
{
  g_free (options->out);
  g_free (options->paper);
  g_free (options->language);
  g_free (options->also);
  g_free (options->date);
  g_strfreev (options->pictures);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FormOptions, form_options_clear)

static MilPaper
find_paper (const FormOptions *options)
{
  return g_strcmp0 (options->paper, "roll") == 0 ? MIL_PAPER_ROLL : MIL_PAPER_A4;
}

static MilSheet *
draw_form (MilTaxFreeForm *form, MilPackTexts *texts, const FormOptions *options, GError **error)
{
  g_autoptr (MilPackTexts) also = mil_pack_texts_load_installed (options->also != NULL ? options->also : "en", error);

  return also != NULL ? mil_form_drawing_new (form, find_paper (options), texts, also) : NULL;
}

static GBytes *
read_picture (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MilPicture) picture = NULL, small = NULL;
  g_autofree char *data = NULL;
  GBytes          *jpeg;
  gsize            size;

  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  picture = mil_picture_decode (bytes, 0, NULL, error);
  if (picture == NULL)
    return NULL;
  small = mil_picture_scale_down (picture, MAX_PICTURE_SIDE);
  jpeg = mil_picture_to_jpeg (small, PICTURE_QUALITY);
  if (jpeg == NULL)
    mil_error_set (error, MIL_ERROR_FAILED, _ ("“%s” could not be made small enough to be mailed."), path);
  return jpeg;
}

static MilSheet *
draw_request (MilTaxFreeForm *form, MilPackTexts *texts, const FormOptions *options, GError **error)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; options->pictures != NULL && options->pictures[i] != NULL; i++)
    {
      GBytes *jpeg = read_picture (options->pictures[i], error);

      if (jpeg == NULL)
        return NULL;
      g_ptr_array_add (pictures, jpeg);
    }
  return mil_request_pack_new (form, find_paper (options), texts, pictures);
}

static gboolean
find_moment (const char *date, gint64 *moment, GError **error)
{
  g_autoptr (MilClock) clock = mil_clock_new_system ();

  if (date != NULL)
    return mil_instant_parse (date, moment, error);
  *moment = mil_clock_now (clock);
  return TRUE;
}

static gboolean
write_pdf (MilTaxFreeForm *form, GBytes *claim, const FormOptions *options, MakeSheet make, GError **error)
{
  const char *own = mil_pack_language_of (form->country, NULL);
  g_autoptr (MilPackTexts) texts = mil_pack_texts_load_installed (options->language != NULL ? options->language : own, error);
  g_autoptr (MilSheet) sheet = texts != NULL ? make (form, texts, options, error) : NULL;
  g_autoptr (GBytes) pdf = NULL;
  gint64 moment;

  if (sheet == NULL || !find_moment (options->date, &moment, error))
    return FALSE;
  pdf = mil_form_drawing_to_pdf (form, sheet, texts, moment, claim, error);
  return pdf != NULL && g_file_set_contents (options->out, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), error);
}

static gboolean
make_form (const FormOptions *options, GError **error)
{
  g_autoptr (GBytes) input = mil_cli_read_all (STDIN_FILENO, MAX_REQUEST, error);
  g_autoptr (JsonNode) node = input != NULL ? mil_json_parse (input, MAX_REQUEST, error) : NULL;
  g_autoptr (MilTaxFreeForm) form = node != NULL ? mil_tax_free_form_new (node, error) : NULL;

  return form != NULL && write_pdf (form, input, options, draw_form, error);
}

/* Unlike a form's, a request's JSON is not what was read, for it must not tell more than the letter does. */
static gboolean
make_request (const FormOptions *options, GError **error)
{
  g_autoptr (GBytes) input = mil_cli_read_all (STDIN_FILENO, MAX_REQUEST, error);
  g_autoptr (JsonNode) node = input != NULL ? mil_json_parse (input, MAX_REQUEST, error) : NULL;
  g_autoptr (MilTaxFreeForm) form = node != NULL ? mil_tax_free_form_new (node, error) : NULL;
  g_autoptr (MilTaxFreeForm) told = NULL;

  if (form == NULL)
    return FALSE;
  if (options->tell_document)
    told = mil_tax_free_form_ref (form);
  else
    told = mil_tax_free_form_without_document_number (form);
  return write_pdf (told, NULL, options, draw_request, error);
}

static gboolean
check_options (const FormOptions *options, int argc, const char **problem)
{
  if (argc > 1)
    *problem = _ ("The form is read from standard input; there are no other arguments.");
  else if (options->out == NULL)
    *problem = _ ("Say with --out which file to write.");
  else if (options->paper != NULL && !g_str_equal (options->paper, "a4") && !g_str_equal (options->paper, "roll"))
    *problem = _ ("The paper is “a4” or “roll”.");
  else
    return TRUE;
  return FALSE;
}

static int
run (int argc, char **argv, GOptionContext *context, FormOptions *options, gboolean (*make) (const FormOptions *, GError **))
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = g_strdup (argv[0]);
  const char      *problem = NULL;

  if (!g_option_context_parse (context, &argc, &argv, &error))
    return mil_cli_misuse (command, error->message);
  if (!check_options (options, argc, &problem))
    return mil_cli_misuse (command, problem);
  if (!make (options, &error))
    return mil_cli_fail (FALSE, error);
  return MIL_CLI_OK;
}

/**
 * mil_cli_form: (skip)
 * @argc: length of @argv
 * @argv: arguments of the command
 *
 * `milione-cli form --out FILE.pdf [--paper a4|roll] < form.json`: what data/openapi/tax-free-form.schema.json
 * describes is read from standard input, a PDF is written in which the same bytes are embedded.
 *
 * Returns: exit status
 */
int
mil_cli_form (int argc, char **argv)
{
  g_auto (FormOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &options.out, N_ ("Where to write the PDF"), N_ ("FILE") },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &options.paper, N_ ("“a4”, as is usual, or “roll” of 80 mm"), N_ ("PAPER") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, N_ ("Language, instead of the country’s"), N_ ("CODE") },
    { "also", 0, 0, G_OPTION_ARG_STRING, &options.also, N_ ("Second language, instead of English"), N_ ("CODE") },
    { "date", 0, 0, G_OPTION_ARG_STRING, &options.date, N_ ("When it is made, instead of now: 2026-05-22T12:00:00Z"), N_ ("TIME") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("< FORM.json – print a tax-free form"));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return run (argc, argv, context, &options, make_form);
}

/**
 * mil_cli_request: (skip)
 * @argc: length of @argv
 * @argv: arguments of the command
 *
 * `milione-cli request --out FILE.pdf [--picture FILE]… [--tell-document] < form.json`: the same JSON is read, what
 * the traveller hands to the shop is written. The number of the document is left out unless it may be told.
 *
 * Returns: exit status
 */
int
mil_cli_request (int argc, char **argv)
{
  g_auto (FormOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &options.out, N_ ("Where to write the PDF"), N_ ("FILE") },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &options.paper, N_ ("“a4”, as is usual, or “roll” of 80 mm"), N_ ("PAPER") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, N_ ("Language, instead of the country’s"), N_ ("CODE") },
    { "picture", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.pictures, N_ ("Picture of a receipt; may be given several times"), N_ ("FILE") },
    { "tell-document", 0, 0, G_OPTION_ARG_NONE, &options.tell_document, N_ ("Tell the shop the number of the travel document"), NULL },
    { "date", 0, 0, G_OPTION_ARG_STRING, &options.date, N_ ("When it is made, instead of now: 2026-05-22T12:00:00Z"), N_ ("TIME") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (
      _ ("< FORM.json – ask the shop for a tax-free form, in its language"));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return run (argc, argv, context, &options, make_request);
}
