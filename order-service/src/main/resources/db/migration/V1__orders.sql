-- Identifiers are compared bytewise ("C"): same order on every machine, and indexes that survive an upgrade of its locales.

CREATE TABLE product (
    sku        varchar(50) COLLATE "C" PRIMARY KEY,
    name       varchar(200)   NOT NULL,
    unit_price numeric(12, 2) NOT NULL CHECK (unit_price > 0),
    currency   char(3)        NOT NULL
);

CREATE TABLE orders (
    id             uuid PRIMARY KEY,
    customer_id    varchar(100) COLLATE "C" NOT NULL,
    status         varchar(20)    NOT NULL CHECK (status IN ('PLACED', 'RESERVED', 'PAID', 'CANCELLED')),
    reason         varchar(40),
    currency       char(3)        NOT NULL,
    total          numeric(14, 2) NOT NULL CHECK (total > 0),
    payment_method varchar(20)    NOT NULL,
    placed_at      timestamptz    NOT NULL,
    version        bigint         NOT NULL
);

-- The three lists of orders, newest first: all, a customer's, those of a status.
CREATE INDEX orders_newest ON orders (placed_at DESC, id DESC);
CREATE INDEX orders_newest_of_customer ON orders (customer_id, placed_at DESC, id DESC);
CREATE INDEX orders_newest_of_status ON orders (status, placed_at DESC, id DESC);

CREATE TABLE order_line (
    order_id   uuid           NOT NULL REFERENCES orders,
    line_no    int            NOT NULL,
    sku        varchar(50) COLLATE "C" NOT NULL,
    name       varchar(200)   NOT NULL,
    quantity   int            NOT NULL CHECK (quantity > 0),
    unit_price numeric(12, 2) NOT NULL,
    amount     numeric(14, 2) NOT NULL,
    PRIMARY KEY (order_id, line_no)
);

CREATE TABLE order_status_change (
    order_id uuid        NOT NULL REFERENCES orders,
    position int         NOT NULL,
    status   varchar(20) NOT NULL,
    reason   varchar(40),
    at       timestamptz NOT NULL,
    PRIMARY KEY (order_id, position)
);

-- No reference to orders: a key is claimed first, its order is written later in the same transaction.
CREATE TABLE idempotency_key (
    key          varchar(200) COLLATE "C" PRIMARY KEY,
    request_hash bytea       NOT NULL,
    order_id     uuid,
    created_at   timestamptz NOT NULL DEFAULT now()
);

-- Finds the keys that are old enough to be forgotten.
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
