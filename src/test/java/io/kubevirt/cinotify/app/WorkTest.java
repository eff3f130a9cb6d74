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
package io.kubevirt.cinotify.app;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.app.answers.AnswerComments;
import io.kubevirt.cinotify.app.outbox.Speaker;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.intake.Acceptance;
import io.kubevirt.cinotify.intake.Delivery;
import io.kubevirt.cinotify.intake.JournalUnavailable;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.notice.console.ConsoleChannel;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.kubevirt.cinotify.store.EmbeddedFile;
import io.kubevirt.cinotify.store.Inbox;
import io.kubevirt.cinotify.store.NoInbox;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.StoredDelivery;
import io.quarkus.runtime.ShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What goes wrong with one thing stays with that thing. */
class WorkTest {

    @TempDir
    private Path folder;

    private final Channels channels = new Channels(List.of(new ConsoleChannel(new ByteArrayOutputStream())));
    private EmbeddedStore database;
    private HandleDeliveries deliveries;
    private IncidentDesk desk;
    private LiveSettings settings;
    private @Nullable Connection holder;

    @BeforeEach
    void open() throws InvalidDocument {
        database = EmbeddedStore.impatientIn(folder);
        settings = new LiveSettings(new SettingsLoader(Path.of("config"), null), () -> NOON);
        desk = new IncidentDesk(database.store(), settings, channels, () -> NOON);
        deliveries = new HandleDeliveries(database.store(), settings, desk, () -> NOON);
    }

    @AfterEach
    void letGo() throws SQLException {
        if (holder != null) {
            holder.close();
            holder = null;
        }
    }

    @Test
    void aDeliveryThatBreaksTheProgramIsSetAsideAndThoseBesideItAreHandled() throws SQLException {
        receive("before", StatusPayload.failure().build(1));
        deliveries.handleAll();
        execute("UPDATE run SET document = '{'");
        receive("broken", StatusPayload.failure().build(1));
        receive("behind", StatusPayload.failure().job("pull-kubevirt-unit-test").build(3));

        deliveries.handleAll();

        assertThat(database.outcomes().entry("broken")).satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo("failed");
            assertThat(entry.reason()).isEqualTo("defect");
            assertThat(entry.trace()).contains("cannot read a stored JobRun");
        });
        assertThat(database.outcomes().entry("behind").reason()).isEqualTo("below-threshold");
        database.outcomes().assertConserved(3);
    }

    @Test
    void whoeverStartsAgainGoesOnWhereTheOtherStopped() throws InvalidDocument {
        receive("one", StatusPayload.failure().build(1).pull(1).ended(NOON));
        receive("two", StatusPayload.failure().build(2).pull(2).ended(NOON));
        deliveries.handleAll();
        open();
        receive("three", StatusPayload.failure().build(3).pull(3).ended(NOON));
        deliveries.handleAll();

        assertThat(database.outcomes().entry("three").outcome()).isEqualTo("held");
    }

    /** Whoever tries it out posts what they recorded once. */
    @Test
    void anEventOfLongAgoCountsAsNewsOfNow() {
        Instant lastYear = NOON.minus(Duration.ofDays(300));
        for (int pull = 1; pull <= 3; pull++) {
            receive(
                    "run " + pull,
                    StatusPayload.failure().build(pull).pull(pull).ended(lastYear));
        }
        deliveries.handleAll();

        assertThat(database.outcomes().entry("run 3").outcome()).isEqualTo("held");
    }

    @Test
    void whoeverFindsThatAnotherHasDecidedBeginsWithWhatThatOneLeft() throws InvalidDocument {
        HandleDeliveries here = deliveries;
        open();
        HandleDeliveries there = deliveries;
        for (int pull = 1; pull <= 3; pull++) {
            receive(
                    "run " + pull,
                    StatusPayload.failure().build(pull).pull(pull).ended(NOON));
            (pull % 2 == 0 ? here : there).handleAll();
        }

        assertThat(database.outcomes().entry("run 3").outcome()).isEqualTo("held");
    }

    @Test
    void noDeliveryIsToBlameForTheStore() throws SQLException {
        receive("patient", StatusPayload.failure());
        hold();
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(deliveries::handleAll);
        }

        letGo();
        deliveries.handleAll();

        assertThat(database.outcomes().entry("patient").outcome()).isEqualTo("suppressed");
        assertThat(database.outcomes().query("SELECT attempts FROM delivery").getFirst())
                .containsEntry("attempts", 0);
    }

    @Test
    void whoeverIsToldToStopLeavesTheRestForTheNextStart() {
        receive("waiting", StatusPayload.failure());
        Thread.currentThread().interrupt();

        deliveries.handleAll();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(database.outcomes().inProgress()).isEqualTo(1);
    }

    @Test
    void aDiskThatWasTooFullForADeliveryIsWellOnlyOnceItHasRoomForIt() throws JournalUnavailable, InterruptedException {
        SQLiteDataSource disk = new SQLiteDataSource();
        // SQLite's own way to say that there is no more room: no page may be added.
        disk.setUrl("jdbc:sqlite:" + database.file() + "?max_page_count=1");
        Speaker speaker = new Speaker(database.store(), () -> NOON, settings, channels);
        AnswerComments comments = new AnswerComments(
                database.store(),
                settings::get,
                work -> desk.decide(sitting -> work.apply(new DeskSurroundings(sitting))),
                null,
                () -> NOON);
        Inbox inbox = new NoInbox(new Store(disk, EmbeddedFile.at(database.file())));
        Pump pump = new Pump(deliveries, desk, comments, speaker, new GracePeriod(Duration.ofSeconds(3)));
        MoveDeliveries moving = new MoveDeliveries(inbox, pump);
        StoredJournal journal = new StoredJournal(inbox, moving);
        Delivery large = new Delivery("large", "status", NOON, new byte[1_000_000]);
        assertThatCode(journal::probe).doesNotThrowAnyException();

        assertThatExceptionOfType(JournalUnavailable.class)
                .isThrownBy(() -> journal.accept(large))
                .withMessageContaining("full");
        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(journal::probe);
        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(journal::probe);

        disk.setUrl("jdbc:sqlite:" + database.file());
        assertThatCode(journal::probe).doesNotThrowAnyException();
        assertThat(journal.accept(large)).isEqualTo(Acceptance.NEW);
        moving.stop(new ShutdownEvent());
        pump.stop(new ShutdownEvent());
        speaker.stop(new ShutdownEvent());
    }

    private void receive(String id, StatusPayload payload) {
        database.store()
                .inTransaction(transaction ->
                        transaction.deliveries().insert(new StoredDelivery(id, "status", NOON, payload.bytes(), 0)));
    }

    private void hold() {
        try {
            if (holder == null) {
                holder = DriverManager.getConnection("jdbc:sqlite:" + database.file());
                holder.createStatement().execute("BEGIN IMMEDIATE");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database.file())) {
            connection.createStatement().execute(sql);
        }
    }
}
