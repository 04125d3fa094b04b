-- Creates, attaches or drops a day's partition of the outbox or the inbox, as the owner of the table. So an application needs no
-- role that may change tables: one that may read and write rows is enough. Whoever may delete a table's rows may call it.
CREATE FUNCTION day_partition(action text, parent regclass, partition text, first uuid, next uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found_in name;
    child    text;
    granted  record;
BEGIN
    SELECT nspname INTO found_in
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid = parent AND c.relkind = 'p' AND c.relname IN ('outbox', 'inbox')
      AND partition ~ ('^' || c.relname || '_[0-9]{8}$') AND pg_get_userbyid(c.relowner) = current_user;
    IF found_in IS NULL THEN
        RAISE EXCEPTION '% has no partition of a day named %', parent, partition USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT has_table_privilege(session_user, parent, 'DELETE') THEN
        RAISE EXCEPTION '% must not delete rows of %', session_user, parent USING ERRCODE = 'insufficient_privilege';
    END IF;
    child := format('%I.%I', found_in, partition);
    CASE action
    WHEN 'create' THEN
        -- Rows are only inserted, and read by id, so statistics need not be renewed whenever the table has grown by a tenth, which for
        -- a young day is every minute. Nor need a partition that is dropped after some days be frozen, which would write each page once
        -- more. At the transaction age at which a kept one must be frozen, autovacuum does so nevertheless.
        EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING IDENTITY) '
            'WITH (autovacuum_analyze_scale_factor = 0.5, autovacuum_vacuum_insert_threshold = -1)', child, parent);
        -- Rows are moved to it and deleted from it by its own name.
        FOR granted IN
            SELECT acl.privilege_type, CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END AS grantee
            FROM pg_class c, aclexplode(c.relacl) acl
            WHERE c.oid = parent AND acl.grantee <> c.relowner
        LOOP
            EXECUTE format('GRANT %s ON %s TO %s', granted.privilege_type, child, granted.grantee);
        END LOOP;
    WHEN 'attach' THEN
        EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)', parent, child, first, next);
    WHEN 'drop' THEN
        IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = parent AND inhrelid = to_regclass(child)) THEN
            RAISE EXCEPTION '% has no partition of a day named %', parent, partition USING ERRCODE = 'invalid_parameter_value';
        END IF;
        EXECUTE format('DROP TABLE %s', child);
    END CASE;
END
$$;

-- Also when a superuser applies this script.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION day_partition(text, regclass, text, uuid, uuid) OWNER TO %I',
                   (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'outbox'::regclass));
END
$$;

-- The audit log is only added to. Each entry has a hash of itself and of the hash before it: whoever could change or delete entries
-- all the same would have to compute all later hashes anew, which the log files contain, too.
ALTER TABLE admin_audit ADD COLUMN number bigint;
ALTER TABLE admin_audit ADD COLUMN hash bytea;

-- Text that depends on no setting of a session.
CREATE FUNCTION admin_audit_hash(entry admin_audit, previous bytea) RETURNS bytea LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(coalesce(previous, '') || convert_to(jsonb_build_array(
        entry.number, entry.id, extract(epoch FROM entry.at), entry.who, entry.action, entry.target, entry.result)::text, 'UTF8'))
$$;

-- Numbers entries in the order of their transactions' ends: each waits until the one before has ended.
CREATE FUNCTION admin_audit_append() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    previous bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('eventing.admin_audit'));
    EXECUTE format('SELECT number + 1, hash FROM %s ORDER BY number DESC LIMIT 1', TG_RELID::regclass)
    INTO NEW.number, previous;
    NEW.number := coalesce(NEW.number, 1);
    EXECUTE format('SELECT %I.admin_audit_hash($1, $2)', TG_TABLE_SCHEMA) INTO NEW.hash USING NEW, previous;
    RETURN NEW;
END
$$;

CREATE FUNCTION admin_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only added to' USING ERRCODE = 'insufficient_privilege';
END
$$;

DO $$
DECLARE
    entry    admin_audit;
    previous bytea;
    counted  bigint := 0;
BEGIN
    FOR entry IN SELECT * FROM admin_audit ORDER BY id LOOP
        counted := counted + 1;
        entry.number := counted;
        previous := admin_audit_hash(entry, previous);
        UPDATE admin_audit SET number = counted, hash = previous WHERE id = entry.id;
    END LOOP;
END
$$;

ALTER TABLE admin_audit ALTER COLUMN number SET NOT NULL;
ALTER TABLE admin_audit ALTER COLUMN hash SET NOT NULL;
ALTER TABLE admin_audit ADD CONSTRAINT admin_audit_number UNIQUE (number);

CREATE TRIGGER admin_audit_append BEFORE INSERT ON admin_audit FOR EACH ROW EXECUTE FUNCTION admin_audit_append();
CREATE TRIGGER admin_audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON admin_audit
    FOR EACH STATEMENT EXECUTE FUNCTION admin_audit_refuse();
