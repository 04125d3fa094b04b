-- Creates uuidv7() on servers before PostgreSQL 18, which includes it: 48 bits of milliseconds, 12 bits of the fraction of a
-- millisecond, 62 random bits. Has no effect if the function exists.
DO $do$
BEGIN
    IF to_regprocedure('pg_catalog.uuidv7()') IS NULL
       AND to_regprocedure(format('%I.uuidv7()', current_schema())) IS NULL THEN
        CREATE FUNCTION uuidv7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
            SELECT (lpad(to_hex(micros / 1000), 12, '0')
                    || '7' || lpad(to_hex(micros % 1000 * 4096 / 1000), 3, '0')
                    || right(replace(pg_catalog.gen_random_uuid()::text, '-', ''), 16))::uuid
            FROM (SELECT (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::bigint AS micros) AS now
        $$;
    END IF;
END
$do$;
