-- Written once for both stores: ${bytes} and ${sequence} stand for their words, whole numbers are BIGINT.

-- What only one of several replicas may do at a time, who does it, and until when.
CREATE TABLE lease (
    name       TEXT   PRIMARY KEY,
    holder     TEXT   NOT NULL,
    -- by the database's clock; in the past, it is anybody's
    expires_at BIGINT NOT NULL
);
