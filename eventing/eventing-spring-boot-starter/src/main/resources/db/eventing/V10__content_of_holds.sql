-- From now on the content of an event is kept with its hold, also while its record is on a retry topic: that record may be
-- lost with its topic, and then it is sent again. Only DEAD ones have theirs in dead_letter instead. Holds that are
-- there already get it when they are put somewhere the next time.
ALTER TABLE key_hold
    -- When it was put where it is, by the clock of this database: due comes from that of an application.
    ADD COLUMN placed_at timestamptz NOT NULL DEFAULT now(),
    -- How often its record was sent again in vain.
    ADD COLUMN resends   smallint    NOT NULL DEFAULT 0;
