-- A record that is forwarded as it came, such as one on its way to a retry topic: all its headers, as JSON. Null for the
-- service's own events, whose headers follow from the other columns. event_id is then a fresh id of the row: the
-- partition must be today's, not that of the day when the event was published.
ALTER TABLE outbox ADD COLUMN headers text;
ALTER TABLE outbox ALTER COLUMN payload DROP NOT NULL;

-- The events that were taken in but have not had their effect, per key in their order. The content of an event is in one
-- place only: RETRYING and HELD ones are on a retry topic, PARKED ones in this row, DEAD ones in dead_letter.
--   RETRYING  failed and waits for its next attempt
--   HELD      waits on a retry topic behind an earlier event of its key
--   PARKED    waits here behind a dead letter of its key
--   DEAD      waits for an operator
-- key is the record's key; the event's own id if it has none, or need not be in order with others.
CREATE TABLE key_hold (
    consumer         varchar(100) NOT NULL,
    event_id         uuid         NOT NULL,
    position         bigint       NOT NULL GENERATED ALWAYS AS IDENTITY,
    topic            text         NOT NULL,
    key              text         NOT NULL,
    type             text         NOT NULL,
    state            text         NOT NULL CHECK (state IN ('RETRYING', 'HELD', 'PARKED', 'DEAD')),
    -- How often it was put somewhere. Only the record that carries this number is the event; any other is a copy.
    hop              integer      NOT NULL,
    -- The retry topic that it waits on; 0 when it waits in the database.
    level            smallint     NOT NULL,
    due              timestamptz  NOT NULL,
    -- The failed attempts since it was published or replayed: [{"at", "level", "exception", "message", "guard"}].
    attempts         jsonb        NOT NULL,
    since            timestamptz  NOT NULL DEFAULT now(),
    source_partition integer      NOT NULL,
    source_offset    bigint       NOT NULL,
    headers          text,
    payload          bytea,
    PRIMARY KEY (consumer, event_id)
) WITH (fillfactor = 70);

CREATE UNIQUE INDEX key_hold_stream ON key_hold (consumer, topic, key, position);
