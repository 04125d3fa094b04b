CREATE TABLE ticket (
    id    uuid PRIMARY KEY,
    team  text NOT NULL,
    title text NOT NULL
);

CREATE TABLE team_load (
    team    text    PRIMARY KEY,
    tickets integer NOT NULL
);
