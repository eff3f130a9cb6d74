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

/** Parsing never throws, whatever the payload is, and only a trusted URL with a description of Prow yields a run. */
class StatusEventPropertyTest {

    private static final long SEED = 20260823;
    private static final int ROUNDS = 20_000;
    private static final List<String> FIELDS = List.of(
            "sha",
            "state",
            "context",
            "description",
            "target_url",
            "repository",
            "full_name",
            "updated_at",
            "created_at",
            "commit",
            "branches",
            "name",
            "id");
    private static final List<String> WORDS = List.of(
            "failure",
            "success",
            "pending",
            "error",
            "Job failed.",
            "Job triggered.",
            "Overridden by x",
            "tide",
            "kubevirt/kubevirt",
            "/",
            "\u2001 BaseSHA:",
            "\u0000",
            "2026-08-20T10:42:07Z",
            "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/logs/job/1",
            "https://evil.example.org/view/gs/kubevirt-prow/logs/job/1");

    private int runs;
    private final Random random = new Random(SEED);
    private final HostileJson hostile = new HostileJson(random, FIELDS, WORDS);

    @Test
    void randomTreesNeverBreakTheReader() {
        for (int round = 0; round < ROUNDS; round++) {
            read(hostile.tree(4), round);
        }
        read(MissingNode.getInstance(), ROUNDS);
    }

    @Test
    void samplesWithHostilePartsNeverBreakTheReader() {
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode payload = StatusEventReaderTest.sample("status-presubmit-failure");
            hostile.spoil(payload);
            read(payload, round);
        }
        assertThat(runs).as("payloads that still parse as a run").isGreaterThan(ROUNDS / 20);
    }

    private void read(JsonNode payload, int round) {
        try {
            if (StatusEventReaderTest.READER.read(payload) instanceof RunParseResult.Run read) {
                runs++;
                JobRun run = read.run();
                assertThat(run.url()).startsWith("https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/");
                assertThat(StatusDescriptions.find(run.state(), run.description()))
                        .isPresent();
                assertThat(run.repository()).isNotNull();
            }
        } catch (Exception e) {
            fail("seed %d, round %d, payload %s".formatted(SEED, round, payload), e);
        }
    }
}
