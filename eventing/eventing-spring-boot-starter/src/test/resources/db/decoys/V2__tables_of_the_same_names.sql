-- An application's own tables and functions, which have the names of the starter's by chance.
CREATE TABLE outbox (mine text);
CREATE TABLE outbox_sequence (mine text);
CREATE TABLE outbox_bucket (mine text);
CREATE TABLE outbox_relay (mine text);
CREATE TABLE outbox_parked (mine text);
CREATE TABLE outbox_discarded (mine text);
CREATE TABLE inbox (mine text);
CREATE TABLE inbox_overrun (mine text);
CREATE TABLE key_hold (mine text);
CREATE TABLE dead_letter (mine text);
CREATE TABLE dead_letter_replay (mine text);
CREATE TABLE admin_audit (mine text);
CREATE TABLE upkeep_mark (mine text);
CREATE TABLE scheduled_event (mine text);

CREATE FUNCTION outbox_require(relay uuid, expected uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the application''s own function was called';
END
$$;
