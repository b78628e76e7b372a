/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-sheet.h"

#include <pango/pangocairo.h>
#include <string.h>

#define MM (72.0 / 25.4)
#define FONTS "Noto Sans, sans-serif"
/* A roll is cut here at the latest: PDF readers take pages of up to 200 inches. */
#define MAX_ROLL_HEIGHT 14000.0
/* No bar is narrower (GS1 General Specifications: X-dimension of 0.25 mm at least) unless the paper is. */
#define BAR_MODULE (0.375 * MM)
#define BAR_HEIGHT (15 * MM)
#define QR_MODULE (1.0 * MM)
#define MAX_QR (36 * MM)
#define BOX_HEIGHT (24 * MM)
#define GUTTER 12.0
/* A heading alone at the foot of a page leads nowhere. */
#define KEEP_WITH_NEXT 60.0

typedef enum
{
  MARK_TEXT,
  MARK_LINE,
  MARK_BOX,
  MARK_SYMBOL,
  MARK_PICTURE,
} MarkKind;

/* Something at its place on a page. */
typedef struct
{
  MarkKind       kind;
  double         x, y, width, height;
  double         grey;
  const char    *tag;
  PangoLayout   *layout;
  MilFormSymbol *symbol;
  GBytes        *jpeg;
} Mark;

typedef struct
{
  GPtrArray *marks; /* of Mark */
  double     height;
} Page;

typedef struct
{
  double      size[2]; /* points on A4, on a roll */
  gboolean    bold;
  double      grey;
  double      after; /* space below it */
  const char *tag;   /* structure type of PDF 1.7, 14.8.4 */
} Look;

static const Look looks[] = {
  [MIL_TEXT_TITLE] = { { 18, 14 }, TRUE, 0.0, 3, "H1" },
  [MIL_TEXT_HEADING] = { { 11, 9.5 }, TRUE, 0.0, 4, "H2" },
  [MIL_TEXT_BODY] = { { 10, 8.5 }, FALSE, 0.0, 5, "P" },
  [MIL_TEXT_STRONG] = { { 10, 8.5 }, TRUE, 0.0, 3, "P" },
  [MIL_TEXT_SMALL] = { { 8, 7 }, FALSE, 0.25, 3, "P" },
  [MIL_TEXT_LABEL] = { { 7, 6.5 }, FALSE, 0.35, 0, "P" },
  [MIL_TEXT_VALUE] = { { 10, 9 }, FALSE, 0.0, 0, "P" },
  [MIL_TEXT_CELL] = { { 8.5, 8 }, FALSE, 0.0, 0, "P" },
};

struct _MilSheet
{
  MilPaper      paper;
  PangoContext *context;
  GPtrArray    *pages; /* of Page */
  double        width, height, margin, foot;
  double        y;
  gboolean      finished;

  MilSheetColumn *columns; /* of the table that is open */
  guint           n_columns;
};

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_clear_object (&mark->layout);
  g_clear_pointer (&mark->symbol, mil_form_symbol_free);
  g_clear_pointer (&mark->jpeg, g_bytes_unref);
  g_free (mark);
}

static void
page_free (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->marks);
  g_free (page);
}

static Page *
this_page (MilSheet *self)
{
  return self->pages->pdata[self->pages->len - 1];
}

static void
add_page (MilSheet *self)
{
  Page *page = g_new0 (Page, 1);

  if (self->paper == MIL_PAPER_ROLL && self->pages->len > 0)
    this_page (self)->height = self->y + self->foot;
  page->marks = g_ptr_array_new_with_free_func (mark_free);
  page->height = self->height;
  g_ptr_array_add (self->pages, page);
  self->y = self->margin;
}

/* Nothing is hinted, so that the screen, the printer and the PDF break lines at the same places. */
static PangoContext *
new_context (const char *language)
{
  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new ();
  PangoContext         *context = pango_font_map_create_context (map);
  cairo_font_options_t *options = cairo_font_options_create ();

  pango_cairo_context_set_resolution (context, 72);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string (language));
  cairo_font_options_destroy (options);
  return context;
}

/**
 * mil_sheet_new:
 * @paper: what is printed on
 * @language: BCP 47 tag of its language; decides between Chinese, Japanese and Korean forms of a character
 *
 * Returns: (transfer full): an empty sheet
 */
MilSheet *
mil_sheet_new (MilPaper paper, const char *language)
{
  MilSheet *self;

  g_return_val_if_fail (language != NULL, NULL);

  self = g_new0 (MilSheet, 1);
  self->paper = paper;
  self->context = new_context (language);
  self->pages = g_ptr_array_new_with_free_func (page_free);
  self->width = (paper == MIL_PAPER_A4 ? 210 : 80) * MM;
  self->height = paper == MIL_PAPER_A4 ? 297 * MM : MAX_ROLL_HEIGHT;
  /* Receipt printers reach 72 of the 80 mm. */
  self->margin = (paper == MIL_PAPER_A4 ? 15 : 4) * MM;
  self->foot = (paper == MIL_PAPER_A4 ? 20 : 10) * MM;
  add_page (self);
  return self;
}

/**
 * mil_sheet_free:
 * @self: (nullable) (transfer full): a sheet
 */
void
mil_sheet_free (MilSheet *self)
{
  if (self == NULL)
    return;
  mil_sheet_end_table (self);
  g_ptr_array_unref (self->pages);
  g_object_unref (self->context);
  g_free (self);
}

static double
inner_width (MilSheet *self)
{
  return self->width - 2 * self->margin;
}

static gboolean
fits (MilSheet *self, double height)
{
  return self->y + height <= self->height - self->foot;
}

/* What is higher than a page goes over its foot: better than never being printed. */
static void
make_room (MilSheet *self, double height)
{
  if (!fits (self, height) && this_page (self)->marks->len > 0)
    add_page (self);
}

static Mark *
add_mark (MilSheet *self, MarkKind kind, double x, double y, double width, double height)
{
  Mark *mark = g_new0 (Mark, 1);

  mark->kind = kind;
  mark->x = x;
  mark->y = y;
  mark->width = width;
  mark->height = height;
  g_ptr_array_add (this_page (self)->marks, mark);
  return mark;
}

/* Figures stand below each other, and "fi" is found as two letters by who searches or copies. */
static void
set_features (PangoLayout *layout)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("liga=0, tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static PangoLayout *
new_layout (MilSheet *self, MilTextStyle style, const char *text, double width)
{
  PangoLayout          *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string (FONTS);
  const Look           *look = &looks[style];

  pango_font_description_set_size (font, (int) (look->size[self->paper == MIL_PAPER_ROLL] * PANGO_SCALE));
  if (look->bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  set_features (layout);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  return layout;
}

static double
layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static Mark *
put_layout (MilSheet *self, PangoLayout *layout, MilTextStyle style, double x, double y)
{
  Mark *mark = add_mark (self, MARK_TEXT, x, y, 0, 0);

  mark->layout = layout;
  mark->grey = looks[style].grey;
  mark->tag = looks[style].tag;
  return mark;
}

/**
 * mil_sheet_add_text:
 * @self: a sheet
 * @style: how it looks
 * @text: a paragraph
 */
void
mil_sheet_add_text (MilSheet *self, MilTextStyle style, const char *text)
{
  PangoLayout *layout;
  double       height;

  g_return_if_fail (self != NULL && text != NULL && !self->finished);

  layout = new_layout (self, style, text, inner_width (self));
  height = layout_height (layout);
  make_room (self, height + (style == MIL_TEXT_HEADING ? KEEP_WITH_NEXT : 0));
  put_layout (self, layout, style, self->margin, self->y);
  self->y += height + looks[style].after;
}

/**
 * mil_sheet_add_space:
 * @self: a sheet
 * @points: how much, in 1/72 inch
 */
void
mil_sheet_add_space (MilSheet *self, double points)
{
  g_return_if_fail (self != NULL && !self->finished);

  if (this_page (self)->marks->len > 0)
    self->y += points;
}

/**
 * mil_sheet_add_line:
 * @self: a sheet
 *
 * A thin line from side to side.
 */
void
mil_sheet_add_line (MilSheet *self)
{
  g_return_if_fail (self != NULL && !self->finished);

  make_room (self, 6);
  add_mark (self, MARK_LINE, self->margin, self->y + 2, inner_width (self), 0.6);
  self->y += 6;
}

/* --- codes --- */

static void
measure_symbol (MilSheet *self, const MilFormSymbol *symbol, double most, double *width, double *height)
{
  int modules = symbol->columns + 2 * symbol->quiet;

  if (symbol->kind == MIL_SYMBOL_QR)
    *width = *height = MIN (modules * QR_MODULE, MIN (most, MAX_QR));
  else
    {
      *width = MIN (modules * BAR_MODULE, most);
      *height = BAR_HEIGHT;
    }
}

static double
put_symbol (MilSheet *self, MilFormSymbol *symbol, const char *label, double x, double most, gboolean dry)
{
  g_autofree char *caption = NULL;
  PangoLayout     *layout;
  double           width, height, all;

  measure_symbol (self, symbol, most, &width, &height);
  if (label != NULL && symbol->kind == MIL_SYMBOL_QR)
    caption = g_strdup (label);
  else if (label != NULL)
    caption = g_strdup_printf ("%s\n%s", symbol->text, label);
  else
    caption = g_strdup (symbol->text);
  layout = new_layout (self, MIL_TEXT_SMALL, caption, width);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  all = height + 2 + layout_height (layout);
  if (dry)
    g_object_unref (layout);
  else
    {
      Mark *mark = add_mark (self, MARK_SYMBOL, x, self->y, width, height);

      mark->symbol = mil_form_symbol_copy (symbol);
      mark->tag = "Figure";
      put_layout (self, layout, MIL_TEXT_SMALL, x, self->y + height + 2);
    }
  return all;
}

static void
stack_symbols (MilSheet *self, MilFormSymbol **symbols, const char *const *labels, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      double width, height;

      measure_symbol (self, symbols[i], inner_width (self), &width, &height);
      make_room (self, put_symbol (self, symbols[i], labels[i], 0, inner_width (self), TRUE));
      self->y += put_symbol (self, symbols[i], labels[i], (self->width - width) / 2, inner_width (self), FALSE) + 6;
    }
}

/**
 * mil_sheet_add_symbols:
 * @self: a sheet
 * @symbols: (array length=n): codes
 * @labels: (array length=n) (element-type utf8): (nullable elements): what each is for
 * @n: how many
 *
 * On A4 the first stands at the start of the line and the others follow to the end of it; on a roll they
 * stand one below the other.
 */
void
mil_sheet_add_symbols (MilSheet *self, MilFormSymbol **symbols, const char *const *labels, guint n)
{
  double row = 0, x;

  g_return_if_fail (self != NULL && symbols != NULL && labels != NULL && !self->finished);

  if (self->paper == MIL_PAPER_ROLL)
    {
      stack_symbols (self, symbols, labels, n);
      return;
    }
  for (guint i = 0; i < n; i++)
    row = MAX (row, put_symbol (self, symbols[i], labels[i], 0, inner_width (self) * 0.7, TRUE));
  make_room (self, row);
  x = self->margin;
  for (guint i = 0; i < n; i++)
    {
      double width, height;

      measure_symbol (self, symbols[i], inner_width (self) * 0.7, &width, &height);
      if (i > 0 && x + width > self->width - self->margin)
        {
          x = self->margin;
          self->y += row + 6;
          make_room (self, row);
        }
      put_symbol (self, symbols[i], labels[i], x, inner_width (self) * 0.7, FALSE);
      x += width + GUTTER;
    }
  self->y += row + 6;
}

/* --- fields --- */

static double
put_field (MilSheet *self, const char *label, const char *value, double x, double width, gboolean dry)
{
  PangoLayout *above = new_layout (self, MIL_TEXT_LABEL, label, width);
  PangoLayout *below = new_layout (self, MIL_TEXT_VALUE, value, width);
  double       top = layout_height (above), height = top + layout_height (below) + 5;

  if (dry)
    {
      g_object_unref (above);
      g_object_unref (below);
      return height;
    }
  put_layout (self, above, MIL_TEXT_LABEL, x, self->y);
  put_layout (self, below, MIL_TEXT_VALUE, x, self->y + top);
  return height;
}

/**
 * mil_sheet_add_fields:
 * @self: a sheet
 * @labels_and_values: (array zero-terminated=1): label, value, label, value …
 *
 * Filled-in fields: three a line on A4, one on a roll.
 */
void
mil_sheet_add_fields (MilSheet *self, const char *const *labels_and_values)
{
  guint  across, n;
  double width;

  g_return_if_fail (self != NULL && labels_and_values != NULL && !self->finished);

  across = self->paper == MIL_PAPER_A4 ? 3 : 1;
  n = g_strv_length ((GStrv) labels_and_values) / 2;
  width = (inner_width (self) - GUTTER * (across - 1)) / across;
  for (guint i = 0; i < n; i += across)
    {
      guint  end = MIN (i + across, n);
      double row = 0;

      for (guint j = i; j < end; j++)
        row = MAX (row, put_field (self, labels_and_values[2 * j], labels_and_values[2 * j + 1], 0, width, TRUE));
      make_room (self, row);
      for (guint j = i; j < end; j++)
        put_field (self, labels_and_values[2 * j], labels_and_values[2 * j + 1], self->margin + (j - i) * (width + GUTTER), width, FALSE);
      self->y += row;
    }
}

/* --- tables --- */

static double
column_width (MilSheet *self, guint column)
{
  int all = 0;

  for (guint i = 0; i < self->n_columns; i++)
    all += self->columns[i].share;
  return (inner_width (self) - 4.0 * (self->n_columns - 1)) * self->columns[column].share / all;
}

/* On a roll the first cell has a line of its own and the others share the next, each taking what it needs. */
static double
put_narrow_row (MilSheet *self, MilTextStyle style, const char *const *cells, gboolean dry)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  PangoLayout *first = new_layout (self, style, cells[0], inner_width (self)), *second = NULL;
  double       top = layout_height (first), height = top + 3;

  for (guint i = 1; i < self->n_columns; i++)
    if (cells[i] != NULL)
      g_string_append_printf (rest, "%s%s", rest->len > 0 ? "  ·  " : "", *cells[i] != '\0' ? cells[i] : "–");
  if (rest->len > 0)
    {
      second = new_layout (self, style, rest->str, inner_width (self));
      pango_layout_set_alignment (second, PANGO_ALIGN_RIGHT);
      height += layout_height (second);
    }
  if (!dry)
    {
      put_layout (self, g_object_ref (first), style, self->margin, self->y);
      if (second != NULL)
        put_layout (self, g_object_ref (second), style, self->margin, self->y + top);
    }
  g_object_unref (first);
  g_clear_object (&second);
  return height;
}

static double
put_row (MilSheet *self, MilTextStyle style, const char *const *cells, gboolean dry)
{
  double x = self->margin, height = 0;

  if (self->paper == MIL_PAPER_ROLL)
    return put_narrow_row (self, style, cells, dry);
  for (guint i = 0; i < self->n_columns; i++)
    {
      double       width = column_width (self, i);
      PangoLayout *layout = new_layout (self, style, cells[i] != NULL ? cells[i] : "", width);

      if (self->columns[i].to_end)
        pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
      height = MAX (height, layout_height (layout));
      if (dry || cells[i] == NULL)
        g_object_unref (layout);
      else
        put_layout (self, layout, style, x, self->y);
      x += width + 4;
    }
  return height + 3;
}

static void
put_titles (MilSheet *self)
{
  g_autofree const char **titles = g_new0 (const char *, self->n_columns + 1);

  for (guint i = 0; i < self->n_columns; i++)
    titles[i] = self->columns[i].title;
  self->y += put_row (self, MIL_TEXT_LABEL, titles, FALSE);
  add_mark (self, MARK_LINE, self->margin, self->y - 2, inner_width (self), 0.6);
  self->y += 1;
}

/**
 * mil_sheet_begin_table:
 * @self: a sheet
 * @columns: (array length=n): its columns; the titles must live until mil_sheet_end_table()
 * @n: how many
 *
 * Begins a table. Its titles stand above it again on every page that it reaches.
 */
void
mil_sheet_begin_table (MilSheet *self, const MilSheetColumn *columns, guint n)
{
  g_return_if_fail (self != NULL && columns != NULL && n > 0 && self->columns == NULL && !self->finished);

  self->columns = g_memdup2 (columns, n * sizeof *columns);
  self->n_columns = n;
  make_room (self, KEEP_WITH_NEXT);
  put_titles (self);
}

/**
 * mil_sheet_add_row:
 * @self: a sheet in which a table is open
 * @style: how its cells look
 * @cells: one text a column; "" where it has none; %NULL where it needs none, so that a roll need not show that
 */
void
mil_sheet_add_row (MilSheet *self, MilTextStyle style, const char *const *cells)
{
  double height;

  g_return_if_fail (self != NULL && cells != NULL && self->columns != NULL);

  height = put_row (self, style, cells, TRUE);
  if (!fits (self, height))
    {
      add_page (self);
      put_titles (self);
    }
  self->y += put_row (self, style, cells, FALSE);
}

/**
 * mil_sheet_end_table:
 * @self: a sheet
 *
 * Ends the table that is open, if one is.
 */
void
mil_sheet_end_table (MilSheet *self)
{
  g_return_if_fail (self != NULL);

  if (self->columns != NULL && !self->finished)
    self->y += 4;
  g_clear_pointer (&self->columns, g_free);
  self->n_columns = 0;
}

/* --- boxes and pictures --- */

static void
put_box (MilSheet *self, const char *label, double x, double width)
{
  PangoLayout *layout = new_layout (self, MIL_TEXT_LABEL, label, width - 8);

  add_mark (self, MARK_BOX, x, self->y, width, BOX_HEIGHT);
  put_layout (self, layout, MIL_TEXT_LABEL, x + 4, self->y + 3);
}

/**
 * mil_sheet_add_boxes:
 * @self: a sheet
 * @labels: (array zero-terminated=1): what each is for
 *
 * Empty boxes to sign or to stamp in: beside each other on A4, below each other on a roll.
 */
void
mil_sheet_add_boxes (MilSheet *self, const char *const *labels)
{
  guint  n, across;
  double width;

  g_return_if_fail (self != NULL && labels != NULL && !self->finished);

  n = g_strv_length ((GStrv) labels);
  across = self->paper == MIL_PAPER_A4 ? n : 1;
  width = (inner_width (self) - GUTTER * (across - 1)) / across;
  for (guint i = 0; i < n; i++)
    {
      if (i % across == 0)
        make_room (self, BOX_HEIGHT + 6);
      put_box (self, labels[i], self->margin + (i % across) * (width + GUTTER), width);
      if (i % across == across - 1)
        self->y += BOX_HEIGHT + 6;
    }
}

/* ISO/IEC 10918-1, B.2.2: the frame header says the size; it is never inside entropy-coded data, for that
 * stands behind the header of a scan. */
static gboolean
read_jpeg_size (GBytes *jpeg, int *width, int *height)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  gsize         at = 2;

  if (size < 4 || data[0] != 0xff || data[1] != 0xd8)
    return FALSE;
  while (at + 9 < size && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];

      if (marker >= 0xc0 && marker <= 0xc2)
        {
          *height = data[at + 5] << 8 | data[at + 6];
          *width = data[at + 7] << 8 | data[at + 8];
          return *width > 0 && *height > 0;
        }
      if (marker == 0xda)
        return FALSE;
      at += 2 + (gsize) (data[at + 2] << 8 | data[at + 3]);
    }
  return FALSE;
}

/**
 * mil_sheet_add_picture:
 * @self: a sheet
 * @jpeg: a JPEG picture
 * @caption: what it shows
 *
 * Puts a picture on a page of its own, as big as the page allows. It is seen where the sheet is drawn to PDF
 * or PostScript, which take JPEG as it is.
 *
 * Returns: %FALSE when @jpeg is no baseline or progressive JPEG, in which case nothing was put
 */
gboolean
mil_sheet_add_picture (MilSheet *self, GBytes *jpeg, const char *caption)
{
  double room, scale;
  Mark  *mark;
  int    width, height;

  g_return_val_if_fail (self != NULL && jpeg != NULL && caption != NULL && !self->finished, FALSE);

  if (!read_jpeg_size (jpeg, &width, &height))
    return FALSE;
  if (self->paper == MIL_PAPER_A4)
    mil_sheet_break_page (self);
  mil_sheet_add_text (self, MIL_TEXT_STRONG, caption);
  room = self->paper == MIL_PAPER_A4 ? self->height - self->foot - self->y : 6 * self->width;
  scale = MIN (inner_width (self) / width, room / height);
  make_room (self, height * scale);
  mark = add_mark (self, MARK_PICTURE, self->margin + (inner_width (self) - width * scale) / 2, self->y, width * scale, height * scale);
  mark->jpeg = g_bytes_ref (jpeg);
  mark->tag = "Figure";
  self->y += height * scale + 6;
  return TRUE;
}

/**
 * mil_sheet_break_page:
 * @self: a sheet
 *
 * What comes next stands on a new page, unless this one is empty.
 */
void
mil_sheet_break_page (MilSheet *self)
{
  g_return_if_fail (self != NULL && !self->finished);

  if (this_page (self)->marks->len > 0)
    add_page (self);
}

/* The words hold {page} and {pages}, not formats of printf(): they come from a file. */
static char *
page_text (const char *words, guint page, guint pages)
{
  g_autoptr (GString) text = g_string_new (words);
  g_autofree char *number = g_strdup_printf ("%u", page), *all = g_strdup_printf ("%u", pages);

  g_string_replace (text, "{page}", number, 0);
  g_string_replace (text, "{pages}", all, 0);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
put_foot (MilSheet *self, Page *page, const char *footer, const char *words, guint number)
{
  g_autofree char *right = page_text (words, number, self->pages->len);
  PangoLayout     *layouts[2] = { new_layout (self, MIL_TEXT_SMALL, footer, inner_width (self) * 0.7),
                                  new_layout (self, MIL_TEXT_SMALL, right, inner_width (self)) };

  pango_layout_set_ellipsize (layouts[0], PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layouts[1], PANGO_ALIGN_RIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      Mark *mark = g_new0 (Mark, 1);

      mark->kind = MARK_TEXT;
      mark->x = self->margin;
      mark->y = page->height - self->foot + 6;
      mark->layout = layouts[i];
      mark->grey = looks[MIL_TEXT_SMALL].grey;
      mark->tag = "Artifact";
      g_ptr_array_add (page->marks, mark);
    }
}

/**
 * mil_sheet_finish:
 * @self: a sheet
 * @footer: what stands at the foot of every page
 * @page_words: "Page {page} of {pages}" in the language of the sheet
 *
 * Nothing can be added any more; from now on it can be drawn.
 */
void
mil_sheet_finish (MilSheet *self, const char *footer, const char *page_words)
{
  g_return_if_fail (self != NULL && footer != NULL && page_words != NULL && !self->finished);

  mil_sheet_end_table (self);
  if (self->paper == MIL_PAPER_ROLL)
    this_page (self)->height = self->y + self->foot;
  for (guint i = 0; i < self->pages->len; i++)
    put_foot (self, self->pages->pdata[i], footer, page_words, i + 1);
  self->finished = TRUE;
}

/**
 * mil_sheet_get_n_pages:
 * @self: a sheet
 *
 * Returns: how many pages it has
 */
guint
mil_sheet_get_n_pages (MilSheet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pages->len;
}

/**
 * mil_sheet_get_size:
 * @self: a finished sheet
 * @page: which page, from 0
 * @width: (out): in points of 1/72 inch
 * @height: (out): likewise
 */
void
mil_sheet_get_size (MilSheet *self, guint page, double *width, double *height)
{
  g_return_if_fail (self != NULL && page < self->pages->len && width != NULL && height != NULL);

  *width = self->width;
  *height = ((Page *) self->pages->pdata[page])->height;
}

/* --- drawing --- */

static void
draw_symbol (cairo_t *cr, const Mark *mark)
{
  const MilFormSymbol *symbol = mark->symbol;
  double               module = mark->width / (symbol->columns + 2 * symbol->quiet);
  double               high = symbol->kind == MIL_SYMBOL_QR ? module : mark->height;
  double               top = symbol->kind == MIL_SYMBOL_QR ? symbol->quiet * module : 0;

  for (int y = 0; y < symbol->rows; y++)
    for (int x = 0; x < symbol->columns;)
      {
        int run = 0;

        while (x + run < symbol->columns && symbol->modules[y * symbol->columns + x + run])
          run++;
        if (run > 0)
          cairo_rectangle (cr, mark->x + (symbol->quiet + x) * module, mark->y + top + y * high, run * module, high);
        x += MAX (run, 1);
      }
  cairo_fill (cr);
}

static void
unref_bytes (void *data)
{
  g_bytes_unref (data);
}

/* A PDF or PostScript surface takes the JPEG as it is and never looks at the pixels of the surface that carries it. */
static void
draw_jpeg (cairo_t *cr, const Mark *mark)
{
  int              width = 1, height = 1;
  cairo_surface_t *surface;

  if (!read_jpeg_size (mark->jpeg, &width, &height))
    return;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_surface_set_mime_data (surface,
                               CAIRO_MIME_TYPE_JPEG,
                               g_bytes_get_data (mark->jpeg, NULL),
                               g_bytes_get_size (mark->jpeg),
                               unref_bytes,
                               g_bytes_ref (mark->jpeg));
  cairo_save (cr);
  cairo_translate (cr, mark->x, mark->y);
  cairo_scale (cr, mark->width / width, mark->height / height);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
draw_mark (cairo_t *cr, const Mark *mark)
{
  cairo_set_source_rgb (cr, mark->grey, mark->grey, mark->grey);
  switch (mark->kind)
    {
    case MARK_TEXT:
      cairo_move_to (cr, mark->x, mark->y);
      pango_cairo_show_layout (cr, mark->layout);
      break;
    case MARK_LINE:
      cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
      cairo_fill (cr);
      break;
    case MARK_BOX:
      cairo_set_line_width (cr, 0.6);
      cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
      cairo_stroke (cr);
      break;
    case MARK_SYMBOL:
      draw_symbol (cr, mark);
      break;
    case MARK_PICTURE:
      draw_jpeg (cr, mark);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * mil_sheet_draw:
 * @self: a finished sheet
 * @page: which page, from 0
 * @cr: where to, in points of 1/72 inch from the upper left corner of the paper
 */
void
mil_sheet_draw (MilSheet *self, guint page, cairo_t *cr)
{
  const GPtrArray *marks;

  g_return_if_fail (self != NULL && self->finished && page < self->pages->len && cr != NULL);

  marks = ((Page *) self->pages->pdata[page])->marks;
  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = marks->pdata[i];

      if (mark->tag != NULL)
        cairo_tag_begin (cr, mark->tag, NULL);
      draw_mark (cr, mark);
      if (mark->tag != NULL)
        cairo_tag_end (cr, mark->tag);
    }
}
