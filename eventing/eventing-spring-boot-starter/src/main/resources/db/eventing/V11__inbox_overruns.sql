-- Events whose handling did not end in time and did not react to being interrupted. A row is removed when the handling ends after
-- all. One that is still here when its event comes again tells that only the end of the process ended it: the event goes to the dead
-- letters, instead of occupying the next process as well.
CREATE TABLE inbox_overrun (
    consumer varchar(100) NOT NULL,
    event_id uuid         NOT NULL,
    handler  text         NOT NULL,
    at       timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
);
