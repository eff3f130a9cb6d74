// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static io.kubevirt.cinotify.fixture.FailedTests.test;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.FailedTests;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.prow.Visibility;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The note on other lanes, of a lane of example/thing. */
class RelatedFailuresTest {
    @TempDir
    private Path folder;

    private EmbeddedStore database;
    private FailedTests runs;

    @BeforeEach
    void begin() {
        database = EmbeddedStore.in(folder);
        runs = new FailedTests(database.store());
    }

    private static IncidentView incident() {
        return Examples.incident(
                "id",
                NOON,
                Examples.diagnosis().with(new Symptoms("s", List.of(), null, List.of("migrates", "boots"), 2, null)));
    }

    private @Nullable String note(IncidentView incident) {
        Decision.Notify notify =
                new Decision.Notify(Examples.message(NotificationKind.OPENED, incident, NOON), List.of());
        return database.store()
                .read(transaction -> new RelatedFailures(Preset.settings(), transaction)
                        .annotate(notify)
                        .notification())
                .alsoFailed();
    }

    @Test
    void lanesOfTheSameTestAreNamedByTheirFailures() {
        Instant before = NOON.minusSeconds(60);
        runs.failed("example/thing pull-e2e-sig-network", 1, before, test("migrates"));
        assertThat(note(incident())).as("its own lane").isNull();

        runs.failed("example/thing unit", 1, before, test("migrates"));
        runs.failed("example/thing other", 1, before, test("boots"));
        runs.failed("example/thing late", 1, NOON.plusSeconds(60), test("migrates"));
        runs.failed("example/thing old", 1, NOON.minus(Duration.ofDays(8)), test("migrates"));
        assertThat(note(incident())).isEqualTo("within 7 days this test also failed on unit");

        for (String lane : List.of("thing a", "thing b", "else b", "else b")) {
            runs.failed("example/" + lane, 1, before, test("migrates"));
        }
        assertThat(note(incident()))
                .isEqualTo("within 7 days this test also failed on example/else b, a and 2 more lanes");
    }

    @Test
    void lanesThatTheReadersMayNotSeeAreNotNamed() {
        runs.run("example/secret e2e", 1, NOON.minusSeconds(60), Visibility.PRIVATE, test("migrates"));
        runs.run("example/thing hidden", 1, NOON.minusSeconds(60), Visibility.PRIVATE, test("migrates"));

        assertThat(note(incident())).isNull();
    }

    @Test
    void anIncidentThatIsOverOrNamesNoTestHasNoNote() {
        runs.failed("example/thing unit", 1, NOON.minusSeconds(60), test("migrates"));

        assertThat(note(incident())).isNotNull();
        assertThat(note(Examples.resolved(incident(), NOON))).isNull();
        assertThat(note(Examples.incident("id", NOON))).isNull();
    }
}
