-- The pull requests of bots that are followed, until they have been over for long.
CREATE TABLE bump (
    repository TEXT   NOT NULL,
    number     BIGINT NOT NULL,
    -- the name of its class; empty for one of a trusted bot that is of no class
    class      TEXT   NOT NULL,
    head_sha   TEXT   NOT NULL,
    opened_at  BIGINT NOT NULL,
    -- when it was merged or closed
    ended_at   BIGINT,
    document   TEXT   NOT NULL,
    PRIMARY KEY (repository, number)
);
CREATE INDEX bump_head ON bump (head_sha);
CREATE INDEX bump_ended ON bump (ended_at);

-- What is wrong with them, as the incident core was last told.
CREATE TABLE bump_problem (
    key  TEXT PRIMARY KEY,
    told TEXT NOT NULL
);

-- When somebody first took it on.
ALTER TABLE incident ADD COLUMN acknowledged_at BIGINT;
