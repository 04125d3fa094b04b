-- Events that are published later, each with all its versions. The row is deleted by the transaction that writes them to the outbox.
CREATE TABLE scheduled_event (
    number   bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    due      timestamptz NOT NULL,
    -- Type without its version, and key, by which it is cancelled.
    family   text        NOT NULL,
    key      text        NOT NULL,
    -- Of the event when it is published; its time is the planned one.
    event_id uuid        NOT NULL,
    time     timestamptz NOT NULL,
    -- One element for each version.
    topics   text[]      NOT NULL,
    types    text[]      NOT NULL,
    headers  bytea[]     NOT NULL,
    payloads bytea[]     NOT NULL,
    -- Of headers and payloads.
    bytes    integer     NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX scheduled_event_due ON scheduled_event (due, number);
CREATE INDEX scheduled_event_key ON scheduled_event (key, family);
