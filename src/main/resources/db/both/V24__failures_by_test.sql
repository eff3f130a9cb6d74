-- Written once for both stores. A line that begins with ${postgresql} or ${sqlite} is for that store alone.

-- The failures of a test in a period are read together, without their runs.

-- Lanes by the visibility of their runs. Some are equal once a visibility has changed.
CREATE TABLE test_lane (
    id         ${sequence},
    lane       TEXT NOT NULL,
    visibility TEXT NOT NULL
);
CREATE INDEX test_lane_name ON test_lane (lane, visibility);
INSERT INTO test_lane (lane, visibility) SELECT DISTINCT lane, visibility FROM test_run;

CREATE TABLE failure_of_test (
    test     BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    run      BIGINT NOT NULL,
    -- 0 if so many tests failed in the run that it says nothing about each
    lane_id  BIGINT NOT NULL,
    pull     BIGINT NOT NULL,
    -- 1 if the lane also passed on the commit, or the test also passed in the report
    flaky    BIGINT NOT NULL,
    PRIMARY KEY (test, ended_at, run)
${sqlite} ) WITHOUT ROWID;
${postgresql} );
INSERT INTO failure_of_test (test, ended_at, run, lane_id, pull, flaky)
    SELECT f.test, r.ended_at, r.id, CASE WHEN r.failures > 50 THEN 0 ELSE l.id END, r.pull, f.flaky
    FROM test_failure AS f JOIN test_run AS r ON r.id = f.run
    JOIN test_lane AS l ON l.lane = r.lane AND l.visibility = r.visibility
    ORDER BY f.test, r.ended_at, r.id;
DROP TABLE test_failure;
ALTER TABLE failure_of_test RENAME TO test_failure;
${postgresql} ALTER TABLE test_failure RENAME CONSTRAINT failure_of_test_pkey TO test_failure_pkey;
CREATE INDEX test_failure_run ON test_failure (run);

-- Failures by the UTC day on which their runs ended, as days since 1970-01-01.
CREATE TABLE day_of_test (
    test   BIGINT NOT NULL,
    day    BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    flaky  BIGINT NOT NULL,
    PRIMARY KEY (test, day)
${sqlite} ) WITHOUT ROWID;
${postgresql} );
INSERT INTO day_of_test (test, day, failed, flaky) SELECT test, day, failed, flaky FROM test_day ORDER BY test, day;
DROP TABLE test_day;
ALTER TABLE day_of_test RENAME TO test_day;
${postgresql} ALTER TABLE test_day RENAME CONSTRAINT day_of_test_pkey TO test_day_pkey;
CREATE INDEX test_day_day ON test_day (day);
