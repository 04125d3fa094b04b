-- The rows of an order, in tables with the same columns and indexes as order-service's, apart from these.
CREATE SCHEMA baseline;

CREATE TABLE baseline.orders (LIKE public.orders INCLUDING ALL);
CREATE TABLE baseline.order_line (LIKE public.order_line INCLUDING ALL);
ALTER TABLE baseline.order_line ADD FOREIGN KEY (order_id) REFERENCES baseline.orders;

CREATE TABLE baseline.outbox (
    id      bigint  NOT NULL GENERATED ALWAYS AS IDENTITY,
    txid    xid8    NOT NULL DEFAULT pg_current_xact_id(),
    key     text    NOT NULL,
    type    text    NOT NULL,
    payload bytea   NOT NULL
);

CREATE INDEX outbox_txid ON baseline.outbox (txid, id);
CREATE INDEX outbox_id ON baseline.outbox (id);
