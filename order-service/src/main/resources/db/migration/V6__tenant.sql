-- The owner of an order is the customer of a tenant; an idempotency key belongs to the caller who chose it. Rows from before, and
-- those of a service without access tokens, have the only tenant that there was. Defaults that do not change rows keep this short.

-- See V5.
SET LOCAL lock_timeout = '5s';

-- In the order in which placing locks them.
ALTER TABLE idempotency_key
    ADD COLUMN tenant  varchar(64) COLLATE "C"  NOT NULL DEFAULT 'demo',
    ADD COLUMN subject varchar(100) COLLATE "C" NOT NULL DEFAULT '';

ALTER TABLE orders
    ADD COLUMN tenant varchar(64) COLLATE "C" NOT NULL DEFAULT 'demo',
    -- The tenant of the event that cancels the order; absent without a deadline, and without access tokens.
    ADD COLUMN deadline_tenant varchar(64) COLLATE "C";
