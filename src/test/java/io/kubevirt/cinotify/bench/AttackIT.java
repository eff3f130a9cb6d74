// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fifth of a second of each flood of {@code make attack}: counts, no times. */
@Timeout(900)
class AttackIT {
    private static final Duration TIME = Duration.ofMillis(200);
    private static final int CONNECTIONS = 60;
    private static final long SEED = 20_261_129;

    @TempDir
    private Path home;

    @Test
    void floodsAndMutatedPayloadsDoNotStopDeliveries() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");
        try (Attack attack = new Attack(command, "target/quarkus-app/quarkus-run.jar", home)) {
            Plugin plugin = attack.plugin();
            for (Flood flood : Floods.of(plugin.webhooks(), plugin.health(), CONNECTIONS)) {
                FloodRound.Result result = attack.run(flood, TIME);

                assertThat(result.statuses().keySet())
                        .as("deliveries: %s", result)
                        .allMatch(status -> status < 500);
                assertThat(result.answers().keySet()).as("flood: %s", result).doesNotContain(500);
                assertThat(result.readySeconds()).as("ready again: %s", result).isFinite();
                assertThat(plugin.isAlive()).as("alive: %s", result).isTrue();
            }
            MutatedPayloads payloads = new MutatedPayloads(plugin);
            payloads.send(SEED, 200);
            assertThat(payloads.statuses().keySet())
                    .as("mutated: %s", payloads.statuses())
                    .isSubsetOf(200, 403);
        }
    }
}
