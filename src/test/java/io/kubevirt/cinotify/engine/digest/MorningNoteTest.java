// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.CompletenessCheck;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ada works Mon-Fri 09:00-17:00 in Berlin and asked for a note; Bo did not. */
class MorningNoteTest {
    private static final Instant EVENING = Instant.parse("2026-06-02T18:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-06-03T07:00:00Z");
    private static final String ID = "morning-2026-06-03-ada";

    @TempDir
    private Path folder;

    private final FakeChannel slack = FakeChannel.withThreads("slack").withDirectMessages();
    private ConfigFixture files;
    private ConfigAgent settings;
    private TestStore database;
    private Instant now = MORNING;

    @BeforeEach
    void open() throws Exception {
        files = ConfigFixture.in(folder.resolve("config"));
        files.replace("ci-notify.yaml", "    ada:\n", "    ada:\n      morningNote: slack\n");
        settings = new ConfigAgent(new ConfigLoader(files.path(), null), () -> now);
        database = TestStore.Kind.EMBEDDED.in(folder.resolve("store"));
    }

    private MorningNoteScheduler replica() {
        return new MorningNoteScheduler(database.store(), settings, new Channels(List.of(slack)), () -> now);
    }

    private void incident(String id, Instant openedAt, @Nullable String person, Visibility visibility) {
        Notification opened = new NotificationBuilder(id, "bo").opened(openedAt).notification();
        Notification owned = NotificationBuilder.with(opened, "responsible", person);
        Notification inArea = NotificationBuilder.with(
                owned,
                "diagnosis",
                new Diagnosis(Cause.TEST, "none", "operations", Confidence.HIGH, "rule", List.of(), null, null, null));
        IncidentView view =
                NotificationBuilder.with(inArea, "openedAt", openedAt).incident();
        database.store().inTransaction(transaction -> {
            transaction.incidents().save(view, null, openedAt);
            transaction.visibility().set(id, visibility);
            return true;
        });
    }

    private List<Map<String, Object>> sent() {
        return database.outcomes().query("SELECT message_id, destination FROM outbox ORDER BY sequence");
    }

    private String text() {
        return ((OutgoingMessage.TextMessage) database.store()
                        .read(transaction -> transaction.messages().get(ID)))
                .markdown();
    }

    @Test
    void aMemberReadsWhatIsTheirsAndWhatOpenedOvernightOnce() {
        incident("old", EVENING.minus(Duration.ofDays(5)), "bo", Visibility.PUBLIC);
        incident("mine", EVENING.minus(Duration.ofDays(3)), "ada", Visibility.PUBLIC);
        incident("night", EVENING, "bo", Visibility.PUBLIC);
        incident("fresh", MORNING, "ada", Visibility.PUBLIC);

        now = MORNING.minusSeconds(1);
        replica().tick();
        assertThat(sent()).isEmpty();
        now = MORNING;
        replica().tick();
        now = MORNING.plusSeconds(60);
        replica().tick();

        assertThat(sent()).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("message_id", ID)
                .containsEntry("destination", "dm-ada"));
        assertThat(text())
                .contains("### Yours: 1", "- mine,", "### Opened since you were last at work: 1", "night")
                .doesNotContain("old", "fresh");
    }

    @Test
    void nothingIsSentWhenThereIsNothing() {
        incident("old", EVENING.minus(Duration.ofDays(5)), "bo", Visibility.PUBLIC);
        replica().tick();
        assertThat(sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-03T07:30:00Z, 1", // late, after a restart
        "2026-06-03T07:31:00Z, 0", // too late
        "2026-06-06T07:00:00Z, 0", // a Saturday
        "2026-12-24T08:00:00Z, 0", // a day off
        "2026-07-02T09:00:00Z, 1", // the end of a pause
    })
    void aNoteIsSentOnlyAtTheStartOfAWorkingDay(String at, int notes) {
        incident("mine", EVENING, "ada", Visibility.PUBLIC);
        now = Instant.parse(at);
        replica().tick();
        assertThat(sent()).hasSize(notes);
    }

    @Test
    void anIncidentThatReadersMayNotSeeIsOnlyCounted() {
        incident("mine", EVENING, "ada", Visibility.PUBLIC);
        incident("secret", EVENING, "ada", Visibility.PRIVATE);
        slack.readBy(Audience.PUBLIC);
        replica().tick();
        assertThat(text()).contains("mine", "1 more in a private repository").doesNotContain("secret");
    }

    @Test
    void theOwnerOfADirectMessageSeesPrivateIncidents() {
        incident("secret", EVENING, "ada", Visibility.PRIVATE);
        replica().tick();
        assertThat(text()).contains("secret");
    }

    @Test
    void aMemberWithoutAnAddressIsAWarning() throws Exception {
        assertThat(new CompletenessCheck(files.path(), settings.get()).warnings())
                .extracting(ConfigProblem::problem)
                .contains("ada: each has a morningNote on a channel without an address of theirs, so none is sent");
    }
}
