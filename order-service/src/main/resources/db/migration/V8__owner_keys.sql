-- See V5.
SET LOCAL lock_timeout = '5s';

-- In the order in which placing locks them.
ALTER TABLE idempotency_key
    DROP CONSTRAINT idempotency_key_pkey,
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY USING INDEX idempotency_key_of_owner;

DROP INDEX orders_newest, orders_newest_of_customer, orders_newest_of_status;
