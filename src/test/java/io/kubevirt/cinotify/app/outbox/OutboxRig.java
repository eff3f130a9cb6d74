/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.settings.SendingRules;
import io.kubevirt.cinotify.store.StoredDelivery;
import io.kubevirt.cinotify.store.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** An outbox on a real store and fake channels, on virtual time and on the test's own thread. */
final class OutboxRig {

    private static final Duration SHORTEST_STEP = Duration.ofSeconds(5);
    private static final int STEPS = 200;

    final EmbeddedStore database;
    final Channels channels;
    private final SendingRules rules;
    private final long seed;
    private Sender sender;
    Instant now = Examples.NOON;

    OutboxRig(Path folder, SendingRules rules, long seed, FakeChannel... open) {
        this.database = EmbeddedStore.hastyIn(folder);
        this.channels = new Channels(Arrays.asList(open));
        this.rules = rules;
        this.seed = seed;
        this.sender = newSender();
    }

    OutboxRig(Path folder, FakeChannel... open) {
        this(folder, SendingRules.DEFAULTS, 1, open);
    }

    private Sender newSender() {
        Random random = new Random(seed);
        return new Sender(
                database.store(), () -> now, () -> new Patience(rules.attempts(), rules.giveUpAfter(), random));
    }

    /** Something is decided, because of a delivery of the same name. */
    OutboxRig add(Content content) {
        database.store().inTransaction(transaction -> {
            StoredDelivery delivery = new StoredDelivery("for " + content.id(), "status", now, new byte[0], 0);
            if (transaction.deliveries().insert(delivery)) {
                transaction.deliveries().noticed(delivery.id(), content.id(), List.of("because"), now);
            }
            new Outbox(channels, transaction, now).add(content);
            return true;
        });
        return this;
    }

    boolean withdraw(Content content) {
        return database.store()
                .inTransaction(transaction -> new Outbox(channels, transaction, now).withdraw(content.id()));
    }

    /** Everything that can be done now is done. */
    OutboxRig settle() {
        sender.noteAll();
        restrain();
        boolean busy = true;
        while (busy) {
            busy = false;
            for (Channel channel : channels.open()) {
                Optional<Errand> errand = claim(channel);
                errand.ifPresent(it -> sender.carryOut(channel, it));
                busy |= errand.isPresent();
            }
        }
        return this;
    }

    Optional<Errand> claim(Channel channel) {
        return sender.claim(channel);
    }

    void carryOut(Channel channel, Errand errand) {
        sender.carryOut(channel, errand);
    }

    void restrain() {
        database.store().inTransaction(transaction -> {
            new Restraint(transaction, channels, rules, now).decide();
            return true;
        });
    }

    /** Time passes, and whatever becomes due is done. */
    OutboxRig pass(Duration time) {
        Instant end = now.plus(time);
        Duration step = time.dividedBy(STEPS);
        while (now.isBefore(end)) {
            Instant next = now.plus(step.compareTo(SHORTEST_STEP) > 0 ? step : SHORTEST_STEP);
            now = next.isAfter(end) ? end : next;
            settle();
        }
        return this;
    }

    /** The process dies and another one starts, which waits for the leases of the first. */
    void die() {
        sender = newSender();
    }

    String state(Content content, Channel channel) {
        return String.valueOf(database.outcomes()
                .query("SELECT state FROM saying WHERE content_id = '" + content.id() + "' AND channel = '"
                        + channel.name() + "' AND form IN ('say', 'show')")
                .getFirst()
                .get("state"));
    }

    Tally tally() {
        return database.store().inTransaction(transaction -> transaction.tally().at(now));
    }

    long unsettled() {
        return database.outcomes()
                .query("SELECT 1 FROM saying WHERE state IN ('waiting', 'sending', 'unknown')")
                .size();
    }
}
