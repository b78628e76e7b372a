/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "base/mil-date.h"
#include "base/mil-error.h"
#include "refund/mil-claim-refusal.h"
#include "refund/mil-claim-state.h"
#include "refund/mil-scheme.h"

G_BEGIN_DECLS

/**
 * MilCustomsAct:
 * @MIL_CUSTOMS_VALIDATE: all goods are in order: the green light, an officer's yes
 * @MIL_CUSTOMS_PARTIAL: some of them are
 * @MIL_CUSTOMS_REFUSE: an officer's no
 * @MIL_CUSTOMS_DESK: the system sends the traveller to the desk: the red light
 * @MIL_CUSTOMS_OUTAGE: the system does not answer
 * @MIL_CUSTOMS_STAMP: an officer stamps paper
 *
 * What happens at an exit.
 */
typedef enum
{
  MIL_CUSTOMS_VALIDATE,
  MIL_CUSTOMS_PARTIAL,
  MIL_CUSTOMS_REFUSE,
  MIL_CUSTOMS_DESK,
  MIL_CUSTOMS_OUTAGE,
  MIL_CUSTOMS_STAMP,
} MilCustomsAct;

#define MIL_CUSTOMS_N_ACTS (MIL_CUSTOMS_STAMP + 1)

/**
 * MilExportForm:
 * @number: the operator's number, 12 digits
 * @reference: what the system knows the form by
 * @day: today
 * @on: (nullable): day of a stamp; unset for today
 * @records: (array zero-terminated=1): the purchases on it
 * @seen: (nullable) (array zero-terminated=1): those that were seen, when not all
 * @position: (nullable): where the traveller's phone is: "52.3105,4.7683"
 * @refusal: why, when it is refused
 *
 * A form at the exit.
 */
typedef struct
{
  const char        *number;
  const char        *reference;
  MilDate            day;
  MilDate            on;
  const char *const *records;
  const char *const *seen;
  const char        *position;
  MilClaimRefusal    refusal;
} MilExportForm;

/**
 * MilExportOutcome:
 * @act: what it does to the claim
 * @actor: who does it
 * @code: (nullable): what the system said, in its own words; %NULL when an officer decided
 * @hint: (nullable): what to do now, for the traveller
 * @refusal: why, when @act is a refusal
 * @on: the day on which customs saw the goods
 *
 * What the answer of a validation system means for a claim.
 */
typedef struct
{
  MilClaimAct     act;
  MilClaimActor   actor;
  char           *code;
  char           *hint;
  MilClaimRefusal refusal;
  MilDate         on;
} MilExportOutcome;

/**
 * MilExportWord:
 * @code: what the system says
 * @act: what that does to a claim
 * @refusal: why, when that is a refusal
 * @hint: (nullable): msgid of what to do now
 *
 * A word of a system's published vocabulary.
 */
typedef struct
{
  const char     *code;
  MilClaimAct     act;
  MilClaimRefusal refusal;
  const char     *hint;
} MilExportWord;

/**
 * MilExportSystem:
 * @name: as the schemes' data calls it
 * @label: (nullable): what it calls its reference
 * @begin: (nullable): msgid of what the traveller does at the exit
 * @words: (array): its vocabulary, ended by a row without code
 * @make_reference: (nullable): what it will know a form by; %NULL for the form's own number
 * @simulate: what the system would answer, as a message in its own words
 * @read: what such a message means
 *
 * A system that validates exports. An adapter knows its messages; the simulator beside it speaks them, so
 * that tests and demonstrations go the way that real messages would. The real ones take sellers and operators
 * with certificates of their own, and are not reached from here.
 */
typedef struct _MilExportSystem MilExportSystem;
struct _MilExportSystem
{
  const char          *name;
  const char          *label;
  const char          *begin;
  const MilExportWord *words;
  char *(*make_reference) (const char *number);
  JsonNode *(*simulate) (const MilExportSystem *self, const MilExportForm *form, MilCustomsAct act);
  gboolean (*read) (const MilExportSystem *self, const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome, GError **error);
};

extern const MilExportSystem mil_pablo;
extern const MilExportSystem mil_diva;
extern const MilExportSystem mil_otello;
extern const MilExportSystem mil_puesc;
extern const MilExportSystem mil_nta;
extern const MilExportSystem mil_etrs;
extern const MilExportSystem mil_nl_customs;
extern const MilExportSystem mil_paper_stamp;
extern const MilExportSystem mil_customs_desk;

const MilExportSystem *mil_export_system_find (const char *name);
const MilExportSystem *mil_export_system_for (const MilValidation *validation, const char *country, const char *exit);
const char *mil_export_system_name (const MilExportSystem *self, const MilValidation *validation);
char       *mil_export_system_reference (const MilExportSystem *self, const char *number);
gboolean    mil_export_system_act (const MilExportSystem *self,
                                   const MilExportForm   *form,
                                   MilCustomsAct          act,
                                   MilExportOutcome      *outcome,
                                   GError               **error);
gboolean    mil_customs_act_parse (const char *name, MilCustomsAct *act);
const char *mil_customs_act_name (MilCustomsAct act);
void        mil_export_outcome_clear (MilExportOutcome *self);

/* For the adapters: what an officer decides at a desk is the same everywhere. */
JsonNode *mil_export_message (const char *member, const char *value, ...) G_GNUC_NULL_TERMINATED;
JsonNode *mil_export_desk_message (const MilExportForm *form, MilCustomsAct act);
gboolean  mil_export_read_desk (const MilExportForm *form, JsonNode *message, MilExportOutcome *outcome);
gboolean  mil_export_read_word (const MilExportSystem *self,
                                const MilExportForm   *form,
                                JsonNode              *message,
                                const char            *member,
                                MilExportOutcome      *outcome,
                                GError               **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MilExportOutcome, mil_export_outcome_clear)

G_END_DECLS
