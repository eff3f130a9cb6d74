// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parsing never throws, whatever the resource is, and the result can be shown and stored. */
class ProwJobPropertyTest {

    private static final long SEED = 20260824;
    private static final int ROUNDS = 20_000;
    private static final List<String> FIELDS = List.of(
            ("metadata spec status name creationTimestamp labels annotations prow.k8s.io/job type job cluster refs"
                            + " extra_refs org repo base_ref pulls number author sha state description url build_id startTime"
                            + " pendingTime completionTime")
                    .split(" "));
    private static final List<String> WORDS = List.of(
            "",
            "presubmit",
            "periodic",
            "failure",
            "aborted",
            "exploded",
            "Job failed.",
            "Overridden by x",
            "kubevirt",
            "a/b",
            "..",
            "\u0000",
            "9".repeat(40),
            "x".repeat(300),
            "2026-08-20T10:42:07Z",
            "9999-12-31T23:59:59Z",
            "+999999999-01-01T00:00:00Z",
            "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/logs/job/1",
            "https://evil.example.org/view/gs/kubevirt-prow/logs/job/1");

    private int runs;
    private final Random random = new Random(SEED);
    private final HostileJson hostile = new HostileJson(random, FIELDS, WORDS);

    @Test
    void randomTreesNeverBreakTheReader() {
        for (int round = 0; round < ROUNDS; round++) {
            read(hostile.tree(5), round);
        }
        read(MissingNode.getInstance(), ROUNDS);
    }

    @Test
    void samplesWithHostilePartsNeverBreakTheReader() {
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode prowJob = ProwJobReaderTest.sample(random.nextBoolean() ? "presubmit" : "periodic");
            hostile.spoil(prowJob);
            read(prowJob, round);
        }
        assertThat(runs).as("resources that still parse as a run").isGreaterThan(ROUNDS / 20);
    }

    private void read(JsonNode prowJob, int round) {
        try {
            if (ProwJobReaderTest.READER.read(prowJob, ProwJobReaderTest.NOW) instanceof RunParseResult.Run read) {
                runs++;
                JobRun run = read.run();
                assertThat(run.job()).matches("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");
                assertThat(run.buildId()).satisfiesAnyOf(id -> assertThat(id).isNull(), id -> assertThat(id)
                        .matches("[0-9]{1,20}"));
                assertThat(run.url() == null
                                || run.url().startsWith("https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/"))
                        .isTrue();
                assertThat(run.lastChange() == null || !run.lastChange().isAfter(ProwJobReaderTest.NOW))
                        .isTrue();
            }
        } catch (Exception e) {
            fail("seed %d, round %d, ProwJob %s".formatted(SEED, round, prowJob), e);
        }
    }
}
