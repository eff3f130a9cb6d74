-- Instants are milliseconds since 1970-01-01T00:00:00Z. Documents are JSON of the records of the same name.

-- Every webhook that was answered with 2xx and every state of a ProwJob that was seen, and what became of each.
CREATE TABLE delivery (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT    NOT NULL UNIQUE,
    event       TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    body        BLOB    NOT NULL,
    -- in-progress, noticed, suppressed, failed
    outcome     TEXT    NOT NULL DEFAULT 'in-progress',
    -- why it was suppressed or failed
    reason      TEXT,
    -- what it led to
    notice_id   TEXT,
    attempts    INTEGER NOT NULL DEFAULT 0,
    decided_at  INTEGER,
    trace       TEXT
);
-- Counting what became of everything must not read the bodies.
CREATE INDEX delivery_end ON delivery (outcome, reason, notice_id);
CREATE INDEX delivery_decided ON delivery (decided_at);
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
    started_at INTEGER,
    pending_at INTEGER,
    ended_at   INTEGER,
    -- when this state was last seen
    seen_at    INTEGER NOT NULL,
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
    at    INTEGER NOT NULL
);

CREATE TABLE incident (
    id          TEXT    PRIMARY KEY,
    kind        TEXT    NOT NULL,
    -- the lane, job or cluster
    subject     TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    area        TEXT    NOT NULL,
    sig         TEXT    NOT NULL,
    opened_at   INTEGER NOT NULL,
    resolved_at INTEGER,
    document    TEXT    NOT NULL
);
CREATE INDEX incident_resolved ON incident (kind, subject, resolved_at) WHERE state = 'resolved';
CREATE UNIQUE INDEX incident_open ON incident (kind, subject) WHERE state = 'open';

-- The outbox: what will be said and what was.
CREATE TABLE notice (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT    NOT NULL UNIQUE,
    incident_id TEXT    NOT NULL REFERENCES incident (id),
    kind        TEXT    NOT NULL,
    -- waiting, sent, withdrawn, failed
    state       TEXT    NOT NULL DEFAULT 'waiting',
    -- the earliest instant of the next attempt
    due_at      INTEGER NOT NULL,
    -- whether people have been shown that it will be said later
    announced   INTEGER NOT NULL DEFAULT 0,
    attempts    INTEGER NOT NULL DEFAULT 0,
    problem     TEXT,
    sent_at     INTEGER,
    -- who is told, in lower case
    handle      TEXT,
    sig_person  TEXT,
    document    TEXT    NOT NULL,
    trace       TEXT    NOT NULL
);
-- Written when somebody asks whether the database takes writes.
CREATE TABLE heartbeat (beats INTEGER NOT NULL, ballast BLOB NOT NULL);
INSERT INTO heartbeat (beats, ballast) VALUES (0, x'');

CREATE INDEX notice_incident ON notice (incident_id);
CREATE INDEX notice_waiting ON notice (due_at) WHERE state = 'waiting';
CREATE INDEX notice_told ON notice (handle);
CREATE INDEX notice_told_sig ON notice (sig_person);

-- Everything that was decided to be said, at however many places.
CREATE TABLE content (
    sequence      INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT    NOT NULL UNIQUE,
    -- what belongs together: the incident, or what a letter continues
    thread        TEXT    NOT NULL,
    -- of a message: opened, folded, escalated, reminded, resolved, digest; or letter
    kind          TEXT    NOT NULL,
    -- unasked: interrupts somebody, and it is not known yet whether the hour still has room for it
    -- admitted, gathered, withdrawn
    state         TEXT    NOT NULL,
    decided_at    INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,
    -- when the hour had room for it; only of what interrupts somebody
    admitted_at   INTEGER,
    -- the digest that says it instead, because the hour had no room for it
    gathered_into TEXT,
    -- who is told, in lower case
    handle        TEXT,
    sig_person    TEXT,
    document      TEXT    NOT NULL
);
CREATE INDEX content_unasked ON content (due_at) WHERE state = 'unasked';
CREATE INDEX content_gathered ON content (gathered_into) WHERE state = 'gathered';
CREATE INDEX content_admitted ON content (admitted_at) WHERE admitted_at IS NOT NULL;
CREATE INDEX content_told ON content (handle);
CREATE INDEX content_told_sig ON content (sig_person);

-- One content at one place of one channel.
CREATE TABLE saying (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    content_id  TEXT    NOT NULL REFERENCES content (id),
    thread      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    place       TEXT    NOT NULL,
    -- say; show: calls nobody yet; call: calls the people of what was shown; announce: it will be said later; retract: it
    -- will not
    form        TEXT    NOT NULL,
    -- unsettled: waiting, sending, unknown (it may be there); settled: written, replaced by a later one, stale, gathered,
    -- withdrawn, dead
    state       TEXT    NOT NULL,
    -- the earliest instant of the next attempt
    due_at      INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    -- by what the channel knows what was written
    reference   TEXT,
    problem     TEXT,
    -- when it was first due
    since       INTEGER NOT NULL,
    settled_at  INTEGER,
    UNIQUE (content_id, channel, place, form)
);
CREATE INDEX saying_unsettled ON saying (channel, place, due_at) WHERE state IN ('waiting', 'sending', 'unknown');
CREATE INDEX saying_strand ON saying (channel, place, thread, sequence);
CREATE INDEX saying_ends ON saying (channel, state);

-- What stands at a place for a thread.
CREATE TABLE saying_root (
    channel   TEXT    NOT NULL,
    place     TEXT    NOT NULL,
    thread    TEXT    NOT NULL,
    -- null once somebody has deleted it
    reference TEXT,
    -- the newest saying that it shows
    shown     INTEGER NOT NULL,
    -- how often somebody has deleted it
    lost      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, place, thread)
);

-- Who is at a place: one at a time, until the lease ends. The place '' stands for the whole channel.
CREATE TABLE saying_place (
    channel       TEXT    NOT NULL,
    place         TEXT    NOT NULL,
    claimed_by    TEXT,
    claimed_until INTEGER NOT NULL DEFAULT 0,
    -- not before this, by the channel's own limit or by its word
    free_at       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, place)
);
