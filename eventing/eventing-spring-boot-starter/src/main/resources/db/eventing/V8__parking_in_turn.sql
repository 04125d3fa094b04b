-- A parked event is in one more state, and belongs to one relay while that sends it:
--   WAITING    its topic cannot take events for now; the relay tries again by itself
-- Until sending_until only the relay sending_by may send the event, and no operator can discard it.
ALTER TABLE outbox_parked
    ADD COLUMN sending_by    uuid,
    ADD COLUMN sending_until timestamptz,
    DROP CONSTRAINT outbox_parked_state_check,
    ADD CONSTRAINT outbox_parked_state_check CHECK (state IN ('PARKED', 'WAITING', 'RELEASED', 'DISCARDED'));

CREATE INDEX outbox_parked_event ON outbox_parked (event_id);
CREATE INDEX outbox_parked_due ON outbox_parked (id) WHERE state IN ('RELEASED', 'DISCARDED');
CREATE INDEX outbox_parked_waiting ON outbox_parked (topic, id) WHERE state = 'WAITING';

-- Rows of the outbox that are never to be published. A relay that begins at an older position reads them again.
CREATE TABLE outbox_discarded (
    id           bigint      PRIMARY KEY,
    bucket       smallint    NOT NULL,
    event_id     uuid        NOT NULL,
    discarded_at timestamptz NOT NULL DEFAULT now()
);

-- The lock under which parked events change, one per bucket, until the transaction ends: what a relay does and what an operator
-- does come one after the other. Not the bucket's row: relays renew their leases there, several rows per statement.
CREATE FUNCTION outbox_lock_parked(buckets integer[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    bucket integer;
BEGIN
    FOR bucket IN SELECT DISTINCT unnest(buckets) ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock(hashtext('outbox_parked'), bucket);
    END LOOP;
END
$$;

-- Events that wait behind nothing, left by a discard that came while the relay looked for released ones.
UPDATE outbox_parked p
SET state = 'RELEASED'
WHERE state = 'PARKED'
  AND NOT EXISTS (SELECT FROM outbox_parked e
                  WHERE e.topic = p.topic AND e.key = p.key AND e.id <= p.id AND e.cause IS NOT NULL);
