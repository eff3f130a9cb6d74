-- Written once for both stores: ${bytes} and ${sequence} stand for their words, whole numbers are BIGINT.
-- Instants are milliseconds since 1970-01-01T00:00:00Z. Documents are JSON of the records of the same name.

-- Every webhook that was answered with 2xx and every state of a ProwJob that was seen, and what became of each.
CREATE TABLE delivery (
    sequence    ${sequence},
    id          TEXT    NOT NULL UNIQUE,
    event       TEXT    NOT NULL,
    received_at BIGINT NOT NULL,
    body        ${bytes} NOT NULL,
    -- in-progress, held (waits for something larger; still in progress), noticed, suppressed, failed
    outcome     TEXT    NOT NULL DEFAULT 'in-progress',
    -- why it was suppressed or failed
    reason      TEXT,
    -- what it led to
    notice_id   TEXT,
    -- the run that it told of, while that is held
    run         TEXT,
    attempts    BIGINT NOT NULL DEFAULT 0,
    decided_at  BIGINT,
    trace       TEXT
);
-- Counting what became of everything must not read the bodies.
CREATE INDEX delivery_end ON delivery (outcome, reason, notice_id);
CREATE INDEX delivery_decided ON delivery (decided_at);
CREATE INDEX delivery_held ON delivery (run) WHERE outcome = 'held';
CREATE INDEX delivery_noticed ON delivery (notice_id) WHERE notice_id IS NOT NULL;
CREATE INDEX delivery_in_progress ON delivery (sequence) WHERE outcome = 'in-progress';

-- The newest state of each run.
CREATE TABLE run (
    lane       TEXT    NOT NULL,
    build_id   TEXT    NOT NULL,
    -- the name of its ProwJob, where a door has told it
    prow_job   TEXT,
    job        TEXT    NOT NULL,
    type       TEXT    NOT NULL,
    cluster    TEXT,
    state      TEXT    NOT NULL,
    -- when the ProwJob was created, got its pod, reached a final state
    started_at BIGINT,
    pending_at BIGINT,
    ended_at   BIGINT,
    -- when this state was last seen
    seen_at    BIGINT NOT NULL,
    document   TEXT    NOT NULL,
    PRIMARY KEY (lane, build_id)
);
CREATE INDEX run_prow_job ON run (prow_job);
CREATE INDEX run_periodic ON run (job, started_at) WHERE type = 'periodic';
CREATE INDEX run_unfinished ON run (job) WHERE ended_at IS NULL;
CREATE INDEX run_pod ON run (cluster, pending_at);

-- How far something had come: what was there, and when.
CREATE TABLE watermark (
    name  TEXT    PRIMARY KEY,
    value TEXT    NOT NULL,
    at    BIGINT NOT NULL
);

CREATE TABLE incident (
    id          TEXT    PRIMARY KEY,
    kind        TEXT    NOT NULL,
    -- the lane, job, cluster or problem
    title       TEXT    NOT NULL,
    -- open, resolved, retracted (it turned out not to have been)
    state       TEXT    NOT NULL,
    area        TEXT    NOT NULL,
    sig         TEXT    NOT NULL,
    opened_at   BIGINT NOT NULL,
    closed_at   BIGINT,
    document    TEXT    NOT NULL,
    -- what was said of it and who sees to it; null once it can come back no more
    care        TEXT
);
CREATE INDEX incident_kind ON incident (kind, state);
CREATE INDEX incident_cared ON incident (closed_at) WHERE care IS NOT NULL;

-- Written when somebody asks whether the database takes writes.
CREATE TABLE heartbeat (beats BIGINT NOT NULL, ballast ${bytes} NOT NULL);
INSERT INTO heartbeat (beats, ballast) VALUES (0, CAST('' AS ${bytes}));
