-- The only place that says whose a reference is, and where the customer gets mail; events have the reference. A row is written with a
-- customer's first order and deleted by the erasure of the customer, after which nobody can tell whose the reference was.

-- See V5.
SET LOCAL lock_timeout = '5s';

CREATE TABLE customer (
    tenant              varchar(64) COLLATE "C"  NOT NULL,
    id                  varchar(100) COLLATE "C" NOT NULL,
    reference           varchar(37) COLLATE "C"  NOT NULL DEFAULT '~' || gen_random_uuid() UNIQUE,
    address             varchar(254) COLLATE "C",
    address_verified_at timestamptz,
    created_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, id),
    CHECK ((address IS NULL) = (address_verified_at IS NULL))
);

-- For deleting old customers without orders.
CREATE INDEX customer_age ON customer (created_at);

-- Null in orders from before, whose events continue to have the customer's id.
ALTER TABLE orders ADD COLUMN customer_reference varchar(37) COLLATE "C";
