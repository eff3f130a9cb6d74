// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.KnownIncidents;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.ObservedRun.JobThresholds;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.engine.InMemoryEventHistory;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the state is stored, and from which state a late event is replayed. */
class EventReplayTest {

    private static final EngineConfig CONFIG =
            new EngineConfig(Thresholds.DEFAULTS, Seed.roster(), SigDirectory.empty(), "operations");
    private static final KnownIncidents NOBODY_KNOWS_ANY = new KnownIncidents(List.of(), List.of());

    /** A history that remembers what was asked of it. */
    private static final class RecordingHistory extends InMemoryEventHistory {
        private final List<Instant> saved = new ArrayList<>();
        private int reads;

        @Override
        public List<IncidentEvent> from(Instant instant) {
            reads++;
            return super.from(instant);
        }

        @Override
        public void saveCheckpoint(Checkpoint checkpoint) {
            saved.add(checkpoint.at());
            super.saveCheckpoint(checkpoint);
        }
    }

    private final RecordingHistory history = new RecordingHistory();
    private final EventReplay replay = EventReplay.resume(history, NOBODY_KNOWS_ANY, CONFIG, Instant.EPOCH);
    private int number;

    /** The state at noon is stored, and one event came after it. */
    @BeforeEach
    void start() {
        apply(cleared(0));
        apply(cleared(1));
        assertThat(history.saved).containsExactly(Instant.EPOCH, NOON);
        history.saved.clear();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        399 |               |
        400 |               | 400
        18  | 3600 3601     | 3600
        17  | 3600 3601     |
        18  | 3599 3600     |
        18  | 3600 3600     |
        0   | 21600 21601   | 21600
        0   | 21599 21600   |
        0   | 21600 21600   |
        """)
    void theStateIsStoredAfterManyEventsOrALongTime(int eachSecond, String then, Integer stored) {
        IntStream.rangeClosed(2, eachSecond + 1).forEach(second -> apply(cleared(second)));
        for (String second : then == null ? new String[0] : then.split(" ")) {
            apply(cleared(Integer.parseInt(second)));
        }

        assertThat(history.saved).isEqualTo(stored == null ? List.of() : List.of(NOON.plusSeconds(stored)));
    }

    @Test
    void aLargeStateIsStoredLessOften() {
        IntStream.rangeClosed(2, 3_000).forEach(second -> apply(finished(second)));

        assertThat(history.saved)
                .containsExactlyElementsOf(IntStream.of(400, 800, 1_200, 1_600, 2_132, 2_842)
                        .mapToObj(NOON::plusSeconds)
                        .toList());
    }

    @Test
    void anEventThatIsLateBySecondsIsReplayedFromMemory() {
        IntStream.rangeClosed(2, 20).forEach(second -> apply(finished(second)));
        history.reads = 0;

        apply(finished(19));

        assertThat(history.reads).isZero();
        assertThat(replay.replayedFrom()).contains(NOON.plusSeconds(18));
        assertThat(replay.detection().clock()).isEqualTo(NOON.plusSeconds(20));
        assertThat(replay.detection().size()).isEqualTo(20);
        apply(finished(21));
        assertThat(replay.replayedFrom()).isEmpty();
    }

    @Test
    void anEventThatIsLateByHoursIsReplayedFromACheckpoint() {
        IntStream.rangeClosed(1, 50).forEach(minute -> apply(finished(minute * 300)));
        int saved = history.saved.size();
        history.reads = 0;

        apply(finished(301));

        assertThat(history.reads).isOne();
        assertThat(replay.replayedFrom()).contains(NOON);
        assertThat(replay.detection().size()).isEqualTo(51);
        assertThat(history.saved).as("later states are stored again").hasSizeGreaterThan(saved);
        assertThat(EventReplay.resume(history, NOBODY_KNOWS_ANY, CONFIG, Instant.EPOCH)
                        .checkpoint())
                .isEqualTo(replay.checkpoint());
    }

    @Test
    void anEventThatIsOlderThanAllStatesCountsNow() {
        IntStream.rangeClosed(2, 100).forEach(second -> apply(finished(second)));
        history.dropCheckpoints(Instant.EPOCH);

        apply(finished(-60));

        assertThat(history.from(NOON.plusSeconds(100)))
                .as("at the time of the last event")
                .hasSize(2);
        assertThat(replay.detection().size()).isEqualTo(100);
    }

    @Test
    void aRunThatIsSeenAgainLaterIsADuplicate() {
        IncidentEvent.RunFinished run = finished(2);
        apply(run);
        apply(finished(3));
        replay.detection().results().clear();

        apply(new IncidentEvent.RunFinished(NOON.plusSeconds(4), run.run()));

        assertThat(replay.detection().results().settledRuns())
                .singleElement()
                .satisfies(settled -> assertThat(settled.reason()).isEqualTo(SuppressionReason.DUPLICATE));
    }

    @Test
    void aStartContinuesAtTheNewestCheckpoint() {
        IntStream.rangeClosed(2, 500).forEach(second -> apply(finished(second)));

        EventReplay resumed = EventReplay.resume(history, NOBODY_KNOWS_ANY, CONFIG, Instant.EPOCH);

        assertThat(resumed.checkpoint()).isEqualTo(replay.checkpoint());
        assertThat(resumed.detection().results().settledRuns()).isEmpty();
        history.saved.clear();
        IntStream.rangeClosed(501, 900)
                .forEach(second -> resumed.apply(List.of(finished(second)), NOBODY_KNOWS_ANY, history));
        assertThat(history.saved).as("the events since the checkpoint count").containsExactly(NOON.plusSeconds(800));
    }

    private void apply(IncidentEvent event) {
        replay.apply(List.of(event), NOBODY_KNOWS_ANY, history);
    }

    private static IncidentEvent cleared(int second) {
        return new IncidentEvent.ProblemCleared(NOON.plusSeconds(second), "nothing", "over");
    }

    private IncidentEvent.RunFinished finished(int second) {
        JobRun run = JobRun.builder("pull-e2e", JobType.PRESUBMIT, JobState.SUCCESS)
                .repository(Repository.of("example/thing"))
                .pulls(List.of(new Pull(7, null, null)))
                .build();
        DiagnosedRun diagnosed = new DiagnosedRun(run, null, false, DiagnosedRun.Origin.ORDINARY, false);
        return new IncidentEvent.RunFinished(
                NOON.plusSeconds(second), new ObservedRun("run" + ++number, diagnosed, JobThresholds.NONE));
    }
}
