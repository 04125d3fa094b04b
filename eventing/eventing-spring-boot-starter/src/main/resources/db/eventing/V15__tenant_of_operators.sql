-- The tenant of who acted; null for entries before this version, by instances of it, and without access tokens.
ALTER TABLE admin_audit ADD COLUMN tenant text;
ALTER TABLE dead_letter_replay ADD COLUMN requested_in text;

-- As before for an entry without a tenant, whose hash stays the same. One that gets, loses or changes its tenant has another hash.
CREATE OR REPLACE FUNCTION admin_audit_hash(entry admin_audit, previous bytea) RETURNS bytea LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(coalesce(previous, '') || convert_to((
        jsonb_build_array(
            entry.number, entry.id, extract(epoch FROM entry.at), entry.who, entry.action, entry.target, entry.result)
        || CASE WHEN entry.tenant IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(entry.tenant) END)::text, 'UTF8'))
$$;
