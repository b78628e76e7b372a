/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-moment.h"

#include <stdlib.h>
#include <string.h>

/* Nobody claims a refund for older ones, and misread years are older. */
#define MAX_AGE_YEARS 25
#define MAX_AGE_SHORT_YEARS 12

typedef struct
{
  gsize end;
  int   value;
  int   n_digits;
  int   n_real;
} Number;

static const struct
{
  const char *name;
  int         month;
} months[] = {
  { "JAN", 1 },  { "GEN", 1 },  { "ENE", 1 },  { "JANV", 1 }, { "FEB", 2 },  { "FEV", 2 },  { "FÉV", 2 },
  { "MAR", 3 },  { "MÄR", 3 },  { "MRZ", 3 },  { "MRT", 3 },  { "APR", 4 },  { "AVR", 4 },  { "ABR", 4 },
  { "MAY", 5 },  { "MAI", 5 },  { "MAG", 5 },  { "MEI", 5 },  { "MAJ", 5 },  { "JUN", 6 },  { "JUIN", 6 },
  { "GIU", 6 },  { "JUL", 7 },  { "JUIL", 7 }, { "LUG", 7 },  { "AUG", 8 },  { "AGO", 8 },  { "AOÛ", 8 },
  { "AOU", 8 },  { "SEP", 9 },  { "SET", 9 },  { "OCT", 10 }, { "OKT", 10 }, { "OTT", 10 }, { "OUT", 10 },
  { "NOV", 11 }, { "DEC", 12 }, { "DEZ", 12 }, { "DIC", 12 }, { "DÉC", 12 },
};

/* The digit that a letter is read for, or -1. */
static int
digit_at (const char *text, gsize at)
{
  static const char letters[] = "OoQDlI|ZSB", digits[] = "0000111258";
  char              c = text[at];
  if (g_ascii_isdigit (c))
    return c - '0';
  const char *known = c != '\0' ? strchr (letters, c) : NULL;
  return known ? digits[known - letters] - '0' : -1;
}

/* A number of at most @most digits, letters that look like digits among them. */
static gboolean
read_digits (const char *text, gsize at, int most, Number *number)
{
  *number = (Number) { .end = at };
  while (digit_at (text, number->end) >= 0 && number->n_digits <= most)
    {
      number->n_real += g_ascii_isdigit (text[number->end]);
      number->value = number->value * 10 + digit_at (text, number->end);
      number->end++;
      number->n_digits++;
    }
  return number->n_digits > 0 && number->n_digits <= most;
}

static gboolean
read_number (const char *text, gsize at, int most, Number *number)
{
  return read_digits (text, at, most, number) && number->n_real > 0;
}

static gsize
skip_blanks (const char *text, gsize at)
{
  while (text[at] == ' ')
    at++;
  return at;
}

/* Between the parts of a date: a separator, maybe with blanks around, or blanks alone. */
static gsize
read_separator (const char *text, gsize at, char *kind)
{
  gsize after = skip_blanks (text, at);
  if (text[after] != '\0' && strchr ("-./,'", text[after]) != NULL)
    {
      *kind = text[after] == ',' ? '.' : text[after];
      after++;
      if (text[after] == '.' || text[after] == ',')
        after++;
      return skip_blanks (text, after);
    }
  *kind = ' ';
  return after > at ? after : 0;
}

static int
full_year (Number year, MilDate today)
{
  /* A one that is read as a seven makes years that are still to come. */
  if (year.n_digits == 4 && year.value / 10 == 207)
    year.value -= 60;
  if (year.n_digits == 4)
    return year.value >= today.year - MAX_AGE_YEARS && year.value <= today.year ? year.value : 0;
  int value = 2000 + year.value;
  return year.n_digits == 2 && value <= today.year && value >= today.year - MAX_AGE_SHORT_YEARS ? value : 0;
}

static gboolean
make_date (int year, int month, int day, MilDate today, MilDate *date)
{
  *date = (MilDate) { 0 };
  if (year <= 0 || month < 1 || month > 12 || day < 1 || day > 31)
    return FALSE;
  *date = (MilDate) { year, month, day };
  return mil_date_is_valid (*date) && mil_date_compare (*date, today) <= 0;
}

static gboolean
is_glued (const char *text, gsize start, gsize end)
{
  if (start > 0 && g_ascii_isdigit (text[start - 1]))
    return TRUE;
  if (start > 1 && strchr ("-./:", text[start - 1]) != NULL && g_ascii_isdigit (text[start - 2]))
    return TRUE;
  return g_ascii_isdigit (text[end])
         || (strchr ("-./", text[end]) && text[end] != '\0' && g_ascii_isdigit (text[end + 1]));
}

static int
month_at (const char *text, gsize at, gsize *end)
{
  if (!g_ascii_isalpha (text[at]))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      gsize length = strlen (months[i].name);
      if (g_ascii_toupper (text[at]) != months[i].name[0])
        continue;
      g_autofree char *piece = g_utf8_strup (text + at, MIN (length, strlen (text + at)));
      if (strcmp (piece, months[i].name) != 0)
        continue;
      gsize after = at + length;
      while (g_ascii_isalpha (text[after]) || (guchar) text[after] >= 0x80)
        after++;
      if (after - at > 12)
        continue;
      *end = text[after] == '.' ? after + 1 : after;
      return months[i].month;
    }
  return 0;
}

/* "25/Feu/2017": between two separators stands a month, also when one of its letters is misread. */
static int
month_between (const char *text, gsize at, gsize *end)
{
  static const char *const names[] = { "JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                       "JUL", "AUG", "SEP", "OCT", "NOV", "DEC" };
  int                      month = 0, n_fit = 0;
  if (at == 0 || (text[at - 1] != '/' && text[at - 1] != '-') || strnlen (text + at, 4) < 4
      || text[at + 3] != text[at - 1])
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint wrong = 0;
      for (gsize k = 0; k < 3; k++)
        wrong += g_ascii_toupper (text[at + k]) != names[i][k];
      if (wrong > 1)
        continue;
      month = (int) i + 1;
      n_fit++;
    }
  *end = at + 3;
  return n_fit == 1 ? month : 0;
}

/* 24/03/12 in Korea and Japan. */
static gboolean
take_year_first (const Number *year, const Number *month, const Number *day, MilDate today, MilMoment *found)
{
  if (year->n_digits != 2 || !make_date (full_year (*year, today), month->value, day->value, today, &found->date))
    return FALSE;
  found->score = 2;
  found->end = day->end;
  return TRUE;
}

/* 12/03/2024, 12.3.24, 03-12-2024 */
static gboolean
read_day_month_year (const char *text, gsize at, MilDate today, MilDateOrder order, MilMoment *found)
{
  Number a, b, year;
  char   first, second;
  gsize  next;
  if (!read_digits (text, at, 2, &a) || !(next = read_separator (text, a.end, &first))
      || !read_digits (text, next, 2, &b) || !(next = read_separator (text, b.end, &second))
      || !read_digits (text, next, 4, &year))
    return FALSE;
  /* Where a part has no digit for sure, the rest must leave no doubt that it is a date. */
  gboolean sure = a.n_real > 0 && b.n_real > 0 && year.n_real > 0;
  gboolean apart = at == 0 || !g_ascii_isalnum (text[at - 1]);
  if (!sure
      && (!apart || first != second || first == ' ' || a.n_digits != 2 || b.n_digits != 2
          || a.n_real + b.n_real + year.n_real < 4))
    return FALSE;
  /* Blanks alone separate almost anything. */
  if ((first == ' ' || second == ' ') && (year.n_digits != 4 || (first == ' ' && second == ' ')))
    return FALSE;
  if (is_glued (text, at, year.end))
    return FALSE;
  /* "t1/03/18" has lost the day's first digit, and "20/03/20%" the year's last ones. */
  if (a.n_digits == 1 && at > 0 && (g_ascii_isalpha (text[at - 1]) || strchr ("{[|!", text[at - 1]) != NULL))
    return FALSE;
  if (year.n_digits == 2 && text[year.end] != '\0' && strchr (" ,.;:)]|-/'", text[year.end]) == NULL)
    return FALSE;
  if (first != second && year.n_digits != 4)
    return FALSE;

  if (order == MIL_DATE_YEAR_FIRST && year.n_digits == 2)
    return take_year_first (&a, &b, &year, today, found);
  gboolean month_first = order == MIL_DATE_MONTH_FIRST;
  int      y = full_year (year, today);
  MilDate  usual, other;
  gboolean day_first_fits = make_date (y, b.value, a.value, today, &usual);
  gboolean month_first_fits = make_date (y, a.value, b.value, today, &other);
  if (!day_first_fits && !month_first_fits)
    return FALSE;
  found->date = (month_first && month_first_fits) || !day_first_fits ? other : usual;
  found->is_swapped = month_first ? !month_first_fits : !day_first_fits;
  found->is_ambiguous = day_first_fits && month_first_fits && a.value != b.value;
  found->score = (year.n_digits == 4 ? 3 : 1) + (first == second && first != ' ') + (a.n_digits == 2 && b.n_digits == 2);
  found->end = year.end;
  return TRUE;
}

/* 令和6年3月12日 and 民國113年3月12日: years since 2018 in Japan, since 1911 in Taiwan. */
static gboolean
read_era (const char *text, gsize at, MilDate today, MilMoment *found)
{
  static const struct
  {
    const char *name;
    int         before;
  } eras[] = { { "令和", 2018 }, { "民國", 1911 }, { "民国", 1911 } };
  Number year, month, day;
  for (guint i = 0; i < G_N_ELEMENTS (eras); i++)
    {
      if (!g_str_has_prefix (text + at, eras[i].name))
        continue;
      if (!read_number (text, skip_blanks (text, at + strlen (eras[i].name)), 3, &year)
          || !g_str_has_prefix (text + skip_blanks (text, year.end), "年"))
        return FALSE;
      if (!read_number (text, skip_blanks (text, skip_blanks (text, year.end) + strlen ("年")), 2, &month)
          || !g_str_has_prefix (text + skip_blanks (text, month.end), "月"))
        return FALSE;
      if (!read_number (text, skip_blanks (text, skip_blanks (text, month.end) + strlen ("月")), 2, &day)
          || !make_date (eras[i].before + year.value, month.value, day.value, today, &found->date))
        return FALSE;
      found->score = 5;
      found->end = day.end;
      return TRUE;
    }
  return FALSE;
}

/* 2024-03-12, 24/03/12 is left to day first; 2024年3月12日, 2024. 3. 12. */
static gboolean
read_year_month_day (const char *text, gsize at, MilDate today, MilMoment *found)
{
  static const char *const after_year[] = { "年", "년", NULL }, *const after_month[] = { "月", "월", NULL };
  Number year, month, day;
  char   first = 0, second = 0;
  if (!read_number (text, at, 4, &year) || year.n_digits != 4)
    return FALSE;

  gsize    next = skip_blanks (text, year.end);
  gboolean signs = FALSE;
  for (guint i = 0; after_year[i] != NULL; i++)
    if (g_str_has_prefix (text + next, after_year[i]))
      {
        next = skip_blanks (text, next + strlen (after_year[i]));
        signs = TRUE;
      }
  if (!signs && !(next = read_separator (text, year.end, &first)))
    return FALSE;
  if (!read_number (text, next, 2, &month))
    return FALSE;
  next = skip_blanks (text, month.end);
  gboolean month_sign = FALSE;
  for (guint i = 0; after_month[i] != NULL; i++)
    if (g_str_has_prefix (text + next, after_month[i]))
      {
        next = skip_blanks (text, next + strlen (after_month[i]));
        month_sign = TRUE;
      }
  if (!month_sign && !(next = read_separator (text, month.end, &second)))
    return FALSE;
  if (!read_number (text, next, 2, &day) || is_glued (text, at, day.end) || (!signs && first != second))
    return FALSE;
  if (!make_date (full_year (year, today), month.value, day.value, today, &found->date))
    return FALSE;
  found->score = 5;
  found->end = day.end;
  return TRUE;
}

/* 12 March 2024, 12MAR24, 12-Mar-2024 */
static gboolean
read_day_name_year (const char *text, gsize at, MilDate today, MilMoment *found)
{
  Number day, year;
  gsize  end = 0;
  if (!read_number (text, at, 2, &day))
    return FALSE;
  gsize next = day.end;
  if (g_str_has_prefix (text + next, "st") || g_str_has_prefix (text + next, "nd")
      || g_str_has_prefix (text + next, "rd") || g_str_has_prefix (text + next, "th"))
    next += 2;
  while (text[next] != '\0' && strchr (" -./'", text[next]) != NULL)
    next++;
  /* "14fMay/2017": a stroke that leans is read as a letter. */
  if (next == day.end && text[next] != '\0' && strchr ("fltI|", text[next]) != NULL && month_at (text, next + 1, &end) != 0)
    next++;
  if (day.n_digits == 1 && at > 0 && strchr ("{[|!", text[at - 1]) != NULL)
    return FALSE;
  if (g_str_has_prefix (text + next, "de "))
    next += 3;
  int month = month_at (text, next, &end);
  if (month == 0)
    month = month_between (text, next, &end);
  if (month == 0)
    return FALSE;
  while (text[end] != '\0' && strchr (" -./',", text[end]) != NULL)
    end++;
  if (g_str_has_prefix (text + end, "de "))
    end += 3;
  if (!read_number (text, end, 4, &year) || is_glued (text, at, year.end)
      || !make_date (full_year (year, today), month, day.value, today, &found->date))
    return FALSE;
  found->score = year.n_digits == 4 ? 6 : 4;
  found->end = year.end;
  return TRUE;
}

/* March 12, 2024 */
static gboolean
read_name_day_year (const char *text, gsize at, MilDate today, MilMoment *found)
{
  Number day, year;
  gsize  end = 0;
  if (at > 0 && (g_ascii_isalnum (text[at - 1]) || (guchar) text[at - 1] >= 0x80))
    return FALSE;
  int month = month_at (text, at, &end);
  if (month == 0)
    return FALSE;
  while (text[end] == ' ' || text[end] == '-' || text[end] == '/')
    end++;
  if (!read_number (text, end, 2, &day))
    return FALSE;
  end = day.end;
  while (text[end] == ' ' || text[end] == ',' || text[end] == '-' || text[end] == '/' || text[end] == '\'')
    end++;
  if (end == day.end || !read_number (text, end, 4, &year) || g_ascii_isdigit (text[year.end])
      || !make_date (full_year (year, today), month, day.value, today, &found->date))
    return FALSE;
  found->score = year.n_digits == 4 ? 6 : 3;
  found->end = year.end;
  return TRUE;
}

/* 20240312 and 12032024, where the time follows: alone it may be any number. */
static gboolean
read_compact (const char *text, gsize at, MilDate today, MilMoment *found)
{
  gsize n = strspn (text + at, "0123456789");
  if (n != 8 || (at > 0 && (g_ascii_isalnum (text[at - 1]) || strchr ("-./", text[at - 1]) != NULL)))
    return FALSE;
  gsize next = at + n;
  if (text[next] != ' ' && text[next] != '/')
    return FALSE;
  next = skip_blanks (text, next + 1);
  gsize digits = strspn (text + next, "0123456789");
  gboolean timed = (digits == 6 && !g_ascii_isalnum (text[next + 6])) || (digits == 2 && text[next + 2] == ':');
  int     all = atoi (text + at);
  MilDate date;
  if (!timed
      || (!make_date (full_year ((Number) { .value = all / 10000, .n_digits = 4 }, today), all / 100 % 100, all % 100, today, &date)
          && !make_date (full_year ((Number) { .value = all % 10000, .n_digits = 4 }, today), all / 10000 % 100, all / 1000000, today, &date)))
    return FALSE;
  found->date = date;
  found->score = 3;
  found->end = at + n;
  return TRUE;
}

/**
 * mil_dates_find:
 * @text: a row of a receipt
 * @today: no later day is accepted
 * @order: in which order three short numbers stand; where month and day cannot be so, the other way round
 *
 * Finds dates as shops print them and as they are misread: "02.03,2020", "12 .03. 2024", "5 MAR 24",
 * "2024年3月5日", "令和6年3月5日". Numbers glued to other digits, days after @today and years long ago are none.
 *
 * Returns: (transfer full) (element-type MilMoment): them, from left to right
 */
GArray *
mil_dates_find (const char *text, MilDate today, MilDateOrder order)
{
  g_return_val_if_fail (text != NULL, NULL);

  GArray *dates = g_array_new (FALSE, FALSE, sizeof (MilMoment));
  for (gsize at = 0; text[at] != '\0'; at++)
    {
      MilMoment found = { .start = at };
      if (((guchar) text[at] & 0xc0) == 0x80)
        continue;
      if (read_era (text, at, today, &found) || read_year_month_day (text, at, today, &found)
          || read_day_month_year (text, at, today, order, &found) || read_day_name_year (text, at, today, &found)
          || read_name_day_year (text, at, today, &found) || read_compact (text, at, today, &found))
        {
          g_array_append_val (dates, found);
          at = found.end - 1;
        }
    }
  return dates;
}

/**
 * mil_time_find:
 * @text: a row of a receipt
 * @start: (out) (optional): where it starts, in bytes
 * @end: (out) (optional): offset after its last byte
 *
 * Finds a time of day: "14:05", "2:05:33 PM", "14.05 Uhr" and "14h05".
 *
 * Returns: (transfer full) (nullable): "HH:MM" or "HH:MM:SS", or %NULL
 */
char *
mil_time_find (const char *text, gsize *start, gsize *end)
{
  g_return_val_if_fail (text != NULL, NULL);

  for (gsize at = 0; text[at] != '\0'; at++)
    {
      Number hour, minute, second = { 0 };
      if (!g_ascii_isdigit (text[at]) || (at > 0 && (g_ascii_isdigit (text[at - 1]) || text[at - 1] == ':')))
        continue;
      if (!read_number (text, at, 2, &hour) || hour.value > 23)
        continue;
      char mark = text[hour.end];
      if ((mark != ':' && mark != 'h' && mark != 'H' && mark != '.')
          || !read_number (text, hour.end + 1, 2, &minute) || minute.n_digits != 2 || minute.value > 59)
        continue;
      gsize    after = minute.end;
      gboolean seconds = (text[after] == mark) && read_number (text, after + 1, 2, &second)
                         && second.n_digits == 2 && second.value < 60;
      if (seconds)
        after = second.end;
      if (g_ascii_isdigit (text[after]) || text[after] == ':')
        continue;
      gsize    word = skip_blanks (text, after);
      gboolean said = g_ascii_strncasecmp (text + word, "uhr", 3) == 0;
      if (mark == '.' && !said)
        continue;
      if (g_ascii_strncasecmp (text + word, "pm", 2) == 0 && hour.value < 12)
        hour.value += 12;
      else if (g_ascii_strncasecmp (text + word, "am", 2) == 0 && hour.value == 12)
        hour.value = 0;
      if (start)
        *start = at;
      if (end)
        *end = after;
      return seconds ? g_strdup_printf ("%02d:%02d:%02d", hour.value, minute.value, second.value)
                     : g_strdup_printf ("%02d:%02d", hour.value, minute.value);
    }
  return NULL;
}
