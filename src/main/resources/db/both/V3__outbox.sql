-- Written once for both stores: ${bytes} and ${sequence} stand for their words, whole numbers are BIGINT.

-- Everything that was decided to be said, at however many places.
CREATE TABLE content (
    sequence      ${sequence},
    id            TEXT    NOT NULL UNIQUE,
    -- what belongs together: the incident, or what a letter continues
    thread        TEXT    NOT NULL,
    -- of a message: opened, folded, escalated, reminded, resolved, digest; or letter
    kind          TEXT    NOT NULL,
    -- unasked: interrupts somebody, and it is not known yet whether the hour still has room for it
    -- admitted, gathered, withdrawn
    state         TEXT    NOT NULL,
    decided_at    BIGINT NOT NULL,
    due_at        BIGINT NOT NULL,
    -- when the hour had room for it; only of what interrupts somebody
    admitted_at   BIGINT,
    -- the digest that says it instead, because the hour had no room for it
    gathered_into TEXT,
    -- who is told, in lower case
    handle        TEXT,
    sig_person    TEXT,
    document      TEXT    NOT NULL
);
CREATE INDEX content_unasked ON content (due_at) WHERE state = 'unasked';
CREATE INDEX content_gathered ON content (gathered_into) WHERE state = 'gathered';
CREATE INDEX content_admitted ON content (admitted_at) WHERE admitted_at IS NOT NULL;
CREATE INDEX content_told ON content (handle);
CREATE INDEX content_told_sig ON content (sig_person);

-- One content at one place of one channel.
CREATE TABLE saying (
    sequence    ${sequence},
    content_id  TEXT    NOT NULL REFERENCES content (id),
    thread      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    place       TEXT    NOT NULL,
    -- say; show: calls nobody yet; call: calls the people of what was shown; announce: it will be said later; retract: it
    -- will not
    form        TEXT    NOT NULL,
    -- unsettled: waiting, sending, unknown (it may be there); settled: written, replaced by a later one, stale, gathered,
    -- withdrawn, dead
    state       TEXT    NOT NULL,
    -- the earliest instant of the next attempt
    due_at      BIGINT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0,
    -- by what the channel knows what was written
    reference   TEXT,
    problem     TEXT,
    -- when it was first due
    since       BIGINT NOT NULL,
    settled_at  BIGINT,
    UNIQUE (content_id, channel, place, form)
);
CREATE INDEX saying_unsettled ON saying (channel, place, due_at) WHERE state IN ('waiting', 'sending', 'unknown');
CREATE INDEX saying_strand ON saying (channel, place, thread, sequence);
CREATE INDEX saying_ends ON saying (channel, state);

-- What stands at a place for a thread.
CREATE TABLE saying_root (
    channel   TEXT    NOT NULL,
    place     TEXT    NOT NULL,
    thread    TEXT    NOT NULL,
    -- null once somebody has deleted it
    reference TEXT,
    -- the newest saying that it shows
    shown     BIGINT NOT NULL,
    -- how often somebody has deleted it
    lost      BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, place, thread)
);

-- Who is at a place: one at a time, until the lease ends. The place '' stands for the whole channel.
CREATE TABLE saying_place (
    channel       TEXT    NOT NULL,
    place         TEXT    NOT NULL,
    claimed_by    TEXT,
    claimed_until BIGINT NOT NULL DEFAULT 0,
    -- not before this, by the channel's own limit or by its word
    free_at       BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, place)
);
