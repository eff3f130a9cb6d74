-- Red runs whose artifacts are wanted, and what was seen of them. What is new is measured by it, so it is kept for long.
CREATE TABLE evidence (
    run         TEXT   PRIMARY KEY,
    ended_at    BIGINT NOT NULL,
    -- the earliest instant of the next attempt; null when there is nothing more to fetch
    due_at      BIGINT,
    attempts    BIGINT NOT NULL DEFAULT 0,
    -- JSON of the run
    document    TEXT   NOT NULL,
    -- equal signature, same problem; null as long as nothing was seen
    signature   TEXT,
    -- the known issue that it matched
    known_issue TEXT,
    -- JSON of what others are compared with
    seen        TEXT
);
CREATE INDEX evidence_due ON evidence (due_at);
CREATE INDEX evidence_ended ON evidence (ended_at);
CREATE INDEX evidence_signature ON evidence (signature, ended_at);
