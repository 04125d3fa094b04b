-- While instances of the version before V10 still run, they put holds elsewhere without saying when, and take the content of those away
-- whose record they put on a retry topic. Such a hold would look long overdue, and its event be given up without content although its
-- record is there. What is put by a version that knows these columns never fulfils the condition.
CREATE FUNCTION key_hold_placed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.placed_at := now();
    NEW.resends := 0;
    IF NEW.state IN ('RETRYING', 'HELD') AND NEW.headers IS NULL THEN
        NEW.headers := OLD.headers;
        NEW.payload := OLD.payload;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER key_hold_placed BEFORE UPDATE OF hop ON key_hold
    FOR EACH ROW WHEN (NEW.hop <> OLD.hop AND NEW.placed_at = OLD.placed_at)
    EXECUTE FUNCTION key_hold_placed();
