// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.engine.ArtifactFetcher;
import io.kubevirt.cinotify.fixture.VirtualClock;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The plugin with the KubeVirt preset and a new store; only its clock and its standard output are the test's. */
public final class WholePlugin implements QuarkusTestProfile {

    /** Signs the webhooks. */
    public static final String KEY = "abcde12345";

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path home = Files.createTempDirectory("ci-notify-test");
            Path secret = Files.writeString(home.resolve("hmac"), KEY + "\n");
            return Map.of(
                    "ci-notify.config-dir",
                    "config",
                    "ci-notify.data-dir",
                    home.toString(),
                    "ci-notify.hmac-secret-file",
                    secret.toString(),
                    // A fetch of one test would diagnose the run of the next one that has the same number.
                    "quarkus.arc.exclude-types",
                    ArtifactFetcher.Scheduler.class.getName(),
                    // Tests that hold the database do not want to hold it for long.
                    "ci-notify.store-busy-timeout",
                    "2S");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getConfigProfile() {
        return VirtualClock.PROFILE;
    }
}
