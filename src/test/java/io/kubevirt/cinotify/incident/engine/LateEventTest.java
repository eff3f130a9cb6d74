// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentEvent.RunFinished;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.ObservedRun.JobThresholds;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an event costs that is late by seconds, as most are, and that no event is lost with it. */
class LateEventTest {

    private static final Instant BEGIN = Instant.parse("2026-01-05T10:00:00Z");
    private static final int RUNS = 300;
    private static final int STORM = 9_000;

    /** Counts what is read of the stored past. */
    private static final class CountingHistory extends InMemoryEventHistory {
        private int reads;

        @Override
        public List<IncidentEvent> from(Instant instant) {
            reads++;
            return super.from(instant);
        }

        @Override
        public Optional<Checkpoint> checkpointBefore(Instant instant) {
            reads++;
            return super.checkpointBefore(instant);
        }
    }

    private final CountingHistory history = new CountingHistory();
    private IncidentEngine engine = IncidentEngine.resume(history, "", List.of(), EngineScenario.CONFIG);

    @Test
    void anEventThatIsLateBySecondsReadsNothing() {
        for (int run = 0; run < RUNS; run++) {
            process(run(run, BEGIN.plusSeconds(10L * run)));
        }
        history.reads = 0;

        Instant last = BEGIN.plusSeconds(10L * (RUNS - 1));
        process(run(RUNS, last.minusSeconds(1)));
        process(run(RUNS + 1, last));
        process(run(RUNS + 2, last.minusSeconds(25)));

        assertThat(history.reads).isZero();
        assertSameAfterRestart();
    }

    @Test
    void anEventThatIsLateByMoreIsReplayedFromTheStoredPast() {
        for (int run = 0; run < RUNS; run++) {
            process(run(run, BEGIN.plusSeconds(10L * run)));
        }
        history.reads = 0;

        process(run(RUNS, BEGIN.plusSeconds(5)));

        assertThat(history.reads).isEqualTo(2);
        assertSameAfterRestart();
    }

    /** More events than are kept in memory, in batches in which each has late ones. */
    @Test
    void aStormLosesNoEvent() {
        List<IncidentEvent> batch = new ArrayList<>();
        for (int run = 0; run < STORM; run++) {
            batch.add(run(run, BEGIN.plusSeconds(run / 2_500 - (run % 50 == 0 ? 1 : 0))));
            if (batch.size() == 500) {
                process(batch.toArray(IncidentEvent[]::new));
                batch.clear();
            }
        }

        assertSameAfterRestart();
    }

    private void process(IncidentEvent... events) {
        engine.process(List.of(events), history, BEGIN.plusSeconds(10L * RUNS));
    }

    private void assertSameAfterRestart() {
        EventHistory.Checkpoint before = engine.checkpoint();
        engine = IncidentEngine.resume(history, engine.notifierState(), List.of(), EngineScenario.CONFIG);
        engine.tick(BEGIN.plusSeconds(10L * RUNS));

        assertThat(engine.checkpoint()).isEqualTo(before);
    }

    private static IncidentEvent run(int number, Instant at) {
        JobRun run = JobRun.builder("post-" + number % 7, JobType.POSTSUBMIT, JobState.SUCCESS)
                .repository(Repository.of("example/thing"))
                .build();
        return new RunFinished(
                at,
                new ObservedRun(
                        "run" + number,
                        new DiagnosedRun(run, null, false, DiagnosedRun.Origin.ORDINARY, false),
                        JobThresholds.NONE));
    }
}
