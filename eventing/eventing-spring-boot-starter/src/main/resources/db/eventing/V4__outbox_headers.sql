-- Headers are encoded once, when an event is published, so that the relay only copies bytes: those of an event of this
-- service that do not follow from the other columns, and all headers of a record that is forwarded. StoredHeaders reads
-- and writes them.
ALTER TABLE outbox RENAME COLUMN headers TO forwarded_headers;
ALTER TABLE outbox ADD COLUMN forwarded boolean NOT NULL DEFAULT false;
ALTER TABLE outbox ADD COLUMN headers bytea NOT NULL DEFAULT '';

CREATE FUNCTION outbox_stored_header(name text, value bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT '\x00'::bytea || int2send(octet_length(name)::int2) || convert_to(name, 'UTF8')
           || int4send(coalesce(octet_length(value), -1)) || coalesce(value, '')
$$;

CREATE FUNCTION outbox_stored_attribute(name text, value text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN value IS NULL THEN '' ELSE outbox_stored_header(name, convert_to(value, 'UTF8')) END
$$;

UPDATE outbox
SET headers = outbox_stored_attribute('ce_time', to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
              || outbox_stored_attribute('ce_correlationid', correlation_id)
              || outbox_stored_attribute('ce_causationid', causation_id::text)
              || outbox_stored_attribute('ce_intent', intent)
              || outbox_stored_attribute('traceparent', traceparent)
WHERE forwarded_headers IS NULL;

UPDATE outbox
SET forwarded = true,
    headers = coalesce(
        (SELECT string_agg(outbox_stored_header(header ->> 'name', decode(header ->> 'base64', 'base64')), '' ORDER BY n)
         FROM jsonb_array_elements(forwarded_headers::jsonb) WITH ORDINALITY AS h (header, n)), '')
WHERE forwarded_headers IS NOT NULL;

DROP FUNCTION outbox_stored_attribute(text, text);
DROP FUNCTION outbox_stored_header(text, bytea);

ALTER TABLE outbox
    DROP COLUMN forwarded_headers,
    DROP COLUMN correlation_id,
    DROP COLUMN causation_id,
    DROP COLUMN intent,
    DROP COLUMN traceparent;

-- Where to look for what the cursor has not seen. Transactions from next_txid on had not begun, and have drawn only row ids
-- above last_id; see OutboxReader.
ALTER TABLE outbox_bucket
    ADD COLUMN next_txid xid8   NOT NULL DEFAULT '0',
    ADD COLUMN last_id   bigint NOT NULL DEFAULT 0;

UPDATE outbox_bucket b
SET last_id = coalesce((SELECT min(id) - 1 FROM outbox o WHERE NOT pg_visible_in_snapshot(o.txid, b.cursor)),
                       (SELECT max(id) FROM outbox),
                       0);

-- Events that the broker refuses for good, and the later ones of their keys. Only the relay that holds the bucket adds and
-- removes rows, so that it knows without asking which keys are parked; an operator only changes their state.
--   PARKED     waits for an operator
--   RELEASED   is to be sent again
--   DISCARDED  is not to be sent at all
CREATE TABLE outbox_parked (
    id        bigint      PRIMARY KEY,
    bucket    smallint    NOT NULL,
    event_id  uuid        NOT NULL,
    topic     text        NOT NULL,
    key       text        NOT NULL,
    type      text        NOT NULL,
    sequence  bigint      NOT NULL,
    time      timestamptz NOT NULL,
    forwarded boolean     NOT NULL,
    headers   bytea       NOT NULL,
    payload   bytea,
    state     text        NOT NULL DEFAULT 'PARKED' CHECK (state IN ('PARKED', 'RELEASED', 'DISCARDED')),
    -- Why the broker refused it; null for one that only waits behind another.
    cause     text,
    parked_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX outbox_parked_key ON outbox_parked (topic, key, id);
