-- What a relay has read in memory is worth something only until PostgreSQL gives transaction ids and row ids out a second time,
-- which it does after a crash, on a promoted standby and in a restored backup. An unlogged table is emptied in just these cases.
-- So a relay writes a random token to its row when it begins, and each of its statements demands that the token is still there.
-- A clean restart empties nothing, but a copy of a stopped server's files is such a restart, too: hence server_started.
ALTER TABLE outbox_relay SET UNLOGGED;
ALTER TABLE outbox_relay
    ADD COLUMN token          uuid,
    ADD COLUMN server_started timestamptz;

-- True, or an error: a statement that finds nothing because the server is another must not pass for one that has found nothing.
-- Served by the primary key of outbox_relay.
CREATE FUNCTION outbox_require(relay uuid, expected uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF EXISTS (SELECT FROM outbox_relay
               WHERE instance = relay AND token = expected AND server_started = pg_postmaster_start_time()) THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION 'the positions of relay % are void: the server was restarted, recovered or replaced since it read them',
                    relay
          USING ERRCODE = 'object_not_in_prerequisite_state';
END
$$;

-- Which cluster the cursors come from. Another one has other transaction ids.
ALTER TABLE outbox_bucket ADD COLUMN cluster bigint;
UPDATE outbox_bucket SET cluster = (SELECT system_identifier FROM pg_control_system());
ALTER TABLE outbox_bucket ALTER COLUMN cluster SET NOT NULL;

-- Whether the cursors mean nothing on this server: they come from another cluster, or name transactions that have not begun.
CREATE FUNCTION outbox_is_foreign() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM outbox_bucket
                   WHERE cluster <> (SELECT system_identifier FROM pg_control_system())
                      OR pg_snapshot_xmax(cursor) > pg_snapshot_xmax(pg_current_snapshot()))
$$;

-- Has all rows of a database that was moved sent again: which of them were sent cannot be told from those that were written since.
-- A row whose transaction id lies ahead would not be visible before the cluster has come to that id. Returns whether it was
-- necessary. Served by outbox_txid.
CREATE FUNCTION outbox_adopt() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    highest bigint;
BEGIN
    PERFORM FROM outbox_bucket ORDER BY bucket FOR UPDATE;
    IF NOT outbox_is_foreign() THEN
        RETURN false;
    END IF;
    UPDATE outbox SET txid = pg_current_xact_id() WHERE txid >= pg_current_xact_id();
    -- Logical replication does not carry sequences. Never backwards: others may be drawing.
    highest := (SELECT max(id) FROM outbox);
    IF highest > nextval('outbox_id_seq') THEN
        PERFORM setval('outbox_id_seq', highest);
    END IF;
    UPDATE outbox_bucket
    SET cursor = '3:3:', next_txid = '0', last_id = 0, cluster = (SELECT system_identifier FROM pg_control_system());
    RETURN true;
END
$$;
