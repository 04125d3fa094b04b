-- Each customer's points. Whoever changes them locks the row first, so an account's entries have the order of their ids.
CREATE TABLE points_account (
    tenant   varchar(64) COLLATE "C" NOT NULL,
    -- The reference in events, which order-service alone can resolve.
    customer varchar(100) COLLATE "C" NOT NULL,
    balance  bigint NOT NULL CHECK (balance >= 0),
    -- Points that were redeemed before a cancellation could take them back. Awards settle it first.
    debt     bigint NOT NULL CHECK (debt >= 0),
    PRIMARY KEY (tenant, customer)
);

-- Finds the accounts of a batch's events, before whose handling nobody knows their tenants.
CREATE INDEX points_account_of_customer ON points_account (customer);

-- Requests to redeem points, by their idempotency key, with their answers. Written once, and kept for good.
CREATE TABLE redemption (
    id           uuid PRIMARY KEY,
    tenant       varchar(64) COLLATE "C" NOT NULL,
    customer     varchar(100) COLLATE "C" NOT NULL,
    -- The hash of the caller and its key, whose text a client has chosen.
    key_hash     bytea       NOT NULL,
    request_hash bytea       NOT NULL,
    points       bigint      NOT NULL CHECK (points > 0),
    balance      bigint      NOT NULL CHECK (balance >= 0),
    at           timestamptz NOT NULL,
    UNIQUE (tenant, customer, key_hash),
    FOREIGN KEY (tenant, customer) REFERENCES points_account
);

-- Every change of an account: its balance less its debt is the sum of the points. Written once, and kept for good.
CREATE TABLE points_entry (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant        varchar(64) COLLATE "C" NOT NULL,
    customer      varchar(100) COLLATE "C" NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('AWARDED', 'REVERSED', 'REDEEMED')),
    points        bigint      NOT NULL,
    order_id      uuid,
    redemption_id uuid UNIQUE REFERENCES redemption,
    -- The event that caused the entry; none for a redemption, which a request caused.
    event_id      uuid,
    at            timestamptz NOT NULL,
    UNIQUE (order_id, kind),
    FOREIGN KEY (tenant, customer) REFERENCES points_account,
    CHECK (CASE kind
           WHEN 'AWARDED' THEN points >= 0 AND order_id IS NOT NULL AND redemption_id IS NULL
           WHEN 'REVERSED' THEN points <= 0 AND order_id IS NOT NULL AND redemption_id IS NULL
           ELSE points < 0 AND order_id IS NULL AND redemption_id IS NOT NULL
           END)
);

-- Shows a customer's entries, newest first.
CREATE INDEX points_entry_of_customer ON points_entry (tenant, customer, id);
