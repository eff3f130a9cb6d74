// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make run} does before it starts the plugin. */
class MakeRunTest {

    @Test
    void makeRunUsesThePresetWithoutDelays(@TempDir Path folder) throws Exception {
        Process make = new ProcessBuilder("make", "-s", "run-settings", "RUN=" + folder.resolve("run"))
                .redirectErrorStream(true)
                .start();
        String output = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(make.waitFor()).as(output).isZero();

        Path settings = folder.resolve("run/config");
        try (Stream<Path> preset = Files.list(Path.of("config"))) {
            assertThat(preset.map(file -> settings.resolve(file.getFileName())))
                    .allSatisfy(file -> assertThat(file).exists());
        }
        assertThat(new ConfigLoader(settings, null).load().thresholds().hold().time())
                .isEqualTo(Duration.ZERO);
    }
}
