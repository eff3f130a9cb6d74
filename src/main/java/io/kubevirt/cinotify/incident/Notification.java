// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message about one incident, however many people it names.
 *
 * @param id a notification with the same id is sent once
 * @param at when its recipients are notified; later than decided if they are off duty
 * @param to null for an edit of an earlier message, which notifies nobody
 * @param changes null if none is worth showing
 * @param alsoFailed where else its test failed, without full stop; null for nowhere; contains outside text
 */
public record Notification(
        String id,
        NotificationKind kind,
        Instant decidedAt,
        Instant at,
        IncidentView incident,
        @Nullable Recipient to,
        String text,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ChangeNote changes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String alsoFailed) {
    /** Begins the text of a notification that may already be sent, on a channel without lookup. */
    public static final String POSSIBLE_DUPLICATE = "(Possible duplicate.) ";

    /** Without notes. */
    public Notification(
            String id,
            NotificationKind kind,
            Instant decidedAt,
            Instant at,
            IncidentView incident,
            @Nullable Recipient to,
            String text) {
        this(id, kind, decidedAt, at, incident, to, text, null, null);
    }

    /**
     * What changed before the lane broke.
     *
     * @param sentence without full stop; contains outside text
     * @param compare the page with the changes; null if unknown
     */
    public record ChangeNote(String sentence, @Nullable String compare) {}

    /** When the message appears in the channel, which may be before the recipient is on duty. */
    public Instant firstSeenAt() {
        return to != null && to.channelAtOnce() ? decidedAt : at;
    }

    /** The same as the first notification that somebody gets about the open incident. */
    public Notification asOpened(@Nullable Recipient recipient) {
        return new Notification(
                id, NotificationKind.OPENED, decidedAt, at, incident, recipient, text, changes, alsoFailed);
    }

    /** The end of an incident for destinations that may not show it any more. */
    public Notification withoutDetails() {
        IncidentView shown = incident.withoutDetails();
        return new Notification(
                id + "-public",
                NotificationKind.RESOLVED,
                decidedAt,
                at,
                shown,
                null,
                shown.title() + " is no longer shown here, because it is private now");
    }

    public Notification with(ChangeNote note) {
        return new Notification(id, kind, decidedAt, at, incident, to, text, note, alsoFailed);
    }

    public Notification withAlsoFailed(String sentence) {
        return new Notification(id, kind, decidedAt, at, incident, to, text, changes, sentence);
    }

    /** The same to others, or with another text. */
    public Notification with(@Nullable Recipient recipient, String newText) {
        return new Notification(id, kind, decidedAt, at, incident, recipient, newText, changes, alsoFailed);
    }
}
