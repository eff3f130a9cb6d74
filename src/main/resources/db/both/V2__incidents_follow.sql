-- What the incidents follow from, in the order in which it happened, as far back as anything can come late.
CREATE TABLE incident_input (
    at       BIGINT NOT NULL,
    -- its place among what happened at the same instant, and its identity there
    rank     TEXT   NOT NULL,
    document TEXT   NOT NULL,
    PRIMARY KEY (at, rank)
);

-- How things stood when all before an instant had been counted: JSON, packed with gzip, in base 64.
CREATE TABLE incident_checkpoint (
    at       BIGINT PRIMARY KEY,
    document TEXT   NOT NULL
);

-- One row: whoever decides counts it up first, and so is alone and knows whether somebody else has decided meanwhile.
CREATE TABLE incident_memory (
    version   BIGINT NOT NULL,
    attention TEXT   NOT NULL
);
INSERT INTO incident_memory (version, attention) VALUES (0, '');
