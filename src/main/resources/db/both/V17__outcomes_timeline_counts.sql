-- Written once for both stores. A line that begins with ${postgresql} or ${sqlite} is for that store alone.

-- 1. The log of the incident engine, under its own name.
ALTER TABLE incident_event RENAME TO engine_event;
${postgresql} ALTER TABLE engine_event RENAME CONSTRAINT incident_event_pkey TO engine_event_pkey;

-- 2. What became of each failed run.
CREATE TABLE run_outcome (
    lane       TEXT   NOT NULL,
    build_id   TEXT   NOT NULL,
    ended_at   BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    -- notified, suppressed, held
    outcome    TEXT   NOT NULL,
    -- why it was suppressed
    reason     TEXT,
    -- the incident it belongs to
    incident   TEXT,
    message_id TEXT,
    delivery   TEXT   NOT NULL,
    -- its diagnosis, as it is now
    cause      TEXT   NOT NULL,
    sig        TEXT   NOT NULL,
    area       TEXT   NOT NULL,
    rule       TEXT   NOT NULL,
    trace      TEXT   NOT NULL,
    PRIMARY KEY (lane, build_id)
);
CREATE INDEX run_outcome_reason ON run_outcome (outcome, reason, ended_at);
CREATE INDEX run_outcome_end ON run_outcome (ended_at);
CREATE INDEX run_outcome_incident ON run_outcome (incident, ended_at) WHERE incident IS NOT NULL;
CREATE INDEX run_outcome_message ON run_outcome (message_id) WHERE message_id IS NOT NULL;

-- 3. The timeline of each incident: what happened, who did it or was notified, and why.
CREATE TABLE incident_event (
    incident   TEXT   NOT NULL,
    number     BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    person     TEXT,
    message_id TEXT,
    text       TEXT   NOT NULL,
    PRIMARY KEY (incident, number)
);
CREATE INDEX incident_event_at ON incident_event (at);
-- Of incidents that are older than their timeline.
INSERT INTO incident_event (incident, number, at, kind, text)
    SELECT id, 1, opened_at, 'opened', title FROM incident;
INSERT INTO incident_event (incident, number, at, kind, text)
    SELECT id, 2, closed_at, state, title FROM incident WHERE closed_at IS NOT NULL;

-- 4. Counts by UTC day, as days since 1970-01-01: kept for longer than what they count.
-- The commit of a presubmit's run: the first of its pull requests.
ALTER TABLE run ADD COLUMN commit_sha TEXT;
-- 1 if it failed, and the lane also passed on the commit.
ALTER TABLE run ADD COLUMN flaky BIGINT NOT NULL DEFAULT 0;
${sqlite} UPDATE run SET commit_sha = json_extract(document, '$.pulls[0].sha') WHERE type = 'presubmit';
${postgresql} UPDATE run SET commit_sha = document::json #>> '{pulls,0,sha}' WHERE type = 'presubmit';
CREATE INDEX run_commit ON run (lane, commit_sha) WHERE commit_sha IS NOT NULL;
UPDATE run SET flaky = 1 WHERE state IN ('failure', 'error') AND commit_sha IS NOT NULL AND EXISTS (SELECT 1 FROM run AS other
    WHERE other.lane = run.lane AND other.commit_sha = run.commit_sha AND other.state = 'success');

-- Runs by the day on which they ended.
CREATE TABLE lane_day (
    day      BIGINT NOT NULL,
    lane     TEXT   NOT NULL,
    finished BIGINT NOT NULL,
    failed   BIGINT NOT NULL,
    flaky    BIGINT NOT NULL,
    PRIMARY KEY (day, lane)
);
INSERT INTO lane_day (day, lane, finished, failed, flaky)
    SELECT ended_at / 86400000, lane, count(*), sum(CASE WHEN state = 'success' THEN 0 ELSE 1 END), sum(flaky) FROM run
    WHERE ended_at IS NOT NULL AND state IN ('success', 'failure', 'error') GROUP BY ended_at / 86400000, lane;

-- Deliveries by outcome.
CREATE TABLE outcome_day (
    day        BIGINT NOT NULL,
    outcome    TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    deliveries BIGINT NOT NULL,
    PRIMARY KEY (day, outcome, reason)
);

-- 5. The body of a delivery behind the columns that are filtered: SQLite reads a row from its beginning. PostgreSQL keeps bodies apart.
${postgresql} ALTER TABLE delivery ADD COLUMN day BIGINT;
${postgresql} UPDATE delivery SET day = decided_at / 86400000 WHERE decided_at IS NOT NULL;
${sqlite} CREATE TABLE delivery_new (
${sqlite}     sequence ${sequence}, id TEXT NOT NULL UNIQUE, event TEXT NOT NULL, received_at BIGINT NOT NULL,
${sqlite}     outcome TEXT NOT NULL DEFAULT 'in-progress', reason TEXT, message_id TEXT, run TEXT, attempts BIGINT NOT NULL DEFAULT 0,
${sqlite}     decided_at BIGINT,
${sqlite}     -- on which its run ended, or else on which it arrived; null until it is decided
${sqlite}     day BIGINT,
${sqlite}     trace TEXT, body ${bytes} NOT NULL
${sqlite} );
${sqlite} INSERT INTO delivery_new (sequence, id, event, received_at, outcome, reason, message_id, run, attempts, decided_at, day, trace, body)
${sqlite}     SELECT sequence, id, event, received_at, outcome, reason, message_id, run, attempts, decided_at, decided_at / 86400000,
${sqlite}     trace, body FROM delivery;
${sqlite} UPDATE sqlite_sequence SET seq = max(seq, (SELECT seq FROM sqlite_sequence WHERE name = 'delivery')) WHERE name = 'delivery_new';
${sqlite} DROP TABLE delivery;
${sqlite} ALTER TABLE delivery_new RENAME TO delivery;
${sqlite} CREATE INDEX delivery_end ON delivery (outcome, reason, message_id);
${sqlite} CREATE INDEX delivery_decided ON delivery (decided_at);
${sqlite} CREATE INDEX delivery_held ON delivery (run) WHERE outcome = 'held';
${sqlite} CREATE INDEX delivery_in_progress ON delivery (sequence) WHERE outcome = 'in-progress';
${sqlite} CREATE INDEX delivery_message ON delivery (message_id) WHERE message_id IS NOT NULL;
${sqlite} CREATE INDEX delivery_run ON delivery (run) WHERE run IS NOT NULL;
INSERT INTO outcome_day (day, outcome, reason, deliveries)
    SELECT day, outcome, coalesce(reason, ''), count(*) FROM delivery WHERE day IS NOT NULL GROUP BY day, outcome, coalesce(reason, '');

-- 6. Who may see it: public, private or unknown. Long documents of incidents behind the columns that are filtered.
ALTER TABLE run ADD COLUMN visibility TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE message ADD COLUMN visibility TEXT NOT NULL DEFAULT 'unknown';
${postgresql} ALTER TABLE incident ADD COLUMN visibility TEXT NOT NULL DEFAULT 'unknown';
${sqlite} CREATE TABLE incident_new (
${sqlite}     id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL, area TEXT NOT NULL, sig TEXT NOT NULL,
${sqlite}     opened_at BIGINT NOT NULL, closed_at BIGINT, acknowledged_at BIGINT, visibility TEXT NOT NULL DEFAULT 'unknown',
${sqlite}     document TEXT NOT NULL, response_state TEXT
${sqlite} );
${sqlite} INSERT INTO incident_new (id, kind, title, state, area, sig, opened_at, closed_at, acknowledged_at, document, response_state)
${sqlite}     SELECT id, kind, title, state, area, sig, opened_at, closed_at, acknowledged_at, document, response_state FROM incident;
${sqlite} DROP TABLE incident;
${sqlite} ALTER TABLE incident_new RENAME TO incident;
${sqlite} CREATE INDEX incident_kind ON incident (kind, state);
${sqlite} CREATE INDEX incident_response ON incident (closed_at) WHERE response_state IS NOT NULL;
-- What is known of a repository (org/repo) or a job of it; job is empty for the repository itself.
CREATE TABLE visibility (
    repository TEXT NOT NULL,
    job        TEXT NOT NULL,
    visibility TEXT NOT NULL,
    PRIMARY KEY (repository, job)
);

-- 7. Indexes: nothing scans a large table.
CREATE INDEX incident_open ON incident (opened_at, id) WHERE state = 'open';
CREATE INDEX incident_closed ON incident (state, closed_at, id);
CREATE INDEX run_lane_end ON run (lane, ended_at);
CREATE INDEX run_end ON run (ended_at);
CREATE INDEX run_build ON run (build_id);
CREATE INDEX lane_day_lane ON lane_day (lane, day);
CREATE INDEX message_due ON message (due_at);
CREATE INDEX outbox_root_thread ON outbox_root (thread);
-- Also of a message that some channels batch and others send.
DROP INDEX message_batched;
CREATE INDEX message_batched ON message (batched_into) WHERE batched_into IS NOT NULL;
