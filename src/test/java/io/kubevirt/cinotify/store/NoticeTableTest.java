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
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outbox: what will be said, once, in order. */
class NoticeTableTest {

    private static final Instant LATER = NOON.plus(Duration.ofDays(2));
    private static final List<String> WHY = List.of("first red run", "Somebody is at work");

    @TempDir
    private Path folder;

    private EmbeddedStore database;

    private final IncidentView incident = Examples.incident("1", NOON);
    private final Message opened = Examples.message(MessageKind.OPENED, incident, NOON);
    private final Message deferred = Examples.message(MessageKind.OPENED, incident, LATER);
    private final Message resolved = Examples.message(MessageKind.RESOLVED, incident, NOON);

    @BeforeEach
    void open() {
        database = EmbeddedStore.in(folder);
        database.store().inTransaction(transaction -> {
            transaction.incidents().save(incident, null);
            return true;
        });
    }

    @Test
    void addingTwiceSaysItOnce() {
        add(opened);
        add(opened);

        assertThat(due(NOON)).containsExactly(opened.id());
        change(outbox -> outbox.sent(opened.id(), NOON));
        add(opened);
        assertThat(due(NOON)).isEmpty();
    }

    @Test
    void whatIsReadIsWhatWasDecidedAndWhy() {
        add(opened);

        assertThat(get(opened.id())).isEqualTo(new WaitingNotice(opened, WHY, 0));
    }

    @Test
    void whatComesLaterIsAnnouncedOnceAndThenDue() {
        add(deferred);
        assertThat(due(NOON)).isEmpty();
        assertThat(unannounced(NOON)).containsExactly(deferred.id());

        change(outbox -> outbox.announced(deferred.id()));

        assertThat(unannounced(NOON)).isEmpty();
        assertThat(due(LATER.minusMillis(1))).isEmpty();
        assertThat(due(LATER)).containsExactly(deferred.id());
    }

    @Test
    void whatWaitsCanBeTakenBackAndWhatWasSaidCannot() {
        add(deferred);
        withdraw(deferred.id());
        assertThat(due(LATER)).isEmpty();
        assertThat(state(deferred.id())).isEqualTo("withdrawn");

        add(resolved);
        change(outbox -> outbox.sent(resolved.id(), NOON));
        withdraw(resolved.id());
        assertThat(state(resolved.id())).isEqualTo("sent");

        assertThat(wasSaid(resolved.id())).isTrue();
        assertThat(wasSaid(deferred.id())).isFalse();

        withdraw("never-added");
    }

    @Test
    void whatFailedIsTriedAgainLaterAndIsNotAnnounced() {
        add(opened);
        change(outbox -> outbox.retry(opened.id(), "closed", NOON.plusSeconds(5)));

        assertThat(due(NOON)).isEmpty();
        assertThat(unannounced(NOON)).isEmpty();
        assertThat(due(NOON.plusSeconds(5))).containsExactly(opened.id());
        assertThat(get(opened.id()).attempts()).isEqualTo(1);

        change(outbox -> outbox.failed(opened.id(), "never"));
        assertThat(due(LATER)).isEmpty();
        assertThat(state(opened.id())).isEqualTo("failed");
    }

    @Test
    void theEndIsNotSaidBeforeTheBeginning() {
        add(opened);
        add(resolved);
        change(outbox -> outbox.retry(opened.id(), "closed", NOON.plusSeconds(5)));

        assertThat(due(NOON)).isEmpty();
        assertThat(due(NOON.plusSeconds(5))).containsExactly(opened.id());
        change(outbox -> outbox.sent(opened.id(), NOON.plusSeconds(5)));
        assertThat(due(NOON.plusSeconds(5))).containsExactly(resolved.id());
    }

    @Test
    void oneIncidentDoesNotWaitForAnother() {
        IncidentView other = Examples.resolved(Examples.incident("2", NOON), NOON);
        database.store().inTransaction(transaction -> {
            transaction.incidents().save(other, null);
            return true;
        });
        Message second = Examples.message(MessageKind.OPENED, other, NOON);
        add(deferred);
        add(second);

        assertThat(due(NOON)).containsExactly(second.id());
    }

    private void add(Message notice) {
        database.store().inTransaction(transaction -> {
            transaction.outbox().add(notice, WHY);
            return true;
        });
    }

    private void withdraw(String id) {
        database.store().inTransaction(transaction -> {
            transaction.outbox().withdraw(id);
            return true;
        });
    }

    private boolean wasSaid(String id) {
        return database.store()
                .inTransaction(transaction -> transaction.outbox().wasSaid(id));
    }

    private WaitingNotice get(String id) {
        return ask(outbox -> outbox.get(id));
    }

    private List<String> due(Instant now) {
        return ask(outbox -> outbox.due(now, 50));
    }

    private List<String> unannounced(Instant now) {
        return ask(outbox -> outbox.unannounced(now, 50));
    }

    private Object state(String id) {
        return database.outcomes()
                .query("SELECT state FROM notice WHERE id = '" + id + "'")
                .getFirst()
                .get("state");
    }

    private <T> T ask(Function<NoticeTable, T> question) {
        return database.store().inTransaction(transaction -> question.apply(transaction.notices()));
    }

    private void change(Consumer<NoticeTable> change) {
        ask(outbox -> {
            change.accept(outbox);
            return true;
        });
    }
}
