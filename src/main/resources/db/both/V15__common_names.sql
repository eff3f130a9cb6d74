-- V15__common_names.sql (src/main/resources/db/both): tables, columns and values under the names that the code has now.
-- Written once for both stores. ${postgresql} is empty for PostgreSQL and "--" for SQLite: such a line is for PostgreSQL alone,
-- where constraints and sequences have names of their own. SQLite has no ALTER INDEX, so indexes are made anew in both.
-- Nothing is lost and no row is copied; there is no way back (docs/operate.md, "Upgrade").

-- 1. Tables. SQLite and PostgreSQL carry foreign keys, partial indexes and the sequence over to the new name.
ALTER TABLE content RENAME TO message;
ALTER TABLE saying RENAME TO outbox;
ALTER TABLE saying_root RENAME TO outbox_root;
ALTER TABLE saying_place RENAME TO destination;
ALTER TABLE incident_input RENAME TO incident_event;
ALTER TABLE incident_memory RENAME TO engine_state;
ALTER TABLE heartbeat RENAME TO write_probe;

-- 2. Columns.
-- the message that it led to
ALTER TABLE delivery RENAME COLUMN notice_id TO message_id;
-- who was notified of it and who answered; null once it can come back no more
ALTER TABLE incident RENAME COLUMN care TO response_state;
ALTER TABLE engine_state RENAME COLUMN attention TO notifier_state;
ALTER TABLE write_probe RENAME COLUMN beats TO writes;
ALTER TABLE write_probe RENAME COLUMN ballast TO padding;
-- the rate limit's digest that carries it instead
ALTER TABLE message RENAME COLUMN gathered_into TO batched_into;
ALTER TABLE outbox RENAME COLUMN content_id TO message_id;
ALTER TABLE outbox RENAME COLUMN place TO destination;
ALTER TABLE outbox RENAME COLUMN since TO first_due_at;
-- when the last attempt ended that may have written it, or began if the process died; null if none may have
ALTER TABLE outbox RENAME COLUMN doubtful_since TO uncertain_since;
ALTER TABLE outbox_root RENAME COLUMN place TO destination;
-- the sequence of the newest message that it shows
ALTER TABLE outbox_root RENAME COLUMN shown TO shown_sequence;
-- how often somebody has deleted it
ALTER TABLE outbox_root RENAME COLUMN lost TO deletions;
ALTER TABLE destination RENAME COLUMN place TO destination;
-- not to be called before this, by the channel's own limit or because it asked for it
ALTER TABLE destination RENAME COLUMN free_at TO not_before;
-- org/repo#number
ALTER TABLE command RENAME COLUMN place TO conversation;
-- JSON of what other failures are compared with
ALTER TABLE evidence RENAME COLUMN seen TO failure;
-- the text of the problem as the incident engine was last notified of it
ALTER TABLE bump_problem RENAME COLUMN told TO reported;

-- 3. Indexes that have the old words in their names or their conditions.
DROP INDEX delivery_noticed;
DROP INDEX incident_cared;
DROP INDEX content_unasked;
DROP INDEX content_gathered;
DROP INDEX content_admitted;
DROP INDEX content_thread;
DROP INDEX saying_unsettled;
DROP INDEX saying_strand;
DROP INDEX saying_ends;
DROP INDEX saying_dead;
DROP INDEX command_place;

-- 4. Values.
UPDATE delivery SET outcome = 'notified' WHERE outcome = 'noticed';
-- pending: interrupts somebody, and the rate limit has not been asked yet; admitted, batched, withdrawn
UPDATE message SET state = 'pending' WHERE state = 'unasked';
UPDATE message SET state = 'batched' WHERE state = 'gathered';
-- of an incident's notification its kind; text for all others
UPDATE message SET kind = 'text' WHERE kind = 'letter';
UPDATE outbox SET kind = 'text' WHERE kind = 'letter';
-- waiting, sending, unknown; settled: sent, replaced, stale, batched, withdrawn, dead
UPDATE outbox SET state = 'sent' WHERE state = 'written';
UPDATE outbox SET state = 'batched' WHERE state = 'gathered';
-- send; silent: mentions nobody yet, or replaces a text; mention: mentions the people of what was sent silently; announce, retract
UPDATE outbox SET form = 'send' WHERE form = 'say';
UPDATE outbox SET form = 'silent' WHERE form = 'show';
UPDATE outbox SET form = 'mention' WHERE form = 'call';
UPDATE watermark SET name = 'rate-limit/digest' WHERE name = 'gathering';

-- 5. The indexes again.
CREATE INDEX delivery_message ON delivery (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX incident_response ON incident (closed_at) WHERE response_state IS NOT NULL;
CREATE INDEX message_pending ON message (due_at) WHERE state = 'pending';
CREATE INDEX message_batched ON message (batched_into) WHERE state = 'batched';
CREATE INDEX message_admitted ON message (admitted_at) WHERE admitted_at IS NOT NULL;
CREATE INDEX message_thread ON message (thread, decided_at);
CREATE INDEX outbox_unsettled ON outbox (channel, destination, due_at) WHERE state IN ('waiting', 'sending', 'unknown');
CREATE INDEX outbox_thread ON outbox (channel, destination, thread, sequence);
CREATE INDEX outbox_state ON outbox (channel, state);
CREATE INDEX outbox_dead ON outbox (settled_at) WHERE state = 'dead';
CREATE INDEX command_conversation ON command (conversation, at);

-- 6. A replica of an older version that still runs must decide nothing any more: it would take its own wrong SQL for a defect of
-- the delivery and give that up after three attempts. These leases were its own; this version takes 'decide' and 'rate-limit'.
-- A new store has no delivery and gets none of them.
INSERT INTO lease (name, holder, expires_at)
    SELECT 'deciding', 'schema 15', 9223372036854775807 WHERE EXISTS (SELECT 1 FROM delivery)
    UNION ALL SELECT 'restraining', 'schema 15', 9223372036854775807 WHERE EXISTS (SELECT 1 FROM delivery)
    ON CONFLICT (name) DO UPDATE SET holder = 'schema 15', expires_at = 9223372036854775807;

-- 7. PostgreSQL alone: what it has named by itself, for error messages and pg_dump.
${postgresql} ALTER TABLE message RENAME CONSTRAINT content_pkey TO message_pkey;
${postgresql} ALTER TABLE message RENAME CONSTRAINT content_id_key TO message_id_key;
${postgresql} ALTER TABLE outbox RENAME CONSTRAINT saying_pkey TO outbox_pkey;
${postgresql} ALTER TABLE outbox RENAME CONSTRAINT saying_content_id_fkey TO outbox_message_id_fkey;
${postgresql} ALTER TABLE outbox RENAME CONSTRAINT saying_content_id_channel_place_form_key TO outbox_message_id_channel_destination_form_key;
${postgresql} ALTER TABLE outbox_root RENAME CONSTRAINT saying_root_pkey TO outbox_root_pkey;
${postgresql} ALTER TABLE destination RENAME CONSTRAINT saying_place_pkey TO destination_pkey;
${postgresql} ALTER TABLE incident_event RENAME CONSTRAINT incident_input_pkey TO incident_event_pkey;
${postgresql} ALTER SEQUENCE content_sequence_seq RENAME TO message_sequence_seq;
${postgresql} ALTER SEQUENCE saying_sequence_seq RENAME TO outbox_sequence_seq;
