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
package io.kubevirt.cinotify.incident.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.incident.policy.Story.Run;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whoever stops and goes on decides as if he had never stopped. */
class SnapshotTest {

    private static final Instant BEGIN = Instant.parse("2026-01-05T10:00:00Z");
    private static final long SEED = 20260105;

    @Test
    void goingOnAfterAStopAtAnyEventMakesTheSameRulings() {
        Story through = new Story(BEGIN);
        Story stopping = new Story(BEGIN);
        Random random = new Random(SEED);
        for (int event = 0; event < 1_500; event++) {
            Run run = run(random);
            Duration pause = Duration.ofMinutes(random.nextInt(random.nextInt(8) == 0 ? 2_000 : 20));
            through.waits(pause).happens(run);
            stopping.waits(pause).restart().happens(run).restart();
            command(through, stopping, random);
            assertThat(stopping.rulings()).as("seed %d, event %d", SEED, event).hasSameSizeAs(through.rulings());
        }
        assertThat(stopping.rulings()).as("seed %d", SEED).isEqualTo(through.rulings());
        assertThat(stopping.nextWake()).isEqualTo(through.nextWake());
        assertThat(through.calls()).hasSizeGreaterThan(20);
    }

    private static void command(Story through, Story stopping, Random random) {
        if (random.nextInt(15) == 0 && !through.incidents().isEmpty()) {
            String id = through.incidents().getLast().id();
            Command command = random.nextBoolean()
                    ? new Command.Acknowledge(id, "dhiller")
                    : new Command.Snooze(id, "dhiller", through.now().plus(Duration.ofHours(30)));
            through.command(command);
            stopping.command(command).restart();
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
    void whatIsNoMemoryIsRefused() {
        assertThatThrownBy(() -> IncidentCore.restore("{", Story.RULES)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IncidentCore.restore("{\"version\": 99}", Story.RULES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 99");
    }
}
