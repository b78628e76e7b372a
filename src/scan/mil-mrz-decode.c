/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scan/mil-mrz-decode.h"

#include <math.h>
#include <string.h>

/* A letter that its field does not allow is not impossible: issuers err, and so does the reader. */
#define STRANGE -6.0f
#define IMPOSSIBLE -1000.0f
/* A letter that is so likely stands there, whatever its field asks for. */
#define CLEAR -0.05f
/* What is gained when a state's code is one that exists, and when the holder is the issuer's national. */
#define KNOWN_STATE 2.5f
#define SAME_STATE 1.5f
/* Letters are changed for the check digits' sake as long as that costs no more than this; beyond it the
 * document itself is taken to be wrong (specimens often are). */
#define MOST_CORRECTION 5.0
#define MODULUS 10

/* What may stand in the cells, a letter a cell: T type of document, K its second letter, A letters of a
 * state, N names, X anything, D digits of a date, S sex, C a check digit, E one that may be missing, Z the
 * composite one. */
typedef struct
{
  guint       width;
  guint       n_lines;
  gboolean    visa;
  const char *cells[MIL_MRZ_MOST_LINES];
  /* What the composite digit is of, in this order: line, first cell, cells; fields that have a digit of
   * their own end with it. */
  guint8 fields[6][3];
} Form;

static const Form forms[] = {
  { 30,
    3,
    FALSE,
    { "TKAAAXXXXXXXXXEXXXXXXXXXXXXXXX", "DDDDDDCSDDDDDDCAAAXXXXXXXXXXXZ", "NNNNNNNNNNNNNNNNNNNNNNNNNNNNNN" },
    { { 0, 5, 10 }, { 0, 15, 15 }, { 1, 0, 7 }, { 1, 8, 7 }, { 1, 18, 11 }, { 1, 29, 1 } } },
  { 36,
    2,
    FALSE,
    { "TKAAANNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN", "XXXXXXXXXEAAADDDDDDCSDDDDDDCXXXXXXXZ" },
    { { 1, 0, 10 }, { 1, 13, 7 }, { 1, 21, 7 }, { 1, 28, 7 }, { 1, 35, 1 } } },
  { 44,
    2,
    FALSE,
    { "TKAAANNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN", "XXXXXXXXXCAAADDDDDDCSDDDDDDCXXXXXXXXXXXXXXEZ" },
    { { 1, 0, 10 }, { 1, 13, 7 }, { 1, 21, 7 }, { 1, 28, 15 }, { 1, 43, 1 } } },
  { 36,
    2,
    TRUE,
    { "TKAAANNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN", "XXXXXXXXXCAAADDDDDDCSDDDDDDCXXXXXXXX" },
    { { 1, 0, 10 }, { 1, 13, 7 }, { 1, 21, 7 } } },
  { 44,
    2,
    TRUE,
    { "TKAAANNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN", "XXXXXXXXXCAAADDDDDDCSDDDDDDCXXXXXXXXXXXXXXXX" },
    { { 1, 0, 10 }, { 1, 13, 7 }, { 1, 21, 7 } } },
};

/* ISO 3166-1 alpha-3 and the codes of ICAO 9303-3, section 5. */
static const char states[] = "ABWAFGAGOAIAALAALBANDAREARGARMASMATAATFATGAUSAUTAZEBDIBELBENBESBFABGDBGRBHRBHSB"
                             "IHBLMBLRBLZBMUBOLBRABRBBRNBTN"
                             "BVTBWACAFCANCCKCHECHLCHNCIVCMRCODCOGCOKCOLCOMCPVCRICUBCUWCXRCYMCYPCZED<<"
                             "DJIDMADNKDOMDZAECUEGYERIESHESPESTETH"
                             "FINFJIFLKFRAFROFSMGABGBRGEOGGYGHAGIBGINGLPGMBGNBGNQGRCGRDGRLGTMGUFGUMGUYHKGHMDH"
                             "NDHRVHTIHUNIDNIMNINDIOTIRLIRN"
                             "IRQISLISRITAJAMJEYJORJPNKAZKENKGZKHMKIRKNAKORKWTLAOLBNLBRLBYLCALIELKALSOLTULUXL"
                             "VAMACMAFMARMCOMDAMDGMDVMEXMHL"
                             "MKDMLIMLTMMRMNEMNGMNPMOZMRTMSRMTQMUSMWIMYSMYTNAMNCLNERNFKNGANICNIUNLDNORNPLNRUN"
                             "ZLOMNPAKPANPCNPERPHLPLWPNGPOL"
                             "PRIPRKPRTPRYPSEPYFQATREUROURUSRWASAUSDNSENSGPSGSSHNSJMSLBSLESLVSMRSOMSPMSRBSSDS"
                             "TPSURSVKSVNSWESWZSXMSYCSYRTCA"
                             "TCDTGOTHATJKTKLTKMTLSTONTTOTUNTURTUVTWNTZAUGAUKRUMIURYUSAUZBVATVCTVENVGBVIRVNMV"
                             "UTWLFWSMYEMZAFZMBZWEUTOGBDGBN"
                             "GBOGBPGBSUNOUNAUNKEUEXXAXXBXXCXXXXOMXPOXCCXCEXIMXBAXCTXESXMPXPORKS";

/* Makes probabilities of one cell sum up to 1. */
static void
make_whole (float *logs)
{
  float most = -G_MAXFLOAT, sum = 0;
  for (guint g = 0; g < MIL_MRZ_N_GLYPHS; g++)
    most = MAX (most, logs[g]);
  for (guint g = 0; g < MIL_MRZ_N_GLYPHS; g++)
    sum += expf (logs[g] - most);
  for (guint g = 0; g < MIL_MRZ_N_GLYPHS; g++)
    logs[g] -= most + logf (sum);
}

/**
 * mil_mrz_table_add:
 * @self: (inout): what one picture says; empty (all 0) at first
 * @other: what another one says about the same document
 *
 * Puts what several frames say together: probabilities that are independent multiply. One of another
 * layout takes the place of what was there.
 */
void
mil_mrz_table_add (MilMrzTable *self, const MilMrzTable *other)
{
  g_return_if_fail (self != NULL && other != NULL);

  if (self->n_lines != other->n_lines || self->width != other->width)
    {
      *self = *other;
      return;
    }
  for (guint l = 0; l < self->n_lines; l++)
    for (guint i = 0; i < self->width; i++)
      {
        for (guint g = 0; g < MIL_MRZ_N_GLYPHS; g++)
          self->logs[l][i][g] += other->logs[l][i][g];
        make_whole (self->logs[l][i]);
      }
}

/**
 * mil_mrz_table_sureness:
 * @self: a table
 *
 * Returns: mean probability of the likeliest letter, 0 to 1
 */
double
mil_mrz_table_sureness (const MilMrzTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  double sum = 0;
  for (guint l = 0; l < self->n_lines; l++)
    for (guint i = 0; i < self->width; i++)
      {
        float most = -G_MAXFLOAT;
        for (guint g = 0; g < MIL_MRZ_N_GLYPHS; g++)
          most = MAX (most, self->logs[l][i][g]);
        sum += exp (most);
      }
  return self->n_lines > 0 && self->width > 0 ? sum / (self->n_lines * self->width) : 0;
}

static float
strangeness (char kind, char letter)
{
  gboolean digit = g_ascii_isdigit (letter), filler = letter == '<';
  switch (kind)
    {
    case 'T':
      return strchr ("PIACV", letter) ? 0 : digit || filler ? 2 * STRANGE : STRANGE;
    case 'K':
    case 'A':
    case 'N':
      return digit ? STRANGE : 0;
    case 'D':
      return digit ? 0 : filler ? -2 : 2 * STRANGE;
    case 'S':
      return strchr ("MF<", letter) ? 0 : letter == 'X' ? -3 : 2 * STRANGE;
    case 'C':
    case 'Z':
      return digit ? 0 : filler ? -4 : 2 * STRANGE;
    case 'E':
      return digit || filler ? 0 : 2 * STRANGE;
    default:
      /* Many issuers leave these out because they are taken for digits. */
      return letter == 'O' ? -2.5f : letter == 'I' ? -1 : 0;
    }
}

/* Whether a state's code stands there in digits, as clear as can be: issuers err, and specimens are made so. */
static gboolean
is_state_in_digits (float cells[][MIL_MRZ_N_GLYPHS], const char *kinds)
{
  if (strncmp (kinds, "AAA", 3) != 0)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (cells[i][mil_mrz_glyph_likeliest (cells[i])] < CLEAR
        || !g_ascii_isdigit (mil_mrz_glyph_letter (mil_mrz_glyph_likeliest (cells[i]))))
      return FALSE;
  return TRUE;
}

/* The table with what the fields allow. */
static void
weigh_fields (MilMrzTable *table, const Form *form)
{
  for (guint l = 0; l < form->n_lines; l++)
    for (guint i = 0; i < form->width; i++)
      if (is_state_in_digits (table->logs[l] + i, form->cells[l] + i))
        i += 2;
      else
        for (guint g = 0; g < MIL_MRZ_N_GLYPHS; g++)
          table->logs[l][i][g] += strangeness (form->cells[l][i], mil_mrz_glyph_letter (g));
}

/* --- check digits: the likeliest reading whose sums are all right ------------------------------- */

typedef struct
{
  guint8 line;
  guint8 cell;
  char   kind;
  /* Weight in its field's sum, and in the composite one. */
  guint8   weight;
  guint8   composite_weight;
  gboolean first;
} Place;

typedef struct
{
  gint8  glyph;
  guint8 from;
} Step;

#define STATES (MODULUS * MODULUS)
#define MOST_PLACES 80

static guint
list_places (const Form *form, Place *places)
{
  static const guint8 weights[] = { 7, 3, 1 };
  guint               n = 0, composite = 0;
  for (guint f = 0; f < G_N_ELEMENTS (form->fields) && form->fields[f][2] > 0; f++)
    for (guint i = 0; i < form->fields[f][2]; i++, n++)
      {
        const guint8 *field = form->fields[f];
        places[n] = (Place) { field[0],
                              field[1] + i,
                              form->cells[field[0]][field[1] + i],
                              weights[i % 3],
                              weights[composite++ % 3],
                              i == 0 };
      }
  return n;
}

static guint
value_of (guint glyph)
{
  return glyph == MIL_MRZ_FILLER ? 0 : glyph < 26 ? glyph + 10 : glyph - 26;
}

/* Whether @glyph may end a field whose sum is @sum. */
static gboolean
fits (char kind, guint glyph, guint sum)
{
  if (glyph == MIL_MRZ_FILLER)
    return kind == 'E';
  return glyph >= 26 && glyph - 26 == sum;
}

static void
go_on (const Place *place, const float *logs, const float *before, float *after, Step *steps)
{
  for (guint s = 0; s < STATES; s++)
    after[s] = IMPOSSIBLE;
  gboolean check = strchr ("CE", place->kind) != NULL;
  for (guint s = 0; s < STATES; s++)
    {
      guint sum = place->first ? 0 : s / MODULUS, composite = s % MODULUS;
      if (before[s] <= IMPOSSIBLE)
        continue;
      for (guint g = 0; g < MIL_MRZ_N_GLYPHS; g++)
        {
          if ((check && !fits (place->kind, g, sum)) || (place->kind == 'Z' && !fits ('Z', g, composite)))
            continue;
          guint next = place->kind == 'Z' ? composite : (composite + value_of (g) * place->composite_weight) % MODULUS;
          guint to = (sum + value_of (g) * place->weight) % MODULUS * MODULUS + next;
          float value = before[s] + logs[g];
          if (value <= after[to])
            continue;
          after[to] = value;
          steps[to] = (Step) { g, s };
        }
    }
}

/* Returns what the sums cost against the likeliest letters; @text gets the letters that were chosen. */
static double
solve_sums (const MilMrzTable *table, const Form *form, char text[MIL_MRZ_MOST_LINES][MIL_MRZ_MOST_CELLS + 1])
{
  Place            places[MOST_PLACES];
  guint            n = list_places (form, places);
  g_autofree Step *steps = g_new0 (Step, n * STATES);
  float            rows[2][STATES], free_sum = 0;
  for (guint s = 0; s < STATES; s++)
    rows[0][s] = s == 0 ? 0 : IMPOSSIBLE;
  for (guint i = 0; i < n; i++)
    {
      const float *logs = table->logs[places[i].line][places[i].cell];
      free_sum += logs[mil_mrz_glyph_likeliest (logs)];
      go_on (&places[i], logs, rows[i % 2], rows[(i + 1) % 2], steps + i * STATES);
    }
  guint best = 0;
  for (guint s = 1; s < STATES; s++)
    if (rows[n % 2][s] > rows[n % 2][best])
      best = s;
  double cost = free_sum - rows[n % 2][best];
  for (guint i = n; i-- > 0;)
    {
      const Step *step = &steps[i * STATES + best];
      text[places[i].line][places[i].cell] = mil_mrz_glyph_letter (step->glyph);
      best = step->from;
    }
  return cost;
}

/* --- names and states ------------------------------------------------------------------------------ */

/* Names: letters, single fillers between parts, two before the given names, and fillers to the end. */
enum
{
  SURNAME,
  SURNAME_GAP,
  SECOND_FILLER,
  GIVEN,
  GIVEN_GAP,
  REST,
  N_NAME_STATES
};

static const gint8 after_filler[] = { SURNAME_GAP, SECOND_FILLER, REST, GIVEN_GAP, REST, REST };
static const gint8 after_letter[] = { SURNAME, SURNAME, GIVEN, GIVEN, GIVEN, -1 };

static void
name_step (const float *logs, const float *before, float *after, Step *steps)
{
  guint letter = 0;
  for (guint g = 1; g < MIL_MRZ_FILLER; g++)
    if (logs[g] > logs[letter])
      letter = g;
  for (guint s = 0; s < N_NAME_STATES; s++)
    after[s] = IMPOSSIBLE;
  for (guint s = 0; s < N_NAME_STATES; s++)
    for (guint k = 0; k < 2; k++)
      {
        gint8 to = k ? after_filler[s] : after_letter[s];
        guint glyph = k ? MIL_MRZ_FILLER : letter;
        if (to < 0 || before[s] + logs[glyph] <= after[to])
          continue;
        after[to] = before[s] + logs[glyph];
        steps[to] = (Step) { glyph, s };
      }
}

static void
solve_names (const MilMrzTable *table, guint line, guint from, char *text)
{
  Step  steps[MIL_MRZ_MOST_CELLS][N_NAME_STATES];
  float rows[2][N_NAME_STATES] = { { 0, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE } };
  guint n = table->width - from;
  for (guint i = 0; i < n; i++)
    name_step (table->logs[line][from + i], rows[i % 2], rows[(i + 1) % 2], steps[i]);
  guint best = 0;
  for (guint s = 1; s < N_NAME_STATES; s++)
    if (rows[n % 2][s] > rows[n % 2][best])
      best = s;
  for (guint i = n; i-- > 0;)
    {
      text[from + i] = mil_mrz_glyph_letter (steps[i][best].glyph);
      best = steps[i][best].from;
    }
}

static float
state_score (const MilMrzTable *table, guint line, guint at, const char *code)
{
  float sum = 0;
  for (guint i = 0; i < 3; i++)
    sum += table->logs[line][at + i][mil_mrz_glyph_of (code[i])];
  return sum;
}

/* The likeliest state in one or in two places; its score without what is gained for being known. */
static const char *
likeliest_state (const MilMrzTable *table, const guint (*places)[2], guint n_places, float *score)
{
  const char *best = states;
  *score = -G_MAXFLOAT;
  for (const char *code = states; *code != '\0'; code += 3)
    {
      float sum = 0;
      for (guint i = 0; i < n_places; i++)
        sum += state_score (table, places[i][0], places[i][1], code);
      if (sum > *score)
        {
          *score = sum;
          best = code;
        }
    }
  return best;
}

static void
solve_states (const MilMrzTable *table, guint line, guint at, char text[MIL_MRZ_MOST_LINES][MIL_MRZ_MOST_CELLS + 1])
{
  const guint places[2][2] = { { 0, 2 }, { line, at } };
  float       alone[2], both, plain[2] = { 0 };
  const char *code[2], *same = likeliest_state (table, places, 2, &both);
  for (guint i = 0; i < 2; i++)
    {
      code[i] = likeliest_state (table, places + i, 1, &alone[i]);
      for (guint k = 0; k < 3; k++)
        plain[i] += table->logs[places[i][0]][places[i][1] + k]
                               [mil_mrz_glyph_likeliest (table->logs[places[i][0]][places[i][1] + k])];
    }
  gboolean equal = both + SAME_STATE >= alone[0] + alone[1];
  for (guint i = 0; i < 2; i++)
    {
      const char *chosen = equal ? same : code[i];
      if (state_score (table, places[i][0], places[i][1], chosen) + KNOWN_STATE + (equal ? 2 * SAME_STATE : 0) < plain[i])
        continue;
      memcpy (text[places[i][0]] + places[i][1], chosen, 3);
    }
}

static const Form *
find_form (const MilMrzTable *table)
{
  gboolean visa = mil_mrz_glyph_likeliest (table->logs[0][0]) == mil_mrz_glyph_of ('V');
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].width == table->width && forms[i].n_lines == table->n_lines
        && (table->width == 30 || forms[i].visa == visa))
      return &forms[i];
  return NULL;
}

/**
 * mil_mrz_decode:
 * @table: what the cells may say
 * @today: to tell the century of two-digit years
 * @cost: (out): how much less likely the letters are than the likeliest ones, as a logarithm, when they
 *   were chosen by their check digits
 *
 * Finds the likeliest lines. The letters that the check digits of ICAO 9303-3, 4.9 are about are found
 * together, so that all digits are right (each a sum modulo 10, the composite one too), unless that would
 * change what can be read clearly: then they are left as they are read, and the zone is not valid.
 *
 * Returns: (transfer full) (nullable): the zone; %NULL when no layout has such lines
 */
MilMrz *
mil_mrz_decode (const MilMrzTable *table, MilDate today, double *cost)
{
  g_return_val_if_fail (table != NULL && cost != NULL, NULL);

  const Form *form = find_form (table);
  if (form == NULL)
    return NULL;
  g_autofree MilMrzTable *weighed = g_memdup2 (table, sizeof *table);
  weigh_fields (weighed, form);
  char read[MIL_MRZ_MOST_LINES][MIL_MRZ_MOST_CELLS + 1] = { { 0 } };
  for (guint l = 0; l < form->n_lines; l++)
    for (guint i = 0; i < form->width; i++)
      read[l][i] = mil_mrz_glyph_letter (mil_mrz_glyph_likeliest (weighed->logs[l][i]));
  solve_names (weighed, form->n_lines == 3 ? 2 : 0, form->n_lines == 3 ? 0 : 5, read[form->n_lines == 3 ? 2 : 0]);
  solve_states (weighed, 1, form->n_lines == 3 ? 15 : 10, read);

  char solved[MIL_MRZ_MOST_LINES][MIL_MRZ_MOST_CELLS + 1];
  memcpy (solved, read, sizeof read);
  *cost = solve_sums (weighed, form, solved);
  const char *as_solved[] = { solved[0], solved[1], form->n_lines == 3 ? solved[2] : NULL, NULL };
  const char *as_read[] = { read[0], read[1], form->n_lines == 3 ? read[2] : NULL, NULL };
  g_autoptr (MilMrz) mrz = mil_mrz_parse (*cost <= MOST_CORRECTION ? as_solved : as_read, today);
  if (mrz != NULL && !mrz->valid && *cost <= MOST_CORRECTION)
    {
      g_clear_pointer (&mrz, mil_mrz_free);
      mrz = mil_mrz_parse (as_read, today);
    }
  if (mrz != NULL)
    mrz->corrected = mrz->valid && memcmp (read, solved, sizeof read) != 0;
  return g_steal_pointer (&mrz);
}
