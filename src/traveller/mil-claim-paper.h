/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "refund/mil-form-drawing.h"
#include "traveller/mil-session.h"

G_BEGIN_DECLS

#define MIL_TYPE_CLAIM_PAPER (mil_claim_paper_get_type ())

/**
 * MilClaimPaperKind:
 * @MIL_CLAIM_PAPER_FORM: the tax-free form
 * @MIL_CLAIM_PAPER_REQUEST: the letter that asks the shop for one
 *
 * What is written on paper.
 */
typedef enum
{
  MIL_CLAIM_PAPER_FORM,
  MIL_CLAIM_PAPER_REQUEST,
} MilClaimPaperKind;

/**
 * MilClaimPaperOptions:
 * @kind: what is written
 * @paper: on what
 * @tell_document: whether the number of the travel document and the home address are told; without a keyring they
 *   are not
 * @pictures: whether a request shows the receipts
 *
 * What a person chooses.
 */
typedef struct
{
  MilClaimPaperKind kind;
  MilPaper          paper;
  gboolean          tell_document;
  gboolean          pictures;
} MilClaimPaperOptions;

/**
 * MilClaimPaper:
 * @form: what it says
 * @texts: the words of the shop's country
 * @also: the words of the person
 * @pdf: the file
 * @file_name: how the file may be called
 * @subject: subject of a mail to the shop
 * @body: text of a mail to the shop
 *
 * A claim on paper. Reference counted, never changes.
 */
typedef struct
{
  MilTaxFreeForm *form;
  MilPackTexts   *texts;
  MilPackTexts   *also;
  GBytes         *pdf;
  char           *file_name;
  char           *subject;
  char           *body;
} MilClaimPaper;

GType          mil_claim_paper_get_type (void);
MilClaimPaper *mil_claim_paper_ref      (MilClaimPaper              *self);
void           mil_claim_paper_unref    (MilClaimPaper              *self);
DexFuture     *mil_session_make_paper   (MilSession                 *self,
                                         MilClaim                   *claim,
                                         const MilClaimPaperOptions *options);

MilPerson     *mil_claim_person         (MilSession                 *session,
                                         MilClaim                   *claim);
JsonNode      *mil_claim_form_json      (MilSession                 *session,
                                         MilClaim                   *claim,
                                         const MilPersonal          *personal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilClaimPaper, mil_claim_paper_unref)

G_END_DECLS
