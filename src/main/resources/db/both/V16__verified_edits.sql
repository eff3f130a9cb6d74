-- Written once for both stores: ${bytes} and ${sequence} stand for their words, whole numbers are BIGINT.

-- The last writing request of an edit whose outcome is unknown: it may still be carried out, over a newer state. Null if none may.
ALTER TABLE outbox_root ADD COLUMN uncertain_since BIGINT;
-- When to read back what the root shows; null if there is no doubt.
ALTER TABLE outbox_root ADD COLUMN verify_at BIGINT;
CREATE INDEX outbox_root_verify ON outbox_root (channel, verify_at) WHERE verify_at IS NOT NULL;

-- How often roots of the destination were read back in this hour.
ALTER TABLE destination ADD COLUMN read_backs BIGINT NOT NULL DEFAULT 0;
ALTER TABLE destination ADD COLUMN read_backs_from BIGINT NOT NULL DEFAULT 0;

-- The run of a decided delivery, for explain.
CREATE INDEX delivery_run ON delivery (run) WHERE run IS NOT NULL;
