// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.bump.TrackedBump.Check;
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
class CiDigestTest {

    private static final Instant MONDAY = Instant.parse("2026-07-20T07:30:00Z");
    private static final Repository REPOSITORY = Repository.of("example/thing");

    private static void run(LaneStatsCollector book, String job, int commit, JobState state) {
        JobRun run = JobRun.builder(job, JobType.PRESUBMIT, state)
                .repository(REPOSITORY)
                .pulls(List.of(new Pull(commit, "somebody", "c" + commit)))
                .build();
        book.add(run, state.isRed() ? "network" : null);
    }

    private static TrackedBump bump(int number, int hours, @Nullable Integer mergedAfter) {
        Instant opened = MONDAY.minus(Duration.ofHours(hours));
        return new TrackedBump(
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
        LaneStatsCollector lanes = new LaneStatsCollector();
        for (int commit = 0; commit < 10; commit++) {
            run(lanes, "steady", commit, JobState.SUCCESS);
            run(lanes, "flaky", commit, JobState.SUCCESS);
            run(lanes, "broken", commit, JobState.FAILURE);
            run(lanes, "stopped", commit, JobState.ABORTED);
        }
        run(lanes, "flaky", 3, JobState.FAILURE);
        run(lanes, "flaky", 4, JobState.FAILURE);
        DigestData facts = new DigestData(
                DigestPeriod.before(MONDAY, Duration.ofDays(7)),
                List.of(),
                List.of(),
                lanes.stats(),
                List.of(),
                List.of(bump(1, 80, null), bump(2, 100, 20), bump(3, 1000, 30)),
                List.of(
                        known("soon", "2026-07-30"),
                        known("far", "2026-09-01"),
                        known("just-over", "2026-07-15"),
                        known("seen", "2026-09-01")),
                Map.of("seen", 12, "soon", 1),
                List.of(),
                List.of());

        String page = CiDigest.of(facts, ZoneId.of("Europe/Berlin")).markdown();

        Golden.check("quiet-week.md", page);
        assertThat(page)
                .contains("network: `example/thing flaky` 2 of 10 (20 %)")
                .contains("broken: 10 of 10 (100 %) runs failed")
                .doesNotContain("steady", "stopped", "far", "thing#&#8203;3");
    }
}
