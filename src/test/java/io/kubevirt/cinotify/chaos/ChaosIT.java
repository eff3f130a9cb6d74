// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code make chaos RUNS=50 SEEDS=6 SEED=7 REPLICAS=1,2,3}: so many kills with each of so many seeds from the first on; a small
 * number of kills of one and two replicas in every build. Each seed and number of replicas has a world of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class ChaosIT {

    private static final int KILLS = Integer.getInteger("chaos.runs", 4);

    /** A server that outlives every plugin has less to lose than a file; what differs is who takes over. */
    private static final int KILLS_OF_REPLICAS = Integer.getInteger("chaos.runs", 3);

    private static final long SEED = Long.getLong("chaos.seed", 20_261_122);

    @TempDir
    private Path home;

    static Stream<Arguments> worlds() {
        int seeds = Integer.getInteger("chaos.seeds", 1);
        return LongStream.range(SEED, SEED + seeds).boxed().flatMap(seed -> Arrays.stream(
                        System.getProperty("chaos.replicas", "1,2").split(","))
                .map(replicas -> Arguments.of(Integer.parseInt(replicas), seed)));
    }

    @ParameterizedTest(name = "{0} replicas, seed {1}")
    @MethodSource("worlds")
    void nothingIsLostDoubledOrWrong(int replicas, long seed) throws Exception {
        int kills = replicas == 1 ? KILLS : KILLS_OF_REPLICAS;
        String again = "make chaos SEEDS=1 SEED=%d REPLICAS=%d RUNS=%d".formatted(seed, replicas, kills);
        System.out.println("chaos: to run this one again: " + again);
        ChaosReport report = new Chaos(home, kills, replicas, seed).run();

        System.out.print(report.table() + report.sums());
        Files.writeString(Path.of("target", "chaos-" + replicas + "-" + seed + ".json"), report.json());
        assertThat(report.lost()).as("lost, %s", again).isEmpty();
        assertThat(report.doubled()).as("doubled, %s", again).isEmpty();
        assertThat(report.wrong()).as("wrong state, %s", again).isEmpty();
        assertThat(report.notOpened()).as("not opened first, %s", again).isEmpty();
        assertThat(report.difference()).as("conservation, %s", again).isZero();
        assertThat(report.messages()).as("messages, %s", again).isPositive();
        assertThat(report.complaints()).as("errors in the log, %s", again).isEmpty();
    }
}
