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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.settings.SendingRules;
import io.kubevirt.cinotify.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that stood still for longer than the others waited for it. */
class OvertakenTest {

    /** As long as a replica is held to live that does not show itself. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.able("slack");
    private final Content content = new News("1").opened(Examples.NOON);

    @BeforeEach
    void add() {
        SendingRules rules = SendingRules.DEFAULTS;
        Channels channels = new Channels(List.of(slack));
        PostgresStore.in(folder).store().inTransaction(transaction -> {
            new Outbox(channels, transaction, Examples.NOON).add(content);
            new Restraint(transaction, channels, rules, Examples.NOON).decide();
            return true;
        });
    }

    private Sender replica() {
        return replica(Examples.NOON);
    }

    private Sender replica(Instant now) {
        Store store = PostgresStore.in(folder).store();
        return new Sender(store, () -> now, () -> new Patience(10, Duration.ofDays(1), new Random(1)));
    }

    @Test
    void leavesWhatItHadBegunToWhoeverTookOver() {
        Sender still = replica();
        still.show();
        Errand begun = still.claim(slack).orElseThrow();

        // By then what was begun cannot come any more.
        Sender other = replica(Examples.NOON.plus(Abilities.LATE));
        await().atMost(LEASE.multipliedBy(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    other.show();
                    Optional<Errand> taken = other.claim(slack);
                    taken.ifPresent(errand -> other.carryOut(slack, errand));
                    return taken.isPresent();
                });
        still.carryOut(slack, begun);

        assertThat(slack.log()).containsExactly("post " + content.id());
    }

    @Test
    void saysItWhenItLives() {
        Sender replica = replica();
        replica.show();

        replica.carryOut(slack, replica.claim(slack).orElseThrow());

        assertThat(slack.log()).containsExactly("post " + content.id());
    }

    @Test
    void saysNothingBeforeItHasShownThatItLives() {
        Sender replica = replica();

        replica.carryOut(slack, replica.claim(slack).orElseThrow());

        assertThat(slack.log()).isEmpty();
        assertThat(PostgresStore.in(folder).outcomes().query("SELECT state, attempts FROM saying"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("state", "waiting"));
    }
}
