-- Written once for both stores. A line that begins with ${postgresql} or ${sqlite} is for that store alone.

-- Pull requests that were merged, and what GitHub reported between two commits.
CREATE TABLE merged_pull (
    repository TEXT   NOT NULL,
    -- the merge commit
    commit_sha TEXT   NOT NULL,
    -- 0 for a commit without one
    number     BIGINT NOT NULL,
    branch     TEXT   NOT NULL,
    merged_at  BIGINT NOT NULL,
    -- JSON, with title, author and paths
    document   TEXT   NOT NULL,
    PRIMARY KEY (repository, commit_sha)
);
CREATE INDEX merged_pull_time ON merged_pull (repository, merged_at);
CREATE INDEX merged_pull_age ON merged_pull (merged_at);

-- Ranges of commits about which GitHub was asked.
CREATE TABLE merge_range (
    repository TEXT   NOT NULL,
    -- as a...b
    commits    TEXT   NOT NULL,
    asked_at   BIGINT NOT NULL,
    -- why it is not known; empty if the ledger has all of it
    problem    TEXT   NOT NULL,
    PRIMARY KEY (repository, commits)
);

-- The definitions of lanes, by when they were first seen.
CREATE TABLE lane_definition (
    lane       TEXT   NOT NULL,
    seen_at    BIGINT NOT NULL,
    digest     TEXT   NOT NULL,
    -- 0 for the first one known: it is no change
    changed    BIGINT NOT NULL,
    PRIMARY KEY (lane, seen_at)
);

-- What people say about suspects.
CREATE TABLE suspect_verdict (
    incident  TEXT   NOT NULL,
    -- org/repo#number, or definition
    suspect   TEXT   NOT NULL,
    person    TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    -- 1 for yes
    confirmed BIGINT NOT NULL,
    -- 1 if a message named it
    shown     BIGINT NOT NULL,
    PRIMARY KEY (incident, suspect, person)
);
