// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.web.api.IncidentItem;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * The state of an incident in a word or two; its color only repeats it.
 *
 * @param tone red, amber, green or grey
 * @param note since or until when
 */
public record Pill(RawString text, String tone, RawString note) {
    private static final RawString NONE = new RawString("");

    static Pill of(IncidentItem incident, Instant now, ZoneId zone) {
        Moment opened = new Moment(incident.openedAt(), now, zone);
        Moment acknowledged = Moment.of(incident.acknowledgedAt(), now, zone);
        Moment waits = Moment.of(incident.waitingUntil(), now, zone);
        Moment snoozed = Moment.of(incident.snoozedUntil(), now, zone);
        Moment notified = Moment.of(incident.notifiedAt(), now, zone);
        Moment closed = Moment.of(incident.closedAt(), now, zone);
        return switch (Objects.requireNonNullElse(incident.response(), incident.state())) {
            case "unanswered" -> new Pill(text("No answer"), "red", unanswered(incident, now, zone));
            case "acknowledged" -> new Pill(text("Acknowledged"), "green", "", acknowledged, true);
            case "waiting" ->
                new Pill(
                        new RawString("Waits until " + (waits == null ? "" : waits.clock())),
                        "amber",
                        "opened ",
                        opened,
                        true);
            case "snoozed" -> new Pill(text("Snoozed"), "grey", "until ", snoozed, false);
            case "folded" -> new Pill(text("Explained"), "grey", "opened ", opened, true);
            case "resolved" -> new Pill(text("Resolved"), "green", "", closed, true);
            case "retracted" -> new Pill(text("Retracted"), "grey", "", closed, true);
            default -> new Pill(text("Not notified"), "grey", "opened ", opened, true);
        };
    }

    private Pill(
            RawString text,
            String tone,
            String before,
            @org.jspecify.annotations.Nullable Moment at,
            boolean relative) {
        this(text, tone, at == null ? NONE : new RawString(before + (relative ? at.relative() : at.clock())));
    }

    private static RawString unanswered(IncidentItem incident, Instant now, ZoneId zone) {
        Moment notified = Moment.of(incident.notifiedAt(), now, zone);
        Moment escalates =
                Moment.of(incident.next() == null ? null : incident.next().at(), now, zone);
        return new RawString((notified == null ? "" : "notified " + notified.relative())
                + (escalates == null ? "" : ", escalates " + escalates.clock()));
    }

    private static RawString text(String words) {
        return new RawString(words);
    }
}
