-- See V5.
SET LOCAL lock_timeout = '5s';

-- Promotions that priced the order, as JSON: id, version, name, and what they took off. Null without any.
ALTER TABLE orders ADD COLUMN discounts text;

-- The part of them that was taken off the line's amount, which remains at list prices.
ALTER TABLE order_line ADD COLUMN discount numeric(14, 2) NOT NULL DEFAULT 0;

-- Orders that use a promotion with a limit: of all customers of a tenant, and of one customer, whom only the reference names. A
-- transaction that places orders locks the rows until its end.
CREATE TABLE promotion_counter (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant             varchar(64) COLLATE "C" NOT NULL,
    promotion_id       uuid   NOT NULL,
    customer_reference varchar(37) COLLATE "C" REFERENCES customer (reference) ON DELETE CASCADE,
    holder             varchar(37) COLLATE "C" NOT NULL GENERATED ALWAYS AS (coalesce(customer_reference, '')) STORED,
    used               bigint NOT NULL DEFAULT 0,
    -- By the version of the promotion that the latest order has used; a version after it may have a lower one.
    usage_limit        bigint NOT NULL DEFAULT 0,
    CHECK (used BETWEEN 0 AND usage_limit),
    UNIQUE (tenant, promotion_id, holder)
);

-- For deleting a customer.
CREATE INDEX promotion_counter_of_customer ON promotion_counter (customer_reference) WHERE customer_reference IS NOT NULL;

CREATE TABLE promotion_claim (
    order_id   uuid   NOT NULL,
    counter_id bigint NOT NULL REFERENCES promotion_counter ON DELETE CASCADE,
    PRIMARY KEY (order_id, counter_id)
);
CREATE INDEX promotion_claim_of_counter ON promotion_claim (counter_id);

-- Uses of cancelled orders, until the next claim subtracts them: a cancellation locks no counter, and so cannot deadlock.
CREATE TABLE promotion_return (
    counter_id bigint NOT NULL REFERENCES promotion_counter ON DELETE CASCADE,
    order_id   uuid   NOT NULL,
    PRIMARY KEY (counter_id, order_id)
);
