-- More states, what the validation system said, guarantees, disputes; who travels lies apart, encrypted.
CREATE TABLE claims_new (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('submitted', 'issued', 'awaiting-validation', 'validated', 'partially-validated',
                                       'refused', 'refund-pending', 'refunded', 'withdrawn', 'expired', 'void',
                                       'guarantee-charged', 'disputed', 'resolved')),
  scheme TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('refund', 'vat-off')),
  request_hash TEXT NOT NULL,
  document TEXT NOT NULL,
  refund TEXT,
  validation TEXT,
  guarantee TEXT,
  guarantee_hold TEXT REFERENCES transfers (id),
  dispute TEXT,
  wallet_id TEXT,
  payout_currency TEXT,
  export_by TEXT,
  erased_at BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
INSERT INTO claims_new (id, owner, number, state, scheme, mode, request_hash, document, refund, wallet_id, payout_currency,
                        export_by, created_at, updated_at)
  SELECT id, owner, number, CASE state WHEN 'approved' THEN 'refund-pending' ELSE state END, scheme, 'refund', request_hash,
         document, refund, wallet_id, payout_currency, export_by, created_at, updated_at FROM claims;

CREATE TABLE claim_purchases_new (
  claim_id TEXT NOT NULL REFERENCES claims_new (id),
  id TEXT NOT NULL,
  position BIGINT NOT NULL,
  order_id TEXT,
  currency TEXT NOT NULL,
  total_minor BIGINT NOT NULL,
  state TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (claim_id, id)
);
INSERT INTO claim_purchases_new SELECT claim_id, id, position, order_id, currency, total_minor, state, document FROM claim_purchases;

-- Never changed, never deleted.
CREATE TABLE claim_events_new (
  claim_id TEXT NOT NULL REFERENCES claims_new (id),
  seq BIGINT NOT NULL,
  event TEXT NOT NULL,
  state TEXT NOT NULL,
  actor TEXT NOT NULL,
  principal_id TEXT,
  reason TEXT,
  reason_code TEXT,
  system TEXT,
  code TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (claim_id, seq)
);
INSERT INTO claim_events_new (claim_id, seq, event, state, actor, principal_id, reason, at)
  SELECT claim_id, seq, CASE state WHEN 'void' THEN 'voided' ELSE state END,
         CASE state WHEN 'approved' THEN 'refund-pending' ELSE state END, actor, principal_id, reason, at FROM claim_events;

DROP TABLE claim_events;
DROP TABLE claim_purchases;
DROP TABLE claims;
ALTER TABLE claims_new RENAME TO claims;
ALTER TABLE claim_purchases_new RENAME TO claim_purchases;
ALTER TABLE claim_events_new RENAME TO claim_events;
CREATE INDEX claims_owner ON claims (owner, created_at);
CREATE INDEX claims_state ON claims (state, created_at);
CREATE INDEX claims_export_by ON claims (export_by) WHERE state IN ('issued', 'awaiting-validation');
CREATE INDEX claim_purchases_order ON claim_purchases (order_id);
CREATE INDEX claim_purchases_id ON claim_purchases (id);

-- Who claims: everything that names a person. `sealed` is encrypted with a key of this row's own, which
-- `wrapped_key` holds, encrypted with the key `key_id` that no database has.
CREATE TABLE claim_persons (
  claim_id TEXT PRIMARY KEY REFERENCES claims (id),
  key_id TEXT NOT NULL,
  wrapped_key BLOB NOT NULL,
  sealed BLOB NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX claim_persons_key ON claim_persons (key_id);
