-- Written once for both stores: ${bytes} and ${sequence} stand for their words, whole numbers are BIGINT.

-- When the last attempt ended that may have written it, or began if nobody lived to see its end; null if none may have.
-- It outlives the row's being given up: what may stand there is looked for before something new is written.
ALTER TABLE saying ADD COLUMN doubtful_since BIGINT;
UPDATE saying SET doubtful_since = 0 WHERE state IN ('sending', 'unknown');
