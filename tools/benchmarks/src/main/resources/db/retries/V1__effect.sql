-- One row per event that took effect; no constraint, so that a second effect of an event would show.
CREATE TABLE effect (
    id      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    counter text        NOT NULL,
    value   integer     NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (id)
);
