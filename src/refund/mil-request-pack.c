/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-request-pack.h"

#include "refund/mil-form-drawing.h"

typedef struct
{
  const char *country;
  const char *system;
} ByCountry;

/* Where only the seller, or somebody working for the seller, may register a purchase. */
static const ByCountry systems[] = {
  { "ES", "DIVA" }, { "FR", "PABLO" }, { "MC", "PABLO" }, { "IT", "OTELLO" },
  { "JP", "NTA" },  { "NL", "NL" },    { "PL", "PUESC" },
};

/**
 * mil_request_pack_system:
 * @form: a form
 *
 * Returns: (transfer none): under which name the texts know the system that the seller uses: "DIVA",
 * "OTELLO", "PABLO", "PUESC", "NL", "NTA"; "OTHER" where there is none of them
 */
const char *
mil_request_pack_system (MilTaxFreeForm *form)
{
  g_return_val_if_fail (form != NULL, "OTHER");

  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    if (g_str_equal (systems[i].country, form->country) || g_strcmp0 (systems[i].system, form->system) == 0)
      return systems[i].system;
  return "OTHER";
}

static const char *
system_text (MilTaxFreeForm *form, MilPackTexts *texts, const char *what)
{
  g_autofree char *key = g_strconcat ("systems.", mil_request_pack_system (form), ".", what, NULL);

  return mil_pack_texts_get (texts, key);
}

static char *
full_name (MilTaxFreeForm *form)
{
  if (form->traveller.given_name == NULL)
    return g_strdup (form->traveller.surname);
  return g_strdup_printf ("%s %s", form->traveller.given_name, form->traveller.surname);
}

static void
replace (GString *text, const char *mark, const char *value)
{
  if (value != NULL)
    g_string_replace (text, mark, value, 0);
}

/* What a person typed is put in last, so that nothing in it is taken for a mark that is still to be filled. */
static char *
fill (MilTaxFreeForm *form, MilPackTexts *texts, const char *key, const char *date)
{
  g_autoptr (GString) text = g_string_new (mil_pack_texts_get (texts, key));
  g_autofree char *name = full_name (form);

  replace (text, "{date}", date);
  replace (text, "{system}", system_text (form, texts, "name"));
  replace (text, "{document}", system_text (form, texts, "document"));
  replace (text, "{shop}", form->seller.name);
  replace (text, "{email}", form->traveller.email);
  replace (text, "{name}", name);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
say (MilSheet *sheet, MilTextStyle style, MilTaxFreeForm *form, MilPackTexts *texts, const char *key)
{
  g_autofree char *text = fill (form, texts, key, NULL);

  mil_sheet_add_text (sheet, style, text);
}

static void
say_date (MilSheet *sheet, MilTaxFreeForm *form, MilPackTexts *texts, const char *key, MilDate date)
{
  g_autofree char *day = mil_date_is_set (date) ? mil_date_to_string (date) : NULL;
  g_autofree char *text = NULL;

  if (day == NULL)
    return;
  text = fill (form, texts, key, day);
  mil_sheet_add_text (sheet, MIL_TEXT_BODY, text);
}

static void
add_addresses (MilSheet *sheet, MilTaxFreeForm *form)
{
  g_autoptr (GString) from = g_string_new (NULL), to = g_string_new (form->seller.name);
  g_autofree char *name = full_name (form), *day = NULL;

  g_string_append (from, name);
  if (form->traveller.address != NULL)
    g_string_append_printf (from, "\n%s", form->traveller.address);
  if (form->traveller.city != NULL)
    g_string_append_printf (from,
                            "\n%s %s",
                            form->traveller.postcode != NULL ? form->traveller.postcode : "",
                            form->traveller.city);
  if (form->traveller.email != NULL)
    g_string_append_printf (from, "\n%s", form->traveller.email);
  mil_sheet_add_text (sheet, MIL_TEXT_SMALL, from->str);
  mil_sheet_add_space (sheet, 10);
  if (form->seller.address != NULL)
    g_string_append_printf (to, "\n%s", form->seller.address);
  mil_sheet_add_text (sheet, MIL_TEXT_BODY, to->str);
  if (!mil_date_is_set (form->issued_on))
    return;
  day = mil_date_to_string (form->issued_on);
  mil_sheet_add_space (sheet, 10);
  mil_sheet_add_text (sheet, MIL_TEXT_BODY, day);
}

static void
add_steps (MilSheet *sheet, MilTaxFreeForm *form, MilPackTexts *texts)
{
  static const char *const steps[] = { "first", "second", "third" };

  say (sheet, MIL_TEXT_BODY, form, texts, "letter.please");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *text = g_strdup_printf ("%u. %s", i + 1, system_text (form, texts, steps[i]));

      mil_sheet_add_text (sheet, MIL_TEXT_BODY, text);
    }
}

static void
add_letter (MilSheet *sheet, MilTaxFreeForm *form, MilPackTexts *texts)
{
  gboolean         told = form->traveller.document.number != NULL;
  g_autofree char *name = full_name (form);

  add_addresses (sheet, form);
  mil_sheet_add_space (sheet, 10);
  say (sheet, MIL_TEXT_HEADING, form, texts, "letter.subject");
  mil_sheet_add_space (sheet, 4);
  say (sheet, MIL_TEXT_BODY, form, texts, "letter.greeting");
  say (sheet, MIL_TEXT_BODY, form, texts, "letter.opening");
  say (sheet, MIL_TEXT_BODY, form, texts, "letter.only_seller");
  mil_sheet_add_text (sheet, MIL_TEXT_STRONG, system_text (form, texts, "document"));
  add_steps (sheet, form, texts);
  say_date (sheet, form, texts, "letter.leaving", form->traveller.leaves_on);
  say_date (sheet, form, texts, "letter.export_by", form->deadlines.export_by);
  say (sheet, MIL_TEXT_BODY, form, texts, told ? "letter.document_told" : "letter.document_withheld");
  say (sheet, MIL_TEXT_BODY, form, texts, form->traveller.email != NULL ? "letter.reply" : "letter.reply_here");
  say (sheet, MIL_TEXT_BODY, form, texts, "letter.unable");
  say (sheet, MIL_TEXT_BODY, form, texts, "letter.thanks");
  mil_sheet_add_space (sheet, 4);
  say (sheet, MIL_TEXT_BODY, form, texts, "letter.closing");
  mil_sheet_add_space (sheet, 26);
  mil_sheet_add_text (sheet, MIL_TEXT_BODY, name);
}

static char *
picture_caption (MilTaxFreeForm *form, MilPackTexts *texts, guint index, guint count)
{
  g_autoptr (GString) text = g_string_new (mil_pack_texts_get (texts, "letter.picture"));
  g_autofree char *n = g_strdup_printf ("%u", index + 1), *all = g_strdup_printf ("%u", count);

  replace (text, "{n}", n);
  replace (text, "{count}", all);
  replace (text, "{what}", form->seller.name);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * mil_request_pack_new:
 * @form: what is known of the purchase; a document's number that is in it is told to the shop
 * @paper: what it is printed on
 * @texts: words in the language of the shop
 * @pictures: (nullable) (element-type GBytes): JPEG pictures of the receipts; others are left out
 *
 * Lays out what a traveller hands or mails to a shop where only the seller may file: a letter that says what
 * to do in the country's system, the data for it, and the receipts.
 *
 * Returns: (transfer full): a finished sheet
 */
MilSheet *
mil_request_pack_new (MilTaxFreeForm *form, MilPaper paper, MilPackTexts *texts, GPtrArray *pictures)
{
  MilSheet        *sheet;
  g_autofree char *footer = NULL;

  g_return_val_if_fail (form != NULL && texts != NULL, NULL);

  sheet = mil_sheet_new (paper, mil_pack_texts_language (texts));
  add_letter (sheet, form, texts);
  mil_sheet_break_page (sheet);
  mil_form_drawing_add_part (sheet, texts, NULL, "form", mil_form_fields, form);
  mil_form_drawing_add_part (sheet, texts, NULL, "traveller", mil_form_traveller_fields, &form->traveller);
  mil_form_drawing_add_part (sheet, texts, NULL, "seller", mil_form_seller_fields, &form->seller);
  mil_form_drawing_add_purchases (sheet, form, texts, NULL);
  mil_form_drawing_add_part (sheet, texts, NULL, "deadlines", mil_form_deadline_fields, &form->deadlines);
  for (guint i = 0; pictures != NULL && i < pictures->len; i++)
    {
      g_autofree char *caption = picture_caption (form, texts, i, pictures->len);

      mil_sheet_add_picture (sheet, pictures->pdata[i], caption);
    }
  footer = g_strdup_printf ("%s · %s", mil_pack_texts_get (texts, "letter.footer"), form->number);
  mil_sheet_finish (sheet, footer, mil_pack_texts_get (texts, "form.page"));
  return sheet;
}

/**
 * mil_request_pack_subject:
 * @form: what is known of the purchase
 * @texts: words in the language of the shop
 *
 * Returns: (transfer full): subject of the mail that the pack is attached to
 */
char *
mil_request_pack_subject (MilTaxFreeForm *form, MilPackTexts *texts)
{
  g_return_val_if_fail (form != NULL && texts != NULL, NULL);

  return fill (form, texts, "letter.mail_subject", NULL);
}

/**
 * mil_request_pack_body:
 * @form: what is known of the purchase
 * @texts: words in the language of the shop
 *
 * Returns: (transfer full): text of the mail that the pack is attached to
 */
char *
mil_request_pack_body (MilTaxFreeForm *form, MilPackTexts *texts)
{
  g_return_val_if_fail (form != NULL && texts != NULL, NULL);

  return fill (form, texts, "letter.mail_body", NULL);
}
