-- Written once for both stores. A line that begins with ${postgresql} or ${sqlite} is for that store alone.

-- What people say against diagnoses, for the rules that are often wrong.
CREATE TABLE feedback (
    id       TEXT   PRIMARY KEY,
    at       BIGINT NOT NULL,
    incident TEXT   NOT NULL,
    -- the rule that decided
    rule     TEXT   NOT NULL,
    -- wrong-cause or not-ours
    kind     TEXT   NOT NULL,
    -- JSON, with the evidence
    document TEXT   NOT NULL
);
CREATE INDEX feedback_rule ON feedback (rule);
