// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinishedRunsTest {

    private static final String LANE = "presubmit example/thing job ";

    @Test
    void runsAreFoundAsInAMap() {
        Random random = new Random(1);
        FinishedRuns runs = new FinishedRuns();
        Map<String, WindowEntry> expected = new LinkedHashMap<>();
        for (int number = 1; number <= 4_000; number++) {
            WindowEntry entry = entry(number, LANE + random.nextInt());
            if (expected.putIfAbsent(entry.run().id(), entry) == null) {
                runs.add(entry);
            }
            // It grows, and shrinks again.
            int gone = number < 2_500 ? random.nextInt(2) : random.nextInt(4);
            for (int each = 0; each < gone && runs.size() > 0; each++) {
                WindowEntry first = runs.first().orElseThrow();
                runs.removeFirst();
                expected.remove(first.run().id());
                assertThat(runs.find(first.run().id())).isEmpty();
                assertThat(runs.find(first.run().number())).isEmpty();
            }
            if (number % 97 == 0) {
                assertThat(runs.all()).containsExactlyElementsOf(expected.values());
                expected.forEach((id, known) -> {
                    assertThat(runs.find(id)).containsSame(known);
                    assertThat(runs.find(known.run().number())).containsSame(known);
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LANE + "2036809261173968898",
                LANE + "18446744073709551615",
                LANE + "18446744073709551616",
                LANE + "0",
                LANE + "007",
                LANE + "-7",
                LANE + "+7",
                LANE + "1b2c3d4e-0000-4000-8000-000000000001",
                LANE,
                "7",
                "",
            })
    void anIdIsKeptAsItIs(String id) {
        RunRecord run = entry(1, id).run();

        assertThat(run.id()).isEqualTo(id);
        assertThat(DetectionSnapshot.fromJson(DetectionSnapshot.toJson(run), RunRecord.class))
                .usingRecursiveComparison()
                .isEqualTo(run);
    }

    @Test
    void aRunIsStoredAsAnArray() {
        assertThat(DetectionSnapshot.toJson(entry(3, LANE + "7").run()))
                .isEqualTo("[3,1784116800.000000001,\"presubmit example/thing job 7\",\"example/thing presubmit job\","
                        + "\"job\",17,\"main\",\"c0ffee\",null,\"failure\",2]");
    }

    private static WindowEntry entry(long number, String id) {
        return WindowEntry.of(RunRecord.of(new RunRecord.Document(
                number,
                NOON.plusNanos(1),
                id,
                new GroupKey("example/thing", JobType.PRESUBMIT, "job"),
                "job",
                17,
                "main",
                "c0ffee",
                null,
                JobState.FAILURE,
                2)));
    }
}
