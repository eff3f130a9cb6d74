// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.RateLimitTable;
import io.kubevirt.cinotify.store.RateLimitTable.Candidate;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keeps a runaway from calling people without end: only so many messages call people within an hour. The first that finds
 * no room brings a notice of that at the home of each channel; it and all further ones come there in one digest when the
 * hour is over. Channels without a home hear each message as it comes: there a digest could not make up for it.
 */
final class RateLimiter {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String BATCH_MARK = "rate-limit/digest";
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

    /** Says what is over the hour, and decides about whatever is due and wants to call people. */
    void decide() {
        currentBatch().filter(mark -> !mark.at().plus(HOUR).isAfter(now)).ifPresent(mark -> sendBatch(mark.value()));
        rateLimits.candidates(now, BATCH).forEach(this::decide);
    }

    private void decide(Candidate request) {
        List<String> calling = homes().stream().map(Channel::name).toList();
        if (!rateLimits.isWaitingAt(request.id(), calling)) {
            rateLimits.admitUncounted(request.id());
        } else if (isWithinLimits(request)) {
            rateLimits.admit(request.id(), now);
        } else {
            rateLimits.batch(request.id(), calling, digestId(startedBatch(), homes().getFirst()), now);
        }
    }

    private boolean isWithinLimits(Candidate request) {
        Instant hourAgo = now.minus(HOUR);
        return rateLimits.admittedSince(hourAgo) < rules.messagesPerHour()
                && Stream.of(Optional.ofNullable(request.person()), Optional.ofNullable(request.sigPerson()))
                        .flatMap(Optional::stream)
                        .noneMatch(person ->
                                rateLimits.admittedSince(hourAgo, person) >= rules.messagesPerPersonAndHour());
    }

    private Optional<Watermark> currentBatch() {
        return transaction.watermarks().find(BATCH_MARK);
    }

    /** The name of the digest that is being gathered; if there is none, one is begun, and people are told. */
    private String startedBatch() {
        return currentBatch().map(Watermark::value).orElseGet(() -> {
            String name = "digest-" + now.toEpochMilli();
            transaction.watermarks().set(BATCH_MARK, new Watermark(name, now));
            send(name + "-notice", home -> RateLimitNotice.notice(rules, now.plus(HOUR)));
            return name;
        });
    }

    private void sendBatch(String name) {
        transaction.watermarks().remove(BATCH_MARK);
        List<RateLimitNotice.Line> lines = homes().stream()
                .flatMap(home -> rateLimits.batchedIn(digestId(name, home)).stream())
                .map(this::line)
                .toList();
        if (!lines.isEmpty()) {
            send(name, home -> RateLimitNotice.digest(lines));
        }
    }

    private RateLimitNotice.Line line(String id) {
        return new RateLimitNotice.Line(transaction.messages().get(id), rateLimits.isResolved(id));
    }

    private void send(String name, Function<Channel, RateLimitNotice> text) {
        for (Channel home : homes()) {
            RateLimitNotice words = text.apply(home);
            String id = digestId(name, home);
            new OutboxWriter(channels, transaction, now)
                    .add(new OutgoingMessage.TextMessage(
                            id,
                            id,
                            home.name(),
                            home.defaultDestination().orElseThrow(),
                            words.title(),
                            words.markdown()));
        }
    }

    private List<Channel> homes() {
        return channels.channels().stream()
                .filter(channel -> channel.defaultDestination().isPresent())
                .toList();
    }

    private static String digestId(String name, Channel home) {
        return name + "-" + Objects.requireNonNull(home.name());
    }
}
