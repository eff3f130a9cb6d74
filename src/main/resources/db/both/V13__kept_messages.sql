-- Written once for both stores: ${bytes} and ${sequence} stand for their words, whole numbers are BIGINT.

-- Nobody asks when a person was last told: whoever is asked for has been told within the hour, which content_admitted knows.
DROP INDEX content_told;
DROP INDEX content_told_sig;

-- What belongs together is forgotten together.
CREATE INDEX content_thread ON content (thread, decided_at);
CREATE INDEX saying_dead ON saying (settled_at) WHERE state = 'dead';
