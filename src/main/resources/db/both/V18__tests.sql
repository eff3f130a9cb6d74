-- Written once for both stores. A line that begins with ${postgresql} or ${sqlite} is for that store alone.

-- Tests that failed: filled from the reports of failed runs. Reports of earlier runs are not kept, so there is nothing to fill it with.
CREATE TABLE test (
    id          ${sequence},
    -- normalized: the same on every branch
    name        TEXT   NOT NULL UNIQUE,
    -- the SIG of its tag, or else of the diagnosis of its newest failure
    sig         TEXT   NOT NULL,
    -- 1 if its newest failure marked it so
    quarantined BIGINT NOT NULL,
    first_seen  BIGINT NOT NULL,
    last_seen   BIGINT NOT NULL
);
CREATE INDEX test_last_seen ON test (last_seen);

-- Failed runs with failed tests.
CREATE TABLE test_run (
    id         ${sequence},
    lane       TEXT   NOT NULL,
    build_id   TEXT   NOT NULL,
    -- the first one under test; 0 for none
    pull       BIGINT NOT NULL,
    ended_at   BIGINT NOT NULL,
    -- all of them; test_failure has only the first ones
    failures   BIGINT NOT NULL,
    visibility TEXT   NOT NULL,
    UNIQUE (lane, build_id)
);
CREATE INDEX test_run_end ON test_run (ended_at);

CREATE TABLE test_failure (
    test  BIGINT NOT NULL,
    run   BIGINT NOT NULL,
    -- 1 if the lane also passed on the commit, or the test also passed in the report
    flaky BIGINT NOT NULL,
    PRIMARY KEY (test, run)
);
CREATE INDEX test_failure_run ON test_failure (run);

-- Failures by the UTC day on which their runs ended, as days since 1970-01-01.
CREATE TABLE test_day (
    day    BIGINT NOT NULL,
    test   BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    flaky  BIGINT NOT NULL,
    PRIMARY KEY (day, test)
);
CREATE INDEX test_day_test ON test_day (test, day);
