// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code make chaos RUNS=1000 SEED=7 REPLICAS=1,2,3}; a small number of kills in every build. */
@Execution(ExecutionMode.CONCURRENT)
class ChaosIT {

    private static final int KILLS = Integer.getInteger("chaos.runs", 4);

    /** A server that outlives every plugin has less to lose than a file; what differs is who takes over. */
    private static final int KILLS_OF_REPLICAS = Integer.getInteger("chaos.runs", 3);

    private static final long SEED = Long.getLong("chaos.seed", 20_261_122);

    @TempDir
    private Path home;

    static IntStream replicas() {
        return Arrays.stream(System.getProperty("chaos.replicas", "1,2,3").split(","))
                .mapToInt(Integer::parseInt);
    }

    @ParameterizedTest(name = "{0} replicas")
    @MethodSource("replicas")
    void nothingIsLostAndNothingIsDoubled(int replicas) throws Exception {
        ChaosReport report = new Chaos(home, replicas == 1 ? KILLS : KILLS_OF_REPLICAS, replicas, SEED).run();

        System.out.print(report.table() + report.sums());
        Files.writeString(Path.of("target", "chaos-" + replicas + ".json"), report.json());
        assertThat(report.lost()).as("lost, seed %d", SEED).isEmpty();
        assertThat(report.doubled()).as("doubled, seed %d", SEED).isEmpty();
        assertThat(report.difference()).as("conservation, seed %d", SEED).isZero();
        assertThat(report.messages()).as("messages, seed %d", SEED).isPositive();
        assertThat(report.complaints()).as("errors in the log, seed %d", SEED).isEmpty();
    }
}
