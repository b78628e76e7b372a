-- Instants are microseconds since 1970-01-01T00:00:00Z, 0 for none; money is minor units; ids are
-- UUIDv7 text. Columns named document, lines, data, line_items hold JSON text.

-- Who may ask for something. ------------------------------------------------------------------
CREATE TABLE principals (
  id TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('traveller', 'merchant', 'operator', 'customs', 'kiosk', 'administrator')),
  key_id TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- Nonces of signatures seen, to refuse a request that somebody sends again.
CREATE TABLE nonces (
  key_id TEXT NOT NULL,
  nonce TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (key_id, nonce)
);
CREATE INDEX nonces_seen ON nonces (seen_at);

CREATE TABLE idempotency (
  owner TEXT NOT NULL,
  request_key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status BIGINT NOT NULL,
  headers TEXT,
  body BLOB,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (owner, request_key)
);
CREATE INDEX idempotency_created ON idempotency (created_at);

-- Stores and what they sell. --------------------------------------------------------------------
CREATE TABLE stores (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  legal_name TEXT NOT NULL,
  country TEXT NOT NULL,
  currency TEXT NOT NULL,
  document TEXT NOT NULL,
  feed_hash TEXT,
  position BIGINT NOT NULL DEFAULT 0,
  updated_at BIGINT NOT NULL
);

CREATE TABLE products (
  store_id TEXT NOT NULL REFERENCES stores (id),
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  category TEXT NOT NULL,
  tax_category TEXT NOT NULL,
  currency TEXT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  available BIGINT NOT NULL,
  search_text TEXT NOT NULL,
  position BIGINT NOT NULL,
  document TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);
CREATE INDEX products_position ON products (position, store_id, id);

CREATE TABLE variants (
  store_id TEXT NOT NULL,
  id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  title TEXT NOT NULL,
  currency TEXT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  stock BIGINT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, product_id) REFERENCES products (store_id, id)
);
CREATE INDEX variants_product ON variants (store_id, product_id);

CREATE TABLE media (
  hash TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  bytes BLOB NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE checkouts (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  store_id TEXT NOT NULL REFERENCES stores (id),
  state TEXT NOT NULL CHECK (state IN ('incomplete', 'requires_escalation', 'ready_for_complete',
                                       'complete_in_progress', 'completed', 'canceled')),
  currency TEXT NOT NULL,
  total_minor BIGINT NOT NULL CHECK (total_minor >= 0),
  document TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX checkouts_owner ON checkouts (owner, created_at);

-- The ledger. -----------------------------------------------------------------------------------
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('wallet', 'store', 'operator', 'liquidity', 'spread', 'issuer')),
  owner TEXT NOT NULL,
  currency TEXT NOT NULL,
  guarded BIGINT NOT NULL CHECK (guarded IN (0, 1)),
  debits_posted BIGINT NOT NULL DEFAULT 0 CHECK (debits_posted >= 0),
  credits_posted BIGINT NOT NULL DEFAULT 0 CHECK (credits_posted >= 0),
  debits_pending BIGINT NOT NULL DEFAULT 0 CHECK (debits_pending >= 0),
  credits_pending BIGINT NOT NULL DEFAULT 0 CHECK (credits_pending >= 0),
  created_at BIGINT NOT NULL,
  UNIQUE (kind, owner, currency),
  CONSTRAINT no_overdraft CHECK (guarded = 0 OR credits_posted - debits_posted - debits_pending >= 0)
);

-- Never changed, never deleted. 'post' and 'void' end the 'pending' transfer that they name.
CREATE TABLE transfers (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('posted', 'pending', 'post', 'void')),
  debit TEXT NOT NULL REFERENCES accounts (id),
  credit TEXT NOT NULL REFERENCES accounts (id),
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  pending_id TEXT UNIQUE REFERENCES transfers (id),
  link_id TEXT NOT NULL,
  code TEXT NOT NULL,
  subject TEXT,
  timeout_at BIGINT NOT NULL DEFAULT 0,
  at BIGINT NOT NULL,
  CHECK (debit <> credit),
  CHECK ((kind IN ('post', 'void')) = (pending_id IS NOT NULL))
);
CREATE INDEX transfers_debit ON transfers (debit);
CREATE INDEX transfers_credit ON transfers (credit);

-- The pending transfers that are neither posted nor void yet.
CREATE TABLE holds (
  transfer_id TEXT PRIMARY KEY REFERENCES transfers (id),
  timeout_at BIGINT NOT NULL
);
CREATE INDEX holds_timeout ON holds (timeout_at);

-- Wallets, quotes, payment groups, orders. --------------------------------------------------------
CREATE TABLE wallets (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('demo', 'stored')),
  last4 TEXT NOT NULL,
  currency TEXT NOT NULL,
  entry_seq BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL
);
CREATE INDEX wallets_owner ON wallets (owner, created_at);

CREATE TABLE wallet_entries (
  wallet_id TEXT NOT NULL REFERENCES wallets (id),
  seq BIGINT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund', 'top-up', 'hold', 'release', 'exchange')),
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL,
  counter_currency TEXT,
  counter_amount BIGINT NOT NULL DEFAULT 0,
  title TEXT,
  store_id TEXT,
  order_id TEXT,
  claim_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (wallet_id, seq)
);

CREATE TABLE quotes (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  pay_currency TEXT NOT NULL,
  pay_total BIGINT NOT NULL,
  legs TEXT NOT NULL,
  group_id TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE payment_groups (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  wallet_id TEXT NOT NULL REFERENCES wallets (id),
  quote_id TEXT NOT NULL UNIQUE REFERENCES quotes (id),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'authorised', 'committed', 'voided')),
  nonce TEXT NOT NULL,
  pay_currency TEXT NOT NULL,
  pay_total BIGINT NOT NULL,
  key_id TEXT,
  signature TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX payment_groups_open ON payment_groups (expires_at) WHERE state IN ('proposed', 'authorised');

CREATE TABLE authorisations (
  group_id TEXT NOT NULL REFERENCES payment_groups (id),
  position BIGINT NOT NULL,
  store_id TEXT NOT NULL,
  payee TEXT NOT NULL,
  checkout_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  pay_currency TEXT NOT NULL,
  pay_amount BIGINT NOT NULL CHECK (pay_amount > 0),
  spread_amount BIGINT NOT NULL DEFAULT 0 CHECK (spread_amount >= 0),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'held', 'redeemed', 'captured', 'voided')),
  token_hash TEXT UNIQUE,
  hold_id TEXT,
  order_id TEXT UNIQUE,
  PRIMARY KEY (group_id, position)
);
CREATE INDEX authorisations_checkout ON authorisations (checkout_id);

CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  store_id TEXT NOT NULL REFERENCES stores (id),
  checkout_id TEXT NOT NULL UNIQUE,
  group_id TEXT NOT NULL REFERENCES payment_groups (id),
  state TEXT NOT NULL CHECK (state IN ('awaiting-capture', 'captured', 'voided', 'refunded')),
  currency TEXT NOT NULL,
  total_minor BIGINT NOT NULL,
  paid_currency TEXT NOT NULL,
  paid_minor BIGINT NOT NULL,
  refunded_minor BIGINT NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0 AND refunded_minor <= total_minor),
  line_items TEXT NOT NULL,
  document TEXT,
  placed_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX orders_owner ON orders (owner, placed_at);

-- What went back to a wallet, each once: reference is a claim's id, or a store's own refund id.
CREATE TABLE refunds (
  reference TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('claim', 'order')),
  wallet_id TEXT NOT NULL REFERENCES wallets (id),
  order_id TEXT,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  paid_currency TEXT NOT NULL,
  paid_amount BIGINT NOT NULL,
  at BIGINT NOT NULL
);

-- Tax-free claims. --------------------------------------------------------------------------------
CREATE TABLE claims (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('submitted', 'issued', 'validated', 'partially-validated', 'refused',
                                       'approved', 'refunded', 'withdrawn', 'expired', 'void')),
  scheme TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  document TEXT NOT NULL,
  refund TEXT,
  wallet_id TEXT,
  payout_currency TEXT,
  export_by TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX claims_owner ON claims (owner, created_at);
CREATE INDEX claims_state ON claims (state, created_at);

CREATE TABLE claim_purchases (
  claim_id TEXT NOT NULL REFERENCES claims (id),
  id TEXT NOT NULL,
  position BIGINT NOT NULL,
  order_id TEXT,
  currency TEXT NOT NULL,
  total_minor BIGINT NOT NULL,
  state TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (claim_id, id)
);
CREATE INDEX claim_purchases_order ON claim_purchases (order_id);

CREATE TABLE claim_events (
  claim_id TEXT NOT NULL REFERENCES claims (id),
  seq BIGINT NOT NULL,
  state TEXT NOT NULL,
  actor TEXT NOT NULL,
  principal_id TEXT,
  reason TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (claim_id, seq)
);

-- What clients must hear of. ----------------------------------------------------------------------
CREATE TABLE event_counters (
  owner TEXT PRIMARY KEY,
  seq BIGINT NOT NULL
);

CREATE TABLE events (
  owner TEXT NOT NULL,
  seq BIGINT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  data TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (owner, seq)
);
