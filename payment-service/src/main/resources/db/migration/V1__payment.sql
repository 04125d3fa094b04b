-- What became of each order's payment. Written once per order and changed at most once more, by a refund.
CREATE TABLE payment (
    order_id           uuid PRIMARY KEY,
    amount             numeric(14, 2) NOT NULL CHECK (amount >= 0),
    currency           char(3)        NOT NULL,
    state              varchar(20)    NOT NULL CHECK (state IN ('CAPTURED', 'DECLINED', 'REFUNDED')),
    provider_reference varchar(100),
    decline_reason     varchar(200),
    created_at         timestamptz    NOT NULL,
    updated_at         timestamptz    NOT NULL,
    version            bigint         NOT NULL
);
