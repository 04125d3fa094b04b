-- The events that will not be tried again by themselves, with all that is needed to send them on their way once more.
--   DEAD       waits for an operator
--   QUEUED     a replay will take it
--   REPLAYING  on its way again
--   REPLAYED   has had its effect
--   DISCARDED  given up by an operator
CREATE TABLE dead_letter (
    id               uuid         PRIMARY KEY DEFAULT uuidv7(),
    consumer         varchar(100) NOT NULL,
    event_id         uuid         NOT NULL,
    -- The record as it was published.
    type             text         NOT NULL,
    topic            text         NOT NULL,
    source_partition integer      NOT NULL,
    source_offset    bigint       NOT NULL,
    key              text,
    headers          text         NOT NULL,
    payload          bytea,
    handler          text,
    -- Whether later events of its key wait for it.
    holds_key        boolean      NOT NULL,
    exception        text         NOT NULL,
    message          text,
    root_cause       text         NOT NULL,
    -- root_cause without what differs from event to event, so that equal failures can be counted.
    cause_group      text         NOT NULL,
    -- The last failed attempts, over all its deaths: [{"at", "level", "exception", "message", "guard"}].
    attempts         jsonb        NOT NULL,
    state            text         NOT NULL DEFAULT 'DEAD'
                                  CHECK (state IN ('DEAD', 'QUEUED', 'REPLAYING', 'REPLAYED', 'DISCARDED')),
    first_died_at    timestamptz  NOT NULL DEFAULT now(),
    died_at          timestamptz  NOT NULL DEFAULT now(),
    deaths           integer      NOT NULL DEFAULT 1,
    closed_at        timestamptz,
    -- The last replay that took it.
    replay_id        uuid,
    CONSTRAINT dead_letter_event UNIQUE (consumer, event_id)
);

CREATE INDEX dead_letter_newest ON dead_letter (consumer, died_at, id);
CREATE INDEX dead_letter_state ON dead_letter (consumer, state, died_at, id);
CREATE INDEX dead_letter_queue ON dead_letter (replay_id, died_at, id) WHERE state = 'QUEUED';
CREATE INDEX dead_letter_replayed ON dead_letter (replay_id, state) WHERE replay_id IS NOT NULL;
-- A hash: a key may be longer than an entry of a B-tree can be.
CREATE INDEX dead_letter_key ON dead_letter USING hash (key);

CREATE TABLE dead_letter_replay (
    id              uuid             PRIMARY KEY DEFAULT uuidv7(),
    consumer        varchar(100)     NOT NULL,
    requested_by    text             NOT NULL,
    requested_at    timestamptz      NOT NULL DEFAULT now(),
    selection       jsonb            NOT NULL,
    -- Null: as fast as possible.
    rate_per_second double precision CHECK (rate_per_second > 0),
    -- When the rate allows the next letter.
    due             timestamptz      NOT NULL DEFAULT now(),
    total           integer          NOT NULL DEFAULT 0,
    state           text             NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'DONE')),
    finished_at     timestamptz
);

CREATE INDEX dead_letter_replay_running ON dead_letter_replay (consumer, id) WHERE state = 'RUNNING';
CREATE INDEX dead_letter_replay_newest ON dead_letter_replay (consumer, id);

-- What operators did.
CREATE TABLE admin_audit (
    id     uuid        PRIMARY KEY DEFAULT uuidv7(),
    at     timestamptz NOT NULL DEFAULT now(),
    who    text        NOT NULL,
    action text        NOT NULL,
    target jsonb       NOT NULL,
    result jsonb       NOT NULL
);

CREATE INDEX admin_audit_action ON admin_audit (action, id);

-- For reading all holds in their order. On position, which never changes: an index on state would make each update dearer.
CREATE INDEX key_hold_position ON key_hold (consumer, position);
