/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-future.h"
#include "scan/mil-mrz.h"
#include "scan/mil-picture.h"
#include "scan/mil-receipt.h"
#include "scan/mil-symbol.h"

G_BEGIN_DECLS

#define MIL_TYPE_SCANNER (mil_scanner_get_type ())
#define MIL_TYPE_SCAN_RESULT (mil_scan_result_get_type ())
#define MIL_TYPE_SCAN_PROGRESS (mil_scan_progress_get_type ())

/**
 * MilScanner:
 *
 * Reads pictures: receipts, passports, codes. It has worker threads of its own and keeps the OCR
 * engines that it has loaded; many pictures may be given at once and are read in order.
 */
G_DECLARE_FINAL_TYPE (MilScanner, mil_scanner, MIL, SCANNER, GObject)

/**
 * MilScanProgress:
 *
 * How far a scan is, for a progress bar: `fraction` (0 to 1) and `stage` (a translated word or two),
 * both changed on the main thread.
 */
G_DECLARE_FINAL_TYPE (MilScanProgress, mil_scan_progress, MIL, SCAN_PROGRESS, GObject)

/**
 * MilScanKind:
 * @MIL_SCAN_AUTO: whatever is there
 * @MIL_SCAN_RECEIPT: a receipt, and the codes on it
 * @MIL_SCAN_PASSPORT: the machine readable zone of a travel document
 * @MIL_SCAN_CODE: codes only
 */
typedef enum
{
  MIL_SCAN_AUTO,
  MIL_SCAN_RECEIPT,
  MIL_SCAN_PASSPORT,
  MIL_SCAN_CODE,
} MilScanKind;

/**
 * MilScanOptions:
 * @kind: what to look for
 * @languages: (nullable): Tesseract's names joined by "+" ("deu+eng"), or %NULL to choose by @country
 *   and by what the paper shows
 * @country: (nullable): ISO 3166 code of the country of the purchase, as a hint
 * @currency: (nullable): ISO 4217 code, used where the paper names none
 * @today: dates after it are refused; unset for the system's day
 * @progress: (nullable): told how far it is
 */
typedef struct
{
  MilScanKind      kind;
  const char      *languages;
  const char      *country;
  const char      *currency;
  MilDate          today;
  MilScanProgress *progress;
} MilScanOptions;

/**
 * MilScanResult:
 * @kind: what was found: receipt, passport, code, or auto for nothing of these
 * @receipt: (nullable): the receipt
 * @more: (element-type MilReceipt): receipts on other papers in the same picture
 * @symbols: (element-type MilSymbol): the codes
 * @mrz: (nullable): the machine readable zone
 * @ms_load: milliseconds that opening a document took, and drawing it where it has one page
 * @ms_codes: milliseconds that reading codes took
 * @ms_page: milliseconds that finding and straightening the page took
 * @ms_ocr: milliseconds that recognising letters took
 * @ms_fields: milliseconds that making sense of them took
 */
typedef struct
{
  MilScanKind kind;
  MilReceipt *receipt;
  GPtrArray  *more;
  GPtrArray  *symbols;
  MilMrz     *mrz;
  int         ms_load;
  int         ms_codes;
  int         ms_page;
  int         ms_ocr;
  int         ms_fields;
} MilScanResult;

MilScanner *mil_scanner_new (void);
DexFuture  *mil_scan_picture (MilScanner *self, MilPicture *picture, const MilScanOptions *options);
DexFuture  *mil_scan_sections (MilScanner *self, GPtrArray *pictures, const MilScanOptions *options);
DexFuture  *mil_scan_document (MilScanner *self, GBytes *bytes, const MilScanOptions *options);

GType          mil_scan_result_get_type (void);
MilScanResult *mil_scan_result_copy (const MilScanResult *self);
void           mil_scan_result_free (MilScanResult *self);
const char    *mil_scan_kind_name (MilScanKind kind);

MilScanProgress *mil_scan_progress_new (void);
double           mil_scan_progress_get_fraction (MilScanProgress *self);
const char      *mil_scan_progress_get_stage (MilScanProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MilScanResult, mil_scan_result_free)

G_END_DECLS
