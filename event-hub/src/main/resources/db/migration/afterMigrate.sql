-- Separates tenants: the service's role sees the rows of the tenant that its transaction states (orderflow.tenant), and none without;
-- ${role}_system, which it takes on for events and upkeep, those of all; and so does the owner, for migrations.
--
-- Runs after each start's migrations, and creates policies once the role ${role}_system exists; from then on, handlers take it on.
-- They are in force with the placeholder separation. While instances of a version that states no tenant run, and would see no rows,
-- it is false (docs/adr/0031). Without an owner of its own, a service sees all.
DO $separation$
DECLARE
    service CONSTANT name := '${role}';
    all_of  CONSTANT name := '${role}_system';
    separated record;
    own_rows CONSTANT text := $$tenant = nullif(current_setting('orderflow.tenant', true), '')$$;
BEGIN
    IF service = current_user OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = all_of) THEN
        RETURN;
    END IF;
    IF pg_has_role(service, all_of, 'USAGE') OR NOT pg_has_role(service, all_of, 'MEMBER') THEN
        RAISE EXCEPTION '% must be a member of % and not inherit its rights', service, all_of
            USING HINT = format('ALTER ROLE %1$I NOINHERIT; REVOKE %2$I FROM %1$I; GRANT %2$I TO %1$I', service, all_of);
    END IF;
    -- One instance at a time. A change that waits for a long transaction keeps all others waiting: then the start fails, and is repeated.
    PERFORM set_config('lock_timeout', '5s', true);
    PERFORM pg_advisory_xact_lock(hashtext('orderflow.tenant'));
    IF NOT has_table_privilege(all_of, 'flyway_schema_history', 'SELECT') THEN
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', all_of);
        EXECUTE format('GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO %I', all_of);
        EXECUTE format('ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', all_of);
        EXECUTE format('ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO %I', all_of);
    END IF;
    IF NOT has_database_privilege(all_of, current_database(), 'TEMPORARY') THEN
        EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO %I', current_database(), all_of);
    END IF;
    IF NOT has_function_privilege(all_of, 'create_day(regclass, date)', 'EXECUTE')
        OR NOT has_function_privilege(all_of, 'drop_day(date)', 'EXECUTE') THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION create_day(regclass, date), drop_day(date) TO %I', all_of);
    END IF;
    -- In the order in which transactions lock them. Partitions of days give no right to anybody.
    FOR separated IN
        SELECT c.oid::regclass AS rows
        FROM (VALUES
            (1, 'sighting'),
            (2, 'sighting_default'),
            (3, 'event'),
            (4, 'event_default'),
            (5, 'sequence_anomaly')
        ) AS t (place, name) JOIN pg_class c ON c.oid = t.name::regclass
        WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)
        ORDER BY t.place
    LOOP
        IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = separated.rows) THEN
            EXECUTE format('CREATE POLICY tenant ON %s TO %I USING (%s)', separated.rows, service, own_rows);
            EXECUTE format('CREATE POLICY system ON %s TO %I USING (true)', separated.rows, all_of);
            EXECUTE format('CREATE POLICY owner ON %s TO %I USING (true)', separated.rows, current_user);
        END IF;
        IF ${separation} THEN
            EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', separated.rows);
        END IF;
    END LOOP;
END
$separation$;
