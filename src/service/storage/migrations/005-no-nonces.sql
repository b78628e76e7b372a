-- What is signed and sent again has no effect: it reads, or its idempotency key says that it was done.
DROP TABLE nonces;
