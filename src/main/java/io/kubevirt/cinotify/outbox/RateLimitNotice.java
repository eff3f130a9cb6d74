// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said in place of messages for which the hour had no room. */
record RateLimitNotice(String title, String markdown) {

    /**
     * A message that was not said by itself.
     *
     * @param resolved whether what it tells of is over by now
     */
    record Line(OutgoingMessage message, boolean resolved) {}

    static RateLimitNotice notice(SendingConfig rules, Instant until) {
        return new RateLimitNotice(
                "Too many messages: the next ones come together",
                "More than " + rules.messagesPerHour() + " messages within an hour would call people, or more than "
                        + rules.messagesPerPersonAndHour() + " the same person. Whatever finds no room comes in one"
                        + " digest at " + until + ". If this is how much there should be, raise"
                        + " `sending.messagesPerHour` or `sending.messagesPerPersonAndHour`.");
    }

    static RateLimitNotice digest(List<Line> lines) {
        return new RateLimitNotice(
                lines.size() + (lines.size() == 1 ? " message" : " messages") + " for which the hour had no room",
                lines.stream().map(RateLimitNotice::row).collect(Collectors.joining("\n")));
    }

    private static String row(Line line) {
        String end = line.resolved() ? " – over by now" : "";
        return switch (line.message()) {
            case OutgoingMessage.IncidentMessage(Notification message, List<String> why) ->
                "- " + message.kind().value() + " " + code(message.incident().title()) + to(message.to()) + end;
            case OutgoingMessage.TextMessage letter -> "- " + code(letter.title()) + end;
        };
    }

    private static String to(@Nullable Recipient to) {
        return to == null || to.handle() == null ? "" : " for " + code(to.handle());
    }

    /** As code, so that nothing in it is markup and nobody is called. */
    private static String code(String outside) {
        return "`" + outside.replace('`', '\'').replaceAll("\\s+", " ") + "`";
    }
}
