/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refund/mil-claim-refusal.h"
#include "refund/mil-claim-state.h"

/* What may be done where, by whom, and where that leads; written by hand from how operators and customs
 * describe their procedures, not made from the table. Each line: state, who did what, next state, money. */
static const char *const expected[] = {
  "draft traveller queued queued none",
  "draft traveller submitted submitted none",
  "draft traveller withdrawn withdrawn none",
  "queued traveller submitted submitted none",
  "queued traveller withdrawn withdrawn none",
  "queued service voided void none",
  "submitted operator issued issued hold",
  "submitted operator voided void none",
  "submitted traveller withdrawn withdrawn none",
  "issued traveller presented awaiting-validation none",
  "issued customs presented awaiting-validation none",
  "issued customs validated validated none",
  "issued customs partially-validated partially-validated none",
  "issued customs refused refused none",
  "issued traveller withdrawn withdrawn none",
  "issued operator voided void none",
  "issued service expired expired none",
  "awaiting-validation customs presented awaiting-validation none",
  "awaiting-validation customs validated validated none",
  "awaiting-validation customs partially-validated partially-validated none",
  "awaiting-validation customs refused refused none",
  "awaiting-validation service expired expired none",
  "validated operator approved refund-pending none",
  "validated operator guarantee-released refunded release",
  "validated operator voided void none",
  "partially-validated operator approved refund-pending none",
  "partially-validated operator guarantee-released refunded release",
  "partially-validated operator voided void none",
  "refused operator guarantee-charged guarantee-charged charge",
  "refused traveller disputed disputed none",
  "refund-pending operator refunded refunded pay",
  "refund-pending operator refund-failed refund-pending none",
  "refunded traveller disputed disputed none",
  "withdrawn operator guarantee-charged guarantee-charged charge",
  "expired customs validated validated none in-time",
  "expired customs partially-validated partially-validated none in-time",
  "expired operator guarantee-charged guarantee-charged charge",
  "expired traveller disputed disputed none",
  "void operator guarantee-charged guarantee-charged charge",
  "void traveller disputed disputed none",
  "guarantee-charged traveller disputed disputed none",
  "disputed operator dispute-upheld resolved correct",
  "disputed operator dispute-rejected resolved none",
};

static char *
line_of (const MilClaimTransition *way)
{
  return g_strjoin (" ",
                    mil_claim_state_name (way->from),
                    mil_claim_actor_name (way->actor),
                    mil_claim_act_name (way->act),
                    mil_claim_state_name (way->to),
                    mil_claim_effect_name (way->effect),
                    way->needs_proof_in_time ? "in-time" : NULL,
                    NULL);
}

static const char *
find_expected (MilClaimState state, MilClaimActor actor, MilClaimAct act)
{
  g_autofree char *start = g_strjoin (
      " ", mil_claim_state_name (state), mil_claim_actor_name (actor), mil_claim_act_name (act), "", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    if (g_str_has_prefix (expected[i], start))
      return expected[i];
  return NULL;
}

/* Every state with everything that anybody could do to it: allowed where it is written, refused elsewhere. */
static void
test_every_pair (void)
{
  guint n_allowed = 0;

  for (guint state = 0; state < MIL_CLAIM_N_STATES; state++)
    for (guint act = 0; act < MIL_CLAIM_N_ACTS; act++)
      for (guint actor = 0; actor < MIL_CLAIM_N_ACTORS; actor++)
        {
          const MilClaimTransition *way = mil_claim_transition (state, act, actor);
          const char               *line = find_expected (state, actor, act);
          g_autofree char          *found = way != NULL ? line_of (way) : NULL;

          g_assert_cmpstr (found, ==, line);
          g_assert_cmpint (mil_claim_state_allows (state, act, actor), ==, line != NULL);
          n_allowed += way != NULL;
        }
  g_assert_cmpuint (n_allowed, ==, G_N_ELEMENTS (expected));
}

/* The table has no way twice, and none that leads nowhere or comes from nowhere. */
static void
test_sound (void)
{
  guint                     n;
  const MilClaimTransition *ways = mil_claim_transitions (&n);
  gboolean                  entered[MIL_CLAIM_N_STATES] = { [MIL_CLAIM_DRAFT] = TRUE };

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < n; i++)
    {
      entered[ways[i].to] = TRUE;
      for (guint j = 0; j < i; j++)
        g_assert_false (ways[i].from == ways[j].from && ways[i].act == ways[j].act && ways[i].actor == ways[j].actor);
    }
  for (guint state = 0; state < MIL_CLAIM_N_STATES; state++)
    g_assert_true (entered[state]);
}

/* From wherever a claim stands, something leads to where it is over: none hangs for ever. */
static void
test_ends (void)
{
  guint                     n;
  const MilClaimTransition *ways = mil_claim_transitions (&n);
  gboolean                  ends[MIL_CLAIM_N_STATES] = { FALSE };

  for (guint state = 0; state < MIL_CLAIM_N_STATES; state++)
    ends[state] = mil_claim_state_is_over (state);
  for (guint round = 0; round < MIL_CLAIM_N_STATES; round++)
    for (guint i = 0; i < n; i++)
      ends[ways[i].from] |= ends[ways[i].to];
  for (guint state = 0; state < MIL_CLAIM_N_STATES; state++)
    g_assert_true (ends[state]);
}

/* Money moves where a form is issued, paid, charged or released, and nowhere else; only the operator moves it. */
static void
test_money (void)
{
  guint                     n;
  const MilClaimTransition *ways = mil_claim_transitions (&n);

  for (guint i = 0; i < n; i++)
    {
      if (ways[i].effect != MIL_CLAIM_EFFECT_NONE)
        g_assert_cmpint (ways[i].actor, ==, MIL_CLAIM_BY_OPERATOR);
      if (mil_claim_state_is_local (ways[i].from))
        g_assert_cmpint (ways[i].effect, ==, MIL_CLAIM_EFFECT_NONE);
    }
}

static void
test_names (void)
{
  MilClaimState   state;
  MilClaimAct     act;
  MilClaimRefusal refusal;

  for (guint i = 0; i < MIL_CLAIM_N_STATES; i++)
    {
      g_assert_true (mil_claim_state_parse (mil_claim_state_name (i), &state));
      g_assert_cmpuint (state, ==, i);
    }
  for (guint i = 0; i < MIL_CLAIM_N_ACTS; i++)
    {
      g_assert_true (mil_claim_act_parse (mil_claim_act_name (i), &act));
      g_assert_cmpuint (act, ==, i);
    }
  for (guint i = 0; i < MIL_REFUSAL_N; i++)
    {
      g_assert_true (mil_claim_refusal_parse (mil_claim_refusal_name (i), &refusal));
      g_assert_cmpuint (refusal, ==, i);
      g_assert_cmpstr (mil_claim_refusal_text (i), !=, "");
    }
  g_assert_false (mil_claim_state_parse ("approved", &state));
  g_assert_false (mil_claim_act_parse ("", &act));
  g_assert_false (mil_claim_refusal_parse ("lost", &refusal));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refund/claim-state/every-pair", test_every_pair);
  g_test_add_func ("/refund/claim-state/sound", test_sound);
  g_test_add_func ("/refund/claim-state/ends", test_ends);
  g_test_add_func ("/refund/claim-state/money", test_money);
  g_test_add_func ("/refund/claim-state/names", test_names);
  return g_test_run ();
}
