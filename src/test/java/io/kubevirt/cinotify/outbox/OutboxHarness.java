// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.config.SendingConfig;
import io.kubevirt.cinotify.digest.DigestConfig;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.DeliveryCounts;
import io.kubevirt.cinotify.store.JournalEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An outbox on a real store, on virtual time and on the test's own thread. */
final class OutboxHarness {

    private static final Duration SHORTEST_STEP = Duration.ofSeconds(5);
    private static final int STEPS = 50;

    final EmbeddedStore database;
    final Channels channels;
    private final SendingConfig rules;
    private final long seed;
    private MessageSender sender;
    private DigestConfig.@Nullable Destination operators;
    Instant now = Examples.NOON;

    OutboxHarness(Path folder, SendingConfig rules, long seed, Channel... open) {
        this.database = EmbeddedStore.in(folder);
        this.channels = new Channels(Arrays.asList(open));
        this.rules = rules;
        this.seed = seed;
        this.sender = newSender();
    }

    OutboxHarness(Path folder, Channel... open) {
        this(folder, SendingConfig.DEFAULTS, 1, open);
    }

    /** Notices of messages that are given up go to a destination. */
    OutboxHarness notifying(String channel, String destination) {
        operators = new DigestConfig.Destination(channel, destination);
        return this;
    }

    private MessageSender newSender() {
        Random random = new Random(seed);
        return new MessageSender(
                database.store(),
                () -> now,
                () -> new RetryPolicy(rules.attempts(), rules.giveUpAfter(), random),
                new OutcomeRecorder.Reports(channels, () -> Optional.ofNullable(operators)));
    }

    /** Something is decided, because of a delivery of the same name. */
    OutboxHarness add(OutgoingMessage content) {
        database.store().inTransaction(transaction -> {
            JournalEntry delivery = new JournalEntry("for " + content.id(), "status", now, new byte[0], 0);
            if (transaction.deliveries().insert(delivery)) {
                transaction.deliveries().notified(delivery.id(), content.id(), List.of("because"), now);
            }
            if (content instanceof OutgoingMessage.IncidentMessage message) {
                transaction.incidents().save(message.notification().incident(), null, now);
                transaction.visibility().set(message.thread(), Visibility.PUBLIC);
            }
            new OutboxWriter(channels, transaction, now).add(content);
            return true;
        });
        return this;
    }

    boolean withdraw(OutgoingMessage content) {
        return database.store()
                .inTransaction(transaction -> new OutboxWriter(channels, transaction, now).withdraw(content.id()));
    }

    /** Everything that can be done now is done. */
    OutboxHarness settle() {
        sender.recordAll();
        applyRateLimit();
        boolean busy = true;
        while (busy) {
            busy = false;
            for (Channel channel : channels.channels()) {
                Optional<ClaimedMessage> claimed = claim(channel);
                claimed.ifPresent(it -> sender.send(channel, it));
                busy |= claimed.isPresent();
            }
        }
        return this;
    }

    Optional<ClaimedMessage> claim(Channel channel) {
        return sender.claim(channel);
    }

    void send(Channel channel, ClaimedMessage claimed) {
        sender.send(channel, claimed);
    }

    /** Sends, but dies before the outcome is recorded. */
    void call(Channel channel, ClaimedMessage claimed) {
        sender.call(channel, claimed);
    }

    void applyRateLimit() {
        database.store().inTransaction(transaction -> {
            new RateLimiter(transaction, channels, rules, now).decide();
            return true;
        });
    }

    /** Time passes, and whatever becomes due is done. */
    OutboxHarness pass(Duration time) {
        Instant end = now.plus(time);
        Duration step = time.dividedBy(STEPS);
        while (now.isBefore(end)) {
            Instant next = now.plus(step.compareTo(SHORTEST_STEP) > 0 ? step : SHORTEST_STEP);
            now = next.isAfter(end) ? end : next;
            settle();
        }
        return this;
    }

    MessageSender sender() {
        return sender;
    }

    /** The process dies and another one starts, which waits for the leases of the first. */
    void crash() {
        sender = newSender();
    }

    /** The process dies and another one starts on the same embedded store, where it ends the claims of the first. */
    void restart() {
        crash();
        sender.refreshLiveness();
    }

    String state(OutgoingMessage content, Channel channel) {
        return String.valueOf(database.outcomes()
                .query("SELECT state FROM outbox WHERE message_id = '" + content.id() + "' AND channel = '"
                        + channel.name() + "' AND form IN ('send', 'silent')")
                .getFirst()
                .get("state"));
    }

    DeliveryCounts deliveryCounts() {
        return database.store()
                .inTransaction(transaction -> transaction.deliveryCounts().at(now));
    }

    long unsettled() {
        return database.outcomes()
                .query("SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending', 'unknown')")
                .size();
    }
}
