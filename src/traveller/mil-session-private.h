/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "scan/mil-scanner.h"
#include "traveller/mil-assessor.h"
#include "traveller/mil-client.h"
#include "traveller/mil-event-stream.h"
#include "traveller/mil-identity.h"
#include "traveller/mil-local-store.h"
#include "traveller/mil-service-process.h"
#include "traveller/mil-session.h"

G_BEGIN_DECLS

/* What the files of the session share. Nothing outside of this folder includes it. */

/* Kinds of documents in the store, which must not be lost … */
#define MIL_KIND_SETTING   "setting"
#define MIL_KIND_BASKET    "basket"
#define MIL_KIND_FAVOURITE "favourite"
#define MIL_KIND_PERSON    "person"
#define MIL_KIND_ERASURE   "erasure" /* somebody who was deleted, and whose secret may still be in the keyring */
#define MIL_KIND_TRIP      "trip"
#define MIL_KIND_RECEIPT   "receipt"
#define MIL_KIND_CLAIM     "claim"
#define MIL_KIND_CHECKOUT  "checkout"
#define MIL_KIND_OUTBOX    "outbox"
#define MIL_KIND_DRAFT     "draft"

/* … and in the cache, which can be fetched again. */
#define MIL_KIND_STORE     "store"
#define MIL_KIND_ETAG      "etag"
#define MIL_KIND_RATES     "rates"
#define MIL_KIND_WALLET    "wallet"
#define MIL_KIND_ORDER     "order"
#define MIL_KIND_PAGE      "page"
#define MIL_KIND_PRODUCT   "product"
#define MIL_KIND_HISTORY   "history"

struct _MilSession
{
  GObject            parent_instance;

  /* What it was made with. */
  char              *data_dir;        /* (owned) */
  char              *cache_dir;       /* (owned) */
  char              *runtime_dir;     /* (owned) */
  char              *language;        /* (owned) */
  char              *service_address; /* (owned) (nullable) */
  char              *service_program; /* (owned) */
  char              *demo_data;       /* (owned) (nullable) */
  gboolean           ephemeral;
  MilClock          *clock;   /* (owned) */
  MilRandom         *random;  /* (owned) */
  MilSecrets        *secrets; /* (owned) */

  /* What carries it. */
  MilLocalStore     *store;    /* (owned) */
  MilLocalStore     *cache;    /* (owned) */
  MilIdentity       *identity; /* (owned) */
  MilClient         *client;   /* (owned) */
  MilServiceProcess *process;  /* (owned) (nullable) */
  MilEventStream    *events;   /* (owned) (nullable) */
  MilAssessor       *assessor; /* (owned) */
  GNetworkMonitor   *network;  /* (owned) (nullable) */
  DexFuture         *keeper;   /* (owned) (nullable): the flow that keeps it in touch with the service */
  DexPromise        *hurry;    /* (owned) (nullable) */

  /* What it shows. */
  GListStore        *stores;     /* (owned) */
  GListStore        *orders;     /* (owned) */
  GListStore        *wallets;    /* (owned) */
  GListStore        *people;     /* (owned) */
  GListStore        *trips;      /* (owned) */
  GListStore        *receipts;   /* (owned) */
  GListStore        *claims;     /* (owned) */
  GHashTable        *favourites; /* (owned) */
  GHashTable        *drafts;     /* (owned) */
  MilBasket         *basket;     /* (owned) */
  MilRates          *rates;      /* (owned) */
  MilPictureCache   *pictures;   /* (owned) */
  MilOutbox         *outbox;     /* (owned) */
  MilTrip           *current_trip; /* (owned) (nullable) */
  char              *home_country; /* (owned) (nullable) */
  char              *home_currency; /* (owned) (nullable) */
  char              *wallet_wish;   /* (owned) (nullable): idempotency key of a demo wallet that is still to be made */
  MilMoney           coming_back;
  MilMoney           coming_back_trip;
  MilScanner        *scanner;       /* (owned) */
  GQueue             unread;        /* (element-type MilReceiptRecord): waiting to be read */
  DexFuture         *reading;       /* (owned) (nullable) */
  DexFuture         *assessing;     /* (owned) (nullable) */
  DexFuture         *filling;       /* (owned) (nullable): the demo wallet that is being made, or was made last */
  guint              assess_source;
  guint              wallets_asked; /* how often; an answer that a later one overtook is not taken */
  guint              wallets_taken;
  guint              orders_asked;
  guint              orders_taken;
  guint              n_left_out; /* of what lies on this device */
  gboolean           first_run_done;
  gboolean           loaded;
  gboolean           started;
};

/* mil-session.c */
void       mil_session_notify_coming_back (MilSession    *self,
                                           MilMoney       coming_back,
                                           MilMoney       coming_back_trip);
void       mil_session_notify_trip        (MilSession    *self);
void       mil_session_follow_rates       (MilSession    *self);
DexFuture *mil_session_put_setting        (MilSession    *self,
                                           const char    *id,
                                           JsonNode      *json);
DexFuture *mil_session_cache_records      (MilSession    *self,
                                           const char    *kind,
                                           GPtrArray     *records);
gboolean   mil_session_load_records       (MilDocuments  *documents,
                                           const char    *kind,
                                           GType          type,
                                           GListStore    *list);

/* mil-session-profile.c */
void       mil_session_load_profile       (MilSession    *self,
                                           MilDocuments  *store);
void       mil_session_forget_wish        (MilSession    *self);

/* mil-session-shop.c */
void       mil_session_load_shop          (MilSession    *self,
                                           MilDocuments  *store,
                                           MilDocuments  *cache);
DexFuture *mil_session_refresh_shop       (MilSession    *self);
void       mil_session_fill_item          (MilSession    *self,
                                           MilProductItem *item);

/* mil-session-wallet.c */
void       mil_session_load_wallets       (MilSession    *self,
                                           MilDocuments  *cache);
DexFuture *mil_session_refresh_wallets    (MilSession    *self);
DexFuture *mil_session_fulfil_wish        (MilSession    *self);
DexFuture *mil_session_refresh_orders     (MilSession    *self);
void       mil_session_take_order         (MilSession    *self,
                                           JsonNode      *json);
void       mil_session_update_home_totals (MilSession    *self);

/* mil-session-people.c */
void       mil_session_load_people        (MilSession    *self,
                                           MilDocuments  *store);

void       mil_session_resume_erasures    (MilSession    *self,
                                           MilDocuments  *store);

/* mil-session-assessing.c */
MilTraveller *mil_session_main_traveller  (MilSession    *self);
MilItinerary *mil_session_itinerary       (MilSession    *self,
                                           MilTrip       *trip,
                                           const char    *fallback_country);
MilBaggage mil_trip_baggage            (const char    *word);
GPtrArray *mil_session_travellers      (MilSession    *self,
                                        MilTrip       *trip);
MilTrip   *mil_session_trip_of         (MilSession    *self,
                                        MilReceiptRecord *receipt);
void       mil_session_queue_assess       (MilSession    *self);

/* mil-session-receipts.c */
void       mil_session_load_receipts      (MilSession    *self,
                                           MilDocuments  *store);
void       mil_session_receipt_changed    (MilSession    *self,
                                           MilReceiptRecord *receipt);
char      *mil_session_receipts_folder (MilSession    *self);
GBytes    *mil_session_encode_picture  (MilPicture    *picture,
                                        GError       **error);
char      *mil_session_keep_file       (MilSession    *self,
                                        GBytes        *bytes,
                                        const char    *ending,
                                        GError       **error);
MilReceiptRecord *mil_session_new_receipt_like (MilSession *self,
                                        MilReceiptRecord *receipt);
void       mil_session_insert_receipt  (MilSession    *self,
                                        MilReceiptRecord *receipt);

/* mil-session-reading.c */
void       mil_session_queue_reading   (MilSession    *self,
                                        MilReceiptRecord *receipt);
void       mil_session_unqueue_reading (MilSession    *self,
                                        MilReceiptRecord *receipt);

/* mil-session-claims.c */
void       mil_session_load_claims        (MilSession    *self,
                                           MilDocuments  *store);
DexFuture *mil_session_refresh_claims     (MilSession    *self);
void       mil_session_take_claim         (MilSession    *self,
                                           JsonNode      *json);
void       mil_session_claim_sent         (MilSession    *self,
                                           const char    *id,
                                           JsonNode      *answer);
DexFuture *mil_session_fill_claim         (JsonNode      *body,
                                           const char    *person_id,
                                           gpointer       session);
DexFuture *mil_session_settle_refusal     (const char    *id,
                                           const char    *path,
                                           const GError  *refusal,
                                           gpointer       session);

/* Objects that only a session makes. */
MilBasket         *mil_basket_new          (MilSession    *session);
void               mil_basket_load         (MilBasket     *self,
                                            MilDocuments  *documents);
void               mil_basket_update       (MilBasket     *self);
DexFuture         *mil_basket_clear        (MilBasket     *self);
JsonNode          *mil_basket_to_json      (MilBasket     *self);
MilCatalogueQuery *mil_catalogue_query_new (MilSession    *session);
MilWalletHistory  *mil_wallet_history_new  (MilSession    *session,
                                            MilWallet     *wallet);
MilCheckout       *mil_checkout_new        (MilSession    *session);
DexFuture         *mil_checkout_resume_all (MilSession    *session,
                                            MilDocuments  *documents);
MilPictureCache   *mil_picture_cache_new   (MilClient     *client,
                                            const char    *folder);
MilOutbox         *mil_outbox_new          (MilLocalStore *store,
                                            MilClient     *client);
void               mil_outbox_load         (MilOutbox     *self,
                                            MilDocuments  *documents);
DexFuture         *mil_outbox_flush        (MilOutbox     *self);
void               mil_outbox_add_to_batch (MilOutbox     *self,
                                            MilBatch      *batch,
                                            const char    *id,
                                            const char    *path,
                                            JsonNode      *body,
                                            const char    *secret);
void               mil_outbox_set_filler   (MilOutbox      *self,
                                            MilOutboxFiller fill,
                                            gpointer        data);
void               mil_outbox_set_settler  (MilOutbox       *self,
                                            MilOutboxSettler settle,
                                            gpointer         data);
void               mil_outbox_stop         (MilOutbox     *self);

G_END_DECLS
