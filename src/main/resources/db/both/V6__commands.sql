-- What people asked in comments and what came of it.
CREATE TABLE command (
    id       TEXT    PRIMARY KEY,
    at       BIGINT  NOT NULL,
    -- org/repo#number
    place    TEXT    NOT NULL,
    -- in lower case
    person   TEXT    NOT NULL,
    -- the command's name, or refused
    verb     TEXT    NOT NULL,
    document TEXT    NOT NULL
);
CREATE INDEX command_place ON command (place, at);
CREATE INDEX command_person ON command (person, at);
CREATE INDEX command_at ON command (at);

-- What people gave to somebody else, for the rules that would have known.
CREATE TABLE reassignment (
    id       TEXT    PRIMARY KEY,
    at       BIGINT  NOT NULL,
    document TEXT    NOT NULL
);
