-- Creates a day's partition, as the owner of the table, so that the service needs no role that may change tables. Rows of that day in
-- the default partition move to it. Returns whether there was none before. A partition is reached through its table only, whose
-- policies separate tenants.
CREATE FUNCTION create_day(parent regclass, day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    begins  CONSTANT timestamptz := day::timestamp AT TIME ZONE 'UTC';
    ends    CONSTANT timestamptz := (day + 1)::timestamp AT TIME ZONE 'UTC';
    found   record;
    child   text;
    grantee text;
BEGIN
    SELECT n.nspname, c.relname INTO found
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid = parent AND c.relkind = 'p' AND c.relname IN ('event', 'sighting')
      AND pg_get_userbyid(c.relowner) = current_user;
    IF found IS NULL THEN
        RAISE EXCEPTION '% has no partitions of days', parent USING ERRCODE = 'invalid_parameter_value';
    END IF;
    child := format('%I.%I', found.nspname, found.relname || '_' || to_char(day, 'YYYYMMDD'));
    PERFORM set_config('lock_timeout', '5s', true);
    PERFORM pg_advisory_xact_lock(hashtext('hub.days'));
    IF to_regclass(child) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('LOCK TABLE ONLY %s IN ACCESS EXCLUSIVE MODE', parent);
    EXECUTE format('LOCK TABLE %I.%I IN ACCESS EXCLUSIVE MODE', found.nspname, found.relname || '_default');
    EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING ALL)', child, parent);
    EXECUTE format('WITH moved AS (DELETE FROM %I.%I WHERE record_time >= %L AND record_time < %L RETURNING *) '
        'INSERT INTO %s SELECT * FROM moved', found.nspname, found.relname || '_default', begins, ends, child);
    EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)', parent, child, begins, ends);
    FOR grantee IN
        SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END
        FROM pg_class c, aclexplode(c.relacl) acl
        WHERE c.oid = to_regclass(child) AND acl.grantee <> c.relowner
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %s', child, grantee);
    END LOOP;
    RETURN true;
END
$$;

-- Drops a day's partition of both tables, and the identities of its events.
CREATE FUNCTION drop_day(day date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    begins  CONSTANT timestamptz := day::timestamp AT TIME ZONE 'UTC';
    ends    CONSTANT timestamptz := (day + 1)::timestamp AT TIME ZONE 'UTC';
    own     name;
    child   text;
    dropped bigint := 0;
BEGIN
    SELECT n.nspname INTO own
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.proname = 'drop_day' AND pg_get_userbyid(p.proowner) = current_user;
    PERFORM set_config('lock_timeout', '5s', true);
    PERFORM pg_advisory_xact_lock(hashtext('hub.days'));
    -- In the order in which transactions lock the tables.
    FOREACH child IN ARRAY ARRAY['sighting', 'event'] LOOP
        child := format('%I.%I', own, child || '_' || to_char(day, 'YYYYMMDD'));
        IF to_regclass(child) IS NOT NULL THEN
            EXECUTE format('DROP TABLE %s', child);
        END IF;
    END LOOP;
    EXECUTE format('DELETE FROM %I.event_identity WHERE record_time >= %L AND record_time < %L', own, begins, ends);
    GET DIAGNOSTICS dropped = ROW_COUNT;
    RETURN dropped;
END
$$;

REVOKE ALL ON FUNCTION create_day(regclass, date), drop_day(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_day(regclass, date), drop_day(date) TO "${role}";
