-- When upkeep ran, by the database's clock, and how much time it has witnessed by then; see WitnessedTime. Data is deleted by
-- witnessed time alone, so nothing is older than this row after an upgrade.
CREATE TABLE upkeep_mark (
    number    bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    at        timestamptz NOT NULL DEFAULT now(),
    -- Seconds. Never falls from number to number.
    witnessed bigint      NOT NULL,
    -- Transactions with a lower id had ended.
    next_txid xid8        NOT NULL DEFAULT pg_snapshot_xmin(pg_current_snapshot())
);

INSERT INTO upkeep_mark (witnessed) VALUES (0);

-- Ids that no publisher's clock explains, such as random UUIDs: 98 % of these are in inbox_future. They do not stay in the
-- default partition, which is searched for rows of a new day's partition while it is locked.
LOCK TABLE ONLY inbox IN ACCESS EXCLUSIVE MODE;
CREATE TABLE inbox_past (LIKE inbox INCLUDING ALL);
CREATE TABLE inbox_future (LIKE inbox INCLUDING ALL);

WITH moved AS (DELETE FROM inbox_default WHERE event_id < '016f5e66-e800-0000-0000-000000000000' RETURNING *)
INSERT INTO inbox_past SELECT * FROM moved;
WITH moved AS (DELETE FROM inbox_default WHERE event_id >= '03bb2cc3-d800-0000-0000-000000000000' RETURNING *)
INSERT INTO inbox_future SELECT * FROM moved;

-- Before 2020 and from 2100 on.
ALTER TABLE inbox ATTACH PARTITION inbox_past
    FOR VALUES FROM (MINVALUE) TO ('016f5e66-e800-0000-0000-000000000000');
ALTER TABLE inbox ATTACH PARTITION inbox_future
    FOR VALUES FROM ('03bb2cc3-d800-0000-0000-000000000000') TO (MAXVALUE);

-- Partitions that are never dropped lose their old rows one by one.
CREATE INDEX inbox_past_age ON inbox_past (handled_at);
CREATE INDEX inbox_future_age ON inbox_future (handled_at);
CREATE INDEX inbox_default_age ON inbox_default (handled_at);

-- Finds the rows of the default partition that a new day's partition has to take over.
CREATE INDEX inbox_default_event ON inbox_default (event_id);
CREATE INDEX outbox_default_event ON outbox_default (event_id);
