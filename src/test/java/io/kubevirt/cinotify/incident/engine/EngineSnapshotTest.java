// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.engine.EngineScenario.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.routing.Cause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** An engine that is restarted at any time makes the same decisions as one that is not. */
class EngineSnapshotTest {

    private static final Instant BEGIN = Instant.parse("2026-01-05T10:00:00Z");
    private static final long SEED = 20260105;

    @Test
    void restoringAfterAnyEventMakesTheSameDecisions() {
        EngineScenario through = new EngineScenario(BEGIN);
        EngineScenario stopping = new EngineScenario(BEGIN);
        Random random = new Random(SEED);
        for (int event = 0; event < 1_500; event++) {
            Run run = run(random);
            Duration pause = Duration.ofMinutes(random.nextInt(random.nextInt(8) == 0 ? 2_000 : 20));
            through.waits(pause).finishes(run);
            stopping.waits(pause).restart().finishes(run).restart();
            if (random.nextInt(3) == 0) {
                through.artifactsShow(Cause.INFRASTRUCTURE, "cause-" + event % 3);
                stopping.artifactsShow(Cause.INFRASTRUCTURE, "cause-" + event % 3)
                        .restart();
            }
            command(through, stopping, random);
            assertThat(stopping.decisions())
                    .as("seed %d, event %d", SEED, event)
                    .hasSameSizeAs(through.decisions());
        }
        assertThat(stopping.decisions()).as("seed %d", SEED).isEqualTo(through.decisions());
        assertThat(stopping.nextWake()).isEqualTo(through.nextWake());
        assertThat(through.interruptions()).hasSizeGreaterThan(20);
    }

    private static void command(EngineScenario through, EngineScenario stopping, Random random) {
        if (random.nextInt(15) == 0 && !through.incidents().isEmpty()) {
            String id = through.incidents().getLast().id();
            IncidentAction command = random.nextBoolean()
                    ? new IncidentAction.Acknowledge(id, "dhiller")
                    : new IncidentAction.Snooze(
                            id, "dhiller", through.now().plus(Duration.ofHours(30)), random.nextBoolean());
            through.perform(command);
            stopping.perform(command).restart();
        }
    }

    private static Run run(Random random) {
        String job = "pull-k8s-1.3" + random.nextInt(2) + "-lane" + random.nextInt(6);
        Run run = random.nextInt(6) == 0
                ? Run.red("post-" + random.nextInt(4), JobType.POSTSUBMIT)
                : Run.red(job, 1 + random.nextInt(40)).sha("sha" + random.nextInt(60));
        JobState state =
                random.nextInt(3) == 0 ? JobState.SUCCESS : random.nextInt(9) == 0 ? JobState.ERROR : JobState.FAILURE;
        return run.state(state).cluster(random.nextBoolean() ? "east" : null);
    }

    @Test
    void anInvalidSnapshotIsRejected() {
        InMemoryEventHistory history = new InMemoryEventHistory();
        history.saveCheckpoint(new EventHistory.Checkpoint(BEGIN, "not a snapshot"));
        assertThatThrownBy(() -> IncidentEngine.resume(history, "", List.of(), EngineScenario.CONFIG))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> IncidentEngine.resume(new InMemoryEventHistory(), "{", List.of(), EngineScenario.CONFIG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSnapshotOfAnotherVersionIsRejected() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream json = new GZIPOutputStream(packed)) {
            json.write("{\"version\": 99}".getBytes(StandardCharsets.UTF_8));
        }
        InMemoryEventHistory history = new InMemoryEventHistory();
        history.saveCheckpoint(
                new EventHistory.Checkpoint(BEGIN, Base64.getEncoder().encodeToString(packed.toByteArray())));
        assertThatThrownBy(() -> IncidentEngine.resume(history, "", List.of(), EngineScenario.CONFIG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 99");
    }
}
