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

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.intake.Acceptance;
import io.kubevirt.cinotify.intake.Delivery;
import io.kubevirt.cinotify.intake.JournalUnavailable;
import io.kubevirt.cinotify.notice.console.ConsoleChannel;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.kubevirt.cinotify.store.EmbeddedFile;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.StoredDelivery;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
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

    private final ByteArrayOutputStream said = new ByteArrayOutputStream() {
        @Override
        public void flush() {
            if (holdWhenSomethingIsSaid) {
                hold();
            }
        }
    };

    private EmbeddedStore database;
    private HandleDeliveries deliveries;
    private IncidentDesk desk;
    private SendNotices notices;
    private boolean holdWhenSomethingIsSaid;
    private @Nullable Connection holder;

    @BeforeEach
    void open() throws InvalidDocument {
        database = EmbeddedStore.impatientIn(folder);
        LiveSettings settings = new LiveSettings(new SettingsLoader(Path.of("config"), null));
        desk = new IncidentDesk(database.store(), settings, () -> NOON);
        deliveries = new HandleDeliveries(database.store(), settings, desk, () -> NOON);
        notices = new SendNotices(database.store(), new ConsoleChannel(said), () -> NOON);
    }

    @AfterEach
    void letGo() throws SQLException {
        if (holder != null) {
            holder.close();
            holder = null;
        }
    }

    @Test
    void aNoticeThatCannotBeReadIsInNobodysWay() throws SQLException {
        add(Examples.incident("unreadable", NOON));
        execute("UPDATE notice SET document = '{'");
        add(Examples.incident("good", NOON));

        notices.sendAll();

        assertThat(text()).contains("incident  good").doesNotContain("incident  unreadable");
        assertThat(state("unreadable-opened")).isEqualTo("failed");
        assertThat(state("good-opened")).isEqualTo("sent");
    }

    @Test
    void whatWasSaidIsNotSaidAgainAlthoughItCouldNotBeNoted() throws SQLException {
        add(Examples.incident("one", NOON));
        holdWhenSomethingIsSaid = true;
        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(notices::sendAll);
        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(notices::sendAll);

        holdWhenSomethingIsSaid = false;
        letGo();
        notices.sendAll();
        notices.sendAll();

        assertThat(text().split("OPENED", -1)).hasSize(2);
        assertThat(state("one-opened")).isEqualTo("sent");
    }

    @Test
    void whatWasAnnouncedIsNotAnnouncedAgainAlthoughItCouldNotBeNoted() throws SQLException {
        IncidentView incident = Examples.incident("one", NOON.plusSeconds(60));
        add(incident);
        holdWhenSomethingIsSaid = true;
        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(notices::sendAll);

        holdWhenSomethingIsSaid = false;
        letGo();
        notices.sendAll();
        notices.sendAll();

        assertThat(text().split("DEFERRED", -1)).hasSize(2);
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
        for (int attempt = 0; attempt < 5; attempt++) {
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
    void aDiskThatWasTooFullForADeliveryIsWellOnlyOnceItHasRoomForIt() throws JournalUnavailable {
        SQLiteDataSource disk = new SQLiteDataSource();
        // SQLite's own way to say that there is no more room: no page may be added.
        disk.setUrl("jdbc:sqlite:" + database.file() + "?max_page_count=1");
        StoredJournal journal = new StoredJournal(
                new Store(disk, EmbeddedFile.at(database.file())), new Pump(deliveries, desk, notices));
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
    }

    private void add(IncidentView incident) {
        Message notice = Examples.message(MessageKind.OPENED, incident, incident.openedAt());
        database.store().inTransaction(transaction -> {
            transaction.incidents().save(incident, null);
            transaction.outbox().add(notice, List.of("why"));
            return true;
        });
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

    private Object state(String notice) {
        return database.outcomes()
                .query("SELECT state FROM notice WHERE id = '" + notice + "'")
                .getFirst()
                .get("state");
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
