CREATE TABLE effect (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid   NOT NULL,
    account  text   NOT NULL,
    what     text   NOT NULL
);
