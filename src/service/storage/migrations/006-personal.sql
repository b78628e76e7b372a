-- What names a person is encrypted wherever it lies: who buys and where it goes, and answers that are kept.
-- A kept answer is encrypted in `body`, like claim_persons.sealed; with no key_id it is as an older version left it.
ALTER TABLE idempotency ADD COLUMN key_id TEXT NOT NULL DEFAULT '';
ALTER TABLE idempotency ADD COLUMN wrapped_key BLOB;
DROP INDEX idempotency_created;
CREATE INDEX idempotency_key ON idempotency (key_id, created_at);

-- Buyer, context and destination of a checkout, and of the order that it became.
CREATE TABLE checkout_persons (
  checkout_id TEXT PRIMARY KEY REFERENCES checkouts (id),
  is_ordered BIGINT NOT NULL CHECK (is_ordered IN (0, 1)),
  key_id TEXT NOT NULL,
  wrapped_key BLOB NOT NULL,
  sealed BLOB NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX checkout_persons_key ON checkout_persons (key_id);
CREATE INDEX checkout_persons_age ON checkout_persons (is_ordered, updated_at);

-- Checkouts of older versions, whose documents may still name somebody; empty once the service has looked.
CREATE TABLE unsealed_checkouts (checkout_id TEXT PRIMARY KEY);
INSERT INTO unsealed_checkouts SELECT id FROM checkouts;

-- What a principal calls itself was never asked for again.
ALTER TABLE principals DROP COLUMN name;
