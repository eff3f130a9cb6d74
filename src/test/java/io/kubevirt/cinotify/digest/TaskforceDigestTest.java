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
package io.kubevirt.cinotify.digest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.bump.BumpPull;
import io.kubevirt.cinotify.bump.BumpPull.Check;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.fixture.Golden;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a replay has none of: flakes, bumps, known issues. */
class TaskforceDigestTest {

    private static final Instant MONDAY = Instant.parse("2026-07-20T07:30:00Z");
    private static final Repository REPOSITORY = Repository.of("example/thing");

    private static void run(LaneBook book, String job, int commit, JobState state) {
        JobRun run = JobRun.of(job, JobType.PRESUBMIT, state)
                .repository(REPOSITORY)
                .pulls(List.of(new Pull(commit, "somebody", "c" + commit)))
                .build();
        book.add(run, state.isRed() ? "network" : null);
    }

    private static BumpPull bump(int number, int hours, @Nullable Integer mergedAfter) {
        Instant opened = MONDAY.minus(Duration.ofHours(hours));
        return new BumpPull(
                REPOSITORY,
                number,
                "prow-bump",
                "Bump Prow",
                "https://github.com/example/thing/pull/" + number,
                "abc",
                opened,
                opened,
                null,
                Map.of("unit", new Check(Check.State.FAILURE, opened, 1, null)),
                mergedAfter == null ? null : opened.plus(Duration.ofHours(mergedAfter)),
                mergedAfter == null ? null : "def",
                null);
    }

    private static KnownIssue known(String name, String until) {
        return new KnownIssue(
                name,
                Pattern.compile("x"),
                "ada",
                "https://example.org/" + name,
                LocalDate.parse(until),
                null,
                "https://example.org/run",
                null);
    }

    @Test
    void aWeekReadsInAMinute() throws IOException {
        LaneBook lanes = new LaneBook();
        for (int commit = 0; commit < 10; commit++) {
            run(lanes, "steady", commit, JobState.SUCCESS);
            run(lanes, "flaky", commit, JobState.SUCCESS);
            run(lanes, "broken", commit, JobState.FAILURE);
            run(lanes, "stopped", commit, JobState.ABORTED);
        }
        run(lanes, "flaky", 3, JobState.FAILURE);
        run(lanes, "flaky", 4, JobState.FAILURE);
        Facts facts = new Facts(
                Period.before(MONDAY, Duration.ofDays(7)),
                List.of(),
                List.of(),
                lanes.figures(),
                List.of(bump(1, 80, null), bump(2, 100, 20), bump(3, 1000, 30)),
                List.of(
                        known("soon", "2026-07-30"),
                        known("far", "2026-09-01"),
                        known("just-over", "2026-07-15"),
                        known("seen", "2026-09-01")),
                Map.of("seen", 12, "soon", 1),
                List.of(),
                List.of());

        String page = TaskforceDigest.of(facts, ZoneId.of("Europe/Berlin")).markdown();

        Golden.check("quiet-week.md", page);
        assertThat(page)
                .contains("network: `example/thing flaky` 2 of 10 (20 %)")
                .contains("`example/thing broken`: 10 of 10 (100 %) runs red")
                .doesNotContain("steady", "stopped", "far", "thing#&#8203;3");
    }
}
