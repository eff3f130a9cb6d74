/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.settings.SettingsLoader;
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
    void itTriesTheWholePresetWithoutTheWait(@TempDir Path folder) throws Exception {
        Process make = new ProcessBuilder("make", "-s", "run-settings", "RUN=" + folder.resolve("run"))
                .redirectErrorStream(true)
                .start();
        String said = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(make.waitFor()).as(said).isZero();

        Path settings = folder.resolve("run/config");
        try (Stream<Path> preset = Files.list(Path.of("config"))) {
            assertThat(preset.map(file -> settings.resolve(file.getFileName())))
                    .allSatisfy(file -> assertThat(file).exists());
        }
        assertThat(new SettingsLoader(settings, null).load().thresholds().hold().time())
                .isEqualTo(Duration.ZERO);
    }
}
