// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.VisibilityPolicy;
import io.kubevirt.cinotify.incident.VisibilityScope;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.RateLimitTable;
import io.kubevirt.cinotify.store.RateLimitTable.Candidate;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Limits messages that interrupt people, in total and per person and hour. The first message beyond the limit posts a notice
 * at the default destination of each channel; it and all later ones are batched into a digest, which is sent when the hour
 * ends. Channels without a default destination are not limited: they have no place for the digest.
 */
final class RateLimiter {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String BATCH_WATERMARK = "rate-limit/digest";
    private static final int BATCH = 100;

    private final Transaction transaction;
    private final RateLimitTable rateLimits;
    private final Channels channels;
    private final SendingConfig rules;
    private final Instant now;

    RateLimiter(Transaction transaction, Channels channels, SendingConfig rules, Instant now) {
        this.transaction = transaction;
        this.rateLimits = transaction.rateLimits();
        this.channels = channels;
        this.rules = rules;
        this.now = now;
    }

    /** Sends a batch whose hour has ended, then admits or batches each due message that interrupts people. */
    void decide() {
        currentBatch()
                .filter(watermark -> !watermark.at().plus(HOUR).isAfter(now))
                .ifPresent(watermark -> sendBatch(watermark.value()));
        rateLimits.candidates(now, BATCH).forEach(this::decide);
    }

    private void decide(Candidate candidate) {
        List<String> limited = limitedChannels().stream().map(Channel::name).toList();
        if (!rateLimits.isWaitingAt(candidate.id(), limited)) {
            rateLimits.admitUncounted(candidate.id());
        } else if (isWithinLimits(candidate)) {
            rateLimits.admit(candidate.id(), now);
        } else {
            rateLimits.batch(
                    candidate.id(),
                    limited,
                    digestId(startedBatch(), limitedChannels().getFirst()),
                    now);
        }
    }

    private boolean isWithinLimits(Candidate candidate) {
        Instant hourAgo = now.minus(HOUR);
        return rateLimits.admittedSince(hourAgo) < rules.messagesPerHour()
                && Stream.of(Optional.ofNullable(candidate.person()), Optional.ofNullable(candidate.sigPerson()))
                        .flatMap(Optional::stream)
                        .noneMatch(person ->
                                rateLimits.admittedSince(hourAgo, person) >= rules.messagesPerPersonAndHour());
    }

    private Optional<Watermark> currentBatch() {
        return transaction.watermarks().find(BATCH_WATERMARK);
    }

    /** The name of the current batch; starts one and posts the notice if there is none. */
    private String startedBatch() {
        return currentBatch().map(Watermark::value).orElseGet(() -> {
            String name = "digest-" + now.toEpochMilli();
            transaction.watermarks().set(BATCH_WATERMARK, new Watermark(name, now));
            send(name + "-notice", channel -> Notice.notice(rules, now.plus(HOUR)));
            return name;
        });
    }

    private void sendBatch(String name) {
        transaction.watermarks().remove(BATCH_WATERMARK);
        List<String> ids = limitedChannels().stream()
                .flatMap(channel -> rateLimits.batchedIn(digestId(name, channel)).stream())
                .toList();
        if (!ids.isEmpty()) {
            send(name, channel -> digest(ids, channel));
        }
    }

    private Notice digest(List<String> ids, Channel channel) {
        Audience audience =
                channels.audience(channel.name(), channel.defaultDestination().orElseThrow());
        VisibilityPolicy.Selection<OutgoingMessage> shown = VisibilityPolicy.select(
                audience,
                ids.stream().map(transaction.messages()::get).toList(),
                message -> message instanceof OutgoingMessage.IncidentMessage
                        ? transaction.visibility().scope(message.thread())
                        : VisibilityScope.PUBLIC);
        return Notice.digest(
                shown.shown().stream()
                        .map(message -> new Notice.Line(message, rateLimits.isResolved(message.id())))
                        .toList(),
                shown.note());
    }

    private void send(String name, Function<Channel, Notice> text) {
        for (Channel channel : limitedChannels()) {
            Notice notice = text.apply(channel);
            String id = digestId(name, channel);
            new OutboxWriter(channels, transaction, now)
                    .add(new OutgoingMessage.TextMessage(
                            id,
                            id,
                            channel.name(),
                            channel.defaultDestination().orElseThrow(),
                            notice.title(),
                            notice.markdown()));
        }
    }

    private List<Channel> limitedChannels() {
        return channels.channels().stream()
                .filter(channel -> channel.defaultDestination().isPresent())
                .toList();
    }

    private static String digestId(String name, Channel channel) {
        return name + "-" + Objects.requireNonNull(channel.name());
    }

    /** The text that replaces batched messages. */
    record Notice(String title, String markdown) {
        /** @param resolved whether the incident has been resolved since */
        record Line(OutgoingMessage message, boolean resolved) {}

        static Notice notice(SendingConfig rules, Instant until) {
            return new Notice(
                    "Rate limit reached: further messages are batched",
                    "More than " + Plural.of(rules.messagesPerHour(), "message")
                            + " in an hour would mention people, or more than "
                            + rules.messagesPerPersonAndHour() + " the same person. Further messages come in one digest"
                            + " at " + until + ". If this volume is expected, raise `sending.messagesPerHour` or"
                            + " `sending.messagesPerPersonAndHour`.");
        }

        /** @param withheld a note on those that must not be shown here */
        static Notice digest(List<Line> lines, Optional<String> withheld) {
            return new Notice(
                    Plural.of(lines.size(), "message") + " beyond the rate limit",
                    Stream.concat(
                                    lines.stream().map(Notice::row),
                                    withheld.stream().map(note -> "- " + note))
                            .collect(Collectors.joining("\n")));
        }

        private static String row(Line line) {
            String suffix = line.resolved() ? " – resolved" : "";
            return switch (line.message()) {
                case OutgoingMessage.IncidentMessage(Notification message, List<String> reasons) ->
                    "- " + message.kind().value() + " "
                            + code(message.incident().title()) + to(message.to()) + suffix;
                case OutgoingMessage.TextMessage text -> "- " + code(text.title()) + suffix;
            };
        }

        private static String to(@Nullable Recipient to) {
            return to == null || to.handle() == null ? "" : " for " + code(to.handle());
        }

        /** Code markup, so that it contains no other markup and mentions nobody. */
        private static String code(String untrusted) {
            return "`" + untrusted.replace('`', '\'').replaceAll("\\s+", " ") + "`";
        }
    }
}
