/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who claims, on every engine: encrypted, re-wrapped, forgotten; and claims that end by the clock. */

#include "service-test.h"

#include <string.h>

#include "base/mil-json.h"
#include "service/mil-housekeeping.h"
#include "service/mil-personal.h"
#include "service/taxfree/mil-claim-jobs.h"
#include "service/taxfree/mil-claim-person.h"

#define OK(condition) ((condition) ? GINT_TO_POINTER (TRUE) : NULL)
#define OLD_KEY "one AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
#define NEW_KEY "two AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\n"
#define NUMBER "E0012345"
#define DAY G_TIME_SPAN_DAY

typedef struct
{
  MilVault            *vault;
  char                *id;
  char                *owner;
  MilWireClaimRequest *request;
  gint64               n;
  guint                days;
} World;

static void
world_clear (World *self)
{
  g_clear_pointer (&self->vault, mil_vault_unref);
  g_clear_pointer (&self->request, mil_wire_claim_request_free);
  g_free (self->id);
  g_free (self->owner);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static void
use_keys (World *self, const char *keys)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->vault, mil_vault_unref);
  self->vault = mil_vault_new_for_text (keys, &error);
  g_assert_no_error (error);
}

static void
world_init (World *self, Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *purchase = mil_uuid_new (fixture->clock, fixture->random);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  self->id = mil_uuid_new (fixture->clock, fixture->random);
  self->owner = mil_uuid_new (fixture->clock, fixture->random);
  text = g_strdup_printf ("{\"id\":\"%s\",\"trip\":{\"country\":\"IT\",\"leaves_on\":\"2026-06-28\"},"
                          "\"traveller\":{\"name\":\"Kuai Ding\","
                          "\"residence\":\"CN\",\"address\":\"1 Long "
                          "Road\",\"document\":{\"type\":\"passport\",\"number\":\"" NUMBER "\"}},"
                          "\"purchases\":[{\"id\":\"%s\",\"country\":\"IT\",\"shop\":\"Bottega "
                          "Lume\",\"date\":\"2026-06-14\",\"currency\":\"EUR\","
                          "\"total\":20000}],\"scheme\":\"IT\",\"rule_valid_from\":\"2024-02-01\",\"payout\":"
                          "{\"wallet_id\":\"w\",\"currency\":\"EUR\"}}",
                          self->id,
                          purchase);
  node = json_from_string (text, NULL);
  self->request = mil_wire_claim_request_from_json (node, &error);
  g_assert_no_error (error);
  use_keys (self, OLD_KEY);
}

static gpointer
issue (MilTx *tx, gpointer data, GError **error)
{
  World       *self = data;
  MilClaimStep step = { MIL_CLAIM_ACT_ISSUE, MIL_CLAIM_BY_OPERATOR };
  g_autoptr (MilClaim) claim = mil_claim_new (tx, self->vault, self->owner, self->request, error);

  if (claim == NULL)
    return NULL;
  g_assert_cmpstr (claim->request->traveller->name, ==, "");
  g_assert_null (claim->request->traveller->document);
  g_assert_true (mil_date_parse ("2026-09-30", &claim->export_by, NULL));
  return OK (mil_claim_move (claim, tx, &step, error));
}

static gpointer
withdraw (MilTx *tx, gpointer data, GError **error)
{
  World       *self = data;
  MilClaimStep step = { MIL_CLAIM_ACT_WITHDRAW, MIL_CLAIM_BY_TRAVELLER };
  g_autoptr (MilClaim) claim = mil_claim_load (tx, self->owner, self->id, error);

  return OK (claim != NULL && mil_claim_move (claim, tx, &step, error));
}

static gpointer
number_of (MilTx *tx, gpointer data, GError **error)
{
  World *self = data;
  g_autoptr (MilClaimPerson) person = mil_claim_person_load (tx, self->vault, self->id, error);

  return person != NULL ? g_strdup (person->traveller->document->number) : NULL;
}

static gpointer
state_of (MilTx *tx, gpointer data, GError **error)
{
  World *self = data;
  g_autoptr (MilClaim) claim = mil_claim_load (tx, self->owner, self->id, error);

  return claim != NULL ? g_strdup (mil_claim_state_name (claim->state)) : NULL;
}

static char *
ask (Fixture *fixture, World *world, MilTxFunc func, GError **error)
{
  return run_tx (fixture, func, world, G_TYPE_STRING, error);
}

static void
assert_number (Fixture *fixture, World *world, const char *expected, MilErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = ask (fixture, world, number_of, &error);

  g_assert_cmpstr (number, ==, expected);
  if (expected == NULL)
    g_assert_error (error, MIL_ERROR, (int) code);
  else
    g_assert_no_error (error);
}

static gpointer
every_text (MilTx *tx, gpointer data, GError **error)
{
  static const char *const queries[] = {
    "SELECT document, request_hash FROM claims",
    "SELECT document, state FROM claim_purchases",
    "SELECT state, reason FROM claim_events",
    "SELECT data, type FROM events",
  };
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (MilRows) rows = mil_tx_query (tx, error, queries[i], NULL);

      if (rows == NULL)
        return NULL;
      while (mil_rows_next (rows))
        g_string_append_printf (all, "%s %s\n", mil_rows_text (rows, 0), mil_rows_is_null (rows, 1) ? "" : mil_rows_text (rows, 1));
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
test_encrypted (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (World) world = { 0 };
  g_autofree char *all = NULL;

  world_init (&world, fixture);
  must_run (fixture, issue, &world);
  all = ask (fixture, &world, every_text, NULL);
  g_assert_nonnull (strstr (all, "Bottega Lume"));
  g_assert_null (strstr (all, NUMBER));
  g_assert_null (strstr (all, "Ding"));
  g_assert_null (strstr (all, "Long Road"));
  fixture_reopen (fixture);
  assert_number (fixture, &world, NUMBER, 0);
  use_keys (&world, NEW_KEY);
  assert_number (fixture, &world, NULL, MIL_ERROR_STORAGE);
}

static gpointer
rewrap (MilTx *tx, gpointer data, GError **error)
{
  World *self = data;

  self->n = mil_personal_rewrap (tx, self->vault, error);
  return OK (self->n >= 0);
}

static void
test_rotation (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (World) world = { 0 };

  world_init (&world, fixture);
  must_run (fixture, issue, &world);
  use_keys (&world, NEW_KEY OLD_KEY);
  assert_number (fixture, &world, NUMBER, 0);
  must_run (fixture, rewrap, &world);
  g_assert_cmpint (world.n, ==, 1);
  must_run (fixture, rewrap, &world);
  g_assert_cmpint (world.n, ==, 0);
  use_keys (&world, NEW_KEY);
  assert_number (fixture, &world, NUMBER, 0);
  use_keys (&world, OLD_KEY);
  assert_number (fixture, &world, NULL, MIL_ERROR_STORAGE);
}

static gpointer
forget (MilTx *tx, gpointer data, GError **error)
{
  World *self = data;

  self->n = mil_claim_forget_due (tx, self->vault, self->days, error);
  return OK (self->n >= 0);
}

static gpointer
find_same (MilTx *tx, gpointer data, GError **error)
{
  World   *self = data;
  gboolean found;

  if (!mil_claim_find_same (tx, self->vault, self->owner, self->request, &found, error))
    return NULL;
  g_assert_true (found);
  return OK (TRUE);
}

/* Not while the claim is open, not before its time; and then for good, while the claim stays in the books. */
static void
test_retention (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (World) world = { .days = 180 };
  g_autofree char *state = NULL;

  world_init (&world, fixture);
  must_run (fixture, issue, &world);
  mil_clock_advance (fixture->clock, 400 * DAY);
  must_run (fixture, forget, &world);
  g_assert_cmpint (world.n, ==, 0);
  must_run (fixture, withdraw, &world);
  mil_clock_advance (fixture->clock, 180 * DAY);
  must_run (fixture, forget, &world);
  g_assert_cmpint (world.n, ==, 0);
  assert_number (fixture, &world, NUMBER, 0);
  must_run (fixture, find_same, &world);
  mil_clock_advance (fixture->clock, 1);
  must_run (fixture, forget, &world);
  g_assert_cmpint (world.n, ==, 1);
  assert_number (fixture, &world, NULL, MIL_ERROR_NOT_FOUND);
  must_run (fixture, find_same, &world);
  state = ask (fixture, &world, state_of, NULL);
  g_assert_cmpstr (state, ==, "withdrawn");
  must_run (fixture, forget, &world);
  g_assert_cmpint (world.n, ==, 0);
}

static gpointer
expire (MilTx *tx, gpointer data, GError **error)
{
  World *self = data;

  self->n = mil_claim_expire_due (tx, error);
  return OK (self->n >= 0);
}

static void
assert_expires (Fixture *fixture, World *world, const char *at, gint64 n, const char *expected)
{
  g_autoptr (GDateTime) instant = g_date_time_new_from_iso8601 (at, NULL);
  g_autofree char *state = NULL;

  mil_clock_set (fixture->clock, g_date_time_to_unix_usec (instant));
  must_run (fixture, expire, world);
  g_assert_cmpint (world->n, ==, n);
  state = ask (fixture, world, state_of, NULL);
  g_assert_cmpstr (state, ==, expected);
}

/* The last day is 30 September, wherever on Earth the traveller leaves. */
static void
test_expiry (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (World) world = { 0 };

  world_init (&world, fixture);
  must_run (fixture, issue, &world);
  assert_expires (fixture, &world, "2026-09-30T23:59:59Z", 0, "issued");
  assert_expires (fixture, &world, "2026-10-01T11:59:59Z", 0, "issued");
  assert_expires (fixture, &world, "2026-10-01T12:00:00Z", 1, "expired");
  assert_expires (fixture, &world, "2026-10-01T12:00:10Z", 0, "expired");
}

static gboolean
try_move (MilTx *tx, World *self, MilClaimState state, MilClaimAct act, MilClaimActor actor, GError **error)
{
  const MilClaimTransition *way = mil_claim_transition (state, act, actor);
  MilClaimStep              step = { act, actor, .has_proof_in_time = TRUE };
  g_autoptr (MilClaim) claim = NULL;
  g_autoptr (GError) refused = NULL;

  if (!mil_tx_exec (tx, error, "UPDATE claims SET state = $2 WHERE id = $1", "tt", self->id, mil_claim_state_name (state)))
    return FALSE;
  claim = mil_claim_load (tx, self->owner, self->id, error);
  if (claim == NULL)
    return FALSE;
  if (mil_claim_move (claim, tx, &step, &refused))
    {
      g_assert_nonnull (way);
      g_assert_cmpint (claim->state, ==, way->to);
      self->n++;
      return TRUE;
    }
  g_assert_null (way);
  g_assert_error (refused, MIL_ERROR, MIL_ERROR_CONFLICT);
  return TRUE;
}

static gpointer
walk (MilTx *tx, gpointer data, GError **error)
{
  World *self = data;

  self->n = 0;
  for (guint state = 0; state < MIL_CLAIM_N_STATES; state++)
    for (guint act = 0; !mil_claim_state_is_local (state) && act < MIL_CLAIM_N_ACTS; act++)
      for (guint actor = 0; actor < MIL_CLAIM_N_ACTORS; actor++)
        if (!try_move (tx, self, state, act, actor, error))
          return NULL;
  return OK (TRUE);
}

/* Every state with everything that anybody could do to it, in the database: done and remembered, or refused. */
static void
test_every_move (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (World) world = { 0 };
  guint n;
  guint n_local = 0;

  world_init (&world, fixture);
  must_run (fixture, issue, &world);
  must_run (fixture, walk, &world);
  mil_claim_transitions (&n);
  for (guint i = 0; i < n; i++)
    n_local += mil_claim_state_is_local (mil_claim_transitions (&n)[i].from);
  g_assert_cmpint (world.n, ==, n - n_local);
}

typedef struct
{
  World   *world;
  gboolean in_time;
} Late;

static gpointer
validate_late (MilTx *tx, gpointer data, GError **error)
{
  Late        *late = data;
  MilClaimStep step = { MIL_CLAIM_ACT_VALIDATE, MIL_CLAIM_BY_CUSTOMS, .has_proof_in_time = late->in_time };
  g_autoptr (MilClaim) claim = mil_claim_load (tx, NULL, late->world->id, error);

  return OK (claim != NULL && mil_claim_move (claim, tx, &step, error));
}

/* Paper with a stamp of a day that was in time counts after the clock has ended the claim; other paper does not. */
static void
test_late_stamp (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (World) world = { 0 };
  Late late = { &world, FALSE };
  g_autoptr (GError) error = NULL;

  world_init (&world, fixture);
  must_run (fixture, issue, &world);
  assert_expires (fixture, &world, "2026-11-01T00:00:00Z", 1, "expired");
  run_tx (fixture, validate_late, &late, G_TYPE_BOOLEAN, &error);
  g_assert_error (error, MIL_ERROR, MIL_ERROR_CONFLICT);
  late.in_time = TRUE;
  must_run (fixture, validate_late, &late);
}

static gpointer
rewrite_history (MilTx *tx, gpointer data, GError **error)
{
  return OK (mil_tx_exec (tx, error, "UPDATE claim_events SET state = 'refunded'", NULL));
}

static gpointer
drop_history (MilTx *tx, gpointer data, GError **error)
{
  return OK (mil_tx_exec (tx, error, "DELETE FROM claim_events", NULL));
}

static void
test_append_only (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  world_init (&world, fixture);
  must_run (fixture, issue, &world);
  run_tx (fixture, rewrite_history, NULL, G_TYPE_BOOLEAN, &error);
  g_assert_nonnull (error);
  run_tx (fixture, drop_history, NULL, G_TYPE_BOOLEAN, &again);
  g_assert_nonnull (again);
}

/* As a version wrote it that did not encrypt. */
static gpointer
write_plain (MilTx *tx, gpointer data, GError **error)
{
  World *self = data;
  g_autoptr (JsonNode) document = mil_wire_claim_request_to_json (self->request);

  return OK (mil_claim_person_erase (tx, self->id, error)
             && mil_tx_exec (tx, error, "UPDATE claims SET document = $2 WHERE id = $1", "tj", self->id, document));
}

static gpointer
seal_old (MilTx *tx, gpointer data, GError **error)
{
  World *self = data;

  self->n = mil_claim_seal_old (tx, self->vault, error);
  return OK (self->n >= 0);
}

static void
test_seal_old (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (World) world = { 0 };
  g_autofree char *all = NULL;

  world_init (&world, fixture);
  must_run (fixture, issue, &world);
  must_run (fixture, write_plain, &world);
  must_run (fixture, seal_old, &world);
  g_assert_cmpint (world.n, ==, 1);
  must_run (fixture, seal_old, &world);
  g_assert_cmpint (world.n, ==, 0);
  assert_number (fixture, &world, NUMBER, 0);
  all = ask (fixture, &world, every_text, NULL);
  g_assert_null (strstr (all, NUMBER));
}

/* Told to end while it clears away, the service ends in order: nobody is warned of a storage that closes. */
static void
test_end_while_clearing (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_auto (World) world = { 0 };
  MilContext context = { 0 };

  world_init (&world, fixture);
  context.vault = world.vault;
  for (guint turns = 0; turns < 8; turns++)
    {
      MilHousekeeping *housekeeping = mil_housekeeping_start (fixture->storage, &context, 180);
      DexFuture       *ended;

      mil_housekeeping_check (housekeeping);
      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, FALSE);
      ended = mil_housekeeping_stop (housekeeping);
      g_assert_nonnull (wait_for (ended, NULL));
      fixture_reopen (fixture);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/persons/encrypted", test_encrypted);
  g_test_add_func ("/service/persons/rotation", test_rotation);
  g_test_add_func ("/service/persons/retention", test_retention);
  g_test_add_func ("/service/persons/expiry", test_expiry);
  g_test_add_func ("/service/persons/every-move", test_every_move);
  g_test_add_func ("/service/persons/late-stamp", test_late_stamp);
  g_test_add_func ("/service/persons/append-only", test_append_only);
  g_test_add_func ("/service/persons/seal-old", test_seal_old);
  g_test_add_func ("/service/persons/end-while-clearing", test_end_while_clearing);
  return g_test_run ();
}
