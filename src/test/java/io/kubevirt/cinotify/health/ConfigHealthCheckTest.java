// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.source.webhook.HmacSecretAgent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigHealthCheckTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    /** Ready with the fix as long as it is needed; a reload that may bring the fix clears it. */
    @Test
    void urlsThatCannotBeReadAreCountedAndShownUntilTheNextReload(@TempDir Path folder) throws Exception {
        ConfigFixture files = ConfigFixture.in(folder.resolve("config"));
        ConfigAgent agent = new ConfigAgent(new ConfigLoader(files.path(), null), CLOCK);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ConfigHealthCheck health =
                new ConfigHealthCheck(agent, HmacSecretAgent.openOptional(folder.resolve("hmac"), CLOCK), meters);
        assertThat(health.call().getData()).isEmpty();

        for (String build : new String[] {"1", "2"}) {
            agent.unreadableUrls()
                    .add("https://prow.example.org/view/s3/x/logs/a/" + build, "bucket", "add s3://x to prow.buckets");
        }

        assertThat(meters.get("ci_notify.run.urls.unreadable").functionCounter().count())
                .isEqualTo(2);
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
        assertThat(health.call().getData().orElseThrow())
                .containsEntry(
                        "problem",
                        "URLs of runs that cannot be read:\n"
                                + "a run at https://prow.example.org: add s3://x to prow.buckets");

        files.replace("ci-notify.yaml", "buckets: [logs]", "buckets: [logs, 's3://x']");
        health.refresh();

        assertThat(health.call().getData()).isEmpty();
        assertThat(meters.get("ci_notify.run.urls.unreadable").functionCounter().count())
                .isEqualTo(2);
    }
}
