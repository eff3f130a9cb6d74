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
package io.kubevirt.cinotify.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Incidents follow from the runs, not from the order in which they were seen. */
class AnyOrderTest {

    private static final Instant NOW = Instant.parse("2026-07-15T12:00:00Z");
    private static final int RUNS = 400;
    private static final int LANES = 8;

    /** What an incident is, without what depends on when it was seen. */
    private record Seen(IncidentKey key, IncidentState state, String first, int failures, List<Integer> pulls) {}

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shuffledRunsMakeTheSameIncidents(long seed) {
        Random random = new Random(seed);
        List<JobRun> runs = runs(random);
        Set<Seen> inOrder = incidents(runs);
        List<JobRun> shuffled = new ArrayList<>(runs);
        Collections.shuffle(shuffled, random);

        assertThat(incidents(shuffled)).as("seed %d", seed).isEqualTo(inOrder);
    }

    private static Set<Seen> incidents(List<JobRun> runs) {
        Lanes lanes = new Lanes();
        runs.forEach(run -> lanes.see(run, NOW));
        List<Incident> all = lanes.all();
        Set<Seen> seen = all.stream()
                .map(incident -> new Seen(
                        incident.key(), incident.state(), incident.firstBuild(), incident.failures(), incident.pulls()))
                .collect(Collectors.toSet());
        assertThat(seen).as("no incident twice").hasSameSizeAs(all);
        return seen;
    }

    private static List<JobRun> runs(Random random) {
        List<JobRun> runs = new ArrayList<>();
        for (int build = 1; build <= RUNS; build++) {
            JobState state = random.nextInt(10) == 0
                    ? JobState.ABORTED
                    : random.nextInt(2) == 0 ? JobState.SUCCESS : JobState.FAILURE;
            runs.add(JobRun.of("lane-" + random.nextInt(LANES), JobType.PRESUBMIT, state)
                    .repository(Repository.of("example/thing"))
                    .pulls(List.of(Pull.numbered(1 + random.nextInt(5))))
                    .build(Integer.toString(build), null)
                    .build());
        }
        return runs;
    }
}
