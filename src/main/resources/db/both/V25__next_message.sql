-- Written once for both stores. A line that begins with ${postgresql} or ${sqlite} is for that store alone.

-- The next message of a destination is found without reading all that wait behind it.
CREATE INDEX outbox_next ON outbox (channel, destination, sequence) WHERE state IN ('waiting', 'sending', 'unknown');
