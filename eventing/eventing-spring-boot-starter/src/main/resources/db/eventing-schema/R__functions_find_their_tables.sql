-- The functions of a schema of the starter's own find its tables whatever the search_path of the caller is. ALTER FUNCTION is
-- undone by CREATE OR REPLACE FUNCTION: a script that replaces one of these functions must come with a change of this one.
ALTER FUNCTION outbox_require(uuid, uuid) SET search_path = "${flyway:defaultSchema}", pg_temp;
ALTER FUNCTION outbox_is_foreign() SET search_path = "${flyway:defaultSchema}", pg_temp;
ALTER FUNCTION outbox_adopt() SET search_path = "${flyway:defaultSchema}", pg_temp;
