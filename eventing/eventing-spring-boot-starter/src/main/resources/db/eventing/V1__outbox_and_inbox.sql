-- Outbox: insert-only. The relay reads what became visible between two snapshots and remembers the later one in
-- outbox_bucket.cursor; rows are never updated or deleted, whole days are dropped. Partitioned by the time within the
-- UUIDv7 event id.
CREATE TABLE outbox (
    id             bigint      NOT NULL GENERATED ALWAYS AS IDENTITY (CACHE 1),
    txid           xid8        NOT NULL DEFAULT pg_current_xact_id(),
    bucket         smallint    NOT NULL,
    event_id       uuid        NOT NULL,
    topic          text        NOT NULL,
    key            text        NOT NULL,
    type           text        NOT NULL,
    sequence       bigint      NOT NULL,
    time           timestamptz NOT NULL,
    correlation_id text        NOT NULL,
    causation_id   uuid,
    intent         text,
    traceparent    text,
    payload        bytea       NOT NULL
) PARTITION BY RANGE (event_id);

CREATE INDEX outbox_txid ON outbox (txid);
CREATE INDEX outbox_id ON outbox (id);
CREATE TABLE outbox_default PARTITION OF outbox DEFAULT;

-- The last sequence number of each aggregate's stream. Its row lock serializes the transactions of one key.
CREATE TABLE outbox_sequence (
    topic text   NOT NULL,
    key   text   NOT NULL,
    last  bigint NOT NULL,
    PRIMARY KEY (topic, key)
) WITH (fillfactor = 80);

-- Who sends which share of the keys, and how far it has come.
CREATE TABLE outbox_bucket (
    bucket       smallint    PRIMARY KEY,
    owner        uuid,
    leased_until timestamptz NOT NULL DEFAULT now(),
    cursor       pg_snapshot NOT NULL
) WITH (fillfactor = 50);

INSERT INTO outbox_bucket (bucket, cursor) SELECT bucket, pg_current_snapshot() FROM generate_series(0, 15) AS bucket;

-- The relays that are alive, so that each knows its fair share.
CREATE TABLE outbox_relay (
    instance    uuid        PRIMARY KEY,
    alive_until timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Inbox: the events a consumer has taken in. Partitioned by the time within the UUIDv7 event id, so that the primary key
-- still guarantees that an id is there once.
CREATE TABLE inbox (
    consumer   varchar(100) NOT NULL,
    event_id   uuid         NOT NULL,
    handled_at timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
) PARTITION BY RANGE (event_id);

CREATE TABLE inbox_default PARTITION OF inbox DEFAULT;
