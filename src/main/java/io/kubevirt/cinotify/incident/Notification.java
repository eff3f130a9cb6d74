// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be said about one incident: one message, however many people it names.
 *
 * @param id its identity; saying it twice is saying it once
 * @param decidedAt when it was decided
 * @param at when the people named in it are told; later than decided if they are not at work
 * @param incident as it stood when this was decided
 * @param to the people; null for an edit of what was said before, which calls nobody
 * @param text what is said, in a sentence or some lines
 */
public record Notification(
        String id,
        NotificationKind kind,
        Instant decidedAt,
        Instant at,
        IncidentView incident,
        @Nullable Recipient to,
        String text) {

    /** When it is first to be seen: the channel may have it before the person is at work. */
    public Instant firstSeenAt() {
        return to != null && to.channelAtOnce() ? decidedAt : at;
    }

    /** The same with one reason more for what the incident is. */
    public Notification withReason(String reason) {
        return new Notification(id, kind, decidedAt, at, incident.withReason(reason), to, text);
    }
}
