-- Known issues as they were last read from GitHub: they count on while it is away.
CREATE TABLE known_issue (
    repository TEXT   NOT NULL,
    label      TEXT   NOT NULL,
    number     BIGINT NOT NULL,
    title      TEXT   NOT NULL,
    link       TEXT   NOT NULL,
    -- with a block that says what it matches
    body       TEXT   NOT NULL,
    PRIMARY KEY (repository, label, number)
);
