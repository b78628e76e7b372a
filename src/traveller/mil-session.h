/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/mil-clock.h"
#include "base/mil-future.h"
#include "scan/mil-picture.h"
#include "scan/mil-receipt.h"
#include "traveller/mil-basket.h"
#include "traveller/mil-catalogue-query.h"
#include "traveller/mil-checkout.h"
#include "traveller/mil-claim-event.h"
#include "traveller/mil-claim.h"
#include "traveller/mil-balance.h"
#include "traveller/mil-due-day.h"
#include "traveller/mil-order-line.h"
#include "traveller/mil-order.h"
#include "traveller/mil-outbox.h"
#include "traveller/mil-person.h"
#include "traveller/mil-personal.h"
#include "traveller/mil-picture-cache.h"
#include "traveller/mil-product-item.h"
#include "traveller/mil-product.h"
#include "traveller/mil-rates.h"
#include "traveller/mil-receipt-record.h"
#include "traveller/mil-secrets.h"
#include "traveller/mil-store.h"
#include "traveller/mil-trip.h"
#include "traveller/mil-variant.h"
#include "traveller/mil-wallet-entry.h"
#include "traveller/mil-wallet-history.h"
#include "traveller/mil-wallet.h"
#include "traveller/mil-what-if.h"

G_BEGIN_DECLS

/* The draft of a trip that is being planned: a #MilTrip. */
#define MIL_DRAFT_TRIP "trip"

/**
 * MilSessionOptions:
 * @data_dir: what must not be lost: database, pictures of receipts, the embedded service's state
 * @cache_dir: what can be fetched again
 * @runtime_dir: where the embedded service's socket goes
 * @secrets: (nullable): where secrets are kept; %NULL for the person's keyring
 * @clock: (nullable): %NULL for the system's
 * @random: (nullable): %NULL for the system's
 * @locale: (nullable): BCP 47 language for stores and forms; %NULL to take the process' locale
 * @service_address: (nullable): "https://…", "http://…" or "unix:/path"; %NULL to start the embedded service
 * @service_program: (nullable): the embedded service; %NULL for `$MILIONE_SERVICE`, then the installed one
 * @demo_data: (nullable): folder with the demo stores that the embedded service is filled with
 * @ephemeral: nothing outlives the session: for kiosks
 *
 * All that a session depends on.
 */
typedef struct
{
  const char *data_dir;
  const char *cache_dir;
  const char *runtime_dir;
  MilSecrets *secrets;
  MilClock   *clock;
  MilRandom  *random;
  const char *locale;
  const char *service_address;
  const char *service_program;
  const char *demo_data;
  gboolean    ephemeral;
} MilSessionOptions;

#define MIL_TYPE_SESSION (mil_session_get_type ())

/**
 * MilSession:
 *
 * Everything that a client is. Making one does no work; its lists are there at once, empty, and fill
 * from the disk and then from the network after mil_session_start(). Two may live in one process.
 *
 * Properties: `loaded` (boolean: what the disk knew is in the lists), `online` (boolean), `problem`
 * (#GError: why it is not online, %NULL when it is), `keyring-state` (#MilKeyringState),
 * `first-run-done` (boolean), `home-country`, `home-currency` (strings), `current-trip` (#MilTrip,
 * writable), `coming-back` (#MilMoney in the home currency: what all open receipts and claims bring),
 * `coming-back-trip` (#MilMoney: the same for the current trip).
 *
 * Signals: `favourites-changed`.
 */
G_DECLARE_FINAL_TYPE (MilSession, mil_session, MIL, SESSION, GObject)

MilSession        *mil_session_new                (const MilSessionOptions *options);
DexFuture         *mil_session_start              (MilSession              *self);
DexFuture         *mil_session_stop               (MilSession              *self);
void               mil_session_retry              (MilSession              *self);

gboolean           mil_session_is_loaded          (MilSession              *self);
gboolean           mil_session_is_online          (MilSession              *self);
GError            *mil_session_get_problem        (MilSession              *self);
guint              mil_session_get_n_left_out     (MilSession              *self);
MilKeyringState    mil_session_get_keyring_state  (MilSession              *self);
void               mil_session_stop_waiting_for_keyring (MilSession         *self);
MilClock          *mil_session_get_clock          (MilSession              *self);
MilDate            mil_session_get_today          (MilSession              *self);

/* Who the person is. */
gboolean           mil_session_get_first_run_done (MilSession              *self);
const char        *mil_session_get_home_country   (MilSession              *self);
const char        *mil_session_get_home_currency  (MilSession              *self);
DexFuture         *mil_session_set_home           (MilSession              *self,
                                                   const char              *country,
                                                   const char              *currency);
DexFuture         *mil_session_complete_first_run (MilSession              *self,
                                                   const char              *country,
                                                   const char              *currency,
                                                   gboolean                 demo_wallet);

/* Shop. */
GListModel        *mil_session_get_stores         (MilSession              *self);
MilStore          *mil_session_find_store         (MilSession              *self,
                                                   const char              *store_id);
MilCatalogueQuery *mil_session_create_query       (MilSession              *self);
DexFuture         *mil_session_load_product       (MilSession              *self,
                                                   const char              *store_id,
                                                   const char              *product_id);
DexFuture         *mil_session_set_favourite      (MilSession              *self,
                                                   const char              *product_id,
                                                   gboolean                 favourite);
gboolean           mil_session_is_favourite       (MilSession              *self,
                                                   const char              *product_id);
MilPictureCache   *mil_session_get_pictures       (MilSession              *self);
MilRates          *mil_session_get_rates          (MilSession              *self);
MilMoney           mil_session_to_home            (MilSession              *self,
                                                   MilMoney                 money);
MilVerdict        *mil_session_preview_refund     (MilSession              *self,
                                                   const char              *country,
                                                   const char              *tax_category,
                                                   MilMoney                 price);

/* Basket and checkout. */
MilBasket         *mil_session_get_basket         (MilSession              *self);
MilCheckout       *mil_session_create_checkout    (MilSession              *self);
GListModel        *mil_session_get_orders         (MilSession              *self);
MilOrder          *mil_session_find_order         (MilSession              *self,
                                                   const char              *order_id);

/* Wallets. */
GListModel        *mil_session_get_wallets        (MilSession              *self);
MilWalletHistory  *mil_session_create_wallet_history (MilSession           *self,
                                                   MilWallet               *wallet);
DexFuture         *mil_session_create_demo_wallet (MilSession              *self);

/* Trips and people. */
GListModel        *mil_session_get_people         (MilSession              *self);
DexFuture         *mil_session_save_person        (MilSession              *self,
                                                   const MilPersonInfo     *info);
DexFuture         *mil_session_delete_person      (MilSession              *self,
                                                   MilPerson               *person);
DexFuture         *mil_session_restore_person     (MilSession              *self,
                                                   MilPerson               *person);
DexFuture         *mil_session_erase_person       (MilSession              *self,
                                                   MilPerson               *person);
DexFuture         *mil_session_store_personal     (MilSession              *self,
                                                   MilPerson               *person,
                                                   const MilPersonal       *personal);
DexFuture         *mil_session_lookup_personal    (MilSession              *self,
                                                   MilPerson               *person);
GListModel        *mil_session_get_trips          (MilSession              *self);
MilTrip           *mil_session_get_current_trip   (MilSession              *self);
DexFuture         *mil_session_set_current_trip   (MilSession              *self,
                                                   MilTrip                 *trip);
DexFuture         *mil_session_save_trip          (MilSession              *self,
                                                   const MilTripInfo       *info);
DexFuture         *mil_session_delete_trip        (MilSession              *self,
                                                   MilTrip                 *trip);
DexFuture         *mil_session_restore_trip       (MilSession              *self,
                                                   MilTrip                 *trip);

/* Receipts and claims. */
GListModel        *mil_session_get_receipts       (MilSession              *self);
MilReceiptRecord  *mil_session_find_receipt       (MilSession              *self,
                                                   const char              *receipt_id);
DexFuture         *mil_session_add_receipt_bytes  (MilSession              *self,
                                                   GBytes                  *bytes);
DexFuture         *mil_session_add_receipt_file   (MilSession              *self,
                                                   GFile                   *file);
DexFuture         *mil_session_add_receipt_picture (MilSession             *self,
                                                   MilPicture              *picture,
                                                   const MilReceipt        *reading);
DexFuture         *mil_session_add_receipt_by_hand (MilSession             *self);
DexFuture         *mil_session_read_again         (MilSession              *self,
                                                   MilReceiptRecord        *receipt);
DexFuture         *mil_session_delete_receipt     (MilSession              *self,
                                                   MilReceiptRecord        *receipt);
DexFuture         *mil_session_restore_receipt    (MilSession              *self,
                                                   MilReceiptRecord        *receipt);
DexFuture         *mil_session_set_sheets         (MilSession              *self,
                                                   MilReceiptRecord        *receipt,
                                                   GPtrArray               *sheets);
DexFuture         *mil_session_put_sheet          (MilSession              *self,
                                                   MilReceiptRecord        *receipt,
                                                   guint                    index,
                                                   MilPicture              *picture);
DexFuture         *mil_session_join_receipts      (MilSession              *self,
                                                   GPtrArray               *receipts);
DexFuture         *mil_session_part_receipt       (MilSession              *self,
                                                   MilReceiptRecord        *receipt);
DexFuture         *mil_session_split_papers       (MilSession              *self,
                                                   MilReceiptRecord        *receipt);
void               mil_session_keep_one_paper     (MilSession              *self,
                                                   MilReceiptRecord        *receipt);
void               mil_session_keep_tray          (MilSession              *self,
                                                   GPtrArray               *receipts);
GPtrArray         *mil_session_list_tray          (MilSession              *self);
MilMoney           mil_session_get_coming_back    (MilSession              *self);
MilMoney           mil_session_get_arrived        (MilSession              *self,
                                                   MilTrip                 *trip);
GListModel        *mil_session_get_claims         (MilSession              *self);
MilClaim          *mil_session_find_claim         (MilSession              *self,
                                                   const char              *claim_id);
MilPerson         *mil_session_claimant           (MilSession              *self,
                                                   MilReceiptRecord        *receipt);
DexFuture         *mil_session_send_claim         (MilSession              *self,
                                                   GPtrArray               *receipts,
                                                   MilWallet               *wallet);
DexFuture         *mil_session_withdraw_claim     (MilSession              *self,
                                                   MilClaim                *claim);
DexFuture         *mil_session_dispute_claim      (MilSession              *self,
                                                   MilClaim                *claim,
                                                   const char              *text);
DexFuture         *mil_session_erase_claim        (MilSession              *self,
                                                   MilClaim                *claim);
void               mil_session_forget_conflict    (MilSession              *self,
                                                   MilClaim                *claim);
MilOutbox         *mil_session_get_outbox         (MilSession              *self);

/* What lies ahead. */
const MilVerdict  *mil_session_get_claim_verdict  (MilSession              *self,
                                                   MilClaim                *claim);
GPtrArray         *mil_session_list_due_days      (MilSession              *self,
                                                   MilTrip                 *trip);
DexFuture         *mil_session_what_if            (MilSession              *self,
                                                   MilTrip                 *trip,
                                                   const MilWhatIf         *change);
void               mil_session_set_payer          (MilSession              *self,
                                                   MilReceiptRecord        *receipt,
                                                   const char              *person_id);
gboolean           mil_session_is_ticked          (MilSession              *self,
                                                   MilTrip                 *trip,
                                                   const char              *what);
void               mil_session_set_ticked         (MilSession              *self,
                                                   MilTrip                 *trip,
                                                   const char              *what,
                                                   gboolean                 ticked);

/* What is typed but not saved. */
void               mil_session_save_draft         (MilSession              *self,
                                                   const char              *key,
                                                   JsonNode                *draft);
JsonNode          *mil_session_load_draft         (MilSession              *self,
                                                   const char              *key);

G_END_DECLS
