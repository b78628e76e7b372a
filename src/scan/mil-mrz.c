/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-mrz.h"

#include "base/mil-country.h"

#include <string.h>

/* ICAO 9303 parts 4 to 7: where the fields stand. Positions from 0. */
typedef struct
{
  guint8 line;
  guint8 at;
  guint8 length;
} Span;

typedef struct
{
  guint8 n_lines;
  guint8 width;
  Span   issuer;
  Span   names;
  Span   number;
  Span   nationality;
  Span   birth;
  Span   sex;
  Span   expiry;
  Span   optional;
  /* Parts of the composite check digit, and where it stands; length 0 for none. */
  Span composite[5];
  Span composite_digit;
  /* Whether the optional data has a check digit of its own right after it. */
  gboolean optional_checked;
} Layout;

static const Layout layouts[] = {
  [MIL_MRZ_TD1] = { 3,
                    30,
                    { 0, 2, 3 },
                    { 2, 0, 30 },
                    { 0, 5, 9 },
                    { 1, 15, 3 },
                    { 1, 0, 6 },
                    { 1, 7, 1 },
                    { 1, 8, 6 },
                    { 0, 15, 15 },
                    { { 0, 5, 25 }, { 1, 0, 7 }, { 1, 8, 7 }, { 1, 18, 11 } },
                    { 1, 29, 1 },
                    FALSE },
  [MIL_MRZ_TD2] = { 2,
                    36,
                    { 0, 2, 3 },
                    { 0, 5, 31 },
                    { 1, 0, 9 },
                    { 1, 10, 3 },
                    { 1, 13, 6 },
                    { 1, 20, 1 },
                    { 1, 21, 6 },
                    { 1, 28, 7 },
                    { { 1, 0, 10 }, { 1, 13, 7 }, { 1, 21, 14 } },
                    { 1, 35, 1 },
                    FALSE },
  [MIL_MRZ_TD3] = { 2,
                    44,
                    { 0, 2, 3 },
                    { 0, 5, 39 },
                    { 1, 0, 9 },
                    { 1, 10, 3 },
                    { 1, 13, 6 },
                    { 1, 20, 1 },
                    { 1, 21, 6 },
                    { 1, 28, 14 },
                    { { 1, 0, 10 }, { 1, 13, 7 }, { 1, 21, 22 } },
                    { 1, 43, 1 },
                    TRUE },
  [MIL_MRZ_MRV_A]
  = { 2, 44, { 0, 2, 3 }, { 0, 5, 39 }, { 1, 0, 9 }, { 1, 10, 3 }, { 1, 13, 6 }, { 1, 20, 1 }, { 1, 21, 6 }, { 1, 28, 16 }, { { 0 } }, { 0 }, FALSE },
  [MIL_MRZ_MRV_B]
  = { 2, 36, { 0, 2, 3 }, { 0, 5, 31 }, { 1, 0, 9 }, { 1, 10, 3 }, { 1, 13, 6 }, { 1, 20, 1 }, { 1, 21, 6 }, { 1, 28, 8 }, { { 0 } }, { 0 }, FALSE },
};

static const char *const type_names[] = { "TD1", "TD2", "TD3", "MRV-A", "MRV-B" };

G_DEFINE_BOXED_TYPE (MilMrz, mil_mrz, mil_mrz_copy, mil_mrz_free)

/**
 * mil_mrz_copy:
 * @self: an MRZ
 *
 * Returns: (transfer full): a copy
 */
MilMrz *
mil_mrz_copy (const MilMrz *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  MilMrz *copy = g_memdup2 (self, sizeof *self);
  for (guint i = 0; i < G_N_ELEMENTS (copy->lines); i++)
    copy->lines[i] = g_strdup (self->lines[i]);
  copy->document_code = g_strdup (self->document_code);
  copy->issuer = g_strdup (self->issuer);
  copy->surname = g_strdup (self->surname);
  copy->given_names = g_strdup (self->given_names);
  copy->number = g_strdup (self->number);
  copy->nationality = g_strdup (self->nationality);
  copy->optional = g_strdup (self->optional);
  return copy;
}

/**
 * mil_mrz_free:
 * @self: (transfer full): an MRZ
 *
 * Frees it.
 */
void
mil_mrz_free (MilMrz *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lines); i++)
    g_free (self->lines[i]);
  g_free (self->document_code);
  g_free (self->issuer);
  g_free (self->surname);
  g_free (self->given_names);
  g_free (self->number);
  g_free (self->nationality);
  g_free (self->optional);
  g_free (self);
}

/**
 * mil_mrz_type_name:
 * @type: a layout
 *
 * Returns: "TD1", "TD2", "TD3", "MRVA" or "MRVB"
 */
const char *
mil_mrz_type_name (MilMrzType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (type_names), NULL);

  return type_names[type];
}

static int
weigh (const char *text, gsize length, int sum, gsize *position)
{
  static const int weights[] = { 7, 3, 1 };
  for (gsize i = 0; i < length; i++)
    {
      int value = g_ascii_isdigit (text[i])   ? text[i] - '0'
                  : g_ascii_isupper (text[i]) ? text[i] - 'A' + 10
                                              : 0;
      sum += value * weights[(*position)++ % 3];
    }
  return sum;
}

/**
 * mil_mrz_check_digit:
 * @text: what is to be checked
 * @length: its length in bytes
 *
 * ICAO 9303-3, 4.9: weights 7, 3, 1; letters count 10 to 35, fillers 0; modulo 10.
 *
 * Returns: the check digit, '0' to '9'
 */
char
mil_mrz_check_digit (const char *text, gsize length)
{
  g_return_val_if_fail (text != NULL, '0');

  gsize position = 0;
  return '0' + weigh (text, length, 0, &position) % 10;
}

static gboolean
find_type (const char *const *lines, MilMrzType *type)
{
  gsize n = g_strv_length ((GStrv) lines), width = n > 0 ? strlen (lines[0]) : 0;
  for (guint t = 0; t < G_N_ELEMENTS (layouts); t++)
    {
      gboolean visa = lines[0] != NULL && lines[0][0] == 'V';
      gboolean for_visa = t == MIL_MRZ_MRV_A || t == MIL_MRZ_MRV_B;
      if (layouts[t].n_lines != n || layouts[t].width != width || (n == 2 && visa != for_visa))
        continue;
      for (guint i = 0; i < n; i++)
        if (strlen (lines[i]) != width)
          return FALSE;
      *type = t;
      return TRUE;
    }
  return FALSE;
}

static char *
take (const MilMrz *self, Span span)
{
  char *text = g_strndup (self->lines[span.line] + span.at, span.length);
  g_strdelimit (text, "<", ' ');
  return g_strchomp (text);
}

static gboolean
check_span (const MilMrz *self, Span span)
{
  const char *text = self->lines[span.line] + span.at;
  char        digit = text[span.length];
  if (digit == mil_mrz_check_digit (text, span.length))
    return TRUE;
  /* An empty optional field may have a filler for its zero. */
  return digit == '<' && strspn (text, "<") >= span.length;
}

static gboolean
check_composite (const MilMrz *self, const Layout *layout)
{
  if (layout->composite_digit.length == 0)
    return TRUE;
  int   sum = 0;
  gsize position = 0;
  for (guint i = 0; i < G_N_ELEMENTS (layout->composite) && layout->composite[i].length > 0; i++)
    {
      Span span = layout->composite[i];
      sum = weigh (self->lines[span.line] + span.at, span.length, sum, &position);
    }
  return self->lines[layout->composite_digit.line][layout->composite_digit.at] == '0' + sum % 10;
}

/* A TD1 number of more than nine characters goes on in the optional data, its check digit after it
 * (ICAO 9303-5, note j). */
static gboolean
check_number (MilMrz *self, const Layout *layout)
{
  const char *line = self->lines[layout->number.line];
  guint       after = layout->number.at + layout->number.length;
  if (line[after] != '<' || layout->number.length != 9 || self->type != MIL_MRZ_TD1)
    return check_span (self, layout->number);

  const char *rest = line + layout->optional.at;
  gsize       n = strcspn (rest, "< ");
  n = MIN (n, layout->optional.length);
  if (n < 2)
    return check_span (self, layout->number);
  g_autofree char *whole = g_strdup_printf ("%.9s%.*s", line + layout->number.at, (int) n - 1, rest);
  if (rest[n - 1] != mil_mrz_check_digit (whole, strlen (whole)))
    return FALSE;
  g_free (self->number);
  self->number = g_steal_pointer (&whole);
  return TRUE;
}

/* Two digits of the year: a birth lies in the past, an expiry at most fifty years ahead. */
static MilDate
read_date (const char *text, MilDate today, gboolean birth)
{
  for (guint i = 0; i < 6; i++)
    if (!g_ascii_isdigit (text[i]))
      return (MilDate) { 0 };
  int     year = 2000 + (text[0] - '0') * 10 + text[1] - '0';
  MilDate date = { year, (text[2] - '0') * 10 + text[3] - '0', (text[4] - '0') * 10 + text[5] - '0' };
  if (birth ? year > today.year : year > today.year + 50)
    date.year -= 100;
  return mil_date_is_valid (date) ? date : (MilDate) { 0 };
}

static void
split_names (MilMrz *self, Span span)
{
  g_autofree char *names = g_strndup (self->lines[span.line] + span.at, span.length);
  char            *given = strstr (names, "<<");
  if (given != NULL)
    {
      *given = '\0';
      given += 2;
    }
  g_strdelimit (names, "<", ' ');
  self->surname = g_strdup (g_strchomp (names));
  self->given_names = g_strdup (given ? given : "");
  g_strdelimit (self->given_names, "<", ' ');
  g_strstrip (self->given_names);
}

static gboolean
is_alphabet (const char *line)
{
  for (; *line != '\0'; line++)
    if (!g_ascii_isdigit (*line) && !g_ascii_isupper (*line) && *line != '<')
      return FALSE;
  return TRUE;
}

/**
 * mil_mrz_parse:
 * @lines: (array zero-terminated=1): two or three lines of capitals, digits and `<`
 * @today: to tell the century of two-digit years
 *
 * Source: ICAO 9303, parts 3 to 7.
 *
 * Returns: (transfer full) (nullable): the MRZ, whose check digits may be wrong; %NULL when the lines
 *   have no layout that is known
 */
MilMrz *
mil_mrz_parse (const char *const *lines, MilDate today)
{
  g_return_val_if_fail (lines != NULL, NULL);

  MilMrzType type;
  if (!find_type (lines, &type))
    return NULL;
  for (guint i = 0; lines[i] != NULL; i++)
    if (!is_alphabet (lines[i]))
      return NULL;

  const Layout *layout = &layouts[type];
  MilMrz       *self = g_new0 (MilMrz, 1);
  self->type = type;
  for (guint i = 0; i < layout->n_lines; i++)
    self->lines[i] = g_strdup (lines[i]);
  self->document_code = take (self, (Span) { 0, 0, 2 });
  self->issuer = take (self, layout->issuer);
  self->number = take (self, layout->number);
  self->nationality = take (self, layout->nationality);
  self->optional = take (self, layout->optional);
  split_names (self, layout->names);
  char sex = self->lines[layout->sex.line][layout->sex.at];
  self->sex = sex == 'M' || sex == 'F' ? sex : 'X';
  self->birth = read_date (self->lines[layout->birth.line] + layout->birth.at, today, TRUE);
  self->expiry = read_date (self->lines[layout->expiry.line] + layout->expiry.at, today, FALSE);
  self->valid = check_number (self, layout) && check_span (self, layout->birth) && check_span (self, layout->expiry)
                && (!layout->optional_checked || check_span (self, layout->optional))
                && check_composite (self, layout);
  return self;
}

/**
 * mil_mrz_is_right:
 * @self: an MRZ
 * @part: a part with a check digit of its own
 *
 * Returns: whether that digit is right
 */
gboolean
mil_mrz_is_right (const MilMrz *self, MilMrzPart part)
{
  g_return_val_if_fail (self != NULL && self->type < G_N_ELEMENTS (layouts), FALSE);

  const Layout *layout = &layouts[self->type];
  if (part == MIL_MRZ_PART_BIRTH)
    return check_span (self, layout->birth);
  if (part == MIL_MRZ_PART_EXPIRY)
    return check_span (self, layout->expiry);
  g_autoptr (MilMrz) copy = mil_mrz_copy (self);
  return check_number (copy, layout);
}

/**
 * mil_mrz_country:
 * @code: (nullable): issuing state or nationality as it stands in an MRZ
 *
 * ICAO 9303-3, section 5: ISO 3166-1 alpha-3, but for Germany and for the kinds of British passports.
 *
 * Returns: (transfer none) (nullable): ISO 3166-1 alpha-2 code; %NULL for what is no country (UTO, UNO, XXA)
 */
const char *
mil_mrz_country (const char *code)
{
  static const char *const british[] = { "GBD", "GBN", "GBO", "GBP", "GBS", NULL };

  if (code == NULL)
    return NULL;
  if (g_str_equal (code, "D"))
    return "DE";
  return mil_country_from_alpha_3 (g_strv_contains (british, code) ? "GBR" : code);
}
